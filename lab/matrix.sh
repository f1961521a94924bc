#!/usr/bin/env bash
# The client matrix: dhclient, udhcpc, dhcpcd and systemd-networkd, each on the server's segment, behind a relay agent
# with option 82 and behind one that sends giaddr only.
# One line a client and step, then "N passed, N failed"; a client that is not to be had is SKIPPED. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/kinds.sh
. "$(dirname "$0")/kinds.sh"

CLIENTS=()
declare -A MAC=()

# Reserved by hardware address, and by client identifier.
RESERVED_MAC=(dhcpcd-direct networkd-direct)
RESERVED_ID=01:6d:61:74:72:69:78

reservation() { printf '  [[subnet.reservation]]\n  %s\n  ip = "%s"\n' "$1" "$2"; }

pool() { printf '  [[subnet.pool]]\n  range_start = "%s.100"\n  range_end = "%s.199"\n' "$1" "$1"; }

subnet() { printf '\n[[subnet]]\nnetwork = "%s.0/24"\nrouters = ["%s.1"]\n' "$1" "$1"; }

write_config() {
    {
        cat <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "debug"

[defaults]
lease_time = "40s"
renewal_time = "5s"
rebind_time = "9s"
domain_name = "lab.example"
dns_servers = ["10.67.0.53", "10.67.0.54"]
TOML
        subnet 10.67.0
        pool 10.67.0
        reservation "mac = \"${MAC[${RESERVED_MAC[0]}]}\"" 10.67.0.41
        reservation "mac = \"${MAC[${RESERVED_MAC[1]}]}\"" 10.67.0.42
        subnet 10.68.0
        pool 10.68.0
        reservation "identifier = \"$RESERVED_ID\"" 10.68.0.44
        subnet 10.69.0
        pool 10.69.0
        printf '[api]\nenabled = false\n'
    } >"$LAB_OUT/config.toml"
}

# A second relay agent and its segment, 10.69.0.0/24; it adds no option 82.
lay_plain_relay() {
    add_ns plain
    plug plain 02:00:00:67:00:03 switch
    in_ns plain ip address add 10.67.0.3/24 dev eth0
    add_bridge plain
    in_ns plain ip address add 10.69.0.1/24 dev br0
    in_ns plain sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
    in_ns srv ip route add 10.69.0.0/24 via 10.67.0.3
}

plain_relay_start() {
    in_ns plain "$LAB_TOOLS/dhcrelay" -4 -d -pf "$LAB_OUT/plain.pid" -id br0 -iu eth0 10.67.0.1 \
        >"$LAB_OUT/plain.log" 2>&1 &
    disown
    wait_until 5 grep -qs 'Sending on.*eth0' "$LAB_OUT/plain.log"
}

switch_of() {
    case $1 in
    *-direct) say switch ;;
    *-relayed) say relay ;;
    *) say plain ;;
    esac
}

segment() {
    case $1 in
    *-direct) say 10.67.0 ;;
    *-relayed) say 10.68.0 ;;
    *) say 10.69.0 ;;
    esac
}

lay_clients() {
    local kind place number=10
    for kind in "${KINDS[@]}"; do
        for place in direct relayed giaddr; do
            number=$((number + 1))
            CLIENTS+=("$kind-$place")
            MAC[$kind-$place]=02:00:00:67:01:$number
            add_ns "$kind-$place"
            plug "$kind-$place" "02:00:00:67:01:$number" "$(switch_of "$kind-$place")"
        done
    done
}

# --- facts ------------------------------------------------------------------------------------------------------------

# What the server sent to a client so far: server_sent NAME TYPE.
server_sent() { grep -c "sent $2 mac=\"${MAC[$1]}\"" "$LAB_OUT/server.log" || true; }
server_sent_more() { (($(server_sent "$1" "$2") > $3)); }

address_of() { in_ns "$1" ip -4 -o address show dev eth0 | sed -nE 's/.* inet ([0-9.]+)\/.*/\1/p' | head -n 1; }
has_address() { [[ -n $(address_of "$1") ]]; }
in_segment() { [[ $(address_of "$1") == "$2".* ]]; }
has_mask() { in_ns "$1" ip -4 address show dev eth0 | grep -q "inet $2/24 "; }
has_route() { in_ns "$1" ip route show default | grep -q "via $2 "; }
# The lease list costs a start of the JVM: it is looked up in the last one first.
listed() { grep -qs "^$1,.*,$2," "$LAB_OUT/listed"; }
lease_is() {
    listed "$@" || { leases --format csv >"$LAB_OUT/listed" 2>>"$LAB_OUT/leases.err" && listed "$@"; }
}

# every TEXT FUNCTION: one line a client.
every() {
    local name
    for name in "${CLIENTS[@]}"; do check "$name $1" "$2" "$name"; done
}

# note: what each client has now, to compare with later.
declare -A BEFORE=() ACKS=() OFFERS=()
note() {
    local name
    for name in "${CLIENTS[@]}"; do
        BEFORE[$name]=$(address_of "$name") ACKS[$name]=$(server_sent "$name" ACK)
        OFFERS[$name]=$(server_sent "$name" OFFER)
    done
}

# --- the promises -----------------------------------------------------------------------------------------------------

