//! `model.toml` value by value, each with its line and key path, collecting every problem.
//!
//! serde stops at the first mistake and tells it in English; here a table is read key by key, so that all mistakes are told
//! together, in the language of the reader, and unknown keys with the nearest known one.

use std::collections::BTreeSet;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::at::At;
use super::collect::Problems;
use super::source::Source;
use crate::problem::{KeyProblem, Nearest, Place, Shown, ValueProblem, Wanted, WordList};

/// Words of the format that this version does not know.
const RESERVED: [&str; 1] = ["fewest_lines"];

/// A value of the file and the path to it.
#[derive(Clone)]
pub(super) struct Node<'a> {
    /// The value with its bytes.
    pub(super) value: &'a Spanned<DeValue<'a>>,
    path: Arc<str>,
    source: &'a Source,
}

/// What can be read from a value.
pub(super) trait FromToml: Sized {
    /// The value, or `None` with a problem.
    fn from_toml(node: &Node<'_>, problems: &mut Problems) -> Option<Self>;

    /// What stands for a key that was left out; `None` if it must be there.
    fn left_out() -> Option<Self> {
        None
    }
}

impl<'a> Node<'a> {
    /// Where the value is.
    pub(super) fn place(&self) -> Place {
        let line = self.source.line_of(self.value.span().start);
        Place::cell(Arc::clone(&self.source.name), line, Arc::clone(&self.path))
    }

    /// The problem that another kind of value is wanted.
    pub(super) fn wanted<T>(&self, wanted: Wanted, problems: &mut Problems) -> Option<T> {
        let found = self.kind();
        problems.push(self.place(), ValueProblem::WantedElse { wanted, found });
        None
    }

    /// The elements of a list.
    pub(super) fn elements(&self) -> Option<Vec<Node<'a>>> {
        let list = self.value.get_ref().as_array()?;
        let element = |(position, value): (usize, &'a Spanned<DeValue<'a>>)| {
            let name = name_of(value).unwrap_or_else(|| position.to_string());
            Node {
                value,
                path: format!("{}[{name}]", self.path).into(),
                source: self.source,
            }
        };
        Some((1..).zip(list.iter()).map(element).collect())
    }

    /// The keys of a table, each with its place and value.
    pub(super) fn entries(&self) -> Option<Vec<(At<&'a str>, Node<'a>)>> {
        let table = self.value.get_ref().as_table()?;
        Some(entries_of(table, &self.path, self.source))
    }

    fn kind(&self) -> Wanted {
        match self.value.get_ref() {
            DeValue::String(_) => Wanted::Text,
            DeValue::Integer(_) => Wanted::Whole,
            DeValue::Float(_) => Wanted::Number,
            DeValue::Boolean(_) => Wanted::Truth,
            DeValue::Datetime(_) => Wanted::Date,
            DeValue::Array(_) => Wanted::List,
            DeValue::Table(_) => Wanted::Table,
        }
    }
}

/// How an element of a list of tables is called: by its id, else by what it speaks of.
fn name_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    let table = value.get_ref().as_table()?;
    let id = table.get("id")?.get_ref().as_str()?;
    Some(Shown::new(id).as_str().to_owned())
}

fn entries_of<'a>(
    table: &'a DeTable<'a>,
    path: &str,
    source: &'a Source,
) -> Vec<(At<&'a str>, Node<'a>)> {
    let entry = |(key, value): (
        &'a Spanned<std::borrow::Cow<'a, str>>,
        &'a Spanned<DeValue<'a>>,
    )| {
        let shown = Shown::new(key.get_ref());
        let path: Arc<str> = match path {
            "" => shown.as_str().into(),
            _ => format!("{path}.{}", shown.as_str()).into(),
        };
        let line = source.line_of(key.span().start);
        let place = Place::cell(Arc::clone(&source.name), line, Arc::clone(&path));
        (
            At::new(key.get_ref().as_ref(), place),
            Node {
                value,
                path,
                source,
            },
        )
    };
    table.iter().map(entry).collect()
}

/// A table being read: remembers which keys were asked for.
pub(super) struct Keys<'a> {
    entries: Vec<(At<&'a str>, Node<'a>)>,
    place: Place,
    asked: BTreeSet<&'static str>,
    /// Keys that are not there and must be.
    missing: Vec<&'static str>,
}

