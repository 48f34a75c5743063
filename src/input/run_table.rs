//! The run table of a sweep: one row is one scenario, one column one axis. It is a CSV file or the first sheet of a workbook.

use super::at::At;
use super::collect::Problems;
use super::decode::Encoding;
use super::entries::source_of;
use super::number::{self, Dialect, Format};
use super::row::Cells;
use super::table::{Columns, Table};
use super::template::Literal;
use super::word::DialectWord;
use super::workbook::{self, is_workbook_name, looks_like_workbook};
use crate::problem::{Place, Shown, ValueProblem};

const LABEL: &str = "label";

/// A run table.
#[derive(Debug)]
pub(crate) struct RunTable {
    /// Names of the columns of axes, in the order of the file.
    pub(crate) axes: Vec<At<String>>,
    /// Rows in the order of the file.
    pub(crate) rows: Vec<RunRow>,
}

/// A row of a run table.
#[derive(Debug)]
pub(crate) struct RunRow {
    /// Its label, where there is such a column.
    pub(crate) label: Option<At<String>>,
    /// A value for each column of an axis; none where the cell is empty.
    pub(crate) values: Vec<Option<Literal>>,
}

impl RunTable {
    /// Reads the table. `None` if its columns are wrong.
    pub(crate) fn read(
        name: &str,
        bytes: Vec<u8>,
        dialect: Option<DialectWord>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let dialect = match dialect {
            None => Dialect::Undeclared,
            Some(DialectWord::En) => Dialect::English,
            Some(DialectWord::It) => Dialect::Italian,
        };
        let bytes = if looks_like_workbook(&bytes) || is_workbook_name(name) {
            workbook::run_table(name, &bytes, dialect, problems)?
        } else {
            bytes
        };
        let files = [(name.to_owned(), bytes)].into();
        let source = source_of(&files, name, Encoding::Utf8, problems)?;
        let format = Format {
            dialect,
            // No table of a model: its dialect is declared in the sweep file.
            table: String::new(),
        };
        let columns = Columns {
            required: &[],
            optional: &[LABEL],
            others: |_| true,
        };
        let table = Table::read(&source, format, columns, problems)?;
        let is_axis = |name: &&str| *name != LABEL && !super::table::COMMON.contains(name);
        let names = || table.names.iter().map(AsRef::as_ref).filter(is_axis);
        let place = |name: &str| Place::cell(source.name.as_ref(), 1, name);
        let has_labels = table.names.iter().any(|name| name.as_ref() == LABEL);
        let mut rows = Vec::with_capacity(table.rows.len());
        for cells in table.cells() {
            let label = if has_labels {
                label_of(&cells, problems)
            } else {
                None
            };
            let values = names().map(|axis| value_of(&cells, axis, problems));
            rows.push(RunRow {
                values: values.collect(),
                label,
            });
        }
        Some(Self {
            axes: names()
                .map(|name| At::new(name.to_owned(), place(name)))
                .collect(),
            rows,
        })
    }
}

fn label_of(cells: &Cells<'_>, problems: &mut Problems) -> Option<At<String>> {
    let text = cells.text(LABEL, problems)?;
    Some(At::new(text, cells.place_of(LABEL)))
}

/// A number in the dialect of the file becomes one with a decimal point; any other text stays.
fn value_of(cells: &Cells<'_>, axis: &str, problems: &mut Problems) -> Option<Literal> {
    let text = cells.raw(axis)?;
    let value = plain(text, cells.format());
    // The dialect said what its point means; nothing after this asks again.
    problems
        .keep(&cells.place_of(axis), value)
        .map(|text| Literal::quoted(number::unmistakable(text)))
}

fn plain(text: &str, format: &Format) -> Result<String, ValueProblem> {
    let (bare, sign) = match text.strip_prefix('-') {
        Some(rest) => (rest, "-"),
        None => (text, ""),
    };
    let (bare, percent) = match bare.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), "%"),
        None => (bare, ""),
    };
    if !number::meant_as_number(text) {
        return Ok(text.to_owned());
    }
    if format.dialect == Dialect::Undeclared && number::is_grouped(bare) && percent.is_empty() {
        let value = Shown::new(text);
        return Err(ValueProblem::AmbiguousRun { value });
    }
    let english = Format {
        dialect: match format.dialect {
            Dialect::Undeclared => Dialect::English,
            other => other,
        },
        table: format.table.clone(),
    };
    number::number(bare, &english)?;
    let digits = match english.dialect {
        Dialect::Italian => bare.replace('.', "").replace(',', "."),
        Dialect::Undeclared | Dialect::English => bare.to_owned(),
    };
    Ok(format!("{sign}{digits}{percent}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(dialect: Dialect, text: &str, expected: Option<&str>) {
        let format = Format {
            dialect,
            table: "runs".into(),
        };
        assert_eq!(plain(text, &format).ok().as_deref(), expected, "{text}");
    }

    #[test]
    fn a_number_is_read_in_the_dialect_of_the_file() {
        check(Dialect::Undeclared, "80.5%", Some("80.5%"));
        check(Dialect::Undeclared, "-1000.00", Some("-1000.00"));
        check(Dialect::Undeclared, "50.000", None);
        check(Dialect::Undeclared, "80,5%", None);
        check(Dialect::English, "50.000", Some("50.000"));
        check(Dialect::Italian, "-1.234,5 %", Some("-1234.5%"));
        check(Dialect::Italian, "12.5", None);
        check(Dialect::Undeclared, "2026-06-30", Some("2026-06-30"));
        check(Dialect::Undeclared, "#N/D", None);
    }
}
