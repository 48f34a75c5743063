//! Whom a change speaks of: ids, tags, groups, years and conditions on the zone.

use std::collections::{BTreeMap, BTreeSet};

use super::state::State;
use super::toml_text as toml;
use crate::input::{At, ChangeEntry, Problems, RawTable, Selector};
use crate::model::expression::{EvaluationError, Expression, Value};
use crate::problem::{
    FormulaProblem, Nearest, Place, ReferenceProblem, ScenarioProblem, Shown, Thing, Things,
    WhereYear, WordList,
};
use crate::units::{Exact, Year};

/// Ids, with the tags and groups they belong to.
pub(super) struct Names {
    things: Things,
    ids: BTreeSet<String>,
    sets: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    /// The funds.
    pub(super) fn funds(state: &State<'_>) -> Self {
        Self::of(state, Things::Funds, ("funds.csv", "fund"))
    }

    /// The actions.
    pub(super) fn actions(state: &State<'_>) -> Self {
        Self::of(state, Things::Actions, ("actions.csv", "action"))
    }

    /// The zones.
    pub(super) fn zones(state: &State<'_>) -> Self {
        Self::of(state, Things::Zones, ("zones.csv", "zone"))
    }

    fn of(state: &State<'_>, things: Things, (file, kind): (&'static str, &str)) -> Self {
        let table = state.table(file);
        let mut names = Self {
            things,
            ids: BTreeSet::new(),
            sets: BTreeMap::new(),
        };
        for row in &table.rows {
            let id = table.cell(row, kind);
            names.ids.insert(id.to_owned());
            for tag in table.cell(row, "tags").split_whitespace() {
                let set = names.sets.entry(tag.to_owned()).or_default();
                set.insert(id.to_owned());
            }
        }
        let groups = toml::list(state.document(), "group");
        let groups: BTreeMap<String, Vec<String>> = groups
            .iter()
            .filter(|group| toml::text(**group, "kind").as_deref() == Some(kind))
            .filter_map(|group| Some((toml::text(*group, "id")?, toml::names(*group, "members")?)))
            .collect();
        // Groups may hold groups, never themselves: as many rounds as there are groups are enough.
        for _ in 0..groups.len() {
            for (id, members) in &groups {
                let found = members
                    .iter()
                    .flat_map(|member| names.expand(member))
                    .collect();
                names.sets.insert(id.clone(), found);
            }
        }
        names
    }

    /// What a name of the model stands for.
    pub(super) fn expand(&self, name: &str) -> BTreeSet<String> {
        match self.sets.get(name) {
            Some(set) => set.clone(),
            None if self.ids.contains(name) => BTreeSet::from([name.to_owned()]),
            None => BTreeSet::new(),
        }
    }

    /// What several names of the model stand for.
    pub(super) fn expand_all(&self, names: &[String]) -> BTreeSet<String> {
        names.iter().flat_map(|name| self.expand(name)).collect()
    }

    /// All ids.
    pub(super) fn ids(&self) -> &BTreeSet<String> {
        &self.ids
    }

    /// Whether a name is an id, a tag or a group.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.ids.contains(name) || self.sets.contains_key(name)
    }

    /// The ids a selector of the scenario stands for; unknown names are told.
    pub(super) fn select(
        &self,
        selector: &Selector,
        problems: &mut Problems,
    ) -> Option<BTreeSet<String>> {
        let mut found = BTreeSet::new();
        let mut good = true;
        for name in &selector.0 {
            let members = self.expand(&name.value);
            good &= self.knows(&name.value);
            if !self.knows(&name.value) {
                let known = self.ids.iter().chain(self.sets.keys());
                let unknown = ReferenceProblem::UnknownSelection {
                    things: self.things,
                    id: Shown::new(&name.value),
                    nearest: Nearest::of(&name.value, known.map(String::as_str)),
                };
                problems.push(name.place.clone(), unknown);
            }
            found.extend(members);
        }
        good.then_some(found)
    }
}

