//! Corruptions planted in a dossier, each of them material: a cent of the ledger, a coefficient, a bound, a cost, a multiplier,
//! a value, a gap, a figure of the tables or of the model.

use std::collections::BTreeMap;

use mappafondo::sheet::{Certificate, Claim, ColumnKind, GoalCertificate, PickCertificate, Sheet};
use mappafondo::units::Euro;

use super::proof;

type Files = BTreeMap<String, Vec<u8>>;

/// A small generator of numbers, the same everywhere (splitmix64).
pub(crate) struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// A change that is not zero.
    fn change(&mut self) -> i64 {
        let size = [1, 1, 1, 2, 5, 100, 12_345][self.below(7)];
        if self.below(2) == 0 { size } else { -size }
    }
}

/// Plants the corruption that belongs to a seed; gives what it did, or nothing where nothing was found to corrupt.
/// The manifest is left for the caller to write again.
pub(crate) fn plant(files: &mut Files, seed: u64) -> Option<String> {
    let mut dice = Dice(seed);
    let kinds: [fn(&mut Files, &mut Dice) -> Option<String>; 25] = [
        ledger_cents,
        ledger_line_dropped,
        ledger_swap,
        ledger_code,
        payment,
        payment_and_ledger,
        coefficient,
        row_bound,
        row_play,
        column_bound,
        cost,
        cost_dropped,
        scale,
        goal_value,
        goal_gap,
        multiplier,
        goal_multiplier,
        pick_distance,
        pick_gap,
        excess,
        figure,
        told,
        model_amount,
        model_need_or_price,
        model_rule,
    ];
    // The first that applies, from a place of the list that the seed picks.
    let first = dice.below(kinds.len());
    (0..kinds.len()).find_map(|k| kinds[(first + k) % kinds.len()](files, &mut dice))
}

/// Changes one byte of a file that is not the manifest.
pub(crate) fn flip_a_byte(files: &mut Files, seed: u64) -> String {
    let mut dice = Dice(seed);
    let names: Vec<String> = files.keys().filter(|name| !name.ends_with("manifest.json")).cloned().collect();
    let name = &names[dice.below(names.len())];
    let content = files.get_mut(name).unwrap();
    let byte = dice.below(content.len());
    content[byte] ^= 1 << dice.below(8);
    format!("byte {byte} of {name}")
}

fn table(files: &Files, name: &str) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(files.get(name)?.as_slice());
    let rows = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect());
    Some(rows.collect())
}

fn set_table(files: &mut Files, name: &str, rows: &[Vec<String>]) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    files.insert(name.to_owned(), writer.into_inner().unwrap());
}

/// A line of the ledger, never the header.
fn line(rows: &[Vec<String>], dice: &mut Dice) -> Option<usize> {
    (rows.len() > 1).then(|| 1 + dice.below(rows.len() - 1))
}

fn set_ledger(files: &mut Files, rows: &[Vec<String>]) {
    for name in ["ledger.csv", "dossier/ledger.csv"] {
        if files.contains_key(name) {
            set_table(files, name, rows);
        }
    }
}

fn changed(text: &str, by: i64) -> Option<String> {
    let cents = Euro::parse(text)?.cents() + by;
    (cents > 0).then(|| Euro::from_cents(cents).to_string())
}

fn ledger_cents(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut rows = table(files, "dossier/ledger.csv")?;
    let k = line(&rows, dice)?;
    rows[k][4] = changed(&rows[k][4], dice.change())?;
    set_ledger(files, &rows);
    Some(format!("ledger: line {k} is {:?}", rows[k]))
}

fn ledger_line_dropped(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut rows = table(files, "dossier/ledger.csv")?;
    let k = line(&rows, dice)?;
    let dropped = rows.remove(k);
    set_ledger(files, &rows);
    Some(format!("ledger: without {dropped:?}"))
}

fn ledger_swap(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut rows = table(files, "dossier/ledger.csv")?;
    let (j, k) = (line(&rows, dice)?, line(&rows, dice)?);
    if rows[j][4] == rows[k][4] {
        return None;
    }
    let amount = rows[j][4].clone();
    rows[j][4] = std::mem::replace(&mut rows[k][4], amount);
    set_ledger(files, &rows);
    Some(format!("ledger: amounts of lines {j} and {k} swapped"))
}

fn ledger_code(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut rows = table(files, "dossier/ledger.csv")?;
    let (j, k) = (line(&rows, dice)?, line(&rows, dice)?);
    let field = dice.below(4);
    if rows[j][field] == rows[k][field] {
        return None;
    }
    rows[j][field] = rows[k][field].clone();
    set_ledger(files, &rows);
    Some(format!("ledger: line {j} is {:?}", rows[j]))
}

/// A line of `values.csv` that pays.
fn paying(files: &Files, dice: &mut Dice) -> Option<(Vec<Vec<String>>, usize, Sheet, usize)> {
    let rows = table(files, "dossier/values.csv")?;
    let sheet = sheet(files);
    let k = line(&rows, dice)?;
    let column = sheet.columns.iter().position(|c| c.name == rows[k][0])?;
    (sheet.columns[column].kind == ColumnKind::Pay).then_some((rows, k, sheet, column))
}

