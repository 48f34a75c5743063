//! A dossier made by hand: one fund, two actions, two zones, one year, a floor; the best plan and its multipliers are known
//! in closed form, and the gaps are computed by an arithmetic of the test's own.

use std::collections::BTreeMap;

use mappafondo::sheet::{
    Certificate, Claim, ColumnKind, DOSSIER_FORMAT, GoalCertificate, Manifest, PickCertificate,
    Scope, Sheet, SheetColumn, SheetGoal, SheetRow,
};
use mappafondo::units::{Euro, Exact, exact_text};

use super::proof;

/// Zones and actions of every hand-made model.
const ZONES: [&str; 2] = ["a", "b"];
const ACTIONS: [&str; 2] = ["x1", "x2"];

/// The figures of a hand-made model, in cents.
#[derive(Clone, Debug)]
pub(crate) struct Figures {
    /// What the fund has.
    pub(crate) amount: i64,
    /// Per cent of the amount that must go to `x1`.
    pub(crate) percent: i64,
    /// Needs by action and zone.
    pub(crate) needs: [[i64; 2]; 2],
}

impl Default for Figures {
    fn default() -> Self {
        Self {
            amount: 100_001,
            percent: 30,
            needs: [[40_000, 35_000], [30_000, 60_000]],
        }
    }
}

/// A dossier as values, before it becomes files.
#[derive(Clone, Debug)]
pub(crate) struct Hand {
    pub(crate) figures: Figures,
    pub(crate) model: BTreeMap<String, String>,
    pub(crate) sheet: Sheet,
    pub(crate) values: Vec<i64>,
    pub(crate) certificate: Certificate,
}

fn euro(cents: i64) -> String {
    Euro::from_cents(cents).to_string()
}

impl Figures {
    /// The floor on `x1`, rounded up.
    pub(crate) fn floor(&self) -> i64 {
        (self.amount * self.percent).div_euclid(100)
            + i64::from((self.amount * self.percent) % 100 != 0)
    }

