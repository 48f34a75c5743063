//! The pick keeps proportions: what a fund loses or gains falls on zones by what is due to them, and between funds by what each has.
//!
//! Every plan here is worked out by hand, or by a water-filling in exact fractions that knows nothing of the solver.

use std::fmt::Write as _;

use mappafondo::units::Exact;

use super::checked;
use super::common::{ModelText, Solved, euro};
use super::random::Random;

/// The checked plan of a model.
fn plan(text: &ModelText) -> Solved {
    let model = text.read();
    let proposal = checked(&model, text.files()).unwrap_or_else(|why| panic!("{why}"));
    assert!(proposal.pick.proved);
    Solved { model, proposal }
}

#[track_caller]
fn pays(found: &Solved, expected: &[(&str, &str, &str, &str)]) {
    for &(fund, zone, year, amount) in expected {
        let paid = found.paid(fund, "", zone, year);
        assert_eq!(paid, euro(amount), "{fund} {zone} {year}");
    }
}

/// One action without a limit for every zone, funds that may pay it, each with a formula by `residenti`.
fn model(zones: &str, funds: &[&str], years: &[i32]) -> ModelText {
    let mut toml = String::new();
    let mut table = "fund".to_owned();
    let mut eligibility = "fund,action".to_owned();
    for fund in funds {
        let _ = write!(
            toml,
            "[[riparto]]\nfund = \"{fund}\"\nrole = \"baseline\"\nweights = [{{ indicator = \"residenti\", weight = \"100%\" }}]\nround_amount = \"cent\"\n"
        );
        let _ = write!(table, "\n{fund}");
        let _ = write!(eligibility, "\n{fund},serv");
    }
    let mut needs = "action,zone,year,units".to_owned();
    for zone in zones.lines().skip(1) {
        let zone = zone.split(',').next().unwrap();
        for year in years {
            let _ = write!(needs, "\nserv,{zone},{year},unlimited");
        }
    }
    let n_years = u16::try_from(years.len()).unwrap();
    ModelText::new()
        .years(years[0], n_years)
        .toml(&toml)
        .toml("[[goal]]\nkind = \"value\"")
        .table("zones", zones)
        .table("funds", &table)
        .table("actions", "action\nserv")
        .table("eligibility", &eligibility)
        .table("needs", &needs)
}

fn rule(id: &str, body: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\ntitle = \"{id}\"\nlaw = {{ act = \"Legge di esempio\" }}\nstrength = \"law\"\n{body}"
    )
}

const THREE: &str = "zone,residenti\ngrande,90000\nmedia,9000\npiccola,1000";

/// A reserve takes the same part of what is due to each: 10% of 90,000, 9,000 and 1,000 leaves 81,000, 8,100 and 900; 30% leaves 63,000,
/// 6,300 and 700. Nothing is moved from zone to zone.
#[test]
fn a_reserve_is_taken_in_proportion() {
    for (share, left) in [
        ("90%", ["81000", "8100", "900"]),
        ("70%", ["63000", "6300", "700"]),
    ] {
        let reserve = rule(
            "riserva",
            &format!(
                "measure = {{ euro = true, fund = \"fondo\" }}\nat_most = {{ share_of = \"assigned\", share = \"{share}\" }}"
            ),
        );
        let text = model(THREE, &["fondo"], &[2026])
            .toml(&reserve)
            .table("amounts", "fund,year,euro\nfondo,2026,100000.00");
        let found = plan(&text);
        let [grande, media, piccola] = left;
        pays(
            &found,
            &[
                ("fondo", "grande", "", grande),
                ("fondo", "media", "", media),
                ("fondo", "piccola", "", piccola),
            ],
        );
        assert_eq!(found.proposal.pick.all.moved, euro("0.00"));
        assert_eq!(found.proposal.pick.all.most(), None);
    }
}

const TWO: &str = "zone,residenti\nest,5000\novest,5000";

