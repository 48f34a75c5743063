#!/usr/bin/env python3
"""Computes the figures of a proposal again, from the ledger and the model alone, and holds every format against them.

    python3 recompute.py PLAN DOCUMENT.json DOCUMENT.csv PAGE.html BOOK.xlsx TERMINAL.txt [LANGUAGE]

PLAN is the folder that `solve` wrote. DOCUMENT.json, DOCUMENT.csv (dialect en), PAGE.html and BOOK.xlsx were made of it by `report`
in a language (it, en), TERMINAL.txt is what `solve` printed in it. Whole cents and fractions; none of the program's code.
Prints what differs, and ends with 1 if anything does.
"""

import csv
import html
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

PLAN, JSON, CSV, PAGE, BOOK, TERMINAL = map(Path, sys.argv[1:7])
LANGUAGE = sys.argv[7] if len(sys.argv) > 7 else "it"
wrong = []
held = Counter()


def same(what, found, wanted):
    held[what.split(":")[0]] += 1
    if found != wanted:
        wrong.append(f"{what}: {found!r}, it should be {wanted!r}")


def cents(text):
    value = Decimal(text) * 100
    if value != value.to_integral_value():
        raise ValueError(f"{text} is no whole number of cents")
    return int(value)


def floor(value, steps):
    return (value.numerator * steps) // value.denominator


def ratio(value, decimals, nearest=False):
    """A ratio in steps: down (in files: the nearest), but never a whole it is not, and never nothing that is something."""
    if value is None:
        return None
    one = 10**decimals
    steps = floor(value + (Fraction(1, 2 * one) if nearest else 0), one)
    for mark in (0, 1):
        if steps == mark * one and value != mark:
            steps += 1 if value > mark else -1
    return steps


def filed(value):
    return Decimal(ratio(value, 6, nearest=True)) / 10**6


def part(of, whole):
    return Fraction(of, whole) if whole else None


def written(units, decimals=2):
    sign, units = ("-", -units) if units < 0 else ("", units)
    whole, rest = divmod(units, 10**decimals)
    thousands, point = (",", ".") if LANGUAGE == "en" else (".", ",")
    return f"{sign}{whole:,}".replace(",", thousands) + point + str(rest).zfill(decimals)


def percent(value):
    return "" if value is None else written(ratio(value, 4)) + "%"


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The plan and the model.
model = PLAN / "dossier" / "model"
ledger = defaultdict(int)
for row in table(PLAN / "ledger.csv"):
    ledger[row["fund"], row["action"], row["zone"], int(row["year"])] += cents(row["euro"])
summary = json.loads((PLAN / "summary.json").read_text(encoding="utf-8"))
years = summary["model"]["years"]
zones = [row["zone"] for row in table(model / "zones.csv")]
funds = {row["fund"]: row for row in table(model / "funds.csv")}
actions = {row["action"]: row for row in table(model / "actions.csv")}
coverage = {}
for row in table(PLAN / "zones.csv"):
    figures = tuple(cents(row[name]) for name in ("need", "covered", "euro"))
    coverage[row["zone"], int(row["year"])] = figures
    need, covered, received = figures
    same("zones.csv:coverage", row["coverage"] and Decimal(row["coverage"]), filed(Fraction(covered, need)) if need else "")
    if covered < need:
        same("zones.csv:whole", row["coverage"] == "1", False)
    paid = sum(euro for (_, _, z, y), euro in ledger.items() if (z, y) == (row["zone"], int(row["year"])))
    same("zones.csv:euro", received, paid)
unmet = table(PLAN / "unmet.csv")
amounts = defaultdict(int)
by_zone = defaultdict(int)
for row in table(model / "amounts.csv"):
    if int(row["year"]) in years:
        amounts[row["fund"], int(row["year"])] += cents(row["euro"])
        if row.get("zone"):
            by_zone[row["fund"], row["zone"], int(row["year"])] += cents(row["euro"])
previous = defaultdict(int)
if (model / "previous.csv").exists():
    for row in table(model / "previous.csv"):
        previous[row["fund"], row["zone"], int(row["year"])] += cents(row["euro"])

