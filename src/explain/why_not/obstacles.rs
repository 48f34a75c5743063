//! What stands in the way of a place, fund by fund.

use std::collections::{BTreeMap, BTreeSet};

use super::asked::{Asked, Need};
use super::{Forced, Obstacle, Reason, is_loss};
use crate::explain::Cell;
use crate::lp::{ColumnKey, Family, Origin};
use crate::model::{Eligibility, FundIdx, Model};
use crate::proposal::{conflict_line, lacks_elsewhere};
use crate::solve::conflicts;
use crate::units::Euro;

/// Most holders that are told of one obstacle.
const MOST_HOLDERS: usize = 5;

impl Asked<'_> {
    /// What stands in the way in each place asked about, those that are alike together.
    pub(super) fn obstacles(&self, forced: &Forced) -> Vec<Obstacle> {
        let loses = match forced {
            Forced::Costs(changes) => changes
                .iter()
                .find(|change| is_loss(change))
                .map(|change| change.key.goal),
            _ => None,
        };
        let free = matches!(forced, Forced::Costs(_)) && loses.is_none();
        let mut found: BTreeMap<(Reason, Option<FundIdx>, Option<String>), Obstacle> =
            BTreeMap::new();
        let mut take = |obstacle: Obstacle| {
            let key = (obstacle.reason, obstacle.fund, obstacle.rule.clone());
            match found.get_mut(&key) {
                Some(known) => {
                    known.cases = known.cases.saturating_add(1);
                    merge(&mut known.holders, obstacle.holders);
                }
                None => {
                    found.insert(key, obstacle);
                }
            }
        };
        let mut needs: BTreeSet<Need> = BTreeSet::new();
        needs.extend(self.demands().map(|d| (d.action, d.zone, d.year)));
        if needs.is_empty() {
            take(Obstacle::of(Reason::NoNeed, None));
        }
        for need in needs {
            if self.missing(need) <= 0 {
                let mut obstacle = Obstacle::of(Reason::Met, None);
                let own = self.columns_of(need);
                obstacle.holders = self.holders(own.iter().copied());
                take(obstacle);
                continue;
            }
            if self.is_open_by_rounding(need) {
                take(Obstacle::of(Reason::Rounding, None));
                continue;
            }
            for obstacle in self.of_funds(need, free, loses) {
                take(obstacle);
            }
        }
        let mut obstacles: Vec<Obstacle> = found.into_values().collect();
        for obstacle in &mut obstacles {
            obstacle
                .holders
                .sort_by_key(|(cell, euro)| (std::cmp::Reverse(*euro), *cell));
            obstacle.holders.truncate(MOST_HOLDERS);
        }
        // Funds that may not pay tell little where others may.
        let some_may = obstacles.iter().any(|o| o.reason > Reason::NoMoney);
        if self.cell.fund.is_none() && some_may {
            obstacles.retain(|o| o.reason == Reason::Met || o.reason > Reason::NoMoney);
        }
        obstacles.sort_by_key(|o| (std::cmp::Reverse(o.cases), o.reason, o.fund));
        obstacles
    }

    /// What stands in the way of each fund asked about.
    fn of_funds(&self, need: Need, free: bool, loses: Option<usize>) -> Vec<Obstacle> {
        let model = self.planned.settled();
        let program = self.planned.program();
        let own = self.columns_of(need);
        let funds = model.fund_indices();
        let mut found = Vec::new();
        for fund in funds.filter(|&fund| self.cell.fund.is_none_or(|only| only == fund)) {
            let columns: Vec<usize> = own
                .iter()
                .copied()
                .filter(|&column| program.columns[column].place.fund == Some(fund))
                .collect();
            if columns.is_empty() {
                found.push(self.without_columns(fund, need));
                continue;
            }
            found.extend(self.of_columns(fund, need, &columns, (free, loses)));
        }
        found
    }

    /// A fund that has no money to pay there, or may not.
    fn without_columns(&self, fund: FundIdx, need: Need) -> Obstacle {
        let model = self.planned.settled();
        let (_, zone, year) = need;
        let demands = || {
            let all = model.demands.iter();
            all.filter(move |d| (d.action, d.zone, d.year) == need)
        };
        let law = model.fund(fund).law.clone();
        let entries = model.eligibility.iter().filter(|entry| entry.fund == fund);
        let opened: Vec<&Eligibility> = entries.clone().collect();
        let of_entries: BTreeSet<&String> = opened
            .iter()
            .filter_map(|entry| entry.law.as_ref())
            .collect();
        let cited = of_entries.into_iter().next().cloned().or(law);
        let is_open = demands().any(|d| opened.iter().any(|entry| entry.opens(fund, d)));
        let may = demands().any(|demand| model.may_pay(fund, demand));
        let reason = if may {
            if self.room.is_expired(fund, zone, year) {
                Reason::Deadline
            } else {
                Reason::NoMoney
            }
        } else if is_open {
            Reason::Nature
        } else {
            Reason::NotEligible
        };
        let mut obstacle = Obstacle::of(reason, Some(fund));
        obstacle.law = match reason {
            Reason::NoMoney => None,
            _ => cited,
        };
        obstacle
    }

    /// A fund that may pay there and does not pay more.
    fn of_columns(
        &self,
        fund: FundIdx,
        need: Need,
        columns: &[usize],
        (free, loses): (bool, Option<usize>),
    ) -> Vec<Obstacle> {
        let (model, program) = (self.planned.settled(), self.planned.program());
        if free {
            let mut obstacle = Obstacle::of(Reason::Equal, Some(fund));
            let rows = columns
                .iter()
                .flat_map(|&column| self.room.blocking_rows(column));
            obstacle.holders = self.holders(rows.flat_map(|row| self.others(row, columns)));
            return vec![obstacle];
        }
        if self.room.is_indivisible(need, columns, self.missing(need)) {
            let mut obstacle = Obstacle::of(Reason::Indivisible, Some(fund));
            obstacle.lacks = self.lacks_elsewhere(columns);
            return vec![obstacle];
        }
        let mut found: Vec<Obstacle> = Vec::new();
        for &column in columns {
            for row in self.room.blocking_rows(column) {
                let entry = &program.rows[row];
                let mut obstacle = match entry.origin {
                    Origin::Fund(_) => {
                        let mut obstacle = Obstacle::of(Reason::Exhausted, Some(fund));
                        obstacle.holders = self.holders(self.others(row, columns));
                        obstacle
                    }
                    Origin::Need(_) if entry.family == Family::Need => continue,
                    origin => rule_obstacle(model, origin, fund),
                };
                obstacle.goal = loses;
                found.push(obstacle);
            }
        }
        found.dedup_by(|a, b| (a.reason, &a.rule) == (b.reason, &b.rule));
        if found.is_empty() {
            let mut obstacle = Obstacle::of(Reason::Outranked, Some(fund));
            obstacle.goal = loses;
            found.push(obstacle);
        }
        found
    }

    /// The part of a project that has too little money, where it is another one than that of the place.
    fn lacks_elsewhere(&self, columns: &[usize]) -> Option<(Cell, Euro)> {
        let (place, cents) = lacks_elsewhere(&self.room, columns)?;
        let cell = Cell {
            zone: place.zone,
            year: place.year,
            ..Cell::default()
        };
        Some((cell, Euro::from_cents(i64::try_from(cents).ok()?)))
    }

    /// The other payments of a row.
    fn others<'s>(&'s self, row: usize, columns: &'s [usize]) -> impl Iterator<Item = usize> + 's {
        let cells = self.planned.program().rows[row].cells.iter();
        cells
            .filter(|cell| cell.1 > 0)
            .map(|cell| cell.0)
            .filter(move |column| !columns.contains(column))
    }

    /// Places that have money, with what they have.
    fn holders(&self, columns: impl Iterator<Item = usize>) -> Vec<(Cell, Euro)> {
        let program = self.planned.program();
        let mut holders = Vec::new();
        let columns: BTreeSet<usize> = columns.collect();
        let paid = columns.into_iter().filter(|&column| {
            matches!(
                program.columns[column].key,
                ColumnKey::Pay { .. } | ColumnKey::Carry { .. }
            ) && self.planned.value(column) > 0
        });
        let held = paid.map(|column| {
            let place = program.columns[column].place;
            let cell = Cell {
                fund: place.fund,
                action: place.action,
                zone: place.zone,
                year: place.year,
            };
            (cell, Euro::from_cents(self.planned.value(column)))
        });
        merge(&mut holders, held.collect());
        holders
    }

    /// What no plan can have: the rules, funds and needs that the demand conflicts with.
    pub(super) fn add_hard(&self, step: Euro, obstacles: &mut Vec<Obstacle>) {
        let model = self.planned.settled();
        let mut program = self.planned.program().clone();
        // The levels of goals give way: they are no rule.
        program.rows.retain(|row| !row.family.is_of_goals());
        program.add_row(self.row(self.paid.cents().saturating_add(step.cents())));
        let found = conflicts(model, &program, &BTreeSet::new(), 1);
        for origin in found.iter().flat_map(|conflict| &conflict.origins) {
            let known = obstacles.iter().any(|obstacle| match origin {
                Origin::Fund(fund) => {
                    obstacle.reason == Reason::Exhausted && obstacle.fund == Some(*fund)
                }
                Origin::Need(_) | Origin::Goal(_) | Origin::Whole => true,
                _ => obstacle.rule.as_ref() == Some(&conflict_line(model, *origin).id),
            });
            if known {
                continue;
            }
            obstacles.push(match *origin {
                Origin::Fund(fund) => Obstacle::of(Reason::Exhausted, Some(fund)),
                origin => {
                    let mut obstacle = rule_obstacle(model, origin, FundIdx::new(0));
                    obstacle.fund = None;
                    obstacle
                }
            });
        }
    }
}

impl Obstacle {
    fn of(reason: Reason, fund: Option<FundIdx>) -> Self {
        Self {
            reason,
            fund,
            rule: None,
            title: None,
            law: None,
            goal: None,
            holders: Vec::new(),
            lacks: None,
            cases: 1,
        }
    }
}

fn rule_obstacle(model: &Model, origin: Origin, fund: FundIdx) -> Obstacle {
    let line = conflict_line(model, origin);
    let mut obstacle = Obstacle::of(Reason::Rule, Some(fund));
    obstacle.rule = Some(line.id);
    obstacle.title = Some(line.title);
    obstacle.law = (!line.law.is_empty()).then_some(line.law);
    obstacle
}

/// Adds amounts to the places that have them.
fn merge(holders: &mut Vec<(Cell, Euro)>, more: Vec<(Cell, Euro)>) {
    for (cell, euro) in more {
        match holders.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, sum)) => *sum = (*sum).max(euro),
            None => holders.push((cell, euro)),
        }
    }
}
