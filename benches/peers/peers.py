#!/usr/bin/env python3
"""Times other solvers and modelling libraries on one exported programme and many scenarios, and compares their answers.

    peers.py generate PROGRAMME.mps --out changes.jsonl [--count N] [--seed S] [--rows PREFIX:SHARE]...
    peers.py run PROGRAMME.mps changes.jsonl [--peers NAME,...] [--count N] [--command NAME=COMMAND]... [--out TABLE.md]

README.md says what is measured and how the changes are written.
"""

import argparse
import json
import math
import os
import random
import resource
import shlex
import subprocess
import sys
import time

INFINITE = math.inf
# Relative difference of two objective values that are taken for the same: the tolerance of the solvers, with room.
SAME = 1e-6
# What `generate` scales: all funds, and needs that no whole project and no staff in service must fill (else nothing is feasible).
USUAL = ["fund_:0.2"] + [
    f"need_{action}:0.1"
    for action in ["care_leavers", "educativa", "mediazione", "presa_in_carico", "pronto_intervento", "tirocini"]
]


def read_programme(path, integers):
    """The programme as arrays; whole numbers fixed at those of the base, or let go."""
    import highspy
    import numpy as np
    from scipy.sparse import csc_matrix, csr_matrix

    solver = quiet(highspy.Highs())
    if solver.readModel(path) != highspy.HighsStatus.kOk:
        sys.exit(f"{path}: HiGHS cannot read it")
    lp = solver.getLp()
    kinds = list(lp.integrality_)
    whole = [j for j, kind in enumerate(kinds) if kind != highspy.HighsVarType.kContinuous]
    lower, upper = np.array(lp.col_lower_), np.array(lp.col_upper_)
    if whole and integers == "fix":
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            sys.exit("the base programme has no optimum: nothing to fix whole numbers at")
        values = np.round(np.array(solver.getSolution().col_value)[whole])
        lower[whole] = upper[whole] = values
    stored, shape = lp.a_matrix_, (lp.num_row_, lp.num_col_)
    kind = csr_matrix if stored.format_ == highspy.MatrixFormat.kRowwise else csc_matrix
    parts = (np.array(stored.value_), np.array(stored.index_), np.array(stored.start_))
    matrix = kind(parts, shape=shape).tocsr()
    matrix.sort_indices()
    return {
        "rows": {name: i for i, name in enumerate(lp.row_names_)},
        "columns": {name: j for j, name in enumerate(lp.col_names_)},
        "matrix": matrix,
        "offset": lp.offset_,
        "maximise": lp.sense_ == highspy.ObjSense.kMaximize,
        "whole": len(whole),
        "base": {
            "cost": np.array(lp.col_cost_),
            "lower": lower,
            "upper": upper,
            "row_lower": np.array(lp.row_lower_),
            "row_upper": np.array(lp.row_upper_),
        },
    }


def quiet(solver):
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    return solver


def read_changes(path, count):
    with open(path, encoding="utf-8") as lines:
        changes = [json.loads(line) for line in lines if line.strip()]
    return changes[:count] if count else changes


def changed(programme, change):
    """The numbers of one scenario: those of the base but for what is named."""
    numbers = {key: array.copy() for key, array in programme["base"].items()}
    pairs = [("rows", "row_lower", "row_upper"), ("columns", "lower", "upper")]
    for kind, low_key, high_key in pairs:
        for name, (low, high) in change.get(kind, {}).items():
            position = programme[kind][name]
            numbers[low_key][position] = -INFINITE if low is None else low
            numbers[high_key][position] = INFINITE if high is None else high
    for name, cost in change.get("costs", {}).items():
        numbers["cost"][programme["columns"][name]] = cost
    return numbers


# --- The peers: each prepares once, then gives a value, or a word, for each scenario ----------------------------------------


def pass_highs(programme, numbers):
    import highspy

    lp = highspy.HighsLp()
    matrix = programme["matrix"]
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = numbers["cost"], numbers["lower"], numbers["upper"]
    lp.row_lower_, lp.row_upper_ = numbers["row_lower"], numbers["row_upper"]
    lp.offset_ = programme["offset"]
    lp.sense_ = highspy.ObjSense.kMaximize if programme["maximise"] else highspy.ObjSense.kMinimize
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    solver = quiet(highspy.Highs())
    solver.passModel(lp)
    return solver


