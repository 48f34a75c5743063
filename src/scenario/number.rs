//! Exact numbers as the files write them, and parts of a total that lose nothing.

use num_traits::{CheckedAdd, CheckedMul, Zero};

use crate::input::unmistakable;
use crate::units::{Euro, Exact, exact_text};

/// Digits after the point that a number in a table keeps.
const DECIMALS: i128 = 1_000_000_000_000;

/// A decimal with a point: exact up to twelve digits after it, else rounded half up to twelve.
pub(super) fn decimal(value: &Exact) -> Option<String> {
    let text = exact_text(value);
    if !text.contains('/') {
        return Some(text);
    }
    let half = value
        .checked_mul(&Exact::from_integer(DECIMALS))?
        .checked_add(&Exact::new(1, 2))?;
    Some(exact_text(&Exact::new(half.floor().to_integer(), DECIMALS)))
}

/// A share: `40%` where that is exact, else `2/7`.
pub(super) fn share(value: &Exact) -> Option<String> {
    let percent = exact_text(&value.checked_mul(&Exact::from_integer(100))?);
    Some(if percent.contains('/') {
        exact_text(value)
    } else {
        format!("{percent}%")
    })
}

/// A number inside an expression.
pub(super) fn term(value: &Exact) -> String {
    let text = unmistakable(exact_text(value));
    if text.starts_with('-') || text.contains('/') {
        format!("({text})")
    } else {
        text
    }
}

/// Cents that add up to the rounded total of the exact parts: by largest remainder, ties by position.
pub(super) fn parts(exact: &[Exact]) -> Option<Vec<Euro>> {
    let total = exact
        .iter()
        .try_fold(Exact::zero(), |sum, part| sum.checked_add(part))?;
    let total = Euro::round_of(&total)?;
    let mut parts: Vec<Euro> = exact.iter().map(Euro::floor_of).collect::<Option<_>>()?;
    let given = Euro::checked_sum(parts.iter().copied())?;
    let mut left = total.checked_sub(given)?.cents();
    let mut order: Vec<(Exact, usize)> = Vec::with_capacity(exact.len());
    for (position, part) in exact.iter().enumerate() {
        let cents = part.checked_mul(&Exact::from_integer(100))?;
        order.push((cents.fract(), position));
    }
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, position) in order {
        if left == 0 {
            break;
        }
        if let Some(part) = parts.get_mut(position) {
            *part = part.checked_add(Euro::from_cents(1))?;
            left -= 1;
        }
    }
    Some(parts)
}

/// Whole multiples of a unit that add up to the nearest multiple of the total: by largest remainder, ties by position.
pub(super) fn multiples(exact: &[Exact], unit: &Exact) -> Option<Vec<Exact>> {
    // Cents stand for the unit: the rule is the same.
    let scale = Exact::new(1, 100) / unit;
    let scaled: Option<Vec<Exact>> = exact.iter().map(|part| part.checked_mul(&scale)).collect();
    let whole = parts(&scaled?)?;
    whole
        .into_iter()
        .map(|euro| unit.checked_mul(&Exact::from_integer(i128::from(euro.cents()))))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_ties_go_to_the_first() {
        let thirds = vec![Exact::new(100, 3); 3];
        let cents: Vec<i64> = parts(&thirds).unwrap().iter().map(|e| e.cents()).collect();
        assert_eq!(cents, [3334, 3333, 3333]);
        let people = multiples(
            &[Exact::new(7, 2), Exact::new(7, 2)],
            &Exact::from_integer(1),
        );
        assert_eq!(
            people.unwrap(),
            [Exact::from_integer(4), Exact::from_integer(3)]
        );
    }

    #[test]
    fn numbers_are_written_so_that_nobody_misreads_them() {
        assert_eq!(term(&Exact::new(1125, 1000)), "1.1250");
        assert_eq!(term(&Exact::new(-1, 3)), "(-1/3)");
        assert_eq!(decimal(&Exact::new(2, 3)).unwrap(), "0.666666666667");
        assert_eq!(share(&Exact::new(3, 8)).unwrap(), "37.5%");
        assert_eq!(share(&Exact::new(2, 7)).unwrap(), "2/7");
    }
}
