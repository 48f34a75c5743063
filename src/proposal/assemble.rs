//! From a model to a proposal: solve, round, prove, and say what it means.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use thiserror::Error;

use super::cents::{Rounded, round};
use super::certify::{Certifier, goal_values};
use super::conflict::{infeasible, provable};
use super::derived::Derivation;
use super::joint::{Room, improve};
use super::lines::{FundLine, GoalLine, LedgerLine, PickLine, ZoneLine};
use super::moved::moved;
use super::reasons::unmet_lines;
use super::standing::rule_lines;
use super::transcript::{bare_sheet, position, sheet};
use super::{Figures, Infeasible, Proposal};
use crate::lp::{
    BuildError, ColumnKey, LinearProgram, Objective, build_in_full, build_to_choose_in_full, raised,
};
use crate::model::{Confidence, FundIdx, Model, ZoneIdx};
use crate::sheet::{Certificate, Claim, DOSSIER_FORMAT, GoalCertificate, PickCertificate, Sheet};
use crate::solve::{
    Conflict, Fault, Options, Plan, SearchLimit, SolveError, Stage, WEIGHT_OF_A_CENT, conflict,
    solve, solver_name, whole_conflict,
};
use crate::units::{Euro, Exact, Year};

/// What comes of a model.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A proposal with its proof.
    Proposal(Box<Proposal>),
    /// No allocation obeys every hard rule.
    Infeasible(Box<Infeasible>),
}

/// Why nothing came of a model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProposeError {
    /// The figures of the model do not fit in whole numbers, or a share has no base.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A limit was reached before any plan.
    #[error("the time limit was reached before a plan was found")]
    Limit,
    /// The model comes in whole units, projects or minimum grants, and this build cannot choose them.
    #[error(transparent)]
    NoWholeNumbers(SolveError),
    /// The solver gave no answer that holds.
    #[error("the solver gave no answer that holds: {0}")]
    Solver(Fault),
}

/// Proposes an allocation, or names the rules that cannot hold together.
///
/// # Errors
/// [`ProposeError`] when the model cannot be stated or the solver has no answer.
///
/// # Example
/// ```
/// use mappafondo::{input, proposal, solve};
/// let (model, _) = input::read_model("models/tiny".as_ref()).unwrap();
/// let outcome = proposal::propose(&model, &solve::Options::default()).unwrap();
/// assert!(matches!(outcome, proposal::Outcome::Proposal(_)));
/// ```
pub fn propose(model: &Model, options: &Options) -> Result<Outcome, ProposeError> {
    match solve(model, options) {
        Ok(plan) => Ok(Outcome::Proposal(Box::new(from_plan(model, &plan)))),
        Err(SolveError::Infeasible) => no_plan(model),
        Err(why) => Err(why.into()),
    }
}

impl From<SolveError> for ProposeError {
    fn from(why: SolveError) -> Self {
        match why {
            SolveError::Limit => Self::Limit,
            SolveError::NoWholeNumbers => Self::NoWholeNumbers(why),
            SolveError::Failed(why) => Self::Solver(why),
            SolveError::Build(why) => Self::Build(why),
            SolveError::Infeasible => Self::Solver(Fault::NoConflict),
        }
    }
}

/// What cannot hold together, whatever units earn: proved, or, where it takes whole numbers, the solver's word.
fn no_plan(model: &Model) -> Result<Outcome, ProposeError> {
    let raised = raised(model)?;
    let program = build_in_full(&raised)?;
    let mut found = conflict(&raised, &program);
    if found.is_none() {
        let chosen_on = build_to_choose_in_full(model)?;
        found = whole_conflict(
            &raised,
            &chosen_on,
            &BTreeSet::new(),
            &SearchLimit::from_now(),
        )
        .map(|origins| Conflict {
            origins,
            multipliers: Vec::new(),
            whole: true,
            violation_cents: 0.0,
        });
    }
    let conflict = found.ok_or(ProposeError::Solver(Fault::NoConflict))?;
    let conflict = provable(&raised, &program, conflict);
    let infeasible = infeasible(&raised, &program, &conflict);
    Ok(Outcome::Infeasible(Box::new(infeasible)))
}

