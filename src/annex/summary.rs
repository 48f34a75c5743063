//! What the proposal comes to: a few sentences, and the figures behind them.

use std::collections::BTreeMap;

use super::book::{Book, cents, goal_value, quantity};
use super::coverage::{COVERED, NEED, UNCOVERED, ZONES};
use super::ledger::{EURO, LEDGER, total};
use super::rules;
use super::source::RuleCase;
use super::spending::{ASSIGNED, LOST, SPENDING};
use crate::model::Level;
use crate::proposal::UnmetReason;
use crate::report::document::{
    Area, Cell, Column, Expression, Kind, Place, Role, Section, Table, Topic,
};
use crate::report::number::{Rounding, count, money, of_limit, percent, share, to_decimals};
use crate::report::riparto_steps::differences;
use crate::report::summary::{SummaryCoverage, SummaryGoal};
use crate::report::words::{Text, annex as words, summary as summary_words};
use crate::units::{Exact, Year, parse_exact};

/// Code of the table "in short".
pub(super) const TOTALS: &str = "totals";
/// Code of the table of who pays.
pub(super) const LEVELS: &str = "levels";

/// Decimals of a sum of limits, before it is rounded: enough that rounding each of them is not seen.
const SUM_DECIMALS: u32 = 8;

/// How many rules at their limit are told.
const SHOWN: usize = 10;

pub(super) fn subtitle(book: &Book<'_>) -> String {
    let model = book.model;
    let values = [
        ("years", years(&model.years)),
        (
            "zones",
            summary_words::N_ZONES.say(book.language, model.zones.len()),
        ),
        (
            "funds",
            summary_words::N_FUNDS.say(book.language, model.funds.len()),
        ),
        (
            "actions",
            summary_words::N_ACTIONS.say(book.language, model.actions.len()),
        ),
    ];
    filled(book, words::SUBTITLE, &values)
}

/// `2022-2024`.
fn years(years: &[Year]) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}-{last}"),
        (Some(first), _) => first.to_string(),
        _ => String::new(),
    }
}

fn filled(book: &Book<'_>, text: Text, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    book.fill(text, &values)
}

/// Whole cents of an amount in `summary.json`.
fn amount(text: &str) -> i128 {
    let cents = parse_exact(text).map(|euro| euro * Exact::from_integer(100));
    cents.map_or(0, |cents| cents.to_integer())
}

/// The proposal in a few sentences.
pub(super) fn sentences(book: &Book<'_>) -> Vec<String> {
    let summary = &book.source.summary;
    let language = book.language;
    let euro = |text: &str| money(language, amount(text));
    let part = |part: i128, whole: i128| {
        share(part, whole).map_or_else(|| "–".to_owned(), |share| percent(language, &share))
    };
    let mut told = Vec::new();
    for scenario in &summary.scenarios {
        told.push(book.fill(words::SCENARIO_SENTENCE, &[("title", &scenario.title)]));
    }
    let Some((totals, coverage)) = summary.totals.as_ref().zip(summary.coverage.as_ref()) else {
        return told;
    };
    let values = [
        ("used", euro(&totals.used)),
        ("assigned", euro(&totals.assigned)),
        (
            "share",
            part(amount(&totals.used), amount(&totals.assigned)),
        ),
    ];
    told.push(filled(book, summary_words::SPENT, &values));
    let covered = |of: &SummaryCoverage| {
        let share = part(amount(&of.covered), amount(&of.need));
        (euro(&of.covered), euro(&of.need), share)
    };
    let (all, leps) = (covered(&coverage.all), covered(&coverage.leps));
    told.push(if amount(&coverage.leps.need) == 0 {
        let values = [("covered", all.0), ("need", all.1), ("share", all.2)];
        filled(book, words::ALL_SENTENCE, &values)
    } else {
        let values = [
            ("covered", leps.0),
            ("need", leps.1),
            ("share", leps.2),
            ("all_covered", all.0),
            ("all_need", all.1),
            ("all_share", all.2),
        ];
        filled(book, words::LEPS_SENTENCE, &values)
    });
    told.extend(differences(book.model, language));
    told.extend(super::moved::sentence(book));
    told.extend(zones_sentence(book));
    told.push(rules_sentence(book));
    let left = euro(&totals.left);
    told.push(if amount(&totals.lost) == 0 {
        filled(book, words::NOTHING_LOST_SENTENCE, &[("left", left)])
    } else {
        let values = [("lost", euro(&totals.lost)), ("left", left)];
        filled(book, words::LOST_SENTENCE, &values)
    });
    if amount(&totals.estimate) > 0 {
        let values = [
            ("estimate", euro(&totals.estimate)),
            (
                "share",
                part(amount(&totals.estimate), amount(&totals.assigned)),
            ),
        ];
        told.push(filled(book, words::ESTIMATE_SENTENCE, &values));
    }
    told
}

