package io.athena.dhcpd.core.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which clients a pool or class is for: those that fit every pattern given. {@code *} stands for any text, {@code ?} for
 * one character.
 *
 * @param patterns by what they are compared with, in the form that {@link MatchKey} says
 * @param clientClass a {@code [[class]]} that the client has to be in; null always in a class
 */
public record MatchConfig(
        Map<MatchKey, String> patterns, @Nullable String clientClass) {

    /** Matches every client, also one that sent nothing. */
    public static final MatchConfig ANY = new MatchConfig(Map.of(), null);

    public MatchConfig {
        patterns = Collections.unmodifiableMap(new TreeMap<>(patterns));
    }

    public boolean isAny() {
        return equals(ANY);
    }

    /** The pattern for a key, or null. */
    public @Nullable String pattern(MatchKey key) {
        return patterns.get(key);
    }
}
