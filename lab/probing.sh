#!/usr/bin/env bash
# What probing costs, measured: how long OFFERs take with a cold cache, a warm one and the stock, one probe after the other
# and in parallel, beside ISC dhcpd's ping check; how many OFFERs waited for a probe; DORA/s on one CPU with probes and
# without. The tables are in lab/out/probing/report.txt. It measures and judges nothing, so ./test does not run it. Needs
# root and a quiet machine; about 9 minutes.
#   PROBING_CLIENTS=30       clients that each latency is measured with
#   PROBING_SECONDS=10       how long each rate is kept up
#   PROBING_PARTS="..."      some of: latency share rate
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

LAB_JAVA_OPTS="${LAB_JAVA_OPTS:-} -Xmx512m"
CLIENTS=${PROBING_CLIENTS:-30}
PERIOD=${PROBING_SECONDS:-10}
# What slow squatters take to answer: each costs a probe nearly its whole timeout of 500 ms.
SLOW_MILLIS=400
SLOW=(10.72.4.0 10.72.4.1)
PEER_PID=

# --- servers ----------------------------------------------------------------------------------------------------------

# write_config [LINE]...: with these lines in the conflict section. Some 320,000 addresses.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "warn"

[conflict_detection]
$(printf '%s\n' "$@")

[[subnet]]
network = "10.64.0.0/12"
lease_time = "1h"

  [[subnet.pool]]
  range_start = "10.72.4.0"
  range_end = "10.76.255.255"

[api]
enabled = ${API:-false}
TOML
}

# serve_cold [LINE]...: with an empty store.
serve_cold() {
    [[ -z $SERVER_PID ]] || server_stop || true
    rm -rf "$LAB_OUT/store"
    write_config "$@"
    server_start srv || die "the server does not start, see $LAB_OUT/server.log"
    # It listens a moment before it serves.
    sleep 3
}

# serve [LINE]...: the same, but its first answers, which are its slowest, are out.
serve() {
    serve_cold "$@"
    offers crowd 200 1 5 >/dev/null
    sleep 1
}

# ISC dhcpd with its ping check and an empty store.
peer_start() {
    cat >"$LAB_OUT/dhcpd.conf" <<'CONF'
authoritative;
ping-check true;
default-lease-time 3600;
max-lease-time 3600;
subnet 10.64.0.0 netmask 255.240.0.0 { range 10.72.4.0 10.72.250.255; }
CONF
    : >"$LAB_OUT/peer.leases"
    ip netns exec "$(ns srv)" "$LAB_TOOLS/dhcpd" -4 -f -d -cf "$LAB_OUT/dhcpd.conf" -lf "$LAB_OUT/peer.leases" \
        -pf "$LAB_OUT/peer.pid" eth0 >>"$LAB_OUT/peer.log" 2>&1 </dev/null &
    PEER_PID=$!
    wait_until 20 listens_or_dead "$PEER_PID" 67 && ! dead "$PEER_PID"
}

peer_stop() {
    kill -TERM "$PEER_PID" 2>/dev/null || true
    wait "$PEER_PID" 2>/dev/null || true
    PEER_PID=
}

# --- latency ----------------------------------------------------------------------------------------------------------

# offers VERB CLIENTS FIRST SECONDS [PAUSE]: see OfferClient.
offers() { java_tool station OfferClient "$1" 10.72.0.1:67 10.72.0.2 "${@:2}" 2>>"$LAB_OUT/offers.err"; }

heading() { report "$(printf '%-58s %8s %8s %8s %8s %6s' "$1" mean median 95% worst none)"; }

# row NAME: from lines of OfferClient.
row() {
    report "$(sort -k3,3n | awk -v name="$1" '$3 == "-" { none++; next } { ms[++n] = $3; sum += $3 }
        END { if (n == 0) { printf "%-58s no OFFER\n", name; exit }
            printf "%-58s %8.1f %8.1f %8.1f %8.1f %6d\n", name, sum / n, ms[int((n + 1) / 2)], ms[int(n * 0.95 + 0.999)], ms[n], none }')"
}

# They are probed anew every time: their conflicts end after a second, and clients come every two.
slow_squatters() {
    java_tool squatter Squatter eth0 $SLOW_MILLIS "${SLOW[@]}" >"$LAB_OUT/squatter.log" 2>&1 </dev/null &
    disown
    wait_until 10 squatter_listens
}
squatter_listens() { [[ -n $(in_ns squatter sed 1d /proc/net/packet) ]]; }
squatters_end() {
    local pids
    pids=$(ip netns pids "$(ns squatter)")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids
}

latency_of() {
    local strategy="probe_strategy = \"$1\""
    serve "$strategy" 'probe_cache_ttl = "0s"'
    offers each "$CLIENTS" 1000 20 0 | row "$1, cold: nothing is known of any address"
    serve_cold "$strategy" 'probe_cache_ttl = "0s"' 'conflict_hold_time = "1s"' 'max_conflict_count = 1000'
    slow_squatters
    offers each 2 1 20 2000 >/dev/null
    offers each "$((CLIENTS / 2))" 1000 20 2000 | row "$1, cold, the first two in use, answers after $SLOW_MILLIS ms"
    squatters_end
    serve "$strategy"
    offers again "$CLIENTS" 2000 20 0 | row "$1, warm cache: each asks a second time"
    serve "$strategy"
    offers each "$CLIENTS" 1000 20 200 | row "$1, stock: newcomers 5 a second"
}

