//! All files of a model as entries.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::collect::Problems;
use super::decode::{Encoding, decode};
use super::files::{FILES, MODEL_FILE, check_size};
use super::model_file::{FileEntry, ModelFile};
use super::number::{Dialect, Format};
use super::source::Source;
use super::tables::{
    self, ActionEntry, ActualEntry, AgreementEntry, AmountEntry, AssumptionEntry, EligibilityEntry,
    Entry, FundEntry, IndicatorEntry, MapEntry, NeedRow, PreviousEntry, ProjectEntry, ZoneEntry,
};
use super::toml_file;
use super::toml_values::{Keyed, OneOf};
use super::word::{DialectWord, EncodingWord};
use crate::problem::{Nearest, Place, Shown, ValueProblem, WordList};

/// A model as written.
#[derive(Debug)]
pub(crate) struct Entries {
    /// `model.toml`.
    pub(crate) file: ModelFile,
    /// `zones.csv`.
    pub(crate) zones: Vec<ZoneEntry>,
    /// Names of the free columns of `zones.csv`.
    pub(crate) zone_columns: Vec<String>,
    /// `indicators.csv`.
    pub(crate) indicators: Vec<IndicatorEntry>,
    /// `funds.csv`.
    pub(crate) funds: Vec<FundEntry>,
    /// `amounts.csv`.
    pub(crate) amounts: Vec<AmountEntry>,
    /// `actions.csv`.
    pub(crate) actions: Vec<ActionEntry>,
    /// `eligibility.csv`.
    pub(crate) eligibility: Vec<EligibilityEntry>,
    /// `needs.csv`.
    pub(crate) needs: Vec<NeedRow>,
    /// `projects.csv`.
    pub(crate) projects: Vec<ProjectEntry>,
    /// `agreements.csv`.
    pub(crate) agreements: Vec<AgreementEntry>,
    /// `previous.csv`.
    pub(crate) previous: Vec<PreviousEntry>,
    /// `actuals.csv`.
    pub(crate) actuals: Vec<ActualEntry>,
    /// `assumptions.csv`.
    pub(crate) assumptions: Vec<AssumptionEntry>,
    /// `map.csv`.
    pub(crate) map: Vec<MapEntry>,
    /// What could not be read whole.
    pub(crate) broken: Broken,
}

/// Lists that could not be read whole: a name missing from them is not told as unknown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Broken {
    files: BTreeSet<String>,
    /// Some `[[group]]` could not be read.
    pub(crate) groups: bool,
}

impl Broken {
    /// Whether a file had errors.
    pub(crate) fn file(&self, name: &str) -> bool {
        self.files.contains(name)
    }
}

impl Entries {
    /// Reads all files. `None` if `model.toml` has no usable plan.
    pub(super) fn read(files: &BTreeMap<String, Vec<u8>>, problems: &mut Problems) -> Option<Self> {
        let (file, is_whole) = read_model_file(files, problems);
        let formats = Formats::of(file.files.as_ref(), problems);
        let tables = Tables { files, formats };
        let (zones, zone_columns) = tables.zones(problems);
        let entries = Self {
            zones,
            zone_columns,
            indicators: tables.read("indicators.csv", problems),
            funds: tables.read("funds.csv", problems),
            amounts: tables.read("amounts.csv", problems),
            actions: tables.read("actions.csv", problems),
            eligibility: tables.read("eligibility.csv", problems),
            needs: tables.read("needs.csv", problems),
            projects: tables.read("projects.csv", problems),
            agreements: tables.read("agreements.csv", problems),
            previous: tables.read("previous.csv", problems),
            actuals: tables.read("actuals.csv", problems),
            assumptions: tables.read("assumptions.csv", problems),
            map: tables.read("map.csv", problems),
            broken: Broken {
                files: problems.broken_files(),
                groups: problems.broken_key("group"),
            },
            file,
        };
        is_whole.then_some(entries)
    }
}

