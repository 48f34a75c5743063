#!/usr/bin/env python3
"""Break points, prices and repairs of `mappafondo explain` against an independent chain, over small random models.

    python3 benches/peers/explain_truth.py target/release/mappafondo --models 1000 [--seed 1] [--keep DIR]

Each model is written as a folder and explained (`--breakpoints f0 --price f0`). The goals are then solved again from the numbers alone:
one linear programme after the other, by HiGHS at 1e-10, shares as exact fractions that are not rounded to cents. Compared are

- every curve: at places in each told piece, near to both of its ends too, the goal is where the told line is;
- every told break: the told slopes differ;
- every rate: at the end of the range for which it is told to hold the goal is on the line, and a little further it is not;
- of a model without a plan: the least money that mends it.

Exit code 1 where anything differs by more than is told; each difference is one line. Needs `highspy`.
"""

import argparse
import json
import pathlib
import random
import subprocess
import sys
import tempfile
from fractions import Fraction as F

import highspy

INF = highspy.kHighsInf
# Of goals in euro and in parts of a bound or need.
NEAR = {"euro": 2e-5, "bound": 2e-8, "level": 2e-8}


class Model:
    """A model that can be written as a folder and solved by itself."""

    def __init__(self, rng):
        self.zones = [f"z{i}" for i in range(rng.choice([1, 1, 2, 3]))]
        self.years = [2026] if rng.random() < 0.6 else [2026, 2027]
        self.actions = {}
        for i in range(rng.choice([1, 2, 2, 3])):
            cost = rng.choice(["1.00", "1.00", "10.00", "3.20", "7.00"])
            priority = rng.choice(["1", "2", "3", "0.5", "4"])
            self.actions[f"a{i}"] = (rng.random() < 0.5, F(cost), F(priority), cost, priority)
        size = rng.choice([10, 100, 1_000, 20_000, 1_000_000])
        cents = lambda low, high: F(rng.randint(int(low * 100), int(high * 100)), 100)
        self.funds, self.money = {}, {}
        for i in range(rng.choice([1, 1, 2])):
            fund = f"f{i}"
            # Where money is carried on, the unmet part of a floor moves with it: that is not told here.
            self.funds[fund] = rng.choice(["", "1", "1/2", "1/3"]) if len(self.years) > 1 else ""
            by_zone = rng.random() < 0.3
            for year in self.years:
                for zone in self.zones if by_zone else [None]:
                    self.money[fund, year, zone] = cents(size / 5, size)
        self.pays = {
            (fund, action)
            for fund in self.funds
            for action in self.actions
            if rng.random() < 0.85
        } or {("f0", "a0")}
        self.units = {}
        for action, (_, cost, *_) in self.actions.items():
            for zone in self.zones:
                for year in self.years:
                    if rng.random() < 0.85:
                        most = max(2, int(size / cost / len(self.zones) * rng.choice([0.3, 1, 2])))
                        self.units[action, zone, year] = rng.randint(1, most)
        if not self.units:
            self.units["a0", self.zones[0], self.years[0]] = 3
        self.rules = []
        for i in range(rng.choice([0, 1, 1, 2, 3])):
            kind = rng.choice(["floor", "floor", "cap", "least", "target", "allocated"])
            fund, action = rng.choice(sorted(self.pays))
            share = F(rng.choice(["1/3", "33/100", "1/10", "7/100", "1/2", "2/7"]))
            euro = cents(0.02 * size, 0.3 * size)
            units = rng.randint(1, max(1, int(size / self.actions[action][1] / 3)))
            self.rules.append((f"r{i}", kind, fund, action, share, euro, units))
            if kind in ("floor", "allocated"):
                self.funds[fund] = ""
        goals = ["leps", "targets", "value", "leximin"]
        rng.shuffle(goals)
        self.goals = goals[: rng.choice([1, 2, 3, 4])]

    def write(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        toml = '[model]\nformat = 1\ntitle = "random"\nlanguage = "en"\n\n[plan]\nstart = 2026-01-01\n'
        toml += f"months = {12 * len(self.years)}\n"
        for name, kind, fund, action, share, euro, units in self.rules:
            strength = "target" if kind == "target" else "plan"
            toml += f'\n[[rule]]\nid = "{name}"\ntitle = "{name}"\nlaw = {{ act = "act {name}" }}\nstrength = "{strength}"\n'
            if kind in ("floor", "cap", "allocated"):
                base = "allocated" if kind == "allocated" else "assigned"
                side = "at_most" if kind == "cap" else "at_least"
                toml += f'for_each = ["year"]\nmeasure = {{ euro = true, fund = "{fund}", action = "{action}" }}\n'
                toml += f'{side} = {{ share_of = "{base}", share = "{share}" }}\n'
            elif kind == "least":
                toml += f'measure = {{ euro = true, action = "{action}" }}\nat_least = {{ euro = "{float(euro):.2f}" }}\n'
            else:
                toml += f'for_each = ["zone"]\nmeasure = {{ units = true, action = "{action}" }}\nat_least = {{ units = "{units}" }}\n'
        for goal in self.goals:
            toml += f'\n[[goal]]\nkind = "{goal}"\n' + ("levels = 1\n" if goal == "leximin" else "")
        (folder / "model.toml").write_text(toml)
        table = lambda name, head, rows: (folder / name).write_text(
            "\n".join([head, *(",".join(map(str, row)) for row in rows)]) + "\n"
        )
        table("zones.csv", "zone,name", [(z, z.upper()) for z in self.zones])
        table("funds.csv", "fund,name,level,nature,carry_over", [(f, f.upper(), "state", "both", c) for f, c in self.funds.items()])
        table(
            "actions.csv",
            "action,name,area,leps,kind,unit,unit_cost,priority,nature",
            [(a, a.upper(), "x", "yes" if l else "no", "divisible", "euro", c, p, "current") for a, (l, _, _, c, p) in self.actions.items()],
        )
        table("eligibility.csv", "fund,action", sorted(self.pays))
        table("needs.csv", "action,zone,year,units", [(*k, u) for k, u in self.units.items()])
        table(
            "amounts.csv",
            "fund,year,zone,euro,act,confidence,source",
            [(f, y, z or "", f"{float(e):.2f}", "a", "estimate", "x") for (f, y, z), e in self.money.items()],
        )

    def now(self, fund, year=None):
        return sum(e for (f, y, _), e in self.money.items() if f == fund and year in (None, y))


class Chain:
    """The goals of a model with other amounts: rows are (cells, lower, upper)."""

    def __init__(self, model, money, moves=()):
        """Shares of what does not move are rounded to the cent, as they are in every plan; those of `moves` (fund, year) are not."""
        self.model, self.money = model, money
        # In units of the largest amount: the tolerances of HiGHS are absolute.
        self.unit = unit = float(max(money.values()))
        cent = lambda key, value, up: value if key in moves else F((-((-value * 100) // 1)) if up else (value * 100) // 1, 100)
        self.n, self.rows, self.upper = 0, [], []
        column = lambda upper=INF: (self.upper.append(upper), self.upper.__len__() - 1)[1]
        self.pay = {}
        for (action, zone, year), units in model.units.items():
            for fund in model.funds:
                if (fund, action) in model.pays:
                    self.pay[fund, action, zone, year] = column()
        self.of = lambda fund=None, action=None, zone=None, year=None: [
            j
            for (f, a, z, y), j in self.pay.items()
            if fund in (None, f) and action in (None, a) and zone in (None, z) and year in (None, y)
        ]
        one = lambda columns: {j: 1.0 for j in columns}
        for fund, carry in model.funds.items():
            zones = {z for (f, _, z) in money if f == fund}
            for zone in zones:
                carried = None
                for year in model.years:
                    amount = money.get((fund, year, zone), F(0))
                    cells = one(self.of(fund, None, zone, year))
                    if carried is not None:
                        cells[carried] = -1.0
                    own = None
                    if carry and year != model.years[-1]:
                        own = column(float(cent((fund, year), F(carry) * amount, False)) / unit)
                        cells[own] = 1.0
                    self.rows.append((cells, -INF, float(amount) / unit))
                    carried = own
        for (action, zone, year), units in model.units.items():
            cost = units * model.actions[action][1]
            self.rows.append((one(self.of(None, action, zone, year)), -INF, float(cost) / unit))
        self.shortfalls = []
        for _, kind, fund, action, share, euro, units in model.rules:
            if kind in ("floor", "cap"):
                for year in model.years:
                    whole = share * sum(e for (f, y, _), e in money.items() if (f, y) == (fund, year))
                    bound = float(cent((fund, year), whole, kind == "floor")) / unit
                    low, high = (bound, INF) if kind == "floor" else (-INF, bound)
                    self.rows.append((one(self.of(fund, action, None, year)), low, high))
            elif kind == "allocated":
                for year in model.years:
                    cells = {j: -float(share) for j in self.of(fund, None, None, year)}
                    for j in self.of(fund, action, None, year):
                        cells[j] = cells.get(j, 0.0) + 1.0
                    self.rows.append((cells, 0.0, INF))
            elif kind == "least":
                self.rows.append((one(self.of(None, action)), float(euro) / unit, INF))
            else:
                cost = float(model.actions[action][1] * units)
                for zone in model.zones:
                    j = column()
                    cells = {k: unit / cost for k in self.of(None, action, zone)}
                    cells[j] = 1.0
                    self.rows.append((cells, 1.0, INF))
                    self.shortfalls.append((j, 1.0))

    def best(self, cost, rows, n):
        h = highspy.Highs()
        h.setOptionValue("output_flag", False)
        for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
            h.setOptionValue(option, 1e-10)
        h.setOptionValue("presolve", "off")
        for j in range(n):
            h.addVar(0.0, self.upper[j] if j < len(self.upper) else INF)
            if j in cost:
                h.changeColCost(j, -cost[j])
        for cells, low, high in rows:
            h.addRow(low, high, len(cells), list(cells), list(cells.values()))
        h.run()
        if n == 0:
            # HiGHS calls it empty, and says nothing of its rows.
            return 0.0 if all(low <= 0.0 <= high for _, low, high in rows) else None
        if h.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return -h.getInfo().objective_function_value

    def goals(self):
        """The value of each goal, in order; `None` where there is no plan."""
        model, rows, n = self.model, list(self.rows), len(self.upper)
        if self.best({}, rows, n) is None:
            return None
        values = []
        for goal in model.goals:
            if goal == "leximin":
                t, n = n, n + 1
                zones = {}
                for (action, zone, year), units in model.units.items():
                    zones[zone] = zones.get(zone, 0) + units * model.actions[action][1]
                for zone, need in zones.items():
                    cells = {j: self.unit / float(need) for j in self.of(None, None, zone)}
                    cells[t] = -1.0
                    rows.append((cells, 0.0, INF))
                cost = {t: 1.0}
            elif goal == "leps":
                cost = {j: 1.0 for (_, a, _, _), j in self.pay.items() if model.actions[a][0]}
            elif goal == "value":
                cost = {j: float(model.actions[a][2]) for (_, a, _, _), j in self.pay.items()}
            else:
                cost = {j: -c for j, c in self.shortfalls}
            value = self.best(cost, rows, n) if cost else 0.0
            if value is None:
                return "no answer"
            values.append(value * (self.unit if goal in ("leps", "value") else 1.0))
            if cost:
                rows.append((cost, value - 1e-9, INF))
        return values


def moved(model, fund, year, amount):
    """All money of a fund (of a year) moved in proportion to so much."""
    parts = amount / model.now(fund, year)
    money = {
        (f, y, z): e * parts if f == fund and year in (None, y) else e
        for (f, y, z), e in model.money.items()
    }
    return money, {(f, y) for f, y, _ in money if f == fund and year in (None, y)}


def check_curves(model, told, tell):
    points = {}
    for point in told["points"]:
        points.setdefault(model.goals.index(point["goal"].split("-")[0]), []).append(point)
    n = 0
    for goal, curve in points.items():
        n += 1
        for left, right in zip(curve, curve[1:]):
            start, end = F(left["at"]), F(right["at"])
            slope, unit = F(left["after"]), left["unit"]
            play = F(left["within"]) + F(1, 100), F(right["within"]) + F(1, 100)
            if F(left["jump"]) or F(right["jump"]):
                tell(f"curve of {left['goal']}: a jump at {left['at']} without whole numbers")
            if left.get("before") == left["after"]:
                tell(f"curve of {left['goal']}: no break at {left['at']}")
            anchor = F(left["value"])
            for part in (F(1, 50), F(1, 3), F(1, 2), F(4, 5), F(49, 50)):
                at = start + play[0] + part * (end - play[1] - start - play[0])
                if not start + play[0] <= at <= end - play[1]:
                    continue
                goals = Chain(model, *moved(model, "f0", None, at)).goals()
                if not isinstance(goals, list):
                    tell(f"curve of {left['goal']}: no plan at {float(at):.4f}")
                    continue
                # The told place of a break is off by what is told, and its value with it.
                other = F(left["before"]) if left.get("before") else slope
                off = NEAR[unit] * (2 + abs(goals[goal]) * 1e-5) + float(play[0] * abs(other - slope)) + float(abs(at - start)) * 1e-6 * (unit == "euro")
                off += float(F(1, 200) * (abs(slope) + abs(other)))
                line = float(anchor + slope * (at - start))
                if abs(line - goals[goal]) > off:
                    tell(f"curve of {left['goal']}: at {float(at):.4f} told {line:.9f}, is {goals[goal]:.9f}")
    return n


def check_rates(model, price, tell):
    year, now = price["year"], F(price["amount"])
    here = Chain(model, *moved(model, "f0", year, now)).goals()
    n = 0
    for side, sign in (("more", 1), ("less", -1)):
        for goal, rate in enumerate(price[side].get("rates", [])):
            n += 1
            change, holds, unit = F(rate["change"]), F(rate["holds"]), rate["unit"]
            name = f"rate of {rate['goal']} {year} {side}"
            for at, on in ((holds, True), (holds / 3, True), (holds + max(F(2, 100), holds / 10_000), False)):
                if not on and rate["is_end"]:
                    continue
                if sign < 0 and at >= now:
                    continue
                goals = Chain(model, *moved(model, "f0", year, now + sign * at)).goals()
                if not isinstance(goals, list):
                    if on:
                        tell(f"{name}: no plan at {float(at)}")
                    continue
                off = goals[goal] - here[goal] - float(change * at)
                near = NEAR[unit] * (2 + abs(here[goal]) * 1e-5) + float(at) * 2e-6 * (unit == "euro")
                if on and abs(off) > near:
                    tell(f"{name}: told {float(change)} up to {float(holds)}, at {float(at)} off by {off:.3g}")
                if not on and abs(off) < NEAR[unit] * 1e-3:
                    tell(f"{name}: told up to {float(holds)}, holds at {float(at)} too")
    return n


def check_money(model, conflict, tell):
    """The least money: a column for each amount, in every bound that moves with it."""
    chain = Chain(model, model.money)
    purses = {key: len(chain.upper) + i for i, key in enumerate(model.money)}
    rows, extra = [], []
    soft = {j for j, _ in chain.shortfalls}
    index = 0
    for fund, carry in model.funds.items():
        for zone in {z for (f, _, z) in model.money if f == fund}:
            for year in model.years:
                cells, low, high = chain.rows[index]
                index += 1
                rows.append(({**cells, purses[fund, year, zone]: -1.0}, low, high))
                own = [j for j, v in cells.items() if v == 1.0 and j not in chain.pay.values()]
                for j in own:
                    extra.append(({j: 1.0, purses[fund, year, zone]: -float(F(carry))}, -INF, chain.upper[j]))
                    chain.upper[j] = INF
    need_rows = len(model.units)
    rows += chain.rows[index : index + need_rows]
    index += need_rows
    for _, kind, fund, action, share, euro, units in model.rules:
        for year in model.years if kind in ("floor", "cap", "allocated") else [None]:
            if kind == "target":
                break
            cells, low, high = chain.rows[index]
            index += 1
            cells = dict(cells)
            if kind in ("floor", "cap"):
                for (f, y, z), j in purses.items():
                    if (f, y) == (fund, year):
                        cells[j] = -float(share)
            rows.append((cells, low, high))
        if kind == "target":
            rows += chain.rows[index : index + len(model.zones)]
            index += len(model.zones)
    least = chain.best({j: -1.0 for j in purses.values()}, rows + extra, len(chain.upper) + len(purses))
    told = [r for r in conflict["repairs"] if r["kind"] == "money"]
    funds = any(m["id"].startswith("fund:") for s in conflict["sets"] for m in s["members"])
    if least is None:
        if told:
            tell("money: told, though none is enough")
        return
    if not told:
        if funds:
            tell(f"money: not told, though {-least:.4f} is enough")
        return
    total = sum(F(step["by"]) for step in told[0]["steps"])
    least *= chain.unit
    if not -1e-6 <= float(total) + least <= 0.05 + 0.02 * len(purses):
        tell(f"money: told {float(total)}, least {-least:.4f}")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("--models", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", type=int)
    arguments.add_argument("--keep", type=pathlib.Path)
    given = arguments.parse_args()
    counts, differ, off = {"plans": 0, "curves": 0, "rates": 0, "conflicts": 0}, set(), 0
    with tempfile.TemporaryDirectory() as place:
        for number in [given.only] if given.only is not None else range(given.models):
            rng = random.Random(given.seed * 1_000_003 + number)
            model = Model(rng)
            folder = (given.keep or pathlib.Path(place)) / f"m{number}"
            model.write(folder)

            def tell(text):
                nonlocal off
                off += 1
                differ.add(number)
                print(f"model {number}: {text}", flush=True)

            asked = ["explain", str(folder), "--breakpoints", "f0", "--price", "f0", "--threads", "1", "--format", "json", "--locale", "en"]
            done = subprocess.run([given.program, *asked], capture_output=True, text=True)
            feasible = Chain(model, model.money).goals() is not None
            if done.returncode not in (0, 4):
                if done.returncode == 3:
                    continue
                tell(f"exit {done.returncode}: {done.stderr.strip()[:200]}")
                continue
            if (done.returncode == 0) != feasible:
                tell(f"exit {done.returncode}, plan: {feasible}")
                continue
            told = json.loads(done.stdout)
            if done.returncode == 4:
                counts["conflicts"] += 1
                check_money(model, told["conflict"], tell)
                continue
            counts["plans"] += 1
            for curve in told.get("breakpoints", []):
                counts["curves"] += check_curves(model, curve, tell)
            for price in told.get("funds", []):
                if price.get("zone") is None:
                    counts["rates"] += check_rates(model, price, tell)
    print(f"{counts}: {off} differences in {len(differ)} models")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main())
