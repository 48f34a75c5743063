"""What the peers are given: programmes and scenarios that `mappafondo` itself draws, builds and solves.

A case is a folder: `programme.json` (sparse rows, bounds, goals in order, all maximised) and `scenarios.jsonl` (what each scenario has
otherwise, by position), with the whole numbers fixed at those of the base plan, as `integers = "fixed"` has it in a sweep.
"""

import csv
import datetime
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tomllib
from fractions import Fraction

# Scenarios of the run that is taken away from the other, so that reading and the plan of the base are not in the cost of a scenario.
FEW = 8
# A process is never told smaller than the one that started it: a small one starts it.
LAUNCH = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
of = resource.getrusage(resource.RUSAGE_CHILDREN)
print(of.ru_utime + of.ru_stime, of.ru_maxrss)
sys.exit(code)
"""
ONLY_VALUE = '[scenario]\nformat = 1\nid = "only-value"\ntitle = "Only the goal value"\n\n[[change]]\ngoals = ["value"]\n'


class Program:
    """`mappafondo` on one model and sweep, with one goal or all of them."""

    def __init__(self, path, model, sweep, work, single):
        self.path, self.model, self.single = os.path.abspath(path), os.path.abspath(model), single
        self.work = os.path.abspath(work)
        os.makedirs(self.work, exist_ok=True)
        self.scenarios = []
        if single:
            self.scenarios = [os.path.join(self.work, "only-value.toml")]
            with open(self.scenarios[0], "w", encoding="utf-8") as out:
                out.write(ONLY_VALUE)
        self.sweep = sweep and os.path.abspath(sweep)

    def run(self, *words):
        """Runs it; gives CPU seconds and peak MB."""
        environment = {**os.environ, "MAPPAFONDO_DATA": os.path.join(self.work, "data"), "MAPPAFONDO_LOCALE": "en"}
        command = [sys.executable, "-S", "-c", LAUNCH, self.path, *words]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, check=False)
        if done.returncode not in (0, 5):
            sys.exit(f"mappafondo {' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}")
        seconds, kilobytes = map(float, done.stdout.split())
        return seconds, kilobytes / 1024

    def with_scenarios(self):
        return [word for scenario in self.scenarios for word in ("--scenario", scenario)]

    def sweep_of(self, count):
        """The sweep file with so many draws, where it is drawn, and without the base: the peers are given draws alone."""
        with open(self.sweep, encoding="utf-8") as lines:
            text = lines.read()
        head = tomllib.loads(text)["sweep"]
        if "scenario" in head:
            sys.exit(f"{self.sweep}: a sweep without scenario files is wanted")
        more = f"[sweep]\nscenario = {json.dumps([os.path.basename(file) for file in self.scenarios])}\n" if self.scenarios else "[sweep]\n"
        text = text.replace("[sweep]\n", more, 1)
        text = re.sub(r"(?m)^draws *=.*$", f"draws = {count}", text)
        text = re.sub(r"(?m)^baseline *=.*\n", "", text)
        path = os.path.join(self.work, f"sweep-{count}.toml")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def solve_all(self, count, route, threads):
        """CPU seconds and peak MB of a sweep; its tables are in `sweep-ROUTE-THREADS` of the work folder."""
        out = os.path.join(self.work, f"sweep-{route}-{threads}-{count}")
        shutil.rmtree(out, ignore_errors=True)
        words = ["--sweep", self.sweep_of(count), "--out", out, "--route", route, "--threads", str(threads), "--quiet"]
        return out, *self.run("sweep", self.model, *words)

    def goals_alone(self, example, count):
        """A row of the table: what the batched engine takes for the goals, by the example `goals`."""
        words = [example, self.model, self.sweep_of(count), str(count)]
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode != 0:
            return {"failed": (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]}
        return json.loads(done.stdout)

    def measure(self, count, route, threads):
        """A row of the table, as a peer's."""
        import polars

        few = min(FEW, count - 1)
        _, base, _ = self.solve_all(few, route, threads)
        out, all_in, peak = self.solve_all(count, route, threads)
        goals = polars.read_parquet(os.path.join(out, "goals.parquet")).filter(polars.col("kind") != "wishes")
        scenarios = polars.read_parquet(os.path.join(out, "scenarios.parquet")).sort("index")
        values = {}
        for row in scenarios.iter_rows(named=True):
            own = goals.filter(polars.col("index") == row["index"]).sort("goal", "level")
            found = [float(Fraction(value)) for value in own["value"]]
            values[row["label"]] = found if row["status"] == "optimal" else row["status"]
        routes = scenarios.group_by("route", "handed_over").len().sort("len", descending=True)
        each = (all_in - base) / (count - few)
        return {
            "prepared": base - few * each,
            "seconds": [each] * count,
            "values": values,
            "peak_mb": peak,
            "note": ", ".join(f"{n} {answered or 'none'}" + (f" ({why})" if why else "") for answered, why, n in routes.iter_rows()),
        }


