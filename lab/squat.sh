#!/usr/bin/env bash
# Squatters on real interfaces: hosts that use addresses of the pool without a lease. They answer ARP only, ping only behind
# a relay agent, late, or for every address there is; whatever they do, clients get addresses that are free, and what was
# found is on record, through kill -9 as well. Needs root; about 3 minutes.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/squatters.sh
. "$(dirname "$0")/squatters.sh"

SQUATTER=02:00:00:67:66:01
FIRST=10.67.0.100
TAKEN=(10.67.0.100 10.67.0.101 10.67.0.102 10.67.0.103 10.67.0.104)
TAKEN_FAR=(10.68.0.100 10.68.0.101 10.68.0.102 10.68.0.103 10.68.0.104)
# The pool of the attached subnet as networks: what the liar says it has.
WHOLE_POOL=(10.67.0.96/27 10.67.0.128/26 10.67.0.192/27)

# One squatter on the server's own segment and one behind the relay; a station that speaks for clients on the server's
# segment, and on a larger one for a thousand, some of whose addresses it has itself.
lay_hosts() {
    lay_network
    host near $SQUATTER switch
    host far 02:00:00:67:66:02 relay
    host station 02:00:00:67:66:09 switch 10.67.0.9/24
    cable station eth1 srv eth1 02:00:00:67:66:08
    in_ns srv ip address add 10.72.0.1/20 dev eth1
    in_ns station ip address add 10.72.0.2/20 dev eth1
    host netboot 02:00:00:67:00:21 switch
    host dhclient-near 02:00:00:67:00:11 switch
    host udhcpc-near 02:00:00:67:00:12 switch
    host dhclient-far 02:00:00:67:00:13 relay
    host udhcpc-far 02:00:00:67:00:14 relay
    host udhcpc-reserved 02:00:00:67:00:31 switch
}

each_recorded() {
    local address
    for address in "${@:4}"; do recorded "$address" "$1" "$2" "$3" active || return; done
}

# --- ARP only ---------------------------------------------------------------------------------------------------------

arp_only() {
    deaf_to_ping near
    squats near "${TAKEN[@]/%//24}"
    capture_start near eth0 arp
    check "dhclient gets a free address where more are squatted than one DISCOVER tries" gets_free dhclient-near "${TAKEN[@]}"
    check "udhcpc gets one" gets_free udhcpc-near "${TAKEN[@]}"
    check "the squatted addresses are on record, with the squatter's MAC" each_recorded arp_probe $SQUATTER 1 "${TAKEN[@]}"
    check "the list in JSON has the squatter as well" listed_in_json
    check "a conflict is logged as a warning, with the squatter's MAC" \
        because "no such line" await logged "WARN .*address is in use; a probe of it was answered.*ip=\"$FIRST\".*mac=\"$SQUATTER\""
    capture_end
    check "a probe is an ARP request by the server's own addresses, to all" seen "$(arp_probe $FIRST)"
    check "nobody's new address is announced" unseen "$(announcement 02:00:00:67:00:11 "$(client_value dhclient-near address)")"
    check "no frame of the server names another sender" foreign_senders_unseen
}
listed_in_json() {
    conflicts list --json >"$LAB_OUT/conflicts.json" &&
        because "see $LAB_OUT/conflicts.json" grep -Eq '"responder_mac" *: *"'$SQUATTER'"' "$LAB_OUT/conflicts.json" &&
        because "see $LAB_OUT/conflicts.json" grep -Eq '"ip" *: *"'$FIRST'"' "$LAB_OUT/conflicts.json"
}
# Ethernet source ours, ARP sender not.
foreign_senders_unseen() {
    local mac
    mac=$(hex_of_mac $SERVER_MAC)
    local strange
    strange=$(grep -E "^.{12}${mac}0806" "$LAB_OUT/frames" | grep -Ecv "^.{12}${mac}0806.{16}$mac" || true)
    because "there are $strange" test "$strange" = 0
}

# --- the client's own address -----------------------------------------------------------------------------------------