    fn model(&self) -> BTreeMap<String, String> {
        let percent = self.percent;
        let toml = format!(
            r#"[model]
format = 1
title = "Prova"
language = "it"

[plan]
start = 2022-01-01
months = 12

[[rule]]
id = "floor"
title = "Almeno una parte a x1"
law = {{ act = "Legge di prova" }}
strength = "plan"
for_each = ["year"]
measure = {{ euro = true, fund = "f", action = "x1" }}
at_least = {{ share_of = "assigned", share = "{percent}%" }}

[[goal]]
kind = "value"
"#
        );
        let mut needs = String::from("action,zone,year,units\n");
        for (action, by_zone) in ACTIONS.iter().zip(self.needs) {
            for (zone, need) in ZONES.iter().zip(by_zone) {
                needs.push_str(&format!("{action},{zone},2022,{}\n", euro(need)));
            }
        }
        let amount = euro(self.amount);
        [
            ("model.toml", toml),
            ("zones.csv", "zone,name\na,A\nb,B\n".to_owned()),
            (
                "funds.csv",
                "fund,name,level,nature\nf,Fondo,state,current\n".to_owned(),
            ),
            (
                "amounts.csv",
                format!(
                    "fund,year,euro,act,confidence,source\nf,2022,{amount},Decreto,official,prova\n"
                ),
            ),
            (
                "actions.csv",
                "action,name,area,leps,kind,unit,unit_cost,priority\n\
                 x1,Prima,Area,no,divisible,euro,1.00,1\nx2,Seconda,Area,no,divisible,euro,1.00,2\n"
                    .to_owned(),
            ),
            ("eligibility.csv", "fund,action\nf,x1\nf,x2\n".to_owned()),
            ("needs.csv", needs),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect()
    }

    fn sheet(&self) -> Sheet {
        let mut columns = Vec::new();
        for (action, by_zone) in ACTIONS.iter().zip(self.needs) {
            for (zone, need) in ZONES.iter().zip(by_zone) {
                columns.push(SheetColumn {
                    name: format!("pay(f,{action},{zone},2022)"),
                    kind: ColumnKind::Pay,
                    scope: scope(Some("f"), Some(action), Some(zone)),
                    label: String::new(),
                    lower: 0,
                    upper: need.min(self.amount),
                });
            }
        }
        let row = |name: &str, family: &str, rule: &str, fund: Option<&str>| SheetRow {
            name: name.to_owned(),
            family: family.to_owned(),
            rule: rule.to_owned(),
            law: String::new(),
            strength: String::new(),
            scope: scope(fund, None, None),
            lower: None,
            upper: None,
            play: 0,
            cells: Vec::new(),
        };
        let rows = vec![
            SheetRow {
                upper: Some(self.amount),
                cells: vec![(0, 1), (1, 1), (2, 1), (3, 1)],
                ..row("fund(f,2022)", "fund", "f", Some("f"))
            },
            SheetRow {
                lower: Some(self.floor()),
                cells: vec![(0, 1), (1, 1)],
                ..row("floor(2022)", "rule", "floor", None)
            },
        ];
        Sheet {
            format: DOSSIER_FORMAT,
            columns,
            rows,
            goals: vec![SheetGoal {
                tolerance: 0,
                kind: "value".to_owned(),
                level: 0,
                unit: "cent".to_owned(),
                scale: 1,
                cost: vec![(0, 1), (1, 1), (2, 2), (3, 2)],
            }],
        }
    }

    /// The best plan, and multipliers that prove it.
    fn best(&self) -> (Vec<i64>, Vec<(u32, f64)>) {
        let total = |action: usize| {
            self.needs[action]
                .iter()
                .map(|&need| need.min(self.amount))
                .sum::<i64>()
        };
        let floor = self.floor();
        let second = total(1).min(self.amount - floor);
        let first = total(0).min(self.amount - second);
        let mut values = Vec::new();
        for (action, mut left) in [(0, first), (1, second)] {
            for need in self.needs[action] {
                let paid = need.min(left);
                values.push(paid);
                left -= paid;
            }
        }
        let multipliers = if second < total(1) {
            vec![(0, 2.0), (1, -1.0)]
        } else if first < total(0) {
            vec![(0, 1.0)]
        } else {
            Vec::new()
        };
        (values, multipliers)
    }

    /// The dossier of these figures. The needs of `x1` must reach the floor.
    pub(crate) fn dossier(self) -> Hand {
        let sheet = self.sheet();
        let (values, multipliers) = self.best();
        let value: i64 = sheet.goals[0]
            .cost
            .iter()
            .map(|&(c, k)| k * values[c as usize])
            .sum();
        let gap = proof::bound(&sheet, &multipliers) - num_bigint::BigInt::from(value);
        let certificate = Certificate {
            format: DOSSIER_FORMAT,
            claim: Claim::Proposal {
                goals: vec![GoalCertificate {
                    value: value.to_string(),
                    gap: gap.to_string(),
                    multipliers,
                    goal_multipliers: Vec::new(),
                }],
                pick: PickCertificate {
                    nearest: "riparto".to_owned(),
                    proved: true,
                    distance: "0".to_owned(),
                    due: "0".to_owned(),
                    gap: "0".to_owned(),
                    multipliers: Vec::new(),
                    goal_multipliers: vec![0.0],
                },
                excess: Vec::new(),
            },
        };
        Hand {
            model: self.model(),
            figures: self,
            sheet,
            values,
            certificate,
        }
    }
}

fn scope(fund: Option<&str>, action: Option<&str>, zone: Option<&str>) -> Scope {
    Scope {
        fund: fund.map(str::to_owned),
        action: action.map(str::to_owned),
        zone: zone.map(str::to_owned),
        year: Some(2022),
    }
}

impl Hand {
    /// A dossier that claims that two floors of 60 % cannot hold together.
    pub(crate) fn infeasible() -> Self {
        let figures = Figures {
            percent: 60,
            ..Figures::default()
        };
        let mut hand = figures.dossier();
        let toml = hand.model.get_mut("model.toml").unwrap();
        let start = toml.find("[[rule]]").unwrap();
        let end = toml.find("[[goal]]").unwrap();
        let second = toml[start..end]
            .replace("\"floor\"", "\"other\"")
            .replace("x1", "x2");
        toml.insert_str(end, &second);
        let mut row = hand.sheet.rows[1].clone();
        row.name = "other(2022)".to_owned();
        row.rule = "other".to_owned();
        row.cells = vec![(2, 1), (3, 1)];
        hand.sheet.rows.push(row);
        hand.sheet.goals.clear();
        hand.certificate.claim = Claim::Infeasible {
            whole: false,
            multipliers: vec![(0, -1.0), (1, 1.0), (2, 1.0)],
            conflict: vec!["floor".to_owned(), "other".to_owned(), "fund:f".to_owned()],
        };
        hand
    }

