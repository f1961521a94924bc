# Shared by events.sh and names-load.sh: perfdhcp as a relay agent at the other end of a cable, what it measured, and medians
# of some rounds. The server has CPU 0 and perfdhcp CPU 1, as it keeps a CPU busy however little it sends. Source it after
# lib.sh.
# shellcheck shell=bash

# measure_begin NAME NETWORK/LENGTH: the lab NAME, with .0.1 of the network at the server and .0.2 at the generator.
measure_begin() {
    local obstacle network=${2%/*} length=${2#*/}
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    PERFDHCP=$(command -v perfdhcp) || die "the lab cannot run: perfdhcp is missing"
    (($(nproc) > 1)) || die "the lab cannot run: it needs two CPUs"
    build_jar
    lab_begin "$1"
    # shellcheck disable=SC2034 # lib.sh starts the server by it
    SERVER_ENTER=(taskset -c 0)
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add "${network%.0.0}.0.1/$length" dev eth0
    in_ns load ip address add "${network%.0.0}.0.2/$length" dev eth0
    MEASURED=${network%.0.0}.0.1
    report "load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
}

# load NAME CLIENTS OPTION...: its exit code says that some exchange was slow, which is no matter.
load() {
    local name=$1 clients=$2
    shift 2
    in_ns load taskset -c 1 "$PERFDHCP" -4 -l eth0 -R "$clients" -W 1000000 "$@" "$MEASURED" >"$LAB_OUT/$name.txt" 2>&1 || true
}

# dora_rate NAME: 4-way exchanges a second.
dora_rate() { sed -nE 's/^Rate: ([0-9.]+) .*/\1/p' "$LAB_OUT/$1.txt"; }

# ack_delay NAME: milliseconds from REQUEST to ACK, on average.
ack_delay() { sed -n '/REQUEST-ACK/,$s/^avg delay: \([0-9.]*\) ms.*/\1/p' "$LAB_OUT/$1.txt"; }

# lost NAME: exchanges without an answer.
lost() { awk '/^drops: /{sum += $2} END {print sum + 0}' "$LAB_OUT/$1.txt"; }

# What the server has used of the CPUs so far.
cpu_ms() { sed "s/.*) //" "/proc/$SERVER_PID/stat" | awk -v tick="$(getconf CLK_TCK)" '{print int(($12 + $13) * 1000 / tick)}'; }

median() { sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'; }

# of WHAT KIND [PART]: the median of what a function says of KIND-1PART, KIND-2PART, ... over the rounds.
of() {
    local round
    for ((round = 1; round <= ROUNDS; round++)); do "$1" "$2-$round${3:-}"; done | median
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f", (b > 0) ? a / b : 0}'; }
