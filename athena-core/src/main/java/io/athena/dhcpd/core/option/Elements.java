package io.athena.dhcpd.core.option;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The elements of fixed size. */
final class Elements {

    static final FixedCodec.Element IP = new Address();
    static final FixedCodec.Element IP_MASK = new Masked();
    static final FixedCodec.Element IP_PAIR = new Routed();
    static final FixedCodec.Element UINT8 = new Whole(1, 0, 0xff);
    static final FixedCodec.Element UINT16 = new Whole(2, 0, 0xffff);
    static final FixedCodec.Element UINT32 = new Whole(4, 0, 0xffffffffL);
    static final FixedCodec.Element INT32 = new Whole(4, Integer.MIN_VALUE, Integer.MAX_VALUE);
    static final FixedCodec.Element BOOL = new Bool();

    private Elements() {}

    private static Ipv4 takeAddress(ByteBuffer in) {
        return new Ipv4(in.getInt());
    }

    private record Address() implements FixedCodec.Element {
        @Override
        public int size() {
            return 4;
        }

        @Override
        public String expected() {
            return "an IPv4 address such as \"10.0.0.1\"";
        }

        @Override
        public void put(OptionValue value, ByteBuffer out) {
            out.putInt(Ipv4.parse(ValueCodec.text(value, expected())).bits());
        }

        @Override
        public Optional<String> take(ByteBuffer in) {
            return Optional.of(takeAddress(in).toString());
        }

        @Override
        public OptionValue fromText(String text) {
            return new OptionValue.Text(text);
        }
    }

    private record Masked() implements FixedCodec.Element {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public String expected() {
            return "an address and its mask such as \"10.0.0.0/8\"";
        }

        @Override
        public void put(OptionValue value, ByteBuffer out) {
            String text = ValueCodec.text(value, expected());
            int slash = text.indexOf('/');
            Optional<Ipv4> mask = slash < 0 ? Optional.empty() : Ipv4.tryParse(text.substring(slash + 1));
            if (mask.isPresent()) {
                out.putInt(Ipv4.parse(text.substring(0, slash)).bits())
                        .putInt(mask.get().bits());
            } else {
                Cidr network = Cidr.parse(text);
                out.putInt(network.network().bits()).putInt(network.mask().bits());
            }
        }

        @Override
        public Optional<String> take(ByteBuffer in) {
            return Optional.of(takeAddress(in) + "/" + takeAddress(in));
        }

        @Override
        public OptionValue fromText(String text) {
            return new OptionValue.Text(text);
        }
    }

    private record Routed() implements FixedCodec.Element {
        @Override
        public int size() {
            return 8;
        }

        @Override
        public String expected() {
            return "a destination and its router such as \"10.1.0.0 via 10.0.0.1\"";
        }

        @Override
        public void put(OptionValue value, ByteBuffer out) {
            RouteText route = RouteText.parse(ValueCodec.text(value, expected()), expected());
            out.putInt(Ipv4.parse(route.destination()).bits())
                    .putInt(route.router().bits());
        }

        @Override
        public Optional<String> take(ByteBuffer in) {
            return Optional.of(takeAddress(in) + " via " + takeAddress(in));
        }

        @Override
        public OptionValue fromText(String text) {
            return new OptionValue.Text(text);
        }
    }

    private record Whole(int size, long min, long max) implements FixedCodec.Element {
        @Override
        public String expected() {
            return "a whole number of " + min + " to " + max;
        }

        @Override
        public void put(OptionValue value, ByteBuffer out) {
            if (!(value instanceof OptionValue.Number whole) || whole.number() < min || whole.number() > max) {
                throw new IllegalArgumentException("is " + ValueCodec.kindOf(value) + "; expected " + expected());
            }
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
                out.put((byte) (whole.number() >>> shift));
            }
        }

        @Override
        public Optional<String> take(ByteBuffer in) {
            long number = min < 0 ? in.get() : in.get() & 0xff;
            for (int i = 1; i < size; i++) {
                number = number << 8 | in.get() & 0xff;
            }
            return Optional.of(Long.toString(number));
        }

        @Override
        public OptionValue fromText(String text) {
            try {
                return new OptionValue.Number(Long.decode(text));
            } catch (NumberFormatException e) {
                return new OptionValue.Text(text);
            }
        }
    }

    private record Bool() implements FixedCodec.Element {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public void put(OptionValue value, ByteBuffer out) {
            if (!(value instanceof OptionValue.Flag flag)) {
                throw new IllegalArgumentException("is " + ValueCodec.kindOf(value) + "; expected " + expected());
            }
            out.put((byte) (flag.on() ? 1 : 0));
        }

        @Override
        public Optional<String> take(ByteBuffer in) {
            byte value = in.get();
            return value == 0 || value == 1 ? Optional.of(Boolean.toString(value == 1)) : Optional.empty();
        }

        @Override
        public OptionValue fromText(String text) {
            return text.equals("true") || text.equals("false")
                    ? new OptionValue.Flag(text.equals("true"))
                    : new OptionValue.Text(text);
        }
    }
}
