# Shared by flood.sh and hostile.sh: a server and an attacker at the two ends of a cable, and what must hold afterwards.
# Source it after lib.sh; write_config says what is served, MAX_LOG_LINES and MAX_GROWTH_KIB what it may cost.
# shellcheck shell=bash

# As the head of a configuration. Probes are off: the attackers count what one second brings, and the addresses that
# they invent clients for are nobody's.
attack_config() {
    cat <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "info"

[conflict_detection]
enabled = false

[api]
enabled = false

[defaults]
lease_time = "1h"
TOML
}

# attack_begin NAME: the server runs, and HEAP is what it needs.
attack_begin() {
    local obstacle
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin "$1"
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns load ip address add 10.67.0.2/24 dev eth0
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    HEAP=$(live_heap)
}

# As a check: attack CLASS, with its results in $LAB_OUT/results.
attack() {
    load_command "$1" 10.67.0.1:67 10.67.0.2
    because "it broke off, see $LAB_OUT/attack.log" \
        in_ns load "${LOAD_COMMAND[@]}" >"$LAB_OUT/results" 2>"$LAB_OUT/attack.log"
}

survived() {
    check "the server is alive" because "it ended" kill -0 "$SERVER_PID"
    check "it needs no more memory than before" memory_flat "$HEAP" "$MAX_GROWTH_KIB"
    check "its log has at most $MAX_LOG_LINES lines" log_bounded
}

log_bounded() {
    local lines
    lines=$(wc -l <"$LAB_OUT/server.log")
    because "it has $lines lines" test "$lines" -le "$MAX_LOG_LINES"
}
