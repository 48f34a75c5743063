//! Sums that the summaries show, in whole cents: computed once, for the file and for the terminal.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Assigned, Confidence, FundIdx, Model, ZoneIdx};
use crate::proposal::{FundLine, Proposal, UnmetReason};
use crate::report::number::share;
use crate::units::{Euro, Exact, Year};

/// All sums of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// One entry per fund with money, in order.
    pub funds: Vec<FundTotal>,
    /// All funds together.
    pub all: FundTotal,
    /// All needs with a limit.
    pub coverage: Coverage,
    /// The needs of LEPS actions.
    pub leps: Coverage,
    /// Money paid to needs without a limit.
    pub unlimited: i128,
    /// What is not covered, by reason: how many needs, how much.
    pub unmet: Vec<(UnmetReason, usize, i128)>,
    /// What the funds' amounts of the plan rest on.
    pub confidence: Vec<(Confidence, i128)>,
    /// Coverage of each zone over the plan, in order of zone.
    pub zones: Vec<ZoneTotal>,
}

/// Money of a fund over the plan: `assigned = used + left + lost`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundTotal {
    /// The fund; none for the sum of all.
    pub fund: Option<FundIdx>,
    /// Amounts of the plan's years (and what was carried into its first).
    pub assigned: i128,
    /// Planned.
    pub used: i128,
    /// Moved from one year of the plan to the next, counted at each move.
    pub carried: i128,
    /// Not planned, with a deadline after the plan.
    pub left: i128,
    /// Not planned, and lost.
    pub lost: i128,
    /// Of `assigned`, what rests on estimates.
    pub estimate: i128,
}

/// Need, what is covered of it, and their ratio.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Need.
    pub need: i128,
    /// Covered.
    pub covered: i128,
}

impl Coverage {
    /// `covered / need`; none where nothing is needed.
    #[must_use]
    pub fn share(&self) -> Option<Exact> {
        share(self.covered, self.need)
    }
}

/// A zone over all years of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneTotal {
    /// The zone.
    pub zone: ZoneIdx,
    /// Need and coverage.
    pub coverage: Coverage,
    /// Money received.
    pub received: i128,
}

/// Why money of a fund-year was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LostBecause {
    /// Everything the fund may pay there is covered.
    NoNeed,
    /// A rule or an earlier goal keeps it from what is open.
    HeldBack,
    /// What is open comes in whole units, projects or minimum grants only.
    Indivisible,
    /// Less than a euro: what whole cents leave over.
    Rounding,
}

/// Less than this is a matter of whole cents.
const ONE_EURO: i128 = 100;

fn cents(euro: Euro) -> i128 {
    i128::from(euro.cents())
}

/// The sums of a proposal.
#[must_use]
pub fn totals(model: &Model, proposal: &Proposal) -> Totals {
    let funds = fund_totals(model, &proposal.funds);
    let zones = zone_totals(proposal);
    let covered: i128 = zones.iter().map(|zone| zone.coverage.covered).sum();
    let received: i128 = zones.iter().map(|zone| zone.received).sum();
    Totals {
        all: sum_of(&funds),
        coverage: Coverage {
            need: zones.iter().map(|zone| zone.coverage.need).sum(),
            covered,
        },
        leps: leps(model, proposal),
        unlimited: received - covered,
        unmet: unmet(proposal),
        confidence: confidence(model, proposal.earned),
        funds,
        zones,
    }
}

fn fund_totals(model: &Model, lines: &[FundLine]) -> Vec<FundTotal> {
    let mut by_fund: BTreeMap<FundIdx, Vec<&FundLine>> = BTreeMap::new();
    for line in lines {
        by_fund.entry(line.fund).or_default().push(line);
    }
    by_fund
        .into_iter()
        .map(|(fund, lines)| {
            let sum =
                |of: fn(&FundLine) -> Euro| lines.iter().map(|line| cents(of(line))).sum::<i128>();
            let carried: i128 = sum(|line| line.carried_out);
            let left = lines
                .iter()
                .filter(|line| is_last(model, line.year))
                .map(|line| cents(line.carried_out))
                .sum::<i128>();
            let from_before = sum(|line| line.carried_in) - (carried - left);
            FundTotal {
                fund: Some(fund),
                assigned: sum(|line| line.assigned) + from_before,
                used: sum(|line| line.used),
                carried: carried - left,
                left,
                lost: sum(|line| line.lost),
                estimate: sum(|line| line.estimate),
            }
        })
        .collect()
}

