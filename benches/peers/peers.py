#!/usr/bin/env python3
"""Times other solvers and modelling libraries, and mappafondo, on the same programmes and the same scenarios, and compares their answers.

    peers.py run MODEL --sweep FILE [--count N] [--cases value,chain] [--peers NAME,...] [--work DIR]
    peers.py run MODEL --single [--time-limit S]

README.md says what is measured and how.
"""

import argparse
import csv
import json
import math
import os
import platform
import resource
import subprocess
import sys
import time

from prepare import Program, write_case
from solvers import PEERS

# Relative difference of two values that are taken for the same: the tolerance of the solvers, with room for what goals give up.
SAME = 1e-6
# What a goal may give up for the next, of its largest cost: a cent, where costs are of euro.
GIVE = 0.01
# Every column in million euro, as ours: in plain euro solvers say `unknown`, or `infeasible` of what is not, more often.
UNIT = 1e6
CASES = {"value": "one goal: `value` alone", "chain": "all goals of the model, in order"}
REBUILD = "good-lp"
NAMES = [*PEERS, REBUILD]
# Ours: route and threads. The first is what the others are compared with.
OURS = "auto:1,auto:2,batch:1,hot:1,cold:1"


# --- Reading a case ----------------------------------------------------------------------------------------------------------


def read_programme(work, time_limit):
    """The programme with one more row for each goal but the last, which holds what that goal reached."""
    import numpy as np
    from scipy.sparse import csr_matrix

    with open(os.path.join(work, "programme.json"), encoding="utf-8") as file:
        told = json.load(file)

    def ends(key, infinite):
        return np.array([infinite if value is None else value / UNIT for value in told[key]])

    goals = [np.array(goal) for goal in told["goals"]]
    locks = goals[:-1]
    patterns = [np.flatnonzero(goal) for goal in locks]
    indices = np.concatenate([told["indices"], *patterns]).astype(np.int32)
    lengths = np.cumsum([len(pattern) for pattern in patterns], dtype=np.int64)
    indptr = np.concatenate([told["indptr"], told["indptr"][-1] + lengths]).astype(np.int32)
    data = np.concatenate([np.array(told["data"]), *[goal[pattern] for goal, pattern in zip(locks, patterns)]])
    none, all_ = np.full(len(locks), -math.inf), np.full(len(locks), math.inf)
    base = {
        "cost": goals[0],
        "lower": ends("lower", -math.inf),
        "upper": ends("upper", math.inf),
        "row_lower": np.concatenate([ends("row_lower", -math.inf), none]),
        "row_upper": np.concatenate([ends("row_upper", math.inf), all_]),
        "data": data,
    }
    shape = (len(indptr) - 1, len(base["lower"]))
    return {
        "told": told,
        "matrix": csr_matrix((data, indices, indptr), shape=shape),
        "base": base,
        "goals": goals,
        "patterns": patterns,
        "locks": len(locks),
        "time_limit": time_limit,
    }


def read_scenarios(work, count):
    with open(os.path.join(work, "scenarios.jsonl"), encoding="utf-8") as lines:
        scenarios = [json.loads(line) for line in lines if line.strip()]
    return scenarios[:count] if count else scenarios


def changed(programme, scenario):
    """The numbers of a scenario, and its goals."""
    import numpy as np

    numbers = {key: array.copy() for key, array in programme["base"].items()}
    infinite = {"lower": -math.inf, "row_lower": -math.inf, "upper": math.inf, "row_upper": math.inf}
    for key in ("lower", "upper", "row_lower", "row_upper", "data"):
        for position, value in scenario.get(key, []):
            numbers[key][position] = value if key == "data" else infinite[key] if value is None else value / UNIT
    goals = [goal.copy() for goal in programme["goals"]]
    for goal, column, cost in scenario.get("goals", []):
        goals[goal][column] = cost
    locks = [goal[pattern] for goal, pattern in zip(goals, programme["patterns"])]
    if locks:
        held = np.concatenate(locks)
        numbers["data"][len(numbers["data"]) - len(held) :] = held
    return numbers, goals


def chain(programme, scenario, solve):
    """The value of each goal on what the earlier ones leave, or why there is none."""
    numbers, goals = changed(programme, scenario)
    first = len(numbers["row_lower"]) - programme["locks"]
    reached = []
    for k, goal in enumerate(goals):
        stage = {**numbers, "cost": goal, "row_lower": numbers["row_lower"].copy()}
        for lock, value in enumerate(reached):
            stage["row_lower"][first + lock] = value - GIVE / UNIT
        value = solve(stage)
        if isinstance(value, str):
            return value if k == 0 else f"{value} at goal {k + 1}"
        reached.append(value)
    factors = scenario.get("factors", programme["told"]["factors"])
    return [value * UNIT * factor for value, factor in zip(reached, factors)]


# --- Measuring ---------------------------------------------------------------------------------------------------------------


