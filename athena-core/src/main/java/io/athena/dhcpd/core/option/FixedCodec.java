package io.athena.dhcpd.core.option;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** One element of a fixed number of bytes, or several in a row. */
final class FixedCodec implements ValueCodec {

    /** What one element is. */
    interface Element {
        int size();

        String expected();

        /** Writes the element. @throws IllegalArgumentException when the value is no such element */
        void put(OptionValue value, ByteBuffer out);

        /** The text of the next element; empty when its bytes stand for nothing. */
        Optional<String> take(ByteBuffer in);

        OptionValue fromText(String text);
    }

    private final Element element;
    private final boolean list;

    private FixedCodec(Element element, boolean list) {
        this.element = element;
        this.list = list;
    }

    static FixedCodec one(Element element) {
        return new FixedCodec(element, false);
    }

    static FixedCodec list(Element element) {
        return new FixedCodec(element, true);
    }

    @Override
    public byte[] encode(OptionValue value) {
        List<OptionValue> values = list ? ValueCodec.elements(value, element.expected()) : List.of(value);
        ByteBuffer out = ByteBuffer.allocate(Math.multiplyExact(values.size(), element.size()));
        for (OptionValue each : values) {
            element.put(each, out);
        }
        return out.array();
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        boolean fits = list ? bytes.length > 0 && bytes.length % element.size() == 0 : bytes.length == element.size();
        if (!fits) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StringJoiner all = new StringJoiner(", ");
        while (in.hasRemaining()) {
            Optional<String> one = element.take(in);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            all.add(one.get());
        }
        return Optional.of(all.toString());
    }

    @Override
    public OptionValue fromText(String text) {
        if (!list) {
            return element.fromText(text.strip());
        }
        return new OptionValue.Many(Arrays.stream(text.split(",", -1))
                .map(part -> element.fromText(part.strip()))
                .toList());
    }
}