/// What the units of a plan earned: the money of the settled model beyond that of the model.
fn earned(model: &Model, settled: Option<&Model>) -> Euro {
    let total = |model: &Model| model.money.values().map(|money| money.total.cents()).sum();
    let (before, after): (i64, i64) = (total(model), settled.map_or_else(|| total(model), total));
    Euro::from_cents(after - before)
}

/// A plan in floats as a proposal: whole cents, what they mean, and the proof.
#[must_use]
pub fn from_plan(model: &Model, plan: &Plan) -> Proposal {
    let (figures, proof) = prove(model, plan, Cents::Together, sheet);
    let model = plan.model.as_ref().unwrap_or(model);
    let program = &plan.program;
    let Proof {
        values,
        excess,
        sheet,
        goals,
        pick,
    } = proof;
    Proposal {
        complete: figures.complete,
        earned: figures.earned,
        ledger: figures.ledger,
        rules: rule_lines(model, program, &values, &excess),
        unmet: unmet_lines(model, program, &values, &plan.picked.values),
        zones: figures.zones,
        funds: figures.funds,
        goals: figures.goals,
        pick: figures.pick,
        whole: plan
            .whole
            .as_ref()
            .filter(|whole| !whole.values.is_empty())
            .map(|whole| super::whole::line(program, whole)),
        excess: figures.excess,
        certificate: Certificate {
            format: DOSSIER_FORMAT,
            claim: Claim::Proposal {
                goals,
                pick,
                excess: excess
                    .iter()
                    .map(|&(row, by)| (position(row), by.to_string()))
                    .collect(),
            },
        },
        sheet,
        values,
        solver: solver_name(),
    }
}

/// The figures of a plan in whole cents, rounded cell by cell and proved as [`from_plan`] does, without the texts of rules and reasons: what
/// thousands of scenarios are compared by.
#[must_use]
pub fn figures(model: &Model, plan: &Plan) -> Figures {
    prove(model, plan, Cents::CellByCell, |_, program, objectives| {
        bare_sheet(program, objectives)
    })
    .0
}

/// A plan in whole cents with what is proved of it.
struct Proof {
    values: Vec<i64>,
    excess: Vec<(usize, i128)>,
    sheet: Sheet,
    goals: Vec<GoalCertificate>,
    pick: PickCertificate,
}

/// How whole cents are looked for: a sweep compares routes whose plans differ in their last digits, and cell by cell they end within a
/// cent of each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cents {
    CellByCell,
    Together,
}

fn prove(
    model: &Model,
    plan: &Plan,
    cents: Cents,
    sheet: impl FnOnce(&Model, &LinearProgram, &[&Objective]) -> Sheet,
) -> (Figures, Proof) {
    let earned = earned(model, plan.model.as_ref());
    let model = plan.model.as_ref().unwrap_or(model);
    let program = &plan.program;
    let objectives: Vec<&Objective> = plan.stages.iter().map(|stage| &stage.objective).collect();
    let rounded = round(
        model,
        program,
        &objectives,
        &plan.picked.values,
        plan.vertex.as_deref(),
    );
    let sheet = sheet(model, program, &objectives);
    let mut certifier = Certifier::new(program, &plan.stages, &sheet);
    let (Rounded { values, excess }, goals) = match cents {
        Cents::CellByCell => {
            let goals = certifier.goals(&rounded.values);
            (rounded, goals)
        }
        Cents::Together => improved(plan, &mut certifier, rounded),
    };
    let pick = certifier.pick(model, &plan.picked, &values, &goals);
    let ledger = ledger(model, program, &values);
    let figures = Figures {
        complete: plan.complete,
        earned,
        zones: zone_lines(model, program, &values),
        funds: fund_lines(model, program, &values),
        goals: goal_lines(&sheet, &plan.stages, &goals, &values),
        pick: pick_line(model, &pick, &ledger),
        ledger,
        excess: excess
            .iter()
            .map(|&(row, by)| (program.rows[row].name.clone(), by))
            .collect(),
    };
    let proof = Proof {
        values,
        excess,
        sheet,
        goals,
        pick,
    };
    (figures, proof)
}

