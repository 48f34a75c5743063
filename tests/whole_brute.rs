//! Whole numbers against every plan there is: models of a few euro, each plan in whole euro enumerated apart from the program. What is
//! not whole in them is a network, whose best plans are whole euro where all amounts are.
//!
//! `MAPPAFONDO_CASES` says how many models, `MAPPAFONDO_SEED` from which: the suite looks at 300, a campaign at
//! `MAPPAFONDO_CASES=100000 cargo test --release --test whole_brute -- --nocapture`.

#![allow(
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test fails loudly"
)]
#![cfg(feature = "highs")]

#[expect(dead_code, reason = "each test uses the part it needs")]
#[path = "generator/random.rs"]
mod random;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mappafondo::input::{Inputs, read_model_from};
use mappafondo::model::Language;
use mappafondo::proposal::{Outcome, Proposal, propose};
use mappafondo::report::{infeasible_files, proposal_files};
use mappafondo::solve::Options;
use mappafondo::units::Exact;
use mappafondo::verify::verify_files;
use num_traits::Zero;
use random::Random;

type Files = BTreeMap<String, Vec<u8>>;

const ZONES: [&str; 2] = ["a", "b"];
const ACTIONS: [&str; 4] = ["unita", "minimo", "opera", "libera"];
const FUNDS: [&str; 2] = ["f", "g"];

/// What may be paid: an action in a zone, a need or part of a project, at most so many euro.
#[derive(Clone, Debug)]
struct Demand {
    action: usize,
    zone: usize,
    project: Option<usize>,
    euro: i64,
}

/// A rule, decided here on the euro paid for each demand.
#[derive(Clone, Debug)]
enum Law {
    /// So many zones in which an action is active.
    Zones {
        action: usize,
        floor: bool,
        count: i64,
        soft: bool,
    },
    /// So many projects, in a zone or in all.
    Projects {
        zone: Option<usize>,
        floor: bool,
        count: i64,
    },
    /// Not both, or not the first without the second, in each zone.
    Pair {
        first: usize,
        second: usize,
        excludes: bool,
    },
    /// So much for an action.
    Euro {
        action: usize,
        floor: bool,
        euro: i64,
    },
    /// So many units, which need not be whole here.
    Units { count: i64 },
}

#[derive(Clone, Debug)]
struct Tiny {
    amounts: [i64; 2],
    open: [[bool; 4]; 2],
    cost: i64,
    least: [Option<i64>; 4],
    leps: [bool; 4],
    priority: [i64; 4],
    demands: Vec<Demand>,
    laws: Vec<Law>,
    goals: Vec<&'static str>,
}

fn tiny(seed: u64) -> Tiny {
    let mut random = Random::new(seed);
    let most = *random.pick(&[5, 8, 12]);
    let cost = random.between(2, 4);
    let mut demands = Vec::new();
    for zone in 0..2 {
        for action in [0, 1] {
            if random.chance(80) {
                let euro = random.between(1, 7);
                demands.push(Demand {
                    action,
                    zone,
                    project: None,
                    euro,
                });
            }
        }
    }
    if random.chance(70) {
        let euro = random.between(1, 5);
        demands.push(Demand {
            action: 3,
            zone: random.below(2),
            project: None,
            euro,
        });
    }
    for project in 0..random.below(4) {
        for zone in 0..2 {
            if random.chance(65) {
                let euro = random.between(1, 5);
                demands.push(Demand {
                    action: 2,
                    zone,
                    project: Some(project),
                    euro,
                });
            }
        }
    }
    let mut tiny = Tiny {
        amounts: [random.between(1, most), random.between(0, most)],
        open: [[true; 4]; 2].map(|row| row.map(|_| random.chance(80))),
        cost,
        least: [None, Some(random.between(2, 5)), None, None],
        leps: [0; 4].map(|_| random.chance(40)),
        priority: [0; 4].map(|_| random.between(0, 3)),
        demands,
        laws: Vec::new(),
        goals: random
            .pick(&[
                vec!["value"],
                vec!["leps", "value"],
                vec!["targets", "leps", "value"],
                vec!["leximin", "value"],
                vec!["targets", "leximin", "leps", "value"],
            ])
            .clone(),
    };
    if random.chance(20) {
        tiny.least[0] = Some(random.between(2, 6));
    }
    for _ in 0..random.below(4) {
        let (floor, whole) = (random.chance(60), [0, 1, 2]);
        let law = match random.below(7) {
            0 | 1 => Law::Zones {
                action: *random.pick(&whole),
                floor,
                count: random.between(1, 2),
                soft: random.chance(50),
            },
            2 => Law::Projects {
                zone: random.chance(50).then_some(random.below(2)),
                floor,
                count: random.between(1, 2),
            },
            3 | 4 => {
                let first = *random.pick(&whole);
                let second = (first + 1 + random.below(2)) % 3;
                Law::Pair {
                    first,
                    second,
                    excludes: random.chance(50),
                }
            }
            5 => Law::Euro {
                action: random.below(4),
                floor,
                euro: random.between(1, most),
            },
            _ => Law::Units {
                count: random.between(1, 4),
            },
        };
        tiny.laws.push(law);
    }
    tiny
}

