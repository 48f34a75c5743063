//! Goals that leave room to those after them, and worth that falls with coverage: random models, and two zones with every plan in whole
//! cents.

use mappafondo::proposal::{Outcome, Proposal};
use mappafondo::units::Exact;
use num_traits::{One, Zero};

use super::ONE_AT_A_TIME;
use super::generator::Files;
use super::generator::check::{Broken, broken};
use super::generator::draw::draft;
use super::generator::random::Random;
use super::generator::room::with_room;
use super::generator::run::{self, Seen, answer, cases, first_seed, many, read};

#[test]
fn every_answer_about_goals_with_room_holds() {
    let _alone = ONE_AT_A_TIME.lock();
    let drawn = |seed| with_room(draft(seed + 7_000_000), seed);
    let seen = many("goals with room", cases(400), drawn, run::one);
    assert!(seen.proposals > seen.cases / 2);
}

/// One fund, one action, two zones; what the first goal is, then value.
#[derive(Debug)]
struct Two {
    money: i64,
    needs: [i64; 2],
    weights: [i64; 2],
    first: First,
    /// Where the worth of a euro falls, and to what part, in hundredths.
    falls: Option<(Exact, i64)>,
}

#[derive(Debug)]
enum First {
    Leximin { tolerance: Exact, bound: Exact },
    Floor(Exact),
}

impl Two {
    fn drawn(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let share = |random: &mut Random| Exact::new(random.between(0, 12).into(), 12);
        let needs = [random.between(1, 40), random.between(1, 40)];
        let first = if random.chance(60) {
            let tolerance = share(&mut random) / Exact::from_integer(3);
            let bound = if random.chance(50) {
                Exact::one()
            } else {
                share(&mut random)
            };
            First::Leximin { tolerance, bound }
        } else {
            First::Floor(share(&mut random))
        };
        let falls = random.chance(50).then(|| {
            let at = Exact::new(random.between(1, 11).into(), 12);
            (at, random.between(0, 99))
        });
        Self {
            falls,
            money: random.between(1, needs[0] + needs[1] + 5),
            needs,
            weights: [random.between(1, 3), random.between(1, 3)],
            first,
        }
    }

    fn files(&self) -> Files {
        let first = match &self.first {
            First::Leximin { tolerance, bound } => {
                format!("kind = \"leximin\"\ntolerance = \"{tolerance}\"\nbound = \"{bound}\"")
            }
            First::Floor(coverage) => format!("kind = \"floor\"\ncoverage = \"{coverage}\""),
        };
        let bands = self.falls.map_or(String::new(), |(at, part)| {
            format!(
                "bands = [{{ up_to = \"{at}\", weight = 1 }}, {{ weight = \"0.{part:02}\" }}]\n"
            )
        });
        let [a, b] = self.weights;
        let model = format!(
            "[model]\nformat = 1\ntitle = \"t\"\n[plan]\nstart = 2022-01-01\nmonths = 12\n[[goal]]\n{first}\n[[goal]]\nkind = \"value\"\nweights = [{{ where = \"s = 0\", weight = \"{a}\" }}, {{ where = \"s = 1\", weight = \"{b}\" }}]\n{bands}"
        );
        let cents = |cents: i64| format!("0.{cents:02}");
        let table = |name: &str, text: String| (format!("{name}.csv"), text.into_bytes());
        let mut files = Files::from([
            table("zones", "zone,name,s\na,A,0\nb,B,1\n".to_owned()),
            table("funds", "fund,name,level,nature\nf,F,state,current\n".to_owned()),
            table("eligibility", "fund,action\nf,x\n".to_owned()),
            table(
                "actions",
                "action,name,area,leps,kind,unit,unit_cost,priority\nx,X,A,no,divisible,euro,1.00,1\n"
                    .to_owned(),
            ),
            table(
                "amounts",
                format!("fund,year,euro,act,confidence,source\nf,2022,{},A,official,s\n", cents(self.money)),
            ),
            table(
                "needs",
                format!("action,zone,year,units\nx,a,2022,{}\nx,b,2022,{}\n", cents(self.needs[0]), cents(self.needs[1])),
            ),
        ]);
        files.insert("model.toml".to_owned(), model.into_bytes());
        files
    }

    /// What the first goal comes to for a plan, in its unit: a share, or euro.
    fn first(&self, plan: [i64; 2]) -> Exact {
        let whole = |cents: i64| Exact::from_integer(cents.into());
        match &self.first {
            First::Leximin { bound, .. } => {
                let coverage = |zone: usize| whole(plan[zone]) / whole(self.needs[zone]);
                coverage(0).min(coverage(1)).min(*bound)
            }
            First::Floor(coverage) => {
                let missing = |zone: usize| {
                    let wanted = (whole(self.needs[zone]) * coverage).ceil();
                    (wanted - whole(plan[zone])).max(Exact::zero())
                };
                -(missing(0) + missing(1)) / whole(100)
            }
        }
    }

