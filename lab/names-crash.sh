#!/usr/bin/env bash
# Names in DNS and the history over crashes: clients come, renew, change their host names, go and let leases run out as fast
# as the server answers, two of them at times under one name, while server and name server are killed, hang and stop, one
# or both. In the end DNS says exactly what the leases say, each address has one name and each name one address, and the
# history says of each lease whose it is. Needs root; about a minute and a half.
#   NAMES_CRASH_ROUNDS=8    how often something happens
#   NAMES_CRASH_SEED=N      repeats the random choices of a run
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/load.sh
. "$(dirname "$0")/load.sh"
# shellcheck source=lab/dns.sh
. "$(dirname "$0")/dns.sh"

ROUNDS=${NAMES_CRASH_ROUNDS:-8}
SEED=${NAMES_CRASH_SEED:-$((RANDOM * 32768 + RANDOM))}
SERVER=10.10.127.1:67
SERVER_NS=srv
SERVER_PORT=67
SEGMENTS=(10.10.1.1 10.10.128.1)

# A small journal, so that segments are recycled under those who follow it.
LAB_JAVA_OPTS="${LAB_JAVA_OPTS:-} -Dathena.test.checkpoint-bytes=65536"

# Long leases, and short ones that run out and whose addresses change hands.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "info"

[conflict_detection]
enabled = false

[ddns]
enabled = true
retry_backoff = "200ms"
retry_max_backoff = "2s"

[ddns.forward]
zone = "$ZONE"
server = "127.0.0.1:${PORT[bind]}"
tsig_name = "key-hmac-sha256"
tsig_secret = "$SECRET"

[ddns.reverse]
zone = "10.10.in-addr.arpa"
server = "127.0.0.1:${PORT[bind]}"
tsig_name = "key-hmac-sha256"
tsig_secret = "$SECRET"

[history]
enabled = true

[[subnet]]
network = "10.10.0.0/18"
lease_time = "1h"
  [[subnet.pool]]
  range_start = "10.10.2.0"
  range_end = "10.10.5.255"

[[subnet]]
network = "10.10.128.0/24"
lease_time = "10s"
  [[subnet.pool]]
  range_start = "10.10.128.10"
  range_end = "10.10.128.209"

[api]
enabled = false
TOML
}

lay_ground() {
    local giaddr
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.10.127.1/24 dev eth0
    in_ns load ip address add 10.10.127.2/24 dev eth0
    for giaddr in "${SEGMENTS[@]}"; do
        in_ns load ip address add "$giaddr/32" dev lo
        in_ns srv ip route add "$giaddr/32" via 10.10.127.2
    done
}

# What happens in a round, in turn; each is over before the next begins, but for a name server that stays away.
EVENTS=(server_killed both_killed dns_killed server_stopped dns_hangs server_killed dns_away server_killed_twice)

server_killed() { server_crash && server_back; }
server_stopped() { server_stops_cleanly && server_back; }
server_killed_twice() {
    server_crash
    server_launch srv
    sleep "$(as_seconds "$(random_between 300 2500)")"
    server_crash
    server_back
}
both_killed() {
    server_crash
    dns_kill bind
    server_back
    sleep "$(as_seconds "$(random_between 0 1500)")"
    dns_start bind
}
dns_killed() { dns_kill bind && dns_start bind; }
dns_hangs() {
    kill -STOP "${DNS_PID[bind]}"
    sleep "$(as_seconds "$(random_between 2000 6000)")"
    kill -CONT "${DNS_PID[bind]}"
}
# It stays away over a crash, and comes back in its own time.
dns_away() {
    dns_kill bind
    sleep "$(as_seconds "$(random_between 500 1500)")"
    server_killed && dns_start bind
}
server_back() { because "the server does not start again, see $LAB_OUT/server.log" server_start srv; }

round() {
    local before
    before=$(acks)
    load_comes named $(($(random_between 2000 5000) + 700)) 1 || return
    sleep "$(as_seconds "$(random_between 0 1500)")"
    "$2" || return
    wait "$LOAD_PID" 2>/dev/null || true
    say "# round $1: $2" >>"$LAB_OUT/acks"
    HOW="$2, $(($(acks) - before)) ACKs"
}

# --- the end ----------------------------------------------------------------------------------------------------------

names_status() { server_command names status --config "$LAB_OUT/config.toml" && "${SERVER_COMMAND[@]}" >"$LAB_OUT/names.out" 2>&1; }
nothing_waits() { names_status && grep -q 'to be done: 0$' "$LAB_OUT/names.out"; }
short_ones_are_over() { ! leases --state active --subnet 10.10.128.0/24 --format csv | grep -q ',active,'; }
settled() {
    because "short leases do not end" await short_ones_are_over &&
        because "names wait: $(cat "$LAB_OUT/names.out" 2>/dev/null)" await nothing_waits &&
        because "$(cat "$LAB_OUT/names.out")" not grep -q -e 'gone' -e "somebody else's: [1-9]" "$LAB_OUT/names.out"
}
not() { ! "$@"; }

