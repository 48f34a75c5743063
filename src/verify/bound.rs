//! What the certificate proves: by weak duality, how far each goal can be from its best.
//!
//! With multipliers `m` of the rows (positive on the upper bound, negative on the lower one) and `g >= 0` of the earlier goals,
//! every plan that obeys the rows, stays within the columns and does as well on the earlier goals has
//! `cost x <= sum m bound + sum max(d lower, d upper) - sum g value`, with `d = cost + sum g cost_j - sum m row`.

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::Zero;

use crate::sheet::{Certificate, Claim, GoalCertificate, Sheet, SheetGoal};

use super::number::{Fixed, Refused, Sum, ceil_of_fraction, dot, parse_integer};
use super::programme::goal_place;
use super::report::{Said, Tally, said};

/// Which bound of its row a positive multiplier speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Positive {
    /// The upper one: bounds of something maximised.
    Upper,
    /// The lower one: infeasibility.
    Lower,
}

/// Multipliers of rows, read exactly: position of the row, multiplier, and the bound it speaks of.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowMultipliers {
    entries: Vec<(usize, Fixed, i128)>,
}

impl RowMultipliers {
    /// Reads the multipliers of a certificate.
    ///
    /// # Errors
    /// What is wrong with the first that cannot be used.
    pub(crate) fn read(
        sheet: &Sheet,
        multipliers: &[(u32, f64)],
        positive: Positive,
    ) -> Result<Self, Said> {
        let mut entries = Vec::with_capacity(multipliers.len());
        let mut seen = vec![false; sheet.rows.len()];
        for &(row, multiplier) in multipliers {
            let position = usize::try_from(row).unwrap_or(usize::MAX);
            let (Some(entry), Some(seen)) = (sheet.rows.get(position), seen.get_mut(position))
            else {
                return Err(said!("la riga {row} non esiste", "there is no row {row}"));
            };
            let name = &entry.name;
            if std::mem::replace(seen, true) {
                return Err(said!(
                    "due moltiplicatori per la riga `{name}`",
                    "two multipliers for row `{name}`"
                ));
            }
            let multiplier = read_one(multiplier, name)?;
            let sign = multiplier.sign();
            if sign == 0 {
                continue;
            }
            let upper = (sign > 0) == (positive == Positive::Upper);
            let play = i128::from(entry.play);
            let bound = if upper {
                entry
                    .upper
                    .map(|upper| i128::from(upper).saturating_add(play))
            } else {
                entry
                    .lower
                    .map(|lower| i128::from(lower).saturating_sub(play))
            };
            let Some(bound) = bound else {
                return Err(said!(
                    "il moltiplicatore della riga `{name}` parla di un limite che non c'è",
                    "the multiplier of row `{name}` speaks of a bound that is not there"
                ));
            };
            entries.push((position, multiplier, bound));
        }
        Ok(Self { entries })
    }

    /// Positions of the rows with a multiplier.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.entries.iter().map(|entry| entry.0)
    }

    /// `sum multiplier x bound`, times 2^80.
    pub(crate) fn bounds(&self) -> Sum {
        let mut sum = Sum::default();
        for (_, multiplier, bound) in &self.entries {
            add_wide(&mut sum, multiplier, *bound);
        }
        sum
    }

    /// Adds `factor x sum multiplier x row` to the reduced costs, times 2^80; `factor` is 1 or -1.
    pub(crate) fn add_rows(&self, sheet: &Sheet, reduced: &mut [Sum], subtract: bool) {
        for (position, multiplier, _) in &self.entries {
            let Some(row) = sheet.rows.get(*position) else {
                continue;
            };
            for &(column, coefficient) in &row.cells {
                if let Some(sum) = usize::try_from(column)
                    .ok()
                    .and_then(|c| reduced.get_mut(c))
                {
                    if subtract {
                        sum.subtract_scaled(multiplier, coefficient);
                    } else {
                        sum.add_scaled(multiplier, coefficient);
                    }
                }
            }
        }
    }
}

/// A bound with its play may need one bit more than 64.
fn add_wide(sum: &mut Sum, multiplier: &Fixed, bound: i128) {
    match i64::try_from(bound) {
        Ok(bound) => sum.add_scaled(multiplier, bound),
        Err(_) => {
            let half = i64::try_from(bound / 2).unwrap_or(0);
            let rest = i64::try_from(bound - i128::from(half) * 2).unwrap_or(0);
            sum.add_scaled(multiplier, half);
            sum.add_scaled(multiplier, half);
            sum.add_scaled(multiplier, rest);
        }
    }
}

