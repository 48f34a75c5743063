//! Random valid models as text files in memory, and what every answer about one of them has to obey.
//!
//! A [`Draft`] is a model before it is written: it can be made from a seed, written out at another scale, and made smaller
//! piece by piece while it still fails ([`shrink`]). Nothing here looks at the programme that `lp` writes, except where said.

#![allow(
    clippy::allow_attributes,
    reason = "what a test leaves unused cannot be expected in all of them"
)]
#![allow(clippy::panic, reason = "a helper of tests fails the test")]
#![allow(dead_code, reason = "each test uses the part it needs")]

pub(crate) mod check;
pub(crate) mod draw;
pub(crate) mod exact;
pub(crate) mod random;
pub(crate) mod room;
pub(crate) mod run;
pub(crate) mod tiny;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use random::Random;

/// The files of a model by name, as `read_model_from` takes them.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A model before it is written. Amounts are in cents; ids are text as in the files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) years: Vec<i32>,
    pub(crate) zones: Vec<Zone>,
    pub(crate) funds: Vec<Fund>,
    pub(crate) actions: Vec<Action>,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) needs: Vec<Need>,
    pub(crate) projects: Vec<Project>,
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) previous: Vec<Previous>,
    /// Tables of `model.toml`, in order. An amount stands as `€cents;`.
    pub(crate) blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
pub(crate) struct Zone {
    pub(crate) id: String,
    pub(crate) residents: i64,
    pub(crate) minors: i64,
    pub(crate) mountain: bool,
    /// Cents: a cap by zone.
    pub(crate) capacity: i64,
    /// Last year in which it exists.
    pub(crate) to: Option<i32>,
}

impl Zone {
    pub(crate) fn exists(&self, year: i32) -> bool {
        self.to.is_none_or(|to| year <= to)
    }
}

/// Who decides where a fund's money goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Pool,
    Baseline,
    Assign,
    ByZone,
}

