//! Columns: every payment the model allows is there, and no bound is narrower than the model's.

use std::collections::BTreeMap;

use crate::model::{FundIdx, ZoneIdx};
use crate::sheet::{ColumnKind, SheetColumn};
use crate::units::Year;
use crate::verify::codes::Place;
use crate::verify::report::{Tally, said};

use super::{Meaning, whole};
use crate::verify::law::matching::committed;
use crate::verify::law::plan::may_pay;
use crate::verify::law::purse::{amounts, last_year, may_move};
use crate::verify::programme::is_whole;

pub(crate) fn check(meaning: &Meaning<'_>, tally: &mut Tally) {
    check_pays(meaning, tally);
    check_others(meaning, tally);
}

fn check_pays(meaning: &Meaning<'_>, tally: &mut Tally) {
    let model = meaning.model;
    let mut there: BTreeMap<(FundIdx, usize), usize> = BTreeMap::new();
    for pay in meaning.pays {
        tally.looked_at(1);
        if there.insert((pay.cell.0, pay.demand), pay.column).is_some() {
            tally.fail(
                meaning
                    .column(pay.column)
                    .map_or("", |column| column.name.as_str()),
                "",
                said!(
                    "due colonne per lo stesso pagamento",
                    "two columns for the same payment"
                ),
            );
        }
    }
    for fund in (0..model.funds.len()).map(FundIdx::new) {
        for (position, demand) in model.demands.iter().enumerate() {
            let column = there
                .get(&(fund, position))
                .and_then(|&column| meaning.column(column));
            if !may_pay(model, fund, demand) {
                if let Some(column) = column {
                    let said = said!("il fondo non può pagarlo", "the fund may not pay it");
                    tally.fail(&column.name, "", said);
                }
                continue;
            }
            let own = meaning.hand(fund, Some(demand.zone), demand.year);
            let money = own.saturating_add(meaning.hand(fund, None, demand.year));
            let most = demand
                .euro
                .map_or(money, |euro| money.min(i128::from(euro.cents())));
            match column {
                Some(column) => expect(column, most, false, tally),
                None if most > 0 => {
                    let place = Place::of((fund, demand.action, demand.zone, demand.year));
                    let label = &demand.label;
                    tally.fail(
                        format!("{} {label}", meaning.codes.text(&place)),
                        "",
                        said!(
                            "il modello permette questo pagamento, il foglio non ha la sua colonna",
                            "the model allows this payment, the sheet has no column for it"
                        ),
                    );
                }
                None => {}
            }
        }
    }
}

/// Checks the bounds of a column: from zero to `most`, or wider where `at_least`.
fn expect(column: &SheetColumn, most: i128, at_least: bool, tally: &mut Tally) {
    let upper = i128::from(column.upper);
    let fits = upper == most || (at_least && upper > most);
    if column.lower != 0 || !fits {
        let by = most.saturating_sub(upper);
        let (lower, upper) = (column.lower, column.upper);
        tally.fail(
            &column.name,
            format!("{by} cent"),
            said!(
                "i limiti sono [{lower} ; {upper}], il modello chiede [0 ; {most}]",
                "the bounds are [{lower} ; {upper}], the model asks for [0 ; {most}]"
            ),
        );
    }
}

fn check_others(meaning: &Meaning<'_>, tally: &mut Tally) {
    let reach = Reach::new(meaning);
    let shared = draws(meaning, tally);
    for (position, column) in meaning.sheet.columns.iter().enumerate() {
        if column.kind == ColumnKind::Pay {
            continue;
        }
        tally.looked_at(1);
        let Some(place) = meaning.place_of(position) else {
            tally.fail(
                &column.name,
                "",
                said!(
                    "il luogo non è nel modello",
                    "the place is not in the model"
                ),
            );
            continue;
        };
        if is_whole(column.kind) {
            if let Err(said) = whole::column(meaning, column, &place) {
                tally.fail(&column.name, "", said);
            }
            continue;
        }
        let (most, at_least) = match column.kind {
            ColumnKind::Carry => match (place.fund, place.year) {
                (Some(fund), Some(year)) => (carried(meaning, fund, place.zone, year), false),
                _ => (0, true),
            },
            ColumnKind::Draw => {
                let shared = shared.iter().find(|(_, column)| *column == Some(position));
                (shared.map_or(0, |shared| shared.0), false)
            }
            ColumnKind::Loss => {
                let claims = meaning.model.claims.iter();
                let due = claims
                    .filter(|claim| Some(claim.fund) == place.fund)
                    .filter_map(|claim| place.year.map(|year| committed(claim, year)))
                    .max();
                (due.unwrap_or(0), false)
            }
            // How far these can reach follows from the rows they are in.
            _ => (reach.most(position), true),
        };
        expect(column, most, at_least, tally);
    }
}

