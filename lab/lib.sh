# Shared by ./run, ./test and the lab scripts: the jar, a private network in namespaces, the server and real clients in
# it, and PASS/FAIL lines. Source it; it changes nothing until a function is called.
# shellcheck shell=bash

LAB_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LAB_JAR=$LAB_ROOT/athena-app/target/athena-dhcpd.jar
LAB_LIBRARIES=$LAB_ROOT/lab/out/libraries
LAB_OUT=
LAB_PREFIX=
LAB_AT_BEGIN=
LAB_AT_END=
SERVER_PID=
PASSED=0
FAILED=0

say() { printf '%s\n' "$@"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
is_root() { [[ $(id -u) == 0 ]]; }
have() { command -v "$1" >/dev/null 2>&1; }

# shellcheck source=lab/tools.sh
. "$LAB_ROOT/lab/tools.sh"

# --- the jar ----------------------------------------------------------------------------------------------------------

jar_is_stale() {
    [[ -f $LAB_JAR ]] || return 0
    [[ -n $(find "$LAB_ROOT" \( -name target -o -name .git -o -name lab -o -name docs \) -prune -o \
        \( -name pom.xml -o -path "*/src/*" \) -type f -newer "$LAB_JAR" -print -quit) ]]
}

# Builds the jar, and with it the load client that stands among the test classes, unless both are up to date.
build_jar() {
    need_jdk
    jar_is_stale || return 0
    need_maven
    say "building the jar (the first time takes some minutes)"
    (cd "$LAB_ROOT" && mvn -B -q -ntp -DskipTests -Djacoco.skip=true package) || die "the build failed"
    touch "$LAB_JAR"
}

# --- a run and its end ------------------------------------------------------------------------------------------------

# Field 22 of /proc/PID/stat: tells a process from a later one with the same id.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# lab_begin NAME: an empty $LAB_OUT, no leftovers of dead runs, and an end that cleans up however it comes. A second run
# of the same lab in this tree waits for the first; what a failed run left is kept as NAME.failed.
lab_begin() {
    LAB_OUT=$LAB_ROOT/lab/out/$1
    LAB_PREFIX=athena-lab-$$-$(start_time $$)
    mkdir -p "$LAB_ROOT/lab/out"
    lab_is_free || say "waiting: process $(lab_holder) runs this lab"
    wait_until "${LAB_PATIENCE:-900}" lab_is_free || die "process $(lab_holder) runs this from here already"
    if grep -qs '^FAIL ' "$LAB_OUT/report.txt"; then
        rm -rf "$LAB_OUT.failed" && mv "$LAB_OUT" "$LAB_OUT.failed"
    fi
    [[ -z $LAB_AT_BEGIN ]] || "$LAB_AT_BEGIN"
    rm -rf "$LAB_OUT" && mkdir -p "$LAB_OUT"
    trap lab_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    lab_sweep
}

# Takes the lab's folder; false while another run that is alive has it.
lab_is_free() {
    local pid=0 started=0
    [[ $(cat "$LAB_OUT.run" 2>/dev/null) != "$$ "* ]] || return 0
    if (set -o noclobber && say "$$ $(start_time $$)" >"$LAB_OUT.run") 2>/dev/null; then return; fi
    read -r pid started <"$LAB_OUT.run" || true
    [[ -n $started && $(start_time "$pid") != "$started" ]] && rm -f "$LAB_OUT.run"
    return 1
}

lab_holder() { cut -d' ' -f1 "$LAB_OUT.run" 2>/dev/null; }

lab_end() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ -n $SERVER_PID ]] && kill -0 "$SERVER_PID" 2>/dev/null; then
        kill -TERM "$SERVER_PID" && wait_until 10 dead "$SERVER_PID" || kill -KILL "$SERVER_PID" 2>/dev/null || true
    fi
    have ip && namespaces_delete "$LAB_PREFIX"
    [[ -z $LAB_AT_END ]] || "$LAB_AT_END" || true
    rm -f "$LAB_OUT.run"
    exit "$status"
}

# Removes namespaces whose run is gone: killed, or the machine's terminal closed.
lab_sweep() {
    have ip || return 0
    local name pid started
    for name in $(ip netns list 2>/dev/null | cut -d' ' -f1); do
        [[ $name =~ ^athena-lab-([0-9]+)-([0-9]+)- ]] || continue
        pid=${BASH_REMATCH[1]} started=${BASH_REMATCH[2]}
        [[ $(start_time "$pid") == "$started" ]] || namespaces_delete "athena-lab-$pid-$started"
    done
}

