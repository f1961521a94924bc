#!/usr/bin/env bash
# Bad input against the started jar: broken and odd datagrams, floods, forged releases and declines. After each, a good
# client must be served; the server must be alive at the end, its memory and log bounded and its store readable. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"

MAX_LOG_LINES=3000
# Far less than a hundred bytes for each of the hundred thousand clients that are invented.
MAX_GROWTH_KIB=8192

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
[server]
interface = "eth0"
lease_db = "$LAB_OUT/store"
log_level = "info"

[defaults]
lease_time = "1h"

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.199"

  [[subnet.reservation]]
  mac = "02:00:00:67:00:31"
  ip = "10.67.0.31"

[api]
enabled = false
TOML
}

hostile_client() {
    in_ns load java -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.net.preferIPv4Stack=true \
        -cp "$LAB_ROOT/athena-app/target/test-classes:$LAB_ROOT/athena-core/target/classes" \
        io.athena.dhcpd.app.load.HostileClient 10.67.0.1:67 10.67.0.2
}

# Shows failures one by one and what passed as a number: there are many.
count_results() {
    local line
    while IFS= read -r line; do
        case $line in
        PASS\ *) PASSED=$((PASSED + 1)) ;;
        FAIL\ *)
            FAILED=$((FAILED + 1))
            say "$line"
            ;;
        esac
    done <"$LAB_OUT/results"
    say "$PASSED kinds of bad input were taken as they should be"
}

reaches_its_end() {
    because "it broke off, see $LAB_OUT/hostile.log" hostile_client >"$LAB_OUT/results" 2>"$LAB_OUT/hostile.log"
}
log_bounded() {
    local lines
    lines=$(wc -l <"$LAB_OUT/server.log")
    because "it has $lines lines" test "$lines" -le "$MAX_LOG_LINES"
}
# Live objects in KiB: what is left after a full collection.
live_heap() {
    jcmd "$SERVER_PID" GC.run >/dev/null &&
        jcmd "$SERVER_PID" GC.class_histogram | awk '$1 == "Total" { print int($3 / 1024) }'
}
memory_flat() {
    local after
    after=$(live_heap)
    say "live heap: $1 KiB before, $after KiB after"
    because "the live heap grew from $1 to $after KiB" test "$after" -le $(($1 + MAX_GROWTH_KIB))
}
store_readable() {
    leases --format csv >"$LAB_OUT/leases.csv" 2>"$LAB_OUT/leases.err" || return
    because "leases outside the pool: $(foreign_leases | head -n 3)" test -z "$(foreign_leases)"
}
foreign_leases() { sed 1d "$LAB_OUT/leases.csv" | grep -Ev '^10\.67\.0\.1[0-9][0-9],' || true; }

main() {
    local obstacle heap
    obstacle=$(lab_obstacle)
    [[ -z $obstacle ]] || die "the lab cannot run: $obstacle"
    build_jar
    lab_begin hostile
    add_ns srv
    add_ns load
    cable srv eth0 load eth0
    in_ns srv ip address add 10.67.0.1/24 dev eth0
    in_ns load ip address add 10.67.0.2/24 dev eth0
    write_config
    server_start srv || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    heap=$(live_heap)
    check "the hostile client gets to its end" reaches_its_end
    count_results
    check "the server is alive" because "it ended" kill -0 "$SERVER_PID"
    check "it needs no more memory than before" memory_flat "$heap"
    check "its log has at most $MAX_LOG_LINES lines" log_bounded
    check "the leases can be listed and are of the pool" store_readable
    check "the server stops with exit code 0" server_stops_cleanly
    check "the leases can be listed and are of the pool when it is down" store_readable
    lab_summary
}

main
