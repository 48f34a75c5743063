//! Floors that share out one known total: rounded up each, they may ask for more cents than there are. Then, and only then,
//! some of them give way a cent.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{Signed, ToPrimitive};

use crate::model::{Base, Bound, FundIdx, Model, Quantity, Relation};

use super::exact::{Q, whole};
use super::instance::{Instance, Pair};

/// Whether an instance is an enforced floor on a share of what is assigned: such floors round together and move on with
/// carried money.
pub(crate) fn is_assigned_floor(instance: &Instance<'_>) -> bool {
    let of_assigned = matches!(
        instance.rule.bound,
        Bound::ShareOf {
            base: Base::Assigned,
            ..
        }
    );
    of_assigned
        && instance.rule.relation == Relation::AtLeast
        && instance.rule.measure.quantity == Quantity::Euro
        && instance.rule.strength.is_hard()
        && !instance.waived
}

/// How many cents each group of floors may give way.
#[derive(Clone, Debug, Default)]
pub(crate) struct GiveWay {
    /// The group of each floor, where it is in one.
    group_of: BTreeMap<usize, usize>,
    left: Vec<usize>,
}

impl GiveWay {
    /// Groups floors of the same money and scope that do not overlap, where rounding up each asks for more than there is.
    pub(crate) fn new(model: &Model, floors: &[&Instance<'_>]) -> Self {
        let mut groups: BTreeMap<(Vec<FundIdx>, Vec<Pair>), Vec<usize>> = BTreeMap::new();
        for (floor, instance) in floors.iter().enumerate() {
            if let Bound::ShareOf { scope, .. } = &instance.rule.bound {
                let funds = scope.funds.iter().copied();
                let funds = funds
                    .filter(|&fund| instance.is_of_fund(scope, fund))
                    .collect();
                groups
                    .entry((funds, instance.base_pairs.to_vec()))
                    .or_default()
                    .push(floor);
            }
        }
        let mut give_way = Self::default();
        for members in groups.into_values().filter(|members| members.len() > 1) {
            let instances: Vec<&Instance<'_>> = members
                .iter()
                .filter_map(|&floor| floors.get(floor).copied())
                .collect();
            let cents = cents_too_many(model, &instances);
            if cents == 0 || overlap(&instances) {
                continue;
            }
            for floor in members {
                give_way.group_of.insert(floor, give_way.left.len());
            }
            give_way.left.push(cents);
        }
        give_way
    }

    /// Lets a floor give way a cent, if its group still may.
    pub(crate) fn take(&mut self, floor: usize) -> bool {
        let group = self.group_of.get(&floor);
        let left = group.and_then(|&group| self.left.get_mut(group));
        match left {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

/// By how many cents the floors, rounded up each, exceed what they share out.
fn cents_too_many(model: &Model, instances: &[&Instance<'_>]) -> usize {
    let mut asked = whole(0);
    for instance in instances {
        match instance.known(model) {
            Ok(bound) => asked += bound.ceil(),
            Err(_) => return 0,
        }
    }
    let Some(total) = instances
        .first()
        .and_then(|first| total_assigned(model, first))
    else {
        return 0;
    };
    let excess: Q = asked - total;
    if excess.is_positive() {
        excess
            .to_integer()
            .to_usize()
            .unwrap_or(0)
            .min(instances.len())
    } else {
        0
    }
}

fn total_assigned(model: &Model, instance: &Instance<'_>) -> Option<Q> {
    let Bound::ShareOf { base, share, scope } = &instance.rule.bound else {
        return None;
    };
    let parts = instance.base(model, *base, share, scope).ok()?;
    Some(parts.iter().map(|part| whole(part.cents)).sum())
}

/// Whether two of the floors count the same payment.
fn overlap(instances: &[&Instance<'_>]) -> bool {
    let mut seen = BTreeSet::new();
    instances.iter().any(|instance| {
        let selection = &instance.rule.measure.selection;
        selection.funds.iter().any(|&fund| {
            selection.actions.iter().any(|&action| {
                let counted = instance.measures(fund, action);
                let mut pairs = instance.pairs.iter();
                counted && pairs.any(|&pair| !seen.insert((fund, action, pair)))
            })
        })
    })
}
