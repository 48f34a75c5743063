//! How the parts of a sentence are told in a language.

use crate::disk::DiskFault;
use crate::model::Language;
use crate::units::{Euro, Exact, Year, exact_text};

/// Longest piece of the user's text that a message repeats.
const SHOWN_CHARACTERS: usize = 80;

/// Among how many names the nearest is sought: a long list with a long list of unknown names beside it would take minutes.
const SEARCHED_NAMES: usize = 1_000;

/// Something a sentence can name.
pub(crate) trait Say {
    /// Its words in a language.
    fn say(&self, language: Language) -> String;
}

impl Say for DiskFault {
    fn say(&self, language: Language) -> String {
        Shown::new(&self.message(language)).as_str().to_owned()
    }
}

/// A piece of the user's text, shortened, with control, bidirectional and invisible characters escaped.
///
/// ```
/// use mappafondo::problem::Shown;
/// assert_eq!(Shown::new("a\u{202e}b\n").as_str(), "a\\u{202e}b\\n");
/// assert_eq!(Shown::new(&"x".repeat(200)).as_str().chars().count(), 81);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shown(Box<str>);

impl Shown {
    /// Escapes and shortens a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut shown = String::new();
        let mut characters = 0_usize;
        for character in text.chars() {
            let escaped = escape(character);
            characters = characters.saturating_add(escaped.chars().count());
            if characters > SHOWN_CHARACTERS {
                shown.push('…');
                break;
            }
            shown.push_str(&escaped);
        }
        Self(shown.into())
    }

    /// The text, safe to print.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<&String> for Shown {
    fn from(text: &String) -> Self {
        Self::new(text)
    }
}

