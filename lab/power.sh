#!/usr/bin/env bash
# Power, disk and damage.
#   Power cuts  the store is on an ext4 image behind a loop device. Under load the server is frozen, the image is copied
#               as it is, without what only the kernel's page cache knows, and the next server goes on with the copy.
#               Every ACK that a client got before the freeze must be a lease there. With syncs switched off the same
#               test must find lost leases, else it would prove nothing.
#   Full disk   all of it, for the checkpoint alone, for the journal alone: no ACK without a durable lease, no NAK, service
#               comes back by itself, nothing is lost.
#   Damage      a journal cut off at many places, flipped bits: the server starts and says what it found, and no leased
#               address goes to a newcomer. A store of a newer version is refused and left as it is.
# Cuts and full disks need root and loop devices, otherwise they are SKIPPED, which is a failure in CI.
#   POWER_ROUNDS=4     how many power cuts (30 with LAB_LONG=1)
#   POWER_FLIPS=1      how many copies of a store get flipped bits, of its journal and of its checkpoint each, and how many
#                      are cut off somewhere in their last records (10 with LAB_LONG=1)
#   POWER_SEED=N       repeats the random choices of a run
set -euo pipefail
# shellcheck source=lab/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=lab/load.sh
. "$(dirname "$0")/load.sh"

DEFAULTS=(4 1)
[[ -z ${LAB_LONG:-} ]] || DEFAULTS=(30 10)
ROUNDS=${POWER_ROUNDS:-${DEFAULTS[0]}}
FLIPS=${POWER_FLIPS:-${DEFAULTS[1]}}
SEED=${POWER_SEED:-$((RANDOM * 32768 + RANDOM))}
SAMPLE=2

LEASE_SECONDS=3600
OPTIONS=${LAB_JAVA_OPTS:-}
SMALL_JOURNAL="$OPTIONS -Dathena.test.checkpoint-bytes=65536"
OUT=$LAB_ROOT/lab/out/power
DISK=$OUT/disk
BALLAST=$DISK/ballast
IMAGE=
HEARD=0

because_of_log() { WHY="$1, see $LAB_OUT/server.log"; }

# --- a disk that is a file --------------------------------------------------------------------------------------------

# Unmounts what a run left that was killed; the loop devices go with their mounts.
sweep_disks() {
    local mounted
    while mounted=$(grep -o " $OUT/[^ ]*" /proc/mounts | tail -n 1) && [[ -n $mounted ]]; do
        umount -l "${mounted# }" || return
    done
}

drop_disks() {
    ! is_root || sweep_disks
    rm -f "$OUT"/disk-*
}

# disk_create MIB: an empty disk in a file of its own.
disk_create() {
    IMAGE=$(mktemp "$LAB_OUT/disk-XXXXXX")
    truncate -s "$1M" "$IMAGE"
    mkfs.ext4 -q -F "$IMAGE" && disk_mount
}

# The file system commits nothing by itself: what reaches the image in a test's time is what the server synced.
disk_mount() {
    local device
    mkdir -p "$DISK"
    device=$(losetup --direct-io=on --find --show "$IMAGE" 2>/dev/null || losetup --find --show "$IMAGE") || return
    mount -t ext4 -o commit=600 "$device" "$DISK" || { losetup -d "$device"; return 1; }
    losetup -d "$device"
}

# A process that was killed may hold its files for a moment.
disk_unmount() {
    await umount "$DISK" 2>>"$LAB_OUT/umount.err" && rm -f "$IMAGE"
    IMAGE=
}

# part_mount PART MIB: gives one folder of the store a small disk of its own, in memory, so that it alone can be full.
part_mount() {
    mkdir -p "$DISK/part" "$DISK/store/$1"
    mount -t tmpfs -o "size=$2M" athena-lab "$DISK/part"
    mkdir "$DISK/part/$1"
    mount --bind "$DISK/part/$1" "$DISK/store/$1"
    BALLAST=$DISK/part/ballast
}