/// The worst- and the best-served zone.
fn zones_sentence(book: &Book<'_>) -> Option<String> {
    let mut over: BTreeMap<_, (i128, i128)> = BTreeMap::new();
    for line in &book.source.zones {
        let sum = over.entry(line.zone).or_default();
        sum.0 += cents(line.covered);
        sum.1 += cents(line.need);
    }
    let mut shares: Vec<_> = over
        .into_iter()
        .filter_map(|(zone, (covered, need))| Some((share(covered, need)?, zone)))
        .collect();
    shares.sort();
    let (worst, best) = (shares.first()?, shares.last()?);
    if shares.len() < 2 {
        return None;
    }
    let values = [
        ("zone", book.model.zone(worst.1).name.clone()),
        ("share", percent(book.language, &worst.0)),
        ("best", book.model.zone(best.1).name.clone()),
        ("best_share", percent(book.language, &best.0)),
    ];
    Some(filled(book, words::WORST_SENTENCE, &values))
}

fn rules_sentence(book: &Book<'_>) -> String {
    let cases = book.source.rules.iter();
    let in_force: Vec<&RuleCase> = cases.filter(|case| case.status != "waived").collect();
    let n = |of: &dyn Fn(&RuleCase) -> bool| {
        count(
            book.language,
            in_force.iter().filter(|case| of(case)).count(),
        )
    };
    let hard = |case: &RuleCase| matches!(case.strength.as_str(), "law" | "plan");
    let values = [
        ("held", n(&|case| hard(case) && case.status != "excess")),
        ("all", n(&hard)),
        ("binding", n(&|case| hard(case) && case.status == "binding")),
        ("met", n(&|case| !hard(case) && case.status != "short")),
        ("soft", n(&|case| !hard(case))),
    ];
    filled(book, words::RULES_SENTENCE, &values)
}

pub(super) fn section(book: &Book<'_>) -> Section {
    let mut tables = vec![act(book), totals(book), levels(book), goals(book)];
    tables.extend(binding(book));
    tables.extend(unmet(book));
    let mut section = book.section(
        Topic::Summary,
        words::S_SUMMARY,
        words::S_SUMMARY_TITLE,
        tables,
    );
    section.notes = sentences(book);
    section
}

/// Room for what makes it an act: office, number, date, signature.
fn act(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("item", words::ITEM, Kind::Text),
        Column::new("value", String::new(), Kind::Text),
    ];
    let mut table = Table::new("act", book.say(words::ACT_HEAD), columns);
    let head = &book.model.head;
    let signature = match &head.signatory {
        Some(who) => book.fill(words::SIGNATURE_OF, &[("who", who)]),
        None => book.say(words::SIGNATURE),
    };
    let office = head.office.clone().map_or(Cell::Blank, Cell::text);
    for (item, cell) in [
        (book.say(words::OFFICE), office),
        (book.say(words::ACT_NUMBER), Cell::Blank),
        (book.say(words::ACT_DATE), Cell::Blank),
        (signature, Cell::Blank),
    ] {
        table.row([Cell::text(item), cell]);
    }
    table
}

