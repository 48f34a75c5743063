//! Plans of the reference models as documents, made once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mappafondo::annex::{Beside, Source, document};
use mappafondo::input::read_model;
use mappafondo::model::Language;
use mappafondo::proposal::{Outcome, propose};
use mappafondo::report::document::Document;
use mappafondo::report::proposal_files;
use mappafondo::solve::Options;

/// A folder of this checkout.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The plan of a model.
pub(crate) fn solved(folder: &Path) -> Source {
    let (model, inputs) = read_model(folder).unwrap();
    let Ok(Outcome::Proposal(proposal)) = propose(&model, &Options::default()) else {
        panic!("{} has no plan", folder.display());
    };
    let written = proposal_files(&model, &inputs, &proposal).unwrap();
    let files: BTreeMap<String, Vec<u8>> = written
        .files
        .into_iter()
        .map(|(name, bytes)| match name.strip_prefix("dossier/") {
            Some(inside) => (inside.to_owned(), bytes),
            None => (format!("../{name}"), bytes),
        })
        .collect();
    Source::read(folder, &files).unwrap()
}

/// The plan of `models/tiny`.
pub(crate) fn tiny() -> &'static Source {
    static PLAN: OnceLock<Source> = OnceLock::new();
    PLAN.get_or_init(|| solved(&here("models/tiny")))
}

/// The plan of `models/toscana`.
pub(crate) fn toscana() -> &'static Source {
    static PLAN: OnceLock<Source> = OnceLock::new();
    PLAN.get_or_init(|| solved(&here("models/toscana")))
}

/// A plan told whole.
pub(crate) fn told(source: &Source, language: Language) -> Document {
    document(source, Beside::default(), language)
}
