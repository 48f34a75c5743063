//! The arguments. Their help texts are with all other words, in `report::words::program`.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use mappafondo::model::Language;
use mappafondo::run::Shard;

/// Everything on the command line.
#[derive(Debug, Parser)]
#[command(
    name = "mappafondo",
    version,
    disable_help_flag = true,
    disable_version_flag = true
)]
#[command(disable_help_subcommand = true, subcommand_required = true)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Clone, Debug, Args)]
pub(crate) struct Common {
    #[arg(long, global = true, value_enum, default_value_t = Format::Table)]
    pub(crate) format: Format,
    // Read by `locale::language` before anything else.
    #[arg(long, global = true, value_enum)]
    locale: Option<Locale>,
    #[arg(long, global = true)]
    pub(crate) quiet: bool,
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Form of what standard output carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Locale {
    It,
    En,
}

impl Common {
    /// The language that was asked for; none where the environment says it.
    pub(crate) fn asked(&self) -> Option<Language> {
        self.locale.map(|locale| match locale {
            Locale::It => Language::Italian,
            Locale::En => Language::English,
        })
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Solve(Solve),
    Verify(Verify),
    Compare(Compare),
    Report(Report),
    Sweep(Sweep),
    Merge(Merge),
    Explain(Explain),
    Roll(Roll),
    Export(Export),
    Convert(Convert),
    Init(Init),
    Schema(Schema),
    Completions(Completions),
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    pub(crate) model: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Vec<PathBuf>,
}

/// Arguments of `solve`.
#[derive(Debug, Args)]
pub(crate) struct Solve {
    pub(crate) model: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Taken and without effect: one plan is made by one thread. Kept for those who give it.
    #[arg(id = "threads", long = "threads", value_name = "N", value_parser = threads, hide = true)]
    _threads: Option<NonZeroUsize>,
    #[arg(long, value_name = "S", value_parser = seconds)]
    pub(crate) time_limit: Option<Duration>,
}

/// Arguments of `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    pub(crate) dir: PathBuf,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(crate) struct Compare {
    #[arg(value_name = "DIR", required = true)]
    pub(crate) results: Vec<PathBuf>,
    #[arg(long)]
    pub(crate) fail_on_diff: bool,
    #[arg(long, value_name = "FILE")]
    pub(crate) csv: Option<PathBuf>,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(crate) struct Report {
    pub(crate) dir: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "OUTDIR")]
    pub(crate) per_zone: Option<PathBuf>,
    #[arg(long, value_enum)]
    pub(crate) csv_dialect: Option<DialectWord>,
    // Beside the contract: what stands in the comparison of scenarios.
    #[arg(long = "compare", value_name = "DIR")]
    pub(crate) compare_with: Vec<PathBuf>,
    #[arg(long = "sweep", value_name = "DIR")]
    pub(crate) swept: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) explanations: Option<PathBuf>,
}

/// How numbers and columns of a CSV are separated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectWord {
    It,
    En,
}

/// Arguments of `sweep`.
#[derive(Debug, Args)]
pub(crate) struct Sweep {
    #[arg(required_unless_present = "list")]
    pub(crate) model: Option<PathBuf>,
    #[arg(long, value_name = "FILE", required_unless_present = "list")]
    pub(crate) sweep: Option<PathBuf>,
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    pub(crate) out: Option<PathBuf>,
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    #[arg(long, value_name = "i/n", value_parser = shard)]
    pub(crate) shard: Option<Shard>,
    #[arg(long)]
    pub(crate) resume: bool,
    #[arg(long)]
    pub(crate) ledger: bool,
    #[arg(long, value_enum, default_value_t = RouteWord::Auto)]
    pub(crate) route: RouteWord,
    // Beside the contract: the catalogue needs a way to be read.
    #[arg(long)]
    pub(crate) list: bool,
}

/// How scenarios are solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RouteWord {
    Cold,
    Hot,
    Batch,
    Auto,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    #[arg(required = true, value_name = "DIR")]
    pub(crate) dirs: Vec<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    #[arg(value_name = "DIR|MODEL")]
    pub(crate) explained: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Vec<PathBuf>,
    #[arg(long, value_name = "FUND")]
    pub(crate) price: Vec<String>,
    #[arg(long, value_name = "CELL", value_parser = cell)]
    pub(crate) why_not: Vec<CellText>,
    #[arg(long, value_name = "CELL", value_parser = cell)]
    pub(crate) why: Vec<CellText>,
    #[arg(long, value_name = "RULE")]
    pub(crate) law: Vec<String>,
    #[arg(long)]
    pub(crate) goals: bool,
    #[arg(long)]
    pub(crate) shapley: bool,
    #[arg(long, value_name = "FUND|RULE")]
    pub(crate) breakpoints: Vec<String>,
    #[arg(long)]
    pub(crate) at_risk: bool,
    #[arg(long, value_name = "RULE")]
    pub(crate) force: Vec<String>,
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(crate) in_force: Option<i32>,
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) threads: Option<NonZeroUsize>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// A place as it is written: `fund=..,zone=..,action=..,year=..`, any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellText {
    pub(crate) fund: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) zone: Option<String>,
    pub(crate) year: Option<i32>,
}