fn read_one(multiplier: f64, name: &str) -> Result<Fixed, Said> {
    Fixed::read(multiplier).map_err(|refused| match refused {
        Refused::NotANumber => said!(
            "il moltiplicatore di `{name}` non è un numero",
            "the multiplier of `{name}` is not a number"
        ),
        Refused::TooLarge => said!(
            "il moltiplicatore di `{name}` è troppo grande",
            "the multiplier of `{name}` is too large"
        ),
    })
}

/// `sum max(d lower, d upper)` over the columns, times 2^80.
pub(crate) fn most_over_columns(sheet: &Sheet, reduced: &[Sum]) -> Sum {
    let mut most = Sum::default();
    for (column, cost) in sheet.columns.iter().zip(reduced) {
        match cost.sign() {
            0 => {}
            1 => most.add_sum_times(cost, column.upper),
            _ => most.add_sum_times(cost, column.lower),
        }
    }
    most
}

/// Something to maximise, with what is given to bound it.
pub(crate) struct Maximised<'a> {
    /// Columns and whole costs.
    pub(crate) cost: &'a [(u32, BigCost)],
    /// Multipliers of rows.
    pub(crate) multipliers: &'a [(u32, f64)],
    /// Multipliers of the goals before it: the first of the sheet.
    pub(crate) goal_multipliers: &'a [f64],
}

/// A cost: goals have 64 bits, gradients a few more.
pub(crate) type BigCost = i128;

/// What plans that the goals after one are compared with have of it at least: its value, or, where it is not at the end of its
/// tolerance, its best less that.
pub(crate) fn kept(goal: &SheetGoal, value: &BigInt, gap: &BigInt) -> BigInt {
    let unused = BigInt::from(goal.tolerance) - gap;
    if unused > BigInt::default() {
        value - unused
    } else {
        value.clone()
    }
}

/// The same of every goal of a sheet, by the gaps of a certificate.
pub(crate) fn all_kept(sheet: &Sheet, values: &[i64], goals: &[GoalCertificate]) -> Vec<BigInt> {
    let claims = goals.iter().map(Some).chain(std::iter::repeat(None));
    sheet
        .goals
        .iter()
        .zip(claims)
        .map(|(goal, claim)| {
            let value = dot(&goal.cost, values);
            match claim.and_then(|claim| parse_integer(&claim.gap)) {
                Some(gap) => kept(goal, &value, &gap),
                None => value,
            }
        })
        .collect()
}

/// The largest value that the multipliers allow, rounded up to a whole number, of plans that have of each goal before it at least
/// `goal_values`.
///
/// # Errors
/// What is wrong with the multipliers.
pub(crate) fn upper_bound(
    sheet: &Sheet,
    goal_values: &[BigInt],
    maximised: &Maximised<'_>,
) -> Result<BigInt, Said> {
    let mut reduced = vec![Sum::default(); sheet.columns.len()];
    for &(column, cost) in maximised.cost {
        if let Some(sum) = usize::try_from(column)
            .ok()
            .and_then(|c| reduced.get_mut(c))
        {
            sum.add_scaled(&Fixed::whole(cost), 1);
        }
    }
    let mut locked = BigInt::default();
    for ((goal, value), &multiplier) in sheet
        .goals
        .iter()
        .zip(goal_values)
        .zip(maximised.goal_multipliers)
    {
        let multiplier = read_one(multiplier, &goal.kind)?;
        if multiplier.sign() < 0 {
            let kind = &goal.kind;
            return Err(said!(
                "il moltiplicatore dell'obiettivo `{kind}` è negativo",
                "the multiplier of goal `{kind}` is negative"
            ));
        }
        for &(column, cost) in &goal.cost {
            if let Some(sum) = usize::try_from(column)
                .ok()
                .and_then(|c| reduced.get_mut(c))
            {
                sum.add_scaled(&multiplier, cost);
            }
        }
        locked += match &multiplier {
            Fixed::Small(multiplier) => value * multiplier,
            Fixed::Big(multiplier) => value * multiplier,
        };
    }
    let rows = RowMultipliers::read(sheet, maximised.multipliers, Positive::Upper)?;
    rows.add_rows(sheet, &mut reduced, true);
    let total = rows.bounds().total() + most_over_columns(sheet, &reduced).total() - locked;
    Ok(ceil_of_fraction(&total))
}

