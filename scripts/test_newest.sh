#!/usr/bin/env bash
# The tests that need no KiCad, on the newest and on the lowest versions that pyproject.toml's bounds allow; the lowest on
# Python 3.9 where there is one, else those with wheels for this Python. `make test-newest` calls it.
#                                                       Usage: PYTHON=python3 scripts/test_newest.sh [PYTEST ARGUMENTS]
set -euo pipefail
cd "$(dirname "$0")/.."
unset OVERMOLD_REQUIRE_KICAD
python=${PYTHON:-python3}

version() { "$@" -c 'import sys, venv, ensurepip; print("{}.{}".format(*sys.version_info))' 2>/dev/null; }

oldest=("$python")
for candidate in "scripts/in_root $PWD/.kicad/python3.9 /usr/bin/python3" python3.9 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.9.*/bin/python; do
    read -ra words <<<"$candidate"
    if [ "$(version "${words[@]}")" = 3.9 ]; then oldest=("${words[@]}"); break; fi
done

failed=
try() {  # NAME, VERSIONS, then the Python; every time a fresh environment, since what is newest changes
    local name=$1 versions=$2 venv=.venv-$1; shift 2
    rm -rf "$venv"
    "$@" scripts/make_venv.py "$venv" dev "$versions"
    echo "The tests without KiCad on the $name versions, Python $(version "$@"):"
    "${@:1:$#-1}" "$venv/bin/python" -m pytest -m 'not kicad and not index and not physics' "${arguments[@]}" || failed="$failed $name"
}

arguments=("$@")
mkdir -p build
"$python" scripts/make_pins.py --lowest "$(version "${oldest[@]}")" build/lowest.txt
try lowest build/lowest.txt "${oldest[@]}"
try newest newest "$python"
[ -z "$failed" ] || { echo "test-newest: not well on the versions that are$failed" >&2; exit 1; }
