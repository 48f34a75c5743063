//! A table: columns with their meaning, rows with their role.

use super::cell::Cell;

/// A table with a title.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Code, unique in the document: `ledger`, `riparto`, `zone:pratese:paid`. Formulas name tables by it.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Columns, in order.
    pub columns: Vec<Column>,
    /// Rows, in order, each with as many cells as there are columns.
    pub rows: Vec<Row>,
    /// What has to be known to read it.
    pub notes: Vec<String>,
    /// Whether it is printed; a long list is read on a screen only, where nothing of it is missing.
    pub on_paper: bool,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Code, unique in the table; the same in every language.
    pub id: String,
    /// Heading for people.
    pub title: String,
    /// What it holds, mostly: a single cell may hold something else (a rule's bound in units).
    pub kind: Kind,
    /// What it means; empty where the heading says it.
    pub meaning: String,
    /// Whether it is read on a screen only, after the others.
    pub aside: bool,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text for people.
    Text,
    /// Codes.
    Code,
    /// Money.
    Euro,
    /// Shares.
    Share,
    /// Other numbers.
    Number,
    /// How many.
    Count,
    /// Years.
    Year,
    /// Citations.
    Law,
}

impl Kind {
    /// Whether its cells are numbers, which stand to the right.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Euro | Self::Share | Self::Number | Self::Count)
    }

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code => "code",
            Self::Euro => "euro",
            Self::Share => "share",
            Self::Number => "number",
            Self::Count => "count",
            Self::Year => "year",
            Self::Law => "law",
        }
    }
}

/// What a row is in its table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// One of the things the table lists.
    #[default]
    Body,
    /// The sum of some rows above it.
    Subtotal,
    /// The sum of all.
    Total,
    /// A check that holds.
    Passed,
    /// A check that does not hold, or a limit that is missed.
    Failed,
    /// A limit that is just met.
    Binding,
}

impl Role {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Subtotal => "subtotal",
            Self::Total => "total",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Binding => "binding",
        }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What it is.
    pub role: Role,
    /// One cell for each column.
    pub cells: Vec<Cell>,
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>, columns: Vec<Column>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            columns,
            rows: Vec::new(),
            notes: Vec::new(),
            on_paper: true,
        }
    }

    /// The same, read on a screen only.
    #[must_use]
    pub fn on_screen(self) -> Self {
        Self {
            on_paper: false,
            ..self
        }
    }

    /// Adds a row of the body.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.row_as(Role::Body, cells);
    }

    /// Adds a row.
    pub fn row_as(&mut self, role: Role, cells: impl IntoIterator<Item = Cell>) {
        let cells: Vec<Cell> = cells.into_iter().collect();
        debug_assert_eq!(cells.len(), self.columns.len(), "{}", self.id);
        self.rows.push(Row { role, cells });
    }

    /// The position of a column.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == id)
    }

    /// Whether a column holds codes and the next one the names of the same things: people need one of the two.
    #[must_use]
    pub fn is_named(&self, at: usize) -> bool {
        let of = |at: usize| self.columns.get(at);
        let (Some(code), Some(name)) = (of(at), of(at.saturating_add(1))) else {
            return false;
        };
        let is_pair = code.kind == Kind::Code
            && name.kind == Kind::Text
            && (name.id == format!("{}_name", code.id)
                || matches!(name.id.as_str(), "name" | "title"));
        is_pair
            && self.rows.iter().all(|row| {
                let words = |at: usize| row.cells.get(at).and_then(Cell::words);
                row.role != Role::Body || words(at).is_none() || words(at + 1).is_some()
            })
    }

    /// The columns as people read them: those on paper, and those that are read on a screen after them, codes beside names at the
    /// end.
    #[must_use]
    pub fn reading(&self) -> (Vec<usize>, Vec<usize>) {
        let (aside, paper): (Vec<usize>, Vec<usize>) = (0..self.columns.len()).partition(|&at| {
            self.is_named(at) || self.columns.get(at).is_some_and(|column| column.aside)
        });
        let (codes, aside): (Vec<usize>, Vec<usize>) =
            aside.into_iter().partition(|&at| self.is_named(at));
        (paper, aside.into_iter().chain(codes).collect())
    }

    /// The first column that is no code beside a name: where the word of a sum stands.
    #[must_use]
    pub fn label(&self) -> usize {
        (0..self.columns.len())
            .find(|&at| !self.is_named(at))
            .unwrap_or(0)
    }

    /// The cell at a place, if there is one.
    #[must_use]
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.cells.get(column)
    }
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(id: impl Into<String>, title: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            kind,
            meaning: String::new(),
            aside: false,
        }
    }

    /// The same, read on a screen only.
    #[must_use]
    pub fn aside(self) -> Self {
        Self {
            aside: true,
            ..self
        }
    }

    /// The same with what it means.
    #[must_use]
    pub fn meaning(self, meaning: impl Into<String>) -> Self {
        Self {
            meaning: meaning.into(),
            ..self
        }
    }
}
