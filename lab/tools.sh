# What the lab needs and how it gets it: build tools are installed, clients and relays are unpacked from Debian's packages
# under $LAB_TOOLS, so that none of their daemons ever starts on this machine. Sourced by lib.sh.
# shellcheck shell=bash

LAB_TOOLS=$LAB_ROOT/lab/out/tools

# one_at_a_time COMMAND...: other scripts may be about to get the same.
one_at_a_time() {
    mkdir -p "$LAB_ROOT/lab/out"
    (
        flock 9
        "$@" 9>&-
    ) 9>"$LAB_ROOT/lab/out/tools.lock"
}

# again COMMAND...: up to three times, since mirrors fail now and then.
again() {
    "$@" || { sleep 5 && "$@"; } || { sleep 20 && "$@"; }
}

APT_FRESH=

apt_lists() {
    [[ -n $APT_FRESH ]] && return
    is_root && { again apt-get update -qq >/dev/null 2>&1 || true; }
    APT_FRESH=yes
}

# apt_install PACKAGE...: installs Debian packages; false when that is not possible here.
apt_install() {
    is_root && have apt-get || return 1
    apt_lists
    say "installing: $*" >&2
    DEBIAN_FRONTEND=noninteractive again apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@" \
        >/dev/null 2>&1
}

# need COMMAND PACKAGE: the command is there afterwards, or false.
need() { have "$1" || one_at_a_time get "$@"; }
get() { have "$1" || { apt_install "$2" && have "$1"; }; }

need_jdk() {
    if have javac && [[ $(javac -version 2>&1) =~ ^javac\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 17)); then return; fi
    apt_install openjdk-17-jdk-headless || true
    have javac ||
        die "a JDK 17 or newer is needed and could not be installed: run 'apt-get install openjdk-17-jdk-headless' as root"
}

need_maven() {
    need mvn maven || die "Maven 3.8 or newer is needed and could not be installed: run 'apt-get install maven' as root"
}

# unpack FOLDER PACKAGE...: unpacks packages, and those they depend on that are not installed. The folder appears when it
# is complete.
unpack() {
    local folder=$1 work package
    shift
    is_root && have apt-get && have dpkg-deb || return 1
    apt_lists
    mkdir -p "$LAB_TOOLS"
    work=$(mktemp -d "$LAB_TOOLS/unpack-XXXXXX")
    mkdir -p "$work/debs/partial" "$work/root"
    # What is installed in its newest version is not fetched along, but asked for by name it must be.
    again apt-get -qq -y -o Dir::Cache::archives="$work/debs" -o DPkg::Lock::Timeout=300 --no-install-recommends \
        --download-only --reinstall install "$@" >/dev/null 2>"$work/errors" ||
        sed -n 1,5p "$work/errors" >&2
    for package in "$work"/debs/*.deb; do
        [[ -e $package ]] && dpkg-deb -x "$package" "$work/root"
    done
    chmod -R a+rX "$work/root"
    rm -rf "$folder" && mv -T "$work/root" "$folder"
    rm -rf "$work"
}

# lab_tool NAME PACKAGE: puts a client or relay under $LAB_TOOLS. A copy, since Debian confines /sbin/dhclient to paths
# of its own.
lab_tool() { [[ -x $LAB_TOOLS/$1 ]] || one_at_a_time fetch_tool "$@"; }
fetch_tool() {
    local name=$1 package=$2 from
    [[ -x $LAB_TOOLS/$name ]] && return
    mkdir -p "$LAB_TOOLS"
    from=$(PATH=$PATH:/usr/sbin:/sbin type -P "$name" || true)
    if [[ -z $from ]] && unpack "$LAB_TOOLS/tree-$name" "$package"; then
        from=$(find "$LAB_TOOLS/tree-$name" -type f -name "$name" -perm -u+x | head -n 1)
    fi
    [[ -n $from ]] && cp -L "$from" "$LAB_TOOLS/$name.$$" && mv "$LAB_TOOLS/$name.$$" "$LAB_TOOLS/$name"
    rm -rf "$LAB_TOOLS/tree-$name"
    [[ -x $LAB_TOOLS/$name ]]
}

# lab_suite NAME PROGRAM PACKAGE...: for what is more than one file. It is installed, or unpacked under $LAB_TOOLS/NAME;
# PROGRAM is the path of its main program, without a leading /usr.
lab_suite() { [[ -n $(suite_file "$1" "$2") ]] || one_at_a_time fetch_suite "$@"; }
fetch_suite() {
    local name=$1 program=$2
    shift 2
    [[ -n $(suite_file "$name" "$program") ]] || unpack "$LAB_TOOLS/$name" "$@"
    [[ -n $(suite_file "$name" "$program") ]]
}

# suite_file NAME PROGRAM: where a program of a suite is, installed or unpacked; nothing when nowhere.
suite_file() {
    local path
    for path in "/usr$2" "$2" "$LAB_TOOLS/$1/usr$2" "$LAB_TOOLS/$1$2"; do
        [[ ! -x $path ]] || { say "$path"; return; }
    done
}

# suite_libraries NAME: the library path of what was unpacked, empty for what is installed.
suite_libraries() {
    [[ -d $LAB_TOOLS/$1 ]] || return 0
    find "$LAB_TOOLS/$1" -name '*.so*' -printf '%h\n' | sort -u | paste -sd:
}

# Why the lab cannot run here, or nothing when it can.
lab_obstacle() {
    is_root || { say "it needs root, for network namespaces"; return; }
    [[ $(uname -s) == Linux ]] || { say "it needs Linux"; return; }
    need ip iproute2 || { say "iproute2 is missing"; return; }
    need ethtool ethtool || { say "ethtool is missing"; return; }
    if ! ip netns add "athena-try-$$" 2>/dev/null; then
        say "this machine allows no network namespaces"
        return
    fi
    ip netns del "athena-try-$$"
    local tool
    for tool in dhclient:isc-dhcp-client busybox:busybox dhcrelay:isc-dhcp-relay; do
        lab_tool "${tool%:*}" "${tool#*:}" || { say "${tool%:*} is not to be had (package ${tool#*:})"; return; }
    done
}
