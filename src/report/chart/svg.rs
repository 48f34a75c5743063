//! SVG as text: every attribute and text is escaped when it goes in.

use std::fmt::{self, Display, Write};
use std::ops::{Add, Sub};

/// A length in tenths of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Px(pub(super) i64);

impl Px {
    /// Whole pixels.
    pub(super) const fn of(pixels: i64) -> Self {
        Self(pixels.saturating_mul(10))
    }

    /// `count` lengths.
    pub(super) fn times(self, count: usize) -> Self {
        Self(
            self.0
                .saturating_mul(i64::try_from(count).unwrap_or(i64::MAX)),
        )
    }

    /// `part / whole` of the length, rounded down; nothing of nothing.
    pub(super) fn part(self, part: i128, whole: i128) -> Self {
        let share = i128::from(self.0).saturating_mul(part).checked_div(whole);
        Self(i64::try_from(share.unwrap_or(0)).unwrap_or(0))
    }

    /// To the nearest whole pixel below.
    pub(super) fn pixels(self) -> i64 {
        self.0.div_euclid(10)
    }
}

impl Add for Px {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Px {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_char('-')?;
        }
        let size = self.0.unsigned_abs();
        write!(f, "{}", size / 10)?;
        if !size.is_multiple_of(10) {
            write!(f, ".{}", size % 10)?;
        }
        Ok(())
    }
}

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a dyn Display)];

/// A picture being drawn.
#[derive(Debug)]
pub(super) struct Svg {
    text: String,
}

impl Svg {
    /// A picture of a size; `label` says in words what it shows.
    pub(super) fn new(width: Px, height: Px, label: &str) -> Self {
        let mut svg = Self {
            text: String::new(),
        };
        let view = format!("0 0 {width} {height}");
        svg.open(
            "svg",
            &[
                ("class", &"chart"),
                ("role", &"img"),
                ("aria-label", &label),
                ("viewBox", &view),
                ("width", &width),
                ("height", &height),
            ],
        );
        svg
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.text.push_str("/>");
    }

    /// An element with a title that is shown when one points at it.
    pub(super) fn titled(&mut self, tag: &'static str, attributes: Attributes<'_>, title: &str) {
        self.open(tag, attributes);
        self.element("title", &[], title);
        self.close(tag);
    }

    /// An element with text.
    pub(super) fn element(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(tag, attributes);
        escape(&mut self.text, text);
        self.close(tag);
    }

    /// A line of text, cut to a width with its whole as title.
    pub(super) fn label(&mut self, class: &str, (x, y): (Px, Px), width: Px, text: &str) {
        let short = cut(text, width);
        let attributes: Attributes<'_> = &[("class", &class), ("x", &x), ("y", &y)];
        self.open("text", attributes);
        escape(&mut self.text, &short);
        if short != text {
            self.element("title", &[], text);
        }
        self.close("text");
    }

    /// The start of an element.
    pub(super) fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.start(tag, attributes);
        self.text.push('>');
    }

    /// The end of an element.
    pub(super) fn close(&mut self, tag: &'static str) {
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push('>');
    }

    /// The whole picture.
    pub(super) fn finish(mut self) -> String {
        self.close("svg");
        self.text
    }

    fn start(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(tag);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            escape(&mut self.text, &value.to_string());
            self.text.push('"');
        }
    }
}

/// Width of a character of the pictures' text, on average.
const CHARACTER: Px = Px(69);

/// A text cut to a width, with an ellipsis where its middle was.
pub(super) fn cut(text: &str, width: Px) -> String {
    let most = usize::try_from(width.0 / CHARACTER.0).unwrap_or(0).max(4);
    if text.chars().count() <= most {
        return text.to_owned();
    }
    // Names that begin alike end apart: both ends are kept.
    let tail = most.saturating_sub(1) * 2 / 5;
    let head: String = text.chars().take(most - 1 - tail).collect();
    let tail: String = text.chars().skip(text.chars().count() - tail).collect();
    format!("{}…{}", head.trim_end(), tail.trim_start())
}

fn escape(into: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => into.push('\u{fffd}'),
            c => into.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_tenths() {
        assert_eq!(Px(125).to_string(), "12.5");
        assert_eq!(Px(-5).to_string(), "-0.5");
        assert_eq!(Px::of(100).part(1, 3), Px(333));
        assert_eq!(Px::of(100).part(1, 0), Px(0));
    }

    #[test]
    fn texts_are_escaped_and_cut() {
        let mut svg = Svg::new(Px::of(10), Px::of(20), "a \"<b>\"");
        svg.label(
            "t",
            (Px(0), Px(0)),
            Px::of(60),
            "</text><script>alert(1)</script>",
        );
        let text = svg.finish();
        assert!(
            text.contains("aria-label=\"a &quot;&lt;b&gt;&quot;\""),
            "{text}"
        );
        assert!(!text.contains("<script"), "{text}");
        assert!(
            text.contains("<title>&lt;/text&gt;&lt;script&gt;"),
            "{text}"
        );
        assert_eq!(cut("Firenze", Px::of(20)), "Fi…e");
        assert_eq!(cut("Firenze", Px::of(60)), "Firenze");
    }
}