def value_of_highs(solver):
    import highspy

    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        return solver.getInfo().objective_function_value
    return solver.modelStatusToString(status).lower()


def highs_cold(programme, **options):
    def solve(numbers):
        solver = pass_highs(programme, numbers)
        for key, option in options.items():
            solver.setOptionValue(key, option)
        solver.run()
        return value_of_highs(solver)

    return solve


def highs_ipm(programme):
    return highs_cold(programme, solver="ipm")


def highs_hot(programme):
    import numpy as np

    rows, columns = programme["matrix"].shape
    all_rows, all_columns = np.arange(rows, dtype=np.int32), np.arange(columns, dtype=np.int32)
    solver = pass_highs(programme, programme["base"])
    solver.run()

    def solve(numbers):
        solver.changeColsCost(columns, all_columns, numbers["cost"])
        solver.changeColsBounds(columns, all_columns, numbers["lower"], numbers["upper"])
        solver.changeRowsBounds(rows, all_rows, numbers["row_lower"], numbers["row_upper"])
        solver.run()
        return value_of_highs(solver)

    return solve


def split(programme, numbers):
    """Rows as equalities and upper bounds, as SciPy and Clarabel want them."""
    import numpy as np
    from scipy.sparse import vstack

    matrix, low, high = programme["matrix"], numbers["row_lower"], numbers["row_upper"]
    equal = low == high
    above, below = np.isfinite(high) & ~equal, np.isfinite(low) & ~equal
    unequal = vstack([matrix[above], -matrix[below]]).tocsr()
    return matrix[equal], high[equal], unequal, np.concatenate([high[above], -low[below]])


def scipy_highs(programme):
    import numpy as np
    from scipy.optimize import linprog

    sign = -1.0 if programme["maximise"] else 1.0

    def solve(numbers):
        equal, equal_to, unequal, at_most = split(programme, numbers)
        bounds = np.column_stack([numbers["lower"], numbers["upper"]])
        found = linprog(sign * numbers["cost"], unequal, at_most, equal, equal_to, bounds, method="highs")
        if found.status == 0:
            return sign * found.fun + programme["offset"]
        return {2: "infeasible", 3: "unbounded"}.get(found.status, f"status {found.status}")

    return solve


def clarabel_cold(programme):
    import clarabel
    import numpy as np
    from scipy.sparse import csc_matrix, eye, vstack

    sign = -1.0 if programme["maximise"] else 1.0
    columns = programme["matrix"].shape[1]
    nothing = csc_matrix((columns, columns))
    one = eye(columns, format="csr")
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    # Bounds in euro up to 1e8 and costs above 1 make it call a bounded programme unbounded; HiGHS and CBC scale by themselves.
    ends = np.concatenate([programme["base"]["row_lower"], programme["base"]["row_upper"]])
    unit = np.abs(ends[np.isfinite(ends)]).max(initial=1.0) / 100
    weight = np.abs(programme["base"]["cost"]).max(initial=1.0)

    def solve(numbers):
        equal, equal_to, unequal, at_most = split(programme, numbers)
        low, high = numbers["lower"], numbers["upper"]
        fixed = low == high
        above, below = np.isfinite(high) & ~fixed, np.isfinite(low) & ~fixed
        matrix = vstack([equal, one[fixed], unequal, one[above], -one[below]]).tocsc()
        right = np.concatenate([equal_to, high[fixed], at_most, high[above], -low[below]]) / unit
        zeros = len(equal_to) + int(fixed.sum())
        cones = [clarabel.ZeroConeT(zeros), clarabel.NonnegativeConeT(len(right) - zeros)]
        found = clarabel.DefaultSolver(nothing, sign / weight * numbers["cost"], matrix, right, cones, settings).solve()
        if str(found.status) in ("Solved", "AlmostSolved"):
            return sign * found.obj_val * unit * weight + programme["offset"]
        return "infeasible" if "PrimalInfeasible" in str(found.status) else str(found.status)

    return solve


