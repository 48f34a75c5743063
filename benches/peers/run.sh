#!/bin/sh
# The peers and mappafondo side by side, in a Python environment of their own:
#     benches/peers/run.sh [MODEL] [SWEEP] [COUNT] [more of `peers.py run`]
#     benches/peers/run.sh --italia [ZONES] [more of `peers.py run`]
#
# MAPPAFONDO, REBUILD and GOALS name programs that are built already (default: built here, in release); PYTHON makes the environment.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)

if [ ! -x "$here/.venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$here/.venv"
fi
if ! cmp -s "$here/requirements.txt" "$here/.venv/installed.txt"; then
    "$here/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$here/.venv/installed.txt"
fi

# Runs a command of Cargo with what a build needs.
with_cargo() {
    # shellcheck disable=SC1091
    (cd "$root" && . scripts/env.sh && cargo "$@")
}
built=${CARGO_TARGET_DIR:-$root/target}/release
if [ -z "${MAPPAFONDO:-}" ] || [ -z "${REBUILD:-}" ] || [ -z "${GOALS:-}" ]; then
    with_cargo build --locked --release --quiet --bin mappafondo --example rebuild --example goals
fi

run() {
    exec "$here/.venv/bin/python" "$here/peers.py" run "$@" \
        --program "${MAPPAFONDO:-$built/mappafondo}" --rebuild "${REBUILD:-$built/examples/rebuild}" \
        --goals "${GOALS:-$built/examples/goals}"
}

if [ "${1:-}" = --italia ]; then
    shift
    zones=${1:-600}
    [ $# -gt 0 ] && shift
    model=$here/.work/italia-$zones/model
    if [ ! -f "$model/model.toml" ]; then
        rm -rf "$model"
        mkdir -p "$(dirname "$model")"
        with_cargo run --locked --release --quiet --example italia -- "$model" --zones "$zones"
    fi
    run "$model" --single --work "$here/.work/italia-$zones" --cases value \
        --peers highspy-cold,highspy-ipm,clarabel --time-limit 600 --most-seconds 3600 "$@"
fi

model=${1:-$root/models/toscana}
sweep=${2:-$root/scenarios/toscana/monte-carlo.toml}
count=${3:-24}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] && shift
[ $# -gt 0 ] && shift
run "$model" --sweep "$sweep" --count "$count" --work "$here/.work/$(basename "$model")" "$@"
