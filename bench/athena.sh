#!/usr/bin/env bash
# athena-dhcpd as a contender of a side-by-side DHCP benchmark: the verbs check, start and seed, in the environment that
# the harness sets (BENCH_DIR, BENCH_IFACE, BENCH_SUBNET, BENCH_POOL_FIRST ...; BENCH_LIB brings seed_rows and bench_main).
# It runs what users run, bin/athena-dhcpd: ATHENA_JAR, ATHENA_HEAP and ATHENA_JAVA_OPTS mean what they mean there.
# shellcheck source=/dev/null
. "$BENCH_LIB"
BENCH_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
: "${ATHENA_JAR:=$BENCH_ROOT/athena-app/target/athena-dhcpd.jar}"
export ATHENA_JAR

athena() { exec "$BENCH_ROOT/bin/athena-dhcpd" "$@"; }

check() {
  [ -f "$ATHENA_JAR" ] && (athena version)
}

config() {
  cat >"$BENCH_DIR/athena.toml" <<TOML
[server]
interface = "$BENCH_IFACE"
server_id = "$BENCH_SERVER_IP"
lease_db = "$BENCH_DIR/store"
log_level = "warn"

[conflict_detection]
enabled = false

[api]
enabled = false

[[subnet]]
network = "$BENCH_SUBNET"
routers = ["$BENCH_ROUTER"]
lease_time = "${BENCH_LEASE_TIME}s"

  [[subnet.pool]]
  range_start = "$BENCH_POOL_FIRST"
  range_end = "$BENCH_POOL_LAST"
TOML
}

start() {
  config
  athena --config "$BENCH_DIR/athena.toml"
}

# N leases valid for a day, by the import that users have.
seed() {
  config
  local now
  now=$(date +%s)
  {
    echo "ip,mac,client_id,hostname,fqdn,subnet,state,start,expiry"
    seed_rows "$1" | awk -v s="$now" -v e=$((now + 86400)) -v n="$BENCH_SUBNET" '{
      id = $2; gsub(":", "", id); id = "0x01" id; print $1 "," $2 "," id ",,," n ",active," s "," e }'
  } >"$BENCH_DIR/leases.csv"
  (athena leases import --config "$BENCH_DIR/athena.toml" "$BENCH_DIR/leases.csv")
}

bench_main "$@"
