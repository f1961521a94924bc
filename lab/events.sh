#!/usr/bin/env bash
# What events cost, measured and bounded: the same load on a server that nobody listens to, and on one with the log of
# events, a webhook whose target is not there and a script that hangs, all of them asking for every event. Both in turn,
# some rounds; the median of each, and their ratio, are in lab/out/events/report.txt. No exchange may be lost for an
# event, the queues must fill and be counted, and the stop is not delayed. Needs root; about two minutes.
#   EVENTS_ROUNDS=3          rounds
#   EVENTS_SECONDS=8         how long each load is kept up
#   EVENTS_RATE=500          DORA/s at which latency is measured
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/measure.sh
. "$(dirname "$0")/measure.sh"

ROUNDS=${EVENTS_ROUNDS:-3}
PERIOD=${EVENTS_SECONDS:-8}
RATE=${EVENTS_RATE:-500}

write_hooks() {
    printf '#!/bin/sh\nsleep 600\n' >"$LAB_OUT/hang.sh"
    chmod +x "$LAB_OUT/hang.sh"
    cat <<TOML
[hooks]
event_buffer_size = 1000

[[hooks.script]]
name = "hanging"
events = ["*"]
command = "$LAB_OUT/hang.sh"
timeout = "5m"

[[hooks.webhook]]
name = "refused"
events = ["*"]
url = "http://127.0.0.1:9/"
TOML
}

# serve quiet|loud: with an empty store.
serve() {
    local log_size=0
    [[ $1 == quiet ]] || log_size=10000
    rm -rf "$LAB_OUT/store"
    {
        cat <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "warn"
event_log_size = $log_size

[conflict_detection]
enabled = false

[[subnet]]
network = "10.72.0.0/16"
lease_time = "1h"

  [[subnet.pool]]
  range_start = "10.72.4.0"
  range_end = "10.72.250.255"

[api]
enabled = false

TOML
        [[ $1 == quiet ]] || write_hooks
    } >"$LAB_OUT/config.toml"
    server_start srv || die "the server does not start, see $LAB_OUT/server.log"
}

at_least() { awk -v a="$1" -v b="$2" 'BEGIN {exit !(a >= b)}'; }

hooks_lost() {
    server_command hooks list --config "$LAB_OUT/config.toml"
    "${SERVER_COMMAND[@]}" >"$LAB_OUT/hooks.txt" 2>&1 || return
    cat "$LAB_OUT/hooks.txt"
    # shellcheck disable=SC2016 # the fields of awk
    because "hanging lost nothing, so it was not flooded" awk '$1 == "hanging" && $6 > 0 {ok = 1} END {exit !ok}' "$LAB_OUT/hooks.txt"
}

round() {
    local kind
    for kind in quiet loud; do
        serve "$kind"
        load "warm-up" 20000 -p "$PERIOD" -r "$RATE"
        load "$kind-$1-latency" 20000 -p "$PERIOD" -r "$RATE"
        load "$kind-$1-rate" 20000 -p "$PERIOD"
        if [[ $kind == loud && $1 == "$ROUNDS" ]]; then
            check "a hook that hangs loses its own events, and they are counted" hooks_lost
        fi
        check "round $1, $kind: the server stops in time" server_stops_cleanly
    done
}

main() {
    local number quiet loud
    measure_begin events 10.72.0.0/16
    for ((number = 1; number <= ROUNDS; number++)); do round "$number"; done
    quiet=$(of dora_rate quiet -rate) loud=$(of dora_rate loud -rate)
    report "DORA/s: $quiet unheard, $loud with events; ratio $(ratio "$loud" "$quiet")"
    check "throughput stays" because "it fell to $(ratio "$loud" "$quiet")" at_least "$(ratio "$loud" "$quiet")" 0.7
    quiet=$(of ack_delay quiet -latency) loud=$(of ack_delay loud -latency)
    report "ACK ms on average at $RATE/s: $quiet unheard, $loud with events; ratio $(ratio "$loud" "$quiet")"
    loud=$(of lost loud -latency)
    check "no exchange is lost for an event" because "$loud were" test "$loud" -le "$(of lost quiet -latency)"
    lab_summary
}

main