/// The rounded plan with what whole cents can gain together, where its goals are a cent or more from what is proved or a row does not
/// hold, and the proof of its goals.
fn improved(
    plan: &Plan,
    certifier: &mut Certifier<'_>,
    rounded: Rounded,
) -> (Rounded, Vec<GoalCertificate>) {
    let objectives: Vec<&Objective> = plan.stages.iter().map(|stage| &stage.objective).collect();
    let rooms = |goals: &[GoalCertificate]| -> Vec<Room> {
        let gap = |goal: &GoalCertificate| goal.gap.parse().unwrap_or(i128::MAX);
        let of = |(objective, goal): (&&Objective, _)| Room::new(objective, gap(goal));
        objectives.iter().zip(goals).map(of).collect()
    };
    let mut goals = certifier.goals(&rounded.values);
    let mut room = rooms(&goals);
    if certifier.ask_with_play(&rounded.values, &goals, |goal, play| {
        room[goal].is_worth(play)
    }) {
        goals = certifier.goals(&rounded.values);
        room = rooms(&goals);
    }
    if rounded.excess.is_empty() && !room.iter().any(Room::is_there) {
        return (rounded, goals);
    }
    let before = rounded.values.clone();
    let derivation = Derivation::new(&plan.program);
    let picked = &plan.picked.values;
    let rounded = improve(&derivation, &objectives, picked, &room, rounded);
    if rounded.values != before {
        goals = certifier.goals(&rounded.values);
    }
    (rounded, goals)
}

fn ledger(model: &Model, program: &LinearProgram, values: &[i64]) -> Vec<LedgerLine> {
    let mut cells: BTreeMap<(FundIdx, crate::model::ActionIdx, ZoneIdx, Year), i64> =
        BTreeMap::new();
    for (entry, &cents) in program.columns.iter().zip(values) {
        if let ColumnKey::Pay { fund, demand } = entry.key
            && cents != 0
        {
            let demand = &model.demands[demand];
            *cells
                .entry((fund, demand.action, demand.zone, demand.year))
                .or_default() += cents;
        }
    }
    cells
        .into_iter()
        .map(|((fund, action, zone, year), cents)| LedgerLine {
            fund,
            action,
            zone,
            year,
            euro: Euro::from_cents(cents),
        })
        .collect()
}

fn zone_lines(model: &Model, program: &LinearProgram, values: &[i64]) -> Vec<ZoneLine> {
    let mut zones: BTreeMap<(ZoneIdx, Year), (i64, i64, i64)> = BTreeMap::new();
    for zone in model.zone_indices() {
        for &year in &model.years {
            if model.zone(zone).exists_in(year) {
                zones.insert((zone, year), (0, 0, 0));
            }
        }
    }
    for demand in &model.demands {
        if let (Some(euro), Some(entry)) = (demand.euro, zones.get_mut(&(demand.zone, demand.year)))
        {
            entry.0 = entry.0.saturating_add(euro.cents());
        }
    }
    for (entry, &cents) in program.columns.iter().zip(values) {
        if let ColumnKey::Pay { demand, .. } = entry.key {
            let demand = &model.demands[demand];
            if let Some(zone) = zones.get_mut(&(demand.zone, demand.year)) {
                zone.2 += cents;
                if demand.euro.is_some() {
                    zone.1 += cents;
                }
            }
        }
    }
    zones
        .into_iter()
        .map(|((zone, year), (need, covered, euro))| ZoneLine {
            zone,
            year,
            need: Euro::from_cents(need),
            covered: Euro::from_cents(covered),
            coverage: (need > 0).then(|| Exact::new(i128::from(covered), i128::from(need))),
            euro: Euro::from_cents(euro),
        })
        .collect()
}

