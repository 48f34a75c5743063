//! Where the money of each fund goes, and what its amounts rest on.

use std::cmp::Reverse;

use super::layout::{Align, Grid, paragraph};
use super::{Layout, Section};
use crate::model::{Confidence, FundIdx, Language, Model};
use crate::proposal::{FundLine, Proposal};
use crate::report::number::{money, percent, share};
use crate::report::riparto_steps::differences;
use crate::report::text::terminal_text;
use crate::report::totals::{FundTotal, LostBecause, Totals, is_last, why_lost};
use crate::report::words::{Text, summary as words};
use crate::units::Euro;

/// Above so many fund-years, the years are summed.
const MANY_LINES: usize = 12;

/// Of many funds so many are shown.
const SHOWN: usize = 6;

/// A line of the table.
struct Line {
    name: String,
    year: String,
    assigned: i128,
    carried_in: i128,
    used: i128,
    carried: i128,
    unused: i128,
    why: String,
}

/// What a riparto leaves to nobody, or gives above what there is.
pub(super) fn not_divided(model: &Model, layout: Layout) -> Option<Section> {
    let told = differences(model, layout.language);
    let lines = told
        .iter()
        .map(|line| paragraph(&terminal_text(line), layout));
    let body: String = lines.collect();
    (!body.is_empty()).then(|| Section {
        heading: words::NOT_DIVIDED.say(layout.language).to_owned(),
        body,
    })
}

pub(super) fn funds(
    model: &Model,
    proposal: &Proposal,
    totals: &Totals,
    layout: Layout,
) -> Section {
    let language = layout.language;
    let by_year = model.years.len() > 1 && proposal.funds.len() <= MANY_LINES;
    let mut lines = if by_year {
        proposal
            .funds
            .iter()
            .map(|line| of_year(model, proposal, line, language))
            .collect()
    } else {
        of_plan(model, proposal, totals, language)
    };
    if !layout.full {
        lines = first_of(lines, language);
    }
    lines.push(Line {
        name: words::TOTAL.say(language).to_owned(),
        year: String::new(),
        carried_in: 0,
        why: String::new(),
        ..of_total(&totals.all)
    });
    Section {
        heading: words::FUNDS.say(language).to_owned(),
        body: table(&lines, by_year, layout),
    }
}

/// The funds of which most is not used, then the largest; the others as one line.
fn first_of(mut lines: Vec<Line>, language: Language) -> Vec<Line> {
    if lines.len() <= SHOWN + 1 {
        return lines;
    }
    lines.sort_by_key(|line| Reverse((line.unused, line.assigned)));
    let others = lines.split_off(SHOWN);
    let sum = |of: fn(&Line) -> i128| others.iter().map(of).fold(0, i128::saturating_add);
    lines.push(Line {
        name: words::OTHER_FUNDS.say(language, others.len()),
        year: String::new(),
        assigned: sum(|line| line.assigned),
        carried_in: sum(|line| line.carried_in),
        used: sum(|line| line.used),
        carried: sum(|line| line.carried),
        unused: sum(|line| line.unused),
        why: String::new(),
    });
    lines
}

fn table(lines: &[Line], by_year: bool, layout: Layout) -> String {
    let say = |text: Text| text.say(layout.language);
    // Summed over years it would count the same money once a year.
    let moves = by_year && lines.iter().any(|line| line.carried != 0);
    let comes = lines.iter().any(|line| line.carried_in != 0);
    let mut columns = vec![(say(words::FUND), Align::Left)];
    let mut number = |shown: bool, heading: Text| {
        if shown {
            columns.push((say(heading), Align::Right));
        }
    };
    number(by_year, words::YEAR);
    number(true, words::ASSIGNED);
    number(comes, words::CARRIED_IN);
    number(true, words::USED);
    number(moves, words::CARRIED);
    number(true, words::UNUSED);
    columns.push((say(words::WHY), Align::Left));
    let mut grid = Grid::new(layout, &columns);
    let mut above = "";
    for line in lines {
        let amount = |cents: i128| money(layout.language, cents);
        // A name is told once, above its years.
        let name = if line.name == above { "" } else { &line.name };
        above = &line.name;
        let mut cells = vec![name.to_owned()];
        let mut number = |shown: bool, text: String| {
            if shown {
                cells.push(text);
            }
        };
        number(by_year, line.year.clone());
        number(true, amount(line.assigned));
        number(comes, amount(line.carried_in));
        number(true, amount(line.used));
        number(moves, amount(line.carried));
        number(true, amount(line.unused));
        cells.push(line.why.clone());
        grid.row(cells);
    }
    grid.text()
}

