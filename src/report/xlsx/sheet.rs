//! One sheet: title, notes, tables, and how it prints.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Formula, Note, Url, Worksheet,
    XlsxError,
};

use super::formula::{Writer, result};
use super::layout::{Layout, Placed, SheetLayout};
use super::number::{double, text};
use super::paper::Paper;
use super::style::{Shape, Styles};
use crate::model::Language;
use crate::report::document::{Cell, Document, Role, Row, Section, Table, Topic};
use crate::report::text::{csv_text, terminal_text};

/// Characters of the longest text a cell takes.
const LONGEST_TEXT: usize = 32_000;

/// Characters of the longest address.
const LONGEST_URL: usize = 2000;

/// From so many columns on the first one stays in sight.
const WIDE: usize = 12;

/// Characters of a line of notes, for the height of its row.
const NOTE_WIDTH: usize = 100;

/// The last column of the line of an act.
const ACT_COLUMNS: u16 = 3;

/// Points of a line of text.
const LINE_POINTS: u32 = 12;

/// Points more of each line after the first.
const LEADING: u32 = 1;

/// Text as a workbook may have it: control characters and marks that turn the direction of writing are shown escaped.
pub(crate) fn clean(text: &str) -> String {
    terminal_text(text).chars().take(LONGEST_TEXT).collect()
}

pub(super) fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

