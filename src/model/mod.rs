//! 2. What is valid: a [`Model`] cannot contradict itself.
//!
//! `input` reads the files as written; `validate` turns them into these types or says every problem it found.
//! Everything is resolved: selectors are lists of indices, indicators are exact numbers, formulas are already amounts.

pub mod action;
mod check;
pub mod demand;
pub mod earning;
pub mod expression;
pub mod formula;
pub mod fund;
pub mod goal;
pub mod head;
pub mod index;
pub mod map;
pub mod matching;
pub mod money;
pub mod riparto;
pub mod rule;
pub(crate) mod validate;
pub mod zone;

pub use action::{Action, ActionKind};
pub use demand::{Demand, Nature};
pub use earning::{EarnedBand, Earning};
pub use formula::{Deducted, FormulaPart, FormulaYear};
pub use fund::{Confidence, Deadline, Eligibility, Fund, FundNature, Level};
pub use goal::{Goal, GoalKind, Levels, Pick, ValueBand, ValueWeight};
pub use head::Head;
pub use index::{ActionIdx, FundIdx, ZoneIdx};
pub use map::{MapTile, Ring};
pub use matching::{Claim, FlatRate, Match, MatchPer, MatchShares};
pub use money::{Amount, Assigned, FundYear};
pub use rule::{
    Base, BaseScope, Bound, Law, Measure, Quantity, Relation, Rule, Selection, Share, Strength,
    Waiver,
};
pub use zone::{Indicators, Zone};

use std::collections::BTreeMap;
use std::fmt;

use crate::problem::Problem;
use crate::units::{Euro, Year};

/// Language of what people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// Italian.
    #[default]
    Italian,
    /// English.
    English,
}

/// A region's plan: funds, actions, zones, needs, law and goals, all valid and resolved.
#[derive(Clone, Debug)]
pub struct Model {
    /// How a proposal is told.
    pub head: Head,
    /// Title for people.
    pub title: String,
    /// Language of the files written.
    pub language: Language,
    /// Years of the plan, ascending, at least one.
    pub years: Vec<Year>,
    /// Zones that take part in at least one year, in order of their id.
    pub zones: Vec<Zone>,
    /// Funds in order of their id.
    pub funds: Vec<Fund>,
    /// Actions in order of their id.
    pub actions: Vec<Action>,
    /// Exact indicators by zone and year.
    pub indicators: Indicators,
    /// Money of each fund and year, years of the plan only, after gates, formulas and cuts.
    pub money: BTreeMap<(FundIdx, Year), FundYear>,
    /// Rows of `amounts.csv` in the order of fund, year, zone, act.
    pub amounts: Vec<Amount>,
    /// What each zone would get by the formula riparto, for every fund-year that has one (assigned money included).
    pub formula: BTreeMap<(FundIdx, ZoneIdx, Year), Euro>,
    /// How each formula riparto of the plan's years came about, in the order of `model.toml`.
    pub formula_years: Vec<FormulaYear>,
    /// The matrix: which fund may pay which action, where and when.
    pub eligibility: Vec<Eligibility>,
    /// Everything that may be paid, ordered by action, zone, year, label.
    pub demands: Vec<Demand>,
    /// Rules in the order of `model.toml`.
    pub rules: Vec<Rule>,
    /// Co-financing proportions, minimum shares and agreements.
    pub matches: Vec<Match>,
    /// Costs that are a flat rate on another action's cost.
    pub flat_rates: Vec<FlatRate>,
    /// Decommitment calendars.
    pub claims: Vec<Claim>,
    /// Money earned by units that the plan pays for; it is not in `money` until the units are chosen.
    pub earnings: Vec<Earning>,
    /// Allocations of earlier years.
    pub previous: BTreeMap<(FundIdx, ActionIdx, ZoneIdx, Year), Euro>,
    /// Goals in order, never empty.
    pub goals: Vec<Goal>,
    /// Which of the equally good plans is proposed.
    pub pick: Pick,
    /// Rows of `assumptions.csv`.
    pub assumptions: Vec<Assumption>,
    /// Tiles and outlines of the zones, from the top left; empty where the model has no `map.csv`.
    pub map: Vec<MapTile>,
    /// Things a careful reader should know; they do not stop a run.
    pub warnings: Vec<Warning>,
    /// Where its rules were written.
    pub written: Written,
}

