#!/usr/bin/env bash
# The client matrix: dhclient, udhcpc, dhcpcd and systemd-networkd, and the tools nmap, dhcping and perfdhcp, each on the
# server's segment, behind a relay agent with option 82 and behind one that sends giaddr only; the clients also behind an
# access relay with binary ids, whose messages pass a second relay agent. Needs root.
# One line a client and step, kept in lab/out/matrix/report.txt, then "N passed, N failed". N/A is what a client does not
# do at all; a client that is not to be had is SKIPPED, which is a failure in CI.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/kinds.sh
. "$(dirname "$0")/kinds.sh"
# shellcheck source=lab/askers.sh
. "$(dirname "$0")/askers.sh"

CLIENTS=()
# Those that have a reservation, and the client identifiers of those that are known by it.
RESERVED=()
# What the access relay says of its clients: VLAN 100, module 0, port 255, and its own MAC (as Catalyst switches do).
ACCESS_82=01060004006400ff0208000602ac00000001

declare -A MAC=() IDENTITY=() RESERVATION=()

# --- the configuration ------------------------------------------------------------------------------------------------

reservation() { printf '  [[subnet.reservation]]\n  %s\n  ip = "%s"\n' "$1" "$2"; }

# reservations PREFIX: those whose address is of that network.
reservations() {
    local name key
    for name in "${RESERVED[@]}"; do
        [[ ${RESERVATION[$name]} == "$1".* ]] || continue
        key="mac = \"${MAC[$name]}\""
        [[ -z ${IDENTITY[$name]:-} ]] || key="identifier = \"${IDENTITY[$name]}\""
        reservation "$key" "${RESERVATION[$name]}"
    done
}

# subnet PREFIX PLACE
subnet() {
    printf '\n[[subnet]]\nnetwork = "%s.0/24"\nrouters = ["%s.1"]\n' "$1" "$1"
    [[ $2 != direct ]] || say 'rapid_commit = true'
    printf '  [[subnet.pool]]\n  range_start = "%s.100"\n  range_end = "%s.199"\n' "$1" "$1"
    reservations "$1"
    station_reservation "$2"
}

# Clients get addresses here only by what the access relay says, and keep them when they renew past it.
access_subnet() {
    printf '\n[[subnet]]\nnetwork = "10.70.0.0/24"\nrouters = ["10.70.0.1"]\n'
    printf '  [[subnet.pool]]\n  range_start = "10.70.0.100"\n  range_end = "10.70.0.199"\n'
    printf '  match_circuit_id = "0x00040064??ff"\n  match_remote_id = "0x000602ac*"\n'
}

write_config() {
    {
        cat <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "debug"

[defaults]
lease_time = "2m"
renewal_time = "5s"
rebind_time = "9s"
domain_name = "lab.example"
dns_servers = ["10.67.0.53", "10.67.0.54"]
TOML
        subnet 10.67.0 direct
        subnet 10.68.0 relayed
        subnet 10.69.0 giaddr
        access_subnet
        printf '[api]\nenabled = false\n'
    } >"$LAB_OUT/config.toml"
}

# --- the places -------------------------------------------------------------------------------------------------------

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
    await grep -qs 'Sending on.*eth0' "$LAB_OUT/plain.log"
}

# A third segment, 10.70.0.0/24, behind an access relay of binary ids. What it relays goes to dhcrelay on a machine of its
# own, which forwards it and leaves giaddr and option 82 alone.
lay_access_relay() {
    add_ns access
    plug access 02:00:00:67:00:04 switch
    in_ns access ip address add 10.67.0.4/24 dev eth0
    add_bridge access
    in_ns access ip address add 10.70.0.1/24 dev br0
    in_ns access sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
    in_ns srv ip route add 10.70.0.0/24 via 10.67.0.4
    add_ns second
    plug second 02:00:00:67:00:05 switch
    in_ns second ip address add 10.67.0.5/24 dev eth0
    # Both would relay what the switch's own clients send to everybody or to nobody: they get what is for them alone.
    local name port
    for name in access second; do
        port=$(port_of "$name" switch)
        in_ns switch bridge link set dev "$port" flood off bcast_flood off
        in_ns switch bridge fdb add "$(in_ns "$name" cat /sys/class/net/eth0/address)" dev "$port" master static
    done
    in_ns srv ip neigh replace 10.67.0.4 lladdr 02:00:00:67:00:04 dev eth0 nud permanent
    in_ns access ip neigh replace 10.67.0.5 lladdr 02:00:00:67:00:05 dev eth0 nud permanent
    in_ns access ip route add 255.255.255.255 dev br0
}

access_relay_start() {
    in_ns second "$LAB_TOOLS/dhcrelay" -4 -d -m forward -pf "$LAB_OUT/second.pid" -i eth0 10.67.0.1 \
        >"$LAB_OUT/second.log" 2>&1 &
    disown
    load_command AccessRelay 10.70.0.1 10.67.0.5 "$ACCESS_82"
    in_ns access "${LOAD_COMMAND[@]}" >"$LAB_OUT/access.log" 2>&1 &
    disown
    await grep -qs 'Sending on.*eth0' "$LAB_OUT/second.log" &&
        await grep -qs relaying "$LAB_OUT/access.log"
}

