//! Corruptions planted in a dossier, each of them material: a cent of the ledger, a coefficient, a bound, a cost, a multiplier,
//! a value, a gap, a figure of the tables or of the model.

use std::collections::BTreeMap;

use mappafondo::sheet::{ColumnKind, Sheet};
use mappafondo::units::Euro;

use super::planted_proof::{
    coefficient, column_bound, cost, cost_dropped, excess, goal_gap, goal_multiplier, goal_value,
    multiplier, pick_distance, pick_gap, row_bound, row_play, scale, sheet,
};

/// Files by name, as below the folder of `solve`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

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

    /// From 0 to `most - 1`.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// A change that is not zero.
    pub(crate) fn change(&mut self) -> i64 {
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
    let names: Vec<String> = files
        .keys()
        .filter(|name| !name.ends_with("manifest.json"))
        .cloned()
        .collect();
    let name = &names[dice.below(names.len())];
    let content = files.get_mut(name).unwrap();
    let byte = dice.below(content.len());
    content[byte] ^= 1 << dice.below(8);
    format!("byte {byte} of {name}")
}

/// A table of the dossier, its header first.
pub(crate) fn table(files: &Files, name: &str) -> Option<Vec<Vec<String>>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(files.get(name)?.as_slice());
    let rows = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect());
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
    let line = ledger
        .iter_mut()
        .find(|row| row[..3] == own && row[3] == year)?;
    line[4] = changed(&line[4], by)?;
    set_table(files, "dossier/values.csv", &rows);
    set_ledger(files, &ledger);
    Some(format!("values and ledger: {:?} by {by}", rows[k]))
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
    Some(format!(
        "{name}: line {k}, field {field} is {}",
        rows[k][field]
    ))
}

/// A number of the summary.
fn told(files: &mut Files, dice: &mut Dice) -> Option<String> {
    let mut summary: serde_json::Value =
        serde_json::from_slice(files.get("summary.json")?).unwrap();
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
    files.insert(
        "summary.json".to_owned(),
        serde_json::to_vec(&summary).unwrap(),
    );
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
    if !ledger
        .iter()
        .any(|row| row[0] == rows[k][fund] && row[3] == rows[k][year])
    {
        return None;
    }
    // Large enough to reach a zone that pays.
    rows[k][euro] = changed(&rows[k][euro], 100_000 * dice.change().signum())
        .or(changed(&rows[k][euro], 100_000))?;
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
    let places: Vec<usize> = text
        .match_indices("share_of = ")
        .map(|(at, _)| at)
        .collect();
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
