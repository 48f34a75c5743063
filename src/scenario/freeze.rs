//! `freeze`: what was spent up to a date is a lower bound in its year, and the rest is planned anew.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use toml_edit::Value;

use super::Scenario;
use super::indicators;
use super::select::{Choice, Names};
use super::state::State;
use super::toml_text as toml;
use crate::input::{ActualWord, At, FreezeEntry, Problems, RawTable, Word};
use crate::problem::{Nearest, Place, ReferenceProblem, ScenarioProblem, Shown, Thing};
use crate::units::{Euro, Year};

/// Fund, action and zone.
type Key = (String, String, String);

/// Freezes. Actuals are cumulative: what a year spent is its last figure less the last one of the years before.
pub(super) fn freeze(
    entry: &At<FreezeEntry>,
    scenario: &Scenario,
    choice: &Choice,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    let freeze = &entry.value;
    let until = freeze.until.value.0;
    let column = freeze
        .column
        .as_ref()
        .map_or(ActualWord::Committed, |at| at.value.0)
        .word();
    if let Some(named) = &freeze.actuals {
        let name = named.value.0.as_str();
        let mut files = scenario.beside.clone();
        // The table is in the form of actuals.csv, in the dialect declared for it.
        let bytes = files.remove(name)?;
        files.insert("actuals.csv".to_owned(), bytes);
        let table = RawTable::read(&files, "actuals.csv", &[], state.formats());
        let mut good = Some(());
        for wanted in ["fund", "action", "zone", "date", column] {
            if !table.header().iter().any(|name| name == wanted) {
                let name = Shown::new(wanted);
                let missing = crate::problem::TableProblem::MissingColumn { name };
                problems.push(Place::line(name_of(named), 1), missing);
                good = None;
            }
        }
        good?;
        *state.table_mut("actuals.csv") = table;
    }
    let by_date = figures(column, until, choice, state, &entry.place, problems)?;
    if by_date.is_empty() {
        problems.push(entry.place.clone(), ScenarioProblem::NoActuals);
        return None;
    }
    let by_year = years(&by_date, state.years(), &entry.place, problems)?;
    rules(&by_year, (column, until), state)
}

fn name_of(named: &At<crate::input::Text>) -> String {
    named.value.0.clone()
}

/// The cumulative figures up to the date.
fn figures(
    column: &str,
    until: Date,
    choice: &Choice,
    state: &State<'_>,
    place: &Place,
    problems: &mut Problems,
) -> Option<BTreeMap<Key, BTreeMap<Date, Euro>>> {
    let table = state.table("actuals.csv");
    let known = [
        (Thing::Fund, Names::funds(state), "fund"),
        (Thing::Action, Names::actions(state), "action"),
        (Thing::Zone, Names::zones(state), "zone"),
    ];
    let mut found: BTreeMap<Key, BTreeMap<Date, Euro>> = BTreeMap::new();
    let mut good = true;
    for row in &table.rows {
        for (thing, names, column) in &known {
            let id = table.cell(row, column);
            if !names.ids().contains(id) {
                good = false;
                let unknown = ReferenceProblem::Unknown {
                    thing: *thing,
                    id: Shown::new(id),
                    nearest: Nearest::of(id, names.ids().iter().map(String::as_str)),
                    home: Shown::new(&format!("{column}s.csv")),
                };
                problems.push(place.clone(), unknown);
            }
        }
        let key = (
            table.cell(row, "fund").to_owned(),
            table.cell(row, "action").to_owned(),
            table.cell(row, "zone").to_owned(),
        );
        let is_meant = choice.fund(&key.0)
            && choice.action(&key.1)
            && choice
                .zones
                .as_ref()
                .is_none_or(|zones| zones.contains(&key.2));
        let (date, euro) = (table.date(row, "date"), table.euro(row, column));
        if date.is_none() || (euro.is_none() && !table.cell(row, column).is_empty()) {
            good = false;
            let cells = format!("{} {}", table.cell(row, "date"), table.cell(row, column));
            let (value, what) = (Shown::new(&cells), Shown::new(column));
            problems.push(place.clone(), ScenarioProblem::NotANumber { value, what });
        }
        if let (Some(date), Some(euro), true) = (date, euro, is_meant)
            && date <= until
        {
            found.entry(key).or_default().insert(date, euro);
        }
    }
    good.then_some(found)
}

