//! The cheapest change after which there is a plan: which bounds move, by how many euro.
//!
//! A euro of a bound costs as much as its strength says; a thing that is counted costs as much as a million euro. What the solver
//! proposes is rounded up to whole cents, and is called checked only where a plan in whole cents was then found in which every row
//! holds.

use std::collections::{BTreeMap, BTreeSet};

use super::Cell;
use super::repair_money::by_money;
use crate::lp::{BuildError, COUNT_SCALE, InstanceBound, LinearProgram, Origin};
use crate::model::{Model, Quantity, Strength};
use crate::proposal::{conflict_line, plan_with};
use crate::solve::{MovePrice, SearchLimit, cheapest_moves};
use crate::units::Exact;

/// Price of a euro of a law beside a euro of a plan rule.
const LAW: i64 = 1000;
/// Price of a euro of a plan rule.
const PLAN: i64 = 1_000_000;
/// Of rules of the same strength those written later move first: the first is dearer than the last by so much in `PLAN`.
const EARLIER: i64 = 10_000;
/// By how many steps more each bound is moved until a plan in cents is found.
pub(super) const MORE_STEPS: usize = 3;
/// What a repair moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RepairKind {
    /// Bounds of plan rules alone.
    Plan,
    /// Bounds of laws too: no repair does without.
    Law,
    /// Money alone: every rule stays as it is.
    Money,
}

impl RepairKind {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Law => "law",
            Self::Money => "money",
        }
    }
}

/// One bound that a repair moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairStep {
    /// Code of the rule, match, or `fund:ID`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// The law, cited.
    pub law: String,
    /// Its strength; none for funds.
    pub strength: Option<Strength>,
    /// Which instance.
    pub place: Cell,
    /// `euro`, `units`, `zones` or `projects`.
    pub unit: &'static str,
    /// Whether the bound rises: a cap, or money; floors fall.
    pub rises: bool,
    /// By how much, positive.
    pub by: Exact,
    /// The bound as it is, where it is a fixed number.
    pub from: Option<Exact>,
}

/// The cheapest change of its kind after which there is a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What it moves.
    pub kind: RepairKind,
    /// Each bound that is moved, in the order of the model.
    pub steps: Vec<RepairStep>,
    /// Whether a plan in whole cents was found in the repaired model.
    pub checked: bool,
}

/// Repairs, see [`Conflict::repairs`](super::Conflict::repairs); `money` says whether money may mend it at all.
pub(super) fn repairs(
    model: &Model,
    program: &LinearProgram,
    given: &BTreeSet<Origin>,
    money: bool,
    limit: &SearchLimit,
) -> Result<Vec<Repair>, BuildError> {
    let mut found = Vec::new();
    let by_rules = |kind| by_rules(model, program, kind, given, limit);
    found.extend(by_rules(RepairKind::Plan).or_else(|| by_rules(RepairKind::Law)));
    if money {
        found.extend(by_money(model, program, limit)?);
    }
    Ok(found)
}

/// Strength of what a row comes from; `None` for what cannot give way.
fn strength(model: &Model, origin: Origin) -> Option<Strength> {
    match origin {
        Origin::Rule(rule) => Some(model.rules[rule].strength),
        Origin::Match(entry) => Some(model.matches[entry].strength),
        Origin::FlatRate(_) | Origin::Claim(_) => Some(Strength::Law),
        Origin::Fund(_)
        | Origin::Need(_)
        | Origin::Eligibility(..)
        | Origin::Goal(_)
        | Origin::Whole => None,
    }
}

/// How a row counts: what is measured, and how many of the row's units are one cent, one unit or one thing of it.
struct Measure {
    quantity: Quantity,
    scale: i64,
    bound: Option<Exact>,
    /// Units of the row that cost a cent.
    per_cent: i64,
}

impl Measure {
    /// Bounds move by whole cents of what is measured, by what a cent pays of a unit, or by whole things.
    fn step(&self) -> i64 {
        match self.quantity {
            Quantity::Units => self.per_cent.max(1),
            _ => self.scale.max(1),
        }
    }
}

