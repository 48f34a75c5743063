//! The rows of a run: what one scenario adds to each table.

use super::table::{Column, Table, TableError, Values};

/// How a scenario ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// A plan, every goal solved.
    Optimal,
    /// A plan, but a limit was reached before its last goal.
    Limit,
    /// No plan obeys every rule.
    Infeasible,
    /// Its changes cannot be made, or make a model that is not valid.
    Invalid,
    /// No answer that holds.
    Failed,
}

impl Status {
    /// Every one of them, in order.
    pub const ALL: [Self; 5] = [
        Self::Optimal,
        Self::Limit,
        Self::Infeasible,
        Self::Invalid,
        Self::Failed,
    ];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Optimal => "optimal",
            Self::Limit => "limit",
            Self::Infeasible => "infeasible",
            Self::Invalid => "invalid",
            Self::Failed => "failed",
        }
    }

    /// The status behind a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether there is a plan.
    #[must_use]
    pub fn has_plan(self) -> bool {
        matches!(self, Self::Optimal | Self::Limit)
    }
}

/// Sums of a plan, in cents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// What the years of the plan bring to all funds.
    pub assigned: i64,
    /// Planned.
    pub used: i64,
    /// Neither planned nor carried.
    pub lost: i64,
    /// Need, where it has a limit.
    pub need: i64,
    /// Need met.
    pub covered: i64,
}

/// One scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioRow {
    /// Its number, from 0.
    pub index: i64,
    /// Its name.
    pub label: String,
    /// The value of each axis, in the order of the sweep; none where an axis is left alone.
    pub values: Vec<Option<String>>,
    /// How it ended.
    pub status: Status,
    /// Why there is no plan: codes of the conflict, or the error in English.
    pub reason: Option<String>,
    /// The route that answered.
    pub route: Option<String>,
    /// Why not the route that was asked for.
    pub handed_over: Option<String>,
    /// Why its structure is not that of the base.
    pub rebuilt: Option<String>,
    /// `fixed` or `resolved`; none where nothing is whole.
    pub integers: Option<String>,
    /// 1 where the pick is proved, 0 where it is not.
    pub pick_proved: Option<i64>,
    /// Distance from the exact nearest plan at most, in cents.
    pub pick_within: Option<i64>,
    /// How many rows could not hold in whole cents.
    pub excess: Option<i64>,
    /// Sums of the plan.
    pub totals: Option<Totals>,
}

/// A goal of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalRow {
    /// Number of the scenario.
    pub index: i64,
    /// Position of the goal, from 1.
    pub goal: i64,
    /// `leps`, `targets`, `wishes`, `leximin`, `value`, `at_risk`.
    pub kind: String,
    /// Level of a leximin goal, 0 for the others.
    pub level: i64,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// The value reached, in `unit`, exact.
    pub value: String,
    /// How far the best may be, in `unit`, exact.
    pub gap: String,
    /// The value in cents, where the unit is euro and it is whole cents.
    pub value_cents: Option<i64>,
    /// The gap in cents, rounded up.
    pub gap_cents: Option<i64>,
}

/// A zone and year of a scenario, in cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneRow {
    /// Number of the scenario.
    pub index: i64,
    /// Code of the zone.
    pub zone: String,
    /// Year.
    pub year: i64,
    /// Need, where it has a limit.
    pub need: i64,
    /// Need met.
    pub covered: i64,
    /// Money received.
    pub euro: i64,
}

/// A fund and year of a scenario, in cents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundRow {
    /// Number of the scenario.
    pub index: i64,
    /// Code of the fund.
    pub fund: String,
    /// Year.
    pub year: i64,
    /// The year's amount.
    pub assigned: i64,
    /// Carried in.
    pub carried_in: i64,
    /// Planned.
    pub used: i64,
    /// Carried out.
    pub carried_out: i64,
    /// Neither planned nor carried.
    pub lost: i64,
}

/// A payment of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// Number of the scenario.
    pub index: i64,
    /// Who pays.
    pub fund: String,
    /// For what.
    pub action: String,
    /// Where.
    pub zone: String,
    /// When.
    pub year: i64,
    /// How much.
    pub cents: i64,
}

/// Everything one scenario adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its own row.
    pub scenario: ScenarioRow,
    /// Its goals.
    pub goals: Vec<GoalRow>,
    /// Its zones.
    pub zones: Vec<ZoneRow>,
    /// Its funds.
    pub funds: Vec<FundRow>,
    /// Its payments, where they were asked for.
    pub ledger: Vec<LedgerRow>,
}

/// Rows that a table holds.
pub trait Row: Sized {
    /// Name of the table.
    const TABLE: &'static str;

    /// The columns of some rows; `axes` are the ids of what varies.
    fn columns(rows: &[Self], axes: &[String]) -> Vec<Column>;

    /// The rows of a table.
    ///
    /// # Errors
    /// [`TableError`] when a column is missing or of another type.
    fn rows(table: &Table) -> Result<Vec<Self>, TableError>;
}

fn column<R>(name: &str, rows: &[R], values: impl Fn(&[R]) -> Values) -> Column {
    Column {
        name: name.to_owned(),
        values: values(rows),
    }
}

