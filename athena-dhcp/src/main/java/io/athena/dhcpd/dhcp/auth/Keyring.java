package io.athena.dhcpd.dhcp.auth;

import io.athena.dhcpd.core.config.AuthenticationKey;
import io.athena.dhcpd.core.lease.ClientRequest;
import io.athena.dhcpd.core.net.Cidr;
import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.MacAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a link. A client that has keys of its own has no other; the rest have those that name no client. */
final class Keyring {

    private static final byte[] UNKNOWN = {0};

    private final Map<ClientKey, List<Key>> byIdentifier = new HashMap<>();
    private final Map<MacAddress, List<Key>> byMac = new HashMap<>();
    private final List<Key> common = new ArrayList<>();
    private final byte[] network;

    private record Key(AuthenticationKey config, int id, byte[] bytes, boolean master) {}

    /** @param network the subnet in whose configuration the keys stand */
    Keyring(List<AuthenticationKey> keys, Cidr network) {
        this.network = network.network().toBytes();
        keys.forEach(key -> clientOf(key).add(new Key(key, key.id(), key.bytes(), key.master())));
    }

    private List<Key> clientOf(AuthenticationKey key) {
        byte[] clientId = key.clientId();
        MacAddress mac = key.mac();
        if (clientId != null) {
            return byIdentifier.computeIfAbsent(ClientKey.ofClientId(clientId), one -> new ArrayList<>());
        }
        return mac == null ? common : byMac.computeIfAbsent(mac, one -> new ArrayList<>());
    }

    /** The client's secret with this id, or null when it has none. */
    @Nullable
    SharedSecret find(ClientRequest client, int id) {
        for (Key key : keysOf(client)) {
            if (key.id == id) {
                return secret(key, client);
            }
        }
        return null;
    }

    /** The key with this id as it is configured for the client, or null when it has none. */
    @Nullable
    AuthenticationKey configured(ClientRequest client, int id) {
        for (Key key : keysOf(client)) {
            if (key.id == id) {
                return key.config;
            }
        }
        return null;
    }

    /** The first of the client's secrets, or null when it has none. */
    @Nullable
    SharedSecret first(ClientRequest client) {
        List<Key> keys = keysOf(client);
        return keys.isEmpty() ? null : secret(keys.get(0), client);
    }

    private List<Key> keysOf(ClientRequest client) {
        List<Key> own = byIdentifier.get(ClientKey.ofClientId(identifier(client)));
        if (own == null && client.mac() != null) {
            own = byMac.get(client.mac());
        }
        return own == null ? common : own;
    }

    /** RFC 3118 appendix A: the key of a client is the master key's HMAC over client identifier and subnet address. */
    private SharedSecret secret(Key key, ClientRequest client) {
        if (!key.master) {
            return new SharedSecret(key.id, key.bytes);
        }
        byte[] identifier = identifier(client);
        ByteBuffer uniqueId = ByteBuffer.allocate(identifier.length + network.length);
        uniqueId.put(identifier).put(network).flip();
        return new SharedSecret(key.id, HmacMd5.of(key.bytes, uniqueId));
    }

    /** Option 61; of a client that sends none, what most send in it: hardware type and address. */
    private static byte[] identifier(ClientRequest client) {
        byte[] clientId = client.clientId();
        if (clientId != null) {
            return clientId;
        }
        MacAddress mac = client.mac();
        if (mac == null) {
            return UNKNOWN;
        }
        byte[] hardware = ClientKey.ofHardware(mac).toBytes();
        return Arrays.copyOfRange(hardware, 1, hardware.length);
    }
}
