package io.athena.dhcpd.core.option;

import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.Ipv4;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.StringJoiner;

/** Classless routes: prefix length, the octets of the destination that count, router (RFC 3442). */
final class RouteCodec implements ValueCodec {

    private static final String EXPECTED = "routes such as \"10.0.0.0/8 via 10.0.0.1\" or \"default via 10.0.0.1\"";

    @Override
    public byte[] encode(OptionValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (OptionValue each : ValueCodec.elements(value, EXPECTED)) {
            RouteText route = RouteText.parse(ValueCodec.text(each, EXPECTED), EXPECTED);
            Cidr destination = Cidr.parse(route.destination().equals("default") ? "0.0.0.0/0" : route.destination());
            out.write(destination.prefix());
            out.write(destination.network().toBytes(), 0, significantOctets(destination.prefix()));
            out.writeBytes(route.router().toBytes());
        }
        return out.toByteArray();
    }

    @Override
    public Optional<String> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        StringJoiner all = new StringJoiner(", ");
        while (in.hasRemaining()) {
            int prefix = in.get() & 0xff;
            if (prefix > 32 || in.remaining() < significantOctets(prefix) + 4) {
                return Optional.empty();
            }
            byte[] destination = new byte[4];
            in.get(destination, 0, significantOctets(prefix));
            Cidr network = Cidr.around(Ipv4.of(destination, 0), prefix);
            all.add(network + " via " + new Ipv4(in.getInt()));
        }
        return bytes.length == 0 ? Optional.empty() : Optional.of(all.toString());
    }

    @Override
    public OptionValue fromText(String text) {
        return new OptionValue.Many(ValueCodec.split(text));
    }

    private static int significantOctets(int prefix) {
        return (prefix + 7) / 8;
    }
}
