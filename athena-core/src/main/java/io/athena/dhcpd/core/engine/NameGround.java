package io.athena.dhcpd.core.engine;

/** Why a lease has this name in DNS, or none; {@code text} says it to people. */
public enum NameGround {
    // Where the name comes from.
    RESERVATION("its reservation says so"),
    CLIENT("the client asks for it"),
    REMEMBERED("the client asked for it before and says nothing new"),
    FALLBACK("it is made of the client's address or identifier, since the client names none that it may have"),
    STORED("it is stored with the lease"),

    // Why there is none.
    NOT_DECIDED("dynamic DNS is off"),
    NOT_WANTED("the client wants no name in DNS (flag N of option 81)"),
    LEFT_TO_CLIENT("the client keeps its name itself (flag S of option 81), and there is no reverse zone"),
    NO_ZONE("[ddns] has no zone for the subnet"),
    NOTHING_USABLE("nobody names one that the client may have");

    private final String text;

    NameGround(String text) {
        this.text = text;
    }

    /** Goes on after the name and "because". */
    public String text() {
        return text;
    }
}
