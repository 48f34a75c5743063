//! How to make and check the proposal again: hashes, versions, commands.

use super::book::Book;
use crate::report::document::{Cell, Kind, Section, Table, Topic};
use crate::report::words::annex as words;

pub(super) fn section(book: &Book<'_>) -> Section {
    let summary = &book.source.summary;
    let columns = vec![
        book.column("what", words::WHAT, Kind::Text),
        book.column("value", words::ASSUMED, Kind::Code),
    ];
    let mut table = Table::new("versions", book.say(words::S_REPRODUCE_TITLE), columns);
    let status = match summary.status.as_str() {
        "limit" => words::R_LIMIT,
        _ => words::R_OPTIMAL,
    };
    let mut rows = vec![
        (words::R_MODEL, summary.model.title.clone()),
        (words::R_STATUS, book.say(status)),
        (words::R_HASH, summary.model.hash.clone()),
    ];
    rows.extend(summary.base.clone().map(|base| (words::R_BASE, base)));
    for scenario in &summary.scenarios {
        let text = format!("{} ({})", scenario.title, scenario.file);
        rows.push((words::R_SCENARIO, text));
    }
    rows.extend([
        (words::R_VERSION, summary.versions.mappafondo.clone()),
        (words::R_SOLVER, summary.versions.solver.clone()),
        (words::R_DOSSIER, summary.versions.dossier.to_string()),
        (words::R_VERIFY, "mappafondo verify dossier".to_owned()),
        (
            words::R_REMAKE,
            "mappafondo solve dossier/model --out DIR".to_owned(),
        ),
    ]);
    for (what, value) in rows {
        table.row([Cell::text(book.say(what)), Cell::Code(value)]);
    }
    let columns = vec![
        book.column("file", words::FILE, Kind::Code),
        book.column("hash", words::PRINT, Kind::Code),
    ];
    let mut files = Table::new("files", book.say(words::R_FILES), columns);
    for (name, hash) in &summary.inputs {
        files.row([Cell::Code(name.clone()), Cell::Code(hash.clone())]);
    }
    let (name, title) = (words::S_REPRODUCE, words::S_REPRODUCE_TITLE);
    let mut section = book.section(Topic::Reproduce, name, title, vec![table, files]);
    section.notes.push(book.say(words::R_CHECKED));
    section
}
