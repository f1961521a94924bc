package io.athena.dhcpd.core.engine;

import io.athena.dhcpd.core.net.AddressRange;
import io.athena.dhcpd.core.net.Ipv4;
import io.athena.dhcpd.core.subnet.Link;
import io.athena.dhcpd.core.subnet.Pool;
import org.jspecify.annotations.Nullable;

/**
 * What a link's pools have to give to a client that has no claim: addresses that nothing was ever noted of, and those
 * whose lease has ended, longest ended first. Reserved and forbidden addresses are never in it.
 */
final class AddressSpace {

    private final Link link;
    private final AddressBitmap[] untouched;
    private final EndedLists ended;
    private final int[] capacity;
    private final int[] aside;

    /** A space in which every address that can be given is untouched. */
    AddressSpace(Link link) {
        this.link = link;
        this.untouched = new AddressBitmap[link.pools().size()];
        this.ended = new EndedLists(link.pools().size());
        this.capacity = new int[link.pools().size()];
        this.aside = new int[link.pools().size()];
        link.pools().forEach(pool -> untouched[pool.index()] = owned(pool));
        excludeFixed();
        link.pools().forEach(pool -> capacity[pool.index()] = untouched[pool.index()].count());
    }

    /** The lowest address of a pool that nothing was ever noted of, or null. */
    @Nullable
    Ipv4 untouchedIn(Pool pool) {
        int member = untouched[pool.index()].first();
        return member < 0 ? null : pool.range().first().plus(member);
    }

    /**
     * The highest address of a pool that nothing was ever noted of, or null. Addresses are given from the lowest up, so
     * where records were lost, these are the least likely to be somebody's.
     */
    @Nullable
    Ipv4 highestUntouchedIn(Pool pool) {
        int member = untouched[pool.index()].last();
        return member < 0 ? null : pool.range().first().plus(member);
    }

    /** The slot of a pool whose lease ended longest ago, or -1. */
    int longestEndedIn(Pool pool) {
        return ended.first(pool.index());
    }

    /** How many addresses of a pool a new client could be given. */
    int freeIn(Pool pool) {
        return untouched[pool.index()].count() + ended.count(pool.index()) + aside[pool.index()];
    }

    /** How many of them are set aside for whoever asks next. */
    int asideIn(Pool pool) {
        return aside[pool.index()];
    }

    /** How many of them nothing was ever noted of. */
    int neverUsedIn(Pool pool) {
        return untouched[pool.index()].count();
    }

    /** How many addresses of a pool can be given at all: without reserved and forbidden ones. */
    int capacityOf(Pool pool) {
        return capacity[pool.index()];
    }

    /** Something is noted of the address from now on. */
    void touch(Ipv4 ip) {
        Pool pool = link.poolOf(ip);
        if (pool != null) {
            untouched[pool.index()].remove(member(pool, ip));
        }
    }

    /** So many more addresses of the pool of this one are set aside, or fewer. */
    void aside(Ipv4 ip, int step) {
        Pool pool = link.poolOf(ip);
        if (pool != null) {
            aside[pool.index()] += step;
        }
    }

    /** Nothing is noted of the address any more. */
    void forget(Ipv4 ip) {
        Pool pool = link.poolOf(ip);
        if (pool != null && mayGive(ip)) {
            untouched[pool.index()].add(member(pool, ip));
        }
    }

    /** Lets an ended address be reused: after all others, or before them when its turn had come already. */
    void addEnded(Ipv4 ip, int slot, boolean first) {
        Pool pool = link.poolOf(ip);
        if (pool == null || !mayGive(ip) || ended.contains(slot)) {
            return;
        }
        if (first) {
            ended.prepend(pool.index(), slot);
        } else {
            ended.append(pool.index(), slot);
        }
    }

    /** Puts an address that may be reused behind all others of its pool; nothing happens when it may not. */
    void postpone(Ipv4 ip, int slot) {
        if (ended.contains(slot)) {
            ended.remove(slot);
            addEnded(ip, slot, false);
        }
    }

    /** The address is not to be reused; nothing happens when it was not. */
    void removeEnded(int slot) {
        ended.remove(slot);
    }

    private boolean mayGive(Ipv4 ip) {
        return !link.isForbidden(ip) && link.reservationAt(ip) == null;
    }

    private static AddressBitmap owned(Pool pool) {
        AddressBitmap space = new AddressBitmap((int) pool.range().size());
        for (AddressRange owned : pool.owned()) {
            int first = member(pool, owned.first());
            for (int i = 0; i < owned.size(); i++) {
                space.add(first + i);
            }
        }
        return space;
    }

    /** Takes out what is reserved or forbidden without asking about every address. */
    private void excludeFixed() {
        link.reservations().forEach(reservation -> touch(reservation.ip()));
        link.forbidden().forEach(this::touch);
        link.subnets().forEach(subnet -> {
            if (subnet.network().prefix() <= 30) {
                touch(subnet.network().network());
                touch(subnet.network().broadcast());
            }
        });
    }

    private static int member(Pool pool, Ipv4 ip) {
        return ip.bits() - pool.range().first().bits();
    }
}
