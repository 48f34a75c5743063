//! What no plan can obey, seen without a solver: floors that ask for more than funds, needs and caps let through.
//!
//! Floors whose payments do not overlap add up; what can be paid together is the most that flows from the money of the funds to the
//! needs. Both sides leave rules out, never add any: what is found here has no plan, but not everything that has no plan is found.

mod network;

use std::collections::{BTreeMap, BTreeSet};

use super::program::{ColumnKey, LinearProgram, Origin, Place, Row};
use crate::model::Model;
use crate::units::Euro;
use network::Network;

/// Floors that cannot hold together with what limits them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// Where the floors come from, each once.
    pub floors: Vec<Origin>,
    /// What does not let enough through: funds, needs, a cap.
    pub limits: Vec<Origin>,
    /// The place of the first floor.
    pub place: Place,
    /// How many floors there are.
    pub instances: usize,
    /// What is missing, where it is counted in euro.
    pub short: Option<Euro>,
}

/// What a row asks of the payments it counts, all with one coefficient: at least so many cents.
#[derive(Clone, Debug)]
struct Floor {
    row: usize,
    columns: Vec<usize>,
    cents: i128,
}

/// Everything of a model that is seen at once to have no plan.
#[must_use]
pub fn impossible(model: &Model, program: &LinearProgram) -> Vec<Impossible> {
    let network = Network::of(model, program);
    let mut found = Found::default();
    let mut floors = Vec::new();
    for (position, row) in program.rows.iter().enumerate() {
        match asked(program, row) {
            Asked::Nothing => {}
            Asked::TooMuch => found.alone(program, position, Vec::new(), None),
            Asked::Of { columns, cents } => {
                let of: BTreeSet<usize> = columns.iter().copied().collect();
                if cents > network.most_simply(&of) || cents > network.most(&of).0 {
                    let (most, limits) = network.most(&of);
                    found.alone(program, position, limits, euro(cents - most));
                } else {
                    floors.push(Floor {
                        row: position,
                        columns,
                        cents,
                    });
                }
            }
            Asked::Weighted(weights, asked) => {
                let most = |(weight, columns): &(i64, BTreeSet<usize>)| {
                    i128::from(*weight) * network.most(columns).0
                };
                if asked > weights.iter().map(most).sum() {
                    let all = weights.iter().flat_map(|weight| &weight.1);
                    let (_, limits) = network.most(&all.copied().collect());
                    found.alone(program, position, limits, None);
                }
            }
        }
    }
    let mut by_first: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (position, floor) in floors.iter().enumerate() {
        let first = floor.columns.first().copied().unwrap_or_default();
        by_first.entry(first).or_default().push(position);
    }
    let together = Together {
        program,
        network: &network,
        floors: &floors,
        by_first,
    };
    together.caps(&mut found);
    together.sets(&mut found);
    found.finish()
}

fn euro(cents: i128) -> Option<Euro> {
    i64::try_from(cents)
        .ok()
        .filter(|cents| *cents > 0)
        .map(Euro::from_cents)
}

/// What a row asks, whatever else its columns do.
enum Asked {
    Nothing,
    /// More than its columns can give, or less than they must.
    TooMuch,
    /// So many cents of some payments.
    Of {
        columns: Vec<usize>,
        cents: i128,
    },
    /// So much of payments that weigh differently.
    Weighted(Vec<(i64, BTreeSet<usize>)>, i128),
}

fn is_pay(program: &LinearProgram, column: usize) -> bool {
    matches!(program.columns[column].key, ColumnKey::Pay { .. })
}

/// The largest, or smallest, value of a cell over the bounds of its column.
fn extreme(program: &LinearProgram, (column, coefficient): (usize, i64), largest: bool) -> i128 {
    let column = &program.columns[column];
    let bound = if (coefficient > 0) == largest {
        column.upper
    } else {
        column.lower
    };
    i128::from(coefficient) * i128::from(bound)
}

