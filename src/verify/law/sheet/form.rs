//! Rows as multiples of what the model asks: comparing whole coefficients with exact weights.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};

use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::report::{Said, said};

use super::Meaning;
use crate::verify::law::exact::{Q, whole};

/// The cells of a row, apart: payments, and the other columns by kind.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// Column and coefficient of payments.
    pub(crate) pays: BTreeMap<usize, i64>,
    /// Column, kind and coefficient of the others.
    pub(crate) others: Vec<(usize, ColumnKind, i64)>,
}

impl Cells {
    /// Reads the cells of a row.
    pub(crate) fn of(meaning: &Meaning<'_>, row: &SheetRow) -> Self {
        let mut cells = Self::default();
        for &(column, coefficient) in &row.cells {
            let Ok(column) = usize::try_from(column) else {
                continue;
            };
            match meaning.column(column).map(|entry| entry.kind) {
                Some(ColumnKind::Pay) => {
                    cells.pays.insert(column, coefficient);
                }
                Some(kind) => cells.others.push((column, kind, coefficient)),
                None => {}
            }
        }
        cells
    }

    /// The only other column, if it is of this kind.
    pub(crate) fn only(&self, kind: ColumnKind) -> Option<(usize, i64)> {
        match self.others.as_slice() {
            [(column, found, coefficient)] if *found == kind => Some((*column, *coefficient)),
            _ => None,
        }
    }

    /// Checks that every coefficient of a payment is the same positive multiple of its weight; gives that multiple, 1 where
    /// there is nothing to weigh.
    ///
    /// # Errors
    /// What does not agree.
    pub(crate) fn multiple_of(
        &self,
        weights: &BTreeMap<usize, Q>,
        meaning: &Meaning<'_>,
    ) -> Result<Q, Said> {
        let mut multiple: Option<Q> = None;
        for (column, weight) in weights {
            if weight.is_zero() {
                continue;
            }
            let coefficient = self.pays.get(column).copied().unwrap_or(0);
            let found = whole(i128::from(coefficient)) / weight;
            if !found.is_positive() || multiple.as_ref().is_some_and(|m| *m != found) {
                return Err(wrong(meaning, *column, coefficient));
            }
            multiple = Some(found);
        }
        for (column, &coefficient) in &self.pays {
            if weights.get(column).is_none_or(Zero::is_zero) {
                return Err(wrong(meaning, *column, coefficient));
            }
        }
        Ok(multiple.unwrap_or_else(|| whole(1)))
    }
}

/// A coefficient that the model does not explain.
pub(crate) fn wrong(meaning: &Meaning<'_>, column: usize, coefficient: i64) -> Said {
    let name = meaning
        .column(column)
        .map_or("", |entry| entry.name.as_str());
    said!(
        "il coefficiente {coefficient} di `{name}` non è quello che il modello chiede",
        "coefficient {coefficient} of `{name}` is not what the model asks for"
    )
}

/// Checks the bounds and the play of a row.
///
/// # Errors
/// What they should be.
pub(crate) fn bounds_are(
    row: &SheetRow,
    lower: Option<Q>,
    upper: Option<Q>,
    play: Q,
) -> Result<(), Said> {
    let is = |found: Option<i64>, asked: &Option<Q>| match (found, asked) {
        (None, None) => true,
        (Some(found), Some(asked)) => whole(i128::from(found)) == *asked,
        _ => false,
    };
    if is(row.lower, &lower) && is(row.upper, &upper) && whole(i128::from(row.play)) == play {
        return Ok(());
    }
    let text = |bound: &Option<Q>| bound.as_ref().map_or("-".to_owned(), ToString::to_string);
    let found = |bound: Option<i64>| bound.map_or("-".to_owned(), |b| b.to_string());
    let (lower, upper) = (text(&lower), text(&upper));
    let (own_lower, own_upper, own_play) = (found(row.lower), found(row.upper), row.play);
    Err(said!(
        "i limiti sono [{own_lower} ; {own_upper}] ± {own_play}, il modello chiede [{lower} ; {upper}] ± {play}",
        "the bounds are [{own_lower} ; {own_upper}] ± {own_play}, the model asks for [{lower} ; {upper}] ± {play}"
    ))
}

/// A row of a place or kind that the model does not explain.
pub(crate) fn unexplained() -> Said {
    said!(
        "il modello non chiede questa riga",
        "the model does not ask for this row"
    )
}
