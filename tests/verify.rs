//! The independent checker: a true dossier passes, a false one does not, and it is said what is false.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]

#[path = "verify/hand.rs"]
mod hand;
#[path = "verify/planted.rs"]
mod planted;
#[path = "verify/planted_proof.rs"]
mod planted_proof;
#[path = "verify/proof.rs"]
mod proof;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use hand::{Figures, Hand, rehash};
use mappafondo::model::Language;
use mappafondo::sheet::{Certificate, Claim};
use mappafondo::verify::{Refusal, Report, VerifyError, verify, verify_files};
use proptest::prelude::*;

/// What failed, for messages of tests.
fn failures(report: &Report) -> String {
    let found = report.findings.iter().filter(|finding| finding.failure);
    found
        .map(|finding| format!("{}: {}\n", finding.check, finding.text(Language::English)))
        .collect()
}

fn failed_checks(files: &BTreeMap<String, Vec<u8>>) -> Vec<&'static str> {
    let report = verify_files(files);
    report
        .checks
        .iter()
        .filter(|check| !check.passed)
        .map(|check| check.name)
        .collect()
}

#[test]
fn a_true_dossier_passes_and_says_what_was_checked() {
    let report = verify_files(&Figures::default().dossier().files());
    assert!(report.passed(), "{}", failures(&report));
    for name in [
        "files",
        "rows",
        "bounds",
        "pick",
        "ledger",
        "rules",
        "funds",
        "model_rows",
        "figures",
    ] {
        assert!(
            report.check(name).is_some_and(|check| check.passed),
            "{name}"
        );
    }
    assert_eq!(report.failures(), 0);
}

#[test]
fn a_true_claim_that_no_plan_exists_passes() {
    let report = verify_files(&Hand::infeasible().files());
    assert!(report.passed(), "{}", failures(&report));
    assert!(report.check("farkas").is_some());
}

#[test]
fn a_false_claim_that_no_plan_exists_does_not_pass() {
    let change = |change: &dyn Fn(&mut Vec<(u32, f64)>, &mut Vec<String>)| {
        let mut hand = Hand::infeasible();
        let Claim::Infeasible {
            multipliers,
            conflict,
            ..
        } = &mut hand.certificate.claim
        else {
            unreachable!()
        };
        change(multipliers, conflict);
        failed_checks(&hand.files())
    };
    assert_eq!(change(&|m, _| m[0].1 = -2.0), ["farkas"]);
    assert_eq!(
        change(&|m, _| m[1].1 = -1.0),
        ["farkas"],
        "a bound that is not there"
    );
    assert_eq!(change(&|m, _| m[1].1 = f64::MAX), ["farkas"]);
    assert_eq!(change(&|m, _| m.push((1, 1.0))), ["farkas"], "a row twice");
    assert_eq!(change(&|m, _| m.push((9, 1.0))), ["farkas"], "no such row");
    assert_eq!(change(&|_, c| c.truncate(2)), ["conflict"]);
    assert_eq!(change(&|_, c| c.push("rule".to_owned())), ["conflict"]);
    // The floor of 60 % lowered in the model alone: the sheet then asks for more than the model does.
    let mut hand = Hand::infeasible();
    let toml = hand.model.get_mut("model.toml").unwrap();
    *toml = toml.replacen("60%", "20%", 1);
    assert_eq!(failed_checks(&hand.files()), ["model_rows"]);
}

#[test]
fn an_infeasible_dossier_has_no_ledger() {
    let mut files = Hand::infeasible().files();
    files.insert(
        "ledger.csv".to_owned(),
        b"fund,action,zone,year,euro\n".to_vec(),
    );
    rehash(&mut files);
    assert_eq!(failed_checks(&files), ["content"]);
}

#[test]
fn a_gap_that_is_not_zero_is_proved_too() {
    let mut hand = Figures::default().dossier();
    hand.values[3] -= 5;
    let Claim::Proposal { goals, .. } = &mut hand.certificate.claim else {
        unreachable!()
    };
    let value: i64 = goals[0].value.parse().unwrap();
    goals[0].value = (value - 10).to_string();
    assert!(failed_checks(&hand.files()).contains(&"bounds"));
    let Claim::Proposal { goals, .. } = &mut hand.certificate.claim else {
        unreachable!()
    };
    goals[0].gap = "10".to_owned();
    let report = verify_files(&hand.files());
    assert!(report.passed(), "{}", failures(&report));
}

