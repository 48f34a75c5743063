//! One random model from text to verified dossier, and many of them on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use mappafondo::input::{Inputs, read_model_from};
use mappafondo::lp::{ColumnKey, LinearProgram, Origin, build_in_full};
use mappafondo::model::Model;
use mappafondo::proposal::{Infeasible, Outcome, Proposal, ProposeError, propose};
use mappafondo::report::{infeasible_files, proposal_files};
use mappafondo::solve::Options;
use mappafondo::verify::{Report, verify, verify_files};

use super::check::{self, Broken, broken};
use super::{Draft, Files, exact, shrink};

/// What was seen of many models.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    pub(crate) cases: u64,
    pub(crate) proposals: u64,
    pub(crate) infeasible: u64,
    /// Figures that do not fit in whole numbers.
    pub(crate) refused: u64,
    /// The pick was proved.
    pub(crate) picked: u64,
    /// Rows that could not hold in whole cents: seeds.
    pub(crate) excess: Vec<u64>,
    /// Worst gap by goal, in euro of the goal, with its seed.
    pub(crate) worst: BTreeMap<&'static str, (f64, u64)>,
    /// Members of conflicts dropped one by one.
    pub(crate) dropped: u64,
    /// Of these, models that could be solved without the rule (the others had a second conflict).
    pub(crate) solvable_without: u64,
    /// Anything else worth counting.
    pub(crate) counted: BTreeMap<&'static str, u64>,
    /// What failed: seed, what, how.
    pub(crate) failures: Vec<(u64, Broken)>,
}

impl Seen {
    pub(crate) fn count(&mut self, what: &'static str, by: u64) {
        *self.counted.entry(what).or_default() += by;
    }

    fn take(&mut self, other: Self) {
        self.cases += other.cases;
        self.proposals += other.proposals;
        self.infeasible += other.infeasible;
        self.refused += other.refused;
        self.picked += other.picked;
        self.dropped += other.dropped;
        self.solvable_without += other.solvable_without;
        self.excess.extend(other.excess);
        self.failures.extend(other.failures);
        for (what, by) in other.counted {
            self.count(what, by);
        }
        for (kind, (gap, seed)) in other.worst {
            let worst = self.worst.entry(kind).or_default();
            if gap > worst.0 {
                *worst = (gap, seed);
            }
        }
    }
}

/// How many models a test looks at: `MAPPAFONDO_CASES`, else the usual number.
pub(crate) fn cases(usual: u64) -> u64 {
    std::env::var("MAPPAFONDO_CASES")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}

/// The first seed: `MAPPAFONDO_SEED`, else 1.
pub(crate) fn first_seed() -> u64 {
    std::env::var("MAPPAFONDO_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1)
}

/// Looks at the models of many seeds on all cores; fails with the first failure made small.
///
/// `one` looks at the model of a seed and adds to what was seen.
pub(crate) fn many(
    name: &str,
    cases: u64,
    draw: impl Fn(u64) -> Draft + Sync,
    one: impl Fn(&Draft, u64, &mut Seen) -> Result<(), Broken> + Sync,
) -> Seen {
    let start = Instant::now();
    let first = first_seed();
    let next = AtomicU64::new(first);
    let all = Mutex::new(Seen::default());
    let one = |draft: &Draft, seed: u64, seen: &mut Seen| {
        let caught =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| one(draft, seed, seen)));
        caught.unwrap_or_else(|_| broken("panic", "see above"))
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                let mut seen = Seen::default();
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + cases || seen.failures.len() >= 20 {
                        break;
                    }
                    seen.cases += 1;
                    if let Err(why) = one(&draw(seed), seed, &mut seen) {
                        seen.failures.push((seed, why));
                    }
                }
                if let Ok(mut all) = all.lock() {
                    all.take(seen);
                }
            });
        }
    });
    let mut seen = all.into_inner().unwrap_or_default();
    seen.failures.sort_by_key(|failure| failure.0);
    seen.excess.sort_unstable();
    tell(name, &seen, start);
    if !seen.failures.is_empty() {
        let list: Vec<String> = seen
            .failures
            .iter()
            .map(|(seed, why)| format!("  seed {seed}: {}: {}", why.what, why.how))
            .collect();
        let mut told = BTreeSet::new();
        let small: Vec<String> = seen
            .failures
            .iter()
            .filter(|(_, why)| told.insert(why.what))
            .map(|(seed, why)| {
                let fails = |draft: &Draft| {
                    one(draft, *seed, &mut Seen::default()).is_err_and(|now| now.what == why.what)
                };
                let small = shrink(&draw(*seed), 3_000, fails);
                let now = one(&small, *seed, &mut Seen::default())
                    .err()
                    .unwrap_or_else(|| why.clone());
                format!(
                    "seed {seed} made small: {}: {}\n{}",
                    now.what,
                    now.how,
                    small.show()
                )
            })
            .collect();
        panic!(
            "{name}: {} failures\n{}\n{}",
            list.len(),
            list.join("\n"),
            small.join("\n")
        );
    }
    seen
}