part_unmount() {
    await umount "$DISK/store/$1" 2>>"$LAB_OUT/umount.err" && await umount "$DISK/part" 2>>"$LAB_OUT/umount.err"
    BALLAST=$DISK/ballast
}

# Copies the image as it is at one moment: again when something was written to it meanwhile.
disk_copy() {
    local tries
    for tries in 1 2 3 4 5 6 7 8 9 10; do
        cp --sparse=always "$IMAGE" "$1"
        if cmp -s "$IMAGE" "$1"; then return; fi
    done
    WHY="the image changed $tries times while it was copied"
    return 1
}

disk_obstacle() {
    is_root || { say "it needs root, to mount disks"; return; }
    { need mkfs.ext4 e2fsprogs && need losetup mount; } || { say "mkfs.ext4 or losetup is missing"; return; }
    if ! disk_create 16 2>"$LAB_OUT/disk.err"; then
        say "this machine mounts no loop devices: $(tail -n 1 "$LAB_OUT/disk.err")"
        return
    fi
    umount "$DISK"
}

# Pulls the plug: the server is frozen and then dead, and the copy of its disk is the disk from now on.
power_cut() {
    local copy
    kill -STOP "$SERVER_PID"
    copy=$(mktemp "$LAB_OUT/disk-XXXXXX")
    disk_copy "$copy" || return
    server_crash
    disk_unmount || return
    IMAGE=$copy
    disk_mount
}

# --- power cuts -------------------------------------------------------------------------------------------------------

# Loads for a random time and cuts the power in its midst.
load_and_cut() {
    local before millis
    before=$(acks)
    millis=$(random_between 200 1500)
    load_comes load $((millis + 2500)) 50 || return
    sleep "$(as_seconds "$millis")"
    WHY="the power could not be cut"
    power_cut || return
    wait "$LOAD_PID" || { WHY="the clients failed, see $LAB_OUT/load.log"; return 1; }
    HOW="$(($(acks) - before)) ACKs"
}

started() {
    because_of_log "the server did not start"
    server_start "$SERVER_NS"
}

cut_and_kept() { load_and_cut && started && list_leases && promises_kept && stands_by_them; }

# The same with syncs switched off; true when leases were lost.
loss_is_found() {
    server_crash
    LAB_JAVA_OPTS="$SMALL_JOURNAL -Dathena.test.unsafe-no-sync=true"
    started && load_and_cut || return
    LAB_JAVA_OPTS=$SMALL_JOURNAL
    started && list_leases || return
    if promises_kept; then
        WHY="nothing was lost although nothing was synced: the test proves nothing"
        return 1
    fi
    # Gone, or back at what an older record said.
    [[ $WHY == *" listed"* ]]
}

power_cuts() {
    local round
    disk_create 64
    started || { tail -n 20 "$LAB_OUT/server.log"; die "the server does not start"; }
    WHY="the clients got no ACK, see $LAB_OUT/load.log"
    await loaded 50 || { fail "power cuts" "$WHY"; server_crash; disk_unmount; return; }
    for ((round = 1; round <= ROUNDS; round++)); do
        HOW="no ACKs"
        if cut_and_kept; then pass "power cut $round: $HOW, all kept"; else fail "power cut $round: $HOW" "$WHY"; fi
        [[ -n $SERVER_PID ]] || started || { disk_unmount; return; }
    done
    ACKS=$LAB_OUT/acks.nosync
    cp "$LAB_OUT/acks" "$ACKS"
    check "without syncs the same test finds lost leases" loss_is_found
    [[ -z $SERVER_PID ]] || server_crash
    disk_unmount
}

# --- a full disk ------------------------------------------------------------------------------------------------------

