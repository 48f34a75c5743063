//! `agreements.csv`.

use super::eligibility::some_ids;
use super::{Entry, pairs};
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::ids;
use crate::input::number;
use crate::input::row::Cells;
use crate::input::table::{Columns, none};
use crate::input::word::AgreementWord;
use crate::problem::{Place, Shown, ValueProblem};
use crate::units::Exact;

/// A row of `agreements.csv`.
#[derive(Debug)]
pub(crate) struct AgreementEntry {
    /// Code.
    pub(crate) agreement: At<String>,
    /// Who pays together.
    pub(crate) parties: Vec<At<String>>,
    /// For what.
    pub(crate) actions: Vec<At<String>>,
    /// Where; everywhere when empty.
    pub(crate) zones: Vec<At<String>>,
    /// Fund and smallest share.
    pub(crate) min_share: Vec<(At<String>, Exact)>,
    /// Where it was read, as the law.
    pub(crate) source: Option<String>,
    /// Where the shares are.
    pub(crate) share_place: Place,
}

impl Entry for AgreementEntry {
    const COLUMNS: Columns = Columns {
        required: &["agreement", "kind", "parties", "actions", "min_share"],
        optional: &["zones"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let agreement = cells.id("agreement", problems);
        let kind = cells.word::<AgreementWord>("kind", problems);
        let parties = some_ids(cells, "parties", problems);
        let actions = some_ids(cells, "actions", problems);
        let zones = cells.ids("zones", problems);
        let min_share = min_share(cells, problems);
        let source = cells.may_text("source", problems);
        kind?;
        Some(Self {
            agreement: agreement?,
            parties: parties?,
            actions: actions?,
            zones: zones?,
            min_share: min_share?,
            source: source?,
            share_place: cells.place_of("min_share"),
        })
    }
}

fn min_share(cells: Cells<'_>, problems: &mut Problems) -> Option<Vec<(At<String>, Exact)>> {
    let place = cells.place_of("min_share");
    let Some(text) = cells.raw("min_share") else {
        problems.push(place, ValueProblem::Empty);
        return None;
    };
    let mut shares = Vec::new();
    for (fund, share) in pairs(text) {
        let Some(share) = share else {
            let value = Shown::new(fund);
            problems.push(place, ValueProblem::Pair { value });
            return None;
        };
        let fund = problems.keep(&place, ids::id(fund))?;
        let share = problems.keep(&place, number::share(share, cells.format()))?;
        shares.push((At::new(fund, place.clone()), share));
    }
    Some(shares)
}
