//! A checked plan to the document that people sign, attach and read: every table of a proposal, built once for every format.
//!
//! [`Source`] holds a plan read from its files; [`document`] tells it whole, [`zone_document`] one zone. Functions of the files: no
//! disk, clock, environment or chance. The stage says *what* stands in each table; `report` writes it as workbook, page, CSV, JSON.

mod acts;
mod book;
mod breakpoints;
mod by_zone;
mod checks;
mod coverage;
mod error;
mod estimates;
mod ledger;
mod map;
mod moved;
mod names;
mod prices;
mod reproduce;
mod riparto;
mod rules;
mod scenarios;
mod source;
mod spending;
mod summary;
mod zone;

pub use error::AnnexError;
pub use names::zone_names;
pub use prices::Explained;
pub use source::{RuleCase, Source};

use crate::compare::{Held, Plan};
use crate::model::{Language, ZoneIdx};
use crate::report::document::Document;
use book::Book;

/// More zones than this share one section: nobody finds a sheet among hundreds.
pub const MOST_ZONE_SECTIONS: usize = 60;

/// What is told beside the plan itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The plan as `compare` reads it, and others to put beside it.
    pub plans: Option<(&'a Plan, &'a [Plan])>,
    /// A finished sweep held against the plan.
    pub sweep: Option<&'a Held<'a>>,
    /// What a euro and a law are worth.
    pub explained: Option<&'a Explained>,
}

/// The whole plan as a document.
#[must_use]
pub fn document(source: &Source, beside: Beside<'_>, language: Language) -> Document {
    let book = Book::new(source, language, None);
    let (shares, rows) = riparto::sections(&book);
    let mut sections = vec![summary::section(&book)];
    sections.extend(shares);
    sections.extend([
        map::section(&book),
        coverage::section(&book),
        rules::section(&book, beside.explained),
        spending::section(&book),
    ]);
    sections.extend(beside.explained.and_then(|of| prices::section(&book, of)));
    sections.extend(scenarios::section(&book, beside));
    sections.extend(zone::sections(&book));
    sections.extend([rows, ledger::section(&book)]);
    let estimates = estimates::section(&book);
    let checks = checks::section(&book, sections.iter().chain([&estimates]));
    sections.extend([checks, estimates]);
    sections.push(reproduce::section(&book));
    finish(&book, sections)
}

/// One zone as a document: its planning sheet, its part of each fund, its payments, its checks.
#[must_use]
pub fn zone_document(source: &Source, zone: ZoneIdx, language: Language) -> Document {
    let book = Book::new(source, language, Some(zone));
    let mut sections = vec![zone::section(&book, zone), ledger::section(&book)];
    sections.push(checks::of_zone(&book, zone, &sections));
    sections.push(reproduce::section(&book));
    finish(&book, sections)
}

fn finish(book: &Book<'_>, sections: Vec<crate::report::document::Section>) -> Document {
    let mut document = Document {
        language: book.language,
        title: book.source.summary.model.title.clone(),
        subtitle: summary::subtitle(book),
        summary: summary::sentences(book),
        sections,
        flow: map::flow(book),
        hash: book.source.summary.model.hash.clone(),
        version: book.source.summary.versions.mappafondo.clone(),
    };
    document.settle();
    checks::judge(&mut document);
    document
}
