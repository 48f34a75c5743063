//! The *rule sheet*: the whole programme as plain integers, and the certificate that goes with a proposal.
//!
//! These are the formats of the dossier, written by `proposal` and read by `verify`; they hold no behaviour. Everything is
//! whole numbers: a column counts cents, a row is `lower <= sum(coefficient x column) <= upper`, a goal maximises
//! `sum(cost x column) / scale`.

use serde::{Deserialize, Serialize};

/// Version of every file of the dossier.
pub const DOSSIER_FORMAT: u32 = 1;

/// `dossier/sheet.json`: the programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// [`DOSSIER_FORMAT`].
    pub format: u32,
    /// Columns, in order.
    pub columns: Vec<SheetColumn>,
    /// Rows, in order.
    pub rows: Vec<SheetRow>,
    /// Goals, in the order in which they are solved; the pick is not among them.
    pub goals: Vec<SheetGoal>,
}

/// A place in the plan: what is not named does not apply or is summed.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Scope {
    /// Fund code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<String>,
    /// Action code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Zone code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
}

/// What a column decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    /// Planned euro of a fund for a demand: these columns, summed by fund, action, zone and year, are the ledger.
    Pay,
    /// Money of a fund carried from a year to the next.
    Carry,
    /// Money of a zone spent, where a pool may pay too.
    Draw,
    /// The part of a floor that moves on with carried money.
    CarriedFloor,
    /// A sum of other columns, such as the total over zones in a band.
    Total,
    /// Shortfall of a soft rule, in the unit of its row.
    Shortfall,
    /// Coverage level of a leximin goal: the level is the column over the reference amount of the goal.
    Level,
    /// What a zone misses to the coverage of a floor goal.
    Missing,
    /// By how much what an action gets in a zone differs from the year before, or what closes, in euro of the later year.
    Change,
    /// Of what is paid for an action in a zone and year, what lies in a band of coverage; its label is the band's position, from 1.
    Band,
    /// Money lost at a decommitment deadline.
    Loss,
    /// Whole units bought of a need.
    Units,
    /// Whether a project is paid, 1, or not, 0; its code is the label.
    Project,
    /// Whether anything is paid by the columns of its rows, 1, or not, 0.
    Active,
}

/// A column: whole cents between two bounds. Columns of the kinds `units`, `project` and `active` count things: in a proposal both
/// bounds are the number chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetColumn {
    /// Name, unique.
    pub name: String,
    /// What it decides.
    pub kind: ColumnKind,
    /// Where.
    #[serde(flatten)]
    pub scope: Scope,
    /// Project cost item of a `pay` column, `CUP/item`; code of a `project`; position of a `band`; empty for a need.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// Smallest value, in cents.
    pub lower: i64,
    /// Largest value, in cents. Every column is bounded, so every dual bound is finite.
    pub upper: i64,
}

/// A row: `lower <= sum(coefficient x column) <= upper`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// Name, unique.
    pub name: String,
    /// Family: `fund`, `need`, `max_share`, `persistent`, `rule`, `band`, `match`, `flat_rate`, `claim`, `carry`, `level`,
    /// `units`, `project`, `active`, `goal`.
    pub family: String,
    /// Code of the rule, match or fund it comes from, `goal:N` for what goal N of the model counts; empty for needs.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The law, cited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub law: String,
    /// `law`, `plan`, `target` or `wish`; empty where it is a matter of arithmetic.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub strength: String,
    /// Where.
    #[serde(flatten)]
    pub scope: Scope,
    /// Smallest value, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lower: Option<i64>,
    /// Largest value, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<i64>,
    /// Play in whole cents of a proportion: the row holds when `lower - play <= value <= upper + play`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub play: i64,
    /// Columns (position in [`Sheet::columns`], ascending) and integer coefficients, none zero.
    pub cells: Vec<(u32, i64)>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(value: &i64) -> bool {
    *value == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

/// A goal: maximise `sum(cost x column) / scale`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetGoal {
    /// `leps`, `targets`, `wishes`, `leximin`, `floor`, `value`, `steady`, `open`, `at_risk`.
    pub kind: String,
    /// Level of a leximin goal, from 1; 0 for the others.
    #[serde(default)]
    pub level: u32,
    /// Unit of `sum(cost x column) / scale`: `cent`, `bound` (shares of a bound, for targets) or `level` (shares of the need).
    pub unit: String,
    /// Divides the integer value into the unit.
    pub scale: i64,
    /// How far below its best the value may stay, in the integer unit: plans that the goals after it are compared with may have
    /// as little.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub tolerance: i64,
    /// Columns and integer costs, none zero.
    pub cost: Vec<(u32, i64)>,
}

