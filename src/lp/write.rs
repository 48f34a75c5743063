//! The programme as text, in stable order: CPLEX LP for people, free MPS for other solvers. Amounts are in euro.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::objective::Objective;
use super::program::{LinearProgram, Row};

/// Names that every reader of LP and MPS accepts: letters, digits and underscores, unique.
struct Names {
    columns: Vec<String>,
    rows: Vec<String>,
}

impl Names {
    fn new(program: &LinearProgram) -> Self {
        let mut taken = BTreeSet::from(["goal".to_owned()]);
        Self {
            columns: program
                .columns
                .iter()
                .map(|column| safe(&column.name, &[""], &mut taken))
                .collect(),
            rows: program
                .rows
                .iter()
                .map(|row| safe(&row.name, &["", "_low", "_up"], &mut taken))
                .collect(),
        }
    }
}

/// What the objective of the file has to be divided by to be the value of the goal in its unit.
fn remark(objective: &Objective) -> String {
    let (unit, divisor) = match objective.unit {
        "cent" => ("euro", objective.scale.to_string()),
        unit => (unit, euro(objective.scale)),
    };
    let kind = objective.kind;
    format!("* goal {kind} in {unit}: objective / {divisor}\n")
}

/// Words that open a section of an LP file, or a number in it, for one reader or another.
const WORDS: [&str; 32] = [
    "bin", "binaries", "binary", "bound", "bounds", "end", "free", "gen", "general", "generals",
    "inf", "infinity", "int", "integer", "integers", "max", "maximise", "maximize", "maximum",
    "min", "minimise", "minimize", "minimum", "nan", "sec", "semi", "sin", "sos", "sos1", "sos2",
    "st", "subject",
];

/// A name that is not taken with any of the endings it may get.
fn safe(name: &str, endings: &[&str], taken: &mut BTreeSet<String>) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    let mut plain: String = plain.trim_end_matches('_').chars().take(200).collect();
    // A leading digit, or `e1`, would be read as a number.
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == 'e' || c == 'E');
    if is_number || plain.is_empty() || WORDS.contains(&plain.to_ascii_lowercase().as_str()) {
        plain.insert_str(0, "n_");
    }
    let mut unique = plain.clone();
    let mut count = 1;
    while endings
        .iter()
        .any(|ending| taken.contains(&format!("{unique}{ending}")))
    {
        count += 1;
        unique = format!("{plain}__{count}");
    }
    taken.extend(endings.iter().map(|ending| format!("{unique}{ending}")));
    unique
}

/// Bounds of a column as text: euro, or a whole number of things.
fn bounds(column: &super::program::Column) -> (String, String) {
    if column.is_whole() {
        (column.lower.to_string(), column.upper.to_string())
    } else {
        (euro(column.lower), euro(column.upper))
    }
}

/// A coefficient of a row: of a column in euro as it is, of a whole number in hundredths, because rows are told in euro.
fn coefficient_text(program: &LinearProgram, column: usize, size: u64) -> String {
    if program
        .columns
        .get(column)
        .is_some_and(super::program::Column::is_whole)
    {
        i64::try_from(size).map_or_else(|_| size.to_string(), euro)
    } else {
        size.to_string()
    }
}

/// Cents as euro.
fn euro(cents: i64) -> String {
    crate::units::Euro::from_cents(cents).to_string()
}

/// The programme in CPLEX LP format, maximising one objective.
#[must_use]
pub fn to_lp(program: &LinearProgram, objective: &Objective) -> String {
    let names = Names::new(program);
    let mut text = String::new();
    // Columns are counted in euro here and in cents in the programme; shares of a bound and levels have no unit.
    let cents = if objective.unit == "cent" {
        ""
    } else {
        "100 x "
    };
    let _ = writeln!(
        text,
        "\\ goal {}: value = {cents}objective / {}; columns in euro",
        objective.kind, objective.scale
    );
    text.push_str("Maximize\n goal:");
    push_cells(&mut text, program, &objective.cost, &names);
    text.push_str("\nSubject To\n");
    for (row, name) in program.rows.iter().zip(&names.rows) {
        push_row(&mut text, program, row, name, &names);
    }
    text.push_str("Bounds\n");
    for (column, name) in program.columns.iter().zip(&names.columns) {
        let (lower, upper) = bounds(column);
        let _ = writeln!(text, " {lower} <= {name} <= {upper}");
    }
    let mut whole = program
        .columns
        .iter()
        .zip(&names.columns)
        .filter(|(column, _)| column.is_whole())
        .peekable();
    if whole.peek().is_some() {
        text.push_str("General\n");
        for (_, name) in whole {
            let _ = writeln!(text, " {name}");
        }
    }
    text.push_str("End\n");
    text
}

