//! `funds.csv`.

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::number::{self, Format};
use crate::input::row::{Cells, date};
use crate::input::table::{Columns, none};
use crate::input::word::{FundNatureWord, LevelWord};
use crate::problem::{Shown, ValueProblem};
use crate::units::{Exact, Year};

/// A row of `funds.csv`.
#[derive(Debug)]
pub(crate) struct FundEntry {
    /// Code.
    pub(crate) fund: At<String>,
    /// Name for people.
    pub(crate) name: String,
    /// Level of government.
    pub(crate) level: LevelWord,
    /// What it may pay.
    pub(crate) nature: FundNatureWord,
    /// Tags.
    pub(crate) tags: Vec<At<String>>,
    /// Largest share that may move on.
    pub(crate) carry_over: Option<Exact>,
    /// Until when it may be spent.
    pub(crate) last_spend: Option<Deadline>,
    /// Legal source.
    pub(crate) law: Option<String>,
}

/// Until when money may be spent, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deadline {
    /// All money of the fund until the end of a year.
    Until(Year),
    /// Money of year t until the end of year t + n.
    YearsAfter(u16),
}

impl Entry for FundEntry {
    const COLUMNS: Columns = Columns {
        required: &["fund", "name", "level", "nature"],
        optional: &["tags", "carry_over", "last_spend", "law"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let fund = cells.id("fund", problems);
        let name = cells.text("name", problems);
        let level = cells.word("level", problems);
        let nature = cells.word("nature", problems);
        let tags = cells.ids("tags", problems);
        let carry_over = cells.may("carry_over", number::share, problems);
        let last_spend = cells.may("last_spend", deadline, problems);
        let law = cells.may_text("law", problems);
        Some(Self {
            fund: fund?,
            name: name?,
            level: level?.value,
            nature: nature?.value,
            tags: tags?,
            carry_over: carry_over?.map(|share| share.value),
            last_spend: last_spend?.map(|deadline| deadline.value),
            law: law?,
        })
    }
}

/// A date, or `+n`.
fn deadline(text: &str, format: &Format) -> Result<Deadline, ValueProblem> {
    if let Some(years) = text.strip_prefix('+') {
        let years = years.parse().ok().filter(|years| *years <= 50);
        return years
            .map(Deadline::YearsAfter)
            .ok_or_else(|| ValueProblem::Deadline {
                value: Shown::new(text),
            });
    }
    match date(text, format) {
        Ok(date) => Ok(Deadline::Until(Year::from(date.year()))),
        Err(ValueProblem::Date { value }) => Err(ValueProblem::Deadline { value }),
        Err(problem) => Err(problem),
    }
}
