#!/usr/bin/env bash
# From a fresh checkout to a verified plan for Toscana in demo/toscana.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export MAPPAFONDO_ROOT="$PWD"
model=models/toscana
out=demo/toscana

scripts/setup.sh --quiet </dev/null
# shellcheck source=scripts/env.sh
. scripts/env.sh

# Cargo knows where it builds: the environment or a configuration file may say so.
binary=$(cargo metadata --no-deps --offline --format-version 1 </dev/null | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4)/release/mappafondo
binary=${binary#"$PWD/"}
[ -x "$binary" ] || echo "Building mappafondo: a few minutes the first time."
cargo build --release --locked --quiet </dev/null

# An earlier demo goes; a folder that solve did not write stays, and stops us.
if [ -e "$out" ]; then
    if [ ! -f "$out/summary.json" ] && [ -n "$(ls -A "$out")" ]; then
        echo "demo: $out is there and is not the result of a demo: move it away first" >&2
        exit 2
    fi
    rm -rf "$out"
fi
mkdir -p "$(dirname "$out")"

run() {
    printf '\n$ mappafondo %s\n' "$*"
    "$binary" "$@" </dev/null
}
run check "$model"
run solve "$model" --out "$out"
run verify "$out"

describe() {
    [ ! -e "$out/$1" ] || printf '  %-14s %s\n' "$1" "$2"
}
printf '\nThe plan is in %s:\n' "$out"
describe ledger.csv "who pays what: fund, action, zone, year, euro"
describe zones.csv "need, what is covered of it, and what that costs, zone by zone"
describe unmet.csv "what stays uncovered, and why"
describe rules.csv "every rule with its law: met, binding, by how much"
describe summary.json "status, goals, what is proved, totals"
describe dossier "all that another office needs to check the plan again"
printf '\nCheck it again at any time: mappafondo verify %s   (mappafondo is %s)\n' "$out" "$binary"