    fn ledger(&self) -> String {
        let mut text = String::from("fund,action,zone,year,euro\n");
        for (column, &value) in self.sheet.columns.iter().zip(&self.values) {
            if value != 0 {
                let (action, zone) = (column.scope.action.as_deref(), column.scope.zone.as_deref());
                text.push_str(&format!(
                    "f,{},{},2022,{}\n",
                    action.unwrap(),
                    zone.unwrap(),
                    euro(value)
                ));
            }
        }
        text
    }

    fn tables(&self) -> [(String, String); 3] {
        let first = self.values[0] + self.values[1];
        let bound = Exact::new(
            i128::from(self.figures.amount * self.figures.percent),
            10_000,
        );
        let slack = Exact::new(i128::from(first), 100) - bound;
        let amount = |exact: Exact| {
            let cents = exact * Exact::from_integer(100);
            if cents.is_integer() {
                euro(i64::try_from(*cents.numer()).unwrap())
            } else {
                exact_text(&exact)
            }
        };
        // A floor of nothing binds nobody.
        let status = if bound > Exact::new(0, 1) && slack < Exact::new(1, 100) {
            "binding"
        } else {
            "met"
        };
        let rules = format!(
            "rule,fund,action,zone,year,law,strength,base,relation,value,bound,unit,slack,status,waiver\n\
             floor,f,x1,,2022,Legge di prova,plan,assigned,at_least,{},{},euro,{},{status},\n",
            euro(first),
            amount(bound),
            amount(slack),
        );
        let mut zones = String::from("zone,year,need,covered,coverage,euro\n");
        let mut unmet = String::from("action,zone,year,units,euro,reason\n");
        for (zone, code) in ZONES.iter().enumerate() {
            let need = self.figures.needs[0][zone] + self.figures.needs[1][zone];
            let covered = self.values[zone] + self.values[zone + 2];
            let millionths =
                (2 * i128::from(covered) * 1_000_000 + i128::from(need)) / (2 * i128::from(need));
            let coverage = exact_text(&Exact::new(millionths, 1_000_000));
            let (need, covered) = (euro(need), euro(covered));
            zones.push_str(&format!(
                "{code},2022,{need},{covered},{coverage},{covered}\n"
            ));
        }
        for (action, code) in ACTIONS.iter().enumerate() {
            for (zone, place) in ZONES.iter().enumerate() {
                let missing = self.figures.needs[action][zone] - self.values[2 * action + zone];
                if missing > 0 {
                    let units = exact_text(&Exact::new(i128::from(missing), 100));
                    unmet.push_str(&format!(
                        "{code},{place},2022,{units},{},exhausted\n",
                        euro(missing)
                    ));
                }
            }
        }
        [
            ("rules.csv".to_owned(), rules),
            ("zones.csv".to_owned(), zones),
            ("unmet.csv".to_owned(), unmet),
        ]
    }

