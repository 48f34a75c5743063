//! The workbook on paper, as its file says it is printed: text of seven points at least, and no more sheets than an act bears.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use mappafondo::annex::zone_document;
use mappafondo::model::Language;
use mappafondo::report::document::Document;
use mappafondo::report::xlsx::xlsx;

use crate::plan::{tiny, told, toscana};

/// Points of the smallest text that is printed.
const LEAST: f64 = 7.0;

/// Points of a character of a column: where Calibri is there, and in the widest font that takes its place.
const CHARACTER: [f64; 2] = [5.25, 7.0];

/// Sides of A4 and margins (left and right together, top and bottom together) in points.
const A4: (f64, f64) = (595.3, 841.9);
const MARGINS: (f64, f64) = (0.8 * 72.0, 0.75 * 72.0);

/// A sheet as its file has it.
struct Sheet {
    name: String,
    text: String,
    /// First and last row and column of the printed area, from 1.
    area: (usize, usize),
}

struct Book {
    sheets: Vec<Sheet>,
    styles: String,
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

fn tags<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let open = format!("<{name} ");
    text.split('<')
        .filter(move |tag| format!("<{tag}").starts_with(&open))
        .map(|tag| tag.split('>').next().unwrap())
}

fn column(letters: &str) -> usize {
    letters
        .bytes()
        .fold(0, |sum, b| sum * 26 + usize::from(b - b'A') + 1)
}

impl Book {
    fn of(document: &Document) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(xlsx(document).unwrap())).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            zip.by_name(name)
                .unwrap()
                .read_to_string(&mut text)
                .unwrap();
            text
        };
        let book = read("xl/workbook.xml");
        let areas = book.split("_xlnm.Print_Area\"").skip(1).map(|rest| {
            let at: usize = attribute(
                &format!(" {}", rest.split('>').next().unwrap()),
                "localSheetId",
            )
            .unwrap()
            .parse()
            .unwrap();
            let text = rest.split(['>', '<']).nth(1).unwrap();
            let last = text.rsplit('$').take(2).collect::<Vec<_>>();
            (at, (last[0].parse().unwrap(), column(last[1])))
        });
        let areas: BTreeMap<usize, (usize, usize)> = areas.collect();
        let names: Vec<String> = tags(&book, "sheet")
            .map(|tag| attribute(tag, "name").unwrap().to_owned())
            .collect();
        let sheets = names.into_iter().enumerate().map(|(at, name)| Sheet {
            name,
            text: read(&format!("xl/worksheets/sheet{}.xml", at + 1)),
            area: areas[&at],
        });
        let sheets = sheets.collect();
        Self {
            sheets,
            styles: read("xl/styles.xml"),
        }
    }

    /// Points of the smallest text of cells: notes on headings have a font of their own.
    fn smallest(&self) -> f64 {
        let part = |name: &str| -> &str {
            let rest = self.styles.split(&format!("<{name} ")).nth(1).unwrap();
            rest.split(&format!("</{name}>")).next().unwrap()
        };
        let sizes: Vec<f64> = tags(part("fonts"), "sz")
            .map(|tag| attribute(tag, "val").unwrap().parse().unwrap())
            .collect();
        let used = tags(part("cellXfs"), "xf")
            .map(|tag| sizes[attribute(tag, "fontId").unwrap().parse::<usize>().unwrap()]);
        used.min_by(f64::total_cmp).unwrap()
    }
}

impl Sheet {
    fn setup(&self) -> &str {
        tags(&self.text, "pageSetup").next().unwrap()
    }

    fn scale(&self) -> f64 {
        attribute(self.setup(), "scale").map_or(100.0, |scale| scale.parse().unwrap()) / 100.0
    }

    /// Width and height of the paper within its margins, for what is printed at the scale.
    fn room(&self) -> (f64, f64) {
        let lies = attribute(self.setup(), "orientation") == Some("landscape");
        let (width, height) = if lies { (A4.1, A4.0) } else { A4 };
        let scale = self.scale();
        ((width - MARGINS.0) / scale, (height - MARGINS.1) / scale)
    }

    fn breaks(&self, of: &str) -> Vec<usize> {
        let part = self
            .text
            .split(&format!("<{of} "))
            .nth(1)
            .unwrap_or_default();
        let part = part.split(&format!("</{of}>")).next().unwrap();
        tags(part, "brk")
            .map(|tag| attribute(tag, "id").unwrap().parse().unwrap())
            .collect()
    }

