//! Content into sheets: cells, notes, drop-downs, colours.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, ExcelDateTime, Format,
    Formula, Workbook, Worksheet, XlsxError,
};

use super::content::{Content, Filled, Look, Told};
use super::look::{DERIVED, ESTIMATE, Looks, OFFICIAL, note, print, width};
use crate::input::workbook::layout::{Holds, Kind, MARK_ELSEWHERE, Of, WordPair, sheets};
use crate::input::workbook::{column_name, sheet_name};

/// Rows below the last one that drop-downs and colours reach.
const ROWS_TO_COME: u32 = 500;
/// Longest list of words a drop-down can hold.
const LIST_CHARACTERS: usize = 250;

/// How many rows each sheet of ids has: what drop-downs offer.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Rows {
    pub(super) zones: u32,
    pub(super) funds: u32,
    pub(super) actions: u32,
}

/// Writes a sheet.
pub(super) fn sheet(
    workbook: &mut Workbook,
    content: &Content,
    rows: Rows,
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(content.sheet.name.say(told.0))?;
    sheet.set_tab_color(match content.sheet.holds {
        Holds::Model | Holds::Other => "7F7F7F",
        Holds::Table(_) | Holds::Matrix => "2E75B6",
        Holds::List(_) | Holds::Child(_) | Holds::Scenarios => "548235",
    });
    let frozen = u16::from(!matches!(content.sheet.holds, Holds::Other));
    sheet.set_freeze_panes(1, frozen)?;
    print(sheet, 0, told.0)?;
    let last = row_of(content.rows.len()).saturating_add(ROWS_TO_COME);
    for (column, head) in (0_u16..).zip(&content.heads) {
        sheet.write_string_with_format(0, column, &head.name, &looks.header)?;
        if let Some(text) = head.note {
            sheet.insert_note(0, column, &note(text))?;
        }
        sheet.set_column_width(column, width(longest(content, column)))?;
        if is_unused(content, column) {
            sheet.set_column_hidden(column)?;
        }
        if !matches!(content.sheet.holds, Holds::Model | Holds::Matrix) {
            drop_down(sheet, head.kind, column, last, rows, told)?;
        }
    }
    sheet.set_row_height(0, 32)?;
    let is_matrix = matches!(content.sheet.holds, Holds::Matrix);
    let is_model = matches!(content.sheet.holds, Holds::Model);
    if is_model {
        sheet.set_column_width(2, 130)?;
    }
    for (row, cells) in (1_u32..).zip(&content.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            let special = match cell {
                Filled::Text(text) if is_matrix && text == MARK_ELSEWHERE => Some(&looks.computed),
                Filled::Text(_) if is_matrix && column > 0 => Some(&looks.mark),
                Filled::Text(_) if is_model && column == 2 => Some(&looks.computed),
                Filled::Number(..) if is_model => Some(&looks.text),
                Filled::Day(_) if is_model => Some(&looks.left_day),
                _ => None,
            };
            put(sheet, row, column, cell, special, looks, told)?;
        }
    }
    colours(sheet, content, last, told)
}

/// Writes a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Filled,
    special: Option<&Format>,
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    match cell {
        Filled::Blank => {
            if let Some(format) = special {
                sheet.write_blank(row, column, format)?;
            }
        }
        Filled::Text(text) => {
            let format = if starts_like_a_formula(text) {
                &looks.quoted
            } else {
                &looks.text
            };
            sheet.write_string_with_format(row, column, text, special.unwrap_or(format))?;
        }
        Filled::Number(decimal, look) => match double(decimal) {
            Some(number) => {
                let format = looks.number(*look, decimal);
                sheet.write_number_with_format(row, column, number, special.unwrap_or(format))?;
            }
            // More digits than a number of a sheet holds.
            None => {
                let text = told.decimal(decimal);
                sheet.write_string_with_format(
                    row,
                    column,
                    &text,
                    special.unwrap_or(&looks.text),
                )?;
            }
        },
        Filled::Day(day) => {
            let part = |part: i8| u8::try_from(part).unwrap_or_default();
            let year = u16::try_from(day.year()).unwrap_or_default();
            match ExcelDateTime::from_ymd(year, part(day.month()), part(day.day())) {
                Ok(date) => {
                    let format = special.unwrap_or(&looks.day);
                    sheet.write_datetime_with_format(row, column, &date, format)?;
                }
                Err(_) => {
                    sheet.write_string_with_format(row, column, day.to_string(), &looks.text)?;
                }
            }
        }
    }
    Ok(())
}

/// A text that a sheet would take for a formula when it is edited.
fn starts_like_a_formula(text: &str) -> bool {
    text.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}',
    ])
}

/// The number nearest to a decimal, if the decimal is its shortest name: then it reads back the same.
fn double(decimal: &str) -> Option<f64> {
    let number: f64 = decimal.parse().ok()?;
    let trimmed = match decimal.split_once('.') {
        Some((whole, decimals)) => match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            decimals => format!("{whole}.{decimals}"),
        },
        None => decimal.to_owned(),
    };
    (crate::input::workbook::decimal(number)? == trimmed).then_some(number)
}

