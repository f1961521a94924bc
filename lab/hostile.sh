#!/usr/bin/env bash
# Bad input against the started jar: broken and odd datagrams, floods, forged releases and declines. After each, a good
# client must be served; the server must be alive at the end, its memory and log bounded and its store readable. Needs root.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/attack.sh
. "$(dirname "$0")/attack.sh"

MAX_LOG_LINES=3000
# Far less than a hundred bytes for each of the hundred thousand clients that are invented.
MAX_GROWTH_KIB=8192

write_config() {
    cat >"$LAB_OUT/config.toml" <<TOML
$(attack_config)

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.199"

  [[subnet.reservation]]
  mac = "02:00:00:67:00:31"
  ip = "10.67.0.31"
TOML
}

store_readable() {
    leases --format csv >"$LAB_OUT/leases.csv" 2>"$LAB_OUT/leases.err" || return
    because "leases outside the pool: $(foreign_leases | head -n 3)" test -z "$(foreign_leases)"
}
foreign_leases() { sed 1d "$LAB_OUT/leases.csv" | grep -Ev '^10\.67\.0\.1[0-9][0-9],' || true; }

# Files that are no configuration: each is refused with its reason, and none is read without end.
bad_configurations() {
    local folder=$LAB_OUT/configurations
    mkdir -p "$folder/a-directory"
    truncate -s 1G "$folder/a-gigabyte.toml"
    printf '\0\0\0' >"$folder/zeros.toml"
    head -c 100000 /dev/zero | tr '\0' '[' >"$folder/nested.toml"
    with_lease_time "-1h" >"$folder/negative.toml"
    with_lease_time "4294967296s" >"$folder/too-long.toml"
}
with_lease_time() { sed "s/^lease_time = .*/lease_time = \"$1\"/" "$LAB_OUT/config.toml"; }
is_refused() {
    local status=0
    server_command check "$1"
    timeout "$LAB_LIMIT" "${SERVER_COMMAND[@]}" >"$1.said" 2>&1 || status=$?
    because "it ended with exit code $status" test "$status" = 1 &&
        because "it said: $(head -c 300 "$1.said")" names_its_file "$1"
}
names_its_file() { ! grep -q 'Exception\|OutOfMemory' "$1.said" && grep -q "$(basename "$1")" "$1.said"; }

main() {
    local file
    attack_begin hostile
    check "the hostile client gets to its end" attack HostileClient
    show_results failures
    say "$PASSED kinds of bad input were taken as they should be"
    survived
    check "the leases can be listed and are of the pool" store_readable
    check "the server stops with exit code 0" server_stops_cleanly
    check "the leases can be listed and are of the pool when it is down" store_readable
    bad_configurations
    for file in a-directory a-gigabyte.toml zeros.toml nested.toml negative.toml too-long.toml; do
        check "$file is refused as a configuration, with a word about it" is_refused "$LAB_OUT/configurations/$file"
    done
    rm -f "$LAB_OUT/configurations/a-gigabyte.toml"
    lab_summary
}

main
