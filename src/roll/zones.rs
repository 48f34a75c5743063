//! Zones over the years: who is still there, and who took the place of whom.

use crate::input::RawTable;
use crate::units::Year;

/// Zones as `zones.csv` has them.
#[derive(Debug)]
pub(super) struct Zones {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: String,
    from: Option<Year>,
    to: Option<Year>,
    replaces: Vec<String>,
}

impl Row {
    fn is_there(&self, year: Year) -> bool {
        self.from.is_none_or(|from| from <= year) && self.to.is_none_or(|to| year <= to)
    }
}

impl Zones {
    pub(super) fn of(table: &RawTable) -> Self {
        let rows = table.rows.iter().map(|row| Row {
            id: table.cell(row, "zone").to_owned(),
            from: table.year(row, "from"),
            to: table.year(row, "to"),
            replaces: table
                .cell(row, "replaces")
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The zone of a year that a zone is, or went into; `None` if there is none or more than one.
    pub(super) fn heir(&self, id: &str, year: Year) -> Option<&str> {
        let mut own = self.rows.iter().filter(|row| row.id == id);
        if let Some(own) = own.find(|row| row.is_there(year)) {
            return Some(&own.id);
        }
        let took = |row: &&Row| row.replaces.iter().any(|old| old == id) && row.is_there(year);
        let mut heirs = self.rows.iter().filter(took);
        match (heirs.next(), heirs.next()) {
            (Some(heir), None) => Some(&heir.id),
            _ => None,
        }
    }

    /// Every zone that is there in one of these years.
    pub(super) fn in_years(&self, years: &[Year]) -> impl Iterator<Item = &str> {
        let in_one = move |row: &&Row| years.iter().any(|year| row.is_there(*year));
        let there = self.rows.iter().filter(in_one);
        there.map(|row| row.id.as_str())
    }
}
