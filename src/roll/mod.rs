//! A proposal to the model of the next plan: what was allocated becomes the past, what may still be spent is carried, and what
//! nobody can know yet is listed.
//!
//! A function of the files of a dossier: no disk, clock, environment or chance. No figure is invented.

mod blocks;
mod carried;
mod missing;
mod page;
mod settings;
mod spent;
mod staff;
mod tables;
mod todo;
mod zones;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

pub use carried::Carried;
pub use staff::Staff;
pub use todo::{Item, Kind, listed};

use crate::input::{RawTable, read_model_from};
use crate::model::{Language, Model};
use crate::problem::{InvalidModel, Severity};
use crate::report::folder::ROLL_MANIFEST;
use crate::report::words::roll as words;
use crate::sheet::{DOSSIER_FORMAT, RollManifest};
use crate::units::{Euro, Year};
use carried::{Over, by_spender};
use settings::Settings;
use spent::Spent;
use zones::Zones;

/// A proposal that was verified: the files of its model, its ledger, the hash of its model.
#[derive(Clone, Copy, Debug)]
pub struct Proposed<'a> {
    /// The model's files by name.
    pub model: &'a BTreeMap<String, Vec<u8>>,
    /// `ledger.csv`; `None` where no plan was possible.
    pub ledger: Option<&'a [u8]>,
    /// Hash of the model, as the manifest has it.
    pub hash: &'a str,
}

/// The new model, and what is to be told of it.
#[derive(Clone, Debug)]
pub struct Rolled {
    /// The files of its folder by name.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Years of the old plan.
    pub from: String,
    /// Years of the new plan.
    pub years: String,
    /// Language of the files.
    pub language: Language,
    /// What the past years of the plan gave, all cells together.
    pub past: Past,
    /// Money that goes on.
    pub carried: Vec<Carried>,
    /// Staff that stays.
    pub staff: Vec<Staff>,
    /// What is to be filled in or looked at, under its headings.
    pub items: Vec<Item>,
    /// Whether the new model is valid as it is.
    pub valid: bool,
}

/// The past years in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// Rows of past years of the plan in `previous.csv`.
    pub rows: usize,
    /// Their sum.
    pub euro: Euro,
    /// How many cells the actuals decided, those that became zero included.
    pub actual: usize,
}

/// Why a proposal cannot be rolled.
#[derive(Clone, Debug, Error)]
pub enum RollError {
    /// The new plan would not begin within the old one or right after it.
    #[error("the plan is {from}: the new year can be from {first} to {last}")]
    Year {
        /// Years of the plan.
        from: String,
        /// First year that will do.
        first: Year,
        /// Last year that will do.
        last: Year,
    },
    /// The dossier has no ledger.
    #[error("the dossier has no ledger")]
    NotAProposal,
    /// The model of the dossier is not valid, with the actuals it was given.
    #[error("the model is not valid")]
    Invalid(InvalidModel),
    /// Amounts add up beyond the largest.
    #[error("the figures exceed the largest amount")]
    Overflow,
}

/// Makes the model of the plan that starts in `to`.
///
/// The plan keeps its first day and month and its length; `to` is one of its years after the first, or the year after its last.
///
/// # Errors
/// [`RollError`] when the year will not do, there is no ledger, or figures overflow.
pub fn roll(proposed: Proposed<'_>, to: Year) -> Result<Rolled, RollError> {
    let files = proposed.model;
    let model = read_model_from(files).map_err(RollError::Invalid)?;
    let years = new_years(&model, to)?;
    let ledger = proposed.ledger.and_then(spent::ledger);
    let ledger = ledger.ok_or(RollError::NotAProposal)?;
    let first = model.years.first().copied().unwrap_or(to);
    let past: Vec<Year> = model.years.iter().copied().filter(|y| *y < to).collect();
    let actuals = RawTable::of(files, "actuals.csv", &[]);
    let mut spent = spent::past(&ledger, &actuals, &past);
    let zones = Zones::of(&RawTable::of(files, "zones.csv", &[]));
    let text = files.get("model.toml").map_or(&[][..], Vec::as_slice);
    let text = String::from_utf8_lossy(text);
    let mut settings = Settings::roll(text.strip_prefix('\u{feff}').unwrap_or(&text), to);
    let removed = removed(&settings);
    let mut items = std::mem::take(&mut settings.items);
    items.append(&mut spent.items);

    // Money.
    let overflow = || RollError::Overflow;
    let earned = carried::earned(&model, &spent, to).ok_or_else(overflow)?;
    let by_spender = by_spender(&model, &spent);
    let (left, over) = carried::left(&model, &by_spender, &earned, to, tables::tag);
    items.extend(over.iter().map(|over| overspent(&model, over)));
    let mut amounts = RawTable::of(files, "amounts.csv", &[]);
    tables::amounts(&mut amounts, &settings.gates(), to);
    items.extend(missing::amounts(&model, &amounts, &settings, &years));
    let (carried, mut told) =
        tables::carry(&mut amounts, (&model, &zones), &left, &earned, to).ok_or_else(overflow)?;
    items.append(&mut told);
    let told = missing::carried(&model, &carried, &settings, &removed, to);
    items.extend(told.ok_or_else(overflow)?);
    items.extend(claimed(&model, &spent, &mut settings, to).ok_or_else(overflow)?);

    // Needs, projects, staff.
    let mut needs = RawTable::of(files, "needs.csv", &[]);
    items.extend(missing::needs(&needs, &years, to));
    tables::needs(&mut needs, to);
    let mut projects = RawTable::of(files, "projects.csv", &[]);
    items.extend(tables::projects(&mut projects, &model.years, to));
    let from = span(&model.years);
    let mut indicators = RawTable::of(
        files,
        "indicators.csv",
        &["zone", "year", "indicator", "value"],
    );
    let (staff, told) = staff::keep(
        &model,
        (&spent, &zones),
        (&from, &years),
        &mut settings,
        &mut indicators,
    )
    .ok_or_else(overflow)?;
    items.extend(told);
    let mut previous = RawTable::of(
        files,
        "previous.csv",
        &["fund", "action", "zone", "year", "euro"],
    );
    tables::previous(&mut previous, &spent, first, model.language);

    // What may have grown old.
    let actions = RawTable::of(files, "actions.csv", &[]);
    items.extend(missing::unit_costs(&actions, &years));
    items.extend(missing::indicators(&model, to));
    let eligibility = RawTable::of(files, "eligibility.csv", &[]);
    items.extend(missing::expired(&model, &eligibility, &removed, to));
    items.extend(missing::assumptions(&model));

    let mut new = files.clone();
    new.insert("model.toml".to_owned(), settings.text().into_bytes());
    new.insert("amounts.csv".to_owned(), amounts.bytes());
    for (name, table) in [
        ("needs.csv", needs),
        ("projects.csv", projects),
        ("indicators.csv", indicators),
        ("previous.csv", previous),
    ] {
        if table.rows.is_empty() {
            new.remove(name); // a table without rows is not valid
        } else {
            new.insert(name.to_owned(), table.bytes());
        }
    }
    let checked = read_model_from(&new);
    if let Err(invalid) = &checked {
        items.extend(problems(invalid, model.language));
    }
    items.sort_by_key(|item| item.kind);
    let euro = Euro::checked_sum(spent.euro.values().copied()).ok_or_else(overflow)?;
    let mut rolled = Rolled {
        files: new,
        from,
        years: span(&years),
        language: model.language,
        past: Past {
            rows: spent.euro.len(),
            euro,
            actual: spent.actual.len(),
        },
        carried,
        staff,
        items,
        valid: checked.is_ok(),
    };
    let page = page::page(&rolled, &model.title);
    let name = words::PAGE_NAME.say(model.language).to_owned();
    rolled.files.insert(name, page.into_bytes());
    let manifest = manifest(&rolled.files, proposed.hash, to);
    rolled.files.insert(ROLL_MANIFEST.to_owned(), manifest);
    Ok(rolled)
}

