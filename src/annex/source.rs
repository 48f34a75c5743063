//! A checked plan, read from the files of its folder.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::AnnexError;
use crate::compare::Rows;
use crate::input::read_model_from;
use crate::model::{ActionIdx, Confidence, FundIdx, Model, ZoneIdx};
use crate::proposal::{FundLine, LedgerLine, UnmetLine, UnmetReason, ZoneLine};
use crate::report::summary::Summary;
use crate::sheet::{ColumnKind, Manifest, Scope};
use crate::units::{Euro, Exact, Year, parse_exact};

/// A plan with everything its document needs. The files must have passed `verify`.
#[derive(Clone, Debug)]
pub struct Source {
    /// The model, with the money that the plan's own units earn.
    pub model: Model,
    /// `summary.json`.
    pub summary: Summary,
    /// `dossier/manifest.json`.
    pub manifest: Manifest,
    /// Every fund, in the order in which a proposal names them: the one with most money over the plan first, or as the model lists them.
    pub order: Vec<FundIdx>,
    /// Every payment, in order of fund (as in `order`), action, zone, year.
    pub ledger: Vec<LedgerLine>,
    /// Every case of every rule, in the order of the model.
    pub rules: Vec<RuleCase>,
    /// What is not covered, and why.
    pub unmet: Vec<UnmetLine>,
    /// Need and coverage of each zone and year.
    pub zones: Vec<ZoneLine>,
    /// Where each fund-year's money went, in order of fund (as in `order`) and year.
    pub funds: Vec<FundLine>,
}

/// A row of `rules.csv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCase {
    /// Code of the rule, match or agreement.
    pub rule: String,
    /// Title for people.
    pub title: String,
    /// Where.
    pub fund: Option<FundIdx>,
    /// Where.
    pub action: Option<ActionIdx>,
    /// Where.
    pub zone: Option<ZoneIdx>,
    /// When.
    pub year: Option<Year>,
    /// The law, cited.
    pub law: String,
    /// Where the law can be read.
    pub url: Option<String>,
    /// `law`, `plan`, `target`, `wish`.
    pub strength: String,
    /// `assigned 40%`, `demand`, or empty.
    pub base: String,
    /// `at_least`, `at_most`, `below`, `equal`.
    pub relation: String,
    /// What the plan gives.
    pub value: Exact,
    /// What is asked.
    pub bound: Exact,
    /// `euro`, `units`, `zones`, `projects`.
    pub unit: String,
    /// Distance from the bound; negative when short.
    pub slack: Exact,
    /// `met`, `binding`, `carried`, `short`, `waived`, `excess`.
    pub status: String,
    /// Motive of a waiver.
    pub waiver: String,
}

/// The head of `sheet.json`: what is needed of its columns.
#[derive(Deserialize)]
struct Columns {
    columns: Vec<ColumnHead>,
}

#[derive(Deserialize)]
struct ColumnHead {
    name: String,
    kind: ColumnKind,
    #[serde(flatten)]
    scope: Scope,
}

/// Positions of codes in the model's lists.
struct Codes {
    funds: BTreeMap<String, FundIdx>,
    actions: BTreeMap<String, ActionIdx>,
    zones: BTreeMap<String, ZoneIdx>,
}

/// The files being read.
struct Reader<'f> {
    folder: &'f Path,
    files: &'f BTreeMap<String, Vec<u8>>,
}