# What acts do not say, formulas earn: those funds are taken from the summary, which the checker has verified.
text = (model / "model.toml").read_text(encoding="utf-8")
earned = set(re.findall(r'\[\[(?:income|gate|priority_cut)\]\][^\[]*?fund = "([^"]+)"', text))
earned |= {fund["fund"] for fund in summary["funds"] if fund["fund"] in earned}
used = cents(summary["totals"]["used"])
assigned = cents(summary["totals"]["assigned"])
same("summary:used", used, sum(ledger.values()))
for fund in summary["funds"]:
    code = fund["fund"]
    same("summary:fund used", cents(fund["used"]), sum(e for (f, *_), e in ledger.items() if f == code))
    if code not in earned:
        same("summary:fund assigned " + code, cents(fund["assigned"]), sum(e for (f, _), e in amounts.items() if f == code))
for name, leps in (("all", False), ("leps", True)):
    told = summary["coverage"][name]
    need, covered = cents(told["need"]), cents(told["covered"])
    if not leps:
        same("summary:need", need, sum(n for n, _, _ in coverage.values()))
        same("summary:covered", covered, sum(c for _, c, _ in coverage.values()))
    if need:
        same("summary:coverage", Decimal(told["coverage"]), filed(Fraction(covered, need)))

# The document.
document = json.loads(JSON.read_text(encoding="utf-8"))
tables = {t["id"]: t for section in document["sections"] for t in section["tables"]}


class Told:
    """A table of the document: rows of values by column."""

    def __init__(self, one):
        self.columns = [column["id"] for column in one["columns"]]
        self.rows = [(row["role"], dict(zip(self.columns, map(plain, row["cells"])))) for row in one["rows"]]

    def body(self):
        return [row for role, row in self.rows if role not in ("total", "subtotal")]

    def total(self):
        return next(row for role, row in reversed(self.rows) if role == "total")

    def closes(self, name, columns):
        for column in columns:
            values = [row[column] for row in self.body()]
            total = sum(value for value in values if isinstance(value, int))
            same(f"{name}:total {column}", self.total()[column], total)


def plain(cell):
    if cell is None:
        return None
    (kind, value), = cell.items()
    if kind == "euro":
        return cents(value)
    if kind == "closed":
        return None
    if kind in ("share", "number"):
        return Fraction(value)
    if kind == "count":
        return int(value)
    return value["text"] if kind == "law" else value


def told(name):
    return Told(tables[name])


def paid(**key):
    names = ("fund", "action", "zone", "year")
    wanted = [(names.index(name), value) for name, value in key.items()]
    return sum(e for cell, e in ledger.items() if all(cell[at] == value for at, value in wanted))


payments = {(r["fund"], r["action"], r["zone"], r["year"]): r["euro"] for r in told("ledger").body()}
same("ledger:rows", payments, dict(ledger))
told("ledger").closes("ledger", ["euro"])

riparto = told("riparto")
riparto.closes("riparto", ["assigned", "planned"])
same("riparto:assigned", riparto.total()["assigned"], assigned)
same("riparto:planned", riparto.total()["planned"], used)
sums = defaultdict(lambda: [0, 0])
own = [0, 0]
for role, row in riparto.rows:
    if role == "subtotal":
        same("riparto:subtotal", [row["assigned"], row["planned"]], own)
        own = [0, 0]
    if role != "body":
        continue
    fund, zone, year = row["fund"], row["zone"], row["year"]
    figures = [row["assigned"] or 0, row["planned"] or 0]
    own = [a + b for a, b in zip(own, figures)]
    sums[fund, year] = [a + b for a, b in zip(sums[fund, year], figures)]
    if zone is None:
        continue
    same("riparto:planned of a zone", row["planned"], paid(fund=fund, zone=zone, year=year))
    if (fund, zone, year) in by_zone:
        same("riparto:assigned of a zone", row["assigned"], by_zone[fund, zone, year])
    if year - 1 in years:
        same("riparto:year before", row["last_year"], paid(fund=fund, zone=zone, year=year - 1))
    elif row["last_year"] is not None:
        same("riparto:year before the plan", row["last_year"], previous[fund, zone, year - 1])
    off = row["planned"] - row["formula"] if row["formula"] is not None else None
    same("riparto:off the formula", row["off_formula"], off)
    if row["last_year"] is not None:
        same("riparto:difference", row["difference"], row["planned"] - row["last_year"])
