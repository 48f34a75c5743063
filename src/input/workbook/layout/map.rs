//! The sheet of the map: where the zones are drawn.

use super::{Column, Holds, Kind, Of, Sheet, column, sheet};

const COLUMNS: &[Column] = &[
    column(
        "zone",
        Kind::Id(Of::Zone),
        "Zona",
        "Zone",
        "Codice della zona.",
        "Code of the zone.",
    ),
    column(
        "row",
        Kind::Whole,
        "Riga",
        "Row",
        "Riga della tessera, da 0, contando dall'alto.",
        "Row of the tile, from 0, counted from the top.",
    ),
    column(
        "col",
        Kind::Whole,
        "Colonna",
        "Column",
        "Colonna della tessera, da 0, contando da sinistra.",
        "Column of the tile, from 0, counted from the left.",
    ),
    column(
        "outline",
        Kind::Text,
        "Contorno",
        "Outline",
        "Punti del contorno come numeri interi: x y x y x y; un punto e virgola fra un anello e l'altro.",
        "Points of the outline as whole numbers: x y x y x y; a semicolon between rings.",
    ),
    column(
        "confidence",
        Kind::Text,
        "Attendibilità",
        "Confidence",
        "Quanto è sicuro il disegno.",
        "How sure the drawing is.",
    ),
    column(
        "source",
        Kind::Text,
        "Fonte",
        "Source",
        "Da dove viene il disegno, con la licenza.",
        "Where the drawing is from, with its licence.",
    ),
    column(
        "note",
        Kind::Text,
        "Nota",
        "Note",
        "Testo libero.",
        "Free text.",
    ),
];

/// The sheet.
pub(super) static MAP: Sheet = sheet(
    "Mappa",
    "Map",
    Holds::Table("map.csv"),
    COLUMNS,
    "Dove sono disegnate le zone nei rapporti; il piano non ne dipende.",
    "Where the zones are drawn in reports; the plan does not depend on it.",
);