impl Tiny {
    fn files(&self) -> Files {
        let euro = |euro: i64| format!("{euro}.00");
        let mut toml = String::from(
            "[model]\nformat = 1\ntitle = \"Prova\"\nlanguage = \"it\"\n[plan]\nstart = 2022-01-01\nmonths = 12\n",
        );
        for goal in &self.goals {
            let _ = writeln!(toml, "[[goal]]\nkind = \"{goal}\"");
        }
        for (position, law) in self.laws.iter().enumerate() {
            let (strength, body) = law.text();
            let _ = writeln!(
                toml,
                "[[rule]]\nid = \"r{position}\"\nlaw = {{ act = \"Atto\" }}\nstrength = \"{strength}\"\n{body}"
            );
        }
        let mut actions =
            String::from("action,name,area,leps,kind,unit,unit_cost,priority,min_active\n");
        let mut eligibility = String::from("fund,action\n");
        for (a, action) in ACTIONS.iter().enumerate() {
            let kind = ["units", "divisible", "project", "divisible"][a];
            let cost = if a == 0 { self.cost } else { 1 };
            let leps = if self.leps[a] { "yes" } else { "no" };
            let least = self.least[a].map(euro).unwrap_or_default();
            let _ = writeln!(
                actions,
                "{action},{action},Area,{leps},{kind},u,{},{},{least}",
                euro(cost),
                self.priority[a]
            );
            for (f, fund) in FUNDS.iter().enumerate() {
                if self.open[f][a] {
                    let _ = writeln!(eligibility, "{fund},{action}");
                }
            }
        }
        let mut needs = String::from("action,zone,year,units\n");
        let mut projects = String::from("project,action,zones,item,nature,euro\n");
        for demand in &self.demands {
            let (action, zone) = (ACTIONS[demand.action], ZONES[demand.zone]);
            match demand.project {
                Some(project) => {
                    let euro = euro(demand.euro);
                    let _ = writeln!(
                        projects,
                        "P{project},{action},{zone},in-{zone},current,{euro}"
                    );
                }
                // Of units, so many as have this cost or less.
                None if demand.action == 0 => {
                    let _ = writeln!(needs, "{action},{zone},2022,{}", demand.euro);
                }
                None => {
                    let _ = writeln!(needs, "{action},{zone},2022,{}", demand.euro);
                }
            }
        }
        let mut amounts = String::from("fund,year,euro,act,confidence,source\n");
        for (f, fund) in FUNDS.iter().enumerate() {
            let _ = writeln!(
                amounts,
                "{fund},2022,{},Atto,official,x",
                euro(self.amounts[f])
            );
        }
        let mut files: Files = [
            ("model.toml", toml),
            ("zones.csv", "zone,name\na,A\nb,B\n".to_owned()),
            (
                "funds.csv",
                "fund,name,level,nature\nf,F,state,both\ng,G,region,both\n".to_owned(),
            ),
            ("amounts.csv", amounts),
            ("actions.csv", actions),
            ("eligibility.csv", eligibility),
        ]
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text.into_bytes()))
        .collect();
        files.insert("needs.csv".to_owned(), needs.into_bytes());
        files.insert("projects.csv".to_owned(), projects.into_bytes());
        files
    }

    /// The need of a demand in euro: of units, so many units.
    fn need(&self, demand: &Demand) -> i64 {
        if demand.action == 0 {
            demand.euro * self.cost
        } else {
            demand.euro
        }
    }

    /// What each demand may be paid.
    fn amounts_of(&self, demand: &Demand) -> Vec<i64> {
        let need = self.need(demand);
        match demand.action {
            0 => (0..=demand.euro).map(|units| units * self.cost).collect(),
            2 => vec![0, need],
            _ => (0..=need).collect(),
        }
    }

    /// Calls back with every plan that obeys what is hard.
    fn each_plan(&self, look: &mut impl FnMut(&[i64])) {
        let choices: Vec<Vec<i64>> = self
            .demands
            .iter()
            .map(|demand| {
                let least = self.least[demand.action].unwrap_or(0);
                let payable = (0..2).any(|f| self.open[f][demand.action] && self.amounts[f] > 0);
                let amounts = self.amounts_of(demand).into_iter();
                amounts
                    .filter(|&euro| euro == 0 || (payable && euro >= least))
                    .collect()
            })
            .collect();
        let mut plan = vec![0; choices.len()];
        self.extend(&choices, 0, &mut plan, look);
    }

    fn extend(
        &self,
        choices: &[Vec<i64>],
        next: usize,
        plan: &mut Vec<i64>,
        look: &mut impl FnMut(&[i64]),
    ) {
        let Some(own) = choices.get(next) else {
            if self.obeys(plan) {
                look(plan);
            }
            return;
        };
        for &euro in own {
            plan[next] = euro;
            if self.is_affordable(&plan[..=next]) {
                self.extend(choices, next + 1, plan, look);
            }
        }
        plan[next] = 0;
    }

    /// Two pools: what only one may pay fits into it, and everything into both.
    fn is_affordable(&self, plan: &[i64]) -> bool {
        let mut only = [0; 2];
        let mut all = 0;
        for (demand, euro) in self.demands.iter().zip(plan) {
            let open = [self.open[0][demand.action], self.open[1][demand.action]];
            match open {
                [true, false] => only[0] += euro,
                [false, true] => only[1] += euro,
                [false, false] if *euro > 0 => return false,
                _ => {}
            }
            all += euro;
        }
        only[0] <= self.amounts[0] && only[1] <= self.amounts[1] && all <= self.amounts.iter().sum()
    }

    fn obeys(&self, plan: &[i64]) -> bool {
        // A project is paid everywhere or nowhere.
        for project in 0..4 {
            let mut parts = self
                .demands
                .iter()
                .zip(plan)
                .filter(|(d, _)| d.project == Some(project));
            if let Some((_, first)) = parts.next()
                && parts.any(|(_, euro)| (*euro > 0) != (*first > 0))
            {
                return false;
            }
        }
        self.laws
            .iter()
            .all(|law| law.is_soft() || law.missing(self, plan) == 0)
    }

    fn is_active(&self, plan: &[i64], action: usize, zone: usize) -> bool {
        let paid = self.demands.iter().zip(plan);
        paid.filter(|(d, _)| d.action == action && d.zone == zone)
            .any(|(_, euro)| *euro > 0)
    }

    /// Values of the goals, in order, each in euro or shares.
    fn values(&self, plan: &[i64]) -> Vec<Exact> {
        let sum = |weight: &dyn Fn(&Demand) -> i64| -> i64 {
            self.demands
                .iter()
                .zip(plan)
                .map(|(d, euro)| weight(d) * euro)
                .sum()
        };
        let exact = |euro: i64| Exact::from_integer(i128::from(euro));
        self.goals
            .iter()
            .map(|goal| match *goal {
                "leps" => exact(sum(&|d| i64::from(self.leps[d.action]))),
                "value" => exact(sum(&|d| self.priority[d.action])),
                "targets" => {
                    let soft = self.laws.iter().filter(|law| law.is_soft());
                    -soft
                        .map(|law| {
                            Exact::new(i128::from(law.missing(self, plan)), i128::from(law.bound()))
                        })
                        .sum::<Exact>()
                }
                _ => {
                    let of = |zone: usize| {
                        let own = self
                            .demands
                            .iter()
                            .zip(plan)
                            .filter(move |(d, _)| d.zone == zone);
                        own.fold((0, 0), |sum, (d, euro)| {
                            (sum.0 + self.need(d), sum.1 + euro)
                        })
                    };
                    let covered = (0..2).map(of).filter(|(need, _)| *need > 0);
                    covered
                        .map(|(need, paid)| Exact::new(i128::from(paid), i128::from(need)))
                        .min()
                        .unwrap_or_else(Exact::zero)
                }
            })
            .collect()
    }

    /// The best values there are, goal after goal.
    fn best(&self) -> Option<Vec<Exact>> {
        let mut best: Option<Vec<Exact>> = None;
        self.each_plan(&mut |plan| {
            let values = self.values(plan);
            if best.as_ref().is_none_or(|best| values > *best) {
                best = Some(values);
            }
        });
        best
    }
}

