package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.ClassConfig;
import io.athena.dhcpd.core.config.OptionScope;
import java.util.List;

/** A {@code [[class]]}: clients that have something in common, and what they are told for it. */
public final class ClientClass {

    private final ClassConfig config;
    private final Selector members;

    ClientClass(ClassConfig config) {
        this.config = config;
        this.members = Selector.of(config.match());
    }

    public String name() {
        return config.name();
    }

    /** Its section of the configuration. */
    public ClassConfig config() {
        return config;
    }

    /** Whether a client is in the class. */
    public boolean admits(ClientTraits client) {
        return members.admits(client);
    }

    /** The patterns of its members, each with the word on a client. */
    public List<MatchFinding> findings(ClientTraits client) {
        return members.findings(client);
    }

    Selector members() {
        return members;
    }

    /** Whether its members get anything that others do not. */
    boolean hasTerms() {
        return !config.scope().equals(OptionScope.EMPTY);
    }

    @Override
    public String toString() {
        return name();
    }
}
