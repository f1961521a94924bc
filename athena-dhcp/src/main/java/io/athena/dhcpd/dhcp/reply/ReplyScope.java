package io.athena.dhcpd.dhcp.reply;

import io.athena.dhcpd.core.option.OptionSet;
import java.util.List;

/**
 * What configuration and the exchange have to say in a reply.
 *
 * @param configured the options of the client's scope, merged from defaults, subnet, pool, class and reservation
 * @param alwaysSend codes of configured options that are sent whether asked for or not
 * @param answers options that the exchange itself gives, sent whether asked for or not: the echo of 118 (RFC 3011), 80
 *     (RFC 4039), the answer to 81 (RFC 4702), the text of a NAK in 56
 */
public record ReplyScope(OptionSet configured, List<Integer> alwaysSend, OptionSet answers) {

    /** Nothing configured and nothing to answer: the scope of a NAK without a text. */
    public static final ReplyScope NONE = new ReplyScope(OptionSet.EMPTY, List.of(), OptionSet.EMPTY);
}