/// What each year of the plan spent.
fn years(
    by_date: &BTreeMap<Key, BTreeMap<Date, Euro>>,
    plan: &[Year],
    place: &Place,
    problems: &mut Problems,
) -> Option<BTreeMap<Key, BTreeMap<Year, Euro>>> {
    let mut found: BTreeMap<Key, BTreeMap<Year, Euro>> = BTreeMap::new();
    let mut good = true;
    for (key, figures) in by_date {
        let mut before = Euro::ZERO;
        let mut last: BTreeMap<Year, Euro> = BTreeMap::new();
        for (date, euro) in figures {
            if *euro < before {
                good = false;
                let falling = ScenarioProblem::Falling {
                    what: Shown::new(&format!("{}, {}, {}", key.0, key.1, key.2)),
                    date: Shown::new(&date.to_string()),
                };
                problems.push(place.clone(), falling);
            }
            let spent = euro.checked_sub(before).unwrap_or(Euro::ZERO);
            let of_year = last.entry(Year::from(date.year())).or_insert(Euro::ZERO);
            *of_year = of_year.checked_add(spent)?;
            before = *euro;
        }
        last.retain(|year, euro| plan.contains(year) && *euro > Euro::ZERO);
        found.insert(key.clone(), last);
    }
    good.then_some(found)
}

/// One rule for each fund and action, over an indicator of its own: their number stays small.
fn rules(
    by_year: &BTreeMap<Key, BTreeMap<Year, Euro>>,
    (column, until): (&str, Date),
    state: &mut State<'_>,
) -> Option<()> {
    let mut pairs: BTreeMap<(&str, &str), Vec<(&str, &BTreeMap<Year, Euro>)>> = BTreeMap::new();
    for ((fund, action, zone), years) in by_year {
        if !years.is_empty() {
            pairs.entry((fund, action)).or_default().push((zone, years));
        }
    }
    for ((fund, action), zones) in pairs {
        let id = free_id(&format!("frozen-{fund}-{action}"), state);
        let years: BTreeSet<Year> = zones
            .iter()
            .flat_map(|(_, years)| years.keys().copied())
            .collect();
        for (zone, spent) in &zones {
            for year in &years {
                let euro = spent.get(year).copied().unwrap_or(Euro::ZERO);
                indicators::put(&id, zone, *year, &euro.to_string(), state);
            }
        }
        let act = format!("actuals.csv, {column}, {until}");
        let law = toml::inline(vec![("act", act.into())]);
        let measure = toml::inline(vec![
            ("euro", true.into()),
            ("fund", fund.into()),
            ("action", action.into()),
            ("zone", toml::texts(zones.iter().map(|(zone, _)| *zone))),
        ]);
        let floor = toml::inline(vec![("euro", format!("`{id}`").into())]);
        let model = state.document().get("model");
        let language = model.and_then(|model| model.get("language")?.as_str());
        let italian = language != Some("en");
        let title = if italian {
            format!("Già impegnato al {until}: {fund}, {action}")
        } else {
            format!("Committed by {until}: {fund}, {action}")
        };
        let entries: Vec<(&str, Value)> = vec![
            ("id", id.into()),
            ("title", title.into()),
            ("law", law.into()),
            ("strength", "law".into()),
            ("for_each", toml::texts(["zone", "year"])),
            ("years", toml::years(years)),
            ("measure", measure.into()),
            ("at_least", floor.into()),
        ];
        toml::push(state.document_mut(), "rule", entries);
        state.touched.count(true);
    }
    Some(())
}

fn free_id(id: &str, state: &State<'_>) -> String {
    let rules = toml::list(state.document(), "rule");
    let is_taken = |id: &str| {
        rules
            .iter()
            .any(|rule| toml::text(*rule, "id").as_deref() == Some(id))
    };
    let mut free = id.to_owned();
    let mut number = 2_usize;
    while is_taken(&free) {
        free = format!("{id}-{number}");
        number = number.saturating_add(1);
    }
    free
}