    fn summary(&self) -> String {
        let (goals, pick, excess) = match &self.certificate.claim {
            Claim::Infeasible { conflict, .. } => {
                let members: Vec<_> = conflict
                    .iter()
                    .map(|id| serde_json::json!({ "id": id }))
                    .collect();
                let summary = serde_json::json!({ "status": "infeasible", "conflict": { "members": members } });
                return summary.to_string();
            }
            Claim::Proposal {
                goals,
                pick,
                excess,
            } => (goals, pick, excess),
        };
        let cents = |text: &str| exact_text(&Exact::new(text.parse().unwrap(), 100));
        let used: i64 = self.values.iter().sum();
        let need: i64 = self.figures.needs.iter().flatten().sum();
        let millionths =
            (2 * i128::from(used) * 1_000_000 + i128::from(need)) / (2 * i128::from(need));
        let fund = serde_json::json!({
            "fund": "f",
            "assigned": euro(self.figures.amount),
            "used": euro(used),
            "left": "0.00",
            "lost": euro(self.figures.amount - used),
        });
        let mut totals = fund.clone();
        totals["fund"] = serde_json::Value::Null;
        let optimal = goals
            .iter()
            .all(|goal| goal.gap.parse::<i64>().unwrap() <= 0);
        let summary = serde_json::json!({
            "status": "optimal",
            "proved": {
                "rows": if excess.is_empty() { "all" } else { "all_but_excess" },
                "goals": if optimal { "optimal" } else { "within_gap" },
                "pick": "proved",
            },
            "goals": [{
                "kind": "value",
                "level": 0,
                "value": cents(&goals[0].value),
                "gap": cents(&goals[0].gap),
                "unit": "euro",
            }],
            "pick": { "nearest": pick.nearest, "status": "proved", "distance": "0.00", "spent": "0.00", "within": "0.00", "nearer": "0.00" },
            "totals": totals,
            "funds": [fund],
            "coverage": {
                "all": {
                    "need": euro(need),
                    "covered": euro(used),
                    "coverage": exact_text(&Exact::new(millionths, 1_000_000)),
                },
                "leps": { "need": "0.00", "covered": "0.00" },
                "unlimited": "0.00",
            },
        });
        summary.to_string()
    }

    /// The files, named as below the folder of `solve`.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (name, text) in &self.model {
            files.insert(format!("dossier/model/{name}"), text.clone().into_bytes());
        }
        files.insert(
            "dossier/sheet.json".to_owned(),
            serde_json::to_vec(&self.sheet).unwrap(),
        );
        let certificate = serde_json::to_vec(&self.certificate).unwrap();
        files.insert("dossier/certificate.json".to_owned(), certificate);
        files.insert("summary.json".to_owned(), self.summary().into_bytes());
        if matches!(self.certificate.claim, Claim::Proposal { .. }) {
            let mut values = String::from("column,cents\n");
            for (column, value) in self.sheet.columns.iter().zip(&self.values) {
                if *value != 0 {
                    values.push_str(&format!("\"{}\",{value}\n", column.name));
                }
            }
            files.insert("dossier/values.csv".to_owned(), values.into_bytes());
            files.insert("dossier/ledger.csv".to_owned(), self.ledger().into_bytes());
            files.insert("ledger.csv".to_owned(), self.ledger().into_bytes());
            for (name, text) in self.tables() {
                files.insert(name, text.into_bytes());
            }
        }
        rehash(&mut files);
        files
    }
}

/// Writes the manifest that belongs to the files.
pub(crate) fn rehash(files: &mut BTreeMap<String, Vec<u8>>) {
    files.remove("dossier/manifest.json");
    let mut whole = blake3::Hasher::new();
    for (name, content) in files
        .iter()
        .filter_map(|(n, c)| Some((n.strip_prefix("dossier/model/")?, c)))
    {
        for part in [name.as_bytes(), content.as_slice()] {
            whole.update(&(part.len() as u64).to_le_bytes());
            whole.update(part);
        }
    }
    let hashes = files.iter().map(|(name, content)| {
        let name = match name.strip_prefix("dossier/") {
            Some(inside) => inside.to_owned(),
            None => format!("../{name}"),
        };
        (name, blake3::hash(content).to_hex().to_string())
    });
    let manifest = Manifest {
        base_hash: None,
        workbook: None,
        format: DOSSIER_FORMAT,
        version: "0".to_owned(),
        solver: "hand".to_owned(),
        model_hash: whole.finalize().to_hex().to_string(),
        files: hashes.collect(),
    };
    let manifest = serde_json::to_vec_pretty(&manifest).unwrap();
    files.insert("dossier/manifest.json".to_owned(), manifest);
}