#[test]
fn a_row_that_cannot_hold_in_whole_cents_is_named_with_its_exact_excess() {
    let broken = |excess: Vec<(u32, String)>| {
        let mut hand = Figures::default().dossier();
        // One cent of the floor goes to the other action: the goal gains, the floor is a cent short.
        hand.values[0] -= 1;
        hand.values[3] += 1;
        let Claim::Proposal {
            goals,
            excess: stated,
            ..
        } = &mut hand.certificate.claim
        else {
            unreachable!()
        };
        let value: i64 = goals[0].value.parse().unwrap();
        goals[0].value = (value + 1).to_string();
        goals[0].gap = "-1".to_owned();
        *stated = excess;
        let mut files = hand.files();
        let rules = String::from_utf8(files["rules.csv"].clone()).unwrap();
        files.insert(
            "rules.csv".to_owned(),
            rules.replace("binding", "excess").into_bytes(),
        );
        rehash(&mut files);
        failed_checks(&files)
    };
    assert_eq!(broken(vec![(1, "1".to_owned())]), Vec::<&str>::new());
    assert!(broken(vec![]).contains(&"rows"));
    assert!(broken(vec![(1, "2".to_owned())]).contains(&"rows"));
    assert!(broken(vec![(0, "1".to_owned()), (1, "1".to_owned())]).contains(&"rows"));
    assert!(broken(vec![(1, "1".to_owned()), (1, "1".to_owned())]).contains(&"rows"));
}

fn write(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (name, content) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

fn zipped(files: &BTreeMap<String, Vec<u8>>, prefix: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer
            .start_file(format!("{prefix}{name}"), options)
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_folder_its_dossier_and_a_zip_of_either_are_the_same() {
    let files = Figures::default().dossier().files();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    let inside: BTreeMap<String, Vec<u8>> = files
        .iter()
        .filter_map(|(name, content)| {
            Some((name.strip_prefix("dossier/")?.to_owned(), content.clone()))
        })
        .collect();
    let whole_zip = folder.path().join("whole.zip");
    fs::write(&whole_zip, zipped(&files, "results/")).unwrap();
    let inner_zip = folder.path().join("inner.zip");
    fs::write(&inner_zip, zipped(&inside, "")).unwrap();
    for path in [
        folder.path().to_path_buf(),
        folder.path().join("dossier"),
        whole_zip,
        inner_zip,
    ] {
        let report = verify(&path).unwrap();
        assert!(report.passed(), "{}: {}", path.display(), failures(&report));
    }
    // The table above the dossier is looked at only where it is given.
    fs::write(folder.path().join("zones.csv"), "zone\n").unwrap();
    assert!(!verify(folder.path()).unwrap().passed());
    assert!(verify(&folder.path().join("dossier")).unwrap().passed());
}

#[test]
fn what_is_no_dossier_is_refused_with_its_own_exit_code() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |path: &Path| match verify(path) {
        Err(VerifyError::Refused { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    };
    let missing = verify(&folder.path().join("nowhere")).unwrap_err();
    assert_eq!(missing.exit_code(), 74);
    assert_eq!(refusal(folder.path()), Refusal::NotADossier);
    let file = folder.path().join("x.zip");
    fs::write(&file, b"not a zip").unwrap();
    assert_eq!(refusal(&file), Refusal::BrokenZip);
    assert_eq!(verify(&file).unwrap_err().exit_code(), 3);
    for hostile in ["../dossier/x", "/etc/x", "a\\b"] {
        let files = BTreeMap::from([(hostile.to_owned(), b"x".to_vec())]);
        fs::write(&file, zipped(&files, "")).unwrap();
        assert_eq!(refusal(&file), Refusal::BadName, "{hostile}");
    }
    let twice = BTreeMap::from(["x1", "x2"].map(|name| (name.to_owned(), b"x".to_vec())));
    let mut bytes = zipped(&twice, "");
    for at in 1..bytes.len() {
        if bytes[at - 1] == b'x' && bytes[at] == b'2' {
            bytes[at] = b'1';
        }
    }
    fs::write(&file, &bytes).unwrap();
    assert_eq!(refusal(&file), Refusal::DuplicateName);
    let mut bytes = zipped(&Figures::default().dossier().files(), "");
    bytes.truncate(bytes.len() / 2);
    fs::write(&file, &bytes).unwrap();
    assert_eq!(refusal(&file), Refusal::BrokenZip);
}

#[test]
fn a_zip_that_grows_too_large_is_refused_while_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bomb.zip");
    let mut writer = zip::ZipWriter::new(fs::File::create(&file).unwrap());
    writer
        .start_file("bomb", zip::write::SimpleFileOptions::default())
        .unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for _ in 0..257 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap();
    assert!(fs::metadata(&file).unwrap().len() < 1 << 20);
    match verify(&file) {
        Err(VerifyError::Refused { refusal, .. }) => assert_eq!(refusal, Refusal::TooLarge),
        other => panic!("{other:?}"),
    }
}

#[cfg(unix)]
#[test]
fn a_link_in_a_dossier_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &Figures::default().dossier().files());
    std::os::unix::fs::symlink(
        "/etc/hostname",
        folder.path().join("dossier/model/notes.csv"),
    )
    .unwrap();
    match verify(folder.path()) {
        Err(VerifyError::Refused { refusal, .. }) => assert_eq!(refusal, Refusal::NotAFile),
        other => panic!("{other:?}"),
    }
}