/// A zone is to have 66,000 where the formulas give 50,000 of one fund and 5,000 of another: with `d` of the large fund the sum of
/// squares by what is due is `2 d^2 / 50,000 + 2 (11,000 - d)^2 / 5,000`, least at 10,000. Both move by a fifth.
#[test]
fn a_small_fund_is_not_torn_for_a_large_one() {
    let floor = rule(
        "est",
        "measure = { euro = true, zone = \"est\" }\nat_least = { euro = \"66000\" }",
    );
    let text = model(TWO, &["grande", "piccolo"], &[2026])
        .toml(&floor)
        .table(
            "amounts",
            "fund,year,euro\ngrande,2026,100000.00\npiccolo,2026,10000.00",
        );
    let found = plan(&text);
    pays(
        &found,
        &[
            ("grande", "est", "", "60000"),
            ("grande", "ovest", "", "40000"),
            ("piccolo", "est", "", "6000"),
            ("piccolo", "ovest", "", "4000"),
        ],
    );
    // 10,000 and 1,000 of 110,000; Est has a fifth more than 55,000, Ovest a fifth less.
    let pick = &found.proposal.pick;
    assert_eq!(pick.all.moved, euro("11000"));
    assert_eq!(pick.all.share(), Some(Exact::new(1, 10)));
    assert_eq!(pick.all.most().unwrap().off(), Some(Exact::new(1, 5)));
    assert_eq!(pick.all.least().unwrap().off(), Some(Exact::new(-1, 5)));
    let moved: Vec<_> = pick.funds.iter().map(|(_, of)| of.moved).collect();
    assert_eq!(moved, [euro("10000"), euro("1000")]);
}

/// 100,000 of 2026 that may be spent in 2027 too, three parts to Costa and one to Monte.
fn carried(rules: &str, needs: Option<&str>) -> ModelText {
    let text = model(
        "zone,residenti\ncosta,7500\nmonte,2500",
        &["fondo"],
        &[2026, 2027],
    )
    .toml(rules)
    .table("funds", "fund,carry_over,last_spend\nfondo,100%,2027-12-31")
    .table("amounts", "fund,year,euro\nfondo,2026,100000.00");
    match needs {
        Some(needs) => text.table("needs", needs),
        None => text,
    }
}

fn first_year() -> String {
    rule(
        "primo-anno",
        "years = [2026]\nmeasure = { euro = true, fund = \"fondo\" }\nat_most = { euro = \"60000\" }",
    )
}

/// What is carried belongs to the year it comes from: three parts and one, in both years.
#[test]
fn carried_money_follows_the_formula_of_its_year() {
    let found = plan(&carried(&first_year(), None));
    pays(
        &found,
        &[
            ("fondo", "costa", "2026", "45000"),
            ("fondo", "monte", "2026", "15000"),
            ("fondo", "costa", "2027", "30000"),
            ("fondo", "monte", "2027", "10000"),
        ],
    );
    assert_eq!(found.proposal.pick.all.moved, euro("0.00"));
}

/// A zone that can spend in the first year alone has its quarter all the same, to the cent: waiting is no distance.
#[test]
fn a_zone_that_spends_early_has_its_part_and_no_more() {
    let needs = "action,zone,year,units\nserv,costa,2026,unlimited\nserv,monte,2026,unlimited\nserv,costa,2027,unlimited";
    let found = plan(&carried(&first_year(), Some(needs)));
    pays(
        &found,
        &[
            ("fondo", "costa", "2026", "35000"),
            ("fondo", "monte", "2026", "25000"),
            ("fondo", "costa", "2027", "40000"),
        ],
    );
    assert_eq!(found.proposal.pick.all.moved, euro("0.00"));
}

/// Without a reason to wait nothing is carried.
#[test]
fn money_is_not_carried_for_nothing() {
    let found = plan(&carried("", None));
    pays(
        &found,
        &[
            ("fondo", "costa", "2026", "75000"),
            ("fondo", "monte", "2026", "25000"),
            ("fondo", "", "2027", "0"),
        ],
    );
}

/// Two amounts that may wait a year, by formulas that differ: Costa is due 75,000 and then half of 40,000, Monte 25,000 and half. 30,000
/// must wait: each zone has in all what both formulas give it, 95,000 and 45,000. What waits is taken from the zones by what is due to
/// them in all: with `d` less for Monte in 2026 the squares are `2 (30,000 - d)^2 / 95,000 + 2 d^2 / 45,000`, least at
/// 30,000 x 45 / 140 = 9,642.857.
#[test]
fn years_that_share_money_are_measured_together() {
    let text = carried("", None)
        .table(
            "amounts",
            "fund,year,euro\nfondo,2026,100000.00\nfondo,2027,40000.00",
        )
        .table(
            "indicators",
            "zone,year,indicator,value\ncosta,2026,residenti,7500\nmonte,2026,residenti,2500\ncosta,2027,residenti,5000\nmonte,2027,residenti,5000",
        )
        .table("zones", "zone\ncosta\nmonte")
        .toml(&rule(
            "primo-anno",
            "years = [2026]\nmeasure = { euro = true, fund = \"fondo\" }\nat_most = { euro = \"70000\" }",
        ));
    let found = plan(&text);
    pays(
        &found,
        &[
            ("fondo", "costa", "", "95000"),
            ("fondo", "monte", "", "45000"),
            ("fondo", "monte", "2026", "15357.14"),
            ("fondo", "costa", "2026", "54642.86"),
        ],
    );
    assert_eq!(found.proposal.pick.all.moved, euro("0.00"));
}

