package io.athena.dhcpd.core.engine;

/** How many newcomers a pool sees, second by second. */
final class Demand {

    /** Without newcomers for so long, nothing is probed ahead of time any more. */
    private static final long INTEREST_SECONDS = 60;

    /** At least so many addresses are kept in stock, and so many probes a second go out for it. */
    private static final int LEAST = 8;

    private static final int MOST = 8_192;

    private long second = Long.MIN_VALUE;
    private int thisSecond;
    private int lastSecond;
    private int spent;
    private long lastAt = Long.MIN_VALUE;
    private long pausedUntil;

    /** A newcomer asks for an address of the pool. */
    void asked(long now) {
        turnTo(now);
        thisSecond++;
        lastAt = now;
    }

    /** Nothing is probed ahead of time until then. */
    void pause(long until) {
        pausedUntil = until;
    }

    /** Whether newcomers came lately. */
    boolean isLive(long now) {
        return lastAt != Long.MIN_VALUE && now - lastAt <= INTEREST_SECONDS && now >= pausedUntil;
    }

    /** How many addresses the stock is to have: what is asked for while a probe runs, and a second's worth more. */
    int stock(ProbeRules rules) {
        long seconds = 1_000 + rules.timeoutMillis();
        return (int) Math.min(MOST, LEAST + rate() * seconds / 1_000);
    }

    /** Takes one of this second's probes; false when they are used up: twice what newcomers can ask for. */
    boolean spend(long now) {
        turnTo(now);
        if (spent >= LEAST + 2 * rate()) {
            return false;
        }
        spent++;
        return true;
    }

    private long rate() {
        return Math.max(thisSecond, lastSecond);
    }

    private void turnTo(long now) {
        if (now != second) {
            lastSecond = now == second + 1 ? thisSecond : 0;
            thisSecond = 0;
            spent = 0;
            second = now;
        }
    }
}