fn asked(program: &LinearProgram, row: &Row) -> Asked {
    if !matches!(
        row.origin,
        Origin::Rule(_) | Origin::Match(_) | Origin::FlatRate(_)
    ) {
        return Asked::Nothing;
    }
    let play = i128::from(row.play);
    if let Some(upper) = row.upper {
        let least: i128 = (row.cells.iter())
            .map(|&cell| extreme(program, cell, false))
            .sum();
        if least > i128::from(upper) + play {
            return Asked::TooMuch;
        }
    }
    let Some(lower) = row.lower else {
        return Asked::Nothing;
    };
    let mut left = i128::from(lower) - play;
    let mut by_weight: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
    for &(column, coefficient) in &row.cells {
        if coefficient > 0 && is_pay(program, column) {
            by_weight.entry(coefficient).or_default().insert(column);
        } else {
            left -= extreme(program, (column, coefficient), true);
        }
    }
    if left <= 0 {
        return Asked::Nothing;
    }
    let mut weights: Vec<(i64, BTreeSet<usize>)> = by_weight.into_iter().collect();
    match (weights.pop(), weights.is_empty()) {
        (None, _) => Asked::TooMuch,
        (Some((weight, columns)), true) => Asked::Of {
            columns: columns.into_iter().collect(),
            cents: num_integer::Integer::div_ceil(&left, &i128::from(weight)),
        },
        (Some(last), false) => {
            weights.push(last);
            Asked::Weighted(weights, left)
        }
    }
}

/// Floors that are looked at together.
struct Together<'a> {
    program: &'a LinearProgram,
    network: &'a Network<'a>,
    floors: &'a [Floor],
    /// Floors by their first payment.
    by_first: BTreeMap<usize, Vec<usize>>,
}

