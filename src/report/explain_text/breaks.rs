//! Break points, as a table.

use num_traits::Zero;

use super::changes::goal_name;
use super::rules::place;
use crate::explain::{BreakPoint, BreakPoints, Cell, GoalKey, Moved};
use crate::model::{Language, Model};
use crate::report::number::{Rounding, cents, decimal, money};
use crate::report::summary_text::{Align, Grid, Layout, Section, paragraph};
use crate::report::words::explain as words;
use crate::units::Exact;

pub(super) fn section(model: &Model, of: &BreakPoints, layout: Layout) -> Section {
    let language = layout.language;
    let (heading, what, is_fund) = match &of.moved {
        Moved::Fund { fund, year, zone } => {
            let cell = Cell {
                fund: None,
                action: None,
                zone: *zone,
                year: *year,
            };
            let rest = place(model, &cell);
            let name = model.fund(*fund).name.as_str();
            let what = if rest.is_empty() {
                name.to_owned()
            } else {
                format!("{name}, {rest}")
            };
            (words::BREAKS, what, true)
        }
        Moved::Rule { rule } => {
            let named = model.rules.iter().find(|of| of.id == *rule);
            let title = named.map_or(rule.as_str(), |rule| rule.title.as_str());
            (words::BREAKS_RULE, title.to_owned(), false)
        }
    };
    let at = |at: &Exact| amount(at, is_fund, language);
    let (now, from, to) = (at(&of.now), at(&of.ends.0), at(&of.ends.1));
    let stands = if is_fund {
        let values = [("now", now.as_str()), ("from", &from), ("to", &to)];
        words::BREAKS_NOW.fill(language, &values)
    } else {
        words::BREAKS_NOW_RULE.fill(language, &[("from", from.as_str()), ("to", &to)])
    };
    let mut body = paragraph(&stands, layout);
    for (missing, text) in [
        (of.no_plan.0, words::BREAKS_BELOW),
        (of.no_plan.1, words::BREAKS_ABOVE),
    ] {
        if missing {
            body.push_str(&paragraph(text.say(language), layout));
        }
    }
    body.push_str(&table(of, is_fund, layout));
    Section {
        heading: heading.fill(language, &[("what", &what)]),
        body,
    }
}

fn table(of: &BreakPoints, is_fund: bool, layout: Layout) -> String {
    let language = layout.language;
    let moved = if is_fund { words::AT } else { words::TIMES };
    let columns = [
        (words::GOAL.say(language), Align::Left),
        (moved.say(language), Align::Right),
        (words::VALUE.say(language), Align::Right),
        (words::BEFORE.say(language), Align::Right),
        (words::AFTER.say(language), Align::Right),
        (words::JUMP.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for curve in &of.curves {
        for point in &curve.points {
            grid.row(row(curve.key, point, is_fund, language));
        }
    }
    grid.text()
}

fn row(key: GoalKey, point: &BreakPoint, is_fund: bool, language: Language) -> [String; 6] {
    let is_euro = key.unit == "euro";
    let slope = |slope: &Option<Exact>| {
        slope.as_ref().map_or_else(String::new, |slope| {
            let digits = if is_euro { 4 } else { 12 };
            decimal(language, slope, digits, Rounding::HalfUp)
        })
    };
    let jump = if point.jump.is_zero() {
        String::new()
    } else {
        amount(&point.jump, is_euro, language)
    };
    [
        goal_name(key, language),
        amount(&point.at, is_fund, language),
        amount(&point.value, is_euro, language),
        slope(&point.before),
        slope(&point.after),
        jump,
    ]
}

fn amount(value: &Exact, is_euro: bool, language: Language) -> String {
    let whole = cents(value, Rounding::HalfUp).filter(|_| is_euro);
    whole.map_or_else(
        || decimal(language, value, 6, Rounding::HalfUp),
        |cents| money(language, cents),
    )
}
