#!/usr/bin/env bash
# Real name servers on one address and port, for tests and labs. They are unpacked from Debian's packages where they are
# not installed, and none of them ever starts as a service.
#
#   lab/nameservers.sh have KIND                           true when KIND (bind, knot, pdns) can be started
#   lab/nameservers.sh start KIND FOLDER ADDRESS PORT [API_PORT]   runs one in the foreground; its pid is this script's
#   lab/nameservers.sh dig|nsupdate ARGUMENT...            BIND's own client programs
#
# The zones office.example.net, 10.10.in-addr.arpa, 2.0.192.in-addr.arpa, 0/25.113.0.203.in-addr.arpa and big.example.net
# (500 records) take updates signed by any of the keys below and by those alone, and list themselves to them.
# static.example.net takes none. The keys are named after their algorithm, such as key-hmac-sha256, and share one secret;
# stranger is known to the server and allowed nothing. With API_PORT PowerDNS has its HTTP API there, by the key below.
set -euo pipefail

# shellcheck source=lab/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SECRET=c2VjcmV0IG9mIHRoZSBuYW1lIHNlcnZlciB0ZXN0cw==
API_KEY=api-key-of-the-lab
ALGORITHMS=(hmac-md5 hmac-sha1 hmac-sha224 hmac-sha256 hmac-sha384 hmac-sha512)
OPEN_ZONES=(office.example.net 10.10.in-addr.arpa 2.0.192.in-addr.arpa 0/25.113.0.203.in-addr.arpa big.example.net)
CLOSED_ZONES=(static.example.net)

BIND=(bind /sbin/named)
DIG=(bind /bin/dig)
KNOT=(knot /sbin/knotd)
PDNS=(pdns /sbin/pdns_server)

# --- getting them -----------------------------------------------------------------------------------------------------

# Tests of several modules may ask at once.
fetch() {
    mkdir -p "$LAB_TOOLS"
    (
        flock 9
        "$@"
    ) 9>"$LAB_TOOLS/nameservers.lock"
}

have_kind() {
    case $1 in
        bind) fetch lab_suite "${BIND[@]}" bind9 bind9-dnsutils && fetch lab_suite "${DIG[@]}" bind9 bind9-dnsutils ;;
        knot) fetch lab_suite "${KNOT[@]}" knot ;;
        pdns) fetch pdns_suite ;;
        *) die "no such name server: $1" ;;
    esac
}

# The server may be installed without the backend.
pdns_suite() {
    pdns_is_whole || unpack "$LAB_TOOLS/pdns" pdns-server pdns-backend-sqlite3 sqlite3
    pdns_is_whole
}
pdns_is_whole() {
    [[ -n $(suite_file "${PDNS[@]}") && -n $(suite_file pdns /bin/sqlite3) && -n $(pdns_backend) && -n $(pdns_schema) ]]
}
pdns_backend() { anywhere pdns "/usr/lib/*/pdns/libgsqlite3backend.so"; }
pdns_schema() { anywhere pdns /usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql; }

# anywhere SUITE PATTERN: the first file of that path, unpacked or installed.
anywhere() {
    local path
    for path in "$LAB_TOOLS/$1"$2 $2; do
        [[ ! -e $path ]] || { say "$path"; return; }
    done
}

# become SUITE PROGRAM ARGUMENT...: runs a program of a suite in this process.
become() {
    local suite=$1 program=$2 libraries
    shift 2
    libraries=$(suite_libraries "$suite")
    [[ -z $libraries ]] || export LD_LIBRARY_PATH=$libraries
    exec "$(suite_file "$suite" "$program")" "$@"
}

# --- zones ------------------------------------------------------------------------------------------------------------

file_of() { say "${1//\//_}.zone"; }

write_zones() {
    local zone n
    for zone in "${OPEN_ZONES[@]}" "${CLOSED_ZONES[@]}"; do
        {
            say "\$ORIGIN $zone." "\$TTL 300" "@ IN SOA ns.example.net. admin.example.net. 1 3600 600 86400 60" \
                "@ IN NS ns.example.net."
            [[ $zone != static.* ]] || say "fixed IN A 192.0.2.1"
            if [[ $zone == big.* ]]; then
                for n in {1..500}; do say "host$n IN A 10.20.$((n / 250)).$((n % 250))"; done
                for n in {1..90}; do say "many IN A 10.30.0.$n"; done
            fi
        } >"$1/$(file_of "$zone")"
    done
}

# --- BIND -------------------------------------------------------------------------------------------------------------

start_bind() {
    local folder=$1 address=$2 port=$3 keys='' algorithm zone
    {
        say "options {" "  directory \"$folder\"; pid-file none; session-keyfile \"$folder/session.key\";" \
            "  listen-on port $port { $address; }; listen-on-v6 { none; };" \
            "  recursion no; notify no; dnssec-validation no; allow-transfer { none; };" "};" "controls { };"
        for algorithm in "${ALGORITHMS[@]}"; do
            say "key \"key-$algorithm\" { algorithm $algorithm; secret \"$SECRET\"; };"
            keys+="key \"key-$algorithm\"; "
        done
        say "key \"stranger\" { algorithm hmac-sha256; secret \"$SECRET\"; };"
        for zone in "${OPEN_ZONES[@]}"; do
            say "zone \"$zone\" { type primary; file \"$(file_of "$zone")\"; allow-update { $keys}; allow-transfer { $keys}; };"
        done
        for zone in "${CLOSED_ZONES[@]}"; do
            say "zone \"$zone\" { type primary; file \"$(file_of "$zone")\"; };"
        done
    } >"$folder/named.conf"
    become "${BIND[@]}" -g -n 1 -c "$folder/named.conf"
}