def pulp_cbc(programme):
    """The problem is stated once and its numbers changed; PuLP writes it to a file for CBC each time, as it always does."""
    import pulp

    matrix = programme["matrix"]
    sense = pulp.LpMaximize if programme["maximise"] else pulp.LpMinimize
    problem = pulp.LpProblem("peer", sense)
    columns = [pulp.LpVariable(f"x{j}") for j in range(matrix.shape[1])]
    problem += pulp.LpAffineExpression(zip(columns, programme["base"]["cost"]))
    rows = []
    low, high = programme["base"]["row_lower"], programme["base"]["row_upper"]
    for i in range(matrix.shape[0]):
        span = slice(matrix.indptr[i], matrix.indptr[i + 1])
        terms = pulp.LpAffineExpression((columns[j], v) for j, v in zip(matrix.indices[span], matrix.data[span]))
        parts = {}
        if low[i] == high[i]:
            parts["equal"] = pulp.LpConstraint(terms, pulp.LpConstraintEQ, f"e{i}", high[i])
        else:
            if math.isfinite(high[i]):
                parts["high"] = pulp.LpConstraint(terms, pulp.LpConstraintLE, f"u{i}", high[i])
            if math.isfinite(low[i]):
                parts["low"] = pulp.LpConstraint(terms.copy(), pulp.LpConstraintGE, f"l{i}", low[i])
        for part in parts.values():
            problem += part
        rows.append(parts)
    solver = pulp.PULP_CBC_CMD(msg=False, threads=1)

    def solve(numbers):
        problem.setObjective(pulp.LpAffineExpression(zip(columns, numbers["cost"])))
        for column, low, high in zip(columns, numbers["lower"], numbers["upper"]):
            column.lowBound = low if math.isfinite(low) else None
            column.upBound = high if math.isfinite(high) else None
        for parts, low, high in zip(rows, numbers["row_lower"], numbers["row_upper"]):
            for side, part in parts.items():
                part.changeRHS(low if side == "low" else high)
        problem.solve(solver)
        if problem.status == pulp.LpStatusOptimal:
            return pulp.value(problem.objective) + programme["offset"]
        return pulp.LpStatus[problem.status].lower()

    return solve


def linopy_highs(programme):
    """Rows of like length are one constraint, so that little is padded; the model is handed to HiGHS anew each time."""
    import linopy
    import numpy as np
    import xarray as xr

    matrix, base = programme["matrix"], programme["base"]
    model = linopy.Model()
    names = xr.DataArray(np.arange(matrix.shape[1]), dims="column")

    def column(key):
        return xr.DataArray(base[key], dims="column", coords={"column": names.values})

    x = model.add_variables(column("lower"), column("upper"), name="x")
    labels = x.labels.values
    lengths = np.diff(matrix.indptr)
    size = np.ceil(np.log2(np.maximum(lengths, 1))).astype(int)
    low, high = base["row_lower"], base["row_upper"]
    blocks = []
    for sign, chosen in [("=", low == high), ("<=", np.isfinite(high) & (low != high)), (">=", np.isfinite(low) & (low != high))]:
        for bucket in np.unique(size[chosen & (lengths > 0)]):
            rows = np.flatnonzero(chosen & (lengths > 0) & (size == bucket))
            width = lengths[rows].max()
            variables = np.full((len(rows), width), -1)
            values = np.full((len(rows), width), np.nan)
            for k, i in enumerate(rows):
                span = slice(matrix.indptr[i], matrix.indptr[i + 1])
                variables[k, : lengths[i]] = labels[matrix.indices[span]]
                values[k, : lengths[i]] = matrix.data[span]
            dimension = f"row_{len(blocks)}"
            dims, coords = (dimension, "_term"), {dimension: rows}
            data = xr.Dataset({"coeffs": (dims, values), "vars": (dims, variables)}, coords=coords)
            left = linopy.LinearExpression(data, model)
            right = xr.DataArray((low if sign == ">=" else high)[rows], dims=dimension, coords=coords)
            name = f"block_{len(blocks)}"
            model.add_constraints(left, sign, right, name=name)
            blocks.append((name, dimension, rows, "row_lower" if sign == ">=" else "row_upper"))
    sense = "max" if programme["maximise"] else "min"
    stated = {"cost": None}

    def solve(numbers):
        if stated["cost"] is None or not np.array_equal(stated["cost"], numbers["cost"]):
            cost = xr.DataArray(numbers["cost"], dims="column", coords={"column": names.values})
            model.add_objective((cost * x).sum(), overwrite=True, sense=sense)
            stated["cost"] = numbers["cost"]
        for key in ("lower", "upper"):
            bound = xr.DataArray(numbers[key], dims="column", coords={"column": names.values})
            setattr(model.variables["x"], key, bound)
        for name, dimension, rows, key in blocks:
            model.constraints[name].rhs = xr.DataArray(numbers[key][rows], dims=dimension, coords={dimension: rows})
        status, condition = model.solve(solver_name="highs", io_api="direct", output_flag=False, threads=1, progress=False)
        if status == "ok":
            return float(model.objective.value) + programme["offset"]
        return condition

    return solve


