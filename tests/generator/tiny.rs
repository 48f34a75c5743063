//! Models of a few cents, small enough to look at every plan there is: one zone and year, two funds, two actions.
//!
//! A [`Law`] is written into the model and, apart from that, decided here on whole cents.

use std::collections::BTreeMap;

use mappafondo::proposal::{Outcome, Proposal};
use mappafondo::units::Exact;
use num_traits::{Signed, Zero};

use super::check::{Broken, broken};
use super::random::Random;
use super::run::{Seen, answer, read};
use super::{Action, Amount, Block, Draft, Fund, Kind, Need, Opening, Role, Zone};

const FUNDS: [&str; 2] = ["fnps", "regione"];
const ACTIONS: [&str; 2] = ["tutela", "educativa"];

/// Cents by fund and action.
type Plan = [[i64; 2]; 2];

/// Which payments are counted: funds, actions.
#[derive(Clone, Copy, Debug)]
struct Part {
    funds: [bool; 2],
    actions: [bool; 2],
}

impl Part {
    const ALL: Self = Self {
        funds: [true; 2],
        actions: [true; 2],
    };

    fn sum(&self, plan: &Plan) -> i64 {
        let cell = |(f, a): (usize, usize)| {
            if self.funds[f] && self.actions[a] {
                plan[f][a]
            } else {
                0
            }
        };
        [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().map(cell).sum()
    }

    fn measure(&self) -> String {
        let list = |names: [&str; 2], chosen: [bool; 2]| {
            let names: Vec<String> = names
                .iter()
                .zip(chosen)
                .filter(|(_, chosen)| *chosen)
                .map(|(name, _)| format!("\"{name}\""))
                .collect();
            format!("[{}]", names.join(", "))
        };
        format!(
            "euro = true, fund = {}, action = {}",
            list(FUNDS, self.funds),
            list(ACTIONS, self.actions)
        )
    }
}

/// A rule, decided on whole cents.
#[derive(Clone, Debug)]
enum Law {
    /// A floor (or cap) in cents.
    Fixed { part: Part, floor: bool, cents: i64 },
    /// A floor (or cap) as a share of everything that is given.
    OfAll {
        part: Part,
        floor: bool,
        share: Exact,
    },
    /// A floor (or cap) as a share of what one fund assigns.
    Assigned {
        fund: usize,
        action: usize,
        floor: bool,
        share: Exact,
    },
    /// A floor as a share of the need of an action.
    Demand { action: usize, share: Exact },
    /// Both funds in proportion, in each action or over both.
    Proportion { share: Exact, each: bool },
    /// The first fund pays at least its share, in each action or over both.
    Minimum { share: Exact, each: bool },
    /// A soft floor in cents.
    Target { part: Part, cents: i64 },
}

/// A model to be looked at as a whole.
#[derive(Clone, Debug)]
pub(crate) struct Tiny {
    amounts: [i64; 2],
    needs: [i64; 2],
    leps: [bool; 2],
    priority: [i64; 2],
    open: [[bool; 2]; 2],
    max_share: Option<(usize, usize, Exact)>,
    laws: Vec<Law>,
}

fn text(share: &Exact) -> String {
    format!("{}/{}", share.numer(), share.denom())
}

pub(crate) fn tiny(seed: u64) -> Tiny {
    let mut random = Random::new(seed);
    let most = *random.pick(&[3, 5, 7, 9]);
    let shares: [Exact; 7] =
        [(1, 2), (1, 3), (2, 5), (3, 4), (1, 7), (17, 20), (1, 10)].map(|(n, d)| Exact::new(n, d));
    let mut tiny = Tiny {
        amounts: [random.between(1, most), random.between(0, most)],
        needs: [random.between(1, most), random.between(0, most)],
        leps: [true, random.chance(30)],
        priority: [random.between(0, 3), random.between(0, 3)],
        open: [
            [random.chance(85), random.chance(85)],
            [random.chance(85), random.chance(85)],
        ],
        max_share: None,
        laws: Vec::new(),
    };
    if random.chance(20) {
        tiny.max_share = Some((random.below(2), random.below(2), *random.pick(&shares)));
    }
    let mut floors = [0; 2];
    for _ in 0..random.below(4) {
        let part = Part {
            funds: *random.pick(&[[true, true], [true, false], [false, true]]),
            actions: *random.pick(&[[true, true], [true, false], [false, true]]),
        };
        let (floor, share) = (random.chance(50), *random.pick(&shares));
        let law = match random.below(9) {
            0 => Law::Fixed {
                part,
                floor,
                cents: random.between(1, most),
            },
            1 | 2 => Law::OfAll { part, floor, share },
            3 => {
                let fund = random.below(2);
                floors[fund] += i64::from(floor);
                Law::Assigned {
                    fund,
                    action: random.below(2),
                    floor,
                    share,
                }
            }
            4 => Law::Demand {
                action: random.below(2),
                share,
            },
            5 => Law::Proportion {
                share,
                each: random.chance(50),
            },
            6 => Law::Minimum {
                share,
                each: random.chance(50),
            },
            _ => Law::Target {
                part,
                cents: random.between(1, 2 * most),
            },
        };
        // Two floors on one amount may give way a cent together: not decided here.
        if floors.iter().all(|n| *n < 2) {
            tiny.laws.push(law);
        }
    }
    tiny
}

impl Tiny {
    pub(crate) fn draft(&self) -> Draft {
        let mut draft = Draft {
            years: vec![2022],
            zones: vec![Zone {
                id: "valle".to_owned(),
                residents: 1000,
                minors: 100,
                mountain: false,
                capacity: 0,
                to: None,
            }],
            ..Draft::default()
        };
        for (f, id) in FUNDS.iter().enumerate() {
            draft.funds.push(Fund {
                id: (*id).to_owned(),
                nature: "current",
                role: Role::Pool,
                carry_over: String::new(),
                last_spend: String::new(),
            });
            draft.amounts.push(Amount {
                fund: (*id).to_owned(),
                year: 2022,
                zone: String::new(),
                cents: self.amounts[f],
                act: "Atto".to_owned(),
            });
            for (a, action) in ACTIONS.iter().enumerate() {
                if self.open[f][a] {
                    let share = self
                        .max_share
                        .filter(|of| (of.0, of.1) == (f, a))
                        .map(|of| text(&of.2));
                    draft.openings.push(Opening {
                        fund: (*id).to_owned(),
                        action: (*action).to_owned(),
                        condition: String::new(),
                        max_share: share.unwrap_or_default(),
                        from: String::new(),
                        to: String::new(),
                    });
                }
            }
        }
        for (a, id) in ACTIONS.iter().enumerate() {
            draft.actions.push(Action {
                id: (*id).to_owned(),
                tags: "",
                leps: self.leps[a],
                nature: "current",
                priority: ["0", "1", "2", "3"][self.priority[a] as usize],
                persistent: false,
                unit_cost: 1,
                costs: BTreeMap::new(),
            });
            draft.needs.push(Need {
                action: (*id).to_owned(),
                zone: "valle".to_owned(),
                year: 2022,
                units: Some(self.needs[a] * 100),
            });
        }
        for (position, law) in self.laws.iter().enumerate() {
            draft.blocks.push(law.block(position));
        }
        draft
    }