impl Law {
    fn is_soft(&self) -> bool {
        matches!(self, Self::Zones { soft: true, .. })
    }

    fn bound(&self) -> i64 {
        match self {
            Self::Zones { count, .. } | Self::Projects { count, .. } | Self::Units { count } => {
                *count
            }
            Self::Euro { euro, .. } => *euro,
            Self::Pair { .. } => 1,
        }
    }

    /// By how much a plan misses it.
    fn missing(&self, tiny: &Tiny, plan: &[i64]) -> i64 {
        let side = |value: i64, floor: bool, bound: i64| {
            if floor {
                (bound - value).max(0)
            } else {
                (value - bound).max(0)
            }
        };
        match self {
            Self::Zones {
                action,
                floor,
                count,
                ..
            } => {
                let active = (0..2)
                    .filter(|&zone| tiny.is_active(plan, *action, zone))
                    .count();
                side(active as i64, *floor, *count)
            }
            Self::Projects { zone, floor, count } => {
                let mut paid = std::collections::BTreeSet::new();
                let mut there = std::collections::BTreeSet::new();
                for (demand, euro) in tiny.demands.iter().zip(plan) {
                    if *euro > 0 {
                        paid.extend(demand.project);
                    }
                    if zone.is_none_or(|only| only == demand.zone) {
                        there.extend(demand.project);
                    }
                }
                side(paid.intersection(&there).count() as i64, *floor, *count)
            }
            Self::Pair {
                first,
                second,
                excludes,
            } => (0..2)
                .map(|zone| {
                    let one = i64::from(tiny.is_active(plan, *first, zone));
                    let two = i64::from(tiny.is_active(plan, *second, zone));
                    if *excludes {
                        (one + two - 1).max(0)
                    } else {
                        (one - two).max(0)
                    }
                })
                .sum(),
            Self::Euro {
                action,
                floor,
                euro,
            } => {
                let paid = tiny.demands.iter().zip(plan);
                let paid = paid
                    .filter(|(d, _)| d.action == *action)
                    .map(|(_, euro)| euro)
                    .sum();
                side(paid, *floor, *euro)
            }
            Self::Units { count } => {
                let paid = tiny.demands.iter().zip(plan);
                let paid: i64 = paid
                    .filter(|(d, _)| d.action == 0)
                    .map(|(_, euro)| euro)
                    .sum();
                side(paid / tiny.cost, true, *count)
            }
        }
    }

