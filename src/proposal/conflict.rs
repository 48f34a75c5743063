//! No allocation: the rules that cannot hold together, with the proof.

use std::collections::BTreeSet;

use super::transcript::{conflict_code, position, sheet};
use super::{ConflictLine, Infeasible};
use crate::lp::{LinearProgram, Origin};
use crate::model::{Model, Strength};
use crate::sheet::{Certificate, Claim, DOSSIER_FORMAT};
use crate::solve::{Conflict, solver_name};
use crate::units::Euro;

/// What an officer is told when no allocation obeys every rule.
pub(crate) fn infeasible(
    model: &Model,
    program: &LinearProgram,
    conflict: &Conflict,
) -> Infeasible {
    let mut seen = BTreeSet::new();
    let mut lines = Vec::new();
    for &origin in &conflict.origins {
        let line = conflict_line(model, origin);
        if seen.insert(line.id.clone()) {
            lines.push(line);
        }
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a saturating cast of an amount that is told as seen by the solver"
    )]
    let cents = conflict.violation_cents.round() as i64;
    Infeasible {
        whole: conflict.whole,
        shortfall: (cents > 0).then(|| Euro::from_cents(cents)),
        sheet: sheet(model, program, &[]),
        certificate: Certificate {
            format: DOSSIER_FORMAT,
            claim: claim(
                program,
                conflict,
                lines.iter().map(|line| line.id.clone()).collect(),
            ),
        },
        conflict: lines,
        solver: solver_name(),
    }
}

/// The claim of a conflict with its proof: a row is named with its multiplier only where its bound is there.
fn claim(program: &LinearProgram, conflict: &Conflict, named: Vec<String>) -> Claim {
    let multipliers = conflict
        .multipliers
        .iter()
        .filter(|&&(row, multiplier)| {
            let entry = &program.rows[row];
            let bound = if multiplier > 0.0 {
                entry.lower
            } else {
                entry.upper
            };
            bound.is_some()
        })
        .map(|&(row, multiplier)| (position(row), multiplier))
        .collect();
    Claim::Infeasible {
        multipliers,
        whole: conflict.whole,
        conflict: named,
    }
}

/// Whether exact arithmetic, that of the checker, shows that the rows of a conflict cannot hold together, and that it names them.
pub(crate) fn is_proved(model: &Model, program: &LinearProgram, conflict: &Conflict) -> bool {
    let named = conflict
        .origins
        .iter()
        .map(|&origin| conflict_code(model, origin))
        .collect();
    let sheet = sheet(model, program, &[]);
    crate::verify::cannot_hold(&sheet, &claim(program, conflict, named))
}

/// The conflict with multipliers that prove it: those of the solver, else whole numbers near them, for the last digits of a
/// multiplier of a row of billions are worth more than the cent it is about. Where none do and something is whole, it is a conflict of
/// whole numbers, on the solver's word.
pub(crate) fn provable(model: &Model, program: &LinearProgram, conflict: Conflict) -> Conflict {
    if conflict.whole || is_proved(model, program, &conflict) {
        return conflict;
    }
    let mut whole = conflict.in_whole_multipliers().into_iter();
    if let Some(next) = whole.find(|next| is_proved(model, program, next)) {
        return next;
    }
    let mut open = program.columns.iter();
    if open.any(|column| column.is_whole() && !column.is_chosen()) {
        return Conflict {
            multipliers: Vec::new(),
            whole: true,
            ..conflict
        };
    }
    conflict
}

/// What an officer is told of one member.
pub(crate) fn conflict_line(model: &Model, origin: Origin) -> ConflictLine {
    let id = conflict_code(model, origin);
    let (title, law, strength) = match origin {
        Origin::Eligibility(fund, action) => {
            let (fund, action) = (model.fund(fund), model.action(action));
            (
                format!("{} - {}", fund.name, action.name),
                fund.law.clone().unwrap_or_default(),
                None,
            )
        }
        Origin::Fund(fund) => {
            let fund = model.fund(fund);
            (
                fund.name.clone(),
                fund.law.clone().unwrap_or_default(),
                None,
            )
        }
        Origin::Need(action) => (model.action(action).name.clone(), String::new(), None),
        Origin::Rule(rule) => {
            let rule = &model.rules[rule];
            (rule.title.clone(), rule.law.cite(), Some(rule.strength))
        }
        Origin::Match(entry) => {
            let entry = &model.matches[entry];
            (entry.title.clone(), entry.law.cite(), Some(entry.strength))
        }
        Origin::FlatRate(entry) => {
            let entry = &model.flat_rates[entry];
            let title = model.action(entry.action).name.clone();
            (title, entry.law.cite(), Some(Strength::Law))
        }
        Origin::Claim(entry) => {
            let entry = &model.claims[entry];
            let title = model.fund(entry.fund).name.clone();
            (title, entry.law.cite(), Some(Strength::Law))
        }
        Origin::Goal(_) | Origin::Whole => (String::new(), String::new(), None),
    };
    ConflictLine {
        id,
        title,
        law,
        strength,
    }
}