fn totals(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("item", words::ITEM, Kind::Text),
        book.column("euro", words::EURO, Kind::Euro),
        book.column("share", words::SHARE, Kind::Share),
    ];
    let mut table = Table::new(TOTALS, book.say(words::IN_SHORT), columns);
    let summary = &book.source.summary;
    let n_zones = book.source.zones.iter().map(|line| line.zone);
    let zones_row = n_zones.collect::<std::collections::BTreeSet<_>>().len();
    let spending_row = book.source.funds.len();
    let n_lines = book.ledger().count();
    let of = |table: &str, row, column| Expression::Cell(Place::of(table, row, column));
    let ledger = match n_lines.checked_sub(1) {
        Some(last) => Expression::Sum(Area::of(LEDGER, 0, last, EURO)),
        None => Expression::Plus(Vec::new()),
    };
    let number = |text: Option<&String>| Cell::Euro(text.map_or(0, |text| amount(text)));
    let all = summary.totals.as_ref();
    let leps = summary.coverage.as_ref().map(|coverage| &coverage.leps);
    let unlimited = summary
        .coverage
        .as_ref()
        .map(|coverage| &coverage.unlimited);
    // Item, what it comes to, the row it is a share of.
    let items: Vec<(Text, Cell, Option<usize>)> = vec![
        (
            words::ASSIGNED,
            of(SPENDING, spending_row, ASSIGNED).into(),
            None,
        ),
        (words::USED, ledger.into(), Some(0)),
        (words::LEFT, number(all.map(|all| &all.left)), Some(0)),
        (
            words::LOST,
            of(SPENDING, spending_row, LOST).into(),
            Some(0),
        ),
        (words::NEED, of(ZONES, zones_row, NEED).into(), None),
        (
            words::COVERED,
            of(ZONES, zones_row, COVERED).into(),
            Some(4),
        ),
        (
            words::UNCOVERED,
            of(ZONES, zones_row, UNCOVERED).into(),
            Some(4),
        ),
        (words::LEPS_NEED, number(leps.map(|leps| &leps.need)), None),
        (
            words::LEPS_COVERED,
            number(leps.map(|leps| &leps.covered)),
            Some(7),
        ),
        (words::TO_UNLIMITED, number(unlimited), Some(1)),
    ];
    for (row, (item, cell, whole)) in items.into_iter().enumerate() {
        let at = |row| Box::new(Expression::Cell(Place::here(row, 1)));
        let share = whole.map_or(Cell::Empty, |whole| {
            Expression::Ratio(at(row), at(whole)).into()
        });
        table.row([Cell::text(book.say(item)), cell, share]);
    }
    table
}

fn levels(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("level", words::LEVEL, Kind::Text),
        book.column("assigned", words::ASSIGNED, Kind::Euro),
        book.column("used", words::USED, Kind::Euro),
        book.column("share", words::SHARE, Kind::Share),
    ];
    let mut table = Table::new(LEVELS, book.say(words::LEVELS), columns);
    let mut sums: BTreeMap<Level, (i128, i128)> = BTreeMap::new();
    for line in &book.source.funds {
        let sum = sums.entry(book.model.fund(line.fund).level).or_default();
        sum.0 += cents(line.assigned);
        sum.1 += cents(line.used);
    }
    let last = sums.len();
    let at = |row| Box::new(Expression::Cell(Place::here(row, 2)));
    for (level, (assigned, used)) in sums {
        let row = table.rows.len();
        let level = match level {
            Level::Eu => words::LEVEL_EU,
            Level::State => words::LEVEL_STATE,
            Level::Region => words::LEVEL_REGION,
            Level::Municipal => words::LEVEL_MUNICIPAL,
        };
        table.row([
            Cell::text(book.say(level)),
            Cell::Euro(assigned),
            Cell::Euro(used),
            Expression::Ratio(at(row), at(last)).into(),
        ]);
    }
    total(&mut table, book.say(words::TOTAL), &[1, 2]);
    table
}

fn goals(book: &Book<'_>) -> Table {
    let columns = vec![
        book.column("goal", words::GOAL, Kind::Text),
        book.column("value", words::REACHED, Kind::Number),
        book.column_of("gap", words::GAP, Kind::Number, words::GAP_MEANING),
        book.column("unit", words::UNIT, Kind::Text),
    ];
    let mut table = Table::new("goals", book.say(words::GOALS), columns);
    for goal in &book.source.summary.goals {
        let (title, unit) = goal_words(goal);
        let title = match goal.level {
            0 | 1 => book.say(title),
            level => format!("{} ({level})", book.say(title)),
        };
        let number = |text: &str| {
            let value = parse_exact(text);
            value.map_or(Cell::Empty, |value| goal_value(&goal.unit, &value))
        };
        // A shortfall is told without its sign.
        let value = if matches!(
            goal.kind.as_str(),
            "targets" | "wishes" | "floor" | "steady" | "open"
        ) {
            goal.value.trim_start_matches('-')
        } else {
            &goal.value
        };
        table.row([
            Cell::text(title),
            number(value),
            number(&goal.gap),
            Cell::text(book.say(unit)),
        ]);
    }
    table
}

