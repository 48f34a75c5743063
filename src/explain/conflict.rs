//! Which rules cannot hold together, and what would mend it.

use std::collections::BTreeSet;

use super::Cell;
use super::repair::{Repair, repairs};
use crate::lp::{
    BuildError, LinearProgram, Origin, build_in_full, build_to_choose_in_full, raised,
};
use crate::model::{Law, Model};
use crate::proposal::{ConflictLine, conflict_line, is_proved, plan_with, provable};
use crate::solve::{self, SearchLimit, conflicts, whole_conflict};
use crate::units::{Euro, Year};

/// Most sets that are told.
const MOST_SETS: usize = 8;

/// One member of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Code, title, law and strength.
    pub line: ConflictLine,
    /// Whether it was taken as given: then it is what the others conflict with.
    pub forced: bool,
    /// In how many places (zones, years) it takes part.
    pub cases: usize,
    /// The first of them.
    pub first: Cell,
    /// What there is in all over the plan: of a fund its amounts, of a need its euro; `None` for rules and needs without a limit.
    pub total: Option<Euro>,
}

/// Rules, funds and needs that cannot hold together: without any one of them the others can.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictSet {
    /// Its members, rules as the model has them.
    pub members: Vec<Member>,
    /// By how much it fails at least, in euro.
    pub shortfall: Option<Euro>,
    /// Whether whole numbers alone make it so: then it is the solver's word.
    pub whole: bool,
    /// Whether exact arithmetic shows that they cannot hold together.
    pub proved: bool,
    /// Whether for each member a plan in whole cents was found in which all the others hold.
    pub irreducible: bool,
}

/// Why there is no plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// Sets that share no rule but those taken as given (funds and needs may be in several), the first found first.
    pub sets: Vec<ConflictSet>,
    /// Codes of rules that were taken as given.
    pub forced: Vec<String>,
    /// What would do, the cheapest of each kind: first moving plan rules alone, or, where that cannot do, laws too; then money alone.
    pub repairs: Vec<Repair>,
    /// Whether the search for members or repairs ended at its limit ([`SEARCH_SECONDS`](crate::solve::SEARCH_SECONDS)): then sets
    /// may name more than they need, and there may be repairs that were not found.
    pub limited: bool,
}

/// The rules and matches by these codes, and those in force in a year, as what may not be the culprit; the first code that is
/// none of them otherwise.
///
/// # Errors
/// The code that is neither of a rule nor of a match.
pub fn given(
    model: &Model,
    codes: &[String],
    in_force: Option<Year>,
) -> Result<BTreeSet<Origin>, String> {
    let holds = |law: &Law| {
        in_force.is_some_and(|year| {
            law.from.is_none_or(|from| from <= year) && law.to.is_none_or(|to| year <= to)
        })
    };
    let rules = model.rules.iter().enumerate();
    let rules = rules.map(|(position, rule)| (&rule.id, &rule.law, Origin::Rule(position)));
    let matches = model.matches.iter().enumerate();
    let matches = matches.map(|(position, rule)| (&rule.id, &rule.law, Origin::Match(position)));
    let known: Vec<(&String, &Law, Origin)> = rules.chain(matches).collect();
    if let Some(unknown) = codes
        .iter()
        .find(|code| !known.iter().any(|(id, _, _)| id == code))
    {
        return Err(unknown.clone());
    }
    Ok(known
        .into_iter()
        .filter(|(id, law, _)| codes.contains(id) || holds(law))
        .map(|(_, _, origin)| origin)
        .collect())
}

/// Why a model has no plan; `None` where it has one, or the solver has no answer. What is `given` is not to be the culprit and is
/// not moved by repairs.
///
/// # Errors
/// [`BuildError`] when the model cannot be written as a programme.
pub fn why_no_plan(
    model: &Model,
    given: &BTreeSet<Origin>,
) -> Result<Option<Conflict>, BuildError> {
    let original = model;
    let model = &raised(model)?;
    let program = build_in_full(model)?;
    let limit = SearchLimit::from_now();
    let mut found = conflicts(model, &program, given, MOST_SETS);
    if found.is_empty() {
        let chosen_on = build_to_choose_in_full(original)?;
        found.extend(
            whole_conflict(model, &chosen_on, given, &limit).map(|origins| solve::Conflict {
                origins,
                multipliers: Vec::new(),
                whole: true,
                violation_cents: 0.0,
            }),
        );
    }
    if found.is_empty() {
        return Ok(None);
    }
    let found: Vec<solve::Conflict> = found
        .into_iter()
        .map(|conflict| provable(model, &program, conflict))
        .collect();
    let sets: Vec<ConflictSet> = found
        .iter()
        .map(|conflict| set(model, &program, conflict, given, &limit))
        .collect();
    let money = found.iter().any(|conflict| {
        conflict
            .origins
            .iter()
            .any(|o| matches!(o, Origin::Fund(_)))
    });
    Ok(Some(Conflict {
        sets,
        forced: given
            .iter()
            .map(|&origin| conflict_line(model, origin).id)
            .collect(),
        repairs: repairs(model, &program, given, money, &limit)?,
        limited: limit.is_reached(),
    }))
}

fn set(
    model: &Model,
    program: &LinearProgram,
    conflict: &solve::Conflict,
    given: &BTreeSet<Origin>,
    limit: &SearchLimit,
) -> ConflictSet {
    let origins: BTreeSet<Origin> = conflict.origins.iter().copied().collect();
    let irreducible = origins.iter().all(|origin| {
        let mut others = origins.clone();
        others.remove(origin);
        plan_with(model, program, &others, limit).is_some()
    });
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a saturating cast of an amount that is told as seen by the solver"
    )]
    let cents = conflict.violation_cents.round() as i64;
    ConflictSet {
        members: origins
            .iter()
            .map(|&origin| member(model, program, conflict, origin, given))
            .collect(),
        shortfall: (cents > 0).then(|| Euro::from_cents(cents)),
        whole: conflict.whole,
        proved: !conflict.whole && is_proved(model, program, conflict),
        irreducible,
    }
}

fn member(
    model: &Model,
    program: &LinearProgram,
    conflict: &solve::Conflict,
    origin: Origin,
    given: &BTreeSet<Origin>,
) -> Member {
    let named = conflict
        .multipliers
        .iter()
        .map(|&(row, _)| row)
        .filter(|&row| program.rows[row].origin == origin);
    let all =
        (0..program.rows.len()).filter(|&row| conflict.whole && program.rows[row].origin == origin);
    let mut places: Vec<crate::lp::Place> = named
        .chain(all)
        .map(|row| program.rows[row].place)
        .collect();
    places.sort_unstable();
    places.dedup();
    let first = places.first().copied().unwrap_or_default();
    let sum = |mut amounts: Box<dyn Iterator<Item = Option<Euro>> + '_>| {
        amounts.try_fold(Euro::ZERO, |sum, euro| sum.checked_add(euro?))
    };
    let total = match origin {
        Origin::Fund(fund) => {
            let own = model.money.iter().filter(move |(key, _)| key.0 == fund);
            sum(Box::new(own.map(|(_, money)| Some(money.total))))
        }
        Origin::Need(action) => {
            let own = model.demands.iter().filter(move |d| d.action == action);
            sum(Box::new(own.map(|demand| demand.euro)))
        }
        _ => None,
    };
    Member {
        line: conflict_line(model, origin),
        forced: given.contains(&origin),
        cases: places.len(),
        first: Cell {
            fund: first.fund,
            action: first.action,
            zone: first.zone,
            year: first.year,
        },
        total,
    }
}