namespaces_delete() {
    local name pids
    for name in $(ip netns list 2>/dev/null | cut -d' ' -f1); do
        [[ $name == "$1"-* ]] || continue
        pids=$(ip netns pids "$name" 2>/dev/null || true)
        # shellcheck disable=SC2086 # a list of process ids
        [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
        ip netns del "$name" 2>/dev/null || true
    done
}

dead() { ! kill -0 "$1" 2>/dev/null; }

# wait_until SECONDS COMMAND...: true as soon as the command is, false when it never was.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < end)) || return 1
        sleep 0.1
    done
}

# How long at most that may take which is to come: a busy machine needs some of it, and a right server never all. What is
# to come within a certain time, or not at all, says so itself.
LAB_LIMIT=${LAB_LIMIT:-120}

# await COMMAND...: true as soon as the command is.
await() { wait_until "$LAB_LIMIT" "$@"; }

# --- the network ------------------------------------------------------------------------------------------------------

ns() { printf '%s-%s' "$LAB_PREFIX" "$1"; }

in_ns() {
    local name=$1
    shift
    ip netns exec "$(ns "$name")" "$@"
}

# Real checksums: a veth leaves them to hardware that is not there, and raw readers would see half-made ones.
offloads_off() { in_ns "$1" ethtool -K "$2" tx off rx off gso off tso off gro off >/dev/null 2>&1; }

add_ns() {
    ip netns add "$(ns "$1")"
    in_ns "$1" ip link set lo up
    in_ns "$1" sh -c 'echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6' 2>/dev/null || true
}

# cable NS IF NS IF [MAC]: a cable between two namespaces; MAC is that of the first end.
cable() {
    ip link add name "$2" ${5:+address "$5"} netns "$(ns "$1")" type veth peer name "$4" netns "$(ns "$3")"
    offloads_off "$1" "$2" && offloads_off "$3" "$4"
    in_ns "$1" ip link set "$2" up && in_ns "$3" ip link set "$4" up
}

# plug NS MAC SWITCH: gives a namespace an eth0 on a switch, a namespace with a bridge br0.
plug() {
    local port
    port=p$(in_ns "$3" ls /sys/class/net | wc -l)
    cable "$1" eth0 "$3" "$port" "$2"
    in_ns "$3" ip link set "$port" master br0
}

# port_of NS SWITCH: the switch's end of a namespace's cable.
port_of() {
    local index
    index=$(in_ns "$1" cat /sys/class/net/eth0/iflink)
    in_ns "$2" ip -o link | sed -nE "s/^$index: ([^@:]+).*/\\1/p"
}

# replug NS SWITCH SWITCH: pulls a namespace's cable out of one switch and puts it into another.
replug() {
    local port new
    port=$(port_of "$1" "$2")
    new=m$(in_ns "$1" cat /sys/class/net/eth0/iflink)
    in_ns "$2" ip link set "$port" netns "$(ns "$3")" name "$new"
    offloads_off "$3" "$new"
    in_ns "$3" ip link set "$new" master br0 up
}

add_bridge() {
    in_ns "$1" ip link add br0 type bridge forward_delay 0
    in_ns "$1" ip link set br0 up
}

# The lab's ground: a switch, the server on it (10.67.0.1/24), and a relay (10.67.0.2) to a second segment, 10.68.0.0/24,
# that it bridges and routes.
lay_network() {
    local name
    for name in switch srv relay; do add_ns "$name"; done
    add_bridge switch
    plug srv 02:00:00:67:00:01 switch
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns srv ip route add 10.68.0.0/24 via 10.67.0.2
    plug relay 02:00:00:67:00:02 switch
    in_ns relay ip address add 10.67.0.2/24 dev eth0
    add_bridge relay
    in_ns relay ip address add 10.68.0.1/24 dev br0
    in_ns relay sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
}

relay_start() {
    in_ns relay "$LAB_TOOLS/dhcrelay" -4 -d -a -pf "$LAB_OUT/relay.pid" -id br0 -iu eth0 10.67.0.1 \
        >"$LAB_OUT/relay.log" 2>&1 &
    disown
    await grep -qs 'Sending on.*eth0' "$LAB_OUT/relay.log"
}

# --- the server -------------------------------------------------------------------------------------------------------

# The JVM as the launcher would start it, within a lab's means; LAB_JAVA and LAB_JAVA_OPTS change it.
server_command() {
    # shellcheck disable=SC2086 # options are words
    set -- "${LAB_JAVA:-java}" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${LAB_JAVA_OPTS:-} -jar "$LAB_JAR" "$@"
    SERVER_COMMAND=("$@")
}

# Whoever starts a lab may ignore signals (nohup, a shell's background job), and the server would inherit that for good.
SIGNALS_AS_USUAL=()
! env --default-signal true 2>/dev/null || SIGNALS_AS_USUAL=(env "--default-signal=HUP,INT,TERM,USR1,USR2")

