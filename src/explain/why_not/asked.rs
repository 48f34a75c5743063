//! A place that is asked about: what it has and needs, and the goals with more forced into it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Forced, Planned};
use crate::explain::{Cell, changes};
use crate::lp::{ColumnKey, Family, Origin, Place, Row};
use crate::model::rule::ForEach;
use crate::model::{
    ActionIdx, ActionKind, Bound, Demand, Law, Measure, Model, Quantity, Relation, Rule, Selection,
    Strength, ZoneIdx,
};
use crate::proposal::{Room, open_by_rounding, step};
use crate::solve::SolveError;
use crate::units::{Euro, Year};

/// An action in a zone and year.
pub(super) type Need = (ActionIdx, ZoneIdx, Year);

/// A place and what the plan has there.
pub(super) struct Asked<'a> {
    pub(super) planned: Planned<'a>,
    pub(super) cell: Cell,
    pub(super) room: Room<'a>,
    /// Pay columns asked about.
    columns: Vec<usize>,
    /// All pay columns by action, zone and year.
    of_need: BTreeMap<Need, Vec<usize>>,
    pub(super) paid: Euro,
}

impl<'a> Asked<'a> {
    pub(super) fn new(planned: Planned<'a>, cell: Cell) -> Self {
        let (model, program) = (planned.settled(), planned.program());
        let mut of_need: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut columns = Vec::new();
        for (column, entry) in program.columns.iter().enumerate() {
            if let ColumnKey::Pay { fund, demand } = entry.key {
                let demand = &model.demands[demand];
                let need = (demand.action, demand.zone, demand.year);
                of_need.entry(need).or_default().push(column);
                if is_asked(&cell, demand) && cell.fund.is_none_or(|only| only == fund) {
                    columns.push(column);
                }
            }
        }
        let paid = columns.iter().map(|&column| planned.value(column)).sum();
        Self {
            planned,
            cell,
            room: Room::new(model, program, planned.values),
            columns,
            of_need,
            paid: Euro::from_cents(paid),
        }
    }

    pub(super) fn demands(&self) -> impl Iterator<Item = &'a Demand> + '_ {
        let demands = self.planned.settled().demands.iter();
        demands.filter(|demand| is_asked(&self.cell, demand))
    }

    pub(super) fn need(&self) -> Option<Euro> {
        self.demands()
            .try_fold(Euro::ZERO, |sum, demand| sum.checked_add(demand.euro?))
    }

    /// A euro, or the smallest that can be paid where one action is asked about that comes whole.
    pub(super) fn step(&self) -> Euro {
        let euro = Euro::from_cents(100);
        let mut actions = BTreeSet::new();
        actions.extend(self.demands().map(|demand| demand.action));
        let one = self.demands().next().filter(|_| actions.len() == 1);
        let Some(demand) = one else { return euro };
        let need = (demand.action, demand.zone, demand.year);
        let own = self.columns_of(need);
        let kind = self.planned.settled().action(demand.action).kind;
        let least = if kind == ActionKind::Project {
            // All or nothing: what is missing of it.
            self.missing(need)
        } else {
            step(&self.room, need, own)
        };
        Euro::from_cents(least.max(100))
    }

    /// What is not covered of a need, in cents; nothing has no limit.
    pub(super) fn missing(&self, need: Need) -> i64 {
        let own = self.columns_of(need);
        let covered: i64 = own.iter().map(|&column| self.planned.value(column)).sum();
        self.asked_of(need).saturating_sub(covered)
    }

    /// What a need costs, in cents.
    fn asked_of(&self, need: Need) -> i64 {
        let demands = self.planned.settled().demands.iter();
        let own = demands.filter(|d| (d.action, d.zone, d.year) == need);
        let asked = own.map(|demand| demand.euro.map_or(i64::MAX, Euro::cents));
        asked.fold(0_i64, i64::saturating_add)
    }

    /// Whether a need is paid but for what whole cents leave over.
    pub(super) fn is_open_by_rounding(&self, need: Need) -> bool {
        let picked = &self.planned.ground.base().plan().picked.values;
        open_by_rounding(self.asked_of(need), self.columns_of(need), picked)
    }

    /// Whether a need asked about comes whole.
    fn is_whole(&self) -> bool {
        let model = self.planned.settled();
        self.demands().any(|demand| {
            let action = model.action(demand.action);
            action.kind != ActionKind::Divisible || action.min_active.is_some()
        })
    }

    /// The pay columns of a need.
    pub(super) fn columns_of(&self, need: Need) -> &[usize] {
        self.of_need.get(&need).map_or(&[][..], Vec::as_slice)
    }

    /// Solves the goals with `step` more in the place than there is; says whether whole numbers were chosen anew for it.
    pub(super) fn force(&self, step: Euro) -> (Forced, bool) {
        if self.columns.is_empty() {
            return (Forced::Nothing, false);
        }
        let ground = self.planned.ground;
        let least = self.paid.cents().saturating_add(step.cents());
        let anew = self.is_whole();
        let after = if anew {
            ground.anew(&self.with_rule(least))
        } else {
            ground.near_on(|program| {
                program.add_row(self.row(least));
            })
        };
        let forced = match after {
            Ok(after) => {
                let mut costs = changes(ground.now(), &after);
                for cost in &mut costs {
                    cost.change /= step.to_exact();
                }
                Forced::Costs(costs)
            }
            Err(SolveError::Infeasible) => Forced::Impossible,
            Err(_) => Forced::Unknown,
        };
        (forced, anew)
    }

    pub(super) fn row(&self, least: i64) -> Row {
        Row {
            name: "asked".to_owned(),
            family: Family::Rule,
            origin: Origin::Whole,
            place: Place::default(),
            lower: Some(least),
            upper: None,
            play: 0,
            cells: self.columns.iter().map(|&column| (column, 1)).collect(),
        }
    }

    /// The model with a rule that asks for it.
    fn with_rule(&self, least: i64) -> Model {
        let mut model = self.planned.ground.model().clone();
        let pairs: BTreeSet<(ZoneIdx, Year)> = self
            .demands()
            .map(|demand| (demand.zone, demand.year))
            .collect();
        let actions: BTreeSet<ActionIdx> = self.demands().map(|demand| demand.action).collect();
        let zones: BTreeSet<ZoneIdx> = pairs.iter().map(|pair| pair.0).collect();
        let years: BTreeSet<Year> = pairs.iter().map(|pair| pair.1).collect();
        let funds = model.fund_indices();
        let funds = funds.filter(|&fund| self.cell.fund.is_none_or(|only| only == fund));
        model.rules.push(Rule {
            id: "asked".to_owned(),
            title: String::new(),
            law: Law::default(),
            strength: Strength::Law,
            for_each: ForEach::default(),
            scope: pairs.into_iter().collect(),
            years: years.into_iter().collect(),
            measure: Measure {
                quantity: Quantity::Euro,
                selection: Selection {
                    funds: funds.collect(),
                    actions: actions.into_iter().collect(),
                    zones: zones.into_iter().collect(),
                },
            },
            relation: Relation::AtLeast,
            bound: Bound::Constant(Euro::from_cents(least).to_exact()),
            waived: None,
        });
        model
    }
}

fn is_asked(cell: &Cell, demand: &Demand) -> bool {
    cell.action.is_none_or(|action| action == demand.action)
        && cell.zone.is_none_or(|zone| zone == demand.zone)
        && cell.year.is_none_or(|year| year == demand.year)
}