# The first two that it gives are two in a row, and the same ones with every empty store.
latency_of_peer() {
    local i first
    peer_start || die "ISC dhcpd does not start, see $LAB_OUT/peer.log"
    offers each "$CLIENTS" 1000 20 0 | row "ISC dhcpd, ping check"
    offers again "$CLIENTS" 2000 20 0 | row "ISC dhcpd, each asks a second time"
    peer_stop
    peer_start
    first=$(offers each 1 2999 30 0 | cut -d' ' -f2)
    peer_stop
    for i in "$first" "${first%.*}.$((${first##*.} + 1))"; do in_ns squatter ip address add "$i/12" dev eth0; done
    for ((i = 0; i < 5; i++)); do
        peer_start
        offers each 1 $((3000 + i)) 30 0
        peer_stop
    done | row "ISC dhcpd, the first two in use, answers at once"
    in_ns squatter ip address flush dev eth0
}

latency() {
    heading "DISCOVER to OFFER, ms"
    serve 'enabled = false'
    offers each "$CLIENTS" 1000 20 0 | row "no probes"
    latency_of sequential
    latency_of parallel
    server_stop || true
    if lab_tool dhcpd isc-dhcp-server; then latency_of_peer; else report "ISC dhcpd is not to be had"; fi
}

# --- the share that waited --------------------------------------------------------------------------------------------

# offers_by_proof: the meter, as lines "PROOF NUMBER".
offers_by_proof() {
    in_ns srv curl -s -m 5 http://127.0.0.1:8067/metrics | sed -nE 's/^athena_dhcpd_offers_total\{probe="([^"]*)".*\} ([0-9.]+)$/\1 \2/p'
}

# Newcomers at a rate, DORA each, by perfdhcp.
newcomers() {
    in_ns station taskset -c 1 perfdhcp -4 -l eth0 -r "$1" -R 10000000 -b "mac=02:70:$(printf '%02x:%02x' $((RANDOM % 256)) $((RANDOM % 256))):00:00" \
        -p "$2" -W 1500000 10.72.0.1 >"$LAB_OUT/perfdhcp.log" 2>&1 || true
}

share() {
    API=true
    report "$(printf '%-20s %8s %8s %8s %8s   %s' 'newcomers a second' offers waited ready unproven 'share that waited')"
    local rate
    for rate in 1 10 100 1000; do
        serve_cold
        wait_until 60 has_metrics || die "there are no metrics"
        offers_by_proof >"$LAB_OUT/before"
        newcomers "$rate" 30
        offers_by_proof >"$LAB_OUT/after"
        report "$(awk -v rate="$rate" 'NR == FNR { before[$1] = $2; next } { n[$1] = $2 - before[$1]; all += n[$1] }
            END { printf "%-20s %8d %8d %8d %8d   %.1f %%\n", rate, all, n["waited"], n["ready"], n["unproven"], all ? 100 * n["waited"] / all : 0 }' \
            "$LAB_OUT/before" "$LAB_OUT/after")"
    done
    API=false
}
has_metrics() { [[ -n $(offers_by_proof) ]]; }

# --- DORA/s on one CPU ------------------------------------------------------------------------------------------------

# DORAs finished of the last perfdhcp.
finished() { awk -F': *' '/REQUEST-ACK/ { acks = 1 } acks && /^received packets/ { print $2 }' "$LAB_OUT/perfdhcp.log"; }
# Of DISCOVERs and REQUESTs, those without an answer, in percent.
lost() {
    awk -F': *' '/^sent packets/ { sent += $2 } /^drops:/ { drops += $2 } END { printf "%.2f", sent ? 100 * drops / sent : 100 }' \
        "$LAB_OUT/perfdhcp.log"
}
cpu_millis() { awk '{ print ($14 + $15) * 10 }' "/proc/$SERVER_PID/stat"; }

# rates NAME [LINE]...: each after a warm-up at half the rate, which fills the stock as well.
rates() {
    local name=$1 rate before cpu
    SERVER_ENTER=(taskset -c 0)
    serve "${@:2}"
    newcomers 500 8
    for rate in 1000 2000 3000 4000 5000; do
        newcomers $((rate / 2)) 3
        before=$(cpu_millis)
        newcomers "$rate" "$PERIOD"
        cpu=$(($(cpu_millis) - before))
        report "$(awk -v name="$name" -v rate="$rate" -v acks="$(finished)" -v lost="$(lost)" -v cpu="$cpu" -v s="$PERIOD" \
            'BEGIN { printf "%-20s %8d %10.0f %9s %% %14.0f\n", name, rate, acks / s, lost, acks ? 1000 * cpu / acks : 0 }')"
    done
    SERVER_ENTER=()
}

rate() {
    report "$(printf '%-20s %8s %10s %11s %14s' 'one CPU' asked DORA/s lost 'CPU ms a 1,000')"
    rates "no probes" 'enabled = false'
    rates "probes, stock"
    rates "probes, parallel" 'probe_strategy = "parallel"'
    rates "no probes, again" 'enabled = false'
}

# --- the run ----------------------------------------------------------------------------------------------------------

main() {
    local obstacle part
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin probing
    unpack_libraries
    add_ns switch
    add_bridge switch
    for part in srv station squatter; do add_ns "$part"; done
    plug srv 02:00:00:72:00:01 switch
    plug station 02:00:00:72:00:02 switch
    plug squatter 02:00:00:72:66:01 switch
    in_ns srv ip address add 10.72.0.1/12 dev eth0
    in_ns station ip address add 10.72.0.2/12 dev eth0
    report "# $(date -u +%FT%RZ), $(nproc) CPUs, $("${LAB_JAVA:-java}" -version 2>&1 | head -n 1), load $(cut -d' ' -f1-3 /proc/loadavg)"
    for part in ${PROBING_PARTS:-latency share rate}; do "$part"; done
    [[ -z $SERVER_PID ]] || server_stop || true
}

main