/// `model.toml`, and whether it has a plan. What a syntax error leaves legible still says how the tables are written.
pub(super) fn read_model_file(
    files: &BTreeMap<String, Vec<u8>>,
    problems: &mut Problems,
) -> (ModelFile, bool) {
    let Some(source) = source_of(files, MODEL_FILE, Encoding::Utf8, problems) else {
        return (ModelFile::default(), false);
    };
    let mut salvaged = ModelFile::default();
    let salvage =
        |table: &DeTable<'_>| salvaged = ModelFile::read(table, &source, &mut Problems::default());
    let Some(table) = toml_file::parse(&source, problems, salvage) else {
        return (salvaged, false);
    };
    let file = ModelFile::read(table.get_ref(), &source, problems);
    let has_plan = file.plan.is_some();
    (file, has_plan)
}

pub(super) fn source_of(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
    encoding: Encoding,
    problems: &mut Problems,
) -> Option<Source> {
    let bytes = files.get(name)?;
    problems.keep(&Place::file(name), check_size(bytes))?;
    match decode(bytes, encoding, name.strip_suffix(".csv")) {
        Ok(text) => Some(Source::new(name, text)),
        Err((0, problem)) => {
            problems.push(Place::file(name), problem);
            None
        }
        Err((at, problem)) => {
            let read = bytes.get(..at).unwrap_or_default();
            let before = Source::new(name, String::from_utf8_lossy(read).into_owned());
            problems.push(
                Place::line(name, before.line_of(before.text.len())),
                problem,
            );
            None
        }
    }
}

/// How each table is written.
#[derive(Clone, Debug)]
pub(crate) struct Formats(pub(super) BTreeMap<String, (Dialect, Encoding)>);

impl Formats {
    pub(super) fn of(declared: Option<&Keyed<FileEntry>>, problems: &mut Problems) -> Self {
        let mut formats = BTreeMap::new();
        let tables: Vec<&str> = FILES
            .iter()
            .filter_map(|file| file.strip_suffix(".csv"))
            .collect();
        for (table, entry) in declared.iter().flat_map(|keyed| &keyed.0) {
            if !tables.contains(&table.value.as_str()) {
                let unknown = ValueProblem::Word {
                    value: Shown::new(&table.value),
                    nearest: Nearest::of(&table.value, tables.iter().copied()),
                    known: WordList::of(tables.iter().copied()),
                };
                problems.push(table.place.clone(), unknown);
            }
            let dialect = match entry.dialect {
                None => Dialect::Undeclared,
                Some(OneOf(DialectWord::En)) => Dialect::English,
                Some(OneOf(DialectWord::It)) => Dialect::Italian,
            };
            let encoding = match entry.encoding {
                None | Some(OneOf(EncodingWord::Utf8)) => Encoding::Utf8,
                Some(OneOf(EncodingWord::Windows1252)) => Encoding::Windows1252,
            };
            formats.insert(table.value.clone(), (dialect, encoding));
        }
        Self(formats)
    }
}

struct Tables<'f> {
    files: &'f BTreeMap<String, Vec<u8>>,
    formats: Formats,
}

impl Tables<'_> {
    fn source(&self, name: &str, problems: &mut Problems) -> Option<(Source, Format)> {
        let table = name.trim_end_matches(".csv");
        let (dialect, encoding) = self.formats.0.get(table).copied().unwrap_or_default();
        let source = source_of(self.files, name, encoding, problems)?;
        let table = table.to_owned();
        Some((source, Format { dialect, table }))
    }

    fn read<E: Entry>(&self, name: &str, problems: &mut Problems) -> Vec<E> {
        match self.source(name, problems) {
            Some((source, format)) => tables::read(&source, format, problems),
            None => Vec::new(),
        }
    }

    fn zones(&self, problems: &mut Problems) -> (Vec<ZoneEntry>, Vec<String>) {
        match self.source("zones.csv", problems) {
            Some((source, format)) => ZoneEntry::read_all(&source, format, problems),
            None => (Vec::new(), Vec::new()),
        }
    }
}
