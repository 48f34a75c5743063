//! Zones that no money can reach.

use super::Lines;
use super::spending::Openings;
use crate::input::Problems;
use crate::model::Model;
use crate::problem::{Remark, Shown};

/// One remark per zone without any need, or whose needs no fund may pay.
pub(super) fn check(model: &Model, lines: &Lines, problems: &mut Problems) {
    let openings = Openings::of(model);
    for zone in model.zone_indices() {
        let found = model.zone(zone);
        let id = Shown::new(&found.id);
        let own = || model.demands.iter().filter(|demand| demand.zone == zone);
        let remark = if own().next().is_none() {
            Remark::ZoneWithoutNeed { zone: id }
        } else {
            let reached = own().any(|demand| {
                let mut money = model.money.iter();
                money.any(|(key, money)| openings.may_spend(*key, money, demand))
            });
            if reached {
                continue;
            }
            Remark::UnreachedZone { zone: id }
        };
        problems.push(lines.zone(&found.id), remark);
    }
}
