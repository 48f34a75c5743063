//! `mappafondo roll`: next year's model from a proposal and its actuals.

use std::collections::BTreeMap;

use mappafondo::disk::{LARGEST_FILE, read_file};
use mappafondo::report::OutputFolder;
use mappafondo::report::number::{count, money};
use mappafondo::report::summary_text::{Align, Grid, entry};
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{program, roll as words};
use mappafondo::roll::{Proposed, RollError, Rolled, listed, roll};
use serde::Serialize;

use super::args::{Format, Roll};
use super::checked::{checked, model_of};
use super::exit;
use super::failure::Failure;
use super::output::{Output, bold};

pub(crate) fn run(arguments: &Roll, output: &Output) -> Result<u8, Failure> {
    output.progress(program::CHECKING);
    let files = checked(&arguments.dir, words::NOT_VERIFIED, output)?;
    let (mut model, manifest) = model_of(&files, output)?;
    if let Some(actuals) = &arguments.actuals {
        let bytes = read_file(actuals, LARGEST_FILE)
            .map_err(|error| Failure::io(actuals, &error, output))?;
        model.insert("actuals.csv".to_owned(), bytes);
    }
    let proposed = Proposed {
        model: &model,
        ledger: files.get("ledger.csv").map(Vec::as_slice),
        hash: &manifest.model_hash,
    };
    let rolled = roll(proposed, arguments.to).map_err(|error| failure(&error, output))?;
    let folder = OutputFolder::open_for_model(&arguments.out)
        .map_err(|error| Failure::folder(&error, output))?;
    output.progress(program::WRITING);
    folder
        .stage(&rolled.files)
        .and_then(|()| folder.commit())
        .map_err(|error| Failure::folder(&error, output))?;
    let shown = arguments.out.display().to_string();
    match output.format {
        Format::Json => output.print_json(&RollJson::new(&rolled, output))?,
        Format::Table => output.print(&table(&rolled, &shown, output))?,
    }
    Ok(exit::OK)
}

fn failure(error: &RollError, output: &Output) -> Failure {
    match error {
        RollError::Year { from, first, last } => {
            let (first, last) = (first.to_string(), last.to_string());
            let values = [("from", from.as_str()), ("first", &first), ("last", &last)];
            Failure::new(exit::USAGE, output.fill(words::YEAR_OUTSIDE, &values))
        }
        RollError::NotAProposal => Failure::new(exit::INVALID, output.say(words::NOT_A_PROPOSAL)),
        RollError::Invalid(invalid) => Failure::invalid(invalid, output),
        RollError::Overflow => Failure::new(exit::INVALID, output.say(words::OVERFLOW)),
    }
}

/// What was made, what is carried, and what is to be filled in; with `--quiet`, the last alone.
fn table(rolled: &Rolled, folder: &str, output: &Output) -> String {
    let mut text = String::new();
    if !output.quiet {
        text.push_str(&made(rolled, folder, output));
    }
    text.push_str(&listed(
        &rolled.items,
        output.language,
        |heading| format!("\n{}\n", bold(heading)),
        |line| {
            let line = line.replace('\n', " ");
            entry("-", &terminal_text(&line), output.layout())
        },
    ));
    if !output.quiet {
        let verdict = if rolled.valid {
            words::IS_VALID
        } else {
            words::IS_NOT_VALID
        };
        text.push_str(&format!("\n{}\n", output.say(verdict)));
    }
    text
}

fn made(rolled: &Rolled, folder: &str, output: &Output) -> String {
    let language = output.language;
    let values = [
        ("years", rolled.years.as_str()),
        ("from", &rolled.from),
        ("folder", &terminal_text(folder)),
    ];
    let (rows, actual) = (
        count(language, rolled.past.rows),
        count(language, rolled.past.actual),
    );
    let euro = money(language, i128::from(rolled.past.euro.cents()));
    let past = [
        ("rows", rows.as_str()),
        ("actual", &actual),
        ("euro", &euro),
    ];
    let mut text = format!(
        "{}\n{}\n",
        output.fill(words::DONE, &values),
        output.fill(words::PREVIOUS, &past)
    );
    if rolled.carried.is_empty() {
        text.push_str(&format!("{}\n", output.say(words::NO_CARRIED)));
        return text;
    }
    let columns = [
        (output.say(words::COLUMN_FUND), Align::Left),
        (output.say(words::COLUMN_ZONE), Align::Left),
        (output.say(words::COLUMN_OF), Align::Left),
        (output.say(words::COLUMN_UNTIL), Align::Left),
        (output.say(words::COLUMN_EURO), Align::Right),
    ];
    let mut grid = Grid::new(output.layout(), &columns);
    for line in &rolled.carried {
        let year = |year: i32| year.to_string();
        grid.row([
            line.fund.clone(),
            line.zone.clone().unwrap_or_default(),
            year(line.of_year),
            line.until.map(year).unwrap_or_default(),
            money(language, i128::from(line.euro.cents())),
        ]);
    }
    text.push_str(&format!(
        "\n{}\n{}",
        bold(output.say(words::CARRIED)),
        grid.text()
    ));
    text
}

/// What `roll --format json` prints.
#[derive(Serialize)]
struct RollJson<'a> {
    version: u32,
    from: &'a str,
    years: &'a str,
    valid: bool,
    files: Vec<&'a str>,
    previous: PastJson,
    carried: Vec<CarriedJson<'a>>,
    staff: Vec<StaffJson<'a>>,
    to_fill_in: Vec<ItemJson<'a>>,
}

#[derive(Serialize)]
struct PastJson {
    rows: usize,
    euro: String,
    from_actuals: usize,
}

#[derive(Serialize)]
struct CarriedJson<'a> {
    fund: &'a str,
    zone: Option<&'a str>,
    of_year: i32,
    until: Option<i32>,
    euro: String,
    written: bool,
}

#[derive(Serialize)]
struct StaffJson<'a> {
    action: &'a str,
    zone: &'a str,
    euro: String,
    unit_cost: String,
}

#[derive(Serialize)]
struct ItemJson<'a> {
    kind: &'static str,
    values: BTreeMap<&'static str, &'a str>,
    text: String,
}

impl<'a> RollJson<'a> {
    fn new(rolled: &'a Rolled, output: &Output) -> Self {
        let carried = rolled.carried.iter().map(|entry| CarriedJson {
            fund: &entry.fund,
            zone: entry.zone.as_deref(),
            of_year: entry.of_year,
            until: entry.until,
            euro: entry.euro.to_string(),
            written: entry.written,
        });
        let staff = rolled.staff.iter().map(|entry| StaffJson {
            action: &entry.action,
            zone: &entry.zone,
            euro: entry.euro.to_string(),
            unit_cost: entry.unit_cost.to_string(),
        });
        let items = rolled.items.iter().map(|item| ItemJson {
            kind: item.kind.code(),
            values: item
                .values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect(),
            text: item.text(output.language),
        });
        Self {
            version: 1,
            from: &rolled.from,
            years: &rolled.years,
            valid: rolled.valid,
            files: rolled.files.keys().map(String::as_str).collect(),
            previous: PastJson {
                rows: rolled.past.rows,
                euro: rolled.past.euro.to_string(),
                from_actuals: rolled.past.actual,
            },
            carried: carried.collect(),
            staff: staff.collect(),
            to_fill_in: items.collect(),
        }
    }
}