#[derive(Clone, Debug)]
pub(crate) struct Fund {
    pub(crate) id: String,
    pub(crate) nature: &'static str,
    pub(crate) role: Role,
    pub(crate) carry_over: String,
    pub(crate) last_spend: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Action {
    pub(crate) id: String,
    pub(crate) tags: &'static str,
    pub(crate) leps: bool,
    pub(crate) nature: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) persistent: bool,
    /// Cents.
    pub(crate) unit_cost: i64,
    /// Years with a cost of their own, in cents.
    pub(crate) costs: BTreeMap<i32, i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Amount {
    pub(crate) fund: String,
    pub(crate) year: i32,
    pub(crate) zone: String,
    pub(crate) cents: i64,
    pub(crate) act: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Opening {
    pub(crate) fund: String,
    pub(crate) action: String,
    pub(crate) condition: String,
    pub(crate) max_share: String,
    pub(crate) from: String,
    pub(crate) to: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Need {
    pub(crate) action: String,
    pub(crate) zone: String,
    pub(crate) year: i32,
    /// Hundredths of a unit; `None` is unlimited.
    pub(crate) units: Option<i64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Project {
    pub(crate) id: String,
    pub(crate) action: String,
    pub(crate) zones: String,
    pub(crate) item: String,
    pub(crate) nature: &'static str,
    pub(crate) cents: i64,
    pub(crate) profile: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Agreement {
    pub(crate) id: String,
    pub(crate) parties: String,
    pub(crate) actions: String,
    pub(crate) zones: String,
    pub(crate) min_share: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Previous {
    pub(crate) fund: String,
    pub(crate) action: String,
    pub(crate) zone: String,
    pub(crate) year: i32,
    pub(crate) cents: i64,
}

/// What a table of `model.toml` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Group,
    Riparto,
    Rule,
    Match,
    FlatRate,
    Claim,
    Goal,
    Pick,
}

#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) kind: Kind,
    /// Code of a rule or match; empty otherwise.
    pub(crate) id: String,
    pub(crate) text: String,
}

/// Cents as euro with two decimals.
pub(crate) fn money(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Hundredths as a number with as many decimals as it needs.
fn hundredths(value: i64) -> String {
    match (value / 100, value % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

impl Draft {
    /// The files as they are.
    pub(crate) fn files(&self) -> Files {
        self.files_at(1)
    }

    /// The files with every amount of money multiplied.
    pub(crate) fn files_at(&self, scale: i64) -> Files {
        let money = |cents: i64| money(cents * scale);
        let mut files = Files::new();
        let mut table = |name: &str, header: &str, rows: Vec<String>| {
            if !rows.is_empty() {
                let text = format!("{header}\n{}\n", rows.join("\n"));
                files.insert(format!("{name}.csv"), text.into_bytes());
            }
        };
        let rows = self.zones.iter().map(|z| {
            let to = z.to.map(|to| to.to_string()).unwrap_or_default();
            let mountain = i32::from(z.mountain);
            format!(
                "{0},{0},{to},{1},{2},{mountain},{3}",
                z.id,
                z.residents,
                z.minors,
                money(z.capacity)
            )
        });
        table(
            "zones",
            "zone,name,to,residenti,minori,montana,capacita",
            rows.collect(),
        );
        let rows = self.funds.iter().map(|f| {
            format!(
                "{0},{0},state,{1},{2},{3},Atto di {0}",
                f.id, f.nature, f.carry_over, f.last_spend
            )
        });
        table(
            "funds",
            "fund,name,level,nature,carry_over,last_spend,law",
            rows.collect(),
        );
        let rows = self.amounts.iter().map(|a| {
            format!(
                "{},{},{},{},{},derived,prova",
                a.fund,
                a.year,
                a.zone,
                money(a.cents),
                a.act
            )
        });
        table(
            "amounts",
            "fund,year,zone,euro,act,confidence,source",
            rows.collect(),
        );
        let own: BTreeSet<i32> = self
            .actions
            .iter()
            .flat_map(|a| a.costs.keys().copied())
            .collect();
        let mut header =
            "action,name,area,tags,leps,kind,unit,unit_cost,priority,nature,persistent".to_owned();
        header.extend(own.iter().map(|year| format!(",unit_cost_{year}")));
        let yes = |value: bool| if value { "yes" } else { "no" };
        let rows = self.actions.iter().map(|a| {
            let mut row = format!(
                "{0},{0},Area,{1},{2},divisible,unità,{3},{4},{5},{6}",
                a.id,
                a.tags,
                yes(a.leps),
                money(a.unit_cost),
                a.priority,
                a.nature,
                yes(a.persistent)
            );
            row.extend(own.iter().map(|year| {
                let cost = a
                    .costs
                    .get(year)
                    .map(|cost| money(*cost))
                    .unwrap_or_default();
                format!(",{cost}")
            }));
            row
        });
        table("actions", &header, rows.collect());
        let rows = self.openings.iter().map(|o| {
            format!(
                "{},{},{},{},{},{}",
                o.fund, o.action, o.condition, o.max_share, o.from, o.to
            )
        });
        table(
            "eligibility",
            "fund,action,where,max_share,from,to",
            rows.collect(),
        );
        let rows = self.needs.iter().map(|n| {
            let units = n.units.map_or_else(|| "unlimited".to_owned(), hundredths);
            format!("{},{},{},{units}", n.action, n.zone, n.year)
        });
        table("needs", "action,zone,year,units", rows.collect());
        let rows = self.projects.iter().map(|p| {
            format!(
                "{},{},{},{},{},{},{}",
                p.id,
                p.action,
                p.zones,
                p.item,
                p.nature,
                money(p.cents),
                p.profile
            )
        });
        table(
            "projects",
            "project,action,zones,item,nature,euro,profile",
            rows.collect(),
        );
        let rows = self.agreements.iter().map(|a| {
            format!(
                "{},joint,{},{},{},{}",
                a.id, a.parties, a.actions, a.zones, a.min_share
            )
        });
        table(
            "agreements",
            "agreement,kind,parties,actions,zones,min_share",
            rows.collect(),
        );
        let rows = self.previous.iter().map(|p| {
            format!(
                "{},{},{},{},{}",
                p.fund,
                p.action,
                p.zone,
                p.year,
                money(p.cents)
            )
        });
        table("previous", "fund,action,zone,year,euro", rows.collect());
        files.insert("model.toml".to_owned(), self.toml(scale).into_bytes());
        files
    }

    fn toml(&self, scale: i64) -> String {
        let first = self.years.first().copied().unwrap_or(2022);
        let months = self.years.len() * 12;
        let mut text = format!(
            "[model]\nformat = 1\ntitle = \"Modello di prova\"\nlanguage = \"it\"\n\n[plan]\nstart = {first}-01-01\nmonths = {months}\n"
        );
        for block in &self.blocks {
            text.push('\n');
            let mut rest = block.text.as_str();
            while let Some((before, after)) = rest.split_once('€') {
                let (cents, after) = after.split_once(';').unwrap_or_default();
                text.push_str(before);
                text.push_str(&money(cents.parse::<i64>().unwrap_or(0) * scale));
                rest = after;
            }
            text.push_str(rest);
            text.push('\n');
        }
        text
    }

    /// The same model without some rules, matches and agreements.
    pub(crate) fn only_rules(&self, keep: impl Fn(&str) -> bool) -> Self {
        let mut draft = self.clone();
        draft
            .blocks
            .retain(|block| !matches!(block.kind, Kind::Rule | Kind::Match) || keep(&block.id));
        draft.agreements.retain(|agreement| keep(&agreement.id));
        draft
    }

    /// Codes of rules, matches and agreements.
    pub(crate) fn rule_codes(&self) -> BTreeSet<String> {
        let blocks = self
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, Kind::Rule | Kind::Match));
        blocks
            .map(|block| block.id.clone())
            .chain(self.agreements.iter().map(|a| a.id.clone()))
            .collect()
    }

    /// Everything that is one step smaller. Some of it may not be valid: that does not fail as the model did.
    fn smaller(&self) -> Vec<Self> {
        let mut all = Vec::new();
        macro_rules! without_each {
            ($($list:ident),*) => {$(
                for position in (0..self.$list.len()).rev() {
                    let mut draft = self.clone();
                    draft.$list.remove(position);
                    all.push(draft);
                }
            )*};
        }
        without_each!(blocks, agreements, projects, previous);
        for zone in &self.zones {
            let mut draft = self.clone();
            draft.zones.retain(|z| z.id != zone.id);
            draft.amounts.retain(|a| a.zone != zone.id);
            draft.needs.retain(|n| n.zone != zone.id);
            draft.previous.retain(|p| p.zone != zone.id);
            all.push(draft);
        }
        for fund in &self.funds {
            let mut draft = self.clone();
            draft.funds.retain(|f| f.id != fund.id);
            draft.amounts.retain(|a| a.fund != fund.id);
            draft.openings.retain(|o| o.fund != fund.id);
            draft.previous.retain(|p| p.fund != fund.id);
            draft.blocks.retain(|b| {
                b.kind != Kind::Riparto || !b.text.contains(&format!("\"{}\"", fund.id))
            });
            all.push(draft);
        }
        for action in &self.actions {
            let mut draft = self.clone();
            draft.actions.retain(|a| a.id != action.id);
            draft.openings.retain(|o| o.action != action.id);
            draft.needs.retain(|n| n.action != action.id);
            draft.projects.retain(|p| p.action != action.id);
            draft.previous.retain(|p| p.action != action.id);
            all.push(draft);
        }
        if let (Some(&last), true) = (self.years.last(), self.years.len() > 1) {
            let mut draft = self.clone();
            draft.years.pop();
            draft.amounts.retain(|a| a.year != last);
            draft.needs.retain(|n| n.year != last);
            draft.actions.iter_mut().for_each(|a| {
                a.costs.remove(&last);
            });
            all.push(draft);
        }
        without_each!(openings, amounts, needs);
        for position in 0..self.funds.len() {
            let fund = &self.funds[position];
            if !fund.carry_over.is_empty() {
                let mut draft = self.clone();
                draft.funds[position].carry_over = String::new();
                all.push(draft);
            }
            if !fund.last_spend.is_empty() {
                let mut draft = self.clone();
                draft.funds[position].last_spend = String::new();
                all.push(draft);
            }
        }
        for position in 0..self.openings.len() {
            let opening = &self.openings[position];
            if !(opening.max_share.is_empty()
                && opening.condition.is_empty()
                && opening.from.is_empty())
            {
                let mut draft = self.clone();
                let plain = &mut draft.openings[position];
                plain.max_share.clear();
                plain.condition.clear();
                plain.from.clear();
                plain.to.clear();
                all.push(draft);
            }
        }
        for position in 0..self.actions.len() {
            if self.actions[position].persistent {
                let mut draft = self.clone();
                draft.actions[position].persistent = false;
                all.push(draft);
            }
        }
        all
    }

    /// All files as one text, for a report.
    pub(crate) fn show(&self) -> String {
        let mut text = String::new();
        for (name, bytes) in self.files() {
            let _ = writeln!(
                text,
                "--- {name}\n{}",
                String::from_utf8_lossy(&bytes).trim_end()
            );
        }
        text
    }
}

/// A smaller draft for which `fails` still holds, after at most `tries` tries.
pub(crate) fn shrink(draft: &Draft, mut tries: usize, fails: impl Fn(&Draft) -> bool) -> Draft {
    let mut best = draft.clone();
    'again: loop {
        for candidate in best.smaller() {
            if tries == 0 {
                return best;
            }
            tries -= 1;
            if fails(&candidate) {
                best = candidate;
                continue 'again;
            }
        }
        return best;
    }
}

/// The same tables with rows and columns in another order.
pub(crate) fn shuffled(files: &Files, seed: u64) -> Files {
    let mut random = Random::new(seed);
    files
        .iter()
        .map(|(name, bytes)| (name.clone(), shuffled_one(name, bytes, &mut random)))
        .collect()
}

fn shuffled_one(name: &str, bytes: &[u8], random: &mut Random) -> Vec<u8> {
    if !name.ends_with(".csv") {
        return bytes.to_vec();
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let rows: Result<Vec<csv::StringRecord>, _> = reader.records().collect();
    let mut rows = match rows {
        Ok(rows) => rows,
        Err(why) => panic!("{name}: {why}"),
    };
    let mut columns: Vec<usize> = (0..rows.first().map_or(0, csv::StringRecord::len)).collect();
    random.shuffle(&mut columns);
    if let Some((_, body)) = rows.split_first_mut() {
        random.shuffle(body);
    }
    let mut text = String::new();
    for row in &rows {
        let fields: Vec<String> = columns
            .iter()
            .map(|&column| quoted(row.get(column).unwrap_or_default()))
            .collect();
        let _ = writeln!(text, "{}", fields.join(","));
    }
    text.into_bytes()
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
