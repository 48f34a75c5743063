//! Where something was written.

use std::sync::Arc;

use crate::model::Language;

/// A place in the user's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// File name; empty when the problem belongs to no file.
    pub file: Arc<str>,
    /// Physical line, from 1.
    pub line: Option<u32>,
    /// Column of a table, or path of a key in a TOML file.
    pub column: Option<Arc<str>>,
}

impl Place {
    /// A whole file.
    #[must_use]
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }

    /// A line of a file.
    #[must_use]
    pub fn line(file: impl Into<Arc<str>>, line: u32) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: None,
        }
    }

    /// A cell of a table or a key of a TOML file.
    #[must_use]
    pub fn cell(file: impl Into<Arc<str>>, line: u32, column: impl Into<Arc<str>>) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: Some(column.into()),
        }
    }

    /// As it begins a message: `actions.csv:47, column "unit_cost"`.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        let mut text = self.line_text();
        if let Some(column) = &self.column {
            let word = match (self.is_toml(), language) {
                (true, Language::Italian) => "chiave",
                (true, Language::English) => "key",
                (false, Language::Italian) => "colonna",
                (false, Language::English) => "column",
            };
            text.push_str(&format!(", {word} \"{column}\""));
        }
        text
    }

    /// File and line, in no language: `actions.csv:47`.
    #[must_use]
    pub fn line_text(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.file),
            None => self.file.to_string(),
        }
    }

    fn is_toml(&self) -> bool {
        self.file.ends_with(".toml")
    }
}
