package io.athena.dhcpd.core.option;

import io.athena.dhcpd.core.net.Ipv4;

/** A route as people write it: {@code "10.0.0.0/8 via 10.0.0.1"}, the word {@code via} may be left out. */
record RouteText(String destination, Ipv4 router) {

    static RouteText parse(String text, String expected) {
        String[] words = text.strip().split("\\s+(via\\s+)?", -1);
        if (words.length != 2) {
            throw new IllegalArgumentException("is the text '" + text + "'; expected " + expected);
        }
        return new RouteText(words[0], Ipv4.parse(words[1]));
    }
}
