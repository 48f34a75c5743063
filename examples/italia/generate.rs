//! A made-up model as large as a country: 600 zones, 10 funds, 24 actions, 3 years. Whole numbers only, so the same seed gives
//! the same bytes on every machine.
//!
//! Half of the funds are pools; money of the others belongs to the zones, by a formula or as amounts. Each has a floor for a third
//! of its actions or a ceiling for another; two of them pay some actions together, and no zone is far from the mean per need.
//! All hard rules are shares of what is spent or bands around it, which the empty plan obeys: a plan exists for every seed.

#[path = "../../tests/generator/random.rs"]
#[allow(
    clippy::allow_attributes,
    dead_code,
    reason = "the tests' stream of numbers, of which this needs a part"
)]
mod random;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use random::Random;

const YEARS: [i32; 3] = [2026, 2027, 2028];
const FUNDS: usize = 10;
const ACTIONS: usize = 24;
/// Needs in percent of all money.
const NEED: i128 = 135;

/// What is generated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) zones: u32,
    pub(crate) seed: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self {
            zones: 600,
            seed: 0,
        }
    }
}

/// How the money of a fund reaches the zones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Pool,
    Baseline,
    Assign,
    ByZone,
}

const ROLES: [Role; FUNDS] = [
    Role::Baseline,
    Role::Assign,
    Role::Pool,
    Role::ByZone,
    Role::Pool,
    Role::Assign,
    Role::Baseline,
    Role::ByZone,
    Role::Pool,
    Role::Assign,
];

/// The files of the model, by name.
pub(crate) fn files(size: Size) -> BTreeMap<String, String> {
    Country::new(size).files()
}

struct Zone {
    id: String,
    residents: i64,
    workers: i64,
    mountain: bool,
    /// Weight of its need.
    need: i64,
}

struct Action {
    id: String,
    /// Cents.
    unit_cost: i64,
    priority: &'static str,
    leps: bool,
    minors: bool,
    /// Weight of its need.
    need: i64,
}

struct Country {
    random: Random,
    zones: Vec<Zone>,
    actions: Vec<Action>,
    /// Actions that each fund may pay, ascending.
    open: Vec<Vec<usize>>,
    /// Cents, by fund and year.
    money: Vec<[i64; 3]>,
}

fn fund_id(fund: usize) -> String {
    format!("fondo-{:02}", fund + 1)
}

/// Cents as euro.
fn euro(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// A whole amount in parts by weight, by largest remainder, ties in order.
fn parts(amount: i64, weights: &[i64]) -> Vec<i64> {
    let all: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    let exact = |weight: i64| i128::from(amount) * i128::from(weight);
    let mut parts: Vec<i64> = weights
        .iter()
        .map(|&weight| (exact(weight) / all) as i64)
        .collect();
    let left = amount - parts.iter().sum::<i64>();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&k| (std::cmp::Reverse(exact(weights[k]) % all), k));
    for &k in order.iter().take(left as usize) {
        parts[k] += 1;
    }
    parts
}

impl Country {
    fn new(size: Size) -> Self {
        let mut random = Random::new(u64::from(size.seed));
        let mut spread = |low, high, times| {
            (0..times).fold(1_000_000_i64, |product, _| {
                product * random.between(low, high) / 100
            })
        };
        let mut zones = Vec::new();
        for position in 1..=size.zones {
            // Many small zones and a few large ones: around 100,000 residents.
            let residents = (spread(45, 165, 4) / 10).max(5_000);
            let need = residents * spread(80, 120, 2) / 1_000_000;
            let workers = (residents * spread(40, 160, 1) / 1_000_000 / 6_500).max(1);
            zones.push(Zone {
                id: format!("ambito-{position:04}"),
                residents,
                workers,
                mountain: position % 4 == 1,
                need,
            });
        }
        let mut actions = Vec::new();
        for position in 0..ACTIONS {
            actions.push(Action {
                id: format!("azione-{:02}", position + 1),
                unit_cost: random.between(30_000, 6_000_000),
                priority: ["1", "1.5", "2", "3"][random.below(4)],
                leps: position % 4 == 0,
                minors: position % 3 == 1,
                need: random.between(40, 160),
            });
        }
        let mut open: Vec<Vec<usize>> = (0..FUNDS)
            .map(|_| (0..ACTIONS).filter(|_| random.chance(33)).collect())
            .collect();
        // Every fund has a floor's and a ceiling's actions and others, and the first two have some in common.
        for (fund, open) in open.iter_mut().enumerate() {
            let more = [fund, fund + 7, fund + 13, fund + 18, 4, 10];
            let more = more[..if fund < 2 { 6 } else { 4 }].iter();
            open.extend(more.map(|action| action % ACTIONS));
            open.sort_unstable();
            open.dedup();
        }
        for action in 0..ACTIONS {
            if !open.iter().any(|open| open.contains(&action)) {
                let fund = random.below(FUNDS);
                open[fund].push(action);
                open[fund].sort_unstable();
            }
        }
        let per_zone = i64::from(size.zones);
        let money = (0..FUNDS)
            .map(|_| {
                let base = random.between(20_000_000, 90_000_000);
                YEARS.map(|_| {
                    base * per_zone * random.between(90, 110) / 100 + random.between(0, 99)
                })
            })
            .collect();
        Self {
            random,
            zones,
            actions,
            open,
            money,
        }
    }

