//! `map.csv`.

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::number::Format;
use crate::input::row::Cells;
use crate::input::table::{Columns, none};
use crate::problem::{Shown, ValueProblem};

/// Most rows and columns of a tile map.
const MOST_TILES: u16 = 200;

/// Farthest point from the corner.
const FARTHEST: i32 = 1_000_000;

/// A row of `map.csv`.
#[derive(Debug)]
pub(crate) struct MapEntry {
    /// The zone.
    pub(crate) zone: At<String>,
    /// Row of its tile.
    pub(crate) row: At<u16>,
    /// Column of its tile.
    pub(crate) column: At<u16>,
    /// Rings of its outline.
    pub(crate) outline: Vec<Vec<(i32, i32)>>,
    /// Where the drawing is from.
    pub(crate) source: String,
}

impl Entry for MapEntry {
    const COLUMNS: Columns = Columns {
        required: &["zone", "row", "col"],
        optional: &["outline"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let zone = cells.id("zone", problems);
        let row = cells.need("row", tile, problems);
        let column = cells.need("col", tile, problems);
        let outline = cells.may("outline", outline, problems);
        let source = cells.may_text("source", problems);
        Some(Self {
            zone: zone?,
            row: row?,
            column: column?,
            outline: outline?.map(|rings| rings.value).unwrap_or_default(),
            source: source?.unwrap_or_default(),
        })
    }
}

fn tile(text: &str, _: &Format) -> Result<u16, ValueProblem> {
    text.parse()
        .ok()
        .filter(|place| *place < MOST_TILES)
        .ok_or_else(|| ValueProblem::Tile {
            value: Shown::new(text),
        })
}

/// `x y x y x y; x y x y x y`: rings of whole numbers.
fn outline(text: &str, _: &Format) -> Result<Vec<Vec<(i32, i32)>>, ValueProblem> {
    text.split(';').map(ring).collect()
}

fn ring(text: &str) -> Result<Vec<(i32, i32)>, ValueProblem> {
    let wrong = || ValueProblem::Outline {
        value: Shown::new(text.trim()),
    };
    let numbers: Option<Vec<i32>> = text
        .split_whitespace()
        .map(|word| word.parse().ok().filter(|n: &i32| n.abs() <= FARTHEST))
        .collect();
    let numbers = numbers.ok_or_else(wrong)?;
    let (pairs, rest) = numbers.as_chunks::<2>();
    if pairs.len() < 3 || !rest.is_empty() {
        return Err(wrong());
    }
    Ok(pairs.iter().map(|[x, y]| (*x, *y)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outline_is_rings_of_whole_points() {
        let read = |text| ring_texts(text);
        assert_eq!(read("0 0 4 0 4 4"), Some(vec![3]));
        assert_eq!(read("0 0 4 0 4 4; 1 1 2 1 2 2 1 2"), Some(vec![3, 4]));
        for wrong in [
            "",
            "0 0 4 0",
            "0 0 4 0 4",
            "0 0 4 0 4 x",
            "0 0 4 0 4 4;",
            "0 0 4 0 4 9999999",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    fn ring_texts(text: &str) -> Option<Vec<usize>> {
        let rings: Option<Vec<_>> = text.split(';').map(|part| ring(part).ok()).collect();
        Some(rings?.iter().map(Vec::len).collect())
    }
}