fn sum_of(funds: &[FundTotal]) -> FundTotal {
    let sum = |of: fn(&FundTotal) -> i128| funds.iter().map(of).sum();
    FundTotal {
        fund: None,
        assigned: sum(|fund| fund.assigned),
        used: sum(|fund| fund.used),
        carried: sum(|fund| fund.carried),
        left: sum(|fund| fund.left),
        lost: sum(|fund| fund.lost),
        estimate: sum(|fund| fund.estimate),
    }
}

/// Whether a year is the last of the plan.
#[must_use]
pub fn is_last(model: &Model, year: Year) -> bool {
    model.years.last() == Some(&year)
}

fn zone_totals(proposal: &Proposal) -> Vec<ZoneTotal> {
    let mut zones: BTreeMap<ZoneIdx, ZoneTotal> = BTreeMap::new();
    for line in &proposal.zones {
        let total = zones.entry(line.zone).or_insert_with(|| ZoneTotal {
            zone: line.zone,
            coverage: Coverage {
                need: 0,
                covered: 0,
            },
            received: 0,
        });
        total.coverage.need += cents(line.need);
        total.coverage.covered += cents(line.covered);
        total.received += cents(line.euro);
    }
    zones.into_values().collect()
}

fn leps(model: &Model, proposal: &Proposal) -> Coverage {
    let need: i128 = model
        .demands
        .iter()
        .filter(|demand| model.action(demand.action).leps)
        .filter_map(|demand| demand.euro)
        .map(cents)
        .sum();
    // What is paid, where all of it has a limit; else what is not open, since more may be paid than is needed.
    let mut limits = BTreeMap::new();
    for demand in &model.demands {
        let key = (demand.action, demand.zone, demand.year);
        let limit = limits.entry(key).or_insert(Some(0_i128));
        *limit = limit.zip(demand.euro).map(|(sum, euro)| sum + cents(euro));
    }
    let is_limited = |key| limits.get(&key).is_some_and(Option::is_some);
    let paid: i128 = proposal
        .ledger
        .iter()
        .filter(|line| model.action(line.action).leps)
        .filter(|line| is_limited((line.action, line.zone, line.year)))
        .map(|line| cents(line.euro))
        .sum();
    let demands = model.demands.iter();
    let beside_unlimited: i128 = demands
        .filter(|demand| model.action(demand.action).leps)
        .filter(|demand| !is_limited((demand.action, demand.zone, demand.year)))
        .filter_map(|demand| demand.euro)
        .map(cents)
        .sum();
    let open: i128 = proposal
        .unmet
        .iter()
        .filter(|line| model.action(line.action).leps)
        .filter(|line| !is_limited((line.action, line.zone, line.year)))
        .map(|line| cents(line.euro))
        .sum();
    Coverage {
        need,
        covered: paid + beside_unlimited - open,
    }
}

fn unmet(proposal: &Proposal) -> Vec<(UnmetReason, usize, i128)> {
    let mut by_reason: BTreeMap<UnmetReason, (usize, i128)> = BTreeMap::new();
    for line in &proposal.unmet {
        let entry = by_reason.entry(line.reason).or_default();
        entry.0 += 1;
        entry.1 += cents(line.euro);
    }
    by_reason
        .into_iter()
        .map(|(reason, (needs, euro))| (reason, needs, euro))
        .collect()
}

/// What the units of the plan earned is derived from it.
fn confidence(model: &Model, earned: Euro) -> Vec<(Confidence, i128)> {
    let of = |confidence: Confidence| -> i128 {
        let amounts = model
            .money
            .values()
            .filter_map(|money| money.by_confidence.get(&confidence));
        let own = if confidence == Confidence::Derived {
            cents(earned)
        } else {
            0
        };
        amounts.map(|euro| cents(*euro)).sum::<i128>() + own
    };
    [
        Confidence::Official,
        Confidence::Derived,
        Confidence::Estimate,
    ]
    .map(|confidence| (confidence, of(confidence)))
    .to_vec()
}

