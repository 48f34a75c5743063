//! Every base and scope of a share against exact vertices.

use mappafondo::model::Language;
use mappafondo::proposal::{Outcome, propose};
use mappafondo::solve::Options;
use mappafondo::units::Exact;
use num_traits::Zero;

use super::vertices::{self, Cell, Constraint, best};
use super::{model, refused};

/// What a bound names: the key as written, and whether a cell is of it.
type Named = (&'static str, fn(&Cell) -> bool);

/// One rule on a small model, with the same rule in numbers.
struct Tried<'t> {
    cells: &'t [Cell],
    base: &'static str,
    relation: &'static str,
    share: (i64, i64),
    each_zone: bool,
    measured: Named,
    /// Fund, action, zone, years of the bound.
    named: [Option<Named>; 4],
}

impl Tried<'_> {
    fn toml(&self) -> String {
        let own: String = self
            .named
            .iter()
            .flatten()
            .map(|(key, _)| format!(", {key}"))
            .collect();
        let each = if self.each_zone {
            "for_each = [\"zone\"]\n"
        } else {
            ""
        };
        format!(
            "[[rule]]\nid = \"r\"\nlaw = {{ act = \"Prova\" }}\nstrength = \"law\"\n{each}measure = {{ euro = true{} }}\n\
             {} = {{ share_of = \"{}\", share = \"{}/{}\"{own} }}\n",
            self.measured.0, self.relation, self.base, self.share.0, self.share.1
        )
    }

    /// Whether the base of an instance counts a cell of this year's plan, or of the year before for `last_year`.
    fn counts(&self, cell: &Cell, zone: Option<&str>) -> bool {
        let [fund, action, of_zone, years] = &self.named;
        let follows = matches!(self.base, "demand" | "last_year");
        let own = |named: &Option<Named>, otherwise: bool| named.map_or(otherwise, |n| n.1(cell));
        // The measures tried name a fund and a zone, or an action and a zone, in that order.
        let zone_default = match zone {
            Some(zone) => cell.zone == zone,
            None => !follows || !self.measured.0.contains("zone") || cell.zone == "a",
        };
        let fund_default = !self.measured.0.contains("fund") || cell.fund == "f";
        let action_default = !follows || !self.measured.0.contains("action") || cell.action == "p";
        (self.base == "demand" || own(fund, fund_default))
            && own(action, action_default)
            && own(of_zone, zone_default)
            && own(years, true)
    }

    /// The rule in numbers: one or two constraints for each instance. `None` where its base is refused.
    fn constraints(&self, known: &vertices::Known) -> Option<Vec<Constraint>> {
        let zones: Vec<Option<&str>> = if self.each_zone {
            vec![Some("a"), Some("b")]
        } else {
            vec![None]
        };
        let share = Exact::new(self.share.0.into(), self.share.1.into());
        let mut all = Vec::new();
        for zone in zones {
            let mut weights = vec![Exact::zero(); self.cells.len()];
            let mut constant = Exact::zero();
            for (weight, cell) in weights.iter_mut().zip(self.cells) {
                if (self.measured.1)(cell) && zone.is_none_or(|zone| zone == cell.zone) {
                    *weight += Exact::from_integer(1);
                }
            }
            match self.base {
                "allocated" => {
                    for (weight, cell) in weights.iter_mut().zip(self.cells) {
                        if self.counts(cell, zone) {
                            *weight -= share;
                        }
                    }
                }
                "last_year" => {
                    for (weight, cell) in weights.iter_mut().zip(self.cells) {
                        let next = Cell {
                            year: cell.year + 1,
                            ..*cell
                        };
                        if next.year <= known.last && self.counts(&next, zone) {
                            *weight -= share;
                        }
                    }
                    for (cell, cents) in &known.previous {
                        let next = Cell {
                            year: cell.year + 1,
                            ..*cell
                        };
                        if self.counts(&next, zone) {
                            constant += share * Exact::from_integer((*cents).into());
                        }
                    }
                }
                "demand" => {
                    for (cell, cents) in &known.needs {
                        if self.counts(cell, zone) {
                            constant += share * Exact::from_integer((*cents).into());
                        }
                    }
                }
                _ => {
                    for (cell, cents) in &known.money {
                        let of = |of_zone: &str| {
                            self.counts(
                                &Cell {
                                    zone: if of_zone == "a" { "a" } else { "b" },
                                    ..*cell
                                },
                                zone,
                            )
                        };
                        match (of("a"), of("b")) {
                            (true, true) => {
                                constant += share * Exact::from_integer((*cents).into())
                            }
                            (false, false) => {}
                            _ => return None, // a part of a pool without formula
                        }
                    }
                }
            }
            let least = Constraint::at_least(weights.clone(), constant.ceil());
            let most = |bound: Exact| Constraint::at_most(weights.clone(), bound);
            match self.relation {
                "at_least" => all.push(least),
                "at_most" => all.push(most(constant.floor())),
                "below" => all.push(most(constant.ceil() - Exact::from_integer(1))),
                _ => {
                    all.push(Constraint::at_least(weights.clone(), constant.floor()));
                    all.push(most(constant.ceil()));
                }
            }
        }
        Some(all)
    }
}

