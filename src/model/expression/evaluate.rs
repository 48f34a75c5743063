//! A tree to its value, in checked fractions.

use std::cmp::Ordering;

use num_integer::Integer;
use num_traits::{CheckedAdd, CheckedMul, CheckedSub, Signed, Zero};
use unicode_normalization::UnicodeNormalization;

use super::{EvaluationError, Names, Value, ValueKind};
use crate::units::Exact;

/// An expression as a tree. Chains of one level are flat, so that only real nesting costs stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Number(Exact),
    Text(String),
    Name(String),
    Negate(Box<Node>),
    Not(Box<Node>),
    Chain(Box<Node>, Vec<(Operator, Node)>),
    Compare(Comparison, Box<[Node; 2]>),
    All(Vec<Node>),
    Any(Vec<Node>),
    /// Condition, then, else.
    If(Box<[Node; 3]>),
    Apply(Rounding, Box<Node>),
    /// The argument that stands so to all others.
    Extreme(Comparison, Box<Node>, Vec<Node>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Greater,
    AtLeast,
    Equal,
    Different,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rounding {
    Ceil,
    Floor,
    HalfUp,
    Abs,
}

impl Node {
    pub(super) fn evaluate(&self, lookup: Names<'_>) -> Result<Value, EvaluationError> {
        match self {
            Self::Number(number) => Ok(Value::Number(*number)),
            Self::Text(text) => Ok(Value::Text(text.clone())),
            Self::Name(name) => match lookup(name) {
                Some(Value::Number(number)) => fit(Some(number)).map(Value::Number),
                Some(value) => Ok(value),
                None => Err(EvaluationError::UnknownName(name.clone())),
            },
            Self::Negate(inner) => Ok(Value::Number(-inner.number(lookup)?)),
            Self::Not(inner) => Ok(Value::Truth(!inner.truth(lookup)?)),
            Self::Chain(first, others) => others
                .iter()
                .try_fold(first.number(lookup)?, |left, (operator, right)| {
                    operator.apply(&left, &right.number(lookup)?)
                })
                .map(Value::Number),
            Self::Compare(comparison, sides) => {
                let [left, right] = &**sides;
                let (left, right) = (left.evaluate(lookup)?, right.evaluate(lookup)?);
                comparison.apply(&left, &right).map(Value::Truth)
            }
            Self::All(operands) => first_that_is(false, operands, lookup),
            Self::Any(operands) => first_that_is(true, operands, lookup),
            Self::If(parts) => {
                let [condition, then, other] = &**parts;
                if condition.truth(lookup)? {
                    then.evaluate(lookup)
                } else {
                    other.evaluate(lookup)
                }
            }
            Self::Apply(rounding, inner) => {
                rounding.apply(&inner.number(lookup)?).map(Value::Number)
            }
            Self::Extreme(wins, first, others) => others
                .iter()
                .try_fold(first.number(lookup)?, |best, next| {
                    let next = next.number(lookup)?;
                    Ok(if wins.holds(next.cmp(&best)) {
                        next
                    } else {
                        best
                    })
                })
                .map(Value::Number),
        }
    }

    pub(super) fn number(&self, lookup: Names<'_>) -> Result<Exact, EvaluationError> {
        match self.evaluate(lookup)? {
            Value::Number(number) => Ok(number),
            other => Err(mismatch(ValueKind::Number, other.kind())),
        }
    }

    pub(super) fn truth(&self, lookup: Names<'_>) -> Result<bool, EvaluationError> {
        match self.evaluate(lookup)? {
            Value::Truth(truth) => Ok(truth),
            other => Err(mismatch(ValueKind::Truth, other.kind())),
        }
    }
}

/// `decisive` at the first operand that is so; the operands after it are not evaluated.
fn first_that_is(
    decisive: bool,
    operands: &[Node],
    lookup: Names<'_>,
) -> Result<Value, EvaluationError> {
    for operand in operands {
        if operand.truth(lookup)? == decisive {
            return Ok(Value::Truth(decisive));
        }
    }
    Ok(Value::Truth(!decisive))
}

impl Operator {
    fn apply(self, left: &Exact, right: &Exact) -> Result<Exact, EvaluationError> {
        fit(match self {
            Self::Plus => left.checked_add(right),
            Self::Minus => left.checked_sub(right),
            Self::Times => left.checked_mul(right),
            Self::Over if right.is_zero() => return Err(EvaluationError::DivisionByZero),
            Self::Over => left.checked_mul(&right.recip()),
        })
    }
}

impl Comparison {
    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::AtMost => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::AtLeast => ordering.is_ge(),
            Self::Equal => ordering.is_eq(),
            Self::Different => ordering.is_ne(),
        }
    }

    fn apply(self, left: &Value, right: &Value) -> Result<bool, EvaluationError> {
        let same = match (left, right) {
            (Value::Number(left), Value::Number(right)) => return Ok(self.holds(left.cmp(right))),
            (Value::Text(left), Value::Text(right)) => left.nfc().eq(right.nfc()),
            (Value::Truth(left), Value::Truth(right)) => left == right,
            _ => return Err(mismatch(left.kind(), right.kind())),
        };
        match self {
            Self::Equal => Ok(same),
            Self::Different => Ok(!same),
            _ => Err(mismatch(ValueKind::Number, left.kind())),
        }
    }
}

impl Rounding {
    fn apply(self, number: &Exact) -> Result<Exact, EvaluationError> {
        match self {
            Self::Abs => Ok(number.abs()),
            Self::Floor => Ok(floor(number)),
            Self::Ceil => Ok(-floor(&-number)),
            Self::HalfUp => Ok(floor(&fit(number.checked_add(&Exact::new(1, 2)))?)),
        }
    }
}

/// `Ratio::floor` may overflow on its way, this cannot.
fn floor(number: &Exact) -> Exact {
    Exact::from_integer(number.numer().div_floor(number.denom()))
}

/// Keeps out the one number whose opposite does not exist, so that negation and reciprocals are safe.
fn fit(number: Option<Exact>) -> Result<Exact, EvaluationError> {
    number
        .filter(|number| *number.numer() != i128::MIN)
        .ok_or(EvaluationError::Overflow)
}

fn mismatch(expected: ValueKind, found: ValueKind) -> EvaluationError {
    EvaluationError::TypeMismatch { expected, found }
}