# A netbooted host has its address before its system asks for it, and answers the probe itself.
own_address() {
    squats netboot 10.67.0.150/24
    check "a netbooted host is given the address that it has and asks for" asks_for_its_own
    check "it is given it again while its lease lasts" asks_for_its_own
    check "and after it gave the lease back" returns_to_its_own
    check "no conflict is seen in that" not_recorded 10.67.0.150
    gives_up netboot
}
asks_for_its_own() {
    local log=$LAB_OUT/netboot.log
    in_ns netboot timeout "$LAB_LIMIT" "$LAB_TOOLS/busybox" udhcpc -f -q -n -i eth0 -t 50 -T 2 -r 10.67.0.150 -s /bin/true >"$log" 2>&1 || true
    because "it said: $(tail -n 1 "$log")" grep -q 'lease of 10.67.0.150 obtained' "$log"
}
returns_to_its_own() {
    server_command probe --server 10.67.0.1 --relay 10.67.0.9 --mac 02:00:00:67:00:21 \
        --client-id 0x01020000670021 --release 10.67.0.150
    in_ns station "${SERVER_COMMAND[@]}" >"$LAB_OUT/probe.out" 2>&1 || { WHY="its RELEASE was not sent"; return 1; }
    because "its lease was not ended" await is_released && asks_for_its_own
}
is_released() { leases --format csv 2>>"$LAB_OUT/leases.err" | grep -q '^10.67.0.150,.*,released,'; }

# A reservation is not probed unless the configuration says so.
reservation_kept() {
    squats near 10.67.0.31/24
    check "a reservation is honoured unprobed" gets_exactly udhcpc-reserved 10.67.0.31
}
gets_exactly() {
    fresh "$1"
    asks "$1"
    because "it had no address in time" await has_address "$1" &&
        because "it got $(client_value "$1" address)" [ "$(client_value "$1" address)" = "$2" ]
}

# --- ping only, behind a relay ----------------------------------------------------------------------------------------

ping_only() {
    squats far "${TAKEN_FAR[@]/%//24}"
    in_ns far ip route replace default via 10.68.0.1
    capture_start far eth0 icmp
    check "dhclient behind the relay gets a free address" gets_free dhclient-far "${TAKEN_FAR[@]}"
    check "udhcpc behind the relay gets one" gets_free udhcpc-far "${TAKEN_FAR[@]}"
    check "the squatted addresses are on record, found by ping, of an unknown MAC" each_recorded icmp_probe - 1 "${TAKEN_FAR[@]}"
    check "the log says what ping cannot see" because "no such line" await logged 'Subnet 10\.68\.0\.0/24 .*ICMP echo'
    capture_end
    check "a probe is an echo request of the server's address" seen ".{24}080045.{22}$(hex_of_ip 10.67.0.1)$(hex_of_ip 10.68.0.100)0800"
    check "its checksums are right" checksums_right
    gives_up far
}
checksums_right() {
    read_capture -v >"$LAB_OUT/icmp.txt"
    because "see $LAB_OUT/icmp.txt" grep -q 'ICMP echo request' "$LAB_OUT/icmp.txt" &&
        because "wrong ones are in $LAB_OUT/icmp.txt" lacks 'wrong icmp cksum\|bad cksum' "$LAB_OUT/icmp.txt"
}
lacks() { ! grep -q "$1" "$2"; }

# --- late -------------------------------------------------------------------------------------------------------------

