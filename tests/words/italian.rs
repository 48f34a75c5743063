//! Every command in Italian, its errors too: no English, no forbidden synonym, no plural beside a one, no wrong article before a number.

use std::fs;
use std::io::Read;

use mappafondo::problem::grammar::{agreed, is_one, with_article};

use super::glossary::found;
use super::shared::{here, said, scratch};

/// Common English words that are no Italian ones; `targets` and `value` are what goals are called in files.
const ENGLISH: &[&str] = &[
    "the",
    "and",
    "of",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "with",
    "without",
    "from",
    "into",
    "this",
    "that",
    "these",
    "those",
    "which",
    "who",
    "what",
    "when",
    "where",
    "why",
    "how",
    "not",
    "cannot",
    "could",
    "must",
    "should",
    "would",
    "can",
    "may",
    "will",
    "has",
    "have",
    "had",
    "does",
    "did",
    "found",
    "missing",
    "invalid",
    "unknown",
    "entity",
    "error",
    "failed",
    "archive",
    "such",
    "directory",
    "denied",
    "already",
    "exists",
    "values",
    "row",
    "rows",
    "column",
    "columns",
    "sheet",
    "sheets",
    "fund",
    "funds",
    "action",
    "actions",
    "year",
    "years",
    "need",
    "needs",
    "rule",
    "rules",
    "goal",
    "goals",
    "target",
    "amount",
    "amounts",
    "share",
    "shares",
    "covered",
    "coverage",
    "unmet",
    "used",
    "planned",
    "assigned",
    "lost",
    "batch",
    "hot",
    "cold",
    "half",
    "each",
    "every",
    "other",
    "there",
];

/// Nouns in the plural that are never right beside a one.
const PLURALS: &[&str] = &[
    "zone",
    "progetti",
    "casi",
    "fondi",
    "azioni",
    "fabbisogni",
    "regole",
    "scenari",
    "problemi",
    "avvisi",
    "righe",
    "colonne",
    "parti",
    "pagamenti",
    "traguardi",
    "obiettivi",
    "controlli",
    "fogli",
    "centesimi",
];

const ARTICLES: &[&str] = &[
    "il", "lo", "l", "i", "gli", "del", "dello", "dell", "dei", "degli", "al", "allo", "all", "ai",
    "agli", "dal", "dallo", "dall", "dai", "dagli", "nel", "nello", "nell", "nei", "negli", "sul",
    "sullo", "sull", "sui", "sugli",
];

/// What a reader sees as prose: names of files, options, codes, hashes, cut words and what the user wrote himself are left out.
fn prose(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        let outside = |mark: char, line: &str| -> String {
            line.split(mark).step_by(2).collect::<Vec<_>>().join(" ")
        };
        let line = outside('`', &outside('"', line));
        let words = line.split_whitespace().filter(|word| {
            let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
            let is_hash =
                inner.contains(|c: char| c.is_ascii_digit()) && inner.contains(char::is_alphabetic);
            !is_hash
                && !inner.contains(['/', '.', '_', '-', '=', '[', ']', '<', '>', ':', '…', '\\'])
                && !word.starts_with(['-', '/', '<', '[', '@'])
        });
        kept.push_str(&words.collect::<Vec<_>>().join(" "));
        kept.push('\n');
    }
    kept
}

fn english(text: &str) -> Vec<String> {
    let prose = prose(text);
    let words = prose
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().skip(1).all(char::is_lowercase));
    let wrong = words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str()));
    wrong.map(str::to_owned).collect()
}