impl Together<'_> {
    /// Floors inside what a cap allows.
    fn caps(&self, found: &mut Found) {
        for row in &self.program.rows {
            let (Some(upper), Origin::Rule(_)) = (row.upper, row.origin) else {
                continue;
            };
            let mut most = i128::from(upper) + i128::from(row.play);
            let mut columns = BTreeMap::new();
            for &(column, coefficient) in &row.cells {
                if coefficient > 0 && is_pay(self.program, column) {
                    columns.insert(column, coefficient);
                } else {
                    most -= extreme(self.program, (column, coefficient), false);
                }
            }
            let Some(weight) = columns.values().min().copied() else {
                continue;
            };
            // Payments that weigh more take more of the cap.
            let most = most.div_euclid(i128::from(weight));
            let all: BTreeSet<usize> = columns.into_keys().collect();
            for packed in self.packed(&all) {
                let packed: Vec<usize> = packed
                    .into_iter()
                    .filter(|floor| self.program.rows[self.floors[*floor].row].origin != row.origin)
                    .collect();
                let asked: i128 = packed.iter().map(|floor| self.floors[*floor].cents).sum();
                if asked > most {
                    let kept = self.needed(packed, |_| most);
                    let asked: i128 = kept.iter().map(|floor| self.floors[*floor].cents).sum();
                    self.tell(&kept, vec![row.origin], asked - most, found);
                    break;
                }
            }
        }
    }

    /// Floors of one rule, and those of the money of a fund, of a zone, of an action, and of all there is.
    fn sets(&self, found: &mut Found) {
        let mut sets: BTreeMap<(u8, usize), BTreeSet<usize>> = BTreeMap::new();
        for floor in self.floors {
            if let Origin::Rule(rule) = self.program.rows[floor.row].origin {
                let of_rule = sets.entry((0, rule)).or_default();
                of_rule.extend(&floor.columns);
            }
        }
        for (column, of) in self.program.columns.iter().enumerate() {
            if let ColumnKey::Pay { fund, demand } = of.key {
                let demand = &self.network.model.demands[demand];
                for key in [
                    (1, fund.index()),
                    (2, demand.zone.index()),
                    (3, demand.action.index()),
                    (4, 0),
                ] {
                    sets.entry(key).or_default().insert(column);
                }
            }
        }
        for set in sets.values() {
            for packed in self.packed(set) {
                if packed.len() < 2 {
                    continue;
                }
                let most = |packed: &[usize]| self.network.most(&self.columns(packed)).0;
                let asked: i128 = packed.iter().map(|floor| self.floors[*floor].cents).sum();
                if asked > most(&packed) {
                    let kept = self.needed(packed, most);
                    let asked: i128 = kept.iter().map(|floor| self.floors[*floor].cents).sum();
                    let (most, limits) = self.network.most(&self.columns(&kept));
                    self.tell(&kept, limits, asked - most, found);
                    break;
                }
            }
        }
    }

    fn columns(&self, floors: &[usize]) -> BTreeSet<usize> {
        let columns = floors.iter().flat_map(|floor| &self.floors[*floor].columns);
        columns.copied().collect()
    }

    /// Floors within some payments that do not overlap: chosen from the largest down, and from the narrowest up.
    fn packed(&self, within: &BTreeSet<usize>) -> [Vec<usize>; 2] {
        let first = within.iter().filter_map(|column| self.by_first.get(column));
        let mut inside: Vec<usize> = first
            .flatten()
            .copied()
            .filter(|floor| {
                let columns = &self.floors[*floor].columns;
                columns.iter().all(|column| within.contains(column))
            })
            .collect();
        let choose = |inside: &[usize]| {
            let mut taken: BTreeSet<usize> = BTreeSet::new();
            let mut chosen = Vec::new();
            for &floor in inside {
                let columns = &self.floors[floor].columns;
                if columns.iter().all(|column| !taken.contains(column)) {
                    taken.extend(columns);
                    chosen.push(floor);
                }
            }
            chosen
        };
        inside.sort_by_key(|floor| std::cmp::Reverse(self.floors[*floor].cents));
        let largest = choose(&inside);
        inside.sort_by_key(|floor| self.floors[*floor].columns.len());
        [largest, choose(&inside)]
    }

    /// Those without which the others could hold, as far as this can see.
    fn needed(&self, mut floors: Vec<usize>, most: impl Fn(&[usize]) -> i128) -> Vec<usize> {
        let origin = |floor: &usize| self.program.rows[self.floors[*floor].row].origin;
        let mut by_origin: BTreeMap<Origin, i128> = BTreeMap::new();
        for floor in &floors {
            *by_origin.entry(origin(floor)).or_default() += self.floors[*floor].cents;
        }
        // What asks for least goes first: the others say more.
        let mut origins: Vec<(i128, Origin)> = by_origin
            .into_iter()
            .map(|(of, cents)| (cents, of))
            .collect();
        origins.sort_unstable();
        for (_, of) in origins {
            let rest: Vec<usize> = floors.iter().copied().filter(|f| origin(f) != of).collect();
            let asked: i128 = rest.iter().map(|floor| self.floors[*floor].cents).sum();
            if !rest.is_empty() && asked > most(&rest) {
                floors = rest;
            }
        }
        floors
    }

    fn tell(&self, floors: &[usize], limits: Vec<Origin>, short: i128, found: &mut Found) {
        let mut rows: Vec<&Row> = floors
            .iter()
            .map(|floor| &self.program.rows[self.floors[*floor].row])
            .collect();
        rows.sort_by_key(|row| (row.origin, row.place));
        let origins: BTreeSet<Origin> = rows.iter().map(|row| row.origin).collect();
        let place = rows.first().map_or_else(Place::default, |row| row.place);
        found.add(Impossible {
            floors: origins.into_iter().collect(),
            limits,
            place,
            instances: floors.len(),
            short: euro(short),
        });
    }
}

/// What was found, the same floors once.
#[derive(Default)]
struct Found {
    all: Vec<Impossible>,
}

impl Found {
    /// One floor of a rule; others of the same rule are counted with it.
    fn alone(
        &mut self,
        program: &LinearProgram,
        row: usize,
        limits: Vec<Origin>,
        short: Option<Euro>,
    ) {
        let row = &program.rows[row];
        let same = |of: &&mut Impossible| of.floors == [row.origin];
        match self.all.iter_mut().find(same) {
            Some(first) => {
                first.instances = first.instances.saturating_add(1);
                first.short = first.short.zip(short).and_then(|(a, b)| a.checked_add(b));
            }
            None => self.all.push(Impossible {
                floors: vec![row.origin],
                limits,
                place: row.place,
                instances: 1,
                short,
            }),
        }
    }

    fn add(&mut self, new: Impossible) {
        let told = |old: &Impossible| {
            old.floors
                .iter()
                .chain(&old.limits)
                .all(|of| new.floors.contains(of) || new.limits.contains(of))
                || old.floors == new.floors
        };
        if !self.all.iter().any(told) {
            self.all.push(new);
        }
    }

    fn finish(self) -> Vec<Impossible> {
        self.all
    }
}
