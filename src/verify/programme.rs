//! The rule sheet in whole numbers: well formed, every column within its bounds, every row respected.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigInt;
use num_traits::Zero;

use crate::sheet::{ColumnKind, Sheet, SheetRow};

use super::number::{dot, parse_integer, sign_of};
use super::report::{Tally, said};

const FAMILIES: [&str; 16] = [
    "fund",
    "carry",
    "draw",
    "need",
    "max_share",
    "persistent",
    "rule",
    "band",
    "match",
    "flat_rate",
    "claim",
    "level",
    "goal",
    "units",
    "project",
    "active",
];

/// Checks that the sheet is well formed: names unique, bounds in order, cells ascending, in range and not zero.
pub(crate) fn check_form(sheet: &Sheet) -> Tally {
    let mut tally = Tally::new(
        "sheet",
        said!(
            "il foglio delle regole è ben formato",
            "the rule sheet is well formed"
        ),
    );
    tally.looked_at(sheet.columns.len());
    tally.looked_at(sheet.rows.len());
    tally.looked_at(sheet.goals.len());
    let mut names = BTreeSet::new();
    for column in &sheet.columns {
        if column.name.is_empty() || !names.insert(column.name.as_str()) {
            tally.fail(&column.name, "", repeated());
        }
        if column.lower > column.upper {
            tally.fail(&column.name, "", crossed());
        }
    }
    let mut names = BTreeSet::new();
    for row in &sheet.rows {
        if row.name.is_empty() || !names.insert(row.name.as_str()) {
            tally.fail(&row.name, "", repeated());
        }
        if !FAMILIES.contains(&row.family.as_str()) {
            let family = &row.family;
            tally.fail(
                &row.name,
                "",
                said!(
                    "famiglia `{family}` sconosciuta",
                    "unknown family `{family}`"
                ),
            );
        }
        let crossed_row = match (row.lower, row.upper) {
            (Some(lower), Some(upper)) => lower > upper,
            (None, None) => true,
            _ => false,
        };
        if crossed_row || row.play < 0 {
            tally.fail(&row.name, "", crossed());
        }
        check_cells(&row.name, &row.cells, sheet.columns.len(), &mut tally);
    }
    for (position, goal) in sheet.goals.iter().enumerate() {
        let place = goal_place(position, &goal.kind);
        if goal.scale < 1 {
            tally.fail(
                &place,
                "",
                said!("la scala non è positiva", "the scale is not positive"),
            );
        }
        check_cells(&place, &goal.cost, sheet.columns.len(), &mut tally);
    }
    tally
}

fn repeated() -> super::report::Said {
    said!("nome ripetuto o vuoto", "name repeated or empty")
}

fn crossed() -> super::report::Said {
    said!(
        "limiti mancanti o invertiti",
        "bounds missing or the wrong way round"
    )
}

/// How a goal is called in findings.
pub(crate) fn goal_place(position: usize, kind: &str) -> String {
    format!("goal {} ({kind})", position.saturating_add(1))
}

fn check_cells(place: &str, cells: &[(u32, i64)], n_columns: usize, tally: &mut Tally) {
    let mut last = None;
    for &(column, coefficient) in cells {
        let in_range = usize::try_from(column).is_ok_and(|column| column < n_columns);
        let ascending = last.is_none_or(|last| last < column);
        if !in_range || !ascending || coefficient == 0 {
            tally.fail(
                place,
                "",
                said!(
                    "la cella ({column}, {coefficient}) è fuori ordine, fuori dal foglio o zero",
                    "cell ({column}, {coefficient}) is out of order, outside the sheet or zero"
                ),
            );
        }
        last = Some(column);
    }
}

/// Checks that every value is within the bounds of its column.
pub(crate) fn check_columns(sheet: &Sheet, values: &[i64]) -> Tally {
    let mut tally = Tally::new(
        "columns",
        said!(
            "ogni colonna è entro i suoi limiti",
            "every column is within its bounds"
        ),
    );
    tally.looked_at(sheet.columns.len());
    for (column, &value) in sheet.columns.iter().zip(values) {
        let by = i128::from(column.lower)
            .saturating_sub(i128::from(value))
            .max(i128::from(value).saturating_sub(i128::from(column.upper)));
        if by > 0 {
            let (lower, upper) = (column.lower, column.upper);
            tally.fail(
                &column.name,
                if is_whole(column.kind) {
                    by.to_string()
                } else {
                    cents(&by.into())
                },
                said!(
                    "vale {value}, fuori da [{lower} ; {upper}]",
                    "is {value}, outside [{lower} ; {upper}]"
                ),
            );
        }
    }
    tally
}

