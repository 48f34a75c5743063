//! What a plan moves from zone to zone, beside what it keeps near to: pooled money as it was spent, by fund and by the years that share
//! it. Money that waits or is lost is not moved.

use std::collections::BTreeMap;

use super::lines::LedgerLine;
use crate::model::{Assigned, FundIdx, Model, ZoneIdx};
use crate::solve::{runs, targets};
use crate::units::{Euro, Exact, Year};

/// What a zone gets beside what is due to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ZoneShare {
    /// The zone.
    pub zone: ZoneIdx,
    /// Its part, in proportion to the targets, of what is spent.
    pub due: Euro,
    /// What it gets.
    pub paid: Euro,
}

/// What a plan moves of a fund, or of all funds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// What all zones that get more have more, fund by fund: as much as the others have less.
    pub moved: Euro,
    /// What is spent of the money that could be moved.
    pub spent: Euro,
    /// Every zone to which something is due or paid.
    pub zones: Vec<ZoneShare>,
}

impl ZoneShare {
    fn gain(&self) -> i64 {
        self.paid.cents().saturating_sub(self.due.cents())
    }

    /// What it gets more, negative less, as a part of what is due to it; `None` where nothing is.
    #[must_use]
    pub fn off(&self) -> Option<Exact> {
        let due = i128::from(self.due.cents());
        (due > 0).then(|| Exact::new(i128::from(self.gain()), due))
    }

    /// Whether it is further off than another, in proportion to what is due, on one side.
    fn is_further(&self, other: &Self, sign: i64) -> bool {
        let of = |share: &Self| i128::from(share.gain().saturating_mul(sign));
        let due = |share: &Self| i128::from(share.due.cents().max(1));
        of(self).saturating_mul(due(other)) > of(other).saturating_mul(due(self))
    }
}

impl Moved {
    fn furthest(&self, sign: i64) -> Option<ZoneShare> {
        let mut found: Option<ZoneShare> = None;
        for zone in &self.zones {
            let is_off = zone.gain().saturating_mul(sign) > 0 && zone.due > Euro::ZERO;
            if is_off && found.is_none_or(|found| zone.is_further(&found, sign)) {
                found = Some(*zone);
            }
        }
        found
    }

    /// What is moved as a part of what is spent; `None` where nothing is.
    #[must_use]
    pub fn share(&self) -> Option<Exact> {
        let spent = i128::from(self.spent.cents());
        (spent > 0).then(|| Exact::new(i128::from(self.moved.cents()), spent))
    }

    /// The zone that gains most in proportion to what is due to it; of equals the first.
    #[must_use]
    pub fn most(&self) -> Option<ZoneShare> {
        self.furthest(1)
    }

    /// The zone that loses most in proportion.
    #[must_use]
    pub fn least(&self) -> Option<ZoneShare> {
        self.furthest(-1)
    }

    fn add(&mut self, zones: impl IntoIterator<Item = ZoneShare>) {
        let mut sums: BTreeMap<ZoneIdx, ZoneShare> = self
            .zones
            .iter()
            .map(|share| (share.zone, *share))
            .collect();
        for share in zones {
            let gain = Euro::from_cents(share.gain().max(0));
            self.moved = sum(self.moved, gain);
            self.spent = sum(self.spent, share.paid);
            let own = sums.entry(share.zone).or_insert(ZoneShare {
                due: Euro::ZERO,
                paid: Euro::ZERO,
                ..share
            });
            own.due = sum(own.due, share.due);
            own.paid = sum(own.paid, share.paid);
        }
        self.zones = sums.into_values().collect();
    }
}

fn sum(a: Euro, b: Euro) -> Euro {
    Euro::from_cents(a.cents().saturating_add(b.cents()))
}

/// What a plan moves, in all and fund by fund.
pub(crate) fn moved(model: &Model, ledger: &[LedgerLine]) -> (Moved, Vec<(FundIdx, Moved)>) {
    let targets = targets(model);
    let mut paid: BTreeMap<(FundIdx, Year), BTreeMap<ZoneIdx, i64>> = BTreeMap::new();
    for line in ledger {
        let zones = paid.entry((line.fund, line.year)).or_default();
        let cents = zones.entry(line.zone).or_default();
        *cents = cents.saturating_add(line.euro.cents());
    }
    let (mut all, mut by_fund) = (Moved::default(), BTreeMap::<FundIdx, Moved>::new());
    for (fund, years) in runs(model) {
        let pooled = |year: &Year| {
            let money = model.money.get(&(fund, *year));
            money.is_some_and(|money| matches!(money.assigned, Assigned::Pool(_)))
        };
        if !years.iter().any(pooled) {
            continue;
        }
        let mut zones: BTreeMap<ZoneIdx, (i64, i64)> = BTreeMap::new();
        for &year in &years {
            for (&zone, &cents) in paid.get(&(fund, year)).into_iter().flatten() {
                let entry = zones.entry(zone).or_default();
                entry.1 = entry.1.saturating_add(cents);
            }
            for zone in model.zone_indices() {
                if let Some(&target) = targets.get(&(fund, zone, year)) {
                    let entry = zones.entry(zone).or_default();
                    entry.0 = entry.0.saturating_add(target);
                }
            }
        }
        if let Some(shares) = shares(&zones) {
            by_fund.entry(fund).or_default().add(shares.iter().copied());
        }
    }
    for of in by_fund.values() {
        let moved = sum(all.moved, of.moved);
        all.add(of.zones.iter().copied());
        // What one fund takes from a zone and another gives it is moved twice.
        all.moved = moved;
    }
    (all, by_fund.into_iter().collect())
}

/// The due of each zone of what is spent: whole cents by the largest remainder, ties by zone; `None` where nothing is drawn anywhere.
fn shares(zones: &BTreeMap<ZoneIdx, (i64, i64)>) -> Option<Vec<ZoneShare>> {
    let total: i128 = zones.values().map(|zone| i128::from(zone.0)).sum();
    let spent: i128 = zones.values().map(|zone| i128::from(zone.1)).sum();
    if total <= 0 {
        return None;
    }
    let part = |target: i64| i128::from(target).saturating_mul(spent);
    let mut dues: Vec<(ZoneIdx, i128, i128)> = zones
        .iter()
        .map(|(&zone, &(target, _))| (zone, part(target) / total, part(target) % total))
        .collect();
    let missing = spent - dues.iter().map(|due| due.1).sum::<i128>();
    dues.sort_by_key(|&(zone, _, rest)| (std::cmp::Reverse(rest), zone));
    for due in dues.iter_mut().take(usize::try_from(missing).unwrap_or(0)) {
        due.1 += 1;
    }
    let mut shares: Vec<ZoneShare> = dues
        .into_iter()
        .map(|(zone, due, _)| ZoneShare {
            zone,
            due: Euro::from_cents(i64::try_from(due).unwrap_or(i64::MAX)),
            paid: Euro::from_cents(zones.get(&zone).map_or(0, |zone| zone.1)),
        })
        .collect();
    shares.sort_by_key(|share| share.zone);
    Some(shares)
}
