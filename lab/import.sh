#!/usr/bin/env bash
# Coming from another server: configurations that Debian's packages of ISC dhcpd, Kea and dnsmasq ship, and ones as offices
# have them, are served by the server they are for and, imported, by this one. Both are asked the same, and every
# difference between the answers has to stand in lab/import, in NAME.expected, with its reason. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

CASES=$LAB_ROOT/lab/import
PEERS=$LAB_TOOLS/peers
SERVER_MAC=02:00:00:67:00:01
ORIGINAL_PID=
LAB_AT_END=original_stop

# --- the configurations -----------------------------------------------------------------------------------------------

# The example of isc-dhcp-server, with what is commented out in force. Names become addresses, since nobody is asked for
# them here, and the server's own segment is declared, or dhcpd would not start.
isc_sample() {
    sed -E -e 's/^#(subnet|host|class|shared-network)/\1/; s/^#(  .*[;{}]|\})$/\1/' \
        -e 's/ns1\.internal\.example\.org/10.5.5.53/; s/ns1\.example\.org/10.254.239.53/' \
        -e 's/ns2\.example\.org/10.254.239.54/; s/rtr-239-0-1\.example\.org/10.254.239.1/' \
        -e 's/rtr-239-0-2\.example\.org/10.254.239.2/; s/rtr-239-32-1\.example\.org/10.254.239.33/' \
        -e 's/rtr-224\.example\.org/10.17.224.1/; s/rtr-29\.example\.org/10.0.29.1/; s/fantasia\.example\.com/10.5.5.20/' \
        "$PEERS/usr/share/doc/isc-dhcp-server/examples/dhcpd.conf.example"
    say 'subnet 10.67.0.0 netmask 255.255.255.0 { }'
}

# A configuration of Kea's packages, with the interface and the folder of this run.
kea_sample() {
    sed -E -e 's/"interfaces": \[ *\]/"interfaces": [ "eth0" ]/' -e "s|/run/kea/|$LAB_OUT/original/|" \
        -e "s|\"type\": \"memfile\"|&, \"name\": \"$LAB_OUT/original/leases.csv\"|" "$PEERS/$1"
}

# The example of dnsmasq-base, with some of its commented lines in force, for a network behind a relay agent.
dnsmasq_sample() {
    say port=0
    sed -nE '/^#(dhcp-range=192.168.0.50,192.168.0.150,255.255.255.0,12h|dhcp-host=11:22:33:44:55:66,fred,192.168.0.60,45m|dhcp-host=id:01:02:02:04,192.168.0.60|dhcp-option=option:ntp-server,192.168.0.4,10.10.0.5|dhcp-option=23,50|dhcp-option=27,1|dhcp-option=40,welly|dhcp-option=128,e4:45:74:68:00:00|dhcp-option=129,NIC=eepro100|dhcp-option=252,"\\n"|dhcp-option=option:domain-search,eng.apple.com,marketing.apple.com|dhcp-option=option:T1,1m|dhcp-option=option:T2,2m|dhcp-authoritative)$/s/^#//p' \
        "$PEERS/usr/share/doc/dnsmasq-base/examples/dnsmasq.conf.example" | sed 's/01:02:02:04,192.168.0.60/01:02:02:04,192.168.0.61/'
}

# --- the servers ------------------------------------------------------------------------------------------------------

