"""What `models.py` adds to its random models with a chance of its own: three years, deadlines, money of zones, natures, staff that stays, minimum
grants of units, joint projects, agreements, flat rates, income by formula and by units, claims, targets, shares of last year, parts of years.

`draw` changes a model, `files` says what stands in its files, the rest is the programme. All of it from the documentation of the format alone.
"""

from fractions import Fraction


def part(text):
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


# ------------------------------------------------------------------------------------------------------------------- drawing


def draw(r, model, amount):
    chance = lambda percent: r.random() * 100 < percent
    model |= {"deadline": {}, "zoned": {}, "nature": {}, "previous": {}, "agreements": [], "projects": [], "flat": None, "formula": None, "earned": None, "claims": [], "months": None}
    years, zones, funds, actions = model["years"], model["zones"], model["funds"], model["actions"]
    if len(years) == 2 and chance(50):
        years.append(2028)
        model["amounts"] |= {(f, 2028): amount() for f in funds if chance(70)}
        for (a, z, y), units in list(model["needs"].items()):
            if y == 2027 and chance(80):
                model["needs"][a, z, 2028] = units
    for f, carry in funds.items():
        if chance(30):
            model["deadline"][f] = r.choice(["+1", "+1", "+2", f"{r.choice(years)}-06-30", f"{years[-1] + 1}-12-31"])
    for f in funds:
        # In all years or in none: which purse pays first where both may is a rule of its own, not one of the programme.
        if chance(15):
            for y in years:
                cents = model["amounts"].pop((f, y), None)
                for z in zones if cents else ():
                    if chance(80):
                        model["zoned"][f, z, y] = r.choice([cents, max(1, cents // 3), r.randint(1, cents)])
    for of in [*funds, *actions]:
        if chance(15):
            model["nature"][of] = r.choice(["current", "capital"])
    for a, of in actions.items():
        if of["kind"] == "divisible" and chance(12):
            of["persistent"] = True
        if of["kind"] == "units" and chance(25):
            of["least"] = r.choice([of["cost"] * r.randint(1, 3), amount()])
    if len(funds) > 1 and chance(20):
        parties = sorted(r.sample(sorted(funds), 2))
        model["agreements"].append({"parties": parties, "shares": r.choice([["20%", "50%"], ["1/3", "1/3"], ["60%", "40%"]]), "actions": sorted(r.sample(sorted(actions), r.randint(1, len(actions))))})
    if chance(20):
        own = sorted(r.sample(sorted(zones), r.randint(1, len(zones))))
        shares = {y: s for y, s in zip([*years, years[-1] + 1, years[-1] + 2], r.choice([["100%"], ["50%", "50%"], ["20%", "80%"], ["10%", "40%", "50%"]]))}
        actions["ap"] = {"kind": "project", "cost": 1, "leps": chance(40), "priority": r.choice([1, 2]), "least": None}
        # So that every part of it is whole cents.
        model["projects"] = [{"zones": own, "nature": r.choice(["current", "current", "capital"]), "profile": shares, "cents": 10 * len(own) * max(1, amount() // (10 * len(own)))}]
        model["open"] |= {(f, "ap"): "" for f in funds if chance(80)}
    divisible = [a for a, of in actions.items() if of["kind"] == "divisible" and not of["least"] and not of.get("persistent")]
    if len(actions) > 1 and divisible and chance(20):
        flat = r.choice(divisible)
        others = sorted(a for a in actions if a not in (flat, "ap"))
        if others:
            model["flat"] = {"action": flat, "on": r.choice(others), "rate": r.choice(["40%", "15%", "1/3", "7%"])}
            model["needs"] = {k: n for k, n in model["needs"].items() if k[0] != flat}
    if chance(15):
        funds["fi"] = ""
        model["formula"] = {"by": r.choice([1, 3, 7, 1000]), "of": r.choice([1, 2, 3])}
        model["open"] |= {("fi", a): "" for a in actions if chance(60)}
    units = [a for a, of in actions.items() if of["kind"] == "units"]
    if units and chance(25):
        funds["fu"] = ""
        a = r.choice(units)
        high = max(1, min(amount(), 10**9))
        ends = sorted(r.sample(range(0, 9), 3))
        model["earned"] = {"action": a, "already": r.choice([0, 1, 2]), "lag": r.choice([0, 0, 1]), "bands": [(ends[0], ends[1], high), (ends[1], ends[2], r.choice([high, max(1, high // 2)]))]}
        if chance(50):
            model["earned"]["bands"].pop()
        model["open"] |= {("fu", a): "" for a in actions if a != model["earned"]["action"] and chance(70)}
    if chance(20):
        f = r.choice(sorted(f for f in funds if f not in ("fi", "fu")))
        after = r.choice([0, 1, 3])
        model["claims"] = [{"fund": f, "after": after, "claimed": r.choice([0, 0, amount() // 2]), "commitments": {y - after: amount() for y in years if chance(80)} or {years[0] - after: amount()}}]
    for of in model["rules"]:
        if of["kind"] == "allocated" and "zone" in of["each"] and chance(40):
            of["all_zones"] = True
        if of["kind"] in ("euro", "demand") and of["relation"] != "equal" and chance(30):
            of["strength"] = "target"
    if chance(20):
        for f in funds:
            for a in actions:
                for z in zones:
                    if f not in ("fi", "fu") and chance(60):
                        model["previous"][f, a, z] = amount()
        each = ["year"] + (["zone"] if chance(50) else [])
        some = lambda of: sorted(r.sample(sorted(of), r.randint(1, len(of)))) if chance(40) else None
        model["rules"].append({"kind": "last_year", "relation": r.choice(["at_least", "at_most"]), "share": r.choice(["50%", "95%", "1/3", "100%", "10%"]), "fund": some([f for f in funds if f not in ("fi", "fu")]), "action": some(actions), "zone": None, "each": each})
    if chance(15):
        model["goal"] = "targets" if any(of.get("strength") for of in model["rules"]) else "at_risk"
    elif model["claims"] and chance(50):
        model["goal"] = "at_risk"
    if chance(3):
        model["months"] = r.choice([(f"{years[0]}-07-01", 12), (f"{years[0]}-01-01", 6), (f"{years[0]}-01-01", 18), (f"{years[0]}-01-15", 12 * len(years))])
    # Of money that units earn nobody knows a share before they are chosen.
    for of in model["rules"]:
        if of["kind"] == "assigned" and (model["earned"] or model["formula"]):
            of["fund"] = [f for f in of["fund"] if f not in ("fi", "fu")]
        if of["kind"] == "assigned" and (model["deadline"] or any(funds.values())):
            of["relation"] = "at_most"


# ------------------------------------------------------------------------------------------------------------------- writing


def files(model, euro):
    """More rows of tables by name, and more blocks of `model.toml`."""
    tables = {}
    if model["previous"]:
        tables["previous"] = ("fund,action,zone,year,euro", [(f, a, z, model["years"][0] - 1, euro(c)) for (f, a, z), c in model["previous"].items()])
    if model["agreements"]:
        tables["agreements"] = (
            "agreement,kind,parties,actions,zones,min_share",
            [(f"g{k}", "joint", " ".join(g["parties"]), " ".join(g["actions"]), "", " ".join(f"{f}:{s}" for f, s in zip(g["parties"], g["shares"]))) for k, g in enumerate(model["agreements"])],
        )
    if model["projects"]:
        tables["projects"] = (
            "project,action,zones,item,nature,euro,profile",
            [(f"p{k}", "ap", " ".join(p["zones"]), "i", p["nature"], euro(p["cents"]), " ".join(f"{y}:{s}" for y, s in p["profile"].items())) for k, p in enumerate(model["projects"])],
        )
    text = []
    if model["flat"]:
        text.append('[[flat_rate]]\naction = "{action}"\non = "{on}"\nrate = "{rate}"\nlaw = {{ act = "A" }}\n'.format(**model["flat"]))
    if model["formula"]:
        text.append('[[income]]\nfund = "fi"\neuro = "{by} * residenti / {of}"\nlaw = {{ act = "A" }}\n'.format(**model["formula"]))
    if model["earned"]:
        of = model["earned"]
        bands = ", ".join(f'{{ from = "{low}", to = "{high}", euro = "{euro(cents)}" }}' for low, high, cents in of["bands"])
        text.append(f'[[income]]\nfund = "fu"\nunits_of = "{of["action"]}"\nalready = "{of["already"]}"\nlag = {of["lag"]}\nbands = [{bands}]\nlaw = {{ act = "A" }}\n')
    for of in model["claims"]:
        commitments = ", ".join(f'{y} = "{euro(c)}"' for y, c in of["commitments"].items())
        text.append(f'[[claim]]\nfund = "{of["fund"]}"\ncommitments = {{ {commitments} }}\nafter = {of["after"]}\nclaimed = "{euro(of["claimed"])}"\n')
    return tables, text


# ------------------------------------------------------------------------------------------------------------------- planning


def pays(model, fund, nature):
    """Whether a fund may pay costs of a nature."""
    own = model["nature"].get(fund, "both")
    return own in ("both", nature)


def needs(model):
    """Euro of each need in cents (`None`: without limit) by action, zone, year, those of flat rates too."""
    cost = lambda a: model["actions"][a]["cost"]
    need = {k: None if units is None else int(units * cost(k[0]) + Fraction(1, 2)) for k, units in model["needs"].items()}
    flat = model["flat"]
    if flat:
        for (a, z, y), cents in list(need.items()):
            if a == flat["on"]:
                need[flat["action"], z, y] = None if cents is None else -int(-part(flat["rate"]) * cents // 1)
    return {k: cents for k, cents in need.items() if cents != 0}


def projects(model):
    """Cents by project, zone and year."""
    return [
        {(z, y): int(part(s) * p["cents"]) // len(p["zones"]) for z in p["zones"] for y, s in p["profile"].items()} for p in model["projects"]
    ]


def last_year(model, fund, year):
    """The last year in which money of a year may be spent; `None`: no deadline."""
    text = model["deadline"].get(fund, "")
    if text.startswith("+"):
        return year + int(text)
    if text:
        return int(text[:4])
    return None if model["funds"][fund] else year


def sources(model):
    """Whole cents by fund, zone (`None`: of all) and year."""
    found = {(f, None, y): c for (f, y), c in model["amounts"].items()} | dict(model["zoned"])
    if model["formula"]:
        of = model["formula"]
        for z, heads in model["zones"].items():
            for y in model["years"]:
                found["fi", z, y] = int(Fraction(100 * of["by"] * heads, of["of"]) + Fraction(1, 2))
    return found


def most(model):
    """More cents than there can be."""
    of = model["earned"]
    earned = len(model["zones"]) * len(model["years"]) * earns(of, 1000) if of else 0
    return sum(sources(model).values()) + earned + 1


def earns(of, units):
    """Cents that so many units earn."""
    return sum(cents * max(0, min(high, units) - low) for low, high, cents in of["bands"])


def earnings(p, model, units):
    """Columns of money earned, by zone and year; `units` are columns by action, zone, year."""
    of, money = model["earned"], {}
    if not of:
        return money
    for z in model["zones"]:
        for y in model["years"]:
            before = y - of["lag"]
            if before not in model["years"]:
                money[z, y] = (None, earns(of, of["already"]))
                continue
            column = units.get((of["action"], z, before))
            if column is None:
                money[z, y] = (None, earns(of, of["already"]))
                continue
            steps = {k: p.column(1, whole=True) for k in range(int(p.upper[column]) + 1)}
            p.row({c: 1 for c in steps.values()}, 1, 1)
            p.row({c: k for k, c in steps.items() if k} | {column: -1}, 0, 0)
            value = {k: earns(of, of["already"] + k) for k in steps}
            money[z, y] = (p.column(max(value.values())), None)
            p.row({c: -value[k] for k, c in steps.items()} | {money[z, y][0]: 1}, upper=0)
    return money


def flows(p, model, pay, money):
    """Money of each year is spent by its deadline, of what moves on no more than the share; what is left at the end for later."""
    years, left = model["years"], []
    spend = {}
    for (f, z, y), own in sources(model).items():
        last = last_year(model, f, y)
        if last is not None and last < y:
            continue
        share = part(model["funds"][f]) if model["funds"][f] else Fraction(1)
        moves = int(own * share) if last is None or last > y else 0
        now = p.column(own)
        spend.setdefault((f, z, y), []).append(now)
        later = [p.column(moves) for t in years if t > y and (last is None or t <= last)]
        for t, column in zip([t for t in years if t > y], later):
            spend.setdefault((f, z, t), []).append(column)
        if last is None or last > years[-1]:
            later.append(p.column(moves))
            left.append(later[-1])
        p.row({c: 1 for c in [now, *later]}, upper=own)
        p.row({c: 1 for c in later}, upper=moves)
    for (z, y), (column, cents) in money.items():
        spend.setdefault(("fu", z, y), []).append(column if column is not None else p.column(cents))
    total = sum(sources(model).values()) + sum(p.upper[c] if c is not None else cents for c, cents in money.values())
    for f in model["funds"]:
        for y in years:
            of_pool = []
            for z in model["zones"]:
                cells = {k: 1 for (g, _, w, t), k in pay.items() if (g, w, t) == (f, z, y)}
                own = {c: -1 for c in spend.get((f, z, y), [])}
                drawn = p.column(total)
                of_pool.append(drawn)
                p.row(cells | own | {drawn: -1}, upper=0)
            p.row({c: 1 for c in of_pool} | {c: -1 for c in spend.get((f, None, y), [])}, upper=0)
    return left


def claims(p, model, pay):
    losses = []
    for of in model["claims"]:
        own = []
        for y in model["years"]:
            due = sum(c for t, c in of["commitments"].items() if t + of["after"] <= y) - of["claimed"]
            if due > 0:
                own.append(p.column(due))
                p.row({k: 1 for (f, _, _, t), k in pay.items() if f == of["fund"] and t <= y} | {c: 1 for c in own}, lower=due)
        losses += own
    return losses


def others(p, model, pay, play):
    """Agreements, flat rates, staff that stays."""
    # Exact, or else within a cent.
    less = 1 - Fraction(1, 10**6) if play else 0
    for y in model["years"]:
        for z in model["zones"]:
            own = {}
            for (f, a, w, t), k in pay.items():
                if (w, t) == (z, y):
                    own.setdefault((f, a), []).append(k)
            for g in model["agreements"]:
                for a in g["actions"]:
                    together = {f: own.get((f, a), []) for f in g["parties"]}
                    for f, share in zip(g["parties"], g["shares"]):
                        p.row({k: (1 if h == f else 0) - part(share) for h, ks in together.items() for k in ks}, lower=0)
            flat = model["flat"]
            if flat:
                cells = {k: Fraction(1) for (_, a), ks in own.items() if a == flat["action"] for k in ks}
                cells |= {k: -part(flat["rate"]) for (_, a), ks in own.items() if a == flat["on"] for k in ks}
                p.row(cells, -less, less)
    for a, of in model["actions"].items():
        if of.get("persistent"):
            for z in model["zones"]:
                for y, after in zip(model["years"], model["years"][1:]):
                    cells = {k: -1 for (_, b, w, t), k in pay.items() if (b, w, t) == (a, z, y)}
                    cells |= {k: 1 for (_, b, w, t), k in pay.items() if (b, w, t) == (a, z, after)}
                    p.row(cells, lower=0)