fn tell(name: &str, seen: &Seen, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{name}: {} models in {seconds:.1} s: {} plans ({} picks proved), {} conflicts, {} refused; {} failures",
        seen.cases,
        seen.proposals,
        seen.picked,
        seen.infeasible,
        seen.refused,
        seen.failures.len()
    );
    if !seen.worst.is_empty() {
        let worst: Vec<String> = seen
            .worst
            .iter()
            .map(|(kind, (gap, seed))| format!("{kind} {gap:.4} (seed {seed})"))
            .collect();
        println!("  worst gap, in euro of the goal: {}", worst.join(", "));
    }
    if seen.proposals > 0 {
        println!(
            "  plans with a row that cannot hold in whole cents: {}, seeds {:?}",
            seen.excess.len(),
            seen.excess
        );
    }
    if seen.dropped > 0 {
        let alone = seen.solvable_without;
        println!(
            "  {} members of conflicts dropped one by one, {alone} models then have a plan",
            seen.dropped
        );
    }
    for (what, count) in &seen.counted {
        println!("  {what}: {count}");
    }
}

/// A model that has to be valid.
pub(crate) fn read(files: &Files) -> Result<Model, Broken> {
    read_model_from(files).or_else(|invalid| broken("invalid", format!("{invalid:?}")))
}

/// What comes of a model; `None` where its figures do not fit in whole numbers.
pub(crate) fn answer(model: &Model, seen: &mut Seen) -> Result<Option<Outcome>, Broken> {
    match propose(model, &Options::default()) {
        Ok(outcome) => Ok(Some(outcome)),
        Err(ProposeError::Build(why)) => {
            seen.refused += 1;
            seen.count(
                "refused for their size",
                u64::from(why.to_string().contains("too far apart")),
            );
            Ok(None)
        }
        // Below a euro in all, a cent is within the tolerances of the solver: no answer is an answer.
        Err(ProposeError::Solver(_)) if money(model) < 100 => {
            seen.refused += 1;
            Ok(None)
        }
        Err(why) => broken("solver", why.to_string()),
    }
}

/// All there is to share out, in cents.
fn money(model: &Model) -> i64 {
    model.money.values().map(|money| money.total.cents()).sum()
}

/// Solves one model and checks everything about its answer.
pub(crate) fn one(draft: &Draft, seed: u64, seen: &mut Seen) -> Result<(), Broken> {
    let files = draft.files();
    let model = read(&files)?;
    match answer(&model, seen)? {
        None => Ok(()),
        Some(Outcome::Proposal(proposal)) => a_proposal(&files, &model, &proposal, seed, seen),
        Some(Outcome::Infeasible(found)) => a_conflict(draft, &files, &model, &found, seen),
    }
}

fn a_proposal(
    files: &Files,
    model: &Model,
    proposal: &Proposal,
    seed: u64,
    seen: &mut Seen,
) -> Result<(), Broken> {
    seen.proposals += 1;
    seen.picked += u64::from(proposal.pick.proved);
    if proposal.excess.is_empty() {
        check::check(model, proposal)?;
    } else {
        seen.excess.push(seed);
    }
    let inputs = Inputs {
        files: files.clone(),
    };
    let written = proposal_files(model, &inputs, proposal)
        .or_else(|why| broken("report", why.to_string()))?;
    verified(&written.files, seed)?;
    for (kind, gap, allowed) in check::gaps(proposal)?.goals {
        let worst = seen.worst.entry(kind).or_default();
        if gap > worst.0 {
            *worst = (gap, seed);
        }
        if gap > allowed {
            return broken(
                "large gap",
                format!("of goal {kind}: {gap:.6} of its euro, {allowed:.6} allowed"),
            );
        }
    }
    Ok(())
}

/// The dossier passes in memory; of some models also from the disk.
fn verified(files: &Files, seed: u64) -> Result<(), Broken> {
    accepted(&verify_files(files))?;
    if !seed.is_multiple_of(50) {
        return Ok(());
    }
    let folder = tempfile::tempdir().or_else(|why| broken("disk", why.to_string()))?;
    for (name, bytes) in files {
        let path = folder.path().join(name);
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, bytes));
        written.or_else(|why| broken("disk", why.to_string()))?;
    }
    accepted(&verify(folder.path()).or_else(|why| broken("verify", why.to_string()))?)
}

fn accepted(report: &Report) -> Result<(), Broken> {
    if report.passed() {
        return Ok(());
    }
    let found: Vec<String> = report
        .findings
        .iter()
        .filter(|finding| finding.failure)
        .map(|finding| {
            format!(
                "[{}] {} {}: {}",
                finding.check, finding.place, finding.by, finding.english
            )
        })
        .collect();
    // One word per check, so that a smaller model fails in the same check.
    let what = report
        .checks
        .iter()
        .find(|check| !check.passed)
        .map_or("verify", |check| check.name);
    broken(what, format!("not verified: {}", found.join("; ")))
}