# original_start SERVER CONF: where ours will be, at the same address.
original_start() {
    local folder=$LAB_OUT/original
    mkdir -p "$folder"
    rm -f "$folder"/* && : >"$folder/leases"
    case $1 in
    isc) set -- dhcpd -4 -f -d -cf "$2" -lf "$folder/leases" -pf "$folder/pid" eth0 ;;
    kea) set -- kea-dhcp4 -c "$2" ;;
    dnsmasq) set -- dnsmasq --keep-in-foreground --user=root --conf-file="$2" --pid-file= --dhcp-leasefile="$folder/leases" ;;
    esac
    KEA_PIDFILE_DIR=$folder KEA_LOCKFILE_DIR=none LD_LIBRARY_PATH=$(suite_libraries peers) \
        ip netns exec "$(ns srv)" "$PEERS/usr/sbin/$1" "${@:2}" >"$LAB_OUT/original.log" 2>&1 </dev/null &
    ORIGINAL_PID=$!
    await listens_or_dead "$ORIGINAL_PID" 67 && ! dead "$ORIGINAL_PID"
}

original_stop() {
    [[ -n $ORIGINAL_PID ]] || return 0
    kill -TERM "$ORIGINAL_PID" 2>/dev/null || true
    await dead "$ORIGINAL_PID" || kill -KILL "$ORIGINAL_PID" 2>/dev/null || true
    wait "$ORIGINAL_PID" 2>/dev/null || true
    ORIGINAL_PID=
}

# imported_start SERVER CONF
imported_start() {
    rm -rf "$LAB_OUT/store" "$LAB_OUT/config.toml"
    server_command import "$1" "$2" --interface eth0 --out "$LAB_OUT/config.toml"
    "${SERVER_COMMAND[@]}" >"$LAB_OUT/import.log" 2>&1 || return 1
    sed -i "s|^\[server\]|&\nlease_db = \"$LAB_OUT/store\"|" "$LAB_OUT/config.toml"
    # Probes are off: the answers alone are compared, and the networks of the examples are nowhere.
    printf '\n[%s]\nenabled = false\n' api conflict_detection >>"$LAB_OUT/config.toml"
    server_start srv
}

# --- the comparison ---------------------------------------------------------------------------------------------------

answers() { java_tool station ImportAsker eth0 "$SERVER_MAC" 10.67.0.1 "$CASES/$1.ask"; }

# What this server says of itself, whatever it serves: T1 and T2 with every lease (RFC 2131 section 4.4.5), the broadcast
# address to whoever asks for it, the client identifier as it came (RFC 6842).
said_anyway() { sed -E '/^> [^ ]+ (28|58|59|61) /d'; }

differences() { { diff "$LAB_OUT/$1.original" "$LAB_OUT/$1.ours" || true; } | grep '^[<>]' | said_anyway | LC_ALL=C sort; }
expected() { [[ ! -f $CASES/$1.expected ]] || { grep -v '^#' "$CASES/$1.expected" || true; } | LC_ALL=C sort; }

# answers_alike NAME SERVER CONF
answers_alike() {
    local name=$1 server=$2 conf=$3
    original_start "$server" "$conf" || { WHY="$server does not start with it, see $LAB_OUT/original.log"; return 1; }
    answers "$name" >"$LAB_OUT/$name.original"
    original_stop
    because "none of its questions was answered by $server" grep -q yiaddr "$LAB_OUT/$name.original" || return 1
    imported_start "$server" "$conf" || { WHY="it cannot be served, see $LAB_OUT/import.log"; return 1; }
    answers "$name" >"$LAB_OUT/$name.ours"
    cp "$LAB_OUT/config.toml" "$LAB_OUT/$name.toml"
    server_stop || true
    differences "$name" >"$LAB_OUT/$name.differences"
    expected "$name" | LC_ALL=C comm -13 - "$LAB_OUT/$name.differences" >"$LAB_OUT/$name.unexpected"
    expected "$name" | LC_ALL=C comm -23 - "$LAB_OUT/$name.differences" | sed 's/^/# not different any more: /' |
        while IFS= read -r line; do report "$line"; done
    [[ -s $LAB_OUT/$name.unexpected ]] || return 0
    WHY="not among the differences of $CASES/$name.expected: $(tr '\n' ';' <"$LAB_OUT/$name.unexpected" | cut -c1-600)"
    return 1
}

lay_ground() {
    add_ns srv
    add_ns station
    cable srv eth0 station eth0 "$SERVER_MAC"
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns srv ip route add default via 10.67.0.2
    in_ns station ip address add 10.67.0.2/24 dev eth0
}

main() {
    local obstacle kea=usr/share/doc/kea/examples/kea4
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin import
    unpack_libraries
    [[ -x $PEERS/usr/sbin/dnsmasq ]] || one_at_a_time unpack "$PEERS" isc-dhcp-server kea-dhcp4-server kea-doc dnsmasq-base
    if [[ ! -x $PEERS/usr/sbin/dnsmasq ]]; then
        cannot_show "imports" "the other servers are not to be had"
        lab_summary
        return
    fi
    lay_ground
    isc_sample >"$LAB_OUT/isc-sample.conf"
    kea_sample etc/kea/kea-dhcp4.conf >"$LAB_OUT/kea-sample.conf"
    kea_sample "$kea/multiple-options.json" >"$LAB_OUT/kea-options.conf"
    kea_sample "$kea/several-subnets.json" >"$LAB_OUT/kea-subnets.conf"
    kea_sample "$kea/reservations.json" >"$LAB_OUT/kea-reservations.conf"
    dnsmasq_sample >"$LAB_OUT/dnsmasq-sample.conf"
    check "ISC dhcpd's example, in force" answers_alike isc-sample isc "$LAB_OUT/isc-sample.conf"
    check "an office's dhcpd.conf" answers_alike isc-office isc "$CASES/isc-office.conf"
    check "Debian's kea-dhcp4.conf" answers_alike kea-sample kea "$LAB_OUT/kea-sample.conf"
    check "Kea's example of options" answers_alike kea-options kea "$LAB_OUT/kea-options.conf"
    check "Kea's example of several subnets" answers_alike kea-subnets kea "$LAB_OUT/kea-subnets.conf"
    check "Kea's example of reservations" answers_alike kea-reservations kea "$LAB_OUT/kea-reservations.conf"
    check "dnsmasq's example, some lines in force" answers_alike dnsmasq-sample dnsmasq "$LAB_OUT/dnsmasq-sample.conf"
    check "an office's dnsmasq.conf" answers_alike dnsmasq-office dnsmasq "$CASES/dnsmasq-office.conf"
    lab_summary
}

main
