//! Targets: which part of the files each is, and those that are plain cells.

use std::collections::BTreeSet;

use jiff::Span;
use num_traits::One;

use super::Scenario;
use super::entries::{self, Asked};
use super::operator::{Operator, Refusal};
use super::select::{Choice, Names};
use super::state::State;
use super::{amounts, formulas, goals, indicators, needs, number, riparto, rules};
use crate::input::{At, ChangeEntry, Problems, RawTable, TargetWord};
use crate::problem::{ScenarioProblem, Shown};
use crate::units::{Euro, Exact};

/// Makes a change of a target.
pub(super) fn change(
    target: TargetWord,
    (scenario, change): (&Scenario, &At<ChangeEntry>),
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let entry = &change.value;
    let operator = &Operator::of(entry)?;
    let asked = &Asked {
        change,
        operator,
        choice,
    };
    match target {
        TargetWord::Amount => {
            amounts::amounts((scenario, entry), operator, choice, state, problems)
        }
        TargetWord::Project => amounts::projects(entry, operator, choice, state, problems),
        TargetWord::Need => {
            Choice::check_years(entry, state, problems)?;
            needs::change(operator, choice, state, problems)
        }
        TargetWord::UnitCost => {
            Choice::check_years(entry, state, problems)?;
            unit_cost(operator, choice, state, problems)
        }
        TargetWord::Priority => {
            let rows = action_rows(choice, state);
            for row in rows {
                numbers(
                    ("actions.csv", "priority"),
                    row,
                    None,
                    operator,
                    state,
                    problems,
                )?;
            }
            Some(())
        }
        TargetWord::MinActive => {
            state.table_mut("actions.csv").add_column("min_active");
            for row in action_rows(choice, state) {
                let is_set = matches!(operator.value, Operator::Set(_));
                if is_set || !state.table("actions.csv").at(row, "min_active").is_empty() {
                    amounts::change(
                        ("actions.csv", "min_active"),
                        &[row],
                        operator,
                        state,
                        problems,
                    )?;
                }
            }
            Some(())
        }
        TargetWord::Weight => {
            Choice::check_years(entry, state, problems)?;
            goals::weight(operator, choice, state, problems)
        }
        TargetWord::Levels => goals::levels(operator, state, problems),
        TargetWord::Tolerance | TargetWord::Bound | TargetWord::Coverage => {
            goals::share(target, operator, state, problems)
        }
        TargetWord::Share => rules::share(asked, state, problems),
        TargetWord::Threshold => {
            Choice::check_years(entry, state, problems)?;
            formulas::threshold(asked, state, problems)
        }
        TargetWord::Strength => rules::strength(asked, state, problems),
        TargetWord::MaxShare => max_share(operator, choice, state, problems),
        TargetWord::Indicator => indicators::change(asked, state, problems),
        TargetWord::Deadline => deadline(operator, choice, state, problems),
        TargetWord::CarryOver => carry_over(operator, choice, state, problems),
        TargetWord::Income => {
            Choice::check_years(entry, state, problems)?;
            formulas::income(asked, state, problems)
        }
        TargetWord::Claim => formulas::claim(asked, state, problems),
        TargetWord::Rate => formulas::rate(asked, state, problems),
        TargetWord::Riparto => riparto::change(asked, state, problems),
        TargetWord::PriorityCut => {
            Choice::check_years(entry, state, problems)?;
            formulas::priority_cut(asked, state, problems)
        }
        TargetWord::Gate => formulas::gate(asked, state, problems),
    }
}

fn rows_of(table: &RawTable, is_meant: impl Fn(&Vec<String>) -> bool) -> Vec<usize> {
    let rows = (0..).zip(&table.rows).filter(|(_, row)| is_meant(row));
    rows.map(|(position, _)| position).collect()
}

fn action_rows(choice: &Choice, state: &State<'_>) -> Vec<usize> {
    let table = state.table("actions.csv");
    rows_of(table, |row| choice.action(table.cell(row, "action")))
}

fn fund_rows(choice: &Choice, state: &State<'_>) -> Vec<usize> {
    let table = state.table("funds.csv");
    rows_of(table, |row| choice.fund(table.cell(row, "fund")))
}

/// A cell that is an exact number; `empty` is what an empty cell stands for.
fn numbers(
    (file, column): (&'static str, &'static str),
    row: usize,
    empty: Option<Exact>,
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table(file);
    let cells = table.rows.get(row)?;
    let old = table.quantity(cells, column).or(empty).unwrap_or_default();
    let new = operator.value.quantity(&old, column);
    let new = problems.keep(&operator.place, new)?;
    if new != old || matches!(operator.value, Operator::Set(_)) {
        let text = number::decimal(&new).unwrap_or_default();
        let text = state.table(file).decimal(&text);
        let is_same = new == old && !state.table(file).at(row, column).is_empty();
        if !is_same {
            state.put(file, row, column, &text);
            return Some(());
        }
    }
    state.touched.count(false);
    Some(())
}

/// A cell that is a share; `empty` is what an empty cell stands for.
fn share_cell(
    (file, column): (&'static str, &'static str),
    row: usize,
    empty: Exact,
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table(file);
    let written = table
        .rows
        .get(row)
        .and_then(|cells| table.share(cells, column));
    let old = written.unwrap_or(empty);
    let new = operator.value.quantity(&old, column);
    let new = problems.keep(&operator.place, new)?;
    if written == Some(new) || (new == old && !matches!(operator.value, Operator::Set(_))) {
        state.touched.count(false);
        return Some(());
    }
    let text = share_text(&new, state.table(file), column);
    let text = problems.keep(&operator.place, text)?;
    state.put(file, row, column, &text);
    Some(())
}

