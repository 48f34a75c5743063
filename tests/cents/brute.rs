//! Whole cents against every plan there is: models of a few cents, each plan enumerated apart from the program.
//!
//! `MAPPAFONDO_CASES` says how many models, `MAPPAFONDO_SEED` from which: the suite looks at 60, a campaign at
//! `MAPPAFONDO_CASES=2000 cargo test --test cents brute -- --nocapture`.

use std::fmt::Write as _;

use mappafondo::units::Exact;

use super::checked;
use super::common::ModelText;
use super::random::Random;

/// An action in a zone, with a need in cents.
#[derive(Clone, Copy, Debug)]
struct Demand {
    action: usize,
    zone: usize,
    need: i64,
}

/// A rule, decided here on what each fund pays for each demand.
#[derive(Clone, Debug)]
enum Law {
    /// Not more than so many cents, in a zone or in all.
    Cap { zone: Option<usize>, cents: i64 },
    /// At least so many cents for an action, of a law or asked for as a target.
    Floor {
        action: usize,
        cents: i64,
        soft: bool,
    },
    /// The first fund pays a share of each demand, or of all together, within a cent.
    Proportion { share: (i64, i64), each: bool },
    /// The first fund pays at least a share of each demand.
    Least { share: (i64, i64) },
}

#[derive(Clone, Debug)]
struct Tiny {
    amounts: [i64; 2],
    open: [[bool; 2]; 2],
    leps: [bool; 2],
    priority: [i64; 2],
    demands: Vec<Demand>,
    laws: Vec<Law>,
    goals: Vec<&'static str>,
}

const SHARES: [(i64, i64); 6] = [(1, 2), (1, 3), (2, 3), (9, 10), (1, 4), (2, 7)];

fn tiny(seed: u64) -> Tiny {
    let mut random = Random::new(seed);
    let mut demands = Vec::new();
    for action in 0..2 {
        for zone in 0..2 {
            if demands.len() < 3 && random.chance(70) {
                let need = random.between(1, 6);
                demands.push(Demand { action, zone, need });
            }
        }
    }
    let mut laws = Vec::new();
    for _ in 0..random.between(1, 3) {
        let share = *random.pick(&SHARES);
        laws.push(match random.below(7) {
            0 | 1 => Law::Cap {
                zone: random.chance(60).then_some(random.below(2)),
                cents: random.between(1, 7),
            },
            2 => Law::Floor {
                action: random.below(2),
                cents: random.between(1, 5),
                soft: random.chance(70),
            },
            3 => Law::Least { share },
            4 => Law::Proportion { share, each: false },
            _ => Law::Proportion { share, each: true },
        });
    }
    Tiny {
        amounts: [random.between(1, 7), random.between(1, 7)],
        open: [[true; 2]; 2].map(|row| row.map(|_| random.chance(85))),
        leps: [0; 2].map(|_| random.chance(60)),
        priority: [0; 2].map(|_| random.between(1, 3)),
        demands,
        laws,
        goals: random
            .pick(&[
                vec!["value"],
                vec!["leps", "value"],
                vec!["targets", "value"],
                vec!["leps", "targets"],
            ])
            .clone(),
    }
}

