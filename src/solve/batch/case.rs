//! One scenario: its programme with the rows of its levels, and its objectives.

use std::collections::BTreeSet;

use super::super::scaled::Scaled;
use crate::lp::{LinearProgram, Objective, append_level, level_units, objectives};
use crate::model::{GoalKind, Levels, Model};

/// A scenario ready to be solved; whole numbers are fixed.
pub(crate) struct Case<'m> {
    pub(crate) model: &'m Model,
    /// With the column and rows of the first level of each leximin goal.
    pub(crate) program: LinearProgram,
    /// In order, each with the number of columns and rows that are there when it is solved.
    pub(crate) objectives: Vec<(Objective, usize, usize)>,
    pub(crate) scaled: Scaled,
}

impl<'m> Case<'m> {
    /// `None` where a goal looks at more than one level: how many there are is known only on the way.
    ///
    /// `unit`: cents in the unit of amounts.
    pub(crate) fn new(model: &'m Model, mut program: LinearProgram, unit: f64) -> Option<Self> {
        let mut all = Vec::new();
        for (position, objective) in objectives(model, &program).ok()?.into_iter().enumerate() {
            let objective = match objective {
                Some(objective) => objective,
                None => {
                    let goal = &model.goals[position];
                    let GoalKind::Leximin {
                        levels, per_year, ..
                    } = goal.kind
                    else {
                        return None;
                    };
                    if levels != Levels::Count(1) {
                        return None;
                    }
                    let units = level_units(model, &program, goal, per_year).ok()?;
                    if units.is_empty() {
                        continue;
                    }
                    let settled = BTreeSet::new();
                    append_level(model, &mut program, position, 1, &units, &settled).ok()?
                }
            };
            all.push((objective, program.columns.len(), program.rows.len()));
        }
        Some(Self {
            model,
            scaled: Scaled::of(&program, false, unit),
            program,
            objectives: all,
        })
    }

    /// Whether a goal has a column that it wants more or less of.
    pub(crate) fn wants_something(&self) -> bool {
        let mut goals = self.objectives.iter();
        goals.any(|(goal, ..)| self.scaled.costs(goal).0.iter().any(|cost| *cost != 0.0))
    }
}
