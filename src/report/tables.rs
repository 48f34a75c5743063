//! The tables of a proposal as CSV: comma, decimal point, LF, quotes only where needed.

use crate::model::Model;
use crate::proposal::{Proposal, RuleLine};
use crate::report::ReportError;
use crate::report::number::{
    Rounding, file_apart, file_decimal_rounded, file_euro, file_exact_euro, file_percent,
    file_ratio, file_something,
};
use crate::report::text::csv_text;
use crate::units::{Euro, Exact};

/// `ledger.csv`: who pays what.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn ledger(model: &Model, proposal: &Proposal) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new("ledger.csv", &["fund", "action", "zone", "year", "euro"])?;
    for line in &proposal.ledger {
        table.row([
            model.fund(line.fund).id.as_str(),
            &model.action(line.action).id,
            &model.zone(line.zone).id,
            &line.year.to_string(),
            &euro(line.euro),
        ])?;
    }
    table.finish()
}

/// `rules.csv`: every instance of every rule, with its law and how it stands.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn rules(model: &Model, proposal: &Proposal) -> Result<Vec<u8>, ReportError> {
    let columns = [
        "rule", "fund", "action", "zone", "year", "law", "strength", "base", "relation", "value",
        "bound", "unit", "slack", "status", "waiver",
    ];
    let mut table = Table::new("rules.csv", &columns)?;
    for line in &proposal.rules {
        table.row([
            line.rule.as_str(),
            line.fund.map_or("", |fund| &model.fund(fund).id),
            line.action.map_or("", |action| &model.action(action).id),
            line.zone.map_or("", |zone| &model.zone(zone).id),
            &line.year.map_or_else(String::new, |year| year.to_string()),
            &csv_text(&line.law),
            line.strength.word(),
            &base(line),
            line.relation.word(),
            &quantity(line, &line.value, |value| file_apart(value, &line.bound)),
            &quantity(line, &line.bound, |bound| {
                file_decimal_rounded(bound, Rounding::HalfUp)
            }),
            line.unit,
            &quantity(line, &line.slack, file_something),
            line.status.word(),
            &csv_text(&line.waiver),
        ])?;
    }
    table.finish()
}

/// `unmet.csv`: what is not covered, and why.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn unmet(model: &Model, proposal: &Proposal) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new(
        "unmet.csv",
        &["action", "zone", "year", "units", "euro", "reason"],
    )?;
    for line in &proposal.unmet {
        table.row([
            model.action(line.action).id.as_str(),
            &model.zone(line.zone).id,
            &line.year.to_string(),
            &file_something(&line.units),
            &euro(line.euro),
            line.reason.word(),
        ])?;
    }
    table.finish()
}

/// `zones.csv`: need and coverage of each zone and year.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn zones(model: &Model, proposal: &Proposal) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new(
        "zones.csv",
        &["zone", "year", "need", "covered", "coverage", "euro"],
    )?;
    for line in &proposal.zones {
        table.row([
            model.zone(line.zone).id.as_str(),
            &line.year.to_string(),
            &euro(line.need),
            &euro(line.covered),
            &line.coverage.as_ref().map_or_else(String::new, file_ratio),
            &euro(line.euro),
        ])?;
    }
    table.finish()
}

/// `dossier/values.csv`: the columns of the sheet that are not zero, by name, in the order of the sheet.
///
/// # Errors
/// [`ReportError::Table`] if the table cannot be written in memory.
pub fn values(proposal: &Proposal) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new("values.csv", &["column", "cents"])?;
    for (column, cents) in proposal.sheet.columns.iter().zip(&proposal.values) {
        if *cents != 0 {
            table.row([column.name.as_str(), &cents.to_string()])?;
        }
    }
    table.finish()
}

fn euro(euro: Euro) -> String {
    file_euro(i128::from(euro.cents()))
}

/// `assigned`, with the share of the band where it is not the same everywhere, and what it is of where that is not what the rule
/// measures: `assigned 40% [zone=all]`.
fn base(line: &RuleLine) -> String {
    let mut text = line.base.map_or("", |base| base.word()).to_owned();
    if let Some(share) = line.share {
        text.push_str(&format!(" {}", file_percent(&share)));
    }
    if !line.base_of.is_empty() {
        text.push_str(&format!(" [{}]", line.base_of));
    }
    text
}

/// Euro exactly; units with six decimals, by a rounding that never tells what is missed as met.
fn quantity(line: &RuleLine, value: &Exact, rounded: impl Fn(&Exact) -> String) -> String {
    if line.unit == "euro" {
        file_exact_euro(value)
    } else {
        rounded(value)
    }
}

/// A table being written.
#[derive(Debug)]
pub struct Table {
    name: &'static str,
    writer: csv::Writer<Vec<u8>>,
}

impl Table {
    /// A table with its header.
    ///
    /// # Errors
    /// [`ReportError::Table`] if the table cannot be written in memory.
    pub fn new(name: &'static str, header: &[&str]) -> Result<Self, ReportError> {
        let writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::Any(b'\n'))
            .quote_style(csv::QuoteStyle::Necessary)
            .from_writer(Vec::new());
        let mut table = Self { name, writer };
        table.row(header.iter().copied())?;
        Ok(table)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// As [`Table::new`].
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<(), ReportError> {
        let name = self.name;
        self.writer
            .write_record(cells)
            .map_err(|error| ReportError::Table {
                table: name,
                reason: error.to_string(),
            })
    }

    /// The bytes of the table.
    ///
    /// # Errors
    /// As [`Table::new`].
    pub fn finish(self) -> Result<Vec<u8>, ReportError> {
        let name = self.name;
        self.writer
            .into_inner()
            .map_err(|error| ReportError::Table {
                table: name,
                reason: error.to_string(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    fn text(bytes: Result<Vec<u8>, ReportError>) -> String {
        String::from_utf8(bytes.unwrap()).unwrap()
    }

    #[test]
    fn the_tables_of_a_proposal() {
        let (model, proposal) = (fixture::model(), fixture::proposal());
        insta::assert_snapshot!("ledger.csv", text(ledger(&model, &proposal)));
        insta::assert_snapshot!("rules.csv", text(rules(&model, &proposal)));
        insta::assert_snapshot!("unmet.csv", text(unmet(&model, &proposal)));
        insta::assert_snapshot!("zones.csv", text(zones(&model, &proposal)));
        insta::assert_snapshot!("values.csv", text(values(&proposal)));
    }

    #[test]
    fn lines_end_with_a_line_feed_alone() {
        let table = text(ledger(&fixture::model(), &fixture::proposal()));
        assert!(table.ends_with('\n') && !table.contains('\r'));
    }
}