# First in large pieces, then into the last corner.
fill_disk() {
    local size
    for size in 64K 1K; do
        dd if=/dev/zero of="$BALLAST" bs=$size oflag=append conv=notrunc,fsync 2>/dev/null || true
    done
}
make_room() { rm -f "$BALLAST"; }

# said TEXT: whether the server said so since the last hush.
said() { grep -q "$1" < <(tail -n +$((HEARD + 1)) "$LAB_OUT/server.log"); }
hush() { HEARD=$(wc -l <"$LAB_OUT/server.log"); }

# ACKs for the whole lease time: those that stand for a lease just written.
full_acks() { grep -cE "^A .* $LEASE_SECONDS\$" "$ACKS" || true; }

# serves MILLIS
serves() {
    local before
    before=$(full_acks)
    WHY="no client got a lease, see $LAB_OUT/load.log"
    drive newcomers "$1" >>"$LAB_OUT/load.log" 2>&1 || { WHY="an address was given twice, see $LAB_OUT/load.log"; return 1; }
    (($(full_acks) > before))
}
# The second time with patience: on a busy machine the clients need some seconds to come to anything.
serves_in_time() { serves 1000 || await serves 5000; }
serving() { started && serves_in_time; }

leases_stop() {
    fill_disk
    because_of_log "the journal took more than the disk has room for"
    await loads_and_says "the lease journal cannot open a segment" || return
    because_of_log "no checkpoint failed"
    await loads_and_says "A checkpoint of the lease store failed"
}
loads_and_says() { drive load 1000 >>"$LAB_OUT/load.log" 2>&1 && said "$1"; }
nobody_was_refused() {
    WHY="$(grep -c '^N' "$ACKS" || true) NAKs, see $ACKS"
    ! grep -q '^N' "$ACKS"
}
holders_are_served() { stands_by_them && nobody_was_refused; }
starts_when_full() {
    fill_disk
    drive load 1000 >>"$LAB_OUT/load.log" 2>&1
    power_cut && fill_disk && started
}
kept() { list_leases && promises_kept; }
nothing_lost() { server_stops_cleanly && started && kept; }

full_disk() {
    LAB_JAVA_OPTS=$SMALL_JOURNAL
    ACKS=$LAB_OUT/acks.full
    : >"$ACKS"
    disk_create 24
    check "full disk: leases are given while there is room" serving
    check "full disk: journal and checkpoint run out of room" leases_stop
    check "full disk: holders get their remaining time" holders_are_served
    make_room
    check "full disk: service returns by itself" serves_in_time
    check "full disk: the power is cut, the server starts on it" starts_when_full
    check "full disk: every ACK is a lease there" kept
    check "full disk: holders are served after such a start" holders_are_served
    make_room
    check "full disk: service returns after such a start" serves_in_time
    check "full disk: nothing is lost after a restart" nothing_lost
    [[ -z $SERVER_PID ]] || server_crash
    disk_unmount
}

checkpoint_fails() {
    because_of_log "no checkpoint failed"
    await loads_and_says "A checkpoint of the lease store failed"
}
checkpoint_is_stuck() {
    hush
    fill_disk
    checkpoint_fails
}
# After the crash it has found out anew that no checkpoint can be made.
checkpoint_heals() {
    checkpoint_fails || return
    touch "$LAB_OUT/room"
    make_room
    because_of_log "no checkpoint was made in time"
    await checkpoint_is_written
}
checkpoint_is_written() { [[ -n $(find "$DISK/store/xodus" -name '*.xd' -newer "$LAB_OUT/room") ]]; }
kept_after_crash() {
    hush
    server_crash
    started && kept
}

full_checkpoint() {
    ACKS=$LAB_OUT/acks.checkpoint
    : >"$ACKS"
    disk_create 24
    part_mount xodus 8
    check "full checkpoint: leases are given while there is room" serving
    check "full checkpoint: no checkpoint can be made" checkpoint_is_stuck
    check "full checkpoint: leases are given all the same" serves_in_time
    check "full checkpoint: every ACK is a lease after a crash" kept_after_crash
    check "full checkpoint: checkpoints are made again when there is room" checkpoint_heals
    check "full checkpoint: nothing is lost after a restart" nothing_lost
    [[ -z $SERVER_PID ]] || server_crash
    part_unmount xodus
    disk_unmount
}

