//! `actions.csv`.

use std::collections::BTreeMap;

use super::Entry;
use crate::input::at::At;
use crate::input::collect::Problems;
use crate::input::number;
use crate::input::row::{Cells, year_of};
use crate::input::table::Columns;
use crate::input::word::{KindWord, NatureWord, YesNo};
use crate::problem::Place;
use crate::units::{Euro, Exact, Year};

/// A row of `actions.csv`.
#[derive(Debug)]
pub(crate) struct ActionEntry {
    /// Code.
    pub(crate) action: At<String>,
    /// Name for people.
    pub(crate) name: String,
    /// Area of intervention.
    pub(crate) area: String,
    /// Tags.
    pub(crate) tags: Vec<At<String>>,
    /// Whether it is an essential level.
    pub(crate) leps: bool,
    /// How it divides.
    pub(crate) kind: KindWord,
    /// Name of one unit.
    pub(crate) unit: String,
    /// Cost of one unit in every year that has none of its own.
    pub(crate) unit_cost: Option<Euro>,
    /// Cost of one unit by year.
    pub(crate) unit_cost_by_year: BTreeMap<Year, Euro>,
    /// Weight of one euro.
    pub(crate) priority: Exact,
    /// Current or capital.
    pub(crate) nature: Option<NatureWord>,
    /// Smallest amount that counts as active.
    pub(crate) min_active: Option<Euro>,
    /// What is hired stays.
    pub(crate) persistent: bool,
    /// Where a missing unit cost is told.
    pub(crate) cost_place: Place,
}

const UNIT_COST: &str = "unit_cost";

/// The year of `unit_cost_2022`.
fn cost_year(name: &str) -> Option<Year> {
    let year = name.strip_prefix(UNIT_COST)?.strip_prefix('_')?;
    year_of(year).ok()
}

impl Entry for ActionEntry {
    const COLUMNS: Columns = Columns {
        required: &["action", "name", "area", "leps", "kind", "unit", "priority"],
        optional: &[UNIT_COST, "tags", "nature", "min_active", "persistent"],
        others: |name| cost_year(name).is_some(),
    };

    fn read(cells: Cells<'_>, problems: &mut Problems) -> Option<Self> {
        let action = cells.id("action", problems);
        let name = cells.text("name", problems);
        let area = cells.text("area", problems);
        let tags = cells.ids("tags", problems);
        let leps = cells.word::<YesNo>("leps", problems);
        let kind = cells.word("kind", problems);
        let unit = cells.text("unit", problems);
        let unit_cost = cells.may(UNIT_COST, number::amount, problems);
        let unit_cost_by_year = costs_by_year(cells, problems);
        let priority = cells.need("priority", number::quantity, problems);
        let nature = cells.may_word::<NatureWord>("nature", problems);
        let min_active = cells.may("min_active", number::amount, problems);
        let persistent = cells.may_word::<YesNo>("persistent", problems);
        Some(Self {
            action: action?,
            name: name?,
            area: area?,
            tags: tags?,
            leps: leps?.value == YesNo::Yes,
            kind: kind?.value,
            unit: unit?,
            unit_cost: unit_cost?.map(|cost| cost.value),
            unit_cost_by_year: unit_cost_by_year?,
            priority: priority?.value,
            nature: nature?,
            min_active: min_active?.map(|euro| euro.value),
            persistent: persistent? == Some(YesNo::Yes),
            cost_place: cells.place_of(UNIT_COST),
        })
    }
}

fn costs_by_year(cells: Cells<'_>, problems: &mut Problems) -> Option<BTreeMap<Year, Euro>> {
    let mut costs = BTreeMap::new();
    let mut good = true;
    for (name, year) in cells
        .columns()
        .filter_map(|name| Some((name, cost_year(name)?)))
    {
        match cells.may(name, number::amount, problems) {
            Some(Some(cost)) => drop(costs.insert(year, cost.value)),
            Some(None) => {}
            None => good = false,
        }
    }
    good.then_some(costs)
}
