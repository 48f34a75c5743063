//! The linear programme as a plain value.

use crate::model::{ActionIdx, Base, FundIdx, Model, Quantity, Relation, ZoneIdx};
use crate::units::{Exact, Year};

/// A place in the plan: what is `None` does not apply or is summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The fund.
    pub fund: Option<FundIdx>,
    /// The action.
    pub action: Option<ActionIdx>,
    /// The zone.
    pub zone: Option<ZoneIdx>,
    /// The year.
    pub year: Option<Year>,
}

impl Place {
    /// The codes of the place, joined by commas.
    #[must_use]
    pub fn codes(&self, model: &Model) -> String {
        let mut codes = Vec::new();
        codes.extend(self.fund.map(|f| model.fund(f).id.clone()));
        codes.extend(self.action.map(|a| model.action(a).id.clone()));
        codes.extend(self.zone.map(|z| model.zone(z).id.clone()));
        codes.extend(self.year.map(|y| y.to_string()));
        codes.join(",")
    }
}

/// What a column decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKey {
    /// Euro of a fund for a demand (position in `Model::demands`).
    Pay {
        /// Who pays.
        fund: FundIdx,
        /// What.
        demand: usize,
    },
    /// Money carried from a year to the next.
    Carry {
        /// The fund.
        fund: FundIdx,
        /// The zone it belongs to; `None` for a pool.
        zone: Option<ZoneIdx>,
        /// The year it leaves.
        year: Year,
    },
    /// The unmet part of a floor that moves on with carried money.
    CarriedFloor {
        /// Position in `LinearProgram::instances` of the floor it leaves.
        instance: usize,
    },
    /// Sum of the measure of a band over its zones.
    Total {
        /// Position in `Model::rules`.
        rule: usize,
        /// The year, if the band is for each year.
        year: Option<Year>,
    },
    /// What a fund pays for a zone out of that zone's own money, where its pool may pay for it too.
    Draw {
        /// Payer.
        fund: FundIdx,
        /// The zone whose money it is.
        zone: ZoneIdx,
        /// Year.
        year: Year,
    },
    /// Shortfall of an instance of a soft rule.
    Shortfall {
        /// Position in `LinearProgram::instances`.
        instance: usize,
        /// Whether it is the shortfall above an upper bound.
        above: bool,
    },
    /// Coverage level of a leximin goal, in cents of the reference need.
    Level {
        /// Position in `Model::goals`.
        goal: usize,
        /// From 1.
        level: u32,
    },
    /// What a zone (in a year, if each year is looked at) misses to the coverage of a floor goal.
    Missing {
        /// Position in `Model::goals`.
        goal: usize,
    },
    /// What an action gets more or less in a zone than the year before, or what it would take to keep open what closes.
    Change {
        /// Position in `Model::goals`.
        goal: usize,
    },
    /// Of what is paid for an action in a zone and year, what lies in a band of coverage of the goal `value`.
    Band {
        /// Position in `Model::goals`.
        goal: usize,
        /// Position of the band.
        band: usize,
    },
    /// Money lost at a decommitment deadline.
    Loss {
        /// Position in `Model::claims`.
        claim: usize,
        /// The deadline's year.
        year: Year,
    },
    /// Whole units bought of a demand.
    Units {
        /// Position in `Model::demands`.
        demand: usize,
    },
    /// Whether a project is paid: all of it or nothing.
    Project {
        /// Its first demand, position in `Model::demands`.
        first: usize,
    },
    /// Whether something is paid in a zone: the minimum of an action, or more.
    Active,
    /// Whether units earn anything: enough of them to pass the first threshold. Only while whole numbers are chosen.
    Earns,
    /// Of the most that units could earn, what they do not. Only while whole numbers are chosen.
    Unearned,
}

/// What one active zone or project weighs in a row that counts them: a shortfall of one is then as large, for a solver that
/// counts in million euro, as one.
pub const COUNT_SCALE: i64 = 100_000_000;

/// A decision variable: whole cents, or whole things ([`Column::is_whole`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name, unique.
    pub name: String,
    /// What it decides.
    pub key: ColumnKey,
    /// Where.
    pub place: Place,
    /// Smallest value.
    pub lower: i64,
    /// Largest value; every column has one.
    pub upper: i64,
}

impl Column {
    /// Whether it counts units, projects or active zones: a number that may only be whole. All others count cents.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(
            self.key,
            ColumnKey::Units { .. }
                | ColumnKey::Project { .. }
                | ColumnKey::Active
                | ColumnKey::Earns
        )
    }

    /// Whether it is whole and its number has been chosen.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.is_whole() && self.lower == self.upper
    }
}

/// Family of a row: one file of [`rows`](crate::lp::rows) each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// What a fund has in a year, with what is carried.
    Fund,
    /// How much may be carried.
    Carry,
    /// Money of a zone pays for that zone only.
    Draw,
    /// No cost is paid twice.
    Need,
    /// The largest part of a cost that one fund may pay.
    MaxShare,
    /// What is hired stays.
    Persistent,
    /// Floors, caps, targets.
    Rule,
    /// A band around the mean per head.
    Band,
    /// Co-financing.
    Match,
    /// Flat-rate costs.
    FlatRate,
    /// Decommitment.
    Claim,
    /// Levels of a leximin goal.
    Level,
    /// What is paid for a demand is whole units.
    Units,
    /// A project is paid in full or not at all.
    Project,
    /// Something or nothing is paid in a zone.
    Active,
    /// What units earn.
    Income,
    /// What a goal counts.
    Goal,
}

