#!/usr/bin/env bash
# Names in DNS, with real clients and real name servers. For each way of updating (BIND, Knot DNS and PowerDNS by DNS UPDATE,
# PowerDNS by its HTTP API), all at once: a lease puts its name into DNS, the name moves with the client, changes, and goes
# with release and expiry; what is somebody else's stays; hostile names end as harmless ones. Then with BIND alone: a wrong
# key, a name server that is away, kill -9 and SIGTERM between ACK and update, a delegated reverse zone, drift and its repair,
# DNS switched off and on. dig is the judge. Needs root; about 2 minutes.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/dns.sh
. "$(dirname "$0")/dns.sh"

DDNS=true
KEY_SECRET=$SECRET

write_config() {
    {
        cat <<TOML
[server]
interface = ["eth0"$(printf ', "eth-%s"' "${WAYS[@]}")]
lease_db = "$LAB_OUT/store"
log_level = "debug"

[defaults]
lease_time = "2h"

[[class]]
name = "short"
match_vendor_class = "short*"
lease_time = "45s"

[conflict_detection]
enabled = false

[ddns]
enabled = $DDNS
retry_backoff = "200ms"
retry_max_backoff = "2s"

[ddns.forward]
zone = "$ZONE"
$(target bind key-hmac-sha256)

[ddns.reverse]
zone = "10.10.in-addr.arpa"
$(target bind key-hmac-sha256)

[[ddns.zone_override]]
subnet = "203.0.113.0/25"
reverse_zone = "0/25.113.0.203.in-addr.arpa"
$(target bind key-hmac-sha1)

[[ddns.zone_override]]
subnet = "192.0.2.0/24"
forward_zone = "big.example.net"
reverse_zone = "2.0.192.in-addr.arpa"
$(target knot key-hmac-sha512)

[[subnet]]
network = "203.0.113.0/25"
  [[subnet.pool]]
  range_start = "203.0.113.10"
  range_end = "203.0.113.100"

[[subnet]]
network = "192.0.2.0/24"
  [[subnet.pool]]
  range_start = "192.0.2.10"
  range_end = "192.0.2.100"
TOML
        local way
        for way in "${WAYS[@]}"; do way_config "$way"; done
    } >"$LAB_OUT/config.toml"
}

way_config() {
    [[ $1 == bind ]] || cat <<TOML

[[ddns.zone_override]]
subnet = "$(direct "$1").0/20"
forward_zone = "$ZONE"
reverse_zone = "10.10.in-addr.arpa"
$(target "$1" key-hmac-sha256)
TOML
    cat <<TOML

[[subnet]]
network = "$(direct "$1").0/24"
  [[subnet.pool]]
  range_start = "$(direct "$1").100"
  range_end = "$(direct "$1").199"
  [[subnet.reservation]]
  identifier = "0x00$(hex_of fixed)"
  ip = "$(direct "$1").50"
  ddns_hostname = "printer-$1"

[[subnet]]
network = "$(far "$1").0/24"
  [[subnet.pool]]
  range_start = "$(far "$1").100"
  range_end = "$(far "$1").199"
TOML
}

# target WAY KEY
target() {
    if [[ $1 == api ]]; then
        say 'method = "powerdns_api"' "server = \"http://127.0.0.1:$API_PORT\"" "api_key = \"$API_KEY\""
    else
        say "server = \"127.0.0.1:${PORT[$1]}\"" "tsig_name = \"$2\"" "tsig_algorithm = \"${2#key-}\"" \
            "tsig_secret = \"$KEY_SECRET\""
    fi
}

reload() {
    local before
    before=$(grep -c 'was taken over' "$LAB_OUT/server.log" || true)
    write_config
    kill -HUP "$SERVER_PID"
    because "the configuration was not taken over" await taken_over "$before"
}
taken_over() { (($(grep -c 'was taken over' "$LAB_OUT/server.log") > $1)); }

