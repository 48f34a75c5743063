//! Break points, ranges and repairs of small models, with their true values by hand; and random models by an independent chain.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use mappafondo::explain::law::{Left, acts, shapley};
use mappafondo::explain::price::fund_prices;
use mappafondo::explain::slope::break_points;
use mappafondo::explain::{
    BreakPoints, Curve, FundPrice, Ground, Moved, OnSide, RepairKind, why_no_plan,
};
use mappafondo::input::read_model_from;
use mappafondo::model::Model;
use mappafondo::solve::Options;
use mappafondo::units::Exact;
use num_traits::{Signed, Zero};

use super::mini::Mini;
use super::{TWO, exact, fund};

type Files = BTreeMap<String, Vec<u8>>;

/// The files of a case, some of their words replaced.
fn files(case: &str, replaced: &[(&str, &str, &str)]) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/cases")
        .join(case);
    let mut files = Files::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut text = fs::read_to_string(&path).unwrap();
        for (_, old, new) in replaced.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(old), "{name} has no {old}");
            text = text.replace(old, new);
        }
        files.insert(name, text.into_bytes());
    }
    files
}

fn case(case: &str, replaced: &[(&str, &str, &str)]) -> Model {
    read_model_from(&files(case, replaced)).unwrap()
}

fn ground(name: &str, replaced: &[(&str, &str, &str)]) -> Ground {
    Ground::new(&case(name, replaced), &Options::default()).unwrap()
}

fn breaks(ground: &Ground, id: &str) -> BreakPoints {
    let moved = Moved::Fund {
        fund: fund(ground.model(), id),
        year: None,
        zone: None,
    };
    break_points(ground, &moved, TWO, &|| ()).unwrap().unwrap()
}

/// The places of a curve are those expected, each within what is told, and no more than two cents are.
fn assert_at(curve: &Curve, expected: &[&str]) {
    let at: Vec<Exact> = curve.points.iter().map(|point| point.at).collect();
    assert_eq!(at.len(), expected.len(), "{at:?}");
    for (point, expected) in curve.points.iter().zip(expected) {
        let off = (point.at - exact(expected)).abs();
        assert!(off <= point.within, "{} {expected}", point.at);
        assert!(point.within <= exact("0.02"), "{}", point.within);
        assert!(point.jump.is_zero(), "{point:?}");
    }
}

fn assert_slopes(curve: &Curve, expected: &[&str], within: &str) {
    let slopes: Vec<Exact> = curve.points.iter().filter_map(|p| p.after).collect();
    assert_eq!(slopes.len(), expected.len(), "{slopes:?}");
    for (slope, expected) in slopes.iter().zip(expected) {
        assert!((slope - exact(expected)).abs() <= exact(within), "{slope}");
    }
}

#[test]
fn a_floor_that_rounds_to_the_cent_bends_no_slope() {
    // A third of the fund goes to b; the need of a is met at 750.00.
    let points = breaks(&ground("bp-share-floor", &[]), "f");
    assert_at(&points.curves[0], &["0", "750", "2000"]);
    assert_slopes(&points.curves[0], &["2/3", "0"], "0.000001");
    assert_at(&points.curves[1], &["0", "750", "2000"]);
    assert_slopes(&points.curves[1], &["4/3", "2"], "0.000001");
    // The same a thousand times as large.
    let large = [
        ("amounts.csv", "1000.00", "1000000.00"),
        ("needs.csv", "500", "500000"),
        ("needs.csv", "2026,2000", "2026,2000000"),
    ];
    let points = breaks(&ground("bp-share-floor", &large), "f");
    assert_at(&points.curves[0], &["0", "750000", "2000000"]);
    // 33 % of a hundred euro: 60 / 0.67.
    let small = [
        ("amounts.csv", "1000.00", "100.00"),
        ("needs.csv", "500", "60"),
        ("model.toml", "1/3", "33%"),
    ];
    let points = breaks(&ground("bp-share-floor", &small), "f");
    assert_at(&points.curves[0], &["0", "6000/67", "200"]);
    assert_slopes(&points.curves[0], &["0.67", "0"], "0.000001");
}

