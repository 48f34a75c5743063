//! Break points, as a table.

use num_traits::Zero;

use super::changes::{POINTS_A_MILLION, goal_in, seen};
use super::rules::place;
use crate::explain::{BreakPoint, BreakPoints, Cell, GoalKey, Moved};
use crate::model::{Language, Model};
use crate::report::number::{self, Rounding, cents, decimal, money};
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
    // A euro more of a fund, or a hundredth more of a limit.
    let (moved, before, after, points) = if is_fund {
        let points = words::POINTS_PER_MILLION;
        (words::AT, words::BEFORE, words::AFTER, points)
    } else {
        let (before, after) = (words::HUNDREDTH_BEFORE, words::HUNDREDTH_AFTER);
        (words::TIMES, before, after, words::POINTS)
    };
    let columns = [
        (words::GOAL.say(language), Align::Left),
        (moved.say(language), Align::Right),
        (words::VALUE.say(language), Align::Right),
        (before.say(language), Align::Right),
        (after.say(language), Align::Right),
        (words::JUMP.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for curve in &of.curves {
        // Said once for all its points.
        let mut goal = goal_in(curve.key, points, language);
        for point in &curve.points {
            let [at, value, before, after, jump] = row(curve.key, point, is_fund, language);
            let goal = std::mem::take(&mut goal);
            grid.row([goal, at, value, before, after, jump]);
        }
    }
    grid.text()
}

fn row(key: GoalKey, point: &BreakPoint, is_fund: bool, language: Language) -> [String; 5] {
    let is_euro = key.unit == "euro";
    let per = match (is_euro, is_fund) {
        (true, true) | (false, false) => Exact::from_integer(1),
        (true, false) => Exact::new(1, 100),
        (false, true) => Exact::from_integer(POINTS_A_MILLION),
    };
    let slope = |slope: &Option<Exact>| {
        slope.as_ref().map_or_else(String::new, |slope| {
            seen(&(slope * per), language).unwrap_or_else(|| "0".to_owned())
        })
    };
    let jump = if point.jump.is_zero() {
        String::new()
    } else {
        number::goal(language, key.unit, &point.jump)
    };
    [
        amount(&point.at, is_fund, language),
        number::goal(language, key.unit, &point.value),
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
