package io.athena.dhcpd.events.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program says, of which the first part is kept. It is never waited for: a process that got away may hold the pipe
 * open for ever, and a read that waits cannot be called off.
 */
final class StandardError implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandardError.class);
    private static final int MOST = 4096;

    /** So much at a time that a program which floods cannot keep its reader from looking at the clock. */
    private static final int ROUNDS = 256;

    private final InputStream in;
    private final byte[] buffer = new byte[MOST];
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    StandardError(InputStream in) {
        this.in = in;
    }

    /** Takes what is there. */
    void drain() {
        try {
            take();
        } catch (IOException first) {
            // Java has put what was left in the pipe of a program that ended into a buffer meanwhile.
            takeTheRest();
        }
    }

    private void takeTheRest() {
        try {
            take();
        } catch (IOException e) {
            LOG.debug("the error output of a script ended early", e);
        }
    }

    private void take() throws IOException {
        for (int i = 0; i < ROUNDS && in.available() > 0; i++) {
            int length = in.read(buffer, 0, Math.min(buffer.length, in.available()));
            kept.write(buffer, 0, Math.max(0, Math.min(length, MOST - kept.size())));
        }
    }

    byte[] kept() {
        return kept.toByteArray();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("the error output of a script could not be closed", e);
        }
    }
}
