//! The page stands alone and can be found one's way in, in both languages; the same document gives the same bytes.

use std::collections::BTreeSet;

use mappafondo::model::Language;
use mappafondo::report::html::page;

use crate::html::{Piece, pieces, tables};
use crate::plan::{tiny, told};

#[test]
fn everything_one_can_follow_leads_somewhere_and_no_two_places_share_a_name() {
    let page = page(&told(tiny(), Language::Italian)).unwrap();
    let mut names = BTreeSet::new();
    let mut followed = BTreeSet::new();
    for piece in pieces(&page) {
        let Piece::Open(_, attributes) = piece else {
            continue;
        };
        if let Some(id) = attributes.get("id") {
            assert!(names.insert(id.clone()), "{id} twice");
        }
        followed.extend(attributes.get("aria-labelledby").cloned());
        followed.extend(
            attributes
                .get("href")
                .and_then(|href| href.strip_prefix('#').map(str::to_owned)),
        );
    }
    assert!(
        followed.len() > 10 && followed.is_subset(&names),
        "{:?}",
        followed.difference(&names)
    );
}

#[test]
fn the_page_asks_for_nothing_and_runs_nothing() {
    let page = page(&told(tiny(), Language::Italian)).unwrap();
    let policy = "content=\"default-src 'none'; style-src 'sha256-";
    assert!(page.contains(policy));
    assert!(
        !page.contains("unsafe-inline")
            && !page.contains("src=\"")
            && !page.contains("@import")
            && !page.contains("url(")
    );
}

#[test]
fn both_languages_have_the_same_page() {
    let [italian, english] = [Language::Italian, Language::English]
        .map(|language| page(&told(tiny(), language)).unwrap());
    assert!(
        italian.starts_with("<!DOCTYPE html>\n<html lang=\"it\">")
            && english.starts_with("<!DOCTYPE html>\n<html lang=\"en\">")
    );
    let shape = |page: &str| -> Vec<(String, usize, usize)> {
        let tables = tables(page).into_iter();
        tables
            .map(|(id, table)| (id, table.headings.len(), table.rows.len()))
            .collect()
    };
    assert_eq!(shape(&italian), shape(&english));
    assert_eq!(
        italian.matches("<svg").count(),
        english.matches("<svg").count()
    );
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = told(tiny(), Language::Italian);
    assert_eq!(page(&document).unwrap(), page(&document).unwrap());
}

#[test]
fn a_model_without_a_map_has_a_page_without_one() {
    let mut document = told(tiny(), Language::Italian);
    assert!(document.flow.tiles.is_empty());
    assert!(!page(&document).unwrap().contains("Disegno delle zone"));
    document.flow.tiles = vec![mappafondo::report::document::FlowTile {
        zone: "collina".to_owned(),
        row: 0,
        column: 0,
        outline: Vec::new(),
        source: "a mano".to_owned(),
    }];
    let page = page(&document).unwrap();
    assert!(page.contains("Disegno delle zone: a mano.") && !page.contains("class=\"land"));
}
