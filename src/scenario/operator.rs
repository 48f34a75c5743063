//! What a change does to a value: scale, add, set.

use num_traits::{CheckedAdd, CheckedMul, Zero};

use super::number;
use crate::input::{At, ChangeEntry};
use crate::problem::{ProblemKind, ScenarioProblem, Shown};
use crate::units::{Exact, parse_exact};

/// A change of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    /// Multiply.
    Scale(Exact),
    /// Add; the text may be a number or, for formulas, an expression.
    Add(String),
    /// Replace.
    Set(String),
}

/// A value that cannot be had.
pub(super) type Refusal = ProblemKind;

impl Operator {
    /// The operator of a change, with its place.
    pub(super) fn of(change: &ChangeEntry) -> Option<At<Self>> {
        let scale = change.scale.as_ref();
        let scale = scale.map(|at| at.with(Self::Scale(at.value.0)));
        let add = change.add.as_ref();
        let add = add.map(|at| at.with(Self::Add(at.value.0.clone())));
        let set = change.set.as_ref();
        let set = set.map(|at| at.with(Self::Set(at.value.0.clone())));
        scale.or(add).or(set)
    }

    /// A number from a number.
    pub(super) fn number(&self, old: &Exact, what: &str) -> Result<Exact, Refusal> {
        let too_large = || -> Refusal {
            ScenarioProblem::TooLarge {
                what: Shown::new(what),
            }
            .into()
        };
        match self {
            Self::Scale(factor) => old.checked_mul(factor).ok_or_else(too_large),
            Self::Add(text) => old.checked_add(&read(text, what)?).ok_or_else(too_large),
            Self::Set(text) => read(text, what),
        }
    }

    /// As [`Operator::number`], refusing what is below zero.
    pub(super) fn quantity(&self, old: &Exact, what: &str) -> Result<Exact, Refusal> {
        let new = self.number(old, what)?;
        if new < Exact::zero() {
            let (what, value) = (
                Shown::new(what),
                Shown::new(&crate::units::exact_text(&new)),
            );
            return Err(ScenarioProblem::Negative { what, value }.into());
        }
        Ok(new)
    }

    /// A formula from a formula, everywhere or where a condition holds.
    pub(super) fn formula(
        &self,
        old: &str,
        condition: Option<&str>,
        what: &str,
    ) -> Result<String, Refusal> {
        let old = old.trim();
        let plain = parse_exact(old);
        let new = match (self, plain) {
            (Self::Set(text), _) => text.clone(),
            (Self::Scale(factor), None) => format!("({old}) * {}", number::term(factor)),
            (Self::Add(text), None) => match parse_exact(text) {
                Some(value) => format!("({old}) + {}", number::term(&value)),
                None => format!("({old}) + ({text})"),
            },
            (Self::Add(text), Some(_)) if parse_exact(text).is_none() => {
                format!("{old} + ({text})")
            }
            (_, Some(value)) => number::term(&self.quantity(&value, what)?),
        };
        Ok(match condition {
            Some(condition) => format!("if({condition}, {new}, {old})"),
            None => new,
        })
    }
}

fn read(text: &str, what: &str) -> Result<Exact, Refusal> {
    parse_exact(text).ok_or_else(|| {
        let (value, what) = (Shown::new(text), Shown::new(what));
        ScenarioProblem::NotANumber { value, what }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_wrapped_and_a_number_computed() {
        let scale = Operator::Scale(Exact::new(4, 5));
        assert_eq!(scale.formula("10", None, "x").unwrap(), "8");
        assert_eq!(scale.formula("a + 1", None, "x").unwrap(), "(a + 1) * 0.8");
        let add = Operator::Add("-3".to_owned());
        assert_eq!(
            add.formula("a", Some("b = 1"), "x").unwrap(),
            "if(b = 1, (a) + (-3), a)"
        );
        assert!(add.formula("2", None, "x").is_err());
    }
}
