//! What `solve` wrote, read back: one plan with its figures, or the word that there is none.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::{CompareError, at};
use super::table::{Rows, cents};
use crate::disk::{LARGEST_FILE, read_file};
use crate::input::read_model_from;
use crate::model::Model;
use crate::report::summary::{SUMMARY_FORMAT, Summary, SummaryCoverage};
use crate::sheet::{DOSSIER_FORMAT, Manifest};
use crate::units::{Exact, Year, parse_exact};

/// One result of `solve`. Figures are whole cents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Where it was read.
    pub folder: PathBuf,
    /// Title of its model.
    pub title: String,
    /// Titles of the scenarios that changed the model.
    pub scenarios: Vec<String>,
    /// Hash over the files of its model.
    pub hash: String,
    /// `optimal`, `limit` or `infeasible`.
    pub status: String,
    /// Years of the plan.
    pub years: Vec<Year>,
    /// Names of zones, funds and actions, by code.
    pub names: Names,
    /// Goals in order.
    pub goals: Vec<Goal>,
    /// Named sums over the plan, in the order in which people read them.
    pub totals: Vec<(&'static str, i128)>,
    /// Each fund over the plan.
    pub funds: BTreeMap<String, FundFigures>,
    /// Each zone and year.
    pub zones: BTreeMap<(String, Year), ZoneFigures>,
    /// Each payment: fund, action, zone, year.
    pub ledger: BTreeMap<(String, String, String, Year), i128>,
    /// What is not covered, and why: action, zone, year.
    pub unmet: BTreeMap<(String, String, Year), (i128, String)>,
    /// How each instance of a rule stands: rule, fund, action, zone, year.
    pub rules: BTreeMap<[String; 5], String>,
}

/// Names for people, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Of zones.
    pub zones: BTreeMap<String, String>,
    /// Of funds.
    pub funds: BTreeMap<String, String>,
    /// Of actions.
    pub actions: BTreeMap<String, String>,
    /// Of rules.
    pub rules: BTreeMap<String, String>,
}

/// The value reached on a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// `leps`, `targets`, `wishes`, `leximin`, `value`, `at_risk`; with the level of a leximin goal after a dash: `leximin-2`.
    pub id: String,
    /// `euro`, `bound` or `level`.
    pub unit: String,
    /// The value, as exact as the file has it.
    pub value: Exact,
}

/// A fund over the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FundFigures {
    /// Amounts of the plan's years.
    pub assigned: i128,
    /// Planned.
    pub used: i128,
    /// Not planned, with a later deadline.
    pub left: i128,
    /// Not planned, and lost.
    pub lost: i128,
}

/// A zone in a year, or over the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ZoneFigures {
    /// Need, where it has a limit.
    pub need: i128,
    /// Need met.
    pub covered: i128,
    /// Money received.
    pub euro: i128,
}

/// What every format of `summary.json` has.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// A folder being read: every file is as its manifest says.
struct Reader<'f> {
    folder: &'f Path,
    manifest: Manifest,
}

impl Plan {
    /// Reads the folder of a result.
    ///
    /// # Errors
    /// [`CompareError`]: it is not a result, of another format, changed since, or cannot be read.
    pub fn read(folder: &Path) -> Result<Self, CompareError> {
        let reader = Reader::open(folder)?;
        let (path, bytes) = reader.file("summary.json")?;
        let head: Head = json(&path, &bytes)?;
        same_format(&path, head.format, SUMMARY_FORMAT)?;
        let summary: Summary = json(&path, &bytes)?;
        let mut plan = Self {
            folder: folder.to_owned(),
            title: summary.model.title.clone(),
            scenarios: summary
                .scenarios
                .iter()
                .map(|scenario| scenario.title.clone())
                .collect(),
            hash: summary.model.hash.clone(),
            status: summary.status.clone(),
            years: summary.model.years.clone(),
            names: reader.names()?,
            goals: Vec::new(),
            ..Self::default()
        };
        plan.sums(&summary).ok_or_else(|| CompareError::Damaged {
            path,
            place: "totals".to_owned(),
        })?;
        if plan.has_ledger() {
            plan.tables(&reader)?;
        }
        Ok(plan)
    }

    /// What it is told by: the title of its model, with those of the scenarios that changed it.
    #[must_use]
    pub fn told(&self) -> String {
        if self.scenarios.is_empty() {
            return self.title.clone();
        }
        format!("{}: {}", self.title, self.scenarios.join("; "))
    }

    /// Whether there is a plan at all.
    #[must_use]
    pub fn has_ledger(&self) -> bool {
        self.status != "infeasible"
    }

    /// Goals, sums and funds; `None` where a figure is no figure.
    fn sums(&mut self, summary: &Summary) -> Option<()> {
        for goal in &summary.goals {
            let id = match goal.level {
                0 => goal.kind.clone(),
                level => format!("{}-{level}", goal.kind),
            };
            self.goals.push(Goal {
                id,
                unit: goal.unit.clone(),
                value: parse_exact(&goal.value)?,
            });
        }
        let coverage = |of: &SummaryCoverage| Some((cents(&of.need)?, cents(&of.covered)?));
        if let (Some(all), Some(needs)) = (&summary.totals, &summary.coverage) {
            let (need, covered) = coverage(&needs.all)?;
            let (leps_need, leps_covered) = coverage(&needs.leps)?;
            self.totals = vec![
                ("assigned", cents(&all.assigned)?),
                ("used", cents(&all.used)?),
                ("left", cents(&all.left)?),
                ("lost", cents(&all.lost)?),
                ("need", need),
                ("covered", covered),
                ("leps_need", leps_need),
                ("leps_covered", leps_covered),
                ("unlimited", cents(&needs.unlimited)?),
            ];
        }
        for fund in &summary.funds {
            let figures = FundFigures {
                assigned: cents(&fund.assigned)?,
                used: cents(&fund.used)?,
                left: cents(&fund.left)?,
                lost: cents(&fund.lost)?,
            };
            self.funds.insert(fund.fund.clone()?, figures);
        }
        Some(())
    }

