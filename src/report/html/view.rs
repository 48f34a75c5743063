//! What the templates show: the document in the order of the page, with its pictures.

use askama::Template;

use super::abridged;
use super::pictures::{self, PictureView};
use super::style::{STYLE, STYLE_HASH};
use super::tables::{self, TableView};
use crate::model::Language;
use crate::report::document::{Document, FlowZone, Section, Table, Topic};
use crate::report::number::{money, percent, share};
use crate::report::words::page as words;

/// Rows from which a table is folded away.
const LONG: usize = 60;

/// The page.
#[derive(Debug, Template)]
#[template(path = "page.html")]
pub(super) struct Page {
    lang: &'static str,
    style: Trusted,
    style_hash: &'static str,
    kind: &'static str,
    title: String,
    subtitle: String,
    skip: &'static str,
    contents: &'static str,
    how_to_read: &'static str,
    figures: Vec<Figure>,
    sections: Vec<SectionView>,
    footer: String,
    hash: String,
}

/// A text of our own that is HTML or CSS already.
#[derive(Debug)]
struct Trusted(&'static str);

impl std::fmt::Display for Trusted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl askama::filters::HtmlSafe for Trusted {}

/// A figure at the top of the page.
#[derive(Debug)]
struct Figure {
    label: String,
    value: String,
    note: String,
}

/// A section with its pictures and parts.
#[derive(Debug)]
struct SectionView {
    anchor: String,
    title: String,
    notes: Vec<String>,
    parts: Vec<PartView>,
}

/// Some tables under one heading, or folded away under it.
#[derive(Debug)]
struct PartView {
    anchor: String,
    title: String,
    is_folded: bool,
    notes: Vec<String>,
    pictures: Vec<PictureView>,
    tables: Vec<TableView>,
}

/// The page of a document.
pub(super) fn page(document: &Document) -> Page {
    let is_zone = document.flow.zones.len() == 1 && document.about(Topic::Summary).next().is_none();
    let mut sections: Vec<SectionView> = Vec::new();
    for section in &abridged::sections(document) {
        match (section.topic, &section.zone) {
            (Topic::Zone, Some(_)) if !is_zone => zone_part(document, section, &mut sections),
            _ => sections.push(section_view(document, section)),
        }
    }
    Page {
        figures: figures(document, is_zone),
        sections,
        ..frame(document, is_zone)
    }
}

/// What every page has.
fn frame(document: &Document, is_zone: bool) -> Page {
    let language = document.language;
    let (mut title, mut subtitle) = (document.title.clone(), document.subtitle.clone());
    if let Some(zone) = document.flow.zones.first().filter(|_| is_zone) {
        subtitle = words::ZONE_SUBTITLE.fill(
            language,
            &[("title", &document.title), ("subtitle", &document.subtitle)],
        );
        title = words::ZONE_TITLE.fill(language, &[("zone", &zone.name)]);
    }
    Page {
        lang: match language {
            Language::Italian => "it",
            Language::English => "en",
        },
        style: Trusted(STYLE),
        style_hash: STYLE_HASH,
        kind: words::KIND.say(language),
        title,
        subtitle,
        skip: words::SKIP.say(language),
        contents: words::CONTENTS.say(language),
        how_to_read: words::HOW_TO_READ.say(language),
        figures: Vec::new(),
        sections: Vec::new(),
        footer: words::FOOTER.fill(language, &[("version", &document.version)]),
        hash: words::HASH.fill(language, &[("hash", &document.hash)]),
    }
}

fn figure(label: &str, value: String, note: String) -> Figure {
    Figure {
        label: label.to_owned(),
        value,
        note,
    }
}

fn need(language: Language, cents: i128) -> Figure {
    figure(
        words::F_NEED.say(language),
        money(language, cents),
        words::F_EURO.say(language).to_owned(),
    )
}

fn covered(language: Language, covered: i128, need: i128) -> Figure {
    let value = share(covered, need).map_or_else(
        || words::NO_VALUE.say(language).to_owned(),
        |share| percent(language, &share),
    );
    let note = words::F_COVERED_EURO.fill(language, &[("euro", &money(language, covered))]);
    figure(words::F_COVERED.say(language), value, note)
}

fn figures(document: &Document, is_zone: bool) -> Vec<Figure> {
    let language = document.language;
    let zones = &document.flow.zones;
    let sum = |of: fn(&FlowZone) -> i128| zones.iter().map(of).sum::<i128>();
    let (received, all_need) = (sum(|zone| zone.received), sum(|zone| zone.need));
    let label = if is_zone {
        words::F_RECEIVED
    } else {
        words::F_PLANNED
    };
    let mut figures = vec![
        figure(
            label.say(language),
            money(language, received),
            words::F_EURO.say(language).to_owned(),
        ),
        need(language, all_need),
        covered(language, sum(|zone| zone.covered), all_need),
    ];
    let known = || zones.iter().filter(|zone| zone.coverage.is_some());
    let least = known().min_by_key(|zone| zone.coverage);
    let most = known().max_by_key(|zone| zone.coverage);
    if let (Some(least), Some(most)) = (least, most) {
        let shown = |zone: &FlowZone| {
            zone.coverage
                .map_or_else(String::new, |share| percent(language, &share))
        };
        // Where all zones are covered alike none is the last.
        if shown(least) != shown(most) {
            let (worst, best) = (words::F_LEAST.say(language), words::F_MOST.say(language));
            figures.push(figure(worst, shown(least), least.name.clone()));
            figures.push(figure(best, shown(most), most.name.clone()));
        }
    }
    figures
}

fn section_view(document: &Document, section: &Section) -> SectionView {
    SectionView {
        anchor: section.topic.word().to_owned(),
        title: section.title.clone(),
        notes: section.notes.clone(),
        parts: parts(document, section),
    }
}

/// The table as the document has it, of one that was abridged: pictures show all of it.
fn whole<'d>(document: &'d Document, table: &'d Table) -> &'d Table {
    document.table(&table.id).unwrap_or(table)
}

/// Tables as they come; a long one is folded away under its title.
fn parts(document: &Document, section: &Section) -> Vec<PartView> {
    let language = document.language;
    let mut parts: Vec<PartView> = Vec::new();
    for table in &section.tables {
        let is_folded = table.rows.len() > LONG;
        let title = if is_folded {
            let rows = words::FOLDED.say(language, table.rows.len());
            format!("{} {rows}", table.title)
        } else {
            String::new()
        };
        parts.push(PartView {
            anchor: String::new(),
            title,
            is_folded,
            notes: Vec::new(),
            pictures: pictures::before(document, whole(document, table)),
            tables: tables::views(language, table),
        });
    }
    parts
}

/// Adds the sheet of a zone to the section of all zones.
fn zone_part(document: &Document, section: &Section, sections: &mut Vec<SectionView>) {
    let language = document.language;
    let anchor = Topic::Zone.word();
    if sections.last().is_none_or(|last| last.anchor != anchor) {
        sections.push(SectionView {
            anchor: anchor.to_owned(),
            title: words::ZONES.say(language).to_owned(),
            notes: vec![words::ZONES_NOTE.say(language).to_owned()],
            parts: Vec::new(),
        });
    }
    let part = PartView {
        anchor: tables::anchor("zone", section.zone.as_deref().unwrap_or(&section.name)),
        title: section.title.clone(),
        is_folded: true,
        notes: section.notes.clone(),
        pictures: Vec::new(),
        tables: section
            .tables
            .iter()
            .flat_map(|table| tables::views(language, table))
            .collect(),
    };
    if let Some(last) = sections.last_mut() {
        last.parts.push(part);
    }
}
