package io.athena.dhcpd.ddns.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * What a server answered.
 *
 * @param status of HTTP
 * @param pieces of the body
 */
public record ApiAnswer(int status, List<byte[]> pieces) {

    private static final int ENOUGH_TO_SHOW = 4096;

    /** Whether the server took the request. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** The body. */
    public InputStream body() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().map(ByteArrayInputStream::new).toList()));
    }

    /** The beginning of the body as one harmless line, for messages; empty when there is none. */
    public String text() {
        try (InputStream body = body()) {
            return OneLine.of(new String(body.readNBytes(ENOUGH_TO_SHOW), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be read", e);
        }
    }
}