    /// Every plan in whole cents that obeys the laws.
    fn plans(&self) -> Vec<Plan> {
        let most = |f: usize, a: usize| {
            if self.open[f][a] {
                self.amounts[f].min(self.needs[a])
            } else {
                0
            }
        };
        let mut plans = Vec::new();
        for a in 0..=most(0, 0) {
            for b in 0..=most(0, 1) {
                for c in 0..=most(1, 0) {
                    for d in 0..=most(1, 1) {
                        let plan = [[a, b], [c, d]];
                        if self.allows(&plan) {
                            plans.push(plan);
                        }
                    }
                }
            }
        }
        plans
    }

    fn allows(&self, plan: &Plan) -> bool {
        let funds = (0..2).all(|f| plan[f][0] + plan[f][1] <= self.amounts[f]);
        let needs = (0..2).all(|a| plan[0][a] + plan[1][a] <= self.needs[a]);
        let share = self
            .max_share
            .is_none_or(|(f, a, share)| whole(plan[f][a]) <= whole(self.needs[a]) * share);
        funds && needs && share && self.laws.iter().all(|law| law.allows(plan, self))
    }

    /// The usual goals, in the order of the program: leps, targets, leximin, value, at_risk.
    fn goals(&self, plan: &Plan) -> Vec<(&'static str, Exact)> {
        let given = |a: usize| plan[0][a] + plan[1][a];
        let euro = |cents: i64| Exact::new(i128::from(cents), 100);
        let leps = (0..2).filter(|&a| self.leps[a]).map(given).sum();
        let mut short = Exact::zero();
        for law in &self.laws {
            if let Law::Target { part, cents } = law {
                short -= Exact::new(
                    i128::from((cents - part.sum(plan)).max(0)),
                    i128::from(*cents),
                );
            }
        }
        let all = given(0) + given(1);
        let need = self.needs[0] + self.needs[1];
        let value = (0..2).map(|a| self.priority[a] * given(a)).sum();
        vec![
            ("leps", euro(leps)),
            ("targets", short),
            (
                "leximin",
                if need > 0 {
                    Exact::new(i128::from(all), i128::from(need))
                } else {
                    Exact::zero()
                },
            ),
            ("value", euro(value)),
            ("at_risk", euro(all)),
        ]
    }
}

fn whole(cents: i64) -> Exact {
    Exact::from_integer(i128::from(cents))
}

impl Law {
    fn block(&self, position: usize) -> Block {
        let id = format!("legge-{position}");
        let relation = |floor: bool| if floor { "at_least" } else { "at_most" };
        let rule = |strength: &str, measure: String, bound: String| {
            format!(
                "[[rule]]\nid = \"{id}\"\nlaw = {{ act = \"Atto di prova\" }}\nstrength = \"{strength}\"\nmeasure = {{ {measure} }}\n{bound}"
            )
        };
        let rule_of_match = |body: String, each: bool| {
            let per = if each { "operation" } else { "priority" };
            format!(
                "[[match]]\nid = \"{id}\"\nlaw = {{ act = \"Atto di prova\" }}\nstrength = \"law\"\n{body}\nper = \"{per}\""
            )
        };
        let text = match self {
            Self::Fixed { part, floor, cents } => rule(
                "plan",
                part.measure(),
                format!("{} = {{ euro = \"€{cents};\" }}", relation(*floor)),
            ),
            Self::OfAll { part, floor, share } => {
                // The base of `allocated` is the funds measured.
                let bound = format!(
                    "{} = {{ share_of = \"allocated\", share = \"{}\" }}",
                    relation(*floor),
                    text(share)
                );
                rule("law", part.measure(), bound)
            }
            Self::Assigned {
                fund,
                action,
                floor,
                share,
            } => {
                let measure = format!(
                    "euro = true, fund = \"{}\", action = \"{}\"",
                    FUNDS[*fund], ACTIONS[*action]
                );
                let bound = format!(
                    "{} = {{ share_of = \"assigned\", share = \"{}\" }}",
                    relation(*floor),
                    text(share)
                );
                rule("plan", measure, bound)
            }
            Self::Demand { action, share } => {
                let bound = format!(
                    "at_least = {{ share_of = \"demand\", share = \"{}\" }}",
                    text(share)
                );
                rule(
                    "law",
                    format!("euro = true, action = \"{}\"", ACTIONS[*action]),
                    bound,
                )
            }
            Self::Proportion { share, each } => {
                let rest = Exact::from_integer(1) - share;
                let shares = format!(
                    "shares = {{ {} = \"{}\", {} = \"{}\" }}",
                    FUNDS[0],
                    text(share),
                    FUNDS[1],
                    text(&rest)
                );
                rule_of_match(shares, *each)
            }
            Self::Minimum { share, each } => rule_of_match(
                format!(
                    "minimum = {{ {} = \"{}\" }}\namong = [\"{}\", \"{}\"]",
                    FUNDS[0],
                    text(share),
                    FUNDS[0],
                    FUNDS[1]
                ),
                *each,
            ),
            Self::Target { part, cents } => rule(
                "target",
                part.measure(),
                format!("at_least = {{ euro = \"€{cents};\" }}"),
            ),
        };
        let kind = if text.starts_with("[[match") {
            Kind::Match
        } else {
            Kind::Rule
        };
        Block { kind, id, text }
    }

