# Name servers, clients and looks into DNS for names.sh: BIND, Knot DNS and PowerDNS on loopback inside the server's
# namespace, and a link with a client for each way of updating. Source it after lib.sh.
# shellcheck shell=bash

# Each way has a /20: its first /24 is a link of its own, the second is behind a relay agent.
WAYS=(bind knot pdns api)
declare -A NETWORK=([bind]=16 [knot]=32 [pdns]=48 [api]=64) PORT=([bind]=5301 [knot]=5302 [pdns]=5303 [api]=5303)
declare -A DNS_PID=()
API_PORT=5304
# shellcheck disable=SC2034 # likewise
API_KEY=api-key-of-the-lab
SECRET=c2VjcmV0IG9mIHRoZSBuYW1lIHNlcnZlciB0ZXN0cw==
# shellcheck disable=SC2034 # names.sh writes it into its configuration
WRONG=d3Jvbmcgc2VjcmV0IG9mIHRoZSBsYWIgZm9yIG5hbWVzIQ==
ZONE=office.example.net

direct() { say "10.10.${NETWORK[$1]}"; }
far() { say "10.10.$((NETWORK[$1] + 1))"; }
mac_of() { say "02:00:00:67:05:${NETWORK[$1]}"; }

lay_links() {
    local way
    add_ns srv
    add_ns station
    cable srv eth0 station eth0
    in_ns srv ip address add 10.10.1.1/24 dev eth0
    in_ns station ip address add 10.10.1.2/24 dev eth0
    for way in "${WAYS[@]}"; do
        add_ns "$way"
        cable "$way" eth0 srv "eth-$way" "$(mac_of "$way")"
        in_ns srv ip address add "$(direct "$way").1/24" dev "eth-$way"
    done
    cat >"$LAB_OUT/script" <<SCRIPT
#!/bin/sh
# What the script of the lab does not write down: option 81.
[ -z "\${opt81:-}" ] || echo "\$opt81" >"\$LAB_CLIENT_DIR/fqdn"
exec "$LAB_ROOT/lab/client-script" "\$@"
SCRIPT
    chmod +x "$LAB_OUT/script"
}

# --- name servers -----------------------------------------------------------------------------------------------------

# dns_start KIND: with what it had, if it was there before.
dns_start() {
    ip netns exec "$(ns srv)" "$LAB_ROOT/lab/nameservers.sh" start "$1" "$LAB_OUT/$1" 127.0.0.1 "${PORT[$1]}" "$API_PORT" \
        >>"$LAB_OUT/$1.log" 2>&1 </dev/null &
    DNS_PID[$1]=$!
    disown
    await dns_answers "$1" || die "$1 does not answer, see $LAB_OUT/$1.log"
}
dns_answers() { [[ $(look "$1" $ZONE SOA) == ns.* ]]; }

dns_kill() {
    kill -KILL "${DNS_PID[$1]}"
    await dead "${DNS_PID[$1]}"
}

# look WAY NAME TYPE: what the name server of a way says, sorted; false when it says neither what there is nor that there
# is nothing.
look() {
    local answer
    answer=$(in_ns srv env ${DNS_LIBRARIES:+LD_LIBRARY_PATH="$DNS_LIBRARIES"} "$DIG" +norec +noall +comments +answer +tries=3 \
        +time=5 -p "${PORT[$1]}" @127.0.0.1 "$2" "$3" 2>/dev/null) && grep -Eq 'status: (NOERROR|NXDOMAIN),' <<<"$answer" ||
        return
    awk -v type="$3" '!/^;/ && $4 == type { sub(/^([^ \t]+[ \t]+){4}/, ""); print }' <<<"$answer" | sort | paste -sd' '
}

find_dig() {
    DIG=$(suite_file bind /bin/dig)
    DNS_LIBRARIES=$(suite_libraries bind)
}

# by_hand WAY LINE...: what an administrator does with nsupdate.
by_hand() {
    local way=$1
    shift
    printf '%s\n' "server 127.0.0.1 ${PORT[$way]}" "zone ${BY_HAND_ZONE:-$ZONE}" "key hmac-sha256:key-hmac-sha256 $SECRET" "$@" send |
        in_ns srv "$LAB_ROOT/lab/nameservers.sh" nsupdate >>"$LAB_OUT/nsupdate.log" 2>&1
}

reverse_of() { awk -F. '{print $4 "." $3 "." $2 "." $1 ".in-addr.arpa"}' <<<"$1"; }

# --- what DNS is to say -----------------------------------------------------------------------------------------------

says() { [[ $(look "$1" "$2" "$3") == "$4" ]]; }
something() { [[ -n $(look "$1" "$2" "$3") ]]; }
nothing() {
    local found
    found=$(look "$@") && [[ -z $found ]]
}

# named WAY LABEL ADDRESS: the name has that address alone and a DHCID, and the address has that name.
named() {
    local name=$2.$ZONE
    because "the client has no address" test -n "$3" || return
    await says "$1" "$name" A "$3" || because "$name has no A $3 but '$(look "$1" "$name" A)'" false || return
    because "$name has no DHCID" something "$1" "$name" DHCID || return
    await says "$1" "$(reverse_of "$3")" PTR "$name." ||
        because "the PTR of $3 is '$(look "$1" "$(reverse_of "$3")" PTR)'" false
}

# unnamed WAY LABEL [ADDRESS]: neither A nor DHCID, and no PTR of the address.
unnamed() {
    local name=$2.$ZONE
    because "$name is still there" await nothing "$1" "$name" A &&
        because "its DHCID is left" await nothing "$1" "$name" DHCID || return
    [[ -z ${3:-} ]] || because "the PTR of $3 is left" await nothing "$1" "$(reverse_of "$3")" PTR
}

# --- clients ----------------------------------------------------------------------------------------------------------

hex() { od -An -v -tx1 | tr -d ' \n'; }
hex_of() { printf '%s' "$1" | hex; }
wire_of() {
    local label
    for label in ${1//./ }; do printf '%02x%s' ${#label} "$(hex_of "$label")"; done
}

# take WAY CLIENT OPTION...: udhcpc gets a lease for a client of that identifier, and ends without a word.
take() {
    local way=$1 dir=$LAB_OUT/$1-$2 id
    id=00$(hex_of "$2")
    shift 2
    mkdir -p "$dir"
    : >"$dir/lease"
    LAB_CLIENT_DIR=$dir in_ns "$way" timeout "$LAB_LIMIT" "$LAB_TOOLS/busybox" udhcpc -f -q -n -i eth0 -t 100 -T 1 -A 1 -C \
        -x "0x3d:$id" -O 0x51 -s "$LAB_OUT/script" "$@" >>"$dir/log" 2>&1 ||
        { WHY="udhcpc got no lease, see $dir/log"; return 1; }
}
address_of() { client_value "$1-$2" address; }

# ask WAY CLIENT ARGUMENT...: the jar's own client, behind a relay agent on another network; its address is in PROBED.
ask() {
    local id=$1-$2 log=$LAB_OUT/$1-$2.probe
    server_command probe --timeout 5 --tries 12 --server 10.10.1.1 --relay 10.10.1.2 --client-port 0 --client-id "0x00$(hex_of "$2")" "${@:3}"
    # shellcheck disable=SC2034 # check of lib.sh prints it
    in_ns station "${SERVER_COMMAND[@]}" >"$log" 2>&1 || { WHY="the probe of $id failed, see $log"; return 1; }
    # shellcheck disable=SC2034 # names.sh asks DNS for it
    PROBED=$(awk '/ your address / { address = $3 } END { print address }' "$log")
}