/// Columns of a list that none of its rows uses: hidden, so that a rule can be read at a glance.
fn is_unused(content: &Content, column: u16) -> bool {
    let column = usize::from(column);
    let is_list = matches!(content.sheet.holds, Holds::List(_) | Holds::Child(_));
    let mut cells = content.rows.iter().filter_map(|row| row.get(column));
    is_list && content.rows.len() > 1 && cells.all(|cell| *cell == Filled::Blank)
}

fn row_of(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX).min(1_000_000)
}

fn longest(content: &Content, column: u16) -> usize {
    let column = usize::from(column);
    let cell = |row: &Vec<Filled>| match row.get(column) {
        Some(Filled::Text(text)) => text.chars().count(),
        Some(Filled::Number(text, Look::Money)) => text.len().saturating_add(4),
        Some(Filled::Number(text, _)) => text.len(),
        Some(Filled::Day(_)) => 10,
        Some(Filled::Blank) | None => 0,
    };
    let header = content.heads.get(column);
    // A header may take two lines.
    let header = header.map_or(0, |head| {
        head.name.chars().count().div_ceil(2).saturating_add(2)
    });
    content.rows.iter().map(cell).max().unwrap_or(0).max(header)
}

/// The ids or words a column takes, as a list to choose from. Anything else is still taken, with a question.
pub(super) fn drop_down(
    sheet: &mut Worksheet,
    kind: Kind,
    column: u16,
    last: u32,
    rows: Rows,
    told: Told,
) -> Result<(), XlsxError> {
    let Some(validation) = validation(kind, rows, told)? else {
        return Ok(());
    };
    sheet.add_data_validation(1, column, last, column, &validation)?;
    Ok(())
}

/// The list of a kind of column, if it has one.
pub(super) fn validation(
    kind: Kind,
    rows: Rows,
    told: Told,
) -> Result<Option<DataValidation>, XlsxError> {
    let list = match kind {
        Kind::Id(of) => {
            let (file, n) = match of {
                Of::Zone => ("zones.csv", rows.zones),
                Of::Fund => ("funds.csv", rows.funds),
                Of::Action => ("actions.csv", rows.actions),
                Of::Any => return Ok(None),
            };
            let named = sheets().find(|s| matches!(s.holds, Holds::Table(own) if own == file));
            let Some(named) = named else { return Ok(None) };
            let name = sheet_name(named.name.say(told.0));
            let last = n.saturating_add(1).saturating_add(ROWS_TO_COME);
            let formula = format!("={name}!$A$2:$A${last}");
            DataValidation::new().allow_list_formula(Formula::new(formula))
        }
        Kind::Word(words) => {
            let names: Vec<&str> = words.iter().map(|word| word.name.say(told.0)).collect();
            let length: usize = names.iter().map(|name| name.len().saturating_add(1)).sum();
            // A comma inside a word would divide it.
            if length > LIST_CHARACTERS || names.iter().any(|name| name.contains(',')) {
                return Ok(None);
            }
            DataValidation::new().allow_list_strings(&names)?
        }
        _ => return Ok(None),
    };
    Ok(Some(
        list.set_error_style(DataValidationErrorStyle::Warning),
    ))
}

/// A row takes the colour of how sure its figures are.
fn colours(
    sheet: &mut Worksheet,
    content: &Content,
    last: u32,
    told: Told,
) -> Result<(), XlsxError> {
    let Some((position, words)) = confidence(content) else {
        return Ok(());
    };
    let Some(right) = u16::try_from(content.heads.len())
        .ok()
        .and_then(|n| n.checked_sub(1))
    else {
        return Ok(());
    };
    let column = column_name(u32::from(position));
    for (key, colour) in [
        ("official", OFFICIAL),
        ("derived", DERIVED),
        ("estimate", ESTIMATE),
    ] {
        let word = told.word(key, words);
        let rule = ConditionalFormatFormula::new()
            .set_rule(format!("=${column}2=\"{word}\"").as_str())
            .set_format(Format::new().set_background_color(colour));
        sheet.add_conditional_format(1, 0, last, right, &rule)?;
    }
    Ok(())
}

/// The column that says how sure the figures of a row are.
fn confidence(content: &Content) -> Option<(u16, &'static [WordPair])> {
    let mut heads = (0_u16..).zip(&content.heads);
    heads.find_map(|(position, head)| match head.kind {
        Kind::Word(words) if words.iter().any(|word| word.key == "estimate") => {
            Some((position, words))
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_becomes_a_number_only_if_it_reads_back_the_same() {
        assert_eq!(double("94592.18"), Some(94_592.18));
        assert_eq!(double("0.30"), Some(0.3));
        assert_eq!(double("5.00"), Some(5.0));
        assert_eq!(double("0.3333333333333333333"), None);
        // A sheet shows 15 digits, and no more are read.
        assert_eq!(double("0.333333333333333"), Some(0.333_333_333_333_333));
        assert_eq!(double("0.3333333333333333"), None);
        // Two amounts may share a number up there: it is written as a text.
        assert_eq!(double("90071992547409.91"), None);
    }
}
