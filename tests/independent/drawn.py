"""Draws the random models of `models.py`: funds, actions, needs, rules and a goal; `wider.py` adds what is rarer."""

import random
from fractions import Fraction

import wider


def draw(seed):
    r = random.Random(seed)
    size = r.choice([10, 1_000, 100_000, 10_000_000, 10_000_000_000, 100_000_000_000])
    amount = lambda r=r: max(1, r.choice([r.randint(1, size), size, size // r.randint(1, 7), r.randint(1, 3), size + r.randint(-1, 1)]))
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
    more = random.Random(f"wider {seed}")
    wider.draw(more, model, lambda: amount(more))
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