PEERS = {
    "highspy-cold": ("HiGHS cold (highspy)", highs_cold),
    "highspy-hot": ("HiGHS hot (highspy)", highs_hot),
    "highspy-ipm": ("HiGHS IPM cold (highspy)", highs_ipm),
    "scipy": ("SciPy linprog (HiGHS)", scipy_highs),
    "pulp-cbc": ("PuLP + CBC", pulp_cbc),
    "clarabel": ("Clarabel cold (Python)", clarabel_cold),
    "linopy": ("linopy (HiGHS)", linopy_highs),
}


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
    programme = read_programme(arguments.programme, arguments.integers)
    changes = read_changes(arguments.changes, arguments.count)
    before = cpu_seconds()
    solve = PEERS[arguments.peer][1](programme)
    prepared = cpu_seconds() - before
    seconds, values = [], {}
    started = time.monotonic()
    for change in changes:
        numbers = changed(programme, change)
        before = cpu_seconds()
        values[change["scenario"]] = solve(numbers)
        seconds.append(cpu_seconds() - before)
        if time.monotonic() - started > arguments.most_seconds:
            break
    peak = max(peak_mb(), peak_mb(resource.RUSAGE_CHILDREN))
    json.dump({"prepared": prepared, "seconds": seconds, "values": values, "peak_mb": peak}, results)
    results.write("\n")
    results.flush()


def run_peer(name, arguments):
    command = [sys.executable, os.path.abspath(__file__), "measure", name, arguments.programme, arguments.changes]
    command += ["--count", str(arguments.count), "--integers", arguments.integers]
    command += ["--most-seconds", str(arguments.most_seconds)]
    threads = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"]
    environment = {**os.environ, **dict.fromkeys(threads, "1")}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, check=False)
    if done.returncode != 0:
        return {"failed": (done.stderr.strip().splitlines() or ["no message"])[-1]}
    return json.loads(done.stdout)