    fn value(&self, plan: [i64; 2]) -> Exact {
        let worth = |zone: usize| {
            let cents = |cents: i64| Exact::from_integer(cents.into());
            let worth = match self.falls {
                Some((at, part)) => {
                    let end = (cents(self.needs[zone]) * at).floor();
                    let inside = cents(plan[zone]).min(end);
                    inside + (cents(plan[zone]) - inside) * Exact::new(part.into(), 100)
                }
                None => cents(plan[zone]),
            };
            worth * cents(self.weights[zone]) / cents(100)
        };
        worth(0) + worth(1)
    }

    fn plans(&self) -> Vec<[i64; 2]> {
        let of = |a: i64| (0..=self.needs[1].min(self.money - a)).map(move |b| [a, b]);
        (0..=self.needs[0].min(self.money)).flat_map(of).collect()
    }

    /// The proposal against every plan in whole cents.
    fn judge(&self, proposal: &Proposal) -> Result<(), Broken> {
        let mut plan = [0; 2];
        for line in &proposal.ledger {
            plan[line.zone.index()] += line.euro.cents();
        }
        let [first, value] = proposal.goals.as_slice() else {
            return broken("goals", "there are not two");
        };
        let level = |value: Exact| match self.first {
            // A level is told in cents of the largest need.
            First::Leximin { .. } => {
                let steps = Exact::from_integer(self.needs[0].max(self.needs[1]).into());
                (value * steps).floor() / steps
            }
            First::Floor(_) => value,
        };
        if first.value != level(self.first(plan)) || value.value != self.value(plan) {
            return broken("goals", format!("{:?} for {plan:?}", proposal.goals));
        }
        let best = self.plans().into_iter().map(|plan| level(self.first(plan)));
        let best = best.max();
        let best = best.unwrap_or_else(Exact::zero);
        if best > first.value + first.gap {
            return broken("bound", format!("the first goal can have {best}"));
        }
        let (tolerance, cent) = match &self.first {
            First::Leximin { tolerance, .. } => {
                let least = self.needs[0].min(self.needs[1]);
                (*tolerance, Exact::new(2, least.into()))
            }
            First::Floor(_) => (Exact::zero(), Exact::new(1, 50)),
        };
        if first.value < best - tolerance - cent {
            return broken("room", format!("{} of {best}", first.value));
        }
        // All that is within the tolerance of what is proved of the first goal: none is better than the proof of the second says.
        let kept = first.value.min(first.value + first.gap - tolerance);
        let rivals = self
            .plans()
            .into_iter()
            .filter(|plan| level(self.first(*plan)) >= kept);
        let most = rivals.map(|plan| self.value(plan)).max();
        match most {
            Some(most) if most > value.value + value.gap => broken(
                "value",
                format!("{most} can be had, told {} + {}", value.value, value.gap),
            ),
            // Whole cents lose less than a cent of each zone and what a cent of the lock is worth.
            Some(most) if most > value.value + Exact::new(30, 100) => {
                broken("lost", format!("{most} can be had, told {}", value.value))
            }
            _ => Ok(()),
        }
    }
}

#[test]
fn no_plan_in_whole_cents_is_better_than_goals_with_room_say() {
    let _alone = ONE_AT_A_TIME.lock();
    let first = first_seed();
    let mut seen = Seen::default();
    for seed in first..first + cases(400) {
        let two = Two::drawn(seed);
        let mut judged = || -> Result<(), Broken> {
            let model = read(&two.files())?;
            match answer(&model, &mut seen)? {
                Some(Outcome::Proposal(proposal)) => two.judge(&proposal),
                Some(Outcome::Infeasible(_)) => broken("infeasible", "nothing is asked"),
                None => Ok(()),
            }
        };
        if let Err(why) = judged() {
            panic!("seed {seed}: {}: {}\n{two:?}", why.what, why.how);
        }
    }
    assert!(seen.refused < cases(400) / 10, "{seen:?}");
}

/// One action of one zone in two years, each with its own money: what is steady, or what stays open.
#[derive(Debug)]
struct Years {
    money: [i64; 2],
    needs: [i64; 2],
    before: Option<i64>,
    costs: [i64; 2],
    weights: [i64; 2],
    open: bool,
    value_first: bool,
}

impl Years {
    fn drawn(seed: u64) -> Self {
        let mut random = Random::new(seed ^ 0x7EA2_5000);
        let mut two = |low, high| [random.between(low, high), random.between(low, high)];
        let (mut money, needs) = (two(0, 40), two(1, 40));
        // Some year has money.
        money[1] = money[1].max(1 - money[0]);
        let (costs, weights) = (two(1, 4), two(0, 3));
        let open = random.chance(50);
        Self {
            money,
            needs,
            before: random.chance(50).then(|| random.between(0, 40)),
            costs: if open { costs } else { [1, 1] },
            weights,
            open,
            value_first: random.chance(40),
        }
    }