fn measures(program: &LinearProgram) -> BTreeMap<usize, Measure> {
    let mut measures = BTreeMap::new();
    for instance in &program.instances {
        let Some(row) = instance.row else { continue };
        let scale = match (&instance.bound, instance.quantity.is_count()) {
            (_, true) => COUNT_SCALE,
            (InstanceBound::Variable { scale, .. }, _) => *scale,
            (InstanceBound::Constant(_), _) => instance.measure_scale,
        };
        let bound = match &instance.bound {
            InstanceBound::Constant(bound) => Some(*bound),
            InstanceBound::Variable { .. } => None,
        };
        let cells = &program.rows[row].cells;
        let most = cells.iter().map(|cell| cell.1.saturating_abs()).max();
        let per_cent = if instance.quantity.is_count() {
            1
        } else {
            most.unwrap_or(1).max(1)
        };
        let measure = Measure {
            quantity: instance.quantity,
            scale,
            bound,
            per_cent,
        };
        measures.insert(row, measure);
    }
    measures
}

fn by_rules(
    model: &Model,
    program: &LinearProgram,
    kind: RepairKind,
    given: &BTreeSet<Origin>,
    limit: &SearchLimit,
) -> Option<Repair> {
    let measures = measures(program);
    let n_rules = model.rules.len().saturating_add(model.matches.len());
    let mut prices = BTreeMap::new();
    for (row, entry) in program.rows.iter().enumerate() {
        // Rows that only define what a rule measures do not move.
        let Some(measure) = measures
            .get(&row)
            .filter(|_| !given.contains(&entry.origin))
        else {
            continue;
        };
        let weight = match (strength(model, entry.origin), kind) {
            (Some(Strength::Plan), _) => 1,
            (Some(Strength::Law), RepairKind::Law) => LAW,
            _ => continue,
        };
        let position = match entry.origin {
            Origin::Rule(rule) => rule,
            Origin::Match(entry) => model.rules.len().saturating_add(entry),
            _ => 0,
        };
        let before = i64::try_from(n_rules.saturating_sub(position)).unwrap_or(0);
        let all = i64::try_from(n_rules).unwrap_or(1).max(1);
        let price = MovePrice {
            weight: weight * (PLAN + EARLIER * before / all),
            per: measure.per_cent,
            step: measure.step(),
        };
        prices.insert(row, price);
    }
    if prices.is_empty() {
        return None;
    }
    let moved = cheapest_moves(model, program, &prices, &BTreeMap::new(), limit).ok()?;
    let mut moves = Moves::new();
    for entry in &moved {
        let step = moves.entry((entry.row, entry.upper)).or_default();
        *step = step.saturating_add(entry.by);
    }
    let proposed = moves.clone();
    let mut checked = false;
    for _ in 0..=MORE_STEPS {
        checked = is_checked(model, program, &moves, limit);
        if checked {
            break;
        }
        // Whole cents may need a little more than the solver proposes.
        for (&(row, _), by) in &mut moves {
            let step = measures.get(&row).map_or(1, Measure::step);
            *by = by.saturating_add(step);
        }
    }
    if !checked {
        moves = proposed;
    }
    let steps = moves
        .iter()
        .map(|(&(row, rises), &by)| step(model, program, row, rises, by, measures.get(&row)))
        .collect();
    Some(Repair {
        kind,
        steps,
        checked,
    })
}

/// By how many units of the row a bound moves, by row and whether it is the upper one.
type Moves = BTreeMap<(usize, bool), i64>;

/// Whether the programme with moved bounds has a plan in whole cents.
fn is_checked(model: &Model, program: &LinearProgram, moves: &Moves, limit: &SearchLimit) -> bool {
    let mut repaired = program.clone();
    for (&(row, rises), by) in moves {
        let row = &mut repaired.rows[row];
        if rises {
            row.upper = row.upper.map(|upper| upper.saturating_add(*by));
        } else {
            row.lower = row.lower.map(|lower| lower.saturating_sub(*by));
        }
    }
    let all = repaired.rows.iter().map(|row| row.origin).collect();
    plan_with(model, &repaired, &all, limit).is_some()
}

fn step(
    model: &Model,
    program: &LinearProgram,
    row: usize,
    rises: bool,
    by: i64,
    measure: Option<&Measure>,
) -> RepairStep {
    let entry = &program.rows[row];
    let line = conflict_line(model, entry.origin);
    let (quantity, scale) = measure.map_or((Quantity::Euro, 1), |m| (m.quantity, m.scale.max(1)));
    let hundred = if quantity == Quantity::Euro { 100 } else { 1 };
    let scale = i128::from(scale) * hundred;
    RepairStep {
        id: line.id,
        title: line.title,
        law: line.law,
        strength: line.strength,
        place: Cell {
            fund: entry.place.fund,
            action: entry.place.action,
            zone: entry.place.zone,
            year: entry.place.year,
        },
        unit: quantity.word(),
        rises,
        by: Exact::new(i128::from(by), scale),
        from: measure.and_then(|measure| measure.bound),
    }
}
