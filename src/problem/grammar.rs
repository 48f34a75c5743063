//! Articles and plurals beside numbers: one rule for each phenomenon, used by every text that is built with a number.

/// An Italian article, alone or joined to a preposition, before a number: the form for `40%`, for `80%`, and for `0,5%`.
const ARTICLES: [[&str; 3]; 12] = [
    ["il ", "l'", "lo "],
    ["del ", "dell'", "dello "],
    ["al ", "all'", "allo "],
    ["dal ", "dall'", "dallo "],
    ["nel ", "nell'", "nello "],
    ["sul ", "sull'", "sullo "],
    ["i ", "gli ", "gli "],
    ["dei ", "degli ", "degli "],
    ["ai ", "agli ", "agli "],
    ["dai ", "dagli ", "dagli "],
    ["nei ", "negli ", "negli "],
    ["sui ", "sugli ", "sugli "],
];

/// How the name of a number begins, as the article before it hears it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sound {
    Consonant,
    Vowel,
    Zero,
}

/// `uno`, `otto`, `undici`, `ottanta`, `ottocento`, alone or before thousands and millions; a one before thousands is `mille`.
fn sound(number: &str) -> Sound {
    let whole: String = number
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '.')
        .filter(char::is_ascii_digit)
        .collect();
    let first = match whole.len() % 3 {
        0 => whole.get(..3),
        digits => whole.get(..digits),
    };
    match first {
        Some("0") => Sound::Zero,
        Some("1") if whole.len() == 1 => Sound::Vowel,
        Some("11") => Sound::Vowel,
        Some(digits) if digits.starts_with('8') => Sound::Vowel,
        _ => Sound::Consonant,
    }
}

/// An Italian number with its article: `il 40%`, `l'80%`, `lo 0,5%`; `dei 12`, `degli 11`. The article is given as before `40`; one that
/// is not known stands as it is.
///
/// ```
/// use mappafondo::problem::grammar::with_article;
/// assert_eq!(with_article("il", "80,00%"), "l'80,00%");
/// assert_eq!(with_article("del", "0,5%"), "dello 0,5%");
/// assert_eq!(with_article("dei", "11.000"), "degli 11.000");
/// ```
#[must_use]
pub fn with_article(article: &str, number: &str) -> String {
    let known = ARTICLES
        .iter()
        .find(|[plain, ..]| plain.trim_end() == article);
    match (known, sound(number)) {
        (Some([plain, ..]), Sound::Consonant) => format!("{plain}{number}"),
        (Some([_, elided, _]), Sound::Vowel) => format!("{elided}{number}"),
        (Some([.., zero]), Sound::Zero) => format!("{zero}{number}"),
        (None, _) => format!("{article} {number}"),
    }
}

/// Whether a number, as either language writes it, is one: what stands beside it is in the singular.
///
/// ```
/// use mappafondo::problem::grammar::is_one;
/// assert!(is_one("1") && is_one("1,00"));
/// assert!(!is_one("1,5") && !is_one("0") && !is_one("1.000"));
/// ```
#[must_use]
pub fn is_one(number: &str) -> bool {
    matches!(number, "1" | "1,00" | "1.00")
}

/// The word that goes with a number.
///
/// ```
/// use mappafondo::problem::grammar::agreed;
/// assert_eq!(agreed("1", "progetto", "progetti"), "progetto");
/// assert_eq!(agreed("0,5", "progetto", "progetti"), "progetti");
/// ```
#[must_use]
pub fn agreed<'a>(number: &str, one: &'a str, many: &'a str) -> &'a str {
    if is_one(number) { one } else { many }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::Language;
    use crate::problem::say::Say as _;
    use crate::units::Euro;

    /// The Italian name of a whole number below a million.
    fn name(number: u32) -> String {
        const SMALL: [&str; 20] = [
            "zero",
            "uno",
            "due",
            "tre",
            "quattro",
            "cinque",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
        ];
        const TENS: [&str; 10] = [
            "",
            "",
            "venti",
            "trenta",
            "quaranta",
            "cinquanta",
            "sessanta",
            "settanta",
            "ottanta",
            "novanta",
        ];
        let rest = |n: u32| if n == 0 { String::new() } else { name(n) };
        match number {
            0..=19 => SMALL[number as usize].to_owned(),
            20..=99 => format!("{}{}", TENS[(number / 10) as usize], rest(number % 10)),
            100..=199 => format!("cento{}", rest(number % 100)),
            200..=999 => format!("{}cento{}", name(number / 100), rest(number % 100)),
            1_000..=1_999 => format!("mille{}", rest(number % 1_000)),
            _ => format!("{}mila{}", name(number / 1_000), rest(number % 1_000)),
        }
    }

    proptest! {
        /// What an ear hears: `l'` before a vowel, `lo` before a z, `il` before all else.
        #[test]
        fn the_article_is_that_of_the_number_said_aloud(number in prop_oneof![0_u32..1_000, 1_000_u32..1_000_000], decimals in 0_u32..100) {
            let euro = Euro::from_cents(i64::from(number) * 100 + i64::from(decimals));
            let text = euro.say(Language::Italian);
            let name = name(number);
            let (one, many) = match name.chars().next() {
                Some('u' | 'o') => ("l'", "degli "),
                Some('z') => ("lo ", "degli "),
                _ => ("il ", "dei "),
            };
            prop_assert_eq!(with_article("il", &text), format!("{one}{text}"));
            prop_assert_eq!(with_article("dei", &text), format!("{many}{text}"));
            prop_assert_eq!(is_one(&text), number == 1 && decimals == 0);
        }
    }

    #[test]
    fn percentages_take_the_article_of_their_number() {
        for (article, number, told) in [
            ("il", "1,00%", "l'1,00%"),
            ("il", "8%", "l'8%"),
            ("il", "11%", "l'11%"),
            ("il", "18%", "il 18%"),
            ("il", "68,02%", "il 68,02%"),
            ("il", "80,00%", "l'80,00%"),
            ("il", "100,00%", "il 100,00%"),
            ("al", "0,5%", "allo 0,5%"),
            ("dal", "8%", "dall'8%"),
            ("del", "1.000,00", "del 1.000,00"),
            ("dei", "81.000,00", "degli 81.000,00"),
            ("dei", "110.000,00", "dei 110.000,00"),
            ("dei", "8.000.000,00", "degli 8.000.000,00"),
        ] {
            assert_eq!(with_article(article, number), told);
        }
    }
}