/// Arguments of `roll`.
#[derive(Debug, Args)]
pub(crate) struct Roll {
    pub(crate) dir: PathBuf,
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(crate) to: i32,
    #[arg(long, value_name = "MODEL")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) actuals: Option<PathBuf>,
}

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(crate) struct Export {
    pub(crate) model: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub(crate) scenario: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    #[arg(long, value_name = "K")]
    pub(crate) goal: Option<String>,
    #[arg(long)]
    pub(crate) without_locks: bool,
}

/// Arguments of `convert`.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    pub(crate) model: PathBuf,
    pub(crate) target: PathBuf,
    #[arg(long, value_name = "WORKBOOK", num_args = 1..)]
    pub(crate) merge: Vec<PathBuf>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    #[arg(value_name = "DIR", required_unless_present = "xlsx")]
    pub(crate) folder: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub(crate) xlsx: Option<PathBuf>,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    #[arg(value_enum, default_value_t = SchemaOf::Model)]
    pub(crate) of: SchemaOf,
}

/// The files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    Model,
    Scenario,
    Sweep,
    Explanation,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// What a value should have been; `usage` says it in the user's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Wanted {
    /// A time.
    #[error("a number of seconds above zero")]
    Seconds,
    /// A year.
    #[error("a year of four digits")]
    Year,
    /// A number of threads.
    #[error("a whole number from 1 up")]
    Threads,
    /// A shard.
    #[error("a part such as 2/8")]
    Shard,
    /// A place.
    #[error("a place such as fund=qsfp,zone=z1,year=2023")]
    Cell,
}

fn threads(text: &str) -> Result<NonZeroUsize, Wanted> {
    text.parse().map_err(|_| Wanted::Threads)
}

fn shard(text: &str) -> Result<Shard, Wanted> {
    Shard::parse(text).ok_or(Wanted::Shard)
}

fn cell(text: &str) -> Result<CellText, Wanted> {
    let mut cell = CellText::default();
    for part in text.split(',') {
        let (key, value) = part.split_once('=').ok_or(Wanted::Cell)?;
        let (key, value) = (key.trim(), value.trim());
        let slot = match key {
            "fund" => &mut cell.fund,
            "action" => &mut cell.action,
            "zone" => &mut cell.zone,
            "year" if cell.year.is_none() => {
                cell.year = Some(year(value).map_err(|_| Wanted::Cell)?);
                continue;
            }
            _ => return Err(Wanted::Cell),
        };
        if value.is_empty() || slot.replace(value.to_owned()).is_some() {
            return Err(Wanted::Cell);
        }
    }
    Ok(cell)
}

fn year(text: &str) -> Result<i32, Wanted> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let year = text.parse().ok().filter(|_| digits);
    year.ok_or(Wanted::Year)
}

/// Seconds with at most three decimals, above zero.
fn seconds(text: &str) -> Result<Duration, Wanted> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 3 {
        return Err(Wanted::Seconds);
    }
    let millis: u64 = format!("{decimals:0<3}")
        .parse()
        .map_err(|_| Wanted::Seconds)?;
    let whole: u64 = whole.parse().map_err(|_| Wanted::Seconds)?;
    let limit = Duration::from_secs(whole).checked_add(Duration::from_millis(millis));
    limit
        .filter(|limit| !limit.is_zero())
        .ok_or(Wanted::Seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_limit_is_above_zero_and_has_no_surprises() {
        assert_eq!(seconds("2.5"), Ok(Duration::from_millis(2500)));
        assert_eq!(seconds("30"), Ok(Duration::from_secs(30)));
        assert_eq!(seconds("0.05"), Ok(Duration::from_millis(50)));
        for text in [
            "0",
            "0.000",
            "-1",
            "1e3",
            "",
            ".5",
            "5.",
            "inf",
            "2,5",
            "0.0001",
            "99999999999999999999",
        ] {
            assert_eq!(seconds(text), Err(Wanted::Seconds), "{text}");
        }
        assert!(threads("0").is_err() && threads("-1").is_err() && threads("x").is_err());
    }
}