/// Numbers beside an article or a noun that does not go with them.
fn disagreeing(text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        for pair in words.windows(2) {
            let number = pair[1].trim_end_matches([',', ';', ')', '.', ':']);
            let article = pair[0].trim_start_matches(['(', '«']).to_lowercase();
            let is_number = number.starts_with(|c: char| c.is_ascii_digit())
                && number
                    .chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%'));
            if is_number && ARTICLES.contains(&article.as_str()) {
                let plain = plain_article(&article);
                let right = with_article(plain, number);
                if right != format!("{article} {number}") {
                    wrong.push(format!("{} {number}", pair[0]));
                }
            }
            let noun = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
            if is_one(pair[0].trim_start_matches('(')) && PLURALS.contains(&noun) {
                wrong.push(format!("{} {noun}", pair[0]));
            }
        }
    }
    wrong
}

/// The form of an article before a consonant.
fn plain_article(article: &str) -> &str {
    let singular = ["il", "del", "al", "dal", "nel", "sul"];
    let plural = ["i", "dei", "ai", "dai", "nei", "sui"];
    let forms = [
        ("il", ["il", "lo", "l"]),
        ("del", ["del", "dello", "dell"]),
        ("al", ["al", "allo", "all"]),
        ("dal", ["dal", "dallo", "dall"]),
        ("nel", ["nel", "nello", "nell"]),
        ("sul", ["sul", "sullo", "sull"]),
        ("i", ["i", "gli", "gli"]),
        ("dei", ["dei", "degli", "degli"]),
        ("ai", ["ai", "agli", "agli"]),
        ("dai", ["dai", "dagli", "dagli"]),
        ("nei", ["nei", "negli", "negli"]),
        ("sui", ["sui", "sugli", "sugli"]),
    ];
    debug_assert!(
        forms
            .iter()
            .all(|(plain, _)| singular.contains(plain) || plural.contains(plain))
    );
    forms
        .iter()
        .find(|(_, all)| all.contains(&article))
        .map_or(article, |(plain, _)| plain)
}

/// Holds a text against everything.
fn check(name: &str, text: &str) {
    assert!(!text.trim().is_empty(), "{name}: nothing was said");
    let (synonyms, english, disagreeing) = (found(text), english(text), disagreeing(text));
    assert!(
        synonyms.is_empty() && english.is_empty() && disagreeing.is_empty(),
        "{name}\nsynonyms: {synonyms:?}\nEnglish: {english:?}\nnumbers: {disagreeing:?}\n{text}"
    );
}

fn check_command(line: &str) {
    check(line, &said(&format!("{line} --locale it")));
}

#[test]
fn what_is_wrong_is_seen() {
    assert_eq!(english("Le zone and the fondi"), ["and", "the"]);
    assert_eq!(
        english("il file \"the end\" in /the/end, --shares"),
        Vec::<String>::new()
    );
    assert_eq!(
        disagreeing("con il 80,00% e il 68,02%, nel 2024, lo 0,5%, dei 11 e dei 1.000"),
        ["il 80,00%", "dei 11"]
    );
    assert_eq!(
        disagreeing("almeno 1 progetti, 2 progetti, 1 progetto (1 zone)"),
        ["1 progetti", "(1 zone"]
    );
    assert_eq!(agreed("1", "zona", "zone"), "zona");
}

#[test]
fn tiny_in_italian() {
    for line in [
        "check @models/tiny",
        "check @models/tiny -v",
        "solve @models/tiny --out it-tiny",
        "solve @models/tiny --out it-tiny -v",
        "verify it-tiny",
        "solve @models/micro/me01 --out it-me01 -v",
        "compare it-tiny it-me01 -v",
        "compare it-tiny it-tiny",
        "explain it-tiny --shapley --at-risk --breakpoints fondo-sociale",
        "explain it-tiny",
        "explain it-tiny --why-not fund=fondo-sociale",
        "explain it-tiny --why fund=fondo-sociale",
        "export @models/tiny --out it.lp --goal targets -v",
        "sweep @models/tiny --sweep @scenarios/tiny/grid.toml --out it-grid",
        "compare it-tiny it-grid",
        "compare it-grid",
        "sweep --list",
        "roll it-tiny --to 2027 --out it-rolled",
        "convert @models/tiny it-tiny.xlsx",
        "check it-tiny.xlsx -v",
        "init it-new",
        "check it-new -v",
        "init --xlsx it-new.xlsx",
        "report it-tiny --out it.html",
        "report it-tiny --out it.xlsx --per-zone it-zones",
        "solve @models/micro/me04 --out it-me04 -v",
        "solve @models/micro/me12 --out it-me12 -v",
    ] {
        check_command(line);
    }
    check_files("it");
}

