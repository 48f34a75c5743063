//! The programme and its goals as the rule sheet of the dossier.

use crate::lp::{Column, ColumnKey, Family, LinearProgram, Objective, Origin, Place, Row};
use crate::model::Model;
use crate::sheet::{ColumnKind, DOSSIER_FORMAT, Scope, Sheet, SheetColumn, SheetGoal, SheetRow};

/// The sheet of a programme with the goals that were solved on it.
pub(crate) fn sheet(model: &Model, program: &LinearProgram, objectives: &[&Objective]) -> Sheet {
    Sheet {
        format: DOSSIER_FORMAT,
        columns: program
            .columns
            .iter()
            .map(|entry| column(model, entry))
            .collect(),
        rows: program.rows.iter().map(|entry| row(model, entry)).collect(),
        goals: objectives.iter().map(|objective| goal(objective)).collect(),
    }
}

/// The numbers of a programme with the goals that were solved on it: a sheet without names, for the proof alone.
pub(crate) fn bare_sheet(program: &LinearProgram, objectives: &[&Objective]) -> Sheet {
    let column = |column: &Column| SheetColumn {
        name: String::new(),
        kind: ColumnKind::Pay,
        scope: Scope::default(),
        label: String::new(),
        lower: column.lower,
        upper: column.upper,
    };
    let row = |row: &Row| SheetRow {
        name: String::new(),
        family: String::new(),
        rule: String::new(),
        law: String::new(),
        strength: String::new(),
        scope: Scope::default(),
        lower: row.lower,
        upper: row.upper,
        play: row.play,
        cells: cells(&row.cells),
    };
    Sheet {
        format: DOSSIER_FORMAT,
        columns: program.columns.iter().map(column).collect(),
        rows: program.rows.iter().map(row).collect(),
        goals: objectives.iter().map(|objective| goal(objective)).collect(),
    }
}

fn goal(objective: &Objective) -> SheetGoal {
    SheetGoal {
        kind: objective.kind.to_owned(),
        level: objective.level,
        unit: objective.unit.to_owned(),
        scale: objective.scale,
        tolerance: objective.tolerance,
        cost: cells(&objective.cost),
    }
}

/// A position in the sheet.
pub(crate) fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn cells(cells: &[(usize, i64)]) -> Vec<(u32, i64)> {
    cells
        .iter()
        .map(|&(column, value)| (position(column), value))
        .collect()
}

fn scope(model: &Model, place: &Place) -> Scope {
    Scope {
        fund: place.fund.map(|f| model.fund(f).id.clone()),
        action: place.action.map(|a| model.action(a).id.clone()),
        zone: place.zone.map(|z| model.zone(z).id.clone()),
        year: place.year,
    }
}

fn column(model: &Model, column: &Column) -> SheetColumn {
    let (kind, label) = match column.key {
        ColumnKey::Pay { demand, .. } => (ColumnKind::Pay, model.demands[demand].label.clone()),
        ColumnKey::Carry { .. } => (ColumnKind::Carry, String::new()),
        ColumnKey::Draw { .. } => (ColumnKind::Draw, String::new()),
        ColumnKey::CarriedFloor { .. } => (ColumnKind::CarriedFloor, String::new()),
        ColumnKey::Total { .. } => (ColumnKind::Total, String::new()),
        ColumnKey::Shortfall { .. } => (ColumnKind::Shortfall, String::new()),
        ColumnKey::Level { .. } => (ColumnKind::Level, String::new()),
        ColumnKey::Missing { .. } => (ColumnKind::Missing, String::new()),
        ColumnKey::Change { .. } => (ColumnKind::Change, String::new()),
        ColumnKey::Band { band, .. } => (ColumnKind::Band, band.saturating_add(1).to_string()),
        ColumnKey::Loss { .. } => (ColumnKind::Loss, String::new()),
        ColumnKey::Units { .. } => (ColumnKind::Units, String::new()),
        ColumnKey::Project { first } => {
            let label = &model.demands[first].label;
            let code = label.split('/').next().unwrap_or_default();
            (ColumnKind::Project, code.to_owned())
        }
        // The last two stand in no sheet: there the money is what was earned.
        ColumnKey::Active | ColumnKey::Earns | ColumnKey::Unearned => {
            (ColumnKind::Active, String::new())
        }
    };
    SheetColumn {
        name: column.name.clone(),
        kind,
        scope: scope(model, &column.place),
        label,
        lower: column.lower,
        upper: column.upper,
    }
}

fn row(model: &Model, row: &Row) -> SheetRow {
    let (rule, law, strength) = match row.origin {
        Origin::Fund(fund) | Origin::Eligibility(fund, _) => {
            let fund = model.fund(fund);
            let law = fund.law.clone().unwrap_or_default();
            (fund.id.clone(), law, "law".to_owned())
        }
        Origin::Goal(_) if row.family == Family::Goal => {
            let code = conflict_code(model, row.origin);
            (code, String::new(), String::new())
        }
        Origin::Need(_) | Origin::Goal(_) | Origin::Whole => {
            (String::new(), String::new(), String::new())
        }
        Origin::Rule(rule) => {
            let rule = &model.rules[rule];
            (
                rule.id.clone(),
                rule.law.cite(),
                rule.strength.word().to_owned(),
            )
        }
        Origin::Match(entry) => {
            let entry = &model.matches[entry];
            (
                entry.id.clone(),
                entry.law.cite(),
                entry.strength.word().to_owned(),
            )
        }
        Origin::FlatRate(entry) => {
            let entry = &model.flat_rates[entry];
            let code = format!("flat_rate:{}", model.action(entry.action).id);
            (code, entry.law.cite(), "law".to_owned())
        }
        Origin::Claim(entry) => {
            let entry = &model.claims[entry];
            let code = format!("claim:{}", model.fund(entry.fund).id);
            (code, entry.law.cite(), "law".to_owned())
        }
    };
    SheetRow {
        name: row.name.clone(),
        family: row.family.word().to_owned(),
        rule,
        law,
        strength,
        scope: scope(model, &row.place),
        lower: row.lower,
        upper: row.upper,
        play: row.play,
        cells: cells(&row.cells),
    }
}

/// The code by which a conflict names an origin.
pub(crate) fn conflict_code(model: &Model, origin: Origin) -> String {
    match origin {
        Origin::Fund(fund) => format!("fund:{}", model.fund(fund).id),
        Origin::Eligibility(fund, action) => {
            let (fund, action) = (&model.fund(fund).id, &model.action(action).id);
            format!("max_share:{fund}:{action}")
        }
        Origin::Need(action) => format!("need:{}", model.action(action).id),
        Origin::Rule(rule) => model.rules[rule].id.clone(),
        Origin::Match(entry) => model.matches[entry].id.clone(),
        Origin::FlatRate(entry) => format!(
            "flat_rate:{}",
            model.action(model.flat_rates[entry].action).id
        ),
        Origin::Claim(entry) => format!("claim:{}", model.fund(model.claims[entry].fund).id),
        Origin::Goal(goal) => format!("goal:{}", goal + 1),
        Origin::Whole => "whole".to_owned(),
    }
}
