#!/usr/bin/env bash
# What action.yml runs: one check, every report into a folder, annotations into the log, the summary of the job in markdown.
# FILES and ARGUMENTS are words separated by blanks, BASELINE an earlier JSON report; ends with the exit code of the check.
set -uo pipefail
report=$(mktemp -d)
read -ra files <<<"${FILES:-.}"
read -ra arguments <<<"${ARGUMENTS:-}"
[ -z "${BASELINE:-}" ] || arguments+=(--baseline "$BASELINE")
# shellcheck disable=SC2048,SC2086  # patterns are meant to be patterns
overmold drc ${files[*]} "${arguments[@]}" --format github --format "sarif=$report/overmold.sarif" \
    --format "junit=$report/overmold.xml" --format "json=$report/overmold.json" --format "markdown=$report/overmold.md"
code=$?
# A page is on one file: each gets its own, numbered as two files in two folders may share a name.
if [ -f "$report/overmold.json" ]; then
    number=0
    python -c 'import json, sys
for one in json.load(open(sys.argv[1], encoding="utf-8"))["reports"]: print(one["source"])' "$report/overmold.json" |
        while IFS= read -r file; do
            number=$((number + 1))
            overmold drc "$file" "${arguments[@]}" --quiet --format "html=$report/$number-$(basename "$file").html" >/dev/null 2>&1
        done
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf 'sarif=%s\nreport=%s\n' "$report/overmold.sarif" "$report" >>"$GITHUB_OUTPUT"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$report/overmold.md" ]; then
    cat "$report/overmold.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