# What the leases say DNS has, in the form in which dig lists a zone.
wanted_records() {
    awk -F, -v zone="$ZONE" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["state"] == "active" {
            split($at["ip"], ip, ".")
            print $at["fqdn"] ". A " $at["ip"]
            print ip[4] "." ip[3] "." ip[2] "." ip[1] ".in-addr.arpa. PTR " $at["fqdn"] "."
        }' "$LAB_OUT/leases.csv" | sort
}
listed_records() {
    local zone
    for zone in "$ZONE" 10.10.in-addr.arpa; do
        in_ns srv env ${DNS_LIBRARIES:+LD_LIBRARY_PATH="$DNS_LIBRARIES"} "$DIG" -p "${PORT[bind]}" \
            -y "hmac-sha256:key-hmac-sha256:$SECRET" @127.0.0.1 "$zone" AXFR
    done | awk '$4 == "A" || $4 == "PTR" { print $1, $4, $5 }' | sort
}
dns_says_what_leases_say() {
    list_leases || return
    wanted_records >"$LAB_OUT/wanted"
    listed_records >"$LAB_OUT/listed"
    HOW="$(wc -l <"$LAB_OUT/wanted") records"
    because "there are no names at all" test -s "$LAB_OUT/wanted" &&
        because "$(diff "$LAB_OUT/wanted" "$LAB_OUT/listed" | head -n 5 | paste -sd';')" cmp -s "$LAB_OUT/wanted" "$LAB_OUT/listed"
}

# What the comparison is worth: it must object to a name too few and to one too many.
comparison_objects() {
    local name address
    read -r name _ address < <(grep ' A ' "$LAB_OUT/wanted" | head -n 1)
    by_hand bind "update $1 ${2//NAME/$name} A ${3//ADDRESS/$address}" || { WHY="nsupdate failed"; return 1; }
    because "it saw no difference" not dns_says_what_leases_say
}

nobody_shares() {
    local twice
    twice=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["state"] == "active" && seen[$at["fqdn"]]++ { print $at["fqdn"] }' "$LAB_OUT/leases.csv")
    because "several leases have ${twice//$'\n'/ }" test -z "$twice"
}

# An entry without an end, of the lease's client, for each lease; and none for an address without lease.
history_says_what_leases_say() {
    await history_is_leases && return
    WHY=$(diff "$LAB_OUT/leases.now" "$LAB_OUT/history.now" | head -n 5 | paste -sd';')
    return 1
}
history_is_leases() {
    server_command history --config "$LAB_OUT/config.toml" --format csv
    "${SERVER_COMMAND[@]}" >"$LAB_OUT/history.csv" 2>"$LAB_OUT/history.err" || return
    # shellcheck disable=SC2016 # of awk
    local column='NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }'
    # shellcheck disable=SC2016 # of awk
    awk -F, "$column"' !seen[$at["ip"]]++ && $at["to"] == "" { print $at["ip"], $at["mac"], $at["fqdn"] }' \
        "$LAB_OUT/history.csv" | sort >"$LAB_OUT/history.now"
    # shellcheck disable=SC2016 # of awk
    awk -F, "$column"' $at["state"] == "active" { print $at["ip"], $at["mac"], $at["fqdn"] }' "$LAB_OUT/leases.csv" |
        sort >"$LAB_OUT/leases.now"
    cmp -s "$LAB_OUT/leases.now" "$LAB_OUT/history.now"
}

main() {
    local obstacle round event
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin names-crash
    RANDOM=$((SEED % 32768))
    say "names over crashes with NAMES_CRASH_SEED=$SEED"
    "$LAB_ROOT/lab/nameservers.sh" have bind || {
        cannot_show "names over crashes" "BIND is neither installed nor among the packages"
        lab_summary
        return
    }
    find_dig
    lay_ground
    write_config
    : >"$LAB_OUT/acks"
    dns_start bind
    server_start srv || die "the server does not start, see $LAB_OUT/server.log"
    for ((round = 1; round <= ROUNDS; round++)); do
        event=${EVENTS[(round - 1) % ${#EVENTS[@]}]}
        if round "$round" "$event"; then pass "round $round: $HOW"; else fail "round $round: $event" "$WHY"; fi
        [[ -n $SERVER_PID ]] || break
    done
    check "in the end nothing waits, and nothing of the journal was missed" settled
    check "no client was promised what it did not get" promises_hold
    check "DNS says what the leases say, and nothing else" dns_says_what_leases_say
    check "no name is that of two leases" nobody_shares
    check "the history says whose each address is" history_says_what_leases_say
    check "the comparison objects to a name too many" comparison_objects add "stray.$ZONE 300" 192.0.2.9
    by_hand bind "update delete stray.$ZONE A" || fail "the stray name" "nsupdate failed"
    check "the comparison objects to a name too few" comparison_objects delete NAME ADDRESS
    check "the server stops" server_stops_cleanly
    lab_summary
}
promises_hold() { list_leases && promises_kept; }

main