fn payment(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let (mut rows, k, ..) = paying(files, dice)?;
    let cents = rows[k][1].parse::<i64>().unwrap() + dice.change();
    if cents == 0 {
        return None;
    }
    rows[k][1] = cents.to_string();
    set_table(files, "dossier/values.csv", &rows);
    Some(format!("values: {:?}", rows[k]))
}

/// The same cents in the values and in the ledger: the zone's figures and the goals no longer agree.
fn payment_and_ledger(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let (mut rows, k, sheet, column) = paying(files, dice)?;
    let scope = &sheet.columns[column].scope;
    let by = dice.change();
    let cents = rows[k][1].parse::<i64>().unwrap() + by;
    if cents <= 0 {
        return None;
    }
    rows[k][1] = cents.to_string();
    let mut ledger = table(files, "dossier/ledger.csv")?;
    let own = [&scope.fund, &scope.action, &scope.zone].map(|code| code.clone().unwrap());
    let year = scope.year.unwrap().to_string();
    let line = ledger.iter_mut().find(|row| row[..3] == own && row[3] == year)?;
    line[4] = changed(&line[4], by)?;
    set_table(files, "dossier/values.csv", &rows);
    set_ledger(files, &ledger);
    Some(format!("values and ledger: {:?} by {by}", rows[k]))
}

fn sheet(files: &Files) -> Sheet {
    serde_json::from_slice(&files["dossier/sheet.json"]).unwrap()
}

fn set_sheet(files: &mut Files, sheet: &Sheet) {
    files.insert("dossier/sheet.json".to_owned(), serde_json::to_vec(sheet).unwrap());
}

fn coefficient(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let r = dice.below(sheet.rows.len());
    let row = &mut sheet.rows[r];
    if row.cells.len() < 2 {
        return None; // the only coefficient of a row is its unit
    }
    let c = dice.below(row.cells.len());
    row.cells[c].1 += dice.change();
    if row.cells[c].1 == 0 {
        row.cells.remove(c);
    }
    let what = format!("row {}: cell {c} changed", row.name);
    set_sheet(files, &sheet);
    Some(what)
}

