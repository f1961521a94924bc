#!/usr/bin/env bash
# Moves to athena-dhcpd as 'import' does them, and what clients notice: configurations that Debian's packages of ISC dhcpd,
# Kea and dnsmasq ship, and ones as offices have them, are served by the server they are for and, imported, by this one.
# Both are asked the same; where answers differ, the difference has to be one that is listed here. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

LIBRARIES=/tmp/imp
SAMPLES=/tmp/imp/import
ORIGINAL_PID=
LAB_AT_END=original_stop

# --- the servers ------------------------------------------------------------------------------------------------------

# original_start SERVER CONF: in the place where the other one will be.
original_start() {
    local folder=$LAB_OUT/original
    rm -rf "$folder" && mkdir -p "$folder"
    : >"$folder/leases"
    case $1 in
    isc) set -- "$LAB_TOOLS/dhcpd" -4 -f -d -cf "$2" -lf "$folder/leases" -pf "$folder/pid" eth0 ;;
    kea) set -- env KEA_PIDFILE_DIR="$folder" KEA_LOCKFILE_DIR=none KEA_DHCP_DATA_DIR="$folder" \
        LD_LIBRARY_PATH="$(suite_libraries kea)" "$(suite_file kea /sbin/kea-dhcp4)" -c "$2" ;;
    dnsmasq) set -- env LD_LIBRARY_PATH="$(suite_libraries dnsmasq)" "$(suite_file dnsmasq /sbin/dnsmasq)" --keep-in-foreground --log-dhcp --user=root --conf-file="$2" --pid-file= \
        --dhcp-leasefile="$folder/leases" ;;
    esac
    ip netns exec "$(ns srv)" "$@" >"$LAB_OUT/original.log" 2>&1 </dev/null &
    ORIGINAL_PID=$!
    wait_until 10 listens_or_dead "$ORIGINAL_PID" 67 && ! dead "$ORIGINAL_PID"
}

original_stop() {
    [[ -n $ORIGINAL_PID ]] || return 0
    kill -TERM "$ORIGINAL_PID" 2>/dev/null || true
    wait_until 5 dead "$ORIGINAL_PID" || kill -KILL "$ORIGINAL_PID" 2>/dev/null || true
    wait "$ORIGINAL_PID" 2>/dev/null || true
    ORIGINAL_PID=
}

# imported_start SERVER CONF
imported_start() {
    rm -rf "$LAB_OUT/store" "$LAB_OUT/config.toml"
    server_command import "$1" "$2" --interface eth0 --out "$LAB_OUT/config.toml"
    "${SERVER_COMMAND[@]}" >"$LAB_OUT/import.log" 2>&1 || return 1
    sed -i "s|^\[server\]|&\nlease_db = \"$LAB_OUT/store\"|" "$LAB_OUT/config.toml"
    printf '\n[api]\nenabled = false\n' >>"$LAB_OUT/config.toml"
    server_start srv
}

# --- the comparison ---------------------------------------------------------------------------------------------------

answers() {
    in_ns station "${LAB_JAVA:-java}" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -cp "/tmp/imp/tc:$LIBRARIES/lib/*" \
        io.athena.dhcpd.app.load.ImportAsker eth0 02:00:00:67:00:01 10.67.0.1 "$SAMPLES/$1.ask"
}

# compare NAME SERVER CONF
compare() {
    local name=$1 server=$2 conf=$3 log=$LAB_OUT/$1
    original_start "$server" "$conf" || { WHY="$server does not start with it: $(tail -n 2 "$LAB_OUT/original.log")"; return 1; }
    answers "$name" >"$log.original"
    cp "$LAB_OUT/original.log" "$log.original.log"
    original_stop
    imported_start "$server" "$conf" || { WHY="it cannot be served: $(tail -n 3 "$LAB_OUT/import.log")"; return 1; }
    answers "$name" >"$log.ours"
    cp "$LAB_OUT/config.toml" "$log.toml"
    server_stop || return 1
    diff "$log.original" "$log.ours" >"$log.diff" || true
}
LAB_JAR=/tmp/imp/athena-dhcpd.jar
lab_begin importtry
add_ns srv; add_ns station; cable station eth0 srv eth0 02:00:00:67:00:02
in_ns srv ip link set eth0 down; in_ns srv ip link set eth0 address 02:00:00:67:00:01; in_ns srv ip link set eth0 up
in_ns srv ip address add 10.67.0.1/24 dev eth0; in_ns station ip address add 10.67.0.2/24 dev eth0
in_ns srv ip route add default via 10.67.0.2
lab_tool dhcpd isc-dhcp-server; lab_suite dnsmasq /sbin/dnsmasq dnsmasq-base; lab_suite kea /sbin/kea-dhcp4 kea-dhcp4-server
for c in "${@}"; do set -- ${c//:/ }; WHY=; compare "$1" "$2" "$3" || echo "FAILED $1: $WHY"; echo "=== $1"; cat $LAB_OUT/$1.diff 2>/dev/null ||:; done