    fn allows(&self, plan: &Plan, tiny: &Tiny) -> bool {
        let compare = |value: i64, floor: bool, bound: Exact| {
            if floor {
                whole(value) >= bound
            } else {
                whole(value) <= bound
            }
        };
        let places = |each: bool| {
            if each {
                vec![[true, false], [false, true]]
            } else {
                vec![[true, true]]
            }
        };
        match self {
            Self::Fixed { part, floor, cents } => compare(part.sum(plan), *floor, whole(*cents)),
            Self::OfAll { part, floor, share } => {
                let all = Part {
                    actions: [true; 2],
                    ..*part
                }
                .sum(plan);
                compare(part.sum(plan), *floor, whole(all) * share)
            }
            Self::Assigned {
                fund,
                action,
                floor,
                share,
            } => compare(
                plan[*fund][*action],
                *floor,
                whole(tiny.amounts[*fund]) * share,
            ),
            Self::Demand { action, share } => compare(
                plan[0][*action] + plan[1][*action],
                true,
                whole(tiny.needs[*action]) * share,
            ),
            Self::Proportion { share, each } => places(*each).into_iter().all(|actions| {
                let total = whole(
                    Part {
                        actions,
                        ..Part::ALL
                    }
                    .sum(plan),
                );
                let first = whole(
                    Part {
                        funds: [true, false],
                        actions,
                    }
                    .sum(plan),
                );
                (first - total * share).abs() < whole(1)
            }),
            Self::Minimum { share, each } => places(*each).into_iter().all(|actions| {
                let total = whole(
                    Part {
                        actions,
                        ..Part::ALL
                    }
                    .sum(plan),
                );
                whole(
                    Part {
                        funds: [true, false],
                        actions,
                    }
                    .sum(plan),
                ) >= total * share
            }),
            Self::Target { .. } => true,
        }
    }
}

/// Looks at every plan of a model and at what the program says of it.
pub(crate) fn against_all(tiny: &Tiny, seed: u64, seen: &mut Seen) -> Result<(), Broken> {
    let plans = tiny.plans();
    let model = read(&tiny.draft().files())?;
    seen.count("plans enumerated", plans.len() as u64);
    match answer(&model, seen)? {
        None => broken("refused", "a model of a few cents"),
        Some(Outcome::Infeasible(found)) => {
            seen.infeasible += 1;
            if let Some(plan) = plans.first() {
                return broken(
                    "wrong conflict",
                    format!("{:?}, yet {plan:?} obeys every rule", found.conflict),
                );
            }
            Ok(())
        }
        Some(Outcome::Proposal(proposal)) => {
            seen.proposals += 1;
            seen.picked += u64::from(proposal.pick.proved);
            if proposal.excess.is_empty() {
                compare(tiny, &plans, &proposal, seed, seen)
            } else {
                seen.excess.push(seed);
                let word = if plans.is_empty() {
                    "no plan in whole cents: told by name"
                } else {
                    "a plan in whole cents exists, but a row is told as broken"
                };
                seen.count(word, 1);
                Ok(())
            }
        }
    }
}

fn compare(
    tiny: &Tiny,
    plans: &[Plan],
    proposal: &Proposal,
    seed: u64,
    seen: &mut Seen,
) -> Result<(), Broken> {
    let mut plan: Plan = [[0; 2]; 2];
    // Positions are in order of id: of the funds as here, of the actions the other way round.
    for line in &proposal.ledger {
        plan[line.fund.index()][1 - line.action.index()] += line.euro.cents();
    }
    if !plans.contains(&plan) {
        return broken("plan", format!("{plan:?} does not obey every rule"));
    }
    let own = tiny.goals(&plan);
    let told: Vec<(&str, Exact, Exact)> = proposal
        .goals
        .iter()
        .map(|goal| (goal.kind, goal.value, goal.gap))
        .collect();
    let tiny_part = Exact::new(1, 1_000_000_000_000);
    let mut good: Vec<&Plan> = plans.iter().collect();
    for (kind, value, gap) in told {
        let position = own.iter().position(|goal| goal.0 == kind);
        let Some(position) = position else {
            return broken("goal", format!("an unknown goal {kind}"));
        };
        let of = |plan: &Plan| tiny.goals(plan)[position].1;
        let mine = own[position].1;
        if (mine - value).abs() > tiny_part {
            return broken(
                "goal",
                format!("{kind} is {mine} for {plan:?}, told {value}"),
            );
        }
        let best = good.iter().map(|plan| of(plan)).max().unwrap_or(mine);
        if best > value + gap + tiny_part {
            return broken(
                "bound",
                format!("{kind}: {best} is possible, told {value} within {gap}"),
            );
        }
        let lost = match kind {
            "leps" => Some(("leps lost to rounding, in cents", best - mine)),
            "value" => Some(("value lost to rounding, in cents", best - mine)),
            _ => None,
        };
        if let Some((what, lost)) = lost {
            let cents = (lost * Exact::from_integer(100)).ceil().to_integer();
            seen.count(what, u64::try_from(cents).unwrap_or(0));
            let size = *cents_as_float(&lost);
            let worst = seen.worst.entry(kind_word(kind)).or_default();
            if size > worst.0 {
                *worst = (size, seed);
            }
        }
        good.retain(|plan| of(plan) >= mine);
    }
    Ok(())
}

fn kind_word(kind: &str) -> &'static str {
    if kind == "leps" {
        "leps, true loss"
    } else {
        "value, true loss"
    }
}

fn cents_as_float(euro: &Exact) -> Box<f64> {
    Box::new(*euro.numer() as f64 / *euro.denom() as f64)
}
