//! The program `mappafondo`: reads its arguments, runs a command, ends with a documented exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