# What the server is started by, such as setpriv with its options; nothing unless a lab sets it.
SERVER_ENTER=()

# server_launch [NS]: starts the server on $LAB_OUT/config.toml, in a namespace when one is named.
server_launch() {
    local enter=()
    [[ -z ${1:-} ]] || enter=(ip netns exec "$(ns "$1")")
    server_command --config "$LAB_OUT/config.toml"
    "${enter[@]}" "${SIGNALS_AS_USUAL[@]}" "${SERVER_ENTER[@]}" "${SERVER_COMMAND[@]}" >>"$LAB_OUT/server.log" 2>&1 </dev/null &
    SERVER_PID=$!
}

# server_start [NS]: launches it and waits until it listens; false when it does not in time.
server_start() {
    local port=${SERVER_PORT:-67}
    server_launch "${1:-}"
    await listens_or_dead "$SERVER_PID" "$port" && ! dead "$SERVER_PID"
}

listens_or_dead() {
    dead "$1" || grep -q "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$2") " "/proc/$1/net/udp" "/proc/$1/net/udp6" 2>/dev/null
}

# Stops the server as an operator does; its exit code is in SERVER_EXIT. It is 0 only when the server needed no more than
# the 9 s that it gives itself.
server_stop() {
    kill -TERM "$SERVER_PID"
    await dead "$SERVER_PID" || kill -KILL "$SERVER_PID"
    SERVER_EXIT=0
    wait "$SERVER_PID" 2>/dev/null || SERVER_EXIT=$?
    SERVER_PID=
    [[ $SERVER_EXIT == 0 ]]
}

# As a check.
server_stops_cleanly() {
    server_stop && return
    WHY="it ended with exit code $SERVER_EXIT"
    return 1
}

server_crash() {
    kill -KILL "$SERVER_PID"
    wait "$SERVER_PID" 2>/dev/null || true
    SERVER_PID=
}

# leases ARGUMENT...: the leases as the running server has them.
leases() { server_command leases --config "$LAB_OUT/config.toml" "$@" && "${SERVER_COMMAND[@]}"; }

# Live objects of the server in KiB: what is left after a full collection.
live_heap() {
    jcmd "$SERVER_PID" GC.run >/dev/null &&
        jcmd "$SERVER_PID" GC.class_histogram | awk '$1 == "Total" { print int($3 / 1024) }'
}

# As a check: memory_flat BEFORE GROWTH, both in KiB.
memory_flat() {
    local after
    after=$(live_heap)
    say "live heap: $1 KiB before, $after KiB after"
    because "the live heap grew from $1 to $after KiB" test "$after" -le $(($1 + $2))
}

# load_command CLASS ARGUMENT...: a program of io.athena.dhcpd.app.load, which is built with the jar.
load_command() {
    local class=$1
    shift
    # shellcheck disable=SC2034 # the labs run it
    LOAD_COMMAND=(java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_ROOT/athena-core/target/classes"
        "io.athena.dhcpd.app.load.$class" "$@")
}

# The jar's own libraries, for those of these programs that need the packet socket.
unpack_libraries() { one_at_a_time refresh_libraries; }
refresh_libraries() {
    [[ ! -d $LAB_LIBRARIES || ! $LAB_LIBRARIES -nt $LAB_JAR ]] || return 0
    rm -rf "$LAB_LIBRARIES" "$LAB_LIBRARIES.new" && mkdir -p "$LAB_LIBRARIES.new"
    (cd "$LAB_LIBRARIES.new" && jar xf "$LAB_JAR" BOOT-INF/lib) || die "the libraries of $LAB_JAR cannot be unpacked"
    mv -T "$LAB_LIBRARIES.new" "$LAB_LIBRARIES" && touch "$LAB_LIBRARIES"
}

