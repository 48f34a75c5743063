//! Indicators: columns of `zones.csv` and dated values of `indicators.csv`.

use std::collections::BTreeSet;

use super::entries::Asked;
use super::ground::{Ground, free_columns, ground, value};
use super::number;
use super::operator::Operator;
use super::select::Choice;
use super::state::State;
use crate::input::{At, Problems};
use crate::model::expression::Value;
use crate::problem::{
    Nearest, ReferenceProblem, ScenarioProblem, Shown, Thing, ValueProblem, Wanted, WordList,
};
use crate::units::{Exact, Year};

const DATED: &str = "indicators.csv";

/// `target = "indicator"`: without years, the column and every dated value; with years, the values of those years alone.
pub(super) fn change(
    asked: &Asked<'_>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let (operator, choice) = (asked.operator, asked.choice);
    let named = asked.change.value.indicator.as_ref()?;
    let name = named.value.0.as_str();
    let columns = free_columns(state.table("zones.csv"));
    let dated = state.table(DATED);
    let dated: BTreeSet<&str> = dated
        .rows
        .iter()
        .map(|row| dated.cell(row, "indicator"))
        .collect();
    let is_column = columns.iter().any(|(column, _)| column == name);
    if !is_column && !dated.contains(name) {
        let known = columns.iter().map(|(column, _)| column.as_str());
        let unknown = ReferenceProblem::Unknown {
            thing: Thing::Indicator,
            id: Shown::new(name),
            nearest: Nearest::of(name, known.chain(dated.iter().copied())),
            home: Shown::new("zones.csv, indicators.csv"),
        };
        problems.push(named.place.clone(), unknown);
        return None;
    }
    let is_text = columns
        .iter()
        .any(|(column, is_number)| column == name && !is_number);
    if is_text && !matches!(operator.value, Operator::Set(_)) {
        let (wanted, found) = (Wanted::Number, Wanted::Text);
        problems.push(
            named.place.clone(),
            ValueProblem::WantedElse { wanted, found },
        );
        return None;
    }
    if is_text && choice.years.is_some() {
        let wrong = ScenarioProblem::KeyNotFor {
            key: Shown::new("years"),
            what: Shown::new(name),
            known: WordList::of(["zone", "where"]),
        };
        problems.push(named.place.clone(), wrong);
        return None;
    }
    match &choice.years {
        Some(years) if !is_text => of_years(name, years, operator, choice, state, problems),
        _ => always(name, is_text, operator, choice, state, problems),
    }
}

fn new_text(
    old: Option<Exact>,
    operator: &At<Operator>,
    name: &str,
    problems: &mut Problems,
) -> Option<Option<String>> {
    let is_set = matches!(operator.value, Operator::Set(_));
    let Some(old) = old.or(is_set.then(Exact::default)) else {
        return Some(None);
    };
    let new = operator.value.number(&old, name);
    let new = problems.keep(&operator.place, new)?;
    Some(number::decimal(&new))
}

fn always(
    name: &str,
    is_text: bool,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let first = state.years().first().copied().unwrap_or_default();
    for (file, column) in [("zones.csv", name), (DATED, "value")] {
        if !state
            .table(file)
            .header()
            .iter()
            .any(|known| known == column)
        {
            continue;
        }
        for row in 0..state.table(file).rows.len() {
            let table = state.table(file);
            let cells = table.rows.get(row)?;
            if file == DATED && table.cell(cells, "indicator") != name {
                continue;
            }
            let year = table.year(cells, "year").unwrap_or(first);
            if !choice.zone(table.cell(cells, "zone"), year, problems)? {
                continue;
            }
            if let (true, Operator::Set(text)) = (is_text, &operator.value) {
                state.put(file, row, column, text);
                continue;
            }
            let old = table.number(cells, column);
            let Some(new) = new_text(old, operator, name, problems)? else {
                continue;
            };
            let text = table.decimal(&new);
            let is_same = old.is_some() && old == crate::units::parse_exact(&new);
            if is_same {
                state.touched.count(false);
            } else {
                state.put(file, row, column, &text);
            }
        }
    }
    Some(())
}

/// A dated value holds until the next one: the value of the year after is written down first, so that it stays.
fn of_years(
    name: &str,
    years: &BTreeSet<Year>,
    operator: &At<Operator>,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let before = ground(state);
    let zones: Vec<String> = before.0.keys().cloned().collect();
    for zone in &zones {
        for year in years {
            if !choice.zone(zone, *year, problems)? {
                continue;
            }
            let old = number_of(&before, name, zone, *year);
            let Some(new) = new_text(old, operator, name, problems)? else {
                continue;
            };
            let next = year.saturating_add(1);
            let kept = number_of(&before, name, zone, next).filter(|_| !years.contains(&next));
            let is_dated = before.1.get(&(zone.clone(), name.to_owned()));
            let is_dated = is_dated.is_some_and(|by_year| by_year.contains_key(&next));
            if let (Some(kept), false) = (kept, is_dated) {
                put(name, zone, next, &number::decimal(&kept)?, state);
            }
            put(name, zone, *year, &new, state);
            state.touched.count(old != crate::units::parse_exact(&new));
        }
    }
    Some(())
}

fn number_of(ground: &Ground, name: &str, zone: &str, year: Year) -> Option<Exact> {
    match value(ground, name, zone, year) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// Writes a dated value.
pub(super) fn put(name: &str, zone: &str, year: Year, plain: &str, state: &mut State<'_>) {
    let table = state.table_mut(DATED);
    let text = table.decimal(plain);
    let of_year = |row: &Vec<String>| {
        table.cell(row, "indicator") == name
            && table.cell(row, "zone") == zone
            && table.year(row, "year") == Some(year)
    };
    match table.rows.iter().position(of_year) {
        Some(row) => table.put(row, "value", &text),
        None => table.push(&[
            ("zone", zone),
            ("year", &year.to_string()),
            ("indicator", name),
            ("value", &text),
        ]),
    }
}
