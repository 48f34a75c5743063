//! From codes in files to positions in the model, and from `pay` columns to the cells they fill.

use std::collections::BTreeMap;

use crate::model::{ActionIdx, FundIdx, Model, ZoneIdx};
use crate::sheet::{ColumnKind, Scope, Sheet};
use crate::units::Year;

/// A cell of the ledger.
pub(crate) type Cell = (FundIdx, ActionIdx, ZoneIdx, Year);

/// The codes of a model.
#[derive(Clone, Debug)]
pub(crate) struct Codes<'m> {
    model: &'m Model,
    funds: BTreeMap<&'m str, FundIdx>,
    actions: BTreeMap<&'m str, ActionIdx>,
    zones: BTreeMap<&'m str, ZoneIdx>,
}

impl<'m> Codes<'m> {
    pub(crate) fn new(model: &'m Model) -> Self {
        Self {
            model,
            funds: positions(model.funds.iter().map(|f| f.id.as_str()), FundIdx::new),
            actions: positions(model.actions.iter().map(|a| a.id.as_str()), ActionIdx::new),
            zones: positions(model.zones.iter().map(|z| z.id.as_str()), ZoneIdx::new),
        }
    }

    pub(crate) fn fund(&self, code: &str) -> Option<FundIdx> {
        self.funds.get(code).copied()
    }

    pub(crate) fn action(&self, code: &str) -> Option<ActionIdx> {
        self.actions.get(code).copied()
    }

    pub(crate) fn zone(&self, code: &str) -> Option<ZoneIdx> {
        self.zones.get(code).copied()
    }

    /// The year, if the plan has it.
    pub(crate) fn year(&self, year: Year) -> Option<Year> {
        self.model.years.contains(&year).then_some(year)
    }

    /// The cell a scope names, when it names one of this model.
    pub(crate) fn cell(&self, scope: &Scope) -> Option<Cell> {
        Some((
            self.fund(scope.fund.as_deref()?)?,
            self.action(scope.action.as_deref()?)?,
            self.zone(scope.zone.as_deref()?)?,
            self.year(scope.year?)?,
        ))
    }

    /// The place a scope names: `None` where it names something this model does not have.
    pub(crate) fn place(&self, scope: &Scope) -> Option<Place> {
        fn part<T>(code: Option<&str>, find: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
            match code {
                None => Some(None),
                Some(code) => find(code).map(Some),
            }
        }
        Some(Place {
            fund: part(scope.fund.as_deref(), |code| self.fund(code))?,
            action: part(scope.action.as_deref(), |code| self.action(code))?,
            zone: part(scope.zone.as_deref(), |code| self.zone(code))?,
            year: match scope.year {
                None => None,
                Some(year) => Some(self.year(year)?),
            },
        })
    }

    /// A place as text.
    pub(crate) fn text(&self, place: &Place) -> String {
        let mut parts = Vec::new();
        if let Some(fund) = place.fund.and_then(|f| self.model.funds.get(f.index())) {
            parts.push(fund.id.clone());
        }
        if let Some(action) = place.action.and_then(|a| self.model.actions.get(a.index())) {
            parts.push(action.id.clone());
        }
        if let Some(zone) = place.zone.and_then(|z| self.model.zones.get(z.index())) {
            parts.push(zone.id.clone());
        }
        parts.extend(place.year.map(|year| year.to_string()));
        parts.join(", ")
    }
}

fn positions<'m, T>(
    ids: impl Iterator<Item = &'m str>,
    new: fn(usize) -> T,
) -> BTreeMap<&'m str, T> {
    ids.enumerate()
        .map(|(position, id)| (id, new(position)))
        .collect()
}

/// A place in the plan: what is `None` does not apply or is summed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) fund: Option<FundIdx>,
    pub(crate) action: Option<ActionIdx>,
    pub(crate) zone: Option<ZoneIdx>,
    pub(crate) year: Option<Year>,
}

impl Place {
    /// The place of one cell.
    pub(crate) fn of((fund, action, zone, year): Cell) -> Self {
        Self {
            fund: Some(fund),
            action: Some(action),
            zone: Some(zone),
            year: Some(year),
        }
    }
}

/// A `pay` column of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PayColumn {
    /// Position in the sheet.
    pub(crate) column: usize,
    /// The cell of the ledger it adds to.
    pub(crate) cell: Cell,
    /// Position in `Model::demands`.
    pub(crate) demand: usize,
}

/// The `pay` columns of a sheet that speak of this model; positions of those that do not.
pub(crate) fn pay_columns(codes: &Codes<'_>, sheet: &Sheet) -> (Vec<PayColumn>, Vec<usize>) {
    let demands: BTreeMap<(ActionIdx, ZoneIdx, Year, &str), usize> = codes
        .model
        .demands
        .iter()
        .enumerate()
        .map(|(position, d)| ((d.action, d.zone, d.year, d.label.as_str()), position))
        .collect();
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for (column, entry) in sheet.columns.iter().enumerate() {
        if entry.kind != ColumnKind::Pay {
            continue;
        }
        let found = codes.cell(&entry.scope).and_then(|cell| {
            let (_, action, zone, year) = cell;
            let demand = *demands.get(&(action, zone, year, entry.label.as_str()))?;
            Some(PayColumn {
                column,
                cell,
                demand,
            })
        });
        match found {
            Some(pay) => known.push(pay),
            None => unknown.push(column),
        }
    }
    (known, unknown)
}
