//! Small models written inside a test.
//!
//! ```text
//! let model = ModelText::new()
//!     .toml("[[goal]]\nkind = \"value\"")
//!     .table("zones", "zone,residenti\na,100\nb,200")
//!     .table("funds", "fund\nfnps")
//!     .table("amounts", "fund,year,euro\nfnps,2022,1000.00")
//!     .table("actions", "action\neducativa")
//!     .table("eligibility", "fund,action\nfnps,educativa")
//!     .table("needs", "action,zone,year,units\neducativa,a,2022,unlimited")
//!     .read();
//! ```
//!
//! Columns that a test does not speak of are filled in ([`USUAL`]): a unit costs one euro, so units are euro.

#![allow(
    clippy::allow_attributes,
    clippy::panic,
    dead_code,
    reason = "each test uses the part it needs, and a helper of tests fails the test"
)]

use std::collections::BTreeMap;

use mappafondo::input::read_model_from;
use mappafondo::lp::ColumnKey;
use mappafondo::model::{Language, Model};
use mappafondo::problem::InvalidModel;
use mappafondo::proposal::{Infeasible, Outcome, Proposal, propose};
use mappafondo::solve::Options;
use mappafondo::units::{Euro, Exact, Year, parse_exact};

/// Columns that a format asks for, and what stands in them unless a test says otherwise. `{id}` is the first column.
const USUAL: [(&str, &[(&str, &str)]); 5] = [
    ("zones", &[("name", "{id}")]),
    (
        "funds",
        &[("name", "{id}"), ("level", "state"), ("nature", "current")],
    ),
    (
        "amounts",
        &[
            ("act", "Decreto di esempio"),
            ("confidence", "official"),
            ("source", "esempio"),
        ],
    ),
    (
        "actions",
        &[
            ("name", "{id}"),
            ("area", "Area"),
            ("leps", "no"),
            ("kind", "divisible"),
            ("unit", "euro"),
            ("unit_cost", "1.00"),
            ("priority", "1"),
        ],
    ),
    ("agreements", &[("kind", "joint")]),
];

/// The files of a model, as text.
#[derive(Clone, Debug)]
pub(crate) struct ModelText {
    first: Year,
    n_years: u16,
    toml: String,
    tables: BTreeMap<String, String>,
}

impl ModelText {
    /// A model of the year 2022, still without anything in it.
    pub(crate) fn new() -> Self {
        Self {
            first: 2022,
            n_years: 1,
            toml: String::new(),
            tables: BTreeMap::new(),
        }
    }

    /// The years of the plan.
    pub(crate) fn years(mut self, first: Year, n_years: u16) -> Self {
        (self.first, self.n_years) = (first, n_years);
        self
    }

    /// Adds to `model.toml`, after `[model]` and `[plan]`.
    pub(crate) fn toml(mut self, text: &str) -> Self {
        self.toml.push('\n');
        self.toml.push_str(text);
        self.toml.push('\n');
        self
    }

    /// Writes a table, in place of an earlier one of that name: a header and rows, indented or not.
    pub(crate) fn table(mut self, name: &str, text: &str) -> Self {
        let usual = USUAL
            .iter()
            .find(|(of, _)| *of == name)
            .map_or(&[][..], |(_, columns)| *columns);
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let header = lines.next().unwrap_or_default();
        let has = |column: &str| {
            let said = |name: &str| {
                name == column || (column == "unit_cost" && name.starts_with("unit_cost_"))
            };
            header.split(',').any(said)
        };
        let missing: Vec<&(&str, &str)> = usual.iter().filter(|(column, _)| !has(column)).collect();
        let mut written = header.to_owned();
        written.extend(missing.iter().map(|(column, _)| format!(",{column}")));
        for line in lines {
            let id = line.split(',').next().unwrap_or_default();
            written.push('\n');
            written.push_str(line);
            written.extend(
                missing
                    .iter()
                    .map(|(_, value)| format!(",{}", value.replace("{id}", id))),
            );
        }
        written.push('\n');
        self.tables.insert(name.to_owned(), written);
        self
    }

