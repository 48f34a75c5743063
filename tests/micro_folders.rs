//! The worked examples ME1-ME25, computed by hand: every folder of `models/micro` through the program, from `check` to `verify`.
//!
//! `expected.json` beside a model says what has to come out, as it is (`base`) and with a few words of its files changed
//! (`variants`): an example's second reading, or a euro more or less, which is what a price says. Where several plans are optimal
//! it states the goal and the sums that every one of them has.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use mappafondo::units::{Exact, Year, parse_exact};
use rstest::rstest;
use serde::Deserialize;
use serde_json::Value;

/// `expected.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    base: Case,
    #[serde(default)]
    variants: BTreeMap<String, Case>,
}

/// What comes out of a model; what is left out is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// How the model is changed first.
    #[serde(default)]
    change: Vec<Change>,
    /// Exit code of `solve`.
    #[serde(default)]
    exit: i32,
    /// Value of each goal, by kind.
    #[serde(default)]
    goals: BTreeMap<String, Figure>,
    /// Sums of the ledger.
    #[serde(default)]
    paid: Vec<Paid>,
    /// Euro lost by each fund over the plan.
    #[serde(default)]
    lost: BTreeMap<String, String>,
    /// Euro carried by each fund from a year to the next.
    #[serde(default)]
    carried: BTreeMap<String, String>,
    /// Euro of need that is not met, by reason; when given, these are the only reasons.
    #[serde(default)]
    unmet: BTreeMap<String, String>,
    /// The instances of the rules; when given, there are no others.
    #[serde(default)]
    rules: Vec<Instance>,
    /// Cents of columns of the programme, in euro.
    #[serde(default)]
    columns: BTreeMap<String, String>,
    /// Status of the pick.
    pick: Option<String>,
    /// Whether the answer is about whole numbers.
    whole: Option<bool>,
    /// Codes that `check` gives.
    #[serde(default)]
    check: Vec<String>,
    /// Codes that it does not give.
    #[serde(default)]
    check_not: Vec<String>,
    /// What the refusal of the model says.
    #[serde(default)]
    says: Vec<String>,
    /// What contradicts each other, in the order told.
    #[serde(default)]
    conflict: Vec<String>,
    /// Laws of members of the conflict.
    #[serde(default)]
    conflict_laws: BTreeMap<String, String>,
    /// How far apart it is.
    shortfall: Option<String>,
}

/// Words of a file that stand there once and are replaced; none are put at its end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    from: String,
    to: String,
}

/// A number, or where it lies.
#[derive(Deserialize)]
#[serde(untagged)]
enum Figure {
    Is(String),
    Lies { least: String, most: String },
}

/// A sum of the ledger: codes with spaces between them, all where none is given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Paid {
    fund: Option<String>,
    action: Option<String>,
    zone: Option<String>,
    year: Option<String>,
    euro: Option<String>,
    least: Option<String>,
    most: Option<String>,
}

/// A line of `rules.csv`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Instance {
    rule: String,
    zone: Option<String>,
    year: Option<Year>,
    bound: String,
    value: Option<String>,
    unit: Option<String>,
    status: Option<String>,
}

fn micro() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/micro")
}

fn expected(name: &str) -> Expected {
    let text = fs::read_to_string(micro().join(name).join("expected.json")).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|why| panic!("{name}/expected.json: {why}"))
}

#[track_caller]
fn exact(text: &str) -> Exact {
    parse_exact(text).unwrap_or_else(|| panic!("`{text}` is not a number"))
}

/// A case of a folder, for messages.
struct Run<'a> {
    name: String,
    case: &'a Case,
    /// Holds `model` and `out`.
    home: tempfile::TempDir,
}

