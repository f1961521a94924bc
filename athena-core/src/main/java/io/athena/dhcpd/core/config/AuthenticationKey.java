package io.athena.dhcpd.core.config;

import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * One {@code [[subnet.authentication.key]]}.
 *
 * @param line where it stands in the file
 * @param id its secret ID (RFC 3118 section 5.2), from 0 on
 * @param secret the key as it is written: text, or 0x and hex
 * @param master whether each client's own key is derived from it (RFC 3118 appendix A)
 * @param clientId the one client that has it, by option 61, or null
 * @param mac the one client that has it, by hardware address, or null
 */
public record AuthenticationKey(
        int line,
        int id,
        Secret secret,
        boolean master,
        byte @Nullable [] clientId,
        @Nullable MacAddress mac) {

    /** The bytes of the key. */
    public byte[] bytes() {
        return HexText.parse(secret.reveal());
    }

    /** Whether it is one client's own. */
    public boolean isOwn() {
        return clientId != null || mac != null;
    }
}
