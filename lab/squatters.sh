# What lab/squat.sh is made of: hosts that use addresses which nobody gave them, the server with a conflict section, what it
# has on record, and the frames on a cable. Source it after lib.sh.
# shellcheck shell=bash

SERVER_MAC=02:00:00:67:00:01
CAPTURE_PID=
CAPTURE_AT=()

# --- the server -------------------------------------------------------------------------------------------------------

# write_config [LINE]...: with these lines in the conflict section. API says whether the web layer is wanted.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = ["eth0", "eth1"]
lease_db = "$LAB_OUT/store"
log_level = "debug"

[conflict_detection]
$(printf '%s\n' "$@")

[defaults]
lease_time = "1h"

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.219"

  [[subnet.reservation]]
  mac = "02:00:00:67:00:31"
  ip = "10.67.0.31"

[[subnet]]
network = "10.68.0.0/24"
routers = ["10.68.0.1"]

  [[subnet.pool]]
  range_start = "10.68.0.100"
  range_end = "10.68.0.219"

[[subnet]]
network = "10.72.0.0/20"

  [[subnet.pool]]
  range_start = "10.72.4.0"
  range_end = "10.72.9.255"

[api]
enabled = ${API:-false}
TOML
}

# serve [LINE]...: a server that knows of nothing, with these lines in its conflict section.
serve() {
    [[ -z $SERVER_PID ]] || server_stop || true
    rm -rf "$LAB_OUT/store"
    [[ ! -e $LAB_OUT/server.log ]] || cat "$LAB_OUT/server.log" >>"$LAB_OUT/server-before.log"
    : >"$LAB_OUT/server.log"
    write_config "$@"
    serving
}

# serve_again: after kill -9.
serve_again() {
    server_crash
    serving
}

# It listens a moment before it serves.
serving() {
    local before
    before=$(logged_lines 'Server Serving')
    because "it was not listening in time" server_start srv &&
        because "it did not serve in time" await serves_again "$before"
}
serves_again() { (($(logged_lines 'Server Serving') > $1)); }

# conflicts VERB [ARGUMENT]...: the sub-command; the server may still be on its way to its control socket.
conflicts() {
    server_command conflicts --config "$LAB_OUT/config.toml" "$@"
    "${SERVER_COMMAND[@]}" 2>>"$LAB_OUT/conflicts.err"
}

# conflict_of ADDRESS: method, MAC, count and status of what is on record for it; nothing where nothing is.
conflict_of() { conflicts list --all | awk -v ip="$1" '$1 == ip { print $4, $5, $8, $3 }'; }

# recorded ADDRESS METHOD MAC COUNT STATUS, a pattern each; MAC is - where nobody knows it.
recorded() {
    await on_record "$1" "^$2 $3 $4 $5\$" && return
    # shellcheck disable=SC2034 # check of lib.sh prints it
    WHY="on record for $1: '$(conflict_of "$1")'"
    return 1
}
on_record() { conflict_of "$1" | grep -Eq "$2"; }
not_recorded() { because "on record for $1: '$(conflict_of "$1")'" test -z "$(conflict_of "$1")"; }

logged() { grep -Eq "$1" "$LAB_OUT/server.log"; }
logged_lines() { grep -Ec "$1" "$LAB_OUT/server.log" || true; }

# --- hosts ------------------------------------------------------------------------------------------------------------

# host NAME MAC SWITCH [ADDRESS]...: with addresses of its own choice.
host() {
    local name=$1 address
    add_ns "$name"
    plug "$name" "$2" "$3"
    for address in "${@:4}"; do in_ns "$name" ip address add "$address" dev eth0; done
}

deaf_to_ping() { in_ns "$1" sh -c 'echo 1 >/proc/sys/net/ipv4/icmp_echo_ignore_all'; }

squats() {
    local address
    for address in "${@:2}"; do in_ns "$1" ip address add "$address" dev eth0; done
}

gives_up() { in_ns "$1" ip address flush dev eth0; }

# answers_for_all NAME NETWORK...: it has every address there is.
answers_for_all() {
    local network
    for network in "${@:2}"; do in_ns "$1" ip route add local "$network" dev lo; done
}
answers_for_none() {
    local network
    for network in "${@:2}"; do in_ns "$1" ip route del local "$network" dev lo; done
}

# answers_late NAME MILLIS ADDRESS...: until its namespace ends or late_ends NAME.
answers_late() {
    java_tool "$1" Squatter eth0 "${@:2}" >"$LAB_OUT/$1.log" 2>&1 </dev/null &
    disown
    # It answers once its packet socket is there.
    await has_packet_socket "$1"
}
has_packet_socket() { [[ -n $(in_ns "$1" sed 1d /proc/net/packet) ]]; }
late_ends() {
    local pids
    pids=$(ip netns pids "$(ns "$1")")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids
}

# --- clients ----------------------------------------------------------------------------------------------------------

# offers VERB GIADDR ARGUMENT...: new clients of a relay agent at the station, see OfferClient.
offers() { java_tool station OfferClient "$1" 10.67.0.1:67 "${@:2}" 2>>"$LAB_OUT/offers.err"; }

