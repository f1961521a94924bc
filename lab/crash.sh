#!/usr/bin/env bash
# The crash test: kill -9 under load, again and again, sometimes just after the load so that it hits a checkpoint. After
# each restart every lease that a client was promised must be listed for it until the promised time at least, the server
# must stand by a sample of them over the wire, and no address may have been acknowledged to two clients at a time.
# With root it runs in namespaces, otherwise on loopback at a high port.
#   CRASH_ROUNDS=20    how many times it is killed
#   CRASH_MINUTES=10   when no further round is begun
#   CRASH_SEED=N       repeats the random choices of a run
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

ROUNDS=${CRASH_ROUNDS:-20}
MINUTES=${CRASH_MINUTES:-10}
SEED=${CRASH_SEED:-$((RANDOM * 32768 + RANDOM))}
CLIENTS_EACH=260
WINDOW=32
SAMPLE=5

# Long leases that must all survive; short ones, fewer than their clients, so that addresses change hands.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "$1"
port = $SERVER_PORT
lease_db = "$LAB_OUT/store"
log_level = "warn"

[[subnet]]
network = "10.70.0.0/16"
routers = ["10.70.0.1"]
lease_time = "1h"

  [[subnet.pool]]
  range_start = "10.70.1.0"
  range_end = "10.70.4.255"

[[subnet]]
network = "10.71.0.0/24"
routers = ["10.71.0.1"]
lease_time = "12s"

  [[subnet.pool]]
  range_start = "10.71.0.10"
  range_end = "10.71.0.209"

[api]
enabled = false
TOML
}

# A small journal, so that checkpoints are written all the time.
LAB_JAVA_OPTS="${LAB_JAVA_OPTS:-} -Dathena.test.checkpoint-bytes=65536"

# Server and load client at the two ends of a cable.
lay_cable() {
    SERVER_NS=srv SERVER_PORT=67 SERVER=10.67.0.1:67
    SEGMENTS=(10.70.0.2 10.71.0.2)
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns load ip address add 10.67.0.2/24 dev eth0
    local giaddr
    for giaddr in "${SEGMENTS[@]}"; do
        in_ns load ip address add "$giaddr/32" dev lo
        in_ns srv ip route add "$giaddr/32" via 10.67.0.2
    done
    write_config eth0
}

use_loopback() {
    SERVER_NS='' SERVER_PORT=${ATHENA_PORT:-6767}
    SERVER=127.0.0.1:$SERVER_PORT
    SEGMENTS=(127.0.0.2:0/10.70.0.0 127.0.0.3:0/10.71.0.0)
    write_config lo
}

# The load client and checker, see CrashLab among the tests of athena-app.
crash_lab() {
    local enter=()
    [[ -z $SERVER_NS ]] || enter=(ip netns exec "$(ns load)")
    "${enter[@]}" java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_ROOT/athena-core/target/classes" \
        io.athena.dhcpd.app.load.CrashLab "$@"
}

random_between() { say $(($1 + (RANDOM * 32768 + RANDOM) % ($2 - $1 + 1))); }

as_seconds() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

acks() { grep -c '^A' "$LAB_OUT/acks" || true; }

# Runs the load for a random time and kills the server: in two rounds of three in its midst, else a moment after it,
# when the idle server writes a checkpoint.
load_and_kill() {
    local before millis how load_pid
    before=$(acks)
    millis=$(random_between 500 3000)
    how="under load"
    crash_lab load "$LAB_OUT/acks" "$SERVER" $((millis + 700)) "$CLIENTS_EACH" "$WINDOW" "$RANDOM" "${SEGMENTS[@]}" \
        >>"$LAB_OUT/load.log" 2>&1 &
    load_pid=$!
    if (($1 % 3 == 0)); then
        how="after the load"
        wait "$load_pid" || true
        sleep "$(as_seconds "$(random_between 0 1500)")"
    else
        wait_until 10 has_more_acks "$before" || true
        sleep "$(as_seconds "$millis")"
    fi
    server_crash
    wait "$load_pid" 2>/dev/null || true
    say "# round $1: killed $how" >>"$LAB_OUT/acks"
    HOW="killed $how, $(($(acks) - before)) ACKs"
    WHY="the clients got no ACK, see $LAB_OUT/load.log"
    (($(acks) > before))
}
has_more_acks() { (($(acks) > $1)); }

list_leases() {
    WHY="the list of leases could not be had"
    leases --format csv >"$LAB_OUT/leases.csv" 2>>"$LAB_OUT/leases.err"
}

# Compares the log with the list; the problems are the reason.
promises_kept() {
    local problems
    problems=$(crash_lab check "$LAB_OUT/acks" "$LAB_OUT/leases.csv" 2>&1) && return
    WHY=${problems//$'\n'/; }
    return 1
}

stands_by_them() {
    local problems
    problems=$(crash_lab ask "$LAB_OUT/acks" "$SERVER" "$SAMPLE" "$RANDOM" "${SEGMENTS[@]}" 2>&1) && return
    WHY=${problems//$'\n'/; }
    return 1
}

# Starts the server; in some rounds it is killed once while it reads its store and writes a checkpoint of it.
restarted() {
    if (($1 % 4 == 1)); then
        server_launch "$SERVER_NS"
        sleep "$(as_seconds "$(random_between 300 2500)")"
        server_crash
        HOW="$HOW, killed again while it started"
    fi
    server_start "$SERVER_NS" && return
    WHY="the server did not start again"
    return 1
}

round() { load_and_kill "$1" && restarted "$1" && list_leases && promises_kept && stands_by_them; }

# What the checker is worth: it must find fault with a list that lost a lease, one that shortened them, and a log in
# which an address has two holders.
checker_objects() {
    local log=$LAB_OUT/doctored.acks csv=$LAB_OUT/doctored.csv
    cp "$LAB_OUT/acks" "$log"
    cp "$LAB_OUT/leases.csv" "$csv"
    case $1 in
    lost) head -n 1 "$LAB_OUT/leases.csv" >"$csv" ;;
    shortened) sed -E '2,$s/,[0-9]+(\r?)$/,1\1/' "$LAB_OUT/leases.csv" >"$csv" ;;
    doubled) grep '^A .* 10\.70\.' "$LAB_OUT/acks" | tail -n 1 | sed -E 's/02:67:[0-9a-f:]+/02:67:00:7f:ff:ff/' >>"$log" ;;
    esac
    WHY="it saw no fault in a log and list that were doctored so"
    ! crash_lab check "$log" "$csv" >"$LAB_OUT/doctored.out"
}

main() {
    local obstacle round end=$((SECONDS + MINUTES * 60))
    obstacle=$(lab_obstacle)
    build_jar
    lab_begin crash
    RANDOM=$((SEED % 32768))
    say "crash test with CRASH_SEED=$SEED${obstacle:+, on loopback ($obstacle)}"
    if [[ -z $obstacle ]]; then lay_cable; else use_loopback; fi
    : >"$LAB_OUT/acks"
    restarted 0 || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    for ((round = 1; round <= ROUNDS && SECONDS < end; round++)); do
        if round "$round"; then pass "crash $round: $HOW, all kept"; else fail "crash $round: $HOW" "$WHY"; fi
        [[ -n $SERVER_PID ]] || break
    done
    if ((round > 1)) && [[ -n $SERVER_PID ]]; then
        check "the list is complete while the server runs" list_leases
        for round in lost shortened doubled; do
            check "the checker objects when leases are $round" checker_objects "$round"
        done
        server_crash
        check "with the server down the store can be listed" list_leases
        check "the list of the store at rest keeps every promise" promises_kept
    fi
    lab_summary
}

main