names() { server_command names "$@" --config "$LAB_OUT/config.toml" && "${SERVER_COMMAND[@]}" >"$LAB_OUT/names.out" 2>&1; }

# --- each way ---------------------------------------------------------------------------------------------------------

run_way() {
    local way=$1
    check "$way: a lease has A, DHCID and PTR" first_lease "$way"
    check "$way: option 81 in the ACK says the name that DNS gets" fqdn_answered "$way"
    check "$way: a client that wants nothing in DNS is told so" nothing_wanted "$way"
    check "$way: a renewal with another host name replaces the name" renamed "$way"
    check "$way: the name moves with its client to another network" moves "$way"
    check "$way: and back again, although the lease elsewhere lasts" is_back "$way"
    check "$way: and again when it has given the lease elsewhere back" is_home "$way"
    check "$way: a reservation's name counts, whatever the client says" reserved "$way"
    check "$way: a name of somebody else in DNS stays, and the client has its lease" foreign_stays "$way"
    check "$way: when they give it up, the client has it with its next renewal" foreign_gone "$way"
    check "$way: a name of another client stays, and the second one gets one made of its MAC" rival "$way"
    check "$way: dhclient has its name, and its release takes all of it away" released "$way"
    check "$way: hostile host names end as harmless ones" hostile "$way"
    check "$way: a text without a letter ends as a name made of the MAC" letterless "$way"
    check "$way: the end of a lease takes its name away" expires "$way"
    check "$way: a client that wanted nothing in DNS still has nothing there" unnamed "$way" "quiet-$way"
}

first_lease() {
    take "$1" short -x "hostname:short-$1" -V short && named "$1" "short-$1" "$(address_of "$1" short)" &&
        take "$1" first -x "hostname:Laptop-$1" && named "$1" "laptop-$1" "$(address_of "$1" first)"
}

# RFC 4702 section 2: flags, two bytes that mean nothing any more, the name in wire format (flag E); 01 is S, 08 is N.
fqdn_answered() {
    local told
    take "$1" phone -x "0x51:050000$(wire_of "phone-$1")" && named "$1" "phone-$1" "$(address_of "$1" phone)" || return
    told=$(cat "$LAB_OUT/$1-phone/fqdn" 2>/dev/null)
    because "it was told '$told'" test "${told:0:2}${told:6}" = "05$(wire_of "phone-$1.$ZONE")00"
}

nothing_wanted() {
    local told
    take "$1" quiet -x "0x51:0c0000$(wire_of "quiet-$1")" -x "hostname:quiet-$1" || return
    told=$(cat "$LAB_OUT/$1-quiet/fqdn" 2>/dev/null)
    because "its flags are '${told:0:2}'" test "${told:0:2}" = 0c
}

renamed() {
    local address
    address=$(address_of "$1" first)
    ask "$1" first --link "$(direct "$1").1" --option "hostname=renamed-$1" --renew "$address" && named "$1" "renamed-$1" "$address" &&
        unnamed "$1" "laptop-$1"
}

moves() {
    ask "$1" first --link "$(far "$1").1" --option "hostname=renamed-$1" && named "$1" "renamed-$1" "$PROBED" &&
        because "it got $PROBED" test "${PROBED%.*}" = "$(far "$1")"
}

is_back() { take "$1" first -x "hostname:renamed-$1" && named "$1" "renamed-$1" "$(address_of "$1" first)"; }

is_home() {
    moves "$1" && ask "$1" first --link "$(far "$1").1" --release "$PROBED" && unnamed "$1" "renamed-$1" && is_back "$1"
}

reserved() {
    take "$1" fixed -x "hostname:other-$1" && named "$1" "printer-$1" "$(direct "$1").50" && unnamed "$1" "other-$1"
}