    fn text(&self) -> (&'static str, String) {
        let relation = |floor: bool| if floor { "at_least" } else { "at_most" };
        match self {
            Self::Zones {
                action,
                floor,
                count,
                soft,
            } => (
                if *soft { "target" } else { "plan" },
                format!(
                    "measure = {{ active_zones = true, action = \"{}\" }}\n{} = {{ count = {count} }}",
                    ACTIONS[*action],
                    relation(*floor)
                ),
            ),
            Self::Projects { zone, floor, count } => {
                let zone = zone
                    .map(|z| format!(", zone = \"{}\"", ZONES[z]))
                    .unwrap_or_default();
                (
                    "law",
                    format!(
                        "measure = {{ projects = true{zone} }}\n{} = {{ count = {count} }}",
                        relation(*floor)
                    ),
                )
            }
            Self::Pair {
                first,
                second,
                excludes,
            } => (
                "law",
                format!(
                    "for_each = [\"zone\"]\nmeasure = {{ active_zones = true, action = \"{}\" }}\n{} = {{ action = \"{}\" }}",
                    ACTIONS[*first],
                    if *excludes { "excludes" } else { "requires" },
                    ACTIONS[*second]
                ),
            ),
            Self::Euro {
                action,
                floor,
                euro,
            } => (
                "plan",
                format!(
                    "measure = {{ euro = true, action = \"{}\" }}\n{} = {{ euro = \"{euro}\" }}",
                    ACTIONS[*action],
                    relation(*floor)
                ),
            ),
            Self::Units { count } => (
                "plan",
                format!(
                    "measure = {{ units = true, action = \"unita\" }}\nat_least = {{ units = \"{count}\" }}"
                ),
            ),
        }
    }
}