    fn files(&self) -> Files {
        let kind = if self.open { "open" } else { "steady" };
        let [a, b] = self.weights;
        let years = format!("[[goal]]\nkind = \"{kind}\"\naction = \"x\"\n");
        let value = format!(
            "[[goal]]\nkind = \"value\"\nweights = [{{ years = [2022], weight = \"{a}\" }}, {{ years = [2023], weight = \"{b}\" }}]\n"
        );
        let goals = if self.value_first {
            value + &years
        } else {
            years + &value
        };
        let model = format!(
            "[model]\nformat = 1\ntitle = \"t\"\n[plan]\nstart = 2022-01-01\nmonths = 24\n{goals}"
        );
        let cents = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
        let [cost, next] = self.costs;
        let units = |year: usize| Exact::new(self.needs[year].into(), 1);
        let table = |name: &str, text: String| (format!("{name}.csv"), text.into_bytes());
        let mut files = Files::from([
            table("zones", "zone,name\na,A\n".to_owned()),
            table(
                "funds",
                "fund,name,level,nature,carry_over\nf,F,state,current,0\n".to_owned(),
            ),
            table("eligibility", "fund,action\nf,x\n".to_owned()),
            table(
                "actions",
                format!(
                    "action,name,area,leps,kind,unit,unit_cost_2022,unit_cost_2023,priority\nx,X,A,no,divisible,euro,0.0{cost},0.0{next},1\n"
                ),
            ),
            table(
                "amounts",
                format!(
                    "fund,year,euro,act,confidence,source\nf,2022,{},A,official,s\nf,2023,{},A,official,s\n",
                    cents(self.money[0]),
                    cents(self.money[1])
                ),
            ),
            table(
                "needs",
                format!(
                    "action,zone,year,units\nx,a,2022,{}\nx,a,2023,{}\n",
                    units(0),
                    units(1)
                ),
            ),
        ]);
        if let Some(before) = self.before {
            let text = format!("fund,action,zone,year,euro\nf,x,a,2021,{}\n", cents(before));
            files.insert("previous.csv".to_owned(), text.into_bytes());
        }
        files.insert("model.toml".to_owned(), model.into_bytes());
        files
    }

    /// What is missing or changes, negative, in euro; where nothing can be paid in a year, that year has no step.
    fn years(&self, [first, second]: [i64; 2]) -> Exact {
        let most = self.most();
        let both = most[0] > 0 && most[1] > 0;
        let cents = if self.open {
            let kept = Exact::new((first * self.costs[1]).into(), self.costs[0].into());
            let closed = (kept - Exact::from_integer(second.into()))
                .ceil()
                .to_integer();
            if both {
                i64::try_from(closed.max(0)).unwrap_or(i64::MAX)
            } else {
                0
            }
        } else {
            let start = self.before.filter(|_| most[0] > 0);
            let start = start.map_or(0, |before| (first - before).abs());
            start + if both { (second - first).abs() } else { 0 }
        };
        -Exact::new(cents.into(), 100)
    }

    fn value(&self, plan: [i64; 2]) -> Exact {
        let value = plan[0] * self.weights[0] + plan[1] * self.weights[1];
        Exact::new(value.into(), 100)
    }

    fn most(&self) -> [i64; 2] {
        [0, 1].map(|year| self.money[year].min(self.needs[year] * self.costs[year]))
    }

    fn judge(&self, proposal: &Proposal) -> Result<(), Broken> {
        let mut plan = [0; 2];
        for line in &proposal.ledger {
            plan[usize::from(line.year == 2023)] += line.euro.cents();
        }
        let most = self.most();
        let all = (0..=most[0]).flat_map(|a| (0..=most[1]).map(move |b| [a, b]));
        let mut good: Vec<[i64; 2]> = all.collect();
        for goal in &proposal.goals {
            let of = |plan: [i64; 2]| match goal.kind {
                "value" => self.value(plan),
                _ => self.years(plan),
            };
            if goal.value != of(plan) {
                return broken("goal", format!("{goal:?} for {plan:?}: {}", of(plan)));
            }
            let best = good.iter().map(|plan| of(*plan)).max();
            let best = best.unwrap_or_else(Exact::zero);
            let lost = best - goal.value;
            if lost > goal.gap || lost > Exact::new(4, 100) {
                return broken("best", format!("{goal:?}: {best} can be had, {plan:?}"));
            }
            good.retain(|plan| of(*plan) >= goal.value);
        }
        Ok(())
    }
}

#[test]
fn no_plan_in_whole_cents_is_steadier_or_keeps_more_open_than_is_told() {
    let _alone = ONE_AT_A_TIME.lock();
    let first = first_seed();
    let mut seen = Seen::default();
    for seed in first..first + cases(400) {
        let years = Years::drawn(seed);
        let mut judged = || -> Result<(), Broken> {
            let model = read(&years.files())?;
            match answer(&model, &mut seen)? {
                Some(Outcome::Proposal(proposal)) => years.judge(&proposal),
                Some(Outcome::Infeasible(_)) => broken("infeasible", "nothing is asked"),
                None => Ok(()),
            }
        };
        if let Err(why) = judged() {
            panic!("seed {seed}: {}: {}\n{years:?}", why.what, why.how);
        }
    }
    assert!(seen.refused < cases(400) / 4, "{seen:?}");
}
