//! What is proved, in words an officer uses; and why it is this plan.

use num_traits::CheckedMul;

use super::layout::{entry, paragraph};
use super::{Layout, Section};
use crate::model::{FundIdx, Language, Model, Pick};
use crate::proposal::{GoalLine, Moved, PickLine, Proposal};
use crate::report::number::{Rounding, cents, decimal, goal as told, money, percent};
use crate::report::text::terminal_text;
use crate::report::words::{Text, summary as words};
use crate::units::{Euro, Exact, exact_text};

pub(super) fn proved(proposal: &Proposal, layout: Layout) -> Section {
    let language = layout.language;
    let mut body = if proposal.excess.is_empty() {
        paragraph(words::ALL_ROWS.say(language), layout)
    } else {
        excess(proposal, layout)
    };
    if let Some(whole) = &proposal.whole {
        body.push_str(&super::whole::chosen(whole, layout));
    }
    let levels = proposal
        .goals
        .iter()
        .filter(|goal| goal.kind == "leximin")
        .count();
    for (position, goal) in proposal.goals.iter().enumerate() {
        let mark = format!("{}.", position + 1);
        let reached = reached(goal, levels > 1, language);
        let text = if layout.full {
            format!("{reached} {}", gap(goal, position == 0, language))
        } else {
            format!("{reached} {}", short_gap(goal, language))
        };
        body.push_str(&entry(&mark, &text, layout));
    }
    if !proposal.complete {
        body.push_str(&paragraph(words::INCOMPLETE.say(language), layout));
    }
    Section {
        heading: words::PROVED.say(language).to_owned(),
        body,
    }
}

fn excess(proposal: &Proposal, layout: Layout) -> String {
    let mut body = paragraph(words::SOME_ROWS.say(layout.language), layout);
    for (row, excess) in &proposal.excess {
        // In cents of the payment that weighs most on the row.
        let rows = proposal.sheet.rows.iter();
        let weights = rows.filter(|sheet_row| sheet_row.name == *row);
        let most = weights
            .flat_map(|sheet_row| sheet_row.cells.iter())
            .map(|cell| i128::from(cell.1).abs())
            .max();
        let by = Exact::new(*excess, 100 * most.unwrap_or(1).max(1));
        let values = [
            ("row", terminal_text(row).into_owned()),
            ("excess", decimal(layout.language, &by, 6, Rounding::Up)),
        ];
        let values: Vec<(&str, &str)> = values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        body.push_str(&entry(
            "-",
            &words::EXCESS.fill(layout.language, &values),
            layout,
        ));
    }
    body
}

fn reached(goal: &GoalLine, several_levels: bool, language: Language) -> String {
    let (text, magnitude) = match goal.kind {
        "leps" => (words::GOAL_LEPS, goal.value),
        "targets" => (words::GOAL_TARGETS, magnitude(&goal.value)),
        "wishes" => (words::GOAL_WISHES, magnitude(&goal.value)),
        "leximin" if several_levels => (words::GOAL_LEXIMIN_LEVEL, goal.value),
        "leximin" => (words::GOAL_LEXIMIN, goal.value),
        "floor" => (words::GOAL_FLOOR, magnitude(&goal.value)),
        "steady" => (words::GOAL_STEADY, magnitude(&goal.value)),
        "open" => (words::GOAL_OPEN, magnitude(&goal.value)),
        "at_risk" => (words::GOAL_AT_RISK, goal.value),
        _ => (words::GOAL_VALUE, goal.value),
    };
    let value = told(language, goal.unit, &magnitude);
    let level = goal.level.to_string();
    let values = [("value", value.as_str()), ("level", level.as_str())];
    text.fill(language, &values)
}

/// A shortfall is told without its sign.
fn magnitude(value: &Exact) -> Exact {
    if *value < Exact::from_integer(0) {
        -value
    } else {
        *value
    }
}

fn gap(goal: &GoalLine, first: bool, language: Language) -> String {
    let zero = Exact::from_integer(0);
    if goal.gap <= zero {
        let text = if first {
            words::BEST
        } else {
            words::BEST_AFTER
        };
        return text.say(language).to_owned();
    }
    if let Some(text) = tolerance(goal, words::WITHIN_TOLERANCE, language) {
        return text;
    }
    let text = if first {
        words::WITHIN
    } else {
        words::WITHIN_AFTER
    };
    let mut text = text.fill(language, &[("gap", &margin(goal, &goal.gap, language))]);
    if goal.rounding > zero {
        let rounding = margin(goal, &goal.rounding, language);
        text.push(' ');
        text.push_str(&words::ROUNDING.fill(language, &[("rounding", &rounding)]));
    }
    text
}

/// How far the best may be, in few words.
fn short_gap(goal: &GoalLine, language: Language) -> String {
    if goal.gap <= Exact::from_integer(0) {
        words::SHORT_BEST.say(language).to_owned()
    } else if let Some(text) = tolerance(goal, words::SHORT_TOLERANCE, language) {
        text
    } else {
        let gap = margin(goal, &goal.gap, language);
        words::SHORT_WITHIN.fill(language, &[("gap", &gap)])
    }
}

