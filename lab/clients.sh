#!/usr/bin/env bash
# Real clients against the started jar: dhclient and udhcpc, on the server's own segment and behind ISC dhcrelay with
# option 82. One PASS or FAIL line a promise, then "N passed, N failed". Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

CLIENTS=(dhclient-direct udhcpc-direct dhclient-relayed udhcpc-relayed)
FIXED_MAC=02:00:00:67:00:31
FIXED_ID=00:6c:61:62:2d:32

# write_config DOMAIN [MORE RESERVATIONS]: renewals come after 6 s, so that dhclient shows some, and leases outlive a
# restart of the server.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "debug"

[defaults]
lease_time = "2m"
renewal_time = "6s"
rebind_time = "100s"
domain_name = "$1"
dns_servers = ["10.67.0.53", "10.67.0.54"]

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.150"

  [[subnet.reservation]]
  mac = "${FIXED_MAC//:/-}"
  ip = "10.67.0.31"

  [[subnet.reservation]]
  identifier = "$FIXED_ID"
  ip = "10.67.0.32"

[[subnet]]
network = "10.68.0.0/24"
routers = ["10.68.0.1"]

  [[subnet.pool]]
  range_start = "10.68.0.100"
  range_end = "10.68.0.150"
${2:-}
[api]
enabled = false
TOML
}

lay_clients() {
    local name number=10
    for name in "${CLIENTS[@]}" dhclient-reserved udhcpc-reserved; do
        add_ns "$name"
        number=$((number + 1))
        case $name in
        *-relayed) plug "$name" "02:00:00:67:00:$number" relay ;;
        udhcpc-reserved) plug "$name" "$FIXED_MAC" switch ;;
        *) plug "$name" "02:00:00:67:00:$number" switch ;;
        esac
    done
}

# Facts about a client by its name.
segment() { if [[ $1 == *-relayed ]]; then say 10.68.0; else say 10.67.0; fi; }
address_of() { client_value "$1" address; }
has_address() { [[ -n $(address_of "$1") ]]; }
in_pool() {
    local address
    address=$(address_of "$1")
    [[ ${address%.*} == "$(segment "$1")" ]] && ((${address##*.} >= 100 && ${address##*.} <= 150))
}

start() {
    local name=$1
    shift
    case $name in
    udhcpc-*) udhcpc_start "$name" "$@" ;;
    *) dhclient_start "$name" "$@" ;;
    esac
}

# --- the promises -----------------------------------------------------------------------------------------------------

acquires() {
    start "$1"
    because "it had no address in time" await has_address "$1" &&
        because "$(address_of "$1") is not of the pool of $(segment "$1").0/24" in_pool "$1"
}

configured() {
    local address router
    address=$(address_of "$1") router=$(segment "$1").1
    because "eth0 does not carry $address/24" on_interface "$1" "$address/24" &&
        because "there is no default route by $router" routed "$1" "$router" &&
        because "the router $router does not answer from there" await in_ns "$1" "$LAB_TOOLS/busybox" ping -c 1 -W 2 "$router"
} >/dev/null
on_interface() { in_ns "$1" ip -4 address show dev eth0 | grep -q "inet $2 "; }
routed() { in_ns "$1" ip route show default | grep -q "via $2 "; }

options_stored() {
    because "domain '$(client_value "$1" domain)'" [ "$(client_value "$1" domain)" = lab.example ] &&
        because "name servers '$(client_value "$1" dns)'" [ "$(client_value "$1" dns)" = "10.67.0.53 10.67.0.54" ] &&
        because "server identifier '$(client_value "$1" server)'" [ "$(client_value "$1" server)" = 10.67.0.1 ]
}

# dhclient renews by itself at T1; udhcpc is told to. Either must keep its address and hear of no trouble.
renews() {
    local before naks
    before=$(address_of "$1") naks=$(client_count "$1" nak)
    because "no renewal in time" renewal "$1" &&
        because "the address changed from $before to $(address_of "$1")" [ "$(address_of "$1")" = "$before" ] &&
        because "it was NAKed" [ "$(client_count "$1" nak)" = "$naks" ]
}
renewal() {
    local renewals
    renewals=$(client_count "$1" renew)
    [[ $1 == dhclient-* ]] || kill -USR1 "$(client_pid "$1")"
    await client_had "$1" renew "$renewals"
}

# After a release the lease is ended for the server as well, and the same client gets the same address again.
releases_and_returns() {
    local before
    before=$(address_of "$1")
    release "$1"
    because "the server still lists $before as active" await lease_is "$before" released && start_again "$1" &&
        because "it got $(address_of "$1") in place of $before" [ "$(address_of "$1")" = "$before" ]
}
release() {
    case $1 in
    dhclient-*) dhclient_release "$1" ;;
    *) kill -USR2 "$(client_pid "$1")" && await client_had "$1" deconfig 1 && client_cut "$1" ;;
    esac
}
start_again() {
    start "$1"
    because "it had no address after its release in time" await has_address "$1"
}

# A client that was cut off and comes up again with its lease file asks for that address at once (RFC 2131 section 3.2).
reboots() {
    local before dir
    before=$(address_of "$1") dir=$(client_dir "$1")
    client_cut "$1"
    : >"$dir/lease" && mv "$dir/log" "$dir/log.before-reboot"
    start "$1"
    because "no REBOOT in time" await client_had "$1" reboot 0 &&
        because "it had to ask with a DHCPDISCOVER" lacks DHCPDISCOVER "$dir/log" &&
        because "it got $(address_of "$1") in place of $before" [ "$(address_of "$1")" = "$before" ]
}
# udhcpc keeps no lease file: it asks for its former address in a DISCOVER.
comes_back() {
    local before
    before=$(address_of "$1")
    client_cut "$1"
    : >"$(client_dir "$1")/lease"
    start "$1" -r "$before"
    because "it had no address in time" await has_address "$1" &&
        because "it got $(address_of "$1") in place of $before" [ "$(address_of "$1")" = "$before" ]
}
lacks() { ! grep -q "$1" "$2"; }

