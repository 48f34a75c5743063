//! `docs/glossary.md`: what its last column forbids occurs in no Italian text of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::shared::here;

/// Set phrases in which a forbidden word is right.
const PHRASES: [&str; 5] = [
    "ha bisogno di",
    "hanno bisogno",
    "ha bisogno della",
    "vincolo di destinazione",
    "avanzo vincolato",
];

/// The file that reads what earlier versions wrote.
const FORMER: &str = "src/input/workbook/layout/mod.rs";

/// Words and pairs of words that no Italian text may have.
pub(crate) fn forbidden() -> BTreeSet<String> {
    let page = fs::read_to_string(here("docs/glossary.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| "));
    let last = rows.filter_map(|line| line.trim_end_matches(" |").rsplit_once("| "));
    let words = last.flat_map(|(_, cell)| {
        let cell = cell.to_owned();
        let words: Vec<String> = cell
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        words
    });
    words.collect()
}

/// A text in lower case as words with one blank between and around them.
fn plain(text: &str) -> String {
    let mut text = text.to_lowercase();
    for phrase in PHRASES {
        text = text.replace(phrase, " ");
    }
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    format!(" {} ", words.join(" "))
}

/// The forbidden words of a text.
pub(crate) fn found(text: &str) -> Vec<String> {
    let text = plain(text);
    forbidden()
        .into_iter()
        .filter(|word| text.contains(&format!(" {} ", plain(word).trim())))
        .collect()
}

fn sources(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn the_glossary_forbids_something() {
    let words = forbidden();
    assert!(
        words.len() > 15 && words.contains("bisogno") && words.contains("peggio servita"),
        "{words:?}"
    );
    assert_eq!(found("Non ha bisogno di rete."), Vec::<String>::new());
    assert_eq!(
        found("La zona PEGGIO servita, un vincolo"),
        ["peggio servita", "vincolo"]
    );
}

#[test]
fn no_text_of_the_program_has_a_forbidden_word() {
    let mut files = Vec::new();
    sources(&here("src"), &mut files);
    sources(&here("schemas"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(here("")).unwrap().display().to_string();
        if name == FORMER || name.ends_with(".snap") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for (number, line) in text.lines().enumerate() {
            for word in found(line) {
                wrong.push(format!("{name}:{}: {word}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
