//! What a scenario may not change without a programme of its own: columns, rows, and which column stands in which row.
//!
//! The builder is the only truth: every scenario is built, and what was built is compared. Equal means that only numbers differ
//! (bounds, coefficients, costs), so what was prepared for the base serves the scenario.

use crate::lp::{Family, LinearProgram};

/// The first thing in which a programme is not of the base's structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The base has no such column.
    NewColumn(String),
    /// A column of the base is not there.
    NoColumn(String),
    /// The base has no such row.
    NewRow(Family, String),
    /// A row of the base is not there.
    NoRow(Family, String),
    /// The row has other columns than in the base.
    OtherCells(Family, String),
    /// A column is another thing under the same name, or stands elsewhere.
    OtherColumn(String),
    /// A row is of another rule under the same name, or stands elsewhere.
    OtherRow(Family, String),
}

impl Difference {
    /// The word used in files.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NewColumn(_) => "new_column",
            Self::NoColumn(_) => "no_column",
            Self::NewRow(..) => "new_row",
            Self::NoRow(..) => "no_row",
            Self::OtherCells(..) => "other_cells",
            Self::OtherColumn(_) => "other_column",
            Self::OtherRow(..) => "other_row",
        }
    }

    /// The name of the column or row.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::NewColumn(name) | Self::NoColumn(name) | Self::OtherColumn(name) => name,
            Self::NewRow(_, name)
            | Self::NoRow(_, name)
            | Self::OtherCells(_, name)
            | Self::OtherRow(_, name) => name,
        }
    }

    /// The family of the row, of a row.
    #[must_use]
    pub fn family(&self) -> Option<Family> {
        match self {
            Self::NewRow(family, _)
            | Self::NoRow(family, _)
            | Self::OtherCells(family, _)
            | Self::OtherRow(family, _) => Some(*family),
            _ => None,
        }
    }
}

/// What `other` has not in common with the base, first columns, then rows; `None` where only numbers differ.
#[must_use]
pub fn difference(base: &LinearProgram, other: &LinearProgram) -> Option<Difference> {
    columns(base, other).or_else(|| rows(base, other))
}

fn columns(base: &LinearProgram, other: &LinearProgram) -> Option<Difference> {
    let first = base
        .columns
        .iter()
        .zip(&other.columns)
        .find(|(ours, theirs)| ours.name != theirs.name || ours.key != theirs.key);
    if let Some((ours, theirs)) = first {
        let name = theirs.name.clone();
        return Some(if ours.name == theirs.name {
            Difference::OtherColumn(name)
        } else if !base.columns.iter().any(|column| column.name == name) {
            Difference::NewColumn(name)
        } else if other.columns.iter().any(|column| column.name == ours.name) {
            Difference::OtherColumn(name)
        } else {
            Difference::NoColumn(ours.name.clone())
        });
    }
    let (n, m) = (base.columns.len(), other.columns.len());
    let more = other.columns.get(n).map(|column| column.name.clone());
    let fewer = base.columns.get(m).map(|column| column.name.clone());
    more.map(Difference::NewColumn)
        .or(fewer.map(Difference::NoColumn))
}

fn rows(base: &LinearProgram, other: &LinearProgram) -> Option<Difference> {
    for (ours, theirs) in base.rows.iter().zip(&other.rows) {
        let name = theirs.name.clone();
        if ours.name != theirs.name {
            return Some(if !base.rows.iter().any(|row| row.name == name) {
                Difference::NewRow(theirs.family, name)
            } else if other.rows.iter().any(|row| row.name == ours.name) {
                Difference::OtherRow(theirs.family, name)
            } else {
                Difference::NoRow(ours.family, ours.name.clone())
            });
        }
        let same_sides = ours.lower.is_some() == theirs.lower.is_some()
            && ours.upper.is_some() == theirs.upper.is_some();
        if (ours.family, ours.origin) != (theirs.family, theirs.origin) || !same_sides {
            return Some(Difference::OtherRow(theirs.family, name));
        }
        let same_cells = ours.cells.len() == theirs.cells.len()
            && ours
                .cells
                .iter()
                .zip(&theirs.cells)
                .all(|(one, two)| one.0 == two.0);
        if !same_cells {
            return Some(Difference::OtherCells(theirs.family, name));
        }
    }
    let (n, m) = (base.rows.len(), other.rows.len());
    let more = other.rows.get(n);
    let fewer = base.rows.get(m);
    more.map(|row| Difference::NewRow(row.family, row.name.clone()))
        .or_else(|| fewer.map(|row| Difference::NoRow(row.family, row.name.clone())))
}
