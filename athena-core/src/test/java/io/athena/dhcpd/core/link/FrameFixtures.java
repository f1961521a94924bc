package io.athena.dhcpd.core.link;

import java.util.Arrays;

/** Frames for tests. */
final class FrameFixtures {

    private FrameFixtures() {}

    /** A frame to everybody of an EtherType for local experiments (0x88b5). */
    static byte[] broadcast() {
        byte[] frame = new byte[60];
        Arrays.fill(frame, 0, 6, (byte) 0xff);
        frame[6] = 2;
        frame[12] = (byte) 0x88;
        frame[13] = (byte) 0xb5;
        return frame;
    }
}
