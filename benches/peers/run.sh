#!/bin/sh
# The peers side by side on one model, in a Python environment of their own: benches/peers/run.sh [MODEL] [COUNT] [more of `peers.py run`]
#
# MAPPAFONDO is the program that exports the programme (default: cargo run --release); PYTHON makes the environment.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
model=${1:-$root/models/toscana}
count=${2:-20}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] && shift
work=$here/.work/$(basename "$model")
mkdir -p "$work"

if [ ! -x "$here/.venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$here/.venv"
fi
if ! cmp -s "$here/requirements.txt" "$here/.venv/installed.txt"; then
    "$here/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$here/.venv/installed.txt"
fi

if [ -n "${MAPPAFONDO:-}" ]; then
    "$MAPPAFONDO" export "$model" --out "$work/programme.mps" --quiet
else
    # shellcheck disable=SC1091
    (cd "$root" && . scripts/env.sh && cargo run --locked --release --quiet -- export "$model" --out "$work/programme.mps" --quiet)
fi

# Scenarios written by the sweep itself go before those made here by chance.
if [ -z "${CHANGES:-}" ]; then
    CHANGES=$work/changes.jsonl
    "$here/.venv/bin/python" "$here/peers.py" generate "$work/programme.mps" --out "$CHANGES" --count "$count"
fi
exec "$here/.venv/bin/python" "$here/peers.py" run "$work/programme.mps" "$CHANGES" --count "$count" --out "$work/table.md" "$@"
