//! Single values of `model.toml`: texts, exact numbers, amounts, lists.

use std::borrow::Cow;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::at::At;
use super::collect::Problems;
use super::ids;
use super::number::{self, Dialect, Format};
use super::row::year_of;
use super::toml_node::{FromToml, Node};
use super::word::Word;
use crate::problem::{ReferenceProblem, Shown, ValueProblem, Wanted};
use crate::units::{Euro, Exact, Year};

/// A free text.
#[derive(Clone, Debug)]
pub(crate) struct Text(pub(crate) String);

/// An id.
#[derive(Clone, Debug)]
pub(crate) struct Id(pub(crate) String);

/// Ids, tags or groups, one or several.
#[derive(Clone, Debug)]
pub(crate) struct Selector(pub(crate) Vec<At<String>>);

/// A number or an expression, as text.
#[derive(Clone, Debug)]
pub(crate) struct Formula(pub(crate) String);

/// A share between 0 and 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fraction(pub(crate) Exact);

/// A share that may be above 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ratio(pub(crate) Exact);

/// An exact number that is not negative.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quantity(pub(crate) Exact);

/// An amount of money.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Amount(pub(crate) Euro);

/// A year.
#[derive(Clone, Copy, Debug)]
pub(crate) struct YearKey(pub(crate) Year);

/// A whole number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whole(pub(crate) i64);

/// A date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day(pub(crate) Date);

/// How many levels: a number or `all`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LevelsKey {
    /// So many.
    Count(i64),
    /// All.
    All,
}

/// A band: threshold and share.
#[derive(Clone, Debug)]
pub(crate) struct Band(pub(crate) At<Exact>, pub(crate) At<Exact>);

/// A value as it was written: a text, or the digits of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written(pub(crate) String);

/// A table from ids or years to values, in the order of its keys.
#[derive(Clone, Debug)]
pub(crate) struct Keyed<T>(pub(crate) Vec<(At<String>, T)>);

/// A word of a fixed list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OneOf<T>(pub(crate) T);

const FORMAT: Format = Format {
    dialect: Dialect::English,
    table: String::new(),
};

impl<T: FromToml> FromToml for Option<T> {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        T::from_toml(node, problems).map(Some)
    }

    fn left_out() -> Option<Self> {
        Some(None)
    }
}

impl<T: FromToml> FromToml for At<T> {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        T::from_toml(node, problems).map(|value| At::new(value, node.place()))
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(elements) = node.elements() else {
            return node.wanted(Wanted::List, problems);
        };
        let read = elements
            .iter()
            .map(|element| T::from_toml(element, problems));
        // All are read before one that is wrong takes the list away: each has its problem.
        read.collect::<Vec<_>>().into_iter().collect()
    }
}

impl<T: FromToml> FromToml for Keyed<T> {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(entries) = node.entries() else {
            return node.wanted(Wanted::Table, problems);
        };
        let mut keyed = Vec::new();
        for (key, value) in entries {
            let id = problems.keep(&key.place, ids::id(key.value));
            let value = T::from_toml(&value, problems);
            if let (Some(id), Some(value)) = (id, value) {
                keyed.push((key.with(id), value));
            }
        }
        Some(Self(keyed))
    }
}

impl FromToml for bool {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let truth = node.value.get_ref().as_bool();
        truth.or_else(|| node.wanted(Wanted::Truth, problems))
    }
}

impl FromToml for Text {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = text_of(node, Wanted::Text, problems)?;
        let (text, remark) = problems.keep(&node.place(), ids::free_text(text))?;
        if let Some(remark) = remark {
            problems.push(node.place(), remark);
        }
        if text.trim().is_empty() {
            problems.push(node.place(), ValueProblem::Empty);
            return None;
        }
        Some(Self(text))
    }
}

impl FromToml for Id {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = text_of(node, Wanted::Text, problems)?;
        problems.keep(&node.place(), id_of(text)).map(Self)
    }
}

