//! A small model and a proposal for it, written by hand, for the tests of the writers.

use std::collections::BTreeMap;

use crate::input::Inputs;
use crate::model::{
    Action, ActionIdx, ActionKind, Amount, Assigned, Base, Confidence, Deadline, Demand,
    Eligibility, Fund, FundIdx, FundNature, FundYear, Goal, GoalKind, Language, Level, Model,
    Nature, Pick, Relation, Strength, Written, Zone, ZoneIdx,
};
use crate::proposal::{
    ConflictLine, FundLine, GoalLine, Infeasible, LedgerLine, Moved, PickLine, Proposal, RuleLine,
    RuleStatus, UnmetLine, UnmetReason, ZoneLine, ZoneShare,
};
use crate::sheet::{
    Certificate, Claim, ColumnKind, DOSSIER_FORMAT, PickCertificate, Scope, Sheet, SheetColumn,
    SheetGoal, SheetRow,
};
use crate::units::{Euro, Exact, Year};

pub(super) const FNPS: FundIdx = FundIdx::new(0);
pub(super) const PNRR: FundIdx = FundIdx::new(1);
pub(super) const CENTRO: ActionIdx = ActionIdx::new(0);
pub(super) const PIPPI: ActionIdx = ActionIdx::new(1);
pub(super) const SOCIALE: ActionIdx = ActionIdx::new(2);
pub(super) const ARNO: ZoneIdx = ZoneIdx::new(0);
pub(super) const BISENZIO: ZoneIdx = ZoneIdx::new(1);

fn euro(euro: i64) -> Euro {
    Euro::from_cents(euro * 100)
}

fn exact(value: i128) -> Exact {
    Exact::from_integer(value)
}

/// Ten euro of a thousand are moved from the second zone to the first.
fn moved() -> Moved {
    let zones = [
        (ARNO, euro(600), euro(610)),
        (BISENZIO, euro(400), euro(390)),
    ];
    let share = |(zone, due, paid)| ZoneShare { zone, due, paid };
    Moved {
        moved: euro(10),
        spent: euro(1_000),
        zones: zones.map(share).to_vec(),
    }
}

pub(super) fn inputs() -> Inputs {
    let funds = ("funds.csv", "fund\nfnps\npnrr\n");
    let files = [funds, ("model.toml", "[model]\n")];
    Inputs {
        files: (files.into_iter())
            .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
            .collect(),
    }
}

pub(super) fn model() -> Model {
    let demand = |action, zone, year, cost: Option<i64>| Demand {
        action,
        zone,
        year,
        label: String::new(),
        nature: Nature::Current,
        units: exact(1),
        euro: cost.map(euro),
    };
    Model {
        head: crate::model::Head::default(),
        title: "Due zone, due fondi, tre azioni".to_owned(),
        language: Language::Italian,
        years: vec![2022, 2023],
        zones: vec![
            zone("arno", "Valle dell'Arno"),
            zone("bisenzio", "Val di Bisenzio"),
        ],
        funds: vec![
            fund("fnps", "Fondo nazionale politiche sociali", Deadline::Never),
            fund("pnrr", "PNRR, missione 5", Deadline::YearsAfter(0)),
        ],
        actions: vec![
            action("centro-servizi", "Centro servizi", false),
            action("pippi", "PIPPI", true),
            action("servizio-sociale", "Servizio sociale professionale", true),
        ],
        indicators: crate::model::Indicators::default(),
        money: BTreeMap::from([
            (
                (FNPS, 2022),
                money(Assigned::Pool(euro(1_200_000)), Confidence::Official),
            ),
            (
                (FNPS, 2023),
                money(Assigned::Pool(euro(1_000_000)), Confidence::Estimate),
            ),
            (
                (PNRR, 2022),
                money(
                    Assigned::Zones(BTreeMap::from([
                        (ARNO, euro(200_000)),
                        (BISENZIO, euro(100_000)),
                    ])),
                    Confidence::Derived,
                ),
            ),
        ]),
        amounts: Vec::<Amount>::new(),
        formula: BTreeMap::from([((FNPS, ARNO, 2022), Euro::from_cents(50_000_000))]),
        formula_years: Vec::new(),
        eligibility: vec![
            opens(FNPS, &[CENTRO, PIPPI, SOCIALE]),
            opens(PNRR, &[PIPPI]),
        ],
        demands: vec![
            demand(CENTRO, ARNO, 2023, None),
            demand(PIPPI, ARNO, 2022, Some(150_000)),
            demand(PIPPI, BISENZIO, 2022, Some(300_000)),
            demand(SOCIALE, ARNO, 2022, Some(900_000)),
            demand(SOCIALE, ARNO, 2023, Some(900_000)),
            demand(SOCIALE, BISENZIO, 2022, Some(400_000)),
            demand(SOCIALE, BISENZIO, 2023, Some(400_000)),
        ],
        rules: Vec::new(),
        matches: Vec::new(),
        flat_rates: Vec::new(),
        claims: Vec::new(),
        earnings: Vec::new(),
        previous: BTreeMap::new(),
        goals: vec![Goal {
            kind: GoalKind::Leps,
            actions: vec![CENTRO, PIPPI, SOCIALE],
        }],
        pick: Pick::Riparto,
        assumptions: Vec::new(),
        map: Vec::new(),
        warnings: Vec::new(),
        written: Written::default(),
    }
}

