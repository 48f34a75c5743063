//! One sheet: title, notes, tables, and how it prints.

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Formula, Note, Url, Worksheet,
    XlsxError,
};

use super::formula::{Writer, result};
use super::layout::{Layout, SheetLayout};
use super::number::{double, text};
use super::style::{Shape, Styles};
use crate::model::Language;
use crate::report::document::{Cell, Document, Role, Row, Section, Table, Topic};
use crate::report::text::{csv_text, terminal_text};

/// Characters of the longest text a cell takes.
const LONGEST_TEXT: usize = 32_000;

/// Characters of the longest address.
const LONGEST_URL: usize = 2000;

/// More columns than this are printed on A3.
const A4_COLUMNS: usize = 12;

const PAPER_A3: u8 = 8;
const PAPER_A4: u8 = 9;

/// Characters of a line of notes, for the height of its row.
const NOTE_WIDTH: usize = 110;

/// Points of a line of text.
const LINE_POINTS: u32 = 14;

/// Text as a workbook may have it: control characters and marks that turn the direction of writing are shown escaped.
pub(crate) fn clean(text: &str) -> String {
    terminal_text(text).chars().take(LONGEST_TEXT).collect()
}

fn row_number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

fn column_number(column: usize) -> u16 {
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
        headings(worksheet, table, placed.headings, own, styles)?;
        let writer = Writer {
            document,
            layout,
            own: &table.id,
        };
        let dash = table.id == "map" || table.id.ends_with(":plan");
        for (position, row) in table.rows.iter().enumerate() {
            let at = placed.headings + 1 + position;
            cells(worksheet, row, at, &writer, dash, styles)?;
            // Not every program makes room for a wrapped text by itself.
            let lines = own.lines(row.cells.iter().map(wrapped));
            if lines > 1 {
                worksheet.set_row_height(row_number(at), lines * LINE_POINTS)?;
            }
        }
        if section.topic == Topic::Checks {
            judge(worksheet, table, placed.headings, styles)?;
        }
    }
    print(worksheet, document, section, (layout, own))
}

/// A note over the whole width, as high as its lines.
fn note(
    worksheet: &mut Worksheet,
    row: usize,
    text: &str,
    own: &SheetLayout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let text = clean(text);
    let mut width = 0;
    let mut last = 0;
    for (column, own) in own.widths.iter().enumerate() {
        width += usize::from(*own);
        last = column;
        if width >= NOTE_WIDTH {
            break;
        }
    }
    let lines = text.chars().count().div_ceil(width.max(20));
    let row = row_number(row);
    if last > 0 {
        worksheet.merge_range(row, 0, row, column_number(last), &text, &styles.note)?;
    } else {
        worksheet.write_string_with_format(row, 0, text, &styles.note)?;
    }
    let lines = u32::try_from(lines.max(1)).unwrap_or(1);
    worksheet.set_row_height(row, lines * LINE_POINTS + 2)?;
    Ok(())
}

fn headings(
    worksheet: &mut Worksheet,
    table: &Table,
    row: usize,
    own: &SheetLayout,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let titles = table.columns.iter().map(|column| Some(&*column.title));
    let lines = own.lines(titles);
    worksheet.set_row_height(row_number(row), lines * LINE_POINTS + 4)?;
    for (column, heading) in table.columns.iter().enumerate() {
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
    at: usize,
    writer: &Writer<'_>,
    dash: bool,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let at = row_number(at);
    for (column, cell) in row.cells.iter().enumerate() {
        let column = column_number(column);
        let shape = Shape::of(cell, dash);
        let format = styles.cell(row.role, shape);
        match cell {
            Cell::Empty | Cell::Closed => {
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
    headings: usize,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let (Some(column), Some(last)) = (table.column("difference"), table.rows.len().checked_sub(1))
    else {
        return Ok(());
    };
    let column = column_number(column);
    let (top, bottom) = (row_number(headings + 1), row_number(headings + 1 + last));
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

/// Landscape, one page wide, headings repeated, pages numbered; headings stay in sight, rows can be filtered.
fn print(
    worksheet: &mut Worksheet,
    document: &Document,
    section: &Section,
    (layout, own): (&Layout<'_>, &SheetLayout),
) -> Result<(), XlsxError> {
    worksheet.set_landscape();
    worksheet.set_paper_size(if own.columns > A4_COLUMNS {
        PAPER_A3
    } else {
        PAPER_A4
    });
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.25, 0.25);
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
        "&L&8 {}&C&8 {}&R&8 {page}",
        literal(&document.title),
        literal(&print)
    ));
    let [table] = section.tables.as_slice() else {
        worksheet.set_freeze_panes(2, 0)?;
        return Ok(());
    };
    let Some(placed) = layout.table(&table.id) else {
        return Ok(());
    };
    let headings = row_number(placed.headings);
    worksheet.set_freeze_panes(headings + 1, names(table))?;
    worksheet.set_repeat_rows(headings, headings)?;
    let body = table
        .rows
        .iter()
        .filter(|row| row.role != Role::Total)
        .count();
    if body > 0 {
        let last = row_number(placed.headings + body);
        worksheet.autofilter(headings, 0, last, column_number(table.columns.len() - 1))?;
    }
    Ok(())
}

/// Columns that stay in sight: the code and name a row begins with, where the table is wide.
fn names(table: &Table) -> u16 {
    if table.columns.len() > A4_COLUMNS {
        2
    } else {
        0
    }
}

fn tab(topic: Topic) -> u32 {
    match topic {
        Topic::Summary | Topic::Map => 0x17_32_4D,
        Topic::Riparto | Topic::Coverage | Topic::Spending | Topic::Ledger => 0x2A_6F_97,
        Topic::Rules | Topic::Prices | Topic::Scenarios => 0xB7_79_1F,
        Topic::Zone => 0x5C_8D_4E,
        Topic::Checks => 0x1B_5E_20,
        Topic::Estimates | Topic::Reproduce => 0x5B_6F_82,
    }
}