/// The most of each zone's own money that a draw column has to carry, with that column; a missing one is a failure.
fn draws(meaning: &Meaning<'_>, tally: &mut Tally) -> Vec<(i128, Option<usize>)> {
    let mut draws = Vec::new();
    for ((fund, zone, year), cents) in meaning.shared_purses() {
        let column = meaning.draws.get(&(fund, zone, year)).copied();
        if column.is_none() {
            let place = Place {
                fund: Some(fund),
                action: None,
                zone: Some(zone),
                year: Some(year),
            };
            tally.fail(
                meaning.codes.text(&place),
                "",
                said!(
                    "la zona ha denaro proprio accanto a quello comune, il foglio non li distingue",
                    "the zone has money of its own beside the pool, the sheet does not tell them apart"
                ),
            );
        }
        draws.push((cents, column));
    }
    draws
}

/// The most that may leave a year: of every amount that is not dead by then, the part that may move.
fn carried(meaning: &Meaning<'_>, index: FundIdx, zone: Option<ZoneIdx>, year: Year) -> i128 {
    let Some(fund) = meaning.model.funds.get(index.index()) else {
        return 0;
    };
    amounts(meaning.model, index)
        .into_iter()
        .filter(|&(of, at, _)| at == zone && of <= year && last_year(fund, of) > year)
        .map(|(of, _, cents)| may_move(fund, of, cents))
        .sum()
}

/// How large totals, shortfalls, carried floors and levels may have to be.
struct Reach<'a> {
    meaning: &'a Meaning<'a>,
    rows_of: BTreeMap<usize, Vec<usize>>,
}

impl<'a> Reach<'a> {
    fn new(meaning: &'a Meaning<'a>) -> Self {
        let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (position, row) in meaning.sheet.rows.iter().enumerate() {
            for &(column, _) in &row.cells {
                let Ok(column) = usize::try_from(column) else {
                    continue;
                };
                if meaning
                    .column(column)
                    .is_some_and(|c| c.kind != ColumnKind::Pay)
                {
                    rows_of.entry(column).or_default().push(position);
                }
            }
        }
        Self { meaning, rows_of }
    }

    /// The value a column must be able to take, so that no plan is cut off.
    fn most(&self, column: usize) -> i128 {
        let Some(kind) = self.meaning.column(column).map(|entry| entry.kind) else {
            return 0;
        };
        let rows = self.rows_of.get(&column).map_or(&[][..], Vec::as_slice);
        let rows = rows
            .iter()
            .filter_map(|&row| self.meaning.sheet.rows.get(row));
        match kind {
            ColumnKind::Total => rows
                .filter(|row| row.lower == Some(0) && row.upper == Some(0))
                .map(|row| self.activity(&row.cells, column, true))
                .max()
                .unwrap_or(0),
            ColumnKind::Shortfall => rows
                .map(|row| {
                    let below = row.lower.map(|lower| {
                        i128::from(lower).saturating_sub(self.activity(&row.cells, column, false))
                    });
                    let above = row.upper.map(|upper| {
                        self.activity(&row.cells, column, true)
                            .saturating_sub(i128::from(upper))
                    });
                    let helps = row
                        .cells
                        .iter()
                        .any(|&(c, k)| usize::try_from(c) == Ok(column) && k > 0);
                    if helps {
                        below.unwrap_or(0)
                    } else {
                        above.unwrap_or(0)
                    }
                })
                .max()
                .unwrap_or(0)
                .max(0),
            ColumnKind::Change => rows
                .filter_map(|row| {
                    let own = row
                        .cells
                        .iter()
                        .find(|cell| usize::try_from(cell.0) == Ok(column))?;
                    let least = self.activity(&row.cells, column, false);
                    let lacks = i128::from(row.lower?).saturating_sub(least);
                    Some(lacks.div_euclid(i128::from(own.1.max(1))))
                })
                .max()
                .unwrap_or(0),
            ColumnKind::Missing => rows
                .filter_map(|row| row.lower.map(i128::from))
                .max()
                .unwrap_or(0),
            // A carried floor may always stay at home; a level is judged with its goal.
            _ => 0,
        }
    }

    /// The largest (or smallest) value of a row over its payments and totals.
    fn activity(&self, cells: &[(u32, i64)], without: usize, largest: bool) -> i128 {
        let mut sum = 0_i128;
        for &(column, coefficient) in cells {
            let Some(position) = usize::try_from(column).ok().filter(|&c| c != without) else {
                continue;
            };
            let Some(entry) = self.meaning.column(position) else {
                continue;
            };
            if (matches!(entry.kind, ColumnKind::Pay | ColumnKind::Total) || is_whole(entry.kind))
                && (coefficient > 0) == largest
            {
                let part = i128::from(coefficient).saturating_mul(i128::from(entry.upper));
                sum = sum.saturating_add(part);
            }
        }
        sum
    }
}
