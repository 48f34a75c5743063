//! The weak-duality bound once more, in big fractions and without any haste.

use mappafondo::sheet::Sheet;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

/// A multiplier truncated toward zero to a multiple of 2^-80.
fn truncated(multiplier: f64) -> BigRational {
    let unit = BigRational::from_integer(BigInt::from(1) << 80_u32);
    let exact = BigRational::from_float(multiplier).unwrap();
    (exact * &unit).trunc() / unit
}

/// The bound of a goal, rounded up, given the values of the columns; `None` where a multiplier may not be used.
pub(crate) fn bound_of(
    sheet: &Sheet,
    goal: usize,
    values: &[i64],
    multipliers: &[(u32, f64)],
    goal_multipliers: &[f64],
) -> Option<BigInt> {
    let whole = |value: i64| BigRational::from_integer(BigInt::from(value));
    let mut reduced: Vec<BigRational> = vec![BigRational::zero(); sheet.columns.len()];
    for &(column, cost) in &sheet.goals[goal].cost {
        reduced[column as usize] += whole(cost);
    }
    let mut total = BigRational::zero();
    for (earlier, &multiplier) in sheet.goals[..goal].iter().zip(goal_multipliers) {
        let multiplier = truncated(multiplier);
        for &(column, cost) in &earlier.cost {
            reduced[column as usize] += &multiplier * whole(cost);
            total -= &multiplier * whole(cost) * whole(values[column as usize]);
        }
    }
    for &(row, multiplier) in multipliers {
        let row = sheet.rows.get(row as usize)?;
        let multiplier = truncated(multiplier);
        if multiplier.is_zero() {
            continue;
        }
        for &(column, coefficient) in &row.cells {
            reduced[column as usize] -= &multiplier * whole(coefficient);
        }
        let bound = if multiplier.is_positive() {
            row.upper? + row.play
        } else {
            row.lower? - row.play
        };
        total += multiplier * whole(bound);
    }
    for (column, reduced) in sheet.columns.iter().zip(reduced) {
        let (lower, upper) = (
            &reduced * whole(column.lower),
            &reduced * whole(column.upper),
        );
        total += lower.max(upper);
    }
    Some(total.ceil().to_integer())
}

/// The bound of the first goal, rounded up.
pub(crate) fn bound(sheet: &Sheet, multipliers: &[(u32, f64)]) -> BigInt {
    bound_of(sheet, 0, &[], multipliers, &[]).unwrap()
}
