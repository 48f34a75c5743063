//! The goals of a scenario near to the base, without the pick.

use super::base::{Aside, Base, cases};
use super::{HandedOver, Ready};
use crate::lp::LinearProgram;
use crate::model::Model;
use crate::solve::answer::SolveError;
use crate::solve::batch::{Case, LANES};
use crate::solve::chain::{Reached, Trail, Way, reach};
use crate::solve::engine::engine;
use crate::solve::scaled::Nudge;
use crate::units::Exact;

/// What the goals of a changed model come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Goals in order.
    pub goals: Vec<Reached>,
    /// Whether whole numbers are those of the base; else they were chosen anew, or there are none.
    pub whole_fixed: bool,
    /// What the multipliers found allow each goal where bounds are moved otherwise, if that was asked and goals were solved in one go.
    pub at_most: Vec<Exact>,
}

impl Reach {
    fn new(goals: Vec<Reached>, whole_fixed: bool) -> Self {
        Self {
            goals,
            whole_fixed,
            at_most: Vec::new(),
        }
    }
}

impl Base {
    /// What the goals of a changed model come to: by the hot route with the whole numbers of the base where the structure is the
    /// base's, else from nothing.
    ///
    /// # Errors
    /// [`SolveError::Infeasible`] where there is no plan (with the whole numbers of the base); the others as
    /// [`solve`](crate::solve::solve).
    pub fn reach(&self, model: &Model) -> Result<Reach, SolveError> {
        self.reach_before_cents(model, |_| Vec::new())
    }

    /// As [`Base::reach`], on bounds that are no whole cents: `nudges` says which, of the programme of the model. Where its structure is
    /// not the base's, cents stay.
    ///
    /// # Errors
    /// As [`Base::reach`].
    pub fn reach_before_cents(
        &self,
        model: &Model,
        nudges: impl FnOnce(&LinearProgram) -> Vec<Nudge>,
    ) -> Result<Reach, SolveError> {
        match self.ready(model) {
            Ok(mut ready) => {
                ready.nudges = nudges(&ready.program);
                self.reach_ready(ready, (None, None))
            }
            Err(Aside::Error(why)) => Err(why),
            Err(Aside::Why(HandedOver::FixedWhole)) => Err(SolveError::Infeasible),
            Err(_) => reach(model, &self.options).map(|goals| Reach::new(goals, false)),
        }
    }

    /// The programme of a changed model with the whole numbers of the base; `None` where its structure is not the base's.
    #[must_use]
    pub fn program_of(&self, model: &Model) -> Option<LinearProgram> {
        self.ready(model).ok().map(|ready| ready.program)
    }

    /// What the goals of many changed models come to, eight at once by the batched engine; what it hands over is asked as
    /// [`Base::reach`] does. In their order, each as if it were alone.
    #[must_use]
    pub fn reach_all(&self, models: &[Model]) -> Vec<Result<Reach, SolveError>> {
        let slices = models.chunks(LANES);
        slices.flat_map(|models| self.reach_slice(models)).collect()
    }

