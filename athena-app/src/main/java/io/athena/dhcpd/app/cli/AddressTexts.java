package io.athena.dhcpd.app.cli;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Addresses as they are typed on the command line. */
public final class AddressTexts {

    private AddressTexts() {}

    /** An IPv4 address. */
    public static final class Ip implements ITypeConverter<Ipv4> {
        @Override
        public Ipv4 convert(String text) {
            return converted(() -> Ipv4.parse(text));
        }
    }

    /** A prefix. */
    public static final class Prefix implements ITypeConverter<Cidr> {
        @Override
        public Cidr convert(String text) {
            return converted(() -> Cidr.parse(text));
        }
    }

    /** A hardware address, in any spelling. */
    public static final class Mac implements ITypeConverter<MacAddress> {
        @Override
        public MacAddress convert(String text) {
            return converted(() -> MacAddress.parse(text));
        }
    }

    /** What a reader makes of a text; what it finds wrong becomes a complaint about the command line. */
    public static <T> T converted(Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