fn push_row(text: &mut String, program: &LinearProgram, row: &Row, name: &str, names: &Names) {
    let mut side = |suffix: &str, relation: &str, bound: i64| {
        let _ = write!(text, " {name}{suffix}:");
        if row.cells.is_empty() {
            // A row without columns still has to be said: zero times the first column.
            let first = names.columns.first().map_or("none", String::as_str);
            let _ = write!(text, " 0 {first}");
        } else {
            push_cells(text, program, &row.cells, names);
        }
        let _ = writeln!(text, " {relation} {}", euro(bound));
    };
    match (row.lower, row.upper) {
        (Some(lower), Some(upper)) if lower == upper => side("", "=", lower),
        (Some(lower), Some(upper)) => {
            side("_low", ">=", lower);
            side("_up", "<=", upper);
        }
        (Some(lower), None) => side("", ">=", lower),
        (None, Some(upper)) => side("", "<=", upper),
        (None, None) => {}
    }
}

fn push_cells(text: &mut String, program: &LinearProgram, cells: &[(usize, i64)], names: &Names) {
    let mut on_line = 0;
    for &(column, coefficient) in cells {
        let Some(name) = names.columns.get(column) else {
            continue;
        };
        if on_line == 8 {
            text.push_str("\n  ");
            on_line = 0;
        }
        on_line += 1;
        let sign = if coefficient < 0 { '-' } else { '+' };
        let size = coefficient_text(program, column, coefficient.unsigned_abs());
        if size == "1" {
            let _ = write!(text, " {sign} {name}");
        } else {
            let _ = write!(text, " {sign} {size} {name}");
        }
    }
    if cells.is_empty() {
        let first = names.columns.first().map_or("none", String::as_str);
        let _ = write!(text, " 0 {first}");
    }
}

/// The programme in free MPS format, maximising one objective (`OBJSENSE MAX`).
#[must_use]
pub fn to_mps(program: &LinearProgram, objective: &Objective) -> String {
    let names = Names::new(program);
    let mut text = remark(objective);
    text.push_str("NAME mappafondo\nOBJSENSE\n    MAX\nROWS\n N goal\n");
    for (row, name) in program.rows.iter().zip(&names.rows) {
        let kind = match (row.lower, row.upper) {
            (Some(lower), Some(upper)) if lower == upper => 'E',
            (Some(_), _) => 'G',
            (None, Some(_)) => 'L',
            (None, None) => 'N',
        };
        let _ = writeln!(text, " {kind} {name}");
    }
    text.push_str("COLUMNS\n");
    let mut by_column: Vec<Vec<(usize, i64)>> = vec![Vec::new(); program.columns.len()];
    for (position, row) in program.rows.iter().enumerate() {
        for &(column, coefficient) in &row.cells {
            if let Some(cells) = by_column.get_mut(column) {
                cells.push((position, coefficient));
            }
        }
    }
    let mut integers = false;
    for (column, name) in names.columns.iter().enumerate() {
        let is_whole = program.columns[column].is_whole();
        if is_whole != integers {
            integers = is_whole;
            push_marker(&mut text, integers);
        }
        let cost = objective
            .cost
            .binary_search_by_key(&column, |cell| cell.0)
            .ok()
            .and_then(|found| objective.cost.get(found));
        if let Some((_, cost)) = cost {
            let _ = writeln!(text, " {name} goal {cost}");
        }
        for &(row, coefficient) in by_column.get(column).into_iter().flatten() {
            if let Some(row) = names.rows.get(row) {
                let sign = if coefficient < 0 { "-" } else { "" };
                let size = coefficient_text(program, column, coefficient.unsigned_abs());
                let _ = writeln!(text, " {name} {row} {sign}{size}");
            }
        }
        if cost.is_none() && by_column.get(column).is_none_or(Vec::is_empty) {
            let _ = writeln!(text, " {name} goal 0");
        }
    }
    if integers {
        push_marker(&mut text, false);
    }
    text.push_str("RHS\n");
    for (row, name) in program.rows.iter().zip(&names.rows) {
        if let Some(bound) = row.lower.or(row.upper)
            && bound != 0
        {
            let _ = writeln!(text, " rhs {name} {}", euro(bound));
        }
    }
    text.push_str("RANGES\n");
    for (row, name) in program.rows.iter().zip(&names.rows) {
        if let (Some(lower), Some(upper)) = (row.lower, row.upper)
            && lower != upper
        {
            let _ = writeln!(text, " range {name} {}", euro(upper - lower));
        }
    }
    text.push_str("BOUNDS\n");
    for (column, name) in program.columns.iter().zip(&names.columns) {
        let (lower, upper) = bounds(column);
        if column.lower != 0 {
            let _ = writeln!(text, " LO bound {name} {lower}");
        }
        let _ = writeln!(text, " UP bound {name} {upper}");
    }
    text.push_str("ENDATA\n");
    text
}

/// Opens or closes a run of whole-number columns.
fn push_marker(text: &mut String, opens: bool) {
    let kind = if opens { "INTORG" } else { "INTEND" };
    let _ = writeln!(text, "    MARKER    'MARKER'    '{kind}'");
}
