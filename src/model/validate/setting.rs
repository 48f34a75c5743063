//! Who and where: years, zones, funds, actions and their names. Everything else is said about these.

use std::collections::BTreeMap;

use super::directory::Directory;
use super::groups::add_groups;
use super::terrain::{Pair, Terrain};
use super::{actions, funds, plan, zones};
use crate::input::{At, Entries, Formula, GroupEntry, GroupWord, Problems, Selector, YearKey};
use crate::model::{Action, ActionIdx, Fund, FundIdx, ZoneIdx};
use crate::problem::{NeedProblem, Remark, Shown, Thing, Things};
use crate::units::Year;

/// Years, zones, funds, actions and their names.
#[derive(Debug)]
pub(super) struct Setting {
    /// Years of the plan, ascending.
    pub(super) years: Vec<Year>,
    /// Zones and indicators.
    pub(super) terrain: Terrain,
    /// Funds in order of their id.
    pub(super) funds: Vec<Fund>,
    /// Actions in order of their id.
    pub(super) actions: Vec<Action>,
    /// Names of zones.
    pub(super) zone_names: Directory<ZoneIdx>,
    /// Names of funds.
    pub(super) fund_names: Directory<FundIdx>,
    /// Names of actions.
    pub(super) action_names: Directory<ActionIdx>,
    /// Zones that exist in no year of the plan, and the one that took their place.
    heirs: BTreeMap<String, Option<ZoneIdx>>,
}

impl Setting {
    /// The setting of a model, or `None` if there is no plan.
    pub(super) fn build(entries: &Entries, problems: &mut Problems) -> Option<Self> {
        let years = plan::years(entries.file.plan.as_ref()?, problems)?;
        let broken = &entries.broken;
        let zones = zones::build(entries, &years, problems);
        let funds = funds::build(entries, &years, problems);
        let actions = actions::build(entries, &years, problems);
        let mut zone_names = Directory::new(
            (Thing::Zone, Things::Zones, "zones.csv"),
            zones.indices,
            !broken.file("zones.csv"),
        );
        let mut fund_names = Directory::new(
            (Thing::Fund, Things::Funds, "funds.csv"),
            index(&funds, |fund| &fund.id, FundIdx::new),
            !broken.file("funds.csv"),
        );
        let mut action_names = Directory::new(
            (Thing::Action, Things::Actions, "actions.csv"),
            index(&actions, |action| &action.id, ActionIdx::new),
            !broken.file("actions.csv"),
        );
        for (fund, at) in funds.iter().zip((0..).map(FundIdx::new)) {
            fund.tags.iter().for_each(|tag| fund_names.add(tag, [at]));
        }
        for (action, at) in actions.iter().zip((0..).map(ActionIdx::new)) {
            action
                .tags
                .iter()
                .for_each(|tag| action_names.add(tag, [at]));
        }
        let groups: &[GroupEntry] = entries.file.group.as_deref().unwrap_or_default();
        add_groups(&mut zone_names, GroupWord::Zone, groups, problems);
        add_groups(&mut fund_names, GroupWord::Fund, groups, problems);
        add_groups(&mut action_names, GroupWord::Action, groups, problems);
        if broken.groups {
            zone_names.is_whole = false;
            fund_names.is_whole = false;
            action_names.is_whole = false;
        }
        Some(Self {
            years,
            terrain: zones.terrain,
            funds,
            actions,
            zone_names,
            fund_names,
            action_names,
            heirs: zones.heirs,
        })
    }

    /// Zones that exist in a year, ascending.
    pub(super) fn zones_in(&self, year: Year) -> impl Iterator<Item = ZoneIdx> {
        let zones = self.terrain.zones.iter().zip((0..).map(ZoneIdx::new));
        zones
            .filter(move |(zone, _)| zone.exists_in(year))
            .map(|(_, at)| at)
    }

