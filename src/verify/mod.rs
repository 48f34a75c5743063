//! The independent checker: is what a dossier says true?
//!
//! [`verify`] reads the files that `solve` wrote and nothing else. In whole numbers and exact fractions it checks that every
//! file is the one listed, that every row of the rule sheet holds, that the ledger is the sum of its columns, that the
//! multipliers prove how far each goal can be from its best (or that no plan exists at all), and, by an evaluator of its own
//! written from the model's rules, that the ledger obeys the model and that the sheet says what the model says. It shares no
//! code with `lp`, `solve` or `proposal`: a fault of theirs does not pass here.
//!
//! ```no_run
//! let report = mappafondo::verify::verify("demo/toscana".as_ref())?;
//! assert!(report.passed());
//! # Ok::<(), mappafondo::verify::VerifyError>(())
//! ```

pub(crate) mod bound;
mod codes;
mod dossier;
mod error;
mod farkas;
mod gather;
mod law;
mod ledger;
mod number;
mod pick;
mod programme;
mod report;
mod table;
mod values;

use std::collections::BTreeMap;
use std::path::Path;

use crate::sheet::{Claim, GoalCertificate, PickCertificate};

pub(crate) use farkas::cannot_hold;

pub use error::{Refusal, VerifyError};
pub use gather::{LARGEST_TOTAL, MOST_FILES};
pub use report::{Check, Finding, Report, SHOWN_FINDINGS};

use codes::{Codes, pay_columns};
use dossier::Dossier;
use gather::Gathered;
use report::{Tally, said};

/// Checks a dossier: the folder written by `solve`, its `dossier`, or a zip of either.
///
/// # Errors
/// [`VerifyError`] when the files cannot be read or are no dossier. A dossier that can be read and is wrong, even one that
/// cannot be decoded, is a [`Report`] that does not pass.
pub fn verify(path: &Path) -> Result<Report, VerifyError> {
    Ok(check(&gather::gather(path)?))
}

/// Checks a dossier as [`verify`] does, and gives its files, named as below `dossier/` (`ledger.csv`, `model/funds.csv`).
///
/// # Errors
/// As [`verify`].
pub fn verify_and_take(path: &Path) -> Result<(Report, BTreeMap<String, Vec<u8>>), VerifyError> {
    let gathered = gather::gather(path)?;
    Ok((check(&gathered), gathered.files))
}

/// Checks the files of a result held in memory, named as below the folder of `solve` (`zones.csv`, `dossier/sheet.json`).
#[must_use]
pub fn verify_files(files: &BTreeMap<String, Vec<u8>>) -> Report {
    check(&gather::arrange_memory(files))
}

fn check(gathered: &Gathered) -> Report {
    let mut report = Report::default();
    report.add(dossier::check_files(gathered));
    let (content, dossier) = dossier::check_content(gathered);
    report.add(content);
    let Some(dossier) = dossier else {
        return report;
    };
    let form = programme::check_form(&dossier.sheet);
    let well_formed = form.passes();
    report.add(form);
    if !well_formed {
        return report; // nothing else can be trusted to mean anything
    }
    match &dossier.certificate.claim {
        Claim::Proposal {
            goals,
            pick,
            excess,
        } => {
            let claimed = Claimed {
                goals,
                pick,
                excess,
            };
            check_proposal(gathered, &dossier, &claimed, &mut report);
        }
        Claim::Infeasible {
            multipliers,
            whole,
            conflict,
        } => {
            if *whole {
                report.add(farkas::check_whole(&dossier.sheet, multipliers, conflict));
            } else {
                let (proof, named) = farkas::check(&dossier.sheet, multipliers, conflict);
                report.add(proof);
                report.add(named);
            }
            if gathered.with_above {
                let summary = gathered
                    .files
                    .get("../summary.json")
                    .map_or(&[][..], Vec::as_slice);
                report.add(law::check_infeasible(summary, conflict));
            }
            let model = law::with_most(&dossier.model);
            let codes = Codes::new(&model);
            let (pays, unknown) = pay_columns(&codes, &dossier.sheet);
            law::check_sheet(
                &model,
                &codes,
                &dossier.sheet,
                (&pays, &unknown),
                false,
                &mut report,
            );
        }
    }
    report
}

/// What is claimed of a proposal.
struct Claimed<'a> {
    goals: &'a [GoalCertificate],
    pick: &'a PickCertificate,
    excess: &'a [(u32, String)],
}

fn check_proposal(
    gathered: &Gathered,
    dossier: &Dossier,
    claimed: &Claimed<'_>,
    report: &mut Report,
) {
    let Dossier {
        sheet,
        certificate,
        model,
    } = dossier;
    let codes = Codes::new(model);
    let mut tables = Tally::new(
        "tables",
        said!(
            "registro e valori si leggono, in ordine e senza ripetizioni",
            "ledger and values can be read, in order and without repetitions"
        ),
    );
    let content = |name: &str| gathered.files.get(name).map_or(&[][..], Vec::as_slice);
    let values = values::read(content("values.csv"), sheet, &mut tables);
    let ledger = ledger::read("ledger.csv", content("ledger.csv"), &codes, &mut tables);
    if gathered.with_above && content("ledger.csv") != content("../ledger.csv") {
        tables.fail(
            "../ledger.csv",
            "",
            said!(
                "non è uguale al registro del dossier",
                "differs from the ledger of the dossier"
            ),
        );
    }
    // What units earn is money like any other from here on.
    let earned = law::with_earned(model, &ledger);
    let model = &earned;
    report.add(tables);
    report.add(programme::check_columns(sheet, &values));
    report.add(programme::check_rows(sheet, &values, claimed.excess));
    let (stated, proved) = bound::check_goals(sheet, &values, certificate);
    report.add(stated);
    report.add(proved);
    let (pays, unknown) = pay_columns(&codes, sheet);
    report.add(pick::check(
        model,
        sheet,
        &pays,
        &values,
        (claimed.pick, claimed.goals),
    ));
    report.add(ledger::check_values(&codes, &ledger, &pays, &values));
    let plan = law::Plan::new(
        model,
        &codes,
        &ledger,
        sheet,
        &values,
        &pays,
        claimed.excess,
    );
    let evaluated = law::check_plan(&plan, claimed.goals, report);
    law::check_sheet(model, &codes, sheet, (&pays, &unknown), true, report);
    if gathered.with_above {
        law::check_above(
            &plan,
            &evaluated,
            &certificate.claim,
            &gathered.files,
            report,
        );
    }
}
