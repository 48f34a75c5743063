//! The program as somebody runs it, and folders for what it writes.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A file or folder of this checkout.
pub(crate) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A folder of this run of the tests.
pub(crate) fn scratch() -> &'static Path {
    static SCRATCH: OnceLock<tempfile::TempDir> = OnceLock::new();
    SCRATCH.get_or_init(|| tempfile::tempdir().unwrap()).path()
}

/// What a command says on both outputs, run in [`scratch`]; paths of this checkout are given as `@models/tiny`.
pub(crate) fn said(line: &str) -> String {
    let mut command = assert_cmd::Command::cargo_bin("mappafondo").unwrap();
    command
        .current_dir(scratch())
        .env_remove("MAPPAFONDO_LOCALE")
        .env("MAPPAFONDO_DATA", scratch().join("data"))
        .env("LC_ALL", "C");
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        match word.strip_prefix('@') {
            Some(path) => command.arg(here(path)),
            None => command.arg(word),
        };
    }
    let output = command.output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).unwrap();
    // What a slow machine says now and then is not part of an answer.
    let kept: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("secondi…") && !line.contains("seconds so far…"))
        .collect();
    kept.join("\n") + "\n"
}
