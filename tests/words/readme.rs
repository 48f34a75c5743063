//! The README shows what the program says: every block of output is made anew and held against it. `MAPPAFONDO_BLESS=1` writes them.

use std::fs;

use super::shared::{here, said, scratch};

const OPENS: &str = "```text\n";
const CLOSES: &str = "```";

/// The sections of an output whose heading begins so; all others with `but`.
fn sections(output: &str, headings: &[&str], but: bool) -> String {
    let is_named = |section: &&str| {
        headings
            .iter()
            .any(|heading| section.trim_start().starts_with(heading))
    };
    let kept: Vec<&str> = output
        .trim_end()
        .split("\n\n")
        .filter(|section| is_named(section) != but)
        .collect();
    kept.join("\n\n").trim_matches('\n').to_owned() + "\n"
}

#[test]
fn every_output_of_the_readme_is_what_the_program_says() {
    let tiny = said("solve @models/tiny --out plan --quiet --locale en");
    assert_eq!(tiny, "\n");
    let tiny = said("solve @models/tiny --out plan --locale en");
    let left_out = [
        "The worst-served zones",
        "What the amounts of the funds rest on",
        "Why this very plan",
        "The files are in",
    ];
    let ledger = fs::read_to_string(scratch().join("plan/ledger.csv")).unwrap();
    let ledger: Vec<&str> = ledger.lines().take(5).collect();
    said("solve @models/toscana-2026 --out dopo-pnrr --quiet");
    let law = said("explain dopo-pnrr --law fnps-minori --locale it");
    let why_not = said(
        "explain dopo-pnrr --why-not fund=qsfp,zone=elba,action=tirocini-inclusione --locale it",
    );
    let conflict = said(
        "solve @models/toscana --scenario @scenarios/toscana/due-regole-opposte.toml --out contrasto --locale it",
    );
    said("sweep @models/tiny --sweep @scenarios/tiny/grid.toml --out grid --quiet");
    let grid = said("compare plan grid --locale en");
    let outputs = [
        sections(&tiny, &left_out, true),
        ledger.join("\n") + "\n",
        sections(&law, &["Perché:"], true),
        sections(&why_not, &["Perché:"], true),
        sections(&conflict, &["Il contrasto", "La correzione"], false),
        sections(&grid, &["What each zone receives"], false),
    ];

    let path = here("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let mut parts = readme.split(OPENS);
    let mut shown = parts.next().unwrap().to_owned();
    let mut outputs = outputs.iter();
    for part in parts {
        let (_, after) = part.split_once(CLOSES).unwrap();
        let output = outputs
            .next()
            .expect("a block of output more than is made here");
        assert!(output.lines().count() > 3, "{output}");
        shown.push_str(&format!("{OPENS}{output}{CLOSES}{after}"));
    }
    assert_eq!(outputs.next(), None, "a block of output is gone");
    if std::env::var_os("MAPPAFONDO_BLESS").is_some() {
        fs::write(&path, shown).unwrap();
    } else {
        assert_eq!(readme, shown);
    }
    let verified = said("verify plan --locale en");
    let verdict = verified.lines().last().unwrap();
    assert!(readme.contains(verdict), "{verdict}");
}
