#!/usr/bin/env bash
# Install KiCad 9 and KiCad 10 side by side on Debian or Ubuntu, as root or with sudo. Safe to run again: what is there
# already is left alone.          Usage: scripts/install_kicad.sh [9] [10] [python3.9]     (default: both KiCads)
#
# On Debian 12 KiCad 9 comes from bookworm-backports into the machine itself. Everything else gets a Debian root of its
# own under .kicad/<version>, so that no two KiCads and no foreign packages meet; scripts/kicad-cli looks in both places.
# python3.9 is a root with nothing but that Python, the oldest that a KiCad ships (on macOS); the newest is in KiCad 10's.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# = 0 ]; then set -- 9 10; fi
for version in "$@"; do
    case $version in 9 | 10 | python3.9) ;; *) echo "install_kicad: '$version' is not a version this script knows; give 9, 10 or python3.9" >&2; exit 2 ;; esac
done
command -v apt-get >/dev/null || { echo "install_kicad: needs apt-get (Debian or Ubuntu)" >&2; exit 2; }
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "install_kicad: run it as root, or install sudo" >&2; exit 2; }
    exec sudo -E bash "scripts/${0##*/}" "$@"
fi
export DEBIAN_FRONTEND=noninteractive
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# What is installed: the command, something to show its windows on, and the Python that KiCad makes plugins' environments of.
packages=(kicad xvfb xdotool python3-venv python3-pip)
official=(kicad-footprints kicad-demos)
# Mirrors may be snapshots with an old release file.
apt=(apt-get -y -o Acquire::Retries=3 -o Acquire::Check-Valid-Until=false -o DPkg::Lock::Timeout=600)
. /etc/os-release

say() { echo "install_kicad: $*" >&2; }

retry() {  # package mirrors fail now and then; three tries, then give up loudly
    for pause in 10 30 0; do
        "$@" </dev/null && return 0
        [ "$pause" = 0 ] || { say "'$1' failed, trying again in $pause s"; sleep "$pause"; }
    done
    say "'$*' failed three times"
    return 1
}

said() {  # what it calls itself
    case $1 in
    python*) scripts/in_root "$PWD/.kicad/$1" "/usr/bin/$1" --version ;;
    *) echo "KiCad $1: $(scripts/kicad-cli "$1" version)" ;;
    esac
}

runs() { said "$1" 2>/dev/null | grep -qE "^(KiCad $1: $1\.|Python ${1#python}\.)"; }

complete() {  # it runs; the official parts, which tests read, come with KiCad 9
    local share=$PWD/.kicad/9/usr/share/kicad
    [ -d "$share" ] || share=/usr/share/kicad
    runs "$1" && { [ "$1" != 9 ] || { [ -d "$share/footprints" ] && [ -d "$share/demos" ]; }; }
}

install_tools() {  # what it takes to make and to enter a root
    local program missing=
    for program in mmdebstrap proot Xvfb; do command -v "$program" >/dev/null || missing=1; done
    [ -n "$missing" ] || [ ! -e "$keyring" ] || return 0
    retry "${apt[@]}" update
    # proot lets people without the right to mount run the KiCad in the root, too; tests show windows on Xvfb.
    retry "${apt[@]}" install --no-install-recommends mmdebstrap debian-archive-keyring proot xvfb
}

make_root() {  # VERSION SUITE [further sources.list lines]
    local root=$PWD/.kicad/$1 suite=$2 joined; shift 2
    install_tools
    mkdir -p "${root%/*}"
    joined=$(IFS=,; echo "${packages[*]}")
    # A root half made by a try that failed must not be in the way of the next one.
    build() {
        rm -rf "$root.part"
        mmdebstrap --variant=minbase --keyring="$keyring" \
            --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Check-Valid-Until "false"' \
            --aptopt='Acquire::Retries "3"' --aptopt="APT::Default-Release \"$suite\"" \
            --include="$joined,python3,ca-certificates" \
            "${suite%-backports}" "$root.part" "deb $mirror ${suite%-backports} main" "$@"
    }
    retry build "$@"
    rm -rf "$root"
    mv "$root.part" "$root"
}

lend_network() {  # pip in a root reaches its packages as the machine's does: same certificates, same settings
    local root=$PWD/.kicad/$1
    [ -d "$root" ] || return 0
    for file in /etc/ssl/certs/ca-certificates.crt /etc/pip.conf /etc/resolv.conf; do
        [ ! -e "$file" ] || { mkdir -p "$root${file%/*}" && cp -L "$file" "$root$file"; }
    done
}

install_browser() {  # the tests look at the pages of the buttons
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null ||
        { retry "${apt[@]}" update && retry "${apt[@]}" install --no-install-recommends chromium; } ||
        say "no Chromium could be installed; the tests of pages will say so"
}

install_9() {
    if [ "${VERSION_CODENAME:-}" = bookworm ] && [ "$ID" = debian ]; then
        [ ! -e "$keyring" ] && { retry "${apt[@]}" update; retry "${apt[@]}" install debian-archive-keyring; }
        echo "deb [signed-by=$keyring] $mirror bookworm-backports main" >/etc/apt/sources.list.d/overmold-backports.list
        retry "${apt[@]}" update
        retry "${apt[@]}" install --no-install-recommends -t bookworm-backports "${packages[@]}" "${official[@]}"
    else
        packages+=("${official[@]}")
        make_root 9 bookworm-backports "deb $mirror bookworm-backports main"
    fi
}

install_10() { make_root 10 forky; }

install_python3.9() { packages=(python3-venv python3-pip) && make_root python3.9 bullseye; }

for version in "$@"; do
    if complete "$version"; then say "$(said "$version") is here already"; else "install_$version"; fi
done
install_browser
for version in "$@"; do
    lend_network "$version"
    runs "$version" || { say "$version is installed but does not run:"; said "$version" || exit 1; exit 1; }
    said "$version"
done
