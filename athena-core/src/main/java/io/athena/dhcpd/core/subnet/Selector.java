package io.athena.dhcpd.core.subnet;

import io.athena.dhcpd.core.config.MatchConfig;
import io.athena.dhcpd.core.config.MatchKey;
import io.athena.dhcpd.core.net.MacAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which clients something is for: those that fit every one of its patterns. Compiled once, judges without garbage. */
final class Selector {

    /** A pattern and what it is compared with. */
    private record Condition(MatchKey key, Glob glob) {}

    static final Selector EVERYBODY = new Selector(List.of());

    private final List<Condition> conditions;

    private Selector(List<Condition> conditions) {
        this.conditions = conditions;
    }

    /** The patterns of a pool or class, without the class that it may name. */
    static Selector of(MatchConfig match) {
        List<Condition> conditions = new ArrayList<>();
        for (MatchKey key : MatchKey.values()) {
            String pattern = match.pattern(key);
            if (pattern != null) {
                conditions.add(new Condition(key, new Glob(pattern)));
            }
        }
        return conditions.isEmpty() ? EVERYBODY : new Selector(List.copyOf(conditions));
    }

    /** For the clients that both are for. */
    Selector and(Selector other) {
        if (isEverybody() || other.isEverybody()) {
            return isEverybody() ? other : this;
        }
        List<Condition> both = new ArrayList<>(conditions);
        both.addAll(other.conditions);
        return new Selector(List.copyOf(both));
    }

    boolean isEverybody() {
        return conditions.isEmpty();
    }

    /** How many patterns a client has to fit. */
    int keys() {
        return conditions.size();
    }

    /** How many characters of the patterns stand for themselves. */
    int literals() {
        return conditions.stream()
                .mapToInt(condition -> condition.glob.literals())
                .sum();
    }

    boolean admits(ClientTraits client) {
        for (int i = 0; i < conditions.size(); i++) {
            Condition condition = conditions.get(i);
            if (!fits(condition.glob, condition.key, client)) {
                return false;
            }
        }
        return true;
    }

    /** Every pattern with the word on a client; {@link #admits} says yes where all of them fit. */
    List<MatchFinding> findings(ClientTraits client) {
        return conditions.stream()
                .map(condition -> new MatchFinding(
                        condition.key, condition.glob.toString(), fits(condition.glob, condition.key, client)))
                .toList();
    }

    private static boolean fits(Glob glob, MatchKey key, ClientTraits client) {
        return switch (key) {
            case CIRCUIT_ID -> fits(glob, client.circuitId(), client, key);
            case REMOTE_ID -> fits(glob, client.remoteId(), client, key);
            case SUBSCRIBER_ID -> fits(glob, client.subscriberId(), client, key);
            case RELAY_ID -> fits(glob, client.relayId(), client, key);
            case VENDOR_CLASS -> {
                byte[] value = client.vendorClass();
                yield value == null ? client.waives(key) : glob.matches(value, 0, UserClasses.withoutNuls(value));
            }
            case USER_CLASS -> {
                byte[] value = client.userClass();
                yield value == null ? client.waives(key) : UserClasses.anyMatches(value, glob);
            }
            case MAC -> {
                MacAddress mac = client.mac();
                yield mac != null && glob.matches(mac.toString());
            }
            case ARCHITECTURE -> {
                byte[] value = client.architecture();
                yield value == null ? client.waives(key) : anyNumberMatches(value, glob);
            }
        };
    }

    private static boolean fits(Glob glob, byte @Nullable [] value, ClientTraits client, MatchKey key) {
        return value == null ? client.waives(key) : glob.matches(value, 0, value.length);
    }

    /** RFC 4578 section 2.1: numbers of 16 bits; anything else tells nothing. */
    private static boolean anyNumberMatches(byte[] value, Glob glob) {
        if (value.length % 2 != 0) {
            return false;
        }
        for (int i = 0; i < value.length; i += 2) {
            int number = (value[i] & 0xff) << Byte.SIZE | value[i + 1] & 0xff;
            if (glob.matches(Integer.toString(number))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return conditions.toString();
    }
}