/// A condition on the zone, with everything it may ask.
#[derive(Clone)]
pub(super) struct Condition {
    text: String,
    place: Place,
    expression: Expression,
    ground: Ground,
}

/// The values of the zones: by zone and name, those of `zones.csv`, and the dated ones.
pub(super) type Ground = (
    BTreeMap<String, BTreeMap<String, Value>>,
    BTreeMap<(String, String), BTreeMap<Year, Exact>>,
);

/// Columns of `zones.csv` that are neither indicators nor attributes.
pub(super) const OWN_COLUMNS: [&str; 8] = [
    "zone",
    "name",
    "from",
    "to",
    "replaces",
    "source",
    "confidence",
    "note",
];

/// The free columns of `zones.csv`, each with whether it holds numbers.
pub(super) fn free_columns(zones: &RawTable) -> Vec<(String, bool)> {
    let is_free = |name: &&String| !OWN_COLUMNS.contains(&name.as_str());
    let kind = |name: &String| {
        let cells = zones
            .rows
            .iter()
            .filter(|row| !zones.cell(row, name).is_empty());
        let mut cells = cells.map(|row| zones.number(row, name).is_some());
        (name.clone(), cells.all(|is_number| is_number))
    };
    zones.header().iter().filter(is_free).map(kind).collect()
}

/// The values of all zones.
pub(super) fn ground(state: &State<'_>) -> Ground {
    let zones = state.table("zones.csv");
    let columns = free_columns(zones);
    let mut undated = BTreeMap::new();
    for row in &zones.rows {
        let mut values = BTreeMap::new();
        for (column, is_number) in &columns {
            let value = if *is_number {
                zones.number(row, column).map(Value::Number)
            } else {
                Some(Value::Text(zones.cell(row, column).to_owned()))
                    .filter(|value| !matches!(value, Value::Text(text) if text.is_empty()))
            };
            values.extend(value.map(|value| (column.clone(), value)));
        }
        undated.insert(zones.cell(row, "zone").to_owned(), values);
    }
    let mut dated: BTreeMap<(String, String), BTreeMap<Year, Exact>> = BTreeMap::new();
    let table = state.table("indicators.csv");
    for row in &table.rows {
        let (year, value) = (table.year(row, "year"), table.number(row, "value"));
        if let (Some(year), Some(value)) = (year, value) {
            let zone = table.cell(row, "zone").to_owned();
            let key = (zone, table.cell(row, "indicator").to_owned());
            dated.entry(key).or_default().insert(year, value);
        }
    }
    (undated, dated)
}

/// The value of a name in a zone and year: dated before undated.
pub(super) fn value(ground: &Ground, name: &str, zone: &str, year: Year) -> Option<Value> {
    let dated = ground.1.get(&(zone.to_owned(), name.to_owned()));
    let dated = dated.and_then(|by_year| by_year.range(..=year).next_back());
    dated
        .map(|(_, value)| Value::Number(*value))
        .or_else(|| ground.0.get(zone)?.get(name).cloned())
}

impl Condition {
    fn of(at: &At<String>, state: &State<'_>, problems: &mut Problems) -> Option<Self> {
        let expression = parse(at, problems)?;
        let ground = ground(state);
        let mut known: BTreeSet<&str> = ground.1.keys().map(|(_, name)| name.as_str()).collect();
        let undated = ground.0.values().flat_map(BTreeMap::keys);
        known.extend(undated.map(String::as_str));
        let mut good = true;
        for name in expression.names() {
            if name != "year" && !known.contains(name) {
                good = false;
                let unknown = FormulaProblem::UnknownName {
                    name: Shown::new(name),
                    nearest: Nearest::of(name, known.iter().copied()),
                    known: WordList::of(known.iter().copied()),
                };
                problems.push(at.place.clone(), unknown);
            }
        }
        good.then_some(Self {
            text: at.value.clone(),
            place: at.place.clone(),
            expression,
            ground,
        })
    }

