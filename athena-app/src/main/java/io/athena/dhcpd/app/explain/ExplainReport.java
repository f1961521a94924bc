package io.athena.dhcpd.app.explain;

import io.athena.dhcpd.dhcp.explain.Explanation;

/** Tells what was found, message after message. */
interface ExplainReport {

    /** Something that the reader has to know beside the explanations. */
    void note(String text);

    /** One message. */
    void explained(Explanation explanation);

    /** It is over. */
    void end();
}
