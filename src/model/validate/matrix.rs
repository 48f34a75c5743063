//! The matrix: which fund may pay which action, where and when.

use super::setting::Setting;
use super::terrain::Pair;
use super::zones::check_order;
use crate::input::{EligibilityEntry, Problems};
use crate::model::Eligibility;
use crate::problem::{Remark, Shown};
use crate::units::Year;

/// The openings of `eligibility.csv`, in the order of funds, then of rows that say the same thing first.
pub(super) fn build(
    entries: &[EligibilityEntry],
    setting: &Setting,
    problems: &mut Problems,
) -> Vec<Eligibility> {
    let mut matrix: Vec<Eligibility> = entries
        .iter()
        .filter_map(|entry| opening(entry, setting, problems))
        .flatten()
        .collect();
    // Whatever the order of the rows, the same matrix.
    matrix.sort_by(|a, b| key(a).cmp(&key(b)));
    matrix.dedup();
    matrix
}

type Key<'e> = (
    crate::model::FundIdx,
    &'e [crate::model::ActionIdx],
    &'e [Pair],
    Option<crate::units::Exact>,
    Option<&'e str>,
);

fn key(entry: &Eligibility) -> Key<'_> {
    (
        entry.fund,
        &entry.actions,
        &entry.zones,
        entry.max_share,
        entry.law.as_deref(),
    )
}

fn opening(
    entry: &EligibilityEntry,
    setting: &Setting,
    problems: &mut Problems,
) -> Option<Vec<Eligibility>> {
    check_order(entry.from.as_ref(), entry.to.as_ref(), problems);
    let funds = setting.fund_names.some(&entry.funds, problems);
    let actions = setting.action_names.some(&entry.actions, problems);
    let is_open = |year: &Year| {
        entry.from.as_ref().is_none_or(|from| from.value <= *year)
            && entry.to.as_ref().is_none_or(|to| *year <= to.value)
    };
    let years: Vec<Year> = setting.years.iter().copied().filter(is_open).collect();
    let zones =
        setting
            .terrain
            .filter(entry.condition.as_ref(), setting.pairs(&years), problems)?;
    if let (true, false, Some(condition)) = (zones.is_empty(), years.is_empty(), &entry.condition) {
        let value = Shown::new(&condition.value);
        problems.push(condition.place.clone(), Remark::SelectsNothing { value });
    }
    let (funds, actions) = (funds?, actions?);
    let one = |fund| Eligibility {
        fund,
        actions: actions.clone(),
        zones: zones.clone(),
        max_share: entry.max_share,
        law: entry.law.clone(),
    };
    Some(funds.into_iter().map(one).collect())
}
