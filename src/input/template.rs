//! Values taken as they are: the changes of a sweep, where `$` waits for a value, and the values themselves.

use std::borrow::Cow;
use std::fmt::Write as _;

use num_traits::CheckedMul;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::collect::Problems;
use super::number::{self, Dialect, Format};
use super::toml_node::{FromToml, Node};
use crate::problem::{Shown, ValueProblem, Wanted};
use crate::units::{Exact, exact_text};

/// What stands for the value of an axis.
const PLACEHOLDER: char = '$';

/// Most decimals of a number.
pub(crate) const MOST_DECIMALS: u32 = 9;

/// A value of a TOML file as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// A quoted text.
    Text(String),
    /// A number, truth or date.
    Bare(String),
    /// A list.
    List(Vec<Template>),
    /// A table.
    Table(Vec<(String, Template)>),
}

/// A `[[change]]`: its keys as they are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change(pub(crate) Vec<(String, Template)>);

/// One value: a text, number, truth or date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Literal {
    /// What it says.
    pub(crate) text: String,
    /// Written without quotes.
    pub(crate) bare: bool,
    /// A number this program made: its point separates decimals.
    pub(crate) made: bool,
}

/// A number or percentage, exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Figure {
    /// The number; `80%` is four fifths.
    pub(crate) value: Exact,
    /// Written with `%`.
    pub(crate) percent: bool,
    /// Digits written after the point.
    pub(crate) decimals: u32,
}

/// Names of files, one or several.
#[derive(Clone, Debug)]
pub(crate) struct Names(pub(crate) Vec<super::at::At<String>>);

impl Figure {
    /// As the file writes it.
    pub(crate) fn shown(&self) -> Shown {
        let hundred = Exact::from_integer(100);
        match self.value.checked_mul(&hundred) {
            Some(value) if self.percent => Shown::new(&format!("{}%", exact_text(&value))),
            _ => Shown::new(&exact_text(&self.value)),
        }
    }
}

impl Literal {
    /// A quoted value.
    pub(crate) fn quoted(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            bare: false,
            made: false,
        }
    }

    /// A number or percentage this program made.
    pub(crate) fn made(text: String) -> Self {
        Self {
            made: true,
            ..Self::quoted(text)
        }
    }

    /// As a scenario has it. Nobody is asked what the point of a number means that the program made itself.
    fn written(&self) -> Cow<'_, str> {
        if self.made {
            Cow::Owned(number::unmistakable(self.text.clone()))
        } else {
            Cow::Borrowed(&self.text)
        }
    }

    fn push_to(&self, out: &mut String) {
        if self.bare {
            out.push_str(&self.text);
        } else {
            push_quoted(&self.written(), out);
        }
    }
}

impl Template {
    fn of(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text.as_ref().to_owned()),
            DeValue::Integer(whole) => Self::Bare(whole.to_string()),
            DeValue::Float(float) => Self::Bare(float.as_str().to_owned()),
            DeValue::Boolean(truth) => Self::Bare(truth.to_string()),
            DeValue::Datetime(moment) => Self::Bare(moment.to_string()),
            DeValue::Array(list) => {
                Self::List(list.iter().map(|v| Self::of(v.get_ref())).collect())
            }
            DeValue::Table(table) => Self::Table(keys_of(table)),
        }
    }

    fn waits(&self) -> bool {
        match self {
            Self::Text(text) => text.contains(PLACEHOLDER),
            Self::Bare(_) => false,
            Self::List(list) => list.iter().any(Self::waits),
            Self::Table(table) => table.iter().any(|(_, value)| value.waits()),
        }
    }

    /// Adds the value as TOML has it, with a value for the placeholder if there is one.
    pub(crate) fn push_to(&self, value: Option<&Literal>, out: &mut String) {
        match (self, value) {
            (Self::Text(text), Some(value)) if text.len() == 1 && text.starts_with(PLACEHOLDER) => {
                value.push_to(out);
            }
            (Self::Text(text), Some(value)) => {
                push_quoted(&text.replace(PLACEHOLDER, &value.written()), out);
            }
            (Self::Text(text), None) => push_quoted(text, out),
            (Self::Bare(text), _) => out.push_str(text),
            (Self::List(list), _) => {
                out.push('[');
                for (position, element) in list.iter().enumerate() {
                    out.push_str(if position == 0 { "" } else { ", " });
                    element.push_to(value, out);
                }
                out.push(']');
            }
            (Self::Table(table), _) => {
                out.push('{');
                for (position, (key, element)) in table.iter().enumerate() {
                    out.push_str(if position == 0 { " " } else { ", " });
                    push_key(key, out);
                    out.push_str(" = ");
                    element.push_to(value, out);
                }
                out.push_str(if table.is_empty() { "}" } else { " }" });
            }
        }
    }
}

impl Change {
    /// Whether a value is waited for.
    pub(crate) fn waits(&self) -> bool {
        self.0.iter().any(|(_, value)| value.waits())
    }

    /// Adds the change to the text of a scenario, with a value for the placeholder if there is one.
    pub(crate) fn push_to(&self, value: Option<&Literal>, out: &mut String) {
        out.push_str("\n[[change]]\n");
        for (key, template) in &self.0 {
            push_key(key, out);
            out.push_str(" = ");
            template.push_to(value, out);
            out.push('\n');
        }
    }
}

/// The keys of a whole file in the order in which they are written; `None` where its syntax is wrong.
pub(crate) fn keys_of_text(text: &str) -> Option<Vec<(String, Template)>> {
    let table = toml::de::DeTable::parse(text).ok()?;
    Some(keys_of(table.get_ref()))
}

