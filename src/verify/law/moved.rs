//! What the ledger moves from zone to zone beside the amounts the pick keeps near to.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assigned, FundIdx, ZoneIdx};
use crate::verify::pick::{shared_years, targets};

use super::plan::Plan;

/// Due and paid, in cents.
pub(crate) type Shares = BTreeMap<ZoneIdx, (i128, i128)>;

/// Money that could be moved: what is, and the shares of the zones.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    pub(crate) moved: i128,
    pub(crate) spent: i128,
    pub(crate) zones: Shares,
}

impl Moved {
    fn add(&mut self, moved: i128, shares: &Shares) {
        self.moved = self.moved.saturating_add(moved);
        for (&zone, &(due, paid)) in shares {
            let own = self.zones.entry(zone).or_default();
            own.0 = own.0.saturating_add(due);
            own.1 = own.1.saturating_add(paid);
            self.spent = self.spent.saturating_add(paid);
        }
    }

    /// The zone that gains most of what is due to it, or loses most; of equals the first.
    pub(crate) fn furthest(&self, gains: bool) -> Option<(ZoneIdx, i128, i128)> {
        let sign = if gains { 1 } else { -1 };
        let off = |due: i128, paid: i128| (paid.saturating_sub(due)).saturating_mul(sign);
        let mut found: Option<(ZoneIdx, i128, i128)> = None;
        for (&zone, &(due, paid)) in &self.zones {
            let further = found.is_none_or(|(_, other, given)| {
                let (own, best) = (off(due, paid), off(other, given));
                own.saturating_mul(other) > best.saturating_mul(due)
            });
            if due > 0 && off(due, paid) > 0 && further {
                found = Some((zone, due, paid));
            }
        }
        found
    }
}

/// In all, and fund by fund.
pub(crate) fn moved(plan: &Plan<'_>) -> (Moved, BTreeMap<FundIdx, Moved>) {
    let targets = targets(plan.model);
    let drawn: BTreeSet<FundIdx> = targets.keys().map(|total| total.0).collect();
    let (mut all, mut funds) = (Moved::default(), BTreeMap::<FundIdx, Moved>::new());
    for fund in drawn {
        for years in shared_years(plan.model, fund) {
            let is_pool = |year: &i32| {
                let money = plan.model.money.get(&(fund, *year));
                money.is_some_and(|money| matches!(money.assigned, Assigned::Pool(_)))
            };
            if !years.iter().any(is_pool) {
                continue;
            }
            // First what each zone is drawn to, then its part of what is spent.
            let mut shares = Shares::new();
            for (&(_, zone, _), &cents) in targets
                .iter()
                .filter(|(total, _)| total.0 == fund && years.contains(&total.2))
            {
                shares.entry(zone).or_default().0 += cents;
            }
            for (&(_, _, zone, _), &cents) in plan
                .ledger
                .iter()
                .filter(|(cell, _)| cell.0 == fund && years.contains(&cell.3))
            {
                shares.entry(zone).or_default().1 += i128::from(cents);
            }
            let Some(shares) = in_proportion(shares) else {
                continue;
            };
            let gains = shares.values().map(|&(due, paid)| (paid - due).max(0));
            let gains = gains.sum();
            all.add(gains, &shares);
            funds.entry(fund).or_default().add(gains, &shares);
        }
    }
    (all, funds)
}

/// What is spent in proportion to what zones are drawn to: whole cents, the largest remainders up, of equals the first zone.
fn in_proportion(mut shares: Shares) -> Option<Shares> {
    let total: i128 = shares.values().map(|share| share.0).sum();
    let spent: i128 = shares.values().map(|share| share.1).sum();
    if total <= 0 {
        return None;
    }
    let mut left = spent;
    let mut rests = Vec::new();
    for (&zone, share) in &mut shares {
        let part = share.0.saturating_mul(spent);
        share.0 = part.div_euclid(total);
        left = left.saturating_sub(share.0);
        rests.push((-part.rem_euclid(total), zone));
    }
    rests.sort_unstable();
    for (_, zone) in rests {
        if left > 0
            && let Some(share) = shares.get_mut(&zone)
        {
            share.0 += 1;
            left -= 1;
        }
    }
    Some(shares)
}
