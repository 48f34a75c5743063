//! Names of the files of zones: safe on every system, and no two alike.

use std::collections::BTreeSet;

use crate::model::Model;

/// Longest name, without its extension.
const LONGEST: usize = 60;

/// Names that Windows keeps for itself.
const KEPT: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A name for the files of each zone, in the order of the zones, from its code: small letters, digits, `-` and `_`; what is
/// anything else becomes `-`, and a code that changes so, or meets another, gets a piece of its hash.
#[must_use]
pub fn zone_names(model: &Model) -> Vec<String> {
    let mut taken = BTreeSet::new();
    model
        .zones
        .iter()
        .map(|zone| name(&zone.id, &mut taken))
        .collect()
}

fn name(code: &str, taken: &mut BTreeSet<String>) -> String {
    let safe = |c: char| {
        let kept = c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
        if kept { c } else { '-' }
    };
    let plain: String = code
        .to_lowercase()
        .chars()
        .map(safe)
        .take(LONGEST)
        .collect();
    let mut name = plain.trim_matches('-').to_owned();
    let device = name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    let odd = name.is_empty() || KEPT.contains(&name.as_str()) || device || name == "zones";
    if odd || name != code.to_lowercase() || taken.contains(&name) {
        let hash = blake3::hash(code.as_bytes()).to_hex();
        let piece: String = hash.chars().take(12).collect();
        name = format!("zona-{name}-{piece}");
    }
    taken.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_no_two_alike() {
        let codes = [
            "pratese", "Pratese", "../x", "con", "COM1", "zona é", "zona è", "", "048017", "zones",
        ];
        let mut taken = BTreeSet::new();
        let names: Vec<String> = codes.iter().map(|code| name(code, &mut taken)).collect();
        assert_eq!(
            (names[0].as_str(), names[8].as_str()),
            ("pratese", "048017")
        );
        let all: BTreeSet<&String> = names.iter().collect();
        assert_eq!(all.len(), codes.len());
        for name in &names {
            assert!(
                name.chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            );
            assert!(!KEPT.contains(&name.as_str()) && name != "com1" && name != "zones");
        }
    }
}
