#!/usr/bin/env bash
# Visitors: 30 clients come and go, some with a word and some without, some as others than before, and no two of them ever
# have one address at a time. Needs root.
#   VISITS_SECONDS=90   for how long (300 with LAB_LONG=1)
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

DEFAULT_SECONDS=90
[[ -z ${LAB_LONG:-} ]] || DEFAULT_SECONDS=300
VISITS_SECONDS=${VISITS_SECONDS:-$DEFAULT_SECONDS}
CLIENTS=30

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"

[defaults]
lease_time = "1m"

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.50"
  range_end = "10.67.0.250"

[api]
enabled = false
TOML
}

has_address() { [[ -n $(client_value "$1" address) ]]; }

signal() { kill -"$2" "$(client_pid "$1")" 2>>"$LAB_OUT/signals.err" || true; }

# From now on the address is nobody's: the moment is noted before the server can know of it.
mark_leaving() { say "leaving - ${EPOCHREALTIME/[.,]/}" >>"$(client_dir "$1")/events"; }

# Without a word, the script that it may be running included.
leave() {
    local pids
    pids=$(ip netns pids "$(ns "$1")")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    await deserted "$1" || true
    mark_leaving "$1"
    in_ns "$1" ip address flush dev eth0
    rm -f "$(client_dir "$1")/pid" "$(client_dir "$1")/lease"
}
deserted() { [[ -z $(ip netns pids "$(ns "$1")") ]]; }

# One client's day: it comes, stays a while, renews, leaves with or without a word, or comes back as another.
daily_client() {
    local name=$1 number visits=0
    RANDOM=$2
    # On a busy machine the days are longer: everyone is to come again.
    while ((SECONDS < DAILY_END || (visits < 2 && SECONDS < DAILY_END + 2 * LAB_LIMIT))); do
        visits=$((visits + 1))
        udhcpc_start "$name"
        if await has_address "$name"; then
            echo served >>"$LAB_OUT/visits"
        else
            echo "$name" >>"$LAB_OUT/unserved"
        fi
        sleep $((1 + RANDOM % 5))
        case $((RANDOM % 4)) in
        0) signal "$name" USR1 && sleep 1 ;;
        1 | 2) mark_leaving "$name" && signal "$name" USR2 && sleep 0.5 ;;
        3)
            number=$((RANDOM % 90 + 10))
            leave "$name"
            in_ns "$name" ip link set eth0 address "02:00:$number:67:04:${name#c}"
            ;;
        esac
        leave "$name"
    done
}

# What the clients' scripts wrote down, in the order of time: an address is had from its first event until its holder
# leaves, gives it up or takes another. Tells of each that was had by two.
had_twice() {
    local name
    for name in "$@"; do sed "s/^/$name /" "$(client_dir "$name")/events"; done | sort -s -n -k4,4 | awk '
        $2 == "leaving" || $2 == "deconfig" {
            delete holder[has[$1] ""]; delete has[$1]
            left[$1] = ($2 == "leaving")
        }
        ($2 == "bound" || $2 == "renew") && !left[$1] {
            if ($3 in holder && holder[$3] != $1) print $3 " had by " holder[$3] " and " $1 " at " $4
            if (has[$1] != $3) { delete holder[has[$1] ""] }
            holder[$3] = $1; has[$1] = $3
        }'
}

# What the judge above is worth: it must object to a second holder, and not to one that comes after the first.
judge_objects() {
    mkdir -p "$LAB_OUT/judged-a" "$LAB_OUT/judged-b"
    printf '%s\n' 'deconfig - 1' 'bound 10.67.0.50 2' 'leaving - 6' >"$LAB_OUT/judged-a/events"
    printf '%s\n' 'deconfig - 3' 'bound 10.67.0.50 7' >"$LAB_OUT/judged-b/events"
    because "it objects to one after the other" test -z "$(had_twice judged-a judged-b)" || return
    printf '%s\n' 'deconfig - 3' 'bound 10.67.0.50 5' >"$LAB_OUT/judged-b/events"
    because "it does not see two holders" test -n "$(had_twice judged-a judged-b)"
}

daily_use() {
    local i name names=() jobs=()
    for ((i = 10; i < 10 + CLIENTS; i++)); do
        name=c$i
        names+=("$name")
        add_ns "$name"
        plug "$name" "02:00:00:67:04:$i" switch
    done
    : >"$LAB_OUT/visits" && : >"$LAB_OUT/unserved"
    DAILY_END=$((SECONDS + VISITS_SECONDS))
    for name in "${names[@]}"; do
        daily_client "$name" "${name#c}" 2>>"$LAB_OUT/days.err" &
        jobs+=("$!")
    done
    for name in "${jobs[@]}"; do wait "$name" || echo "a client's day broke off, see days.err" >>"$LAB_OUT/unserved"; done
    report "# $(wc -l <"$LAB_OUT/visits") visits of $CLIENTS clients in $VISITS_SECONDS s"
    had_twice "${names[@]}" >"$LAB_OUT/twice"
    check "all who came were served" because "not served: $(sort "$LAB_OUT/unserved" | uniq -c)" test ! -s "$LAB_OUT/unserved"
    check "every client came, and came again" because "$(wc -l <"$LAB_OUT/visits") visits" \
        test "$(wc -l <"$LAB_OUT/visits")" -ge $((2 * CLIENTS))
    check "no address was had twice" because "$(head -n 3 "$LAB_OUT/twice")" test ! -s "$LAB_OUT/twice"
}

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin visits
    lay_network
    write_config
    check "the judge knows an address that is had twice" judge_objects
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    daily_use
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
