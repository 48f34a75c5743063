//! Drawing a model at random: every kind of fund, rule and match that the format knows, small sizes, odd cents.

use std::collections::BTreeMap;

use super::random::Random;
use super::{
    Action, Agreement, Amount, Block, Draft, Fund, Kind, Need, Opening, Previous, Project, Role,
    Zone,
};

const ZONES: [&str; 6] = ["valle", "costa", "monti", "piana", "isola", "lago"];
const FUNDS: [&str; 5] = ["fnps", "regione", "pnrr", "fse", "comuni"];
const ACTIONS: [&str; 6] = [
    "tutela",
    "educativa",
    "tirocini",
    "alloggi",
    "domiciliare",
    "rete",
];
const LOW: [&str; 7] = ["5%", "10%", "12.5%", "1/7", "0.2", "33.33%", "0.01%"];
const HIGH: [&str; 6] = ["60%", "2/3", "75%", "0.9", "99.99%", "100%"];
const PAIRS: [[&str; 2]; 5] = [
    ["50%", "50%"],
    ["40%", "60%"],
    ["1/3", "2/3"],
    ["12.5%", "87.5%"],
    ["85.14%", "14.86%"],
];
const TRIPLES: [[&str; 3]; 3] = [
    ["40%", "42%", "18%"],
    ["1/3", "1/3", "1/3"],
    ["50%", "35%", "15%"],
];

/// What may be drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// Rules whose bound is a share of what a fund assigns, steps and claims included.
    pub(crate) assigned: bool,
    /// Rules that cannot hold together, on purpose, in percent of the models.
    pub(crate) contradictions: u64,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            assigned: true,
            contradictions: 7,
        }
    }
}

/// The model of a seed.
pub(crate) fn draft(seed: u64) -> Draft {
    draft_of(seed, Choice::default())
}

/// The model of a seed, of some kinds of rules only.
pub(crate) fn draft_of(seed: u64, choice: Choice) -> Draft {
    let mut draw = Draw {
        random: Random::new(seed),
        draft: Draft::default(),
        big: 0,
        choice,
        n_rules: 0,
    };
    draw.all();
    draw.draft
}

struct Draw {
    random: Random,
    draft: Draft,
    /// The size of amounts, in cents.
    big: i64,
    choice: Choice,
    n_rules: usize,
}

/// One id, or a list of them.
fn list(ids: &[String]) -> String {
    match ids {
        [id] => format!("\"{id}\""),
        _ => {
            let quoted: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
            format!("[{}]", quoted.join(", "))
        }
    }
}

fn names(of: &[&str], n: usize, random: &mut Random) -> Vec<String> {
    let mut all: Vec<&str> = of.to_vec();
    random.shuffle(&mut all);
    all.iter().take(n).map(|id| (*id).to_owned()).collect()
}

impl Draw {
    fn all(&mut self) {
        self.big = 10_i64.pow(self.random.between(2, 9) as u32) / self.random.between(1, 7);
        let n_years = *self.random.pick(&[1, 1, 1, 1, 2, 2, 2, 3, 3]);
        self.draft.years = (0..n_years).map(|year| 2022 + year).collect();
        let mut n_zones = *self.random.pick(&[1, 1, 2, 2, 2, 3, 3, 4, 5, 6]);
        let n_funds = *self.random.pick(&[1, 1, 2, 2, 2, 3, 3, 4, 5]);
        let mut n_actions = *self.random.pick(&[1, 2, 2, 2, 3, 3, 4, 5, 6]);
        while n_zones * n_funds * n_actions * self.draft.years.len() > 120 {
            n_zones = (n_zones - 1).max(1);
            n_actions = (n_actions - 1).max(1);
        }
        self.zones(n_zones);
        self.actions(n_actions);
        self.funds(n_funds);
        self.openings();
        self.needs();
        if self.random.chance(25) {
            self.projects();
        }
        if self.random.chance(25) {
            self.previous();
        }
        self.groups();
        self.flat_rate();
        for _ in 0..*self.random.pick(&[0, 0, 1, 1, 1, 2, 2, 3, 4, 6]) {
            self.rule();
        }
        if self.random.chance(self.choice.contradictions) {
            self.contradiction();
        }
        for _ in 0..*self.random.pick(&[0, 0, 0, 1, 1, 2]) {
            self.one_match();
        }
        if self.random.chance(8) {
            self.agreement();
        }
        if self.random.chance(8) {
            self.claim();
        }
        self.goals();
    }

