package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.athena.dhcpd.core.lease.Conflict;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Conflicts, exclusions and what a change replaced. */
class SmallCodecsTest {

    private static final byte[] CLIENT_ID = {1, 2, 3};

    private final Random random = new Random(7);

    @Test
    void aConflictGoesBothWaysThroughBothCodecs() throws Exception {
        for (int i = 0; i < 1000; i++) {
            Conflict conflict = LeaseFixtures.randomConflict(random);
            byte[] image = ConflictCodec.encode(conflict);
            assertThat(ConflictCodec.decode(image)).isEqualTo(conflict);
            assertThat(io.athena.dhcpd.core.journal.proto.Conflict.parseFrom(image))
                    .isEqualTo(generated(conflict));
            assertThat(ConflictCodec.decode(generated(conflict).toByteArray())).isEqualTo(conflict);
        }
    }

    @Test
    void aConflictThatWasCutShortIsCorrupt() {
        byte[] image = ConflictCodec.encode(LeaseFixtures.randomConflict(random));
        for (int length = 0; length < image.length; length++) {
            byte[] cut = Arrays.copyOf(image, length);
            assertCorrupt(() -> ConflictCodec.decode(cut));
        }
    }

    @Test
    void aConflictOfAnUnknownMethodIsCorrupt() {
        byte[] image = generated(LeaseFixtures.randomConflict(random)).toBuilder()
                .setMethodValue(99)
                .build()
                .toByteArray();
        assertCorrupt(() -> ConflictCodec.decode(image));
    }

    @Test
    void hostBitsInASubnetAreCorrupt() {
        byte[] image = generated(LeaseFixtures.randomConflict(random)).toBuilder()
                .setNetwork(0x0a000001)
                .setPrefix(24)
                .build()
                .toByteArray();
        assertCorrupt(() -> ConflictCodec.decode(image));
    }

    @Test
    void anExclusionGoesBothWaysThroughBothCodecs() throws Exception {
        Exclusion exclusion = new Exclusion(Ipv4.parse("10.0.0.9"), "Drucker im Büro", "admin", 1_700_000_000L);
        var generated = io.athena.dhcpd.core.journal.proto.Exclusion.newBuilder()
                .setIp(0x0a000009)
                .setReason("Drucker im Büro")
                .setWho("admin")
                .setSince(1_700_000_000L)
                .setVersion(1)
                .build();
        assertThat(exclusion.encode()).isEqualTo(generated.toByteArray());
        assertThat(Exclusion.decode(generated.toByteArray())).isEqualTo(exclusion);
        for (int length = 0; length < exclusion.encode().length; length++) {
            byte[] cut = Arrays.copyOf(exclusion.encode(), length);
            assertCorrupt(() -> Exclusion.decode(cut));
        }
    }

    @Test
    void whatAChangeReplacedGoesBothWaysThroughBothCodecs() throws Exception {
        byte[] decision = {1, 0, (byte) 0xff};
        Previous previous = new Previous(ClientKey.ofClientId(CLIENT_ID), "old.example.org", 1_700_000_000L, decision);
        var generated = io.athena.dhcpd.core.journal.proto.Previous.newBuilder()
                .setKey(ByteString.copyFrom(ClientKey.ofClientId(CLIENT_ID).toBytes()))
                .setFqdn("old.example.org")
                .setExpiry(1_700_000_000L)
                .setNameDecision(ByteString.copyFrom(decision))
                .setVersion(1)
                .build();
        assertThat(previous.encode()).isEqualTo(generated.toByteArray());
        assertThat(Previous.decode(generated.toByteArray()))
                .usingRecursiveComparison()
                .isEqualTo(previous);
        Previous nothing = new Previous(null, null, 0, null);
        assertThat(Previous.decode(nothing.encode())).isEqualTo(nothing);
        for (int length = 0; length < previous.encode().length; length++) {
            byte[] cut = Arrays.copyOf(previous.encode(), length);
            assertCorrupt(() -> Previous.decode(cut));
        }
    }

    private static void assertCorrupt(ThrowingCallable decoding) {
        assertThatThrownBy(decoding).isInstanceOf(CorruptRecordException.class);
    }

    private static io.athena.dhcpd.core.journal.proto.Conflict generated(Conflict conflict) {
        var builder = io.athena.dhcpd.core.journal.proto.Conflict.newBuilder()
                .setIp(conflict.ip().bits())
                .setNetwork(conflict.subnet().network().bits())
                .setPrefix(conflict.subnet().prefix())
                .setMethodValue(conflict.method().code())
                .setDetectedAt(conflict.detectedAt())
                .setHoldUntil(conflict.holdUntil())
                .setCount(conflict.count())
                .setPermanent(conflict.permanent())
                .setResolved(conflict.resolved())
                .setVersion(1);
        MacAddress mac = conflict.responderMac();
        if (mac != null) {
            builder.setHtype(mac.htype()).setResponderMac(ByteString.copyFrom(mac.toBytes()));
        }
        return builder.build();
    }
}
