//! `publiccode.yml`, the catalogue entry: the keys that the standard 0.4 asks for.

use std::collections::BTreeMap;
use std::fs;

use crate::shared::here;

/// Keys with their dots, and what stands beside them or folded below: enough of YAML for this file.
fn entries(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut path: Vec<(usize, String)> = Vec::new();
    let mut folded = None;
    for line in text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'))
    {
        let own = line.trim();
        let indent = line.len() - line.trim_start().len();
        // Below `>` all that stands deeper is text.
        folded = folded.filter(|at| own.is_empty() || indent > *at);
        let key = own
            .split_once(':')
            .filter(|(key, _)| folded.is_none() && key.chars().all(char::is_alphanumeric));
        let dotted = |path: &[(usize, String)]| {
            path.iter()
                .map(|(_, key)| key.as_str())
                .collect::<Vec<_>>()
                .join(".")
        };
        match key {
            Some((key, value)) if !own.starts_with("- ") => {
                path.retain(|(at, _)| *at < indent);
                path.push((indent, key.to_owned()));
                folded = (value.trim() == ">").then_some(indent);
                let value = value.trim().trim_matches(['"', '>']).trim();
                found.insert(dotted(&path), value.to_owned());
            }
            _ if !own.is_empty() => {
                let entry = found.entry(dotted(&path)).or_default();
                entry.push_str(own.trim_start_matches("- "));
                entry.push(' ');
            }
            _ => {}
        }
    }
    found
}

#[test]
fn the_catalogue_entry_has_what_the_standard_asks_for() {
    let text = fs::read_to_string(here("publiccode.yml")).unwrap();
    let found = entries(&text);
    let mut missing: Vec<&str> = [
        "publiccodeYmlVersion",
        "name",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
        "legal.license",
        "maintenance.type",
        "localisation.localisationReady",
        "localisation.availableLanguages",
    ]
    .into_iter()
    .filter(|key| found.get(*key).is_none_or(String::is_empty))
    .collect();
    for language in ["it", "en"] {
        let of = |key: &str| found.get(&format!("description.{language}.{key}"));
        let length = |key: &str| of(key).map_or(0, |text| text.trim().chars().count());
        assert!(
            (1..=150).contains(&length("shortDescription")),
            "{language}"
        );
        assert!(
            (150..=10_000).contains(&length("longDescription")),
            "{language}"
        );
        assert!(length("features") > 0, "{language}");
    }
    missing.dedup();
    assert!(missing.is_empty(), "{missing:?}");
    // The entry speaks of this program.
    let cargo = fs::read_to_string(here("Cargo.toml")).unwrap();
    let of = |key: &str| {
        let line = cargo
            .lines()
            .find(|line| line.starts_with(&format!("{key} = ")));
        line.and_then(|line| line.split('"').nth(1))
            .unwrap()
            .to_owned()
    };
    assert_eq!(found["softwareVersion"], of("version"));
    assert_eq!(found["legal.license"], of("license"));
    assert_eq!(found["name"], of("name"));
}
