package io.athena.dhcpd.app.probe;

import io.athena.dhcpd.core.option.OptionDefinition;
import io.athena.dhcpd.core.option.OptionRegistry;
import io.athena.dhcpd.core.option.OptionSet;
import java.util.List;

/** Options as they are written on the command line. */
public final class OptionArguments {

    private OptionArguments() {}

    /** The options of {@code NAME=VALUE} arguments. @throws IllegalArgumentException saying which one is wrong and why */
    public static OptionSet values(OptionRegistry registry, List<String> arguments) {
        OptionSet.Builder options = OptionSet.builder();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("--option takes NAME=VALUE, not '" + argument + "'.");
            }
            OptionDefinition option = find(registry, argument.substring(0, equals));
            try {
                options.put(option.code(), option.type().parse(argument.substring(equals + 1)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--option " + argument + ": " + e.getMessage(), e);
            }
        }
        return options.build();
    }

    /** The codes of a request list; {@code none} alone is no list. @throws IllegalArgumentException for an unknown name */
    public static List<Integer> codes(OptionRegistry registry, List<String> names) {
        return names.equals(List.of("none"))
                ? List.of()
                : names.stream().map(name -> find(registry, name).code()).toList();
    }

    private static OptionDefinition find(OptionRegistry registry, String name) {
        return registry.find(name)
                .orElseThrow(() -> new IllegalArgumentException("No option is called '" + name
                        + "'. Write a key of the configuration, such as dns_servers, or a code of 1 to 254."));
    }
}