for (fund, year), (of_acts, of_plan) in sums.items():
    same("riparto:planned of a year", of_plan, paid(fund=fund, year=year))
    if fund not in earned:
        same("riparto:assigned of a year", of_acts, amounts[fund, year])

# What each zone gets of each fund: the same money by zone and fund.
by_fund = defaultdict(lambda: defaultdict(int))
for row in riparto.body():
    key = row["zone"], row["fund"]
    for column in ("assigned", "planned", "formula", "off_formula"):
        if row[column] is not None:
            by_fund[column][key] += row[column]
    if row["zone"] is not None:
        by_fund[f"planned:{row['year']}"][key] += row["planned"]
shares = {"riparto_zones": "assigned", "riparto_planned": "planned", "riparto_formula": "formula", "riparto_off_formula": "off_formula"}
shares |= {f"riparto_planned:{year}": f"planned:{year}" for year in years}
for name, column in shares.items():
    if name not in tables:
        same(f"{name}:is there", not by_fund[column] or len(years) == 1, True)
        continue
    found = {}
    of_funds = [one for one in told(name).columns if one.startswith("fund:")]
    for row in told(name).body():
        same(f"{name}:row", row["total"], sum(row[one] or 0 for one in of_funds))
        found |= {(row["zone"], one[5:]): row[one] for one in of_funds if row[one] is not None}
    same(f"{name}:cells", found, dict(by_fund[column]))
    told(name).closes(name, [*of_funds, "total"])

# The funds by size, and the acts of a zone its own.
spending = told("spending")
order = list(dict.fromkeys(row["fund"] for row in spending.body()))
size = {fund: sum(row["assigned"] for row in spending.body() if row["fund"] == fund) for fund in order}
if "fund_order" not in text:
    same("order:by size", order, sorted(order, key=lambda fund: (-size[fund], fund)))
of_zone = defaultdict(set)
for row in table(model / "amounts.csv"):
    of_zone[row["fund"], int(row["year"]), row.get("zone") or None].add(row["act"])
for row in riparto.body():
    key = row["fund"], row["year"]
    acts = of_zone[(*key, row["zone"])] | of_zone[(*key, None)] or {funds[row["fund"]].get("law") or None}
    same("acts:of the zone", row["act"], "; ".join(sorted(acts)) if acts != {None} else None)
for row in spending.body():
    same("spending:used", row["used"], paid(fund=row["fund"], year=row["year"]))
    same("spending:assigned", row["assigned"], sums[row["fund"], row["year"]][0])
    there = row["assigned"] + row["carried_in"]
    same("spending:lost", row["lost"], there - row["used"] - row["carried_out"])
spending.closes("spending", ["assigned", "used", "lost", "estimate"])

open_by_action = defaultdict(int)
for row in unmet:
    open_by_action[row["action"]] += cents(row["euro"])
fund_columns = [column for column in told("map").columns if column.startswith("fund:")]
for row in told("map").body():
    action = row["action"]
    for column in fund_columns:
        same("map:cell", row[column] or 0, paid(fund=column[5:], action=action))
    same("map:total", row["total"], paid(action=action))
    same("map:uncovered", row["uncovered"], open_by_action[action])
    if isinstance(row["need"], int):
        same("map:coverage", row["coverage"], part(row["need"] - row["uncovered"], row["need"]))
told("map").closes("map", [*fund_columns, "total", "uncovered"])
same("map:need", told("map").total()["need"], sum(n for n, _, _ in coverage.values()))

for row in told("zone_years").body():
    need, covered, received = coverage[row["zone"], row["year"]]
    found = [row[name] for name in ("need", "covered", "uncovered", "coverage", "received")]
    same("zone_years:row", found, [need, covered, need - covered, part(covered, need), received])
for row in told("zones").body():
    mine = [figures for (zone, _), figures in coverage.items() if zone == row["zone"]]
    need, covered, received = (sum(column) for column in zip(*mine))
    found = [row[name] for name in ("need", "covered", "uncovered", "coverage", "received")]
    same("zones:row", found, [need, covered, need - covered, part(covered, need), received])
