"""Random models over every kind of rule, planned by the program and by a formulation of its own.

    python tests/independent/models.py PROGRAM [FIRST_SEED [COUNT [KEEP_FOLDER]]]

Each model is written as a folder and given to `PROGRAM solve`. Whether it has a plan, and what the first goal comes to, is asked of a programme
written here from the documentation of the format alone (highspy; whole numbers are then fixed and the rest solved anew). A model on
which the two differ, or on which the program has no answer, ends with another exit code or takes over a minute, is kept in KEEP_FOLDER and told.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from fractions import Fraction

import highspy
import numpy

import wider
from drawn import draw
from wider import part

INF = highspy.kHighsInf
# What a drawn model may be refused for.
REFUSED = {"model::empty_table"}


# ------------------------------------------------------------------------------------------------------------------- writing

euro = lambda cents: f"{cents // 100}.{cents % 100:02d}"


def decimal(number):
    text = f"{number.numerator * 10**6 // number.denominator:07d}"
    assert number * 10**6 % 1 == 0, number
    return text[:-6] + "." + text[-6:]


def write(model, folder):
    table = lambda name, head, rows: (folder / f"{name}.csv").write_text("\n".join([head, *[",".join(map(str, row)) for row in rows]]) + "\n")
    table("zones", "zone,name,residenti", [(z, z, n) for z, n in model["zones"].items()])
    table(
        "funds",
        "fund,name,level,nature,carry_over,last_spend",
        [(f, f, "state", model["nature"].get(f, "both"), c, model["deadline"].get(f, "")) for f, c in model["funds"].items()],
    )
    amounts = {(f, None, y): c for (f, y), c in model["amounts"].items()} | model["zoned"]
    table("amounts", "fund,year,zone,euro,act,confidence,source", [(f, y, z or "", euro(c), "A", "official", "s") for (f, z, y), c in amounts.items()])
    table(
        "actions",
        "action,name,area,leps,kind,unit,unit_cost,priority,min_active,nature,persistent",
        [
            (a, a, "X", "yes" if of["leps"] else "no", of["kind"], "u", euro(of["cost"]), of["priority"], euro(of["least"]) if of["least"] else "")
            + (model["nature"].get(a, "current"), "yes" if of.get("persistent") else "no")
            for a, of in model["actions"].items()
        ],
    )
    more, blocks = wider.files(model, euro)
    for name, (head, rows) in more.items():
        table(name, head, rows)
    table("eligibility", "fund,action,max_share", [(f, a, s) for (f, a), s in model["open"].items()])
    table("needs", "action,zone,year,units", [(a, z, y, "unlimited" if n is None else decimal(n)) for (a, z, y), n in model["needs"].items()])
    listed = lambda of: json.dumps(of)
    start, months = model["months"] or ("2026-01-01", 12 * len(model["years"]))
    text = [
        f'[model]\nformat = 1\ntitle = "{model["seed"]}"\nlanguage = "it"\n\n[plan]\nstart = {start}\nmonths = {months}\n',
        f'[[goal]]\nkind = "{model["goal"]}"\n',
        *blocks,
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
        text.append(f'[[rule]]\nid = "r{k}"\nlaw = {{ act = "A" }}\nstrength = "{of.get("strength", "plan")}"\nfor_each = {listed(of["each"])}')
        what = {"units": "units", "active": "active_zones", "excludes": "active_zones"}.get(of["kind"], "euro")
        chosen = "".join(f", {key} = {listed(of[key])}" for key in ("fund", "action", "zone") if of[key])
        text.append(f"measure = {{ {what} = true{chosen} }}")
        bound = {
            "euro": lambda: f'{{ euro = "{euro(of["cents"])}" }}',
            "assigned": lambda: f'{{ share_of = "assigned", share = "{of["share"]}" }}',
            "allocated": lambda: f'{{ share_of = "allocated", share = "{of["share"]}"' + (f", action = {listed(of['of'])}" if of["of"] else "") + (', zone = "all"' if of.get("all_zones") else "") + " }",
            "demand": lambda: f'{{ share_of = "demand", share = "{of["share"]}" }}',
            "last_year": lambda: f'{{ share_of = "last_year", share = "{of["share"]}" }}',
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


class Programme:
    """Columns in cents or things, rows as dictionaries of exact coefficients."""

    def __init__(self):
        self.lower, self.upper, self.whole, self.rows, self.cost = [], [], [], [], {}
        self.sure = True  # with narrow tolerances too

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
        self.sure = status != highspy.HighsModelStatus.kInfeasible
        if not self.sure:
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
    need = wider.needs(model)
    total = wider.most(model)
    pay = {}

    def payable(cells, most_of, nature):
        for (f, a), most in model["open"].items():
            for (b, z, y), cents in cells.items():
                if a == b and wider.pays(model, f, nature or model["nature"].get(a, "current")):
                    pay[f, a, z, y] = p.column(total if cents is None else cents)
                    if most and most_of:
                        p.row({pay[f, a, z, y]: 1}, upper=int(part(most) * cents) if cents is not None else total)

    payable(need, True, None)
    active, units = {}, {}
    for (a, z, y), cents in need.items():
        of = model["actions"][a]
        cells = {k: 1 for (_, b, w, t), k in pay.items() if (b, w, t) == (a, z, y)}
        if not cells:
            continue
        if cents is not None:
            p.row(cells, upper=cents)
        if of["kind"] == "units":
            units[a, z, y] = p.column(int(model["needs"][a, z, y]), whole=True)
            p.row(cells | {units[a, z, y]: -of["cost"]}, 0, 0)
            active[a, z, y] = p.column(1, whole=True)
            p.row({units[a, z, y]: 1, active[a, z, y]: -1}, lower=0)
            p.row({units[a, z, y]: 1, active[a, z, y]: -1000}, upper=0)
            if of["least"]:
                p.row(cells | {active[a, z, y]: -of["least"]}, lower=0)
        elif of["kind"] == "project":
            active[a, z, y] = p.column(1, whole=True)
            p.row(cells | {active[a, z, y]: -cents}, 0, 0)
        elif of["least"]:
            active[a, z, y] = p.column(1, whole=True)
            p.row(cells | {active[a, z, y]: -of["least"]}, lower=0)
            p.row(cells | {active[a, z, y]: -(cents if cents is not None else total)}, upper=0)
    for of, parts in zip(model["projects"], wider.projects(model)):
        own = {("ap", z, y): cents for (z, y), cents in parts.items() if y in years}
        payable(own, False, of["nature"])
        paid = p.column(1, whole=True)
        for (a, z, y), cents in own.items():
            p.row({k: 1 for (_, b, w, t), k in pay.items() if (b, w, t) == (a, z, y)} | {paid: -cents}, 0, 0)
        need |= own
    left = wider.flows(p, model, pay, wider.earnings(p, model, units))
    losses = wider.claims(p, model, pay)
    wider.others(p, model, pay, play)
    short = {}
    for of in model["rules"]:
        state(p, model, of, pay, active, need, play, short)
    kind = model["goal"]
    if kind == "targets":
        p.bounds = list(short.values())
        p.cost = {column: -Fraction(10**9, bound) for column, bound in short.items()}  # in billionths
    elif kind == "at_risk":
        p.cost = {k: 1 for k in [*pay.values(), *left]} | {k: -1 for k in losses}
    elif kind == "leximin":
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


def state(p, model, of, pay, active, need, play, short):
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
        ceil = lambda x: -int(-x // 1)

        def put(cells, number, up):
            low, high = up(number) if floor else None, -up(-number) if cap else None
            if of.get("strength") == "target":
                bound = low if floor else high
                column = p.column(max(bound, 0) if floor else 10**13)
                short[column] = max(bound, 1)
                cells = cells | {column: 1 if floor else -1}
            p.row(cells, low, high)

        if kind == "euro":
            put(cells, of["cents"], lambda x: x)
        elif kind == "assigned":
            base = sum(c for (f, _, y), c in wider.sources(model).items() if f in of["fund"] and place.get("year", y) == y)
            put(cells, part(of["share"]) * base, ceil)
        elif kind == "demand":
            base = sum(c for (a, z, y), c in need.items() if c is not None and chosen("action", a, of) and chosen("zone", z, of) and place.get("zone", z) == z and place.get("year", y) == y)
            put(cells, part(of["share"]) * base, ceil)
        elif kind == "allocated":
            for (f, a, z, y), k in pay.items():
                # What a share is of is of all zones where the rule holds, whatever zones the measure names.
                if inside(f, a, place["zone"] if of.get("all_zones") else z, y, of | {"action": of["of"], "zone": None}):
                    cells[k] = cells.get(k, Fraction(0)) - part(of["share"])
            put(cells, 0, lambda x: x)
        elif kind == "last_year":
            if place["year"] == years[0]:
                before = sum(c for (f, a, z), c in model["previous"].items() if inside(f, a, z, place["year"]))
                put(cells, part(of["share"]) * before, ceil)
            else:
                for (f, a, z, y), k in pay.items():
                    if inside(f, a, z, y + 1):
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


SEEN = Counter()


def fault(model, program, folder):
    """What is wrong with the program's answer; `None` where nothing is."""
    begun = time.time()
    out = folder.parent / "out"
    try:
        ran = subprocess.run([program, "solve", folder, "--out", out, "--format", "json"], capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "over a minute"
    SEEN[f"exit {ran.returncode}"] += 1
    codes = set(re.findall(r"\w+::\w+", ran.stderr))
    if ran.returncode == 3:
        SEEN.update(f"refused: {code}" for code in codes)
    if model["months"]:
        return None if ran.returncode == 3 and "model::part_years" in codes else f"parts of years, exit {ran.returncode}: {ran.stderr[:300]}"
    if ran.returncode == 3:
        return None if codes and codes <= REFUSED else f"refused: {ran.stderr[:300]}"
    if ran.returncode not in (0, 4):
        return f"exit {ran.returncode}: {ran.stderr[:300]}"
    if time.time() - begun > 20:
        print(f"  seed {model['seed']}: {time.time() - begun:.0f} s", flush=True)
    large = max([*wider.sources(model).values(), 1])
    other = programme(model)
    value = other.best(max(1.0, large / 1000))
    if value is None:
        other = programme(model, play=True)
        value = other.best(max(1.0, large / 1000))
    if value == "?" or (value is not None and ran.returncode == 4 and not other.sure):
        SEEN["the other solver is not sure"] += 1
        return None
    if ran.returncode == 4:
        return None if value is None else f"no plan, though one has {value}"
    if value is None:
        return "a plan, though there is none"
    if not json.loads(ran.stdout).get("goals"):
        SEEN["a plan without a goal"] += 1
        return None
    goal = json.loads(ran.stdout)["goals"][0]
    shares = model["goal"] in ("leximin", "targets")
    unit = 1e9 if shares else 100
    got, gap = float(Fraction(goal["value"])) * unit, float(Fraction(goal["gap"])) * unit
    cents = 7 * 3 * max(1, len(wider.needs(model))) * len(model["funds"])
    if shares:
        least = least_of(model)
        cents = 1e9 * cents / least
        if least < large / 1000:
            SEEN["shares too fine for floats"] += 1
            return None
    # Levels are told to six decimals.
    # What is said here is as exact as the solver's tolerances on the largest amount.
    # A project of billions is paid a cent where nothing is tolerated but the billionth of one.
    largest_need = max([c for c in wider.needs(model).values() if c], default=0)
    noise = 2e-9 * largest_need + 1e-7 * abs(value) + 21e-6 * max(1.0, large / 1000) + (1e3 if shares else 1e-3)
    within_a_cent = model["flat"] or any(r["kind"] == "match" for r in model["rules"])
    if got > value + noise + cents * (1 if within_a_cent else 0.01):
        return f"{got} is more than there can be, {value}"
    if got + gap < value - noise - 1:
        return f"{got} and a gap of {gap} are less than {value}"
    if got < value - noise - cents:
        if finer_than_cents(model, value):
            SEEN["a band finer than cents"] += 1
            return None
        return f"{got} is less than {value}, by more than cents"
    SEEN["the same goal"] += 1
    return None


def finer_than_cents(model, value):
    """Whether a band leaves a zone so little that it cannot hold in whole cents, so that less is paid."""
    heads = model["zones"].values()
    return any(of["kind"] == "band" for of in model["rules"]) and abs(value) * min(heads) / sum(heads) < 100


def least_of(model):
    """The smallest amount, in cents, that a level or a shortfall is a share of."""
    if model["goal"] == "targets":
        return min(programme(model).bounds, default=1)
    by_zone = {}
    for (_, z, _), cents in wider.needs(model).items():
        if cents is not None:
            by_zone[z] = by_zone.get(z, 0) + cents
    return max(1e-9, min(by_zone.values(), default=1))


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
    print(f"{count} models from seed {first}: {found} at fault; {dict(sorted(SEEN.items()))}")
    sys.exit(found > 0)


if __name__ == "__main__":
    main()
