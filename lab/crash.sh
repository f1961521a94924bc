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
# shellcheck source=lab/load.sh
. "$(dirname "$0")/load.sh"

ROUNDS=${CRASH_ROUNDS:-20}
MINUTES=${CRASH_MINUTES:-10}
SEED=${CRASH_SEED:-$((RANDOM * 32768 + RANDOM))}

# A small journal, so that checkpoints are written all the time.
LAB_JAVA_OPTS="${LAB_JAVA_OPTS:-} -Dathena.test.checkpoint-bytes=65536"

# Runs the load for a random time and kills the server: in two rounds of three in its midst, else a moment after it,
# when the idle server writes a checkpoint.
load_and_kill() {
    local before millis how served=true
    before=$(acks)
    millis=$(random_between 500 3000)
    how="under load"
    load_comes load $((millis + 700)) 1 || served=false
    if (($1 % 3 == 0)); then
        how="after the load"
        wait "$LOAD_PID" 2>/dev/null || true
        sleep "$(as_seconds "$(random_between 0 1500)")"
    else
        sleep "$(as_seconds "$millis")"
    fi
    server_crash
    wait "$LOAD_PID" 2>/dev/null || true
    say "# round $1: killed $how" >>"$LAB_OUT/acks"
    HOW="killed $how, $(($(acks) - before)) ACKs"
    [[ $served == true ]]
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
