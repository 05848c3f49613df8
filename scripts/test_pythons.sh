#!/usr/bin/env bash
# Every test that needs no KiCad, on the oldest and on the newest Python that a KiCad ships: the Debian root with Python 3.9,
# and the root of KiCad 10, both made by install_kicad.sh.        Usage: scripts/test_pythons.sh [PYTEST ARGUMENTS]
# OVERMOLD_ROOTS chooses among the two: CI takes the oldest, for the newest runs in KiCad 10 itself there.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install_kicad.sh 10 python3.9
unset OVERMOLD_REQUIRE_KICAD  # the roots have neither both KiCads nor a browser; `make test` has seen to those tests
for root in ${OVERMOLD_ROOTS:-.kicad/python3.9 .kicad/10}; do
    inside() { scripts/in_root "$PWD/$root" "$@"; }
    version=$(inside /usr/bin/python3 -c 'import sys; print("{}.{}".format(*sys.version_info))')
    venv=.venv-$version
    inside /usr/bin/python3 scripts/make_venv.py "$venv" dev
    echo "The tests without KiCad on Python $version:"
    inside "$venv/bin/python" -m pytest -m 'not kicad and not index and not physics and not long' "$@"
done