fn zone(id: &str, name: &str) -> Zone {
    Zone {
        id: id.to_owned(),
        name: name.to_owned(),
        from: None,
        to: None,
        replaces: Vec::new(),
        attributes: BTreeMap::new(),
    }
}

fn fund(id: &str, name: &str, deadline: Deadline) -> Fund {
    Fund {
        id: id.to_owned(),
        name: name.to_owned(),
        level: Level::State,
        nature: FundNature::Both,
        tags: Vec::new(),
        carry_over: exact(if deadline == Deadline::Never { 1 } else { 0 }),
        deadline,
        law: None,
    }
}

fn action(id: &str, name: &str, leps: bool) -> Action {
    Action {
        id: id.to_owned(),
        name: name.to_owned(),
        area: "sociale".to_owned(),
        tags: Vec::new(),
        leps,
        kind: ActionKind::Divisible,
        unit: "euro".to_owned(),
        unit_cost: vec![euro(1), euro(1)],
        priority: exact(1),
        nature: Nature::Current,
        min_active: None,
        persistent: false,
    }
}

fn money(assigned: Assigned, confidence: Confidence) -> FundYear {
    let total = match &assigned {
        Assigned::Pool(total) => *total,
        Assigned::Zones(zones) => Euro::checked_sum(zones.values().copied()).unwrap(),
    };
    FundYear {
        assigned,
        total,
        by_confidence: BTreeMap::from([(confidence, total)]),
    }
}

fn opens(fund: FundIdx, actions: &[ActionIdx]) -> Eligibility {
    let zones = [ARNO, BISENZIO]
        .into_iter()
        .flat_map(|zone| [(zone, 2022), (zone, 2023)]);
    Eligibility {
        fund,
        actions: actions.to_vec(),
        zones: zones.collect(),
        max_share: None,
        law: None,
    }
}

