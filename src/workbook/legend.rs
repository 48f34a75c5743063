//! The sheet that says what colours mean and what every sheet is for. It is not read.

use rust_xlsxwriter::{Color, Format, Workbook, XlsxError};

use super::content::{Content, Told};
use super::look::{DERIVED, ESTIMATE, INPUT, Looks, OFFICIAL, print};
use crate::input::workbook::layout::LEGEND;
use crate::report::words::workbook as words;

/// Writes the sheet.
pub(super) fn write(
    workbook: &mut Workbook,
    contents: &[Content],
    looks: &Looks,
    told: Told,
) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(LEGEND.say(told.0))?;
    sheet.set_column_width(0, 30)?;
    sheet.set_column_width(1, 95)?;
    print(sheet, 0, told.0)?;
    let say = |text: crate::report::words::Text| text.say(told.0);
    sheet.write_string_with_format(0, 0, say(words::LEGEND_COLOURS), &looks.heading)?;
    let colours: [(Option<Color>, _, _); 5] = [
        (
            Some(OFFICIAL),
            words::COLOUR_OFFICIAL,
            words::COLOUR_OFFICIAL_MEANS,
        ),
        (
            Some(DERIVED),
            words::COLOUR_DERIVED,
            words::COLOUR_DERIVED_MEANS,
        ),
        (
            Some(ESTIMATE),
            words::COLOUR_ESTIMATE,
            words::COLOUR_ESTIMATE_MEANS,
        ),
        (Some(INPUT), words::COLOUR_INPUT, words::COLOUR_INPUT_MEANS),
        (None, words::COLOUR_COMPUTED, words::COLOUR_COMPUTED_MEANS),
    ];
    let mut row = 1;
    for (colour, name, means) in colours {
        let fill = match colour {
            Some(colour) => Format::new().set_background_color(colour),
            None => looks.computed.clone(),
        };
        sheet.write_string_with_format(row, 0, say(name), &fill)?;
        sheet.write_string(row, 1, say(means))?;
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, say(words::LEGEND_RULES), &looks.heading)?;
    for text in [
        words::LEGEND_CHANGE,
        words::LEGEND_NUMBERS,
        words::LEGEND_FORMULAS,
        words::LEGEND_TOTALS,
        words::LEGEND_HIDDEN,
        words::LEGEND_COMMENTS,
    ] {
        row += 1;
        sheet.write_string(row, 0, say(text))?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, say(words::LEGEND_SHEETS), &looks.heading)?;
    for content in contents {
        row += 1;
        sheet.write_string(row, 0, content.sheet.name.say(told.0))?;
        sheet.write_string(row, 1, content.sheet.about.say(told.0))?;
    }
    Ok(())
}
