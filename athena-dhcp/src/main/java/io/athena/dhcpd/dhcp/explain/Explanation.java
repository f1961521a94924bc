package io.athena.dhcpd.dhcp.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would become of one message, and why. Lines are those of the configuration file, 0 where there is none; what a
 * step did not reach is null or empty.
 *
 * @param message what came
 * @param link where its sender is
 * @param classes every class, and whether the sender is in it
 * @param reservation the sender's reservation
 * @param addresses the addresses that the sender has, had, wants or was promised, as they stood before
 * @param pools the pools that come into question, in the order in which they are tried
 * @param remarks what came of other things that the sender asks for, and of what it has to prove
 * @param decision what the engine decided, and on what ground
 * @param reply what would be sent
 * @param outcome how it ends
 */
public record Explanation(
        Message message,
        @Nullable LinkFinding link,
        List<ClassFinding> classes,
        @Nullable ReservationFinding reservation,
        List<AddressFinding> addresses,
        List<PoolFinding> pools,
        List<Remark> remarks,
        @Nullable Decision decision,
        @Nullable ReplyFinding reply,
        Outcome outcome) {

    /**
     * What came.
     *
     * @param type the message type; null when it could not be read
     * @param client hardware address, or null
     * @param giaddr the relay agent, or null
     * @param options its options as text
     */
    public record Message(
            @Nullable String type,
            @Nullable String client,
            String source,
            String heardOn,
            @Nullable String giaddr,
            @Nullable String ciaddr,
            List<OptionText> options) {}

    /** An option by code and name, its value as text. */
    public record OptionText(int code, String name, String value) {}

    /**
     * Where the sender is.
     *
     * @param rule by what that is known
     * @param by the address that the rule looks at, or null when there is none
     * @param link the link, or null when the address is on none
     * @param subnet the subnet that the address lies in, or null
     * @param identity as whom the sender is known; null when the packet did not get that far
     */
    public record LinkFinding(
            String rule,
            @Nullable String by,
            @Nullable String link,
            @Nullable String subnet,
            int line,
            @Nullable String identity) {}

    /** A pattern, what the sender says, and whether that fits. */
    public record PatternFinding(
            String key, String pattern, @Nullable String said, boolean fits) {}

    /** A class and whether the sender is in it. */
    public record ClassFinding(String name, int line, boolean member, List<PatternFinding> patterns) {}

    /** The sender's reservation. */
    public record ReservationFinding(String address, int line) {}

    /**
     * An address and what was known of it.
     *
     * @param roles what the sender has to do with it
     * @param facts what stands of it, as sentences without a full stop
     */
    public record AddressFinding(String address, List<String> roles, List<String> facts) {}

    /**
     * A pool.
     *
     * @param admits whether the sender may have its addresses
     * @param free addresses that a newcomer could be given
     * @param neverUsed those of them that nobody ever had
     * @param size addresses that it can give at all
     * @param verdict what became of it, as a sentence without a full stop
     */
    public record PoolFinding(
            String range,
            int line,
            boolean admits,
            List<PatternFinding> patterns,
            int free,
            int neverUsed,
            int size,
            String verdict) {}

    /**
     * What came of something that the sender asks for beside an address, or of what it has to prove.
     *
     * @param about what it is, in a word or two
     * @param text what came of it, without a full stop
     */
    public record Remark(String about, String text, int line) {}

    /** The address that was decided about, and why so. */
    public record Decision(String address, String ground, String because) {}

    /** How it ends. */
    public enum Ending {
        /** An answer other than a NAK would be sent. */
        ANSWERED,
        /** A NAK would be sent. */
        REFUSED,
        /** Nothing would be sent. */
        SILENT,
        /** The message was taken note of; it is one that gets no answer. */
        NOTED
    }

    /**
     * How it ends.
     *
     * @param reason the reason of silence or of a NAK, as logs and meters have it; null where there is none
     * @param text the same for people
     * @param written whether the lease store would be written
     */
    public record Outcome(Ending ending, @Nullable String reason, String text, boolean written) {}
}
