//! Whom a change speaks of: ids, tags, groups, years and conditions on the zone.

use std::collections::{BTreeMap, BTreeSet};

use super::ground::Condition;
use super::state::State;
use super::toml_text as toml;
use crate::input::{ChangeEntry, Problems, Selector};
use crate::problem::{Nearest, ReferenceProblem, ScenarioProblem, Shown, Thing, Things};
use crate::units::Year;

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

    /// What a list of names separated by blanks stands for.
    pub(super) fn expand_words(&self, names: &str) -> BTreeSet<String> {
        let names = names.split_whitespace();
        names.flat_map(|name| self.expand(name)).collect()
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

    /// The zones alone, in every year, whatever the fund and action.
    pub(super) fn of_zones(&self) -> Self {
        Self {
            funds: None,
            actions: None,
            zones: self.zones.clone(),
            years: None,
            condition: self.condition.clone(),
        }
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
    rules_or(selector, &BTreeSet::new(), state, problems)
}

/// The same, where other names are good too.
pub(super) fn rules_or(
    selector: &Selector,
    others: &BTreeSet<String>,
    state: &State<'_>,
    problems: &mut Problems,
) -> Option<BTreeSet<String>> {
    let mut known = others.clone();
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
