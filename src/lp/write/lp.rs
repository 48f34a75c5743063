//! CPLEX LP.

use std::fmt::Write as _;

use super::names::{Names, SIDES};
use super::number::decimal;
use super::{Aim, Export, bounds, cells, cost_power, power};
use crate::lp::program::Row;

/// How many terms stand on a line.
const ON_LINE: usize = 8;

impl Export<'_> {
    /// The file in CPLEX LP format: a goal is maximised, a distance minimised.
    #[must_use]
    pub fn to_lp(&self) -> String {
        let (names, head) = self.begin("");
        let mut text = String::new();
        // Writing into a string does not fail.
        for line in head {
            let _ = writeln!(text, "\\ {line}");
        }
        match self.aim {
            Aim::Most(objective) => {
                text.push_str("Maximize\n goal:");
                let power = cost_power(&objective.cost);
                self.push_cells(&mut text, &objective.cost, &names, power);
            }
            Aim::Nearest(_) => self.push_squares(&mut text, &names),
        }
        text.push_str("\nSubject To\n");
        for (row, name) in self.rows(&names) {
            self.push_row(&mut text, row, name, &names);
        }
        for (lock, name) in self.locks.iter().zip(&names.locks) {
            let _ = write!(text, " {name}:");
            let cost = &lock.objective.cost;
            self.push_cells(&mut text, cost, &names, cost_power(cost));
            let _ = writeln!(text, " >= {}", self.least(lock));
        }
        for (square, (off, total)) in self.squares().iter().zip(&names.squares) {
            let _ = write!(text, " {total}:");
            let one: Vec<(usize, i64)> = square.columns.iter().map(|&c| (c, 1)).collect();
            self.push_cells(&mut text, &one, &names, 0);
            let _ = writeln!(text, " - {off} = {}", decimal(square.target.into(), 2));
        }
        text.push_str("Bounds\n");
        for (column, name) in self.program.columns.iter().zip(&names.columns) {
            let (lower, upper) = bounds(column);
            let _ = writeln!(text, " {lower} <= {name} <= {upper}");
        }
        for (off, _) in &names.squares {
            let _ = writeln!(text, " {off} free");
        }
        self.push_whole(&mut text, &names);
        text.push_str("End\n");
        text
    }

    fn push_squares(&self, text: &mut String, names: &Names) {
        text.push_str("Minimize\n goal:");
        if names.squares.is_empty() {
            let _ = write!(text, " 0 {}", names.first());
            return;
        }
        text.push_str(" [");
        let squares = self.squares().iter().zip(&names.squares);
        for (position, (square, (off, _))) in squares.enumerate() {
            let sign = if position == 0 { "" } else { "+ " };
            let space = if position > 0 && position % ON_LINE == 0 {
                "\n  "
            } else {
                " "
            };
            let _ = write!(text, "{space}{sign}{} {off}^2", square.twice());
        }
        text.push_str(" ] / 2");
    }

    fn push_row(&self, text: &mut String, row: &Row, name: &str, names: &Names) {
        let power = power(self.program, &row.cells);
        let mut side = |suffix: &str, relation: &str, bound: i64| {
            let _ = write!(text, " {name}{suffix}:");
            self.push_cells(text, &row.cells, names, power);
            let _ = writeln!(text, " {relation} {}", decimal(bound.into(), 2 + power));
        };
        match (row.lower, row.upper) {
            (Some(lower), Some(upper)) if lower == upper => side("", "=", lower),
            (Some(lower), Some(upper)) => {
                side(SIDES[0], ">=", lower);
                side(SIDES[1], "<=", upper);
            }
            (Some(lower), None) => side("", ">=", lower),
            (None, Some(upper)) => side("", "<=", upper),
            (None, None) => {}
        }
    }

    fn push_cells(&self, text: &mut String, of: &[(usize, i64)], names: &Names, power: u32) {
        for (position, (is_negative, size, name)) in cells(self.program, of, names, power)
            .into_iter()
            .enumerate()
        {
            if position > 0 && position % ON_LINE == 0 {
                text.push_str("\n  ");
            }
            let sign = if is_negative { '-' } else { '+' };
            let size = if size == "1" {
                String::new()
            } else {
                format!("{size} ")
            };
            let _ = write!(text, " {sign} {size}{name}");
        }
        if of.is_empty() {
            // What has no columns still has to be said.
            let _ = write!(text, " 0 {}", names.first());
        }
    }

    fn push_whole(&self, text: &mut String, names: &Names) {
        let columns = self.program.columns.iter().zip(&names.columns);
        let mut whole = columns.filter(|(column, _)| column.is_whole()).peekable();
        if whole.peek().is_some() {
            text.push_str("General\n");
            for (_, name) in whole {
                let _ = writeln!(text, " {name}");
            }
        }
    }
}
