//! `mappafondo report`: a checked plan as a page, a workbook, PDF, a text document, CSV or JSON; and a workbook and a page for each zone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use mappafondo::annex::{
    AnnexError, Beside, Explained, Source, document, zone_document, zone_names,
};
use mappafondo::compare::{Against, Held, Plan, SweepRun};
use mappafondo::disk::{LARGEST_FILE, read_file, replace_file};
use mappafondo::model::Language;
use mappafondo::report::document::Document;
use mappafondo::report::document_csv::{Dialect, csv};
use mappafondo::report::document_json::json;
use mappafondo::report::docx::docx;
use mappafondo::report::html::page;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::{annex as words, program};
use mappafondo::report::xlsx::{workbook, xlsx};
use mappafondo::report::{OutputFolder, ReportError};
use mappafondo::workbook::zone_sheets;

use super::args::{DialectWord, Report};
use super::checked::checked;
use super::exit;
use super::failure::Failure;
use super::output::Output;

/// What a file is written as, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Html,
    Xlsx,
    Csv,
    Json,
    Docx,
    #[cfg(feature = "pdf")]
    Pdf,
}

/// Another result that was given, and what it is held against.
#[derive(Default)]
struct Given {
    own: Option<Plan>,
    others: Vec<Plan>,
    sweep: Option<SweepRun>,
}

pub(crate) fn run(
    arguments: &Report,
    locale: Option<Language>,
    output: &Output,
) -> Result<u8, Failure> {
    let form = form(&arguments.out, output)?;
    output.progress(program::CHECKING);
    let files = checked(&arguments.dir, words::NOT_VERIFIED, output)?;
    output.progress(program::READING_RESULTS);
    let source = Source::read(&arguments.dir, &files).map_err(|error| failure(error, output))?;
    let language = locale.unwrap_or(source.model.language);
    let given = given(arguments, output)?;
    let against = given.own.as_ref().map_or(Against::Nothing, Against::Plan);
    let held = given.sweep.as_ref().map(|sweep| Held::new(against, sweep));
    let held = held
        .transpose()
        .map_err(|error| failure(error.into(), output))?;
    let explained = match &arguments.explanations {
        Some(file) => Some(explained(file, &source, output)?),
        None => None,
    };
    let beside = Beside {
        plans: given.own.as_ref().map(|own| (own, given.others.as_slice())),
        sweep: held.as_ref(),
        explained: explained.as_ref(),
    };
    output.progress(program::WRITING);
    let told = document(&source, beside, language);
    let dialect = arguments
        .csv_dialect
        .map_or(Dialect::from(language), |word| match word {
            DialectWord::It => Dialect::Italian,
            DialectWord::En => Dialect::English,
        });
    let bytes = bytes(&told, form, dialect).map_err(|error| unwritten(&error, output))?;
    // All is made before anything is written.
    let zones = match &arguments.per_zone {
        Some(_) => Some(zone_files(&source, &files, language, output)?),
        None => None,
    };
    replace_file(&arguments.out, &bytes)
        .map_err(|error| Failure::io(&arguments.out, &error, output))?;
    said(output, words::WRITTEN, &[("file", &shown(&arguments.out))])?;
    if let Some((folder, zones)) = arguments.per_zone.as_ref().zip(zones) {
        let n = source.model.zones.len();
        let target = OutputFolder::open_for_zones(folder)
            .map_err(|error| Failure::folder(&error, output))?;
        target
            .stage(&zones)
            .and_then(|()| target.commit())
            .map_err(|error| Failure::folder(&error, output))?;
        let n = mappafondo::report::number::count(output.language, n);
        let values = [("n", n.as_str()), ("folder", &shown(folder))];
        said(output, words::WRITTEN_ZONES, &values)?;
    }
    Ok(exit::OK)
}

fn shown(path: &Path) -> String {
    terminal_text(&path.display().to_string()).into_owned()
}

fn said(
    output: &Output,
    text: mappafondo::report::words::Text,
    values: &[(&str, &str)],
) -> Result<(), Failure> {
    if output.quiet {
        return Ok(());
    }
    output.print(&format!("{}\n", output.fill(text, values)))
}

/// The form of a file; refused before anything is read.
fn form(file: &Path, output: &Output) -> Result<Form, Failure> {
    let extension = file.extension().and_then(|extension| extension.to_str());
    let refused = |text| {
        let file = shown(file);
        Err(Failure::new(
            exit::USAGE,
            output.fill(text, &[("file", &file)]),
        ))
    };
    match extension {
        Some("html") => Ok(Form::Html),
        Some("xlsx") => Ok(Form::Xlsx),
        Some("csv") => Ok(Form::Csv),
        Some("json") => Ok(Form::Json),
        Some("docx") => Ok(Form::Docx),
        #[cfg(feature = "pdf")]
        Some("pdf") => Ok(Form::Pdf),
        #[cfg(not(feature = "pdf"))]
        Some("pdf") => refused(words::NO_PDF),
        _ => refused(words::REPORT_EXTENSION),
    }
}