# The address of OfferClient's clients on the wire, by number.
offer_mac() { printf '02:67:09:00:%02x:%02x' $(($1 / 256)) $(($1 % 256)); }

# probe_as MAC ARGUMENT...: the probe, as a client on the server's segment that the station speaks for.
probe_as() {
    server_command probe --server 10.67.0.1 --relay 10.67.0.9 --timeout 10 --tries 6 --mac "$@"
    in_ns station "${SERVER_COMMAND[@]}" >"$LAB_OUT/probe.out" 2>&1
}

# offered MAC ADDRESS: what a client is offered that asks for this address.
offered() {
    probe_as "$1" --discover-only --requested-ip "$2" --json || { echo none; return; }
    sed -nE 's/.*"yourAddress" *: *"([0-9.]+)".*/\1/p' "$LAB_OUT/probe.out" | head -n 1
}

has_address() { [[ -n $(client_value "$1" address) ]]; }

# fresh NAME: the client forgets all it knew.
fresh() {
    client_cut "$1"
    rm -rf "$(client_dir "$1")"
}

# asks NAME [OPTION]...: by the client that the name begins with.
asks() {
    case $1 in
    udhcpc*) udhcpc_start "$@" ;;
    *) dhclient_start "$@" ;;
    esac
}

# gets_free NAME SQUATTED...: it has an address, and none of these.
gets_free() {
    local name=$1 address
    shift
    fresh "$name"
    asks "$name"
    because "it had no address in time" await has_address "$name" || return
    address=$(client_value "$name" address)
    because "it got $address, which somebody uses" is_none_of "$address" "$@"
}
is_none_of() { [[ " ${*:2} " != *" $1 "* ]]; }

# --- frames -----------------------------------------------------------------------------------------------------------

# capture_start NS IF FILTER: what passes there, one line of hex a frame in $LAB_OUT/frames after capture_end. ARP is always
# among it: the end is told by a frame that asks for an address that nobody has.
LAST_FRAME=169.254.77.77
capture_start() {
    CAPTURE_AT=("$1" "$2")
    rm -f "$LAB_OUT/tcpdump.log" "$LAB_OUT/frames.pcap"
    LD_LIBRARY_PATH=$(suite_libraries tcpdump) ip netns exec "$(ns "$1")" "$(suite_file tcpdump /bin/tcpdump)" -Z root \
        -i "$2" -n -e -U --immediate-mode -w "$LAB_OUT/frames.pcap" "$3 or arp" >"$LAB_OUT/tcpdump.log" 2>&1 </dev/null &
    CAPTURE_PID=$!
    await grep -qs 'listening on' "$LAB_OUT/tcpdump.log"
}

capture_end() {
    await last_frame_seen || fail "a capture" "it does not come to its end, see $LAB_OUT/tcpdump.log"
    kill -INT "$CAPTURE_PID" 2>/dev/null || true
    await dead "$CAPTURE_PID" || kill -KILL "$CAPTURE_PID"
    read_capture -xx | awk '/^[^\t ]/ { if (hex != "") print hex; hex = "" } /^[\t ]+0x/ { $1 = ""; gsub(/ /, ""); hex = hex $0 }
        END { if (hex != "") print hex }' >"$LAB_OUT/frames"
}

last_frame_seen() {
    in_ns "${CAPTURE_AT[0]}" "$LAB_TOOLS/busybox" arping -D -q -c 1 -w 1 -I "${CAPTURE_AT[1]}" $LAST_FRAME || true
    capture_has "arp host $LAST_FRAME"
}
# capture_has FILTER: whether such a frame was captured up to now.
capture_has() { [[ -n $(read_capture "$1") ]]; }

# read_capture OPTION...: the capture as tcpdump tells it.
read_capture() {
    LD_LIBRARY_PATH=$(suite_libraries tcpdump) "$(suite_file tcpdump /bin/tcpdump)" -Z root -n -r "$LAB_OUT/frames.pcap" "$@" \
        2>>"$LAB_OUT/tcpdump.log"
}

hex_of_mac() { tr -d : <<<"$1"; }
# shellcheck disable=SC2046,SC2086 # four numbers
hex_of_ip() { printf '%02x%02x%02x%02x' ${1//./ }; }

# The frame that asks who has an address, without what pads it (RFC 826; RFC 2131 section 2.2); as far as the address that
# is asked about when none is given.
arp_probe() {
    printf 'ffffffffffff%s08060001080006040001%s%s000000000000' "$(hex_of_mac $SERVER_MAC)" "$(hex_of_mac $SERVER_MAC)" \
        "$(hex_of_ip 10.67.0.1)"
    [[ -z ${1:-} ]] || hex_of_ip "$1"
}

# The frame that tells of a client's new address.
announcement() {
    printf 'ffffffffffff%s08060001080006040001%s%sffffffffffff%s' "$(hex_of_mac $SERVER_MAC)" "$(hex_of_mac "$1")" \
        "$(hex_of_ip "$2")" "$(hex_of_ip "$2")"
}

seen() { because "no such frame: $1" grep -Eq "^$1" "$LAB_OUT/frames"; }
unseen() { because "there are $(grep -Ec "^$1" "$LAB_OUT/frames") frames $1" test "$(grep -Ec "^$1" "$LAB_OUT/frames")" = 0; }