pub(super) fn column_number(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

/// Writes a section into a sheet.
pub(super) fn write(
    worksheet: &mut Worksheet,
    document: &Document,
    section: &Section,
    (layout, own): (&Layout<'_>, &SheetLayout),
    styles: &Styles,
) -> Result<(), XlsxError> {
    worksheet.set_name(&section.name)?;
    worksheet.set_tab_color(Color::RGB(tab(section.topic)));
    for (column, width) in own.widths.iter().enumerate() {
        worksheet.set_column_width(column_number(column), u32::from(*width))?;
    }
    worksheet.write_string_with_format(0, 0, clean(&section.title), &styles.title)?;
    let under = format!("{} – {}", document.title, document.subtitle);
    worksheet.write_string_with_format(1, 0, clean(&under), &styles.subtitle)?;
    let single = match section.tables.as_slice() {
        [table] => &table.notes[..],
        _ => &[],
    };
    for (position, text) in section.notes.iter().chain(single).enumerate() {
        note(worksheet, 2 + position, text, own, styles)?;
    }
    for table in &section.tables {
        let Some(placed) = layout.table(&table.id) else {
            continue;
        };
        if own.titled {
            let first = placed.headings - 1 - table.notes.len();
            let title = clean(&table.title);
            worksheet.write_string_with_format(row_number(first), 0, title, &styles.table)?;
            for (position, text) in table.notes.iter().enumerate() {
                note(worksheet, first + 1 + position, text, own, styles)?;
            }
        }
        headings(worksheet, table, placed, own, styles)?;
        let writer = Writer {
            document,
            layout,
            own: &table.id,
        };
        let dash = table.id == "map" || table.id.ends_with(":plan");
        for (position, row) in table.rows.iter().enumerate() {
            let at = placed.headings + 1 + position;
            cells(worksheet, row, (at, placed), &writer, dash, styles)?;
            if table.id == "act" {
                across(worksheet, row, at, styles)?;
            }
            // Not every program makes room for a wrapped text by itself.
            worksheet.set_row_height(row_number(at), row_points(own, placed, row))?;
        }
        if section.topic == Topic::Checks {
            judge(worksheet, table, placed, styles)?;
        }
    }
    print(worksheet, document, section, (layout, own))
}

/// A note over the width of what is printed, as high as its lines.
fn note(
    worksheet: &mut Worksheet,
    row: usize,
    text: &str,
    own: &SheetLayout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let text = clean(text);
    let (last, height) = (note_columns(own).0, note_points(own, &text));
    let row = row_number(row);
    if last > 0 {
        worksheet.merge_range(row, 0, row, column_number(last), &text, &styles.note)?;
    } else {
        worksheet.write_string_with_format(row, 0, text, &styles.note)?;
    }
    worksheet.set_row_height(row, height)?;
    Ok(())
}

/// The last column of notes, and how many characters wide they are.
pub(super) fn note_columns(own: &SheetLayout) -> (usize, usize) {
    let (mut width, mut last) = (0, 0);
    for (column, own) in own.widths.iter().take(own.printed).enumerate() {
        if column > 0 && width + usize::from(*own) > NOTE_WIDTH {
            break;
        }
        width += usize::from(*own);
        last = column;
    }
    (last, width.max(20))
}

/// Height of some lines.
fn points(lines: u32) -> u32 {
    lines * LINE_POINTS + lines.saturating_sub(1) * LEADING
}

/// Height of a note.
pub(super) fn note_points(own: &SheetLayout, text: &str) -> u32 {
    let lines = text.chars().count().div_ceil(note_columns(own).1).max(1);
    points(u32::try_from(lines).unwrap_or(1)) + 2
}

/// Height of a row.
pub(super) fn row_points(own: &SheetLayout, placed: &Placed, row: &Row) -> u32 {
    let room = match row.cells.contains(&Cell::Blank) {
        true => 2, // there is to write in it
        false => 1,
    };
    points(own.lines(placed, row.cells.iter().map(wrapped)).max(room))
}

/// Height of the headings of a table.
pub(super) fn heading_points(own: &SheetLayout, placed: &Placed, table: &Table) -> u32 {
    let titles = table.columns.iter().map(|column| Some(&*column.title));
    points(own.lines(placed, titles)) + 4
}

fn headings(
    worksheet: &mut Worksheet,
    table: &Table,
    placed: &Placed,
    own: &SheetLayout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let row = placed.headings;
    worksheet.set_row_height(row_number(row), heading_points(own, placed, table))?;
    for (column, heading) in placed.columns.iter().copied().zip(&table.columns) {
        let format = if heading.kind.is_number() {
            &styles.heading_number
        } else {
            &styles.heading
        };
        let (row, column) = (row_number(row), column_number(column));
        worksheet.write_string_with_format(row, column, clean(&heading.title), format)?;
        if !heading.meaning.is_empty() {
            let meaning = Note::new(clean(&heading.meaning)).add_author_prefix(false);
            worksheet.insert_note(row, column, &meaning.set_author("mappafondo"))?;
        }
    }
    Ok(())
}

fn cells(
    worksheet: &mut Worksheet,
    row: &Row,
    (at, placed): (usize, &Placed),
    writer: &Writer<'_>,
    dash: bool,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let at = row_number(at);
    for (column, cell) in placed.columns.iter().copied().zip(&row.cells) {
        let column = column_number(column);
        let shape = Shape::of(cell, dash);
        let format = styles.cell(row.role, shape);
        match cell {
            Cell::Empty | Cell::Closed | Cell::Blank => {
                worksheet.write_blank(at, column, format)?;
            }
            Cell::Text(text) | Cell::Code(text) => {
                string(worksheet, (at, column), text, (row.role, shape), styles)?;
            }
            Cell::Law(link) => {
                let address = link.url.as_deref().filter(|url| is_address(url));
                match address {
                    Some(url) => {
                        let url = Url::new(url).set_text(clean(&link.text));
                        worksheet.write_url_with_format(at, column, url, format)?;
                    }
                    None => {
                        string(
                            worksheet,
                            (at, column),
                            &link.text,
                            (row.role, shape),
                            styles,
                        )?;
                    }
                }
            }
            Cell::Year(year) => {
                worksheet.write_number_with_format(at, column, *year, format)?;
            }
            Cell::Formula(formula) => {
                let cached = text(result(formula.result)).unwrap_or_default();
                match writer.text(&formula.expression, formula.result) {
                    Some(text) => {
                        let live = Formula::new(text).set_result(cached);
                        worksheet.write_formula_with_format(at, column, live, format)?;
                    }
                    None => number(worksheet, (at, column), cell, format)?,
                }
            }
            Cell::Euro(_) | Cell::Share(_) | Cell::Number(_) | Cell::Count(_) => {
                number(worksheet, (at, column), cell, format)?;
            }
        }
    }
    Ok(())
}

/// The line of an act is as wide as what is written into it.
fn across(
    worksheet: &mut Worksheet,
    row: &Row,
    at: usize,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let Some(cell) = row.cells.get(1) else {
        return Ok(());
    };
    let format = styles.cell(row.role, Shape::of(cell, false));
    let text = clean(cell.words().unwrap_or_default());
    worksheet.merge_range(
        row_number(at),
        1,
        row_number(at),
        ACT_COLUMNS,
        &text,
        format,
    )?;
    Ok(())
}

fn number(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    match cell.value().and_then(double) {
        Some(number) => worksheet.write_number_with_format(row, column, number, format)?,
        None => worksheet.write_blank(row, column, format)?,
    };
    Ok(())
}

fn string(
    worksheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    (role, shape): (Role, Shape),
    styles: &Styles,
) -> Result<(), XlsxError> {
    // What csv_text would change is what a spreadsheet would run.
    let format = if csv_text(text) == text {
        styles.cell(role, shape)
    } else {
        styles.quoted(role, shape)
    };
    worksheet.write_string_with_format(row, column, clean(text), format)?;
    Ok(())
}

/// The text of a cell that is wrapped; codes are made smaller instead.
fn wrapped(cell: &Cell) -> Option<&str> {
    match cell {
        Cell::Text(text) => Some(text),
        Cell::Law(link) => Some(&link.text),
        _ => None,
    }
}

/// Whether a text is an address that may be followed: nothing but the web.
fn is_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    web && url.len() <= LONGEST_URL && url.bytes().all(|b| b.is_ascii_graphic())
}

/// Differences are green when nothing, red when something.
fn judge(
    worksheet: &mut Worksheet,
    table: &Table,
    placed: &Placed,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let column = table.column("difference").or(table.column("failed"));
    let column = column.and_then(|column| placed.columns.get(column));
    let (Some(column), Some(last)) = (column, table.rows.len().checked_sub(1)) else {
        return Ok(());
    };
    let column = column_number(*column);
    let first = placed.headings + 1;
    let (top, bottom) = (row_number(first), row_number(first + last));
    let rules = [
        (ConditionalFormatCellRule::EqualTo(0), &styles.passed),
        (ConditionalFormatCellRule::NotEqualTo(0), &styles.failed),
    ];
    for (rule, format) in rules {
        let format = ConditionalFormatCell::new()
            .set_rule(rule)
            .set_format(format);
        worksheet.add_conditional_format(top, column, bottom, column, &format)?;
    }
    Ok(())
}

/// How it is printed and read: headings stay in sight where there is one table, rows of a list can be filtered.
fn print(
    worksheet: &mut Worksheet,
    document: &Document,
    section: &Section,
    (layout, own): (&Layout<'_>, &SheetLayout),
) -> Result<(), XlsxError> {
    Paper::of(section, layout, own).set(worksheet)?;
    worksheet.set_screen_gridlines(false);
    let literal = |text: &str| {
        clean(text)
            .chars()
            .take(60)
            .collect::<String>()
            .replace('&', "&&")
    };
    let page = match document.language {
        Language::Italian => "Pagina &P di &N",
        Language::English => "Page &P of &N",
    };
    let print: String = document.hash.chars().take(12).collect();
    worksheet.set_footer(format!(
        "&L&10 {}&C&10 {}&R&10 {page}",
        literal(&document.title),
        literal(&print)
    ));
    // Else it would be printed as much smaller as the tables.
    worksheet.set_header_footer_scale_with_doc(false);
    let list = section.tables.last();
    let placed = list.and_then(|list| Some((list, layout.table(&list.id)?)));
    let Some((list, placed)) = placed else {
        return Ok(());
    };
    let headings = row_number(placed.headings);
    match section.tables.len() {
        1 => worksheet.set_freeze_panes(headings + 1, names(list))?,
        _ => worksheet.set_freeze_panes(2, 0)?,
    };
    let body = list
        .rows
        .iter()
        .filter(|row| row.role != Role::Total)
        .count();
    let is_list = section.tables.len() == 1 || (!list.on_paper && section.topic != Topic::Zone);
    if body > 0 && is_list {
        let last = row_number(placed.headings + body);
        worksheet.autofilter(headings, 0, last, column_number(list.columns.len() - 1))?;
    }
    Ok(())
}

/// Columns that stay in sight: the name a row begins with, where the table is wide.
fn names(table: &Table) -> u16 {
    u16::from(table.columns.len() > WIDE)
}

fn tab(topic: Topic) -> u32 {
    match topic {
        Topic::Summary | Topic::Map => 0x17_32_4D,
        Topic::Riparto
        | Topic::Formula
        | Topic::Calculation
        | Topic::Coverage
        | Topic::Spending
        | Topic::Ledger => 0x2A_6F_97,
        Topic::Rules | Topic::Prices | Topic::Scenarios => 0xB7_79_1F,
        Topic::Zone => 0x5C_8D_4E,
        Topic::Checks => 0x1B_5E_20,
        Topic::Estimates | Topic::Reproduce => 0x5B_6F_82,
    }
}