impl Source {
    /// Reads a plan from its files, named as below `dossier/` (`ledger.csv`, `../summary.json`), as `verify` gives them.
    ///
    /// `folder` is only named in errors.
    ///
    /// # Errors
    /// [`AnnexError`]: there is no plan, the folder is not whole, or a file cannot be understood.
    pub fn read(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<Self, AnnexError> {
        let reader = Reader { folder, files };
        let summary: Summary = reader.json("../summary.json")?;
        if summary.status == "infeasible" {
            return Err(AnnexError::NoPlan {
                folder: folder.to_owned(),
            });
        }
        let manifest: Manifest = reader.json("manifest.json")?;
        let own = files.iter().filter_map(|(name, bytes)| {
            Some((name.strip_prefix("model/")?.to_owned(), bytes.clone()))
        });
        let model = read_model_from(&own.collect()).map_err(AnnexError::Invalid)?;
        let codes = Codes::of(&model);
        let mut ledger = reader.ledger(&codes)?;
        let model = with_earned(model, &ledger).ok_or(AnnexError::Overflow)?;
        let rules = reader.rules(&model, &codes)?;
        let unmet = reader.unmet(&codes)?;
        let zones = reader.zones(&codes)?;
        let carried = reader.carried(&codes)?;
        let mut funds = fund_lines(&model, &ledger, &carried).ok_or(AnnexError::Overflow)?;
        let order = order(&model, &funds);
        let ranks = ranks(&order);
        let rank = |fund: FundIdx| ranks.get(&fund).copied();
        // Stable: what stands below a fund keeps its order.
        ledger.sort_by_key(|line| rank(line.fund));
        funds.sort_by_key(|line| rank(line.fund));
        Ok(Self {
            model,
            summary,
            manifest,
            order,
            ledger,
            rules,
            unmet,
            zones,
            funds,
        })
    }
}

impl Codes {
    fn of(model: &Model) -> Self {
        Self {
            funds: model
                .fund_indices()
                .map(|fund| (model.fund(fund).id.clone(), fund))
                .collect(),
            actions: model
                .action_indices()
                .map(|action| (model.action(action).id.clone(), action))
                .collect(),
            zones: model
                .zone_indices()
                .map(|zone| (model.zone(zone).id.clone(), zone))
                .collect(),
        }
    }
}

impl Reader<'_> {
    fn file(&self, name: &str) -> Result<&[u8], AnnexError> {
        let found = self.files.get(name).map(Vec::as_slice);
        found.ok_or_else(|| AnnexError::NotWhole {
            folder: self.folder.to_owned(),
            file: name.trim_start_matches("../").to_owned(),
        })
    }

    fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, AnnexError> {
        serde_json::from_slice(self.file(name)?).map_err(|error| AnnexError::Damaged {
            file: name.trim_start_matches("../").to_owned(),
            place: error.to_string(),
        })
    }

