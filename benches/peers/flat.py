#!/usr/bin/env python3
"""What a scenario costs in small and in large sweeps, and the memory they take: `mappafondo sweep` alone, no other package.

    flat.py MODEL SWEEP COUNT... --program target/release/mappafondo [--threads N] [--route ROUTE] [--work DIR]

Each count is a run of its own of so many draws of the sweep. CPU seconds and peak memory are of the whole program, start to end; `more` is
what each scenario costs over those of the run before, so that what is done once does not count.
"""

import argparse
import os
import shutil
import tempfile
import time

from prepare import Program


def size_mb(folder):
    files = (os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)
    return sum(map(os.path.getsize, files)) / 1e6


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model")
    parser.add_argument("sweep")
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--program", required=True, help="mappafondo")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--route", default="auto")
    parser.add_argument("--work", help="folder for what is written (default: one that goes afterwards)")
    arguments = parser.parse_args()
    work = arguments.work or tempfile.mkdtemp()
    program = Program(arguments.program, arguments.model, arguments.sweep, work, False)
    print("| scenarios | CPU s | ms each | ms each, more | seconds | peak MB | MB written |", flush=True)
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    before = None
    for count in sorted(arguments.counts):
        started = time.monotonic()
        out, seconds, peak = program.solve_all(count, arguments.route, arguments.threads)
        passed = time.monotonic() - started
        more = ""
        if before:
            more = f"{(seconds - before[1]) / (count - before[0]) * 1000:.2f}"
        before = (count, seconds)
        each = seconds / count * 1000
        print(f"| {count:,} | {seconds:.2f} | {each:.2f} | {more} | {passed:.1f} | {peak:.0f} | {size_mb(out):.1f} |", flush=True)
        shutil.rmtree(out)
    if not arguments.work:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