    fn zones(&mut self, n: usize) {
        let last = self.draft.years.last().copied().unwrap_or(2022);
        for (position, id) in names(&ZONES, n, &mut self.random).into_iter().enumerate() {
            let random = &mut self.random;
            let ends = position > 0 && last > 2022 && random.chance(6);
            self.draft.zones.push(Zone {
                id,
                residents: random.between(800, 60_000),
                minors: if position > 0 && random.chance(15) {
                    0
                } else {
                    random.between(1, 9_000)
                },
                mountain: random.chance(40),
                capacity: random.amount(self.big),
                to: ends.then(|| random.between(2022, i64::from(last) - 1) as i32),
            });
        }
    }

    fn actions(&mut self, n: usize) {
        for (position, id) in names(&ACTIONS, n, &mut self.random).into_iter().enumerate() {
            let random = &mut self.random;
            let unit_cost = if random.chance(15) {
                100
            } else {
                random.between(1, (self.big / 5).max(2))
            };
            let mut costs = BTreeMap::new();
            if random.chance(12) {
                for &year in &self.draft.years {
                    if random.chance(70) {
                        costs.insert(year, random.between(1, (self.big / 5).max(2)));
                    }
                }
            }
            self.draft.actions.push(Action {
                id,
                tags: *random.pick(&["", "", "sociali", "abitare", "sociali abitare"]),
                leps: (position == 0 && random.chance(90)) || random.chance(35),
                nature: if random.chance(12) {
                    "capital"
                } else {
                    "current"
                },
                priority: *random.pick(&["1", "1", "1", "2", "3", "0.5", "1.75", "0"]),
                persistent: random.chance(9),
                unit_cost,
                costs,
            });
        }
    }

    fn funds(&mut self, n: usize) {
        let years = self.draft.years.clone();
        for id in names(&FUNDS, n, &mut self.random) {
            let random = &mut self.random;
            let role = *random.pick(&[
                Role::Pool,
                Role::Pool,
                Role::Baseline,
                Role::Baseline,
                Role::Assign,
                Role::ByZone,
            ]);
            let carries = years.len() > 1 && random.chance(35);
            let carry_over = if carries {
                *random.pick(&["0%", "50%", "100%", "33.33%", "2/3", ""])
            } else {
                ""
            };
            let last_spend = if carries || random.chance(8) {
                *random.pick(&[
                    "",
                    "+1",
                    "+1",
                    "+2",
                    "2022-12-31",
                    "2023-06-30",
                    "2024-12-31",
                ])
            } else {
                ""
            };
            let nature =
                *random.pick(&["current", "current", "current", "both", "both", "capital"]);
            for &year in &years {
                if self.random.chance(88) {
                    self.amounts(&id, year, role);
                }
            }
            self.draft.funds.push(Fund {
                id,
                nature,
                role,
                carry_over: carry_over.to_owned(),
                last_spend: last_spend.to_owned(),
            });
        }
        if self.draft.amounts.iter().all(|amount| amount.cents == 0) {
            let fund = self.draft.funds[0].id.clone();
            self.draft.funds[0].role = Role::Pool;
            self.draft.amounts.retain(|amount| amount.fund != fund);
            self.amount(&fund, years[0], "", self.big + 7, "Atto");
        }
        for fund in self.draft.funds.clone() {
            let pooled = self
                .draft
                .amounts
                .iter()
                .any(|amount| amount.fund == fund.id && amount.zone.is_empty());
            if matches!(fund.role, Role::Baseline | Role::Assign) && pooled {
                self.riparto(&fund);
            }
        }
    }

    fn amounts(&mut self, fund: &str, year: i32, role: Role) {
        // Now and then a fund belongs to zones in one year and is a pool in another.
        if role == Role::ByZone && !self.random.chance(6) {
            let zones: Vec<Zone> = self
                .draft
                .zones
                .iter()
                .filter(|zone| zone.exists(year))
                .cloned()
                .collect();
            for zone in zones {
                if self.random.chance(85) {
                    let cents = self.random.amount(self.big / 2);
                    self.amount(fund, year, &zone.id, cents, "Atto");
                }
            }
            return;
        }
        let cents = self.random.amount(self.big);
        self.amount(fund, year, "", cents, "Atto A");
        if self.random.chance(12) {
            let cents = self.random.amount(self.big / 3);
            self.amount(fund, year, "", cents, "Atto B");
        }
    }

    fn amount(&mut self, fund: &str, year: i32, zone: &str, cents: i64, act: &str) {
        self.draft.amounts.push(Amount {
            fund: fund.to_owned(),
            year,
            zone: zone.to_owned(),
            cents,
            act: act.to_owned(),
        });
    }

