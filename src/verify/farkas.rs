//! The claim that no plan exists: a combination of the rows that no values of the columns can reach.

use std::collections::BTreeSet;

use crate::sheet::{Claim, Sheet, SheetRow};

use super::bound::{Positive, RowMultipliers, most_over_columns};
use super::number::{FRACTION_BITS, Sum, sign_of};
use super::programme::is_whole;
use super::report::{Tally, said};

/// Checks the proof, and that the conflict names the rules of its rows: all of them, and no other.
pub(crate) fn check(
    sheet: &Sheet,
    multipliers: &[(u32, f64)],
    conflict: &[String],
) -> (Tally, Tally) {
    let mut proof = Tally::new(
        "farkas",
        said!(
            "nessun riparto rispetta tutte le regole obbligatorie",
            "no allocation obeys every hard rule"
        ),
    );
    let mut named = Tally::new(
        "conflict",
        said!(
            "il contrasto nomina le regole della dimostrazione",
            "the conflict names the rules of the proof"
        ),
    );
    proof.looked_at(1);
    named.looked_at(conflict.len());
    let rows = match RowMultipliers::read(sheet, multipliers, Positive::Lower) {
        Ok(rows) => rows,
        Err(said) => {
            proof.fail("certificate.json", "", said);
            return (proof, named);
        }
    };
    let mut combined = vec![Sum::default(); sheet.columns.len()];
    rows.add_rows(sheet, &mut combined, false);
    let asked = rows.bounds().total();
    let reachable = most_over_columns(sheet, &combined).total();
    let missing = asked - reachable;
    if sign_of(&missing) > 0 {
        let units = missing >> FRACTION_BITS;
        proof.remark(
            "",
            "",
            said!(
                "la combinazione delle righe manca di almeno {units}",
                "the combination of rows falls short by at least {units}"
            ),
        );
    } else {
        proof.fail(
            "certificate.json",
            "",
            said!(
                "la combinazione delle righe si può raggiungere: non dimostra nulla",
                "the combination of rows can be reached: it proves nothing"
            ),
        );
    }
    check_conflict(sheet, &rows, conflict, &mut named);
    (proof, named)
}

/// Whether a claim that needs no whole numbers proves that no plan exists, and names the rules of its rows.
pub(crate) fn cannot_hold(sheet: &Sheet, claim: &Claim) -> bool {
    let Claim::Infeasible {
        multipliers,
        whole: false,
        conflict,
    } = claim
    else {
        return false;
    };
    let (proof, named) = check(sheet, multipliers, conflict);
    proof.passes() && named.passes()
}

/// Checks the claim that it takes whole numbers to be infeasible: there is something whole, and the conflict names things once.
/// That they conflict is the solver's word.
pub(crate) fn check_whole(sheet: &Sheet, multipliers: &[(u32, f64)], conflict: &[String]) -> Tally {
    let mut named = Tally::new(
        "conflict",
        said!(
            "nessun riparto in unità e progetti interi rispetta tutte le regole obbligatorie, secondo il risolutore",
            "no allocation in whole units and projects obeys every hard rule, the solver says"
        ),
    );
    named.looked_at(1);
    let open = sheet
        .columns
        .iter()
        .any(|column| is_whole(column.kind) && column.lower < column.upper);
    let known: BTreeSet<String> = sheet.rows.iter().flat_map(codes_of).collect();
    let stated: BTreeSet<&String> = conflict.iter().collect();
    let plain = stated.len() == conflict.len() && stated.iter().all(|code| known.contains(*code));
    if open && multipliers.is_empty() && !stated.is_empty() && plain {
        named.remark(
            "certificate.json",
            "",
            said!(
                "non è dimostrato: lo dice il risolutore dopo aver provato i numeri interi",
                "it is not proved: the solver says so, having tried the whole numbers"
            ),
        );
    } else {
        named.fail(
            "certificate.json",
            "",
            said!(
                "il contrasto di numeri interi non è ben formato",
                "the conflict of whole numbers is not well formed"
            ),
        );
    }
    named
}

fn check_conflict(sheet: &Sheet, rows: &RowMultipliers, conflict: &[String], named: &mut Tally) {
    let stated: BTreeSet<&str> = conflict.iter().map(String::as_str).collect();
    if stated.len() != conflict.len() || stated.is_empty() {
        named.fail(
            "certificate.json",
            "",
            said!(
                "il contrasto è vuoto o ripete un nome",
                "the conflict is empty or repeats a name"
            ),
        );
    }
    let mut touched = BTreeSet::new();
    for row in rows.rows().filter_map(|position| sheet.rows.get(position)) {
        if matches!(row.family.as_str(), "units" | "project" | "active") {
            continue; // that things are whole is arithmetic, not a rule that could give way
        }
        named.looked_at(1);
        let codes = codes_of(row);
        let found: Vec<&String> = codes
            .iter()
            .filter(|code| stated.contains(code.as_str()))
            .collect();
        if found.is_empty() {
            let codes = codes.join(", ");
            named.fail(
                &row.name,
                "",
                said!(
                    "serve alla dimostrazione, ma il contrasto non nomina {codes}",
                    "the proof needs it, but the conflict does not name {codes}"
                ),
            );
        }
        touched.extend(found.into_iter().cloned());
    }
    for code in &stated {
        if !touched.contains(*code) {
            named.fail(
                *code,
                "",
                said!(
                    "è nel contrasto, ma la dimostrazione ne fa a meno",
                    "is in the conflict, but the proof does without it"
                ),
            );
        }
    }
}

/// The codes by which a conflict may name a row.
fn codes_of(row: &SheetRow) -> Vec<String> {
    let fund = row.scope.fund.as_ref().map(|fund| format!("fund:{fund}"));
    let need = row
        .scope
        .action
        .as_ref()
        .map(|action| format!("need:{action}"));
    let own = (!row.rule.is_empty()).then(|| row.rule.clone());
    match row.family.as_str() {
        "fund" => fund.into_iter().collect(),
        "carry" if own.is_none() || own == row.scope.fund => fund.into_iter().collect(),
        "draw" => fund.into_iter().collect(),
        "need" | "persistent" => need.into_iter().collect(),
        "max_share" => {
            let (fund, action) = (row.scope.fund.as_ref(), row.scope.action.as_ref());
            let pair = fund.zip(action);
            pair.map(|(fund, action)| format!("max_share:{fund}:{action}"))
                .into_iter()
                .collect()
        }
        _ => own.into_iter().collect(),
    }
}
