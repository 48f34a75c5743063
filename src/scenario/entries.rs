//! Entries of `model.toml` that a change means, and the texts in them.

use num_traits::Zero;
use toml_edit::TableLike;

use super::number;
use super::operator::{Operator, Refusal};
use super::select::Choice;
use super::state::{State, Touched};
use super::toml_text as toml;
use crate::input::{At, ChangeEntry, PartWord, Problems, Word};
use crate::problem::{Place, ScenarioProblem, Shown};
use crate::units::{Euro, Exact, parse_exact};

/// A change of a target: what it asks, how, of whom.
pub(super) struct Asked<'a> {
    pub(super) change: &'a At<ChangeEntry>,
    pub(super) operator: &'a At<Operator>,
    pub(super) choice: &'a Choice,
}

/// Where entries are, by which key they are named, and what a change looks for in them.
pub(super) struct Entries<'a> {
    pub(super) lists: &'a [&'a str],
    pub(super) name: &'a str,
    pub(super) part: &'a str,
}

impl Asked<'_> {
    /// The band it names.
    pub(super) fn band(&self) -> Option<&str> {
        let band = self.change.value.band.as_ref();
        band.map(|band| band.value.0.as_str())
    }

    /// The part it names.
    pub(super) fn part(&self) -> Option<PartWord> {
        self.change.value.part.as_ref().map(|part| part.value.0)
    }

    /// Changes each entry that is meant, in the order of the file. `make` says whether the entry has what is looked for; one
    /// that has not is told.
    pub(super) fn each(
        &self,
        entries: &Entries<'_>,
        is_meant: impl Fn(&str) -> bool,
        state: &mut State<'_>,
        problems: &mut Problems,
        mut make: impl FnMut(&mut dyn TableLike, &mut Touched, &mut Problems) -> Option<bool>,
    ) -> Option<()> {
        let mut touched = state.touched;
        let mut good = Some(());
        for list in entries.lists {
            for entry in toml::list_mut(state.document_mut(), list) {
                let id = toml::text(entry, entries.name).unwrap_or_default();
                if is_meant(&id) && !make(entry, &mut touched, problems)? {
                    let (id, what) = (Shown::new(&id), Shown::new(entries.part));
                    let missing = ScenarioProblem::NoSuchPart { id, what };
                    problems.push(self.change.place.clone(), missing);
                    good = None;
                }
            }
        }
        state.touched = touched;
        good
    }

    /// The same for the entries of a list that speak of a fund that is meant.
    pub(super) fn each_of_fund(
        &self,
        (list, part): (&str, PartWord),
        state: &mut State<'_>,
        problems: &mut Problems,
        make: impl FnMut(&mut dyn TableLike, &mut Touched, &mut Problems) -> Option<bool>,
    ) -> Option<()> {
        let entries = Entries {
            lists: &[list],
            name: "fund",
            part: part.word(),
        };
        let is_meant = |fund: &str| self.choice.fund(fund);
        self.each(&entries, is_meant, state, problems, make)
    }

    /// Changes the text at a key, where there is one; gives whether there is.
    pub(super) fn renew(
        &self,
        (table, key): (&mut dyn TableLike, &str),
        touched: &mut Touched,
        problems: &mut Problems,
        new: impl FnOnce(&Operator, &str) -> Result<String, Refusal>,
    ) -> Option<bool> {
        let Some(old) = toml::text(table, key) else {
            return Some(false);
        };
        let new = problems.keep(&self.operator.place, new(&self.operator.value, &old))?;
        let (was, is) = (parse_exact(&old), parse_exact(&new));
        let is_changed = if was.is_some() { was != is } else { old != new };
        touched.count(is_changed);
        if is_changed {
            toml::set_formula(table, key, new);
        }
        Some(true)
    }

    /// Where its value stands.
    pub(super) fn value_place(&self) -> &Place {
        &self.operator.place
    }
}

fn number_of(old: &str, what: &str) -> Result<Exact, Refusal> {
    parse_exact(old).ok_or_else(|| {
        let (value, what) = (Shown::new(old), Shown::new(what));
        ScenarioProblem::NotANumber { value, what }.into()
    })
}

/// A share from a share, as text.
pub(super) fn share_of(operator: &Operator, old: &str, what: &str) -> Result<String, Refusal> {
    share_text(&operator.quantity(&number_of(old, what)?, what)?, what)
}

/// A share as text.
pub(super) fn share_text(share: &Exact, what: &str) -> Result<String, Refusal> {
    let what = Shown::new(what);
    Ok(number::share(share).ok_or(ScenarioProblem::TooLarge { what })?)
}

/// Euro from euro, as text, rounded half up to the cent.
pub(super) fn money_of(operator: &Operator, old: &str, what: &str) -> Result<String, Refusal> {
    let new = operator.quantity(&number_of(old, what)?, what)?;
    let what = Shown::new(what);
    let new = Euro::round_of(&new).ok_or(ScenarioProblem::TooLarge { what })?;
    Ok(new.to_string())
}

/// A whole number from zero up, from another.
pub(super) fn whole_of(operator: &Operator, old: &str, what: &str) -> Result<String, Refusal> {
    let new = operator.quantity(&number_of(old, what)?, what)?;
    if new.is_integer() && new >= Exact::zero() {
        return Ok(new.to_string());
    }
    let (value, what) = (
        Shown::new(&crate::units::exact_text(&new)),
        Shown::new(what),
    );
    Err(ScenarioProblem::NotANumber { value, what }.into())
}
