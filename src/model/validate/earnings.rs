//! `[[income]]` on units that the plan decides: bands, the money of years that are past already, and who may not lean on it.

use std::collections::BTreeMap;

use num_traits::{One, Zero};

use super::counts::is_units;
use super::earned::small;
use super::law::optional_law;
use super::money::Money;
use super::setting::{Setting, text_of};
use super::terrain::Pair;
use crate::input::{At, Entries, Formula, IncomeEntry, Problems};
use crate::model::{Base, Bound, Confidence, EarnedBand, Earning, FundIdx, Rule};
use crate::problem::{MoneyProblem, Place, RuleProblem, Shown, ValueProblem};
use crate::units::{Euro, Exact, Year};

/// Reads the incomes of units; gives their funds a purse in every zone, and what staff of years before the plan earned.
pub(super) fn build(
    entries: &Entries,
    setting: &Setting,
    money: &mut Money,
    problems: &mut Problems,
) -> Vec<Earning> {
    let mut earnings = Vec::new();
    for income in entries.file.income.as_deref().unwrap_or_default() {
        let of_units =
            income.units_of.is_some() || income.bands.is_some() || income.already.is_some();
        if income.euro.is_some() == of_units || income.units_of.is_some() != income.bands.is_some()
        {
            problems.push(income.fund.place.clone(), MoneyProblem::IncomeForm);
        } else if of_units
            && let Some(earning) = earning(income, entries, setting, problems)
            && open_purses(&earning, income, setting, money, problems).is_some()
        {
            earnings.push(earning);
        }
    }
    earnings
}