impl From<String> for Shown {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

fn escape(character: char) -> String {
    match character {
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        '"' => "\\\"".to_owned(),
        c if c.is_control() || is_invisible(c) => format!("\\u{{{:04x}}}", u32::from(c)),
        c => c.to_string(),
    }
}

/// Characters that change how text is read without being seen: zero-width, bidirectional, soft hyphens, variation selectors, tags,
/// and every blank but the ordinary one.
pub(crate) fn is_invisible(character: char) -> bool {
    !character.is_ascii() && is_unseen(character)
}

fn is_unseen(character: char) -> bool {
    is_bidirectional(character)
        || matches!(character,
            '\u{00A0}' | '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{1680}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{2000}'..='\u{200D}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}'
            | '\u{2060}'..='\u{2065}' | '\u{206A}'..='\u{206F}' | '\u{3000}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Characters that reverse or isolate the direction of writing.
pub(crate) fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The best guess at what was meant, if any is near.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Nearest(pub Option<Shown>);

impl Nearest {
    /// The nearest of some names (of a long list, of its first 1,000): within a third of the length, transposition counting as one change.
    pub fn of<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Self {
        let length = wrong.chars().count();
        let limit = (length / 3).clamp(1, 4);
        let lower = wrong.to_lowercase();
        let letters = letters_of(wrong);
        let most = u32::try_from(limit).unwrap_or(u32::MAX).saturating_mul(2);
        names
            .into_iter()
            .take(SEARCHED_NAMES)
            // One change takes away a letter and brings another: whoever lacks more is not looked at closely, as lists are long.
            .filter(|name| (letters ^ letters_of(name)).count_ones() <= most)
            .map(|name| (strsim::osa_distance(&lower, &name.to_lowercase()), name))
            .filter(|(distance, name)| {
                *distance <= limit && *distance < name.chars().count().max(2)
            })
            .min()
            .map_or(Self(None), |(_, name)| Self(Some(Shown::new(name))))
    }
}

/// The letters of a name as a set: a bit for each, without regard to case; only those of ASCII.
fn letters_of(name: &str) -> u64 {
    let ascii = name.bytes().filter(u8::is_ascii);
    ascii.fold(0, |letters, byte| {
        letters | 1 << (byte.to_ascii_lowercase() & 63)
    })
}

impl Say for Nearest {
    fn say(&self, language: Language) -> String {
        match (&self.0, language) {
            (None, _) => String::new(),
            (Some(name), Language::Italian) => format!("Forse si intendeva \"{}\"? ", name.0),
            (Some(name), Language::English) => format!("Did you mean \"{}\"? ", name.0),
        }
    }
}

/// A list of words the user may choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordList(pub Vec<Shown>);

impl WordList {
    /// A list from its words.
    pub fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        Self(words.into_iter().map(Shown::new).collect())
    }
}

impl Say for WordList {
    fn say(&self, _: Language) -> String {
        const MOST: usize = 16;
        let mut words: Vec<&str> = self.0.iter().take(MOST).map(Shown::as_str).collect();
        if self.0.len() > MOST {
            words.push("…");
        }
        words.join(", ")
    }
}

/// Declares words in two languages.
macro_rules! said {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $it:literal, $en:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl Say for $name {
            fn say(&self, language: Language) -> String {
                let text = match (self, language) {
                    $((Self::$variant, Language::Italian) => $it, (Self::$variant, Language::English) => $en,)*
                };
                text.to_owned()
            }
        }
    };
}

pub(super) use said;

said! {
    /// How an amount or a number is written in a file.
    Form {
        /// Decimal point.
        Point = "1234.56 (punto decimale, nessun separatore delle migliaia)", "1234.56 (decimal point, no thousands separators)";
        /// Italian: decimal comma.
        Comma = "1.234,56 oppure 1234,56 (il file è dichiarato in dialetto \"it\": virgola decimale)", "1.234,56 or 1234,56 (the file is declared in dialect \"it\": decimal comma)";
    }
}

said! {
    /// What a name stands for.
    Thing {
        /// A zone.
        Zone = "la zona", "zone";
        /// A fund.
        Fund = "il fondo", "fund";
        /// An action.
        Action = "l'azione", "action";
        /// A group.
        Group = "il gruppo", "group";
        /// A rule.
        Rule = "la regola", "rule";
        /// A rule among funders.
        Match = "il cofinanziamento", "match";
        /// An agreement.
        Agreement = "l'accordo", "agreement";
        /// An assumption.
        Assumption = "l'ipotesi", "assumption";
        /// A project.
        Project = "la voce di progetto", "project item";
        /// A formula riparto of a fund.
        Riparto = "il riparto del fondo", "the riparto of fund";
        /// A gate of a fund.
        Gate = "la soglia di rendicontazione del fondo", "the gate of fund";
        /// A priority cut of a fund and year.
        Cut = "il taglio per priorità di", "the priority cut of";
        /// Income of a fund.
        Income = "l'entrata del fondo", "the income of fund";
        /// A flat rate for an action.
        FlatRate = "il costo forfettario dell'azione", "the flat rate of action";
        /// A decommitment calendar of a fund.
        Claim = "il calendario di disimpegno del fondo", "the claim of fund";
        /// An indicator.
        Indicator = "l'indicatore", "indicator";
        /// A row of a table, by its key.
        Row = "la riga", "row";
        /// An axis of a sweep.
        Axis = "l'asse", "axis";
    }
}

said! {
    /// Several of a kind.
    Things {
        /// Zones.
        Zones = "zone", "zones";
        /// Funds.
        Funds = "fondi", "funds";
        /// Actions.
        Actions = "azioni", "actions";
    }
}

said! {
    /// What kind of value a key wants, or was given.
    Wanted {
        /// A text.
        Text = "un testo fra virgolette", "a quoted text";
        /// A number.
        Number = "un numero", "a number";
        /// A whole number.
        Whole = "un numero intero", "a whole number";
        /// True or false.
        Truth = "true o false", "true or false";
        /// A date.
        Date = "una data", "a date";
        /// A date, and how to write it.
        DateForm = "una data senza virgolette, come 2022-01-01", "a date without quotes, such as 2022-01-01";
        /// A list.
        List = "un elenco fra [ ]", "a list in [ ]";
        /// A table.
        Table = "una tabella fra { }", "a table in { }";
        /// An id or a list of ids.
        Selection = "un codice fra virgolette o un elenco di codici", "a quoted id or a list of ids";
        /// A share.
        Share = "una quota come \"40%\", \"2/5\" o 0.4", "a share such as \"40%\", \"2/5\" or 0.4";
        /// An amount.
        Amount = "un importo come \"1234.56\"", "an amount such as \"1234.56\"";
        /// A formula.
        Formula = "un numero o un'espressione fra virgolette", "a number or a quoted expression";
        /// A year.
        Year = "un anno come 2022", "a year such as 2022";
        /// A band: threshold and share.
        Band = "una coppia [soglia, quota]", "a pair [threshold, share]";
        /// Several tables.
        Tables = "tabelle scritte [[...]]", "tables written [[...]]";
        /// One value.
        Single = "un valore solo: testo, numero o data", "a single value: a text, number or date";
        /// A number or percentage.
        Figure = "un numero o una percentuale come 1.1 o \"110%\"", "a number or a percentage such as 1.1 or \"110%\"";
        /// Names of files.
        FileNames = "un nome di file fra virgolette o un elenco di nomi", "a quoted file name or a list of names";
    }
}

/// Where an expression was evaluated when it failed: the first zone and year, and how many more failed likewise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhereYear {
    /// The first zone.
    pub zone: Shown,
    /// Its year.
    pub year: Year,
    /// How many more zones and years fail in the same way.
    pub others: usize,
}