impl FromToml for Selector {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let elements = match node.value.get_ref() {
            DeValue::String(_) => vec![node.clone()],
            DeValue::Array(_) => node.elements().unwrap_or_default(),
            _ => return node.wanted(Wanted::Selection, problems),
        };
        if elements.is_empty() {
            problems.push(node.place(), ReferenceProblem::EmptySelection);
            return None;
        }
        let ids: Vec<At<Id>> = elements
            .iter()
            .filter_map(|e| At::from_toml(e, problems))
            .collect();
        (ids.len() == elements.len()).then(|| {
            Self(
                ids.into_iter()
                    .map(|id| At::new(id.value.0, id.place))
                    .collect(),
            )
        })
    }
}

impl FromToml for Formula {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = match node.value.get_ref() {
            DeValue::String(text) if number::is_grouped(text.trim()) => {
                return ambiguous(node, text.trim(), problems);
            }
            DeValue::String(text) => text.as_ref().to_owned(),
            DeValue::Integer(_) | DeValue::Float(_) => plain_text(node, Wanted::Formula, problems)?,
            _ => return node.wanted(Wanted::Formula, problems),
        };
        Some(Self(text))
    }
}

impl FromToml for Fraction {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = number_text(node, Wanted::Share, problems)?;
        problems
            .keep(&node.place(), number::share(&text, &FORMAT))
            .map(Self)
    }
}

impl FromToml for Ratio {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = number_text(node, Wanted::Share, problems)?;
        problems
            .keep(&node.place(), number::ratio(&text, &FORMAT))
            .map(Self)
    }
}

impl FromToml for Quantity {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = plain_text(node, Wanted::Number, problems)?;
        problems
            .keep(&node.place(), number::quantity(&text, &FORMAT))
            .map(Self)
    }
}

impl FromToml for Amount {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = plain_text(node, Wanted::Amount, problems)?;
        problems
            .keep(&node.place(), number::amount(&text, &FORMAT))
            .map(Self)
    }
}

impl FromToml for YearKey {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = number_text(node, Wanted::Year, problems)?;
        problems.keep(&node.place(), year_of(&text)).map(Self)
    }
}

impl FromToml for Whole {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let whole = node.value.get_ref().as_integer();
        let value = whole.and_then(|whole| i64::from_str_radix(whole.as_str(), whole.radix()).ok());
        value
            .map(Self)
            .or_else(|| node.wanted(Wanted::Whole, problems))
    }
}

impl FromToml for Day {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let date = node
            .value
            .get_ref()
            .as_datetime()
            .filter(|moment| moment.time.is_none());
        let day = date.and_then(|moment| moment.date).and_then(|date| {
            let (year, month, day) = (
                i16::try_from(date.year),
                i8::try_from(date.month),
                i8::try_from(date.day),
            );
            Date::new(year.ok()?, month.ok()?, day.ok()?).ok()
        });
        day.map(Self)
            .or_else(|| node.wanted(Wanted::DateForm, problems))
    }
}

impl FromToml for Written {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = match node.value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Datetime(moment) => moment.to_string(),
            _ => plain_text(node, Wanted::Formula, problems)?,
        };
        if text.is_empty() {
            problems.push(node.place(), ValueProblem::Empty);
            return None;
        }
        if number::is_grouped(text.trim_start_matches('-')) {
            return ambiguous(node, &text, problems);
        }
        problems
            .keep(&node.place(), ids::free_text(&text))
            .map(|(text, _)| Self(text))
    }
}

impl FromToml for LevelsKey {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        if node.value.get_ref().as_str() == Some("all") {
            return Some(Self::All);
        }
        Whole::from_toml(node, problems).map(|whole| Self::Count(whole.0))
    }
}

impl FromToml for Band {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let elements = node.elements().unwrap_or_default();
        let [threshold, share] = elements.as_slice() else {
            return node.wanted(Wanted::Band, problems);
        };
        let threshold: Option<At<Quantity>> = At::from_toml(threshold, problems);
        let share: Option<At<Ratio>> = At::from_toml(share, problems);
        let (threshold, share) = (threshold?, share?);
        Some(Self(
            threshold.with(threshold.value.0),
            share.with(share.value.0),
        ))
    }
}

