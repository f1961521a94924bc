package io.athena.dhcpd.fuzz;

import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.dhcp.explain.Arrival;
import io.athena.dhcpd.dhcp.explain.Explainer;
import java.util.Arrays;

/**
 * Sends whatever Jazzer thinks of the server's whole way, from decoder to encoded reply, in a world that is made for each
 * input. An input is some messages, each with its length before it in two bytes, so that a dialogue can be found. Any
 * exception is a finding; the path itself keeps them from nobody here.
 */
public final class PathFuzzer {

    private static final int LENGTH = 2;
    private static final int MOST_MESSAGES = 8;
    private static final FuzzScene SCENE = new FuzzScene();

    private PathFuzzer() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        Explainer world = new Explainer(SCENE.fresh());
        int at = 0;
        for (int i = 0; i < MOST_MESSAGES && at + LENGTH < input.length; i++) {
            int length = (input[at] & 0xff) << Byte.SIZE | input[at + 1] & 0xff;
            int from = at + LENGTH;
            at = Math.min(input.length, from + length);
            boolean relayed = (i & 1) == 1;
            Ipv4 source = relayed ? FuzzScene.RELAY : Ipv4.ANY;
            world.explain(new Arrival(
                    Arrays.copyOfRange(input, from, at), source, relayed ? 67 : 68, FuzzScene.INTERFACE, i));
        }
    }
}