#[test]
fn a_staircase_is_told_as_its_line() {
    // 10 % at 0.5, the rest at 3 until 300,000, at 2 until 600,000, at 1.
    let points = breaks(&ground("bp-noise-share-floor", &[]), "f");
    let expected = ["0", "1000000/3", "2000000/3", "2000000"];
    assert_at(&points.curves[0], &expected);
    assert_slopes(&points.curves[0], &["2.75", "1.85", "0.95"], "0.000001");
    assert!(points.solves < 100, "{}", points.solves);
}

#[test]
fn a_curve_of_levels_has_all_its_pieces() {
    // One zone alone until 50, two until 80 (30 more for each), three until 100 (20 more for each).
    for (times, end) in [
        ("", ["0", "50", "110", "170"]),
        ("0000", ["0", "500000", "1100000", "1700000"]),
    ] {
        let many = |number: &str, tail: &str| format!("{number}{times}{tail}");
        let (f, g2, g3, need) = (
            many("85", ".00"),
            many("50", ".00"),
            many("80", ".00"),
            format!("2026,100{times}"),
        );
        let replaced = [
            ("amounts.csv", "85.00", f.as_str()),
            ("amounts.csv", "50.00", &g2),
            ("amounts.csv", "80.00", &g3),
            ("needs.csv", "2026,100", &need),
        ];
        let ground = ground("bp-leximin-three-pieces", &replaced);
        let points = breaks(&ground, "f");
        assert_at(&points.curves[0], &end);
        let per = |slope: &str| {
            let zeros = Exact::from_integer(10_i128.pow(u32::try_from(times.len()).unwrap()));
            exact(slope) / zeros
        };
        let slopes: Vec<Exact> = points.curves[0]
            .points
            .iter()
            .filter_map(|p| p.after)
            .collect();
        for (slope, expected) in slopes.iter().zip(["1/100", "1/200", "1/300"]) {
            assert!((slope - per(expected)).abs() <= per("0.0000001"), "{slope}");
        }
        let price = price(&ground, "f");
        let (more, less) = (&price.more.rates[0], &price.less.rates[0]);
        assert!((more.change - per("1/200")).abs() <= per("0.0000001"));
        let cents = |euro: &str| {
            exact(euro) * Exact::from_integer(10_i128.pow(u32::try_from(times.len()).unwrap()))
        };
        assert_eq!((more.holds, less.holds), (cents("25"), cents("35")));
    }
}

fn price(ground: &Ground, id: &str) -> FundPrice {
    let funds = [fund(ground.model(), id)];
    let prices = fund_prices(ground, Some(&funds), TWO, &|| ()).unwrap();
    prices.into_iter().next().unwrap()
}

#[test]
fn a_rate_is_not_told_a_cent_too_far() {
    // 17.11 euro, a need of 30.00: every goal has enough at 12.89 more.
    let ground = ground("holds-a-cent-too-far", &[]);
    let price = price(&ground, "f0");
    assert_eq!(price.more.on, OnSide::Rates);
    assert_eq!(price.more.rates.len(), 4);
    for rate in &price.more.rates {
        assert_eq!(rate.holds, exact("12.89"), "{:?}", rate.key);
        assert!(!rate.is_end);
    }
}

#[test]
fn a_level_that_is_back_on_its_line_far_away_has_its_break() {
    // Of 817.60, 610.00 go to a0 at two and a tenth, 81.76 for 160.00 of z0's need, to a1 at one: the worst level, 81.76 / 160, falls by
    // 0.1 / 160 a euro until 610 and a tenth are all there is, at 677.77; then faster, to nothing at 610.00, and the line ends there too.
    let ground = ground("level-back-on-its-line", &[]);
    let price = price(&ground, "f0");
    let level = &price.less.rates[1];
    assert_eq!(level.key.kind, "leximin");
    assert_eq!(level.change, exact("-0.000625"));
    assert_eq!((level.holds, level.is_end), (exact("139.82"), false));
}

