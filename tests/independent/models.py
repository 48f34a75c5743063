"""Random models over every kind of rule, planned by the program and by a formulation of its own.

    python tests/independent/models.py PROGRAM [FIRST_SEED [COUNT [KEEP_FOLDER]]]

Each model is written as a folder and given to `PROGRAM solve`. Whether it has a plan, and what the first goal comes to, is asked of a programme
written here from the documentation of the format alone (highspy; whole numbers are then fixed and the rest solved anew). A model on
which the two differ, or on which the program has no answer, ends with another exit code or takes over a minute, is kept in KEEP_FOLDER and told.
"""

import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time
from fractions import Fraction

import highspy
import numpy

INF = highspy.kHighsInf


# ------------------------------------------------------------------------------------------------------------------- drawing


def draw(seed):
    r = random.Random(seed)
    size = r.choice([10, 1_000, 100_000, 10_000_000, 10_000_000_000, 100_000_000_000])
    amount = lambda: max(1, r.choice([r.randint(1, size), size, size // r.randint(1, 7), r.randint(1, 3), size + r.randint(-1, 1)]))
    share = lambda: r.choice(["1/10", "1/3", "1/2", "2/3", "20%", "33.33%", "40%", "95%", "1", "0.1%"])
    model = {"seed": seed, "size": size, "years": [2026, 2027][: r.choice([1, 1, 2])]}
    model["zones"] = {z: r.choice([1, 18_000, 30_000, 50_000, 999_999]) for z in ["z0", "z1", "z2"][: r.randint(1, 3)]}
    model["funds"] = {f: r.choice(["", "", "50%", "100%", "1/3"]) for f in ["f0", "f1", "f2"][: r.randint(1, 3)]}
    model["amounts"] = {(f, y): amount() for f in model["funds"] for y in model["years"] if r.random() < 0.85}
    actions = {}
    for a in ["a0", "a1", "a2"][: r.randint(1, 3)]:
        kind = r.choice(["divisible", "divisible", "units", "project"])
        cost = {"divisible": r.choice([1, 100]), "units": max(1, amount() // r.randint(1, 4)), "project": 1}[kind]
        actions[a] = {
            "kind": kind,
            "cost": cost,
            "leps": r.random() < 0.4,
            "priority": r.choice([0, 1, 1, 2, 3, 7]),
            "least": amount() if kind == "divisible" and r.random() < 0.35 else None,
        }
    model["actions"] = actions
    model["open"] = {
        (f, a): (share() if r.random() < 0.15 else "") for f in model["funds"] for a in actions if r.random() < 0.75
    }
    needs = {}
    for a, of in actions.items():
        for z in model["zones"]:
            for y in model["years"]:
                if r.random() < 0.75:
                    cents = amount()
                    units = Fraction(cents, of["cost"]) if of["kind"] != "units" else Fraction(r.choice([100, 112, 200, 250, 300, 700]), 100)
                    if of["kind"] == "divisible" and of["least"] is None and r.random() < 0.1:
                        units = None
                    if units is not None:
                        units = Fraction(round(units * 100), 100) if of["cost"] % 100 else units
                    if units != 0:
                        needs[a, z, y] = units
    model["needs"] = needs
    model["rules"] = [x for x in (rule(r, model, amount, share) for _ in range(r.choice([0, 1, 1, 2, 2, 3, 4]))) if x]
    model["goal"] = r.choice(["value", "value", "leps", "leximin"])
    return model


def rule(r, model, amount, share):
    some = lambda of: sorted(r.sample(sorted(of), r.randint(1, len(of)))) if r.random() < 0.5 else None
    each = [e for e in ["zone", "year"] if r.random() < 0.35]
    base = {"fund": some(model["funds"]), "action": some(model["actions"]), "zone": None if "zone" in each else some(model["zones"]), "each": each}
    kind = r.choice(["euro", "euro", "assigned", "allocated", "demand", "band", "match", "minimum", "units", "active", "excludes"])
    relation = r.choice(["at_least", "at_most"])
    if kind == "euro":
        return base | {"kind": kind, "relation": r.choice([relation, "equal"]) if r.random() < 0.2 else relation, "cents": amount()}
    if kind == "assigned":
        # What of a floor is not met may move on with carried money.
        if any(model["funds"].values()):
            relation = "at_most"
        return base | {"kind": kind, "relation": relation, "share": share(), "zone": None, "each": [e for e in each if e == "year"], "fund": base["fund"] or sorted(model["funds"])}
    if kind == "allocated":
        return base | {"kind": kind, "relation": relation, "share": share(), "of": some(model["actions"])}
    if kind == "demand":
        return base | {"kind": kind, "relation": relation, "share": share()}
    if kind == "band":
        return base | {"kind": kind, "share": r.choice(["1/10", "50%", "5%", "1"]), "zone": None, "each": ["zone"]}
    if kind in ("match", "minimum"):
        if len(model["funds"]) < 2:
            return None
        funds = sorted(r.sample(sorted(model["funds"]), r.randint(2, len(model["funds"]))))
        shares = {2: [["40%", "60%"], ["1/3", "2/3"], ["90%", "10%"]], 3: [["40%", "42%", "18%"], ["1/3", "1/3", "1/3"]]}[len(funds)]
        return base | {"kind": kind, "funds": funds, "shares": r.choice(shares), "per": r.choice(["priority", "operation"])}
    if kind == "units":
        own = [a for a, of in model["actions"].items() if of["kind"] == "units"]
        return base | {"kind": kind, "relation": relation, "action": [r.choice(own)], "count": r.randint(1, 4)} if own else None
    whole = [a for a, of in model["actions"].items() if of["kind"] != "divisible" or of["least"]]
    if kind == "active" and whole:
        return base | {"kind": kind, "relation": relation, "action": [r.choice(whole)], "fund": None, "zone": None, "each": [], "count": r.randint(1, len(model["zones"]))}
    if kind == "excludes" and len(whole) > 1:
        one, two = r.sample(whole, 2)
        return base | {"kind": kind, "action": [one], "other": two, "fund": None, "zone": None, "each": ["zone", "year"]}
    return None


# ------------------------------------------------------------------------------------------------------------------- writing

euro = lambda cents: f"{cents // 100}.{cents % 100:02d}"


def decimal(number):
    text = f"{number.numerator * 10**6 // number.denominator:07d}"
    assert number * 10**6 % 1 == 0, number
    return text[:-6] + "." + text[-6:]


def write(model, folder):
    table = lambda name, head, rows: (folder / f"{name}.csv").write_text("\n".join([head, *[",".join(map(str, row)) for row in rows]]) + "\n")
    table("zones", "zone,name,residenti", [(z, z, n) for z, n in model["zones"].items()])
    table("funds", "fund,name,level,nature,carry_over", [(f, f, "state", "both", c) for f, c in model["funds"].items()])
    table("amounts", "fund,year,euro,act,confidence,source", [(f, y, euro(c), "A", "official", "s") for (f, y), c in model["amounts"].items()])
    table(
        "actions",
        "action,name,area,leps,kind,unit,unit_cost,priority,min_active",
        [
            (a, a, "X", "yes" if of["leps"] else "no", of["kind"], "u", euro(of["cost"]), of["priority"], euro(of["least"]) if of["least"] else "")
            for a, of in model["actions"].items()
        ],
    )
    table("eligibility", "fund,action,max_share", [(f, a, s) for (f, a), s in model["open"].items()])
    table("needs", "action,zone,year,units", [(a, z, y, "unlimited" if n is None else decimal(n)) for (a, z, y), n in model["needs"].items()])
    listed = lambda of: json.dumps(of)
    text = [
        f'[model]\nformat = 1\ntitle = "{model["seed"]}"\nlanguage = "it"\n\n[plan]\nstart = 2026-01-01\nmonths = {12 * len(model["years"])}\n',
        f'[[goal]]\nkind = "{model["goal"]}"\n',
    ]
    for k, of in enumerate(model["rules"]):
        if of["kind"] in ("match", "minimum"):
            text.append(f'[[match]]\nid = "r{k}"\nlaw = {{ act = "A" }}\nstrength = "plan"\nper = "{of["per"]}"')
            if of["action"]:
                text.append(f"action = {listed(of['action'])}")
            if of["kind"] == "match":
                text.append("shares = { " + ", ".join(f'"{f}" = "{s}"' for f, s in zip(of["funds"], of["shares"])) + " }\n")
            else:
                text.append(f'minimum = {{ "{of["funds"][0]}" = "{of["shares"][0]}" }}\namong = {listed(of["funds"])}\n')
            continue
        text.append(f'[[rule]]\nid = "r{k}"\nlaw = {{ act = "A" }}\nstrength = "plan"\nfor_each = {listed(of["each"])}')
        what = {"units": "units", "active": "active_zones", "excludes": "active_zones"}.get(of["kind"], "euro")
        chosen = "".join(f", {key} = {listed(of[key])}" for key in ("fund", "action", "zone") if of[key])
        text.append(f"measure = {{ {what} = true{chosen} }}")
        bound = {
            "euro": lambda: f'{{ euro = "{euro(of["cents"])}" }}',
            "assigned": lambda: f'{{ share_of = "assigned", share = "{of["share"]}" }}',
            "allocated": lambda: f'{{ share_of = "allocated", share = "{of["share"]}"' + (f", action = {listed(of['of'])}" if of["of"] else "") + " }",
            "demand": lambda: f'{{ share_of = "demand", share = "{of["share"]}" }}',
            "units": lambda: f'{{ units = "{of["count"]}" }}',
            "active": lambda: f"{{ count = {of['count']} }}",
        }
        if of["kind"] == "band":
            text.append(f'within = {{ share = "{of["share"]}", per = "residenti" }}\n')
        elif of["kind"] == "excludes":
            text.append(f'excludes = {{ action = "{of["other"]}" }}\n')
        else:
            text.append(f"{of['relation']} = {bound[of['kind']]()}\n")
    (folder / "model.toml").write_text("\n".join(text))


# ------------------------------------------------------------------------------------------------------------------- planning


def part(text):
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


class Programme:
    """Columns in cents or things, rows as dictionaries of exact coefficients."""

    def __init__(self):
        self.lower, self.upper, self.whole, self.rows, self.cost = [], [], [], [], {}

    def column(self, upper, whole=False):
        self.lower.append(0)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(self, cells, lower=None, upper=None):
        self.rows.append((cells, lower, upper))

    def run(self, unit, fixed=None, usual=False):
        h = highspy.Highs()
        h.setOptionValue("output_flag", False)
        # docs/highs-presolve.md
        h.setOptionValue("presolve", "off")
        h.setOptionValue("mip_root_presolve_only", True)
        if not usual:
            for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance", "mip_feasibility_tolerance"):
                h.setOptionValue(option, 1e-9)
        h.setOptionValue("mip_rel_gap", 0.0)
        h.setOptionValue("time_limit", 60.0)
        for k, (low, high, whole) in enumerate(zip(self.lower, self.upper, self.whole)):
            if fixed is not None and whole:
                low = high = 0
            size = 1 if whole else unit
            h.addVar(low / size, float(high / size))
            if whole and fixed is None:
                h.changeColIntegrality(k, highspy.HighsVarType.kInteger)
        for cells, low, high in self.rows:
            taken = sum(v * fixed[k] for k, v in cells.items() if self.whole[k]) if fixed is not None else 0
            cells = {k: v * (1 if self.whole[k] else unit) for k, v in cells.items() if v != 0 and not (fixed is not None and self.whole[k])}
            size = max((abs(v) for v in cells.values()), default=1)
            low = -INF if low is None else float(Fraction(low - taken) / size)
            high = INF if high is None else float(Fraction(high - taken) / size)
            keys = list(cells)
            h.addRow(low, high, len(keys), numpy.array(keys, dtype=numpy.int32), numpy.array([float(Fraction(cells[k]) / size) for k in keys]))
        size = max((abs(v) * (1 if self.whole[k] else unit) for k, v in self.cost.items()), default=1) or 1
        for k, v in self.cost.items():
            h.changeColCost(k, -float(Fraction(v) * (1 if self.whole[k] else unit) / size))
        h.run()
        status = h.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return status, None, None
        x = h.getSolution().col_value
        value = sum(float(v) * x[k] * (1 if self.whole[k] else unit) for k, v in self.cost.items())
        return status, value, x

    def best(self, unit):
        """`None` without a plan, else the most of the cost; `"?"` where the solver is not sure."""
        if not self.upper:
            holds = all((low is None or low <= 0) and (high is None or high >= 0) for _, low, high in self.rows)
            return 0.0 if holds else None
        status, value, x = self.run(unit)
        if status == highspy.HighsModelStatus.kInfeasible:
            # With tight tolerances it says so of some that have a plan.
            status, value, x = self.run(unit, usual=True)
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
        if value is None:
            return "?"
        if any(self.whole):
            fixed = [round(v) if whole else 0 for v, whole in zip(x, self.whole)]
            _, again, _ = self.run(unit, fixed)
            if again is None:
                return "?"
            value = again
        return value


def programme(model, play=False):
    p = Programme()
    years, zones = model["years"], model["zones"]
    cost_of = lambda a: model["actions"][a]["cost"]
    need = {}
    for (a, z, y), units in model["needs"].items():
        need[a, z, y] = None if units is None else int(units * cost_of(a) + Fraction(1, 2))
    hand = {}
    for f, carry in model["funds"].items():
        left = 0
        for y in years:
            own = model["amounts"].get((f, y), 0)
            hand[f, y] = own + left
            left = int(own * part(carry)) if carry else 0
    pay = {}
    for (f, a), most in model["open"].items():
        for (b, z, y), cents in need.items():
            if a == b and hand[f, y] > 0 and (cents is None or cents > 0):
                pay[f, a, z, y] = p.column(hand[f, y] if cents is None else min(hand[f, y], cents))
                if most and cents is not None:
                    p.row({pay[f, a, z, y]: 1}, upper=int(part(most) * cents))
    for f, carry in model["funds"].items():
        before = None
        for y in years:
            own = model["amounts"].get((f, y), 0)
            cells = {k: 1 for (g, _, _, t), k in pay.items() if (g, t) == (f, y)}
            if before is not None:
                cells[before] = -1
            before = p.column(int(own * part(carry))) if carry and y != years[-1] else None
            if before is not None:
                cells[before] = 1
            p.row(cells, upper=own)
    active = {}
    for (a, z, y), cents in need.items():
        of = model["actions"][a]
        cells = {k: 1 for (_, b, w, t), k in pay.items() if (b, w, t) == (a, z, y)}
        if not cells:
            continue
        if cents is not None:
            p.row(cells, upper=cents)
        if of["kind"] == "units":
            units = p.column(int(model["needs"][a, z, y]), whole=True)
            p.row(cells | {units: -of["cost"]}, 0, 0)
            active[a, z, y] = p.column(1, whole=True)
            p.row({units: 1, active[a, z, y]: -1}, lower=0)
            p.row({units: 1, active[a, z, y]: -1000}, upper=0)
        elif of["kind"] == "project":
            active[a, z, y] = p.column(1, whole=True)
            p.row(cells | {active[a, z, y]: -cents}, 0, 0)
        elif of["least"]:
            active[a, z, y] = p.column(1, whole=True)
            p.row(cells | {active[a, z, y]: -of["least"]}, lower=0)
            p.row(cells | {active[a, z, y]: -(cents if cents is not None else sum(hand.values()))}, upper=0)
    for of in model["rules"]:
        state(p, model, of, pay, active, need, play)
    kind = model["goal"]
    if kind == "leximin":
        totals = {z: sum(c for (a, w, y), c in need.items() if w == z and c is not None) for z in zones}
        most = max(totals.values(), default=0) or 1
        level = p.column(most)  # of the largest need
        for z, total in totals.items():
            if total:
                cells = {k: Fraction(1) for (f, a, w, y), k in pay.items() if w == z and need[a, w, y] is not None}
                p.row(cells | {level: -Fraction(total, most)}, lower=0)
        p.cost = {level: Fraction(10**9, most)}  # in billionths
    else:
        for (f, a, z, y), k in pay.items():
            of = model["actions"][a]
            if kind == "value" and of["priority"]:
                p.cost[k] = of["priority"]
            elif kind == "leps" and of["leps"] and need[a, z, y] is not None:
                p.cost[k] = 1
    return p


def state(p, model, of, pay, active, need, play):
    years, zones = model["years"], list(model["zones"])
    kind = of["kind"]
    chosen = lambda key, value, own: own[key] is None or value in own[key]
    if kind in ("match", "minimum"):
        acts = of["action"] or list(model["actions"])
        cells_of = [{"year": y} for y in years] if of["per"] == "priority" else [{"year": y, "zone": z, "action": a} for y in years for z in zones for a in acts]
        for place in cells_of:
            own = {
                f: [k for (g, a, z, y), k in pay.items() if g == f and a in acts and y == place["year"] and place.get("zone", z) == z and place.get("action", a) == a]
                for f in of["funds"]
            }
            for f, text in zip(of["funds"], of["shares"]):
                cells = {}
                for g in of["funds"]:
                    for k in own[g]:
                        cells[k] = (1 if g == f else 0) - part(text)
                if kind == "match":
                    # Exact, or else within a cent.
                    less = 1 - Fraction(1, 10**6) if play else 0
                    p.row(cells, -less, less)
                elif f == of["funds"][0]:
                    p.row(cells, lower=0)
        return
    places = [{}]
    for e in of["each"]:
        places = [place | {e: v} for place in places for v in (zones if e == "zone" else years)]
    for place in places:
        inside = lambda f, a, z, y, own=of: (
            chosen("fund", f, own) and chosen("action", a, own) and chosen("zone", z, own) and place.get("zone", z) == z and place.get("year", y) == y
        )
        cells = {k: Fraction(1) for (f, a, z, y), k in pay.items() if inside(f, a, z, y)}
        floor = of.get("relation") in ("at_least", "equal")
        cap = of.get("relation") in ("at_most", "equal")
        put = lambda cells, number, up: p.row(cells, up(number) if floor else None, -up(-number) if cap else None)
        ceil = lambda x: -int(-x // 1)
        if kind == "euro":
            put(cells, of["cents"], lambda x: x)
        elif kind == "assigned":
            base = sum(c for (f, y), c in model["amounts"].items() if f in of["fund"] and place.get("year", y) == y)
            put(cells, part(of["share"]) * base, ceil)
        elif kind == "demand":
            base = sum(c for (a, z, y), c in need.items() if c is not None and chosen("action", a, of) and chosen("zone", z, of) and place.get("zone", z) == z and place.get("year", y) == y)
            put(cells, part(of["share"]) * base, ceil)
        elif kind == "allocated":
            for (f, a, z, y), k in pay.items():
                # What a share is of is of all zones where the rule holds, whatever zones the measure names.
                if inside(f, a, z, y, of | {"action": of["of"], "zone": None}):
                    cells[k] = cells.get(k, Fraction(0)) - part(of["share"])
            put(cells, 0, lambda x: x)
        elif kind == "units":
            for k in cells:
                cells[k] /= model["actions"][of["action"][0]]["cost"]
            put(cells, of["count"], lambda x: x)
        elif kind == "active":
            count = {}
            for z in zones:
                own = [k for (a, w, y), k in active.items() if a in of["action"] and w == z]
                if own:
                    seen = p.column(1, whole=True)
                    p.row({seen: -1} | {k: 1 for k in own}, lower=0)
                    for k in own:
                        p.row({seen: 1, k: -1}, lower=0)
                    count[seen] = 1
            put(count, of["count"], lambda x: x)
        elif kind == "excludes":
            pair = [active.get((a, place["zone"], place["year"])) for a in (of["action"][0], of["other"])]
            if None not in pair:
                p.row({k: 1 for k in pair}, upper=1)
    if kind == "band":
        inside = lambda f, a, z: chosen("fund", f, of) and chosen("action", a, of)
        heads = sum(model["zones"].values())
        own = [(z, k) for (f, a, z, y), k in pay.items() if inside(f, a, z)]
        for zone in zones:
            mean = Fraction(model["zones"][zone], heads)
            for sign, low in ((1 - part(of["share"]), True), (1 + part(of["share"]), False)):
                cells = {k: (1 if z == zone else 0) - mean * sign for z, k in own}
                p.row(cells, 0 if low else None, None if low else 0)


# ------------------------------------------------------------------------------------------------------------------- comparing


SEEN = {}


def fault(model, program, folder):
    """What is wrong with the program's answer; `None` where nothing is."""
    begun = time.time()
    out = folder.parent / "out"
    try:
        ran = subprocess.run([program, "solve", folder, "--out", out, "--format", "json"], capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "over a minute"
    SEEN[ran.returncode] = SEEN.get(ran.returncode, 0) + 1
    if ran.returncode == 3:
        return None if "model::" in ran.stdout + ran.stderr or "fund" in ran.stderr else f"refused: {ran.stderr[:300]}"
    if ran.returncode not in (0, 4):
        return f"exit {ran.returncode}: {ran.stderr[:300]}"
    if time.time() - begun > 20:
        print(f"  seed {model['seed']}: {time.time() - begun:.0f} s", flush=True)
    most = max(model["amounts"].values(), default=1)
    value = programme(model).best(max(1.0, most / 1000))
    if value is None:
        value = programme(model, play=True).best(max(1.0, most / 1000))
    if value == "?":
        return None
    if ran.returncode == 4:
        return None if value is None else f"no plan, though one has {value}"
    if value is None:
        return "a plan, though there is none"
    if not json.loads(ran.stdout).get("goals"):
        return None
    goal = json.loads(ran.stdout)["goals"][0]
    unit = 1e9 if model["goal"] == "leximin" else 100
    got, gap = float(Fraction(goal["value"])) * unit, float(Fraction(goal["gap"])) * unit
    most = 7 * 3 * max(1, len(model["needs"])) * len(model["funds"])
    least_need = 1
    if model["goal"] == "leximin":
        by_zone = {}
        for (a, z, y), units in model["needs"].items():
            if units is not None:
                by_zone[z] = by_zone.get(z, 0) + float(units * model["actions"][a]["cost"])
        least = max(1e-9, min(by_zone.values(), default=1))
        most = 1e9 * most / least
        if least < max(model["amounts"].values(), default=1) / 1000:
            return None  # beyond what the solver can tell apart here
    # Levels are told to six decimals.
    # What is said here is as exact as the solver's tolerances on the largest amount.
    noise = 1e-7 * abs(value) + 21e-6 * max(1.0, max(model["amounts"].values(), default=1) / 1000) + (1e3 if model["goal"] == "leximin" else 1e-3)
    if got > value + noise + most * (1 if any(r["kind"] == "match" for r in model["rules"]) else 0.01):
        return f"{got} is more than there can be, {value}"
    if got + gap < value - noise - least_need:
        return f"{got} and a gap of {gap} are less than {value}"
    if got < value - noise - most:
        return f"{got} is less than {value}, by more than cents"
    return None


def main():
    program = sys.argv[1]
    first, count = (int(x) for x in (sys.argv[2:4] + ["0", "300"][len(sys.argv[2:4]):]))
    keep = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None
    found = 0
    for seed in range(first, first + count):
        model = draw(seed)
        with tempfile.TemporaryDirectory() as home:
            folder = pathlib.Path(home) / "model"
            folder.mkdir()
            write(model, folder)
            wrong = fault(model, program, folder)
            if wrong:
                found += 1
                print(f"seed {seed}: {wrong}", flush=True)
                if keep:
                    shutil.copytree(folder, keep / str(seed), dirs_exist_ok=True)
    print(f"{count} models from seed {first}: {found} at fault; exit codes {dict(sorted(SEEN.items()))}")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
