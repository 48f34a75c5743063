#!/usr/bin/env bash
# What an officer's desk needs: opens what mappafondo writes with the programs an office has. Each check says what it did; the last
# line is `N passed, N failed`. Installs what it needs from Debian (as root); elsewhere, what is missing makes a check fail.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export MAPPAFONDO_ROOT="$PWD"
passed=0
failed=0

# pass "what was found" / fail "what was found"
pass() {
    passed=$((passed + 1))
    echo "ok    $*"
}
fail() {
    failed=$((failed + 1))
    echo "FAIL  $*"
}

# install COMMAND PACKAGE...: from Debian, where the command is not there
install() {
    local command=$1
    shift
    command -v "$command" >/dev/null 2>&1 && return 0
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    echo "== installing $*"
    apt-get update -qq </dev/null >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null 2>&1
    command -v "$command" >/dev/null 2>&1
}

scripts/setup.sh --quiet </dev/null || exit 1
# shellcheck source=scripts/env.sh
. scripts/env.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

echo "== building mappafondo"
cargo build --release --locked --quiet </dev/null || exit 1
mappafondo=$(cargo metadata --no-deps --offline --format-version 1 </dev/null | grep -o '"target_directory":"[^"]*"' | cut -d '"' -f 4)/release/mappafondo

echo "== planning models/tiny and models/toscana"
for model in tiny toscana; do
    "$mappafondo" solve "models/$model" --out "$work/$model" --quiet || exit 1
done

# Each file is a part of this script: it uses `pass`, `fail`, `install`, `$mappafondo` and the plans in `$work`.
for part in scripts/test-desk.d/*.sh; do
    # shellcheck source=/dev/null
    . "$part"
done

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
