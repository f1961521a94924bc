package io.athena.dhcpd.core.engine;

/** On what ground the engine decided about an address; {@code text} says it to people. */
public enum Ground {
    // Why this address is offered.
    RESERVED("it is reserved for the client"),
    OFFERED_BEFORE("it is held for the client since an earlier OFFER"),
    OWN_LEASE("the client has a lease on it"),
    FORMER_LEASE("the client had it before, and it is still free"),
    ASKED_FOR("the client asks for it, and it is free"),
    PROBED_AHEAD("it was probed ahead of time"),
    NEVER_USED("nobody ever had it"),
    LONGEST_ENDED("of the free addresses its last lease ended longest ago"),
    DOUBTFUL("nothing else is free; somebody answered for it, but too many answers came to believe them all"),
    TAKEN_BACK("nothing is free, so the oldest unanswered OFFER to a newcomer is taken back"),

    // Why an address is granted.
    OFFERED("it was offered to the client"),
    HELD("the client has it on record"),
    CHOSEN_WITHOUT_RECORD("the client chose this server; the OFFER has lapsed, but the address is free"),
    BELIEVED("no record says that the client has it, but it is free and this server may decide"),
    ANSWERED_BEFORE("this very message was granted a moment ago; nothing is written again"),

    // Why it is not.
    OFF_LINK("it belongs to no subnet of the client's link"),
    RESERVED_ELSEWHERE("another address is reserved for the client"),
    NOT_FOR_CLIENTS("it is a router's, the server's, or a network or broadcast address"),
    NOT_FOR_THIS_CLIENT("its reservation or pool is for other clients"),
    OUTSIDE_POOLS("it is in the subnet, but in no pool and no reservation"),
    WITHHELD("it is withheld: after a conflict, by a person, or because its record is damaged"),
    LEASED_TO_ANOTHER("another client has a lease on it"),
    OFFERED_TO_ANOTHER("it is held for another client since an OFFER"),
    LAPSED("the OFFER has lapsed, and the address may be somebody's"),
    WITHOUT_RECORD("no record says that the client has it");

    private final String text;

    Ground(String text) {
        this.text = text;
    }

    /** Goes on after the address and "because". */
    public String text() {
        return text;
    }
}
