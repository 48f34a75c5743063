#!/usr/bin/env python3
"""Write the tables of models/toscana-2026 that follow from public data: zones.csv, amounts.csv.

    python3 tools/toscana_2026_tables.py SOURCE_FOLDER [models/toscana [models/toscana-2026]]

SOURCE_FOLDER holds funds.csv, the amounts by fund and year that models/toscana/README.md names; models/toscana is the model of 2022-2024, whose zones (residents,
households, staffing table, PNRR projects by zone) are taken over. Python 3.9 or later, standard library only. Same input, same bytes. The other files of the
model are written by hand, and the product does not need this script.
"""

import csv
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tables import euro, floor_cents, read, write

YEARS = (2024, 2025, 2026)

# Open-ended social workers in 2024 (IV Rapporto servizi sociali in Toscana); the spread between zones is the invented one of models/toscana.
SOCIAL_WORKERS_2024 = 781

# FNPS: three-year total and yearly appropriation, as quoted (repertoriosalute.it; temi.camera.it). Not in funds.csv.
FNPS_2024_2026 = 1_192_551_943
FNPS_YEARLY_2025 = 390_925_678

# Tuscan share of the QSFP: assumption `qsfp-quota`.
QSFP_SHARE = Fraction(43, 1000)

KEPT = (
    "zone", "name", "area_vasta", "province", "comune_principale", "comune_maggiore",
    "residenti", "residenti_0_17", "residenti_18_64", "residenti_65piu", "residenti_75piu",
)
PNRR = ("pnrr_111", "pnrr_113", "pnrr_114", "pnrr_131", "pnrr_132")


def split(total, weights):
    """Split a whole total by weights, largest remainder, ties by key."""
    whole = sum(weights.values())
    exact = {key: Fraction(total) * weight / whole for key, weight in weights.items()}
    parts = {key: value.numerator // value.denominator for key, value in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(parts, key=lambda key: (parts[key] - exact[key], key))[:left]:
        parts[key] += 1
    return parts


def published(rows, fund, year, scope):
    hits = {row["amount_eur"] for row in rows
            if row["fund"] == fund and row["year"] == str(year) and scope in row["scope"] and row["amount_eur"]}
    if len(hits) != 1:
        sys.exit(f"one amount expected for {fund} {year} {scope}, found {sorted(hits)}")
    return Decimal(hits.pop())


def amount_rows(rows):
    out = []

    def add(fund, year, amount, act, confidence, source, note):
        out.append({"fund": fund, "year": year, "zone": "", "euro": euro(floor_cents(amount)), "act": act,
                    "confidence": confidence, "source": source, "note": note})

    share = Fraction(published(rows, "FNPS", 2021, "Toscana (28 zones)")) / Fraction(published(rows, "FNPS", 2021, "Italy"))
    for year in YEARS:
        national = FNPS_2024_2026 - 2 * FNPS_YEARLY_2025 if year == 2024 else FNPS_YEARLY_2025
        add("fnps", year, national * share,
            "DI 02/04/2025, piano 2024-2026 (totale nazionale)" if year == 2024 else "stanziamento FNPS 2025-2027 (totale nazionale)", "estimate",
            "repertoriosalute.it per il triennio; temi.camera.it per il 2025 e il 2026" if year == 2024 else "temi.camera.it",
            f"{national:,} euro nazionali".replace(",", ".") + (", differenza fra triennio e anni seguenti," if year == 2024 else "")
            + " per la quota toscana del 2021 (25.741.242,72 su 394.000.000)")
    for year in YEARS:
        national = published(rows, "QSFP", year, "Italy")
        add("qsfp", year, Fraction(national) * QSFP_SHARE, "DI 02/04/2025, piano 2024-2026 (quota nazionale)", "estimate",
            "lavoro.gov.it, decreti di riparto, per il totale nazionale", "4,3% del totale nazionale; quota toscana non trovata")
    for year in YEARS:
        add("qpe", year, published(rows, "QPE", 2023, "Toscana"), "DI 02/04/2025: 20 milioni nazionali", "estimate",
            "toscana-notizie.it per i 775.600 euro del 2023", "importo 2023 ripetuto, 3,878% di 20 milioni; criterio 2024-2026 diverso")
    # ESO4.8, active inclusion: 179.4 of the 419.4 million of priority 3; the amount is in the note of the row of priority 3.
    priority = [row for row in rows if row["fund"] == "FSE+" and "priority 3" in row["scope"]]
    if len(priority) != 1 or "179.4 M active inclusion" not in priority[0]["note"]:
        sys.exit("FSE+ priority 3 not found")
    active = Fraction(1794, 10) * 10**6
    for fund, percent in (("fse-ue", 40), ("fse-stato", 42), ("fse-regione", 18)):
        for year in YEARS:
            add(fund, year, active / 7 * Fraction(percent, 100), "Decisione C(2022) 6089, priorità 3, ESO4.8", "estimate",
                "agenziaimpress.it per 179,4 milioni 2021-2027", "un settimo del totale; profilo per anno e riprogrammazione 2024 non trovati")
    return out


def main():
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    models = Path(__file__).resolve().parent.parent / "models"
    source = Path(sys.argv[1])
    before = Path(sys.argv[2]) if len(sys.argv) > 2 else models / "toscana"
    target = Path(sys.argv[3]) if len(sys.argv) > 3 else models / "toscana-2026"

    zones = read(before, "zones.csv")
    staff = split(SOCIAL_WORKERS_2024 * 100, {row["zone"]: Fraction(row["as_fte"]) for row in zones})
    zone_rows = [
        {
            **{name: row[name] for name in KEPT},
            "famiglie": row["famiglie_rdc"],
            "as_fte": euro(staff[row["zone"]]),
            "fnps_2019": row["fnps_2019"],
            **{name: row[name] for name in PNRR},
            "confidence": row["confidence"].replace("famiglie_rdc", "famiglie").replace(", frna_2011", ""),
            "source": row["source"] + "; as_fte: tavola inventata di models/toscana, riportata a 781",
        }
        for row in zones
    ]
    amounts = amount_rows(read(source, "funds.csv"))
    write(target, "zones.csv", zone_rows)
    write(target, "amounts.csv", amounts)

    totals = {}
    for row in amounts:
        totals[row["fund"], row["year"]] = row["euro"]
    for (fund, year), amount in sorted(totals.items()):
        print(f"{fund:12} {year} {amount:>15}")
    print(f"all              {euro(sum(floor_cents(Fraction(row['euro'])) for row in amounts)):>15}")


if __name__ == "__main__":
    main()