    fn tables(&mut self, reader: &Reader<'_>) -> Result<(), CompareError> {
        let table = reader.table("ledger.csv", &["fund", "action", "zone", "year", "euro"])?;
        for row in table.rows() {
            let key = (row.text(0), row.text(1), row.text(2), row.year(3)?);
            *self.ledger.entry(key).or_default() += row.cents(4)?;
        }
        let table = reader.table("zones.csv", &["zone", "year", "need", "covered", "euro"])?;
        for row in table.rows() {
            let figures = ZoneFigures {
                need: row.cents(2)?,
                covered: row.cents(3)?,
                euro: row.cents(4)?,
            };
            self.zones.insert((row.text(0), row.year(1)?), figures);
        }
        let table = reader.table("unmet.csv", &["action", "zone", "year", "euro", "reason"])?;
        for row in table.rows() {
            let key = (row.text(0), row.text(1), row.year(2)?);
            self.unmet.insert(key, (row.cents(3)?, row.text(4)));
        }
        let columns = &["rule", "fund", "action", "zone", "year", "status"];
        let table = reader.table("rules.csv", columns)?;
        for row in table.rows() {
            let key = [0, 1, 2, 3, 4].map(|column| row.text(column));
            self.rules.insert(key, row.text(5));
        }
        Ok(())
    }
}

impl<'f> Reader<'f> {
    fn open(folder: &'f Path) -> Result<Self, CompareError> {
        fs::metadata(folder).map_err(at(folder))?;
        let path = folder.join("dossier").join("manifest.json");
        let bytes = match read_file(&path, LARGEST_FILE) {
            Ok(bytes) => bytes,
            Err(error) if is_absent(&error) => return Err(not_ours(folder)),
            Err(error) => return Err(at(&path)(error)),
        };
        let head: Head = json(&path, &bytes)?;
        same_format(&path, head.format, DOSSIER_FORMAT)?;
        let manifest = json(&path, &bytes)?;
        Ok(Self { folder, manifest })
    }

    /// A file of the folder above the dossier, if it is as it was written.
    fn file(&self, name: &str) -> Result<(PathBuf, Vec<u8>), CompareError> {
        self.listed(&format!("../{name}"), self.folder.join(name))
    }

    fn listed(&self, name: &str, path: PathBuf) -> Result<(PathBuf, Vec<u8>), CompareError> {
        let Some(wanted) = self.manifest.files.get(name) else {
            return Err(not_ours(self.folder));
        };
        let bytes = read_file(&path, LARGEST_FILE).map_err(at(&path))?;
        if blake3::hash(&bytes).to_hex().as_str() != wanted {
            return Err(CompareError::Changed { path });
        }
        Ok((path, bytes))
    }

    fn table(&self, name: &str, columns: &'static [&'static str]) -> Result<Rows, CompareError> {
        let (path, bytes) = self.file(name)?;
        Rows::read(&path, &bytes, columns)
    }

    /// Names for people, from the model in the dossier.
    fn names(&self) -> Result<Names, CompareError> {
        let mut files = BTreeMap::new();
        for name in self.manifest.files.keys() {
            if let Some(inner) = name.strip_prefix("model/") {
                let path = self.folder.join("dossier").join("model").join(inner);
                files.insert(inner.to_owned(), self.listed(name, path)?.1);
            }
        }
        let model = read_model_from(&files).map_err(|_| CompareError::Damaged {
            path: self.folder.join("dossier").join("model"),
            place: "model.toml".to_owned(),
        })?;
        Ok(Names::of(&model))
    }
}

impl Names {
    /// The names of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let pair = |id: &String, name: &String| (id.clone(), name.clone());
        let matches = model.matches.iter().filter(|of| !of.title.is_empty());
        let titled = matches.map(|of| pair(&of.id, &of.title));
        Self {
            zones: model
                .zones
                .iter()
                .map(|zone| pair(&zone.id, &zone.name))
                .collect(),
            funds: model
                .funds
                .iter()
                .map(|fund| pair(&fund.id, &fund.name))
                .collect(),
            actions: model
                .actions
                .iter()
                .map(|action| pair(&action.id, &action.name))
                .collect(),
            rules: model
                .rules
                .iter()
                .map(|rule| pair(&rule.id, &rule.title))
                .chain(titled)
                .collect(),
        }
    }
}

fn not_ours(folder: &Path) -> CompareError {
    CompareError::NotOurs {
        folder: folder.to_owned(),
    }
}

/// Whether a file is not there, or what should be a folder is a file.
fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path, bytes: &[u8]) -> Result<T, CompareError> {
    serde_json::from_slice(bytes).map_err(|error| CompareError::Damaged {
        path: path.to_owned(),
        place: error.to_string(),
    })
}

fn same_format(path: &Path, found: u32, known: u32) -> Result<(), CompareError> {
    if found == known {
        return Ok(());
    }
    Err(CompareError::Format {
        path: path.to_owned(),
        found,
        known,
    })
}