    fn riparto(&mut self, fund: &Fund) {
        let weights = *self.random.pick(&[
            "[{ indicator = \"residenti\", weight = \"60%\" }, { indicator = \"minori\", weight = \"40%\" }]",
            "[{ indicator = \"minori\", weight = 1 }]",
            "[{ indicator = \"residenti\", weight = \"1/3\" }, { indicator = \"1 + minori / 7\", weight = \"2/3\" }]",
        ]);
        let role = if fund.role == Role::Assign {
            "assign"
        } else {
            "baseline"
        };
        let mut text = format!(
            "[[riparto]]\nfund = \"{}\"\nrole = \"{role}\"\nweights = {weights}",
            fund.id
        );
        if self.random.chance(30) {
            text.push_str("\nround_share = 2");
        }
        if fund.role == Role::Assign && self.random.chance(10) {
            text.push_str("\nround_amount = \"naive\"");
        }
        self.block(Kind::Riparto, "", text);
    }

    fn block(&mut self, kind: Kind, id: &str, text: String) {
        let id = id.to_owned();
        self.draft.blocks.push(Block { kind, id, text });
    }

    fn open(&mut self, fund: &str, action: &str) {
        let is_open = |opening: &Opening| {
            opening.fund == fund && opening.action == action && opening.condition.is_empty()
        };
        if !self.draft.openings.iter().any(is_open) {
            self.draft.openings.push(Opening {
                fund: fund.to_owned(),
                action: action.to_owned(),
                condition: String::new(),
                max_share: String::new(),
                from: String::new(),
                to: String::new(),
            });
        }
    }

    fn openings(&mut self) {
        let last = self.draft.years.last().copied().unwrap_or(2022);
        for fund in self.draft.funds.clone() {
            for action in self.draft.actions.clone() {
                let random = &mut self.random;
                if !random.chance(65) {
                    continue;
                }
                let condition = if random.chance(10) {
                    *random.pick(&[
                        "montana = 1",
                        "residenti > 20000",
                        "minori > 0 and residenti <= 40000",
                    ])
                } else {
                    ""
                };
                let max_share = if random.chance(12) {
                    *random.pick(&["40%", "1/3", "0.75", "66.67%", "0%"])
                } else {
                    ""
                };
                let (from, to) = match random.below(20) {
                    0 => (last.to_string(), String::new()),
                    1 => (String::new(), "2022".to_owned()),
                    _ => (String::new(), String::new()),
                };
                self.draft.openings.push(Opening {
                    fund: fund.id.clone(),
                    action: action.id,
                    condition: condition.to_owned(),
                    max_share: max_share.to_owned(),
                    from,
                    to,
                });
            }
        }
        if self.draft.openings.is_empty() {
            let (fund, action) = (
                self.draft.funds[0].id.clone(),
                self.draft.actions[0].id.clone(),
            );
            self.open(&fund, &action);
        }
    }

    fn needs(&mut self) {
        let factor = *self.random.pick(&[1, 2, 4, 8, 20]);
        let most = (self.big * factor / (2 * self.draft.zones.len() as i64)).max(10);
        for action in self.draft.actions.clone() {
            for zone in self.draft.zones.clone() {
                for year in self.draft.years.clone() {
                    let random = &mut self.random;
                    if !zone.exists(year) || !random.chance(78) {
                        continue;
                    }
                    let cost = action.costs.get(&year).copied().unwrap_or(action.unit_cost);
                    let exact = i128::from(random.amount(most)) * 100 / i128::from(cost);
                    let mut units = i64::try_from(exact)
                        .unwrap_or(i64::MAX / 100)
                        .min(10_000_000_000);
                    if units >= 100 && random.chance(50) {
                        units -= units % 100;
                    }
                    self.draft.needs.push(Need {
                        action: action.id.clone(),
                        zone: zone.id.clone(),
                        year,
                        units: (!random.chance(3)).then_some(units),
                    });
                }
            }
        }
        let action = &self.draft.actions[0];
        let cost = action
            .costs
            .get(&self.draft.years[0])
            .copied()
            .unwrap_or(action.unit_cost);
        // A unit of less than a cent is no need.
        let least = 100 + 100 / cost;
        let (action, zone, year) = (
            action.id.clone(),
            self.draft.zones[0].id.clone(),
            self.draft.years[0],
        );
        let first = self
            .draft
            .needs
            .iter_mut()
            .find(|n| n.action == action && n.zone == zone && n.year == year);
        match first {
            Some(need) => need.units = need.units.map(|units| units.max(least)),
            None => self.draft.needs.push(Need {
                action,
                zone,
                year,
                units: Some(least),
            }),
        }
    }

