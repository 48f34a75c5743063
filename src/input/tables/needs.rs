//! `needs.csv` and `projects.csv`.

use super::{Entry, pairs};
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::ids;
use crate::input::number::{self, Format};
use crate::input::row::{Cells, year, year_of};
use crate::input::table::{Columns, none};
use crate::input::word::{NatureWord, YesNo};
use crate::problem::{Form, Place, Shown, ValueProblem};
use crate::units::{Euro, Exact, Year};

/// A row of `needs.csv`.
#[derive(Debug)]
pub(crate) struct NeedRow {
    /// The action.
    pub(crate) action: At<String>,
    /// The zone.
    pub(crate) zone: At<String>,
    /// The year.
    pub(crate) year: At<Year>,
    /// How many units.
    pub(crate) units: Units,
    /// Whether it counts in place of a formula.
    pub(crate) replaces: bool,
}

/// Units of a need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Units {
    /// So many.
    Count(Exact),
    /// All money is welcome.
    Unlimited,
}

impl Entry for NeedRow {
    const COLUMNS: Columns = Columns {
        required: &["action", "zone", "year", "units"],
        optional: &["replaces"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let replaces = cells.may_word::<YesNo>("replaces", problems);
        let action = cells.id("action", problems);
        let zone = cells.id("zone", problems);
        let year = cells.need("year", year, problems);
        let units = cells.need("units", units, problems);
        Some(Self {
            action: action?,
            zone: zone?,
            year: year?,
            units: units?.value,
            replaces: replaces? == Some(YesNo::Yes),
        })
    }
}

fn units(text: &str, format: &Format) -> Result<Units, ValueProblem> {
    if text == "unlimited" {
        return Ok(Units::Unlimited);
    }
    match number::quantity(text, format) {
        Ok(units) => Ok(Units::Count(units)),
        Err(ValueProblem::Number {
            value,
            form: Form::Point,
        }) => Err(ValueProblem::Units { value }),
        Err(problem) => Err(problem),
    }
}

/// A zone and its weight in a project, or a year and its share.
#[derive(Debug)]
pub(crate) struct Share<K> {
    /// The zone or year.
    pub(crate) of: At<K>,
    /// Its weight; equal parts when none is given.
    pub(crate) weight: Option<Exact>,
}

/// A row of `projects.csv`: one cost item.
#[derive(Debug)]
pub(crate) struct ProjectEntry {
    /// CUP.
    pub(crate) project: At<String>,
    /// The action.
    pub(crate) action: At<String>,
    /// Partner zones.
    pub(crate) zones: Vec<Share<String>>,
    /// The cost item.
    pub(crate) item: String,
    /// Current or capital.
    pub(crate) nature: NatureWord,
    /// Its cost.
    pub(crate) euro: At<Euro>,
    /// Its years; spread evenly when empty.
    pub(crate) profile: Vec<Share<Year>>,
    /// Where the zones are.
    pub(crate) zones_place: Place,
    /// Where the profile is.
    pub(crate) profile_place: Place,
}

impl Entry for ProjectEntry {
    const COLUMNS: Columns = Columns {
        required: &["project", "action", "zones", "item", "nature", "euro"],
        optional: &["profile"],
        others: none,
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let project = cells.id("project", problems);
        let action = cells.id("action", problems);
        let zones = zones(cells, problems);
        let item = cells.text("item", problems);
        let nature = cells.word("nature", problems);
        let euro = cells.need("euro", number::amount, problems);
        let profile = profile(cells, problems);
        Some(Self {
            project: project?,
            action: action?,
            zones: zones?,
            item: item?,
            nature: nature?.value,
            euro: euro?,
            profile: profile?,
            zones_place: cells.place_of("zones"),
            profile_place: cells.place_of("profile"),
        })
    }
}

fn zones(cells: Cells<'_>, problems: &mut Problems) -> Option<Vec<Share<String>>> {
    let place = cells.place_of("zones");
    let Some(text) = cells.raw("zones") else {
        problems.push(place, ValueProblem::Empty);
        return None;
    };
    let mut zones = Vec::new();
    for (id, weight) in pairs(text) {
        let id = problems.keep(&place, ids::id(id))?;
        let weight = match weight {
            None => None,
            Some(weight) => Some(problems.keep(&place, number::quantity(weight, cells.format()))?),
        };
        zones.push(Share {
            of: At::new(id, place.clone()),
            weight,
        });
    }
    Some(zones)
}

fn profile(cells: Cells<'_>, problems: &mut Problems) -> Option<Vec<Share<Year>>> {
    let place = cells.place_of("profile");
    let mut years = Vec::new();
    for (year, share) in pairs(cells.raw("profile").unwrap_or_default()) {
        let Some(share) = share else {
            let value = Shown::new(year);
            problems.push(place, ValueProblem::Profile { value });
            return None;
        };
        let year = problems.keep(&place, year_of(year))?;
        let weight = problems.keep(&place, number::share(share, cells.format()))?;
        years.push(Share {
            of: At::new(year, place.clone()),
            weight: Some(weight),
        });
    }
    Some(years)
}