/// Whether a column counts whole things rather than cents.
pub(crate) fn is_whole(kind: ColumnKind) -> bool {
    matches!(
        kind,
        ColumnKind::Units | ColumnKind::Project | ColumnKind::Active
    )
}

/// A number of cents for people.
pub(crate) fn cents(amount: &BigInt) -> String {
    format!("{amount} cent")
}

/// The excess of a row: how far its value is beyond bound and play; zero where it holds.
pub(crate) fn excess(row: &SheetRow, value: &BigInt) -> BigInt {
    let play = BigInt::from(row.play);
    let below = row
        .lower
        .map(|lower| BigInt::from(lower) - &play - value)
        .unwrap_or_default();
    let above = row
        .upper
        .map(|upper| value - (BigInt::from(upper) + &play))
        .unwrap_or_default();
    below.max(above).max(BigInt::zero())
}

/// Checks every row: it holds, or the certificate names it with its exact excess.
pub(crate) fn check_rows(sheet: &Sheet, values: &[i64], stated: &[(u32, String)]) -> Tally {
    let mut tally = Tally::new("rows", said!("ogni riga è rispettata", "every row holds"));
    tally.looked_at(sheet.rows.len());
    let mut named: BTreeMap<usize, Option<BigInt>> = BTreeMap::new();
    for (row, text) in stated {
        tally.looked_at(1);
        let position = usize::try_from(*row).unwrap_or(usize::MAX);
        let repeated = named.insert(position, parse_integer(text)).is_some();
        if repeated || position >= sheet.rows.len() {
            tally.fail(
                format!("excess {row}"),
                "",
                said!(
                    "riga ripetuta o inesistente tra gli sforamenti dichiarati",
                    "row repeated or missing among the stated excesses"
                ),
            );
        }
    }
    for (position, row) in sheet.rows.iter().enumerate() {
        let value = dot(&row.cells, values);
        let excess = excess(row, &value);
        match named.get(&position) {
            None if excess.is_zero() => {}
            None => {
                let bounds = bounds_text(row);
                tally.fail(
                    &row.name,
                    excess.to_string(),
                    said!(
                        "vale {value}, la regola chiede {bounds}",
                        "is {value}, the rule asks for {bounds}"
                    ),
                );
            }
            Some(Some(stated))
                if *stated == excess && sign_of(stated) > 0 && is_of_cents(sheet, row) =>
            {
                tally.remark(
                    &row.name,
                    excess.to_string(),
                    said!(
                        "non regge in centesimi interi, come il certificato dichiara",
                        "does not hold in whole cents, as the certificate states"
                    ),
                );
            }
            Some(stated) => {
                let stated = stated.as_ref().map_or("?".to_owned(), BigInt::to_string);
                tally.fail(
                    &row.name,
                    excess.to_string(),
                    said!(
                        "lo sforamento dichiarato è {stated}, quello vero {excess}",
                        "the stated excess is {stated}, the true one {excess}"
                    ),
                );
            }
        }
    }
    tally
}

/// Whether cents could be what a row lacks: it pays or carries something, and counts nothing whole.
fn is_of_cents(sheet: &Sheet, row: &SheetRow) -> bool {
    let kinds = || {
        let columns = row
            .cells
            .iter()
            .filter_map(|cell| usize::try_from(cell.0).ok());
        columns.filter_map(|column| Some(sheet.columns.get(column)?.kind))
    };
    kinds().next().is_some() && !kinds().any(is_whole)
}

fn bounds_text(row: &SheetRow) -> String {
    let side = |bound: Option<i64>, open: &str| bound.map_or(open.to_owned(), |b| b.to_string());
    let play = if row.play == 0 {
        String::new()
    } else {
        format!(" ± {}", row.play)
    };
    format!(
        "[{} ; {}]{play}",
        side(row.lower, "-"),
        side(row.upper, "-")
    )
}