def run_command(command, arguments, n):
    """Another program on the same scenarios; it may print lines of JSON: {"scenario": ..., "value": ...}."""
    fill = {"programme": arguments.programme, "changes": arguments.changes, "count": str(n)}
    words = [word.format(**fill) for word in shlex.split(command)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        lines = process.stdout.readlines()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return {"failed": f"exit {process.returncode}"}
    values = {}
    for line in lines:
        if line.startswith("{"):
            answer = json.loads(line)
            if "scenario" in answer:
                values[answer["scenario"]] = answer.get("value")
    # The whole program is timed: reading, building and writing too.
    each = (usage.ru_utime + usage.ru_stime) / n
    return {"prepared": 0.0, "seconds": [each] * n, "values": values, "peak_mb": usage.ru_maxrss / 1024}


def compare(values, reference):
    """How many answers are the same, how many are not, and the largest relative difference."""
    same, other, largest = 0, 0, 0.0
    for scenario, value in values.items():
        expected = reference.get(scenario)
        if isinstance(value, str) or isinstance(expected, str) or value is None or expected is None:
            agree = isinstance(value, str) and isinstance(expected, str) and value[:8] == expected[:8]
        else:
            difference = abs(value - expected) / max(1.0, abs(expected))
            largest = max(largest, difference)
            agree = difference <= SAME
        same, other = same + agree, other + (not agree)
    return same, other, largest


def table(results, reference_name, header):
    reference = results[reference_name]
    base = sum(reference["seconds"]) / len(reference["seconds"])
    lines = [*header, ""]
    lines.append("| peer | scenarios | CPU s each | median | times HiGHS hot | prepared once, CPU s | peak MB | same value | largest difference |")
    lines.append("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    hot = results.get("highspy-hot", {}).get("seconds")
    hot = sum(hot) / len(hot) if hot else base
    for name, result in results.items():
        title = PEERS[name][0] if name in PEERS else name
        if "failed" in result:
            lines.append(f"| {title} | failed: {result['failed']} | | | | | | | |")
            continue
        seconds = sorted(result["seconds"])
        mean, median = sum(seconds) / len(seconds), seconds[len(seconds) // 2]
        same, other, largest = compare(result["values"], reference["values"])
        answers = f"{same} of {same + other}" if result["values"] else "not told"
        lines.append(
            f"| {title} | {len(seconds)} | {mean:.4f} | {median:.4f} | {mean / hot:.2f} | {result['prepared']:.2f} "
            f"| {result['peak_mb']:.0f} | {answers} | {largest:.1e} |"
        )
    return "\n".join(lines) + "\n"


def run(arguments):
    names = arguments.peers.split(",") if arguments.peers else list(PEERS)
    unknown = [name for name in names if name not in PEERS]
    if unknown:
        sys.exit(f"unknown peers {', '.join(unknown)}; known: {', '.join(PEERS)}")
    programme = read_programme(arguments.programme, "relax")
    rows, columns = programme["matrix"].shape
    n = len(read_changes(arguments.changes, arguments.count))
    whole = {"fix": "fixed at the base", "relax": "let go"}[arguments.integers]
    header = [
        f"`{os.path.basename(arguments.programme)}`: {columns} columns, {rows} rows, {programme['matrix'].nnz} nonzeros, "
        f"{programme['whole']} whole-number columns {whole}; {n} scenarios, one thread; {processor()}."
    ]
    results = {}
    for name in names:
        print(f"{name} ...", file=sys.stderr)
        results[name] = run_peer(name, arguments)
    for named in arguments.command or []:
        name, _, command = named.partition("=")
        print(f"{name} ...", file=sys.stderr)
        results[name] = run_command(command, arguments, n)
    good = [name for name, result in results.items() if result.get("values")]
    if not good:
        sys.exit("no peer gave an answer: " + json.dumps(results))
    reference = "highspy-cold" if "highspy-cold" in good else good[0]
    text = table(results, reference, header)
    if arguments.out:
        with open(arguments.out, "w", encoding="utf-8") as out:
            out.write(text)
    print(text)
    differ = [name for name in good if compare(results[name]["values"], results[reference]["values"])[1]]
    if differ:
        print(f"values differ from {reference}: {', '.join(differ)}", file=sys.stderr)
        sys.exit(1)


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return "unknown processor"


def generate(arguments):
    """Scenarios that scale the bounds of rows by name: all of a family by chance, each row a little."""
    programme = read_programme(arguments.programme, "relax")
    chance = random.Random(arguments.seed)
    families = [part.rpartition(":") for part in arguments.rows or USUAL]
    low, high = programme["base"]["row_lower"], programme["base"]["row_upper"]
    width = len(str(arguments.count))
    with open(arguments.out, "w", encoding="utf-8") as out:
        for k in range(arguments.count):
            rows = {}
            for prefix, _, share in families:
                share = float(share)
                for name, i in programme["rows"].items():
                    if name.startswith(prefix) and low[i] != high[i]:
                        factor = 1 + chance.uniform(-share, share)
                        ends = [low[i] * factor, high[i] * factor]
                        rows[name] = [round(end, 2) if math.isfinite(end) else None for end in ends]
            out.write(json.dumps({"scenario": f"{k:0{width}}", "rows": rows}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(required=True)

    make = commands.add_parser("generate", help="make scenarios by chance")
    make.add_argument("programme")
    make.add_argument("--out", required=True)
    make.add_argument("--count", type=int, default=20)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--rows", action="append", metavar="PREFIX:SHARE", help="default " + " ".join(USUAL))
    make.set_defaults(what=generate)

    def shared(command):
        command.add_argument("programme")
        command.add_argument("changes")
        command.add_argument("--count", type=int, default=0, help="only the first ones")
        command.add_argument("--integers", choices=["fix", "relax"], default="fix")
        command.add_argument("--most-seconds", type=float, default=600, help="a peer stops after so long")

    time_all = commands.add_parser("run", help="time the peers side by side")
    shared(time_all)
    time_all.add_argument("--peers", help=f"some of {','.join(PEERS)}")
    time_all.add_argument("--command", action="append", metavar="NAME=COMMAND", help="another program; {programme}, {changes}, {count} are filled in")
    time_all.add_argument("--out", help="file for the table")
    time_all.set_defaults(what=run)

    one = commands.add_parser("measure", help="one peer, for `run`")
    one.add_argument("peer", choices=PEERS)
    shared(one)
    one.set_defaults(what=measure)

    arguments = parser.parse_args()
    arguments.what(arguments)


if __name__ == "__main__":
    main()