switch_of() {
    case $1 in
    *-direct | *-by-mac) say switch ;;
    *-relayed | *-by-id) say relay ;;
    *-access) say access ;;
    *) say plain ;;
    esac
}

# Where a client is carried to that moves.
next_switch() {
    case $(switch_of "$1") in
    switch) say relay ;;
    relay) say plain ;;
    plain) say access ;;
    *) say switch ;;
    esac
}

prefix_at() {
    case $1 in
    switch) say 10.67.0 ;;
    relay) say 10.68.0 ;;
    access) say 10.70.0 ;;
    *) say 10.69.0 ;;
    esac
}

segment() { prefix_at "$(switch_of "$1")"; }

lay_clients() {
    local kind place name number=10
    for kind in "${KINDS[@]}"; do
        for place in direct relayed giaddr access by-mac by-id; do
            number=$((number + 1)) name=$kind-$place
            MAC[$name]=02:00:00:67:01:$number
            add_ns "$name"
            plug "$name" "${MAC[$name]}" "$(switch_of "$name")"
            case $place in
            by-*) RESERVED+=("$name") RESERVATION[$name]=$(segment "$name").$number ;;
            *) CLIENTS+=("$name") ;;
            esac
            # What systemd-networkd makes of its MAC; the others say it because they are told to.
            [[ $place != by-id ]] || IDENTITY[$name]=01:${MAC[$name]}
        done
    done
}

# --- facts ------------------------------------------------------------------------------------------------------------

# What the server sent to a client so far: server_sent NAME TYPE.
server_sent() { grep -c "sent $2 mac=\"${MAC[$1]}\"" "$LAB_OUT/server.log" || true; }
server_sent_more() { (($(server_sent "$1" "$2") > $3)); }
# A renewal that no relay agent carried: the server answers it on its own interface.
sent_unicast() { grep -c "sent ACK mac=\"${MAC[$1]}\".* peer=\"eth0\"" "$LAB_OUT/server.log" || true; }
sent_unicast_more() { (($(sent_unicast "$1") > $2)); }

address_of() { in_ns "$1" ip -4 -o address show dev eth0 | sed -nE 's/.* inet ([0-9.]+)\/.*/\1/p' | head -n 1; }
has_address() { [[ -n $(address_of "$1") ]]; }
has_address_reserved() { [[ $(address_of "$1") == "${RESERVATION[$1]}" ]]; }
in_segment() { in_ns "$1" ip -4 -o address show dev eth0 | grep -q " inet ${2//./\\.}\\."; }
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
declare -A BEFORE=() ACKS=() OFFERS=() NAKS=() UNICAST=()
note() {
    local name
    for name in "${CLIENTS[@]}"; do
        BEFORE[$name]=$(address_of "$name") ACKS[$name]=$(server_sent "$name" ACK)
        OFFERS[$name]=$(server_sent "$name" OFFER) NAKS[$name]=$(server_sent "$name" NAK)
        UNICAST[$name]=$(sent_unicast "$name")
    done
}

# --- the promises -----------------------------------------------------------------------------------------------------

acquires() {
    because "it had no address in time" await has_address "$1" &&
        because "$(address_of "$1") is not of $(segment "$1").0/24" in_segment "$1" "$(segment "$1")"
}
has_reserved() {
    await has_address_reserved "$1" || because "it has '$(address_of "$1")', not ${RESERVATION[$1]}" false
}
has_mask_and_route() {
    because "eth0 does not carry $(address_of "$1")/24" has_mask "$1" "$(address_of "$1")" &&
        because "no default route by $(segment "$1").1" await has_route "$1" "$(segment "$1").1"
}
stored_options() {
    await stored_domain "$1" || because "domain '$(stored "$1" domain)'" false &&
        because "name servers '$(stored "$1" dns)'" [ "$(stored "$1" dns)" = "10.67.0.53 10.67.0.54" ]
}
stored_domain() { [[ $(stored "$1" domain) == lab.example ]]; }
same_address() {
    because "its address was ${BEFORE[$1]} and is now '$(address_of "$1")'" [ "$(address_of "$1")" = "${BEFORE[$1]}" ]
}
renews() {
    because "no ACK to a unicast in time" await sent_unicast_more "$1" "${UNICAST[$1]}" && same_address "$1"
}
# A client whose request was lost at T2 may wait for the end of its lease: systemd-networkd repeats it after 60 s at best.
extends() {
    because "no ACK in time" wait_until 240 server_sent_more "$1" ACK "${ACKS[$1]}" && same_address "$1"
}
# udhcpc looks at no T1 and T2: it is told to renew, and rebinds when that gets no answer.
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

