package io.athena.dhcpd.core.option;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Options inside an option: code, length, value, one after the other (RFC 2132 section 8.4). The whole may be written in
 * hex too. On a command line they are {@code 1=0a000001, 2=7e}.
 */
final class SubOptionsCodec implements ValueCodec {

    private static final String EXPECTED = "sub-options such as [{ code = 1, type = \"ip\", value = \"10.0.0.1\" }]";

    @Override
    public byte[] encode(OptionValue value) {
        if (value instanceof OptionValue.Text) {
            return OptionType.HEX.encode(value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean ended = false;
        for (OptionValue each : ValueCodec.elements(value, EXPECTED)) {
            if (ended) {
                throw new IllegalArgumentException("has an entry after code 255, which ends the list");
            }
            SubOption option = SubOption.read(each, false, true);
            ended = option.isEnd();
            write(option, out);
        }
        return out.toByteArray();
    }

    static void write(SubOption option, ByteArrayOutputStream out) {
        out.write(option.code());
        if (!option.isEnd()) {
            out.write(option.value().length);
            out.writeBytes(option.value());
        }
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        StringJoiner all = new StringJoiner(", ");
        int at = 0;
        while (at < bytes.length) {
            int code = bytes[at] & 0xff;
            if (code == SubOption.END && at + 1 == bytes.length) {
                all.add(Integer.toString(code));
                break;
            }
            int end = at + 1 < bytes.length ? at + 2 + (bytes[at + 1] & 0xff) : bytes.length + 1;
            if (code == 0 || code == SubOption.END || end > bytes.length) {
                return Optional.empty();
            }
            all.add(code + "=" + HexFormat.of().formatHex(bytes, at + 2, end));
            at = end;
        }
        return bytes.length == 0 ? Optional.empty() : Optional.of(all.toString());
    }

    @Override
    public OptionValue fromText(String text) {
        if (!text.contains("=")) {
            return new OptionValue.Text(text);
        }
        List<OptionValue> entries = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] sides = part.strip().split("=", 2);
            OptionValue hex = new OptionValue.Text(sides.length < 2 ? "" : sides[1]);
            entries.add(new OptionValue.Fields(Map.of("code", number(sides[0]), "value", hex)));
        }
        return new OptionValue.Many(entries);
    }

    private static OptionValue number(String text) {
        return text.matches("[0-9]{1,3}") ? new OptionValue.Number(Integer.parseInt(text)) : new OptionValue.Text(text);
    }
}