/// Checks the value and the gap of every goal.
pub(crate) fn check_goals(
    sheet: &Sheet,
    values: &[i64],
    certificate: &Certificate,
) -> (Tally, Tally) {
    let mut stated = Tally::new(
        "goals",
        said!(
            "ogni obiettivo vale quanto dichiarato",
            "every goal has the value stated"
        ),
    );
    let mut proved = Tally::new(
        "bounds",
        said!(
            "la distanza dal meglio di ogni obiettivo è dimostrata",
            "the distance of every goal from its best is proved"
        ),
    );
    let Claim::Proposal { goals, .. } = &certificate.claim else {
        return (stated, proved);
    };
    stated.looked_at(sheet.goals.len());
    proved.looked_at(sheet.goals.len());
    if goals.len() != sheet.goals.len() {
        let (given, asked) = (goals.len(), sheet.goals.len());
        stated.fail(
            "certificate.json",
            "",
            said!(
                "certifica {given} obiettivi, il foglio ne ha {asked}",
                "certifies {given} goals, the sheet has {asked}"
            ),
        );
    }
    let goal_values: Vec<BigInt> = sheet
        .goals
        .iter()
        .map(|goal| dot(&goal.cost, values))
        .collect();
    let kept = all_kept(sheet, values, goals);
    for (position, (goal, claim)) in sheet.goals.iter().zip(goals).enumerate() {
        let place = goal_place(position, &goal.kind);
        let value = goal_values.get(position).cloned().unwrap_or_default();
        if parse_integer(&claim.value).as_ref() != Some(&value) {
            let said_value = &claim.value;
            let by = parse_integer(said_value).map_or(String::new(), |v| (v - &value).to_string());
            stated.fail(
                &place,
                by,
                said!(
                    "il certificato dice {said_value}, il conto dà {value}",
                    "the certificate says {said_value}, the sum is {value}"
                ),
            );
        }
        check_gap(sheet, position, claim, (&value, &kept), &mut proved);
    }
    (stated, proved)
}

/// How far a goal may be from its best.
fn distance(gap: &BigInt, goal: &SheetGoal) -> Said {
    if gap.is_zero() {
        return said!("nessun piano può fare meglio", "no plan can do better");
    }
    let ratio = Ratio::new(gap.clone(), BigInt::from(goal.scale));
    let (italian, english) = match goal.unit.as_str() {
        "cent" => ("centesimi", "cents"),
        "level" => ("della copertura", "of the coverage"),
        _ => ("del limite", "of the bound"),
    };
    said!(
        "al più {ratio} {italian} dal meglio",
        "at most {ratio} {english} from the best"
    )
}

fn check_gap(
    sheet: &Sheet,
    position: usize,
    claim: &GoalCertificate,
    (value, kept): (&BigInt, &[BigInt]),
    proved: &mut Tally,
) {
    let Some(goal) = sheet.goals.get(position) else {
        return;
    };
    let place = goal_place(position, &goal.kind);
    if claim.goal_multipliers.len() != position {
        let given = claim.goal_multipliers.len();
        proved.fail(
            &place,
            "",
            said!(
                "{given} moltiplicatori per {position} obiettivi precedenti",
                "{given} multipliers for {position} earlier goals"
            ),
        );
        return;
    }
    let cost: Vec<(u32, BigCost)> = goal
        .cost
        .iter()
        .map(|&(column, cost)| (column, BigCost::from(cost)))
        .collect();
    let maximised = Maximised {
        cost: &cost,
        multipliers: &claim.multipliers,
        goal_multipliers: &claim.goal_multipliers,
    };
    let bound = match upper_bound(sheet, kept, &maximised) {
        Ok(bound) => bound,
        Err(said) => {
            proved.fail(&place, "", said);
            return;
        }
    };
    let gap = bound - value;
    let stated = &claim.gap;
    if parse_integer(stated).as_ref() == Some(&gap) {
        proved.remark(&place, "", distance(&gap, goal));
    } else {
        let by = parse_integer(stated).map_or(String::new(), |stated| (&gap - stated).to_string());
        proved.fail(
            &place,
            by,
            said!(
                "il certificato dice al più {stated} dal meglio, i moltiplicatori dimostrano {gap}",
                "the certificate says at most {stated} from the best, its multipliers prove {gap}"
            ),
        );
    }
}