    fn table(&self, name: &str, columns: &'static [&'static str]) -> Result<Rows, AnnexError> {
        let path = self.folder.join(name.trim_start_matches("../"));
        Ok(Rows::read(&path, self.file(name)?, columns)?)
    }

    fn ledger(&self, codes: &Codes) -> Result<Vec<LedgerLine>, AnnexError> {
        let table = self.table("ledger.csv", &["fund", "action", "zone", "year", "euro"])?;
        let mut lines = Vec::new();
        for row in table.rows() {
            lines.push(LedgerLine {
                fund: one(&codes.funds, "ledger.csv", row.text(0))?,
                action: one(&codes.actions, "ledger.csv", row.text(1))?,
                zone: one(&codes.zones, "ledger.csv", row.text(2))?,
                year: row.year(3)?,
                euro: euro(row.cents(4)?)?,
            });
        }
        Ok(lines)
    }

    fn unmet(&self, codes: &Codes) -> Result<Vec<UnmetLine>, AnnexError> {
        let columns = &["action", "zone", "year", "units", "euro", "reason"];
        let table = self.table("../unmet.csv", columns)?;
        let mut lines = Vec::new();
        for row in table.rows() {
            lines.push(UnmetLine {
                action: one(&codes.actions, "unmet.csv", row.text(0))?,
                zone: one(&codes.zones, "unmet.csv", row.text(1))?,
                year: row.year(2)?,
                units: exact("unmet.csv", &row.text(3))?,
                euro: euro(row.cents(4)?)?,
                reason: reason(&row.text(5))?,
            });
        }
        Ok(lines)
    }

    fn zones(&self, codes: &Codes) -> Result<Vec<ZoneLine>, AnnexError> {
        let table = self.table("../zones.csv", &["zone", "year", "need", "covered", "euro"])?;
        let mut lines = Vec::new();
        for row in table.rows() {
            let (need, covered) = (row.cents(2)?, row.cents(3)?);
            lines.push(ZoneLine {
                zone: one(&codes.zones, "zones.csv", row.text(0))?,
                year: row.year(1)?,
                need: euro(need)?,
                covered: euro(covered)?,
                coverage: crate::report::number::share(covered, need),
                euro: euro(row.cents(4)?)?,
            });
        }
        Ok(lines)
    }

    fn rules(&self, model: &Model, codes: &Codes) -> Result<Vec<RuleCase>, AnnexError> {
        let columns = &[
            "rule", "fund", "action", "zone", "year", "law", "strength", "base", "relation",
            "value", "bound", "unit", "slack", "status", "waiver",
        ];
        let table = self.table("../rules.csv", columns)?;
        let mut named: BTreeMap<&str, (&str, Option<&String>)> = BTreeMap::new();
        for entry in &model.matches {
            named.insert(&entry.id, (&entry.title, entry.law.url.as_ref()));
        }
        for rule in &model.rules {
            named.insert(&rule.id, (&rule.title, rule.law.url.as_ref()));
        }
        let mut cases = Vec::new();
        for row in table.rows() {
            let rule = row.text(0);
            let (title, url) = named
                .get(rule.as_str())
                .copied()
                .unwrap_or((rule.as_str(), None));
            let year = row.text(4);
            cases.push(RuleCase {
                title: title.to_owned(),
                url: url.cloned(),
                fund: some(&codes.funds, row.text(1))?,
                action: some(&codes.actions, row.text(2))?,
                zone: some(&codes.zones, row.text(3))?,
                year: if year.is_empty() {
                    None
                } else {
                    Some(row.year(4)?)
                },
                law: plain(row.text(5)),
                strength: row.text(6),
                base: row.text(7),
                relation: row.text(8),
                value: exact("rules.csv", &row.text(9))?,
                bound: exact("rules.csv", &row.text(10))?,
                unit: row.text(11),
                slack: exact("rules.csv", &row.text(12))?,
                status: row.text(13),
                waiver: plain(row.text(14)),
                rule,
            });
        }
        Ok(cases)
    }

    /// What moves on from each fund-year, all zones together.
    fn carried(&self, codes: &Codes) -> Result<BTreeMap<(FundIdx, Year), i128>, AnnexError> {
        let sheet: Columns = self.json("sheet.json")?;
        let table = self.table("values.csv", &["column", "cents"])?;
        let mut values: BTreeMap<String, i128> = BTreeMap::new();
        for row in table.rows() {
            let cents = exact("values.csv", &row.text(1))?;
            values.insert(row.text(0), cents.to_integer());
        }
        let mut carried = BTreeMap::new();
        for column in &sheet.columns {
            let place = (&column.scope.fund, column.scope.year);
            if let (ColumnKind::Carry, (Some(fund), Some(year))) = (column.kind, place) {
                let fund = one(&codes.funds, "sheet.json", fund.clone())?;
                let cents = values.get(&column.name).copied().unwrap_or(0);
                *carried.entry((fund, year)).or_default() += cents;
            }
        }
        Ok(carried)
    }
}

/// A text of a CSV table without the apostrophe that keeps spreadsheets from taking it for a formula.
fn plain(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if crate::report::text::csv_text(rest) == text => rest.to_owned(),
        _ => text,
    }
}

fn one<T: Copy>(codes: &BTreeMap<String, T>, file: &str, code: String) -> Result<T, AnnexError> {
    let found = codes.get(&code).copied();
    found.ok_or_else(|| AnnexError::Damaged {
        file: file.to_owned(),
        place: code,
    })
}

fn some<T: Copy>(codes: &BTreeMap<String, T>, code: String) -> Result<Option<T>, AnnexError> {
    if code.is_empty() {
        return Ok(None);
    }
    one(codes, "rules.csv", code).map(Some)
}

fn exact(file: &str, text: &str) -> Result<Exact, AnnexError> {
    parse_exact(text).ok_or_else(|| AnnexError::Damaged {
        file: file.to_owned(),
        place: text.to_owned(),
    })
}

fn euro(cents: i128) -> Result<Euro, AnnexError> {
    let cents = i64::try_from(cents).map_err(|_| AnnexError::Overflow)?;
    Ok(Euro::from_cents(cents))
}