fn earning(
    income: &IncomeEntry,
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Earning> {
    let fund = setting
        .fund_names
        .one(&income.fund.with(income.fund.value.0.clone()), problems);
    let of = income.units_of.as_ref()?;
    let action = setting
        .action_names
        .one(&of.with(of.value.0.clone()), problems);
    let lag = match &income.lag {
        None => Some(0),
        Some(lag) => {
            let found = small(lag.value.0, 0, 20);
            if found.is_none() {
                let value = Shown::new(&lag.value.0.to_string());
                let (low, high) = (0, 20);
                problems.push(
                    lag.place.clone(),
                    ValueProblem::OutOfRange { value, low, high },
                );
            }
            found
        }
    };
    let (fund, action, lag) = (fund?, action?, lag?);
    if !is_units(action, setting) {
        let action = setting.action_id(action);
        problems.push(of.place.clone(), MoneyProblem::IncomeUnits { action });
        return None;
    }
    check_fund(income, fund, entries, setting, problems)?;
    // Of every year that money of the plan is earned in.
    let pairs: Vec<Pair> = setting
        .years
        .iter()
        .flat_map(|&year| setting.zones_in(year).map(move |zone| (zone, year - lag)))
        .chain(setting.pairs(&setting.years))
        .collect();
    let numbers = |formula: &At<Formula>, problems: &mut Problems| {
        let text = text_of(formula);
        let expression = setting.terrain.parse(&text, problems)?;
        let pairs = pairs.iter().copied();
        setting
            .terrain
            .quantities(&expression, &text.place, pairs, problems)
    };
    let already = match &income.already {
        Some(formula) => numbers(formula, problems),
        None => Some(pairs.iter().map(|pair| (*pair, Exact::zero())).collect()),
    };
    let written = income.bands.as_ref()?;
    let bands: Vec<_> = written
        .value
        .iter()
        .map(|band| {
            let (from, to) = (numbers(&band.from, problems), numbers(&band.to, problems));
            Some(EarnedBand {
                from: from?,
                to: to?,
                euro: band.euro.0,
            })
        })
        .collect();
    let bands: Vec<EarnedBand> = bands.into_iter().collect::<Option<_>>()?;
    check_bands(&bands, &written.place, &pairs, setting, problems)?;
    Some(Earning {
        fund,
        action,
        already: already?,
        bands,
        lag,
        law: optional_law(income.law.as_ref()),
    })
}

/// Each band begins where the one before ends, and is not worth more: only its first threshold needs a yes or no.
fn check_bands(
    bands: &[EarnedBand],
    place: &Place,
    pairs: &[Pair],
    setting: &Setting,
    problems: &mut Problems,
) -> Option<()> {
    let wrong = pairs.iter().find(|pair| {
        let ends = |band: &EarnedBand| Some((*band.from.get(pair)?, *band.to.get(pair)?));
        let mut before: Option<(Exact, Euro)> = None;
        bands.is_empty()
            || bands.iter().any(|band| {
                let Some((from, to)) = ends(band) else {
                    return true;
                };
                let follows = before.is_none_or(|(end, euro)| from == end && band.euro <= euro);
                before = Some((to, band.euro));
                to < from || !follows
            })
    });
    let Some(pair) = wrong else { return Some(()) };
    let at = setting.terrain.tell(*pair, 0);
    problems.push(place.clone(), MoneyProblem::IncomeBands { at });
    None
}

fn check_fund(
    income: &IncomeEntry,
    fund: FundIdx,
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<()> {
    let id = income.fund.value.0.as_str();
    let gates = entries.file.gate.as_deref().unwrap_or_default();
    let cuts = entries.file.priority_cut.as_deref().unwrap_or_default();
    let held = gates.iter().any(|gate| gate.fund.value.0 == id)
        || cuts.iter().any(|cut| cut.fund.value.0 == id);
    let share = setting.funds.get(fund.index()).map(|fund| fund.carry_over);
    let whole = share.is_some_and(|share| share.is_zero() || share.is_one());
    if whole && !held {
        return Some(());
    }
    let fund = setting.fund_id(fund);
    problems.push(income.fund.place.clone(), MoneyProblem::IncomeFund { fund });
    None
}

/// The fund has money of each zone in each year, if only none yet; what was earned before the plan is known.
fn open_purses(
    earning: &Earning,
    income: &IncomeEntry,
    setting: &Setting,
    money: &mut Money,
    problems: &mut Problems,
) -> Option<()> {
    for &year in &setting.years {
        let earned_in: Year = year - earning.lag;
        let is_past = !setting.years.contains(&earned_in);
        for zone in setting.zones_in(year) {
            let known = is_past.then(|| earning.euro((zone, earned_in), &Exact::zero()));
            let fund = setting.fund_id(earning.fund);
            let problem = match known.unwrap_or(Some(Euro::ZERO)) {
                None => MoneyProblem::Overflow { fund, year },
                Some(euro) => {
                    let key = (earning.fund, year);
                    match money.add(key, Some(zone), euro, Confidence::Derived) {
                        Ok(true) => continue,
                        Ok(false) => MoneyProblem::IncomeOnPool { fund, year },
                        Err(()) => MoneyProblem::Overflow { fund, year },
                    }
                }
            };
            problems.push(income.fund.place.clone(), problem);
            return None;
        }
    }
    Some(())
}

/// No rule takes a share of money that is not known before the plan is.
pub(super) fn check_rules(
    earnings: &[Earning],
    rules: &[Rule],
    entries: &Entries,
    setting: &Setting,
    problems: &mut Problems,
) {
    let funds: BTreeMap<FundIdx, ()> = earnings.iter().map(|earning| (earning.fund, ())).collect();
    for rule in rules {
        let Bound::ShareOf {
            base: Base::Assigned,
            scope,
            ..
        } = &rule.bound
        else {
            continue;
        };
        if let Some(fund) = scope.funds.iter().find(|fund| funds.contains_key(fund)) {
            let written = entries.file.rule.iter().flatten();
            let place = written
                .filter(|entry| entry.id.value.0 == rule.id)
                .map(|entry| entry.id.place.clone())
                .next();
            let fund = setting.fund_id(*fund);
            problems.push(
                place.unwrap_or_default(),
                RuleProblem::AssignedEarned { fund },
            );
        }
    }
}