/// A share as a table writes it.
pub(super) fn share_text(value: &Exact, table: &RawTable, what: &str) -> Result<String, Refusal> {
    let text = entries::share_text(value, what)?;
    Ok(if text.contains('/') {
        text
    } else {
        // A percentage is never taken for thousands.
        let digits = text.trim_end_matches('%');
        format!("{}%", table.decimal(digits))
    })
}

fn unit_cost(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let years = state.years();
    let column = |year: &i32| format!("unit_cost_{year}");
    for row in action_rows(choice, state) {
        let common = state.table("actions.csv").at(row, "unit_cost").to_owned();
        let all = years.iter().all(|year| choice.year(*year));
        if !common.is_empty() && all {
            cost(row, "unit_cost", operator, state, problems)?;
        } else if !common.is_empty() {
            // One cost for all years becomes one for each.
            let table = state.table_mut("actions.csv");
            for year in years {
                table.add_column(&column(year));
                if table.at(row, &column(year)).is_empty() {
                    table.put(row, &column(year), &common);
                }
            }
            table.put(row, "unit_cost", "");
        }
        for year in years.iter().filter(|year| choice.year(**year)) {
            if !state.table("actions.csv").at(row, &column(year)).is_empty() {
                cost(row, &column(year), operator, state, problems)?;
            }
        }
    }
    Some(())
}

/// A cost of a unit, rounded half up to the cent: each by itself.
fn cost(
    row: usize,
    column: &str,
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table("actions.csv");
    let old = table
        .euro(table.rows.get(row)?, column)
        .unwrap_or(Euro::ZERO);
    let new = operator.value.quantity(&old.to_exact(), "unit_cost");
    let new = problems.keep(&operator.place, new)?;
    let what = Shown::new("unit_cost");
    let new = Euro::round_of(&new).ok_or(ScenarioProblem::TooLarge { what });
    let new = problems.keep(&operator.place, new)?;
    state.touched.count(new != old);
    if new != old {
        let text = state.table("actions.csv").money(new);
        state.table_mut("actions.csv").put(row, column, &text);
    }
    Some(())
}

/// `max_share`: a row that speaks of more than what is meant falls into one row for each fund and action.
fn max_share(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let (funds, actions) = (Names::funds(state), Names::actions(state));
    state.table_mut("eligibility.csv").add_column("max_share");
    let mut row = 0_usize;
    while row < state.table("eligibility.csv").rows.len() {
        let table = state.table("eligibility.csv");
        let (fund, action) = (table.at(row, "fund"), table.at(row, "action"));
        let (of_funds, of_actions) = (funds.expand_words(fund), actions.expand_words(action));
        let is_meant = |fund: &str, action: &str| choice.fund(fund) && choice.action(action);
        let pairs: BTreeSet<(&String, &String)> = of_funds
            .iter()
            .flat_map(|fund| of_actions.iter().map(move |action| (fund, action)))
            .collect();
        let meant = pairs
            .iter()
            .filter(|(fund, action)| is_meant(fund, action))
            .count();
        if meant == pairs.len() && meant > 0 {
            let cell = ("eligibility.csv", "max_share");
            share_cell(cell, row, Exact::one(), operator, state, problems)?;
        } else if meant > 0 {
            let cells = table.rows.get(row)?.clone();
            let mut rows = Vec::new();
            for (fund, action) in pairs {
                let mut cells = cells.clone();
                table.set(&mut cells, "fund", fund);
                table.set(&mut cells, "action", action);
                rows.push(cells);
            }
            // What the row fell into is looked at next, pair by pair.
            let table = state.table_mut("eligibility.csv");
            table.rows.splice(row..=row, rows);
            continue;
        }
        row = row.saturating_add(1);
    }
    Some(())
}

fn carry_over(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    state.table_mut("funds.csv").add_column("carry_over");
    for row in fund_rows(choice, state) {
        // Left out, all of it moves where a later year may spend it.
        let empty = i128::from(!state.table("funds.csv").at(row, "last_spend").is_empty());
        let empty = Exact::from_integer(empty);
        let cell = ("funds.csv", "carry_over");
        share_cell(cell, row, empty, operator, state, problems)?;
    }
    Some(())
}

/// `deadline`: `set` a date or `+1`; `add` months to a date.
fn deadline(
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    state.table_mut("funds.csv").add_column("last_spend");
    for row in fund_rows(choice, state) {
        let new = match &operator.value {
            Operator::Set(text) => text.clone(),
            Operator::Scale(_) => return None,
            Operator::Add(months) => {
                let table = state.table("funds.csv");
                let cells = table.rows.get(row)?;
                let moved = months.parse::<i32>().ok().and_then(|months| {
                    let date = table.date(cells, "last_spend")?;
                    let months = Span::new().try_months(months).ok()?;
                    date.checked_add(months).ok()
                });
                let refused = || {
                    let cell = table.cell(cells, "last_spend");
                    ScenarioProblem::NotANumber {
                        value: Shown::new(&format!("{cell} + {months}")),
                        what: Shown::new("deadline"),
                    }
                };
                let moved = moved.ok_or_else(refused);
                problems.keep(&operator.place, moved)?.to_string()
            }
        };
        state.put("funds.csv", row, "last_spend", &new);
    }
    Some(())
}
