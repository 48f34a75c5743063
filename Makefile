# `make help` lists the targets. The work is in scripts/; this file names it.

CASES ?= 10000
KILLS ?= 100
MODELS ?= 5000
ARGS ?=

.PHONY: help setup demo test test-desk bench campaign clean

help:
	@echo 'make demo       build, then plan the funds of models/toscana and verify the plan; the result is in demo/toscana'
	@echo 'make test       format, lints, documentation, all tests'
	@echo 'make test-desk  what reports look like to LibreOffice and a browser; installs both from Debian (as root)'
	@echo 'make setup      what a build needs: libclang, cmake, and HiGHS, built once into the user cache (4 to 8 minutes)'
	@echo 'make bench      benchmarks; ARGS="--bench solve" for one of them'
	@echo 'make campaign   the long random tests; CASES=$(CASES) of each, MODELS=$(MODELS) against a formulation in Python, KILLS=$(KILLS) of a running sweep'
	@echo 'make clean      remove what was built, and the demo'
	@echo
	@echo 'CARGO_TARGET_DIR says where Cargo builds (default: target), MAPPAFONDO_CACHE where HiGHS is kept (default: ~/.cache/mappafondo).'
	@echo 'A plain `cargo build` before `make setup` builds the HiGHS inside the highs-sys crate, in every profile anew; it needs cmake and libclang.'
	@echo 'Without any of that: cargo build --release --no-default-features --features clarabel,cli   (pure Rust, no integers)'

setup:
	@scripts/setup.sh

demo:
	@scripts/demo.sh

test:
	@scripts/test.sh

test-desk:
	@scripts/test-desk.sh

bench:
	@scripts/setup.sh
	@. scripts/env.sh && cargo bench --locked $(ARGS)

campaign:
	@scripts/setup.sh
	@. scripts/env.sh && MAPPAFONDO_CASES=$(CASES) cargo test --locked --release $(ARGS) -- --ignored campaign
	@. scripts/env.sh && cargo build --locked --release --bin mappafondo && "$${MAPPAFONDO_PYTHON:-python3}" tests/independent/models.py "$${CARGO_TARGET_DIR:-target}/release/mappafondo" 0 $(MODELS)
	@. scripts/env.sh && MAPPAFONDO_KILLS=$(KILLS) cargo test --locked --release --test sweep_run -- killed

clean:
	@cargo clean
	@if [ -f demo/toscana/summary.json ]; then rm -rf demo/toscana; fi
	@if [ -d demo ]; then rmdir demo 2>/dev/null || echo 'demo/ holds other files: left'; fi
