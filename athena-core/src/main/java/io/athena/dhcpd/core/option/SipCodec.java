package io.athena.dhcpd.core.option;

import io.athena.dhcpd.core.net.Ipv4;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One byte says what follows: 0 for domain names, 1 for addresses (RFC 3361 section 3). */
final class SipCodec implements ValueCodec {

    private static final String EXPECTED = "addresses or domain names";
    private static final int NAMES = 0;
    private static final int ADDRESSES = 1;

    @Override
    public byte[] encode(OptionValue value) {
        List<OptionValue> values = ValueCodec.elements(value, EXPECTED);
        boolean addresses = values.stream()
                .allMatch(v -> Ipv4.tryParse(ValueCodec.text(v, EXPECTED)).isPresent());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(addresses ? ADDRESSES : NAMES);
        OptionType type = addresses ? OptionType.IP_LIST : OptionType.DOMAIN_LIST;
        if (!addresses
                && values.stream().anyMatch(v -> Ipv4.tryParse(ValueCodec.text(v, EXPECTED))
                        .isPresent())) {
            throw new IllegalArgumentException("mixes addresses and names; expected one kind");
        }
        out.writeBytes(type.encode(new OptionValue.Many(values)));
        return out.toByteArray();
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        if (bytes.length < 2 || bytes[0] < NAMES || bytes[0] > ADDRESSES) {
            return Optional.empty();
        }
        byte[] rest = Arrays.copyOfRange(bytes, 1, bytes.length);
        OptionType type = bytes[0] == ADDRESSES ? OptionType.IP_LIST : OptionType.DOMAIN_LIST;
        String text = type.decode(rest);
        return text.startsWith("0x") ? Optional.empty() : Optional.of(text);
    }

    @Override
    public OptionValue fromText(String text) {
        return new OptionValue.Many(ValueCodec.split(text));
    }
}
