package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.dhcp.wire.Seal;
import java.nio.ByteBuffer;

/** Signs the replies of one exchange with the key that the client proved or is offered. */
public final class Signer {

    private final SharedSecret secret;
    private final ReplyCounter counter;

    Signer(SharedSecret secret, ReplyCounter counter) {
        this.secret = secret;
        this.counter = counter;
    }

    /** The seal of the reply that is sent next. */
    public Seal seal() {
        return new DelayedSeal(secret, AuthOption.unsigned(secret.id(), counter.next()));
    }

    private record DelayedSeal(SharedSecret secret, byte[] value) implements Seal {

        @Override
        public byte[] codeOver(ByteBuffer message) {
            return secret.codeOver(message);
        }
    }
}
