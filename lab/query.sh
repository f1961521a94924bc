#!/usr/bin/env bash
# Leasequery (RFC 4388, RFC 6148): the same leases are taken from ISC dhcpd and from the started jar, the same queries
# asked of both, and the answers compared field by field. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

PEER_PID=

write_configs() {
    cat >"$LAB_OUT/dhcpd.conf" <<CONF
ddns-update-style none;
authoritative;
allow leasequery;
default-lease-time 3600;
max-lease-time 3600;
option domain-name "lab.example";
subnet 10.67.0.0 netmask 255.255.255.0 {
    option routers 10.67.0.1;
    range 10.67.0.100 10.67.0.199;
}
CONF
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "debug"

# The first address must go to the first client, as the other server gives it.
[conflict_detection]
enabled = false

[defaults]
lease_time = "1h"
domain_name = "lab.example"

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]
[[subnet.pool]]
range_start = "10.67.0.100"
range_end = "10.67.0.199"

[leasequery]
enabled = true
allow = ["10.67.0.2"]

[api]
enabled = false
TOML
}

peer_start() {
    : >"$LAB_OUT/peer.leases"
    ip netns exec "$(ns srv)" "$LAB_TOOLS/dhcpd" -4 -f -d -cf "$LAB_OUT/dhcpd.conf" -lf "$LAB_OUT/peer.leases" \
        -pf "$LAB_OUT/peer.pid" eth0 >"$LAB_OUT/peer.log" 2>&1 </dev/null &
    PEER_PID=$!
    await grep -qs 'Server starting service' "$LAB_OUT/peer.log" && ! dead "$PEER_PID"
}

peer_stop() {
    kill -KILL "$PEER_PID" 2>/dev/null || true
    wait "$PEER_PID" 2>/dev/null || true
    await port_is_free
}

port_is_free() { ! in_ns srv grep -q ":0043 " /proc/net/udp; }

# answers NAME: what the server that runs says, a line a query, in $LAB_OUT/NAME.answers.
answers() {
    in_ns station java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_ROOT/athena-core/target/classes" \
        io.athena.dhcpd.app.load.QueryAnswers 10.67.0.1 10.67.0.2 >"$LAB_OUT/$1.answers" 2>"$LAB_OUT/$1-asking.log"
}

# Where ISC dhcpd 4.4 goes its own way: what athena-dhcpd says there, and why (RFC 4388 section 6.4).
ours_instead() {
    case $1 in
    *"few options") say "type 13, .* chaddr 020000000001, 51 60 min, 54 0a430001|what was asked for, and no more" ;;
    "that of a client that released") say "type 12, ciaddr 0.0.0.0, .*|unassigned is said of addresses only" ;;
    "a remote id") say "type 13, ciaddr 10.67.0.101, .*, 92 10.67.0.100 10.67.0.101|ISC dhcpd knows no RFC 6148" ;;
    "a client identifier nobody has") say "type 12, ciaddr 0.0.0.0, .*, 61 0109|the identifier comes back" ;;
    nothing) say "silence|nothing was asked" ;;
    esac
}

# What clients would be sent as well: ISC dhcpd adds it where there is no lease, athena-dhcpd where there is one.
without_parameters() { sed -E "s/, (1|3|15) [0-9a-f]+//g" <<<"$1"; }

# One result for each query.
compare() {
    local line about peer ours instead
    while IFS= read -r line; do
        about=${line%%: *}
        peer=$(without_parameters "${line#*: }")
        ours=$(without_parameters "$(sed -n "s/^$about: //p" "$LAB_OUT/ours.answers")")
        instead=$(ours_instead "$about")
        if [[ -n $instead ]]; then
            check "$about: ${instead#*|}" because "it says: $ours" grep -qxE "${instead%%|*}" <<<"$ours"
        elif [[ $ours == "$peer" ]]; then
            pass "$about: the same answer as ISC dhcpd"
        else
            fail "$about: the same answer as ISC dhcpd" "ISC dhcpd: $peer — athena-dhcpd: $ours"
        fi
    done <"$LAB_OUT/peer.answers"
}

tells_parameters() {
    grep -q "^a leased address: .*, 1 ffffff00, 3 0a430001, 15 6c61622e6578616d706c65, " "$LAB_OUT/ours.answers"
}

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin query
    add_ns srv
    add_ns station
    cable station eth0 srv eth0 02:00:00:67:00:02
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns station ip address add 10.67.0.2/24 dev eth0
    write_configs
    if ! lab_tool dhcpd isc-dhcp-server; then
        cannot_show "leasequery compared with ISC dhcpd" "dhcpd is not to be had (package isc-dhcp-server)"
        lab_summary
        return
    fi
    check "ISC dhcpd starts" because "see $LAB_OUT/peer.log" peer_start
    check "ISC dhcpd is asked" because "see $LAB_OUT/peer-asking.log" answers peer
    check "ISC dhcpd is gone" because "UDP port 67 is still taken" peer_stop
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    check "the server is asked" because "see $LAB_OUT/ours-asking.log" answers ours
    compare
    check "a lease comes with what its client is sent" because "see $LAB_OUT/ours.answers" tells_parameters
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