impl<'a> Keys<'a> {
    /// The keys of the whole file.
    pub(super) fn of_file(table: &'a DeTable<'a>, source: &'a Source) -> Self {
        Self {
            entries: entries_of(table, "", source),
            place: Place::file(Arc::clone(&source.name)),
            asked: BTreeSet::new(),
            missing: Vec::new(),
        }
    }

    /// The keys of a table inside.
    pub(super) fn of(node: &Node<'a>, problems: &mut Problems) -> Option<Self> {
        let Some(entries) = node.entries() else {
            return node.wanted(Wanted::Table, problems);
        };
        Some(Self {
            entries,
            place: node.place(),
            asked: BTreeSet::new(),
            missing: Vec::new(),
        })
    }

    /// The value of a key; `None` with a problem if it is wrong or missing where it must be there.
    pub(super) fn read<T: FromToml>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<T> {
        let key = key.strip_prefix("r#").unwrap_or(key);
        self.asked.insert(key);
        match self.entries.iter().find(|(found, _)| found.value == key) {
            Some((_, node)) => T::from_toml(node, problems),
            None => {
                let left_out = T::left_out();
                if left_out.is_none() {
                    self.missing.push(key);
                }
                left_out
            }
        }
    }

    /// The elements of a list; those that are wrong are left out, with a problem each.
    pub(super) fn read_list<T: FromToml>(
        &mut self,
        key: &'static str,
        problems: &mut Problems,
    ) -> Option<Vec<T>> {
        self.asked.insert(key);
        let (_, node) = self.entries.iter().find(|(found, _)| found.value == key)?;
        let Some(elements) = node.elements() else {
            return node.wanted(Wanted::Tables, problems);
        };
        let read = elements
            .iter()
            .filter_map(|element| T::from_toml(element, problems));
        Some(read.collect())
    }

    /// Refuses the keys nobody asked for, and tells those that are missing; one that was meant by another is told once. `None` where a word of a later version stands: the rest then makes no sense.
    pub(super) fn finish(mut self, problems: &mut Problems) -> Option<()> {
        let mut of_this_version = Some(());
        let given: BTreeSet<&str> = self.entries.iter().map(|(key, _)| key.value).collect();
        for (key, _) in &self.entries {
            if self.asked.contains(key.value) {
                continue;
            }
            let shown = Shown::new(key.value);
            if RESERVED.contains(&key.value) {
                problems.push(key.place.clone(), KeyProblem::Reserved { word: shown });
                of_this_version = None;
                continue;
            }
            let free = self
                .asked
                .iter()
                .copied()
                .filter(|asked| !given.contains(asked));
            let nearest = Nearest::of(key.value, free);
            if let Some(meant) = &nearest.0 {
                self.missing.retain(|missing| *missing != meant.as_str());
            }
            let any = || Nearest::of(key.value, self.asked.iter().copied());
            let unknown = KeyProblem::Unknown {
                key: shown,
                nearest: if nearest.0.is_some() { nearest } else { any() },
                known: WordList::of(self.asked.iter().copied()),
            };
            problems.push(key.place.clone(), unknown);
        }
        for key in self.missing {
            let key = Shown::new(key);
            problems.push(self.place.clone(), KeyProblem::Missing { key });
        }
        of_this_version
    }
}

/// Declares a table of `model.toml` once: the struct, its JSON Schema and how it is read.
macro_rules! toml_tables {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, schemars::JsonSchema)]
            #[schemars(deny_unknown_fields)]
            pub(crate) struct $name {
                $($(#[$field_doc])* pub(crate) $field: $ty,)*
            }

            impl $crate::input::toml_node::FromToml for $name {
                fn from_toml(
                    node: &$crate::input::toml_node::Node<'_>,
                    problems: &mut $crate::input::collect::Problems,
                ) -> Option<Self> {
                    let mut keys = $crate::input::toml_node::Keys::of(node, problems)?;
                    $(let $field = keys.read(stringify!($field), problems);)*
                    let of_this_version = keys.finish(problems);
                    of_this_version?;
                    Some(Self { $($field: $field?,)* })
                }
            }
        )*
    };
}

pub(super) use toml_tables;
