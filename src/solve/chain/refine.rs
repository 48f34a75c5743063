//! A goal whose parts are far apart in size: what the solver took for noise beside the largest is solved once more by itself.

use super::{Chain, SolveError};
use crate::solve::answer::Answer;
use crate::solve::face::{Face, lock};
use crate::tolerance::{FACE_RELATIVE, REFINED};

/// Rounds, each of which reaches parts some 1e6 smaller.
const ROUNDS: usize = 3;

impl Chain<'_, '_> {
    /// Solves for what the multipliers of a locked goal leave of its costs on the face, made as large as the solver likes, and adds
    /// the multipliers found: on the face the goal is that and a constant.
    ///
    /// # Source
    /// A. M. Gleixner, D. E. Steffy and K. Wolter, *Iterative refinement for linear programming*, INFORMS J. Comput. 28 (2016).
    pub(super) fn refine(
        &mut self,
        cost: &[f64],
        answer: &mut Answer,
        face: &mut Face,
    ) -> Result<(), SolveError> {
        for _ in 0..ROUNDS {
            let Some(dual) = &mut answer.dual else {
                return Ok(());
            };
            let (mut rest, size) = self.scaled.reduced(cost, dual);
            for (column, rest) in rest.iter_mut().enumerate() {
                let is_free = self.scaled.lower[column] < self.scaled.upper[column];
                if !is_free || rest.abs() <= FACE_RELATIVE * size[column] {
                    *rest = 0.0;
                }
            }
            let most = rest.iter().fold(0.0_f64, |most, rest| most.max(rest.abs()));
            // Below that it is the last digits of multipliers that cancel.
            if most <= REFINED {
                return Ok(());
            }
            rest.iter_mut().for_each(|rest| *rest /= most);
            let next = match self.ask(&rest) {
                // The goal stays as far from its bound as its gap says.
                Err(SolveError::Failed(_)) => return Ok(()),
                answer => answer?,
            };
            let more = lock(&mut self.scaled, &rest, &next);
            let priced =
                |of: Vec<(usize, f64)>| of.into_iter().map(move |(k, price)| (k, price * most));
            face.columns.extend(priced(more.columns));
            face.rows.extend(priced(more.rows));
            for (own, more) in dual.iter_mut().zip(next.dual.iter().flatten()) {
                *own += most * more;
            }
            answer.primal = next.primal;
        }
        Ok(())
    }
}