    fn reach_slice(&self, models: &[Model]) -> Vec<Result<Reach, SolveError>> {
        let ready: Vec<Result<Ready<'_>, Aside>> =
            models.iter().map(|model| self.ready(model)).collect();
        let mut reached: Vec<Option<Reach>> = models.iter().map(|_| None).collect();
        if let Some(shared) = self.shared() {
            let (lanes, cases) = cases(&ready, self.unit());
            // Where no goal wants anything nothing is solved, and nobody has seen whether there is a plan.
            let (lanes, cases): (Vec<usize>, Vec<Case<'_>>) = (lanes.into_iter().zip(cases))
                .filter(|(_, case)| case.wants_something())
                .unzip();
            for (lane, goals) in lanes.into_iter().zip(shared.reached(&cases)) {
                let whole_fixed = ready[lane]
                    .as_ref()
                    .is_ok_and(|ready| ready.whole.is_some());
                reached[lane] = goals.ok().map(|goals| Reach::new(goals, whole_fixed));
            }
        }
        let told = reached.into_iter().zip(models);
        told.map(|(reached, model)| reached.map_or_else(|| self.reach(model), Ok))
            .collect()
    }

    /// What the goals come to on the base's programme with other bounds of its rows: `change` gets it, whole numbers fixed.
    ///
    /// # Errors
    /// As [`Base::reach`].
    pub fn reach_on(&self, change: impl FnOnce(&mut LinearProgram)) -> Result<Reach, SolveError> {
        let mut program = self.program().clone();
        change(&mut program);
        self.reach_as(program, Vec::new(), (None, None))
    }

    /// What the goals come to on the base's programme where one of them, by its position, is left out.
    ///
    /// # Errors
    /// As [`Base::reach`].
    pub fn reach_without(&self, goal: usize) -> Result<Reach, SolveError> {
        self.reach_as(self.program().clone(), Vec::new(), (None, Some(goal)))
    }

    /// What the goals come to on the base's programme with bounds moved, to where whole cents need not have them; and what the same
    /// multipliers allow them with bounds moved to `other`.
    ///
    /// # Errors
    /// As [`Base::reach`].
    pub fn reach_moved(
        &self,
        nudges: Vec<Nudge>,
        other: Option<&[Nudge]>,
    ) -> Result<Reach, SolveError> {
        self.reach_as(self.program().clone(), nudges, (other, None))
    }

    fn reach_as(
        &self,
        program: LinearProgram,
        nudges: Vec<Nudge>,
        (other, without): (Option<&[Nudge]>, Option<usize>),
    ) -> Result<Reach, SolveError> {
        let whole = self.plan().whole.as_ref().map(|whole| whole.values.clone());
        let ready = Ready {
            model: self.model(),
            settled: self.plan().model.clone(),
            program,
            whole: whole.map(|values| crate::solve::Whole {
                values,
                goals: Vec::new(),
                complete: true,
            }),
            nudges,
        };
        self.reach_ready(ready, (other, without))
    }

    fn reach_ready(
        &self,
        mut ready: Ready<'_>,
        (other, without): (Option<&[Nudge]>, Option<usize>),
    ) -> Result<Reach, SolveError> {
        let whole_fixed = ready.whole.is_some();
        let (program, whole) = (ready.program.clone(), ready.whole.clone());
        let nudges = ready.nudges.clone();
        match self.follow(&mut ready, (other, without)) {
            Err(SolveError::Infeasible | SolveError::Failed(_)) => {}
            answer => {
                return answer.map(|(goals, at_most)| Reach {
                    at_most,
                    ..Reach::new(goals, whole_fixed)
                });
            }
        }
        // What a basis of the base may have led astray is solved from nothing; where multipliers still prove nothing, each goal is
        // solved once more on its own face.
        let mut last = Err(SolveError::Infeasible);
        for careful in [true, false] {
            (ready.program, ready.whole) = (program.clone(), whole.clone());
            ready.nudges.clone_from(&nudges);
            let mut engine = engine();
            let way = Way {
                engine: &mut *engine,
                trail: Trail::Nothing,
                careful,
                without,
            };
            last = super::hot::decided(self, &mut ready).reached(super::hot::until(self), way);
            if !matches!(last, Err(SolveError::Failed(_))) {
                break;
            }
        }
        last.map(|goals| Reach::new(goals, whole_fixed))
    }

    fn follow(
        &self,
        ready: &mut Ready<'_>,
        (other, without): (Option<&[Nudge]>, Option<usize>),
    ) -> Result<(Vec<Reached>, Vec<Exact>), SolveError> {
        let mut engine = engine();
        engine.follow();
        let way = Way {
            engine: &mut *engine,
            trail: Trail::Follow(&self.steps),
            careful: true,
            without,
        };
        super::hot::decided(self, ready).reached_and(super::hot::until(self), way, other)
    }
}
