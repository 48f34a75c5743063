//! Rows of rules and bands, each against its instance.

use std::collections::BTreeMap;

use num_traits::{ToPrimitive, Zero};

use crate::model::{Base, Bound, Quantity, Relation};
use crate::sheet::{ColumnKind, SheetRow};
use crate::verify::codes::Place;
use crate::verify::report::Said;

use super::Meaning;
use super::form::{Cells, bounds_are, unexplained, wrong};
use super::rows::is_band;
use super::whole::Actives;
use crate::verify::law::band::heads;
use crate::verify::law::exact::{self, Q, whole};
use crate::verify::law::instance::{Instance, instances};
use crate::verify::law::partition::{GiveWay, is_assigned_floor};
use crate::verify::law::rules::is_of;

type Key = (String, Place);

/// The instances of all rules, with what their rows may need.
pub(crate) struct Rules<'a> {
    meaning: &'a Meaning<'a>,
    instances: BTreeMap<Key, Instance<'a>>,
    give_way: GiveWay,
    /// Position of a floor among those that may give way.
    floor_of: BTreeMap<Key, usize>,
    /// Rule and place of the floor that each carried floor leaves.
    deferred: BTreeMap<usize, Key>,
    /// Heads of all zones of a band, by rule and place without zone.
    heads: BTreeMap<Key, Q>,
    /// Rule, place and scale of each total.
    totals: BTreeMap<usize, (Key, Q)>,
    /// What each `active` column stands for.
    pub(crate) actives: Actives,
}

impl<'a> Rules<'a> {
    pub(crate) fn new(meaning: &'a Meaning<'a>) -> Self {
        let mut all = BTreeMap::new();
        for rule in &meaning.model.rules {
            for instance in instances(rule) {
                all.insert((rule.id.clone(), instance.place), instance);
            }
        }
        let floors: Vec<(&Key, &Instance<'_>)> =
            all.iter().filter(|(_, i)| is_assigned_floor(i)).collect();
        let give_way = GiveWay::new(
            meaning.model,
            &floors.iter().map(|floor| floor.1).collect::<Vec<_>>(),
        );
        let floor_of = floors
            .iter()
            .enumerate()
            .map(|(position, (key, _))| ((*key).clone(), position))
            .collect();
        let mut deferred = BTreeMap::new();
        for row in meaning
            .sheet
            .rows
            .iter()
            .filter(|row| row.family == "carry")
        {
            let place = meaning.codes.place(&row.scope);
            for (column, kind, _) in Cells::of(meaning, row).others {
                if let (ColumnKind::CarriedFloor, Some(place)) = (kind, place) {
                    deferred.insert(column, (row.rule.clone(), place));
                }
            }
        }
        let mut all_heads: BTreeMap<Key, Q> = BTreeMap::new();
        for ((rule, place), instance) in &all {
            let own_heads = heads(instance);
            if own_heads > exact::zero() {
                let group = Place {
                    zone: None,
                    ..*place
                };
                *all_heads
                    .entry((rule.clone(), group))
                    .or_insert_with(exact::zero) += own_heads;
            }
        }
        let mut rules = Self {
            meaning,
            heads: all_heads,
            instances: all,
            give_way,
            floor_of,
            deferred,
            totals: BTreeMap::new(),
            actives: Actives::new(meaning),
        };
        rules.totals = rules.find_totals();
        rules
    }

    /// The instance of a rule at a place.
    pub(crate) fn instance(&self, rule: &str, place: &Place) -> Option<&Instance<'a>> {
        self.instances.get(&(rule.to_owned(), *place))
    }

    /// What the measure weighs each payment.
    fn measure(&self, instance: &Instance<'_>) -> Result<BTreeMap<usize, Q>, Said> {
        let mut weights = BTreeMap::new();
        for &pair in instance.pairs.iter() {
            for pay in self.meaning.pays_in(pair) {
                let (fund, action, _, year) = pay.cell;
                if !instance.measures(fund, action) {
                    continue;
                }
                let weight = match instance.rule.measure.quantity {
                    Quantity::Euro => whole(1),
                    _ => {
                        let position = self.meaning.model.years.iter().position(|&y| y == year);
                        let cost = position.and_then(|position| {
                            let action = self.meaning.model.actions.get(action.index())?;
                            action.unit_cost.get(position)
                        });
                        let cost = cost.map_or(0, |euro| euro.cents());
                        if cost == 0 {
                            return Err(unexplained());
                        }
                        whole(1) / whole(i128::from(cost))
                    }
                };
                weights.insert(pay.column, weight);
            }
        }
        Ok(weights)
    }

