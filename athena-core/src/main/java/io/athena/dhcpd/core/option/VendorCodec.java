package io.athena.dhcpd.core.option;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * What several vendors say in one option: enterprise number, length and data of each (RFC 3925). The data are
 * sub-options (section 4), or a class (section 3). The whole may be written in hex too, and is so on a command line.
 */
final class VendorCodec implements ValueCodec {

    private static final String EXPECTED = "entries such as [{ enterprise = 3561, ... }]";
    private static final int HEAD = 5;
    private static final int MAX_DATA = 255;

    private final boolean ofSubOptions;

    VendorCodec(boolean ofSubOptions) {
        this.ofSubOptions = ofSubOptions;
    }

    @Override
    public byte[] encode(OptionValue value) {
        if (value instanceof OptionValue.Text) {
            return OptionType.HEX.encode(value);
        }
        Map<Long, ByteArrayOutputStream> byVendor = new LinkedHashMap<>();
        for (OptionValue each : ValueCodec.elements(value, EXPECTED)) {
            SubOption option = SubOption.read(each, true, ofSubOptions);
            if (!ofSubOptions && byVendor.containsKey(option.enterprise())) {
                // RFC 3925 section 3: once for each vendor.
                throw new IllegalArgumentException("names enterprise " + option.enterprise() + " twice");
            }
            ByteArrayOutputStream data =
                    byVendor.computeIfAbsent(option.enterprise(), vendor -> new ByteArrayOutputStream());
            if (ofSubOptions) {
                SubOptionsCodec.write(option, data);
            } else {
                data.writeBytes(option.value());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byVendor.forEach((vendor, data) -> write(vendor, data.toByteArray(), out));
        return out.toByteArray();
    }

    private static void write(long vendor, byte[] data, ByteArrayOutputStream out) {
        if (data.length > MAX_DATA) {
            throw new IllegalArgumentException(
                    "takes " + data.length + " bytes for enterprise " + vendor + "; there is room for " + MAX_DATA);
        }
        out.writeBytes(ByteBuffer.allocate(HEAD)
                .putInt((int) vendor)
                .put((byte) data.length)
                .array());
        out.writeBytes(data);
    }

    /** As {@code 3561:0104...}, the data in hex. */
    @Override
    public Optional<String> decode(byte[] bytes) {
        StringJoiner all = new StringJoiner(", ");
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() >= HEAD) {
            long vendor = Integer.toUnsignedLong(in.getInt());
            byte[] data = new byte[in.get() & 0xff];
            if (data.length > in.remaining()) {
                return Optional.empty();
            }
            in.get(data);
            all.add(vendor + ":" + HexFormat.of().formatHex(data));
        }
        return in.hasRemaining() || bytes.length == 0 ? Optional.empty() : Optional.of(all.toString());
    }

    @Override
    public OptionValue fromText(String text) {
        return new OptionValue.Text(text);
    }
}
