//! How sheets look: colours with a meaning, number formats, widths, print.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook,
    Worksheet, XlsxError,
};

use super::content::Look;
use crate::model::Language;

/// Fill of figures that a public body issued.
pub(super) const OFFICIAL: Color = Color::RGB(0x00E2_EFDA);
/// Fill of figures computed from official ones.
pub(super) const DERIVED: Color = Color::RGB(0x00FF_F2CC);
/// Fill of estimates.
pub(super) const ESTIMATE: Color = Color::RGB(0x00FC_E4D6);
/// Fill of cells somebody fills in.
pub(super) const INPUT: Color = Color::RGB(0x00FF_FFE5);
/// Fill of headers.
const HEADER: Color = Color::RGB(0x001F_3864);
/// Fill of what is computed or repeated, and not read.
const COMPUTED: Color = Color::RGB(0x00ED_EDED);
const LINE: Color = Color::RGB(0x00BF_BFBF);

/// Widest column, in characters.
const WIDEST: usize = 48;
const NARROWEST: usize = 9;

/// The formats of a workbook, made once.
#[derive(Debug)]
pub(super) struct Looks {
    /// Header of a column.
    pub(super) header: Format,
    /// A text.
    pub(super) text: Format,
    /// A text that begins like a formula: it stays a text when somebody edits it.
    pub(super) quoted: Format,
    /// A day.
    pub(super) day: Format,
    /// A day on the side where texts are.
    pub(super) left_day: Format,
    /// What is computed or repeated.
    pub(super) computed: Format,
    /// A mark of the matrix.
    pub(super) mark: Format,
    /// A heading inside a sheet.
    pub(super) heading: Format,
    plain: Format,
    money: Format,
    share: Format,
    share_of_decimals: Format,
    year: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let base = Format::new().set_align(FormatAlign::Top);
        Self {
            header: Format::new()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(HEADER)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter)
                .set_border(FormatBorder::Thin)
                .set_border_color(LINE),
            text: base.clone().set_align(FormatAlign::Left),
            left_day: base
                .clone()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Left),
            quoted: base.clone().set_quote_prefix(),
            day: base.clone().set_num_format("dd/mm/yyyy"),
            computed: base.clone().set_background_color(COMPUTED),
            mark: base.clone().set_align(FormatAlign::Center),
            heading: Format::new().set_bold().set_font_size(14),
            plain: base.clone(),
            money: base.clone().set_num_format("#,##0.00"),
            share: base.clone().set_num_format("0%"),
            share_of_decimals: base.clone().set_num_format("0.00%"),
            year: base.set_num_format("0"),
        }
    }

    /// The format of a number.
    pub(super) fn number(&self, look: Look, decimal: &str) -> &Format {
        match look {
            Look::Plain => &self.plain,
            Look::Money => &self.money,
            Look::Year => &self.year,
            Look::Share => {
                let decimals = decimal.split_once('.').map_or(0, |(_, part)| part.len());
                if decimals > 2 {
                    &self.share_of_decimals
                } else {
                    &self.share
                }
            }
        }
    }
}

/// A note on a header.
pub(super) fn note(text: &str) -> Note {
    Note::new(text)
        .add_author_prefix(false)
        .set_width(260)
        .set_height(90)
}

/// Width for texts of some lengths.
pub(super) fn width(longest: usize) -> u32 {
    let width = longest.saturating_add(2).clamp(NARROWEST, WIDEST);
    u32::try_from(width).unwrap_or(10)
}

/// How every sheet is printed: landscape, one page wide, the header on every page.
pub(super) fn print(
    sheet: &mut Worksheet,
    header: u32,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(header, header)?;
    let page = match language {
        Language::Italian => "&L&A&Rpagina &P di &N",
        Language::English => "&L&A&Rpage &P of &N",
    };
    sheet.set_footer(page);
    Ok(())
}

/// A workbook whose bytes follow from its content alone.
pub(super) fn workbook(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day: the same model gives the same bytes.
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(title)
        .set_author("mappafondo")
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);
    Ok(workbook)
}
