//! What a law, a fund's next euro, and a fund's amount are worth.

use super::zones::ten_thousandths;
use super::{Columns, PictureView};
use crate::model::Language;
use crate::report::chart::Unit;
use crate::report::chart::bars::{Bar, Bars};
use crate::report::chart::lines::Lines;
use crate::report::document::{Row, Table, Value};
use crate::report::words::page as words;

/// Most rows of a picture.
const MOST: usize = 25;

/// What each law costs on each goal, one picture a goal, the dearest first.
pub(super) fn laws(language: Language, table: &Table) -> Vec<PictureView> {
    let columns = Columns::of(table);
    let mut pictures = Vec::new();
    for goal in goals(&columns) {
        let of_goal = columns
            .rows()
            .filter(|row| columns.words(row, "goal") == goal);
        let of_goal: Vec<&Row> = of_goal.collect();
        let title = words::LAWS_TITLE.fill(language, &[("goal", goal)]);
        for unit in [Unit::Euro, Unit::Ratio] {
            let bar = |row: &&Row| {
                let gain = number(table, row, "gain", unit)?;
                Some(Bar::new(columns.words(row, "title"), [gain]))
            };
            let mut rows: Vec<Bar> = of_goal.iter().filter_map(bar).collect();
            rows.sort_by(|a, b| b.values.cmp(&a.values));
            rows.truncate(MOST);
            pictures.extend(bars(language, &title, unit, rows));
        }
    }
    pictures
}

/// What more money of each fund brings to the first goal that any of them moves.
pub(super) fn funds(language: Language, table: &Table) -> Option<PictureView> {
    let columns = Columns::of(table);
    let goal = goals(&columns).into_iter().next()?;
    let of_goal = columns
        .rows()
        .filter(|row| columns.words(row, "goal") == goal);
    let mut rows: Vec<Bar> = of_goal
        .filter(|row| columns.words(row, "zone").is_empty())
        .filter_map(|row| {
            let year = columns.cell(row, "year")?.shown(language);
            let name = format!("{} {year}", columns.words(row, "fund_name"));
            Some(Bar::new(name, [number(table, row, "more", Unit::Ratio)?]))
        })
        .collect();
    rows.sort_by(|a, b| b.values.cmp(&a.values));
    let title = words::NEXT_EURO_TITLE.fill(language, &[("goal", goal)]);
    bars(language, &title, Unit::Ratio, rows)
}

/// The value of each goal in euro, or as a share, along the amount of a fund.
pub(super) fn breakpoints(language: Language, table: &Table) -> Vec<PictureView> {
    let columns = Columns::of(table);
    let mut pictures = Vec::new();
    for goal in goals(&columns) {
        let of_goal = columns
            .rows()
            .filter(|row| columns.words(row, "goal") == goal);
        let of_goal: Vec<&Row> = of_goal.collect();
        let points = |unit| -> Vec<(i128, i128)> {
            let point = |row: &&Row| {
                let at = number(table, row, "at", Unit::Euro)?;
                Some((at, number(table, row, "value", unit)?))
            };
            of_goal.iter().filter_map(point).collect()
        };
        let drawn = [Unit::Euro, Unit::Share].map(|unit| (unit, points(unit)));
        let Some((up, points)) = drawn.into_iter().find(|(_, points)| points.len() > 1) else {
            continue;
        };
        let title = words::COLON.fill(language, &[("name", &table.title), ("value", goal)]);
        let lines = Lines {
            title: title.clone(),
            across: Unit::Euro,
            up,
            lines: vec![(goal.to_owned(), points)],
        };
        pictures.push(PictureView::one(&title, lines.chart(language)));
    }
    pictures
}

fn bars(language: Language, title: &str, unit: Unit, rows: Vec<Bar>) -> Option<PictureView> {
    if rows.is_empty() {
        return None;
    }
    let bars = Bars {
        title: title.to_owned(),
        unit,
        series: vec![(String::new(), 0)],
        rows,
        reference: None,
        signed: true,
    };
    Some(PictureView::one(title, bars.chart(language)))
}

/// Goals of a table, in order.
fn goals<'t>(columns: &Columns<'t>) -> Vec<&'t str> {
    let mut goals = Vec::new();
    for row in columns.rows() {
        let goal = columns.words(row, "goal");
        if !goals.contains(&goal) {
            goals.push(goal);
        }
    }
    goals
}

/// A value of a cell in the steps of a unit.
fn number(table: &Table, row: &Row, column: &str, unit: Unit) -> Option<i128> {
    let at = table.column(column)?;
    match (row.cells.get(at)?.value()?, unit) {
        (Value::Euro(cents), Unit::Euro) => Some(cents),
        (Value::Number(number), Unit::Ratio) => Some(ten_thousandths(number)),
        (Value::Share(share), Unit::Share) => Some(ten_thousandths(share)),
        _ => None,
    }
}