    /// Points of each printed column.
    fn columns(&self, character: f64) -> Vec<f64> {
        let mut widths = vec![8.43 * character; self.area.1];
        for tag in tags(&self.text, "col") {
            let number = |name: &str| attribute(tag, name).unwrap().parse::<f64>().unwrap();
            let (first, last) = (number("min") as usize, number("max") as usize);
            for width in widths.iter_mut().take(last).skip(first - 1) {
                *width = number("width") * character;
            }
        }
        widths
    }

    /// Sheets of paper beside each other; a part that is wider than the paper fails.
    fn across(&self, character: f64) -> usize {
        let (widths, room) = (self.columns(character), self.room().0);
        let breaks = self.breaks("colBreaks");
        let mut first = 0;
        let mut parts = 0;
        for end in breaks.iter().copied().chain([widths.len()]) {
            let names = if first > 0 { widths[0] } else { 0.0 };
            let width = names + widths[first..end].iter().sum::<f64>();
            assert!(width <= room, "{}: {width} points on {room}", self.name);
            (first, parts) = (end, parts + 1);
        }
        parts
    }

    /// Sheets of paper below each other.
    fn down(&self) -> usize {
        let mut heights = vec![15.0; self.area.0];
        for tag in tags(&self.text, "row") {
            let row: usize = attribute(tag, "r").unwrap().parse().unwrap();
            if let (Some(height), Some(points)) = (attribute(tag, "ht"), heights.get_mut(row - 1)) {
                *points = height.parse().unwrap();
            }
        }
        let (breaks, room) = (self.breaks("rowBreaks"), self.room().1);
        let (mut used, mut pages) = (0.0, 1);
        for (row, height) in heights.iter().enumerate() {
            if used + height > room || breaks.contains(&row) {
                (used, pages) = (0.0, pages + 1);
            }
            used += height;
        }
        pages
    }
}

/// Holds a workbook to seven points, and gives its sheets of paper.
fn printed(document: &Document) -> usize {
    let book = Book::of(document);
    let mut sheets = 0;
    for sheet in &book.sheets {
        assert!(!sheet.text.contains("fitToPage"), "{}", sheet.name);
        assert_eq!(
            attribute(sheet.setup(), "paperSize"),
            Some("9"),
            "{}",
            sheet.name
        );
        let points = book.smallest() * sheet.scale();
        assert!(points >= LEAST, "{}: {points} points", sheet.name);
        // Some programs make a footer as much smaller as the rest.
        let footer = sheet.text.split("<oddFooter>").nth(1).unwrap();
        let footer = footer.split("</oddFooter>").next().unwrap();
        let sizes = footer
            .split("&amp;")
            .filter_map(|code| code.split(' ').next()?.parse::<f64>().ok());
        let sizes: Vec<f64> = sizes.collect();
        assert!(sizes.len() == 3 && sizes.iter().all(|size| size * sheet.scale() >= LEAST));
        let across = CHARACTER.map(|character| sheet.across(character));
        assert_eq!(across[0], across[1]);
        sheets += across[0] * sheet.down();
    }
    sheets
}

#[test]
fn a_workbook_prints_in_letters_of_seven_points() {
    for language in [Language::Italian, Language::English] {
        let document = told(tiny(), language);
        assert!(printed(&document) <= document.sections.len() + 4);
        for zone in tiny().model.zone_indices() {
            assert!(printed(&zone_document(tiny(), zone, language)) <= 8);
        }
    }
}

#[test]
fn the_proposal_of_28_zones_prints_in_sixty_pages() {
    for language in [Language::Italian, Language::English] {
        let sheets = printed(&told(toscana(), language));
        assert!((30..=60).contains(&sheets), "{sheets} pages");
    }
}

/// What is left out of the printed area is what is read on a screen, and nothing else.
#[test]
fn the_printed_area_ends_before_the_lists() {
    let document = told(tiny(), Language::Italian);
    let book = Book::of(&document);
    for (section, sheet) in document.sections.iter().zip(&book.sheets) {
        let rows = |on_paper: bool| -> usize {
            let tables = section
                .tables
                .iter()
                .filter(|table| table.on_paper == on_paper);
            tables.map(|table| table.rows.len()).sum()
        };
        let last = tags(&sheet.text, "row").last().unwrap();
        let last: usize = attribute(last, "r").unwrap().parse().unwrap();
        assert!(sheet.area.0 >= rows(true), "{}", sheet.name);
        assert!(sheet.area.0 + rows(false) <= last, "{}", sheet.name);
        if rows(false) == 0 {
            assert_eq!(sheet.area.0, last, "{}", sheet.name);
        }
    }
}