impl Family {
    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fund => "fund",
            Self::Carry => "carry",
            Self::Draw => "draw",
            Self::Need => "need",
            Self::MaxShare => "max_share",
            Self::Persistent => "persistent",
            Self::Rule => "rule",
            Self::Band => "band",
            Self::Match => "match",
            Self::FlatRate => "flat_rate",
            Self::Claim => "claim",
            Self::Level => "level",
            Self::Units => "units",
            Self::Project => "project",
            Self::Active => "active",
            Self::Income => "income",
            Self::Goal => "goal",
        }
    }

    /// Whether its rows only say what a goal counts: any payments may be made to obey them.
    #[must_use]
    pub fn is_of_goals(self) -> bool {
        matches!(self, Self::Level | Self::Goal)
    }

    /// All families, in order.
    pub const ALL: [Self; 17] = [
        Self::Fund,
        Self::Carry,
        Self::Draw,
        Self::Need,
        Self::MaxShare,
        Self::Persistent,
        Self::Rule,
        Self::Band,
        Self::Match,
        Self::FlatRate,
        Self::Claim,
        Self::Level,
        Self::Units,
        Self::Project,
        Self::Active,
        Self::Income,
        Self::Goal,
    ];
}

/// What in the model a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The amounts, carry-over and deadline of a fund.
    Fund(FundIdx),
    /// The needs of an action.
    Need(ActionIdx),
    /// The share a fund may pay of an action.
    Eligibility(FundIdx, ActionIdx),
    /// A rule.
    Rule(usize),
    /// A match or agreement.
    Match(usize),
    /// A flat rate.
    FlatRate(usize),
    /// A decommitment calendar.
    Claim(usize),
    /// A goal.
    Goal(usize),
    /// What is whole: arithmetic, never part of a conflict.
    Whole,
}

/// A constraint: `lower <= sum(coefficient x column) <= upper`, all whole numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Name, unique.
    pub name: String,
    /// Family.
    pub family: Family,
    /// Where in the model it comes from.
    pub origin: Origin,
    /// Where in the plan.
    pub place: Place,
    /// Smallest value.
    pub lower: Option<i64>,
    /// Largest value.
    pub upper: Option<i64>,
    /// Play of a proportion in whole cents: less than one cent on each side.
    pub play: i64,
    /// Columns, ascending, with nonzero coefficients.
    pub cells: Vec<(usize, i64)>,
}

/// What an instance of a rule is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstanceBound {
    /// A number, in the unit of the rule (euro or units), before rounding to the cent.
    Constant(Exact),
    /// `sum(coefficient x column) / scale`, in cents.
    Variable {
        /// Columns and coefficients.
        cells: Vec<(usize, i64)>,
        /// Divisor.
        scale: i64,
    },
}

/// One instance of a rule or match, for the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Rule or match.
    pub origin: Origin,
    /// Where.
    pub place: Place,
    /// What is counted.
    pub quantity: Quantity,
    /// Base of a share.
    pub base: Option<Base>,
    /// How the measure stands to the bound.
    pub relation: Relation,
    /// The measure: `sum(coefficient x column) / measure_scale`, in cents for euro, else in what is counted.
    pub measure: Vec<(usize, i64)>,
    /// Divisor of the measure.
    pub measure_scale: i64,
    /// The bound.
    pub bound: InstanceBound,
    /// Its row (position in `LinearProgram::rows`); `None` where it is waived.
    pub row: Option<usize>,
    /// Its shortfall column, where the rule is soft.
    pub shortfall: Option<usize>,
    /// What a shortfall is divided by, in the unit of the row.
    pub reference: i64,
}

/// A programme without goals: those are [`Objective`](crate::lp::Objective)s over its columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinearProgram {
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows.
    pub rows: Vec<Row>,
    /// Instances of rules and matches, in the order of the model.
    pub instances: Vec<Instance>,
}

impl LinearProgram {
    /// The most cents that one column may pay.
    #[must_use]
    pub fn largest_pay(&self) -> i64 {
        let pays = self.columns.iter();
        let pays = pays.filter(|column| matches!(column.key, ColumnKey::Pay { .. }));
        pays.map(|column| column.upper).max().unwrap_or(0)
    }

    /// Adds a column and gives its position.
    pub fn add_column(&mut self, column: Column) -> usize {
        self.columns.push(column);
        self.columns.len() - 1
    }

    /// Adds a row (its cells sorted, merged, without zeros) and gives its position.
    pub fn add_row(&mut self, mut row: Row) -> usize {
        row.cells.sort_unstable_by_key(|cell| cell.0);
        row.cells.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 = kept.1.saturating_add(next.1);
            }
            same
        });
        row.cells.retain(|cell| cell.1 != 0);
        self.rows.push(row);
        self.rows.len() - 1
    }

    /// Number of nonzero coefficients.
    #[must_use]
    pub fn n_nonzeros(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).sum()
    }
}

/// `sum(coefficient x value)`, exact.
#[must_use]
pub fn activity(cells: &[(usize, i64)], values: &[i64]) -> i128 {
    cells
        .iter()
        .map(|&(column, coefficient)| {
            i128::from(coefficient) * i128::from(values.get(column).copied().unwrap_or(0))
        })
        .sum()
}