/// Why the money lost in a fund-year was not planned.
#[must_use]
pub fn why_lost(model: &Model, proposal: &Proposal, line: &FundLine) -> LostBecause {
    if cents(line.lost) < ONE_EURO {
        return LostBecause::Rounding;
    }
    let open: BTreeMap<_, UnmetReason> = proposal
        .unmet
        .iter()
        .map(|u| ((u.action, u.zone, u.year), u.reason))
        .collect();
    let zones = zones_with_money(model, proposal, line.fund, line.year);
    let payable = model.demands.iter().filter(|demand| {
        demand.year == line.year
            && zones
                .as_ref()
                .is_none_or(|zones| zones.contains(&demand.zone))
            && model.may_pay(line.fund, demand)
    });
    // Why each is open; of what has no limit there is always more.
    let reasons: Vec<Option<UnmetReason>> = payable
        .filter_map(|demand| match demand.euro {
            Some(_) => {
                let reason = open.get(&(demand.action, demand.zone, demand.year));
                reason.map(|reason| Some(*reason))
            }
            None => Some(None),
        })
        .collect();
    if reasons.is_empty() {
        LostBecause::NoNeed
    } else if reasons
        .iter()
        .all(|reason| *reason == Some(UnmetReason::Indivisible))
    {
        LostBecause::Indivisible
    } else {
        LostBecause::HeldBack
    }
}

/// Zones whose own money of a fund is not all planned by a year; `None` where the money is a pool.
fn zones_with_money(
    model: &Model,
    proposal: &Proposal,
    fund: FundIdx,
    year: Year,
) -> Option<BTreeSet<ZoneIdx>> {
    let mut unused: BTreeMap<ZoneIdx, i128> = BTreeMap::new();
    for (_, money) in model.money.range((fund, Year::MIN)..=(fund, year)) {
        match &money.assigned {
            Assigned::Pool(_) => return None,
            Assigned::Zones(by_zone) => {
                for (&zone, &euro) in by_zone {
                    *unused.entry(zone).or_default() += cents(euro);
                }
            }
        }
    }
    for line in proposal
        .ledger
        .iter()
        .filter(|line| line.fund == fund && line.year <= year)
    {
        *unused.entry(line.zone).or_default() -= cents(line.euro);
    }
    Some(
        unused
            .into_iter()
            .filter(|(_, left)| *left > 0)
            .map(|(zone, _)| zone)
            .collect(),
    )
}

/// The zones with the lowest coverage, worst first; ties by code.
#[must_use]
pub fn worst_zones(totals: &Totals, n: usize) -> Vec<&ZoneTotal> {
    let mut zones: Vec<(Exact, &ZoneTotal)> = totals
        .zones
        .iter()
        .filter_map(|zone| zone.coverage.share().map(|share| (share, zone)))
        .collect();
    zones.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.zone.cmp(&b.1.zone)));
    zones.into_iter().take(n).map(|(_, zone)| zone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn every_cent_of_a_fund_is_used_left_or_lost() {
        let (model, proposal) = (fixture::model(), fixture::proposal());
        let totals = totals(&model, &proposal);
        for fund in totals.funds.iter().chain([&totals.all]) {
            assert_eq!(fund.assigned, fund.used + fund.left + fund.lost, "{fund:?}");
        }
        assert_eq!(totals.all.carried, 10_000_000);
        assert_eq!(totals.unlimited, 5_000_000);
        assert_eq!(totals.leps.need - totals.leps.covered, 70_000_000);
        let worst: Vec<ZoneIdx> = worst_zones(&totals, 1)
            .iter()
            .map(|zone| zone.zone)
            .collect();
        assert_eq!(worst, [fixture::BISENZIO]);
    }

    #[test]
    fn money_is_lost_for_want_of_needs_or_held_back() {
        let (mut model, mut proposal) = (fixture::model(), fixture::proposal());
        let line = proposal.funds[2].clone();
        assert_eq!(why_lost(&model, &proposal, &line), LostBecause::NoNeed);
        // An open need of a zone that has no money left of its own does not count.
        let mut open = proposal.unmet[0].clone();
        (open.action, open.zone) = (fixture::PIPPI, fixture::BISENZIO);
        proposal.unmet.push(open.clone());
        assert_eq!(why_lost(&model, &proposal, &line), LostBecause::NoNeed);
        open.zone = fixture::ARNO;
        proposal.unmet.push(open);
        assert_eq!(why_lost(&model, &proposal, &line), LostBecause::HeldBack);
        let cents = FundLine {
            lost: Euro::from_cents(99),
            ..line.clone()
        };
        assert_eq!(why_lost(&model, &proposal, &cents), LostBecause::Rounding);
        for unmet in &mut proposal.unmet {
            unmet.reason = UnmetReason::Indivisible;
        }
        assert_eq!(why_lost(&model, &proposal, &line), LostBecause::Indivisible);
        model.eligibility.truncate(1);
        assert_eq!(why_lost(&model, &proposal, &line), LostBecause::NoNeed);
    }
}