# --- The programme and the numbers of each scenario --------------------------------------------------------------------------


def read_mps(path):
    import highspy
    import numpy as np
    from scipy.sparse import csc_matrix, csr_matrix

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    if solver.readModel(path) != highspy.HighsStatus.kOk:
        sys.exit(f"{path}: HiGHS cannot read it")
    lp = solver.getLp()
    stored, shape = lp.a_matrix_, (lp.num_row_, lp.num_col_)
    kind = csr_matrix if stored.format_ == highspy.MatrixFormat.kRowwise else csc_matrix
    matrix = kind((np.array(stored.value_), np.array(stored.index_), np.array(stored.start_)), shape=shape).tocsr()
    matrix.sort_indices()
    with open(path, encoding="utf-8") as lines:
        divisor = float(next(lines).rpartition("objective / ")[2])
    # Costs of at most one: a solver's tolerances are made for that. `factor` turns the objective into the value in its unit.
    cost = np.array(lp.col_cost_)
    largest = np.abs(cost).max(initial=0.0) or 1.0
    return {
        "columns": list(lp.col_names_),
        "rows": list(lp.row_names_),
        "matrix": matrix,
        "goal": cost / largest,
        "factor": largest / divisor,
        "lower": np.array(lp.col_lower_),
        "upper": np.array(lp.col_upper_),
        "row_lower": np.array(lp.row_lower_),
        "row_upper": np.array(lp.row_upper_),
    }


def export(program, scenarios, work, n_goals):
    """The programme with all goals: the largest of those exported goal by goal, which has the columns and rows of all."""
    import numpy as np

    found = []
    for goal in range(1, n_goals + 1):
        path = os.path.join(work, "export.mps")
        words = [word for scenario in scenarios for word in ("--scenario", scenario)]
        program.run("export", program.model, *words, "--goal", str(goal), "--out", path, "--quiet")
        found.append(read_mps(path))
    whole = max(found, key=lambda one: len(one["columns"]))
    position = {name: j for j, name in enumerate(whole["columns"])}
    goals = []
    for one in found:
        goal = np.zeros(len(position))
        goal[[position[name] for name in one["columns"]]] = one["goal"]
        goals.append(goal)
    return {**whole, "goals": goals, "factors": [one["factor"] for one in found]}


def safe(name):
    return re.sub(r"[^0-9A-Za-z]", "_", name).rstrip("_")


