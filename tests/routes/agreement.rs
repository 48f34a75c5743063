//! When two answers are the same.

use std::collections::BTreeMap;

use mappafondo::lp::ColumnKey;
use mappafondo::model::{ActionIdx, FundIdx, Model, ZoneIdx};
use mappafondo::proposal::{Figures, LedgerLine, figures};
use mappafondo::solve::routes::{Route, Solved};
use mappafondo::units::{Exact, Year};
use num_traits::Signed;

use crate::generator::check::{Broken, broken};

/// Both answers in whole cents: goals as near as each says it is to the best, and, where both picks are proved, the same ledger.
/// The proof of a pick holds up to a hundredth of a cent: an amount that lies so near to half a cent may be rounded either way. The
/// face that an interior point tells leaves free what is worth less than its last digits: a tenth of a cent.
pub(super) fn same_answer(model: &Model, cold: &Solved, other: &Solved) -> Result<(), Broken> {
    match (&cold.plan, &other.plan) {
        (Ok(one), Ok(two)) => {
            let proved = one.picked.proved && two.picked.proved;
            let columns = one.program.columns.iter();
            let pairs = columns.zip(one.picked.values.iter().zip(&two.picked.values));
            let paid = pairs.filter(|(column, _)| matches!(column.key, ColumnKey::Pay { .. }));
            let apart = paid.map(|(_, (a, b))| (a - b).abs()).fold(0.0, f64::max);
            let within = if other.route == Route::Batch {
                0.1
            } else {
                0.01
            };
            if proved && apart > within {
                return broken(
                    "pick",
                    format!(
                        "{apart} cents apart by {:?}, {:?}",
                        other.route, other.handed_over
                    ),
                );
            }
            let (one, two) = (figures(model, one), figures(model, two));
            same_goals(&one, &two)?;
            let whole_cents = one.excess.is_empty() && two.excess.is_empty();
            if proved && whole_cents {
                same_ledger(&one, &two).map_err(|why| Broken {
                    how: format!("{} by {:?}", why.how, other.route),
                    ..why
                })?;
            }
            Ok(())
        }
        (Err(one), Err(two)) if one == two => Ok(()),
        (one, two) => broken(
            "outcome",
            format!(
                "{:?} but {:?}",
                one.as_ref().map(|_| "a plan"),
                two.as_ref().map(|_| "a plan")
            ),
        ),
    }
}

/// Cents of each line of a ledger.
pub(super) fn lines(figures: &Figures) -> BTreeMap<(FundIdx, ActionIdx, ZoneIdx, Year), i64> {
    let key = |l: &LedgerLine| (l.fund, l.action, l.zone, l.year);
    let ledger = figures.ledger.iter();
    ledger.map(|l| (key(l), l.euro.cents())).collect()
}

/// Line by line within a cent, and within a cent for each zone and year.
pub(super) fn same_ledger(one: &Figures, two: &Figures) -> Result<(), Broken> {
    let (one_lines, two_lines) = (lines(one), lines(two));
    for key in one_lines.keys().chain(two_lines.keys()) {
        let cents = |of: &BTreeMap<_, i64>| of.get(key).copied().unwrap_or(0);
        let (a, b) = (cents(&one_lines), cents(&two_lines));
        if (a - b).abs() > 1 {
            return broken("ledger", format!("{key:?}: {a} cents but {b}"));
        }
    }
    for (a, b) in one.zones.iter().zip(&two.zones) {
        if (a.covered.cents() - b.covered.cents()).abs() > 1 {
            return broken("zones", format!("{a:?} but {b:?}"));
        }
    }
    Ok(())
}

/// The first goal at least: later ones are proved only given the earlier values of the same plan.
fn same_goals(one: &Figures, two: &Figures) -> Result<(), Broken> {
    if one.goals.len() != two.goals.len() {
        return broken("goals", "one route has more goals");
    }
    for (position, (a, b)) in one.goals.iter().zip(&two.goals).enumerate() {
        let apart = (a.value - b.value).abs();
        // A gap is below zero where proportions hold in whole cents only: a plan that obeys them exactly has less.
        let within = a.gap.max(b.gap).max(Exact::default());
        if apart > within && position == 0 {
            return broken("goals", format!("{a:?} but {b:?}"));
        }
    }
    Ok(())
}

/// What an answer is, to the last bit.
pub(super) fn bits(solved: &Solved) -> Vec<u64> {
    match &solved.plan {
        Ok(plan) => {
            let goals = plan.stages.iter().map(|stage| stage.value);
            let duals = plan.stages.iter().flat_map(|stage| stage.row_dual.iter());
            goals
                .chain(duals.copied())
                .chain(plan.picked.values.iter().copied())
                .map(f64::to_bits)
                .collect()
        }
        Err(_) => Vec::new(),
    }
}
