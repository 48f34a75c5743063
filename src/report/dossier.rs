//! The files of a result: the tables, `summary.json`, and the dossier from which another office can check it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::input::Inputs;
use crate::model::Model;
use crate::proposal::{Infeasible, Proposal};
use crate::report::summary::{InputHashes, Summary, of_infeasible, of_proposal};
use crate::report::{ReportError, tables};
use crate::sheet::{Certificate, DOSSIER_FORMAT, Manifest, Sheet};

/// The files of a result, by path relative to its folder (`/` between parts), complete and in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Files {
    /// Contents by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The same content as `summary.json`.
    pub summary: Summary,
}

/// Every file of a proposal.
///
/// # Errors
/// [`ReportError`] if a file cannot be written in memory.
pub fn proposal_files(
    model: &Model,
    inputs: &Inputs,
    proposal: &Proposal,
) -> Result<Files, ReportError> {
    let hashes = input_hashes(inputs);
    let mut files = dossier_files(inputs, &proposal.sheet, &proposal.certificate)?;
    let ledger = tables::ledger(model, proposal)?;
    files.insert("dossier/values.csv".to_owned(), tables::values(proposal)?);
    files.insert("dossier/ledger.csv".to_owned(), ledger.clone());
    files.insert("ledger.csv".to_owned(), ledger);
    files.insert("rules.csv".to_owned(), tables::rules(model, proposal)?);
    files.insert("unmet.csv".to_owned(), tables::unmet(model, proposal)?);
    files.insert("zones.csv".to_owned(), tables::zones(model, proposal)?);
    complete(
        files,
        of_proposal(model, &hashes, proposal),
        &proposal.solver,
    )
}

/// Every file of a model without any plan: the summary and the dossier, no ledger.
///
/// # Errors
/// [`ReportError`] if a file cannot be written in memory.
pub fn infeasible_files(
    model: &Model,
    inputs: &Inputs,
    infeasible: &Infeasible,
) -> Result<Files, ReportError> {
    let hashes = input_hashes(inputs);
    let files = dossier_files(inputs, &infeasible.sheet, &infeasible.certificate)?;
    complete(
        files,
        of_infeasible(model, &hashes, infeasible),
        &infeasible.solver,
    )
}

fn dossier_files(
    inputs: &Inputs,
    sheet: &Sheet,
    certificate: &Certificate,
) -> Result<BTreeMap<String, Vec<u8>>, ReportError> {
    let mut files = BTreeMap::new();
    for (name, bytes) in contents(inputs) {
        files.insert(format!("dossier/model/{name}"), bytes.to_vec());
    }
    files.insert(
        "dossier/sheet.json".to_owned(),
        compact_json("sheet.json", sheet)?,
    );
    files.insert(
        "dossier/certificate.json".to_owned(),
        compact_json("certificate.json", certificate)?,
    );
    Ok(files)
}

/// The same result with the hash of the workbook its model was read from.
///
/// # Errors
/// [`ReportError`] if a file cannot be written in memory.
pub fn with_workbook(files: Files, workbook: &[u8]) -> Result<Files, ReportError> {
    let Files {
        mut files,
        mut summary,
    } = files;
    files.remove("dossier/manifest.json");
    summary.workbook = Some(hash(workbook));
    let solver = summary.versions.solver.clone();
    complete(files, summary, &solver)
}

/// Adds the summary and, last, the manifest with the hash of everything else.
pub(super) fn complete(
    mut files: BTreeMap<String, Vec<u8>>,
    summary: Summary,
    solver: &str,
) -> Result<Files, ReportError> {
    files.insert("summary.json".to_owned(), json("summary.json", &summary)?);
    let hashes = files.iter().map(|(path, bytes)| {
        let name = match path.strip_prefix("dossier/") {
            Some(inside) => inside.to_owned(),
            None => format!("../{path}"),
        };
        (name, hash(bytes))
    });
    let manifest = Manifest {
        format: DOSSIER_FORMAT,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        solver: solver.to_owned(),
        model_hash: summary.model.hash.clone(),
        base_hash: summary.base.clone(),
        workbook: summary.workbook.clone(),
        files: hashes.collect(),
    };
    files.insert(
        "dossier/manifest.json".to_owned(),
        json("manifest.json", &manifest)?,
    );
    Ok(Files { files, summary })
}

