//! What it is worth to move a limit that is reached, as a table.

use super::changes::rates;
use crate::explain::{Cell, Explanation, OnSide, Side};
use crate::model::{Language, Model};
use crate::report::number::{Rounding, decimal};
use crate::report::summary_text::{Align, Grid, Layout, Section};
use crate::report::words::explain as words;

pub(super) fn section(model: &Model, of: &Explanation, layout: Layout) -> Option<Section> {
    if of.rules.is_empty() {
        return None;
    }
    let language = layout.language;
    let columns = [
        (words::RULE.say(language), Align::Left),
        (words::WHERE.say(language), Align::Left),
        (words::LIMIT.say(language), Align::Right),
        (words::LOOSER.say(language), Align::Left),
        (words::TIGHTER.say(language), Align::Left),
    ];
    let mut grid = Grid::new(layout, &columns);
    for price in &of.rules {
        grid.row([
            price.title.as_str(),
            &place(model, &price.place),
            &decimal(language, &price.bound, 2, Rounding::HalfUp),
            &side(&price.relaxed, language),
            &side(&price.tightened, language),
        ]);
    }
    Some(Section {
        heading: words::RULES.say(language).to_owned(),
        body: grid.text(),
    })
}

fn side(side: &Side, language: Language) -> String {
    match side.on {
        OnSide::Rates => {}
        OnSide::NoPlan => return words::NO_PLAN.say(language).to_owned(),
        OnSide::Nothing | OnSide::Unknown => return words::UNKNOWN.say(language).to_owned(),
    }
    let of = rates(&side.rates, language);
    let mut parts = Vec::new();
    if !of.better.is_empty() {
        parts.push(format!("+ {}", of.better));
    }
    if !of.worse.is_empty() {
        parts.push(format!("− {}", of.worse));
    }
    if parts.is_empty() {
        return words::NOTHING.say(language).to_owned();
    }
    parts.join("; ")
}

/// Fund, action, zone and year of a place, as far as it has them.
pub(super) fn place(model: &Model, cell: &Cell) -> String {
    let parts = [
        cell.fund.map(|fund| model.fund(fund).id.clone()),
        cell.action.map(|action| model.action(action).id.clone()),
        cell.zone.map(|zone| model.zone(zone).name.clone()),
        cell.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
