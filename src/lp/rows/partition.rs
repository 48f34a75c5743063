//! Floors that share out one known total: rounded up each, they may ask for more cents than there are. Then, and only then,
//! those that rounding raised most give way a cent, never below their exact value by a whole one.

use std::collections::{BTreeMap, BTreeSet};

use super::bound::base_pairs;
use super::rule::Floor;
use crate::lp::builder::Builder;
use crate::lp::program::Origin;
use crate::model::{Bound, FundIdx, ZoneIdx};
use crate::units::{Exact, Year};

/// Whose money, where and when.
type Money = (Vec<FundIdx>, Vec<(ZoneIdx, Year)>);

pub(crate) fn round_together(builder: &mut Builder<'_>, floors: &[Floor]) {
    let mut groups: BTreeMap<Money, Vec<&Floor>> = BTreeMap::new();
    for floor in floors {
        if let Some(money) = money(builder, floor) {
            groups.entry(money).or_default().push(floor);
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let mut seen = BTreeSet::new();
        let disjoint = group.iter().all(|floor| {
            builder.program.rows[floor.row]
                .cells
                .iter()
                .all(|cell| seen.insert(cell.0))
        });
        let total = group[0].of;
        let exact: Exact = group.iter().map(|floor| floor.cents).sum();
        let rounded: Exact = group.iter().map(|floor| floor.cents.ceil()).sum();
        let excess = (rounded - total).to_integer();
        // Floors that ask for too much before rounding contradict each other: no cent helps.
        if !disjoint || exact > total || excess <= 0 {
            continue;
        }
        let mut by_rise: Vec<&&Floor> = group.iter().collect();
        by_rise.sort_by_key(|floor| {
            (
                std::cmp::Reverse(floor.cents.ceil() - floor.cents),
                floor.row,
            )
        });
        for floor in by_rise
            .into_iter()
            .take(usize::try_from(excess).unwrap_or(0))
        {
            let row = &mut builder.program.rows[floor.row];
            row.lower = row.lower.map(|lower| lower - 1);
        }
    }
}

/// The money a floor is a share of.
fn money(builder: &Builder<'_>, floor: &Floor) -> Option<Money> {
    let row = &builder.program.rows[floor.row];
    let Origin::Rule(position) = row.origin else {
        return None;
    };
    let rule = &builder.model.rules[position];
    let Bound::ShareOf { scope, .. } = &rule.bound else {
        return None;
    };
    let only = row.place.fund.filter(|_| !scope.own.fund);
    let is_meant = |fund: &FundIdx| only.is_none_or(|only| only == *fund);
    let funds = scope.funds.iter().copied().filter(is_meant).collect();
    Some((funds, base_pairs(scope, &row.place)))
}
