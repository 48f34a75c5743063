//! `split_zone`: a zone becomes several, each with its share of every column that states nothing else.

use std::collections::BTreeSet;

use num_traits::{CheckedAdd, CheckedMul, One, Zero};

use super::columns::{Column, Stated, columns, stated};
use super::follow::{Heirs, follow};
use super::ground::ground;
use super::merge::is_called;
use super::number;
use super::select::Names;
use super::state::State;
use crate::input::{At, Problems, RawTable, SplitEntry};
use crate::problem::{ReferenceProblem, ScenarioProblem, Shown, Thing};
use crate::units::{Exact, exact_text, parse_exact};

/// Splits a zone.
pub(super) fn split(
    entry: &At<SplitEntry>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let split = &entry.value;
    let zone = split.zone.value.0.clone();
    let names = Names::zones(state);
    if !names.ids().contains(&zone) {
        let unknown = ReferenceProblem::Unknown {
            thing: Thing::Zone,
            id: Shown::new(&zone),
            nearest: crate::problem::Nearest::of(&zone, names.ids().iter().map(String::as_str)),
            home: Shown::new("zones.csv"),
        };
        problems.push(split.zone.place.clone(), unknown);
        return None;
    }
    let parts = &split.into.value;
    if parts.len() < 2 {
        problems.push(split.into.place.clone(), ScenarioProblem::SplitParts);
        return None;
    }
    let (mut seen, mut names_of_parts) = (vec![], vec![]);
    for part in parts {
        let id = &part.id.value.0;
        if (names.knows(id) && *id != zone) || seen.contains(&id) {
            let id = Shown::new(id);
            problems.push(part.id.place.clone(), ScenarioProblem::Taken { id });
        }
        seen.push(id);
        let going = BTreeSet::from([zone.clone()]);
        let name = part.name.0.as_str();
        if names_of_parts.contains(&name) || is_called(name, &going, state) {
            let name = Shown::new(name);
            problems.push(part.id.place.clone(), ScenarioProblem::NameTaken { name });
        }
        names_of_parts.push(name);
    }
    let shares: Vec<Exact> = parts.iter().map(|part| part.share.value.0).collect();
    check_sum(&shares, "share", &split.into, problems);
    let before = ground(state);
    let columns = columns(state, &before);
    let mut rules = Vec::new();
    for part in parts {
        rules.push(stated(part.columns.as_ref(), &columns, problems)?);
    }
    let plans = columns
        .iter()
        .map(|column| Plan::of(column, &rules, &shares, split, problems));
    let plans: Vec<Option<Plan<'_>>> = plans.collect();
    if problems.any_error() {
        return None;
    }
    let plans: Vec<Plan<'_>> = plans.into_iter().flatten().collect();
    rows(&zone, split, &plans, state)?;
    dated(&zone, split, &plans, state)?;
    let heirs = parts
        .iter()
        .map(|part| (part.id.value.0.clone(), part.share.value.0));
    let heirs = Heirs::from([(zone, heirs.collect())]);
    follow(&heirs, &names, state)?;
    state.touched.count(true);
    Some(())
}

fn check_sum<T>(shares: &[Exact], column: &str, at: &At<T>, problems: &mut Problems) {
    let sum = shares
        .iter()
        .try_fold(Exact::zero(), |sum, share| sum.checked_add(share));
    let sum = sum.unwrap_or_default();
    if !sum.is_one() {
        let wrong = ScenarioProblem::SplitShares {
            sum: Shown::new(&exact_text(&sum)),
            column: Shown::new(column),
        };
        problems.push(at.place.clone(), wrong);
    }
}

/// What each part gets of a column.
struct Plan<'c> {
    column: &'c Column,
    how: How,
}

enum How {
    /// The same as before.
    Same,
    /// A share of it.
    Shares(Vec<Exact>),
    /// What is stated for each part.
    Stated(Vec<String>),
}

