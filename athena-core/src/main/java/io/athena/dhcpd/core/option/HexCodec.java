package io.athena.dhcpd.core.option;

import java.util.HexFormat;
import java.util.Optional;

/** Bytes written as hex digits, with colons, spaces or {@code 0x} where people like them. */
final class HexCodec implements ValueCodec {

    private static final String EXPECTED = "pairs of hex digits such as \"010a0a0a0a01\" or \"01:0a:0a\"";

    @Override
    public byte[] encode(OptionValue value) {
        String text = ValueCodec.text(value, EXPECTED);
        String digits = (text.startsWith("0x") ? text.substring(2) : text).replaceAll("[: ]", "");
        if (!digits.matches("([0-9A-Fa-f]{2})*")) {
            throw new IllegalArgumentException("is the text '" + text + "'; expected " + EXPECTED);
        }
        return HexFormat.of().parseHex(digits);
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        return Optional.of(HexFormat.of().formatHex(bytes));
    }

    @Override
    public OptionValue fromText(String text) {
        return new OptionValue.Text(text);
    }
}
