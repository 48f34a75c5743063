//! `zones.csv` and `indicators.csv`.

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::ids;
use crate::input::number::{self, Format, meant_as_number};
use crate::input::row::{Cells, year};
use crate::input::source::Source;
use crate::input::table::{COMMON, Columns, Table, none};
use crate::problem::{Remark, Shown};
use crate::units::{Exact, Year};

/// A row of `zones.csv`.
#[derive(Debug)]
pub(crate) struct ZoneEntry {
    /// Code.
    pub(crate) zone: At<String>,
    /// Name for people.
    pub(crate) name: String,
    /// First year.
    pub(crate) from: Option<At<Year>>,
    /// Last year.
    pub(crate) to: Option<At<Year>>,
    /// Zones it came from.
    pub(crate) replaces: Vec<At<String>>,
    /// Values of the other columns.
    pub(crate) values: Vec<(String, ZoneCell)>,
}

/// A value of a free column of `zones.csv`.
#[derive(Debug)]
pub(crate) enum ZoneCell {
    /// Every value of the column is a number.
    Indicator(Exact),
    /// Some value of the column is a text.
    Attribute(String),
}

const FIXED: [&str; 5] = ["zone", "name", "from", "to", "replaces"];

const ZONES: Columns = Columns {
    required: &["zone", "name"],
    optional: &["from", "to", "replaces"],
    others: is_free,
};

fn is_free(name: &str) -> bool {
    // `year` is the year of the money in every expression.
    name != "year" && ids::free_text(name).is_ok_and(|(_, remark)| remark.is_none())
}

impl ZoneEntry {
    /// All rows, with the kind of each free column decided over the whole column, and the free columns' names.
    pub(in crate::input) fn read_all(
        source: &Source,
        format: Format,
        problems: &mut Problems,
    ) -> (Vec<Self>, Vec<String>) {
        let Some(table) = Table::read(source, format, ZONES, problems) else {
            return (Vec::new(), Vec::new());
        };
        let free = table
            .names
            .iter()
            .filter(|name| !FIXED.contains(&name.as_ref()) && !COMMON.contains(&name.as_ref()));
        let columns: Vec<(&str, bool)> = free
            .map(|name| (name.as_ref(), is_indicator(&table, name, problems)))
            .collect();
        let entries = table
            .cells()
            .filter_map(|cells| Self::read(cells, &columns, problems))
            .collect();
        (
            entries,
            columns
                .into_iter()
                .map(|(name, _)| name.to_owned())
                .collect(),
        )
    }

    fn read(cells: Cells<'_>, columns: &[(&str, bool)], problems: &mut Problems) -> Option<Self> {
        let zone = cells.id("zone", problems);
        let name = cells.text("name", problems);
        let from = cells.may("from", year, problems);
        let to = cells.may("to", year, problems);
        let replaces = cells.ids("replaces", problems);
        let mut values = Vec::new();
        for (column, is_indicator) in columns {
            let value = if *is_indicator {
                let value = cells.may(column, number::number, problems).flatten();
                value.map(|value| ZoneCell::Indicator(value.value))
            } else {
                cells
                    .may_text(column, problems)
                    .flatten()
                    .map(ZoneCell::Attribute)
            };
            values.extend(value.map(|value| ((*column).to_owned(), value)));
        }
        Some(Self {
            zone: zone?,
            name: name?,
            from: from?,
            to: to?,
            replaces: replaces?,
            values,
        })
    }
}

/// A column is an indicator if every value was meant as a number and at least one is; then each that is not one is a problem.
fn is_indicator(table: &Table, column: &str, problems: &mut Problems) -> bool {
    let texts = || table.cells().filter_map(|cells| cells.raw(column));
    let has_digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    if !texts().any(has_digits) {
        return false;
    }
    let other = table
        .cells()
        .find(|cells| cells.raw(column).is_some_and(|text| !meant_as_number(text)));
    let Some(other) = other else {
        return true;
    };
    let numbers = texts()
        .filter(|text| has_digits(text) && meant_as_number(text))
        .count();
    if numbers.saturating_mul(2) >= texts().count() {
        let (name, value) = (
            Shown::new(column),
            Shown::new(other.raw(column).unwrap_or_default()),
        );
        problems.push(
            other.place_of(column),
            Remark::MixedColumn {
                column: name,
                value,
            },
        );
    }
    false
}

/// A row of `indicators.csv`.
#[derive(Debug)]
pub(crate) struct IndicatorEntry {
    /// The zone.
    pub(crate) zone: At<String>,
    /// The year of the value.
    pub(crate) year: At<Year>,
    /// Name of the indicator.
    pub(crate) indicator: At<String>,
    /// The value.
    pub(crate) value: Exact,
}

impl Entry for IndicatorEntry {
    const COLUMNS: Columns = Columns {
        required: &["zone", "year", "indicator", "value"],
        optional: &[],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let zone = cells.id("zone", problems);
        let year = cells.need("year", year, problems);
        let indicator = cells.id("indicator", problems);
        let value = cells.need("value", number::number, problems);
        Some(Self {
            zone: zone?,
            year: year?,
            indicator: indicator?,
            value: value?.value,
        })
    }
}