fn fund_lines(model: &Model, program: &LinearProgram, values: &[i64]) -> Vec<FundLine> {
    let mut used: BTreeMap<(FundIdx, Year), i64> = BTreeMap::new();
    let mut carried: BTreeMap<(FundIdx, Year), i64> = BTreeMap::new();
    for (entry, &cents) in program.columns.iter().zip(values) {
        match entry.key {
            ColumnKey::Pay { fund, demand } => {
                *used.entry((fund, model.demands[demand].year)).or_default() += cents;
            }
            ColumnKey::Carry { fund, year, .. } => {
                *carried.entry((fund, year)).or_default() += cents;
            }
            _ => {}
        }
    }
    let mut lines = Vec::new();
    for fund in model.fund_indices() {
        let mut carried_in = 0;
        for &year in &model.years {
            let money = model.money.get(&(fund, year));
            let assigned = money.map_or(0, |money| money.total.cents());
            let used = used.get(&(fund, year)).copied().unwrap_or(0);
            let carried_out = carried.get(&(fund, year)).copied().unwrap_or(0);
            let estimate = money
                .and_then(|money| money.by_confidence.get(&Confidence::Estimate).copied())
                .unwrap_or(Euro::ZERO);
            if assigned != 0 || used != 0 || carried_in != 0 {
                lines.push(FundLine {
                    fund,
                    year,
                    assigned: Euro::from_cents(assigned),
                    carried_in: Euro::from_cents(carried_in),
                    used: Euro::from_cents(used),
                    carried_out: Euro::from_cents(carried_out),
                    lost: Euro::from_cents(assigned + carried_in - used - carried_out),
                    estimate,
                });
            }
            carried_in = carried_out;
        }
    }
    lines
}

fn goal_lines(
    sheet: &Sheet,
    stages: &[Stage],
    certificates: &[GoalCertificate],
    values: &[i64],
) -> Vec<GoalLine> {
    goal_values(sheet, values)
        .into_iter()
        .zip(stages)
        .zip(certificates)
        .map(|((value, stage), certificate)| {
            let objective = &stage.objective;
            let gap: BigInt = certificate.gap.parse().unwrap_or_default();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a saturating cast of the solver's value, shown as what rounding gave up"
            )]
            let guessed = BigInt::from(stage.value.round() as i128);
            let guessed = guessed - objective.tolerance;
            let rounding = (guessed - &value).clamp(BigInt::zero(), gap.abs());
            let (unit, scale) = match objective.unit {
                "cent" => ("euro", i128::from(objective.scale) * 100),
                unit => (unit, i128::from(objective.scale)),
            };
            let exact = |number: &BigInt| {
                number
                    .to_i128()
                    .map_or_else(Exact::zero, |number| Exact::new(number, scale))
            };
            GoalLine {
                kind: objective.kind,
                level: objective.level,
                value: exact(&value),
                gap: exact(&gap),
                tolerance: exact(&objective.tolerance.into()),
                unit,
                rounding: exact(&rounding),
            }
        })
        .collect()
}

fn pick_line(model: &Model, certificate: &PickCertificate, ledger: &[LedgerLine]) -> PickLine {
    let number = |text: &str| -> BigInt {
        let number: BigInt = text.parse().unwrap_or_default();
        number.max(BigInt::zero())
    };
    let euro = |cents: BigInt| Euro::from_cents(cents.to_i64().unwrap_or(i64::MAX));
    let due = number(&certificate.due);
    // Weighted squares times what is due, all of it, are cents squared.
    let square = |weighted: &BigInt| weighted * &due;
    let root_up = |square: &BigInt| -> BigInt {
        let parts = square / WEIGHT_OF_A_CENT + i32::from(!(square % WEIGHT_OF_A_CENT).is_zero());
        let root = parts.sqrt();
        if &root * &root < parts {
            root + 1
        } else {
            root
        }
    };
    let (distance, gap) = (number(&certificate.distance), number(&certificate.gap));
    let least = square(&(&distance - &gap).max(BigInt::zero())) / WEIGHT_OF_A_CENT;
    let off = root_up(&square(&distance));
    let nearer = &off - least.sqrt();
    let (all, funds) = moved(model, ledger);
    PickLine {
        nearest: model.pick.word(),
        proved: certificate.proved,
        off: euro(off),
        all,
        funds,
        within: certificate.proved.then(|| euro(root_up(&square(&gap)))),
        nearer: certificate.proved.then(|| euro(nearer)),
    }
}
