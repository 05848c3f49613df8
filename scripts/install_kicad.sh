#!/usr/bin/env bash
# Install KiCad 9 (Debian bookworm-backports) and KiCad 10 (a Debian forky root under .kicad/10) side by side.
# For Debian and Ubuntu, as root or with sudo. Safe to run again: what is there already is left alone.
# Usage: scripts/install_kicad.sh [9] [10]     (default: both)
set -euo pipefail
cd "$(dirname "$0")/.."
wanted=${*:-9 10}
[ "$(id -u)" = 0 ] || exec sudo -E bash "$0" $wanted
command -v apt-get >/dev/null || { echo "install_kicad: needs apt-get (Debian or Ubuntu)" >&2; exit 2; }
export DEBIAN_FRONTEND=noninteractive
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

retry() {  # package mirrors fail now and then; three tries, then give up loudly
    for pause in 5 20 0; do
        "$@" && return 0
        [ "$pause" = 0 ] || { echo "install_kicad: '$1' failed, trying again in $pause s" >&2; sleep "$pause"; }
    done
    return 1
}

install_9() {
    if command -v kicad-cli >/dev/null && kicad-cli version | grep -q '^9\.' \
        && [ -d /usr/share/kicad/footprints ] && command -v xdotool >/dev/null; then return; fi
    . /etc/os-release
    if [ "$ID" = ubuntu ]; then
        retry apt-get install -y --no-install-recommends software-properties-common
        retry add-apt-repository -y ppa:kicad/kicad-9.0-releases
        release=()
    else
        echo "deb [signed-by=$keyring] $mirror bookworm-backports main" > /etc/apt/sources.list.d/overmold-backports.list
        release=(-t bookworm-backports)
    fi
    retry apt-get -o Acquire::Check-Valid-Until=false update
    retry apt-get install -y --no-install-recommends "${release[@]}" kicad kicad-footprints kicad-demos xvfb xdotool
}

install_10() {
    root=$PWD/.kicad/10
    [ ! -x "$root/usr/bin/kicad-cli" ] || return 0
    retry apt-get -o Acquire::Check-Valid-Until=false update
    retry apt-get install -y --no-install-recommends mmdebstrap debian-archive-keyring
    rm -rf "$root"
    mkdir -p "$(dirname "$root")"
    retry mmdebstrap --variant=minbase --aptopt='APT::Install-Recommends "false"' \
        --aptopt='Acquire::Check-Valid-Until "false"' --keyring="$keyring" \
        --include=kicad,xvfb,xdotool,python3,python3-venv,python3-pip forky "$root.part" "$mirror"
    mv "$root.part" "$root"
}

for version in $wanted; do "install_$version"; done
for version in $wanted; do printf 'KiCad %s: ' "$version"; scripts/kicad-cli "$version" version; done
