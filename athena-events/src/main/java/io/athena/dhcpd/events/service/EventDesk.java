package io.athena.dhcpd.events.service;

import io.athena.dhcpd.core.event.EventLog;
import io.athena.dhcpd.events.hook.HookStatus;
import io.athena.dhcpd.events.hook.Trial;
import java.util.List;
import java.util.Optional;

/** What an operator may ask of events and hooks. May be used by any thread. */
public interface EventDesk {

    /** The events of late; empty where none are kept. */
    Optional<EventLog> log();

    /** How each hook fares, in the order of the file, scripts first. */
    List<HookStatus> hooks();

    /** Gives a hook an event that never happened, marked as such, of a kind that it asks for; never waits for the hook. */
    Trial test(String hook);
}
