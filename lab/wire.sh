#!/usr/bin/env bash
# What real clients, relay agents and boot ROMs need, held against the started jar frame by frame: where replies go, who
# gets an address, a NAK or silence, and how options are laid out. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

repeat() { printf "%0$2d" 0 | sed "s/0/$1/g"; }

# plain_subnet THIRD [LINE]...: a subnet 10.THIRD.0.0/24 with more lines of its own.
plain_subnet() {
    local third=$1
    shift
    printf '%s\n' '[[subnet]]' "network = \"10.$third.0.0/24\"" "routers = [\"10.$third.0.1\"]" "$@"
}

pool() { range "$1" 100 199 "${@:2}"; }

# range THIRD FROM TO [LINE]...
range() {
    printf '%s\n' '[[subnet.pool]]' "range_start = \"10.$1.0.$2\"" "range_end = \"10.$1.0.$3\"" "${@:4}"
}

# vendor_pools THIRD: ten addresses for each row of relays.txt on that network, in its order.
vendor_pools() {
    local number=0 name third match
    while IFS='|' read -r name third _ _ _ match; do
        [[ $name != \#* ]] || continue
        number=$((number + 1))
        [[ ${third// /} != "$1" ]] || range "$1" $((number * 10)) $((number * 10 + 9)) 'lease_time = "30m"' "$match"
    done <"$LAB_ROOT/lab/relays.txt"
}

option() { printf '%s\n' '[[subnet.option]]' "code = $1" 'type = "string"' "value = \"$(repeat "$2" "$3")\""; }

# Without probes: one station stands for all clients and relay agents, and its kernel answers ARP for addresses that
# clients ask for.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = ["eth0", "lo"]
lease_db = "$LAB_OUT/store"
log_level = "debug"

[conflict_detection]
enabled = false

[defaults]
lease_time = "1h"
domain_name = "lab.example"
dns_servers = ["10.67.0.53"]

$(plain_subnet 67 'ntp_servers = ["10.67.0.123"]')
$(pool 67)
$(range 67 51 99)
$(range 67 200 209 'match_circuit_id = "switch/*"')
[[subnet.reservation]]
mac = "02:00:00:67:00:50"
ip = "10.67.0.50"

$(plain_subnet 68 'subnet_selection = true')
$(pool 68)

$(plain_subnet 69 'identify_by = "mac"' 'always_send = ["domain_name"]' 'next_server = "10.69.0.5"' \
        'bootfile = "boot/rom.0"')
$(pool 69)

$(plain_subnet 70)
$(pool 70 'bootp = true')

$(plain_subnet 71)
$(option 224 a 180)
$(option 225 b 100)
$(option 226 c 50)
$(option 227 d 900)
$(pool 71)

$(plain_subnet 96 'rapid_commit = true')
$(pool 96)

$(plain_subnet 97 'ipv6_only_preferred = 1800')
[[subnet.pool]]
range_start = "10.97.0.100"
range_end = "10.97.0.100"

$(plain_subnet 82 'auto_configure = 0')

$(plain_subnet 72 'static_routes = ["10.99.0.0/16 via 10.72.0.2"]')
$(option 227 l 300)
$(pool 72)

$(plain_subnet 73)
$(vendor_pools 73)

$(plain_subnet 74 'vss = "blue"')
$(range 74 200 209)
$(vendor_pools 74)

$(plain_subnet 75 'shared_network = "campus"')
$(range 75 100 100)
$(plain_subnet 76 'shared_network = "campus"')
$(range 76 100 109)

$(plain_subnet 77)
$(range 77 100 101)

$(plain_subnet 78)
$(range 78 100 101)

$(plain_subnet 79 'renewal_time = "50m"' 'rebind_time = "55m"')
$(pool 79)

$(plain_subnet 80 'lease_time = "infinite"')
$(pool 80)

[[class]]
name = "ports"
match_circuit_id = "ge-*"
domain_name = "ports.lab.example"

[[class]]
name = "ipxe"
match_user_class = "iPXE"
bootfile = "boot/menu.ipxe"

[api]
enabled = false
TOML
}

# facts WHICH: the facts of one configuration, results to $LAB_OUT/results.
facts() {
    local mac
    mac=$(in_ns srv cat /sys/class/net/eth0/address)
    java_tool station WireFacts "$1" eth0 "$mac" 10.67.0.1 "$LAB_ROOT/lab/relays.txt"
}

reaches_its_end() { because "it broke off, see $LAB_OUT/facts.log" facts "$1" >"$LAB_OUT/results" 2>>"$LAB_OUT/facts.log"; }

listed_name() { leases --format csv 2>>"$LAB_OUT/leases.err" | grep -q ',nulled,'; }

# A sender that leaves checksums to hardware: over a veth they arrive as half-made as they left.
offloading_client() {
    in_ns station ethtool -K eth0 tx on >/dev/null && probe_served && offloads_off station eth0
}
probe_served() {
    server_command probe --timeout 5 --tries 12 --interface eth0 --server 10.67.0.1 --relay 10.67.0.2 --mac 02:00:00:67:00:99 &&
        in_ns station "${SERVER_COMMAND[@]}" >"$LAB_OUT/probe.log" 2>&1
}

# A relay agent on the server's own machine, with an address that the server does not serve.
local_relay() {
    server_command probe --timeout 5 --tries 12 --server 127.0.0.1 --relay 10.66.0.1 --link 10.68.0.0 --client-port 0 --mac 02:00:00:67:00:98 &&
        in_ns srv "${SERVER_COMMAND[@]}" >"$LAB_OUT/local.log" 2>&1
}

# The second run: the only server on its links, without the right to make frames.
start_without_rights() {
    sed -i 's/^lease_db = /authoritative = true\n&/' "$LAB_OUT/config.toml"
    SERVER_ENTER=(setpriv --bounding-set=-net_raw --inh-caps=-net_raw)
    rm -rf "$LAB_OUT/store"
    : >"$LAB_OUT/server.log"
    in_ns station ip address add 10.67.0.150/24 dev eth0
    in_ns station ip address add 10.67.0.151/24 dev eth0
    because "it does not start" server_start srv
}
says_once() {
    local lines
    lines=$(grep -c 'CAP_NET_RAW' "$LAB_OUT/server.log" || true)
    because "the log has $lines lines about it" test "$lines" = 1
}

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin wire
    unpack_libraries
    add_ns srv
    add_ns station
    cable station eth0 srv eth0 02:00:00:67:00:02
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns station ip address add 10.67.0.2/24 dev eth0
    # Another relay agent and a client that has its address: the kernel answers ARP for them.
    in_ns station ip address add 10.67.0.3/24 dev eth0
    in_ns station ip address add 10.67.0.50/24 dev eth0
    # What relay agents say of their own addresses is routed to the station.
    in_ns srv ip route add default via 10.67.0.2
    in_ns srv ip address add 10.66.0.1/32 dev lo
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    check "the station gets to its end" reaches_its_end all
    show_results all
    check "a client whose checksums are left to hardware gets a lease" offloading_client
    check "a relay agent on the server's own machine gets its client a lease" local_relay
    check "a name with a NUL at its end is listed without it" because "it is not in the list" listed_name
    check "the server stops with exit code 0" server_stops_cleanly
    check "the server starts without CAP_NET_RAW, authoritative" start_without_rights
    check "the station gets to its end again" reaches_its_end authoritative
    show_results all
    check "the server says once that it may not send frames" says_once
    check "the server stops with exit code 0 again" server_stops_cleanly
    lab_summary
}

main