    fn projects(&mut self) {
        let zones: Vec<String> = self
            .draft
            .zones
            .iter()
            .filter(|z| z.to.is_none())
            .map(|z| z.id.clone())
            .collect();
        for project in 0..self.random.between(1, 3) {
            let random = &mut self.random;
            let partners = random.some(&zones, 50);
            let weighted = random.chance(50);
            let written: Vec<String> = partners
                .iter()
                .map(|zone| {
                    if weighted {
                        format!("{zone}:{}", random.between(1, 60))
                    } else {
                        zone.clone()
                    }
                })
                .collect();
            let profile = match (self.draft.years.len(), random.below(2)) {
                (2.., 0) => "2022:33.33% 2023:66.67%",
                (_, 0) => "2022:100%",
                _ => "",
            };
            let action = random.pick(&self.draft.actions).id.clone();
            for item in 0..random.between(1, 2) {
                self.draft.projects.push(Project {
                    id: format!("cup-{project}"),
                    action: action.clone(),
                    zones: written.join(" "),
                    item: format!("voce {item}"),
                    nature: if random.chance(50) {
                        "capital"
                    } else {
                        "current"
                    },
                    cents: random.amount(self.big),
                    profile: profile.to_owned(),
                });
            }
        }
    }

    fn previous(&mut self) {
        for fund in self.draft.funds.clone() {
            for action in self.draft.actions.clone() {
                for zone in self.draft.zones.clone() {
                    if self.random.chance(25) {
                        let cents = self.random.amount(self.big / 4);
                        self.draft.previous.push(Previous {
                            fund: fund.id.clone(),
                            action: action.id.clone(),
                            zone: zone.id.clone(),
                            year: 2021,
                            cents,
                        });
                    }
                }
            }
        }
    }

    /// Nested and crossing groups of actions.
    fn groups(&mut self) {
        let ids: Vec<String> = self.draft.actions.iter().map(|a| a.id.clone()).collect();
        if ids.len() < 2 || !self.random.chance(35) {
            return;
        }
        let inner = self.random.some(&ids, 40);
        let mut outer = inner.clone();
        outer.extend(self.random.some(&ids, 40));
        outer.sort();
        outer.dedup();
        let crossing = self.random.some(&ids, 50);
        for (id, members) in [
            ("interno", inner),
            ("esterno", outer),
            ("trasversale", crossing),
        ] {
            let members: Vec<String> = members.iter().map(|m| format!("\"{m}\"")).collect();
            let text = format!(
                "[[group]]\nid = \"{id}\"\nkind = \"action\"\nmembers = [{}]",
                members.join(", ")
            );
            self.block(Kind::Group, id, text);
        }
    }

    fn flat_rate(&mut self) {
        if !self.random.chance(9) {
            return;
        }
        let on = self.random.pick(&self.draft.actions).clone();
        let id = "indiretti".to_owned();
        for fund in self.draft.funds.clone() {
            if self
                .draft
                .openings
                .iter()
                .any(|o| o.fund == fund.id && o.action == on.id)
                && self.random.chance(80)
            {
                self.open(&fund.id, &id);
            }
        }
        let rate = *self.random.pick(&["40%", "7%", "15%", "1/3"]);
        let text = format!(
            "[[flat_rate]]\naction = \"{id}\"\non = \"{}\"\nrate = \"{rate}\"\nlaw = {{ act = \"Reg. 2021/1060\" }}",
            on.id
        );
        self.draft.actions.push(Action {
            id,
            tags: "",
            leps: false,
            costs: BTreeMap::new(),
            unit_cost: 100,
            persistent: false,
            ..on
        });
        self.block(Kind::FlatRate, "", text);
    }

    /// One action, some, a tag, a group, or all (empty).
    fn actions_of_measure(&mut self) -> String {
        let ids: Vec<String> = self.draft.actions.iter().map(|a| a.id.clone()).collect();
        let groups: Vec<String> = self
            .draft
            .blocks
            .iter()
            .filter(|b| b.kind == Kind::Group)
            .map(|b| b.id.clone())
            .collect();
        let tags: Vec<&str> = ["sociali", "abitare"]
            .into_iter()
            .filter(|tag| self.draft.actions.iter().any(|a| a.tags.contains(tag)))
            .collect();
        match self.random.below(6) {
            0 | 1 => format!(", action = \"{}\"", self.random.pick(&ids)),
            2 if !groups.is_empty() => format!(", action = \"{}\"", self.random.pick(&groups)),
            3 if !tags.is_empty() => format!(", action = \"{}\"", self.random.pick(&tags)),
            4 => String::new(),
            _ => format!(", action = {}", list(&self.random.some(&ids, 50))),
        }
    }