foreign_stays() {
    local name=foreign-$1.$ZONE
    take "$1" late -x "hostname:foreign-$1" &&
        because "nobody said so" await grep -q "$name belongs to somebody else" "$LAB_OUT/server.log" &&
        because "$name is '$(look "$1" "$name" A)'" says "$1" "$name" A 192.0.2.77 &&
        because "it has a DHCID" nothing "$1" "$name" DHCID &&
        because "its address has a PTR" nothing "$1" "$(reverse_of "$(address_of "$1" late)")" PTR
}
foreign_gone() {
    by_hand "$1" "update delete foreign-$1.$ZONE A" && take "$1" late -x "hostname:foreign-$1" &&
        named "$1" "foreign-$1" "$(address_of "$1" late)"
}

rival() {
    local made
    made=dhcp-$(mac_of "$1" | tr -d :)
    take "$1" rival -x "hostname:phone-$1" && named "$1" "$made" "$(address_of "$1" rival)" &&
        named "$1" "phone-$1" "$(address_of "$1" phone)"
}

released() {
    dhclient_start "$1" "send host-name \"tablet-$1\";"
    because "dhclient had no address" await something_known "$1" || return
    local address
    address=$(client_value "$1" address)
    named "$1" "tablet-$1" "$address" && dhclient_release "$1" && unnamed "$1" "tablet-$1" "$address"
}
something_known() { [[ -n $(client_value "$1" address) ]]; }

# What a client says, and the name it gets; the last one is as long as an option of several parts can carry.
hostile() {
    local way=$1 number=0 said name
    while IFS='|' read -r said name; do
        number=$((number + 1))
        take "$way" "hostile$number" -x "0x0c:$(printf %b "$said" | hex)" &&
            named "$way" "${name//WAY/$way}" "$(address_of "$way" "hostile$number")" || return
    done <<HOSTILE
b\\0303\\0274ro.$way.$ZONE|xn--bro-hoa.WAY
evil-$way\\nupdate|evil-WAY-update
"q'uote-$way"; drop|q-uote-WAY-drop
\$(x$way)|xWAY
up-$way/../../etc|up-WAY
elsewhere-$way.big.example.net|elsewhere-WAY
;dot-$way.$ZONE.|dot-WAY
HOSTILE
    ask "$way" long --link "$(far "$way").1" --option "hostname=$(printf "l$way%.0s" {1..75})" &&
        named "$way" "$(printf "l$way%.0s" {1..75} | cut -c 1-63)" "$PROBED"
}

letterless() {
    local mac=02:00:00:67:66:${NETWORK[$1]}
    in_ns "$1" ip link set eth0 address "$mac"
    take "$1" letterless -x "0x0c:$(printf '../..\n\377' | hex)" &&
        named "$1" "dhcp-${mac//:/}" "$(address_of "$1" letterless)"
}

expires() { unnamed "$1" "short-$1" "$(address_of "$1" short)"; }

