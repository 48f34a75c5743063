//! Writes a model of national size into a folder: `cargo run --release --example italia -- DIR [--zones N] [--seed S]`.

mod generate;

use std::path::PathBuf;
use std::process::ExitCode;

use generate::{Size, files};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}\nusage: italia DIR [--zones N] [--seed S]");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), String> {
    let mut size = Size::default();
    let mut folder = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let text = arguments.next().unwrap_or_default();
            text.parse::<u32>()
                .map_err(|_| format!("{argument} wants a whole number, not `{text}`"))
        };
        match argument.as_str() {
            "--zones" => size.zones = number()?.clamp(2, 9999),
            "--seed" => size.seed = number()?,
            name if name.starts_with('-') || folder.is_some() => {
                return Err(format!("`{name}` is not known"));
            }
            name => folder = Some(PathBuf::from(name)),
        }
    }
    let folder = folder.ok_or("no folder given")?;
    let said = |why: std::io::Error| format!("{}: {why}", folder.display());
    // Never over something else: the reader would take tables that are left there as part of the model.
    if folder.exists() && std::fs::read_dir(&folder).map_err(said)?.next().is_some() {
        return Err(format!("{} is not empty", folder.display()));
    }
    std::fs::create_dir_all(&folder).map_err(said)?;
    for (name, content) in files(size) {
        std::fs::write(folder.join(name), content).map_err(said)?;
    }
    Ok(())
}