    fn files(mut self) -> BTreeMap<String, String> {
        let toml = self.toml();
        let mut files = BTreeMap::from([("model.toml", toml)]);
        files.insert("zones.csv", self.zones_table());
        files.insert("funds.csv", funds_table());
        files.insert("amounts.csv", self.amounts_table());
        files.insert("actions.csv", self.actions_table());
        files.insert("eligibility.csv", self.eligibility_table());
        files.insert("needs.csv", self.needs_table());
        files.insert("assumptions.csv", ASSUMPTIONS.to_owned());
        files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text))
            .collect()
    }

    fn zones_table(&self) -> String {
        let mut text = "zone,name,residenti,assistenti_sociali,fabbisogno,montana\n".to_owned();
        for zone in &self.zones {
            let (number, mountain) = (&zone.id["ambito-".len()..], i32::from(zone.mountain));
            let _ = writeln!(
                text,
                "{},Ambito {number},{},{},{},{mountain}",
                zone.id, zone.residents, zone.workers, zone.need
            );
        }
        text
    }

    fn amounts_table(&self) -> String {
        let mut text = "fund,year,zone,euro,act,confidence,source\n".to_owned();
        let end = "Atto generato,estimate,cifra generata";
        let weights: Vec<i64> = self.zones.iter().map(|zone| zone.need).collect();
        for (fund, money) in self.money.iter().enumerate() {
            let id = fund_id(fund);
            for (year, &amount) in YEARS.iter().zip(money) {
                if ROLES[fund] != Role::ByZone {
                    let _ = writeln!(text, "{id},{year},,{},{end}", euro(amount));
                    continue;
                }
                for (zone, part) in self.zones.iter().zip(parts(amount, &weights)) {
                    let _ = writeln!(text, "{id},{year},{},{},{end}", zone.id, euro(part));
                }
            }
        }
        text
    }

    fn actions_table(&self) -> String {
        let mut text = "action,name,area,tags,leps,kind,unit,unit_cost,priority\n".to_owned();
        for (position, action) in (1..).zip(&self.actions) {
            let _ = writeln!(
                text,
                "{},Azione generata {position},Area {},{},{},divisible,unità,{},{}",
                action.id,
                position % 5 + 1,
                if action.minors { "minori" } else { "" },
                if action.leps { "yes" } else { "no" },
                euro(action.unit_cost),
                action.priority
            );
        }
        text
    }

    fn eligibility_table(&self) -> String {
        let mut text = "fund,action,where,max_share\n".to_owned();
        for (fund, open) in self.open.iter().enumerate() {
            for (position, &action) in open.iter().enumerate() {
                // One action of each fund in part, and one in the mountains only, if an earlier fund may pay it everywhere.
                let earlier = self.open[..fund].iter().any(|open| open.contains(&action));
                let (condition, share) = match position {
                    1 if earlier => ("montana = 1", ""),
                    2 => ("", "80%"),
                    _ => ("", ""),
                };
                let (fund, action) = (fund_id(fund), &self.actions[action].id);
                let _ = writeln!(text, "{fund},{action},{condition},{share}");
            }
        }
        text
    }

    fn needs_table(&mut self) -> String {
        let mut text = "action,zone,year,units\n".to_owned();
        let all_zones: i128 = self.zones.iter().map(|zone| i128::from(zone.need)).sum();
        let all_actions: i128 = self.actions.iter().map(|a| i128::from(a.need)).sum();
        for action in &self.actions {
            for zone in &self.zones {
                for (position, year) in YEARS.iter().enumerate() {
                    let all: i64 = self.money.iter().map(|money| money[position]).sum();
                    let noise = self.random.between(75, 130);
                    let cents = i128::from(all) * NEED * i128::from(zone.need) / all_zones
                        * i128::from(action.need)
                        / all_actions
                        * i128::from(noise)
                        / 10_000;
                    // Hundredths of a unit.
                    let units = (cents * 100 / i128::from(action.unit_cost)).max(1);
                    let (whole, part) = (units / 100, units % 100);
                    let _ = writeln!(text, "{},{},{year},{whole}.{part:02}", action.id, zone.id);
                }
            }
        }
        text
    }

    fn toml(&self) -> String {
        let mut text = HEAD.to_owned();
        for (fund, role) in ROLES.iter().enumerate() {
            let role = match role {
                Role::Baseline => "baseline",
                Role::Assign => "assign",
                Role::Pool | Role::ByZone => continue,
            };
            let _ = write!(
                text,
                "\n[[riparto]]\nfund = \"{}\"\nrole = \"{role}\"\nweights = [\n  {{ indicator = \"fabbisogno\", weight = \"60%\" }},\n  {{ indicator = \"residenti\", weight = \"40%\" }},\n]\nlaw = {{ act = \"Atto generato\" }}\n",
                fund_id(fund)
            );
        }
        for (fund, open) in self.open.iter().enumerate() {
            let third = |rest: usize| -> Vec<&str> {
                let chosen = open.iter().enumerate().filter(|(k, _)| k % 3 == rest);
                chosen.map(|(_, &a)| self.actions[a].id.as_str()).collect()
            };
            let floor = ["20%", "30%", "40%"][fund % 3];
            for (word, ids, bound) in [
                (
                    "minimo",
                    third(0),
                    format!("at_least = {{ share_of = \"allocated\", share = \"{floor}\" }}"),
                ),
                (
                    "massimo",
                    third(1),
                    "at_most = { share_of = \"allocated\", share = \"70%\" }".to_owned(),
                ),
            ] {
                // A ceiling for every other fund.
                if word == "massimo" && fund % 2 == 1 {
                    continue;
                }
                let fund = fund_id(fund);
                let _ = write!(
                    text,
                    "\n[[rule]]\nid = \"{fund}-{word}\"\ntitle = \"Quota del {fund}: {word}\"\nlaw = {{ act = \"Atto generato\" }}\nstrength = \"plan\"\nfor_each = [\"zone\", \"year\"]\nmeasure = {{ euro = true, fund = \"{fund}\", action = [\"{}\"] }}\n{bound}\n",
                    ids.join("\", \"")
                );
            }
        }
        text + TAIL
    }
}

