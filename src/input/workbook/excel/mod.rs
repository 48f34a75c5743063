//! The cells of an Excel workbook, streamed: which part holds which sheet, and what each cell shows.

mod cells;
mod formats;
mod strings;

use std::io::BufRead;

use quick_xml::events::Event;

use self::cells::Sheet;
use self::formats::Formats;
use super::grid::{Grid, Left};
use super::xml::{Xml, Zip, damaged, open};
use crate::problem::{ProblemKind, Shown, WorkbookProblem};

/// Where the workbook usually is.
const BOOK: &str = "xl/workbook.xml";

/// A reference from one part to another.
struct Link {
    id: String,
    kind: String,
    target: String,
}

/// A sheet as the workbook names it.
struct Named {
    name: String,
    link: String,
    is_hidden: bool,
}

/// The cells of the wanted sheets, in the order of the workbook, and the names of the others.
pub(in crate::input::workbook) fn read(
    zip: &mut Zip<'_>,
    wanted: impl Fn(&str) -> bool,
    left: &mut Left,
) -> Result<(Vec<Grid>, Vec<String>), ProblemKind> {
    let book = links(zip, "")?
        .into_iter()
        .find(|link| link.kind.ends_with("/officeDocument"))
        .map_or_else(|| BOOK.to_owned(), |link| link.target);
    let (sheets, from_1904) = {
        let mut xml = open(zip, &book)?.ok_or_else(|| damaged(&book))?;
        sheets(&mut xml)?
    };
    let links = links(zip, &book)?;
    let part = |kind: &str| links.iter().find(|link| link.kind.ends_with(kind));
    let mut formats = match part("/styles") {
        Some(link) => match open(zip, &link.target)? {
            Some(mut xml) => Formats::read(&mut xml)?,
            None => return Err(damaged(&link.target)),
        },
        None => Formats::default(),
    };
    formats.from_1904 = from_1904;
    let texts = match part("/sharedStrings") {
        Some(link) => match open(zip, &link.target)? {
            Some(mut xml) => strings::read(&mut xml)?,
            None => return Err(damaged(&link.target)),
        },
        None => Vec::new(),
    };
    let (mut grids, mut others) = (Vec::new(), Vec::new());
    for sheet in sheets {
        if !wanted(&sheet.name) {
            others.push(sheet.name);
            continue;
        }
        let link = links.iter().find(|link| link.id == sheet.link);
        let link = link.ok_or_else(|| damaged(&book))?;
        // A chart on a sheet of its own.
        if !link.kind.ends_with("/worksheet") {
            continue;
        }
        let mut xml = open(zip, &link.target)?.ok_or_else(|| damaged(&link.target))?;
        left.begin(&sheet.name);
        let mut grid = Grid {
            name: sheet.name,
            is_hidden: sheet.is_hidden,
            ..Grid::default()
        };
        Sheet {
            xml: &mut xml,
            grid: &mut grid,
            left,
            texts: &texts,
            formats: &formats,
        }
        .read()?;
        grids.push(grid);
    }
    Ok((grids, others))
}

fn sheets<R: BufRead>(xml: &mut Xml<R>) -> Result<(Vec<Named>, bool), ProblemKind> {
    let mut found = Vec::new();
    let mut from_1904 = false;
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "workbookPr" => {
                    let said = xml.attribute(&start, "date1904")?;
                    from_1904 = matches!(said.as_deref(), Some("1" | "true" | "on"));
                }
                "sheet" => {
                    let mut link = None;
                    for attribute in start.attributes() {
                        let attribute = attribute.map_err(|_| xml.damaged())?;
                        let key: &str = attribute.key.as_ref();
                        // `r:id`, under whatever prefix.
                        if key.ends_with(":id") {
                            link = Some(attribute.value.into_owned());
                        }
                    }
                    let state = xml.attribute(&start, "state")?;
                    found.push(Named {
                        name: xml.attribute(&start, "name")?.unwrap_or_default(),
                        link: link.ok_or_else(|| xml.damaged())?,
                        is_hidden: matches!(state.as_deref(), Some("hidden" | "veryHidden")),
                    });
                }
                _ => {}
            },
            Event::Eof => return Ok((found, from_1904)),
            _ => {}
        }
    }
}

/// What a part refers to, inside the workbook; the whole refers to its parts from an empty name.
fn links(zip: &mut Zip<'_>, part: &str) -> Result<Vec<Link>, ProblemKind> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let own = match folder {
        "" => format!("_rels/{name}.rels"),
        folder => format!("{folder}/_rels/{name}.rels"),
    };
    let Some(mut xml) = open(zip, &own)? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<Link> = Vec::new();
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let get = |name| xml.attribute(&start, name);
                if get("TargetMode")?.as_deref() == Some("External") {
                    continue;
                }
                let target = get("Target")?.unwrap_or_default();
                let (id, kind) = (get("Id")?, get("Type")?.unwrap_or_default());
                let id = id.ok_or_else(|| xml.damaged())?;
                if found.iter().any(|link| link.id == id) {
                    let name = Shown::new(&id);
                    return Err(WorkbookProblem::PartTwice { name }.into());
                }
                let target = inside(folder, &target).ok_or_else(|| {
                    let part = Shown::new(&target);
                    WorkbookProblem::PartOutside { part }
                })?;
                found.push(Link { id, kind, target });
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The part a reference leads to, from the folder of the part it stands in; `None` where it leads out.
fn inside(folder: &str, target: &str) -> Option<String> {
    let from = if target.starts_with('/') { "" } else { folder };
    let mut path: Vec<&str> = from.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_inside() {
        let check = |target, expected: Option<&str>| {
            assert_eq!(inside("xl", target).as_deref(), expected, "{target}");
        };
        check("worksheets/sheet1.xml", Some("xl/worksheets/sheet1.xml"));
        check(
            "/xl/worksheets/sheet1.xml",
            Some("xl/worksheets/sheet1.xml"),
        );
        check("../xl/./styles.xml", Some("xl/styles.xml"));
        check("../../etc/passwd", None);
    }
}
