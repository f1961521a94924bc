#!/usr/bin/env bash
# Visitors: nmap's discovery scripts, dhcping and perfdhcp ask the started jar; then 30 clients come and go, and no two of
# them ever have one address. DAILY_SECONDS=300 lets them do so for five minutes. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

DAILY_SECONDS=${DAILY_SECONDS:-30}
CLIENTS=30
STATION_MAC=02:00:00:67:03:01
STATION=10.67.0.43

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"

[defaults]
lease_time = "20s"
domain_name = "lab.example"
dns_servers = ["10.67.0.53"]

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.50"
  range_end = "10.67.0.250"

  [[subnet.reservation]]
  mac = "$STATION_MAC"
  ip = "$STATION"

[api]
enabled = false
TOML
}

# lab_tree NAME PACKAGE...: unpacks packages under $LAB_TOOLS/NAME, with their libraries.
lab_tree() {
    local tree=$LAB_TOOLS/$1 package
    shift
    [[ ! -e $tree/complete ]] || return 0
    have apt-get && have dpkg-deb || return 1
    apt_lists
    rm -rf "$tree" && mkdir -p "$tree/debs"
    (cd "$tree/debs" && apt-get download -qq "$@" >/dev/null 2>&1) || return 1
    for package in "$tree"/debs/*.deb; do dpkg-deb -x "$package" "$tree"; done
    rm -rf "$tree/debs"
    touch "$tree/complete"
}

# in_tree NAME COMMAND...: runs a command at the station with the libraries of a tree.
in_tree() {
    local tree=$LAB_TOOLS/$1 libraries
    shift
    libraries=$(find "$tree" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:)
    in_ns station env "LD_LIBRARY_PATH=$libraries" "NMAPDIR=$tree/usr/share/nmap" "$@"
}

# --- tools that ask once ----------------------------------------------------------------------------------------------

says() { grep -q "$1" "$2"; }

discovery() {
    in_tree nmap "$LAB_TOOLS/nmap/usr/bin/nmap" --script broadcast-dhcp-discover -e eth0 >"$LAB_OUT/nmap.log" 2>&1 || true
    because "no address was offered" says 'IP Offered: 10\.67\.0\.' "$LAB_OUT/nmap.log" &&
        because "no mask" says 'Subnet Mask: 255\.255\.255\.0' "$LAB_OUT/nmap.log" &&
        because "no router" says 'Router: 10\.67\.0\.1' "$LAB_OUT/nmap.log"
}
information() {
    in_tree nmap "$LAB_TOOLS/nmap/usr/bin/nmap" -Pn -n -sU -p 67 --script dhcp-discover 10.67.0.1 \
        >"$LAB_OUT/nmap-inform.log" 2>&1 || true
    because "no DHCPACK" says 'DHCP Message Type: DHCPACK' "$LAB_OUT/nmap-inform.log" &&
        because "no router" says 'Router: 10\.67\.0\.1' "$LAB_OUT/nmap-inform.log"
}
ping_request() {
    in_ns station "$LAB_TOOLS/dhcping" -t 5 -c "$STATION" -s 10.67.0.1 -h "$STATION_MAC" >"$LAB_OUT/dhcping.log" 2>&1 &&
        because "it says $(cat "$LAB_OUT/dhcping.log")" says 'Got answer from: 10.67.0.1' "$LAB_OUT/dhcping.log"
}
ping_inform() {
    in_ns station "$LAB_TOOLS/dhcping" -i -t 5 -c "$STATION" -s 10.67.0.1 -h "$STATION_MAC" \
        >"$LAB_OUT/dhcping-inform.log" 2>&1 &&
        because "no answer" says 'Got answer from: 10.67.0.1' "$LAB_OUT/dhcping-inform.log"
}
# perfdhcp plays a relay agent with 40 clients; by EXTRA it adds option 82.
exchanges() {
    local log=$LAB_OUT/perfdhcp$#.log
    because "see $log" in_ns station perfdhcp -4 -r 20 -R 40 -n 40 -W 2000000 "$@" -l eth0 10.67.0.1 >"$log" 2>&1 &&
        because "an exchange was lost, see $log" [ "$(grep -c 'drops: 0$' "$log")" = 2 ]
}

tools() {
    if lab_tree nmap nmap nmap-common liblinear4 libpcre3 lua-lpeg libblas3 liblua5.3-0 libpcap0.8; then
        check "nmap's broadcast-dhcp-discover is offered an address" discovery
        check "nmap's dhcp-discover is told the parameters" information
    else
        say "SKIPPED nmap: its packages are not to be had"
    fi
    if lab_tool dhcping dhcping; then
        check "dhcping's REQUEST is answered" ping_request
        check "dhcping's INFORM is answered" ping_inform
    else
        say "SKIPPED dhcping: its package is not to be had"
    fi
    if have perfdhcp; then
        check "perfdhcp loses no exchange with giaddr only" exchanges
        check "perfdhcp loses no exchange with option 82" exchanges -o 82,0104706f7274
    else
        say "SKIPPED perfdhcp: it is not installed (package kea-admin)"
    fi
}

# --- daily use --------------------------------------------------------------------------------------------------------

address_of() { in_ns "$1" ip -4 -o address show dev eth0 | sed -nE 's/.* inet ([0-9.]+)\/.*/\1/p'; }
has_address() { [[ -n $(client_value "$1" address) ]]; }

signal() { kill -"$2" "$(client_pid "$1")" 2>>"$LAB_OUT/signals.err" || true; }

# Without a word, the script that it may be running included.
leave() {
    local pids
    pids=$(ip netns pids "$(ns "$1")")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    wait_until 5 deserted "$1" || true
    in_ns "$1" ip address flush dev eth0
    rm -f "$(client_dir "$1")/pid" "$(client_dir "$1")/lease"
}
deserted() { [[ -z $(ip netns pids "$(ns "$1")") ]]; }

# One client's day: it comes, stays a while, renews, leaves with or without a word, or comes back as another.
daily_client() {
    local name=$1 visits=0 number
    RANDOM=$2
    while ((SECONDS < DAILY_END)); do
        udhcpc_start "$name"
        if wait_until 15 has_address "$name"; then
            visits=$((visits + 1))
            echo served >>"$LAB_OUT/visits"
        else
            echo "$name" >>"$LAB_OUT/unserved"
        fi
        sleep $((1 + RANDOM % 5))
        case $((RANDOM % 4)) in
        0) signal "$name" USR1 && sleep 1 ;;
        1 | 2) signal "$name" USR2 && sleep 0.5 ;;
        3)
            number=$((RANDOM % 90 + 10))
            leave "$name"
            in_ns "$name" ip link set eth0 address "02:00:$number:67:04:${name#c}"
            ;;
        esac
        leave "$name"
    done
}

