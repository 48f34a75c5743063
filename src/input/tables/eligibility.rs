//! `eligibility.csv`.

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::number;
use crate::input::row::{Cells, year};
use crate::input::table::{Columns, none};
use crate::problem::ValueProblem;
use crate::units::{Exact, Year};

/// A row of `eligibility.csv`.
#[derive(Debug)]
pub(crate) struct EligibilityEntry {
    /// Funds, tags or groups.
    pub(crate) funds: Vec<At<String>>,
    /// Actions, tags or groups.
    pub(crate) actions: Vec<At<String>>,
    /// Condition on the zone.
    pub(crate) condition: Option<At<String>>,
    /// Largest part of the cost.
    pub(crate) max_share: Option<Exact>,
    /// First year.
    pub(crate) from: Option<At<Year>>,
    /// Last year.
    pub(crate) to: Option<At<Year>>,
    /// Legal source.
    pub(crate) law: Option<String>,
}

impl Entry for EligibilityEntry {
    const COLUMNS: Columns = Columns {
        required: &["fund", "action"],
        optional: &["where", "max_share", "from", "to", "law"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let funds = some_ids(cells, "fund", problems);
        let actions = some_ids(cells, "action", problems);
        let condition = cells
            .raw("where")
            .map(|text| At::new(text.to_owned(), cells.place_of("where")));
        let max_share = cells.may("max_share", number::share, problems);
        let from = cells.may("from", year, problems);
        let to = cells.may("to", year, problems);
        let law = cells.may_text("law", problems);
        Some(Self {
            funds: funds?,
            actions: actions?,
            condition,
            max_share: max_share?.map(|share| share.value),
            from: from?,
            to: to?,
            law: law?,
        })
    }
}

/// A list of ids that must not be empty.
pub(super) fn some_ids(
    cells: Cells<'_>,
    column: &str,
    problems: &mut Problems,
) -> Option<Vec<At<String>>> {
    let ids = cells.ids(column, problems)?;
    if ids.is_empty() {
        problems.push(cells.place_of(column), ValueProblem::Empty);
        return None;
    }
    Some(ids)
}