def cpu_seconds():
    """Of this process and of what it started and waited for."""
    own, started = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + started.ru_utime + started.ru_stime


def peak_mb(who=resource.RUSAGE_SELF):
    return resource.getrusage(who).ru_maxrss / 1024


def measure(arguments):
    """One peer in a process of its own: prints one line of JSON."""
    # Solvers write on the standard output from C: only the result may go there.
    results = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    programme = read_programme(arguments.work, arguments.time_limit)
    before = cpu_seconds()
    solve = PEERS[arguments.peer][1](programme)
    prepared = cpu_seconds() - before
    seconds, values = [], {}
    started = time.monotonic()
    for scenario in read_scenarios(arguments.work, arguments.count):
        before = cpu_seconds()
        values[scenario["scenario"]] = chain(programme, scenario, solve)
        seconds.append(cpu_seconds() - before)
        if time.monotonic() - started > arguments.most_seconds:
            break
    peak = max(peak_mb(), peak_mb(resource.RUSAGE_CHILDREN))
    json.dump({"prepared": prepared, "seconds": seconds, "values": values, "peak_mb": peak}, results)
    results.write("\n")
    results.flush()


def run_peer(name, work, arguments):
    if name == REBUILD:
        words = [os.path.join(work, file) for file in ("programme.json", "scenarios.jsonl")]
        command = [arguments.rebuild, *words, str(arguments.count), str(arguments.most_seconds)]
    else:
        command = [sys.executable, os.path.abspath(__file__), "measure", name, "--work", work]
        command += ["--count", str(arguments.count), "--most-seconds", str(arguments.most_seconds)]
        command += ["--time-limit", str(arguments.time_limit)]
    threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"]
    environment = {**os.environ, **dict.fromkeys(threads, "1")}
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    except OSError as error:
        return {"failed": str(error)}
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]}
    return json.loads(done.stdout)


# --- Comparing and telling ---------------------------------------------------------------------------------------------------


def compare(values, reference):
    """How many answers are the same, how many are not, and the largest relative difference."""
    same, other, largest = 0, 0, 0.0
    for scenario, value in values.items():
        expected = reference.get(scenario)
        if isinstance(value, list) and isinstance(expected, list) and len(value) == len(expected):
            apart = max(abs(one - two) / max(1.0, abs(two)) for one, two in zip(value, expected))
            largest = max(largest, apart)
            agree = apart <= SAME
        else:
            agree = isinstance(value, str) and isinstance(expected, str) and value[:8] == expected[:8]
        same, other = same + agree, other + (not agree)
    return same, other, largest


def title_of(name):
    if name in PEERS:
        return PEERS[name][0]
    return "good_lp, rebuilt each time (HiGHS)" if name == REBUILD else name


def mean(result):
    return sum(result["seconds"]) / len(result["seconds"])


def rows_of(case, results, ours):
    """The rows of the table: those that have an answer, with what they are compared with."""
    good = {name: result for name, result in results.items() if "failed" not in result}
    # HiGHS cold, unless it came to no end at all.
    answered = [name for name, result in good.items() if any(isinstance(value, list) for value in result["values"].values())]
    reference = "highspy-cold" if "highspy-cold" in answered else next(iter(answered or good), None)
    for name, result in results.items():
        row = {"case": case, "peer": title_of(name)}
        if "failed" in result:
            yield {**row, "note": f"failed: {result['failed']}"}
            continue
        seconds = sorted(result["seconds"])
        same, other, largest = compare(result["values"], good[reference]["values"])
        ratio = {}
        for key, base in (("times_ours", ours), ("times_highs_hot", "highspy-hot")):
            ratio[key] = f"{mean(result) / mean(good[base]):.2f}" if base in good and mean(good[base]) > 0 else ""
        yield {
            **row,
            "scenarios": len(seconds),
            "cpu_s_each": f"{mean(result):.4f}",
            "median": f"{seconds[len(seconds) // 2]:.4f}",
            **ratio,
            "once_cpu_s": f"{result['prepared']:.2f}",
            "peak_mb": f"{result['peak_mb']:.0f}",
            "same": f"{same} of {same + other}",
            "largest_difference": f"{largest:.0e}",
            "note": result.get("note", ""),
        }


KEYS = {
    "peer": "",
    "scenarios": "scenarios",
    "cpu_s_each": "CPU s each",
    "median": "median",
    "times_ours": "times ours",
    "times_highs_hot": "times HiGHS hot",
    "once_cpu_s": "once, CPU s",
    "peak_mb": "peak MB",
    "same": "same values",
    "largest_difference": "largest difference",
    "note": "note",
}


