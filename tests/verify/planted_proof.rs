//! Corruptions of the rule sheet and of the certificate, each of them material.

use std::collections::BTreeMap;

use mappafondo::sheet::{Certificate, Claim, ColumnKind, GoalCertificate, PickCertificate, Sheet};

use super::planted::{Dice, Files, table};
use super::proof;

pub(crate) fn sheet(files: &Files) -> Sheet {
    serde_json::from_slice(&files["dossier/sheet.json"]).unwrap()
}

pub(crate) fn set_sheet(files: &mut Files, sheet: &Sheet) {
    files.insert(
        "dossier/sheet.json".to_owned(),
        serde_json::to_vec(sheet).unwrap(),
    );
}

pub(crate) fn coefficient(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let r = dice.below(sheet.rows.len());
    // The only coefficient of a row is its unit; a row without payments says nothing whose size matters.
    let pays = |cell: &(u32, i64)| sheet.columns[cell.0 as usize].kind == ColumnKind::Pay;
    if sheet.rows[r].cells.len() < 2 || !sheet.rows[r].cells.iter().any(pays) {
        return None;
    }
    let row = &mut sheet.rows[r];
    let c = dice.below(row.cells.len());
    row.cells[c].1 += dice.change();
    if row.cells[c].1 == 0 {
        row.cells.remove(c);
    }
    let what = format!("row {}: cell {c} changed", row.name);
    set_sheet(files, &sheet);
    Some(what)
}

pub(crate) fn row_bound(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let r = dice.below(sheet.rows.len());
    let by = dice.change();
    let row = &mut sheet.rows[r];
    let bound = row.lower.as_mut().or(row.upper.as_mut())?;
    *bound += by;
    let what = format!("row {}: bound by {by}", row.name);
    set_sheet(files, &sheet);
    Some(what)
}

pub(crate) fn row_play(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let r = dice.below(sheet.rows.len());
    let row = &mut sheet.rows[r];
    row.play += dice.change();
    let what = format!("row {}: play {}", row.name, row.play);
    set_sheet(files, &sheet);
    Some(what)
}

pub(crate) fn column_bound(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let c = dice.below(sheet.columns.len());
    let by = dice.change();
    let column = &mut sheet.columns[c];
    // Wider bounds of the others are no fault: they follow from the rows.
    if !matches!(
        column.kind,
        ColumnKind::Pay | ColumnKind::Carry | ColumnKind::Level
    ) {
        return None;
    }
    if dice.below(2) == 0 {
        column.upper += by;
    } else {
        column.lower += by;
    }
    let what = format!("column {}: bound by {by}", column.name);
    set_sheet(files, &sheet);
    Some(what)
}

pub(crate) fn cost(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let g = dice.below(sheet.goals.len());
    let goal = sheet.goals.get_mut(g)?;
    if goal.cost.is_empty() {
        return None;
    }
    let c = dice.below(goal.cost.len());
    goal.cost[c].1 += dice.change();
    let what = format!("goal {g}: cost {:?}", goal.cost[c]);
    set_sheet(files, &sheet);
    Some(what)
}

pub(crate) fn cost_dropped(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let g = dice.below(sheet.goals.len());
    let goal = sheet.goals.get_mut(g)?;
    if goal.cost.is_empty() {
        return None;
    }
    let dropped = goal.cost.remove(dice.below(goal.cost.len()));
    set_sheet(files, &sheet);
    Some(format!("goal {g}: without {dropped:?}"))
}

pub(crate) fn scale(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let g = dice.below(sheet.goals.len());
    let goal = sheet.goals.get_mut(g)?;
    if goal.cost.is_empty() {
        return None;
    }
    goal.scale = goal.scale.checked_add(dice.change().abs())?;
    let what = format!("goal {g}: scale {}", goal.scale);
    set_sheet(files, &sheet);
    Some(what)
}

/// Changes the certificate of a proposal.
pub(crate) fn certificate(
    files: &mut Files,
    change: impl FnOnce(
        &mut Vec<GoalCertificate>,
        &mut PickCertificate,
        &mut Vec<(u32, String)>,
    ) -> Option<String>,
) -> Option<String> {
    let mut certificate: Certificate =
        serde_json::from_slice(&files["dossier/certificate.json"]).unwrap();
    let Claim::Proposal {
        goals,
        pick,
        excess,
    } = &mut certificate.claim
    else {
        return None;
    };
    let what = change(goals, pick, excess)?;
    let bytes = serde_json::to_vec(&certificate).unwrap();
    files.insert("dossier/certificate.json".to_owned(), bytes);
    Some(what)
}

pub(crate) fn plus(text: &str, by: i64) -> String {
    let number: num_bigint::BigInt = text.parse().unwrap();
    (number + by).to_string()
}

pub(crate) fn goal_value(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        goal.value = plus(&goal.value, dice.change());
        Some(format!("goal {g}: value {}", goal.value))
    })
}

pub(crate) fn goal_gap(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        goal.gap = plus(&goal.gap, dice.change());
        Some(format!("goal {g}: gap {}", goal.gap))
    })
}

/// A multiplier that no longer proves the stated gap.
pub(crate) fn multiplier(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let sheet = sheet(files);
    let values = values(files, &sheet)?;
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        if goal.multipliers.is_empty() {
            return None;
        }
        let before = proof::bound_of(
            &sheet,
            g,
            &values,
            &goal.multipliers,
            &goal.goal_multipliers,
        );
        let m = dice.below(goal.multipliers.len());
        let own = goal.multipliers[m].1;
        goal.multipliers[m].1 = match dice.below(4) {
            0 => -own,
            1 => own * 1.5,
            2 => own / 2.0,
            _ => 0.0,
        };
        let after = proof::bound_of(
            &sheet,
            g,
            &values,
            &goal.multipliers,
            &goal.goal_multipliers,
        );
        let what = format!(
            "goal {g}: multiplier {m} from {own} to {}",
            goal.multipliers[m].1
        );
        (before != after).then_some(what)
    })
}

pub(crate) fn values(files: &Files, sheet: &Sheet) -> Option<Vec<i64>> {
    let mut values = vec![0; sheet.columns.len()];
    let positions: BTreeMap<&str, usize> = sheet
        .columns
        .iter()
        .enumerate()
        .map(|(k, c)| (c.name.as_str(), k))
        .collect();
    for row in table(files, "dossier/values.csv")?.iter().skip(1) {
        values[*positions.get(row[0].as_str())?] = row[1].parse().ok()?;
    }
    Some(values)
}

pub(crate) fn goal_multiplier(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        if dice.below(2) == 0 {
            goal.goal_multipliers.push(0.5);
            return Some(format!("goal {g}: a multiplier too many"));
        }
        let m = dice.below(goal.goal_multipliers.len());
        *goal.goal_multipliers.get_mut(m)? = -0.25;
        Some(format!("goal {g}: goal multiplier {m} negative"))
    })
}

pub(crate) fn pick_distance(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |_, pick, _| {
        pick.distance = plus(&pick.distance, dice.change());
        Some(format!("pick: distance {}", pick.distance))
    })
}

pub(crate) fn pick_gap(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |_, pick, _| {
        pick.gap = plus(&pick.gap, dice.change());
        pick.proved.then(|| format!("pick: gap {}", pick.gap))
    })
}

/// A row that holds is said not to.
pub(crate) fn excess(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let sheet = sheet(files);
    certificate(files, |_, _, excess| {
        let row = dice.below(sheet.rows.len()) as u32;
        excess.push((row, "1".to_owned()));
        Some(format!("excess: row {row}"))
    })
}