#[test]
fn tuscany_after_pnrr_in_italian() {
    for line in [
        "check @models/toscana-2026 -v",
        "check @models/piemonte",
        "check @models/toscana --scenario @scenarios/toscana/qsfp-20.toml",
        "solve @models/toscana-2026 --out it-after",
        "solve @models/toscana-2026 --out it-after -v",
        "report it-after --out it-after.html",
        "report it-after --out it-after.xlsx",
    ] {
        check_command(line);
    }
    check_files("it-after");
}

/// The page and the workbook of a plan.
fn check_files(name: &str) {
    let page = fs::read_to_string(scratch().join(format!("{name}.html"))).unwrap();
    check(&format!("{name}.html"), &text_of_page(&page));
    let mut book =
        zip::ZipArchive::new(fs::File::open(scratch().join(format!("{name}.xlsx"))).unwrap())
            .unwrap();
    let mut strings = String::new();
    book.by_name("xl/sharedStrings.xml")
        .unwrap()
        .read_to_string(&mut strings)
        .unwrap();
    check(&format!("{name}.xlsx"), &text_of_page(&strings));
}

/// What stands between tags, one line each, styles left out.
fn text_of_page(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        text.push('\n');
        let end = ["style", "script", "code"]
            .iter()
            .find(|tag| after.starts_with(**tag))
            .and_then(|tag| after.find(&format!("</{tag}")));
        let after = end.map_or(after, |end| &after[end..]);
        rest = after.split_once('>').map_or("", |(_, next)| next);
    }
    text.replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

#[test]
fn errors_in_italian() {
    fs::write(scratch().join("no.xlsx"), "no workbook").unwrap();
    fs::write(scratch().join("no.zip"), "no zip").unwrap();
    for line in [
        "",
        "bogus",
        "solve",
        "solve @models/tiny",
        "solve @models/tiny --out x --time-limit never",
        "solve @models/tiny --out x --format never",
        "solve @models/tiny --out @models",
        "check nowhere",
        "check no.xlsx",
        "check @README.md",
        "check @models/tiny --scenario nowhere",
        "verify nowhere",
        "verify no.zip",
        "verify @README.md",
        "explain nowhere",
        "explain @models/tiny --price nowhere",
        "compare nowhere nowhere",
        "compare @models @models",
        "merge nowhere --out m",
        "sweep @models/tiny --sweep nowhere --out m",
        "sweep @models/tiny --sweep @scenarios/tiny/grid.toml --out m --shard 2/200",
        "roll nowhere --to 2027 --out r",
        "report nowhere --out x.html",
        "convert nowhere x",
        "convert @models/tiny @README.md",
        "export @models/tiny --out x.lp --goal nowhere",
        "export @models/tiny --out x.foo",
        "init",
        "init @models/tiny",
        "schema nowhere",
        "check @tests/data/cases/personale-oltre-il-fabbisogno -v",
        "solve @tests/data/cases/personale-oltre-il-fabbisogno --out c",
    ] {
        check_command(line);
    }
    assert!(here("README.md").is_file());
}

#[test]
fn help_in_italian() {
    for command in [
        "",
        "check",
        "solve",
        "verify",
        "sweep",
        "merge",
        "compare",
        "explain",
        "report",
        "convert",
        "init",
        "roll",
        "export",
        "schema",
        "completions",
    ] {
        let text = said(&format!("{command} --help --locale it"));
        assert_eq!(
            (found(&text), disagreeing(&text)),
            (vec![], vec![]),
            "{command} --help\n{text}"
        );
    }
}