# The answer comes seconds after the probe has ended: the OFFER is out, its REQUEST is not yet there. The times lie far
# apart, since each of the three may be late on a busy machine.
late() {
    check "a server starts anew" serve
    gives_up near
    answers_late near 4000 $FIRST || cannot_show "late answers" "the squatter does not start, see $LAB_OUT/near.log"
    check "an offer is withdrawn when its address is answered for late: the REQUEST gets a NAK" withdrawn
    check "the address is on record" recorded $FIRST arp_probe $SQUATTER 1 active
    check "the client is offered another" gets_another
    check "a server starts anew again" serve
    check "a client that has its ACK before the late answer renews" left_alone
    late_ends near
}
withdrawn() {
    offers hesitate 10.67.0.9 1 12000 >"$LAB_OUT/hesitate"
    because "it was offered $(head -n 1 "$LAB_OUT/hesitate")" grep -q "^OFFER $FIRST\$" "$LAB_OUT/hesitate" &&
        because "its answer was $(tail -n 1 "$LAB_OUT/hesitate")" grep -q '^NAK$' "$LAB_OUT/hesitate"
}
gets_another() {
    local next
    next=$(offers each 10.67.0.9 1 1 60 0 | cut -d' ' -f2)
    because "it was offered $next" is_none_of "$next" $FIRST
}
left_alone() {
    offers hesitate 10.67.0.9 1 0 >"$LAB_OUT/hesitate"
    because "its answer was $(tail -n 1 "$LAB_OUT/hesitate")" grep -q "^ACK $FIRST\$" "$LAB_OUT/hesitate" || return
    sleep 6
    because "its renewal failed, see $LAB_OUT/probe.out" probe_as "$(offer_mac 1)" --renew $FIRST
}

# --- one that has every address ---------------------------------------------------------------------------------------

liar() {
    check "a server starts once more" serve
    answers_for_all near "${WHOLE_POOL[@]}"
    offers insist 10.67.0.9 60 1 60 >"$LAB_OUT/offers"
    check "where one answers for every address, every client is offered one still" all_offered 60
    offers insist 10.67.0.9 60 101 60 >"$LAB_OUT/offers"
    check "and so are the next" all_offered 60
    check "a tenth of the pool is on record, and no more" because "there are $(active_conflicts)" [ "$(active_conflicts)" = 12 ]
    check "an alarm is logged" because "no such line" await logged 'ERROR .*more addresses answer probes than can be believed.*subnet="10\.67\.0\.0/24"'
    check "not a line for each address" because "there are $(logged_lines 'ERROR')" test "$(logged_lines 'ERROR')" -le 10
    answers_for_none near "${WHOLE_POOL[@]}"
}
all_offered() {
    local missing
    missing=$(grep -c ' - -$' "$LAB_OUT/offers" || true)
    because "$missing had no answer, of $(wc -l <"$LAB_OUT/offers")" [ "$missing $(wc -l <"$LAB_OUT/offers")" = "0 $1" ] &&
        because "some were offered the same" [ "$(cut -d' ' -f2 "$LAB_OUT/offers" | sort -u | wc -l)" = "$1" ]
}
active_conflicts() { conflicts list | grep -Ec '^10\.67\.0\.[0-9]+ .* active +arp_probe ' || true; }

# --- the life of a conflict -------------------------------------------------------------------------------------------

