//! How long a search that nobody waits for may take: which rules cannot hold together in whole numbers, and what would mend it.

use std::cell::Cell;
use std::time::{Duration, Instant};

use super::answer::Stop;
use super::checked::maximise_checked;
use super::engine::WholeAnswer;
use super::scaled::Scaled;

/// What all questions of one search may take together.
pub const SEARCH_SECONDS: u64 = 20;

/// What one of them may take, so that it leaves something to the others.
pub const QUESTION_SECONDS: u64 = 5;

/// The end of a search; it remembers whether it was reached.
#[derive(Debug)]
pub struct SearchLimit {
    until: Option<Instant>,
    reached: Cell<bool>,
}

impl SearchLimit {
    /// A search that begins now and ends after [`SEARCH_SECONDS`].
    #[must_use]
    pub fn from_now() -> Self {
        Self {
            until: Instant::now().checked_add(Duration::from_secs(SEARCH_SECONDS)),
            reached: Cell::new(false),
        }
    }

    /// Whether an answer is missing because the end was reached.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.reached.get()
    }

    /// When a question that is asked now has to end.
    pub(crate) fn until(&self) -> Option<Instant> {
        let own = Instant::now().checked_add(Duration::from_secs(QUESTION_SECONDS));
        [self.until, own].into_iter().flatten().min()
    }

    /// Maximises over points with whole numbers; `None` where this build has no solver that can.
    pub(crate) fn ask(&self, scaled: &Scaled, cost: &[f64], whole: &[bool]) -> Option<WholeAnswer> {
        let until = self.until();
        let answer = maximise_checked(scaled, cost, whole, None, (0.0, until))?;
        if answer.stop == Stop::Limit {
            self.reached.set(true);
        }
        Some(answer)
    }
}
