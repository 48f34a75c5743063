//! Rows: each asks what the model asks, no more and no less.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Bound, GoalKind};
use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::codes::Place;
use crate::verify::report::{Said, Tally, said};

use super::Meaning;
use super::counted::Counted;
use super::form::{Cells, bounds_are, unexplained, wrong};
use super::rules::Rules;
use super::{shared, small, whole as things};
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::goals::{Unit, aligned, units};

/// Checks every row of the sheet against the model.
pub(crate) fn check(meaning: &Meaning<'_>, rules: &mut Rules<'_>) -> Tally {
    let mut tally = Tally::new(
        "model_rows",
        said!(
            "ogni riga del foglio chiede ciò che il modello chiede",
            "every row of the sheet asks what the model asks"
        ),
    );
    let levels = Levels::new(meaning);
    let counted = Counted::new(meaning);
    let mut used = BTreeSet::new();
    for row in &meaning.sheet.rows {
        tally.looked_at(1);
        if let Err(said) = check_row(meaning, row, rules, (&levels, &counted)) {
            tally.fail(&row.name, "", said);
        }
        for &(column, coefficient) in &row.cells {
            let Ok(position) = usize::try_from(column) else {
                continue;
            };
            let kind = meaning.column(position).map(|entry| entry.kind);
            if kind == Some(ColumnKind::Shortfall) && !used.insert(position) {
                tally.fail(&row.name, "", wrong(meaning, position, coefficient));
            }
        }
    }
    tally
}

fn check_row(
    meaning: &Meaning<'_>,
    row: &SheetRow,
    rules: &mut Rules<'_>,
    (levels, counted): (&Levels, &Counted),
) -> Result<(), Said> {
    let place = meaning.codes.place(&row.scope).ok_or_else(unexplained)?;
    let model = meaning.model;
    match row.family.as_str() {
        "fund" => shared::fund(meaning, row, &place),
        "carry" => shared::carry(meaning, row, &place, rules.instance(&row.rule, &place)),
        "draw" => shared::draw(meaning, row, &place),
        "need" => small::need(meaning, row, &place),
        "max_share" => small::largest_share(meaning, row, &place),
        "persistent" => small::persistent(meaning, row, &place),
        "rule" => rules.rule(row, &place),
        "units" => things::units(meaning, row, &place),
        "project" => things::project(meaning, row, &place),
        "active" => rules.actives.check(meaning, row),
        "band" => rules.band(row, &place),
        "match" => {
            let rule = model.matches.iter().find(|rule| rule.id == row.rule);
            small::matched(meaning, row, &place, rule.ok_or_else(unexplained)?)
        }
        "flat_rate" => {
            let mut flats = model
                .flat_rates
                .iter()
                .filter(|flat| Some(flat.action) == place.action);
            let mut last = Err(unexplained());
            while last.is_err()
                && let Some(flat) = flats.next()
            {
                last = small::flat_rate(meaning, row, &place, flat);
            }
            last
        }
        "claim" => small::claim(meaning, row, &place),
        "level" => levels.check(meaning, row, &place),
        "goal" => counted.check(meaning, row, &place),
        _ => Err(unexplained()),
    }
}

/// What the level columns stand for: the goal of the model, its units and their reference.
struct Levels {
    by_column: BTreeMap<usize, (usize, BTreeMap<Unit, i128>, i64)>,
}

impl Levels {
    fn new(meaning: &Meaning<'_>) -> Self {
        let mut by_column = BTreeMap::new();
        let goals = aligned(meaning.model, meaning.sheet).unwrap_or_default();
        for (sheet_goal, goal) in meaning.sheet.goals.iter().zip(goals) {
            let Some(model_goal) = meaning.model.goals.get(goal) else {
                continue;
            };
            if let GoalKind::Leximin { per_year, .. } = model_goal.kind
                && let Some(&(column, _)) = sheet_goal.cost.first()
                && let Ok(column) = usize::try_from(column)
            {
                let units = units(meaning.model, model_goal, per_year);
                by_column.insert(column, (goal, units, sheet_goal.scale));
            }
        }
        Self { by_column }
    }

    /// `reference x covered - need x level >= 0`.
    fn check(&self, meaning: &Meaning<'_>, row: &SheetRow, place: &Place) -> Result<(), Said> {
        let cells = Cells::of(meaning, row);
        let (column, coefficient) = cells.only(ColumnKind::Level).ok_or_else(unexplained)?;
        let (goal, units, reference) = self.by_column.get(&column).ok_or_else(unexplained)?;
        let goal = meaning.model.goals.get(*goal).ok_or_else(unexplained)?;
        let (None, None, Some(zone)) = (place.fund, place.action, place.zone) else {
            return Err(unexplained());
        };
        let need = units.get(&(zone, place.year)).ok_or_else(unexplained)?;
        let mut weights: BTreeMap<usize, Q> = BTreeMap::new();
        let years = meaning.model.years.iter().copied();
        for year in years.filter(|&year| place.year.is_none_or(|only| only == year)) {
            for pay in meaning.pays_in((zone, year)) {
                let demand = meaning.model.demands.get(pay.demand);
                if demand.is_some_and(|d| d.euro.is_some()) && goal.actions.contains(&pay.cell.1) {
                    weights.insert(pay.column, whole(1));
                }
            }
        }
        let multiple = cells.multiple_of(&weights, meaning)?;
        let asked = -whole(*need) / whole(i128::from(*reference)) * multiple;
        let free = weights.is_empty() && coefficient < 0;
        if whole(i128::from(coefficient)) != asked && !free {
            return Err(wrong(meaning, column, coefficient));
        }
        bounds_are(row, Some(exact::zero()), None, exact::zero())
    }
}

/// Whether a rule is a band.
pub(crate) fn is_band(bound: &Bound) -> bool {
    matches!(bound, Bound::Band { .. })
}
