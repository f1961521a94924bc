# The tools of lab/matrix.sh that ask and go: nmap's discovery scripts, dhcping and perfdhcp, from a station at each place.
# shellcheck shell=bash

PLACES=(direct relayed giaddr)
NMAP=(nmap /bin/nmap)
PERFDHCP=(perfdhcp /sbin/perfdhcp)

station_prefix() { segment "station-$1"; }
station_mac() {
    case $1 in
    direct) say 02:00:00:67:03:01 ;;
    relayed) say 02:00:00:67:03:02 ;;
    *) say 02:00:00:67:03:03 ;;
    esac
}
station_reservation() { reservation "mac = \"$(station_mac "$1")\"" "$(station_prefix "$1").9"; }

# dhcping and nmap speak from an address that the station has.
lay_stations() {
    local place prefix
    for place in "${PLACES[@]}"; do
        prefix=$(station_prefix "$place")
        add_ns "station-$place"
        plug "station-$place" "$(station_mac "$place")" "$(switch_of "station-$place")"
        in_ns "station-$place" ip address add "$prefix.9/24" dev eth0
        [[ $place == direct ]] || in_ns "station-$place" ip route add 10.67.0.0/24 via "$prefix.1"
    done
}

# at STATION SUITE COMMAND...: runs a command at a station, with the libraries of its suite.
at() {
    local place=$1 suite=$2
    shift 2
    in_ns "station-$place" timeout 60 env "LD_LIBRARY_PATH=$(suite_libraries "$suite")" "$@"
}

nmap_at() {
    local place=$1 data=()
    shift
    [[ ! -d $LAB_TOOLS/nmap ]] || data=(--datadir "$LAB_TOOLS/nmap/usr/share/nmap")
    at "$place" nmap "$(suite_file "${NMAP[@]}")" "${data[@]}" "$@"
}

says() { grep -q "$1" "$2"; }

# Asked again when nothing was heard: the scripts wait for a fixed time, which a busy machine may need.
discovery() {
    local log=$LAB_OUT/nmap-discover-$1.log prefix
    prefix=$(station_prefix "$1")
    await discovery_is_answered "$1" "$log" || true
    because "no address was offered, see $log" says "IP Offered: ${prefix//./\\.}\\." "$log" &&
        because "no mask, see $log" says 'Subnet Mask: 255\.255\.255\.0' "$log" &&
        because "no router, see $log" says "Router: ${prefix//./\\.}\\.1" "$log" &&
        because "no name servers, see $log" says 'Domain Name Server: 10\.67\.0\.53, 10\.67\.0\.54' "$log" &&
        because "no domain, see $log" says 'Domain Name: lab\.example' "$log"
}
discovery_is_answered() {
    nmap_at "$1" --script broadcast-dhcp-discover -e eth0 >"$2" 2>&1 && says 'IP Offered' "$2"
}

information() {
    local log=$LAB_OUT/nmap-inform-$1.log prefix
    prefix=$(station_prefix "$1")
    await information_is_answered "$1" "$log" || true
    because "no DHCPACK, see $log" says 'DHCP Message Type: DHCPACK' "$log" &&
        because "no router, see $log" says "Router: ${prefix//./\\.}\\.1" "$log"
}
information_is_answered() {
    nmap_at "$1" -Pn -n -sU -p 67 --script dhcp-discover 10.67.0.1 >"$2" 2>&1 && says DHCPACK "$2"
}

# ping PLACE NAME OPTION...
ping() {
    local place=$1 log=$LAB_OUT/dhcping-$2-$1.log
    shift 2
    because "see $log" in_ns "station-$place" timeout 60 "$LAB_TOOLS/dhcping" "$@" -t 20 -c "$(station_prefix "$place").9" \
        -s 10.67.0.1 -h "$(station_mac "$place")" >"$log" 2>&1 &&
        because "see $log" says 'Got answer from: 10.67.0.1' "$log"
}

# perfdhcp plays a relay agent of 40 clients; again when a busy machine made it give up too soon. exchanges NAME OPTION...
exchanges() {
    local log=$LAB_OUT/perfdhcp-$1.log
    shift
    because "an exchange was lost, see $log" await none_is_lost "$log" "$@"
}
none_is_lost() {
    local log=$1
    shift
    at direct perfdhcp "$(suite_file "${PERFDHCP[@]}")" -4 -r 20 -R 40 -n 40 -W 2000000 "$@" -l eth0 10.67.0.1 \
        >"$log" 2>&1 && [[ $(grep -c 'drops: 0$' "$log") == 2 ]]
}

check_askers() {
    local place
    if lab_suite "${NMAP[@]}" nmap; then
        for place in "${PLACES[@]}"; do
            check "nmap-$place broadcast-dhcp-discover is offered an address, mask, router, domain and name servers" \
                discovery "$place"
            check "nmap-$place dhcp-discover is told the parameters" information "$place"
        done
        not_applicable "nmap renew, rebind, release, reboot" "it asks and takes nothing"
    else
        cannot_show nmap "it is not to be had (package nmap)"
    fi
    # It looks its ports up by name.
    if lab_tool dhcping dhcping && { [[ -e /etc/services ]] || apt_install netbase; }; then
        for place in "${PLACES[@]}"; do
            check "dhcping-$place gets an answer to its REQUEST" ping "$place" request
            check "dhcping-$place gets an answer to its INFORM" ping "$place" inform -i
        done
        not_applicable "dhcping acquire, rebind, reboot" "it asks for an address that it has, and releases it"
    else
        cannot_show dhcping "it is not to be had (package dhcping)"
    fi
    if lab_suite "${PERFDHCP[@]}" kea-admin; then
        check "perfdhcp-giaddr loses no exchange of 40" exchanges giaddr
        check "perfdhcp-relayed loses no exchange of 40 with option 82" exchanges relayed -o 82,0104706f7274
        not_applicable "perfdhcp direct" "it is a relay agent itself"
    else
        cannot_show perfdhcp "it is not to be had (package kea-admin)"
    fi
}