/// Implements [`Row`] for a struct whose fields are columns of the same name.
macro_rules! plain_row {
    ($row:ident, $table:literal, $($field:ident: $kind:ident),+ $(,)?) => {
        impl Row for $row {
            const TABLE: &'static str = $table;

            fn columns(rows: &[Self], _: &[String]) -> Vec<Column> {
                vec![$(column(stringify!($field), rows, |rows| {
                    Values::$kind(rows.iter().map(|row| row.$field.clone()).collect())
                })),+]
            }

            fn rows(table: &Table) -> Result<Vec<Self>, TableError> {
                $(let $field = plain_row!(@read table, $kind, stringify!($field));)+
                let rows = 0..table.whole("index")?.len();
                Ok(rows.map(|row| Self { $($field: $field[row].clone()),+ }).collect())
            }
        }
    };
    (@read $table:ident, Whole, $name:expr) => { $table.whole($name)? };
    (@read $table:ident, MaybeWhole, $name:expr) => { $table.maybe_whole($name)? };
    (@read $table:ident, Text, $name:expr) => { $table.text($name)? };
    (@read $table:ident, MaybeText, $name:expr) => { $table.maybe_text($name)? };
}

plain_row!(GoalRow, "goals", index: Whole, goal: Whole, kind: Text, level: Whole, unit: Text, value: Text, gap: Text,
    value_cents: MaybeWhole, gap_cents: MaybeWhole);
plain_row!(ZoneRow, "zones", index: Whole, zone: Text, year: Whole, need: Whole, covered: Whole, euro: Whole);
plain_row!(FundRow, "funds", index: Whole, fund: Text, year: Whole, assigned: Whole, carried_in: Whole, used: Whole,
    carried_out: Whole, lost: Whole);
plain_row!(LedgerRow, "ledger", index: Whole, fund: Text, action: Text, zone: Text, year: Whole, cents: Whole);

/// The sums, each with its column.
type Sum = (&'static str, fn(&Totals) -> i64);
const SUMS: [Sum; 5] = [
    ("assigned", |totals| totals.assigned),
    ("used", |totals| totals.used),
    ("lost", |totals| totals.lost),
    ("need", |totals| totals.need),
    ("covered", |totals| totals.covered),
];

/// What stands before the id of an axis in the name of its column.
const AXIS: &str = "axis_";

impl Row for ScenarioRow {
    const TABLE: &'static str = "scenarios";

    fn columns(rows: &[Self], axes: &[String]) -> Vec<Column> {
        let text = |name: &str, of: fn(&Self) -> String| {
            column(name, rows, |rows| {
                Values::Text(rows.iter().map(of).collect())
            })
        };
        let maybe = |name: &str, of: fn(&Self) -> Option<String>| {
            column(name, rows, |rows| {
                Values::MaybeText(rows.iter().map(of).collect())
            })
        };
        let whole = |name: &str, of: fn(&Self) -> Option<i64>| {
            column(name, rows, |rows| {
                Values::MaybeWhole(rows.iter().map(of).collect())
            })
        };
        let mut columns = vec![
            column("index", rows, |rows| {
                Values::Whole(rows.iter().map(|row| row.index).collect())
            }),
            text("label", |row| row.label.clone()),
        ];
        columns.extend(axes.iter().enumerate().map(|(position, axis)| {
            let value = |row: &Self| row.values.get(position).cloned().flatten();
            column(&format!("{AXIS}{axis}"), rows, |rows| {
                Values::MaybeText(rows.iter().map(value).collect())
            })
        }));
        columns.extend([
            text("status", |row| row.status.word().to_owned()),
            maybe("reason", |row| row.reason.clone()),
            maybe("route", |row| row.route.clone()),
            maybe("handed_over", |row| row.handed_over.clone()),
            maybe("rebuilt", |row| row.rebuilt.clone()),
            maybe("integers", |row| row.integers.clone()),
            whole("pick_proved", |row| row.pick_proved),
            whole("pick_within", |row| row.pick_within),
            whole("excess", |row| row.excess),
        ]);
        columns.extend(SUMS.iter().map(|(name, of)| {
            column(name, rows, |rows| {
                let sum = |row: &Self| row.totals.as_ref().map(of);
                Values::MaybeWhole(rows.iter().map(sum).collect())
            })
        }));
        columns
    }

    fn rows(table: &Table) -> Result<Vec<Self>, TableError> {
        let axes = table
            .columns
            .iter()
            .filter(|column| column.name.starts_with(AXIS));
        let axes = axes.map(|column| table.maybe_text(&column.name));
        let axes = axes.collect::<Result<Vec<_>, TableError>>()?;
        let (index, label) = (table.whole("index")?, table.text("label")?);
        let status = table.text("status")?;
        let (reason, route) = (table.maybe_text("reason")?, table.maybe_text("route")?);
        let handed_over = table.maybe_text("handed_over")?;
        let (rebuilt, integers) = (table.maybe_text("rebuilt")?, table.maybe_text("integers")?);
        let pick_proved = table.maybe_whole("pick_proved")?;
        let pick_within = table.maybe_whole("pick_within")?;
        let excess = table.maybe_whole("excess")?;
        let sums = SUMS.iter().map(|(name, _)| table.maybe_whole(name));
        let sums = sums.collect::<Result<Vec<_>, TableError>>()?;
        let rows = (0..index.len()).map(|row| {
            let status = Status::of_word(&status[row]);
            let sum = |position: usize| sums[position][row];
            let totals = || {
                Some(Totals {
                    assigned: sum(0)?,
                    used: sum(1)?,
                    lost: sum(2)?,
                    need: sum(3)?,
                    covered: sum(4)?,
                })
            };
            Ok(Self {
                index: index[row],
                label: label[row].clone(),
                values: axes.iter().map(|axis| axis[row].clone()).collect(),
                status: status.ok_or_else(|| TableError::Column("status".to_owned()))?,
                reason: reason[row].clone(),
                route: route[row].clone(),
                handed_over: handed_over[row].clone(),
                rebuilt: rebuilt[row].clone(),
                integers: integers[row].clone(),
                pick_proved: pick_proved[row],
                pick_within: pick_within[row],
                excess: excess[row],
                totals: totals(),
            })
        });
        rows.collect()
    }
}