fn bytes(document: &Document, form: Form, dialect: Dialect) -> Result<Vec<u8>, ReportError> {
    match form {
        Form::Html => page(document).map(String::into_bytes),
        Form::Xlsx => xlsx(document),
        Form::Csv => csv(document, dialect),
        Form::Json => json(document),
        Form::Docx => docx(document),
        #[cfg(feature = "pdf")]
        Form::Pdf => mappafondo::report::pdf::annex(document),
    }
}

/// What `explain --out` wrote of the same model.
fn explained(file: &Path, source: &Source, output: &Output) -> Result<Explained, Failure> {
    let bytes = read_file(file, LARGEST_FILE).map_err(|error| Failure::io(file, &error, output))?;
    let hash = &source.summary.model.hash;
    Explained::read(&file.display().to_string(), &bytes, hash)
        .map_err(|error| failure(error, output))
}

/// The other plans and the sweep.
fn given(arguments: &Report, output: &Output) -> Result<Given, Failure> {
    let mut given = Given::default();
    if arguments.compare_with.is_empty() && arguments.swept.is_none() {
        return Ok(given);
    }
    let read = |path: &PathBuf| {
        if SweepRun::is_one(path) {
            let path = shown(path);
            let text = output.fill(words::NOT_A_PLAN, &[("path", &path)]);
            return Err(Failure::new(exit::USAGE, text));
        }
        Plan::read(path).map_err(|error| failure(error.into(), output))
    };
    given.own = Some(read(&arguments.dir)?);
    given.others = arguments
        .compare_with
        .iter()
        .map(read)
        .collect::<Result<_, _>>()?;
    if let Some(path) = &arguments.swept {
        if !SweepRun::is_one(path) {
            let path = shown(path);
            let text = output.fill(words::NOT_MANY, &[("path", &path)]);
            return Err(Failure::new(exit::USAGE, text));
        }
        given.sweep = Some(SweepRun::read(path).map_err(|error| failure(error.into(), output))?);
    }
    Ok(given)
}

/// A workbook for each zone, with the sheets it fills in and sends back, its page, and the list of what was written.
fn zone_files(
    source: &Source,
    dossier: &BTreeMap<String, Vec<u8>>,
    language: Language,
    output: &Output,
) -> Result<BTreeMap<String, Vec<u8>>, Failure> {
    let own = dossier
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix("model/")?.to_owned(), bytes.clone())));
    let model: BTreeMap<String, Vec<u8>> = own.collect();
    let mut files = BTreeMap::new();
    for (zone, name) in source.model.zone_indices().zip(zone_names(&source.model)) {
        let told = zone_document(source, zone, language);
        let mut book = workbook(&told).map_err(|error| unwritten(&error, output))?;
        let id = &source.model.zone(zone).id;
        zone_sheets(&mut book, &model, id, language)
            .map_err(|error| Failure::internal(&error, output))?;
        let bytes = book
            .save_to_buffer()
            .map_err(|error| Failure::internal(&error, output))?;
        files.insert(format!("{name}.xlsx"), bytes);
        let page = page(&told).map_err(|error| unwritten(&error, output))?;
        files.insert(format!("{name}.html"), page.into_bytes());
    }
    let list = OutputFolder::list_of_zones(&files);
    files.insert(list.0, list.1);
    Ok(files)
}

fn unwritten(error: &ReportError, output: &Output) -> Failure {
    match error {
        ReportError::TooLarge { what, rows } => {
            let (what, rows) = (terminal_text(what).into_owned(), rows.to_string());
            let values = [("what", what.as_str()), ("rows", &rows)];
            Failure::new(exit::INVALID, output.fill(words::TOO_LARGE, &values))
        }
        ReportError::Table { .. } => Failure::internal(error, output),
    }
}

fn failure(error: AnnexError, output: &Output) -> Failure {
    let code = match &error {
        AnnexError::Compare(error) => return super::compare::failure(error, output),
        AnnexError::Invalid(invalid) => return Failure::invalid(invalid, output),
        AnnexError::NoPlan { .. } => exit::INFEASIBLE,
        AnnexError::NotWhole { .. } => exit::USAGE,
        AnnexError::Damaged { .. } | AnnexError::OtherModel { .. } | AnnexError::Overflow => {
            exit::INVALID
        }
    };
    // Only a model and the disk have no sentence, and they were dealt with.
    Failure::new(code, error.sentence(output.language).unwrap_or_default())
}