    /// The largest value of a bound that the plan decides, in the units of its row.
    pub(crate) fn largest_asked(&self, row: &SheetRow, place: &Place) -> Option<i128> {
        let instance = self.instance(&row.rule, place)?;
        let back = instance.looks_back()?;
        let mut weights = self.measure(instance).ok()?;
        let mut most = exact::zero();
        for &(zone, year) in instance.base_pairs.iter() {
            for pay in self.meaning.pays_in((zone, year.saturating_sub(back))) {
                let share = instance.asked_of(pay.cell);
                if let Some(column) = self.meaning.column(pay.column) {
                    most += &share * whole(i128::from(column.upper));
                }
                *weights.entry(pay.column).or_insert_with(exact::zero) -= share;
            }
        }
        let scale = Cells::of(self.meaning, row).multiple_of(&weights, self.meaning);
        (most * scale.ok()?).to_integer().to_i128()
    }

    /// A floor, cap, target.
    ///
    /// # Errors
    /// What the model does not ask.
    pub(crate) fn rule(&mut self, row: &SheetRow, place: &Place) -> Result<(), Said> {
        let key = (row.rule.clone(), *place);
        let instance = self.instances.get(&key).ok_or_else(unexplained)?;
        if instance.waived || is_band(&instance.rule.bound) {
            return Err(unexplained());
        }
        let cells = Cells::of(self.meaning, row);
        if instance.rule.measure.quantity.is_count() {
            self.check_others(row, &cells, instance)?;
            return self.actives.count(self.meaning, row, &cells, instance);
        }
        let mut weights = self.measure(instance)?;
        let mut decided = false;
        if let Some(back) = instance.looks_back() {
            for &(zone, year) in instance.base_pairs.iter() {
                for pay in self.meaning.pays_in((zone, year.saturating_sub(back))) {
                    let share = instance.asked_of(pay.cell);
                    if !share.is_zero() {
                        decided = true;
                        *weights.entry(pay.column).or_insert_with(exact::zero) -= share;
                    }
                }
            }
        }
        let scale = cells.multiple_of(&weights, self.meaning)?;
        self.check_others(row, &cells, instance)?;
        let bound = instance.known(self.meaning.model)? * &scale;
        let (floor, ceil) = (bound.floor(), bound.ceil());
        let none = exact::zero();
        match instance.rule.relation {
            Relation::AtLeast => {
                let lower = row.lower.map(|lower| whole(i128::from(lower)));
                let one_less = lower == Some(&ceil - whole(1));
                let may = one_less
                    && self
                        .floor_of
                        .get(&key)
                        .is_some_and(|&floor| self.give_way.take(floor));
                let asked = if may { ceil - whole(1) } else { ceil };
                bounds_are(row, Some(asked), None, none)
            }
            Relation::AtMost => bounds_are(row, None, Some(floor), none),
            Relation::Below => bounds_are(row, None, Some(ceil - whole(1)), none),
            Relation::Equal => {
                let play = if !decided {
                    none
                } else if instance.rule.measure.quantity == Quantity::Euro {
                    scale - whole(1)
                } else {
                    whole(i128::from(row.play)).min(scale - whole(1))
                };
                let nothing_counts =
                    weights.is_empty() && instance.rule.measure.quantity == Quantity::Units;
                let lower = if nothing_counts { &ceil } else { &floor };
                bounds_are(row, Some(lower.clone()), Some(ceil.clone()), play)
            }
        }
    }

    /// Shortfalls on the sides the row bounds, where the rule is soft; floors that move on, where money does.
    fn check_others(
        &self,
        row: &SheetRow,
        cells: &Cells,
        instance: &Instance<'_>,
    ) -> Result<(), Said> {
        let key = (instance.rule.id.clone(), instance.place);
        let before = instance.place.year.map(|year| Place {
            year: Some(year.saturating_sub(1)),
            ..instance.place
        });
        let mut sides = (0, 0);
        let mut moves_on = false;
        for &(column, kind, coefficient) in &cells.others {
            match (kind, coefficient) {
                (ColumnKind::Shortfall, 1) => sides.0 += 1,
                (ColumnKind::Shortfall, -1) => sides.1 += 1,
                (ColumnKind::CarriedFloor, 1) if self.deferred.get(&column) == Some(&key) => {
                    moves_on = true
                }
                (ColumnKind::CarriedFloor, -1)
                    if before.is_some_and(|before| {
                        self.deferred.get(&column) == Some(&(instance.rule.id.clone(), before))
                    }) => {}
                (ColumnKind::Total, _) if is_band(&instance.rule.bound) => {}
                // Which of them, and how, is looked at with the count.
                (ColumnKind::Active | ColumnKind::Project, _)
                    if instance.rule.measure.quantity.is_count() => {}
                _ => return Err(wrong(self.meaning, column, coefficient)),
            }
        }
        let soft = !instance.rule.strength.is_hard();
        let asked = (
            i32::from(soft && row.lower.is_some()),
            i32::from(soft && row.upper.is_some()),
        );
        if sides != asked || moves_on != self.must_move_on(instance) {
            return Err(unexplained());
        }
        Ok(())
    }

