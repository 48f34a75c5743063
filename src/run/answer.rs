//! From scenarios to rows: the one place where a run meets the routes that solve.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::manifest::Route;
use super::rows::{Answer, FundRow, GoalRow, LedgerRow, ScenarioRow, Status, Totals, ZoneRow};
use super::source::Case;
use crate::model::Model;
use crate::proposal::{Figures, GoalLine, Outcome, ProposeError, figures, propose};
use crate::report::words::run as words;
use crate::solve::routes::{Base, Difference, Integers, Solved, TOGETHER};
use crate::solve::{Options, SolveError, solve};
use crate::units::{Euro, exact_text};

/// A scenario by its number.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its number, from 0.
    pub index: u64,
    /// What it is.
    pub case: Case,
}

/// What turns scenarios into rows. The rows of a scenario depend on nothing but that scenario.
pub trait Answerer: Sync {
    /// How many scenarios it likes to have at once.
    fn lanes(&self) -> usize;

    /// The rows of some scenarios, in their order. `careful` asks for the safest route.
    fn answer(&self, tasks: Vec<Task>, careful: bool) -> Vec<Answer>;
}

/// Answers by the routes of `solve`, around a solved base.
#[derive(Debug)]
pub struct Routes {
    base: Option<Base>,
    route: Route,
    options: Options,
    ledger: bool,
}

impl Routes {
    /// Solves the base, where the route needs one. A base without a plan leaves the cold route alone.
    #[must_use]
    pub fn new(model: &Model, route: Route, integers: Integers, ledger: bool) -> Self {
        // One thread for each scenario: there are many of them.
        let options = Options::default();
        let needs_base = route != Route::Cold;
        let base = needs_base.then(|| Base::new(model, integers, &options).ok());
        Self {
            base: base.flatten(),
            route,
            options,
            ledger,
        }
    }

    /// The cold route alone, with nothing prepared.
    #[must_use]
    pub fn without_base(route: Route, ledger: bool) -> Self {
        Self {
            base: None,
            route,
            options: Options::default(),
            ledger,
        }
    }

    fn solve(&self, models: &[Model], careful: bool) -> Vec<Solved> {
        use crate::solve::routes::Route as By;
        let by = match self.route {
            Route::Cold => By::Cold,
            Route::Hot => By::Hot,
            Route::Batch | Route::Auto => By::Batch,
        };
        match &self.base {
            Some(base) => base.solve(if careful { By::Cold } else { by }, models),
            None => {
                let cold = |model| Solved {
                    plan: solve(model, &self.options),
                    route: By::Cold,
                    handed_over: None,
                    rebuilt: None,
                };
                models.iter().map(cold).collect()
            }
        }
    }

    /// Rows of scenarios that have a model; a panic is the failure of the scenario, not of the run.
    fn rows(&self, heads: Vec<(ScenarioRow, Model)>, careful: bool) -> Vec<Answer> {
        let (heads, models): (Vec<ScenarioRow>, Vec<Model>) = heads.into_iter().unzip();
        let all = catch_unwind(AssertUnwindSafe(|| self.solve(&models, careful)));
        let solved: Vec<Option<Solved>> = match all {
            Ok(solved) => solved.into_iter().map(Some).collect(),
            Err(_) => {
                let one = |model| {
                    let alone = || self.solve(std::slice::from_ref(model), careful).pop();
                    catch_unwind(AssertUnwindSafe(alone)).ok().flatten()
                };
                models.iter().map(one).collect()
            }
        };
        let told = heads.into_iter().zip(&models).zip(solved);
        told.map(|((head, model), solved)| {
            let lost = head.clone();
            let made = catch_unwind(AssertUnwindSafe(|| match solved {
                Some(solved) => self.told(head, model, solved),
                None => without_plan(head, Status::Failed, PANIC.to_owned()),
            }));
            made.unwrap_or_else(|_| without_plan(lost, Status::Failed, PANIC.to_owned()))
        })
        .collect()
    }

    fn told(&self, mut head: ScenarioRow, model: &Model, solved: Solved) -> Answer {
        head.route = Some(solved.route.word().to_owned());
        head.handed_over = solved.handed_over.map(|why| why.word().to_owned());
        head.rebuilt = solved.rebuilt.as_ref().map(difference);
        let (status, reason) = match solved.plan {
            Ok(plan) => {
                // Numbers that were chosen have the goals they were chosen by.
                head.integers = plan.whole.as_ref().map(|whole| {
                    let fixed = whole.goals.is_empty();
                    if fixed { "fixed" } else { "resolved" }.to_owned()
                });
                let figures = figures(model, &plan);
                let model = plan.model.as_ref().unwrap_or(model);
                return with_plan(head, model, &figures, self.ledger);
            }
            Err(SolveError::Infeasible) => conflict(model, &self.options),
            Err(error) => (Status::Failed, error.to_string()),
        };
        without_plan(head, status, reason)
    }
}

/// Reasons are in English in the tables.
const PANIC: &str = words::WHY_PANIC.en;

impl Answerer for Routes {
    fn lanes(&self) -> usize {
        TOGETHER
    }