/// The keys in the order in which they are written.
fn keys_of(table: &toml::de::DeTable<'_>) -> Vec<(String, Template)> {
    let mut keys: Vec<_> = table.iter().collect();
    keys.sort_by_key(|(key, _)| key.span().start);
    let key = |(key, value): (&toml::Spanned<Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
        let name = key.get_ref().as_ref().to_owned();
        (name, Template::of(value.get_ref()))
    };
    keys.into_iter().map(key).collect()
}

/// Adds a key, in quotes where it needs them.
pub(crate) fn push_key(key: &str, out: &mut String) {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !key.is_empty() && key.chars().all(is_bare) {
        out.push_str(key);
    } else {
        push_quoted(key, out);
    }
}

/// Adds a text in quotes, as TOML has it.
pub(crate) fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                // Writing into a string does not fail.
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

impl FromToml for Change {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match node.value.get_ref() {
            DeValue::Table(table) => Some(Self(keys_of(table))),
            _ => node.wanted(Wanted::Table, problems),
        }
    }
}

impl FromToml for Literal {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        match Template::of(node.value.get_ref()) {
            Template::Text(text) if text.trim().is_empty() => {
                problems.push(node.place(), ValueProblem::Empty);
                None
            }
            Template::Text(text) => Some(Self::quoted(text)),
            Template::Bare(text) => Some(Self {
                bare: true,
                ..Self::quoted(text)
            }),
            Template::List(_) | Template::Table(_) => node.wanted(Wanted::Single, problems),
        }
    }
}

impl FromToml for Figure {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let text = match Template::of(node.value.get_ref()) {
            Template::Text(text) => text.trim().to_owned(),
            Template::Bare(text)
                if matches!(
                    node.value.get_ref(),
                    DeValue::Integer(_) | DeValue::Float(_)
                ) =>
            {
                text
            }
            _ => return node.wanted(Wanted::Figure, problems),
        };
        problems.keep(&node.place(), figure(&text))
    }
}

/// Reads a number or a percentage.
fn figure(text: &str) -> Result<Figure, ValueProblem> {
    const PLAIN: Format = Format {
        dialect: Dialect::English,
        table: String::new(),
    };
    let value = || Shown::new(text);
    if text.is_empty() {
        return Err(ValueProblem::Empty);
    }
    if number::is_grouped(text) {
        return Err(ValueProblem::AmbiguousKey { value: value() });
    }
    let (digits, percent) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, false),
    };
    let exact = number::number(digits, &PLAIN)?;
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let decimals = u32::try_from(decimals).unwrap_or(u32::MAX);
    let scaled = if percent {
        exact.checked_mul(&Exact::new(1, 100))
    } else {
        Some(exact)
    };
    // Exact arithmetic on a range needs room above the largest amount.
    let fits = |exact: &Exact| exact.numer().unsigned_abs() < 1 << 96;
    match scaled.filter(fits) {
        Some(value) if decimals <= MOST_DECIMALS => Ok(Figure {
            value,
            percent,
            decimals,
        }),
        _ => Err(ValueProblem::TooManyDigits { value: value() }),
    }
}

impl FromToml for Names {
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self> {
        let elements = match node.value.get_ref() {
            DeValue::String(_) => vec![node.clone()],
            DeValue::Array(_) => node.elements().unwrap_or_default(),
            _ => return node.wanted(Wanted::FileNames, problems),
        };
        let name = |element: &Node<'_>| match element.value.get_ref().as_str() {
            Some(text) => Some(super::at::At::new(text.to_owned(), element.place())),
            None => element.wanted(Wanted::Text, &mut *problems),
        };
        let names: Vec<Option<_>> = elements.iter().map(name).collect();
        names.into_iter().collect::<Option<Vec<_>>>().map(Self)
    }
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
    Change, "change", { "description": "A change of a scenario file; every $ in its texts stands for the value of the axis.", "type": "object" };
    Literal, "value", { "description": "A value put for $: a text, number, truth or date.", "type": ["string", "number", "boolean"] };
    Figure, "figure", { "description": "A number or a percentage: 1.1, \"110%\", \"-5%\".", "type": ["string", "number"] };
    Names, "files", {
        "description": "Scenario files beside the sweep file: one or a list.",
        "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_exact_or_refused() {
        let read = |text: &str| figure(text).map(|f| (f.value, f.percent, f.decimals));
        assert_eq!(read("80%"), Ok((Exact::new(4, 5), true, 0)));
        assert_eq!(read("-2.50 %"), Ok((Exact::new(-1, 40), true, 2)));
        assert_eq!(read("1.1"), Ok((Exact::new(11, 10), false, 1)));
        for wrong in [
            "",
            "1.000",
            "1e3",
            "80%%",
            "nan",
            "1,5",
            "0.1234567891",
            "%",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_change_is_written_with_its_value() {
        let list = Template::List(vec![Template::Text("$".into()), Template::Bare("7".into())]);
        let table = Template::Table(vec![("a b".into(), Template::Text("x\"$\"\n".into()))]);
        let change = Change(vec![
            ("scale".into(), Template::Text("$".into())),
            ("list".into(), list),
            ("table".into(), table),
        ]);
        assert!(change.waits());
        let mut out = String::new();
        change.push_to(Some(&Literal::quoted("80%")), &mut out);
        let expected = "\n[[change]]\nscale = \"80%\"\nlist = [\"80%\", 7]\ntable = { \"a b\" = \"x\\\"80%\\\"\\n\" }\n";
        assert_eq!(out, expected);
        let parsed: toml::Table = toml::from_str(&out).unwrap();
        assert_eq!(
            parsed["change"][0]["table"]["a b"].as_str(),
            Some("x\"80%\"\n")
        );
    }
}