/// Years whose money cannot move are each their own: a reserve in 2026 leaves 2027 as its formula has it.
#[test]
fn a_year_that_nothing_touches_does_not_move() {
    let reserve = rule(
        "riserva",
        "years = [2026]\nmeasure = { euro = true, fund = \"fondo\" }\nat_most = { euro = \"90000\" }",
    );
    let text = model(THREE, &["fondo"], &[2026, 2027])
        .toml(&reserve)
        .table(
            "amounts",
            "fund,year,euro\nfondo,2026,100000.00\nfondo,2027,50000.00",
        );
    pays(
        &plan(&text),
        &[
            ("fondo", "grande", "2026", "81000"),
            ("fondo", "media", "2026", "8100"),
            ("fondo", "piccola", "2026", "900"),
            ("fondo", "grande", "2027", "45000"),
            ("fondo", "media", "2027", "4500"),
            ("fondo", "piccola", "2027", "500"),
        ],
    );
}

/// A zone to which the formula gives nothing gets nothing as long as others can have the money, and what a law gives it is taken from
/// the others in proportion.
#[test]
fn a_zone_without_a_target_neither_attracts_nor_divides() {
    let zones = "zone,residenti\ngrande,90000\nmedia,10000\nnuova,0";
    let text =
        model(zones, &["fondo"], &[2026]).table("amounts", "fund,year,euro\nfondo,2026,100000.00");
    pays(
        &plan(&text),
        &[
            ("fondo", "grande", "", "90000"),
            ("fondo", "nuova", "", "0"),
        ],
    );
    let floor = rule(
        "nuova",
        "measure = { euro = true, zone = \"nuova\" }\nat_least = { euro = \"20000\" }",
    );
    let found = plan(&text.toml(&floor));
    pays(
        &found,
        &[
            ("fondo", "grande", "", "72000"),
            ("fondo", "media", "", "8000"),
            ("fondo", "nuova", "", "20000"),
        ],
    );
    assert_eq!(found.proposal.pick.all.moved, euro("20000"));
    // Nothing is due to it: it is no part of anything.
    assert_eq!(found.proposal.pick.all.most(), None);
}

/// Nearest to last year: a fund that grows by a half grows by a half everywhere, and a zone that had nothing gets nothing.
#[test]
fn growth_over_last_year_is_in_proportion() {
    let text = model(THREE, &["fondo"], &[2026])
        .toml("[pick]\nnearest = \"last_year\"")
        .table("amounts", "fund,year,euro\nfondo,2026,150000.00")
        .table(
            "previous",
            "fund,action,zone,year,euro\nfondo,serv,grande,2025,90000.00\nfondo,serv,media,2025,10000.00",
        );
    let found = plan(&text);
    pays(
        &found,
        &[
            ("fondo", "grande", "", "135000"),
            ("fondo", "media", "", "15000"),
            ("fondo", "piccola", "", "0"),
        ],
    );
    assert_eq!(found.proposal.pick.nearest, "last_year");
    assert_eq!(found.proposal.pick.all.moved, euro("0.00"));
}

/// `min(most, k x due)` for the `k` with which a sum is spent: what the pick of one fund is, where zones have needs that end.
fn filled(due: &[Exact], most: &[Exact], sum: Exact) -> Vec<Exact> {
    let mut full = vec![false; due.len()];
    loop {
        let rest: Exact = sum
            - (0..due.len())
                .filter(|&z| full[z])
                .map(|z| most[z])
                .sum::<Exact>();
        let open: Exact = (0..due.len()).filter(|&z| !full[z]).map(|z| due[z]).sum();
        if open == Exact::from_integer(0) {
            return most.to_vec();
        }
        let over: Vec<usize> = (0..due.len())
            .filter(|&z| !full[z] && due[z] * rest > most[z] * open)
            .collect();
        if over.is_empty() {
            let part = |z: usize| {
                if full[z] {
                    most[z]
                } else {
                    due[z] * rest / open
                }
            };
            return (0..due.len()).map(part).collect();
        }
        for zone in over {
            full[zone] = true;
        }
    }
}