    /// Whether the unmet part of a floor may move on with carried money.
    fn must_move_on(&self, instance: &Instance<'_>) -> bool {
        let Bound::ShareOf {
            base: Base::Assigned,
            ..
        } = &instance.rule.bound
        else {
            return false;
        };
        let Some(year) = instance.years().last().copied() else {
            return false;
        };
        let next = instance.place.year.and_then(|year| {
            let place = Place {
                year: Some(year.saturating_add(1)),
                ..instance.place
            };
            self.instance(&instance.rule.id, &place)
        });
        let due =
            next.is_some_and(|next| !next.waived) || self.meaning.model.years.last() == Some(&year);
        instance.rule.relation == Relation::AtLeast
            && due
            && self.meaning.carries.keys().any(|&(fund, zone, of)| {
                of == year && is_of(self.meaning.model, instance, fund, zone, year)
            })
    }

    /// The totals of bands, each with what one unit of the measure weighs in it, from the rows that define them.
    fn find_totals(&self) -> BTreeMap<usize, (Key, Q)> {
        let mut totals = BTreeMap::new();
        for row in self
            .meaning
            .sheet
            .rows
            .iter()
            .filter(|row| row.family == "band")
        {
            let Some(place) = self.meaning.codes.place(&row.scope) else {
                continue;
            };
            let cells = Cells::of(self.meaning, row);
            if let (Some((column, -1)), (Some(0), Some(0), 0)) = (
                cells.only(ColumnKind::Total),
                (row.lower, row.upper, row.play),
            ) && let Ok(scale) = self.total_scale(row, &place, &cells)
            {
                totals.insert(column, ((row.rule.clone(), place), scale));
            }
        }
        totals
    }

    fn total_scale(&self, row: &SheetRow, place: &Place, cells: &Cells) -> Result<Q, Said> {
        let mut weights = BTreeMap::new();
        for (_, instance) in self.members(&row.rule, place) {
            weights.extend(self.measure(instance)?);
        }
        cells.multiple_of(&weights, self.meaning)
    }

    /// The zones of a band with heads, at a place without a zone.
    fn members(&self, rule: &str, place: &Place) -> impl Iterator<Item = (&Key, &Instance<'a>)> {
        let (rule, place) = (rule.to_owned(), *place);
        let from = (rule.clone(), Place::default());
        self.instances
            .range(from..)
            .take_while(move |((id, _), _)| *id == rule)
            .filter(move |((_, at), instance)| {
                let group = Place { zone: None, ..*at };
                group == place && heads(instance) > exact::zero()
            })
    }

    /// A band, or the total it rests on.
    ///
    /// # Errors
    /// What the model does not ask.
    pub(crate) fn band(&self, row: &SheetRow, place: &Place) -> Result<(), Said> {
        let cells = Cells::of(self.meaning, row);
        let key = (row.rule.clone(), *place);
        if row.lower == Some(0) && row.upper == Some(0) {
            return match cells.only(ColumnKind::Total) {
                Some((column, _))
                    if self.totals.get(&column).is_some_and(|total| total.0 == key) =>
                {
                    Ok(())
                }
                _ => Err(unexplained()),
            };
        }
        let instance = self.instances.get(&key).ok_or_else(unexplained)?;
        let Bound::Band { share, .. } = &instance.rule.bound else {
            return Err(unexplained());
        };
        if instance.waived {
            return Err(unexplained());
        }
        let scale = cells.multiple_of(&self.measure(instance)?, self.meaning)?;
        self.check_others(row, &cells, instance)?;
        let group = Place {
            zone: None,
            ..*place
        };
        let own_heads = heads(instance);
        let all_heads = self
            .heads
            .get(&(row.rule.clone(), group))
            .ok_or_else(unexplained)?;
        if own_heads <= exact::zero() {
            return Err(unexplained());
        }
        let part = own_heads / all_heads;
        let width = exact::of(share);
        let is_floor = row.lower.is_some();
        let factor = if is_floor {
            whole(1) - width
        } else {
            whole(1) + width
        };
        let total = cells.others.iter().find(|cell| cell.1 == ColumnKind::Total);
        let (found, per_unit) = match total {
            None => (0, whole(1)),
            Some(&(column, _, coefficient)) => match self.totals.get(&column) {
                Some((of, per_unit)) if *of == (row.rule.clone(), group) => {
                    (coefficient, per_unit.clone())
                }
                _ => return Err(wrong(self.meaning, column, coefficient)),
            },
        };
        let asked = -(scale * factor * part) / per_unit;
        let asked = if cells.pays.is_empty() {
            // Nothing can be paid here: any multiple of the total says the same.
            whole(i128::from(found))
        } else {
            asked
        };
        if whole(i128::from(found)) != asked {
            return Err(unexplained());
        }
        let zero = exact::zero();
        let (lower, upper) = if is_floor {
            (Some(zero.clone()), None)
        } else {
            (None, Some(zero.clone()))
        };
        bounds_are(row, lower, upper, zero)
    }
}
