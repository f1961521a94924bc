#!/usr/bin/env bash
# What names in DNS and the history cost, measured: the same load without either, with names at a BIND that takes them, with
# names for a name server that is away, and with [history] instead of names, in turn, some rounds; how many updates BIND
# took a second; how long the first OFFER takes after a start; and the heap of 100,000 leases that wait. The medians and
# their ratios are in lab/out/names-load/report.txt. Needs root and perfdhcp; about eight minutes, on a quiet machine.
#   NAMES_ROUNDS=3          rounds
#   NAMES_SECONDS=6         how long each load is kept up
#   NAMES_RATE=500          DORA/s at which latency is measured
#   NAMES_HEAP="off away"   the kinds of which the heap is measured; empty for none
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/measure.sh
. "$(dirname "$0")/measure.sh"

ROUNDS=${NAMES_ROUNDS:-3}
PERIOD=${NAMES_SECONDS:-6}
RATE=${NAMES_RATE:-500}
KINDS=(off on away history)
SECRET=c2VjcmV0IG9mIHRoZSBuYW1lIHNlcnZlciB0ZXN0cw==
LEVEL=warn
POOL=("10.10.4.0" "10.10.250.255")
DNS_PID=

# write_config off|on|away|history
write_config() {
    local enabled=true port=5301 history=false
    [[ $1 != off && $1 != history ]] || enabled=false
    [[ $1 != history ]] || history=true
    [[ $1 != away ]] || port=5399
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "$LEVEL"
event_log_size = 0

[conflict_detection]
enabled = false

[ddns]
enabled = $enabled

[ddns.forward]
zone = "office.example.net"
server = "127.0.0.1:$port"
tsig_name = "key-hmac-sha256"
tsig_secret = "$SECRET"

[ddns.reverse]
zone = "10.10.in-addr.arpa"
server = "127.0.0.1:$port"
tsig_name = "key-hmac-sha256"
tsig_secret = "$SECRET"

[[subnet]]
network = "10.0.0.0/8"
lease_time = "1h"

  [[subnet.pool]]
  range_start = "${POOL[0]}"
  range_end = "${POOL[1]}"

[api]
enabled = false

[history]
enabled = $history
TOML
}

serve() {
    write_config "$1"
    server_start srv || die "the server does not start, see $LAB_OUT/server.log"
}

bind_start() {
    rm -rf "$LAB_OUT/bind" "$LAB_OUT/bind.log"
    ip netns exec "$(ns srv)" "$LAB_ROOT/lab/nameservers.sh" start bind "$LAB_OUT/bind" 127.0.0.1 5301 \
        >"$LAB_OUT/bind.log" 2>&1 </dev/null &
    DNS_PID=$!
    disown
    wait_until 20 grep -q ' running$' "$LAB_OUT/bind.log" || die "BIND does not start, see $LAB_OUT/bind.log"
}
bind_end() { kill -KILL "$DNS_PID" && wait_until 10 dead "$DNS_PID"; }

cpu() { cat "$LAB_OUT/$1.cpu"; }
update_rate() { cat "$LAB_OUT/$1.updates"; }
first_offer() { cat "$LAB_OUT/$1.offer"; }

# Updates that BIND carried out, a second from the first to the last.
count_updates() {
    awk '/adding an RR at .* (A|PTR) / {
            split($2, t, ":"); at = t[1] * 3600 + t[2] * 60 + t[3]
            if (!n++) first = at
            last = at
        } END { printf "%.0f\n", (last > first) ? n / (last - first) : 0 }' "$LAB_OUT/bind.log"
}

# offer_after_start NAME: milliseconds from the start of the process, with the leases of before, to its first OFFER.
offer_after_start() {
    local begin offered loading
    : >"$LAB_OUT/server.log"
    load "start-$1" 10 -i -r 50 -p 12 &
    loading=$!
    sleep 1
    begin=$(date +%s%3N)
    LEVEL=debug serve "$2"
    wait_until 30 grep -q 'sent OFFER' "$LAB_OUT/server.log" || die "no OFFER came"
    offered=$(grep -m 1 'sent OFFER' "$LAB_OUT/server.log" | cut -d' ' -f1)
    say $(($(date -d "$offered" +%s%3N) - begin)) >"$LAB_OUT/$1.offer"
    wait "$loading" || true
    server_crash
}


round() {
    local kind before
    for kind in "${KINDS[@]}"; do
        rm -rf "$LAB_OUT/store"
        [[ $kind != on ]] || bind_start
        serve "$kind"
        load "warm-up" 20000 -r "$RATE" -p "$PERIOD"
        before=$(cpu_ms)
        load "$kind-$1-latency" 60000 -r "$RATE" -p "$PERIOD"
        say $((($(cpu_ms) - before) * 1000 / (RATE * PERIOD))) >"$LAB_OUT/$kind-$1.cpu"
        load "$kind-$1-rate" 60000 -p "$PERIOD"
        if [[ $kind == on ]]; then
            sleep "$PERIOD"
            count_updates >"$LAB_OUT/on-$1.updates"
        fi
        server_crash
        offer_after_start "$kind-$1" "$kind"
        [[ $kind != on ]] || bind_end
    done
}

# heap KIND: KiB that live with 100,000 leases.
heap() {
    rm -rf "$LAB_OUT/store"
    POOL=("10.10.4.0" "10.12.250.255")
    serve "$1"
    load "$1-heap" 10000000 -r 4000 -n 100000 -p 120
    live_heap
    server_crash
}

compare() {
    local what=$1 part=$2 name=$3 kind
    local base
    base=$(of "$what" off "$part")
    for kind in "${KINDS[@]}"; do
        report "$name, $kind: $(of "$what" "$kind" "$part"); ratio to off $(ratio "$(of "$what" "$kind" "$part")" "$base")"
    done
}

main() {
    local number kind
    "$LAB_ROOT/lab/nameservers.sh" have bind || die "the lab cannot run: BIND is missing"
    LAB_JAVA_OPTS="${LAB_JAVA_OPTS:-} -Xmx1g"
    measure_begin names-load 10.10.0.0/8
    for ((number = 1; number <= ROUNDS; number++)); do round "$number"; done
    compare dora_rate -rate "DORA/s"
    compare ack_delay -latency "ACK ms on average at $RATE/s"
    compare cpu "" "CPU ms a 1,000 DORA at $RATE/s"
    compare first_offer "" "first OFFER after a start, ms"
    report "updates a second that BIND took: $(of update_rate on)"
    for kind in ${NAMES_HEAP-off away}; do report "live heap with 100,000 leases, names $kind, KiB: $(heap "$kind")"; done
    report "load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
}

main
