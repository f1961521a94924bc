package io.athena.dhcpd.core.config;

/**
 * One {@code [[class]]}: a named match.
 *
 * @param line where it stands in the file
 * @param name its name
 * @param match which clients belong to it
 * @param scope options and times for its members
 */
public record ClassConfig(int line, String name, MatchConfig match, OptionScope scope) {}
