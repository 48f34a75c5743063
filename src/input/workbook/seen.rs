//! What people do not see of a sheet, though it is read: hidden rows and columns, and cells made one.

use super::grid::{Grid, sheet_name};
use super::places::CellAt;
use super::rows::Rows;
use crate::input::collect::Problems;
use crate::problem::{Place, Shown, WorkbookProblem, WorkbookRemark};

impl Rows<'_> {
    /// Remarks on what is hidden and read all the same.
    pub(super) fn tell_hidden(&self, grid: &Grid, problems: &mut Problems) {
        if self.rows.is_empty() {
            return;
        }
        if grid.is_hidden {
            let place = Place::file(sheet_name(&grid.name));
            problems.push(place, WorkbookRemark::HiddenSheet);
        }
        let hidden: Vec<u32> = self
            .rows
            .iter()
            .map(|(row, _)| *row)
            .filter(|row| grid.hidden_rows.contains(row))
            .collect();
        if let Some(first) = hidden.first() {
            let column = self.heads.keys().next().copied().unwrap_or_default();
            let remark = match hidden.len() {
                1 => WorkbookRemark::HiddenRow,
                number => WorkbookRemark::HiddenRows {
                    number,
                    rows: Shown::new(&runs(&hidden)),
                },
            };
            problems.push(self.at(*first, column).place(), remark);
        }
        for column in self.heads.keys().filter(|column| grid.hides(**column)) {
            // A column that no row uses is hidden so that the others are seen.
            let used = self
                .rows
                .iter()
                .any(|(_, cells)| cells.contains_key(column));
            if used {
                let place = self.at(self.header, *column).place();
                let column = Shown::new(&super::grid::column_name(*column));
                problems.push(place, WorkbookRemark::HiddenColumn { column });
            }
        }
    }

    /// Cells that are part of another: the value that is seen there stands in the first one alone. Gives whether a row has any.
    pub(super) fn tell_merged(&self, grid: &Grid, problems: &mut Problems) -> Vec<u32> {
        let mut rows = Vec::new();
        for area in &grid.merged {
            let has = |(row, column): (u32, u32)| {
                grid.rows
                    .get(&row)
                    .is_some_and(|cells| cells.contains_key(&column))
            };
            let start = self.rows.partition_point(|(row, _)| *row < area.first.0);
            let inside = self
                .rows
                .iter()
                .skip(start)
                .take_while(|(row, _)| *row <= area.last.0);
            let mut is_told = false;
            for (row, _) in inside {
                let columns = self.heads.range(area.first.1..=area.last.1);
                for column in columns.map(|(column, _)| *column) {
                    let is_shown = has(area.first) || has((*row, column));
                    if !area.covers(*row, column) || !is_shown {
                        continue;
                    }
                    let place = self.at(*row, column).place();
                    if is_told {
                        problems.hush(place);
                    } else {
                        is_told = true;
                        problems.push(
                            place,
                            WorkbookProblem::MergedCell {
                                cell: Shown::new(&name(&self.at(*row, column))),
                                area: Shown::new(&area.name()),
                            },
                        );
                    }
                    rows.push(*row);
                }
            }
        }
        rows.sort_unstable();
        rows
    }
}

/// A cell without its sheet.
fn name(at: &CellAt) -> String {
    let column = super::grid::column_name(at.column);
    format!("{column}{}", at.row.saturating_add(1))
}

/// Rows as people name them, from 1: `3, 5-7`.
fn runs(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for row in rows.iter().map(|row| row.saturating_add(1)) {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let name = |(first, last): &(u32, u32)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    runs.iter().map(name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_by_their_runs() {
        assert_eq!(runs(&[2]), "3");
        assert_eq!(runs(&[2, 4, 5, 6, 8]), "3, 5-7, 9");
    }
}