/// What is said of a goal that leaves some of itself to those after it.
fn tolerance(goal: &GoalLine, text: Text, language: Language) -> Option<String> {
    let margin = |value: &Exact| margin(goal, value, language);
    let (tolerance, gap) = (margin(&goal.tolerance), margin(&goal.gap));
    let values = [("tolerance", tolerance.as_str()), ("gap", gap.as_str())];
    (goal.tolerance > Exact::from_integer(0)).then(|| text.fill(language, &values))
}

/// A distance from the best, rounded up.
fn margin(goal: &GoalLine, value: &Exact, language: Language) -> String {
    match goal.unit {
        "euro" => words::EURO.fill(language, &[("value", &euro(value, Rounding::Up, language))]),
        "level" => {
            let hundred = value
                .checked_mul(&Exact::from_integer(100))
                .unwrap_or(*value);
            words::POINTS.fill(
                language,
                &[("value", &decimal(language, &hundred, 6, Rounding::Up))],
            )
        }
        _ => decimal(language, value, 6, Rounding::Up),
    }
}

pub(super) fn euro(value: &Exact, rounding: Rounding, language: Language) -> String {
    match cents(value, rounding) {
        Some(cents) => money(language, cents),
        None => exact_text(value),
    }
}

pub(super) fn pick(model: &Model, proposal: &Proposal, layout: Layout) -> Section {
    let language = layout.language;
    let heading = words::PICK.say(language).to_owned();
    if model.pick == Pick::Riparto && model.formula.is_empty() {
        let mut text = words::PICK_EVEN.say(language).to_owned();
        if !proposal.pick.proved {
            text.push(' ');
            text.push_str(words::PICK_EVEN_NOT_PROVED.say(language));
        }
        let body = paragraph(&text, layout);
        return Section { heading, body };
    }
    let amount = |euro: Euro| money(language, i128::from(euro.cents()));
    let pick = &proposal.pick;
    let chosen = match pick.nearest {
        "last_year" => words::PICK_LAST_YEAR,
        _ => words::PICK_RIPARTO,
    };
    let proof = match (says_something(pick), pick.nearer) {
        (false, _) => words::PICK_NOT_PROVED.say(language).to_owned(),
        (true, None) => words::PICK_PROVED.say(language).to_owned(),
        (true, Some(nearer)) => words::PICK_NEARER.fill(language, &[("nearer", &amount(nearer))]),
    };
    let text = format!(
        "{} {proof} {}",
        chosen.say(language),
        moved(model, None, &pick.all, language)
    );
    let mut body = paragraph(&text, layout);
    for (fund, of) in furthest_funds(pick, layout) {
        let text = moved(model, Some(fund), of, language);
        body.push_str(&entry("-", &text, layout));
    }
    Section { heading, body }
}

/// What is moved of all funds or of one, and who gains and loses most.
fn moved(model: &Model, fund: Option<FundIdx>, of: &Moved, language: Language) -> String {
    let fund = fund.map(|fund| terminal_text(&model.fund(fund).name).into_owned());
    let euro = |euro: Euro| money(language, i128::from(euro.cents()));
    let share = of.share().unwrap_or_else(|| Exact::from_integer(0));
    let mut values = vec![
        ("moved", euro(of.moved)),
        ("share", percent(language, &share)),
    ];
    values.extend(fund.clone().map(|fund| ("fund", fund)));
    let fill = |text: Text, values: &[(&str, String)]| {
        let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
        text.fill(language, &values)
    };
    let mut text = match (&fund, model.pick) {
        (None, _) if of.moved == Euro::ZERO => words::MOVED_NOTHING.say(language).to_owned(),
        (Some(_), _) => fill(words::MOVED_OF_FUND, &values),
        (None, Pick::Riparto) => fill(words::MOVED_RIPARTO, &values),
        (None, Pick::LastYear) => fill(words::MOVED_LAST_YEAR, &values),
    };
    for (words, zone) in [
        (words::MOVED_MOST, of.most()),
        (words::MOVED_LEAST, of.least()),
    ] {
        let Some((zone, off)) = zone.and_then(|zone| Some((zone.zone, zone.off()?))) else {
            continue;
        };
        let zone = terminal_text(&model.zone(zone).name).into_owned();
        text.push_str(&fill(
            words,
            &[("zone", zone), ("off", percent(language, &magnitude(&off)))],
        ));
    }
    text.push('.');
    text
}

/// Funds told beside all of them together.
const FEW_MOVED: usize = 3;

/// The funds of which most is moved in proportion; all of them in a full text.
fn furthest_funds(pick: &PickLine, layout: Layout) -> Vec<(FundIdx, &Moved)> {
    let mut funds: Vec<(FundIdx, &Moved)> = pick
        .funds
        .iter()
        .filter(|(_, of)| of.moved > Euro::ZERO)
        .map(|(fund, of)| (*fund, of))
        .collect();
    if pick.funds.len() < 2 {
        return Vec::new();
    }
    funds.sort_by_key(|(fund, of)| (std::cmp::Reverse(of.share()), *fund));
    if !layout.full {
        funds.truncate(FEW_MOVED);
    }
    funds
}

/// Whether the proof of the pick says something: a bound wider than the distance itself (and a euro) does not.
fn says_something(pick: &PickLine) -> bool {
    let wide = pick.off.max(Euro::from_cents(100));
    pick.proved && pick.nearer.is_none_or(|nearer| nearer <= wide)
}