impl<'a> Run<'a> {
    /// A copy of the folder with the changes of the case.
    fn new(folder: &str, variant: &str, case: &'a Case) -> Self {
        let name = format!("{folder} {variant}");
        let home = tempfile::tempdir().unwrap();
        let model = home.path().join("model");
        fs::create_dir(&model).unwrap();
        for entry in fs::read_dir(micro().join(folder)).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), model.join(entry.file_name())).unwrap();
        }
        for change in &case.change {
            let path = model.join(&change.file);
            let text = fs::read_to_string(&path).unwrap();
            let text = if change.from.is_empty() {
                text + &change.to
            } else {
                let times = text.matches(&change.from).count();
                assert_eq!(times, 1, "{name}: `{}` in {}", change.from, change.file);
                text.replacen(&change.from, &change.to, 1)
            };
            fs::write(path, text).unwrap();
        }
        Self { name, case, home }
    }

    /// Runs a command of the program in the folder: exit code, standard output and error.
    fn mappafondo(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = assert_cmd::cargo::cargo_bin_cmd!("mappafondo")
            .env("MAPPAFONDO_LOCALE", "en")
            .current_dir(self.home.path())
            .args(arguments)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().unwrap();
        (code, text(&output.stdout), text(&output.stderr))
    }

    fn json(&self, file: &str) -> Value {
        let text = fs::read_to_string(self.home.path().join("out").join(file)).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// A table of the result, by name of the column.
    fn table(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.home.path().join("out").join(file)).unwrap();
        reader.deserialize().map(|row| row.unwrap()).collect()
    }

    #[track_caller]
    fn same(&self, what: &str, found: &str, expected: &str) {
        let name = &self.name;
        assert_eq!(exact(found), exact(expected), "{name}: {what}");
    }

    fn check(&self) {
        let (code, stdout, stderr) = self.mappafondo(&["check", "model", "--format", "json"]);
        let refused = self.case.exit == 3;
        assert_eq!(code, if refused { 3 } else { 0 }, "{}: {stderr}", self.name);
        let told: Value = serde_json::from_str(&stdout).unwrap();
        let codes: BTreeSet<&str> = told["problems"]
            .as_array()
            .unwrap()
            .iter()
            .map(|problem| problem["code"].as_str().unwrap())
            .collect();
        for code in &self.case.check {
            assert!(codes.contains(code.as_str()), "{}: {codes:?}", self.name);
        }
        for code in &self.case.check_not {
            assert!(!codes.contains(code.as_str()), "{}: {codes:?}", self.name);
        }
        // Nothing in the folder is unknown to the reader.
        assert!(!stdout.contains("unknown_file"), "{}: {stdout}", self.name);
    }

    fn solve(&self) {
        let (code, stdout, stderr) =
            self.mappafondo(&["solve", "model", "--out", "out", "--quiet"]);
        assert_eq!(code, self.case.exit, "{}: {stdout}{stderr}", self.name);
        for words in &self.case.says {
            let told = stdout.contains(words) || stderr.contains(words);
            assert!(told, "{}: {stdout}{stderr}", self.name);
        }
        if code == 3 {
            return;
        }
        let (verified, stdout, stderr) = self.mappafondo(&["verify", "out"]);
        assert_eq!(verified, 0, "{}: {stdout}{stderr}", self.name);
        if code == 0 {
            self.proposal();
        } else {
            self.conflict();
        }
    }

    fn proposal(&self) {
        let (name, case, summary) = (&self.name, self.case, self.json("summary.json"));
        assert_eq!(summary["status"], "optimal", "{name}");
        assert_eq!(summary["proved"]["rows"], "all", "{name}");
        if let Some(status) = &case.pick {
            assert_eq!(summary["pick"]["status"], status.as_str(), "{name}");
        }
        if let Some(whole) = case.whole {
            assert_eq!(summary.get("whole").is_some(), whole, "{name}");
        }
        let goals = summary["goals"].as_array().unwrap();
        for (kind, figure) in &case.goals {
            let goal = goals.iter().find(|goal| goal["kind"] == kind.as_str());
            let value = goal.unwrap()["value"].as_str().unwrap();
            match figure {
                Figure::Is(figure) => self.same(kind, value, figure),
                Figure::Lies { least, most } => {
                    let within = exact(least) <= exact(value) && exact(value) <= exact(most);
                    assert!(within, "{name}: {kind} is {value}");
                }
            }
        }
        self.funds(summary["funds"].as_array().unwrap());
        if !case.unmet.is_empty() {
            let found = summary["unmet"].as_object().unwrap();
            assert_eq!(found.len(), case.unmet.len(), "{name}: {found:?}");
            for (reason, euro) in &case.unmet {
                self.same(reason, found[reason]["euro"].as_str().unwrap(), euro);
            }
        }
        self.ledger();
        if !case.rules.is_empty() {
            self.rules();
        }
        let columns = self.table("dossier/values.csv");
        for (column, euro) in &case.columns {
            // A column that is not listed is zero.
            let line = columns.iter().find(|line| line["column"] == *column);
            let cents = exact(line.map_or("0", |line| line["cents"].as_str()));
            assert_eq!(cents / exact("100"), exact(euro), "{name}: {column}");
        }
        if !case.columns.is_empty() {
            let sheet = self.json("dossier/sheet.json");
            let listed = sheet["columns"].as_array().unwrap();
            for column in case.columns.keys() {
                let known = listed.iter().any(|of| of["name"] == column.as_str());
                assert!(known, "{name}: no column {column}");
            }
        }
    }

    fn funds(&self, funds: &[Value]) {
        for (word, amounts) in [("lost", &self.case.lost), ("carried", &self.case.carried)] {
            for (fund, euro) in amounts {
                let line = funds.iter().find(|line| line["fund"] == fund.as_str());
                let what = format!("{word} by {fund}");
                self.same(&what, line.unwrap()[word].as_str().unwrap(), euro);
            }
        }
    }

    fn ledger(&self) {
        let ledger = self.table("ledger.csv");
        for paid in &self.case.paid {
            let asked = [
                ("fund", &paid.fund),
                ("action", &paid.action),
                ("zone", &paid.zone),
                ("year", &paid.year),
            ];
            let lines = ledger.iter().filter(|line| {
                asked.iter().all(|(column, codes)| {
                    codes.as_ref().is_none_or(|codes| {
                        codes.split_whitespace().any(|code| code == line[*column])
                    })
                })
            });
            let sum: Exact = lines.map(|line| exact(&line["euro"])).sum();
            let what = format!("{}: {asked:?} is paid {sum}", self.name);
            let (euro, least, most) = (&paid.euro, &paid.least, &paid.most);
            assert!(
                euro.is_some() || least.is_some() && most.is_some(),
                "{what}"
            );
            assert!(
                euro.as_ref().is_none_or(|euro| sum == exact(euro)),
                "{what}"
            );
            assert!(
                least.as_ref().is_none_or(|least| sum >= exact(least)),
                "{what}"
            );
            assert!(
                most.as_ref().is_none_or(|most| sum <= exact(most)),
                "{what}"
            );
        }
    }

    fn rules(&self) {
        let (name, found) = (&self.name, self.table("rules.csv"));
        assert_eq!(found.len(), self.case.rules.len(), "{name}: {found:?}");
        for rule in &self.case.rules {
            let zone = rule.zone.clone().unwrap_or_default();
            let year = rule.year.map(|year| year.to_string()).unwrap_or_default();
            let line = found.iter().find(|line| {
                line["rule"] == rule.rule && line["zone"] == zone && line["year"] == year
            });
            let line = line.unwrap_or_else(|| panic!("{name}: {} {zone} {year}", rule.rule));
            let what = format!("{} {zone} {year}", rule.rule);
            self.same(&what, &line["bound"], &rule.bound);
            if let Some(value) = &rule.value {
                self.same(&what, &line["value"], value);
            }
            for (column, word) in [("unit", &rule.unit), ("status", &rule.status)] {
                let same = word.as_ref().is_none_or(|word| line[column] == *word);
                assert!(same, "{name}: {what}: {line:?}");
            }
        }
    }

    fn conflict(&self) {
        let (name, case, summary) = (&self.name, self.case, self.json("summary.json"));
        assert_eq!(summary["status"], "infeasible", "{name}");
        let conflict = &summary["conflict"];
        let members = conflict["members"].as_array().unwrap();
        let ids: Vec<&str> = members
            .iter()
            .map(|of| of["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids, case.conflict, "{name}");
        for (id, law) in &case.conflict_laws {
            let member = members.iter().find(|of| of["id"] == id.as_str()).unwrap();
            assert_eq!(member["law"], law.as_str(), "{name}");
        }
        if let Some(shortfall) = &case.shortfall {
            let found = conflict["shortfall"].as_str().unwrap();
            self.same("shortfall", found, shortfall);
        }
        if let Some(whole) = case.whole {
            let certificate = self.json("dossier/certificate.json");
            // Left out where it is not so.
            let found = certificate["claim"]["whole"].as_bool().unwrap_or(false);
            assert_eq!(found, whole, "{name}");
        }
    }
}

#[rstest]
fn an_example_gives_its_figures_by_hand(
    #[values(
        "me01", "me02", "me03", "me04", "me05", "me06", "me07", "me08", "me09", "me10", "me11",
        "me12", "me13", "me14", "me15", "me16", "me17", "me18", "me19", "me20", "me21", "me22",
        "me23", "me24", "me25"
    )]
    folder: &str,
) {
    let expected = expected(folder);
    let base = std::iter::once(("as it is", &expected.base));
    let variants = expected.variants.iter();
    for (variant, case) in base.chain(variants.map(|(name, case)| (name.as_str(), case))) {
        let run = Run::new(folder, variant, case);
        run.check();
        run.solve();
    }
}

#[test]
fn every_example_is_told_in_its_readme_and_in_the_index() {
    let index = fs::read_to_string(micro().join("README.md")).unwrap();
    let mut folders = 0;
    for entry in fs::read_dir(micro()).unwrap() {
        let entry = entry.unwrap();
        if !entry.path().is_dir() {
            continue;
        }
        folders += 1;
        let name = entry.file_name().into_string().unwrap();
        assert!(index.contains(&format!("[{name}]({name}/)")), "{name}");
        let readme = fs::read_to_string(entry.path().join("README.md")).unwrap();
        for variant in expected(&name).variants.keys() {
            assert!(readme.contains(&format!("`{variant}`")), "{name} {variant}");
        }
    }
    assert_eq!(folders, 25);
}
