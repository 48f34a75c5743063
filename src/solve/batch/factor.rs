//! The normal equations of eight scenarios: assembled, factorised and solved in lanes.

use super::lanes::{LANES, Lane, zeros};
use super::pattern::Pattern;
use crate::tolerance::{BATCH_DROPPED, BATCH_LATE};

/// `matrix x diagonal x transposed matrix + row diagonal`, factorised.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    /// Pivots in the order of elimination.
    pivot: Vec<Lane>,
    inverse: Vec<Lane>,
    /// Entries of the lower factor.
    entry: Vec<Lane>,
    work: Vec<Lane>,
}

impl Factor {
    pub(crate) fn new(pattern: &Pattern) -> Self {
        let n = pattern.factor.place.len();
        Self {
            pivot: zeros(n),
            inverse: zeros(n),
            entry: zeros(pattern.factor.index.len()),
            work: zeros(n),
        }
    }

    /// Assembles and factorises; a row that depends on earlier ones is dropped.
    #[inline(always)]
    pub(crate) fn factorise(
        &mut self,
        pattern: &Pattern,
        value: &[Lane],
        (column, row): (&[Lane], &[Lane]),
        dependent: f64,
    ) {
        self.assemble(pattern, value, column, row);
        self.eliminate(pattern, dependent);
    }

    #[inline(always)]
    fn assemble(&mut self, pattern: &Pattern, value: &[Lane], column: &[Lane], row: &[Lane]) {
        let n = pattern.factor.place.len();
        for (row, &place) in row.iter().zip(&pattern.factor.place) {
            self.pivot[place as usize] = *row;
        }
        for &place in &pattern.late_rows {
            let pivot = &mut self.pivot[place as usize];
            *pivot = pivot.map(|held| if held > 0.0 { held } else { BATCH_LATE });
        }
        self.entry.fill(Lane::ZERO);
        for (k, (&late, &place)) in pattern
            .late
            .iter()
            .zip(&pattern.factor.place[pattern.n_rows..])
            .enumerate()
        {
            let scale = column[late as usize];
            for lane in 0..LANES {
                let moves = scale.0[lane] > 0.0;
                let stiff = if moves {
                    1.0 / scale.0[lane]
                } else {
                    BATCH_DROPPED
                };
                self.pivot[place as usize].0[lane] = -stiff;
            }
            let range = pattern.late_start[k] as usize..pattern.late_start[k + 1] as usize;
            for &(place, at) in &pattern.late_cell[range] {
                self.entry[place as usize - n] = -value[at as usize];
            }
        }
        let mut product = 0;
        for (j, scale) in column.iter().enumerate() {
            if pattern.is_late[j] {
                continue;
            }
            let range = pattern.column_start[j] as usize..pattern.column_start[j + 1] as usize;
            let at = &pattern.column_at[range];
            for k in 0..at.len() {
                let scaled = value[at[k] as usize] * *scale;
                for &other in &at[..=k] {
                    let add = scaled * value[other as usize];
                    let place = pattern.product_place[product] as usize;
                    product += 1;
                    if place < n {
                        self.pivot[place] += add;
                    } else {
                        self.entry[place - n] += add;
                    }
                }
            }
        }
    }

    #[inline(always)]
    fn eliminate(&mut self, pattern: &Pattern, dependent: f64) {
        let shape = &pattern.factor;
        for j in 0..shape.place.len() {
            let own = shape.start[j] as usize..shape.start[j + 1] as usize;
            let index = &shape.index[own.clone()];
            for (entry, &row) in self.entry[own.clone()].iter().zip(index) {
                self.work[row as usize] = *entry;
            }
            let before = self.pivot[j];
            let mut pivot = before;
            for q in shape.left_start[j] as usize..shape.left_start[j + 1] as usize {
                let (k, at) = (shape.left_column[q] as usize, shape.left_at[q] as usize);
                let left = self.entry[at];
                let scaled = left * self.pivot[k];
                pivot -= left * scaled;
                let end = shape.start[k + 1] as usize;
                for (entry, &row) in self.entry[at + 1..end]
                    .iter()
                    .zip(&shape.index[at + 1..end])
                {
                    self.work[row as usize] -= *entry * scaled;
                }
            }
            let mut inverse = Lane::ZERO;
            for lane in 0..LANES {
                // Not above: a pivot that is not a number is dropped too, and its lane then fails by itself.
                let stands = pivot.0[lane].abs() > dependent * before.0[lane].abs();
                pivot.0[lane] = if stands { pivot.0[lane] } else { BATCH_DROPPED };
                inverse.0[lane] = 1.0 / pivot.0[lane];
            }
            self.pivot[j] = pivot;
            self.inverse[j] = inverse;
            for (entry, &row) in self.entry[own].iter_mut().zip(index) {
                *entry = self.work[row as usize] * inverse;
            }
        }
    }

    /// Solves in place; `right` in the order of the rows, late columns after them.
    #[inline(always)]
    pub(crate) fn solve(&mut self, pattern: &Pattern, right: &mut [Lane]) {
        let shape = &pattern.factor;
        for (value, &place) in right.iter().zip(&shape.place) {
            self.work[place as usize] = *value;
        }
        for j in 0..shape.place.len() {
            let own = shape.start[j] as usize..shape.start[j + 1] as usize;
            let value = self.work[j];
            for (entry, &row) in self.entry[own.clone()].iter().zip(&shape.index[own]) {
                self.work[row as usize] -= *entry * value;
            }
        }
        for j in (0..shape.place.len()).rev() {
            let own = shape.start[j] as usize..shape.start[j + 1] as usize;
            let mut value = self.work[j] * self.inverse[j];
            for (entry, &row) in self.entry[own.clone()].iter().zip(&shape.index[own]) {
                value -= *entry * self.work[row as usize];
            }
            self.work[j] = value;
        }
        for (value, &place) in right.iter_mut().zip(&shape.place) {
            *value = self.work[place as usize];
        }
    }
}
