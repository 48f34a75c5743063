//! A fund that stops, a fund that appears.

use super::amounts;
use super::number;
use super::select::Names;
use super::state::State;
use super::toml_text as toml;
use crate::input::{At, ChangeEntry, NewFundEntry, Problems, Selector, Word};
use crate::problem::{ScenarioProblem, Shown};

/// `stop_fund`: from a year on no new money, and what is left may be spent until the year before.
pub(super) fn stop(
    selector: &Selector,
    change: &At<ChangeEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let funds = Names::funds(state).select(selector, problems)?;
    let from = change.value.from.as_ref()?;
    let year = from.value.0;
    let first = state.years().first().copied().unwrap_or_default();
    let rows = state.table("amounts.csv");
    let stops = |row: &Vec<String>| {
        funds.contains(rows.cell(row, "fund"))
            && rows.year(row, "year").is_some_and(|of| of >= year)
    };
    let kept: Vec<bool> = rows.rows.iter().map(|row| !stops(row)).collect();
    let gone = kept.iter().filter(|kept| !**kept).count();
    if gone > 0 {
        let mut kept = kept.into_iter();
        let table = state.table_mut("amounts.csv");
        table.rows.retain(|_| kept.next().unwrap_or(true));
    }
    (0..gone).for_each(|_| state.touched.count(true));
    let last = format!("{}-12-31", year.saturating_sub(1));
    state.table_mut("funds.csv").add_column("last_spend");
    for row in 0..state.table("funds.csv").rows.len() {
        let table = state.table("funds.csv");
        let cells = table.rows.get(row)?;
        if !funds.contains(table.cell(cells, "fund")) {
            continue;
        }
        let is_earlier = table
            .date(cells, "last_spend")
            .is_some_and(|date| i32::from(date.year()) < year);
        // A fund that never had a term beyond its own year does not need one now.
        let moves_on = !table.cell(cells, "last_spend").is_empty()
            || !table.cell(cells, "carry_over").is_empty();
        if year > first && !is_earlier && moves_on {
            state.put("funds.csv", row, "last_spend", &last);
        }
    }
    incomes(&funds, change, state, problems)
}

fn incomes(
    funds: &std::collections::BTreeSet<String>,
    change: &At<ChangeEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let from = change.value.from.as_ref()?.value.0;
    let first = state.years().first().copied().unwrap_or_default();
    let incomes = toml::list(state.document(), "income");
    let is_meant = |fund: &Option<String>| fund.as_ref().is_some_and(|fund| funds.contains(fund));
    let meant: Vec<bool> = incomes
        .iter()
        .map(|income| is_meant(&toml::text(*income, "fund")))
        .collect();
    if !meant.contains(&true) {
        return Some(());
    }
    let count = meant.iter().filter(|meant| **meant).count();
    (0..count).for_each(|_| state.touched.count(true));
    if from <= first {
        toml::retain(state.document_mut(), "income", |position| {
            !meant.get(position).copied().unwrap_or(false)
        });
        return Some(());
    }
    for (income, meant) in toml::list_mut(state.document_mut(), "income")
        .into_iter()
        .zip(meant)
    {
        if !meant {
            continue;
        }
        match toml::text(income, "euro") {
            Some(euro) => toml::set(income, "euro", format!("if(year < {from}, {euro}, 0)")),
            None => {
                let fund = Shown::new(&toml::text(income, "fund").unwrap_or_default());
                problems.push(change.place.clone(), ScenarioProblem::UnitsIncome { fund });
                return None;
            }
        }
    }
    Some(())
}

/// `new_fund`: its row, its amounts and what it may pay.
pub(super) fn new_fund(
    entry: &At<NewFundEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let fund = &entry.value;
    let id = &fund.fund.value.0;
    if Names::funds(state).knows(id) {
        let id = Shown::new(id);
        problems.push(fund.fund.place.clone(), ScenarioProblem::Taken { id });
        return None;
    }
    let tags: Vec<&str> = fund
        .tags
        .iter()
        .flatten()
        .map(|tag| tag.0.as_str())
        .collect();
    let table = state.table_mut("funds.csv");
    for column in ["tags", "carry_over", "last_spend", "law"] {
        table.add_column(column);
    }
    let carried = fund
        .carry_over
        .as_ref()
        .and_then(|share| number::share(&share.value.0));
    let law = fund.law.as_ref().map_or("", |law| &law.0);
    table.push(&[
        ("fund", id),
        ("name", &fund.name.0),
        ("level", fund.level.0.word()),
        ("nature", fund.nature.0.word()),
        ("tags", &tags.join(" ")),
        (
            "carry_over",
            &table.decimal(carried.as_deref().unwrap_or_default()),
        ),
        (
            "last_spend",
            fund.last_spend.as_ref().map_or("", |date| &date.value.0),
        ),
        ("law", law),
    ]);
    for amount in &fund.amounts.value {
        amounts::push(id, &amount.value, state.table_mut("amounts.csv"));
    }
    let table = state.table_mut("eligibility.csv");
    for column in ["where", "max_share", "from", "to", "law"] {
        table.add_column(column);
    }
    for row in &fund.eligibility.value {
        let year = |at: &Option<At<crate::input::YearKey>>| {
            at.as_ref()
                .map_or_else(String::new, |at| at.value.0.to_string())
        };
        let share = row
            .max_share
            .as_ref()
            .and_then(|share| number::share(&share.value.0));
        let share = table.decimal(share.as_deref().unwrap_or_default());
        table.push(&[
            ("fund", id),
            ("action", &row.action.value.0),
            (
                "where",
                row.r#where
                    .as_ref()
                    .map_or("", |condition| &condition.value.0),
            ),
            ("max_share", &share),
            ("from", &year(&row.from)),
            ("to", &year(&row.to)),
            ("law", row.law.as_ref().map_or(law, |law| &law.0)),
        ]);
    }
    state.touched.count(true);
    Some(())
}
