package io.athena.dhcpd.core.option;

import java.util.Set;

/**
 * An option inside an option, as somebody wrote it.
 *
 * @param enterprise the number of the vendor whose space the code is of (RFC 3925 section 1); 0 where there is but one
 * @param code 1 to 255; 0 for a value that needs none
 * @param value its bytes
 */
record SubOption(long enterprise, int code, byte[] value) {

    private static final Set<String> KEYS = Set.of("enterprise", "code", "type", "value");

    /** The end of all sub-options, which some boot ROMs look for; it has no length and no value. */
    static final int END = 255;

    private static final int MAX_VALUE = 255;

    boolean isEnd() {
        return code == END;
    }

    /**
     * Reads a table.
     *
     * @param ofVendors whether it says whose it is
     * @param coded whether it has a code
     * @throws IllegalArgumentException with a message that continues "the value ..."
     */
    static SubOption read(OptionValue written, boolean ofVendors, boolean coded) {
        if (!(written instanceof OptionValue.Fields fields)) {
            throw new IllegalArgumentException(
                    "holds " + ValueCodec.kindOf(written) + "; expected " + example(ofVendors, coded));
        }
        for (String key : fields.entries().keySet()) {
            boolean unused = (key.equals("enterprise") && !ofVendors) || (key.equals("code") && !coded);
            if (!KEYS.contains(key) || unused) {
                throw new IllegalArgumentException("has the key '" + key + "'; expected " + example(ofVendors, coded));
            }
        }
        long enterprise = ofVendors ? number(fields, "enterprise", 1, 0xffffffffL) : 0;
        int code = coded ? (int) number(fields, "code", 1, ofVendors ? END - 1 : END) : 0;
        return new SubOption(enterprise, code, code == END ? new byte[0] : value(fields));
    }

    private static byte[] value(OptionValue.Fields fields) {
        OptionValue value = fields.entries().get("value");
        if (value == null) {
            throw new IllegalArgumentException("has an entry without value");
        }
        byte[] bytes = type(fields).encode(value);
        if (bytes.length > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "has an entry of " + bytes.length + " bytes; there is room for " + MAX_VALUE);
        }
        return bytes;
    }

    private static OptionType type(OptionValue.Fields fields) {
        OptionValue written = fields.entries().get("type");
        if (written == null) {
            return OptionType.HEX;
        }
        String label = ValueCodec.text(written, "the name of a type such as \"ip\"");
        return OptionType.ofLabel(label)
                .orElseThrow(() -> new IllegalArgumentException(
                        "has an entry of the type '" + label + "'; expected one of " + OptionType.labels()));
    }

    private static long number(OptionValue.Fields fields, String key, long min, long max) {
        if (fields.entries().get(key) instanceof OptionValue.Number whole
                && whole.number() >= min
                && whole.number() <= max) {
            return whole.number();
        }
        throw new IllegalArgumentException(
                "has an entry without a usable " + key + "; expected a whole number of " + min + " to " + max);
    }

    private static String example(boolean ofVendors, boolean coded) {
        return "tables such as { " + (ofVendors ? "enterprise = 3561, " : "") + (coded ? "code = 1, " : "")
                + "type = \"ip\", value = \"10.0.0.1\" }, or hex digits for the whole";
    }
}
