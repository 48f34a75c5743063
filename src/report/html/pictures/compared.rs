//! Other plans and the scenarios of a sweep beside this plan.

use super::zones::ten_thousandths;
use super::{Columns, PictureView};
use crate::model::Language;
use crate::report::chart::Unit;
use crate::report::chart::bars::{Bar, Bars};
use crate::report::chart::ranges::{Five, Ranges};
use crate::report::document::{Row, Table, Value};
use crate::report::words::page as words;

/// Most rows of a picture.
const MOST: usize = 40;

/// Who gains and who loses, the largest change first.
pub(super) fn plans(language: Language, table: &Table) -> Option<PictureView> {
    let columns = Columns::of(table);
    let name = table
        .columns
        .iter()
        .find(|column| column.id.ends_with("_name"))?;
    let mut rows: Vec<Bar> = columns
        .rows()
        .map(|row| {
            Bar::new(
                columns.words(row, &name.id),
                [columns.cents(row, "difference")],
            )
        })
        .filter(|bar| bar.values.iter().any(|cents| *cents != 0))
        .collect();
    if rows.is_empty() {
        return None;
    }
    rows.truncate(MOST);
    // From the largest gain to the largest loss.
    rows.sort_by(|a, b| b.values.cmp(&a.values));
    let title = words::COMPARE_TITLE.fill(language, &[("title", &table.title)]);
    let bars = Bars {
        title: title.clone(),
        unit: Unit::Euro,
        series: vec![(String::new(), 0)],
        rows,
        reference: None,
        signed: true,
    };
    Some(PictureView::one(&title, bars.chart(language)))
}

/// Where a figure lies over the scenarios of a sweep, thing by thing: shares where they differ, else money.
pub(super) fn sweep(language: Language, table: &Table) -> Option<PictureView> {
    let drawn = figure(table, Unit::Share).or_else(|| figure(table, Unit::Euro))?;
    let (unit, rows) = drawn;
    let names = FIVE.map(|column| {
        let at = table.column(column).and_then(|at| table.columns.get(at));
        at.map_or_else(String::new, |column| column.title.clone())
    });
    let title = words::SWEEP_TITLE.fill(language, &[("title", &table.title)]);
    let ranges = Ranges {
        title: title.clone(),
        unit,
        names,
        rows,
        against: words::THIS_PLAN.say(language).to_owned(),
    };
    Some(PictureView::one(&title, ranges.chart(language)))
}

const FIVE: [&str; 5] = ["q5", "q25", "q50", "q75", "q95"];

type Drawn = (Unit, Vec<(String, Five, Option<i128>)>);

/// The rows with a figure of a unit; `None` where there are none, or every scenario gives the same.
fn figure(table: &Table, unit: Unit) -> Option<Drawn> {
    let columns = Columns::of(table);
    let value = |row: &Row, column: &str| {
        let at = table.column(column)?;
        match (row.cells.get(at)?.value()?, unit) {
            (Value::Share(share), Unit::Share) => Some(ten_thousandths(share)),
            (Value::Euro(cents), Unit::Euro) => Some(cents),
            _ => None,
        }
    };
    let mut rows = Vec::new();
    for row in columns.rows() {
        let [a, b, c, d, e] = FIVE.map(|column| value(row, column));
        if let (Some(a), Some(b), Some(c), Some(d), Some(e)) = (a, b, c, d, e) {
            let name = columns.words(row, "name").to_owned();
            rows.push((name, [a, b, c, d, e], value(row, "here")));
        }
    }
    let differs = rows.iter().any(|(_, five, _)| five.first() != five.last());
    rows.truncate(MOST);
    (differs && !rows.is_empty()).then_some((unit, rows))
}