    fn funds_of_measure(&mut self) -> String {
        let ids: Vec<String> = self.draft.funds.iter().map(|f| f.id.clone()).collect();
        match self.random.below(3) {
            0 => String::new(),
            1 => format!(", fund = \"{}\"", self.random.pick(&ids)),
            _ => format!(", fund = {}", list(&self.random.some(&ids, 60))),
        }
    }

    /// Funds whose money is known by zone.
    fn zoned_funds(&self) -> Vec<String> {
        let pooled = |id: &str| {
            self.draft
                .amounts
                .iter()
                .any(|amount| amount.fund == id && amount.zone.is_empty())
        };
        let zoned = self.draft.funds.iter().filter(|fund| match fund.role {
            Role::Pool => false,
            Role::Baseline | Role::Assign => true,
            Role::ByZone => !pooled(&fund.id),
        });
        zoned.map(|fund| fund.id.clone()).collect()
    }

    fn share_bound(&mut self, base: &str, for_floor: &str) -> (bool, String) {
        let floor = self.random.chance(55);
        let (relation, share) = if floor {
            ("at_least", *self.random.pick(&LOW))
        } else {
            (
                *self.random.pick(&["at_most", "at_most", "below"]),
                *self.random.pick(&HIGH),
            )
        };
        let extra = if floor { for_floor } else { "" };
        (
            floor,
            format!("{relation} = {{ share_of = \"{base}\", share = \"{share}\"{extra} }}"),
        )
    }

