//! Why an amount is what it is: the formula, the rules at their limit, what each goal settles, the pick, the rounding.

use std::collections::{BTreeMap, BTreeSet};

use super::Cell;
use super::why_not::Planned;
use crate::lp::{ColumnKey, Instance, InstanceBound, Objective, Origin, activity};
use crate::model::{ActionIdx, Assigned, FundIdx, Law, Model, Quantity, Relation, ZoneIdx};
use crate::proposal::{Proposal, UnmetReason, conflict_line, moved_by_rounding};
use crate::units::{Euro, Exact, Year};

/// What acts in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TraceKind {
    /// An indicator of the formula: the value of the zone, of the sum over zones, with its weight.
    Indicator,
    /// What the formula gives the zone, of the money that is divided.
    Formula,
    /// What the zone has of its own, of the money of the year.
    Assigned,
    /// A floor that is at its limit here.
    Floor,
    /// A cap that is at its limit here.
    Cap,
    /// A goal: how many of the amounts asked about it settles, of how many.
    Goal,
    /// The pick: what the plan gives beside the formula, and by how much it differs.
    Pick,
    /// What rounding to whole cents moved.
    Rounding,
}

impl TraceKind {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Indicator => "indicator",
            Self::Formula => "formula",
            Self::Assigned => "assigned",
            Self::Floor => "floor",
            Self::Cap => "cap",
            Self::Goal => "goal",
            Self::Pick => "pick",
            Self::Rounding => "rounding",
        }
    }
}

/// One step on the way to an amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceStep {
    /// What acts.
    pub kind: TraceKind,
    /// Code of what acts: an indicator, a rule, a goal with its level, a fund.
    pub code: String,
    /// Title for people, of rules.
    pub title: String,
    /// The law, cited, where one says so.
    pub law: String,
    /// Which fund, zone and year it is about.
    pub place: Cell,
    /// The figure of the step, in `unit`.
    pub value: Exact,
    /// What it is a part of or is compared with.
    pub of: Option<Exact>,
    /// Weight of an indicator.
    pub weight: Option<Exact>,
    /// `euro`, `units`, `zones`, `projects`, `amounts` (a number of them), or empty for indicators.
    pub unit: &'static str,
}

/// Why a cell has the amount it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The cell asked about.
    pub cell: Cell,
    /// What it has.
    pub amount: Euro,
    /// The steps, in order.
    pub steps: Vec<TraceStep>,
}

/// A zone that is served worse than others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorstZone {
    /// The zone.
    pub zone: ZoneIdx,
    /// Its need over the plan.
    pub need: Euro,
    /// What is covered.
    pub covered: Euro,
    /// Unmet need by reason, the largest first.
    pub reasons: Vec<(UnmetReason, Euro)>,
    /// The action with the largest unmet need, and how much.
    pub action: Option<(ActionIdx, Euro)>,
}

/// The zones with the smallest coverage over the plan, the worst first (of equals, by code), with what is not met and why.
#[must_use]
pub fn worst_zones(proposal: &Proposal, most: usize) -> Vec<WorstZone> {
    let mut zones: BTreeMap<ZoneIdx, (i64, i64)> = BTreeMap::new();
    for line in &proposal.zones {
        let entry = zones.entry(line.zone).or_default();
        entry.0 = entry.0.saturating_add(line.need.cents());
        entry.1 = entry.1.saturating_add(line.covered.cents());
    }
    let mut found: Vec<(Exact, ZoneIdx, i64, i64)> = zones
        .into_iter()
        .filter(|(_, (need, _))| *need > 0)
        .map(|(zone, (need, covered))| {
            let coverage = Exact::new(i128::from(covered), i128::from(need));
            (coverage, zone, need, covered)
        })
        .collect();
    found.sort();
    found
        .into_iter()
        .take(most)
        .map(|(_, zone, need, covered)| {
            let own = || proposal.unmet.iter().filter(|line| line.zone == zone);
            let reasons = largest(own().map(|line| (line.reason, line.euro)));
            let actions = largest(own().map(|line| (line.action, line.euro)));
            WorstZone {
                zone,
                need: Euro::from_cents(need),
                covered: Euro::from_cents(covered),
                reasons,
                action: actions.into_iter().next(),
            }
        })
        .collect()
}

/// Sums by key, the largest first, of equals by key.
fn largest<K: Ord + Copy>(amounts: impl Iterator<Item = (K, Euro)>) -> Vec<(K, Euro)> {
    let mut sums: BTreeMap<K, Euro> = BTreeMap::new();
    for (key, euro) in amounts {
        let sum = sums.entry(key).or_default();
        *sum = sum.checked_add(euro).unwrap_or(*sum);
    }
    let mut sums: Vec<(K, Euro)> = sums.into_iter().collect();
    sums.sort_by_key(|(key, euro)| (std::cmp::Reverse(*euro), *key));
    sums
}

