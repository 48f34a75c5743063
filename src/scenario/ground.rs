//! Conditions on the zone, and the values of the zones they ask for.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use crate::input::{At, Problems, RawTable};
use crate::model::expression::{EvaluationError, Expression, Value};
use crate::problem::{FormulaProblem, Nearest, Place, Shown, WhereYear, WordList};
use crate::units::{Exact, Year};

/// A condition on the zone, with everything it may ask.
#[derive(Clone)]
pub(super) struct Condition {
    pub(super) text: String,
    pub(super) place: Place,
    expression: Expression,
    pub(super) ground: Ground,
}

/// The values of the zones: by zone and name, those of `zones.csv`, and the dated ones.
pub(super) type Ground = (
    BTreeMap<String, BTreeMap<String, Value>>,
    BTreeMap<(String, String), BTreeMap<Year, Exact>>,
);

/// Columns of `zones.csv` that are neither indicators nor attributes.
pub(super) const OWN_COLUMNS: [&str; 8] = [
    "zone",
    "name",
    "from",
    "to",
    "replaces",
    "source",
    "confidence",
    "note",
];

/// The free columns of `zones.csv`, each with whether it holds numbers.
pub(super) fn free_columns(zones: &RawTable) -> Vec<(String, bool)> {
    let is_free = |name: &&String| !OWN_COLUMNS.contains(&name.as_str());
    let kind = |name: &String| {
        let cells = zones
            .rows
            .iter()
            .filter(|row| !zones.cell(row, name).is_empty());
        let mut cells = cells.map(|row| zones.number(row, name).is_some());
        (name.clone(), cells.all(|is_number| is_number))
    };
    zones.header().iter().filter(is_free).map(kind).collect()
}

/// The values of all zones.
pub(super) fn ground(state: &State<'_>) -> Ground {
    let zones = state.table("zones.csv");
    let columns = free_columns(zones);
    let mut undated = BTreeMap::new();
    for row in &zones.rows {
        let mut values = BTreeMap::new();
        for (column, is_number) in &columns {
            let value = if *is_number {
                zones.number(row, column).map(Value::Number)
            } else {
                Some(Value::Text(zones.cell(row, column).to_owned()))
                    .filter(|value| !matches!(value, Value::Text(text) if text.is_empty()))
            };
            values.extend(value.map(|value| (column.clone(), value)));
        }
        undated.insert(zones.cell(row, "zone").to_owned(), values);
    }
    let mut dated: BTreeMap<(String, String), BTreeMap<Year, Exact>> = BTreeMap::new();
    let table = state.table("indicators.csv");
    for row in &table.rows {
        let (year, value) = (table.year(row, "year"), table.number(row, "value"));
        if let (Some(year), Some(value)) = (year, value) {
            let zone = table.cell(row, "zone").to_owned();
            let key = (zone, table.cell(row, "indicator").to_owned());
            dated.entry(key).or_default().insert(year, value);
        }
    }
    (undated, dated)
}

/// The value of a name in a zone and year: dated before undated.
pub(super) fn value(ground: &Ground, name: &str, zone: &str, year: Year) -> Option<Value> {
    let dated = ground.1.get(&(zone.to_owned(), name.to_owned()));
    let dated = dated.and_then(|by_year| by_year.range(..=year).next_back());
    dated
        .map(|(_, value)| Value::Number(*value))
        .or_else(|| ground.0.get(zone)?.get(name).cloned())
}

impl Condition {
    /// Reads a condition and checks its names.
    pub(super) fn of(at: &At<String>, state: &State<'_>, problems: &mut Problems) -> Option<Self> {
        let expression = parse(at, problems)?;
        let ground = ground(state);
        let mut known: BTreeSet<&str> = ground.1.keys().map(|(_, name)| name.as_str()).collect();
        let undated = ground.0.values().flat_map(BTreeMap::keys);
        known.extend(undated.map(String::as_str));
        let mut good = true;
        for name in expression.names() {
            if name != "year" && !known.contains(name) {
                good = false;
                let unknown = FormulaProblem::UnknownName {
                    name: Shown::new(name),
                    nearest: Nearest::of(name, known.iter().copied()),
                    known: WordList::of(known.iter().copied()),
                };
                problems.push(at.place.clone(), unknown);
            }
        }
        good.then_some(Self {
            text: at.value.clone(),
            place: at.place.clone(),
            expression,
            ground,
        })
    }

    /// Whether it holds in a zone and year; told if it has no value.
    pub(super) fn holds(&self, zone: &str, year: Year, problems: &mut Problems) -> Option<bool> {
        let found = self.expression.holds(&|name| match name {
            "year" => Some(Value::Number(Exact::from_integer(i128::from(year)))),
            _ => value(&self.ground, name, zone, year),
        });
        let why = match found {
            Ok(holds) => return Some(holds),
            Err(why) => why,
        };
        let at = WhereYear {
            zone: Shown::new(zone),
            year,
            others: 0,
        };
        let value = Shown::new(&self.text);
        let wrong = match why {
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
        problems.push(self.place.clone(), wrong);
        None
    }
}

fn parse(at: &At<String>, problems: &mut Problems) -> Option<Expression> {
    match Expression::parse(&at.value) {
        Ok(expression) => Some(expression),
        Err(error) => {
            let before = at.value.get(..error.at).unwrap_or_default();
            let wrong = FormulaProblem::Syntax {
                value: Shown::new(&at.value),
                character: before.chars().count().saturating_add(1),
                why: error.kind,
            };
            problems.push(at.place.clone(), wrong);
            None
        }
    }
}
