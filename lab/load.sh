# Shared by crash.sh and power.sh: a server of two segments, the load client at the other end of a cable, and the checks
# of what the clients were promised. Source it after lib.sh; write_config decides where the store is.
# shellcheck shell=bash

CLIENTS_EACH=260
WINDOW=32
SAMPLE=5

# Long leases that must all survive; short ones, fewer than their clients, so that addresses change hands.
write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "$1"
port = $SERVER_PORT
lease_db = "${STORE:-$LAB_OUT/store}"
log_level = "${LOG_LEVEL:-warn}"

# The load is to press on the store; its clients answer no probe, and on loopback none may leave the machine.
[conflict_detection]
enabled = false

[[subnet]]
network = "10.70.0.0/16"
routers = ["10.70.0.1"]
lease_time = "1h"

  [[subnet.pool]]
  range_start = "10.70.1.0"
  range_end = "10.70.4.255"

[[subnet]]
network = "10.71.0.0/24"
routers = ["10.71.0.1"]
lease_time = "12s"

  [[subnet.pool]]
  range_start = "10.71.0.10"
  range_end = "10.71.0.209"

[api]
enabled = false
TOML
}

# Server and load client at the two ends of a cable.
lay_cable() {
    SERVER_NS=srv SERVER_PORT=67 SERVER=10.67.0.1:67
    SEGMENTS=(10.70.0.2 10.71.0.2)
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns load ip address add 10.67.0.2/24 dev eth0
    local giaddr
    for giaddr in "${SEGMENTS[@]}"; do
        in_ns load ip address add "$giaddr/32" dev lo
        in_ns srv ip route add "$giaddr/32" via 10.67.0.2
    done
    write_config eth0
}

use_loopback() {
    SERVER_NS='' SERVER_PORT=${ATHENA_PORT:-6767}
    SERVER=127.0.0.1:$SERVER_PORT
    SEGMENTS=(127.0.0.2:0/10.70.0.0 127.0.0.3:0/10.71.0.0)
    write_config lo
}

# The load client and checker, see CrashLab among the tests of athena-app.
crash_lab() {
    local enter=()
    [[ -z $SERVER_NS ]] || enter=(ip netns exec "$(ns load)")
    "${enter[@]}" java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_ROOT/athena-core/target/classes" \
        io.athena.dhcpd.app.load.CrashLab "$@"
}

random_between() { say $(($1 + (RANDOM * 32768 + RANDOM) % ($2 - $1 + 1))); }

as_seconds() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }

acks() { grep -c '^A' "${ACKS:-$LAB_OUT/acks}" || true; }

# drive VERB MILLIS: load or newcomers for that time, on all segments.
drive() {
    crash_lab "$1" "${ACKS:-$LAB_OUT/acks}" "$SERVER" "$2" "$CLIENTS_EACH" "$WINDOW" "$RANDOM" "${SEGMENTS[@]}"
}

# load_comes VERB MILLIS ACKS: starts the load and waits until it has had so many ACKs. Again and for longer when there were
# too few: on a busy machine the clients need some seconds to come to anything. LOAD_PID is the process of the load.
load_comes() {
    local before millis
    before=$(acks)
    for millis in "$2" 20000 60000; do
        drive "$1" "$millis" >>"$LAB_OUT/load.log" 2>&1 &
        LOAD_PID=$!
        await has_acks_or_ended $((before + $3 - 1)) || true
        has_more_acks $((before + $3 - 1)) && return
        wait "$LOAD_PID" || true
    done
    # shellcheck disable=SC2034 # check of lib.sh prints it
    WHY="the clients got no ACK, see $LAB_OUT/load.log"
    return 1
}
has_acks_or_ended() { has_more_acks "$1" || dead "$LOAD_PID"; }
LOAD_PID=

has_more_acks() { (($(acks) > $1)); }

# A server that has just started answers clients a moment before its control socket is there.
list_leases() {
    # shellcheck disable=SC2034 # check of lib.sh prints it
    WHY="the list of leases could not be had, see $LAB_OUT/leases.err"
    await leases_listed
}
leases_listed() { leases --format csv >"$LAB_OUT/leases.csv" 2>>"$LAB_OUT/leases.err"; }

# Compares the log with the list; the problems are the reason.
promises_kept() {
    local problems
    problems=$(crash_lab check "${ACKS:-$LAB_OUT/acks}" "$LAB_OUT/leases.csv" 2>&1) && return
    # shellcheck disable=SC2034 # check of lib.sh prints it
    WHY=${problems//$'\n'/; }
    return 1
}

stands_by_them() {
    local problems
    problems=$(crash_lab ask "${ACKS:-$LAB_OUT/acks}" "$SERVER" "$SAMPLE" "$RANDOM" "${SEGMENTS[@]}" 2>&1) && return
    # shellcheck disable=SC2034 # check of lib.sh prints it
    WHY=${problems//$'\n'/; }
    return 1
}

