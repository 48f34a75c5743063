//! A proposal as a document: titled tables of typed cells, built once and shown by every format.
//!
//! A [`Document`] is a plain value. Amounts are whole cents, shares exact fractions; a total is a [`Formula`] over other cells,
//! which a workbook writes as a live formula and the other formats as its result. Nothing in here decides what a table says: the
//! stage `annex` fills it, the writers of `report` show it.

mod cell;
mod flow;
mod formula;
mod shown;
mod table;

pub use cell::{Cell, Link, Value};
pub use flow::{Flow, FlowLink, FlowTile, FlowZone};
pub use formula::{Area, Expression, Formula, Place};
pub use table::{Column, Kind, Role, Row, Table};

use crate::model::Language;

/// Everything that is told of a proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Language of every text in it.
    pub language: Language,
    /// Title of the model.
    pub title: String,
    /// One line under the title: years, size.
    pub subtitle: String,
    /// What the proposal comes to, a few sentences for people.
    pub summary: Vec<String>,
    /// Sections in the order in which people read them.
    pub sections: Vec<Section>,
    /// Where the money goes, for pictures.
    pub flow: Flow,
    /// Hash of the model, which names the proposal.
    pub hash: String,
    /// Version of the program that made the proposal.
    pub version: String,
}

/// A part of a document: one sheet of a workbook, one chapter of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// What it is, for programs and for those who look for one section.
    pub topic: Topic,
    /// Code of the zone, where the section is about one.
    pub zone: Option<String>,
    /// Short title, at most 31 characters, unique in the document: the name of the sheet.
    pub name: String,
    /// Title.
    pub title: String,
    /// What the section says and how to read it.
    pub notes: Vec<String>,
    /// Its tables, in order.
    pub tables: Vec<Table>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// What the proposal comes to.
    Summary,
    /// What each zone gets of each fund, and by which formula.
    Riparto,
    /// What formulas would give each zone, and how far the plan is from it.
    Formula,
    /// The rows of the riparto: indicators, shares, acts, rounding.
    Calculation,
    /// Actions by funds, with what stays uncovered.
    Map,
    /// Need and coverage of every zone.
    Coverage,
    /// Every rule: value, bound, margin, law.
    Rules,
    /// Money of each fund and year, and its deadline.
    Spending,
    /// What a euro, a rule or a law is worth; only where explanations are given.
    Prices,
    /// Other plans and scenarios beside this one.
    Scenarios,
    /// One zone, or all of them where they are many.
    Zone,
    /// Every payment.
    Ledger,
    /// Sums that must close.
    Checks,
    /// What is estimated.
    Estimates,
    /// How to make and check the proposal again.
    Reproduce,
}

impl Topic {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Riparto => "riparto",
            Self::Formula => "formula",
            Self::Calculation => "calculation",
            Self::Map => "map",
            Self::Coverage => "coverage",
            Self::Rules => "rules",
            Self::Spending => "spending",
            Self::Prices => "prices",
            Self::Scenarios => "scenarios",
            Self::Zone => "zone",
            Self::Ledger => "ledger",
            Self::Checks => "checks",
            Self::Estimates => "estimates",
            Self::Reproduce => "reproduce",
        }
    }
}

impl Document {
    /// Every table with the section it is in.
    pub fn tables(&self) -> impl Iterator<Item = (&Section, &Table)> {
        self.sections
            .iter()
            .flat_map(|section| section.tables.iter().map(move |table| (section, table)))
    }

    /// The table with a code.
    #[must_use]
    pub fn table(&self, id: &str) -> Option<&Table> {
        self.tables()
            .map(|(_, table)| table)
            .find(|table| table.id == id)
    }

    /// The sections about something.
    pub fn about(&self, topic: Topic) -> impl Iterator<Item = &Section> {
        self.sections
            .iter()
            .filter(move |section| section.topic == topic)
    }
}