no_address_twice() {
    local name all
    all=$(for name in "${CLIENTS[@]}"; do address_of "$name"; done | sort)
    because "the addresses are: ${all//$'\n'/ }" [ "$(uniq <<<"$all" | wc -l)" = "${#CLIENTS[@]}" ]
}

# The state of an address in the server's own list. A server that has just started has no control socket yet.
lease_is() { leases --format csv 2>>"$LAB_OUT/leases.err" | grep "^$1," | grep -q ",$2,"; }

option_82_recorded() {
    local address
    address=$(address_of "$1")
    because "the lease list in JSON has no circuit id for $address" await circuit_of "$address"
}
circuit_of() { leases --ip "$1" --format json 2>>"$LAB_OUT/leases.err" | grep -Eqi '"circuit_?id" *: *"[^"]+'; }

server_starts() { because "it was not listening in time" server_start srv; }

all_leases_listed() {
    local name
    for name in "${CLIENTS[@]}"; do
        because "$(address_of "$name") of $name is not an active lease" await lease_is "$(address_of "$name")" active || return
    done
}

reserved_by_mac() {
    start udhcpc-reserved
    because "it had no address in time" await has_address udhcpc-reserved &&
        because "it got $(address_of udhcpc-reserved)" [ "$(address_of udhcpc-reserved)" = 10.67.0.31 ]
}

reserved_by_client_id() {
    start dhclient-reserved "send dhcp-client-identifier $FIXED_ID;"
    because "it had no address in time" await has_address dhclient-reserved &&
        because "it got $(address_of dhclient-reserved)" [ "$(address_of dhclient-reserved)" = 10.67.0.32 ]
}

# A client that remembers a lease it cannot have here is NAKed and then starts anew.
# refused CLIENT REMEMBERED
refused() {
    local dir naks
    dir=$(client_dir "$1")
    client_cut "$1"
    : >"$dir/lease"
    cat >"$dir/leases" <<LEASE
lease {
  interface "eth0";
  fixed-address $2;
  option subnet-mask 255.255.255.0;
  option dhcp-lease-time 86400;
  option dhcp-message-type 5;
  option dhcp-server-identifier ${2%.*}.1;
  renew 2 2037/01/06 00:00:00;
  rebind 2 2037/01/06 00:00:00;
  expire 2 2037/01/06 00:00:00;
}
LEASE
    naks=$(grep -c 'DHCPNAK from' "$dir/log" || true)
    start "$1"
    because "no DHCPNAK in time" await more_naks "$dir/log" "$naks" &&
        because "no address after the NAK in time" await has_address "$1" &&
        because "it was given $2" [ "$(address_of "$1")" != "$2" ] &&
        because "$(address_of "$1") is not of its pool" in_pool "$1"
}
more_naks() { (($(grep -c 'DHCPNAK from' "$1") > $2)); }

reload_applies() {
    write_config changed.example
    kill -HUP "$SERVER_PID"
    because "no renewal brought the new domain in time" await domain_changed dhclient-direct
}
domain_changed() { [ "$(client_value "$1" domain)" = changed.example ]; }

bad_reload_changes_nothing() {
    write_config ignored.example '[[subnet]]
network = "10.67.0.0/33"'
    kill -HUP "$SERVER_PID"
    because "it does not say so" await grep -q 'was not taken over' "$LAB_OUT/server.log" &&
        renews dhclient-direct && because "the server ended" kill -0 "$SERVER_PID" &&
        because "the broken file was applied" domain_changed dhclient-direct
}

# --- the run ----------------------------------------------------------------------------------------------------------

run_client() {
    check "$1 acquires a lease" acquires "$1"
    check "$1 has address, mask and route on its interface" configured "$1"
    check "$1 stored domain and name servers" options_stored "$1"
    check "$1 renews and keeps its address" renews "$1"
    [[ $1 != *-relayed ]] || check "$1 is listed with the relay's circuit id" option_82_recorded "$1"
    check "$1 releases and gets the same address again" releases_and_returns "$1"
    case $1 in
    dhclient-*) check "$1 reboots into its lease without a DISCOVER" reboots "$1" ;;
    *) check "$1 comes back and gets its former address" comes_back "$1" ;;
    esac
}

run_restart() {
    local name
    check "all leases are listed after $1" all_leases_listed
    for name in "${CLIENTS[@]}"; do check "$name renews after $1" renews "$name"; done
}

main() {
    local name obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin clients
    lay_network
    lay_clients
    write_config lab.example
    check "the server starts" server_starts
    relay_start || die "dhcrelay does not start, see $LAB_OUT/relay.log"
    for name in "${CLIENTS[@]}"; do run_client "$name"; done
    check "no two clients have the same address" no_address_twice
    check "the server stops at SIGTERM with exit code 0" server_stops_cleanly
    check "the server starts again" server_starts
    run_restart "a restart"
    server_crash
    check "the server starts after kill -9" server_starts
    run_restart "kill -9"
    check "a reservation by hardware address is honoured" reserved_by_mac
    check "a reservation by client identifier is honoured" reserved_by_client_id
    check "a client of a foreign network is NAKed and served anew" refused dhclient-direct 192.168.99.5
    check "a client that wants another's address is NAKed and served anew" \
        refused dhclient-direct "$(address_of udhcpc-direct)"
    check "a reload at SIGHUP reaches the clients" reload_applies
    check "a reload of a broken file changes nothing" bad_reload_changes_nothing
    lab_summary
}

main
