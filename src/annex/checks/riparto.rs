//! Checks of the riparto.

use super::Checks;
use crate::annex::book::euro;
use crate::annex::by_zone;
use crate::annex::riparto::{self as rows, RIPARTO, Riparto};
use crate::annex::spending::{self, ASSIGNED, SPENDING, USED};
use crate::report::document::{Cell, Expression, Place, Role};
use crate::report::words::annex as words;

/// The rows of every fund and year: what is assigned and planned, and the formula against what it divides.
pub(super) fn riparto(checks: &mut Checks<'_>) {
    let book = checks.book;
    let riparto = Riparto::new(book);
    let assigned = riparto.assigned_column();
    let rows = checks.table_of(RIPARTO).map(|table| table.rows.iter());
    let rows = rows.into_iter().flatten().enumerate();
    let subtotals: Vec<usize> = rows
        .filter(|(_, row)| row.role == Role::Subtotal)
        .map(|(at, _)| at)
        .collect();
    let mut subtotals = subtotals.into_iter();
    for (position, (fund, year)) in riparto.fund_years().into_iter().enumerate() {
        let (index, formula) = (fund, riparto.formula(fund, year));
        let has_rows = riparto.has_rows(fund, year);
        let fund = book.model.fund(fund);
        let name = format!("{} {year}", fund.name);
        let must = |column| Expression::Cell(Place::of(SPENDING, position, column));
        let all = [
            (words::C_RIPARTO, assigned, must(ASSIGNED)),
            (words::C_RIPARTO_PLANNED, assigned + 1, must(USED)),
        ];
        for (text, column, must) in all {
            let sum = Expression::SumWhere {
                sum: checks.body(RIPARTO, column),
                equal: vec![
                    (
                        checks.body(RIPARTO, rows::FUND),
                        Place::of(SPENDING, position, spending::FUND),
                    ),
                    (
                        checks.body(RIPARTO, rows::YEAR),
                        Place::of(SPENDING, position, spending::YEAR),
                    ),
                ],
            };
            let what = checks.named(text, &name);
            checks.add(what, Cell::Code(fund.id.clone()), sum, must);
        }
        if !has_rows {
            continue;
        }
        let Some(row) = subtotals.next() else {
            continue;
        };
        let at = |column| Expression::Cell(Place::of(RIPARTO, row, column));
        if let Some(formula) = formula {
            let what = checks.named(words::C_RIPARTO_FORMULA, &name);
            let divided = formula.to_zones().map_or(Cell::Empty, euro);
            let key = Cell::Code(fund.id.clone());
            checks.add(what, key, at(assigned - 1), divided);
        }
        if formula.is_some() {
            let what = checks.named(words::C_RIPARTO_OFF, &name);
            let sum = Expression::Plus(vec![at(assigned - 1), at(assigned + 2)]);
            checks.add(what, Cell::Code(fund.id.clone()), sum, at(assigned + 1));
        }
        if riparto.knows_before(index, year) {
            let what = checks.named(words::C_RIPARTO_BEFORE, &name);
            let sum = Expression::Plus(vec![at(assigned + 3), at(assigned + 4)]);
            checks.add(what, Cell::Code(fund.id.clone()), sum, at(assigned + 1));
        }
    }
    for (text, from, column) in [
        (words::C_RIPARTO_TOTAL, ASSIGNED, assigned),
        (words::C_RIPARTO_TOTAL_PLANNED, USED, assigned + 1),
    ] {
        let (sum, must) = (checks.sum(SPENDING, from), checks.total(RIPARTO, column));
        checks.add(book.say(text), Cell::Empty, sum, must);
    }
    for (text, from, id) in [
        (words::C_SHARES_ASSIGNED, ASSIGNED, by_zone::ASSIGNED),
        (words::C_SHARES_PLANNED, USED, by_zone::PLANNED),
    ] {
        let Some(total) = checks.table_of(id).map(|table| table.columns.len() - 1) else {
            continue;
        };
        let (sum, must) = (checks.sum(SPENDING, from), checks.total(id, total));
        checks.add(book.say(text), Cell::Empty, sum, must);
    }
}
