# The kinds of clients of lab/matrix.sh: how each is had, started, ended, and where it keeps what it was told.
# shellcheck shell=bash

KINDS=(dhclient udhcpc)

kind_of() { printf '%s' "${1%-*}"; }
has_kind() { [[ " ${KINDS[*]} " == *" $1 "* ]]; }
# skip_line WHAT WHY: what could not be shown, and why.
skip_line() { say "SKIPPED $1: $2"; }

find_kinds() {
    if lab_tool dhcpcd dhcpcd-base; then KINDS+=(dhcpcd); else skip_line dhcpcd "package dhcpcd-base is not to be had"; fi
    if [[ ! -x /lib/systemd/systemd-networkd ]]; then
        skip_line systemd-networkd "systemd is not installed"
    elif ! have dbus-daemon; then
        skip_line systemd-networkd "dbus-daemon is not installed"
    else
        KINDS+=(networkd)
    fi
}

# client_start NAME [reboot]
client_start() {
    local dir
    dir=$(client_dir "$1")
    mkdir -p "$dir"
    case $(kind_of "$1") in
    dhclient) dhclient_start "$1" ;;
    udhcpc) if [[ -n ${2:-} ]]; then udhcpc_start "$1" -r "${BEFORE[$1]}"; else udhcpc_start "$1"; fi ;;
    dhcpcd) dhcpcd_start "$1" ;;
    networkd) networkd_start "$1" ;;
    esac
}

# Its files lie where they would for the only client of a machine: the mounts are the process's own.
dhcpcd_start() {
    local name=$1 dir identity=
    dir=$(client_dir "$1")
    mkdir -p "$dir/run" "$dir/lib/dhcpcd"
    [[ $name != dhcpcd-relayed ]] || identity="clientid $RESERVED_ID"
    printf '%s\n' 'option domain_name_servers, domain_name, routers' 'noipv6' 'noipv4ll' 'noarp' "$identity" \
        >"$dir/dhcpcd.conf"
    # shellcheck disable=SC2016 # the inner shell's variables
    ip netns exec "$(ns "$name")" sh -c 'mount --bind "$1/run" /run && mount --bind "$1/lib" /var/lib && mkdir -p /run/dhcpcd &&
        exec "$2" -4 -B -d -f "$1/dhcpcd.conf" -c "$3" -e "LAB_CLIENT_DIR=$1" eth0' \
        - "$dir" "$LAB_TOOLS/dhcpcd" "$LAB_ROOT/lab/client-script" >>"$dir/log" 2>&1 </dev/null &
    printf '%s' "$!" >"$dir/pid"
    disown
}

# Without PID 1 it needs a bus of its own, and a /sys that cannot be written, so that it does not wait for udev.
networkd_start() {
    local name=$1 dir
    dir=$(client_dir "$1")
    mkdir -p "$dir/run/systemd/network" "$dir/run/dbus"
    printf '%s\n' '[Match]' 'Name=eth0' '[Network]' 'DHCP=ipv4' 'IPv6AcceptRA=no' 'LinkLocalAddressing=no' \
        '[DHCPv4]' 'UseDomains=yes' >"$dir/run/systemd/network/10-eth0.network"
    cat >"$dir/run/bus.conf" <<'XML'
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
XML
    chmod -R a+rX "$LAB_OUT" "$dir/run"
    # shellcheck disable=SC2016 # the inner shell's variables
    ip netns exec "$(ns "$name")" sh -c 'mount --bind "$1/run" /run && mount -o remount,ro /sys &&
        rm -f /run/dbus/system_bus_socket && dbus-daemon --config-file=/run/bus.conf --fork --nopidfile &&
        SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console exec /lib/systemd/systemd-networkd' \
        - "$dir" >>"$dir/log" 2>&1 </dev/null &
    printf '%s' "$!" >"$dir/pid"
    disown
}

# client_release NAME: ends it with a DHCPRELEASE.
client_release() {
    case $(kind_of "$1") in
    dhclient) dhclient_release "$1" ;;
    udhcpc) kill -USR2 "$(client_pid "$1")" && wait_until 5 client_had "$1" deconfig 1 ;;
    dhcpcd) kill -ALRM "$(client_pid "$1")" ;;
    networkd) kill -TERM "$(client_pid "$1")" ;;
    esac
    case $(kind_of "$1") in
    dhcpcd | networkd) wait_until 5 dead "$(client_pid "$1")" || true ;;
    esac
    client_cut_off "$1"
}

# As a power cut: without a word.
client_cut_off() {
    local pids
    pids=$(ip netns pids "$(ns "$1")")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    wait_until 5 no_process_in "$1" || true
    in_ns "$1" ip address flush dev eth0
    rm -f "$(client_dir "$1")/pid"
}
no_process_in() { [[ -z $(ip netns pids "$(ns "$1")") ]]; }

# Whether a client asks for its former address with a REQUEST when it comes up again (INIT-REBOOT).
remembers() { [[ $(kind_of "$1") == dhclient || $(kind_of "$1") == dhcpcd ]]; }

# stored NAME KEY: domain or dns as the client keeps it.
stored() {
    if [[ $(kind_of "$1") == networkd ]]; then
        case $2 in
        domain) sed -n 's/^DOMAINNAME=//p' "$(client_dir "$1")"/run/systemd/netif/leases/* 2>/dev/null ;;
        dns) sed -n 's/^DNS=//p' "$(client_dir "$1")"/run/systemd/netif/leases/* 2>/dev/null ;;
        esac
    else
        client_value "$1" "$2"
    fi
}