    fn rule(&mut self) {
        let fund_ids: Vec<String> = self.draft.funds.iter().map(|f| f.id.clone()).collect();
        let n_years = self.draft.years.len();
        let kind = self.random.below(13);
        if !self.choice.assigned && (kind < 3 || kind == 10) {
            return;
        }
        let mut soft_only = false;
        let body = match kind {
            // A share of what a fund assigns.
            0 | 1 => {
                let fund = self.random.pick(&fund_ids).clone();
                let each =
                    *self
                        .random
                        .pick(&["[\"year\"]", "[\"year\"]", "[]", "[\"fund\", \"year\"]"]);
                let action = self.actions_of_measure();
                let (_, bound) = self.share_bound("assigned", "");
                format!(
                    "for_each = {each}\nmeasure = {{ euro = true, fund = \"{fund}\"{action} }}\n{bound}"
                )
            }
            2 => {
                let zoned = self.zoned_funds();
                if zoned.is_empty() {
                    return;
                }
                let fund = self.random.pick(&zoned).clone();
                let each = *self.random.pick(&["[\"zone\"]", "[\"zone\", \"year\"]"]);
                let action = self.actions_of_measure();
                let (_, bound) = self.share_bound("assigned", "");
                format!(
                    "for_each = {each}\nmeasure = {{ euro = true, fund = \"{fund}\"{action} }}\n{bound}"
                )
            }
            // A share of what the plan itself gives.
            3 | 4 => {
                let each = *self.random.pick(&[
                    "[\"year\"]",
                    "[\"zone\", \"year\"]",
                    "[]",
                    "[\"fund\"]",
                    "[\"zone\"]",
                ]);
                let (fund, action) = (self.funds_of_measure(), self.actions_of_measure());
                let of = match self.random.below(3) {
                    0 => format!(
                        ", action = \"{}\"",
                        self.random.pick(&self.draft.actions).id
                    ),
                    _ => String::new(),
                };
                let (_, bound) = self.share_bound("allocated", &of);
                format!("for_each = {each}\nmeasure = {{ euro = true{fund}{action} }}\n{bound}")
            }
            5 => {
                let each = *self.random.pick(&[
                    "[\"zone\", \"year\"]",
                    "[\"action\", \"zone\", \"year\"]",
                    "[\"year\"]",
                    "[\"action\"]",
                ]);
                let action = self.actions_of_measure();
                let (_, bound) = self.share_bound("demand", "");
                let place = if self.random.chance(25) {
                    "where = \"montana = 1\"\n"
                } else {
                    ""
                };
                format!("for_each = {each}\n{place}measure = {{ euro = true{action} }}\n{bound}")
            }
            6 => {
                let each = *self.random.pick(&[
                    "[\"year\"]",
                    "[\"zone\", \"year\"]",
                    "[\"fund\", \"year\"]",
                ]);
                let (fund, action) = (self.funds_of_measure(), self.actions_of_measure());
                let bound = if self.random.chance(60) {
                    format!(
                        "at_least = {{ share_of = \"last_year\", share = \"{}\" }}",
                        self.random.pick(&["50%", "95%", "1/9", "10%"])
                    )
                } else {
                    format!(
                        "at_most = {{ share_of = \"last_year\", share = \"{}\" }}",
                        self.random.pick(&["110%", "3/2", "250%"])
                    )
                };
                format!("for_each = {each}\nmeasure = {{ euro = true{fund}{action} }}\n{bound}")
            }
            // A fixed amount.
            7 => {
                let each = *self.random.pick(&[
                    "[]",
                    "[\"year\"]",
                    "[\"zone\"]",
                    "[\"fund\", \"action\"]",
                ]);
                let (fund, action) = (self.funds_of_measure(), self.actions_of_measure());
                let bound = if self.random.chance(40) {
                    format!(
                        "at_least = {{ euro = \"€{};\" }}",
                        self.random.amount(self.big / 12).max(1)
                    )
                } else {
                    let word = *self.random.pick(&["at_most", "below"]);
                    format!(
                        "{word} = {{ euro = \"€{};\" }}",
                        self.random.amount(self.big).max(1)
                    )
                };
                format!("for_each = {each}\nmeasure = {{ euro = true{fund}{action} }}\n{bound}")
            }
            8 => {
                let each = *self.random.pick(&["[\"zone\"]", "[\"zone\", \"year\"]"]);
                let action = self.actions_of_measure();
                soft_only = false;
                format!(
                    "for_each = {each}\nmeasure = {{ euro = true{action} }}\nat_most = {{ euro = \"capacita\" }}"
                )
            }
            // Units.
            9 => {
                let action = self.random.pick(&self.draft.actions).id.clone();
                let needs: Vec<i64> = self
                    .draft
                    .needs
                    .iter()
                    .filter(|n| n.action == action)
                    .filter_map(|n| n.units)
                    .collect();
                let most = needs.iter().max().copied().unwrap_or(100).max(1);
                let units = super::hundredths(self.random.between(1, most));
                soft_only = true;
                let each = *self
                    .random
                    .pick(&["[]", "[\"year\"]", "[\"zone\", \"year\"]"]);
                let word = *self
                    .random
                    .pick(&["at_least", "at_least", "at_most", "equal"]);
                format!(
                    "for_each = {each}\nmeasure = {{ units = true, action = \"{action}\" }}\n{word} = {{ units = \"{units}\" }}"
                )
            }
            10 => {
                let zoned = self.zoned_funds();
                let (base, fund) = if zoned.is_empty() || self.random.chance(50) {
                    ("demand", String::new())
                } else {
                    (
                        "assigned",
                        format!(", fund = \"{}\"", self.random.pick(&zoned)),
                    )
                };
                let action = self.actions_of_measure();
                let word = *self.random.pick(&["above", "from"]);
                format!(
                    "for_each = [\"zone\", \"year\"]\nmeasure = {{ euro = true{fund}{action} }}\nat_least = {{ share_of = \"{base}\", step = {{ indicator = \"residenti\", {word} = [[20000, \"15%\"], [10000, \"1/11\"]], else = \"0%\" }} }}"
                )
            }
            11 => {
                let each = if n_years > 1 && self.random.chance(40) {
                    "[\"zone\", \"year\"]"
                } else {
                    "[\"zone\"]"
                };
                let (fund, action) = (self.funds_of_measure(), self.actions_of_measure());
                let share = *self.random.pick(&["10%", "30%", "1/3", "60%", "0.95"]);
                format!(
                    "for_each = {each}\nmeasure = {{ euro = true{fund}{action} }}\nwithin = {{ share = \"{share}\", per = \"residenti\" }}"
                )
            }
            _ => {
                let action = self.random.pick(&self.draft.actions).id.clone();
                let bound = match self.random.below(3) {
                    0 => format!(
                        "equal = {{ share_of = \"demand\", share = \"{}\" }}",
                        self.random.pick(&LOW)
                    ),
                    1 => format!(
                        "equal = {{ share_of = \"allocated\", share = \"{}\" }}",
                        self.random.pick(&LOW)
                    ),
                    _ => format!(
                        "equal = {{ euro = \"€{};\" }}",
                        self.random.amount(self.big / 20).max(1)
                    ),
                };
                let each = *self.random.pick(&["[]", "[\"year\"]"]);
                format!(
                    "for_each = {each}\nmeasure = {{ euro = true, action = \"{action}\" }}\n{bound}"
                )
            }
        };
        let soft = self.random.chance(if soft_only { 80 } else { 35 });
        let strength = match (soft, self.random.below(3)) {
            (true, 0) => "wish",
            (true, _) => "target",
            (false, 0) => "law",
            (false, _) => "plan",
        };
        let waived = if body.contains("\"zone\"") && self.random.chance(8) {
            let zone = self.random.pick(&self.draft.zones).id.clone();
            format!("\nwaived = {{ motive = \"deroga di prova\", zones = [\"{zone}\"] }}")
        } else {
            String::new()
        };
        self.add_rule(strength, &format!("{body}{waived}"));
    }