fn euro(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// What the two funds pay for each demand.
type Plan = Vec<[i64; 2]>;

impl Tiny {
    fn text(&self) -> ModelText {
        let mut toml = String::new();
        for goal in &self.goals {
            let _ = writeln!(toml, "[[goal]]\nkind = \"{goal}\"");
        }
        for (position, law) in self.laws.iter().enumerate() {
            toml.push_str(&law.text(position));
        }
        let mut actions = "action,leps,priority".to_owned();
        let mut eligibility = "fund,action".to_owned();
        for action in 0..2 {
            let leps = if self.leps[action] { "yes" } else { "no" };
            let _ = write!(actions, "\na{action},{leps},{}", self.priority[action]);
            for fund in (0..2).filter(|&fund| self.open[fund][action]) {
                let _ = write!(eligibility, "\nf{fund},a{action}");
            }
        }
        let mut needs = "action,zone,year,units".to_owned();
        for demand in &self.demands {
            let (action, zone) = (demand.action, demand.zone);
            let _ = write!(needs, "\na{action},z{zone},2022,{}", euro(demand.need));
        }
        let amounts = format!(
            "fund,year,euro\nf0,2022,{}\nf1,2022,{}",
            euro(self.amounts[0]),
            euro(self.amounts[1])
        );
        ModelText::new()
            .toml(&toml)
            .table("zones", "zone\nz0\nz1")
            .table("funds", "fund\nf0\nf1")
            .table("amounts", &amounts)
            .table("actions", &actions)
            .table("eligibility", &eligibility)
            .table("needs", &needs)
    }

    /// The best first goal of all plans in whole cents that obey what is hard.
    fn best(&self) -> Option<Exact> {
        let mut best = None;
        self.extend(&mut Vec::new(), [0, 0], &mut |plan| {
            if self.laws.iter().all(|law| law.holds(self, plan)) {
                best = best.max(Some(self.first_goal(plan)));
            }
        });
        best
    }

    fn extend(&self, plan: &mut Plan, spent: [i64; 2], look: &mut impl FnMut(&Plan)) {
        let Some(demand) = self.demands.get(plan.len()) else {
            look(plan);
            return;
        };
        let most = |fund: usize| {
            let open = self.open[fund][demand.action];
            let left = self.amounts[fund] - spent[fund];
            if open { demand.need.min(left) } else { 0 }
        };
        for first in 0..=most(0) {
            for second in 0..=most(1).min(demand.need - first) {
                plan.push([first, second]);
                self.extend(plan, [spent[0] + first, spent[1] + second], look);
                plan.pop();
            }
        }
    }

    /// In euro, or minus the shares of targets that are missing.
    fn first_goal(&self, plan: &Plan) -> Exact {
        let sum = |weight: &dyn Fn(usize) -> i64| {
            let paid = self.demands.iter().zip(plan);
            let cents: i64 = paid
                .map(|(demand, paid)| weight(demand.action) * (paid[0] + paid[1]))
                .sum();
            Exact::new(i128::from(cents), 100)
        };
        match self.goals[0] {
            "leps" => sum(&|action| i64::from(self.leps[action])),
            "value" => sum(&|action| self.priority[action]),
            _ => self
                .laws
                .iter()
                .map(|law| match law {
                    Law::Floor {
                        action,
                        cents,
                        soft: true,
                    } => {
                        let missing = (cents - of_action(self, plan, *action)).max(0);
                        -Exact::new(i128::from(missing), i128::from(*cents))
                    }
                    _ => Exact::from_integer(0),
                })
                .sum(),
        }
    }
}

fn of_action(tiny: &Tiny, plan: &Plan, action: usize) -> i64 {
    let paid = tiny.demands.iter().zip(plan);
    paid.filter(|(demand, _)| demand.action == action)
        .map(|(_, paid)| paid[0] + paid[1])
        .sum()
}

impl Law {
    fn text(&self, position: usize) -> String {
        let head = format!("id = \"r{position}\"\nlaw = {{ act = \"Atto\" }}\n");
        let share = |(a, b): (i64, i64)| format!("{a}/{b}");
        match self {
            Self::Cap { zone, cents } => {
                let zone = zone.map_or(String::new(), |zone| format!(", zone = \"z{zone}\""));
                format!(
                    "[[rule]]\n{head}strength = \"law\"\nmeasure = {{ euro = true{zone} }}\nat_most = {{ euro = \"{}\" }}\n",
                    euro(*cents)
                )
            }
            Self::Floor {
                action,
                cents,
                soft,
            } => {
                let strength = if *soft { "target" } else { "law" };
                format!(
                    "[[rule]]\n{head}strength = \"{strength}\"\nmeasure = {{ euro = true, action = \"a{action}\" }}\nat_least = {{ euro = \"{}\" }}\n",
                    euro(*cents)
                )
            }
            Self::Proportion { share: of, each } => {
                let (a, b) = *of;
                let per = if *each { "operation" } else { "priority" };
                format!(
                    "[[match]]\n{head}strength = \"law\"\nshares = {{ f0 = \"{}\", f1 = \"{}\" }}\nper = \"{per}\"\n",
                    share((a, b)),
                    share((b - a, b))
                )
            }
            Self::Least { share: of } => format!(
                "[[match]]\n{head}strength = \"law\"\nminimum = {{ f0 = \"{}\" }}\namong = [\"f0\", \"f1\"]\nper = \"operation\"\n",
                share(*of)
            ),
        }
    }

    fn holds(&self, tiny: &Tiny, plan: &Plan) -> bool {
        let all = || {
            let first: i64 = plan.iter().map(|paid| paid[0]).sum();
            let second: i64 = plan.iter().map(|paid| paid[1]).sum();
            [first, second]
        };
        match self {
            Self::Cap { zone, cents } => {
                let paid = tiny.demands.iter().zip(plan);
                let sum: i64 = paid
                    .filter(|(demand, _)| zone.is_none_or(|zone| demand.zone == zone))
                    .map(|(_, paid)| paid[0] + paid[1])
                    .sum();
                sum <= *cents
            }
            Self::Floor {
                action,
                cents,
                soft,
            } => *soft || of_action(tiny, plan, *action) >= *cents,
            Self::Proportion { share, each } => {
                let holds = |paid: &[i64; 2]| {
                    let off = paid[0] * share.1 - share.0 * (paid[0] + paid[1]);
                    off.abs() < share.1
                };
                if *each {
                    plan.iter().all(holds)
                } else {
                    holds(&all())
                }
            }
            Self::Least { share } => plan
                .iter()
                .all(|paid| paid[0] * share.1 >= share.0 * (paid[0] + paid[1])),
        }
    }
}

/// Shares of targets have eighteen digits; euro are exact.
fn same_goal(found: Exact, best: Exact) -> bool {
    let off = if found > best {
        found - best
    } else {
        best - found
    };
    off < Exact::new(1, 1_000_000_000_000_000)
}

#[test]
fn no_plan_in_whole_cents_is_better_for_the_first_goal() {
    let number = |name: &str, usual: u64| {
        let text = std::env::var(name).ok();
        text.and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let (cases, first) = (number("MAPPAFONDO_CASES", 60), number("MAPPAFONDO_SEED", 0));
    let (mut same, mut none) = (0, 0);
    let mut wrong = Vec::new();
    for seed in first..first + cases {
        let tiny = tiny(seed);
        let text = tiny.text();
        let Ok(model) = text.try_read() else {
            continue;
        };
        let best = tiny.best();
        match (checked(&model, text.files()), best) {
            (Ok(proposal), Some(best)) => {
                let found = proposal.goals.first().map(|goal| goal.value);
                if !proposal.excess.is_empty() || found.is_some_and(|found| !same_goal(found, best))
                {
                    wrong.push(format!(
                        "{seed}: {found:?}, best {best}, excess {:?}: {tiny:?}",
                        proposal.excess
                    ));
                } else {
                    same += 1;
                }
            }
            (Ok(proposal), None) if proposal.excess.is_empty() => {
                wrong.push(format!("{seed}: a plan where there is none: {tiny:?}"));
            }
            (Err(why), Some(_)) => wrong.push(format!("{seed}: {why}: {tiny:?}")),
            (Ok(_) | Err(_), None) => none += 1,
        }
    }
    println!("{same} plans as good as the best in whole cents, {none} models without one");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(
        same * 2 > cases,
        "too few models have a plan: {same} of {cases}"
    );
}
