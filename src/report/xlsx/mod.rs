//! A document as a workbook: one sheet for each section, tables one below the other, totals as live formulas with their results.
//!
//! Made to be printed (A4, text of 7 points at least, wide tables on several sheets, headings and names repeated, pages numbered) and read (frozen headings, filters, colours that
//! mean something). The same document gives the same bytes: the date of creation is fixed. No text can run: every text is written as
//! text, those that a spreadsheet would take for a formula with the mark that says so, control characters escaped.

mod formula;
mod layout;
mod number;
mod paper;
mod sheet;
mod style;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::ReportError;
use super::document::Document;
use layout::Layout;
use style::Styles;

/// Rows of a sheet.
pub const MOST_ROWS: usize = 1_048_576;

/// A document as the bytes of an `.xlsx` file.
///
/// # Errors
/// [`ReportError::TooLarge`] if a section has more rows than a sheet; [`ReportError::Table`] if the workbook cannot be written in
/// memory.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut workbook = workbook(document)?;
    workbook.save_to_buffer().map_err(failed)
}

/// A document as a workbook to which more sheets may be added.
///
/// # Errors
/// As [`xlsx`].
pub fn workbook(document: &Document) -> Result<Workbook, ReportError> {
    let layout = Layout::of(document);
    for (section, sheet) in document.sections.iter().zip(&layout.sheets) {
        if sheet.rows > MOST_ROWS {
            return Err(ReportError::TooLarge {
                what: section.title.clone(),
                rows: sheet.rows,
            });
        }
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document).map_err(failed)?);
    let styles = Styles::new(document.language);
    for (section, sheet) in document.sections.iter().zip(&layout.sheets) {
        let worksheet = workbook.add_worksheet();
        sheet::write(worksheet, document, section, (&layout, sheet), &styles).map_err(failed)?;
    }
    Ok(workbook)
}

pub(crate) fn failed(error: XlsxError) -> ReportError {
    ReportError::Table {
        table: "xlsx",
        reason: error.to_string(),
    }
}

/// No clock: the same document gives the same bytes.
fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let text = |text: &str| sheet::clean(text).chars().take(250).collect::<String>();
    Ok(DocProperties::new()
        .set_title(text(&document.title))
        .set_subject(text(&document.subtitle))
        .set_comment(format!(
            "mappafondo {} · {}",
            text(&document.version),
            text(&document.hash)
        ))
        .set_creation_datetime(&date))
}