    fn holds(&self, zone: &str, year: Year, problems: &mut Problems) -> Option<bool> {
        let found = self.expression.holds(&|name| match name {
            "year" => Some(Value::Number(Exact::from_integer(i128::from(year)))),
            _ => value(&self.ground, name, zone, year),
        });
        let why = match found {
            Ok(holds) => return Some(holds),
            Err(why) => why,
        };
        let at = WhereYear {
            zone: Shown::new(zone),
            year,
            others: 0,
        };
        let value = Shown::new(&self.text);
        let wrong = match why {
            EvaluationError::UnknownName(name) => FormulaProblem::NoValue {
                name: Shown::new(&name),
                at,
            },
            EvaluationError::DivisionByZero => FormulaProblem::DivisionByZero { value, at },
            EvaluationError::TypeMismatch { expected, found } => FormulaProblem::Type {
                value,
                at,
                expected,
                found,
            },
            EvaluationError::Overflow => FormulaProblem::Overflow { value, at },
        };
        problems.push(self.place.clone(), wrong);
        None
    }
}

fn parse(at: &At<String>, problems: &mut Problems) -> Option<Expression> {
    match Expression::parse(&at.value) {
        Ok(expression) => Some(expression),
        Err(error) => {
            let before = at.value.get(..error.at).unwrap_or_default();
            let wrong = FormulaProblem::Syntax {
                value: Shown::new(&at.value),
                character: before.chars().count().saturating_add(1),
                why: error.kind,
            };
            problems.push(at.place.clone(), wrong);
            None
        }
    }
}

/// The selectors of a change, resolved; `None` is everything.
pub(super) struct Choice {
    pub(super) funds: Option<BTreeSet<String>>,
    pub(super) actions: Option<BTreeSet<String>>,
    pub(super) zones: Option<BTreeSet<String>>,
    pub(super) years: Option<BTreeSet<Year>>,
    pub(super) condition: Option<Condition>,
}

impl Choice {
    /// The selectors of a change.
    pub(super) fn of(
        change: &ChangeEntry,
        state: &State<'_>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut good = true;
        let mut pick = |selector: &Option<Selector>, names: fn(&State<'_>) -> Names| {
            let found = selector
                .as_ref()
                .map(|selector| names(state).select(selector, problems));
            good &= found.as_ref().is_none_or(Option::is_some);
            found.flatten()
        };
        let funds = pick(&change.fund, Names::funds);
        let actions = pick(&change.action, Names::actions);
        let zones = pick(&change.zone, Names::zones);
        let condition = change
            .r#where
            .as_ref()
            .map(|at| Condition::of(&at.with(at.value.0.clone()), state, problems));
        good &= condition.as_ref().is_none_or(Option::is_some);
        let years = change.years.as_ref();
        let years = years.map(|years| years.iter().map(|year| year.value.0).collect());
        let choice = Self {
            funds,
            actions,
            zones,
            years,
            condition: condition.flatten(),
        };
        good.then_some(())?;
        choice
            .is_somewhere(change, state, problems)?
            .then_some(choice)
    }

    /// Whether the condition holds in any zone and year meant; told if it does not.
    fn is_somewhere(
        &self,
        change: &ChangeEntry,
        state: &State<'_>,
        problems: &mut Problems,
    ) -> Option<bool> {
        let Some(condition) = &self.condition else {
            return Some(true);
        };
        for zone in condition.ground.0.keys() {
            for year in state.years().iter().filter(|year| self.year(**year)) {
                if self.zone(zone, *year, problems)? {
                    return Some(true);
                }
            }
        }
        let what = Shown::new(super::shape::what(change));
        problems.push(
            condition.place.clone(),
            ScenarioProblem::NothingSelected { what },
        );
        Some(false)
    }

    /// Whether a fund is meant.
    pub(super) fn fund(&self, fund: &str) -> bool {
        self.funds.as_ref().is_none_or(|funds| funds.contains(fund))
    }

    /// Whether an action is meant.
    pub(super) fn action(&self, action: &str) -> bool {
        let actions = self.actions.as_ref();
        actions.is_none_or(|actions| actions.contains(action))
    }