    fn add_rule(&mut self, strength: &str, body: &str) {
        self.n_rules += 1;
        let id = format!("regola-{}", self.n_rules);
        let text = format!(
            "[[rule]]\nid = \"{id}\"\ntitle = \"Regola {}\"\nlaw = {{ act = \"Atto di prova\", article = \"art. {}\" }}\nstrength = \"{strength}\"\n{body}",
            self.n_rules, self.n_rules
        );
        self.block(Kind::Rule, &id, text);
    }

    /// Rules that cannot hold together, or more than there is.
    fn contradiction(&mut self) {
        let fund = self.random.pick(&self.draft.funds).id.clone();
        let action = self.random.pick(&self.draft.actions).id.clone();
        let all: i64 = self.draft.amounts.iter().map(|amount| amount.cents).sum();
        let some = self.random.amount(self.big / 10).max(2);
        match self.random.below(5) {
            0 => self.add_rule("law", &format!("measure = {{ euro = true }}\nat_least = {{ euro = \"€{};\" }}", all + 1)),
            1 => {
                let measure = format!("measure = {{ euro = true, fund = \"{fund}\", action = \"{action}\" }}");
                self.add_rule("plan", &format!("{measure}\nat_least = {{ euro = \"€{some};\" }}"));
                self.add_rule("law", &format!("{measure}\nbelow = {{ euro = \"€{some};\" }}"));
            }
            2 => {
                self.add_rule("plan", &format!("measure = {{ euro = true }}\nat_least = {{ euro = \"€{some};\" }}"));
                for _ in 0..2 {
                    self.add_rule(
                        "plan",
                        &format!("measure = {{ euro = true, action = \"{action}\" }}\nat_least = {{ share_of = \"allocated\", share = \"60%\" }}"),
                    );
                    let rest: Vec<String> =
                        self.draft.actions.iter().map(|a| a.id.clone()).filter(|id| *id != action).collect();
                    if rest.is_empty() {
                        return;
                    }
                    self.add_rule(
                        "law",
                        &format!("measure = {{ euro = true, action = {} }}\nat_least = {{ share_of = \"allocated\", share = \"50%\" }}", list(&rest)),
                    );
                }
            }
            3 => self.add_rule(
                "law",
                "for_each = [\"action\", \"zone\", \"year\"]\nmeasure = { euro = true }\nat_least = { share_of = \"demand\", share = \"100%\" }",
            ),
            _ => {
                self.add_rule("plan", &format!("measure = {{ euro = true, action = \"{action}\" }}\nat_least = {{ euro = \"€{some};\" }}"));
                self.add_rule("plan", &format!("measure = {{ euro = true, fund = \"{fund}\" }}\nat_most = {{ euro = \"€{};\" }}", some / 2));
                let others: Vec<String> =
                    self.draft.funds.iter().map(|f| f.id.clone()).filter(|id| *id != fund).collect();
                if !others.is_empty() {
                    self.add_rule("plan", &format!("measure = {{ euro = true, fund = {} }}\nat_most = {{ euro = \"€{};\" }}", list(&others), some / 3));
                }
            }
        }
    }