/// Funds of any size over zones of any size, with needs that may end below what is due: within a cent of the water-filling.
#[test]
fn one_fund_is_filled_in_proportion() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let n = usize::try_from(random.between(2, 9)).unwrap();
        let residents: Vec<i64> = (0..n)
            .map(|_| {
                let size = random.between(1, 4);
                random.between(10, 10_i64.pow(u32::try_from(size).unwrap()))
            })
            .collect();
        let size = random.between(7, 12);
        let money = random.between(1_000_000, 10_i64.pow(u32::try_from(size).unwrap()));
        let all: i64 = residents.iter().sum();
        let mut zones = "zone,residenti".to_owned();
        let mut needs = "action,zone,year,units".to_owned();
        let mut most = Vec::new();
        for (zone, own) in residents.iter().enumerate() {
            let _ = write!(zones, "\nz{zone},{own}");
            // Needs from a half to three times what is due.
            let need = (i128::from(money) * i128::from(*own) * i128::from(random.between(5, 30))
                / (10 * i128::from(all)))
            .max(1);
            let need = i64::try_from(need).unwrap();
            let _ = write!(
                needs,
                "\nserv,z{zone},2026,{}.{:02}",
                need / 100,
                need % 100
            );
            most.push(Exact::from_integer(need.into()));
        }
        let text = model(&zones, &["fondo"], &[2026])
            .table("needs", &needs)
            .table(
                "amounts",
                &format!(
                    "fund,year,euro\nfondo,2026,{}.{:02}",
                    money / 100,
                    money % 100
                ),
            );
        let found = plan(&text);
        let formula = &found.model.formula;
        let due: Vec<Exact> = (0..n)
            .map(|zone| {
                let mut own = formula.iter().filter(|(group, _)| group.1.index() == zone);
                Exact::from_integer(own.next().unwrap().1.cents().into())
            })
            .collect();
        let needed: Exact = most.iter().copied().sum();
        let sum = needed.min(Exact::from_integer(money.into()));
        for (zone, expected) in filled(&due, &most, sum).into_iter().enumerate() {
            let paid = found.paid("fondo", "", &format!("z{zone}"), "").cents();
            let off = Exact::from_integer(paid.into()) - expected;
            let off = if off < Exact::from_integer(0) {
                -off
            } else {
                off
            };
            assert!(
                off <= Exact::from_integer(1),
                "{seed}: z{zone} {paid} not {expected}"
            );
        }
    }
}

/// Ten times a fund, its needs and the rule on it: ten times its plan, and the other fund as it was.
#[test]
fn a_fund_ten_times_as_large_has_the_same_proportions() {
    let text = |times: i64| {
        let mut needs = "action,zone,year,units".to_owned();
        for zone in ["grande", "media", "piccola"] {
            let _ = write!(
                needs,
                "\nserv,{zone},2026,unlimited\naltro,{zone},2026,unlimited"
            );
        }
        model(THREE, &["uno", "due"], &[2026])
            .toml(&rule(
                "uno",
                &format!(
                    "measure = {{ euro = true, fund = \"uno\", zone = \"piccola\" }}\nat_least = {{ euro = \"{}\" }}",
                    5_000 * times
                ),
            ))
            .toml(&rule(
                "due",
                "measure = { euro = true, fund = \"due\", zone = \"media\" }\nat_most = { euro = \"3000\" }",
            ))
            .table("actions", "action\nserv\naltro")
            .table("eligibility", "fund,action\nuno,serv\ndue,altro")
            .table("needs", &needs)
            .table(
                "amounts",
                &format!("fund,year,euro\nuno,2026,{}\ndue,2026,50000", 100_000 * times),
            )
    };
    // 4,000 more for Piccola, taken from 90,000 and 9,000; 1,500 less for Media, given to 45,000 and 500.
    let small = plan(&text(1));
    pays(
        &small,
        &[
            ("uno", "grande", "", "86363.64"),
            ("uno", "media", "", "8636.36"),
            ("due", "grande", "", "46483.52"),
            ("due", "piccola", "", "516.48"),
        ],
    );
    let large = plan(&text(10));
    pays(
        &large,
        &[
            ("uno", "grande", "", "863636.36"),
            ("uno", "media", "", "86363.64"),
            ("due", "grande", "", "46483.52"),
            ("due", "piccola", "", "516.48"),
        ],
    );
}
