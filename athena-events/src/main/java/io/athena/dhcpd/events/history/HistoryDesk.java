package io.athena.dhcpd.events.history;

import java.util.Optional;

/** What an operator may ask of the history. May be used by any thread. */
public interface HistoryDesk {

    /** What is written up to now, as far as that can be had within a moment; empty where no history is kept. */
    Optional<HistoryBook> history() throws InterruptedException;
}
