//! Plans of the reference models, made once.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use mappafondo::annex::{Beside, Source, document};
use mappafondo::model::Language;
use mappafondo::report::document::Document;
use mappafondo::verify::verify_and_take;

/// A folder of this checkout.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The program.
pub(crate) fn program() -> assert_cmd::Command {
    let mut command = assert_cmd::Command::cargo_bin("mappafondo").unwrap();
    command.env_remove("MAPPAFONDO_LOCALE").env("LC_ALL", "C");
    command
}

/// A folder for files of tests, gone when the tests end.
pub(crate) fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<tempfile::TempDir> = OnceLock::new();
    SCRATCH.get_or_init(|| tempfile::tempdir().unwrap()).path()
}

/// The plan of `models/tiny`, in a folder.
pub(crate) fn tiny() -> &'static Path {
    static PLAN: OnceLock<PathBuf> = OnceLock::new();
    PLAN.get_or_init(|| solved("models/tiny", "tiny"))
}

/// The plan of a model of this checkout.
pub(crate) fn solved(model: &str, name: &str) -> PathBuf {
    let out = scratch().join(name);
    let mut command = program();
    command.arg("solve").arg(here(model)).arg("--out").arg(&out);
    command.arg("--quiet").assert().success();
    out
}

/// A plan as it is read.
pub(crate) fn source(plan: &Path) -> Source {
    let (report, files) = verify_and_take(plan).unwrap();
    assert!(report.passed());
    Source::read(plan, &files).unwrap()
}

/// The document of `models/tiny`.
pub(crate) fn told(language: Language) -> Document {
    document(&source(tiny()), Beside::default(), language)
}
