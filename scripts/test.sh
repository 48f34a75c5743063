#!/usr/bin/env bash
# Everything that must hold for a change: format, lints in three feature sets, documentation, its examples, the tests.
# The test runner comes last, so its closing lines end the output. Stops at the first step that fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export MAPPAFONDO_ROOT="$PWD"

scripts/setup.sh --second-solvers </dev/null
# shellcheck source=scripts/env.sh
. scripts/env.sh
# `none` says that set-up could not provide it: the test then says SKIPPED.
export MAPPAFONDO_PYTHON="${MAPPAFONDO_PYTHON:-none}" MAPPAFONDO_GLPSOL="${MAPPAFONDO_GLPSOL:-none}" MAPPAFONDO_CBC="${MAPPAFONDO_CBC:-none}" MAPPAFONDO_SCIP="${MAPPAFONDO_SCIP:-none}"

step() {
    local started=$SECONDS
    echo "== $*"
    "$@" </dev/null || {
        local status=$?
        echo "== FAILED ($status): $*" >&2
        exit "$status"
    }
    [ $((SECONDS - started)) -lt 5 ] || echo "   $((SECONDS - started)) s"
}

step cargo fmt --check
step cargo clippy --locked --quiet --all-targets -- -D warnings
step cargo clippy --locked --quiet --no-default-features --features clarabel -- -D warnings
step cargo clippy --locked --quiet --no-default-features --features clarabel,cli -- -D warnings
step env RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps
if command -v cargo-deny >/dev/null 2>&1; then
    step cargo deny --locked check licenses bans sources
fi
step cargo test --locked --quiet --doc

[ "$MAPPAFONDO_PYTHON" != none ] || echo "== SKIPPED: export tests against highspy (no Python with highspy)"
[ "$MAPPAFONDO_CBC" != none ] || echo "== SKIPPED: export tests against CBC (no cbc)"
[ "$MAPPAFONDO_SCIP" != none ] || echo "== SKIPPED: export tests against SCIP (no pyscipopt)"
[ "$MAPPAFONDO_GLPSOL" != none ] || echo "== SKIPPED: export tests against GLPK (no glpsol)"
# Nothing after the runner: what it says last is the last line.
if command -v cargo-nextest >/dev/null 2>&1; then
    runner=(cargo nextest run --locked --cargo-quiet --no-fail-fast)
else
    runner=(cargo test --locked --quiet --lib --bins --tests --no-fail-fast)
fi
echo "== ${runner[*]}"
exec "${runner[@]}" </dev/null
