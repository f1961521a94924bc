# The kinds of clients of lab/matrix.sh: how each is had, started, ended, and where it keeps what it was told.
# shellcheck shell=bash

KINDS=(dhclient udhcpc)

kind_of() { printf '%s' "${1%%-*}"; }
has_kind() { [[ " ${KINDS[*]} " == *" $1 "* ]]; }
NETWORKD=(networkd /lib/systemd/systemd-networkd)
BUS=(networkd /bin/dbus-daemon)

find_kinds() {
    if lab_tool dhcpcd dhcpcd-base; then
        KINDS+=(dhcpcd)
    else
        cannot_show dhcpcd "it is not to be had (package dhcpcd-base)"
    fi
    if lab_suite "${NETWORKD[@]}" systemd dbus-daemon && lab_suite "${BUS[@]}" systemd dbus-daemon; then
        KINDS+=(networkd)
    else
        cannot_show systemd-networkd "it is not to be had (packages systemd and dbus-daemon)"
    fi
}

# The versions, for the report.
tell_kinds() {
    report "# $("$LAB_TOOLS/dhclient" --version 2>&1 | head -n 1)"
    report "# udhcpc of $("$LAB_TOOLS/busybox" 2>/dev/null | head -n 1)"
    ! has_kind dhcpcd || report "# $("$LAB_TOOLS/dhcpcd" --version | head -n 1)"
    ! has_kind networkd || report "# systemd-networkd of $(LD_LIBRARY_PATH=$(suite_libraries networkd) \
        "$(suite_file "${NETWORKD[@]}")" --version | head -n 1)"
    report "# relay agent $("$LAB_TOOLS/dhcrelay" --version 2>&1 | head -n 1)"
}

# client_start NAME [reboot]
client_start() {
    local dir
    dir=$(client_dir "$1")
    mkdir -p "$dir"
    case $(kind_of "$1") in
    dhclient) dhclient_start "$1" ${IDENTITY[$1]:+"send dhcp-client-identifier ${IDENTITY[$1]};"} ;;
    udhcpc) udhcpc_identified "$1" "${2:-}" ;;
    dhcpcd) dhcpcd_start "$1" ;;
    networkd) networkd_start "$1" "${2:-}" ;;
    esac
}

# udhcpc_identified NAME [reboot]
udhcpc_identified() {
    local options=()
    [[ -z ${IDENTITY[$1]:-} ]] || options+=(-C -x "0x3d:${IDENTITY[$1]//:/}")
    [[ -z $2 ]] || options+=(-r "${BEFORE[$1]}")
    udhcpc_start "$1" "${options[@]}"
}

# dhcpcd_start NAME [CONFIG LINE]...: its files lie where they would for the only client of a machine: the mounts are the
# process's own.
dhcpcd_start() {
    local name=$1 dir identity=${IDENTITY[$1]:+clientid ${IDENTITY[$1]}} rapid=
    dir=$(client_dir "$1")
    shift
    mkdir -p "$dir/run" "$dir/lib/dhcpcd"
    [[ $name != *-rapid ]] || rapid="option rapid_commit"
    printf '%s\n' 'reboot 30' 'option domain_name_servers, domain_name, routers' 'noipv6' 'noipv4ll' 'noarp' "$identity" "$rapid" "$@" \
        >"$dir/dhcpcd.conf"
    # shellcheck disable=SC2016 # the inner shell's variables
    ip netns exec "$(ns "$name")" sh -c 'mount --bind "$1/run" /run && mount --bind "$1/lib" /var/lib && mkdir -p /run/dhcpcd &&
        exec "$2" -4 -B -d -f "$1/dhcpcd.conf" -c "$3" -e "LAB_CLIENT_DIR=$1" eth0' \
        - "$dir" "$LAB_TOOLS/dhcpcd" "$LAB_ROOT/lab/client-script" >>"$dir/log" 2>&1 </dev/null &
    printf '%s' "$!" >"$dir/pid"
    disown
}