    fn one_match(&mut self) {
        if self.draft.funds.len() < 2 {
            return;
        }
        let mut funds: Vec<String> = self.draft.funds.iter().map(|f| f.id.clone()).collect();
        self.random.shuffle(&mut funds);
        let actions: Vec<String> = self.draft.actions.iter().map(|a| a.id.clone()).collect();
        let actions = self.random.some(&actions, 40);
        self.n_rules += 1;
        let id = format!("quota-{}", self.n_rules);
        let per = *self.random.pick(&["priority", "operation"]);
        let selection = if self.random.chance(70) {
            format!("\naction = {}", list(&actions))
        } else {
            String::new()
        };
        let shares = if self.random.chance(55) {
            let shares: Vec<&str> = if funds.len() > 2 && self.random.chance(50) {
                self.random.pick(&TRIPLES).to_vec()
            } else {
                self.random.pick(&PAIRS).to_vec()
            };
            if self.random.chance(70) {
                for fund in funds.iter().take(shares.len()) {
                    for action in &actions {
                        self.open(fund, action);
                    }
                }
            }
            let parts: Vec<String> = funds
                .iter()
                .zip(&shares)
                .map(|(f, s)| format!("\"{f}\" = \"{s}\""))
                .collect();
            format!("shares = {{ {} }}", parts.join(", "))
        } else {
            let share = *self.random.pick(&LOW);
            format!(
                "minimum = {{ \"{}\" = \"{share}\" }}\namong = {}",
                funds[0],
                list(&funds[..self.random.between(1, funds.len() as i64) as usize])
            )
        };
        let strength = *self.random.pick(&["law", "plan"]);
        let text = format!(
            "[[match]]\nid = \"{id}\"\ntitle = \"Quota {}\"\nlaw = {{ act = \"Decisione di prova\" }}\nstrength = \"{strength}\"\n{shares}\nper = \"{per}\"{selection}",
            self.n_rules
        );
        self.block(Kind::Match, &id, text);
    }

    fn agreement(&mut self) {
        if self.draft.funds.len() < 2 {
            return;
        }
        let mut funds: Vec<String> = self.draft.funds.iter().map(|f| f.id.clone()).collect();
        self.random.shuffle(&mut funds);
        let actions: Vec<String> = self.draft.actions.iter().map(|a| a.id.clone()).collect();
        let zones: Vec<String> = self.draft.zones.iter().map(|z| z.id.clone()).collect();
        let zones = if self.random.chance(50) {
            self.random.some(&zones, 50).join(" ")
        } else {
            String::new()
        };
        self.draft.agreements.push(Agreement {
            id: "intesa".to_owned(),
            parties: funds[..2].join(" "),
            actions: self.random.some(&actions, 40).join(" "),
            zones,
            min_share: format!("{}:20% {}:1/3", funds[0], funds[1]),
        });
    }

    fn claim(&mut self) {
        let fund = self.random.pick(&self.draft.funds).id.clone();
        let (a, b) = (self.random.amount(self.big), self.random.amount(self.big));
        let text = format!(
            "[[claim]]\nfund = \"{fund}\"\ncommitments = {{ 2019 = \"€{a};\", 2020 = \"€{b};\" }}\nafter = 3\nprefinancing = \"€{};\"\nclaimed = \"€{};\"",
            a / 10,
            b / 7
        );
        self.block(Kind::Claim, "", text);
    }

    fn goals(&mut self) {
        if self.random.chance(55) {
            if self.random.chance(15) && !self.draft.previous.is_empty() {
                self.block(Kind::Pick, "", "[pick]\nnearest = \"last_year\"".to_owned());
            }
            return;
        }
        let mut kinds = ["leps", "targets", "leximin", "value", "at_risk"];
        if self.random.chance(60) {
            self.random.shuffle(&mut kinds);
        }
        let n = self.random.between(1, 5) as usize;
        for kind in kinds.into_iter().take(n) {
            let mut text = format!("[[goal]]\nkind = \"{kind}\"");
            if kind == "leximin" {
                text.push_str(*self.random.pick(&[
                    "",
                    "\nlevels = 1",
                    "\nlevels = 2",
                    "\nlevels = 3",
                    "\nlevels = \"all\"",
                ]));
                text.push_str(
                    *self
                        .random
                        .pick(&["", "", "\nper = \"plan\"", "\nper = \"year\""]),
                );
            }
            if kind == "value" && self.random.chance(50) {
                let action = self.random.pick(&self.draft.actions).id.clone();
                let weight = *self.random.pick(&["1.5", "2", "0.25", "0"]);
                let place = if self.random.chance(50) {
                    ", where = \"montana = 1\""
                } else {
                    ""
                };
                text.push_str(&format!(
                    "\nweights = [{{ action = \"{action}\"{place}, weight = \"{weight}\" }}]"
                ));
            }
            if self.random.chance(15) {
                let actions: Vec<String> =
                    self.draft.actions.iter().map(|a| a.id.clone()).collect();
                text.push_str(&format!(
                    "\naction = {}",
                    list(&self.random.some(&actions, 60))
                ));
            }
            self.block(Kind::Goal, "", text);
        }
        if self.random.chance(20) && !self.draft.previous.is_empty() {
            self.block(Kind::Pick, "", "[pick]\nnearest = \"last_year\"".to_owned());
        }
    }
}