acquires() {
    because "it had no address after 30 s" wait_until 30 has_address "$1" &&
        because "$(address_of "$1") is not of $(segment "$1").0/24" in_segment "$1" "$(segment "$1")"
}
has_mask_and_route() {
    because "eth0 does not carry $(address_of "$1")/24" has_mask "$1" "$(address_of "$1")" &&
        because "no default route by $(segment "$1").1" wait_until 5 has_route "$1" "$(segment "$1").1"
}
stored_options() {
    because "domain '$(stored "$1" domain)'" [ "$(stored "$1" domain)" = lab.example ] &&
        because "name servers '$(stored "$1" dns)'" [ "$(stored "$1" dns)" = "10.67.0.53 10.67.0.54" ]
}
same_address() {
    because "its address was ${BEFORE[$1]} and is now '$(address_of "$1")'" [ "$(address_of "$1")" = "${BEFORE[$1]}" ]
}
extends() {
    because "no ACK within 30 s" wait_until 30 server_sent_more "$1" ACK "${ACKS[$1]}" && same_address "$1"
}
# udhcpc looks at no T1: it is told to renew, or waits for half its lease time.
nudge() {
    local name
    for name in "${CLIENTS[@]}"; do
        [[ $name != udhcpc-* ]] || kill -USR1 "$(client_pid "$name")"
    done
}

# The router's hardware address is forgotten on purpose: unicast gets nowhere, broadcasts do.
cut_unicast() {
    local name
    for name in "${CLIENTS[@]}"; do
        in_ns "$name" ip neigh replace "$(segment "$name").1" lladdr 02:de:ad:00:00:01 dev eth0 nud permanent
    done
}
mend_unicast() {
    local name
    for name in "${CLIENTS[@]}"; do
        in_ns "$name" ip neigh del "$(segment "$name").1" dev eth0 2>/dev/null || true
    done
}

released() { because "the server still lists ${BEFORE[$1]} as active" wait_until 10 lease_is "${BEFORE[$1]}" released; }
returns() {
    because "it had no address after 30 s" wait_until 30 has_address "$1" && same_address "$1"
}
reboots() {
    returns "$1" && because "no ACK came" server_sent_more "$1" ACK "${ACKS[$1]}" || return
    ! remembers "$1" ||
        because "it had to begin with a DISCOVER" [ "$(server_sent "$1" OFFER)" = "${OFFERS[$1]}" ]
}
wrong_network() {
    because "no NAK within 15 s" wait_until 15 server_sent_more "$1" NAK 0 &&
        because "no address of the new network within 30 s" wait_until 30 in_segment "$1" 10.68.0
}
has_reserved() { because "it has $(address_of "$1")" [ "$(address_of "$1")" = "$2" ]; }

no_address_twice() {
    local name all
    all=$(for name in "${CLIENTS[@]}"; do address_of "$name"; done | sort)
    because "the addresses are: ${all//$'\n'/ }" [ "$(uniq <<<"$all" | wc -l)" = "${#CLIENTS[@]}" ]
}

server_starts() { because "it was not listening within 60 s" server_start srv; }

# --- the run ----------------------------------------------------------------------------------------------------------

start_all() {
    local name
    for name in "${CLIENTS[@]}"; do client_start "$name" "${1:-}"; done
}

rebind_step() {
    cut_unicast
    note
    every "rebinds by broadcast when unicast gets nowhere" extends
    mend_unicast
}

restart_step() {
    check "the server stops with exit code 0" server_stops_cleanly
    check "the server starts again" server_starts
    note
    nudge
    every "keeps its address over the server's restart" extends
}

release_step() {
    local name
    note
    for name in "${CLIENTS[@]}"; do client_release "$name"; done
    rm -f "$LAB_OUT/listed"
    every "releases" released
    start_all
    every "gets the same address again" returns
}

reboot_step() {
    local name
    note
    for name in "${CLIENTS[@]}"; do client_cut_off "$name"; done
    start_all reboot
    every "comes up again with its address" reboots
}

moves() { [[ $1 == *-direct ]] && remembers "$1"; }

# Clients that remember their lease are carried to another segment.
move_step() {
    local name
    for name in "${CLIENTS[@]}"; do
        moves "$name" || continue
        client_cut_off "$name"
        in_ns "$name" ip link del eth0
        plug "$name" "${MAC[$name]}" relay
        client_start "$name"
    done
    for name in "${CLIENTS[@]}"; do
        moves "$name" || continue
        check "$name is NAKed on another network and served there" wrong_network "$name"
    done
}

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin matrix
    find_kinds
    lay_network
    lay_plain_relay
    lay_clients
    write_config
    check "the server starts" server_starts
    relay_start || die "dhcrelay does not start, see $LAB_OUT/relay.log"
    plain_relay_start || die "dhcrelay does not start, see $LAB_OUT/plain.log"
    start_all
    every "acquires a lease" acquires
    every "has mask and route on its interface" has_mask_and_route
    every "stored domain and name servers" stored_options
    check "no two clients have the same address" no_address_twice
    check_reservations
    note
    nudge
    every "renews and keeps its address" extends
    rebind_step
    restart_step
    release_step
    reboot_step
    check "no two clients have the same address after all that" no_address_twice
    move_step
    lab_summary
}

check_reservations() {
    has_kind dhcpcd || return 0
    check "dhcpcd-direct has the address reserved for its MAC" has_reserved dhcpcd-direct 10.67.0.41
    check "dhcpcd-relayed has the address reserved for its client id" has_reserved dhcpcd-relayed 10.68.0.44
    has_kind networkd || return 0
    check "networkd-direct has the address reserved for its MAC" has_reserved networkd-direct 10.67.0.42
}

main
