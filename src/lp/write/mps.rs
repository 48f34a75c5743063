//! Free MPS.

use std::fmt::Write as _;

use super::names::Names;
use super::number::decimal;
use super::{Aim, Export, bounds, cells, cost_power, power};

impl Export<'_> {
    /// The file in free MPS format. It has no section for the sense, which some readers refuse and others pass over: a goal is negated, and
    /// everything is minimised, as every reader does unless told otherwise.
    #[must_use]
    pub fn to_mps(&self) -> String {
        let (names, head) = self.begin("-");
        let mut text = String::new();
        // Writing into a string does not fail.
        for line in head {
            let _ = writeln!(text, "* {line}");
        }
        text.push_str("NAME mappafondo\nROWS\n N goal\n");
        for (row, name) in self.rows(&names) {
            let kind = match (row.lower, row.upper) {
                (Some(lower), Some(upper)) if lower == upper => 'E',
                (Some(_), _) => 'G',
                (None, _) => 'L',
            };
            let _ = writeln!(text, " {kind} {name}");
        }
        for name in &names.locks {
            let _ = writeln!(text, " G {name}");
        }
        for (_, total) in &names.squares {
            let _ = writeln!(text, " E {total}");
        }
        self.push_columns(&mut text, &names);
        self.push_right(&mut text, &names);
        text.push_str("BOUNDS\n");
        for (column, name) in self.program.columns.iter().zip(&names.columns) {
            let (lower, upper) = bounds(column);
            if column.lower != 0 {
                let _ = writeln!(text, " LO bound {name} {lower}");
            }
            let _ = writeln!(text, " UP bound {name} {upper}");
        }
        for (off, _) in &names.squares {
            let _ = writeln!(text, " FR bound {off}");
        }
        if !names.squares.is_empty() {
            // Half of this matrix counts.
            text.push_str("QUADOBJ\n");
            for (square, (off, _)) in self.squares().iter().zip(&names.squares) {
                let _ = writeln!(text, " {off} {off} {}", square.twice());
            }
        }
        text.push_str("ENDATA\n");
        text
    }

    fn push_columns(&self, text: &mut String, names: &Names) {
        text.push_str("COLUMNS\n");
        let mut by_column: Vec<Vec<String>> = vec![Vec::new(); self.program.columns.len()];
        let mut put = |of: &[(usize, i64)], row: &str, power: u32, negated: bool| {
            let told = cells(self.program, of, names, power);
            for (&(column, _), (is_negative, size, _)) in of.iter().zip(told) {
                let sign = if is_negative == negated { "" } else { "-" };
                if let Some(lines) = by_column.get_mut(column) {
                    lines.push(format!("{row} {sign}{size}"));
                }
            }
        };
        if let Aim::Most(objective) = self.aim {
            put(&objective.cost, "goal", cost_power(&objective.cost), true);
        }
        for (row, name) in self.rows(names) {
            put(&row.cells, name, power(self.program, &row.cells), false);
        }
        for (lock, name) in self.locks.iter().zip(&names.locks) {
            put(
                &lock.objective.cost,
                name,
                cost_power(&lock.objective.cost),
                false,
            );
        }
        for (square, (_, total)) in self.squares().iter().zip(&names.squares) {
            let one: Vec<(usize, i64)> = square.columns.iter().map(|&c| (c, 1)).collect();
            put(&one, total, 0, false);
        }
        let mut integers = false;
        let columns = self.program.columns.iter().zip(&names.columns);
        for ((column, name), lines) in columns.zip(by_column) {
            if column.is_whole() != integers {
                integers = column.is_whole();
                push_marker(text, integers);
            }
            if lines.is_empty() {
                let _ = writeln!(text, " {name} goal 0");
            }
            for line in lines {
                let _ = writeln!(text, " {name} {line}");
            }
        }
        if integers {
            push_marker(text, false);
        }
        for (off, total) in &names.squares {
            let _ = writeln!(text, " {off} {total} -1");
        }
    }

    fn push_right(&self, text: &mut String, names: &Names) {
        text.push_str("RHS\n");
        let mut right = |name: &str, bound: String| {
            if bound.chars().any(|c| c.is_ascii_digit() && c != '0') {
                let _ = writeln!(text, " rhs {name} {bound}");
            }
        };
        for (row, name) in self.rows(names) {
            let bound = row.lower.or(row.upper).unwrap_or_default();
            let power = power(self.program, &row.cells);
            right(name, decimal(bound.into(), 2 + power));
        }
        for (lock, name) in self.locks.iter().zip(&names.locks) {
            right(name, self.least(lock));
        }
        for (square, (_, total)) in self.squares().iter().zip(&names.squares) {
            right(total, decimal(square.target.into(), 2));
        }
        text.push_str("RANGES\n");
        for (row, name) in self.rows(names) {
            if let (Some(lower), Some(upper)) = (row.lower, row.upper)
                && lower != upper
            {
                let range = i128::from(upper) - i128::from(lower);
                let power = power(self.program, &row.cells);
                let _ = writeln!(text, " range {name} {}", decimal(range, 2 + power));
            }
        }
    }
}

/// Opens or closes a run of whole-number columns.
fn push_marker(text: &mut String, opens: bool) {
    let kind = if opens { "INTORG" } else { "INTEND" };
    let _ = writeln!(text, "    MARKER    'MARKER'    '{kind}'");
}