fn of_year(model: &Model, proposal: &Proposal, line: &FundLine, language: Language) -> Line {
    let cents = |euro: Euro| i128::from(euro.cents());
    let last = is_last(model, line.year);
    let (carried, left) = if last {
        (0, cents(line.carried_out))
    } else {
        (cents(line.carried_out), 0)
    };
    let lost = cents(line.lost);
    let mut reasons = Vec::new();
    if left != 0 {
        reasons.push(words::LEFT);
    }
    if lost != 0 {
        reasons.push(lost_word(why_lost(model, proposal, line)));
    }
    Line {
        name: model.fund(line.fund).name.clone(),
        year: line.year.to_string(),
        assigned: cents(line.assigned),
        carried_in: cents(line.carried_in),
        used: cents(line.used),
        carried,
        unused: left + lost,
        why: join(&reasons, language),
    }
}

fn of_plan(model: &Model, proposal: &Proposal, totals: &Totals, language: Language) -> Vec<Line> {
    let why = |fund: FundIdx, total: &FundTotal| {
        let mut lost: Vec<LostBecause> = proposal
            .funds
            .iter()
            .filter(|line| line.fund == fund && line.lost != Euro::ZERO)
            .map(|line| why_lost(model, proposal, line))
            .collect();
        lost.sort_unstable();
        lost.dedup();
        let left = (total.left != 0).then_some(words::LEFT);
        let reasons: Vec<Text> = left
            .into_iter()
            .chain(lost.into_iter().map(lost_word))
            .collect();
        join(&reasons, language)
    };
    let lines = totals.funds.iter().filter_map(|total| {
        let fund = total.fund?;
        Some(Line {
            name: model.fund(fund).name.clone(),
            why: why(fund, total),
            ..of_total(total)
        })
    });
    lines.collect()
}

fn of_total(total: &FundTotal) -> Line {
    Line {
        name: String::new(),
        year: String::new(),
        assigned: total.assigned,
        carried_in: 0,
        used: total.used,
        carried: total.carried,
        unused: total.left + total.lost,
        why: String::new(),
    }
}

fn lost_word(because: LostBecause) -> Text {
    match because {
        LostBecause::NoNeed => words::LOST_NO_NEED,
        LostBecause::HeldBack => words::LOST_HELD,
        LostBecause::Indivisible => words::LOST_INDIVISIBLE,
        LostBecause::Rounding => words::LOST_ROUNDING,
    }
}

fn join(reasons: &[Text], language: Language) -> String {
    let reasons: Vec<&str> = reasons.iter().map(|reason| reason.say(language)).collect();
    reasons.join("; ")
}

pub(super) fn confidence(totals: &Totals, layout: Layout) -> Section {
    let language = layout.language;
    let all: i128 = totals.confidence.iter().map(|(_, euro)| euro).sum();
    let columns = [
        (words::KIND.say(language), Align::Left),
        (words::AMOUNT.say(language), Align::Right),
        (words::PART.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for (confidence, euro) in &totals.confidence {
        let word = match confidence {
            Confidence::Official => words::OFFICIAL,
            Confidence::Derived => words::DERIVED,
            Confidence::Estimate => words::ESTIMATE,
        };
        let part = share(*euro, all).map_or_else(String::new, |part| percent(language, &part));
        grid.row([word.say(language), &money(language, *euro), &part]);
    }
    Section {
        heading: words::CONFIDENCE.say(language).to_owned(),
        body: grid.text(),
    }
}