starts_without_journal() {
    hush
    started || return
    because_of_log "the journal found room on a full disk"
    await said "the lease journal cannot open a segment" && ! serves 1000
}

full_journal() {
    ACKS=$LAB_OUT/acks.fulljournal
    : >"$ACKS"
    disk_create 24
    part_mount journal 8
    fill_disk
    check "full journal: the server starts and gives no lease" starts_without_journal
    make_room
    check "full journal: service comes by itself when there is room" serves_in_time
    fill_disk
    check "full journal: leases are given in the segments that it has" serves_in_time
    check "full journal: holders are served" holders_are_served
    check "full journal: every ACK is a lease after a crash" kept_after_crash
    [[ -z $SERVER_PID ]] || server_crash
    part_unmount journal
    disk_unmount
}

# --- damage -----------------------------------------------------------------------------------------------------------

# A sound store under load, killed: copied for each kind of damage. sound_store NAME OPTIONS SECONDS_IDLE
sound_store() {
    rm -rf "$DISK" && mkdir -p "$DISK"
    LAB_JAVA_OPTS=$2
    ACKS=$LAB_OUT/acks.$1
    : >"$ACKS"
    started || return
    WHY="the clients got too few ACKs, see $LAB_OUT/load.log"
    await loaded 400 || return
    sleep "$3"
    server_crash
    cp -a "$DISK/store" "$LAB_OUT/sound-$1"
}

loaded() { drive load 1500 >>"$LAB_OUT/load.log" 2>&1 && has_more_acks "$1"; }

# damaged NAME DAMAGE ARGUMENT...: the server starts on a damaged copy, says what is missing, and gives nothing away.
damaged() {
    local name=$1 before
    shift
    rm -rf "$DISK/store" && cp -a "$LAB_OUT/sound-$name" "$DISK/store"
    ACKS=$LAB_OUT/acks.damaged
    cp "$LAB_OUT/acks.$name" "$ACKS"
    "$@"
    rm -rf "$LAB_OUT/damaged" && cp -a --sparse=always "$DISK/store" "$LAB_OUT/damaged"
    hush
    started || return
    # What it says reaches the log a moment after it listens.
    if ! said "Lease store: " && ! kept; then
        await said "Lease store: " || { WHY="it said nothing, but $WHY"; return 1; }
    fi
    before=$(acks)
    { newcomers_served "$before" 700 || await newcomers_served "$before" 5000; } && [[ -z $WHY ]]
}

