#!/usr/bin/env bash
# Floods against the started jar, with the limits of the example configuration: invented clients ask without end, decline
# all they get and take all there is, from the same port of the same relay agent as good clients. Those must keep their
# leases and get new ones, and the server's memory must stay as it was. Needs root; about 45 s.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

MAX_LOG_LINES=2000
# A tenth of a hundred bytes for each client that is invented.
MAX_GROWTH_KIB=4096

example_limits() { sed -n '/^# \[server.rate_limit\]/,/^$/s/^# //p' "$LAB_ROOT/config/example.toml"; }

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "info"

$(example_limits)

[defaults]
lease_time = "1h"

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.249"

[api]
enabled = false
TOML
}

flood() {
    load_command FloodClient 10.67.0.1:67 10.67.0.2
    in_ns load "${LOAD_COMMAND[@]}"
}
reaches_its_end() { because "it broke off, see $LAB_OUT/flood.log" flood >"$LAB_OUT/results" 2>"$LAB_OUT/flood.log"; }

show_results() {
    local line
    while IFS= read -r line; do
        report "$line"
        case $line in
        PASS\ *) PASSED=$((PASSED + 1)) ;;
        FAIL\ *) FAILED=$((FAILED + 1)) ;;
        esac
    done <"$LAB_OUT/results"
}

log_bounded() {
    local lines
    lines=$(wc -l <"$LAB_OUT/server.log")
    because "it has $lines lines" test "$lines" -le "$MAX_LOG_LINES"
}

# The known clients, of the third byte 07, hold each their own address.
leases_intact() {
    leases --format csv --state active >"$LAB_OUT/leases.csv" 2>"$LAB_OUT/leases.err" || return
    local known
    known=$(grep -c ',02:67:07:00:00:' "$LAB_OUT/leases.csv" || true)
    because "$known are listed" test "$known" -ge 20
}

main() {
    local obstacle heap
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin flood
    [[ -n $(example_limits) ]] || die "config/example.toml has no [server.rate_limit] any more"
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns load ip address add 10.67.0.2/24 dev eth0
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    heap=$(live_heap)
    check "the flood gets to its end" reaches_its_end
    show_results
    check "the server is alive" because "it ended" kill -0 "$SERVER_PID"
    check "it needs no more memory than before" memory_flat "$heap" "$MAX_GROWTH_KIB"
    check "its log has at most $MAX_LOG_LINES lines" log_bounded
    check "the known clients' leases are all there" leases_intact
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