pub(super) fn proposal() -> Proposal {
    let ledger = |fund, action, zone, year, amount| LedgerLine {
        fund,
        action,
        zone,
        year,
        euro: euro(amount),
    };
    let zone = |zone, year, need, covered, received| ZoneLine {
        zone,
        year,
        need: euro(need),
        covered: euro(covered),
        coverage: (need != 0).then(|| Exact::new(i128::from(covered), i128::from(need))),
        euro: euro(received),
    };
    let unmet = |action, zone, year, open: i64, reason| UnmetLine {
        action,
        zone,
        year,
        units: Exact::new(i128::from(open), 30_000),
        euro: euro(open),
        reason,
    };
    Proposal {
        complete: true,
        ledger: vec![
            ledger(FNPS, CENTRO, ARNO, 2023, 50_000),
            ledger(FNPS, PIPPI, BISENZIO, 2022, 200_000),
            ledger(FNPS, SOCIALE, ARNO, 2022, 500_000),
            ledger(FNPS, SOCIALE, ARNO, 2023, 900_000),
            ledger(FNPS, SOCIALE, BISENZIO, 2022, 400_000),
            ledger(FNPS, SOCIALE, BISENZIO, 2023, 100_000),
            ledger(PNRR, PIPPI, ARNO, 2022, 150_000),
            ledger(PNRR, PIPPI, BISENZIO, 2022, 100_000),
        ],
        rules: rules(),
        unmet: vec![
            unmet(SOCIALE, ARNO, 2022, 400_000, UnmetReason::Exhausted),
            unmet(SOCIALE, BISENZIO, 2023, 300_000, UnmetReason::Rule),
        ],
        zones: vec![
            zone(ARNO, 2022, 1_050_000, 650_000, 650_000),
            zone(ARNO, 2023, 900_000, 900_000, 950_000),
            zone(BISENZIO, 2022, 700_000, 700_000, 700_000),
            zone(BISENZIO, 2023, 400_000, 100_000, 100_000),
        ],
        funds: vec![
            fund_line(FNPS, 2022, [1_200_000, 0, 1_100_000, 100_000, 0, 0]),
            fund_line(
                FNPS,
                2023,
                [1_000_000, 100_000, 1_050_000, 50_000, 0, 1_000_000],
            ),
            fund_line(PNRR, 2022, [300_000, 0, 250_000, 0, 50_000, 0]),
        ],
        goals: goals(),
        pick: PickLine {
            nearest: "riparto",
            proved: true,
            off: Euro::from_cents(2_345_678),
            all: moved(),
            funds: vec![(FNPS, moved())],
            within: Some(Euro::from_cents(3)),
            nearer: Some(Euro::from_cents(2)),
        },
        whole: None,
        earned: Euro::ZERO,
        excess: Vec::new(),
        sheet: sheet(),
        values: vec![25_000_000, 0, 12],
        certificate: Certificate {
            format: DOSSIER_FORMAT,
            claim: Claim::Proposal {
                goals: Vec::new(),
                pick: PickCertificate {
                    nearest: "riparto".to_owned(),
                    proved: true,
                    distance: "1".to_owned(),
                    due: "1".to_owned(),
                    gap: "0".to_owned(),
                    multipliers: Vec::new(),
                    goal_multipliers: Vec::new(),
                },
                excess: Vec::new(),
            },
        },
        solver: "HiGHS 1.15.0".to_owned(),
    }
}

/// Assigned, carried in, used, carried out, lost, estimate.
fn fund_line(fund: FundIdx, year: Year, amounts: [i64; 6]) -> FundLine {
    let [assigned, carried_in, used, carried_out, lost, estimate] = amounts.map(euro);
    FundLine {
        fund,
        year,
        assigned,
        carried_in,
        used,
        carried_out,
        lost,
        estimate,
    }
}

fn goals() -> Vec<GoalLine> {
    let goal = |kind, level, value, gap, unit, rounding| GoalLine {
        tolerance: Exact::from_integer(0),
        kind,
        level,
        value,
        gap,
        unit,
        rounding,
    };
    vec![
        goal("leps", 0, exact(2_350_000), exact(0), "euro", exact(0)),
        goal(
            "targets",
            0,
            Exact::new(-1, 3),
            Exact::new(1, 3_000_000),
            "bound",
            exact(0),
        ),
        goal(
            "leximin",
            1,
            Exact::new(8, 11),
            Exact::new(1, 1_000_000_000),
            "level",
            exact(0),
        ),
        goal(
            "value",
            0,
            exact(2_400_000),
            Exact::new(7, 1000),
            "euro",
            Exact::new(1, 200),
        ),
    ]
}