/// Hashes of the model's files, and of the model: BLAKE3 over each name and content, in order of name, each with its length
/// in eight bytes (little end first) before it.
#[must_use]
pub fn input_hashes(inputs: &Inputs) -> InputHashes {
    let mut whole = blake3::Hasher::new();
    let mut files = BTreeMap::new();
    for (name, bytes) in contents(inputs) {
        for part in [name.as_bytes(), bytes] {
            let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
            whole.update(&length.to_le_bytes());
            whole.update(part);
        }
        files.insert(name.to_owned(), hash(bytes));
    }
    InputHashes {
        files,
        model: whole.finalize().to_hex().to_string(),
    }
}

/// The files of the model in order of name.
fn contents(inputs: &Inputs) -> impl Iterator<Item = (&str, &[u8])> {
    inputs
        .files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// JSON for people too: indented, with a final newline.
pub(super) fn json<T: Serialize>(name: &'static str, value: &T) -> Result<Vec<u8>, ReportError> {
    finish(name, serde_json::to_vec_pretty(value))
}

fn compact_json<T: Serialize>(name: &'static str, value: &T) -> Result<Vec<u8>, ReportError> {
    finish(name, serde_json::to_vec(value))
}

fn finish(name: &'static str, json: serde_json::Result<Vec<u8>>) -> Result<Vec<u8>, ReportError> {
    let mut bytes = json.map_err(|error| ReportError::Table {
        table: name,
        reason: error.to_string(),
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn a_proposal_has_its_tables_and_a_manifest_of_all() {
        let (model, inputs) = (fixture::model(), fixture::inputs());
        let written = proposal_files(&model, &inputs, &fixture::proposal()).unwrap();
        let names: Vec<&str> = written.files.keys().map(String::as_str).collect();
        insta::assert_snapshot!(names.join("\n"));
        let manifest: Manifest =
            serde_json::from_slice(&written.files["dossier/manifest.json"]).unwrap();
        assert_eq!(manifest.files.len() + 1, written.files.len());
        assert_eq!(
            manifest.files["../ledger.csv"],
            manifest.files["ledger.csv"]
        );
        assert_eq!(
            manifest.files["model/funds.csv"],
            written.summary.inputs["funds.csv"]
        );
        assert_eq!(manifest.model_hash, written.summary.model.hash);
    }

    #[test]
    fn a_conflict_has_no_ledger() {
        let written = infeasible_files(
            &fixture::model(),
            &fixture::inputs(),
            &fixture::infeasible(),
        )
        .unwrap();
        let names: Vec<&str> = written.files.keys().map(String::as_str).collect();
        insta::assert_snapshot!(names.join("\n"));
        insta::assert_snapshot!(
            "infeasible_summary",
            String::from_utf8_lossy(&written.files["summary.json"])
        );
    }

    #[test]
    fn the_summary_for_programs() {
        let written =
            proposal_files(&fixture::model(), &fixture::inputs(), &fixture::proposal()).unwrap();
        let summary = String::from_utf8(written.files["summary.json"].clone()).unwrap();
        let read: Summary = serde_json::from_str(&summary).unwrap();
        assert_eq!(read, written.summary);
        insta::assert_snapshot!("summary", summary);
    }

    #[test]
    fn a_name_and_a_content_do_not_run_into_each_other() {
        let hash = |files: &[(&str, &str)]| {
            let files = files
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
            input_hashes(&Inputs {
                files: files.collect(),
            })
            .model
        };
        assert_ne!(hash(&[("a", "bc")]), hash(&[("ab", "c")]));
        assert_ne!(hash(&[("a", ""), ("b", "")]), hash(&[("a", "b")]));
    }
}