fn number(name: &str, usual: u64) -> u64 {
    let given = std::env::var(name).ok().and_then(|text| text.parse().ok());
    given.unwrap_or(usual)
}

fn problems(files: &Files) -> Vec<String> {
    let report = verify_files(files);
    let failures = report.findings.iter().filter(|finding| finding.failure);
    failures
        .map(|finding| finding.text(Language::English))
        .collect()
}

/// Compares an answer with the best of all plans.
fn compare(tiny: &Tiny, proposal: &Proposal, best: &[Exact]) -> Result<(), String> {
    if !proposal.excess.is_empty() {
        return Err(format!("rows broken in whole cents: {:?}", proposal.excess));
    }
    // A leximin goal of equal needs may be better in parts of a euro than in whole ones: then the
    // goals after it are compared no more.
    let mut exactly = true;
    for ((goal, line), best) in tiny.goals.iter().zip(&proposal.goals).zip(best) {
        let hair = Exact::new(1, 1_000_000);
        match *goal {
            "leximin" => {
                let needs: i64 = tiny.demands.iter().map(|d| tiny.need(d)).sum();
                let cent = Exact::new(1, i128::from(needs.max(1))) * Exact::from_integer(2);
                let bound = line.value + line.gap;
                if exactly
                    && (bound < *best - hair || line.value < *best - cent * Exact::from_integer(4))
                {
                    return Err(format!(
                        "{goal}: {} + {}, best {best}",
                        line.value, line.gap
                    ));
                }
                let own = proposal.whole.iter().flat_map(|whole| &whole.goals);
                let bound = own
                    .filter(|own| own.kind == "leximin")
                    .map(|own| own.bound)
                    .max();
                exactly &= line.value == *best && bound.is_none_or(|bound| bound <= *best + hair);
            }
            _ if exactly && (line.value - best > hair || *best - line.value > hair) => {
                return Err(format!(
                    "{goal}: {} (gap {}), best {best}",
                    line.value, line.gap
                ));
            }
            _ => {}
        }
    }
    let whole = proposal.whole.iter().flat_map(|whole| &whole.goals);
    for (bound, best) in whole.zip(best).take(1) {
        if bound.bound < *best - Exact::new(1, 1_000_000) {
            return Err(format!(
                "the solver bounds {} by {}, best {best}",
                bound.kind, bound.bound
            ));
        }
    }
    Ok(())
}

#[test]
fn no_plan_in_whole_units_and_projects_is_better() {
    let (first, cases) = (
        number("MAPPAFONDO_SEED", 1),
        number("MAPPAFONDO_CASES", 300),
    );
    let (mut proposals, mut none, mut by_search) = (0, 0, 0);
    for seed in first..first + cases {
        let tiny = tiny(seed);
        let files = tiny.files();
        let Ok(model) = read_model_from(&files) else {
            continue;
        };
        let shown = || {
            let text: Vec<String> = files
                .iter()
                .map(|(name, text)| format!("== {name}\n{}", String::from_utf8_lossy(text)))
                .collect();
            text.join("")
        };
        let inputs = Inputs {
            files: files.clone(),
        };
        let best = tiny.best();
        let written = match (propose(&model, &Options::default()), &best) {
            (Ok(Outcome::Proposal(proposal)), Some(best)) => {
                proposals += 1;
                if let Err(why) = compare(&tiny, &proposal, best) {
                    panic!("seed {seed}: {why}\n{}", shown());
                }
                proposal_files(&model, &inputs, &proposal).unwrap().files
            }
            (Ok(Outcome::Infeasible(found)), None) => {
                none += 1;
                by_search += i32::from(found.whole);
                infeasible_files(&model, &inputs, &found).unwrap().files
            }
            (answer, _) => panic!("seed {seed}: {answer:?}, best {best:?}\n{}", shown()),
        };
        let found = problems(&written);
        assert!(found.is_empty(), "seed {seed}: {found:#?}\n{}", shown());
    }
    println!(
        "{proposals} plans equal the best of all, {none} have none ({by_search} for want of whole numbers alone)"
    );
    assert!(proposals > 0);
}