# networkd_start NAME [reboot]: without PID 1 it needs a bus of its own, and a /sys that cannot be written, so that it does
# not wait for udev. Its identifier is made of its MAC: a machine id may be missing, and all would have the same. Told to
# keep its address, it asks with INIT-REBOOT for one that it finds on the interface.
networkd_start() {
    local name=$1 dir bus networkd
    bus=$(suite_file "${BUS[@]}") networkd=$(suite_file "${NETWORKD[@]}")
    dir=$(client_dir "$1")
    mkdir -p "$dir/run/systemd/network" "$dir/run/dbus"
    printf '%s\n' '[Match]' 'Name=eth0' '[Network]' 'DHCP=ipv4' 'IPv6AcceptRA=no' 'LinkLocalAddressing=no' \
        ${2:+KeepConfiguration=dhcp} '[DHCPv4]' 'UseDomains=yes' 'DUIDType=link-layer' \
        ${IDENTITY[$name]:+ClientIdentifier=mac} >"$dir/run/systemd/network/10-eth0.network"
    cat >"$dir/run/bus.conf" <<'XML'
<busconfig>
  <type>system</type>
  <listen>unix:path=/run/dbus/system_bus_socket</listen>
  <policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
XML
    chmod -R a+rX "$LAB_OUT" "$dir/run"
    # It gives up root for a user that its package makes; this process alone sees that user where it is missing.
    cp /etc/passwd /etc/group "$dir/"
    getent passwd systemd-network >/dev/null || {
        say 'systemd-network:x:64900:64900::/:/usr/sbin/nologin' >>"$dir/passwd"
        say 'systemd-network:x:64900:' >>"$dir/group"
    }
    # shellcheck disable=SC2016 # the inner shell's variables
    ip netns exec "$(ns "$name")" sh -c 'mount --bind "$1/run" /run && mount --bind "$1/passwd" /etc/passwd &&
        mount --bind "$1/group" /etc/group && mount -o remount,ro /sys &&
        rm -f /run/dbus/system_bus_socket && export LD_LIBRARY_PATH="$4" &&
        "$2" --config-file=/run/bus.conf --fork --nopidfile &&
        SYSTEMD_LOG_LEVEL=debug SYSTEMD_LOG_TARGET=console exec "$3"' \
        - "$dir" "$bus" "$networkd" "$(suite_libraries networkd)" >>"$dir/log" 2>&1 </dev/null &
    printf '%s' "$!" >"$dir/pid"
    disown
}

# client_release NAME: ends it with a DHCPRELEASE.
client_release() {
    case $(kind_of "$1") in
    dhclient) dhclient_release "$1" ;;
    udhcpc) kill -USR2 "$(client_pid "$1")"; await client_had "$1" deconfig 1 || true ;;
    dhcpcd) kill -ALRM "$(client_pid "$1")" ;;
    networkd) kill -TERM "$(client_pid "$1")" ;;
    esac
    case $(kind_of "$1") in
    dhcpcd | networkd) await dead "$(client_pid "$1")" || true ;;
    esac
    client_cut_off "$1"
}

# client_cut_off NAME [keep]: as a power cut, without a word; keep leaves the address on the interface.
client_cut_off() {
    local pids
    pids=$(ip netns pids "$(ns "$1")")
    # shellcheck disable=SC2086 # a list of process ids
    [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    await no_process_in "$1" || true
    [[ -n ${2:-} ]] || in_ns "$1" ip address flush dev eth0
    rm -f "$(client_dir "$1")/pid"
}
no_process_in() { [[ -z $(ip netns pids "$(ns "$1")") ]]; }

# Whether a client asks for its former address with a REQUEST when it comes up again (INIT-REBOOT). systemd-networkd
# does so for an address that it finds on its interface.
remembers() { [[ $(kind_of "$1") != udhcpc ]]; }
keeps_address() { [[ $(kind_of "$1") != networkd ]] || say keep; }

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
