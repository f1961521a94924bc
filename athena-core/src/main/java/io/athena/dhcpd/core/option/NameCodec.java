package io.athena.dhcpd.core.option;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** One domain name, or a list of them; written without compression, which every reader of RFC 3397 takes. */
final class NameCodec implements ValueCodec {

    private static final String EXPECTED = "a domain name such as \"example.net\"";

    private final boolean list;

    NameCodec(boolean list) {
        this.list = list;
    }

    @Override
    public byte[] encode(OptionValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (OptionValue each : list ? ValueCodec.elements(value, EXPECTED) : List.of(value)) {
            DomainName.write(ValueCodec.text(each, EXPECTED), out);
        }
        return out.toByteArray();
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        StringJoiner all = new StringJoiner(", ");
        int at = 0;
        int names = 0;
        while (at < bytes.length) {
            Optional<DomainName.Parsed> name = DomainName.read(bytes, at);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            all.add(name.get().name());
            at = name.get().end();
            names++;
        }
        return names == 1 || (list && names > 1) ? Optional.of(all.toString()) : Optional.empty();
    }

    @Override
    public OptionValue fromText(String text) {
        return list ? new OptionValue.Many(ValueCodec.split(text)) : new OptionValue.Text(text.strip());
    }
}