# java_tool NS CLASS ARGUMENT...: such a program, at once.
java_tool() {
    local name=$1 class=$2
    shift 2
    in_ns "$name" "${LAB_JAVA:-java}" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_LIBRARIES/BOOT-INF/lib/*" "io.athena.dhcpd.app.load.$class" "$@"
}

# --- clients ----------------------------------------------------------------------------------------------------------

# Each client keeps a folder $LAB_OUT/NAME: log, lease file, and what its script was told (see client-script).
client_dir() { printf '%s/%s' "$LAB_OUT" "$1"; }

# dhclient_start NS [CONFIG LINE]...
dhclient_start() {
    local name=$1 dir
    shift
    dir=$(client_dir "$name")
    mkdir -p "$dir"
    {
        printf '%s\n' 'request subnet-mask, broadcast-address, routers, domain-name, domain-name-servers;' \
            'timeout 15; retry 3; reboot 30; initial-interval 1; backoff-cutoff 3;' "$@"
    } >"$dir/dhclient.conf"
    [[ -e $dir/leases ]] || : >"$dir/leases"
    in_ns "$name" "$LAB_TOOLS/dhclient" -4 -d -v -sf "$LAB_ROOT/lab/client-script" -e "LAB_CLIENT_DIR=$dir" \
        -cf "$dir/dhclient.conf" -lf "$dir/leases" -pf "$dir/pid" eth0 >>"$dir/log" 2>&1 </dev/null &
    disown
}

dhclient_release() {
    local dir
    dir=$(client_dir "$1")
    in_ns "$1" "$LAB_TOOLS/dhclient" -4 -r -v -sf "$LAB_ROOT/lab/client-script" -e "LAB_CLIENT_DIR=$dir" \
        -cf "$dir/dhclient.conf" -lf "$dir/leases" -pf "$dir/pid" eth0 >>"$dir/log" 2>&1
}

# udhcpc_start NS [OPTION]...
udhcpc_start() {
    local name=$1 dir
    shift
    dir=$(client_dir "$name")
    mkdir -p "$dir"
    LAB_CLIENT_DIR=$dir in_ns "$name" "$LAB_TOOLS/busybox" udhcpc -f -i eth0 -t 10 -T 1 -A 1 -p "$dir/pid" \
        -s "$LAB_ROOT/lab/client-script" "$@" >>"$dir/log" 2>&1 </dev/null &
    disown
}

client_pid() { cat "$(client_dir "$1")/pid" 2>/dev/null; }

# Ends a client without a word to the server, and takes its address off, as a power cut would.
client_cut() {
    local pid
    pid=$(client_pid "$1")
    [[ -z $pid ]] || { kill -KILL "$pid" 2>/dev/null || true; await dead "$pid" || true; }
    rm -f "$(client_dir "$1")/pid"
    in_ns "$1" ip address flush dev eth0
}

# client_value NS KEY: what the script was last told: address, prefix, router, dns, domain, lease, server.
client_value() { sed -n "s/^$2=//p" "$(client_dir "$1")/lease" 2>/dev/null; }

# client_count NS EVENT: how often an event (bound, renew, release, nak, ...) has come.
client_count() { grep -c "^$2\\b" "$(client_dir "$1")/events" 2>/dev/null || true; }

client_had() { (($(client_count "$1" "$2") > $3)); }

# --- results ----------------------------------------------------------------------------------------------------------

# report LINE: shows a line, and keeps it in $LAB_OUT/report.txt.
report() {
    say "$1"
    [[ -z $LAB_OUT ]] || say "$1" >>"$LAB_OUT/report.txt"
}

pass() {
    PASSED=$((PASSED + 1))
    report "PASS $1"
}

fail() {
    FAILED=$((FAILED + 1))
    report "FAIL $1 — $2"
}

# cannot_show WHAT WHY: something is missing on this machine; in CI that is a failure.
cannot_show() {
    if [[ ${CI:-} == true ]]; then fail "$1" "in CI it must run, but $2"; else report "SKIPPED $1: $2"; fi
}

# not_applicable WHAT WHY: a client does not do such a thing; nobody's failure.
not_applicable() { report "N/A  $1 — $2"; }

# check NAME FUNCTION ARGUMENT...: one result line; the function says in WHY what it missed.
check() {
    local name=$1
    shift
    WHY="$1 failed"
    if "$@"; then pass "$name"; else fail "$name" "$WHY"; fi
}

# because REASON COMMAND...: runs a command and remembers the reason when it is false.
because() {
    local reason=$1
    shift
    "$@" || { WHY=$reason; return 1; }
}

# show_results all|failures: counts the PASS and FAIL lines that a Java tool left in $LAB_OUT/results.
show_results() {
    local line
    while IFS= read -r line; do
        case $line in
        PASS\ *) PASSED=$((PASSED + 1)) ;;
        FAIL\ *) FAILED=$((FAILED + 1)) ;;
        esac
        [[ $1 == failures && $line != FAIL\ * ]] || report "$line"
    done <"$LAB_OUT/results"
}

# The closing line, with the logs' ends when something failed; false when something did.
lab_summary() {
    if ((FAILED > 0)); then
        local log
        for log in "$LAB_OUT"/*.log "$LAB_OUT"/*/log; do
            [[ -s $log ]] || continue
            say "--- the end of $log"
            tail -n "${LAB_TAIL:-12}" "$log"
        done
        say "--- all logs are kept in $LAB_OUT, after the next run in $LAB_OUT.failed"
    fi
    say "$PASSED passed, $FAILED failed"
    ((FAILED == 0))
}