fn rules() -> Vec<RuleLine> {
    let half = RuleLine {
        rule: "fnps-minori".to_owned(),
        title: "Almeno il 50% del FNPS ai minori".to_owned(),
        fund: Some(FNPS),
        action: None,
        zone: None,
        year: Some(2022),
        law: "Piano sociale nazionale 2021-2023, par. 2.5".to_owned(),
        strength: Strength::Plan,
        base: Some(Base::Assigned),
        base_of: String::new(),
        share: None,
        relation: Relation::AtLeast,
        value: exact(600_000),
        bound: exact(600_000),
        unit: "euro",
        slack: exact(0),
        status: RuleStatus::Binding,
        waiver: String::new(),
    };
    vec![
        RuleLine {
            year: Some(2023),
            value: exact(700_000),
            bound: exact(500_000),
            slack: exact(200_000),
            status: RuleStatus::Met,
            ..half.clone()
        },
        RuleLine {
            rule: "tetto-bisenzio".to_owned(),
            title: "Capacità di spesa della zona".to_owned(),
            fund: None,
            zone: Some(BISENZIO),
            year: Some(2023),
            law: "=HYPERLINK(\"http://example.org\"), art. 1".to_owned(),
            strength: Strength::Law,
            base: None,
            relation: Relation::AtMost,
            value: Exact::new(1_000_000_005, 10_000),
            bound: Exact::new(1_000_000_005, 10_000),
            ..half.clone()
        },
        RuleLine {
            rule: "presi-in-carico".to_owned(),
            title: "Persone prese in carico".to_owned(),
            fund: None,
            action: Some(SOCIALE),
            year: None,
            law: "PR FSE+ 2021-2027".to_owned(),
            strength: Strength::Target,
            base: None,
            value: Exact::new(190, 3),
            bound: exact(95),
            unit: "units",
            slack: Exact::new(-95, 3),
            status: RuleStatus::Short,
            ..half.clone()
        },
        RuleLine {
            rule: "accesso".to_owned(),
            title: "Un punto di accesso ogni 40.000 residenti".to_owned(),
            fund: None,
            zone: Some(ARNO),
            value: exact(0),
            bound: exact(10_000),
            slack: exact(-10_000),
            status: RuleStatus::Waived,
            waiver: "Deroga del 2022, \"montagna\"".to_owned(),
            ..half.clone()
        },
        half,
    ]
}

fn sheet() -> Sheet {
    let column = |name: &str, kind| SheetColumn {
        name: name.to_owned(),
        kind,
        scope: Scope::default(),
        label: String::new(),
        lower: 0,
        upper: 30_000_000,
    };
    Sheet {
        format: DOSSIER_FORMAT,
        columns: vec![
            column("pay(a)", ColumnKind::Pay),
            column("pay(b)", ColumnKind::Pay),
            column("carry(a)", ColumnKind::Carry),
        ],
        rows: vec![SheetRow {
            name: "fund(a)".to_owned(),
            family: "fund".to_owned(),
            rule: String::new(),
            law: String::new(),
            strength: String::new(),
            scope: Scope::default(),
            lower: None,
            upper: Some(30_000_000),
            play: 0,
            cells: vec![(0, 1), (2, 1)],
        }],
        goals: vec![SheetGoal {
            tolerance: 0,
            kind: "leps".to_owned(),
            level: 0,
            unit: "cent".to_owned(),
            scale: 1,
            cost: vec![(0, 1)],
        }],
    }
}

pub(super) fn infeasible() -> Infeasible {
    Infeasible {
        whole: false,
        conflict: vec![
            ConflictLine {
                id: "fnps-minori".to_owned(),
                title: "Almeno il 50% del FNPS ai minori".to_owned(),
                law: "Piano sociale nazionale 2021-2023, par. 2.5".to_owned(),
                strength: Some(Strength::Plan),
            },
            ConflictLine {
                id: "need:pippi".to_owned(),
                title: "Fabbisogno di PIPPI".to_owned(),
                law: String::new(),
                strength: None,
            },
        ],
        shortfall: Some(euro(150_000)),
        sheet: sheet(),
        certificate: Certificate {
            format: DOSSIER_FORMAT,
            claim: Claim::Infeasible {
                whole: false,
                multipliers: vec![(0, 1.0)],
                conflict: vec!["fnps-minori".to_owned(), "need:pippi".to_owned()],
            },
        },
        solver: "HiGHS 1.15.0".to_owned(),
    }
}