fn funds_table() -> String {
    let mut text = "fund,name,level,nature,carry_over,law\n".to_owned();
    for fund in 0..FUNDS {
        let level = ["state", "region", "eu", "municipal"][fund % 4];
        // A pool and money of zones that may move on.
        let carry_over = if fund == 2 || fund == 3 { "20%" } else { "" };
        let _ = writeln!(
            text,
            "{},Fondo generato {},{level},current,{carry_over},Atto generato",
            fund_id(fund),
            fund + 1
        );
    }
    text
}

const ASSUMPTIONS: &str = "assumption,value,method,range,replace
tutte-le-cifre,modello generato,numeri pseudocasuali dal seme,nessuno,i dati veri degli ambiti
";

const HEAD: &str = r#"[model]
format = 1
title = "Modello sintetico di dimensione nazionale"
language = "it"

[plan]
start = 2026-01-01
months = 36
"#;

const TAIL: &str = r#"
[[rule]]
id = "servizio-sociale"
title = "Quota per le prime azioni secondo i residenti per assistente sociale"
law = { act = "Atto generato" }
strength = "target"
for_each = ["zone", "year"]
measure = { euro = true, fund = "fondo-02", action = ["azione-02", "azione-09", "azione-15"] }
at_least = { share_of = "assigned", step = { indicator = "residenti / assistenti_sociali", above = [[12000, "60%"], [8000, "40%"], [5000, "20%"]], else = "0%" } }

[[rule]]
id = "minori"
title = "Almeno il 20% dei bisogni dei minori in ogni ambito"
law = { act = "Atto generato" }
strength = "target"
for_each = ["zone"]
measure = { euro = true, action = "minori" }
at_least = { share_of = "demand", share = "20%" }

[[rule]]
id = "fascia"
title = "Ogni ambito entro il 25% dalla media per fabbisogno"
law = { act = "Atto generato" }
strength = "plan"
for_each = ["zone"]
measure = { euro = true }
within = { share = "25%", per = "fabbisogno" }

[[match]]
id = "insieme"
title = "Il secondo fondo mette almeno un decimo di quanto paga con il primo"
law = { act = "Atto generato" }
strength = "plan"
minimum = { "fondo-02" = "10%" }
among = ["fondo-01", "fondo-02"]
action = ["azione-05", "azione-11"]
per = "operation"

[[goal]]
kind = "leps"

[[goal]]
kind = "targets"

[[goal]]
kind = "leximin"
levels = 1

[[goal]]
kind = "value"

[[goal]]
kind = "at_risk"
"#;