for name in ("zones", "zone_years"):
    told(name).closes(name, ["need", "covered", "uncovered", "received"])

for zone in zones:
    if f"zone:{zone}:plan" not in tables:
        continue
    plan = told(f"zone:{zone}:plan")
    for row in plan.body():
        for year in years:
            same("zone:plan", row[f"year:{year}"], paid(fund=row["fund"], action=row["action"], zone=zone, year=year))
        same("zone:plan total", row["total"], paid(fund=row["fund"], action=row["action"], zone=zone))
    plan.closes("zone", [*(f"year:{year}" for year in years), "total"])
    same("zone:plan sum", plan.total()["total"], paid(zone=zone))
    if f"zone:{zone}:funds" in tables:
        mine = told(f"zone:{zone}:funds")
        mine.closes("zone", ["assigned", "planned"])
        same("zone:funds", mine.total()["planned"], paid(zone=zone))
        of_riparto = sum(r["assigned"] or 0 for r in riparto.body() if r["zone"] == zone)
        same("zone:funds assigned", mine.total()["assigned"], of_riparto)
    if f"zone:{zone}:needs" in tables:
        mine = told(f"zone:{zone}:needs")
        mine.closes("zone", ["need", "covered", "uncovered"])
        all_years = [figures for (z, _), figures in coverage.items() if z == zone]
        same("zone:need", mine.total()["need"], sum(figures[0] for figures in all_years))
        same("zone:uncovered", mine.total()["uncovered"], sum(f[0] - f[1] for f in all_years))

levels = told("levels")
levels.closes("levels", ["assigned", "used"])
same("levels:used", levels.total()["used"], used)
same("levels:assigned", levels.total()["assigned"], assigned)
of_level = Counter()
for fund, row in funds.items():
    level = {"national": "state"}.get(row["level"], row["level"])
    of_level[level] += paid(fund=fund)
same("levels:each", sorted(r["used"] for r in levels.body() if r["used"]), sorted(v for v in of_level.values() if v))
same("confidence:total", told("confidence").total()["euro"], assigned)
told("confidence").closes("confidence", ["euro"])
if "unmet" in tables:
    reasons = Counter()
    for row in unmet:
        reasons[row["reason"]] += cents(row["euro"])
    same("unmet:euro", sorted(r["euro"] for r in told("unmet").body()), sorted(reasons.values()))
short = [row["euro"] for row in told("totals").body()]
need, covered = (sum(f[at] for f in coverage.values()) for at in (0, 1))
same("totals:assigned", short[0], assigned)
same("totals:used", short[1], used)
same("totals:closes", short[0], short[1] + short[2] + short[3])
same("totals:need", short[4:7], [need, covered, need - covered])
leps = [r for r in told("map").body() if r["leps"] == ("yes" if LANGUAGE == "en" else "sì") and isinstance(r["need"], int)]
same("totals:leps", short[7:9], [sum(r["need"] for r in leps), sum(r["need"] - r["uncovered"] for r in leps)])
same("totals:unlimited", short[9], used - covered)

# Rules: whole cents, rounded so that a limit that is missed is never told as met, nor one as reached that is not.
rules = table(PLAN / "rules.csv")
for case, row in zip(rules, told("rules").body()):
    bound, value, slack = (Fraction(case[name]) for name in ("bound", "value", "slack"))
    near = floor(value + Fraction(1, 200), 100)
    limit = {"at_least": -floor(-bound, 100), "at_most": floor(bound, 100), "below": floor(bound, 100)}
    limit = limit.get(case["relation"], floor(bound + Fraction(1, 200), 100))
    if case["relation"] == "equal" and case["status"] == "short":
        limit = -floor(-bound, 100) if value < bound else floor(bound, 100)
    scale = 1 if case["unit"] == "euro" else 100
    told_bound, told_value, margin = (row[name] * scale for name in ("bound", "value", "margin"))
    same("rules:bound", told_bound, limit)
    same("rules:value", abs(told_value - near) <= (1 if value * 100 != near else 0), True)
    if value != bound and value * 100 != near:
        same("rules:apart", told_value == told_bound, False)
    above = {"at_least": 1, "at_most": -1, "below": -1}.get(case["relation"], 1 if value < bound else -1)
    same("rules:margin", margin, above * (told_value - told_bound))
    if case["status"] == "short":
        same("rules:short", margin < 0, True)
