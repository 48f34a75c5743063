//! `mappafondo convert`: a folder as a workbook and back, with what zones sent back.

use std::collections::BTreeMap;
use std::path::Path;

use mappafondo::disk::{LARGEST_FILE, read_file, replace_file};
use mappafondo::input::{is_workbook, read_model};
use mappafondo::report::OutputFolder;
use mappafondo::report::summary_text::{Align, Grid};
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{program, workbook as words};
use mappafondo::workbook::{Taken, merge, model_workbook};
use serde::Serialize;

use super::args::{Convert, Format};
use super::exit;
use super::failure::Failure;
use super::output::Output;

type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn run(arguments: &Convert, output: &Output) -> Result<u8, Failure> {
    output.progress(program::READING);
    let invalid = |invalid| Failure::invalid(&invalid, output);
    let (model, inputs) = read_model(&arguments.model).map_err(invalid)?;
    let mut files = inputs.files;
    let mut taken = Vec::new();
    if !arguments.merge.is_empty() {
        let mut workbooks = Vec::new();
        for path in &arguments.merge {
            let bytes =
                read_file(path, LARGEST_FILE).map_err(|error| Failure::io(path, &error, output))?;
            workbooks.push((path.display().to_string(), bytes));
        }
        let merged = merge(&files, &workbooks).map_err(invalid)?;
        (files, taken) = (merged.files, merged.taken);
    }
    output.progress(program::WRITING);
    let target = &arguments.target;
    let comments = if is_workbook(target) {
        let bytes = model_workbook(&files, model.language)
            .map_err(|error| Failure::new(exit::INVALID, error.message(output.language)))?;
        write_workbook(target, &bytes, output)?;
        has_comments(&files)
    } else {
        write_folder(target, &files, output)?;
        false
    };
    match output.format {
        Format::Json => output.print_json(&ConvertJson {
            version: 1,
            target: target.display().to_string(),
            files: files.keys().map(String::as_str).collect(),
            comments_lost: comments,
            taken: taken.iter().map(TakenJson::from).collect(),
        })?,
        Format::Table if output.quiet => {}
        Format::Table => output.print(&told(target, &files, comments, &taken, output))?,
    }
    Ok(exit::OK)
}

/// Writes a workbook; one that is there already must be this very one.
pub(crate) fn write_workbook(file: &Path, bytes: &[u8], output: &Output) -> Result<(), Failure> {
    let shown = terminal_text(&file.display().to_string()).into_owned();
    let refuse = |text| Failure::new(exit::USAGE, output.fill(text, &[("file", &shown)]));
    let is_xlsx = file
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !is_xlsx {
        return Err(refuse(words::TARGET_FORMAT));
    }
    match read_file(file, LARGEST_FILE) {
        Ok(found) if found == bytes => return Ok(()),
        Ok(_) => return Err(refuse(words::FILE_EXISTS)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::io(file, &error, output)),
    }
    replace_file(file, bytes).map_err(|error| Failure::io(file, &error, output))
}

/// Writes the files of a model into a folder that is empty, new, or has these very files.
pub(crate) fn write_folder(folder: &Path, files: &Files, output: &Output) -> Result<(), Failure> {
    let refused = |error| Failure::folder(&error, output);
    let target = OutputFolder::open_for_files(folder, files).map_err(refused)?;
    target
        .stage(files)
        .and_then(|()| target.commit())
        .map_err(refused)
}

/// Whether `model.toml` has comments; a `#` in a text may be taken for one, which does no harm.
fn has_comments(files: &Files) -> bool {
    let text = files.get("model.toml").map_or(&[][..], Vec::as_slice);
    String::from_utf8_lossy(text)
        .lines()
        .any(|line| line.trim_start().starts_with('#') || line.contains(" # "))
}

fn told(target: &Path, files: &Files, comments: bool, taken: &[Taken], output: &Output) -> String {
    let shown = terminal_text(&target.display().to_string()).into_owned();
    let written = if is_workbook(target) {
        output.fill(words::CONVERTED_WORKBOOK, &[("target", &shown)])
    } else {
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        let values = [("target", shown.as_str()), ("files", &names.join(", "))];
        output.fill(words::CONVERTED_FOLDER, &values)
    };
    let mut text = format!("{written}\n");
    if comments {
        text.push_str(&format!("{}\n", output.say(words::COMMENTS_LOST)));
    }
    if taken.is_empty() {
        return text;
    }
    text.push_str(&format!(
        "\n{}\n",
        words::MERGED.say(output.language, taken.len())
    ));
    let columns = [
        (output.say(words::COLUMN_ZONE), Align::Left),
        (output.say(words::COLUMN_WHAT), Align::Left),
        (output.say(words::COLUMN_BEFORE), Align::Right),
        (output.say(words::COLUMN_AFTER), Align::Right),
        (output.say(words::COLUMN_CELL), Align::Left),
    ];
    let mut grid = Grid::new(output.layout(), &columns);
    for line in taken {
        grid.row([
            line.zone.clone(),
            line.told(output.language),
            line.before.clone(),
            line.after.clone(),
            terminal_text(&line.cell).into_owned(),
        ]);
    }
    text.push_str(&grid.text());
    text
}

#[derive(Serialize)]
struct ConvertJson<'a> {
    version: u32,
    target: String,
    files: Vec<&'a str>,
    comments_lost: bool,
    taken: Vec<TakenJson<'a>>,
}

#[derive(Serialize)]
struct TakenJson<'a> {
    zone: &'a str,
    what: &'a str,
    before: &'a str,
    after: &'a str,
    cell: &'a str,
}

impl<'a> From<&'a Taken> for TakenJson<'a> {
    fn from(taken: &'a Taken) -> Self {
        Self {
            zone: &taken.zone,
            what: &taken.what,
            before: &taken.before,
            after: &taken.after,
            cell: &taken.cell,
        }
    }
}