/// Why a place, or all places it stands for together, have what they have.
#[must_use]
pub fn trace(planned: Planned<'_>, cell: Cell) -> Trace {
    let (model, program) = (planned.settled(), planned.program());
    let asked = |column: &usize| {
        let entry = &program.columns[*column];
        let place = entry.place;
        let is = |ours: Option<usize>, other: Option<usize>| ours.is_none() || ours == other;
        matches!(entry.key, ColumnKey::Pay { .. })
            && is(
                cell.fund.map(FundIdx::index),
                place.fund.map(FundIdx::index),
            )
            && is(
                cell.action.map(ActionIdx::index),
                place.action.map(ActionIdx::index),
            )
            && is(
                cell.zone.map(ZoneIdx::index),
                place.zone.map(ZoneIdx::index),
            )
            && cell.year.is_none_or(|year| place.year == Some(year))
    };
    let columns: Vec<usize> = (0..program.columns.len()).filter(asked).collect();
    let paid = columns.iter().map(|&column| planned.value(column)).sum();
    let mut steps = Vec::new();
    let groups: BTreeSet<(FundIdx, ZoneIdx, Year)> = columns
        .iter()
        .filter_map(|&column| {
            let place = program.columns[column].place;
            Some((place.fund?, place.zone?, place.year?))
        })
        .collect();
    if cell.zone.is_some() {
        for &group in &groups {
            formula(model, group, &mut steps);
        }
    }
    rules(planned, &columns, &mut steps);
    goals(planned, &columns, &mut steps);
    if cell.zone.is_some() {
        pick(planned, &groups, &mut steps);
    }
    let picked = &planned.ground.base().plan().picked.values;
    steps.push(TraceStep {
        value: moved_by_rounding(picked, planned.values, &columns),
        ..TraceStep::of(TraceKind::Rounding, cell)
    });
    Trace {
        cell,
        amount: Euro::from_cents(paid),
        steps,
    }
}

impl TraceStep {
    fn of(kind: TraceKind, place: Cell) -> Self {
        Self {
            kind,
            code: String::new(),
            title: String::new(),
            law: String::new(),
            place,
            value: Exact::from_integer(0),
            of: None,
            weight: None,
            unit: "euro",
        }
    }
}

fn cell_of((fund, zone, year): (FundIdx, ZoneIdx, Year)) -> Cell {
    Cell {
        fund: Some(fund),
        action: None,
        zone: Some(zone),
        year: Some(year),
    }
}

/// The indicators and what the formula gives, or what the zone has of its own.
fn formula(model: &Model, group: (FundIdx, ZoneIdx, Year), steps: &mut Vec<TraceStep>) {
    let (fund, zone, year) = group;
    let mut law = String::new();
    let formulas = model.formula_years.iter();
    for formula in formulas.filter(|formula| (formula.fund, formula.year) == (fund, year)) {
        let Some(position) = formula.position(zone) else {
            continue;
        };
        law = formula.law.as_ref().map_or_else(String::new, Law::cite);
        for part in &formula.parts {
            let Some(value) = part.values.get(position) else {
                continue;
            };
            steps.push(TraceStep {
                code: part.indicator.clone(),
                law: law.clone(),
                value: *value,
                of: Some(part.values.iter().copied().sum()),
                weight: Some(part.weight),
                unit: "",
                ..TraceStep::of(TraceKind::Indicator, cell_of(group))
            });
        }
    }
    let Some(money) = model.money.get(&(fund, year)) else {
        return;
    };
    let own = |kind, euro: Euro| TraceStep {
        code: model.fund(fund).id.clone(),
        law: law.clone(),
        value: euro.to_exact(),
        of: Some(money.total.to_exact()),
        ..TraceStep::of(kind, cell_of(group))
    };
    match &money.assigned {
        Assigned::Zones(zones) => {
            let euro = zones.get(&zone).copied().unwrap_or_default();
            steps.push(own(TraceKind::Assigned, euro));
        }
        Assigned::Pool(_) => {
            let euro = model.formula.get(&group).copied();
            steps.extend(euro.map(|euro| own(TraceKind::Formula, euro)));
        }
    }
}

/// Rules at their limit that speak of the amounts asked about.
fn rules(planned: Planned<'_>, columns: &[usize], steps: &mut Vec<TraceStep>) {
    let program = planned.program();
    for instance in &program.instances {
        let Some(row) = instance.row else { continue };
        let entry = &program.rows[row];
        let measures = instance
            .measure
            .iter()
            .any(|cell| columns.binary_search(&cell.0).is_ok());
        // What falls short is at no limit.
        let short = instance
            .shortfall
            .is_some_and(|column| planned.value(column) > 0);
        if !measures || short {
            continue;
        }
        let value = activity(&entry.cells, planned.values);
        let tight = |bound: Option<i64>| {
            bound.is_some_and(|bound| {
                let apart = (value - i128::from(bound)).unsigned_abs();
                let cent = entry.cells.iter().map(|cell| cell.1.unsigned_abs()).max();
                apart < u128::from(cent.unwrap_or(1)).max(1)
            })
        };
        let kind = match instance.relation {
            Relation::AtLeast if tight(entry.lower) => TraceKind::Floor,
            Relation::Equal if tight(entry.lower) || tight(entry.upper) => TraceKind::Floor,
            Relation::AtMost | Relation::Below if tight(entry.upper) => TraceKind::Cap,
            _ => continue,
        };
        let line = conflict_line(planned.settled(), instance.origin);
        let place = instance.place;
        steps.push(TraceStep {
            code: line.id,
            title: line.title,
            law: line.law,
            value: bound_of(instance, planned.values),
            unit: instance.quantity.word(),
            ..TraceStep::of(
                kind,
                Cell {
                    fund: place.fund,
                    action: place.action,
                    zone: place.zone,
                    year: place.year,
                },
            )
        });
    }
}