# --- Knot DNS ---------------------------------------------------------------------------------------------------------

start_knot() {
    local folder=$1 address=$2 port=$3 algorithm zone
    mkdir -p "$folder/run" "$folder/db"
    {
        say "server:" "    listen: $address@$port" "    rundir: $folder/run" "    tcp-workers: 1" "    udp-workers: 1" \
            "    background-workers: 1" "log:" "  - target: stderr" "    any: info" "database:" "    storage: $folder/db" "key:"
        for algorithm in "${ALGORITHMS[@]}"; do
            say "  - id: key-$algorithm" "    algorithm: $algorithm" "    secret: $SECRET"
        done
        say "  - id: stranger" "    algorithm: hmac-sha256" "    secret: $SECRET"
        say "acl:" "  - id: keys" "    key: [$(printf 'key-%s, ' "${ALGORITHMS[@]}" | sed 's/, $//')]" \
            "    action: [update, transfer]" "zone:"
        for zone in "${OPEN_ZONES[@]}"; do
            say "  - domain: $zone" "    file: $folder/$(file_of "$zone")" "    acl: keys"
        done
        for zone in "${CLOSED_ZONES[@]}"; do
            say "  - domain: $zone" "    file: $folder/$(file_of "$zone")"
        done
    } >"$folder/knot.conf"
    become "${KNOT[@]}" -c "$folder/knot.conf"
}

# --- PowerDNS ---------------------------------------------------------------------------------------------------------

start_pdns() {
    local folder=$1 address=$2 port=$3 again=$4 api_port=$5 schema module
    schema=$(pdns_schema)
    module=$(pdns_backend)
    say "launch=gsqlite3" "gsqlite3-database=$folder/pdns.sqlite3" "module-dir=${module%/*}" "socket-dir=$folder" \
        "local-address=$address" "local-port=$port" "dnsupdate=yes" "allow-dnsupdate-from=" \
        "allow-axfr-ips=" "disable-axfr=no" "cache-ttl=0" "query-cache-ttl=0" "negquery-cache-ttl=0" \
        "zone-cache-refresh-interval=0" "consistent-backends=no" "loglevel=5" "daemon=no" "guardian=no" >"$folder/pdns.conf"
    [[ -z $api_port ]] || say "webserver=yes" "webserver-address=$address" "webserver-port=$api_port" \
        "webserver-allow-from=$address/32" "api=yes" "api-key=$API_KEY" >>"$folder/pdns.conf"
    [[ -n $again ]] || pdns_tables "$folder" "$schema" | sqlite "$folder/pdns.sqlite3" >/dev/null
    become "${PDNS[@]}" --config-dir="$folder"
}
pdns_tables() {
    local folder=$1 schema=$2 algorithm zone
    say "PRAGMA journal_mode=WAL;"
    cat "$schema"
    say "BEGIN;"
    for algorithm in "${ALGORITHMS[@]}"; do
        say "INSERT INTO tsigkeys (name, algorithm, secret) VALUES ('key-$algorithm', '$algorithm', '$SECRET');"
    done
    say "INSERT INTO tsigkeys (name, algorithm, secret) VALUES ('stranger', 'hmac-sha256', '$SECRET');"
    for zone in "${OPEN_ZONES[@]}" "${CLOSED_ZONES[@]}"; do pdns_zone "$zone" "$folder/$(file_of "$zone")"; done
    say "COMMIT;"
}

sqlite() { (become pdns /bin/sqlite3 "$@"); }

pdns_zone() {
    local zone=$1 file=$2 algorithm
    local of="(SELECT id FROM domains WHERE name = '$zone')"
    say "INSERT INTO domains (name, type) VALUES ('$zone', 'MASTER');"
    awk -v zone="$zone" -v of="$of" -v quote="'" '
        $2 == "IN" {
            name = $1 == "@" ? zone : $1 "." zone
            value = ""
            for (i = 4; i <= NF; i++) value = value (i > 4 ? " " : "") $i
            if ($3 != "A") { gsub(/\. /, " ", value); sub(/\.$/, "", value) }
            printf "INSERT INTO records (domain_id, name, type, content, ttl, auth) VALUES (%s, %s, %s, %s, 300, 1);\n",
                of, quote name quote, quote $3 quote, quote value quote
        }' "$file"
    [[ $zone != static.* ]] || return 0
    say "INSERT INTO domainmetadata (domain_id, kind, content) VALUES ($of, 'ALLOW-DNSUPDATE-FROM', '127.0.0.0/8');"
    for algorithm in "${ALGORITHMS[@]}"; do
        say "INSERT INTO domainmetadata (domain_id, kind, content) VALUES ($of, 'TSIG-ALLOW-DNSUPDATE', 'key-$algorithm');" \
            "INSERT INTO domainmetadata (domain_id, kind, content) VALUES ($of, 'TSIG-ALLOW-AXFR', 'key-$algorithm');"
    done
}

# ----------------------------------------------------------------------------------------------------------------------

case ${1:-} in
    have)
        have_kind "$2"
        ;;
    start)
        have_kind "$2" || die "$2 is not to be had: it is neither installed nor among the packages"
        mkdir -p "$3"
        # A server that is started again goes on with what it has.
        [[ -e $3/started ]] || write_zones "$3"
        again=$(find "$3" -maxdepth 1 -name started)
        touch "$3/started"
        "start_$2" "$3" "$4" "$5" "$again" "${6:-}"
        ;;
    dig | nsupdate)
        have_kind bind || die "BIND's programs are not to be had"
        program=$1
        shift
        become bind "/bin/$program" "$@"
        ;;
    *)
        sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//p}' "$0"
        exit 2
        ;;
esac
