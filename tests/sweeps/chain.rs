//! Journals written by hand: each line with its check, as the page on the results of sweeps describes it.

use std::fs;
use std::path::Path;

/// Digits of a check.
const DIGITS: usize = 16;

fn check(before: &str, json: &str) -> String {
    let hash = blake3::hash(format!("{before}{json}").as_bytes());
    hash.to_hex()[..DIGITS].to_owned()
}

/// The JSON of each line of a journal.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn lines(journal: &str) -> Vec<String> {
    let json = |line: &str| line.split('\t').next().unwrap().to_owned();
    journal.lines().map(json).collect()
}

/// A journal of some lines beside the manifest of a folder.
pub(crate) fn journal(folder: &Path, lines: &[String]) -> String {
    let manifest = fs::read(folder.join("manifest.json")).unwrap();
    let mut before = blake3::hash(&manifest).to_hex().to_string();
    let mut text = String::new();
    for json in lines {
        before = check(&before, json);
        text.push_str(&format!("{json}\t{before}\n"));
    }
    text
}
