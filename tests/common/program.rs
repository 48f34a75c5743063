//! The program as a test calls it.

use std::fs;
use std::path::Path;
use std::process::Command;

/// The program in a language, whatever the machine speaks and whatever its terminal can do.
pub(crate) fn program(language: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mappafondo"));
    for variable in [
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "CLICOLOR_FORCE",
    ] {
        command.env_remove(variable);
    }
    command.env("MAPPAFONDO_LOCALE", language);
    command
}

/// A copy of a folder of files.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn copy(from: &str, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(from)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}
