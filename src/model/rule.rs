//! Rules: earmarks, floors, caps, targets, each with its law and strength.

use std::collections::BTreeMap;

use super::index::{ActionIdx, FundIdx, ZoneIdx};
use crate::units::{Exact, Year};

/// Where a rule comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Law {
    /// The act.
    pub act: String,
    /// Article, paragraph, objective.
    pub article: Option<String>,
    /// First year in force.
    pub from: Option<Year>,
    /// Last year in force.
    pub to: Option<Year>,
    /// Where it can be read.
    pub url: Option<String>,
}

impl Law {
    /// Act and article in one line.
    #[must_use]
    pub fn cite(&self) -> String {
        match &self.article {
            Some(article) => format!("{}, {article}", self.act),
            None => self.act.clone(),
        }
    }
}

/// How strong a rule is. `Law` and `Plan` are hard; `Target` and `Wish` are soft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// A law: never relaxed.
    Law,
    /// A plan: hard, may be overridden by an officer.
    Plan,
    /// A target: its shortfall is minimised.
    Target,
    /// A wish: its shortfall is minimised last.
    Wish,
}

impl Strength {
    /// Whether the rule must hold.
    #[must_use]
    pub fn is_hard(self) -> bool {
        matches!(self, Self::Law | Self::Plan)
    }

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Plan => "plan",
            Self::Target => "target",
            Self::Wish => "wish",
        }
    }
}

/// What a measure or a base sums over: sorted index lists, all of them when nothing was selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Funds, ascending.
    pub funds: Vec<FundIdx>,
    /// Actions, ascending.
    pub actions: Vec<ActionIdx>,
    /// Zones, ascending.
    pub zones: Vec<ZoneIdx>,
}

/// What a measure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// Planned euro.
    Euro,
    /// Planned euro over the unit cost of the action in its year.
    Units,
    /// Zones in which an action is active: paid its minimum, a unit, or a project.
    ActiveZones,
    /// Projects that are paid, each counted once.
    Projects,
}

impl Quantity {
    /// Whether it counts whole things rather than amounts.
    #[must_use]
    pub fn is_count(self) -> bool {
        matches!(self, Self::ActiveZones | Self::Projects)
    }

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Euro => "euro",
            Self::Units => "units",
            Self::ActiveZones => "zones",
            Self::Projects => "projects",
        }
    }
}

/// What a rule measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is counted.
    pub quantity: Quantity,
    /// Of which cells.
    pub selection: Selection,
}

/// Dimensions along which a rule is repeated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ForEach {
    /// One instance per fund of the selection.
    pub fund: bool,
    /// One instance per action of the selection.
    pub action: bool,
    /// One instance per zone of the selection.
    pub zone: bool,
    /// One instance per year of the rule.
    pub year: bool,
}

/// How the measure stands to the bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Not less.
    AtLeast,
    /// Not more.
    AtMost,
    /// Strictly less: at most the largest whole cent below.
    Below,
    /// Equal.
    Equal,
}

impl Relation {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Below => "below",
            Self::Equal => "equal",
        }
    }
}

/// What a share is a share of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// The year's amount of the measured funds, without carried money.
    Assigned,
    /// Planned euro in scope.
    Allocated,
    /// Need in euro of the measured actions.
    Demand,
    /// `previous` of the year before.
    LastYear,
}

impl Base {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Allocated => "allocated",
            Self::Demand => "demand",
            Self::LastYear => "last_year",
        }
    }
}

/// What the base of a share sums over. In each dimension an instance of its own counts only its part of it, but where the bound
/// names the dimension itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseScope {
    /// Funds, ascending.
    pub funds: Vec<FundIdx>,
    /// Actions, ascending.
    pub actions: Vec<ActionIdx>,
    /// Zones and years, ascending.
    pub pairs: Vec<(ZoneIdx, Year)>,
    /// What the bound names: the same for every instance.
    pub own: ForEach,
}

impl BaseScope {
    /// Whether the zones of the base are not those of each instance's measure.
    #[must_use]
    pub fn has_other_zones(&self, rule: &Rule) -> bool {
        let zones = &rule.measure.selection.zones;
        let more = |pair: &(ZoneIdx, Year)| zones.binary_search(&pair.0).is_err();
        self.own.zone || (!rule.for_each.zone && self.pairs.iter().any(more))
    }
}

/// A share, already decided for each zone and year (a band on an indicator was looked up exactly).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// The same everywhere.
    Constant(Exact),
    /// By zone and year, where the rule is for each zone.
    ByZone(BTreeMap<(ZoneIdx, Year), Exact>),
}

/// The bound of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// A fixed quantity, in the unit of the measure.
    Constant(Exact),
    /// A fixed quantity by zone and year (an expression of the zone). Without `year` in scope: the first year of the rule.
    ByZone(BTreeMap<(ZoneIdx, Year), Exact>),
    /// A share of a base.
    ShareOf {
        /// Of what.
        base: Base,
        /// How much.
        share: Share,
        /// Which cells the base counts.
        scope: BaseScope,
    },
    /// Band: every zone's measure per head within `share` of the mean per head (all zones of the rule together).
    Band {
        /// Half width, such as 10 %.
        share: Exact,
        /// Heads by zone and year.
        heads: BTreeMap<(ZoneIdx, Year), Exact>,
    },
    /// In each zone where the measured actions are active, these are not: `active + active of these <= 1`.
    Excludes(Vec<ActionIdx>),
    /// In each zone where the measured actions are active, these are too: `active of these >= active`.
    Requires(Vec<ActionIdx>),
}

/// Instances that are not enforced, with the motive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Why.
    pub motive: String,
    /// Where; empty means everywhere.
    pub zones: Vec<ZoneIdx>,
    /// When; empty means always.
    pub years: Vec<Year>,
}

impl Waiver {
    /// Whether an instance is waived.
    #[must_use]
    pub fn covers(&self, zone: Option<ZoneIdx>, year: Option<Year>) -> bool {
        (self.zones.is_empty() || zone.is_some_and(|z| self.zones.contains(&z)))
            && (self.years.is_empty() || year.is_some_and(|y| self.years.contains(&y)))
    }
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Code, unique among rules and matches.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Where it comes from.
    pub law: Law,
    /// How strong it is.
    pub strength: Strength,
    /// Along which dimensions it is repeated.
    pub for_each: ForEach,
    /// Pairs of zone and year for which it holds (after `where` and `years`), ascending.
    pub scope: Vec<(ZoneIdx, Year)>,
    /// Years of the rule, ascending.
    pub years: Vec<Year>,
    /// What is measured.
    pub measure: Measure,
    /// How it stands to the bound (ignored for a band, which is two-sided).
    pub relation: Relation,
    /// The bound.
    pub bound: Bound,
    /// Instances that are not enforced.
    pub waived: Option<Waiver>,
}