for check in told("checks").body():
    same(f"checks:{check['check']}", check["difference"], 0)

# The same figures in every format.
blocks = {}
for block in re.split(r"\r\n\r\n", CSV.read_bytes().decode("utf-8")):
    lines = list(csv.reader(io.StringIO(block, newline="")))
    if lines:
        blocks[lines[0][0].lstrip("'")] = lines[2:]
for name, one in tables.items():
    for row, line in zip(one["rows"], blocks[name], strict=True):
        for cell, text in zip(row["cells"], line, strict=True):
            if cell and "euro" in cell:
                same("csv:euro", text, cell["euro"])
            elif cell and ("share" in cell or "number" in cell):
                value = Fraction(next(iter(cell.values())))
                same("csv:number", abs(Fraction(text) - value) <= Fraction(1, 10**12), True)
                if "share" in cell and 0 < value < 1:
                    same("csv:whole", Fraction(text) in (0, 1), False)


def told_as(cell):
    if "euro" in cell:
        return written(cents(cell["euro"]))
    if "share" in cell:
        return percent(Fraction(cell["share"]))
    return None


page = PAGE.read_text(encoding="utf-8")
parts = defaultdict(list)
for found in re.finditer(r'<table data-table="([^"]+)">(.*?)</table>', page, re.S):
    rows = found[2].split("<tbody>")[-1].split("<tr")[1:]
    shown = [[html.unescape(re.sub("<[^>]*>", "", text)).strip() for text in re.split(r"<t[dh](?: [^>]*)?>", row)[1:]] for row in rows]
    parts[html.unescape(found[1])].append(shown)
for name, pieces in parts.items():
    # A wide table is in parts, each with the names of the rows.
    shown = [[pieces[0][at][0], *(cell for piece in pieces for cell in piece[at][1:])] for at in range(len(pieces[0]))]
    if len(shown) != len(tables[name]["rows"]):
        continue
    for row, line in zip(tables[name]["rows"], shown):
        numbers = [told_as(cell) for cell in row["cells"] if cell]
        wanted = [number for number in numbers if number]
        has_closed = any(cell and "closed" in cell for cell in row["cells"])
        rest = iter(line)
        for number in wanted:
            is_there = any(text == number or (has_closed and number in ("0,00", "0.00") and text == "–") for text in rest)
            same(f"page:{name} {number}", is_there, True)
for picture in re.findall(r'data-euro="([^"]+)"[^>]*>\s*<title>(.*?)</title>', page, re.S):
    same("page:picture", html.unescape(picture[1]).removesuffix(" euro").endswith(written(cents(picture[0]))), True)

spaces = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
with zipfile.ZipFile(BOOK) as book:
    names = [sheet.get("name") for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter("{%s}sheet" % spaces["m"])]
    for number, name in enumerate(names, start=1):
        section = next((s for s in document["sections"] if s["name"] == name), None)
        if section is None:
            continue
        sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        stored = Counter()
        for cell in sheet.iter("{%s}c" % spaces["m"]):
            value = cell.find("m:v", spaces)
            if value is not None and cell.get("t", "n") == "n":
                stored[round(float(value.text), 2)] += 1
        cells = (cell for one in section["tables"] for row in one["rows"] for cell in row["cells"])
        wanted = Counter(round(float(cell["euro"]), 2) for cell in cells if cell and "euro" in cell)
        same(f"workbook:{name}", [v for v, n in wanted.items() if stored[v] < n], [])

terminal = TERMINAL.read_text(encoding="utf-8")
for what, value in (("used", used), ("assigned", assigned), ("need", need), ("covered", covered)):
    same(f"terminal:{what}", written(value) in terminal, True)
if covered < need:
    same("terminal:share", percent(part(covered, need)) in terminal, True)

for line in wrong[:40]:
    print(line)
print(f"{sum(held.values())} figures held, {len(wrong)} differ: {dict(held)}")
sys.exit(1 if wrong else 0)
