//! The base: solved once, then asked about many scenarios.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::hot;
use super::structure::{Difference, difference};
use super::{HandedOver, Integers, Ready, Route, Solved};
use crate::lp::{ColumnKey, LinearProgram, build, settled};
use crate::model::{ActionIdx, Model, ZoneIdx};
use crate::solve::Options;
use crate::solve::answer::SolveError;
use crate::solve::batch::{Batch, Case, LANES, Refused};
use crate::solve::chain::{Plan, Steps, leaving_steps, solve};
use crate::solve::integers::Whole;
use crate::solve::scaled::money_unit;
use crate::units::Year;

/// The base model solved, and what its scenarios share: structure, whole numbers, where each goal ended.
#[derive(Clone, Debug)]
pub struct Base {
    pub(super) options: Options,
    integers: Integers,
    plan: Plan,
    /// The programme as built, whole numbers fixed, before the levels of goals.
    program: LinearProgram,
    /// Units chosen, by action, zone and year: they may earn money.
    units: BTreeMap<(ActionIdx, ZoneIdx, Year), i64>,
    has_earnings: bool,
    with_play: bool,
    pub(super) steps: Steps,
    model: Model,
    /// What the batched engine shares, found when it is first asked; `None` where it has nothing to offer.
    shared: OnceLock<Option<Batch>>,
}

/// Those of some scenarios that the batched engine can take, with their positions.
pub(super) fn cases<'r>(
    ready: &'r [Result<Ready<'_>, Aside>],
    unit: f64,
) -> (Vec<usize>, Vec<Case<'r>>) {
    let case = |(position, ready): (usize, &'r Result<Ready<'_>, Aside>)| {
        let ready = ready.as_ref().ok()?;
        Some((
            position,
            Case::new(ready.of(), ready.program.clone(), unit)?,
        ))
    };
    ready.iter().enumerate().filter_map(case).unzip()
}

impl From<Refused> for HandedOver {
    fn from(why: Refused) -> Self {
        match why {
            Refused::Structure => Self::Structure,
            Refused::NotConverged => Self::NotConverged,
            Refused::Unproved => Self::Doubt,
            Refused::Pick => Self::Pick,
        }
    }
}

/// Why a scenario cannot be answered by filling in numbers.
pub(super) enum Aside {
    Rebuilt(Difference),
    Why(HandedOver),
    Error(SolveError),
}

impl Base {
    /// Solves the base, as [`solve`](crate::solve::solve) does.
    ///
    /// # Errors
    /// See [`solve`](crate::solve::solve).
    pub fn new(model: &Model, integers: Integers, options: &Options) -> Result<Self, SolveError> {
        let (plan, steps, program, with_play) = leaving_steps(model, options)?;
        let units = program
            .columns
            .iter()
            .filter(|column| matches!(column.key, ColumnKey::Units { .. }))
            .filter_map(|column| {
                let place = column.place;
                Some(((place.action?, place.zone?, place.year?), column.lower))
            })
            .collect();
        Ok(Self {
            options: *options,
            integers,
            plan,
            program,
            units,
            has_earnings: !model.earnings.is_empty(),
            with_play,
            steps,
            model: model.clone(),
            shared: OnceLock::new(),
        })
    }

    /// The plan of the base.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The programme of the base as built, its whole numbers fixed: the structure of its scenarios.
    #[must_use]
    pub fn program(&self) -> &LinearProgram {
        &self.program
    }

    /// The model of the base.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Cents in the unit of its solvers' amounts: its scenarios are solved in the same.
    pub(super) fn unit(&self) -> f64 {
        money_unit(&self.program)
    }

    pub(super) fn with_play(&self) -> bool {
        self.with_play
    }

    /// Answers scenarios by a route, each as if it were alone; in their order.
    #[must_use]
    pub fn solve(&self, route: Route, models: &[Model]) -> Vec<Solved> {
        if route == Route::Cold {
            return models.iter().map(|model| self.cold(model)).collect();
        }
        if route == Route::Batch {
            return models
                .chunks(LANES)
                .flat_map(|models| self.batch(models))
                .collect();
        }
        models
            .iter()
            .map(|model| match self.ready(model) {
                Ok(ready) => self.hot(ready, None),
                Err(aside) => self.aside(model, aside),
            })
            .collect()
    }

    /// By the hot route; where it is not the one asked, with the reason.
    fn hot(&self, ready: Ready<'_>, handed_over: Option<HandedOver>) -> Solved {
        let model = ready.model;
        match hot::solve(self, ready) {
            Ok(plan) => Solved {
                plan,
                route: Route::Hot,
                handed_over,
                rebuilt: None,
            },
            Err(why @ (HandedOver::Pick | HandedOver::Doubt)) => self.anew(model, why),
            Err(why) => self.aside(model, Aside::Why(why)),
        }
    }

