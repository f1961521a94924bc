package io.athena.dhcpd.ddns.name;

import io.athena.dhcpd.core.net.ClientKey;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.net.SeededHash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which name the active lease of which client has. It keeps hashes that nobody can foresee, not texts: some forty bytes a
 * name. Where two clients have one name, it knows the last. DNS itself has the last word; this spares it what is known
 * beforehand. May be used by any thread; no call takes longer than a look into a table.
 */
public final class NameHolders {

    private static final int STRIPES = 64;

    private final SeededHash hash = SeededHash.random();
    private final Stripe[] stripes = new Stripe[STRIPES];

    public NameHolders() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    /**
     * Whether a client may have a name that it is about to be granted; if so nobody else may from now on, even before
     * {@link #set} tells that it has it.
     */
    boolean claim(String name, Ipv4 address, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            return stripe.claim(key, hash(client), address.bits());
        }
    }

    /** A client does not get what it claimed; what it had before it keeps. */
    void disclaim(String name, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.disclaim(key, hash(client));
        }
    }

    /** Nobody has any name, as far as is known. */
    public void clear() {
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                stripe.clear();
            }
        }
    }

    /** A client has a name from now on, whoever had it before. */
    public void set(String name, Ipv4 address, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.put(key, hash(client), address.bits());
        }
    }

    /**
     * A client has a name no longer; nothing happens when somebody else has it, or the same client at another address.
     * A later claim of its own stands.
     */
    public void remove(String name, Ipv4 address, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            stripe.remove(key, hash(client), address.bits());
        }
    }

    /** The address of the client that has a name, if that is not the given one; else null. */
    public @Nullable Ipv4 otherHolder(String name, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int at = stripe.find(key);
            return at < 0 || stripe.clients[at] == hash(client) ? null : new Ipv4(stripe.addresses[at]);
        }
    }

    /**
     * Whether DNS may say of a name that is this client's something else than this address: it got the name elsewhere
     * since, or has let it go there. Never where somebody else has it.
     */
    public boolean isElsewhere(String name, Ipv4 address, ClientKey client) {
        long key = hash(name);
        Stripe stripe = stripe(key);
        synchronized (stripe) {
            int at = stripe.find(key);
            return at < 0
                    || stripe.clients[at] == hash(client)
                            && (stripe.how[at] == Stripe.CLAIMED || stripe.addresses[at] != address.bits());
        }
    }

    /** How many names are held. */
    public int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size;
            }
        }
        return size;
    }

    private Stripe stripe(long key) {
        return stripes[(int) (key >>> 58)];
    }

    /** Names are the same whatever their case (RFC 4343); zero stands for an empty place. */
    private long hash(String name) {
        long key = hash.of(0, name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        return key == 0 ? 1 : key;
    }

    private long hash(ClientKey client) {
        return hash.of(1, client.toBytes());
    }

    /** A table with open addressing, at most two thirds full. */
    private static final class Stripe {

        /** By a lease on record. */
        private static final byte HELD = 0;

        /** By a lease on record, and claimed for one that is about to be granted. */
        private static final byte HELD_AND_CLAIMED = 1;

        /** Only for a lease that is about to be granted. */
        private static final byte CLAIMED = 2;

        private long[] names = new long[16];
        private long[] clients = new long[16];
        private int[] addresses = new int[16];
        private byte[] how = new byte[16];
        private int size;

        int find(long name) {
            int mask = names.length - 1;
            for (int at = (int) name & mask; names[at] != 0; at = at + 1 & mask) {
                if (names[at] == name) {
                    return at;
                }
            }
            return -1;
        }

        boolean claim(long name, long client, int address) {
            int at = find(name);
            if (at >= 0 && clients[at] != client) {
                return false;
            }
            if (at < 0) {
                put(name, client, address);
                how[find(name)] = CLAIMED;
            } else if (how[at] == HELD) {
                how[at] = HELD_AND_CLAIMED;
            }
            return true;
        }

        void disclaim(long name, long client) {
            int at = find(name);
            if (at < 0 || clients[at] != client || how[at] == HELD) {
                return;
            }
            if (how[at] == CLAIMED) {
                empty(at);
            } else {
                how[at] = HELD;
            }
        }

        void put(long name, long client, int address) {
            int at = find(name);
            if (at < 0) {
                if (3 * (size + 1) > 2 * names.length) {
                    grow();
                }
                at = free(name);
                size++;
            }
            names[at] = name;
            clients[at] = client;
            addresses[at] = address;
            how[at] = HELD;
        }

        void remove(long name, long client, int address) {
            int at = find(name);
            if (at < 0 || clients[at] != client || addresses[at] != address) {
                return;
            }
            if (how[at] == HELD) {
                empty(at);
            } else {
                how[at] = CLAIMED;
            }
        }

        private void empty(int at) {
            size--;
            int mask = names.length - 1;
            int hole = at;
            for (int next = hole + 1 & mask; names[next] != 0; next = next + 1 & mask) {
                // Whoever may not stand after the hole moves into it.
                if ((next - ((int) names[next] & mask) & mask) >= (next - hole & mask)) {
                    move(next, hole);
                    hole = next;
                }
            }
            names[hole] = 0;
        }

        private void move(int from, int to) {
            names[to] = names[from];
            clients[to] = clients[from];
            addresses[to] = addresses[from];
            how[to] = how[from];
        }

        private int free(long name) {
            int mask = names.length - 1;
            int at = (int) name & mask;
            while (names[at] != 0) {
                at = at + 1 & mask;
            }
            return at;
        }

        void clear() {
            names = new long[16];
            clients = new long[16];
            addresses = new int[16];
            how = new byte[16];
            size = 0;
        }

        private void grow() {
            long[] oldNames = names;
            long[] oldClients = clients;
            int[] oldAddresses = addresses;
            byte[] oldHow = how;
            names = new long[2 * oldNames.length];
            clients = new long[names.length];
            addresses = new int[names.length];
            how = new byte[names.length];
            for (int i = 0; i < oldNames.length; i++) {
                if (oldNames[i] != 0) {
                    int at = free(oldNames[i]);
                    names[at] = oldNames[i];
                    clients[at] = oldClients[i];
                    addresses[at] = oldAddresses[i];
                    how[at] = oldHow[i];
                }
            }
        }
    }
}
