//! The short annex for Word: every part is XML, its tables say what the ledger says, no text of others is read as markup.

use std::io::{Cursor, Read};

use mappafondo::model::Language;
use mappafondo::report::docx::docx;
use mappafondo::report::number::money;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::shared::{program, scratch, tiny, told};

/// The parts of a file, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// The tables of a text: rows of cells. Fails on what is not well formed.
fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    let (mut in_cell, mut in_text) = (false, false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => match tag.name().as_ref() {
                "w:tbl" => tables.push(Vec::new()),
                "w:tr" => tables.last_mut().unwrap().push(Vec::new()),
                "w:tc" => {
                    let row = tables.last_mut().unwrap().last_mut().unwrap();
                    row.push(String::new());
                    in_cell = true;
                }
                "w:t" => in_text = true,
                _ => {}
            },
            Event::End(tag) if tag.name().as_ref() == "w:t" => in_text = false,
            Event::End(tag) if tag.name().as_ref() == "w:tc" => in_cell = false,
            Event::Text(piece) if in_text && in_cell => {
                let cell = tables
                    .last_mut()
                    .and_then(|table| table.last_mut()?.last_mut());
                if let Some(cell) = cell {
                    cell.push_str(&piece);
                }
            }
            Event::Eof => return tables,
            _ => {}
        }
    }
}

#[test]
fn each_zone_gets_in_word_what_the_ledger_pays() {
    for language in [Language::Italian, Language::English] {
        let document = told(language);
        let bytes = docx(&document).unwrap();
        assert_eq!(bytes, docx(&document).unwrap());
        let parts = parts(&bytes);
        for (name, text) in &parts {
            assert!(
                tables(text).is_empty() == (name != "word/document.xml"),
                "{name}"
            );
        }
        let text = &parts
            .iter()
            .find(|(name, _)| name == "word/document.xml")
            .unwrap()
            .1;
        let all = tables(text);
        // The lines of the act are there to be written in.
        assert_eq!(all[0].len(), 5);
        assert!(all[0][2..].iter().all(|row| row[1].is_empty()));
        let ledger = std::fs::read_to_string(tiny().join("ledger.csv")).unwrap();
        for zone in &document.flow.zones {
            let cents: i128 = ledger
                .lines()
                .filter(|line| line.split(',').nth(2) == Some(&zone.id))
                .map(|line| {
                    line.rsplit(',')
                        .next()
                        .unwrap()
                        .replace('.', "")
                        .parse::<i128>()
                        .unwrap()
                })
                .sum();
            let total = money(language, cents);
            let is_own = |table: &&Vec<Vec<String>>| table.last().unwrap().last() == Some(&total);
            let own = all
                .iter()
                .find(is_own)
                .unwrap_or_else(|| panic!("{} {total}", zone.id));
            // Each amount of the ledger stands in a row of the zone.
            for line in ledger
                .lines()
                .filter(|line| line.split(',').nth(2) == Some(&zone.id))
            {
                let cents = line
                    .rsplit(',')
                    .next()
                    .unwrap()
                    .replace('.', "")
                    .parse()
                    .unwrap();
                let amount = money(language, cents);
                assert!(
                    own.iter().any(|row| row.contains(&amount)),
                    "{} {amount}",
                    zone.id
                );
            }
        }
    }
}

#[test]
fn a_text_in_word_is_never_markup() {
    let mut document = told(Language::Italian);
    let hostile = "</w:t></w:r><w:fldSimple w:instr=\"DDEAUTO c:\\\\x\"/>&\u{1b}\u{202e}\u{ffff}";
    document.title = hostile.to_owned();
    document.summary.push(hostile.to_owned());
    for (name, text) in parts(&docx(&document).unwrap()) {
        assert!(!text.contains("<w:fldSimple w:instr=\"DDEAUTO"), "{name}");
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{ffff}']), "{name}");
        tables(&text);
    }
}

#[test]
fn the_command_writes_it() {
    let out = scratch().join("atto.docx");
    let mut command = program();
    command.arg("report").arg(tiny()).arg("--out").arg(&out);
    command.assert().success();
    assert_eq!(parts(&std::fs::read(out).unwrap()).len(), 6);
}