#[test]
fn money_mends_a_floor_that_is_a_share_of_the_fund() {
    // x has to leave the minimum beside its share: x (1 - share) = minimum.
    for (amount, share, minimum, more) in [
        ("100.00", "50%", "90.00", "80"),
        ("100.00", "50%", "70.00", "40"),
        ("100.00", "1/3", "90.00", "35"),
        ("1000000.00", "30%", "900000.00", "285714.29"),
        ("100000000.00", "20%", "90000000.00", "12500000"),
    ] {
        let replaced = [
            ("amounts.csv", "100.00", amount),
            ("model.toml", "50%", share),
            ("model.toml", "90.00", minimum),
        ];
        let model = case("money-repair-share-floor", &replaced);
        let found = why_no_plan(&model, &[].into()).unwrap().unwrap();
        let money = found.repairs.iter().find(|of| of.kind == RepairKind::Money);
        let money = money.unwrap_or_else(|| panic!("{amount} {share}"));
        assert!(money.checked);
        let by: Vec<Exact> = money.steps.iter().map(|step| step.by).collect();
        assert_eq!(by, [exact(more)], "{amount} {share}");
    }
}

#[test]
fn a_search_that_does_not_end_is_ended_and_says_so() {
    let model = case("hang-conflict-repair", &[]);
    let found = why_no_plan(&model, &[].into()).unwrap().unwrap();
    assert!(!found.sets.is_empty());
    assert!(found.limited || !found.repairs.is_empty());
}

#[test]
fn seventy_acts_are_all_in_the_split() {
    let mut toml = String::new();
    for act in 0..70 {
        toml.push_str(&format!(
            "[[rule]]\nid = \"r{act}\"\ntitle = \"r\"\nlaw = {{ act = \"Atto {act}\" }}\nstrength = \"plan\"\nfor_each = [\"year\"]\nmeasure = {{ euro = true, action = \"x\" }}\nat_most = {{ euro = \"{}.00\" }}\n",
            100 + act
        ));
    }
    toml.push_str("[[goal]]\nkind = \"value\"\n");
    let mini = Mini {
        funds: "f1,both,0,".to_owned(),
        amounts: "f1,2026,,500.00".to_owned(),
        actions: "x,no,divisible,current,1.00,1".to_owned(),
        eligibility: "f1,x".to_owned(),
        needs: "x,a,2026,400".to_owned(),
        toml,
    };
    let model = read_model_from(&mini.files()).unwrap();
    let ground = Ground::new(&model, &Options::default()).unwrap();
    let acts: Vec<Left> = acts(&model);
    assert_eq!(acts.len(), 70);
    let split = shapley(&ground, &acts, (2, 1), TWO, &|| ()).unwrap();
    assert_eq!(split.acts.len(), 70);
    // Whatever the orders: the parts of all add up to what all cost, 400 less the lowest cap.
    let parts: Exact = split.acts.iter().map(|act| act.parts[0].change).sum();
    assert_eq!(parts, split.total[0].change);
    assert_eq!(parts, exact("300"));
}

/// Fund `f` has `first` in 2026 and `second` in 2027, all in zone `a`.
fn two_years(
    carry_over: &str,
    (first, second): (&str, &str),
    (actions, needs): (&str, &str),
) -> Ground {
    let ids: Vec<&str> = actions
        .split_whitespace()
        .filter_map(|row| row.split(',').next())
        .collect();
    let mini = Mini {
        funds: format!("f,both,{carry_over},"),
        amounts: format!("f,2026,,{first} f,2027,,{second}"),
        actions: actions.to_owned(),
        eligibility: ids.iter().map(|id| format!("f,{id} ")).collect(),
        needs: needs.to_owned(),
        toml: "[[goal]]\nkind = \"leps\"\n[[goal]]\nkind = \"value\"\n".to_owned(),
    };
    Ground::new(&mini.model(), &Options::default()).unwrap()
}