released() { because "the server still lists ${BEFORE[$1]} as active" await lease_is "${BEFORE[$1]}" released; }
returns() {
    because "it had no address in time" await has_address "$1" && same_address "$1"
}
reboots() {
    returns "$1" && because "no ACK came" await server_sent_more "$1" ACK "${ACKS[$1]}" &&
        because "it had to begin with a DISCOVER" [ "$(server_sent "$1" OFFER)" = "${OFFERS[$1]}" ]
}
is_refused() {
    because "no NAK in time" await server_sent_more "$1" NAK "${NAKS[$1]}" && moves "$@"
}
moves() { because "no address of $2.0/24 in time" await in_segment "$1" "$2"; }

# What the leases keep of the access relay, in the form of the configuration.
access_ids_kept() {
    leases --format json >"$LAB_OUT/leases.json" 2>>"$LAB_OUT/leases.err" || return
    because "no lease has the circuit id" says 0x0004006400ff "$LAB_OUT/leases.json"
}

no_address_twice() {
    local name all
    all=$(for name in "${CLIENTS[@]}"; do address_of "$name"; done | sort)
    because "the addresses are: ${all//$'\n'/ }" [ "$(uniq <<<"$all" | wc -l)" = "${#CLIENTS[@]}" ]
}

server_starts() { because "it was not listening in time" server_start srv; }

# --- the run ----------------------------------------------------------------------------------------------------------

start_all() {
    local name
    for name in "${CLIENTS[@]}"; do client_start "$name" "${1:-}"; done
}

cut_off_all() {
    local name
    for name in "${CLIENTS[@]}"; do client_cut_off "$name" "$(keeps_address "$name")"; done
}

acquire_step() {
    start_all
    every "acquires a lease" acquires
    every "has mask and route on its interface" has_mask_and_route
    every "stored domain and name servers" stored_options
    check "no two clients have the same address" no_address_twice
    check "the leases behind the access relay keep its binary circuit id" access_ids_kept
}

# One exchange: the ACK comes without an OFFER before it (RFC 4039).
commits_rapidly() {
    because "it had no address in time" await has_address "$1" &&
        because "no ACK was sent" await server_sent_more "$1" ACK 0 &&
        because "an OFFER was sent" [ "$(server_sent "$1" OFFER)" = 0 ] &&
        because "$(address_of "$1") is not an active lease" await lease_is "$(address_of "$1")" active
}
rapid_step() {
    local name=dhcpcd-rapid
    if ! has_kind dhcpcd; then
        cannot_show "dhcpcd rapid commit" "dhcpcd is not to be had"
        return
    fi
    add_ns "$name"
    MAC[$name]=02:00:00:67:01:90
    plug "$name" "${MAC[$name]}" switch
    client_start "$name"
    check "$name has its lease by one exchange" commits_rapidly "$name"
    client_cut_off "$name"
}

reservation_step() {
    local name key
    for name in "${RESERVED[@]}"; do client_start "$name"; done
    for name in "${RESERVED[@]}"; do
        key="its MAC"
        [[ -z ${IDENTITY[$name]:-} ]] || key="its client identifier"
        check "$name has the address reserved for $key" has_reserved "$name"
        client_cut_off "$name"
    done
}

renew_step() {
    note
    nudge
    every "renews by unicast and keeps its address" renews
}

rebind_step() {
    cut_unicast
    note
    nudge
    every "rebinds by broadcast when unicast gets nowhere" extends
    mend_unicast
}

restart_step() {
    check "the server stops with exit code 0" server_stops_cleanly
    note
    check "the server starts again" server_starts
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
    cut_off_all
    start_all reboot
    for name in "${CLIENTS[@]}"; do
        if remembers "$name"; then
            check "$name comes up again with its address, by INIT-REBOOT" reboots "$name"
        else
            check "$name comes up again with its address" returns "$name"
            not_applicable "$name INIT-REBOOT" "it asks for its former address in a DISCOVER"
        fi
    done
    check "no two clients have the same address after all that" no_address_twice
}

# Each client is carried to the next place.
move_step() {
    local name prefix
    note
    cut_off_all
    for name in "${CLIENTS[@]}"; do replug "$name" "$(switch_of "$name")" "$(next_switch "$name")"; done
    start_all reboot
    for name in "${CLIENTS[@]}"; do
        prefix=$(prefix_at "$(next_switch "$name")")
        if remembers "$name"; then
            check "$name is NAKed on another network and served there" is_refused "$name" "$prefix"
        else
            check "$name is served on another network" moves "$name" "$prefix"
            not_applicable "$name INIT-REBOOT on another network" "it asks for its former address in a DISCOVER"
        fi
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
    lay_access_relay
    lay_clients
    lay_stations
    write_config
    tell_kinds
    check "the server starts" server_starts
    relay_start || die "dhcrelay does not start, see $LAB_OUT/relay.log"
    plain_relay_start || die "dhcrelay does not start, see $LAB_OUT/plain.log"
    access_relay_start || die "the access relay does not start, see $LAB_OUT/access.log and second.log"
    check_askers
    acquire_step
    reservation_step
    rapid_step
    renew_step
    rebind_step
    restart_step
    release_step
    reboot_step
    move_step
    lab_summary
}

main
