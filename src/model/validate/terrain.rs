//! Expressions on the zones: parsed once, evaluated for each zone and year, told together when they fail.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::Zero;

use crate::input::{At, Problems};
use crate::model::expression::{EvaluationError, Expression, Value};
use crate::model::{Indicators, Zone, ZoneIdx};
use crate::problem::{FormulaProblem, Place, Shown, WhereYear, WordList};
use crate::units::{Exact, Year};

/// A zone and a year.
pub(super) type Pair = (ZoneIdx, Year);

/// Zones and their indicators.
#[derive(Debug)]
pub(super) struct Terrain {
    /// Zones in order of their id.
    pub(super) zones: Vec<Zone>,
    /// Their indicators.
    pub(super) indicators: Indicators,
    /// Names of all indicators and attributes.
    pub(super) names: BTreeSet<String>,
    /// Whether the zones and indicators were read whole.
    pub(super) is_whole: bool,
}

/// What an expression is evaluated for.
#[derive(Clone, Copy)]
struct Telling<'t> {
    expression: &'t Expression,
    place: &'t Place,
}

impl Terrain {
    /// Reads an expression and checks its names.
    pub(super) fn parse(&self, text: &At<String>, problems: &mut Problems) -> Option<Expression> {
        let expression = match Expression::parse(&text.value) {
            Ok(expression) => expression,
            Err(error) => {
                let before = text.value.get(..error.at).unwrap_or_default();
                let wrong = FormulaProblem::Syntax {
                    value: Shown::new(&text.value),
                    character: before.chars().count().saturating_add(1),
                    why: error.kind,
                };
                problems.push(text.place.clone(), wrong);
                return None;
            }
        };
        let mut good = true;
        for name in expression.names() {
            if name == "year" || self.names.contains(name) {
                continue;
            }
            good = false;
            if self.is_whole {
                let known = || self.names.iter().map(String::as_str);
                let unknown = FormulaProblem::UnknownName {
                    name: Shown::new(name),
                    nearest: problems.nearest(name, known()),
                    known: WordList::of(known()),
                };
                problems.push(text.place.clone(), unknown);
            }
        }
        good.then_some(expression)
    }

    /// Whether an expression has the same value everywhere.
    pub(super) fn is_constant(expression: &Expression) -> bool {
        expression.names().is_empty()
    }

    /// The numbers of an expression; all failures are told in one problem per kind.
    pub(super) fn numbers(
        &self,
        expression: &Expression,
        place: &Place,
        pairs: impl IntoIterator<Item = Pair>,
        problems: &mut Problems,
    ) -> Option<BTreeMap<Pair, Exact>> {
        let telling = Telling { expression, place };
        self.each(telling, pairs, problems, |lookup| expression.number(lookup))
    }

    /// The numbers of an expression, none of them negative.
    pub(super) fn quantities(
        &self,
        expression: &Expression,
        place: &Place,
        pairs: impl IntoIterator<Item = Pair>,
        problems: &mut Problems,
    ) -> Option<BTreeMap<Pair, Exact>> {
        let numbers = self.numbers(expression, place, pairs, problems)?;
        let mut negative = numbers
            .iter()
            .filter(|(_, number)| **number < Exact::zero());
        let Some((pair, number)) = negative.next() else {
            drop(negative);
            return Some(numbers);
        };
        let wrong = FormulaProblem::Negative {
            value: Shown::new(expression.text()),
            result: *number,
            at: self.tell(*pair, negative.count()),
        };
        problems.push(place.clone(), wrong);
        None
    }

    /// The pairs where a condition holds; all pairs without one.
    pub(super) fn filter(
        &self,
        condition: Option<&At<String>>,
        pairs: impl IntoIterator<Item = Pair>,
        problems: &mut Problems,
    ) -> Option<Vec<Pair>> {
        let Some(condition) = condition else {
            return Some(pairs.into_iter().collect());
        };
        let expression = self.parse(condition, problems)?;
        let telling = Telling {
            expression: &expression,
            place: &condition.place,
        };
        let held = self.each(telling, pairs, problems, |lookup| expression.holds(lookup))?;
        Some(
            held.into_iter()
                .filter(|(_, holds)| *holds)
                .map(|(pair, _)| pair)
                .collect(),
        )
    }

    /// Zone and year of a message.
    pub(super) fn tell(&self, (zone, year): Pair, others: usize) -> WhereYear {
        let id = self
            .zones
            .get(zone.index())
            .map_or("", |zone| zone.id.as_str());
        WhereYear {
            zone: Shown::new(id),
            year,
            others,
        }
    }

    /// The value of a name in a zone and year.
    fn value(&self, name: &str, (zone, year): Pair) -> Option<Value> {
        if name == "year" {
            return Some(Value::Number(Exact::from_integer(i128::from(year))));
        }
        if let Some(number) = self.indicators.value(name, zone, year) {
            return Some(Value::Number(number));
        }
        let attributes = &self.zones.get(zone.index())?.attributes;
        attributes.get(name).cloned().map(Value::Text)
    }

    fn each<T>(
        &self,
        telling: Telling<'_>,
        pairs: impl IntoIterator<Item = Pair>,
        problems: &mut Problems,
        get: impl Fn(&dyn Fn(&str) -> Option<Value>) -> Result<T, EvaluationError>,
    ) -> Option<BTreeMap<Pair, T>> {
        let mut values = BTreeMap::new();
        // One entry per kind of failure: the first pair and how many more.
        let mut failures: Vec<(EvaluationError, Pair, usize)> = Vec::new();
        for pair in pairs {
            match get(&|name: &str| self.value(name, pair)) {
                Ok(value) => drop(values.insert(pair, value)),
                Err(error) => match failures.iter_mut().find(|(seen, ..)| *seen == error) {
                    Some((.., others)) => *others = others.saturating_add(1),
                    None => failures.push((error, pair, 0)),
                },
            }
        }
        if failures.is_empty() {
            return Some(values);
        }
        for (error, pair, others) in failures {
            self.fail(telling, error, self.tell(pair, others), problems);
        }
        None
    }

    fn fail(
        &self,
        telling: Telling<'_>,
        error: EvaluationError,
        at: WhereYear,
        problems: &mut Problems,
    ) {
        let value = Shown::new(telling.expression.text());
        let problem = match error {
            EvaluationError::UnknownName(_) if !self.is_whole => return,
            EvaluationError::UnknownName(name) => FormulaProblem::NoValue {
                name: Shown::new(&name),
                at,
            },
            EvaluationError::DivisionByZero => FormulaProblem::DivisionByZero { value, at },
            EvaluationError::TypeMismatch { expected, found } => FormulaProblem::Type {
                value,
                at,
                expected,
                found,
            },
            EvaluationError::Overflow => FormulaProblem::Overflow { value, at },
        };
        problems.push(telling.place.clone(), problem);
    }
}
