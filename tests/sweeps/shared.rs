//! What tests of whole runs share: a folder with a model, a sweep, and what the runs write.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Child, Stdio};

use assert_cmd::Command;
use mappafondo::run::{Parts, Row};
use tempfile::TempDir;

#[path = "../common/program.rs"]
mod program;

/// Scenarios over the numbers of tiny, in blocks of eight up to 512.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn draws(count: usize) -> String {
    format!(
        r#"
[sweep]
format = 1
id = "many"
title = "Many"
kind = "monte_carlo"
draws = {count}
seed = 11

[[axis]]
id = "fs"
change = {{ target = "amount", fund = "fondo-sociale", scale = "$" }}
distribution = {{ kind = "triangular", low = "80%", mode = "100%", high = "110%" }}

[[axis]]
id = "tirocini"
change = {{ target = "need", action = "tirocini", scale = "$" }}
distribution = {{ kind = "discrete", values = ["50%", "100%", "150%"], weights = [1, 2, 1] }}
"#
    )
}

/// Files of a folder by their path in it.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A folder to work in, with a copy of tiny, a sweep file and a place for the catalogue.
pub(crate) struct Home {
    home: TempDir,
}

#[allow(dead_code, reason = "not every test file needs all of it")]
impl Home {
    pub(crate) fn new(sweep: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        program::copy("models/tiny", &home.path().join("model"));
        fs::write(home.path().join("sweep.toml"), sweep).unwrap();
        Self { home }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// `mappafondo` in English, its catalogue in here.
    pub(crate) fn program(&self) -> std::process::Command {
        let mut command = program::program("en");
        command
            .env("MAPPAFONDO_DATA", self.path("data"))
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn sweep_command(&self, out: &str, options: &[&str]) -> std::process::Command {
        let mut command = self.program();
        command
            .arg("sweep")
            .arg(self.path("model"))
            .arg("--sweep")
            .arg(self.path("sweep.toml"))
            .arg("--out")
            .arg(self.path(out))
            .args(options);
        command
    }

    pub(crate) fn sweep(&self, out: &str, options: &[&str]) -> assert_cmd::assert::Assert {
        Command::from_std(self.sweep_command(out, options)).assert()
    }

    pub(crate) fn merge(&self, shards: &[&str], out: &str) -> assert_cmd::assert::Assert {
        let mut command = self.program();
        command
            .arg("merge")
            .args(shards.iter().map(|shard| self.path(shard)));
        command.arg("--out").arg(self.path(out));
        Command::from_std(command).assert()
    }

    pub(crate) fn start(&self, out: &str, options: &[&str]) -> Child {
        self.sweep_command(out, options)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// A run that must end with a code; gives the files it wrote.
    pub(crate) fn made(&self, out: &str, options: &[&str], code: i32) -> Files {
        self.sweep(out, options).code(code);
        self.bytes(out)
    }

    pub(crate) fn bytes(&self, out: &str) -> Files {
        let mut files = BTreeMap::new();
        let root = self.path(out);
        let mut waiting = vec![root.clone()];
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    waiting.push(path);
                } else {
                    let name = path
                        .strip_prefix(&root)
                        .unwrap()
                        .to_string_lossy()
                        .into_owned();
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }

    pub(crate) fn rows<R: Row>(&self, out: &str, blocks: u64) -> Vec<R> {
        let parts = Parts::of(&self.path(out));
        (0..blocks)
            .flat_map(|block| parts.read::<R>(block).unwrap())
            .collect()
    }
}

pub(crate) fn assert_same(one: &Files, other: &Files) {
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    let differ: Vec<&String> = one
        .iter()
        .filter(|(name, bytes)| **bytes != other[*name])
        .map(|(name, _)| name)
        .collect();
    assert!(differ.is_empty(), "{differ:?} differ");
}
