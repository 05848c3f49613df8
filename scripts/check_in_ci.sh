#!/usr/bin/env bash
# What action.yml runs: one check, every report into a folder, annotations into the log, the summary of the job in markdown.
# FILES and ARGUMENTS are words separated by blanks; ends with the exit code of the check.
set -uo pipefail
report=$(mktemp -d)
read -ra files <<<"${FILES:-.}"
read -ra arguments <<<"${ARGUMENTS:-}"
# shellcheck disable=SC2048,SC2086  # patterns are meant to be patterns
overmold drc ${files[*]} "${arguments[@]}" --format github --format "sarif=$report/overmold.sarif" \
    --format "junit=$report/overmold.xml" --format "json=$report/overmold.json" --format "markdown=$report/overmold.md"
code=$?
if [ -n "${GITHUB_OUTPUT:-}" ]; then
    printf 'sarif=%s\nreport=%s\n' "$report/overmold.sarif" "$report" >>"$GITHUB_OUTPUT"
fi
if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$report/overmold.md" ]; then
    cat "$report/overmold.md" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$code"