    /// Whether a year is meant.
    pub(super) fn year(&self, year: Year) -> bool {
        self.years
            .as_ref()
            .is_none_or(|years| years.contains(&year))
    }

    /// Whether zones are meant by name or condition.
    pub(super) fn asks_zones(&self) -> bool {
        self.zones.is_some() || self.condition.is_some()
    }

    /// Whether a zone is meant in a year. Something without a zone is meant where no zones are asked for.
    pub(super) fn zone(&self, zone: &str, year: Year, problems: &mut Problems) -> Option<bool> {
        if zone.is_empty() {
            return Some(!self.asks_zones());
        }
        if self
            .zones
            .as_ref()
            .is_some_and(|zones| !zones.contains(zone))
        {
            return Some(false);
        }
        match &self.condition {
            None => Some(true),
            Some(condition) => condition.holds(zone, year, problems),
        }
    }

    /// The condition a formula needs so that only what is meant changes: years, zones (through a column of marks) and `where`.
    pub(super) fn guard(
        &self,
        state: &mut State<'_>,
        own_years: Option<&[Year]>,
    ) -> Option<String> {
        let mut parts = Vec::new();
        if let Some(years) = &self.years {
            let own = own_years.unwrap_or(state.years());
            if !own.iter().all(|year| years.contains(year)) {
                let years: Vec<String> =
                    years.iter().map(|year| format!("year = {year}")).collect();
                parts.push(format!("({})", years.join(" or ")));
            }
        }
        if let Some(zones) = &self.zones {
            parts.push(format!("{} = 1", mark(zones, state)));
        }
        if let Some(condition) = &self.condition {
            parts.push(format!("({})", condition.text));
        }
        (!parts.is_empty()).then(|| parts.join(" and "))
    }

    /// Years of the change that are not years of the plan are told.
    pub(super) fn check_years(
        change: &ChangeEntry,
        state: &State<'_>,
        problems: &mut Problems,
    ) -> Option<()> {
        let mut good = Some(());
        for year in change.years.iter().flatten() {
            if !state.years().contains(&year.value.0) {
                let outside = ScenarioProblem::YearOutside { year: year.value.0 };
                problems.push(year.place.clone(), outside);
                good = None;
            }
        }
        good
    }
}

/// A column of `zones.csv` that is 1 in some zones and 0 in the others: formulas can ask for it, as they cannot name zones.
fn mark(zones: &BTreeSet<String>, state: &mut State<'_>) -> String {
    let table = state.table("zones.csv");
    let wanted = |row: &Vec<String>| {
        if zones.contains(table.cell(row, "zone")) {
            "1"
        } else {
            "0"
        }
    };
    let mut number = 1_usize;
    loop {
        let name = super::columns::mark_name(number);
        if !table.header().contains(&name) {
            let cells: Vec<&str> = table.rows.iter().map(wanted).collect();
            let table = state.table_mut("zones.csv");
            table.add_column(&name);
            for (position, cell) in cells.into_iter().enumerate() {
                table.put(position, &name, cell);
            }
            return name;
        }
        if table
            .rows
            .iter()
            .all(|row| table.cell(row, &name) == wanted(row))
        {
            return name;
        }
        number = number.saturating_add(1);
    }
}

/// Rules and matches by id; unknown names are told.
pub(super) fn rules(
    selector: &Selector,
    state: &State<'_>,
    problems: &mut Problems,
) -> Option<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for name in ["rule", "match"] {
        for table in toml::list(state.document(), name) {
            known.extend(toml::text(table, "id"));
        }
    }
    let mut found = BTreeSet::new();
    let mut good = true;
    for name in &selector.0 {
        if known.contains(&name.value) {
            found.insert(name.value.clone());
            continue;
        }
        good = false;
        let unknown = ReferenceProblem::Unknown {
            thing: Thing::Rule,
            id: Shown::new(&name.value),
            nearest: Nearest::of(&name.value, known.iter().map(String::as_str)),
            home: Shown::new("model.toml"),
        };
        problems.push(name.place.clone(), unknown);
    }
    good.then_some(found)
}