def markdown(rows):
    lines = ["| " + " | ".join(KEYS.values()) + " |", "| --- |" + " ---: |" * (len(KEYS) - 2) + " --- |"]
    lines += ["| " + " | ".join(str(row.get(key, "")) for key in KEYS) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def describe(work, left_out, count):
    programme = read_programme(work, 0)
    rows, columns = programme["matrix"].shape
    told = programme["told"]
    goals = ", ".join(told["goal_kinds"])
    text = (
        f"{columns} columns, {rows - programme['locks']} rows, {len(told['data'])} nonzeros; {told['whole']} whole numbers fixed at those of "
        f"the base plan; goals: {goals}; {count} scenarios"
    )
    return text + (f", {left_out} more of another structure left out." if left_out else ".")


def run(arguments):
    names = arguments.peers.split(",") if arguments.peers else NAMES
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"unknown peers {', '.join(unknown)}; known: {', '.join(NAMES)}")
    ours = [tuple(one.split(":")) for one in arguments.ours.split(",")]
    model = os.path.basename(os.path.normpath(arguments.model))
    text = [f"`{model}`, {platform.machine()}, {processor()}, one thread unless said; CPU seconds.", ""]
    every, differ = [], []
    for case in arguments.cases.split(","):
        work = os.path.join(arguments.work, case)
        program = Program(arguments.program, arguments.model, arguments.sweep, work, case == "value")
        print(f"{case}: the programme and its scenarios ...", file=sys.stderr)
        drawn = None if arguments.single else program.solve_all(arguments.count, "hot", 1)[0]
        left_out = write_case(program, drawn, work)
        results = {}
        for route, threads in [] if arguments.single else ours:
            name = f"mappafondo, {route}, {threads} thread{'' if int(threads) == 1 else 's'}"
            print(f"{case}: {name} ...", file=sys.stderr)
            results[name] = program.measure(arguments.count, route, threads)
        if not arguments.single and arguments.goals:
            name = "mappafondo, goals alone, 1 thread"
            print(f"{case}: {name} ...", file=sys.stderr)
            results[name] = program.goals_alone(arguments.goals, arguments.count)
        if arguments.single:
            results["mappafondo, solve"] = solve_once(program, work)
        for name in names:
            print(f"{case}: {name} ...", file=sys.stderr)
            results[name] = run_peer(name, work, arguments)
        rows = list(rows_of(case, results, next(iter(results))))
        every += rows
        differ += [row["peer"] for row in rows if row["peer"].startswith("mappafondo") and len(set(row["same"].split(" of "))) > 1]
        about = describe(work, left_out, len(read_scenarios(work, 0)))
        text += [f"**{CASES[case].capitalize()}.** {about}", "", markdown(rows)]
    out = os.path.join(arguments.work, "table")
    with open(f"{out}.md", "w", encoding="utf-8") as file:
        file.write("\n".join(text))
    with open(f"{out}.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["case", *KEYS], restval="")
        writer.writeheader()
        writer.writerows(every)
    print("\n".join(text))
    if differ:
        print(f"values differ: {', '.join(differ)}", file=sys.stderr)
        sys.exit(1)


def solve_once(program, work):
    """`mappafondo solve`, all of it: whole numbers, goals, pick, cents, proof, files."""
    out = os.path.join(work, "base")
    words = ["solve", program.model, *program.with_scenarios(), "--out", out, "--quiet"]
    seconds, peak = program.run(*words)
    with open(os.path.join(out, "summary.json"), encoding="utf-8") as file:
        goals = [float(goal["value"]) for goal in json.load(file)["goals"] if goal["kind"] != "wishes"]
    return {"prepared": 0.0, "seconds": [seconds], "values": {"base": goals}, "peak_mb": peak, "note": "with files and proof"}


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return "unknown processor"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    def shared(command):
        command.add_argument("--work", required=True, help="folder for what is written")
        command.add_argument("--count", type=int, default=24, help="scenarios")
        command.add_argument("--most-seconds", type=float, default=600, help="a peer stops after so long")
        command.add_argument("--time-limit", type=float, default=0, help="seconds for one solve of a peer")

    all_ = commands.add_parser("run", help="time all of them side by side")
    shared(all_)
    all_.add_argument("model")
    all_.add_argument("--sweep", help="a sweep of the model that is drawn")
    all_.add_argument("--single", action="store_true", help="no sweep: the base alone, once")
    all_.add_argument("--cases", default="value,chain", help="value, chain, or both")
    all_.add_argument("--peers", help=f"some of {','.join(NAMES)}; an empty text for none")
    all_.add_argument("--ours", default=OURS, help=f"routes and threads of ours, the first to compare with; default {OURS}")
    all_.add_argument("--program", required=True, help="mappafondo")
    all_.add_argument("--rebuild", required=True, help="the example `rebuild`")
    all_.add_argument("--goals", help="the example `goals`: the goals alone by the batched engine")
    all_.set_defaults(what=run)

    one = commands.add_parser("measure", help="one peer, for `run`")
    one.add_argument("peer", choices=PEERS)
    shared(one)
    one.set_defaults(what=measure)

    arguments = parser.parse_args()
    if arguments.what is run and bool(arguments.sweep) == arguments.single:
        parser.error("either --sweep or --single")
    arguments.what(arguments)


if __name__ == "__main__":
    main()
