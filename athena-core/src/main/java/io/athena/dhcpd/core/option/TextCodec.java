package io.athena.dhcpd.core.option;

import io.athena.dhcpd.core.net.HexText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Text without a length or an end mark of its own, as nearly all of RFC 2132's texts are. */
final class TextCodec implements ValueCodec {

    private static final String EXPECTED = "a text of at least one character";

    @Override
    public byte[] encode(OptionValue value) {
        String text = ValueCodec.text(value, EXPECTED);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty; expected " + EXPECTED);
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a control character; expected " + EXPECTED);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Trailing NULs are dropped: RFC 2132 section 2 forbids senders to add them and asks receivers to bear them. */
    @Override
    public Optional<String> decode(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return Optional.of(HexText.of(Arrays.copyOf(bytes, end)));
    }

    @Override
    public OptionValue fromText(String text) {
        return new OptionValue.Text(text);
    }
}
