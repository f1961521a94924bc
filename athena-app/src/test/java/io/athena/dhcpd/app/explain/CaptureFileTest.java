package io.athena.dhcpd.app.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFileTest {

    private static final String LITTLE_HEADER = "0200 0400 00000000 00000000 00000400 01000000";
    private static final String BIG_HEADER = "0002 0004 00000000 00000000 00040000 00000071";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"d4c3b2a1", "4d3cb2a1"})
    void aLittleEndianCaptureIsReadInEitherResolution(String magic) throws IOException {
        String packets = "10000000 0a000000 02000000 02000000 c0ff" + "11000000 00000000 01000000 05000000 ee";
        List<CaptureFile.Packet> read = read(magic + LITTLE_HEADER + packets);
        assertThat(read).hasSize(2);
        assertThat(read.get(0).seconds()).isEqualTo(16);
        assertThat(read.get(0).linkType()).isEqualTo(1);
        assertThat(read.get(0).bytes()).isEqualTo(hex("c0ff"));
        assertThat(read.get(0).cut()).isFalse();
        assertThat(read.get(1).cut()).isTrue();
    }

    @Test
    void aBigEndianCaptureIsRead() throws IOException {
        List<CaptureFile.Packet> read = read("a1b2c3d4" + BIG_HEADER + "00000010 00000000 00000001 00000001 aa");
        assertThat(read).singleElement().satisfies(packet -> {
            assertThat(packet.linkType()).isEqualTo(113);
            assertThat(packet.bytes()).isEqualTo(hex("aa"));
        });
    }

    @Test
    void pcapngIsReadWithItsInterfacesAndTheirResolution() throws IOException {
        String section = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000";
        String ethernet = "01000000 14000000 0100 0000 00000400 14000000";
        String nanos = "01000000 20000000 7100 0000 00000400 0900 0100 09000000 0000 0000 20000000";
        String unknown = "05000000 10000000 deadbeef 10000000";
        // 5 s in microseconds, on interface 0; 7 s in nanoseconds, on interface 1.
        String first = "06000000 24000000 00000000 00000000 404b4c00 02000000 02000000 c0ff0000 24000000";
        String second = "06000000 24000000 01000000 01000000 00863ba1 02000000 03000000 ee010000 24000000";
        List<CaptureFile.Packet> read = read(section + ethernet + nanos + unknown + first + second);
        assertThat(read).hasSize(2);
        assertThat(read.get(0).seconds()).isEqualTo(5);
        assertThat(read.get(0).linkType()).isEqualTo(1);
        assertThat(read.get(0).bytes()).isEqualTo(hex("c0ff"));
        assertThat(read.get(1).seconds()).isEqualTo(7);
        assertThat(read.get(1).linkType()).isEqualTo(113);
        assertThat(read.get(1).cut()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ends inside its first four bytes",
        "c0ffee00, neither a pcap nor a pcapng",
        "d4c3b2a1 0200, ends inside a packet",
        "d4c3b2a1 " + LITTLE_HEADER + " 10000000, ends inside a packet",
        "d4c3b2a1 " + LITTLE_HEADER + " 10000000 00000000 ffffff7f ffffff7f, damaged: a packet of 2147483647 bytes",
        "d4c3b2a1 " + LITTLE_HEADER + " 10000000 00000000 04000000 04000000 aa, ends inside a packet",
        "0a0d0d0a 1c000000 deadbeef, damaged: a section header",
        "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000 06000000 07000000, damaged: a block of 7 bytes",
    })
    void aDamagedFileIsToldWithItsOffset(String bytes, String message) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class).hasMessageContaining(message);
    }

    private List<CaptureFile.Packet> read(String text) throws IOException {
        Path file = Files.write(folder.resolve("capture"), hex(text));
        List<CaptureFile.Packet> packets = new ArrayList<>();
        try (CaptureFile capture = CaptureFile.open(file)) {
            for (CaptureFile.Packet packet = capture.next(); packet != null; packet = capture.next()) {
                packets.add(packet);
            }
        }
        return packets;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }
}