#[test]
fn files_that_do_not_decode_are_failures_and_not_errors() {
    for (name, content) in [
        ("dossier/manifest.json", &b"{"[..]),
        ("dossier/sheet.json", b"[1]"),
        (
            "dossier/certificate.json",
            b"{\"format\":1,\"claim\":{\"status\":\"maybe\"}}",
        ),
        ("dossier/model/model.toml", b"[model"),
        (
            "dossier/values.csv",
            b"column,cents\n\"pay(f,x1,a,2022)\",1e3\n",
        ),
        ("dossier/ledger.csv", b""),
    ] {
        let mut files = Figures::default().dossier().files();
        files.insert(name.to_owned(), content.to_vec());
        if name != "dossier/manifest.json" {
            rehash(&mut files);
        }
        assert!(!verify_files(&files).passed(), "{name}");
    }
    assert!(!verify_files(&BTreeMap::new()).passed());
}

#[test]
fn findings_say_what_where_and_by_how_much_in_two_languages() {
    let mut hand = Figures::default().dossier();
    hand.values[1] += 7;
    let report = verify_files(&hand.files());
    let row = report
        .findings
        .iter()
        .find(|finding| finding.check == "rows")
        .unwrap();
    assert_eq!(row.place, "fund(f,2022)");
    assert_eq!(row.by, "7");
    assert_eq!(
        row.text(Language::English),
        "fund(f,2022): is 100008, the rule asks for [- ; 100001] (7)"
    );
    assert_eq!(
        row.text(Language::Italian),
        "fund(f,2022): vale 100008, la regola chiede [- ; 100001] (7)"
    );
}

/// The checker reads multipliers as the certificate was written only if floats survive JSON bit by bit.
#[test]
fn multipliers_survive_json_bit_by_bit() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    for _ in 0..20_000 {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let multiplier = f64::from_bits(state);
        if multiplier.is_finite() {
            let text = serde_json::to_string(&multiplier).unwrap();
            let back: f64 = serde_json::from_str(&text).unwrap();
            assert_eq!(back.to_bits(), multiplier.to_bits(), "{text}");
        }
    }
}

fn figures() -> impl Strategy<Value = Figures> {
    let need = 1_i64..200_000;
    (
        2_000_i64..300_000,
        0_i64..=100,
        [need.clone(), need.clone()],
        [need.clone(), need],
    )
        .prop_map(|(amount, percent, mut first, second)| {
            let mut figures = Figures {
                amount,
                percent,
                needs: [first, second],
            };
            // The floor must be within reach.
            if first.iter().map(|&need| need.min(amount)).sum::<i64>() < figures.floor() {
                first[0] = figures.floor();
                figures.needs[0] = first;
            }
            figures
        })
}

fn cases() -> u32 {
    let cases = std::env::var("MAPPAFONDO_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    cases.unwrap_or(256)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn a_correct_certificate_is_accepted(figures in figures()) {
        let report = verify_files(&figures.dossier().files());
        prop_assert!(report.passed(), "{}", failures(&report));
    }

    #[test]
    fn a_planted_corruption_is_refused(figures in figures(), seed in any::<u64>()) {
        let true_files = figures.dossier().files();
        let mut files = true_files.clone();
        if let Some(what) = planted::plant(&mut files, seed) {
            rehash(&mut files);
            prop_assert!(!verify_files(&files).passed(), "not seen: {what}");
        }
    }

    #[test]
    fn a_changed_byte_is_refused_by_its_hash(figures in figures(), seed in any::<u64>()) {
        let mut files = figures.dossier().files();
        let what = planted::flip_a_byte(&mut files, seed);
        prop_assert!(!verify_files(&files).passed(), "not seen: {what}");
    }
}

#[test]
fn a_certificate_of_the_hand_made_model_is_what_the_text_says() {
    let files = Figures::default().dossier().files();
    let certificate: Certificate =
        serde_json::from_slice(&files["dossier/certificate.json"]).unwrap();
    let Claim::Proposal { goals, .. } = certificate.claim else {
        panic!("a proposal");
    };
    // 300.01 to x1 (30 % of 1000.01 rounded up), 700.00 to x2, worth twice as much.
    assert_eq!(
        (goals[0].value.as_str(), goals[0].gap.as_str()),
        ("170001", "0")
    );
}

/// A file that nobody listed is told, and does not make a true plan false: reports made later stand there too.
#[test]
fn what_stands_beside_a_plan_is_told_and_not_checked() {
    let files = Figures::default().dossier().files();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    let remarks = |path: &Path| {
        let report = verify(path).unwrap();
        assert!(report.passed(), "{}", failures(&report));
        let found = report
            .findings
            .into_iter()
            .filter(|finding| finding.check == "files");
        found.map(|finding| finding.place).collect::<Vec<_>>()
    };
    assert!(remarks(folder.path()).is_empty());
    fs::write(folder.path().join("goal.lp"), "x").unwrap();
    fs::create_dir(folder.path().join("bozze")).unwrap();
    fs::write(folder.path().join(".DS_Store"), "x").unwrap();
    assert_eq!(remarks(folder.path()), ["../bozze", "../goal.lp"]);
    let mut more = files.clone();
    more.insert("goal.lp".to_owned(), b"x".to_vec());
    let zip = folder.path().join("plan.zip");
    fs::write(&zip, zipped(&more, "")).unwrap();
    assert_eq!(remarks(&zip), ["../goal.lp"]);
}
