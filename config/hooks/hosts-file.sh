#!/bin/sh
# Keeps a hosts file of the clients, for dnsmasq (addn-hosts) or Pi-hole (/etc/pihole/hosts/athena.hosts):
#
#   [[hooks.script]]
#   name = "hosts-file"
#   events = ["lease.ack", "lease.renew", "lease.release", "lease.decline", "lease.expire"]
#   command = "/etc/athena-dhcpd/hooks/hosts-file.sh"
#
# A hook has no arguments and no environment of its own: set the file here, and how its reader learns of a change.
# The server must be able to write there (ReadWritePaths= of its unit) and the reader to enter the folder.
hosts=/run/athena-dhcpd/athena.hosts
reload=                 # for example: reload='pkill -HUP -x dnsmasq'; Pi-hole: reload='pihole reloaddns'

set -eu
umask 022

# What comes from a client is compared and printed, never executed; a name that is none is not written.
case $ATHENA_IP in
'' | *[!0-9.]*) exit 0 ;;
esac
case $ATHENA_HOSTNAME in
[!A-Za-z0-9_]* | *[!A-Za-z0-9._-]*) name= ;;
*) name=$ATHENA_HOSTNAME ;;
esac

entry=
case $ATHENA_EVENT in
lease.ack | lease.renew)
    if [ -n "$name" ]; then
        entry="$ATHENA_IP $name"
        if [ -n "$ATHENA_DOMAIN" ]; then
            case $name.$ATHENA_DOMAIN in
            *[!A-Za-z0-9._-]*) ;;
            *) entry="$ATHENA_IP $name.$ATHENA_DOMAIN $name" ;;
            esac
        fi
    fi
    ;;
lease.release | lease.decline | lease.expire) ;;
*) exit 0 ;;
esac

# Scripts for several clients run at the same time.
exec 9>"$hosts.lock"
flock 9

touch "$hosts"
awk -v ip="$ATHENA_IP" -v old="${ATHENA_OLD_IP:-}" '$1 != ip && $1 != old' "$hosts" >"$hosts.new"
if [ -n "$entry" ]; then
    printf '%s\n' "$entry" >>"$hosts.new"
fi
if cmp -s "$hosts" "$hosts.new"; then
    rm "$hosts.new"
    exit 0
fi
mv "$hosts.new" "$hosts"
$reload