    /// From nothing, with the whole numbers of the base; where they leave no plan, they are chosen for the scenario.
    fn anew(&self, model: &Model, why: HandedOver) -> Solved {
        let ready = match self.ready(model) {
            Ok(ready) => ready,
            Err(aside) => return self.aside(model, aside),
        };
        match hot::solve_anew(self, ready) {
            Ok(plan) => Solved {
                plan: Ok(plan),
                route: Route::Cold,
                handed_over: Some(why),
                rebuilt: None,
            },
            Err(_) => self.aside(model, Aside::Why(why)),
        }
    }

    /// What the batched engine shares; `None` where it has nothing to offer.
    pub(super) fn shared(&self) -> Option<&Batch> {
        let find = || {
            let model = self.plan.model.as_ref().unwrap_or(&self.model);
            Batch::new(&Case::new(model, self.program.clone(), self.unit())?)
        };
        self.shared.get_or_init(find).as_ref()
    }

    /// At most as many scenarios as there are lanes.
    fn batch(&self, models: &[Model]) -> Vec<Solved> {
        let ready: Vec<Result<Ready<'_>, Aside>> =
            models.iter().map(|model| self.ready(model)).collect();
        let mut plans: Vec<Result<Plan, HandedOver>> =
            models.iter().map(|_| Err(HandedOver::Levels)).collect();
        if let Some(shared) = self.shared() {
            let (lanes, cases) = cases(&ready, self.unit());
            let whole = |&lane: &usize| ready[lane].as_ref().ok()?.whole.clone();
            let wholes: Vec<Option<Whole>> = lanes.iter().map(whole).collect();
            let solved = shared.solve(cases.into_iter().zip(wholes).collect(), self.steps.pick());
            for (lane, plan) in lanes.into_iter().zip(solved) {
                plans[lane] = plan.map_err(HandedOver::from);
            }
        }
        ready
            .into_iter()
            .zip(plans)
            .zip(models)
            .map(|((ready, plan), model)| match (ready, plan) {
                (Ok(ready), Ok(mut plan)) => {
                    plan.model = ready.settled;
                    Solved {
                        plan: Ok(plan),
                        route: Route::Batch,
                        handed_over: None,
                        rebuilt: None,
                    }
                }
                // The hot route has no other pick.
                (Ok(_), Err(why @ HandedOver::Pick)) => self.anew(model, why),
                (Ok(ready), Err(why)) => self.hot(ready, Some(why)),
                (Err(aside), _) => self.aside(model, aside),
            })
            .collect()
    }

    /// The reference: the scenario alone, its whole numbers chosen for it.
    fn cold(&self, model: &Model) -> Solved {
        Solved {
            plan: solve(model, &self.options),
            route: Route::Cold,
            handed_over: None,
            rebuilt: None,
        }
    }

    fn aside(&self, model: &Model, aside: Aside) -> Solved {
        let (handed_over, rebuilt) = match aside {
            Aside::Rebuilt(difference) => (HandedOver::Structure, Some(difference)),
            Aside::Why(why) => (why, None),
            Aside::Error(why) => {
                return Solved {
                    plan: Err(why),
                    route: Route::Cold,
                    handed_over: None,
                    rebuilt: None,
                };
            }
        };
        Solved {
            handed_over: Some(handed_over),
            rebuilt,
            ..self.cold(model)
        }
    }

    /// Builds a scenario and fixes its whole numbers to the base's.
    pub(super) fn ready<'m>(&self, model: &'m Model) -> Result<Ready<'m>, Aside> {
        let has_whole = self.plan.whole.is_some();
        if has_whole && self.integers == Integers::Resolve {
            return Err(Aside::Why(HandedOver::Whole));
        }
        if self.with_play {
            return Err(Aside::Why(HandedOver::Play));
        }
        // What is earned follows from whole units: a scenario in which units begin or cease to earn is another programme.
        if model.earnings.is_empty() == self.has_earnings {
            return Err(Aside::Why(HandedOver::Whole));
        }
        let refused = |why| Aside::Error(SolveError::Build(why));
        let settled = if self.has_earnings {
            let units = |earning: &crate::model::Earning, zone, year| {
                let key = (earning.action, zone, year);
                self.units.get(&key).copied().unwrap_or(0)
            };
            Some(settled(model, units).map_err(refused)?)
        } else {
            None
        };
        let mut program = build(settled.as_ref().unwrap_or(model)).map_err(refused)?;
        if let Some(difference) = difference(&self.program, &program) {
            return Err(Aside::Rebuilt(difference));
        }
        let mut values = Vec::new();
        for (position, (column, base)) in
            (program.columns.iter_mut().zip(&self.program.columns)).enumerate()
        {
            if !column.is_whole() {
                continue;
            }
            let value = base.lower;
            if !(column.lower..=column.upper).contains(&value) {
                return Err(Aside::Why(HandedOver::FixedWhole));
            }
            (column.lower, column.upper) = (value, value);
            values.push((position, value));
        }
        let whole = has_whole.then(|| Whole {
            values,
            goals: Vec::new(),
            complete: true,
        });
        Ok(Ready {
            model,
            settled,
            program,
            whole,
            nudges: Vec::new(),
        })
    }
}
