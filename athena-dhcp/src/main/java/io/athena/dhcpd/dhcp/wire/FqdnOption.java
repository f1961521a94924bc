package io.athena.dhcpd.dhcp.wire;

import io.athena.dhcpd.core.lease.ClientFqdn;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Option 81, the client's full name (RFC 4702 section 2): flags, two result codes that nobody uses, the name. */
public final class FqdnOption {

    private static final int S = 0x01;
    private static final int O = 0x02;
    private static final int E = 0x04;
    private static final int N = 0x08;
    private static final int HEADER = 3;
    private static final int MAX_LABEL = 63;

    /** RFC 4702 section 2.2: what a server puts into both result codes. */
    private static final int RCODE = 255;

    private FqdnOption() {}

    /** The option as a client sent it, or null when it is too short or its name cannot be read. */
    static @Nullable ClientFqdn read(byte[] value) {
        if (value.length < HEADER) {
            return null;
        }
        byte[] domain = Arrays.copyOfRange(value, HEADER, value.length);
        boolean canonical = (value[0] & E) != 0;
        if (canonical && !isWireName(domain)) {
            return null;
        }
        // RFC 4702 section 2.3: a name without the label of the root at its end is not complete.
        boolean complete =
                canonical ? domain.length > 1 && domain[domain.length - 1] == 0 : indexOf(domain, (byte) '.') > 0;
        String name = ClientNames.hostname(canonical ? dotted(domain) : domain);
        boolean noUpdates = (value[0] & N) != 0;
        // RFC 4702 section 2.1: with N set, S must not be.
        boolean serverUpdates = (value[0] & S) != 0 && !noUpdates;
        return new ClientFqdn(serverUpdates, noUpdates, canonical, domain, name, complete && name != null);
    }

    /**
     * The answer to a client's option (RFC 4702 section 4).
     *
     * @param asked what the client sent; its encoding is kept
     * @param fqdn the name that the lease gets, or null: then the client's own comes back
     * @param forward whether this server puts the name's address into DNS
     */
    public static byte[] answer(ClientFqdn asked, @Nullable String fqdn, boolean forward) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int flags = (asked.canonical() ? E : 0)
                | (forward ? S : 0)
                | (fqdn == null ? N : 0)
                | (forward == asked.serverUpdates() ? 0 : O);
        out.write(flags);
        out.write(RCODE);
        out.write(RCODE);
        if (fqdn == null) {
            out.writeBytes(asked.domain());
        } else if (asked.canonical()) {
            writeLabels(fqdn, out);
        } else {
            out.writeBytes(fqdn.getBytes(StandardCharsets.US_ASCII));
        }
        return out.toByteArray();
    }

    /** Labels with lengths, none over 63, no pointers (RFC 4702 section 2.3.1), with or without the root's at the end. */
    private static boolean isWireName(byte[] domain) {
        int at = 0;
        while (at < domain.length && domain[at] != 0) {
            if (domain[at] < 0 || domain[at] > MAX_LABEL) {
                return false;
            }
            at += 1 + domain[at];
        }
        return at == domain.length || at == domain.length - 1;
    }

    private static byte[] dotted(byte[] domain) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int at = 0; at < domain.length && domain[at] != 0; at += 1 + domain[at]) {
            if (at > 0) {
                text.write('.');
            }
            text.write(domain, at + 1, domain[at]);
        }
        return text.toByteArray();
    }

    private static void writeLabels(String fqdn, ByteArrayOutputStream out) {
        for (String label : fqdn.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
