//! `mappafondo init`: a model to start from.

use mappafondo::report::text::terminal_text;
use mappafondo::report::words::workbook as words;
use mappafondo::workbook::{template_files, template_workbook};

use super::args::Init;
use super::convert::{write_folder, write_workbook};
use super::exit;
use super::failure::Failure;
use super::output::Output;

pub(crate) fn run(arguments: &Init, output: &Output) -> Result<u8, Failure> {
    if let Some(file) = &arguments.xlsx {
        let bytes = template_workbook(output.language)
            .map_err(|error| Failure::internal(&error, output))?;
        write_workbook(file, &bytes, output)?;
    }
    if let Some(folder) = &arguments.folder {
        write_folder(folder, &template_files(output.language), output)?;
    }
    let written = arguments.folder.as_ref().or(arguments.xlsx.as_ref());
    if let Some(target) = written.filter(|_| !output.quiet) {
        let target = terminal_text(&target.display().to_string()).into_owned();
        output.print(&format!(
            "{}\n",
            output.fill(words::INIT_NEXT, &[("target", &target)])
        ))?;
    }
    Ok(exit::OK)
}