    /// The files by name, as [`read_model_from`] takes them.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (first, months) = (self.first, self.n_years * 12);
        let head = format!(
            "[model]\nformat = 1\ntitle = \"Esempio\"\nlanguage = \"it\"\n\n[plan]\nstart = {first}-01-01\nmonths = {months}\n"
        );
        let mut files: BTreeMap<String, Vec<u8>> = self
            .tables
            .iter()
            .map(|(name, text)| (format!("{name}.csv"), text.clone().into_bytes()))
            .collect();
        files.insert("model.toml".to_owned(), (head + &self.toml).into_bytes());
        files
    }

    /// The model, or every problem found.
    pub(crate) fn try_read(&self) -> Result<Model, InvalidModel> {
        read_model_from(&self.files())
    }

    /// The model; a test with an invalid one fails with all its problems.
    #[track_caller]
    pub(crate) fn read(&self) -> Model {
        match self.try_read() {
            Ok(model) => model,
            Err(invalid) => panic!(
                "the model of this test is not valid:\n{}",
                invalid.text(Language::English)
            ),
        }
    }
}

/// A proposal with the model it is for.
pub(crate) struct Solved {
    pub(crate) model: Model,
    pub(crate) proposal: Proposal,
}

/// Solves a model that has a plan.
#[track_caller]
pub(crate) fn solved(text: &ModelText) -> Solved {
    solved_model(text.read())
}

/// Solves a model that has a plan.
#[track_caller]
pub(crate) fn solved_model(model: Model) -> Solved {
    match propose(&model, &Options::default()) {
        Ok(Outcome::Proposal(proposal)) => Solved {
            model,
            proposal: *proposal,
        },
        Ok(Outcome::Infeasible(found)) => panic!("no plan, but a conflict: {:?}", found.conflict),
        Err(why) => panic!("no answer: {why}"),
    }
}

/// Solves a model that has no plan.
#[track_caller]
pub(crate) fn infeasible(text: &ModelText) -> Infeasible {
    match propose(&text.read(), &Options::default()) {
        Ok(Outcome::Infeasible(found)) => *found,
        Ok(Outcome::Proposal(found)) => {
            panic!("a plan, though there should be none: {:?}", found.ledger)
        }
        Err(why) => panic!("no answer: {why}"),
    }
}

/// The codes of a conflict, in the order told.
pub(crate) fn codes(found: &Infeasible) -> Vec<&str> {
    found.conflict.iter().map(|line| line.id.as_str()).collect()
}

impl Solved {
    /// The value of the first goal of a kind, in its unit.
    #[track_caller]
    pub(crate) fn goal(&self, kind: &str) -> Exact {
        match self.proposal.goals.iter().find(|goal| goal.kind == kind) {
            Some(goal) => goal.value,
            None => panic!("no goal `{kind}` among {:?}", self.proposal.goals),
        }
    }

    /// What the plan pays, summed over what is left open: `("fnps", "", "a", "")` is fund and zone.
    pub(crate) fn paid(&self, fund: &str, action: &str, zone: &str, year: &str) -> Euro {
        let is = |asked: &str, code: &str| asked.is_empty() || asked == code;
        let lines = self.proposal.ledger.iter().filter(|line| {
            is(fund, &self.model.fund(line.fund).id)
                && is(action, &self.model.action(line.action).id)
                && is(zone, &self.model.zone(line.zone).id)
                && is(year, &line.year.to_string())
        });
        Euro::checked_sum(lines.map(|line| line.euro)).unwrap_or_default()
    }

    /// What a fund loses over the plan.
    pub(crate) fn lost(&self, fund: &str) -> Euro {
        let lines = self
            .proposal
            .funds
            .iter()
            .filter(|line| self.model.fund(line.fund).id == fund);
        Euro::checked_sum(lines.map(|line| line.lost)).unwrap_or_default()
    }

    /// The programme's columns with their values, by kind of key.
    pub(crate) fn values(&self, kind: impl Fn(&ColumnKey) -> bool) -> Vec<i64> {
        let program = match mappafondo::lp::build(&self.model) {
            Ok(program) => program,
            Err(why) => panic!("{why}"),
        };
        // Levels are added behind the columns that `build` writes.
        let columns = program.columns.iter().zip(&self.proposal.values);
        columns
            .filter(|(column, _)| kind(&column.key))
            .map(|(_, value)| *value)
            .collect()
    }
}

/// An amount.
#[track_caller]
pub(crate) fn euro(text: &str) -> Euro {
    match Euro::parse(text) {
        Some(euro) => euro,
        None => panic!("`{text}` is not an amount"),
    }
}

/// An exact number.
#[track_caller]
pub(crate) fn exact(text: &str) -> Exact {
    match parse_exact(text) {
        Some(number) => number,
        None => panic!("`{text}` is not a number"),
    }
}
