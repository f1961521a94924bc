package io.athena.dhcpd.core.option;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an option's value is written by people and on the wire. */
public enum OptionType {
    IP(FixedCodec.one(Elements.IP)),
    IP_LIST(FixedCodec.list(Elements.IP)),
    /** Address and mask, one after the other (RFC 2132 section 4.3): {@code "10.0.0.0/8"}. */
    IP_MASK(FixedCodec.list(Elements.IP_MASK)),
    /** Destination host or network and its router (RFC 2132 section 5.8): {@code "10.1.2.3 via 10.0.0.1"}. */
    IP_PAIRS(FixedCodec.list(Elements.IP_PAIR)),
    UINT8(FixedCodec.one(Elements.UINT8)),
    UINT8_LIST(FixedCodec.list(Elements.UINT8)),
    UINT16(FixedCodec.one(Elements.UINT16)),
    UINT16_LIST(FixedCodec.list(Elements.UINT16)),
    UINT32(FixedCodec.one(Elements.UINT32)),
    INT32(FixedCodec.one(Elements.INT32)),
    BOOL(FixedCodec.one(Elements.BOOL)),
    STRING(new TextCodec()),
    HEX(new HexCodec()),
    /** Classless static routes (RFC 3442): {@code "10.0.0.0/8 via 10.0.0.1"}. */
    CIDR_ROUTES(new RouteCodec()),
    /** One domain name in the form of RFC 1035 section 3.1. */
    FQDN(new NameCodec(false)),
    /** Several domain names one after the other. */
    DOMAIN_LIST(new NameCodec(true)),
    /** SIP servers as addresses or as names, never both (RFC 3361). */
    SIP_SERVERS(new SipCodec()),
    /** Options inside an option (RFC 2132 section 8.4), as tables or in hex. */
    SUB_OPTIONS(new SubOptionsCodec()),
    /** Sub-options of one or more vendors (RFC 3925 section 4), as tables or in hex. */
    VENDOR_OPTIONS(new VendorCodec(true)),
    /** The classes of one or more vendors (RFC 3925 section 3), as tables or in hex. */
    VENDOR_CLASSES(new VendorCodec(false));

    /** More than this fits into no reply that a client could take. */
    static final int MAX_BYTES = 1024;

    private final ValueCodec codec;

    OptionType(ValueCodec codec) {
        this.codec = codec;
    }

    /** The name used in {@code [[subnet.option]] type = "..."}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The labels of all types. */
    public static List<String> labels() {
        return List.of(values()).stream().map(OptionType::label).toList();
    }

    /** The type of this label; {@code bytes} is another name of {@code hex}. */
    public static Optional<OptionType> ofLabel(String label) {
        if (label.equals("bytes")) {
            return Optional.of(HEX);
        }
        return List.of(values()).stream().filter(t -> t.label().equals(label)).findFirst();
    }

    /**
     * The bytes of a value.
     *
     * @throws IllegalArgumentException when the value is not of this type; the message says what is expected
     */
    public byte[] encode(OptionValue value) {
        byte[] bytes = codec.encode(value);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "takes " + bytes.length + " bytes; a reply has room for at most " + MAX_BYTES);
        }
        return bytes;
    }

    /** The text of wire bytes; bytes that do not fit the type come out as {@code 0x} and hex. */
    public String decode(byte[] bytes) {
        return codec.decode(bytes).orElseGet(() -> "0x" + HexFormat.of().formatHex(bytes));
    }

    /**
     * The bytes of a value written on a command line: lists with commas, numbers in decimal, {@code true} and
     * {@code false}.
     *
     * @throws IllegalArgumentException when the text is not of this type
     */
    public byte[] parse(String text) {
        return encode(codec.fromText(text));
    }
}
