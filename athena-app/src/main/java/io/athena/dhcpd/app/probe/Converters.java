package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.app.cli.Bytes;
import io.athena.dhcpd.core.net.HexText;
import io.athena.dhcpd.core.net.Ipv4;
import java.util.HexFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of the command line, with refusals that say what is expected. */
public final class Converters {

    private Converters() {}

    public static final class Address implements ITypeConverter<Ipv4> {
        @Override
        public Ipv4 convert(String text) {
            return Ipv4.tryParse(text)
                    .orElseThrow(() ->
                            new TypeConversionException("'" + text + "' is not an IPv4 address such as 10.0.0.1"));
        }
    }

    /** Text, or {@code 0x} and hex. */
    public static final class Binary implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            try {
                return new Bytes(HexText.parse(text));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is neither text nor 0x and an even number of digits");
            }
        }
    }

    /** Hex digits, with or without {@code 0x}, spaces and colons. */
    static final class Hex implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            try {
                return new Bytes(HexFormat.of().parseHex(text.replaceAll("^0x|[\\s:]", "")));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "' is not an even number of hex digits");
            }
        }
    }
}