#[test]
fn every_base_and_scope_is_what_exact_vertices_say() {
    let none: Option<Named> = None;
    let f: Named = (", fund = \"f\"", |cell| cell.fund == "f");
    let f_in_a: Named = (", fund = \"f\", zone = \"a\"", |c| {
        c.fund == "f" && c.zone == "a"
    });
    let p_in_a: Named = (", action = \"p\", zone = \"a\"", |c| {
        c.action == "p" && c.zone == "a"
    });
    let in_a: Named = (", zone = \"a\"", |cell| cell.zone == "a");
    let everything: Named = ("", |_| true);
    let all_zones: Named = ("zone = \"all\"", |_| true);
    let zone_b: Named = ("zone = \"b\"", |cell| cell.zone == "b");
    let both: Named = ("zone = [\"a\", \"b\"]", |_| true);
    let all_funds: Named = ("fund = \"all\"", |_| true);
    let fund_g: Named = ("fund = \"g\"", |cell| cell.fund == "g");
    let all_actions: Named = ("action = \"all\"", |_| true);
    let action_q: Named = ("action = [\"q\"]", |cell| cell.action == "q");
    let first: Named = ("years = [2022]", |cell| cell.year == 2022);
    let second: Named = ("years = [2023]", |cell| cell.year == 2023);
    let setups = [
        (vertices::funds(), vec![f, f_in_a, in_a, everything]),
        (vertices::actions(), vec![p_in_a, in_a, everything]),
        (vertices::years(), vec![in_a, everything]),
    ];
    let (mut tried, mut without, mut binding) = (0, 0, 0);
    for (setup, measures) in &setups {
        let cells = setup.cells.as_slice();
        let has = |key: &str| match key {
            "fund" => cells.iter().any(|cell| cell.fund == "g"),
            "action" => cells.iter().any(|cell| cell.action == "q"),
            _ => cells.iter().any(|cell| cell.year == 2023),
        };
        let funds = if has("fund") {
            vec![none, Some(all_funds), Some(fund_g)]
        } else {
            vec![none]
        };
        let actions = if has("action") {
            vec![none, Some(all_actions), Some(action_q)]
        } else {
            vec![none]
        };
        let years = if has("year") {
            vec![none, Some(first), Some(second)]
        } else {
            vec![none]
        };
        for &measured in measures {
            for base in ["assigned", "allocated", "demand", "last_year"] {
                for zone in [none, Some(all_zones), Some(zone_b), Some(both)] {
                    for &fund in &funds {
                        for &action in &actions {
                            for &years in &years {
                                let refused = (base == "assigned" && action.is_some())
                                    || (base == "demand" && fund.is_some());
                                if refused {
                                    continue;
                                }
                                for relation in ["at_least", "at_most", "equal", "below"] {
                                    for each_zone in [false, true] {
                                        let share = if tried % 2 == 0 { (1, 2) } else { (1, 3) };
                                        let rule = Tried {
                                            cells,
                                            base,
                                            relation,
                                            share,
                                            each_zone,
                                            measured,
                                            named: [fund, action, zone, years],
                                        };
                                        if each_zone && measured.0.contains("zone") {
                                            continue;
                                        }
                                        tried += 1;
                                        match compare(setup, &rule) {
                                            Told::NoPlan => without += 1,
                                            Told::Binding => binding += 1,
                                            Told::Free | Told::Refused => {}
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
    println!("{tried} rules, {without} without a plan, {binding} that cost something");
    assert!(tried > 500 && without > 20 && binding > 100);
}

enum Told {
    Refused,
    NoPlan,
    Binding,
    Free,
}

fn compare(setup: &vertices::Setup, rule: &Tried<'_>) -> Told {
    let files = setup.files(&rule.toml());
    let Some(constraints) = rule.constraints(&setup.known) else {
        let told = refused(&files).text(Language::English);
        assert!(
            told.contains("assigned_without_formula"),
            "{}\n{told}",
            rule.toml()
        );
        return Told::Refused;
    };
    let mut all = setup.constraints();
    let free = best(&all, &setup.weights()).unwrap();
    all.extend(constraints);
    let expected = best(&all, &setup.weights());
    let model = model(&files);
    let outcome =
        propose(&model, &Options::default()).unwrap_or_else(|why| panic!("{}\n{why}", rule.toml()));
    match (outcome, expected) {
        (Outcome::Infeasible(_), None) => Told::NoPlan,
        (Outcome::Proposal(plan), Some(expected)) => {
            let goal = plan.goals.iter().find(|goal| goal.kind == "value").unwrap();
            let expected_euro = expected / Exact::from_integer(100);
            let apart = expected_euro - goal.value;
            let cents = Exact::new(12, 100);
            assert!(
                apart <= cents && apart >= -cents,
                "{}\nis {}, by vertices {expected_euro}",
                rule.toml(),
                goal.value
            );
            if expected < free {
                Told::Binding
            } else {
                Told::Free
            }
        }
        (Outcome::Infeasible(why), Some(expected)) => {
            panic!(
                "{}\nno plan {:?}, by vertices {expected}",
                rule.toml(),
                why.conflict
            )
        }
        (Outcome::Proposal(plan), None) => {
            panic!(
                "{}\na plan {:?}, none by vertices",
                rule.toml(),
                plan.ledger
            )
        }
    }
}
