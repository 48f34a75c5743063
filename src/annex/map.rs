//! The mappafondo: actions by funds, with what stays uncovered; and the same money as a flow.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Book, cents};
use super::ledger::total;
use crate::model::{ActionIdx, FundIdx};
use crate::report::document::{
    Area, Cell, Column, Expression, Flow, FlowLink, FlowTile, FlowZone, Kind, Place, Section,
    Table, Topic,
};
use crate::report::number::share;
use crate::report::words::annex as words;

/// Code of the table.
pub(super) const MAP: &str = "map";
/// Columns before those of the funds: code, name, LEPS.
pub(super) const BEFORE: usize = 3;
/// Position of whether an action is a LEPS.
pub(super) const LEPS: usize = 2;

/// Need of an action over the plan: what has a limit, whether some has none, and what of it is not covered.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    euro: i128,
    unlimited: bool,
    uncovered: i128,
}

/// Funds that have money, in their order: the columns of the map.
pub(super) fn funds(book: &Book<'_>) -> Vec<FundIdx> {
    let with_money: BTreeSet<FundIdx> = book.source.funds.iter().map(|line| line.fund).collect();
    let order = book.source.order.iter().copied();
    order.filter(|fund| with_money.contains(fund)).collect()
}

pub(super) fn section(book: &Book<'_>) -> Section {
    let funds = funds(book);
    let mut columns: Vec<Column> = book.action_columns().into();
    columns.push(book.column_of("leps", words::LEPS, Kind::Text, words::LEPS_MEANING));
    for &fund in &funds {
        let fund = book.model.fund(fund);
        columns.push(Column::new(
            format!("fund:{}", fund.id),
            &*fund.name,
            Kind::Euro,
        ));
    }
    columns.push(book.column("total", words::TOTAL, Kind::Euro));
    columns.push(book.column("need", words::NEED, Kind::Euro));
    columns.push(book.column("coverage", words::COVERAGE, Kind::Share));
    columns.push(book.column("uncovered", words::UNCOVERED, Kind::Euro));
    let mut table = Table::new(MAP, book.say(words::S_MAP_TITLE), columns);
    table.notes.push(book.say(words::MAP_NOTE));
    let paid = book.sums(|line| (line.action, line.fund));
    let needs = needs(book);
    let last_fund = BEFORE + funds.len();
    for action in book.model.action_indices() {
        let row = table.rows.len();
        let need = needs.get(&action).copied().unwrap_or_default();
        let mut cells: Vec<Cell> = book.action(action).into();
        cells.push(book.leps(action));
        for &fund in &funds {
            cells.push(match paid.get(&(action, fund)) {
                Some(cents) => Cell::Euro(*cents),
                None if book.is_open(fund, action) => Cell::Euro(0),
                None => Cell::Closed,
            });
        }
        cells.push(match last_fund.checked_sub(1) {
            Some(last) if last >= BEFORE => Expression::Sum(Area::across(row, BEFORE, last)).into(),
            _ => Cell::Euro(0),
        });
        cells.push(if need.unlimited && need.euro == 0 {
            Cell::text(book.say(words::UNLIMITED))
        } else {
            Cell::Euro(need.euro)
        });
        cells.push(coverage(row, last_fund));
        cells.push(Cell::Euro(need.uncovered));
        table.row(cells);
    }
    let mut sums: Vec<usize> = (BEFORE..=last_fund + 1).collect();
    sums.push(last_fund + 3);
    total(&mut table, book.say(words::TOTAL), &sums);
    let last = table.rows.len().saturating_sub(1);
    if let Some(cell) = table
        .rows
        .last_mut()
        .and_then(|row| row.cells.get_mut(last_fund + 2))
    {
        *cell = coverage(last, last_fund);
    }
    book.section(Topic::Map, words::S_MAP, words::S_MAP_TITLE, vec![table])
}

/// What of the need is not uncovered.
fn coverage(row: usize, last_fund: usize) -> Cell {
    let at = |column| Expression::Cell(Place::here(row, column));
    let (need, uncovered) = (at(last_fund + 1), at(last_fund + 3));
    let covered = Expression::Less(Box::new(need.clone()), Box::new(uncovered));
    Expression::Ratio(Box::new(covered), Box::new(need)).into()
}

fn needs(book: &Book<'_>) -> BTreeMap<ActionIdx, Need> {
    let mut needs: BTreeMap<ActionIdx, Need> = BTreeMap::new();
    for demand in &book.model.demands {
        let need = needs.entry(demand.action).or_default();
        match demand.euro {
            Some(euro) => need.euro += cents(euro),
            None => need.unlimited = true,
        }
    }
    for line in &book.source.unmet {
        needs.entry(line.action).or_default().uncovered += cents(line.euro);
    }
    needs
}

/// The money as it flows, for pictures.
pub(super) fn flow(book: &Book<'_>) -> Flow {
    let model = book.model;
    let paid = book.sums(|line| (line.fund, line.action));
    let received = book.sums(|line| (line.action, line.zone));
    let funds: BTreeSet<FundIdx> = paid.keys().map(|(fund, _)| *fund).collect();
    let order = book.source.order.iter().filter(|fund| funds.contains(fund));
    let funds: Vec<FundIdx> = order.copied().collect();
    let actions: BTreeSet<ActionIdx> = paid.keys().map(|(_, action)| *action).collect();
    let pair = |id: &String, name: &String| (id.clone(), name.clone());
    let mut zones = Vec::new();
    for zone in model.zone_indices() {
        if book.zone.is_some_and(|only| only != zone) {
            continue;
        }
        let lines = book.source.zones.iter().filter(|line| line.zone == zone);
        let (mut need, mut covered, mut euro) = (0, 0, 0);
        for line in lines {
            need += cents(line.need);
            covered += cents(line.covered);
            euro += cents(line.euro);
        }
        let zone = model.zone(zone);
        zones.push(FlowZone {
            id: zone.id.clone(),
            name: zone.name.clone(),
            attributes: zone.attributes.clone(),
            need,
            covered,
            coverage: share(covered, need),
            received: euro,
        });
    }
    Flow {
        levels: funds
            .iter()
            .map(|fund| (model.fund(*fund).id.clone(), model.fund(*fund).level))
            .collect(),
        tiles: FlowTile::of(model),
        funds: funds
            .iter()
            .map(|fund| pair(&model.fund(*fund).id, &model.fund(*fund).name))
            .collect(),
        actions: actions
            .iter()
            .map(|action| pair(&model.action(*action).id, &model.action(*action).name))
            .collect(),
        zones,
        paid: paid
            .into_iter()
            .map(|((fund, action), cents)| FlowLink {
                from: model.fund(fund).id.clone(),
                to: model.action(action).id.clone(),
                cents,
            })
            .collect(),
        received: received
            .into_iter()
            .map(|((action, zone), cents)| FlowLink {
                from: model.action(action).id.clone(),
                to: model.zone(zone).id.clone(),
                cents,
            })
            .collect(),
    }
}