# Looks at all interfaces again and again; two that carry one address are looked at twice, for they are not read at once.
watch_addresses() {
    local name address other
    declare -A seen
    while ((SECONDS < DAILY_END)); do
        seen=()
        for name in "$@"; do
            # A client that leaves takes this look at its interface with it.
            address=$(address_of "$name" || true)
            [[ -n $address ]] || continue
            other=${seen[$address]:-}
            if [[ -n $other && $(address_of "$other") == "$address" && $(address_of "$name") == "$address" ]]; then
                echo "$address $other $name" >>"$LAB_OUT/twice"
            fi
            seen[$address]=$name
        done
    done
}

daily_use() {
    local i name names=() jobs=()
    for ((i = 10; i < 10 + CLIENTS; i++)); do
        name=c$i
        names+=("$name")
        add_ns "$name"
        plug "$name" "02:00:00:67:04:$i" switch
    done
    : >"$LAB_OUT/visits" && : >"$LAB_OUT/unserved" && : >"$LAB_OUT/twice"
    DAILY_END=$((SECONDS + DAILY_SECONDS))
    for name in "${names[@]}"; do
        daily_client "$name" "${name#c}" &
        jobs+=("$!")
    done
    watch_addresses "${names[@]}"
    for name in "${jobs[@]}"; do wait "$name" || echo "a client's day broke off" >>"$LAB_OUT/unserved"; done
    say "$(wc -l <"$LAB_OUT/visits") visits in $DAILY_SECONDS s"
    check "all who came were served" because "not served: $(sort "$LAB_OUT/unserved" | uniq -c)" test ! -s "$LAB_OUT/unserved"
    check "every client came, and came again" test "$(wc -l <"$LAB_OUT/visits")" -ge $((2 * CLIENTS))
    check "no address was had twice" because "$(head -n 3 "$LAB_OUT/twice")" test ! -s "$LAB_OUT/twice"
}

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin visits
    lay_network
    add_ns station
    plug station "$STATION_MAC" switch
    in_ns station ip address add "$STATION/24" dev eth0
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    tools
    daily_use
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