#[test]
fn a_later_goal_that_leaves_its_line_and_comes_back_has_its_breaks() {
    // Of each euro half comes in 2026, where 800 serve essential levels at one, then 10 something else at three, then nothing.
    let ground = two_years(
        "",
        ("500.00", "500.00"),
        (
            "x,yes,divisible,current,1.00,1 y,no,divisible,current,1.00,3",
            "x,a,2026,800 x,a,2027,2000 y,a,2026,10",
        ),
    );
    let points = breaks(&ground, "f");
    assert_at(&points.curves[0], &["0", "1600", "2000"]);
    assert_slopes(&points.curves[0], &["1", "0.5"], "0.000001");
    let expected = ["0", "1600", "1620", "2000"];
    assert_at(&points.curves[1], &expected);
    assert_slopes(&points.curves[1], &["1", "2", "0.5"], "0.00001");
}

#[test]
fn a_rate_that_changes_within_a_euro_is_told_as_no_line() {
    // A third of 2026 is worth three in 2027. What stays serves 5,453.00 at three, and 0.15333.. at one: two thirds of 0.23.
    let mini = Mini {
        funds: "f,both,1/3,".to_owned(),
        amounts: "f,2026,,8179.73 f,2027,,13810.93".to_owned(),
        actions: "x,no,divisible,current,1.00,1 y,no,divisible,current,1.00,3".to_owned(),
        eligibility: "f,x f,y".to_owned(),
        needs: "x,a,2026,12240 y,a,2026,5453 y,a,2027,29083".to_owned(),
        toml: "[[goal]]\nkind = \"value\"\n".to_owned(),
    };
    let ground = Ground::new(&mini.model(), &Options::default()).unwrap();
    let funds = [fund(ground.model(), "f")];
    for only in [Some(&funds[..]), None] {
        let prices = fund_prices(&ground, only, TWO, &|| ()).unwrap();
        let (more, less) = (&prices[0].more.rates[0], &prices[0].less.rates[0]);
        assert!((more.change - exact("5/3")).abs() <= exact("0.000001"));
        assert!(more.holds > exact("1000"), "{}", more.holds);
        // 0.23 at 5/3, 0.77 at 3: what one euro less takes away, altogether.
        assert!(
            (less.change + exact("2.69333333")).abs() <= exact("0.00001"),
            "{}",
            less.change
        );
        assert_eq!((prices[0].less.step, less.holds), (exact("1"), exact("0")));
    }
}

#[test]
fn how_far_a_price_holds_is_followed_when_nothing_is_asked_too() {
    // 7,745.00 more are needed in 2026; of 2027 everything, and twice as much, is worth one.
    let ground = two_years(
        "",
        ("10000.00", "5000.00"),
        (
            "x,yes,divisible,current,1.00,2",
            "x,a,2026,17745 x,a,2027,20000",
        ),
    );
    let prices = fund_prices(&ground, None, TWO, &|| ()).unwrap();
    for (price, holds, is_end) in [(&prices[0], "7745", false), (&prices[1], "5000", true)] {
        for (rate, change) in price.more.rates.iter().zip(["1", "2"]) {
            assert_eq!(rate.change, exact(change));
            assert_eq!((rate.holds, rate.is_end), (exact(holds), is_end));
        }
        assert!(price.less.rates.iter().all(|rate| rate.is_end));
    }
}

/// Some models of `benches/peers/explain_truth.py`, where Python and HiGHS for it are there; the campaign is a thousand.
#[test]
fn random_models_agree_with_an_independent_chain() {
    let has = Command::new("python3")
        .args(["-c", "import highspy"])
        .output()
        .is_ok_and(|done| done.status.success());
    if !has {
        println!("no python3 with highspy: not compared");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/explain_truth.py");
    let done = Command::new("python3")
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_mappafondo"))
        .args(["--models", "12", "--seed", "7"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    assert!(
        done.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&done.stderr)
    );
}
