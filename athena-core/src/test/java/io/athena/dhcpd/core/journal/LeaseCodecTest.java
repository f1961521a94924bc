package io.athena.dhcpd.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.athena.dhcpd.core.lease.Lease;
import io.athena.dhcpd.core.lease.Proof;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseCodecTest {

    private static final int ROUNDS = 500;

    private final Random random = new Random(3);

    @Test
    void aLeaseHasTheBytesOfItsProto() {
        assertThat(HexFormat.of().formatHex(LeaseCodec.encode(LeaseFixtures.lease(1))))
                .isEqualTo("0d0200000a" + "1002" + "1881a4a7da06" + "2208" + "0101020000000001" + "2801"
                        + "3206020000000001"
                        + "4206" + "686f73742d31" + "5080e2cfaa06" + "5d0000000a" + "6008" + "6d0100000a"
                        + "980180e2cfaa06" + "a00181e2cfaa06" + "f00101");
    }

    @Test
    void aLeaseComesBackAsItWasStored() throws CorruptRecordException {
        for (int i = 0; i < ROUNDS; i++) {
            Lease lease = LeaseFixtures.random(random);
            assertSame(LeaseCodec.decode(LeaseCodec.encode(lease)), lease);
        }
    }

    @Test
    void theGeneratedClassesReadWhatWeWrite() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            Lease lease = LeaseFixtures.random(random);
            byte[] image = LeaseCodec.encode(lease);
            var parsed = io.athena.dhcpd.core.journal.proto.Lease.parseFrom(image);
            assertThat(parsed).isEqualTo(generated(lease));
            assertThat(parsed.getUnknownFields().asMap()).isEmpty();
            assertThat(image).isEqualTo(parsed.toByteArray());
        }
    }

    @Test
    void weReadWhatTheGeneratedClassesWrite() throws CorruptRecordException {
        for (int i = 0; i < ROUNDS; i++) {
            Lease lease = LeaseFixtures.random(random);
            assertSame(LeaseCodec.decode(generated(lease).toByteArray()), lease);
        }
    }

    @Test
    void fieldsOfALaterVersionAreSkipped() throws CorruptRecordException {
        Lease lease = LeaseFixtures.random(random);
        UnknownFieldSet later = UnknownFieldSet.newBuilder()
                .addField(31, UnknownFieldSet.Field.newBuilder().addVarint(-1).build())
                .addField(32, UnknownFieldSet.Field.newBuilder().addFixed32(7).build())
                .addField(33, UnknownFieldSet.Field.newBuilder().addFixed64(7).build())
                .addField(
                        5000,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .build())
                .build();
        byte[] image =
                generated(lease).toBuilder().setUnknownFields(later).build().toByteArray();

        assertSame(LeaseCodec.decode(image), lease);
    }

    @Test
    void everyTruncationIsNoticed() {
        for (int i = 0; i < 20; i++) {
            byte[] image = LeaseCodec.encode(LeaseFixtures.random(random));
            for (int length = 0; length < image.length; length++) {
                byte[] cut = Arrays.copyOf(image, length);
                assertThat(isCorrupt(cut)).isTrue();
            }
        }
    }

    private static boolean isCorrupt(byte[] image) {
        try {
            LeaseCodec.decode(image);
            return false;
        } catch (CorruptRecordException e) {
            return true;
        }
    }

    @Test
    void noBytesBringAnythingButALeaseOrACorruptRecord() {
        byte[] image = LeaseCodec.encode(LeaseFixtures.random(random));
        for (int i = 0; i < 50_000; i++) {
            byte[] changed = image.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(LeaseCodec.decode(changed).ip()).isNotNull();
                LeaseCodec.keyOf(changed);
                LeaseCodec.stateOf(changed);
                LeaseCodec.expiryOf(changed);
            } catch (CorruptRecordException expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aNewerRecordVersionIsRefusedByName() {
        byte[] image = generated(LeaseFixtures.lease(1)).toBuilder()
                .setVersion(2)
                .build()
                .toByteArray();

        assertThatThrownBy(() -> LeaseCodec.decode(image))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aNameThatIsNotUtf8IsCorrupt() {
        byte[] image = generated(LeaseFixtures.lease(1)).toBuilder()
                .setHostname("zz")
                .build()
                .toByteArray();
        for (int i = 0; i < image.length; i++) {
            if (image[i] == 'z') {
                image[i] = (byte) 0xff;
            }
        }

        assertThatThrownBy(() -> LeaseCodec.decode(image)).isInstanceOf(CorruptRecordException.class);
    }

    @Test
    void anImageTellsItsKeyFieldsWithoutBeingDecoded() throws CorruptRecordException {
        for (int i = 0; i < ROUNDS; i++) {
            Lease lease = LeaseFixtures.random(random);
            byte[] image = LeaseCodec.encode(lease);
            assertThat(LeaseCodec.expiryOf(image)).isEqualTo(lease.expiry());
            assertThat(LeaseCodec.stateOf(image)).isEqualTo(lease.state());
            assertThat(LeaseCodec.keyOf(image)).isEqualTo(lease.key());
            assertThat(LeaseCodec.lastUpdatedOf(image)).isEqualTo(lease.lastUpdated());
            assertThat(LeaseCodec.keyEquals(image, lease.key())).isTrue();
            assertThat(LeaseCodec.keyEquals(image, ClientKey.ofClientId(new byte[] {1, 2, 3})))
                    .isFalse();
        }
    }

    static void assertSame(Lease actual, Lease expected) {
        assertThat(actual).usingRecursiveComparison().usingOverriddenEquals().isEqualTo(expected);
    }

    private static io.athena.dhcpd.core.journal.proto.Lease generated(Lease lease) {
        var builder = io.athena.dhcpd.core.journal.proto.Lease.newBuilder()
                .setIp(lease.ip().bits())
                .setStateValue(lease.state().code())
                .setExpiry(lease.expiry())
                .setKey(ByteString.copyFrom(lease.key().toBytes()))
                .setStart(lease.start())
                .setNetwork(lease.subnet().network().bits())
                .setPrefix(lease.subnet().prefix())
                .setGiaddr(lease.giaddr().bits())
                .setLastTransaction(lease.lastTransaction())
                .setLastUpdated(lease.lastUpdated())
                .setVersion(1);
        setOptional(lease, builder);
        return builder.build();
    }

    private static void setOptional(Lease lease, io.athena.dhcpd.core.journal.proto.Lease.Builder builder) {
        MacAddress mac = lease.mac();
        if (mac != null) {
            builder.setHtype(mac.htype()).setMac(ByteString.copyFrom(mac.toBytes()));
        }
        Ipv4 poolStart = lease.poolStart();
        if (poolStart != null) {
            builder.setPoolStart(poolStart.bits());
        }
        if (lease.hostname() != null) {
            builder.setHostname(lease.hostname());
        }
        if (lease.fqdn() != null) {
            builder.setFqdn(lease.fqdn());
        }
        ifPresent(lease.clientId(), builder::setClientId);
        ifPresent(lease.option82(), builder::setOption82);
        ifPresent(lease.circuitId(), builder::setCircuitId);
        ifPresent(lease.remoteId(), builder::setRemoteId);
        ifPresent(lease.vendorClass(), builder::setVendorClass);
        ifPresent(lease.nameDecision(), builder::setNameDecision);
        Proof proof = lease.proof();
        if (proof != null) {
            builder.setSecretId(proof.secretId()).setReplayCounter(proof.counter());
        }
    }

    private static void ifPresent(byte @Nullable [] value, Consumer<ByteString> setter) {
        if (value != null) {
            setter.accept(ByteString.copyFrom(value));
        }
    }
}
