#!/usr/bin/env bash
# What real clients, relay agents and boot ROMs need, held against the started jar frame by frame: where replies go, who
# gets an address, a NAK or silence, and how options are laid out. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

LIBRARIES=$LAB_ROOT/lab/out/libraries

repeat() { printf "%0$2d" 0 | sed "s/0/$1/g"; }

# plain_subnet THIRD [LINE]...: a subnet 10.THIRD.0.0/24 with more lines of its own.
plain_subnet() {
    local third=$1
    shift
    printf '%s\n' '[[subnet]]' "network = \"10.$third.0.0/24\"" "routers = [\"10.$third.0.1\"]" "$@"
}

pool() {
    printf '%s\n' '[[subnet.pool]]' "range_start = \"10.$1.0.100\"" "range_end = \"10.$1.0.199\"" "${@:2}"
}

option() { printf '%s\n' '[[subnet.option]]' "code = $1" 'type = "string"' "value = \"$(repeat "$2" "$3")\""; }

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "debug"

[defaults]
lease_time = "1h"
domain_name = "lab.example"
dns_servers = ["10.67.0.53"]

$(plain_subnet 67 'ntp_servers = ["10.67.0.123"]')
$(pool 67)
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

$(plain_subnet 80 'rapid_commit = true')
$(pool 80)

$(plain_subnet 81 'ipv6_only_preferred = 1800')
[[subnet.pool]]
range_start = "10.81.0.100"
range_end = "10.81.0.100"

$(plain_subnet 82 'auto_configure = 0')

$(plain_subnet 72 'static_routes = ["10.99.0.0/16 via 10.72.0.2"]')
$(option 227 l 300)
$(pool 72)

[api]
enabled = false
TOML
}

# The jar's own libraries, for the packet socket.
unpack_libraries() {
    rm -rf "$LIBRARIES" && mkdir -p "$LIBRARIES"
    (cd "$LIBRARIES" && jar xf "$LAB_JAR" BOOT-INF/lib)
}

facts() {
    local mac
    mac=$(in_ns srv cat /sys/class/net/eth0/address)
    in_ns station java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LIBRARIES/BOOT-INF/lib/*" \
        io.athena.dhcpd.app.load.WireFacts eth0 "$mac" 10.67.0.1
}

reaches_its_end() { because "it broke off, see $LAB_OUT/facts.log" facts >"$LAB_OUT/results" 2>"$LAB_OUT/facts.log"; }

show_results() {
    local line
    while IFS= read -r line; do
        say "$line"
        case $line in
        PASS\ *) PASSED=$((PASSED + 1)) ;;
        FAIL\ *) FAILED=$((FAILED + 1)) ;;
        esac
    done <"$LAB_OUT/results"
}

listed_name() { leases --format csv 2>>"$LAB_OUT/leases.err" | grep -q ',nulled,'; }

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
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    check "the station gets to its end" reaches_its_end
    show_results
    check "a name with a NUL at its end is listed without it" because "it is not in the list" listed_name
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
