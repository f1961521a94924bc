package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a probe found.
 *
 * @param address the address that was probed
 * @param method how
 * @param outcome what became of it
 * @param responder who answered by ARP; null for ICMP and without an answer
 * @param nanos from the sending of the probe to its end
 */
public record ProbeResult(
        Ipv4 address,
        Method method,
        Outcome outcome,
        @Nullable MacAddress responder,
        long nanos) {

    /** What is sent. */
    public enum Method {
        ARP("arp", Conflict.Method.ARP_PROBE),
        ICMP("icmp", Conflict.Method.ICMP_PROBE);

        private final String tag;
        private final Conflict.Method found;

        Method(String tag, Conflict.Method found) {
            this.tag = tag;
            this.found = found;
        }

        /** Lower-case name, for meters and logs. */
        public String tag() {
            return tag;
        }

        /** How a conflict that it finds is recorded. */
        public Conflict.Method found() {
            return found;
        }
    }

    /** How a probe ended. */
    public enum Outcome {
        /** The deadline passed without an answer. */
        CLEAR("clear"),
        /** Somebody answered. */
        CONFLICT("conflict"),
        /** It could not be completed in time, so nothing is known. */
        TIMEOUT("timeout"),
        /** It could not be sent. */
        ERROR("error");

        private final String tag;

        Outcome(String tag) {
            this.tag = tag;
        }

        /** Lower-case name, for meters and logs. */
        public String tag() {
            return tag;
        }
    }
}
