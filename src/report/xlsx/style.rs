//! How cells look: number formats, and colours that mean something.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Language;
use crate::report::document::{Cell, Role, Value};

const HEADING: u32 = 0x17_32_4D;
const SUBTOTAL: u32 = 0xE6_EC_F2;
const TOTAL: u32 = 0xC9_D6_E3;
const BINDING: u32 = 0xFF_F0_CC;
const FAILED: u32 = 0xFB_DA_D7;
const PASSED: u32 = 0xE3_F2_E1;
const CLOSED: u32 = 0xEC_EC_EC;
const GREY: u32 = 0x5B_6F_82;
const LINE: u32 = 0xC5_CF_D9;
const LINK: u32 = 0x06_45_AD;
const FONT: &str = "Calibri";
/// Points of the text of cells, the smallest there is.
pub(super) const TEXT_POINTS: u16 = 10;

/// What a cell holds, as far as its format goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Code,
    Euro,
    /// Money where nothing is shown as a dash.
    EuroOrDash,
    /// A share that follows from two cells, rounded down: 100% is said of nothing but the whole.
    Share,
    /// A share of its own, with the digits it needs.
    FineShare,
    Number,
    Count,
    Year,
    Link,
    Closed,
    Blank,
}

const SHAPES: [Shape; 12] = [
    Shape::Text,
    Shape::Code,
    Shape::Euro,
    Shape::EuroOrDash,
    Shape::Share,
    Shape::FineShare,
    Shape::Number,
    Shape::Count,
    Shape::Year,
    Shape::Link,
    Shape::Closed,
    Shape::Blank,
];

const ROLES: [Role; 6] = [
    Role::Body,
    Role::Subtotal,
    Role::Total,
    Role::Passed,
    Role::Failed,
    Role::Binding,
];

/// The formats of a workbook.
pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) note: Format,
    pub(super) table: Format,
    pub(super) heading: Format,
    pub(super) heading_number: Format,
    pub(super) passed: Format,
    pub(super) failed: Format,
    cells: Vec<Format>,
    quoted: Vec<Format>,
}

impl Shape {
    pub(super) fn of(cell: &Cell, dash: bool) -> Self {
        match (cell, cell.value()) {
            (Cell::Closed, _) => Self::Closed,
            (Cell::Blank, _) => Self::Blank,
            (Cell::Law(link), _) if link.url.is_some() => Self::Link,
            (Cell::Code(_), _) => Self::Code,
            (Cell::Year(_), _) => Self::Year,
            (_, Some(Value::Euro(_))) if dash => Self::EuroOrDash,
            (_, Some(Value::Euro(_))) => Self::Euro,
            (Cell::Share(_), _) => Self::FineShare,
            (_, Some(Value::Share(_) | Value::Nothing)) => Self::Share,
            (_, Some(Value::Number(_))) => Self::Number,
            (_, Some(Value::Count(_))) => Self::Count,
            _ => Self::Text,
        }
    }

    fn position(self) -> usize {
        SHAPES.iter().position(|shape| *shape == self).unwrap_or(0)
    }

    /// The code of its numbers. With the mark of Italian, programs that know it show `1.234,56` wherever they stand; Excel shows what
    /// its own country does.
    fn number(self, language: Language) -> Option<String> {
        let code = match self {
            Self::Euro => "#,##0.00",
            Self::EuroOrDash => "#,##0.00;-#,##0.00;\"–\"",
            Self::Share => "0.00%",
            Self::FineShare => "0.00##%",
            Self::Number => "#,##0.00####",
            Self::Count => "#,##0",
            Self::Year => return Some("0".to_owned()),
            Self::Code => return Some("@".to_owned()),
            Self::Text | Self::Link | Self::Closed | Self::Blank => return None,
        };
        let mark = match language {
            Language::Italian => "[$-410]",
            Language::English => "[$-809]",
        };
        Some(format!("{mark}{code}"))
    }
}

impl Styles {
    pub(super) fn new(language: Language) -> Self {
        let plain = || Format::new().set_font_name(FONT).set_font_size(TEXT_POINTS);
        let heading = plain()
            .set_bold()
            .set_font_color(Color::White)
            .set_background_color(Color::RGB(HEADING))
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(LINE))
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let mut cells = Vec::new();
        for role in ROLES {
            for shape in SHAPES {
                cells.push(cell(plain(), role, shape, language));
            }
        }
        let quoted = cells.iter().map(|format| format.clone().set_quote_prefix());
        Self {
            title: plain()
                .set_bold()
                .set_font_size(16)
                .set_font_color(Color::RGB(HEADING)),
            subtitle: plain().set_font_color(Color::RGB(GREY)),
            note: plain()
                .set_text_wrap()
                .set_align(FormatAlign::Top)
                .set_align(FormatAlign::Left),
            table: plain()
                .set_bold()
                .set_font_size(12)
                .set_font_color(Color::RGB(HEADING)),
            heading_number: heading.clone().set_align(FormatAlign::Right),
            passed: Format::new()
                .set_background_color(Color::RGB(PASSED))
                .set_font_color(Color::RGB(0x1B_5E_20)),
            failed: Format::new()
                .set_bold()
                .set_background_color(Color::RGB(FAILED))
                .set_font_color(Color::RGB(0xB0_1C_1C)),
            quoted: quoted.collect(),
            heading,
            cells,
        }
    }

    pub(super) fn cell(&self, role: Role, shape: Shape) -> &Format {
        self.pick(&self.cells, role, shape)
    }

    /// The same for a text that begins like a formula.
    pub(super) fn quoted(&self, role: Role, shape: Shape) -> &Format {
        self.pick(&self.quoted, role, shape)
    }

    fn pick<'f>(&'f self, formats: &'f [Format], role: Role, shape: Shape) -> &'f Format {
        let role = ROLES.iter().position(|known| *known == role).unwrap_or(0);
        let position = role * SHAPES.len() + shape.position();
        formats.get(position).unwrap_or(&self.note)
    }
}

fn cell(plain: Format, role: Role, shape: Shape, language: Language) -> Format {
    let mut format = plain
        .set_align(FormatAlign::Top)
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(Color::RGB(LINE));
    if let Some(number) = shape.number(language) {
        format = format.set_num_format(number);
    }
    format = match shape {
        Shape::Text => format
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_indent(1),
        Shape::Link => format
            .set_text_wrap()
            .set_align(FormatAlign::Left)
            .set_indent(1)
            .set_font_color(Color::RGB(LINK)),
        Shape::Code => format
            .set_font_color(Color::RGB(GREY))
            .set_text_wrap()
            .set_align(FormatAlign::Left),
        Shape::Year => format.set_align(FormatAlign::Center),
        Shape::Closed => format.set_background_color(Color::RGB(CLOSED)),
        Shape::Blank => format
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(Color::RGB(HEADING)),
        _ => format.set_align(FormatAlign::Right),
    };
    match role {
        Role::Body | Role::Passed => format,
        Role::Subtotal => format.set_bold().set_background_color(Color::RGB(SUBTOTAL)),
        Role::Total => format
            .set_bold()
            .set_background_color(Color::RGB(TOTAL))
            .set_border_top(FormatBorder::Thin)
            .set_border_top_color(Color::RGB(HEADING)),
        Role::Failed => format.set_background_color(Color::RGB(FAILED)),
        Role::Binding => format.set_background_color(Color::RGB(BINDING)),
    }
}