run_ways() {
    local way
    : >"$LAB_OUT/results"
    for way in "${WAYS[@]}"; do
        (
            report() { say "$1"; }
            run_way "$way"
        ) >"$LAB_OUT/results-$way" 2>>"$LAB_OUT/ways.err" &
        WAY_PIDS+=($!)
    done
    wait "${WAY_PIDS[@]}" || true
    for way in "${WAYS[@]}"; do cat "$LAB_OUT/results-$way"; done >"$LAB_OUT/results"
    show_results all
    check "every way came to its end" because "see $LAB_OUT/ways.err" test "$(wc -l <"$LAB_OUT/results")" = $((16 * ${#WAYS[@]}))
}
WAY_PIDS=()

# --- BIND alone -------------------------------------------------------------------------------------------------------

delegated() {
    ask bind delegated --link 203.0.113.1 --option hostname=delegated &&
        because "no A" await says bind delegated.$ZONE A "$PROBED" &&
        because "no PTR" await says bind "${PROBED##*.}.0/25.113.0.203.in-addr.arpa" PTR "delegated.$ZONE."
}

elsewhere() {
    ask knot elsewhere --link 192.0.2.1 --option hostname=elsewhere &&
        because "no A" await says knot elsewhere.big.example.net A "$PROBED" &&
        because "no PTR" await says knot "$(reverse_of "$PROBED")" PTR elsewhere.big.example.net. &&
        because "it is at BIND as well" nothing bind elsewhere.big.example.net A
}

wrong_key() {
    KEY_SECRET=$WRONG reload && take bind keyless -x hostname:keyless &&
        because "the log does not say BADSIG" await grep -q 'Names wait for the name server.*BADSIG' "$LAB_OUT/server.log" &&
        because "the name is there" nothing bind keyless.$ZONE A
}
wrong_key_shown() {
    await names_status_says BADSIG || { WHY="names status: $(cat "$LAB_OUT/names.out")"; return 1; }
    server_command status --config "$LAB_OUT/config.toml"
    "${SERVER_COMMAND[@]}" >"$LAB_OUT/status.out" 2>&1 || true
    because "status: $(cat "$LAB_OUT/status.out")" grep -q BADSIG "$LAB_OUT/status.out" || return
    await health_is_had || { WHY="the health endpoint does not answer"; return 1; }
    because "health: $(cat "$LAB_OUT/health.out")" grep -q 'DEGRADED' "$LAB_OUT/health.out" &&
        because "health: $(cat "$LAB_OUT/health.out")" grep -q BADSIG "$LAB_OUT/health.out"
}
names_status_says() { names status && grep -q "$1" "$LAB_OUT/names.out"; }
health_is_had() {
    in_ns srv "$LAB_TOOLS/busybox" wget -q -O "$LAB_OUT/health.out" http://127.0.0.1:8067/actuator/health 2>>"$LAB_OUT/ways.err"
}
right_key() { reload && named bind keyless "$(address_of bind keyless)"; }
no_secret_shown() {
    because "a secret or key is in a log or an answer" \
        test -z "$(grep -lF -e $SECRET -e $WRONG -e $API_KEY "$LAB_OUT"/server.log "$LAB_OUT"/*.out)"
}

# take_some PREFIX: three clients get leases.
take_some() {
    local number
    for number in 1 2 3; do take bind "$1$number" -x "hostname:$1$number" || return; done
}
some_named() {
    local number
    for number in 1 2 3; do named bind "$1$number" "$(address_of bind "$1$number")" || return; done
}

away() {
    dns_kill bind
    take_some away || return
    await names_status_says 'to be done: 3' || { WHY="names status: $(cat "$LAB_OUT/names.out")"; return 1; }
    because "names reconcile exits with 0 although nothing could be compared" not names reconcile &&
        told 'leases could not be compared'
}
back() { dns_start bind && some_named away; }
# BIND tells of each record that it adds. After 5 s without an answer the server has to ask again: a second one that long
# after the first is a busy BIND's.
once_each() {
    local number count
    for number in 1 2 3; do
        count=$(awk -v what="adding an RR at '$1$number.$ZONE' A" 'index($0, what) {
            split($2, time, ":")
            at = time[1] * 3600 + time[2] * 60 + time[3]
            if (!count || (at - last + 86400) % 86400 < 5) count++
            last = at
        } END { print count + 0 }' "$LAB_OUT/bind.log")
        because "$1$number was added $count times" test "$count" = 1 || return
    done
}

killed_between() {
    dns_kill bind
    take_some killed || return
    server_crash
    dns_start bind
    because "a name is there already" nothing bind killed1.$ZONE A
    because "the server does not start" server_start srv && some_named killed
}

stopped_between() {
    kill -STOP "${DNS_PID[bind]}"
    take_some stopped || return
    # Within the time that the server gives itself, or its exit code is not 0.
    server_stops_cleanly && dns_kill bind && dns_start bind && because "a name is there already" nothing bind stopped1.$ZONE A &&
        because "the server does not start" server_start srv && some_named stopped
}

switched_off() {
    DDNS=false reload && take bind unnamed -x hostname:unnamed || return
    because "names status: $(cat "$LAB_OUT/names.out")" names_are_off && named bind away1 "$(address_of bind away1)" &&
        because "it has a name" nothing bind unnamed.$ZONE A
}
names_are_off() { ! names status && grep -q 'puts no names into DNS' "$LAB_OUT/names.out"; }
switched_on() {
    reload && take bind again -x hostname:again && named bind again "$(address_of bind again)" &&
        take bind unnamed -x hostname:unnamed && named bind unnamed "$(address_of bind unnamed)"
}

# A missing A, a wrong PTR, and all of a name whose lease is over, put back as a name server from a backup would.
drift() {
    local address over dhcid
    address=$(address_of bind away2)
    take bind over -x hostname:over -V short && over=$(address_of bind over) && named bind over "$over" || return
    dhcid=$(look bind over.$ZONE DHCID)
    ask bind over --release "$over" && unnamed bind over "$over" || return
    by_hand bind "update delete away1.$ZONE A" "update add over.$ZONE 300 A $over" "update add over.$ZONE 300 DHCID $dhcid" \
        "update add keepme.$ZONE 300 A 192.0.2.78" &&
        BY_HAND_ZONE=10.10.in-addr.arpa by_hand bind "update delete $(reverse_of "$address") PTR" \
            "update add $(reverse_of "$address") 300 PTR wrong.$ZONE." &&
        because "reconcile did not exit with 1" not names reconcile &&
        told '^address_missing .*away1' '^pointer_missing .*away2' '^address_left .*over' ' 3 differences, 0 being put right' &&
        because "something was repaired" nothing bind away1.$ZONE A
}
# told PATTERN...: the last answer has all of them.
told() {
    local pattern
    for pattern in "$@"; do because "$(cat "$LAB_OUT/names.out")" grep -q "$pattern" "$LAB_OUT/names.out" || return; done
}
not() { ! "$@"; }
repaired() {
    names reconcile --repair || true
    told ' 3 differences, 3 being put right' &&
        some_named away && unnamed bind over &&
        because "a foreign record is gone" says bind keepme.$ZONE A 192.0.2.78 &&
        because "differences are left: $(cat "$LAB_OUT/names.out")" await nothing_differs
}
nothing_differs() { names reconcile && grep -q ' 0 differences' "$LAB_OUT/names.out"; }

run_bind() {
    check "a delegated reverse zone (RFC 2317) takes its PTR" delegated
    check "a subnet with zones of its own has them on another name server, by another key" elsewhere
    check "with a wrong key leases are served, and the log says BADSIG" wrong_key
    check "names status, status and the health endpoint say so" wrong_key_shown
    check "the right key and SIGHUP put the name into DNS" right_key
    check "no log and no answer shows a secret" no_secret_shown
    check "leases are served while the name server is away, and their names wait" away
    check "when it is back the names appear" back
    check "each of them was added once" once_each away
    check "kill -9 between ACK and update: the names appear after the start" killed_between
    check "and each was added once" once_each killed
    check "SIGTERM does not wait for a name server that hangs, and the names appear after the next start" stopped_between
    check "switched off by SIGHUP no lease gets a name, and those that are there stay" switched_off
    check "switched on again they get them" switched_on
    check "names reconcile finds a missing A, a wrong PTR and a left-over A, and changes nothing" drift
    check "with --repair they are right, and a foreign record is left alone" repaired
    check "the server stops" server_stops_cleanly
}

main() {
    local obstacle kind way
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin names
    for kind in bind knot pdns; do
        "$LAB_ROOT/lab/nameservers.sh" have $kind || {
            cannot_show "names in DNS" "$kind is neither installed nor among the packages"
            lab_summary
            return
        }
    done
    find_dig
    lay_links
    write_config
    for kind in bind knot pdns; do dns_start $kind; done
    for way in "${WAYS[@]}"; do by_hand "$way" "update add foreign-$way.$ZONE 300 A 192.0.2.77" || die "nsupdate failed"; done
    server_start srv || die "the server does not start, see $LAB_OUT/server.log"
    run_ways
    run_bind
    lab_summary
}

main
