package io.athena.dhcpd.core.meter;

import java.util.List;

/** Every meter of the server; docs/metrics.md lists the same names, and a test holds the two together. */
public enum DhcpMeter {
    PACKETS_RECEIVED(Kind.COUNTER, "packets_received", "Packets received, by message type", "type"),
    PACKETS_SENT(Kind.COUNTER, "packets_sent", "Replies sent, by message type", "type"),
    PACKETS_DROPPED(Kind.COUNTER, "packets_dropped", "Packets that got no answer, by reason", "reason"),
    SEND_ERRORS(Kind.COUNTER, "send_errors", "Replies that the kernel refused to send, by path", "path"),
    LEASES(Kind.GAUGE, "leases", "Leases, by state", "state"),
    POOL_ADDRESSES(Kind.GAUGE, "pool_addresses", "Addresses of a pool", "subnet", "pool"),
    POOL_USED(Kind.GAUGE, "pool_used", "Addresses of a pool that are leased, offered or withheld", "subnet", "pool"),
    QUARANTINED(Kind.GAUGE, "quarantined", "Addresses withheld after a conflict or damage"),
    CONFLICTS_ACTIVE(Kind.GAUGE, "conflicts_active", "Addresses withheld because somebody else uses them", "subnet"),
    CONFLICTS_PERMANENT(Kind.GAUGE, "conflicts_permanent", "Those of them that only a person gives back", "subnet"),
    CONFLICTS_RESOLVED(Kind.COUNTER, "conflicts_resolved", "Conflicts that are over, by what ended them", "method"),
    CONFLICT_DECLINES(Kind.COUNTER, "conflict_declines", "Addresses withheld because a client declined them", "subnet"),
    CONFLICTS_UNRECORDED(
            Kind.COUNTER,
            "conflicts_unrecorded",
            "Answers to probes past the budget of their subnet, skipped and not recorded",
            "subnet"),
    LANE_QUEUE(Kind.GAUGE, "lane_queue", "Packets that wait for a lane", "lane"),
    JOURNAL_BATCHES(Kind.COUNTER, "journal_batches", "Batches written and synced"),
    JOURNAL_RECORDS(Kind.COUNTER, "journal_records", "Records made durable"),
    JOURNAL_FAILURES(Kind.COUNTER, "journal_failures", "Batches that could not be made durable"),
    JOURNAL_SEGMENTS_KEPT(
            Kind.GAUGE, "journal_segments_kept", "Full journal segments that wait for a checkpoint or for a follower"),
    JOURNAL_COMMIT(Kind.TIMER, "journal_commit", "Time to write and sync a batch"),
    CHECKPOINTS(Kind.COUNTER, "checkpoints", "Checkpoints completed"),
    OFFERS(Kind.COUNTER, "offers", "Addresses offered or given at once, by what a probe had shown of them", "probe"),
    PROBE_CACHE_HITS(Kind.COUNTER, "probe_cache_hits", "Addresses that a probe of a moment ago had cleared already"),
    PROBE_CACHE_MISSES(Kind.COUNTER, "probe_cache_misses", "Probes that a client had to wait for"),
    LEASEQUERY_CONNECTIONS(Kind.GAUGE, "leasequery_connections", "Requesters of leases that are connected"),
    CONFLICT_PROBES(Kind.COUNTER, "conflict_probes", "Probes of addresses, by how they ended", "method", "result"),
    CONFLICT_PROBE_DURATION(
            Kind.TIMER, "conflict_probe_duration", "Time from the sending of a probe to its end", "method"),
    EVENT_BUFFER_DROPS(Kind.COUNTER, "event_buffer_drops", "Events lost by listeners that were too slow"),
    HOOK_RUNS(Kind.COUNTER, "hook_runs", "Runs of scripts and webhooks, by hook and result", "hook", "result"),
    DDNS_UPDATES(
            Kind.COUNTER, "ddns_updates", "Updates of names, by what was asked and how it ended", "update", "result"),
    DDNS_PENDING(Kind.GAUGE, "ddns_pending", "Addresses with updates of names that are not done yet"),
    DDNS_CONFLICTS(Kind.GAUGE, "ddns_conflicts", "Addresses without their name, because it is somebody else's"),
    HISTORY_ENTRIES(Kind.COUNTER, "history_entries", "Entries of the history, by kind", "kind"),
    HISTORY_MISSED(Kind.GAUGE, "history_missed", "Journal records that the history could not read"),
    HISTORY_SYSLOG_MESSAGES(
            Kind.COUNTER, "history_syslog_messages", "Entries told to syslog, by how it ended", "result"),
    HISTORY_SYSLOG_FAILING(
            Kind.GAUGE, "history_syslog_failing", "Seconds since when syslog cannot be told, 0 when it can"),
    CONFIG_RELOADS(Kind.COUNTER, "config_reloads", "Configuration reloads, by result", "result");

    /** What a meter measures. */
    public enum Kind {
        COUNTER,
        GAUGE,
        TIMER
    }

    private final Kind kind;
    private final String id;
    private final String help;
    private final List<String> tags;

    DhcpMeter(Kind kind, String name, String help, String... tags) {
        this.kind = kind;
        this.id = "athena_dhcpd_" + name;
        this.help = help;
        this.tags = List.of(tags);
    }

    public Kind kind() {
        return kind;
    }

    /** The name without the suffix that Prometheus adds ({@code _total}, {@code _seconds}). */
    public String id() {
        return id;
    }

    public String help() {
        return help;
    }

    /** Names of the tags, in the order in which {@link Meters} takes their values. */
    public List<String> tags() {
        return tags;
    }
}