def whole_numbers(program, work):
    """The whole numbers of the base plan, by the name of their column in the exported programme; and how many goals it has."""
    out = os.path.join(work, "base")
    shutil.rmtree(out, ignore_errors=True)
    program.run("solve", program.model, *program.with_scenarios(), "--out", out, "--quiet")
    with open(os.path.join(out, "dossier", "sheet.json"), encoding="utf-8") as file:
        kinds = {column["name"]: column["kind"] for column in json.load(file)["columns"]}
    fixed = {safe(name): 0.0 for name, kind in kinds.items() if kind in ("units", "active", "project")}
    with open(os.path.join(out, "dossier", "values.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if safe(row["column"]) in fixed:
                fixed[safe(row["column"])] = float(row["cents"])
    with open(os.path.join(out, "summary.json"), encoding="utf-8") as file:
        goals = [goal["kind"] for goal in json.load(file)["goals"] if goal["kind"] != "wishes"]
    return fixed, goals


def fill(value, text):
    """A change of an axis with its value in the place of `$`."""
    if isinstance(value, dict):
        return {key: fill(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, text) for inner in value]
    return value.replace("$", text) if isinstance(value, str) else value


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def scenario_files(program, drawn, work):
    """Each scenario of a sweep as a scenario file, from the values its results tell; gives label and file."""
    import polars

    with open(program.sweep, encoding="utf-8") as lines:
        axes = tomllib.loads(lines.read()).get("axis", [])
    rows = polars.read_parquet(os.path.join(drawn, "scenarios.parquet")).sort("index")
    for row in rows.iter_rows(named=True):
        lines = ['[scenario]\nformat = 1\nid = "drawn"\ntitle = "Drawn"\n']
        for axis in axes:
            text = row[f"axis_{axis['id']}"]
            if text is None:
                continue
            for change in axis.get("changes") or [axis["change"]]:
                lines.append("[[change]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in fill(change, text).items()))
        path = os.path.join(work, "drawn.toml")
        with open(path, "w", encoding="utf-8") as out:
            out.write("\n".join(lines))
        yield row["label"], path


def bound(value):
    return value if math.isfinite(value) else None


def differences(base, other):
    """What a scenario has otherwise; nothing where it is of another structure."""
    import numpy as np

    same = base["columns"] == other["columns"] and base["rows"] == other["rows"]
    same = same and np.array_equal(base["matrix"].indptr, other["matrix"].indptr)
    if not (same and np.array_equal(base["matrix"].indices, other["matrix"].indices)):
        return None
    change = {}
    for key in ("lower", "upper", "row_lower", "row_upper"):
        moved = np.flatnonzero(base[key] != other[key])
        change[key] = [[int(i), bound(float(other[key][i]))] for i in moved]
    moved = np.flatnonzero(base["matrix"].data != other["matrix"].data)
    change["data"] = [[int(i), float(other["matrix"].data[i])] for i in moved]
    change["goals"] = []
    for g, (one, two) in enumerate(zip(base["goals"], other["goals"])):
        if np.any((one == 0) & (two != 0)):
            return None
        change["goals"] += [[g, int(j), float(two[j])] for j in np.flatnonzero(one != two)]
    if base["factors"] != other["factors"]:
        change["factors"] = other["factors"]
    return {key: moves for key, moves in change.items() if moves}


def fix(programme, fixed):
    for j, name in enumerate(programme["columns"]):
        if name in fixed:
            programme["lower"][j] = programme["upper"][j] = fixed[name]


def write_case(program, drawn, work):
    """Writes a case; gives how many scenarios are of another structure and are left out."""
    fixed, goals = whole_numbers(program, work)
    base = export(program, program.scenarios, work, len(goals))
    fix(base, fixed)
    missing = set(fixed) - set(base["columns"])
    if missing:
        sys.exit(f"columns of the plan that the exported programme does not have: {sorted(missing)[:3]}")
    left_out = 0
    with open(os.path.join(work, "scenarios.jsonl"), "w", encoding="utf-8") as out:
        files = scenario_files(program, drawn, work) if drawn else [("base", None)]
        for label, file in files:
            other = base
            if file:
                other = export(program, [*program.scenarios, file], work, len(goals))
                fix(other, fixed)
            change = differences(base, other)
            if change is None:
                left_out += 1
            else:
                out.write(json.dumps({"scenario": label, **change}) + "\n")
    written = {
        "model": os.path.basename(program.model),
        "goal_kinds": goals,
        "whole": len(fixed),
        "indptr": base["matrix"].indptr.tolist(),
        "indices": base["matrix"].indices.tolist(),
        "data": base["matrix"].data.tolist(),
        "goals": [goal.tolist() for goal in base["goals"]],
        "factors": base["factors"],
        **{key: [bound(value) for value in base[key].tolist()] for key in ("lower", "upper", "row_lower", "row_upper")},
    }
    with open(os.path.join(work, "programme.json"), "w", encoding="utf-8") as out:
        json.dump(written, out)
    return left_out