/// The words of a kind of goal.
pub(super) fn goal_word(kind: &str) -> Text {
    match kind {
        "leps" => words::G_LEPS,
        "targets" => words::G_TARGETS,
        "wishes" => words::G_WISHES,
        "leximin" => words::G_LEXIMIN,
        "floor" => words::G_FLOOR,
        "steady" => words::G_STEADY,
        "open" => words::G_OPEN,
        "at_risk" => words::G_AT_RISK,
        _ => words::G_VALUE,
    }
}

fn goal_words(goal: &SummaryGoal) -> (Text, Text) {
    let unit = match goal.unit.as_str() {
        "euro" => words::UNIT_EURO,
        "bound" => words::UNIT_BOUND,
        _ => words::UNIT_LEVEL,
    };
    (goal_word(&goal.kind), unit)
}

/// The hard rules at their limit, all cases of a rule together, the largest in euro first.
fn binding(book: &Book<'_>) -> Option<Table> {
    let mut by_rule: Vec<(&RuleCase, i128, Exact)> = Vec::new();
    let cases = book.source.rules.iter().filter(|case| {
        case.status == "binding" && matches!(case.strength.as_str(), "law" | "plan")
    });
    for case in cases {
        match by_rule
            .iter_mut()
            .find(|(first, ..)| first.rule == case.rule)
        {
            Some((_, n, sum)) => {
                *n += 1;
                let fine = |bound: &Exact| to_decimals(bound, SUM_DECIMALS, Rounding::HalfUp);
                *sum = fine(sum) + fine(&case.bound);
            }
            None => by_rule.push((case, 1, case.bound)),
        }
    }
    by_rule.sort_by_key(|(first, _, sum)| (first.unit != "euro", std::cmp::Reverse(*sum)));
    if by_rule.is_empty() {
        return None;
    }
    let columns = vec![
        book.column("title", words::RULE, Kind::Text),
        book.column("cases", words::CASES, Kind::Count),
        book.column("relation", words::RELATION, Kind::Text),
        book.column("bound", words::BOUND, Kind::Euro),
        book.column("law", words::LAW, Kind::Law),
    ];
    let mut table = Table::new("binding", book.say(words::BINDING), columns);
    for (first, n, sum) in by_rule.into_iter().take(SHOWN) {
        let cells = [
            Cell::text(first.title.clone()),
            Cell::Count(n),
            Cell::text(rules::relation(book, first)),
            quantity(
                &first.unit,
                &sum,
                match n {
                    1 => of_limit(rules::relation_of(first)),
                    _ => Rounding::HalfUp,
                },
            ),
            Cell::law(first.law.clone(), first.url.clone()),
        ];
        table.row_as(Role::Body, cells);
    }
    Some(table)
}

/// The word of a reason.
pub(super) fn reason(reason: UnmetReason) -> Text {
    match reason {
        UnmetReason::NotEligible => summary_words::NOT_ELIGIBLE,
        UnmetReason::Exhausted => summary_words::EXHAUSTED,
        UnmetReason::Rule => summary_words::BY_RULE,
        UnmetReason::Outranked => summary_words::OUTRANKED,
        UnmetReason::Deadline => summary_words::DEADLINE,
        UnmetReason::Indivisible => summary_words::INDIVISIBLE,
        UnmetReason::Rounding => summary_words::OPEN_BY_ROUNDING,
    }
}

fn unmet(book: &Book<'_>) -> Option<Table> {
    let mut by_reason: BTreeMap<UnmetReason, (i128, i128)> = BTreeMap::new();
    for line in &book.source.unmet {
        let sum = by_reason.entry(line.reason).or_default();
        sum.0 += 1;
        sum.1 += cents(line.euro);
    }
    if by_reason.is_empty() {
        return None;
    }
    let columns = vec![
        book.column("reason", words::REASON, Kind::Text),
        book.column("needs", words::NEEDS, Kind::Count),
        book.column("euro", words::UNCOVERED, Kind::Euro),
    ];
    let mut table = Table::new("unmet", book.say(words::UNMET), columns);
    for (why, (needs, euro)) in by_reason {
        let why = Cell::text(book.say(reason(why)));
        table.row([why, Cell::Count(needs), Cell::Euro(euro)]);
    }
    total(&mut table, book.say(words::TOTAL), &[1, 2]);
    Some(table)
}
