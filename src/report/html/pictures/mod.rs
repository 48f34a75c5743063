//! The pictures of a document: which table has which, and from which figures.

mod compared;
mod money;
mod prices;
mod standing;
mod zones;

use crate::report::chart::Chart;
use crate::report::document::{Cell, Document, Role, Row, Table};

/// A picture of the page: one or several drawings of the same figures.
#[derive(Debug)]
pub(super) struct PictureView {
    pub(super) caption: String,
    pub(super) charts: Vec<Drawing>,
    /// Where the drawing is from; may be empty.
    pub(super) source: String,
}

/// A drawing and its specification.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) drawn: Chart,
    pub(super) spec: String,
}

impl Drawing {
    fn of(chart: Chart) -> Self {
        let spec = chart.spec_text();
        Self { drawn: chart, spec }
    }
}

impl PictureView {
    fn one(caption: &str, chart: Chart) -> Self {
        Self {
            caption: caption.to_owned(),
            charts: vec![Drawing::of(chart)],
            source: String::new(),
        }
    }
}

/// The pictures that a table explains, in the order in which they stand before it.
pub(super) fn before(document: &Document, table: &Table) -> Vec<PictureView> {
    let language = document.language;
    let pictures = match table.id.as_str() {
        "prices:laws" => return prices::laws(language, table),
        "prices:funds" => vec![prices::funds(language, table)],
        id if id.starts_with("breakpoints:") => return prices::breakpoints(language, table),
        "map" => vec![money::flow(document), money::heat(document, table)],
        "zones" => vec![
            zones::map(document),
            zones::coverage(language, &document.flow.zones),
        ],
        "rules" => vec![standing::rules(language, table)],
        "spending" => vec![standing::spending(language, table)],
        "sweep:zone" | "sweep:fund" => vec![compared::sweep(language, table)],
        id if id.starts_with("compare:") && id.ends_with(":totals") => Vec::new(),
        id if id.starts_with("compare:") => vec![compared::plans(language, table)],
        id if id.starts_with("zone:")
            && id.ends_with(":plan")
            && document.flow.zones.len() == 1 =>
        {
            vec![money::flow(document)]
        }
        _ => Vec::new(),
    };
    pictures.into_iter().flatten().collect()
}

/// Rows of a table that are no sums, column by column.
struct Columns<'t> {
    table: &'t Table,
}

impl<'t> Columns<'t> {
    fn of(table: &'t Table) -> Self {
        Self { table }
    }

    fn rows(&self) -> impl Iterator<Item = &'t Row> {
        let is_body = |row: &&Row| !matches!(row.role, Role::Total | Role::Subtotal);
        self.table.rows.iter().filter(is_body)
    }

    fn cell(&self, row: &'t Row, column: &str) -> Option<&'t Cell> {
        row.cells.get(self.table.column(column)?)
    }

    fn words(&self, row: &'t Row, column: &str) -> &'t str {
        self.cell(row, column)
            .and_then(Cell::words)
            .unwrap_or_default()
    }

    fn cents(&self, row: &'t Row, column: &str) -> i128 {
        let value = self.cell(row, column).and_then(Cell::value);
        value.and_then(|value| value.cents()).unwrap_or(0)
    }
}
