//! The base of a share: what it sums over, and whether that is known.

use super::bounds::{MoneyKnown, Scope};
use super::directory::Directory;
use super::setting::Setting;
use crate::input::{At, BaseWord, BoundEntry, Problems, Selector};
use crate::model::rule::ForEach;
use crate::model::{Assigned, BaseScope, Share};
use crate::problem::{Place, RuleProblem, Shown, WhereYear};

/// What a bound names for its base, and where.
struct Named<'e> {
    fund: Option<&'e At<Selector>>,
    action: Option<&'e At<Selector>>,
    zone: Option<&'e At<Selector>>,
    years: Option<&'e Place>,
}

impl<'e> Named<'e> {
    fn of(bound: &'e BoundEntry) -> Self {
        Self {
            fund: bound.fund.as_ref(),
            action: bound.action.as_ref(),
            zone: bound.zone.as_ref(),
            years: bound.years.as_ref().map(|years| &years.place),
        }
    }

    /// The keys that were written, each with its place.
    fn keys(&self) -> impl Iterator<Item = (&'static str, &'e Place)> {
        let keys = [
            ("fund", self.fund.map(|at| &at.place)),
            ("action", self.action.map(|at| &at.place)),
            ("zone", self.zone.map(|at| &at.place)),
            ("years", self.years),
        ];
        keys.into_iter()
            .filter_map(|(key, place)| Some((key, place?)))
    }
}

/// Refuses what the base does not have: no base but a share's, no action of what is assigned, no fund of a need.
pub(super) fn check_keys(bound: &BoundEntry, problems: &mut Problems) -> Option<()> {
    let base = bound.share_of.map(|word| word.0);
    let mut good = Some(());
    for (key, place) in Named::of(bound).keys() {
        let problem = match (base, key) {
            (None, _) => RuleProblem::ScopeWithoutBase {
                key: Shown::new(key),
            },
            (Some(BaseWord::Assigned), "action") => RuleProblem::ActionOfAssigned,
            (Some(BaseWord::Demand), "fund") => RuleProblem::FundOfDemand,
            _ => continue,
        };
        problems.push(place.clone(), problem);
        good = None;
    }
    good
}

/// What the base sums over.
pub(super) fn scope(
    bound: &BoundEntry,
    base: BaseWord,
    rule: Scope<'_>,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<BaseScope> {
    let named = Named::of(bound);
    let measured = &rule.measure.selection;
    // A need and last year's money are those of the measure; money assigned or planned is that of its funds wherever the rule holds.
    let as_measured = matches!(base, BaseWord::Demand | BaseWord::LastYear);
    let funds = named_or(named.fund, &setting.fund_names, problems, || {
        measured.funds.clone()
    });
    let actions = named_or(named.action, &setting.action_names, problems, || {
        if as_measured {
            measured.actions.clone()
        } else {
            setting.action_names.all()
        }
    });
    let years = bound.years.as_ref().map_or_else(
        || rule.years.to_vec(),
        |years| setting.plan_years(Some(&years.value), problems),
    );
    let pairs = match named.zone {
        Some(zones) => {
            let zones = all_or_some(&zones.value, &setting.zone_names, problems);
            let mut pairs = setting.pairs(&years);
            zones.map(|zones| {
                pairs.retain(|(zone, _)| zones.binary_search(zone).is_ok());
                pairs
            })
        }
        None => {
            let held = match named.years {
                None => Some(rule.held.to_vec()),
                Some(_) => setting
                    .terrain
                    .filter(rule.condition, setting.pairs(&years), problems),
            };
            held.map(|mut pairs| {
                pairs
                    .retain(|(zone, _)| !as_measured || measured.zones.binary_search(zone).is_ok());
                pairs
            })
        }
    };
    Some(BaseScope {
        funds: funds?,
        actions: actions?,
        pairs: pairs?,
        own: ForEach {
            fund: named.fund.is_some(),
            action: named.action.is_some(),
            zone: named.zone.is_some(),
            year: named.years.is_some(),
        },
    })
}

fn named_or<I: Copy + Ord>(
    named: Option<&At<Selector>>,
    names: &Directory<I>,
    problems: &mut Problems,
    other: impl Fn() -> Vec<I>,
) -> Option<Vec<I>> {
    match named {
        Some(named) => all_or_some(&named.value, names, problems),
        None => Some(other()),
    }
}

/// The words for every one, in files and in the sheets of either language.
const ALL: [&str; 3] = ["all", "tutte", "tutti"];

/// `all` is every one, where nothing is called so.
fn all_or_some<I: Copy + Ord>(
    selector: &Selector,
    names: &Directory<I>,
    problems: &mut Problems,
) -> Option<Vec<I>> {
    match selector.0.as_slice() {
        [only]
            if ALL.contains(&only.value.as_str())
                && names.get(&only.value).is_none()
                && !names.has_set(&only.value) =>
        {
            Some(names.all())
        }
        several => names.some(several, problems),
    }
}

/// A share that differs by zone or year is the instance's: what the bound names itself, it does not look up there.
pub(super) fn check_step(
    place: &Place,
    of: &BaseScope,
    rule: Scope<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let each = rule.for_each;
    for (named, written, key, dimension) in [
        (of.own.zone, each.zone, "zone", "zone"),
        (of.own.year, each.year, "years", "year"),
    ] {
        if named && !written {
            let (key, dimension) = (Shown::new(key), Shown::new(dimension));
            problems.push(place.clone(), RuleProblem::StepOfNamed { key, dimension });
            return None;
        }
    }
    Some(())
}

/// What a zone has of a pool is known only through its formula.
pub(super) fn check_assigned(
    place: &Place,
    of: &BaseScope,
    share: &Share,
    rule: Scope<'_>,
    setting: &Setting,
    money: MoneyKnown<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let each_zone = rule.for_each.zone && !of.own.zone;
    let by_share = matches!(share, Share::ByZone(_)) && !of.own.zone;
    // A base that holds every zone of each of its years takes the pool as a whole.
    let is_whole = || {
        let years: std::collections::BTreeSet<_> = of.pairs.iter().map(|pair| pair.1).collect();
        years.iter().all(|year| {
            let mut zones = setting.zones_in(*year);
            zones.all(|zone| of.pairs.binary_search(&(zone, *year)).is_ok())
        })
    };
    if !each_zone && !by_share && is_whole() {
        return Some(());
    }
    for fund in &of.funds {
        let mut unknown = of.pairs.iter().filter(|(zone, year)| {
            let of_year = money.by_year.get(&(*fund, *year));
            of_year.is_some_and(|of_year| matches!(of_year.assigned, Assigned::Pool(_)))
                && !money.formula.contains_key(&(*fund, *zone, *year))
        });
        let Some((zone, year)) = unknown.next() else {
            continue;
        };
        let fund = setting.fund_id(*fund);
        let problem = if each_zone || by_share {
            RuleProblem::AssignedWithoutFormula { fund, year: *year }
        } else {
            RuleProblem::AssignedToSome {
                fund,
                at: WhereYear {
                    zone: Shown::new(
                        setting
                            .terrain
                            .zones
                            .get(zone.index())
                            .map_or("", |z| &z.id),
                    ),
                    year: *year,
                    others: unknown.count(),
                },
            }
        };
        problems.push(place.clone(), problem);
        return None;
    }
    Some(())
}