# A new client asks for it by option 50 each time, so that the address comes up for the probe; without a cache there is no
# stock, which would probe it again on its own. A hold may be over before a look at the record comes to anything: that it
# was one is in the log, when it ends.
life() {
    check "a server with short holds starts" serve 'conflict_hold_time = "8s"' 'max_conflict_count = 3' 'probe_cache_ttl = "0s"' \
        'send_gratuitous_arp = true'
    squats near $FIRST/24
    check "a squatted address is not offered to the client that asks for it" not_offered 02:00:00:67:77:01 $FIRST
    check "it is on record" recorded $FIRST arp_probe $SQUATTER 1 '(active|resolved)'
    check "its hold ends although nobody asks" ended hold_expired
    check "it is on record as resolved" recorded $FIRST arp_probe $SQUATTER 1 resolved
    check "the server starts after kill -9" serve_again
    check "the record is there still" recorded $FIRST arp_probe $SQUATTER 1 resolved
    check "the address is probed again before it is offered" not_offered 02:00:00:67:77:02 $FIRST
    check "that counts" recorded $FIRST arp_probe $SQUATTER 2 '(active|resolved)'
    check "the server starts after kill -9 in the hold" serve_again
    check "the hold is on record still" recorded $FIRST arp_probe $SQUATTER 2 '(active|resolved)'
    check "it ends by itself again" await on_record $FIRST ' 2 resolved$'
    check "a third time it is not offered" not_offered 02:00:00:67:77:03 $FIRST
    check "now it is a permanent conflict" recorded $FIRST arp_probe $SQUATTER 3 permanent
    check "the log has that" because "no such line" await logged "withheld until somebody clears it.*ip=\"$FIRST\""
    gives_up near
    sleep 9
    check "the server starts after kill -9 once more" serve_again
    check "though the squatter is gone and the hold over, it is not offered" not_offered 02:00:00:67:77:04 $FIRST
    check "it can be cleared" conflicts clear $FIRST
    check "the log has that as well" ended manual_clear
    check "then it is offered" is_offered 02:00:00:67:77:05 $FIRST
    announced
}
ended() { because "it was never logged" await logged "address may be given again.*ip=\"$FIRST\".*how=\"$1\""; }
not_offered() {
    local address
    address=$(offered "$1" "$2")
    because "it was offered '$address', see $LAB_OUT/probe.out" test -n "$address" &&
        because "it was offered $address" is_none_of "$address" "$2" none
}
is_offered() {
    local address
    address=$(offered "$1" "$2")
    because "it was offered '$address', see $LAB_OUT/probe.out" [ "$address" = "$2" ]
}

# --- announcements ----------------------------------------------------------------------------------------------------

announced() {
    local address
    capture_start near eth0 arp
    check "a client gets a lease of a server that announces leases" gets_free udhcpc-near
    address=$(client_value udhcpc-near address)
    # The client may have its lease before the frame leaves.
    await capture_has "arp and ether src $SERVER_MAC and arp[6:2] = 1 and arp[24:4] = 0x$(hex_of_ip "${address:-0.0.0.0}")" || true
    capture_end
    check "its address is announced by a gratuitous ARP request" seen "$(announcement 02:00:00:67:00:12 "$address")"
}

# --- exclusions -------------------------------------------------------------------------------------------------------

exclusions() {
    local address=10.67.0.180
    check "an address can be excluded" conflicts exclude $address --reason "the old printer"
    check "then it is not offered" not_offered 02:00:00:67:77:11 $address
    check "the server starts after kill -9 with an exclusion" serve_again
    check "it is not offered still" not_offered 02:00:00:67:77:12 $address
    check "it is listed with its reason" listed_with_reason $address
    check "it can be included again" conflicts include $address
    check "then it is offered" is_offered 02:00:00:67:77:13 $address
}
listed_with_reason() {
    conflicts list --json >"$LAB_OUT/conflicts.json"
    because "see $LAB_OUT/conflicts.json" grep -q 'the old printer' "$LAB_OUT/conflicts.json"
}

# --- without the right to send frames ---------------------------------------------------------------------------------

unprivileged() {
    SERVER_ENTER=(setpriv --bounding-set=-net_raw --inh-caps=-net_raw)
    API=true
    check "a server without CAP_NET_RAW starts" serve
    API=false
    SERVER_ENTER=()
    check "its health is degraded, which is no failure to who asks" health_is_degraded
    check "clients get addresses" gets_free udhcpc-near
    check "those behind the relay too" gets_free dhclient-far
    check "it says once, and loudly, that it cannot probe" warned_once
}
warned_once() {
    local lines
    lines=$(logged_lines '(WARN|ERROR).*[Pp]rob.*CAP_NET_RAW|(WARN|ERROR).*CAP_NET_RAW.*[Pp]rob')
    because "there are $lines such lines" [ "$lines" = 1 ]
}
health_is_degraded() {
    because "it said: $(head -c 300 "$LAB_OUT/health" 2>/dev/null)" await health_says '200.*DEGRADED'
}
health_says() {
    in_ns srv curl -s -m 5 -w '\n%{http_code}' http://127.0.0.1:8067/actuator/health >"$LAB_OUT/health" 2>/dev/null || return 1
    paste -sd' ' "$LAB_OUT/health" | awk '{ print $NF, $0 }' | grep -Eq "$1"
}