impl Say for WhereYear {
    fn say(&self, language: Language) -> String {
        let (zone, year) = (&self.zone.0, self.year);
        let first = match language {
            Language::Italian => format!("zona \"{zone}\", anno {year}"),
            Language::English => format!("zone \"{zone}\", year {year}"),
        };
        first + &and_others(self.others, language)
    }
}

/// The words for `others` more cases like the one told; nothing for none.
fn and_others(others: usize, language: Language) -> String {
    match (others, language) {
        (0, _) => String::new(),
        (1, Language::Italian) => ", e un altro caso".to_owned(),
        (1, Language::English) => ", and one more".to_owned(),
        (n, Language::Italian) => format!(", e altri {n} casi"),
        (n, Language::English) => format!(", and {n} more"),
    }
}

/// Where a rule was found wanting: what its instance names, in brackets after a space; nothing for a rule of one instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhereInstance {
    /// Zone of the first instance, where the rule is for each zone.
    pub zone: Option<Shown>,
    /// Its year, where the rule is for each year.
    pub year: Option<Year>,
    /// How many more instances are alike.
    pub others: usize,
}

impl Say for WhereInstance {
    fn say(&self, language: Language) -> String {
        let (a_zone, a_year) = match language {
            Language::Italian => ("zona", "anno"),
            Language::English => ("zone", "year"),
        };
        let zone = (self.zone.as_ref()).map(|zone| format!("{a_zone} \"{}\"", zone.0));
        let year = self.year.map(|year| format!("{a_year} {year}"));
        let named: Vec<String> = zone.into_iter().chain(year).collect();
        let others = and_others(self.others, language);
        let told = named.join(", ") + &others;
        match told.trim_start_matches(", ") {
            "" => String::new(),
            told => format!(" ({told})"),
        }
    }
}

/// A zone, and how many more like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneAndOthers {
    /// The first zone.
    pub zone: Shown,
    /// How many more.
    pub others: usize,
}

impl Say for ZoneAndOthers {
    fn say(&self, language: Language) -> String {
        let zone = &self.zone.0;
        match (self.others, language) {
            (0, Language::Italian) => format!("zona \"{zone}\""),
            (0, Language::English) => format!("zone \"{zone}\""),
            (1, Language::Italian) => format!("zona \"{zone}\" e a un'altra"),
            (1, Language::English) => format!("zone \"{zone}\" and one more"),
            (n, Language::Italian) => format!("zona \"{zone}\" e ad altre {n}"),
            (n, Language::English) => format!("zone \"{zone}\" and {n} more"),
        }
    }
}

impl Say for Shown {
    fn say(&self, _: Language) -> String {
        self.0.to_string()
    }
}

/// A day as people write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub jiff::civil::Date);

impl Say for Day {
    fn say(&self, language: Language) -> String {
        let (year, month, day) = (self.0.year(), self.0.month(), self.0.day());
        match language {
            Language::Italian => format!("{day:02}/{month:02}/{year}"),
            Language::English => self.0.to_string(),
        }
    }
}

impl Say for Euro {
    fn say(&self, language: Language) -> String {
        number(&self.to_string(), language)
    }
}

impl Say for Exact {
    fn say(&self, language: Language) -> String {
        number(&exact_text(self), language)
    }
}

/// A number with a decimal point as a language writes it, thousands apart; a fraction stays as it is.
fn number(text: &str, language: Language) -> String {
    let (group, point) = match language {
        Language::Italian => ('.', ','),
        Language::English => (',', '.'),
    };
    if text.contains('/') {
        return text.to_owned();
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut written = String::new();
    for (position, digit) in whole.chars().enumerate() {
        let follow = whole.len().saturating_sub(position);
        if follow.is_multiple_of(3) && written.ends_with(|c: char| c.is_ascii_digit()) {
            written.push(group);
        }
        written.push(digit);
    }
    if !decimals.is_empty() {
        written.push(point);
        written.push_str(decimals);
    }
    written
}

macro_rules! say_by_display {
    ($($ty:ty),*) => {
        $(impl Say for $ty {
            fn say(&self, _: Language) -> String {
                self.to_string()
            }
        })*
    };
}

say_by_display!(u8, u16, u32, usize, i32, u64);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let euro = |cents, language| Euro::from_cents(cents).say(language);
        assert_eq!(euro(400_000, Language::Italian), "4.000,00");
        assert_eq!(euro(400_000, Language::English), "4,000.00");
        assert_eq!(euro(-123_456_789, Language::Italian), "-1.234.567,89");
        assert_eq!(euro(99_999, Language::Italian), "999,99");
        let exact = |n, d| Exact::new(n, d).say(Language::Italian);
        assert_eq!(
            [exact(9, 10), exact(9_999, 100), exact(1, 3)],
            ["0,9", "99,99", "1/3"]
        );
        assert_eq!(exact(12_345, 1), "12.345");
    }
}
