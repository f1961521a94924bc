#!/usr/bin/env bash
# Floods against the started jar, with the limits of the example configuration: invented clients ask without end, decline
# all they get and take all there is, from the same port of the same relay agent as good clients. Those must keep their
# leases and get new ones, and the server's memory must stay as it was. Needs root; about 45 s.
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/attack.sh
. "$(dirname "$0")/attack.sh"

MAX_LOG_LINES=2000
# A tenth of a hundred bytes for each client that is invented.
MAX_GROWTH_KIB=4096

example_limits() { sed -n '/^# \[server.rate_limit\]/,/^$/s/^# //p' "$LAB_ROOT/config/example.toml"; }

write_config() {
    [[ -n $(example_limits) ]] || die "config/example.toml has no [server.rate_limit] any more"
    cat >"$LAB_OUT/config.toml" <<TOML
$(attack_config)

$(example_limits)

[[subnet]]
network = "10.67.0.0/24"
routers = ["10.67.0.1"]

  [[subnet.pool]]
  range_start = "10.67.0.100"
  range_end = "10.67.0.249"
TOML
}

# The known clients, of the third byte 07, hold each their own address.
leases_intact() {
    leases --format csv --state active >"$LAB_OUT/leases.csv" 2>"$LAB_OUT/leases.err" || return
    local known
    known=$(grep -c ',02:67:07:00:00:' "$LAB_OUT/leases.csv" || true)
    because "$known are listed" test "$known" -ge 20
}

main() {
    attack_begin flood
    check "the flood gets to its end" attack FloodClient
    show_results all
    survived
    check "the known clients' leases are all there" leases_intact
    check "the server stops with exit code 0" server_stops_cleanly
    lab_summary
}

main