    /// Every zone and year of some years in which the zone exists, ascending.
    pub(super) fn pairs(&self, years: &[Year]) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = years
            .iter()
            .flat_map(|year| self.zones_in(*year).map(move |zone| (zone, *year)))
            .collect();
        pairs.sort_unstable();
        pairs
    }

    /// Whether a zone exists in a year.
    pub(super) fn exists(&self, zone: ZoneIdx, year: Year) -> bool {
        let zone = self.terrain.zones.get(zone.index());
        zone.is_some_and(|zone| zone.exists_in(year))
    }

    /// A year of the plan, or a problem.
    pub(super) fn plan_year(&self, year: &At<Year>, problems: &mut Problems) -> Option<Year> {
        if self.years.contains(&year.value) {
            return Some(year.value);
        }
        if let (Some(first), Some(last)) = (self.years.first(), self.years.last()) {
            let (year_value, first, last) = (year.value, *first, *last);
            let outside = NeedProblem::YearOutside {
                year: year_value,
                first,
                last,
            };
            problems.push(year.place.clone(), outside);
        }
        None
    }

    /// Years of the plan that were named, ascending; all when none was.
    pub(super) fn plan_years(
        &self,
        years: Option<&Vec<At<YearKey>>>,
        problems: &mut Problems,
    ) -> Vec<Year> {
        let Some(named) = years else {
            return self.years.clone();
        };
        let named = named
            .iter()
            .filter_map(|year| self.plan_year(&year.with(year.value.0), problems));
        let mut years: Vec<Year> = named.collect();
        years.sort_unstable();
        years.dedup();
        years
    }

    /// A zone of today, or the one that took the place of a zone of the past; `Some(None)` if none did.
    #[expect(
        clippy::option_option,
        reason = "wrong and without an heir are two answers"
    )]
    pub(super) fn past_zone(
        &self,
        id: &At<String>,
        problems: &mut Problems,
    ) -> Option<Option<ZoneIdx>> {
        match self.heirs.get(&id.value) {
            None => self.zone_names.one(id, problems).map(Some),
            Some(Some(heir)) => Some(Some(*heir)),
            Some(None) => {
                let zone = Shown::new(&id.value);
                problems.push(id.place.clone(), Remark::PreviousUnplaced { zone });
                Some(None)
            }
        }
    }

    /// Whether a zone exists, but in no year of the plan.
    pub(super) fn is_past(&self, id: &str) -> bool {
        self.heirs.contains_key(id)
    }

    /// The id of a fund, for messages.
    pub(super) fn fund_id(&self, fund: FundIdx) -> Shown {
        Shown::new(
            self.funds
                .get(fund.index())
                .map_or("", |fund| fund.id.as_str()),
        )
    }

    /// The id of an action, for messages.
    pub(super) fn action_id(&self, action: ActionIdx) -> Shown {
        Shown::new(
            self.actions
                .get(action.index())
                .map_or("", |action| action.id.as_str()),
        )
    }

    /// Selected funds, all when nothing is selected.
    pub(super) fn funds_of(
        &self,
        selector: Option<&Selector>,
        problems: &mut Problems,
    ) -> Option<Vec<FundIdx>> {
        selected(&self.fund_names, selector, problems)
    }

    /// Selected actions, all when nothing is selected.
    pub(super) fn actions_of(
        &self,
        selector: Option<&Selector>,
        problems: &mut Problems,
    ) -> Option<Vec<ActionIdx>> {
        selected(&self.action_names, selector, problems)
    }

    /// Selected zones, all when nothing is selected.
    pub(super) fn zones_of(
        &self,
        selector: Option<&Selector>,
        problems: &mut Problems,
    ) -> Option<Vec<ZoneIdx>> {
        selected(&self.zone_names, selector, problems)
    }
}

/// The text of a formula at its place.
pub(super) fn text_of(formula: &At<Formula>) -> At<String> {
    formula.with(formula.value.0.clone())
}

fn selected<I: Copy + Ord>(
    names: &Directory<I>,
    selector: Option<&Selector>,
    problems: &mut Problems,
) -> Option<Vec<I>> {
    match selector {
        None => Some(names.all()),
        Some(selector) => names.some(&selector.0, problems),
    }
}

fn index<T, I>(
    list: &[T],
    id: impl Fn(&T) -> &String,
    at: impl Fn(usize) -> I,
) -> BTreeMap<String, I> {
    let ids = list.iter().zip(0..);
    ids.map(|(thing, position)| (id(thing).clone(), at(position)))
        .collect()
}
