//! Rules among funders: `[[match]]`, `agreements.csv`, `[[flat_rate]]`, `[[claim]]`.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::{CheckedAdd, One, Zero};

use super::directory::Once;
use super::law::{law, optional_law, strength};
use super::setting::Setting;
use crate::input::{AgreementEntry, At, ClaimEntry, FlatRateEntry, MatchEntry, PerWord, Problems};
use crate::model::{Claim, FlatRate, FundIdx, Law, Match, MatchPer, MatchShares, Strength};
use crate::problem::{
    NeedProblem, Place, ReferenceProblem, RuleProblem, Shown, Thing, ValueProblem,
};
use crate::units::{Euro, Exact};

/// A `[[match]]`.
pub(super) fn build(
    entry: &MatchEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Match> {
    let strength = match &entry.strength {
        None => Some(Strength::Law),
        Some(word) => {
            let strength = strength(word.value.0);
            if !strength.is_hard() {
                problems.push(word.place.clone(), RuleProblem::SoftMatch);
            }
            strength.is_hard().then_some(strength)
        }
    };
    let shares = match (&entry.shares, &entry.minimum, &entry.among) {
        (Some(shares), None, None) => {
            proportion(&shares.place, &written(&shares.value.0), setting, problems)
        }
        (None, Some(minimum), Some(among)) => {
            let among = setting.fund_names.some(&among.0, problems);
            minimum_shares(
                &minimum.place,
                &written(&minimum.value.0),
                among,
                setting,
                problems,
            )
        }
        _ => {
            problems.push(entry.id.place.clone(), RuleProblem::SharesOrMinimum);
            None
        }
    };
    let law = law(&entry.law, problems);
    let actions = setting.actions_of(entry.action.as_ref(), problems);
    let zones = setting.zones_of(entry.zone.as_ref(), problems);
    Some(Match {
        id: entry.id.value.0.clone(),
        title: entry
            .title
            .as_ref()
            .map_or_else(|| entry.id.value.0.clone(), |title| title.0.clone()),
        law,
        strength: strength?,
        shares: shares?,
        per: match entry.per.0 {
            PerWord::Priority => MatchPer::Priority,
            PerWord::Operation => MatchPer::Operation,
        },
        actions: actions?,
        zones: zones?,
    })
}

/// A row of `agreements.csv`: each party pays at least its share, in each action, zone and year.
pub(super) fn agreement(
    entry: &AgreementEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Match> {
    let parties = setting.fund_names.some(&entry.parties, problems);
    let shares = minimum_shares(
        &entry.share_place,
        &entry.min_share,
        parties,
        setting,
        problems,
    );
    let actions = setting.action_names.some(&entry.actions, problems);
    let zones = if entry.zones.is_empty() {
        Some(setting.zone_names.all())
    } else {
        setting.zone_names.some(&entry.zones, problems)
    };
    let id = entry.agreement.value.clone();
    Some(Match {
        title: id.clone(),
        law: Law {
            act: entry.source.clone().unwrap_or_else(|| id.clone()),
            ..Law::default()
        },
        id,
        strength: Strength::Plan,
        shares: shares?,
        per: MatchPer::Operation,
        actions: actions?,
        zones: zones?,
    })
}

fn written(shares: &[(At<String>, At<crate::input::Fraction>)]) -> Vec<(At<String>, Exact)> {
    shares
        .iter()
        .map(|(fund, share)| (fund.clone(), share.value.0))
        .collect()
}

/// Funds and shares in the order of the funds, no fund twice, and their sum.
fn shares(
    written: &[(At<String>, Exact)],
    setting: &Setting,
    problems: &mut Problems,
) -> Option<(Vec<(FundIdx, Exact)>, Exact)> {
    let mut found = BTreeMap::new();
    let mut good = true;
    for (id, share) in written {
        let Some(fund) = setting.fund_names.one(id, problems) else {
            good = false;
            continue;
        };
        if found.insert(fund, *share).is_some() {
            let shown = Shown::new(&id.value);
            problems.push(id.place.clone(), ReferenceProblem::Repeated { id: shown });
            good = false;
        }
    }
    let sum = found
        .values()
        .try_fold(Exact::zero(), |sum, share| sum.checked_add(share))?;
    good.then(|| (found.into_iter().collect(), sum))
}

fn proportion(
    place: &Place,
    written: &[(At<String>, Exact)],
    setting: &Setting,
    problems: &mut Problems,
) -> Option<MatchShares> {
    let (shares, sum) = shares(written, setting, problems)?;
    if !sum.is_one() {
        problems.push(place.clone(), RuleProblem::ProportionNotOne { sum });
        return None;
    }
    Some(MatchShares::Proportion(shares))
}

fn minimum_shares(
    place: &Place,
    written: &[(At<String>, Exact)],
    among: Option<Vec<FundIdx>>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<MatchShares> {
    let (shares, sum) = shares(written, setting, problems)?;
    let among = among?;
    if sum > Exact::one() {
        problems.push(place.clone(), RuleProblem::MinimaOverOne { sum });
        return None;
    }
    if let Some((fund, _)) = shares
        .iter()
        .find(|(fund, _)| among.binary_search(fund).is_err())
    {
        let fund = setting.fund_id(*fund);
        problems.push(place.clone(), RuleProblem::NotAmong { fund });
        return None;
    }
    Some(MatchShares::Minimum { shares, among })
}

/// All `[[flat_rate]]`: no action twice, none on another flat rate.
pub(super) fn flat_rates(
    entries: &[FlatRateEntry],
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<FlatRate> {
    let flat: BTreeSet<&str> = entries
        .iter()
        .map(|entry| entry.action.value.0.as_str())
        .collect();
    let mut once = Once::new(Thing::FlatRate);
    let mut rates = Vec::new();
    for entry in entries {
        let (action, on) = (entry.action.value.0.as_str(), entry.on.value.0.as_str());
        if !once.is_new(action, action, &entry.action, problems) {
            continue;
        }
        if flat.contains(on) {
            let path = Shown::new(&format!("{action} → {on}"));
            problems.push(entry.on.place.clone(), ReferenceProblem::Cycle { path });
            continue;
        }
        let action = setting
            .action_names
            .one(&entry.action.with(action.to_owned()), problems);
        let on = setting
            .action_names
            .one(&entry.on.with(on.to_owned()), problems);
        let law = optional_law(entry.law.as_ref());
        if let Some(whole) = action.filter(|action| !super::counts::is_divisible(*action, setting))
        {
            let action = setting.action_id(whole);
            problems.push(
                entry.action.place.clone(),
                NeedProblem::FlatRateWhole { action },
            );
        }
        if let (Some(action), Some(on)) = (action, on) {
            rates.push(FlatRate {
                action,
                on,
                rate: entry.rate.0,
                law,
            });
        }
    }
    rates
}

/// A `[[claim]]`.
pub(super) fn claim(
    entry: &ClaimEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Claim> {
    let fund = setting
        .fund_names
        .one(&entry.fund.with(entry.fund.value.0.clone()), problems);
    let after = u16::try_from(entry.after.value.0)
        .ok()
        .filter(|after| *after <= 20);
    if after.is_none() {
        let value = Shown::new(&entry.after.value.0.to_string());
        problems.push(
            entry.after.place.clone(),
            ValueProblem::OutOfRange {
                value,
                low: 0,
                high: 20,
            },
        );
    }
    let mut commitments = BTreeMap::new();
    for (year, euro) in &entry.commitments.0 {
        if let Some(year) = problems.keep(&year.place, crate::input::year_of(&year.value)) {
            commitments.insert(year, euro.0);
        }
    }
    let law = optional_law(entry.law.as_ref());
    Some(Claim {
        fund: fund?,
        commitments,
        after: after?,
        prefinancing: entry.prefinancing.map_or(Euro::ZERO, |euro| euro.0),
        claimed: entry.claimed.map_or(Euro::ZERO, |euro| euro.0),
        law,
    })
}
