"""What the scripts beside this one share: reading and writing tables, cents."""

import csv
from fractions import Fraction


def read(folder, name):
    with open(folder / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder, name, rows):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def euro(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def floor_cents(amount):
    cents = Fraction(amount) * 100
    return cents.numerator // cents.denominator