impl<T: Word> FromToml for OneOf<T> {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = text_of(node, Wanted::Text, problems)?;
        if text == "fewest_lines" {
            let word = Shown::new(text);
            problems.push(node.place(), crate::problem::KeyProblem::Reserved { word });
            return None;
        }
        problems.keep(&node.place(), T::parse(text)).map(Self)
    }
}

fn text_of<'a>(node: &Node<'a>, wanted: Wanted, problems: &mut Problems) -> Option<&'a str> {
    let text = node.value.get_ref().as_str();
    text.or_else(|| node.wanted(wanted, problems))
}

fn id_of(text: &str) -> Result<String, crate::problem::ProblemKind> {
    if text.is_empty() {
        return Err(ValueProblem::Empty.into());
    }
    Ok(ids::id(text)?)
}

/// The digits of a number as the file has them, or a text that should be a number.
fn number_text(node: &Node<'_>, wanted: Wanted, problems: &mut Problems) -> Option<String> {
    match node.value.get_ref() {
        DeValue::String(text) if text.trim().is_empty() => {
            problems.push(node.place(), ValueProblem::Empty);
            None
        }
        DeValue::String(text) => Some(text.trim().to_owned()),
        DeValue::Integer(whole) => Some(whole.to_string()),
        DeValue::Float(float) => Some(float.as_str().to_owned()),
        _ => node.wanted(wanted, problems),
    }
}

/// As [`number_text`], refusing a point that may separate thousands.
fn plain_text(node: &Node<'_>, wanted: Wanted, problems: &mut Problems) -> Option<String> {
    let text = number_text(node, wanted, problems)?;
    if number::is_grouped(&text) {
        return ambiguous(node, &text, problems);
    }
    Some(text)
}

fn ambiguous<T>(node: &Node<'_>, text: &str, problems: &mut Problems) -> Option<T> {
    let value = Shown::new(text);
    problems.push(node.place(), ValueProblem::AmbiguousKey { value });
    None
}

macro_rules! schemas {
    ($($ty:ty, $name:literal, $schema:tt;)*) => {
        $(impl JsonSchema for $ty {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })*
    };
}

schemas! {
    Text, "text", { "description": "A free text.", "type": "string", "minLength": 1 };
    Id, "id", { "description": "Letters, digits, hyphen, underscore, dot.", "type": "string", "pattern": r"^[^=+\-@\s][^\s]*$" };
    Selector, "selector", {
        "description": "Ids, tags or groups: one or a list.",
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }]
    };
    Formula, "formula", { "description": "A number or an exact expression.", "type": ["string", "number"] };
    Fraction, "share", { "description": "A share between 0 and 1: \"40%\", \"2/5\", 0.4.", "type": ["string", "number"] };
    Ratio, "ratio", { "description": "A share that may be above 1: \"110%\", 1.1.", "type": ["string", "number"] };
    Quantity, "quantity", { "description": "An exact number from zero up.", "type": ["string", "number"] };
    Amount, "amount", { "description": "Euro with at most two decimals, such as \"1234.56\".", "type": ["string", "number"] };
    Written, "value", { "description": "A text, or a number.", "type": ["string", "number"] };
    YearKey, "year", { "description": "A year of four digits.", "type": ["integer", "string"] };
    Whole, "whole", { "description": "A whole number.", "type": "integer" };
    Day, "date", { "description": "A TOML local date, such as 2022-01-01.", "type": "string", "format": "date" };
    LevelsKey, "levels", { "description": "A number of levels, or \"all\".", "anyOf": [{ "type": "integer", "minimum": 1 }, { "const": "all" }] };
    Band, "band", {
        "description": "Threshold and share.",
        "type": "array",
        "items": { "type": ["string", "number"] },
        "minItems": 2,
        "maxItems": 2
    };
}

impl<T: Word> JsonSchema for OneOf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        json_schema!({ "enum": words })
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Keyed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{} by key", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "additionalProperties": values })
    }
}
