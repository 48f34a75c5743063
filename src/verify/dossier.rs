//! The files of a dossier against its manifest, and their content as values.

use std::collections::{BTreeMap, BTreeSet};

use crate::input;
use crate::model::Model;
use crate::sheet::{Certificate, Claim, DOSSIER_FORMAT, Manifest, Sheet};

use super::gather::Gathered;
use super::report::{Said, Tally, said, shown};

const MANIFEST: &str = "manifest.json";
const OF_A_PROPOSAL: [&str; 2] = ["ledger.csv", "values.csv"];
const ABOVE_A_PROPOSAL: [&str; 4] = [
    "../ledger.csv",
    "../rules.csv",
    "../unmet.csv",
    "../zones.csv",
];

/// What a dossier says, decoded.
#[derive(Debug)]
pub(crate) struct Dossier {
    pub(crate) sheet: Sheet,
    pub(crate) certificate: Certificate,
    pub(crate) model: Model,
}

/// Checks every file against the manifest: present, listed, unchanged; and the hash of the model's files.
pub(crate) fn check_files(gathered: &Gathered) -> Tally {
    let mut tally = Tally::new(
        "files",
        said!(
            "ogni file è quello elencato nel manifesto",
            "every file is the one listed in the manifest"
        ),
    );
    tally.looked_at(1);
    let manifest: Manifest = match decode(&gathered.files, MANIFEST) {
        Ok(manifest) => manifest,
        Err(said) => {
            tally.fail(MANIFEST, "", said);
            return tally;
        }
    };
    if manifest.format != DOSSIER_FORMAT {
        tally.fail(MANIFEST, "", wrong_format(manifest.format));
    }
    for (name, hash) in &manifest.files {
        if name.starts_with("../") && !gathered.with_above {
            continue;
        }
        tally.looked_at(1);
        match gathered.files.get(name) {
            None => tally.fail(name, "", said!("manca", "missing")),
            Some(content) if blake3::hash(content).to_hex().as_str() != hash => tally.fail(
                name,
                "",
                said!(
                    "non è il file scritto allora (BLAKE3 diverso)",
                    "not the file written then (BLAKE3 differs)"
                ),
            ),
            Some(_) => {}
        }
    }
    for name in gathered.files.keys() {
        if name != MANIFEST && !manifest.files.contains_key(name) {
            tally.looked_at(1);
            tally.fail(
                name,
                "",
                said!("non è nel manifesto", "not listed in the manifest"),
            );
        }
    }
    for name in &gathered.beside {
        tally.remark(
            format!("../{name}"),
            "",
            said!(
                "sta accanto al piano e non ne fa parte: non è stato controllato",
                "stands beside the plan and is not part of it: it was not checked"
            ),
        );
    }
    tally.looked_at(1);
    let hash = model_hash(&model_files(&gathered.files));
    if hash != manifest.model_hash {
        tally.fail(
            "model/",
            "",
            said!(
                "l'impronta dei dati di partenza non è quella del manifesto",
                "the hash of the model's files is not the manifest's"
            ),
        );
    }
    tally
}

/// BLAKE3 over the names and contents of the model's files, in order of name: for each, the length of the name and of the
/// content (8 bytes each, little-endian) before them.
pub(crate) fn model_hash(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut hasher = blake3::Hasher::new();
    for (name, content) in files {
        for part in [name.as_bytes(), content.as_slice()] {
            hasher.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
            hasher.update(part);
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// The model's own files, named as in the model's folder.
pub(crate) fn model_files(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    files
        .iter()
        .filter_map(|(name, content)| {
            let name = name.strip_prefix("model/")?;
            Some((name.to_owned(), content.clone()))
        })
        .collect()
}

/// Reads the sheet, the certificate and the model, and checks that the files which belong to the claim are there.
pub(crate) fn check_content(gathered: &Gathered) -> (Tally, Option<Dossier>) {
    let mut tally = Tally::new(
        "content",
        said!(
            "modello, foglio delle regole e certificato si leggono",
            "the model, the rule sheet and the certificate can be read"
        ),
    );
    tally.looked_at(3);
    let sheet: Option<Sheet> = decode(&gathered.files, "sheet.json")
        .map_err(|said| tally.fail("sheet.json", "", said))
        .ok();
    let certificate: Option<Certificate> = decode(&gathered.files, "certificate.json")
        .map_err(|said| tally.fail("certificate.json", "", said))
        .ok();
    let model = read_model(&gathered.files, &mut tally);
    for (name, format) in [
        ("sheet.json", sheet.as_ref().map(|s| s.format)),
        ("certificate.json", certificate.as_ref().map(|c| c.format)),
    ] {
        if let Some(format) = format.filter(|&format| format != DOSSIER_FORMAT) {
            tally.fail(name, "", wrong_format(format));
        }
    }
    let (Some(sheet), Some(certificate), Some(model)) = (sheet, certificate, model) else {
        return (tally, None);
    };
    check_presence(gathered, &certificate.claim, &mut tally);
    let dossier = Dossier {
        sheet,
        certificate,
        model,
    };
    (tally, Some(dossier))
}

fn read_model(files: &BTreeMap<String, Vec<u8>>, tally: &mut Tally) -> Option<Model> {
    let files = model_files(files);
    if files.is_empty() {
        tally.fail("model/", "", said!("manca", "missing"));
        return None;
    }
    match input::read_model_from(&files) {
        Ok(model) => Some(model),
        Err(invalid) => {
            let errors = invalid
                .problems
                .iter()
                .filter(|problem| problem.severity() == crate::problem::Severity::Error);
            for problem in errors {
                tally.fail(
                    "model/",
                    "",
                    Said {
                        italian: problem.text(crate::model::Language::Italian),
                        english: problem.text(crate::model::Language::English),
                    },
                );
            }
            if tally.passes() {
                tally.fail(
                    "model/",
                    "",
                    said!("non è un modello valido", "not a valid model"),
                );
            }
            None
        }
    }
}

fn check_presence(gathered: &Gathered, claim: &Claim, tally: &mut Tally) {
    let proposal = matches!(claim, Claim::Proposal { .. });
    let mut expected: BTreeSet<&str> = BTreeSet::new();
    if proposal {
        expected.extend(OF_A_PROPOSAL);
    }
    if gathered.with_above {
        expected.insert("../summary.json");
        if proposal {
            expected.extend(ABOVE_A_PROPOSAL);
        }
    }
    for name in &expected {
        tally.looked_at(1);
        if !gathered.files.contains_key(*name) {
            tally.fail(*name, "", said!("manca", "missing"));
        }
    }
    for name in OF_A_PROPOSAL.iter().chain(&ABOVE_A_PROPOSAL) {
        if !proposal && gathered.files.contains_key(*name) {
            tally.fail(
                *name,
                "",
                said!(
                    "c'è, ma il certificato dice che nessun riparto esiste",
                    "present, though the certificate says that no allocation exists"
                ),
            );
        }
    }
}

fn wrong_format(format: u32) -> Said {
    said!(
        "formato {format}, questo programma legge il formato {DOSSIER_FORMAT}",
        "format {format}, this program reads format {DOSSIER_FORMAT}"
    )
}

fn decode<T: serde::de::DeserializeOwned>(
    files: &BTreeMap<String, Vec<u8>>,
    name: &str,
) -> Result<T, Said> {
    let Some(content) = files.get(name) else {
        return Err(said!("manca", "missing"));
    };
    serde_json::from_slice(content).map_err(|error| {
        let error = shown(&error.to_string());
        said!("non si legge: {error}", "cannot be read: {error}")
    })
}
