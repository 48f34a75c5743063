//! What a command that takes its time is doing: a bar on a terminal, else a line on standard error now and then.

use std::io::{self, IsTerminal};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use mappafondo::explain::ground::Watch;
use mappafondo::model::Language;
use mappafondo::report::number::count;
use mappafondo::report::words::{Text, program as words};

use super::output::tell;

/// What takes less is not told.
const FIRST: Duration = Duration::from_secs(2);

/// A line comes no sooner than this after the last, and than a quarter of all the time so far.
const NEXT: Duration = Duration::from_secs(5);

/// How often it is looked whether a line is due.
const TICK: Duration = Duration::from_millis(200);

/// What is being done, for whoever tells it.
#[derive(Debug, Default)]
struct State {
    what: &'static str,
    /// Of so many things, so many are done; nothing where they are not counted.
    counted: Option<(u64, u64)>,
}

/// What is being done, told on standard error where nobody sees a bar.
#[derive(Clone, Debug)]
pub(crate) struct Progress {
    language: Language,
    state: Arc<Mutex<State>>,
    has_bar: bool,
}

impl Progress {
    /// Begins to watch, unless `quiet`.
    pub(crate) fn new(language: Language, quiet: bool) -> Self {
        let progress = Self {
            language,
            state: Arc::default(),
            has_bar: !quiet && io::stderr().is_terminal(),
        };
        if !quiet && !progress.has_bar {
            let watched = progress.clone();
            // Without a thread there are no lines, and the result is the same.
            drop(thread::Builder::new().spawn(move || watched.tell_now_and_then()));
        }
        progress
    }

    /// Says what is done from now on.
    pub(crate) fn begins(&self, what: Text) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.what = what.say(self.language).trim_end_matches(['.', '…']);
        state.counted = None;
    }

    /// A bar for things of which `done` of `all` are done already; `template` is of the bar with its names filled in. Nobody sees it
    /// before there is something to count.
    pub(crate) fn bar(&self, template: &str, (done, all): (u64, u64)) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(all), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_position(done);
        bar.reset_eta();
        let bar = Bar {
            bar,
            state: Arc::clone(&self.state),
            has_bar: self.has_bar,
        };
        bar.shows();
        bar.count();
        bar
    }

    fn tell_now_and_then(&self) {
        let begun = Instant::now();
        let mut due = FIRST;
        loop {
            thread::sleep(TICK);
            let past = begun.elapsed();
            if past >= due
                && let Some(line) = self.line(past)
            {
                tell(&line);
                due = past + NEXT.max(past / 4);
            }
        }
    }

    fn line(&self, past: Duration) -> Option<String> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let seconds = past.as_secs().to_string();
        let number = |n: u64| count(self.language, usize::try_from(n).unwrap_or(usize::MAX));
        let line = match state.counted {
            Some((done, all)) => words::DOING_COUNTED.fill(
                self.language,
                &[
                    ("what", state.what),
                    ("done", &number(done)),
                    ("all", &number(all)),
                    ("seconds", &seconds),
                ],
            ),
            None => words::DOING.fill(
                self.language,
                &[("what", state.what), ("seconds", &seconds)],
            ),
        };
        (!state.what.is_empty()).then_some(line)
    }
}

/// Things that are counted as they are done.
pub(crate) struct Bar {
    bar: ProgressBar,
    state: Arc<Mutex<State>>,
    /// Whether somebody may see it.
    has_bar: bool,
}

impl Bar {
    /// So many more are done.
    pub(crate) fn done(&self, more: u64) {
        self.bar.inc(more);
        self.count();
    }

    /// They are all done.
    pub(crate) fn end(&self) {
        self.bar.finish_and_clear();
    }

    fn count(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.counted = self.all().map(|all| (self.bar.position(), all));
    }

    /// How many things there are, where there are any.
    fn all(&self) -> Option<u64> {
        self.bar.length().filter(|all| *all > 0)
    }

    /// Comes into sight with the first things to count.
    fn shows(&self) {
        if self.has_bar && self.bar.is_hidden() && self.all().is_some() {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Watch for Bar {
    fn expect(&self, more: usize) {
        self.bar.inc_length(u64::try_from(more).unwrap_or(0));
        self.shows();
        self.count();
    }

    fn advanced(&self) {
        self.done(1);
    }
}
