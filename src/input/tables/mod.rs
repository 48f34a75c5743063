//! Every table as written: one entry per row, each value with its place.

mod actions;
mod agreements;
mod eligibility;
mod funds;
mod map;
mod money;
mod needs;
mod zones;

pub(crate) use actions::ActionEntry;
pub(crate) use agreements::AgreementEntry;
pub(crate) use eligibility::EligibilityEntry;
pub(crate) use funds::{Deadline, FundEntry};
pub(crate) use map::MapEntry;
pub(crate) use money::{ActualEntry, AmountEntry, AssumptionEntry, PreviousEntry};
pub(crate) use needs::{NeedRow, ProjectEntry, Units};
pub(crate) use zones::{IndicatorEntry, ZoneCell, ZoneEntry};

use super::collect::Problems;
use super::number::Format;
use super::row::Cells;
use super::source::Source;
use super::table::{Columns, Table};

/// An entry of a table.
pub(super) trait Entry: Sized {
    /// Columns of its table.
    const COLUMNS: Columns;

    /// A row; `None` with its problems.
    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self>;
}

/// All entries of a table; rows that are wrong are left out, with their problems.
pub(super) fn read<E: Entry>(source: &Source, format: Format, problems: &mut Problems) -> Vec<E> {
    let Some(table) = Table::read(source, format, E::COLUMNS, problems) else {
        return Vec::new();
    };
    table
        .cells()
        .filter_map(|cells| E::read(cells, problems))
        .collect()
}

/// `id:share id:share` as texts.
fn pairs(text: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    text.split_whitespace()
        .map(|word| match word.rsplit_once(':') {
            Some((id, share)) => (id, Some(share)),
            None => (word, None),
        })
}