fn reason(word: &str) -> Result<UnmetReason, AnnexError> {
    let all = [
        UnmetReason::NotEligible,
        UnmetReason::Exhausted,
        UnmetReason::Rule,
        UnmetReason::Outranked,
        UnmetReason::Deadline,
        UnmetReason::Indivisible,
        UnmetReason::Rounding,
    ];
    let found = all.into_iter().find(|reason| reason.word() == word);
    found.ok_or_else(|| AnnexError::Damaged {
        file: "unmet.csv".to_owned(),
        place: word.to_owned(),
    })
}

/// The model with the money that the whole units of the plan earn; `None` when figures overflow.
fn with_earned(model: Model, ledger: &[LedgerLine]) -> Option<Model> {
    if model.earnings.is_empty() {
        return Some(model);
    }
    let mut paid: BTreeMap<(ActionIdx, ZoneIdx, Year), i64> = BTreeMap::new();
    for line in ledger {
        let sum = paid.entry((line.action, line.zone, line.year)).or_default();
        *sum = sum.checked_add(line.euro.cents())?;
    }
    let mut earned = Vec::new();
    for earning in &model.earnings {
        for zone in model.zone_indices() {
            for (position, &year) in model.years.iter().enumerate() {
                let action = model.action(earning.action);
                let cost = action
                    .unit_cost
                    .get(position)
                    .map_or(1, |c| c.cents())
                    .max(1);
                let paid = paid.get(&(earning.action, zone, year)).copied();
                let units = Exact::from_integer(i128::from(paid.unwrap_or(0).div_euclid(cost)));
                if let Some(euro) = earning.euro((zone, year), &units) {
                    earned.push(((earning.fund, zone, year + earning.lag), euro));
                }
            }
        }
    }
    model.with_money(earned)
}

/// The funds as a proposal names them: as the model lists them where it says so, else the one with most money over the plan first,
/// equal ones by code.
fn order(model: &Model, lines: &[FundLine]) -> Vec<FundIdx> {
    if let Some(listed) = &model.head.listed {
        return listed.clone();
    }
    let mut assigned: BTreeMap<FundIdx, i128> = BTreeMap::new();
    for line in lines {
        *assigned.entry(line.fund).or_default() += i128::from(line.assigned.cents());
    }
    let mut order: Vec<FundIdx> = model.fund_indices().collect();
    order.sort_by_key(|fund| Reverse(assigned.get(fund).copied().unwrap_or(0)));
    order
}

/// The place of each fund in an order.
pub(super) fn ranks(order: &[FundIdx]) -> BTreeMap<FundIdx, usize> {
    order.iter().copied().zip(0..).collect()
}

/// Where each fund-year's money went; `None` when figures overflow.
fn fund_lines(
    model: &Model,
    ledger: &[LedgerLine],
    carried: &BTreeMap<(FundIdx, Year), i128>,
) -> Option<Vec<FundLine>> {
    let mut used: BTreeMap<(FundIdx, Year), Euro> = BTreeMap::new();
    for line in ledger {
        let sum = used.entry((line.fund, line.year)).or_default();
        *sum = sum.checked_add(line.euro)?;
    }
    let mut lines = Vec::new();
    for fund in model.fund_indices() {
        let mut carried_in = Euro::ZERO;
        for &year in &model.years {
            let money = model.money.get(&(fund, year));
            let assigned = money.map_or(Euro::ZERO, |money| money.total);
            let used = used.get(&(fund, year)).copied().unwrap_or_default();
            let out = carried.get(&(fund, year)).copied().unwrap_or(0);
            let carried_out = Euro::from_cents(i64::try_from(out).ok()?);
            let there = assigned.checked_add(carried_in)?;
            if there != Euro::ZERO || used != Euro::ZERO {
                lines.push(FundLine {
                    fund,
                    year,
                    assigned,
                    carried_in,
                    used,
                    carried_out,
                    lost: there.checked_sub(used)?.checked_sub(carried_out)?,
                    estimate: money
                        .and_then(|m| m.by_confidence.get(&Confidence::Estimate).copied())
                        .unwrap_or_default(),
                });
            }
            carried_in = carried_out;
        }
    }
    Some(lines)
}