fn a_conflict(
    draft: &Draft,
    files: &Files,
    model: &Model,
    found: &Infeasible,
    seen: &mut Seen,
) -> Result<(), Broken> {
    seen.infeasible += 1;
    let inputs = Inputs {
        files: files.clone(),
    };
    let written =
        infeasible_files(model, &inputs, found).or_else(|why| broken("report", why.to_string()))?;
    accepted(&verify_files(&written.files))?;
    let codes: BTreeSet<String> = found.conflict.iter().map(|line| line.id.clone()).collect();
    if codes.is_empty() || codes.len() != found.conflict.len() {
        return broken("conflict", format!("names {:?}", found.conflict));
    }
    irreducible(model, &codes, seen)?;
    without_each_rule(draft, &codes, seen)
}

/// The rows of the conflict cannot hold together, exactly; without any one of its members they can.
pub(crate) fn irreducible(
    model: &Model,
    codes: &BTreeSet<String>,
    seen: &mut Seen,
) -> Result<(), Broken> {
    let mut program = build_in_full(model).or_else(|why| broken("build", why.to_string()))?;
    for column in &mut program.columns {
        // What a payment may be is said by the rows of its fund and need: those are what a conflict names.
        if matches!(
            column.key,
            ColumnKey::Pay { .. } | ColumnKey::Total { .. } | ColumnKey::Shortfall { .. }
        ) {
            column.upper = i64::MAX / 1024;
        }
    }
    let in_conflict = |without: Option<&String>| {
        let names: Vec<String> = program
            .rows
            .iter()
            .map(|row| code(model, row.origin))
            .collect();
        let kept = names
            .into_iter()
            .map(|name| codes.contains(&name) && Some(&name) != without);
        kept.collect::<Vec<bool>>()
    };
    let can = |program: &LinearProgram, kept: &[bool]| {
        let rows: BTreeSet<&str> = program
            .rows
            .iter()
            .zip(kept)
            .filter(|(_, kept)| **kept)
            .map(|(row, _)| row.name.as_str())
            .collect();
        exact::can_hold(program, |row| rows.contains(row.name.as_str()))
    };
    if can(&program, &in_conflict(None)) {
        return broken("no conflict", format!("the rows of {codes:?} can all hold"));
    }
    for member in codes {
        seen.dropped += 1;
        if !can(&program, &in_conflict(Some(member))) {
            return broken(
                "reducible",
                format!("{codes:?} is a conflict without {member}"),
            );
        }
    }
    Ok(())
}

/// Code by which a conflict names an origin.
pub(crate) fn code(model: &Model, origin: Origin) -> String {
    match origin {
        Origin::Fund(fund) => format!("fund:{}", model.fund(fund).id),
        Origin::Eligibility(fund, action) => {
            let (fund, action) = (&model.fund(fund).id, &model.action(action).id);
            format!("max_share:{fund}:{action}")
        }
        Origin::Need(action) => format!("need:{}", model.action(action).id),
        Origin::Rule(rule) => model.rules[rule].id.clone(),
        Origin::Match(rule) => model.matches[rule].id.clone(),
        Origin::FlatRate(rate) => format!(
            "flat_rate:{}",
            model.action(model.flat_rates[rate].action).id
        ),
        Origin::Claim(claim) => format!("claim:{}", model.fund(model.claims[claim].fund).id),
        Origin::Goal(_) => "goal".to_owned(),
        Origin::Whole => "whole".to_owned(),
    }
}

/// The model with the rules of the conflict alone has no plan; without any one of them it has one, or another conflict that
/// needs something else.
fn without_each_rule(
    draft: &Draft,
    codes: &BTreeSet<String>,
    seen: &mut Seen,
) -> Result<(), Broken> {
    let all = draft.rule_codes();
    let rules: Vec<&String> = codes.iter().filter(|code| all.contains(*code)).collect();
    let solve = |draft: &Draft| -> Result<Option<BTreeSet<String>>, Broken> {
        let model = read(&draft.files())?;
        match answer(&model, &mut Seen::default())? {
            Some(Outcome::Infeasible(found)) => Ok(Some(
                found.conflict.iter().map(|line| line.id.clone()).collect(),
            )),
            _ => Ok(None),
        }
    };
    let alone = draft.only_rules(|code| codes.contains(code));
    if solve(&alone)?.is_none() {
        return broken("no conflict", format!("{codes:?} alone have a plan"));
    }
    for rule in rules {
        let without = alone.only_rules(|code| code != rule);
        match solve(&without)? {
            None => seen.solvable_without += 1,
            Some(other) if other.is_subset(codes) => {
                return broken(
                    "reducible",
                    format!("{other:?} is a conflict inside {codes:?}"),
                );
            }
            Some(_) => {}
        }
    }
    Ok(())
}