/// As many years as the plan had, from `to`.
fn new_years(model: &Model, to: Year) -> Result<Vec<Year>, RollError> {
    let (Some(first), Some(last)) = (model.years.first(), model.years.last()) else {
        return Err(RollError::NotAProposal);
    };
    let (first, last) = (first.saturating_add(1), last.saturating_add(1));
    if !(first..=last).contains(&to) {
        let from = span(&model.years);
        return Err(RollError::Year { from, first, last });
    }
    let length = Year::try_from(model.years.len()).unwrap_or(Year::MAX);
    Ok((to..to.saturating_add(length)).collect())
}

/// `2026` or `2026-2027`.
fn span(years: &[Year]) -> String {
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first < last => format!("{first}-{last}"),
        (Some(first), _) => first.to_string(),
        _ => String::new(),
    }
}

/// Rules that are not in the new model, or are written anew.
fn removed(settings: &Settings) -> BTreeSet<String> {
    let gone = settings
        .items
        .iter()
        .filter(|item| item.kind == Kind::RulePast);
    gone.flat_map(|item| &item.values)
        .filter(|(name, _)| *name == "what")
        .map(|(_, id)| id.clone())
        .collect()
}

fn overspent(model: &Model, over: &Over) -> Item {
    let cents = i64::try_from(over.cents).unwrap_or(i64::MAX);
    let values = [
        ("fund", model.fund(over.fund).id.clone()),
        ("year", over.year.to_string()),
        ("euro", Euro::from_cents(cents).to_string()),
    ];
    Item::new(Kind::Overspent, values)
}

/// What was spent counts as claimed; `None` when figures overflow.
fn claimed(model: &Model, spent: &Spent, settings: &mut Settings, to: Year) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for claim in &model.claims {
        let fund = &model.fund(claim.fund).id;
        let paid = spent.euro.iter().filter(|((cell, _), _)| cell.0 == *fund);
        let paid = Euro::checked_sum(paid.map(|(_, euro)| *euro))?;
        let claimed = claim.claimed.checked_add(paid)?;
        settings.claim(fund, claimed);
        let values = [
            ("fund", fund.clone()),
            ("euro", claimed.to_string()),
            ("year", to.to_string()),
        ];
        items.push(Item::new(Kind::Claimed, values));
    }
    Some(items)
}

fn problems(invalid: &InvalidModel, language: Language) -> impl Iterator<Item = Item> {
    let errors = invalid
        .problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error);
    errors.map(move |problem| {
        let text = problem.text(language);
        Item::new(Kind::Check, [("problem", text)])
    })
}

fn manifest(files: &BTreeMap<String, Vec<u8>>, hash: &str, to: Year) -> Vec<u8> {
    let hashes = files
        .iter()
        .map(|(name, bytes)| (name.clone(), blake3::hash(bytes).to_hex().to_string()));
    let manifest = RollManifest {
        format: DOSSIER_FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        rolled_from: hash.to_owned(),
        to,
        files: hashes.collect(),
    };
    // Text keys and numbers only: it cannot fail.
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
