//! Five hundred corruptions planted in what the real program wrote, each with a manifest that agrees with it: all are caught.
//!
//! `MAPPAFONDO_CASES` says how many, so that a campaign can add up to more.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "cli")]
#[path = "generator/mod.rs"]
mod generator;
#[path = "verify/planted.rs"]
mod planted;
#[path = "verify/planted_proof.rs"]
mod planted_proof;
#[path = "verify/proof.rs"]
#[expect(
    dead_code,
    reason = "the bound of a single goal is for hand-made dossiers"
)]
mod proof;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use mappafondo::input::{Inputs, read_model_from};
use mappafondo::model::Language;
use mappafondo::proposal::{Outcome, propose};
use mappafondo::report::proposal_files;
use mappafondo::sheet::{Certificate, Claim, Manifest};
use mappafondo::solve::Options;
use mappafondo::verify::verify_files;
use num_integer::Integer;

/// Exit code of a verification that failed.
const UNVERIFIED: i32 = 6;

type Files = BTreeMap<String, Vec<u8>>;

fn mappafondo() -> Command {
    let mut command = assert_cmd::cargo::cargo_bin_cmd!("mappafondo");
    command
        .env("MAPPAFONDO_LOCALE", "en")
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn read(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            read(&entry.path(), &format!("{name}/"), files);
        } else if !name.starts_with('.') {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// Writes only what differs from what is there.
fn write(folder: &Path, files: &Files, there: &mut Files) {
    for name in there.keys().filter(|name| !files.contains_key(*name)) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    for (name, content) in files {
        if there.get(name) != Some(content) {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
    }
    there.clone_from(files);
}

/// A manifest that agrees with the files, as whoever corrupts them would write it.
fn rehash(files: &mut Files) {
    let mut manifest: Manifest = serde_json::from_slice(&files["dossier/manifest.json"]).unwrap();
    let mut whole = blake3::Hasher::new();
    for (name, content) in files.iter() {
        let listed = match name.strip_prefix("dossier/") {
            Some(inside) => inside.to_owned(),
            None => format!("../{name}"),
        };
        if let Some(hash) = manifest.files.get_mut(&listed) {
            *hash = blake3::hash(content).to_hex().to_string();
        }
        if let Some(name) = name.strip_prefix("dossier/model/") {
            for part in [name.as_bytes(), content.as_slice()] {
                whole.update(&(part.len() as u64).to_le_bytes());
                whole.update(part);
            }
        }
    }
    manifest.model_hash = whole.finalize().to_hex().to_string();
    files.insert(
        "dossier/manifest.json".to_owned(),
        serde_json::to_vec_pretty(&manifest).unwrap(),
    );
}

fn solved(model: &str, home: &Path) -> Files {
    let out = home.join("out");
    mappafondo()
        .args(["solve", model, "--quiet", "--out"])
        .arg(&out)
        .assert()
        .success();
    mappafondo().arg("verify").arg(&out).assert().success();
    let mut files = Files::new();
    read(&out, "", &mut files);
    files
}

fn cases() -> u64 {
    let cases = std::env::var("MAPPAFONDO_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    cases.unwrap_or(500)
}

#[test]
fn five_hundred_planted_corruptions_are_all_caught() {
    let home = tempfile::tempdir().unwrap();
    let truth = solved("models/tiny", home.path());
    let out = home.path().join("out");
    let mut there = truth.clone();
    // The manifest written again is still the truth: what is caught below is not its form.
    let mut again = truth.clone();
    rehash(&mut again);
    write(&out, &again, &mut there);
    mappafondo().arg("verify").arg(&out).assert().success();

    let mut caught: BTreeMap<String, usize> = BTreeMap::new();
    let mut seed = 0;
    let mut planted = 0;
    while planted < cases() {
        seed += 1;
        let mut files = truth.clone();
        let Some(what) = planted::plant(&mut files, seed) else {
            continue;
        };
        planted += 1;
        rehash(&mut files);
        write(&out, &files, &mut there);
        let output = mappafondo().arg("verify").arg(&out).output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(UNVERIFIED),
            "seed {seed} was not caught: {what}"
        );
        let kind = what.split(':').next().unwrap_or_default();
        *caught
            .entry(kind.split(' ').next().unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    println!("{planted} corruptions planted, {planted} caught: {caught:?}");
}

#[test]
fn a_corruption_without_a_new_manifest_is_caught_by_its_hash() {
    let home = tempfile::tempdir().unwrap();
    let truth = solved("models/tiny", home.path());
    let out = home.path().join("out");
    let mut there = truth.clone();
    for seed in 0..50 {
        let mut files = truth.clone();
        let what = planted::flip_a_byte(&mut files, seed);
        write(&out, &files, &mut there);
        let output = mappafondo().arg("verify").arg(&out).output().unwrap();
        assert_eq!(output.status.code(), Some(UNVERIFIED), "not caught: {what}");
    }
}

/// The files of the proposal for a random model, where it has one.
fn proposed(seed: u64) -> Option<Files> {
    let files = generator::draw::draft(seed).files();
    let model = read_model_from(&files).ok()?;
    let Ok(Outcome::Proposal(proposal)) = propose(&model, &Options::default()) else {
        return None;
    };
    let inputs = Inputs { files };
    Some(proposal_files(&model, &inputs, &proposal).unwrap().files)
}

/// Whether a changed model asks for the same programme: a share of nothing, a year that no need is in.
fn says_the_same(one: &Files, two: &Files) -> bool {
    let program = |files: &Files| {
        let inside = files
            .iter()
            .filter_map(|(name, text)| Some((name.strip_prefix("dossier/model/")?, text)));
        let inside: Files = inside
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .collect();
        let model = read_model_from(&inside).ok()?;
        let mut program = mappafondo::lp::build(&model).ok()?;
        // `x <= 60% of x` asks what `x <= 53% of x` asks: a row may be multiplied by any number.
        for row in &mut program.rows {
            let bounds = [row.lower, row.upper].into_iter().flatten();
            let cells = row.cells.iter().map(|cell| cell.1);
            let divisor = cells.chain(bounds).fold(0, |a: i64, b| a.gcd(&b)).max(1);
            row.cells.iter_mut().for_each(|cell| cell.1 /= divisor);
            row.lower = row.lower.map(|lower| lower / divisor);
            row.upper = row.upper.map(|upper| upper / divisor);
        }
        Some((program.columns, program.rows))
    };
    program(one).is_some_and(|one| program(two).is_some_and(|two| one == two))
}

/// The gaps once more, by the slow arithmetic of the tests: `solve` takes them from the checker.
fn check_gaps(files: &Files) {
    let sheet = planted_proof::sheet(files);
    let values = planted_proof::values(files, &sheet).unwrap();
    let certificate: Certificate =
        serde_json::from_slice(&files["dossier/certificate.json"]).unwrap();
    let Claim::Proposal { goals, .. } = certificate.claim else {
        panic!("a proposal");
    };
    for (k, goal) in goals.iter().enumerate() {
        let bound = proof::bound_of(
            &sheet,
            k,
            &values,
            &goal.multipliers,
            &goal.goal_multipliers,
        )
        .unwrap();
        let value: num_bigint::BigInt = goal.value.parse().unwrap();
        assert_eq!((bound - value).to_string(), goal.gap, "goal {k}");
    }
}

/// A plan of units, projects, minimum grants, counts, exclusions and earned money, of two funds and zones.
fn whole_plan() -> Files {
    let model = "[model]\nformat = 1\ntitle = \"Interi\"\nlanguage = \"it\"\n[plan]\nstart = 2022-01-01\nmonths = 24
[[goal]]\nkind = \"targets\"\n[[goal]]\nkind = \"value\"
[[rule]]\nid = \"due\"\nlaw = { act = \"x\" }\nstrength = \"plan\"\nmeasure = { active_zones = true, action = \"hf\" }\nat_least = { count = 2 }
[[rule]]\nid = \"tre\"\nlaw = { act = \"x\" }\nstrength = \"target\"\nmeasure = { projects = true }\nat_least = { count = 3 }
[[rule]]\nid = \"no\"\nlaw = { act = \"x\" }\nstrength = \"law\"\nfor_each = [\"zone\", \"year\"]\nmeasure = { active_zones = true, action = \"hf\" }\nexcludes = { action = \"lavori\" }
[[rule]]\nid = \"si\"\nlaw = { act = \"x\" }\nstrength = \"law\"\nfor_each = [\"zone\"]\nmeasure = { active_zones = true, action = \"lavori\" }\nrequires = { action = \"as\" }
[[income]]\nfund = \"premio\"\nunits_of = \"as\"\nalready = \"as_ora\"\nbands = [{ from = \"2\", to = \"4\", euro = \"50.00\" }, { from = \"4\", to = \"6\", euro = \"20.00\" }]\nlag = 1\n";
    let tables = [
        ("zones", "zone,name,as_ora\na,A,1\nb,B,2\n"),
        (
            "funds",
            "fund,name,level,nature\nf,F,state,both\ng,G,region,both\npremio,P,state,both\n",
        ),
        (
            "amounts",
            "fund,year,euro,act,confidence,source\nf,2022,610.00,x,official,x\ng,2022,55.50,x,official,x\nf,2023,420.00,x,official,x\n",
        ),
        (
            "actions",
            "action,name,area,leps,kind,unit,unit_cost,priority,min_active\nas,AS,x,yes,units,u,70.00,2,\nhf,HF,x,no,divisible,u,1.00,1,40.00\nlavori,L,x,no,project,u,1.00,1,\naltro,A,x,no,divisible,u,1.00,0.5,\n",
        ),
        (
            "eligibility",
            "fund,action\nf,as\nf,hf\nf,lavori\ng,as\ng,altro\npremio,altro\n",
        ),
        (
            "needs",
            "action,zone,year,units\nas,a,2022,3\nas,b,2022,4\nas,b,2023,2\nhf,a,2022,60\nhf,b,2023,90\naltro,a,2022,100\naltro,a,2023,100\naltro,b,2023,100\n",
        ),
        (
            "projects",
            "project,action,zones,item,nature,euro,profile\nP1,lavori,a b,x,current,120.00,2023:100%\nP2,lavori,b,x,capital,80.00,2022:100%\nP2,lavori,b,y,current,10.00,2022:100%\n",
        ),
    ];
    let mut files = Files::new();
    files.insert("model.toml".to_owned(), model.as_bytes().to_vec());
    for (name, text) in tables {
        files.insert(format!("{name}.csv"), text.as_bytes().to_vec());
    }
    let model = read_model_from(&files).unwrap();
    let Ok(Outcome::Proposal(proposal)) = propose(&model, &Options::default()) else {
        panic!("a plan");
    };
    proposal_files(&model, &Inputs { files }, &proposal)
        .unwrap()
        .files
}

/// Whole numbers moved by one, in the sheet and in the values; rows of theirs dropped or loosened; what the summary says of them.
fn plant_whole(files: &mut Files, seed: u64) -> Option<String> {
    use mappafondo::sheet::ColumnKind;
    let mut sheet = planted_proof::sheet(files);
    let pick = |n: usize| usize::try_from(seed / 4).unwrap() % n.max(1);
    let whole: Vec<usize> = (0..sheet.columns.len())
        .filter(|&c| {
            let kind = sheet.columns[c].kind;
            matches!(
                kind,
                ColumnKind::Units | ColumnKind::Project | ColumnKind::Active
            )
        })
        .collect();
    let families = ["units", "project", "active"];
    let what = match seed % 4 {
        0 => {
            let column = whole[pick(whole.len())];
            let entry = &mut sheet.columns[column];
            let by = if entry.lower > 0 { -1 } else { 1 };
            (entry.lower, entry.upper) = (entry.lower + by, entry.upper + by);
            let (name, value) = (entry.name.clone(), entry.lower);
            let mut table = csv::Reader::from_reader(files["dossier/values.csv"].as_slice());
            let mut values: BTreeMap<String, i64> = table
                .records()
                .map(|row| row.unwrap())
                .map(|row| (row[0].to_owned(), row[1].parse().unwrap()))
                .collect();
            values.insert(name.clone(), value);
            let mut text = String::from("column,cents\n");
            let known = sheet.columns.iter().map(|column| column.name.as_str());
            for (column, value) in known.filter_map(|c| Some((c, *values.get(c)?))) {
                if value != 0 {
                    let quoted = if column.contains(',') {
                        format!("\"{column}\"")
                    } else {
                        column.to_owned()
                    };
                    text.push_str(&format!("{quoted},{value}\n"));
                }
            }
            files.insert("dossier/values.csv".to_owned(), text.into_bytes());
            format!("number: {name} is {value}")
        }
        1 => {
            let column = whole[pick(whole.len())];
            let entry = &mut sheet.columns[column];
            entry.upper += 1;
            format!("bounds: {} may be one more", entry.name)
        }
        2 => {
            let rows: Vec<usize> = (0..sheet.rows.len())
                .filter(|&r| families.contains(&sheet.rows[r].family.as_str()))
                .collect();
            let row = &mut sheet.rows[rows[pick(rows.len())]];
            let cell = pick(row.cells.len());
            row.cells.remove(cell);
            format!("cell: {} without its cell {cell}", row.name)
        }
        _ => {
            let text = String::from_utf8(files["summary.json"].clone()).unwrap();
            let mut summary: serde_json::Value = serde_json::from_str(&text).unwrap();
            let field = ["units", "projects", "numbers"][pick(3)];
            let value = summary["whole"][field].as_i64().unwrap() + 1;
            summary["whole"][field] = value.into();
            files.insert(
                "summary.json".to_owned(),
                serde_json::to_vec_pretty(&summary).unwrap(),
            );
            return Some(format!("summary: {field} is {value}"));
        }
    };
    files.insert(
        "dossier/sheet.json".to_owned(),
        serde_json::to_vec_pretty(&sheet).unwrap(),
    );
    Some(what)
}

#[test]
#[cfg(feature = "highs")]
fn corruptions_of_a_plan_in_whole_numbers_are_all_caught() {
    let truth = whole_plan();
    let mut again = truth.clone();
    rehash(&mut again);
    let report = verify_files(&again);
    let failures = report.findings.iter().filter(|finding| finding.failure);
    let found: Vec<String> = failures.map(|f| f.text(Language::English)).collect();
    assert!(report.passed(), "{found:#?}");
    let mut caught: BTreeMap<String, usize> = BTreeMap::new();
    for seed in 0..2 * cases() {
        let mut files = truth.clone();
        let planted = if seed % 2 == 0 {
            plant_whole(&mut files, seed / 2)
        } else {
            planted::plant(&mut files, seed)
        };
        let Some(what) = planted else { continue };
        rehash(&mut files);
        assert!(
            !verify_files(&files).passed(),
            "seed {seed} was not caught: {what}"
        );
        let kind = what.split([':', ' ']).next().unwrap_or_default();
        *caught.entry(kind.to_owned()).or_default() += 1;
    }
    println!(
        "{} corruptions of a plan in whole numbers, all caught: {caught:?}",
        caught.values().sum::<usize>()
    );
}

/// Rules, bands, matches, carried money, claims, levels: what `models/tiny` does not have, random models do.
#[test]
fn corruptions_of_random_models_are_all_caught() {
    let mut planted = 0;
    for model in 1.. {
        let Some(truth) = proposed(model) else {
            continue;
        };
        let report = verify_files(&truth);
        let text = |finding: &mappafondo::verify::Finding| finding.text(Language::English);
        let found: Vec<String> = report
            .findings
            .iter()
            .filter(|f| f.failure)
            .map(text)
            .collect();
        assert!(report.passed(), "model {model}: {found:#?}");
        check_gaps(&truth);
        for seed in 0..10 {
            let mut files = truth.clone();
            let Some(what) = planted::plant(&mut files, 1000 * model + seed) else {
                continue;
            };
            if what.starts_with("model:") && says_the_same(&truth, &files) {
                continue;
            }
            planted += 1;
            rehash(&mut files);
            assert!(
                !verify_files(&files).passed(),
                "model {model}, seed {seed} was not caught: {what}"
            );
        }
        if planted >= cases() {
            break;
        }
    }
    println!("{planted} corruptions planted in random models, {planted} caught");
}
