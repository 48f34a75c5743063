//! The proposal as an annex in PDF: "Proposta di riparto", with the acts quoted, for people and for screen readers (PDF/UA-1).
//!
//! Typeset by the library of Typst from a template of ours; what is set are the tables of the
//! [`Document`], as data. The same document gives the same bytes: no clock, no font of the machine.

mod content;
mod world;

use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::ReportError;
use super::document::Document;
use content::Content;
use world::Desk;

const TEMPLATE: &str = include_str!("annex.typ");

/// The annex of a proposal.
///
/// # Errors
/// [`ReportError::Table`] where Typst refuses the template or its data, or the result is not PDF/UA-1.
pub fn annex(document: &Document) -> Result<Vec<u8>, ReportError> {
    let data =
        serde_json::to_vec(&Content::of(document)).map_err(|why| refused(why.to_string()))?;
    let desk = Desk::new(TEMPLATE, data)?;
    let pages: PagedDocument = typst::compile(&desk)
        .output
        .map_err(|faults| said(&faults))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|why| refused(why.message().to_string()))?;
    let options = PdfOptions {
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|faults| said(&faults))
}

fn said(faults: &[SourceDiagnostic]) -> ReportError {
    let said = faults.iter().map(|fault| fault.message.to_string());
    refused(said.collect::<Vec<_>>().join("; "))
}

fn refused(reason: String) -> ReportError {
    ReportError::Table {
        table: "pdf",
        reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Language;
    use crate::report::document::{Cell, Column, Flow, Kind, Role, Section, Table, Topic};
    use crate::units::Exact;

    fn document(text: &str, funds: usize) -> Document {
        let mut columns = vec![Column::new("action", "Azione", Kind::Text)];
        columns.extend(
            (0..funds).map(|k| Column::new(format!("f{k}"), format!("Fondo {k}"), Kind::Euro)),
        );
        let mut table = Table::new("map", "Chi paga", columns);
        let line = |first: &str| {
            let mut cells = vec![Cell::text(first)];
            cells.extend((0..funds).map(|_| Cell::Euro(123_456_789)));
            cells
        };
        table.row(line(text));
        table.row_as(Role::Total, line("Totale"));
        Document {
            language: Language::Italian,
            title: text.to_owned(),
            subtitle: "Piano 2026".to_owned(),
            summary: vec![text.to_owned()],
            sections: vec![Section {
                topic: Topic::Map,
                zone: None,
                name: "Mappafondo".to_owned(),
                title: "Mappafondo".to_owned(),
                notes: vec![format!(
                    "Quota: {}",
                    Cell::Share(Exact::new(1, 2)).shown(Language::Italian)
                )],
                tables: vec![table],
            }],
            flow: Flow::default(),
            hash: "00".to_owned(),
            version: "0".to_owned(),
        }
    }

    #[test]
    fn the_same_document_gives_the_same_bytes() {
        let document = document("Sociale", 3);
        let first = annex(&document).unwrap();
        assert!(first.starts_with(b"%PDF-"));
        assert_eq!(first, annex(&document).unwrap());
    }

    #[test]
    fn texts_are_never_read_as_markup() {
        for text in [
            "#panic()",
            "*_`$",
            "#import \"/etc/passwd\"",
            "]#[",
            "\\u{0}",
            "= x",
            "@x",
            "<x>",
        ] {
            assert!(annex(&document(text, 2)).is_ok(), "{text}");
        }
    }

    #[test]
    fn a_table_too_wide_for_a_sheet_is_cut_and_each_part_names_its_rows() {
        let content = Content::of(&document("Sociale", 22));
        let text = serde_json::to_string(&content).unwrap();
        assert_eq!(text.matches("[\"Sociale\"").count(), 4, "{text}");
        assert!(text.contains("Chi paga (4 di 4)"), "{text}");
        assert!(annex(&document("Sociale", 22)).is_ok());
    }
}
