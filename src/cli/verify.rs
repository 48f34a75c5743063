//! `mappafondo verify`: the exact re-check of a result.

use mappafondo::verify::{Report, verify};
use serde::Serialize;

use mappafondo::report::number::count;
use mappafondo::report::text::terminal_text;
use mappafondo::report::words::program as words;

use super::args::{Format, Verify};
use super::exit;
use super::failure::Failure;
use super::output::Output;

pub(crate) fn run(arguments: &Verify, output: &Output) -> Result<u8, Failure> {
    output.progress(words::CHECKING);
    let report = verify(&arguments.dir).map_err(|error| {
        Failure::new(
            error.exit_code(),
            terminal_text(&error.message(output.language)).into_owned(),
        )
    })?;
    match output.format {
        Format::Json => output.print_json(&VerifyJson::new(&report, output))?,
        Format::Table => {
            let quiet = output.quiet && report.passed();
            if !quiet {
                output.print(&told(&report, output))?;
            }
        }
    }
    Ok(if report.passed() {
        exit::OK
    } else {
        exit::UNVERIFIED
    })
}

/// The checks, what was found, and the verdict.
pub(crate) fn told(report: &Report, output: &Output) -> String {
    let language = output.language;
    let mut text = String::new();
    for check in &report.checks {
        let mark = output.say(if check.passed {
            words::CHECK_OK
        } else {
            words::CHECK_FAILED
        });
        let looked = count(language, check.count);
        text.push_str(&format!(
            "  {mark:<3} {} ({looked})\n",
            check.detail(language)
        ));
        let found: Vec<_> = report
            .findings
            .iter()
            .filter(|finding| finding.check == check.name)
            .collect();
        for finding in &found {
            text.push_str(&format!(
                "      - {}\n",
                terminal_text(&finding.text(language))
            ));
        }
        let shown = found.iter().filter(|finding| finding.failure).count();
        if check.failures > shown {
            let n = count(language, check.failures - shown);
            text.push_str(&format!(
                "      {}\n",
                output.fill(words::MORE_FINDINGS, &[("n", &n)])
            ));
        }
    }
    let checks = count(language, report.checks.len());
    let failed = count(
        language,
        report.checks.iter().filter(|check| !check.passed).count(),
    );
    let verdict = if report.passed() {
        output.fill(words::VERIFIED, &[("checks", &checks)])
    } else {
        output.fill(
            words::NOT_VERIFIED,
            &[("failed", &failed), ("checks", &checks)],
        )
    };
    text.push_str(&verdict);
    text.push('\n');
    text
}

/// What `verify --format json` prints.
#[derive(Serialize)]
struct VerifyJson<'a> {
    version: u32,
    verified: bool,
    checks: Vec<CheckJson<'a>>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    name: &'a str,
    passed: bool,
    looked_at: usize,
    failures: usize,
    detail: &'a str,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    check: &'a str,
    failure: bool,
    place: &'a str,
    by: &'a str,
    text: String,
}

impl<'a> VerifyJson<'a> {
    fn new(report: &'a Report, output: &Output) -> Self {
        let checks = report.checks.iter().map(|check| CheckJson {
            name: check.name,
            passed: check.passed,
            looked_at: check.count,
            failures: check.failures,
            detail: check.detail(output.language),
        });
        let findings = report.findings.iter().map(|finding| FindingJson {
            check: finding.check,
            failure: finding.failure,
            place: &finding.place,
            by: &finding.by,
            text: finding.text(output.language),
        });
        Self {
            version: 1,
            verified: report.passed(),
            checks: checks.collect(),
            findings: findings.collect(),
        }
    }
}