/// What an instance asks, in its unit.
fn bound_of(instance: &Instance, values: &[i64]) -> Exact {
    match &instance.bound {
        InstanceBound::Constant(bound) => *bound,
        InstanceBound::Variable { cells, scale } => {
            let hundred = if instance.quantity == Quantity::Euro {
                100
            } else {
                1
            };
            Exact::new(activity(cells, values), i128::from(*scale).max(1) * hundred)
        }
    }
}

/// Which of the amounts each goal settles: those it fixes one by one, and those of rows it fixes.
fn goals(planned: Planned<'_>, columns: &[usize], steps: &mut Vec<TraceStep>) {
    let plan = planned.ground.base().plan();
    let all = i128::try_from(columns.len()).unwrap_or(0);
    let mut settled: BTreeSet<usize> = BTreeSet::new();
    for stage in &plan.stages {
        let before = settled.len();
        let fixed = stage.fixed_columns.iter().map(|fixed| fixed.0);
        settled.extend(fixed.filter(|column| columns.binary_search(column).is_ok()));
        let covers = |row: &usize| {
            let entry = &plan.program.rows[*row];
            let pays = || {
                let cells = entry.cells.iter().map(|cell| cell.0);
                cells.filter(|&column| {
                    matches!(plan.program.columns[column].key, ColumnKey::Pay { .. })
                })
            };
            let ours = pays().filter(|column| columns.binary_search(column).is_ok());
            entry.family.is_of_goals() && ours.count() > 0 && pays().next().is_some()
        };
        let level = stage.fixed_rows.iter().map(|fixed| fixed.0).find(covers);
        let newly = settled.len().saturating_sub(before);
        let place = level.map(|row| {
            let place = plan.program.rows[row].place;
            Cell {
                fund: None,
                action: place.action,
                zone: place.zone,
                year: place.year,
            }
        });
        let step = |objective: &Objective, newly: usize, place: Option<Cell>| TraceStep {
            code: match objective.level {
                0 => objective.kind.to_owned(),
                level => format!("{}-{level}", objective.kind),
            },
            value: Exact::from_integer(i128::try_from(newly).unwrap_or(0)),
            of: Some(Exact::from_integer(all)),
            unit: "amounts",
            ..TraceStep::of(TraceKind::Goal, place.unwrap_or_default())
        };
        // What a goal with a tolerance leaves is used up by one after it: its row is held then.
        let of_row = level.map(|row| plan.program.rows[row].origin);
        let own = Origin::Goal(stage.objective.goal);
        match of_row.filter(|origin| *origin != own) {
            Some(origin) => {
                let mut stages = plan.stages.iter();
                let owner = stages.find(|of| Origin::Goal(of.objective.goal) == origin);
                steps.extend(owner.map(|owner| step(&owner.objective, 0, place)));
                if newly > 0 {
                    steps.push(step(&stage.objective, newly, None));
                }
            }
            None if newly > 0 || level.is_some() => {
                steps.push(step(&stage.objective, newly, place));
            }
            None => {}
        }
    }
}

/// What the plan gives of a fund beside what is due, over the years that share its money.
fn pick(
    planned: Planned<'_>,
    groups: &BTreeSet<(FundIdx, ZoneIdx, Year)>,
    steps: &mut Vec<TraceStep>,
) {
    let (model, program) = (planned.settled(), planned.program());
    for square in crate::solve::squares(model, program) {
        let years: Vec<Year> = square.years.iter().map(|of| of.0).collect();
        let asked = |year: &Year| groups.contains(&(square.fund, square.zone, *year));
        if !years.iter().any(asked) {
            continue;
        }
        let own = program.columns.iter().enumerate().filter(|(_, column)| {
            let place = column.place;
            matches!(column.key, ColumnKey::Pay { .. })
                && (place.fund, place.zone) == (Some(square.fund), Some(square.zone))
                && place.year.is_some_and(|year| years.contains(&year))
        });
        let paid: i64 = own.map(|(column, _)| planned.value(column)).sum();
        let place = Cell {
            fund: Some(square.fund),
            action: None,
            zone: Some(square.zone),
            year: match years[..] {
                [year] => Some(year),
                _ => None,
            },
        };
        steps.push(TraceStep {
            code: model.pick.word().to_owned(),
            value: Euro::from_cents(paid).to_exact(),
            of: Some(Euro::from_cents(square.target.max(0)).to_exact()),
            ..TraceStep::of(TraceKind::Pick, place)
        });
    }
}
