//! The worst coverage first, then the next: level after level, each without the units that can have no more.

use std::collections::BTreeSet;

use super::{Chain, SolveError};
use crate::lp::{LevelUnit, append_level, level_units};
use crate::model::{GoalKind, Levels};
use crate::solve::face::Face;
use crate::solve::scaled::float;
use crate::tolerance::{LEVEL_PART, LEVEL_ROOM};

impl Chain<'_, '_> {
    /// Levels until as many are settled as the goal asks, or nobody is left.
    pub(super) fn leximin(&mut self, position: usize) -> Result<(), SolveError> {
        let goal = &self.model.goals[position];
        let GoalKind::Leximin {
            levels, per_year, ..
        } = goal.kind
        else {
            return Ok(());
        };
        let units = level_units(self.model, &self.program, goal, per_year)?;
        let mut settled: BTreeSet<usize> = BTreeSet::new();
        let most = match levels {
            Levels::Count(count) => usize::from(count),
            Levels::All => units.len(),
        };
        for level in 1..=most {
            let first_row = self.program.rows.len();
            let open: Vec<usize> = (0..units.len()).filter(|u| !settled.contains(u)).collect();
            if open.is_empty() {
                break;
            }
            let number = u32::try_from(level).unwrap_or(u32::MAX);
            let objective = append_level(
                self.model,
                &mut self.program,
                position,
                number,
                &units,
                &settled,
            )?;
            self.scaled.grow(&self.program);
            let column = self.program.columns.len() - 1;
            let face = self.stage(objective)?;
            // At full coverage nobody can have more.
            if level == most || self.is_full(column) {
                break;
            }
            let before = settled.len();
            settled.extend(self.settled_units(&units, &open, first_row, &face)?);
            if settled.len() == before {
                break;
            }
        }
        Ok(())
    }

    /// Whether a level is all that the need of its units asks.
    fn is_full(&self, column: usize) -> bool {
        let level = self.last.as_ref().map_or(0.0, |point| point[column]);
        let most = float(self.program.columns[column].upper) / self.scaled.column_size[column];
        level >= most * (1.0 - LEVEL_ROOM)
    }

    /// Of the units that a level looked at, those that have no more in any plan as good: a multiplier of their row proves it. Which
    /// units the solver gives one is chance; which have no more is not, so the others are asked for.
    fn settled_units(
        &mut self,
        units: &[LevelUnit],
        open: &[usize],
        first_row: usize,
        face: &Face,
    ) -> Result<BTreeSet<usize>, SolveError> {
        let proved = face.rows.iter().filter_map(|&(row, _)| {
            let position = row.checked_sub(first_row)?;
            open.get(position).copied()
        });
        let mut settled: BTreeSet<usize> = proved.collect();
        let point = self.last.clone().unwrap_or_default();
        let rows = (first_row..).zip(open.iter().copied());
        // Without a multiplier and without more at the point at hand.
        let mut doubtful: Vec<(usize, usize)> = rows
            .filter(|&(row, unit)| !settled.contains(&unit) && !self.has_more(row, &point))
            .collect();
        while !doubtful.is_empty() {
            let mut cost = vec![0.0; self.scaled.n_columns()];
            for &column in doubtful.iter().flat_map(|&(_, unit)| &units[unit].columns) {
                cost[column] = 1.0;
            }
            let answer = match self.ask(&cost) {
                // Those in doubt stay in the next level.
                Err(SolveError::Failed(_)) => break,
                answer => answer?,
            };
            let (point, dual) = (
                answer.primal.unwrap_or_default(),
                answer.dual.unwrap_or_default(),
            );
            let before = doubtful.len();
            doubtful.retain(|&(row, _)| !self.has_more(row, &point));
            if doubtful.len() == before {
                let rows: Vec<usize> = doubtful.iter().map(|of| of.0).collect();
                if self.give_multipliers(&rows, dual) {
                    settled.extend(doubtful.iter().map(|of| of.1));
                }
                break;
            }
        }
        Ok(settled)
    }

    /// Gives rows of the latest level a multiplier: `dual` proves that together they have no more than the level. Its terms and theirs
    /// cancel, so as much of it as keeps the signs of the level's own multipliers may be added to those. Says whether any could.
    fn give_multipliers(&mut self, rows: &[usize], mut dual: Vec<f64>) -> bool {
        let Some(stage) = self.stages.last_mut() else {
            return false;
        };
        for &row in rows {
            dual[row] -= 1.0;
        }
        let nothing = vec![0.0; self.scaled.n_columns()];
        let (reduced, _) = self.scaled.reduced(&nothing, &dual);
        for (multiplier, size) in dual.iter_mut().zip(&self.scaled.row_size) {
            *multiplier /= size;
        }
        let most = |own: f64, other: f64| {
            if own * other < 0.0 {
                (own / other).abs() / 2.0
            } else {
                1.0
            }
        };
        let of_columns = stage
            .fixed_columns
            .iter()
            .map(|&(k, own)| most(own, reduced[k]));
        let of_rows = stage.fixed_rows.iter().map(|&(k, own)| most(own, dual[k]));
        let part = of_columns.chain(of_rows).fold(1.0, f64::min);
        if part < LEVEL_PART {
            return false;
        }
        for (own, more) in stage.row_dual.iter_mut().zip(&dual) {
            *own += part * more;
        }
        for (column, own) in &mut stage.fixed_columns {
            *own += part * reduced[*column];
        }
        for (row, own) in &mut stage.fixed_rows {
            *own += part * dual[*row];
        }
        for &row in rows {
            self.scaled.row_upper[row] = self.scaled.row_lower[row];
            stage.fixed_rows.push((row, stage.row_dual[row]));
        }
        true
    }

    /// Whether the unit of a level's row has more than the level.
    fn has_more(&self, row: usize, point: &[f64]) -> bool {
        let (mut above, mut size) = (0.0, 0.0_f64);
        for (column, value) in self.scaled.matrix.row(row) {
            above += value * point[column];
            size = size.max((value * point[column]).abs());
        }
        above > LEVEL_ROOM * (1.0 + size)
    }
}
