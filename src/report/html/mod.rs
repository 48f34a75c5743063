//! The report one can read: one HTML file that needs nothing else, no network, no script.
//!
//! The tables are those of the [`Document`]; the pictures are drawn from it. Every picture is SVG in the page, followed by its
//! table, and carries its Vega-Lite specification as data (`script type="application/json" class="vega-lite"`, never run). The
//! content-security policy allows the page's own style sheet, by its hash, and nothing else.

pub(super) mod abridged;
mod pictures;
mod style;
mod tables;
mod view;

use askama::Template;

use crate::report::ReportError;
use crate::report::document::Document;

/// The page of a document, of the whole plan or of one zone.
///
/// # Errors
/// [`ReportError::Table`] if the page cannot be written in memory.
pub fn page(document: &Document) -> Result<String, ReportError> {
    view::page(document)
        .render()
        .map_err(|error| ReportError::Table {
            table: "html",
            reason: error.to_string(),
        })
}