fn row_bound(files: &mut Files, dice: &mut Dice) -> Option<String> {
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

fn row_play(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let r = dice.below(sheet.rows.len());
    let row = &mut sheet.rows[r];
    row.play += dice.change();
    let what = format!("row {}: play {}", row.name, row.play);
    set_sheet(files, &sheet);
    Some(what)
}

fn column_bound(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut sheet = sheet(files);
    let c = dice.below(sheet.columns.len());
    let by = dice.change();
    let column = &mut sheet.columns[c];
    // Wider bounds of the others are no fault: they follow from the rows.
    if !matches!(column.kind, ColumnKind::Pay | ColumnKind::Carry | ColumnKind::Level) {
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

fn cost(files: &mut Files, dice: &mut Dice) -> Option<String> {
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

fn cost_dropped(files: &mut Files, dice: &mut Dice) -> Option<String> {
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

fn scale(files: &mut Files, dice: &mut Dice) -> Option<String> {
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
fn certificate(
    files: &mut Files,
    change: impl FnOnce(&mut Vec<GoalCertificate>, &mut PickCertificate, &mut Vec<(u32, String)>) -> Option<String>,
) -> Option<String> {
    let mut certificate: Certificate = serde_json::from_slice(&files["dossier/certificate.json"]).unwrap();
    let Claim::Proposal { goals, pick, excess } = &mut certificate.claim else {
        return None;
    };
    let what = change(goals, pick, excess)?;
    let bytes = serde_json::to_vec(&certificate).unwrap();
    files.insert("dossier/certificate.json".to_owned(), bytes);
    Some(what)
}

fn plus(text: &str, by: i64) -> String {
    let number: num_bigint::BigInt = text.parse().unwrap();
    (number + by).to_string()
}

fn goal_value(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        goal.value = plus(&goal.value, dice.change());
        Some(format!("goal {g}: value {}", goal.value))
    })
}

fn goal_gap(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        goal.gap = plus(&goal.gap, dice.change());
        Some(format!("goal {g}: gap {}", goal.gap))
    })
}

/// A multiplier that no longer proves the stated gap.
fn multiplier(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let sheet = sheet(files);
    let values = values(files, &sheet)?;
    certificate(files, |goals, _, _| {
        let g = dice.below(goals.len());
        let goal = goals.get_mut(g)?;
        if goal.multipliers.is_empty() {
            return None;
        }
        let before = proof::bound_of(&sheet, g, &values, &goal.multipliers, &goal.goal_multipliers);
        let m = dice.below(goal.multipliers.len());
        let own = goal.multipliers[m].1;
        goal.multipliers[m].1 = match dice.below(4) {
            0 => -own,
            1 => own * 1.5,
            2 => own / 2.0,
            _ => 0.0,
        };
        let after = proof::bound_of(&sheet, g, &values, &goal.multipliers, &goal.goal_multipliers);
        let what = format!("goal {g}: multiplier {m} from {own} to {}", goal.multipliers[m].1);
        (before != after).then_some(what)
    })
}

fn values(files: &Files, sheet: &Sheet) -> Option<Vec<i64>> {
    let mut values = vec![0; sheet.columns.len()];
    let positions: BTreeMap<&str, usize> = sheet.columns.iter().enumerate().map(|(k, c)| (c.name.as_str(), k)).collect();
    for row in table(files, "dossier/values.csv")?.iter().skip(1) {
        values[*positions.get(row[0].as_str())?] = row[1].parse().ok()?;
    }
    Some(values)
}

fn goal_multiplier(files: &mut Files, dice: &mut Dice) -> Option<String> {
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

fn pick_distance(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |_, pick, _| {
        pick.distance = plus(&pick.distance, dice.change());
        Some(format!("pick: distance {}", pick.distance))
    })
}

fn pick_gap(files: &mut Files, dice: &mut Dice) -> Option<String> {
    certificate(files, |_, pick, _| {
        pick.gap = plus(&pick.gap, dice.change());
        pick.proved.then(|| format!("pick: gap {}", pick.gap))
    })
}

/// A row that holds is said not to.
fn excess(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let sheet = sheet(files);
    certificate(files, |_, _, excess| {
        let row = dice.below(sheet.rows.len()) as u32;
        excess.push((row, "1".to_owned()));
        Some(format!("excess: row {row}"))
    })
}

/// A figure of the tables beside the ledger.
fn figure(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let (name, fields): (&str, &[usize]) = [
        ("rules.csv", &[9, 10, 12][..]),
        ("zones.csv", &[2, 3, 5]),
        ("unmet.csv", &[4]),
    ][dice.below(3)];
    let mut rows = table(files, name)?;
    let k = line(&rows, dice)?;
    let field = fields[dice.below(fields.len())];
    rows[k][field] = changed(&rows[k][field], dice.change())?;
    set_table(files, name, &rows);
    Some(format!("{name}: line {k}, field {field} is {}", rows[k][field]))
}

/// A number of the summary.
fn told(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut summary: serde_json::Value = serde_json::from_slice(files.get("summary.json")?).unwrap();
    let path = [
        "/totals/assigned",
        "/totals/used",
        "/totals/lost",
        "/funds/0/used",
        "/coverage/all/covered",
        "/coverage/leps/need",
        "/pick/distance",
        "/goals/0/value",
        "/goals/0/gap",
    ][dice.below(9)];
    let number = summary.pointer_mut(path)?;
    let new = changed(number.as_str()?, dice.change())?;
    *number = serde_json::Value::String(new.clone());
    files.insert("summary.json".to_owned(), serde_json::to_vec(&summary).unwrap());
    Some(format!("summary: {path} is {new}"))
}

/// The amount of a fund that pays in that year.
fn model_amount(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let name = "dossier/model/amounts.csv";
    let mut rows = table(files, name)?;
    let ledger = table(files, "dossier/ledger.csv")?;
    let field = |header: &str| rows[0].iter().position(|text| text == header);
    let (fund, year, euro) = (field("fund")?, field("year")?, field("euro")?);
    let k = line(&rows, dice)?;
    if !ledger.iter().any(|row| row[0] == rows[k][fund] && row[3] == rows[k][year]) {
        return None;
    }
    // Large enough to reach a zone that pays.
    rows[k][euro] = changed(&rows[k][euro], 100_000 * dice.change().signum()).or(changed(&rows[k][euro], 100_000))?;
    set_table(files, name, &rows);
    Some(format!("model: amounts line {k} is {}", rows[k][euro]))
}

/// A need, or the price of a unit of something that is needed.
fn model_need_or_price(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let (name, column) = [
        ("dossier/model/needs.csv", "units"),
        ("dossier/model/projects.csv", "euro"),
    ][dice.below(2)];
    let mut rows = table(files, name)?;
    let field = rows[0].iter().position(|text| text == column)?;
    let k = line(&rows, dice)?;
    rows[k][field] = match column {
        "euro" => changed(&rows[k][field], 100_000)?,
        _ => (rows[k][field].parse::<u32>().ok()? + 3).to_string(),
    };
    set_table(files, name, &rows);
    Some(format!("model: {name} line {k} is {}", rows[k][field]))
}

/// The share of a rule.
fn model_rule(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let name = "dossier/model/model.toml";
    let text = String::from_utf8(files.get(name)?.clone()).unwrap();
    let places: Vec<usize> = text.match_indices("share_of = ").map(|(at, _)| at).collect();
    let from = *places.get(dice.below(places.len()))?;
    let line_start = text[..from].rfind('\n')?;
    if text[line_start..from].contains('#') {
        return None;
    }
    let percent = from + text[from..].find("%\"")?;
    let quote = text[..percent].rfind('"')?;
    let share: u32 = text[quote + 1..percent].parse().ok()?;
    let new = if share >= 50 { share - 7 } else { share + 7 };
    let changed = format!("{}\"{new}{}", &text[..quote], &text[percent..]);
    files.insert(name.to_owned(), changed.into_bytes());
    Some(format!("model: a share of {share}% is {new}%"))
}