/// One estimate the model leans on, as written in `assumptions.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What is assumed.
    pub what: String,
    /// Its value, as text.
    pub value: String,
    /// How it was obtained.
    pub method: String,
    /// Between which values it may lie.
    pub range: String,
    /// Which document would replace it.
    pub replace: String,
}

/// A remark of the validator that does not stop a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable code, such as `model::unspendable_fund`.
    pub code: &'static str,
    /// File and line, or empty.
    pub place: String,
    /// What was seen, in Italian.
    pub italian: String,
    /// What was seen, in English.
    pub english: String,
}

/// File and line of rules and matches by id, for messages. Two models that say the same are equal, wherever it was written.
#[derive(Clone, Default)]
pub struct Written(pub BTreeMap<String, String>);

impl fmt::Debug for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Written")
    }
}

impl PartialEq for Written {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Written {}

impl From<&Problem> for Warning {
    fn from(problem: &Problem) -> Self {
        let sentence = |language| {
            let (message, remedy) = (problem.message(language), problem.remedy(language));
            format!("{message} {remedy}").trim_end().to_owned()
        };
        Self {
            code: problem.code(),
            place: problem.place().line_text(),
            italian: sentence(Language::Italian),
            english: sentence(Language::English),
        }
    }
}

impl Model {
    /// The fund behind an index.
    #[must_use]
    pub fn fund(&self, fund: FundIdx) -> &Fund {
        &self.funds[fund.index()]
    }

    /// The action behind an index.
    #[must_use]
    pub fn action(&self, action: ActionIdx) -> &Action {
        &self.actions[action.index()]
    }

    /// The zone behind an index.
    #[must_use]
    pub fn zone(&self, zone: ZoneIdx) -> &Zone {
        &self.zones[zone.index()]
    }

    /// All fund indices, ascending.
    pub fn fund_indices(&self) -> impl Iterator<Item = FundIdx> + use<> {
        (0..self.funds.len()).map(FundIdx::new)
    }

    /// All action indices, ascending.
    pub fn action_indices(&self) -> impl Iterator<Item = ActionIdx> + use<> {
        (0..self.actions.len()).map(ActionIdx::new)
    }

    /// All zone indices, ascending.
    pub fn zone_indices(&self) -> impl Iterator<Item = ZoneIdx> + use<> {
        (0..self.zones.len()).map(ZoneIdx::new)
    }

    /// Whether a fund may pay a demand: the matrix opens it, the natures agree, the zone exists that year.
    #[must_use]
    pub fn may_pay(&self, fund: FundIdx, demand: &Demand) -> bool {
        self.fund(fund).nature.pays(demand.nature)
            && self.zone(demand.zone).exists_in(demand.year)
            && self
                .eligibility
                .iter()
                .any(|entry| entry.opens(fund, demand))
    }

    /// The largest part of an action's cost that a fund may pay in a zone and year, when it is limited.
    #[must_use]
    pub fn max_share(&self, fund: FundIdx, demand: &Demand) -> Option<crate::units::Exact> {
        let mut largest = None;
        for entry in self.eligibility.iter().filter(|e| e.opens(fund, demand)) {
            match (entry.max_share, largest) {
                (None, _) => return None,
                (Some(share), None) => largest = Some(share),
                (Some(share), Some(seen)) => largest = Some(seen.max(share)),
            }
        }
        largest
    }
}

impl Model {
    /// The same model with more money for zones, derived from what it pays.
    #[must_use]
    pub(crate) fn with_money(
        &self,
        earned: impl IntoIterator<Item = ((FundIdx, ZoneIdx, Year), Euro)>,
    ) -> Option<Self> {
        let mut model = self.clone();
        for ((fund, zone, year), euro) in earned {
            let Some(money) = model.money.get_mut(&(fund, year)) else {
                continue;
            };
            if let Assigned::Zones(zones) = &mut money.assigned {
                let own = zones.entry(zone).or_default();
                *own = own.checked_add(euro)?;
                money.total = money.total.checked_add(euro)?;
                let derived = money.by_confidence.entry(Confidence::Derived).or_default();
                *derived = derived.checked_add(euro)?;
            }
        }
        Some(model)
    }
}