impl<'c> Plan<'c> {
    fn of(
        column: &'c Column,
        rules: &[Stated],
        shares: &[Exact],
        split: &SplitEntry,
        problems: &mut Problems,
    ) -> Option<Self> {
        let given: Vec<&At<String>> = rules
            .iter()
            .filter_map(|rule| rule.get(&column.name))
            .collect();
        let name = || Shown::new(&column.name);
        let plan = |how| Some(Self { column, how });
        let Some(first) = given.first() else {
            if !column.is_number || column.is_mark {
                return plan(How::Same);
            }
            if column.is_switch {
                let problem = ScenarioProblem::SwitchColumn { column: name() };
                problems.push(split.into.place.clone(), problem);
                return None;
            }
            return plan(How::Shares(shares.to_vec()));
        };
        if given.len() < rules.len() {
            problems.push(
                first.place.clone(),
                ScenarioProblem::SplitSome { column: name() },
            );
            return None;
        }
        if given.iter().all(|at| at.value == "same") {
            return plan(How::Same);
        }
        let texts: Vec<String> = given.iter().map(|at| at.value.clone()).collect();
        if !column.is_number {
            return plan(How::Stated(texts));
        }
        for at in &given {
            if parse_exact(&at.value).is_none() {
                let value = Shown::new(&at.value);
                problems.push(
                    at.place.clone(),
                    ScenarioProblem::ColumnRule {
                        column: name(),
                        value,
                    },
                );
                return None;
            }
        }
        let is_share = |text: &String| text.contains(['%', '/']);
        if texts.iter().all(is_share) {
            let shares: Vec<Exact> = texts.iter().filter_map(|text| parse_exact(text)).collect();
            check_sum(&shares, &column.name, first, problems);
            return plan(How::Shares(shares));
        }
        if let Some(at) = given.iter().find(|at| is_share(&at.value)) {
            let value = Shown::new(&at.value);
            problems.push(
                at.place.clone(),
                ScenarioProblem::ColumnRule {
                    column: name(),
                    value,
                },
            );
            return None;
        }
        plan(How::Stated(texts))
    }

    /// The cells of the parts. A share keeps the digits after the point that the old cell had, and the sum.
    fn cells(
        &self,
        table: &RawTable,
        row: &[String],
        cell: &str,
        parts: usize,
    ) -> Option<Vec<String>> {
        let old = table.cell(row, cell);
        match &self.how {
            How::Stated(texts) if self.column.is_number => {
                Some(texts.iter().map(|text| table.decimal(text)).collect())
            }
            How::Stated(texts) => Some(texts.clone()),
            How::Shares(shares) => {
                let Some(value) = table.number(row, cell) else {
                    return Some(vec![old.to_owned(); parts]);
                };
                let digits = exact_text(&value);
                let decimals = digits
                    .split_once('.')
                    .map_or(0, |(_, decimals)| decimals.len());
                let unit = Exact::new(1, 10_i128.checked_pow(u32::try_from(decimals).ok()?)?);
                let exact: Option<Vec<Exact>> = shares
                    .iter()
                    .map(|share| value.checked_mul(share))
                    .collect();
                let parts = number::multiples(&exact?, &unit)?;
                let texts = parts
                    .iter()
                    .map(|part| Some(table.decimal(&number::decimal(part)?)));
                texts.collect()
            }
            How::Same => Some(vec![old.to_owned(); parts]),
        }
    }
}

fn rows(zone: &str, split: &SplitEntry, plans: &[Plan<'_>], state: &mut State<'_>) -> Option<()> {
    let parts = &split.into.value;
    let table = state.table_mut("zones.csv");
    let place = table
        .rows
        .iter()
        .position(|row| table.cell(row, "zone") == zone)?;
    let old = table.rows.get(place)?.clone();
    let mut new = vec![old.clone(); parts.len()];
    for (part, row) in parts.iter().zip(&mut new) {
        table.set(row, "zone", &part.id.value.0);
        table.set(row, "name", &part.name.0);
    }
    for plan in plans {
        if !table.header().contains(&plan.column.name) {
            continue;
        }
        let cells = plan.cells(table, &old, &plan.column.name, parts.len())?;
        for (row, cell) in new.iter_mut().zip(cells) {
            table.set(row, &plan.column.name, &cell);
        }
    }
    table.rows.splice(place..=place, new);
    Some(())
}

fn dated(zone: &str, split: &SplitEntry, plans: &[Plan<'_>], state: &mut State<'_>) -> Option<()> {
    let parts = &split.into.value;
    let table = state.table("indicators.csv");
    if !table.rows.iter().any(|row| table.cell(row, "zone") == zone) {
        return Some(());
    }
    let table = state.table_mut("indicators.csv");
    let mut rows = Vec::new();
    for row in std::mem::take(&mut table.rows) {
        if table.cell(&row, "zone") != zone {
            rows.push(row);
            continue;
        }
        let name = table.cell(&row, "indicator");
        let plan = plans.iter().find(|plan| plan.column.name == name)?;
        let cells = plan.cells(table, &row, "value", parts.len())?;
        for (part, cell) in parts.iter().zip(cells) {
            let mut new = row.clone();
            table.set(&mut new, "zone", &part.id.value.0);
            table.set(&mut new, "value", &cell);
            rows.push(new);
        }
    }
    table.rows = rows;
    Some(())
}
