//! The goals without a rule, or without all rules of an act.

use std::num::NonZeroUsize;

use num_traits::Zero;

use super::{LawPrice, Proof};
use crate::explain::change::without_in;
use crate::explain::ground::{Advanced, ExplainError, Ground, changes, on_threads};
use crate::explain::price::n_binding;
use crate::explain::{Cell, GoalChange, GoalValue};
use crate::lp::{Column, Origin, Row};
use crate::model::{Model, Strength};
use crate::proposal::RuleLine;
use crate::solve::SolveError;
use crate::units::Exact;

/// What is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Codes of rules and matches, in the order of the model.
    pub rules: Vec<String>,
    /// Title for people: of the rule, or the act.
    pub title: String,
    /// The law, cited, or the act.
    pub law: String,
    /// Whether they are all rules of an act.
    pub is_act: bool,
    /// The strongest of them.
    pub strength: Strength,
    /// In which zone only; of rules, not of matches.
    pub place: Cell,
}

/// Each rule and match alone, in the order of the model.
#[must_use]
pub fn rules(model: &Model) -> Vec<Left> {
    let of_rule = |id: &String, title: &String, law: String, strength| Left {
        rules: vec![id.clone()],
        title: title.clone(),
        law,
        is_act: false,
        strength,
        place: Cell::default(),
    };
    let rules = model
        .rules
        .iter()
        .map(|rule| of_rule(&rule.id, &rule.title, rule.law.cite(), rule.strength));
    let matches = model
        .matches
        .iter()
        .map(|of| of_rule(&of.id, &of.title, of.law.cite(), of.strength));
    rules.chain(matches).collect()
}

/// All rules and matches of each act, in the order in which the acts first appear.
#[must_use]
pub fn acts(model: &Model) -> Vec<Left> {
    let of_rules = model
        .rules
        .iter()
        .map(|rule| (&rule.id, &rule.law.act, rule.strength));
    let of_matches = model
        .matches
        .iter()
        .map(|of| (&of.id, &of.law.act, of.strength));
    let mut acts: Vec<Left> = Vec::new();
    for (id, act, strength) in of_rules.chain(of_matches) {
        match acts.iter_mut().find(|left| left.law == *act) {
            Some(left) => {
                left.rules.push(id.clone());
                left.strength = left.strength.min(strength);
            }
            None => acts.push(Left {
                rules: vec![id.clone()],
                title: act.clone(),
                law: act.clone(),
                is_act: true,
                strength,
                place: Cell::default(),
            }),
        }
    }
    acts
}

/// What becomes of whole numbers where a rule is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wholes {
    /// They stay those of the plan, but for rules that speak of them: a cost is then *at least* so much, and quickly found.
    Kept,
    /// They are chosen anew.
    Anew,
}

/// What each of them costs, the dearest first: compared goal by goal, in order; what costs the same stays in the order given.
///
/// `lines` are the rules of the plan, as a [`Proposal`](crate::proposal::Proposal) has them.
///
/// # Errors
/// [`ExplainError::Threads`].
pub fn law_prices(
    ground: &Ground,
    lines: &[RuleLine],
    (left, wholes): (&[Left], Wholes),
    threads: NonZeroUsize,
    advanced: Advanced<'_>,
) -> Result<Vec<LawPrice>, ExplainError> {
    let mut prices = on_threads(threads, left, advanced, |left| {
        price(ground, lines, left, wholes)
    })?;
    prices.sort_by(|one, other| dearer(&one.gains, &other.gains));
    Ok(prices)
}

fn price(ground: &Ground, lines: &[RuleLine], left: &Left, wholes: Wholes) -> LawPrice {
    let model = ground.model();
    let (found, proof) = match (wholes, ground.whole_fixed()) {
        (_, false) => (freed(ground, left), Proof::Bounded),
        (Wholes::Kept, true) if !speaks_of_wholes(ground, left) => {
            (freed(ground, left), Proof::WholeKept)
        }
        _ => {
            let without = without_in(model, &left.rules, left.place.zone);
            (ground.anew(&without), Proof::WholeChosen)
        }
    };
    let (gains, within) = match &found {
        Ok(found) => {
            let within = ground.now().iter().filter_map(|now| {
                let other = found.iter().find(|other| other.key == now.key)?;
                Some(now.above + other.above)
            });
            let pairs = changes(ground.now(), found).into_iter().zip(within);
            pairs.filter(|(gain, _)| !is_own(left, gain)).unzip()
        }
        Err(_) => (Vec::new(), Vec::new()),
    };
    let here: Vec<RuleLine> = match left.place.zone {
        None => lines.to_vec(),
        Some(zone) => {
            let is_here = |line: &&RuleLine| line.zone == Some(zone);
            lines.iter().filter(is_here).cloned().collect()
        }
    };
    LawPrice {
        rules: left.rules.clone(),
        title: left.title.clone(),
        law: left.law.clone(),
        is_act: left.is_act,
        place: left.place,
        strength: left.strength,
        gains,
        within,
        proof,
        binding: n_binding(&here, &left.rules),
    }
}

/// Whether a row comes from what is left out.
fn is_left(model: &Model, left: &Left, row: &Row) -> bool {
    let id = match row.origin {
        Origin::Rule(rule) => model.rules.get(rule).map(|rule| &rule.id),
        Origin::Match(of) => model.matches.get(of).map(|of| &of.id),
        _ => None,
    };
    let is_here = left.place.zone.is_none() || row.place.zone == left.place.zone;
    is_here && id.is_some_and(|id| left.rules.contains(id))
}

/// The plan's programme with the rows of what is left out free: from where the plan stands that is a few steps.
fn freed(ground: &Ground, left: &Left) -> Result<Vec<GoalValue>, SolveError> {
    ground.near_on(|program| {
        for row in program.rows.iter_mut() {
            if is_left(ground.model(), left, row) {
                (row.lower, row.upper) = (None, None);
            }
        }
    })
}

/// Whether rules count or ask for what is whole.
fn speaks_of_wholes(ground: &Ground, left: &Left) -> bool {
    let program = ground.base().program();
    let is_whole = |cell: &(usize, i64)| program.columns.get(cell.0).is_some_and(Column::is_whole);
    let mut rows = program.rows.iter();
    rows.any(|row| is_left(ground.model(), left, row) && row.cells.iter().any(is_whole))
}

/// Whether a goal is the one that counts what is missing of targets, or wishes, and only those are left out: what is not asked for is not
/// missing, and that is no gain.
fn is_own(left: &Left, gain: &GoalChange) -> bool {
    match left.strength {
        Strength::Law | Strength::Plan => false,
        Strength::Target => matches!(gain.key.kind, "targets" | "wishes"),
        Strength::Wish => gain.key.kind == "wishes",
    }
}

/// A gain that is told: above a hundredth of a euro, or a millionth of what is no money.
#[must_use]
pub fn counts(gain: &GoalChange) -> bool {
    let least = if gain.key.unit == "euro" {
        Exact::new(1, 100)
    } else {
        Exact::new(1, 1_000_000)
    };
    gain.change >= least || gain.change <= -least
}

/// The dearer first, goal by goal; what is too small to be told decides nothing.
fn dearer(one: &[GoalChange], other: &[GoalChange]) -> std::cmp::Ordering {
    for (a, b) in one.iter().zip(other) {
        let told = |gain: &GoalChange| {
            if counts(gain) {
                gain.change
            } else {
                Exact::zero()
            }
        };
        let order = told(b).cmp(&told(a));
        if order.is_ne() {
            return order;
        }
    }
    // What could not be solved comes last.
    other.len().cmp(&one.len())
}
