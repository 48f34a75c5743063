//! Amounts of funds and cost items of projects: money in cells, scaled as a group to the cent.

use super::Scenario;
use super::number;
use super::operator::Operator;
use super::select::Choice;
use super::state::State;
use crate::input::{At, ChangeEntry, NewAmountEntry, Problems, RawTable, Word};
use crate::problem::{ScenarioProblem, Shown};
use crate::units::{Euro, Exact};

/// New amounts for some cells of a column: a scale keeps the scaled total of them all, add and set speak of each.
pub(super) fn change(
    (file, column): (&'static str, &'static str),
    rows: &[usize],
    operator: &At<Operator>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    let table = state.table(file);
    let old: Vec<Euro> = rows
        .iter()
        .map(|row| table.rows.get(*row))
        .map(|row| {
            row.and_then(|row| table.euro(row, column))
                .unwrap_or(Euro::ZERO)
        })
        .collect();
    let mut exact = Vec::with_capacity(old.len());
    for euro in &old {
        let new = operator.value.quantity(&euro.to_exact(), column);
        exact.push(problems.keep(&operator.place, new)?);
    }
    let new = problems.keep(&operator.place, rounded(&operator.value, &exact, column))?;
    let mut changed = Vec::new();
    for ((row, old), new) in rows.iter().zip(old).zip(new) {
        state.touched.count(old != new);
        if old != new {
            let text = state.table(file).money(new);
            state.table_mut(file).put(*row, column, &text);
            changed.push(*row);
        }
    }
    Some(changed)
}

fn rounded(operator: &Operator, exact: &[Exact], what: &str) -> Result<Vec<Euro>, ScenarioProblem> {
    let found = match operator {
        Operator::Scale(_) => number::parts(exact),
        Operator::Add(_) | Operator::Set(_) => exact.iter().map(Euro::round_of).collect(),
    };
    let what = Shown::new(what);
    let found = found.filter(|all| {
        all.iter()
            .all(|euro| Euro::parse(&euro.to_string()).is_some())
    });
    found.ok_or(ScenarioProblem::TooLarge { what })
}

/// `target = "amount"`.
pub(super) fn amounts(
    (scenario, change): (&Scenario, &ChangeEntry),
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table("amounts.csv");
    let mut rows = Vec::new();
    for (position, row) in (0..).zip(&table.rows) {
        let year = table.year(row, "year").unwrap_or_default();
        let meant = choice.fund(table.cell(row, "fund")) && choice.year(year);
        if meant && choice.zone(table.cell(row, "zone"), year, problems)? {
            rows.push(position);
        }
    }
    let changed = self::change(("amounts.csv", "euro"), &rows, operator, state, problems)?;
    // A figure of a scenario is not the figure of the act it was read from.
    let confidence = change
        .confidence
        .as_ref()
        .map_or("estimate", |word| word.value.0.word());
    let source = match &change.source {
        Some(source) => source.0.clone(),
        None => format!("scenario {}", scenario.id()),
    };
    let table = state.table_mut("amounts.csv");
    for row in changed {
        table.put(row, "confidence", confidence);
        table.put(row, "source", &source);
        if let Some(act) = &change.act {
            table.put(row, "act", &act.0);
        }
    }
    Some(())
}

/// `target = "project"`.
pub(super) fn projects(
    change: &ChangeEntry,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let table = state.table("projects.csv");
    if let Some(projects) = &change.project {
        let known: Vec<&str> = table
            .rows
            .iter()
            .map(|row| table.cell(row, "project"))
            .collect();
        super::tables::known(
            projects,
            crate::problem::Thing::Project,
            &known,
            "projects.csv",
            problems,
        )?;
    }
    let named = |id: &str| {
        let projects = change.project.as_ref();
        projects.is_none_or(|projects| projects.0.iter().any(|name| name.value == id))
    };
    let zones = super::select::Names::zones(state);
    let touches = |row: &Vec<String>| {
        let parts = table.cell(row, "zones").split_whitespace();
        let mut names = parts.map(|part| part.split(':').next().unwrap_or_default());
        choice.zones.as_ref().is_none_or(|wanted| {
            names.any(|name| zones.expand(name).iter().any(|zone| wanted.contains(zone)))
        })
    };
    let is_meant = |row: &Vec<String>| {
        named(table.cell(row, "project"))
            && choice.action(table.cell(row, "action"))
            && touches(row)
    };
    let rows = (0..).zip(&table.rows).filter(|(_, row)| is_meant(row));
    let rows: Vec<usize> = rows.map(|(position, _)| position).collect();
    self::change(("projects.csv", "euro"), &rows, operator, state, problems)?;
    Some(())
}

/// `new_amount`.
pub(super) fn new_amount(
    entry: &At<NewAmountEntry>,
    choice: &Choice,
    state: &mut State<'_>,
) -> Option<()> {
    for fund in choice.funds.iter().flatten() {
        push(fund, &entry.value, state.table_mut("amounts.csv"));
        state.touched.count(true);
    }
    Some(())
}

/// Adds a row of `amounts.csv`.
pub(super) fn push(fund: &str, entry: &NewAmountEntry, table: &mut RawTable) {
    if entry.zone.is_some() {
        table.add_column("zone");
    }
    let (year, euro) = (entry.year.value.0.to_string(), table.money(entry.euro.0));
    table.push(&[
        ("fund", fund),
        ("year", &year),
        ("zone", entry.zone.as_ref().map_or("", |zone| &zone.value.0)),
        ("euro", &euro),
        ("act", &entry.act.0),
        ("confidence", entry.confidence.0.word()),
        ("source", &entry.source.0),
    ]);
}