/// `dossier/certificate.json`: what is claimed about the values in `dossier/values.csv`, with the numbers that prove it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Certificate {
    /// [`DOSSIER_FORMAT`].
    pub format: u32,
    /// The claim.
    pub claim: Claim,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Claim {
    /// The values obey every row, and each goal is within its gap of the best.
    Proposal {
        /// One entry per goal of the sheet, in the same order.
        goals: Vec<GoalCertificate>,
        /// What is claimed about the pick.
        pick: PickCertificate,
        /// Rows (position) that could not hold in whole cents, with their excess beyond bound and play, a positive integer in
        /// decimals. Empty in all but pathological models; every other row holds.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        excess: Vec<(u32, String)>,
    },
    /// No values obey every row within the bounds of the columns: `sum(multiplier x row)` cannot reach what the rows ask.
    Infeasible {
        /// Row (position) and multiplier: positive speaks of the lower bound of the row, negative of its upper bound.
        multipliers: Vec<(u32, f64)>,
        /// Whether only whole numbers make it so: then there are no multipliers, and it is the solver's word.
        #[serde(default, skip_serializing_if = "is_false")]
        whole: bool,
        /// Codes of rules, funds and needs that cannot hold together, irreducible.
        conflict: Vec<String>,
    },
}

/// For goal k: no plan that does at least as well on goals 1..k-1 as this one does better on goal k by more than `gap`.
///
/// Proof by weak duality: with reduced costs `d = cost_k + sum_j goal_multiplier_j cost_j - sum_i multiplier_i row_i`, goal k
/// of any such plan is at most `sum_i multiplier_i bound_i + sum_columns max(d lower, d upper) - sum_j goal_multiplier_j value_j`.
/// A goal with a tolerance counts as its best less the tolerance, `value + gap - tolerance`, where that is less than `value`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GoalCertificate {
    /// `sum(cost x column)` of the values, an integer written in decimals.
    pub value: String,
    /// How far the best may be, in the same integer unit as `value`, rounded up: an integer written in decimals.
    pub gap: String,
    /// Row (position) and multiplier: positive speaks of the upper bound of the row, negative of its lower bound (maximisation).
    pub multipliers: Vec<(u32, f64)>,
    /// Multiplier, not negative, for each earlier goal (integer cost units on both sides).
    pub goal_multipliers: Vec<f64>,
}

/// What is claimed about the pick.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PickCertificate {
    /// `riparto` or `last_year`.
    pub nearest: String,
    /// Whether the proof below is given.
    pub proved: bool,
    /// Sum, by fund and zone and the years that share money, of the squared distance in cents from what is due, each divided by what is
    /// due and times 10^21, an integer in decimals.
    pub distance: String,
    /// Sum of what is due in cents, an integer in decimals: it turns the distance into euro.
    pub due: String,
    /// No plan that does at least as well on all goals has a distance smaller by more than this (rounded up).
    pub gap: String,
    /// Row multipliers for the gradient of the distance at the values, as in [`GoalCertificate`], for maximising minus the gradient.
    pub multipliers: Vec<(u32, f64)>,
    /// Multiplier of each goal.
    pub goal_multipliers: Vec<f64>,
}

/// `dossier/manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`DOSSIER_FORMAT`].
    pub format: u32,
    /// Version of mappafondo that wrote it.
    pub version: String,
    /// Name and version of the solver.
    pub solver: String,
    /// Hash of the model's files: BLAKE3 over their names and contents, in order of name.
    pub model_hash: String,
    /// The same of the model before its scenarios, where there are any; the scenarios are under `scenarios/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_hash: Option<String>,
    /// BLAKE3 hash of the workbook the model was read from, where it was one; its sheets are the files under `model/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workbook: Option<String>,
    /// File, relative to the dossier (`sheet.json`, `model/funds.csv`) or to the folder above (`../zones.csv`), and its BLAKE3 hash,
    /// in order of name. The manifest itself is not among them.
    pub files: std::collections::BTreeMap<String, String>,
}

/// `roll.json`: what `roll` wrote into a model's folder, so that only what nobody has changed since is ever replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RollManifest {
    /// [`DOSSIER_FORMAT`].
    pub format: u32,
    /// Version of mappafondo that wrote it.
    pub version: String,
    /// Hash of the model whose proposal was rolled.
    pub rolled_from: String,
    /// First year of the new plan.
    pub to: i32,
    /// File and its BLAKE3 hash, in order of name. This file itself is not among them.
    pub files: std::collections::BTreeMap<String, String>,
}

/// `zones.json`: what `report --per-zone` wrote into a folder, so that only what nobody has changed since is ever replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZonesManifest {
    /// [`DOSSIER_FORMAT`].
    pub format: u32,
    /// Version of mappafondo that wrote it.
    pub version: String,
    /// File and its BLAKE3 hash, in order of name. This file itself is not among them.
    pub files: std::collections::BTreeMap<String, String>,
}
