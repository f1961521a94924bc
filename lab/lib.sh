# Shared by ./run, ./test and the lab scripts: the jar, a private network in namespaces, the server and real clients in
# it, and PASS/FAIL lines. Source it; it changes nothing until a function is called.
# shellcheck shell=bash

LAB_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LAB_JAR=$LAB_ROOT/athena-app/target/athena-dhcpd.jar
LAB_TOOLS=$LAB_ROOT/lab/out/tools
LAB_OUT=
LAB_PREFIX=
LAB_AT_END=
SERVER_PID=
PASSED=0
FAILED=0

say() { printf '%s\n' "$@"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
is_root() { [[ $(id -u) == 0 ]]; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- what must be installed -------------------------------------------------------------------------------------------

APT_FRESH=

apt_lists() {
    [[ -n $APT_FRESH ]] && return
    is_root && { apt-get update -qq >/dev/null 2>&1 || true; }
    APT_FRESH=yes
}

# apt_install PACKAGE...: installs Debian packages; false when that is not possible here.
apt_install() {
    is_root && have apt-get || return 1
    apt_lists
    say "installing: $*" >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# need COMMAND PACKAGE: the command is there afterwards, or false.
need() { have "$1" || { apt_install "$2" && have "$1"; }; }

need_jdk() {
    if have javac && [[ $(javac -version 2>&1) =~ ^javac\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 17)); then return; fi
    apt_install openjdk-17-jdk-headless || true
    have javac ||
        die "a JDK 17 or newer is needed and could not be installed: run 'apt-get install openjdk-17-jdk-headless' as root"
}

need_maven() {
    need mvn maven || die "Maven 3.8 or newer is needed and could not be installed: run 'apt-get install maven' as root"
}

# lab_tool NAME PACKAGE: puts a client or relay under $LAB_TOOLS. A copy, since Debian confines /sbin/dhclient to paths
# of its own, and unpacked rather than installed, since installing the relay would start it on this host.
lab_tool() {
    local name=$1 package=$2 from
    [[ -x $LAB_TOOLS/$name ]] && return
    mkdir -p "$LAB_TOOLS"
    from=$(PATH=$PATH:/usr/sbin:/sbin command -v "$name" || true)
    if [[ -z $from ]] && have apt-get && have dpkg-deb; then
        apt_lists
        rm -rf "$LAB_TOOLS/unpack" && mkdir "$LAB_TOOLS/unpack"
        (cd "$LAB_TOOLS/unpack" && apt-get download -qq "$package" >/dev/null 2>&1 && dpkg-deb -x ./*.deb .) || true
        from=$(find "$LAB_TOOLS/unpack" -type f -name "$name" -perm -u+x | head -n 1)
    fi
    [[ -n $from ]] && cp -L "$from" "$LAB_TOOLS/$name"
    rm -rf "$LAB_TOOLS/unpack"
    [[ -x $LAB_TOOLS/$name ]]
}

# Why the lab cannot run here, or nothing when it can.
lab_obstacle() {
    is_root || { say "it needs root, for network namespaces"; return; }
    [[ $(uname -s) == Linux ]] || { say "it needs Linux"; return; }
    need ip iproute2 || { say "iproute2 is missing"; return; }
    need ethtool ethtool || { say "ethtool is missing"; return; }
    if ! ip netns add "athena-try-$$" 2>/dev/null; then
        say "this machine allows no network namespaces"
        return
    fi
    ip netns del "athena-try-$$"
    local tool
    for tool in dhclient:isc-dhcp-client busybox:busybox dhcrelay:isc-dhcp-relay; do
        lab_tool "${tool%:*}" "${tool#*:}" || { say "${tool%:*} is not to be had (package ${tool#*:})"; return; }
    done
}

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

# lab_begin NAME: an empty $LAB_OUT, no leftovers of dead runs, and an end that cleans up however it comes.
lab_begin() {
    LAB_OUT=$LAB_ROOT/lab/out/$1
    rm -rf "$LAB_OUT" && mkdir -p "$LAB_OUT"
    LAB_PREFIX=athena-lab-$$-$(start_time $$)
    trap lab_end EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    lab_sweep
}

lab_end() {
    local status=$?
    trap - EXIT INT TERM HUP
    if [[ -n $SERVER_PID ]] && kill -0 "$SERVER_PID" 2>/dev/null; then
        kill -TERM "$SERVER_PID" && wait_until 10 dead "$SERVER_PID" || kill -KILL "$SERVER_PID" 2>/dev/null || true
    fi
    have ip && namespaces_delete "$LAB_PREFIX"
    [[ -z $LAB_AT_END ]] || "$LAB_AT_END" || true
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
    wait_until 5 grep -qs 'Sending on.*eth0' "$LAB_OUT/relay.log"
}

# --- the server -------------------------------------------------------------------------------------------------------

# The JVM as the launcher would start it, within a lab's means; LAB_JAVA and LAB_JAVA_OPTS change it.
server_command() {
    # shellcheck disable=SC2086 # options are words
    set -- "${LAB_JAVA:-java}" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 ${LAB_JAVA_OPTS:-} -jar "$LAB_JAR" "$@"
    SERVER_COMMAND=("$@")
}

# server_launch [NS]: starts the server on $LAB_OUT/config.toml, in a namespace when one is named.
server_launch() {
    local enter=()
    [[ -z ${1:-} ]] || enter=(ip netns exec "$(ns "$1")")
    server_command --config "$LAB_OUT/config.toml"
    "${enter[@]}" "${SERVER_COMMAND[@]}" >>"$LAB_OUT/server.log" 2>&1 </dev/null &
    SERVER_PID=$!
}

# server_start [NS]: launches it and waits until it listens; false when it does not in time.
server_start() {
    local port=${SERVER_PORT:-67}
    server_launch "${1:-}"
    wait_until 60 listens_or_dead "$SERVER_PID" "$port" && ! dead "$SERVER_PID"
}

listens_or_dead() {
    dead "$1" || grep -q "^ *[0-9]*: [0-9A-F]*:$(printf '%04X' "$2") " "/proc/$1/net/udp" "/proc/$1/net/udp6" 2>/dev/null
}

# Stops the server as an operator does; its exit code is in SERVER_EXIT.
server_stop() {
    kill -TERM "$SERVER_PID"
    wait_until 15 dead "$SERVER_PID" || kill -KILL "$SERVER_PID"
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
            'timeout 15; retry 3; reboot 5; initial-interval 1; backoff-cutoff 3;' "$@"
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
    [[ -z $pid ]] || { kill -KILL "$pid" 2>/dev/null || true; wait_until 5 dead "$pid" || true; }
    rm -f "$(client_dir "$1")/pid"
    in_ns "$1" ip address flush dev eth0
}

# client_value NS KEY: what the script was last told: address, prefix, router, dns, domain, lease, server.
client_value() { sed -n "s/^$2=//p" "$(client_dir "$1")/lease" 2>/dev/null; }

# client_count NS EVENT: how often an event (bound, renew, release, nak, ...) has come.
client_count() { grep -c "^$2\\b" "$(client_dir "$1")/events" 2>/dev/null || true; }

client_had() { (($(client_count "$1" "$2") > $3)); }

# --- results ----------------------------------------------------------------------------------------------------------

pass() {
    PASSED=$((PASSED + 1))
    say "PASS $1"
}

fail() {
    FAILED=$((FAILED + 1))
    say "FAIL $1 — $2"
}

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

# The closing line, with the logs' ends when something failed; false when something did.
lab_summary() {
    if ((FAILED > 0)); then
        local log
        for log in "$LAB_OUT"/*.log "$LAB_OUT"/*/log; do
            [[ -s $log ]] || continue
            say "--- the end of $log"
            tail -n "${LAB_TAIL:-12}" "$log"
        done
    fi
    say "$PASSED passed, $FAILED failed"
    ((FAILED == 0))
}