# newcomers_served ACKS MILLIS: true when newcomers were served, or got what they must not get; the latter is in WHY.
newcomers_served() {
    if ! WHY=$(drive newcomers "$2" 2>&1); then
        WHY=${WHY//$'\n'/; }
        return
    fi
    has_more_acks "$1" && return
    WHY="no newcomer was served"
    return 1
}

# check_damage NAME FUNCTION...: as check; the store that a server failed on is kept as it was before.
check_damage() {
    local failures=$FAILED
    check "damage: $1" "${@:2}"
    if ((FAILED > failures)) && [[ -d $LAB_OUT/damaged ]]; then
        mv "$LAB_OUT/damaged" "$LAB_OUT/damaged-$FAILED"
        say "the damaged store is kept in $LAB_OUT/damaged-$FAILED, what was promised from it in $LAB_OUT/promised-$FAILED"
        cp "$ACKS" "$LAB_OUT/promised-$FAILED"
    fi
    [[ -z $SERVER_PID ]] || server_crash
}

newest_segment() { find "$DISK/store/journal" -name '*.seg' | sort | tail -n 1; }
data_end() { cmp -l "$1" /dev/zero 2>/dev/null | tail -n 1 | awk '{ print $1 }'; }

# cut_tail BYTES: cuts so many bytes of data off the newest journal segment.
cut_tail() {
    local segment
    segment=$(newest_segment)
    truncate -s $(($(data_end "$segment") - $1)) "$segment"
}

# flip_bits FOLDER PATTERN: flips five bits of the data in files of the store.
flip_bits() {
    local files file at byte _
    mapfile -t files < <(find "$DISK/store/$1" -name "$2" -size +0 | sort)
    for _ in 1 2 3 4 5; do
        file=${files[RANDOM % ${#files[@]}]}
        at=$(random_between 0 $(($(data_end "$file") - 1)))
        byte=$(od -An -tu1 -j "$at" -N1 "$file")
        # shellcheck disable=SC2059 # the format is the byte
        printf "\\x$(printf '%02x' $((byte ^ (1 << (RANDOM % 8)))))" |
            dd of="$file" bs=1 seek="$at" conv=notrunc 2>/dev/null
    done
}

fingerprint() { (cd "$DISK/store" && find . -printf '%p %y %s %m %T@\n' | sort && find . -type f -print0 | sort -z | xargs -0 sha256sum); }

newer_is_refused() {
    local before status=0
    rm -rf "$DISK/store" && cp -a "$LAB_OUT/sound-checkpoint" "$DISK/store"
    say 2 >"$DISK/store/version"
    hush
    before=$(fingerprint)
    server_launch "$SERVER_NS"
    WHY="the server did not end"
    await dead "$SERVER_PID" || return
    wait "$SERVER_PID" || status=$?
    SERVER_PID=
    because "it ended with exit code 0" test "$status" != 0 || return
    because_of_log "it did not say why"
    await said "written by a newer version" || return
    because "the store was changed" test "$before" == "$(fingerprint)"
}

damage() {
    local bytes round
    check "damage: a store with all in its journal" sound_store journal "$OPTIONS" 0
    check "damage: a store with a checkpoint" sound_store checkpoint "$SMALL_JOURNAL" 2
    for bytes in 1 4000; do
        check_damage "$bytes bytes are cut off the journal" damaged journal cut_tail "$bytes"
    done
    for ((round = 1; round <= FLIPS; round++)); do
        bytes=$(random_between 2 600)
        check_damage "$bytes bytes are cut off the journal ($round)" damaged journal cut_tail "$bytes"
        check_damage "bits of the journal are flipped ($round)" damaged journal flip_bits journal '*.seg'
        check_damage "bits of the checkpoint are flipped ($round)" damaged checkpoint flip_bits xodus '*.xd'
    done
    check_damage "a newer version is refused and left untouched" newer_is_refused
}

# ----------------------------------------------------------------------------------------------------------------------

main() {
    local obstacle no_disk
    obstacle=$(lab_obstacle)
    build_jar
    ! is_root || LAB_AT_BEGIN=sweep_disks
    lab_begin power
    LAB_AT_END=drop_disks
    RANDOM=$((SEED % 32768))
    STORE=$DISK/store
    LAB_JAVA_OPTS=$SMALL_JOURNAL
    say "power, disk and damage with POWER_SEED=$SEED${obstacle:+, on loopback ($obstacle)}"
    if [[ -z $obstacle ]]; then lay_cable; else use_loopback; fi
    : >"$LAB_OUT/acks"
    no_disk=$(disk_obstacle)
    if [[ -z $no_disk ]]; then
        power_cuts
        SEGMENTS=("${SEGMENTS[0]}")
        full_disk
        full_checkpoint
        full_journal
    else
        cannot_show "power cuts" "$no_disk"
        cannot_show "full disks" "$no_disk"
        SEGMENTS=("${SEGMENTS[0]}")
    fi
    damage
    lab_summary
}
main
