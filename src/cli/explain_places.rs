//! What `explain` answers about places, and about a model without any plan.

use mappafondo::explain::{Cell, Explanation, Ground, Planned, given, trace, why_no_plan, why_not};
use mappafondo::model::Model;
use mappafondo::proposal::Proposal;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{explain_conflict as words, explain_places as places};

use super::args::{CellText, Explain};
use super::exit;
use super::failure::Failure;
use super::output::Output;

/// Places that are asked about, in the terms of the model.
pub(super) struct Places {
    why_not: Vec<Cell>,
    why: Vec<Cell>,
}

impl Places {
    pub(super) fn of(arguments: &Explain, model: &Model, output: &Output) -> Result<Self, Failure> {
        let cells = |texts: &[CellText]| {
            let cells = texts.iter().map(|text| cell(text, model, output));
            cells.collect::<Result<Vec<Cell>, Failure>>()
        };
        Ok(Self {
            why_not: cells(&arguments.why_not)?,
            why: cells(&arguments.why)?,
        })
    }

    /// Adds the answers.
    pub(super) fn answer(&self, ground: &Ground, plan: &Proposal, made: &mut Explanation) {
        let planned = Planned {
            ground,
            values: &plan.values,
        };
        let why_not = self
            .why_not
            .iter()
            .map(|&cell| why_not(planned, cell, None));
        made.why_not.extend(why_not);
        made.traces
            .extend(self.why.iter().map(|&cell| trace(planned, cell)));
    }
}

fn cell(text: &CellText, model: &Model, output: &Output) -> Result<Cell, Failure> {
    let refuse = |id: &str| {
        let id = terminal_text(id);
        Failure::new(
            exit::USAGE,
            output.fill(places::UNKNOWN_PLACE, &[("id", &id)]),
        )
    };
    let find = |id: &Option<String>, at: Option<usize>| match (id, at) {
        (Some(id), None) => Err(refuse(id)),
        (_, at) => Ok(at),
    };
    let position = |id: &Option<String>, ids: Vec<&String>| {
        find(
            id,
            id.as_ref()
                .and_then(|id| ids.into_iter().position(|known| known == id)),
        )
    };
    let fund = position(
        &text.fund,
        model.funds.iter().map(|fund| &fund.id).collect(),
    )?;
    let action = position(
        &text.action,
        model.actions.iter().map(|action| &action.id).collect(),
    )?;
    let zone = position(
        &text.zone,
        model.zones.iter().map(|zone| &zone.id).collect(),
    )?;
    if let Some(year) = text.year.filter(|year| !model.years.contains(year)) {
        return Err(refuse(&year.to_string()));
    }
    Ok(Cell {
        fund: fund.and_then(|at| model.fund_indices().nth(at)),
        action: action.and_then(|at| model.action_indices().nth(at)),
        zone: zone.and_then(|at| model.zone_indices().nth(at)),
        year: text.year,
    })
}

/// Why a model has no plan; `None` where nothing is found.
pub(super) fn no_plan(
    arguments: &Explain,
    model: &Model,
    output: &Output,
) -> Result<Option<Explanation>, Failure> {
    let forced = given(model, &arguments.force, arguments.in_force).map_err(|unknown| {
        let rule = terminal_text(&unknown);
        Failure::new(
            exit::USAGE,
            output.fill(words::UNKNOWN_RULE, &[("rule", &rule)]),
        )
    })?;
    output.progress(words::WHY_NO_PLAN);
    let conflict =
        why_no_plan(model, &forced).map_err(|error| Failure::internal(&error, output))?;
    Ok(conflict.map(|conflict| Explanation {
        conflict: Some(conflict),
        ..Explanation::default()
    }))
}
