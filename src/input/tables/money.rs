//! `amounts.csv`, `previous.csv`, `actuals.csv` and `assumptions.csv`.

use jiff::civil::Date;

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::number;
use crate::input::row::{Cells, date, year};
use crate::input::table::{Columns, none};
use crate::input::word::ConfidenceWord;
use crate::units::{Euro, Year};

/// A row of `amounts.csv`.
#[derive(Debug)]
pub(crate) struct AmountEntry {
    /// The fund.
    pub(crate) fund: At<String>,
    /// The year of the money.
    pub(crate) year: At<Year>,
    /// The zone it belongs to; a pool when left out.
    pub(crate) zone: Option<At<String>>,
    /// The amount.
    pub(crate) euro: At<Euro>,
    /// The act; may be missing, with a warning.
    pub(crate) act: String,
    /// How sure it is.
    pub(crate) confidence: ConfidenceWord,
    /// Where it was read.
    pub(crate) source: String,
}

impl Entry for AmountEntry {
    const COLUMNS: Columns = Columns {
        required: &["fund", "year", "euro", "act", "confidence", "source"],
        optional: &["zone"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let fund = cells.id("fund", problems);
        let year = cells.need("year", year, problems);
        let zone = match cells.raw("zone") {
            None => Some(None),
            Some(_) => cells.id("zone", problems).map(Some),
        };
        let euro = cells.need("euro", number::amount, problems);
        let act = cells.may_text("act", problems);
        let confidence = cells.word("confidence", problems);
        let source = cells.may_text("source", problems);
        Some(Self {
            fund: fund?,
            year: year?,
            zone: zone?,
            euro: euro?,
            act: act?.unwrap_or_default(),
            confidence: confidence?.value,
            source: source?.unwrap_or_default(),
        })
    }
}

/// A row of `previous.csv`.
#[derive(Debug)]
pub(crate) struct PreviousEntry {
    /// The fund.
    pub(crate) fund: At<String>,
    /// The action.
    pub(crate) action: At<String>,
    /// The zone.
    pub(crate) zone: At<String>,
    /// The year.
    pub(crate) year: At<Year>,
    /// The amount.
    pub(crate) euro: At<Euro>,
}

impl Entry for PreviousEntry {
    const COLUMNS: Columns = Columns {
        required: &["fund", "action", "zone", "year", "euro"],
        optional: &[],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let fund = cells.id("fund", problems);
        let action = cells.id("action", problems);
        let zone = cells.id("zone", problems);
        let year = cells.need("year", year, problems);
        let euro = cells.need("euro", number::amount, problems);
        Some(Self {
            fund: fund?,
            action: action?,
            zone: zone?,
            year: year?,
            euro: euro?,
        })
    }
}

/// A row of `actuals.csv`; amounts are cumulative at the date.
#[derive(Debug)]
pub(crate) struct ActualEntry {
    /// The fund.
    pub(crate) fund: At<String>,
    /// The action.
    pub(crate) action: At<String>,
    /// The zone.
    pub(crate) zone: At<String>,
    /// The date.
    pub(crate) date: At<Date>,
    /// Money reported, where given.
    pub(crate) reported: Option<Euro>,
}

impl Entry for ActualEntry {
    const COLUMNS: Columns = Columns {
        required: &[
            "fund",
            "action",
            "zone",
            "date",
            "assigned",
            "committed",
            "paid",
            "reported",
        ],
        optional: &[],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let fund = cells.id("fund", problems);
        let action = cells.id("action", problems);
        let zone = cells.id("zone", problems);
        let date = cells.need("date", date, problems);
        for column in ["assigned", "committed", "paid"] {
            cells.may(column, number::amount, problems)?;
        }
        let reported = cells.may("reported", number::amount, problems);
        Some(Self {
            fund: fund?,
            action: action?,
            zone: zone?,
            date: date?,
            reported: reported?.map(|euro| euro.value),
        })
    }
}

/// A row of `assumptions.csv`.
#[derive(Debug)]
pub(crate) struct AssumptionEntry {
    /// What is assumed.
    pub(crate) assumption: At<String>,
    /// Its value.
    pub(crate) value: String,
    /// How it was obtained.
    pub(crate) method: String,
    /// Between which values it may lie.
    pub(crate) range: String,
    /// Which document would replace it.
    pub(crate) replace: String,
}

impl Entry for AssumptionEntry {
    const COLUMNS: Columns = Columns {
        required: &["assumption", "value", "method", "range", "replace"],
        optional: &[],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let place = cells.place_of("assumption");
        let assumption = cells.text("assumption", problems);
        let value = cells.text("value", problems);
        let method = cells.may_text("method", problems);
        let range = cells.may_text("range", problems);
        let replace = cells.may_text("replace", problems);
        Some(Self {
            assumption: At::new(assumption?, place),
            value: value?,
            method: method?.unwrap_or_default(),
            range: range?.unwrap_or_default(),
            replace: replace?.unwrap_or_default(),
        })
    }
}