# --- other settings ---------------------------------------------------------------------------------------------------

parallel() {
    check "a server that probes in parallel starts" serve 'probe_strategy = "parallel"' 'parallel_probe_count = 3' 'max_probes_per_discover = 1'
    squats near 10.67.0.100/24 10.67.0.101/24
    capture_start near eth0 arp
    check "the first client gets a free address" gets_free udhcpc-near 10.67.0.100 10.67.0.101
    capture_end
    check "the first address was probed" seen "$(arp_probe 10.67.0.100)"
    check "and the second" seen "$(arp_probe 10.67.0.101)"
    check "and the third" seen "$(arp_probe 10.67.0.102)"
    check "both squatted ones are on record" each_recorded arp_probe $SQUATTER 1 10.67.0.100 10.67.0.101
}

disabled() {
    check "a server that does not probe starts" serve 'enabled = false'
    capture_start near eth0 arp
    check "it gives an address that somebody uses" gets_exactly udhcpc-near $FIRST
    capture_end
    check "it sent no probe" unseen "$(arp_probe)"
    check "and knows of no conflict" not_recorded $FIRST
    gives_up near
}

reservations_probed() {
    check "a server that probes reservations, and by ARP alone, starts" serve 'probe_reservations = true' 'icmp_fallback = false'
    squats near 10.67.0.31/24
    squats far 10.68.0.100/24
    capture_start far eth0 icmp
    fresh udhcpc-reserved
    asks udhcpc-reserved
    check "the squatter of a reservation is on record" recorded 10.67.0.31 arp_probe $SQUATTER 1 active
    check "the squatted reservation is not given" not_exactly udhcpc-reserved 10.67.0.31
    check "behind the relay nothing is probed" gets_exactly udhcpc-far 10.68.0.100
    capture_end
    check "no echo request was sent" unseen '.{24}080045.{22}.{16}0800'
    gives_up near
    gives_up far
}
# It goes on asking all the time.
not_exactly() {
    wait_until 6 has_address "$1" || return 0
    because "it got $2" [ "$(client_value "$1" address)" != "$2" ]
}

# --- a thousand at once -----------------------------------------------------------------------------------------------

crowd() {
    local taken=() i
    for i in 0 3 9 27 81 243; do taken+=("10.72.$((4 + i / 256)).$((i % 256))"); done
    check "a server that knows of nothing starts" serve
    for i in "${taken[@]}"; do in_ns station ip address add "$i/20" dev eth1; done
    offers insist 10.72.0.2 1000 1000 60 >"$LAB_OUT/offers"
    check "of 1,000 DISCOVERs at once each gets an OFFER of its own address" all_offered 1000
    check "none of a squatter's" none_squatted "${taken[@]}"
    check "the squatted ones are on record" each_recorded arp_probe 02:00:00:67:66:08 1 "${taken[@]}"
}
none_squatted() {
    local offered
    offered=$(cut -d' ' -f2 "$LAB_OUT/offers" | sort)
    offered=$(comm -12 <(printf '%s\n' "$@" | sort) - <<<"$offered")
    because "these were offered: ${offered//$'\n'/ }" test -z "$offered"
}

# --- the run ----------------------------------------------------------------------------------------------------------

main() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin squat
    unpack_libraries
    if ! lab_suite tcpdump /bin/tcpdump tcpdump || ! need curl curl; then
        cannot_show "squatters" "tcpdump and curl are not to be had"
        lab_summary
        return
    fi
    lay_hosts
    relay_start || die "dhcrelay does not start, see $LAB_OUT/relay.log"
    check "a server with the defaults starts" serve
    local scene
    for scene in ${SCENES:-arp_only own_address reservation_kept ping_only late liar life exclusions unprivileged parallel \
        disabled reservations_probed crowd}; do
        "$scene"
    done
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