    fn answer(&self, tasks: Vec<Task>, careful: bool) -> Vec<Answer> {
        let mut answers: Vec<(u64, Answer)> = Vec::new();
        let (mut ready, mut numbers) = (Vec::new(), Vec::new());
        for task in tasks {
            let head = head(task.index, task.case.label, task.case.values);
            match task.case.model {
                Ok(model) => {
                    ready.push((head, *model));
                    numbers.push(task.index);
                }
                Err(why) => answers.push((task.index, without_plan(head, Status::Invalid, why))),
            }
        }
        answers.extend(numbers.into_iter().zip(self.rows(ready, careful)));
        answers.sort_by_key(|(index, _)| *index);
        answers.into_iter().map(|(_, answer)| answer).collect()
    }
}

/// The row of a scenario that is not to be tried again.
pub(super) fn given_up(index: u64, (label, values): (String, Vec<Option<String>>)) -> Answer {
    let head = head(index, label, values);
    without_plan(head, Status::Failed, words::WHY_GIVEN_UP.en.to_owned())
}

fn head(index: u64, label: String, values: Vec<Option<String>>) -> ScenarioRow {
    ScenarioRow {
        index: signed(index),
        label,
        values,
        status: Status::Failed,
        reason: None,
        route: None,
        handed_over: None,
        rebuilt: None,
        integers: None,
        pick_proved: None,
        pick_within: None,
        excess: None,
        totals: None,
    }
}

fn without_plan(mut head: ScenarioRow, status: Status, reason: String) -> Answer {
    head.status = status;
    head.reason = Some(reason);
    Answer {
        scenario: head,
        goals: Vec::new(),
        zones: Vec::new(),
        funds: Vec::new(),
        ledger: Vec::new(),
    }
}

/// What cannot hold together, by code; the word of a route is never enough.
fn conflict(model: &Model, options: &Options) -> (Status, String) {
    match propose(model, options) {
        Ok(Outcome::Infeasible(infeasible)) => {
            let ids = infeasible.conflict.iter().map(|line| line.id.as_str());
            (Status::Infeasible, ids.collect::<Vec<_>>().join(" "))
        }
        Ok(Outcome::Proposal(_)) => (Status::Failed, words::WHY_DISAGREE.en.to_owned()),
        Err(ProposeError::Limit) => (Status::Failed, ProposeError::Limit.to_string()),
        Err(error) => (Status::Failed, error.to_string()),
    }
}

fn with_plan(mut head: ScenarioRow, model: &Model, figures: &Figures, ledger: bool) -> Answer {
    let index = head.index;
    let zones: Vec<ZoneRow> = figures
        .zones
        .iter()
        .map(|line| ZoneRow {
            index,
            zone: model.zone(line.zone).id.clone(),
            year: i64::from(line.year),
            need: line.need.cents(),
            covered: line.covered.cents(),
            euro: line.euro.cents(),
        })
        .collect();
    let funds: Vec<FundRow> = figures
        .funds
        .iter()
        .map(|line| FundRow {
            index,
            fund: model.fund(line.fund).id.clone(),
            year: i64::from(line.year),
            assigned: line.assigned.cents(),
            carried_in: line.carried_in.cents(),
            used: line.used.cents(),
            carried_out: line.carried_out.cents(),
            lost: line.lost.cents(),
        })
        .collect();
    let payments = figures
        .ledger
        .iter()
        .filter(|_| ledger)
        .map(|line| LedgerRow {
            index,
            fund: model.fund(line.fund).id.clone(),
            action: model.action(line.action).id.clone(),
            zone: model.zone(line.zone).id.clone(),
            year: i64::from(line.year),
            cents: line.euro.cents(),
        });
    head.status = if figures.complete {
        Status::Optimal
    } else {
        Status::Limit
    };
    head.pick_proved = Some(i64::from(figures.pick.proved));
    head.pick_within = figures.pick.within.map(Euro::cents);
    head.excess = i64::try_from(figures.excess.len()).ok();
    head.totals = Some(Totals {
        assigned: funds.iter().map(|fund| fund.assigned).sum(),
        used: funds.iter().map(|fund| fund.used).sum(),
        lost: funds.iter().map(|fund| fund.lost).sum(),
        need: zones.iter().map(|zone| zone.need).sum(),
        covered: zones.iter().map(|zone| zone.covered).sum(),
    });
    Answer {
        goals: (1..)
            .zip(&figures.goals)
            .map(|(number, line)| goal(index, number, line))
            .collect(),
        ledger: payments.collect(),
        scenario: head,
        zones,
        funds,
    }
}

fn goal(index: i64, number: i64, line: &GoalLine) -> GoalRow {
    let is_euro = line.unit == "euro";
    let whole = Euro::floor_of(&line.value).filter(|euro| euro.to_exact() == line.value);
    GoalRow {
        index,
        goal: number,
        kind: line.kind.to_owned(),
        level: i64::from(line.level),
        unit: line.unit.to_owned(),
        value: exact_text(&line.value),
        gap: exact_text(&line.gap),
        value_cents: whole.filter(|_| is_euro).map(Euro::cents),
        gap_cents: Euro::ceil_of(&line.gap)
            .filter(|_| is_euro)
            .map(Euro::cents),
    }
}

/// Where a structure differs, in words for a file.
fn difference(difference: &Difference) -> String {
    format!("{} {}", difference.code(), difference.name())
}

fn signed(index: u64) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}
