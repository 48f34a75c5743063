//! Models in which cents were lost, or a plan was refused for a cent; what is owed is worked out by hand.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mappafondo::input::read_model;
use mappafondo::model::{Language, Model};
use mappafondo::proposal::{Proposal, RuleStatus, UnmetReason};
use mappafondo::report::summary_text::{Layout, of_proposal};
use mappafondo::report::totals::totals;

use super::common::{ModelText, euro, exact};
use super::{Files, checked};

fn case(name: &str) -> (Model, Proposal) {
    let folder = Path::new("tests/data/cases").join(name);
    let files: Files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(&path).unwrap())
        })
        .collect();
    let (model, _) = read_model(&folder).unwrap();
    let proposal = checked(&model, files).unwrap_or_else(|why| panic!("{name}: {why}"));
    assert!(proposal.excess.is_empty(), "{:?}", proposal.excess);
    (model, proposal)
}

fn paid(proposal: &Proposal, fund: usize) -> Vec<i64> {
    let lines = proposal.ledger.iter();
    lines
        .filter(|line| line.fund.index() == fund)
        .map(|line| line.euro.cents())
        .collect()
}

/// Four operations of 6.25 shared 90 to 10, in each and in all: parts of 5.63 and 0.62 twice, of 5.62 and 0.63 twice.
#[test]
fn half_cents_of_a_match_find_their_pairs() {
    let (_, proposal) = case("ninety-ten-half-cents");
    assert!(proposal.unmet.is_empty(), "{:?}", proposal.unmet);
    assert_eq!(proposal.goals[0].value, exact("25.00"));
    assert_eq!(proposal.goals[0].gap, exact("0"));
    let mut all = [paid(&proposal, 0), paid(&proposal, 1)];
    all.iter_mut().for_each(|parts| parts.sort_unstable());
    all.sort();
    assert_eq!(all, [vec![62, 62, 63, 63], vec![562, 562, 563, 563]]);
}

/// Seven operations of 33.33 shared 40, 42 and 18: everything can be paid with each part within a cent of its share.
#[test]
fn three_funders_pay_seven_operations_in_full() {
    let (_, proposal) = case("ue-40-42-18");
    assert!(proposal.unmet.is_empty(), "{:?}", proposal.unmet);
    assert_eq!(proposal.goals[0].value, exact("233.31"));
    assert_eq!(proposal.goals[0].gap, exact("0"));
    assert!(proposal.funds.iter().all(|line| line.lost == euro("0.00")));
}

/// Two rich funds under a cap of 1.01: 0.51 and 0.50 reach it, and it binds.
#[test]
fn a_cap_of_odd_cents_is_reached() {
    let (_, proposal) = case("cap-loses-a-cent");
    assert_eq!(proposal.goals[0].value, exact("1.01"));
    assert_eq!(proposal.goals[0].gap, exact("0"));
    assert_eq!(proposal.rules[0].status, RuleStatus::Binding);
    assert_eq!(proposal.rules[0].slack, exact("0"));
    let reasons: Vec<UnmetReason> = proposal.unmet.iter().map(|line| line.reason).collect();
    assert_eq!(reasons, [UnmetReason::Rule]);
}

/// A unit or a project that one fund pays in part by a cent, beside a band or a match, is paid whole.
#[test]
fn whole_things_are_never_paid_in_part_for_a_cent() {
    for name in [
        "band-project",
        "band-units-two-funds",
        "cofinancing-units",
        "income-on-unpayable-units",
    ] {
        case(name);
    }
    // The only essential level costs 359.00 a unit, of the 600.59 that r1 leaves to f2.
    assert_eq!(case("band-project").1.goals[0].value, exact("359.00"));
    // f0 pays z0 alone and a quarter of z2, at most 130 units: its 340,000.93 buy 890.49 units of 381.81, so the two are at most 987.
    let (_, proposal) = case("cofinancing-units");
    assert_eq!(proposal.goals[0].value, exact("376846.47"));
}

fn told(model: &Model, proposal: &Proposal, language: Language) -> String {
    let layout = Layout {
        language,
        width: 200,
        full: true,
    };
    let text = of_proposal(model, proposal, "o", layout).text(str::to_owned);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A minimum grant above all the money there is: the reason names minimum grants, for the needs and for the fund, and nothing is said of
/// a formula that no fund has.
#[test]
fn a_minimum_grant_has_words_of_its_own() {
    let (model, proposal) = case("contributo-minimo");
    let reasons: BTreeSet<UnmetReason> = proposal.unmet.iter().map(|line| line.reason).collect();
    assert_eq!(reasons, BTreeSet::from([UnmetReason::Indivisible]));
    let text = told(&model, &proposal, Language::Italian);
    assert!(text.contains("contributi minimi interi"), "{text}");
    assert!(!text.contains("regole o priorità"), "{text}");
    assert!(!text.contains("distanza 0,00"), "{text}");
    let text = told(&model, &proposal, Language::English);
    assert!(text.contains("minimum grants"), "{text}");
    assert!(!text.contains("distance 0.00"), "{text}");
}

/// What is less than any project costs is not lost to a rule or a priority.
#[test]
fn money_too_little_for_a_project_is_told_as_that() {
    let (model, proposal) = case("bilancio-partecipativo");
    let all = totals(&model, &proposal).all;
    assert_eq!((all.used, all.lost), (376_788_400, 18_288_300));
    let text = told(&model, &proposal, Language::English);
    assert!(text.contains("lost: only whole units"), "{text}");
}

/// Three needs of 0.50, of each of which f pays at least a third: its 0.50 pay exact thirds, but in whole cents 0.17, 0.17 and 0.16, and
/// the last is met by 0.48. Only whole cents leave it open.
#[test]
fn what_only_whole_cents_leave_open_is_told_as_rounding() {
    let text = ModelText::new()
        .toml(
            "[[match]]\nid = \"m\"\nlaw = { act = \"Atto\" }\nstrength = \"law\"\nminimum = { f = \"1/3\" }\namong = [\"f\", \"g\"]\nper = \"operation\"\n[[goal]]\nkind = \"value\"",
        )
        .table("zones", "zone\na\nb\nc")
        .table("funds", "fund\nf\ng")
        .table("amounts", "fund,year,euro\nf,2022,0.50\ng,2022,1.00")
        .table("actions", "action\nsis")
        .table("eligibility", "fund,action\nf,sis\ng,sis")
        .table(
            "needs",
            "action,zone,year,units\nsis,a,2022,0.50\nsis,b,2022,0.50\nsis,c,2022,0.50",
        );
    let model = text.read();
    let proposal = checked(&model, text.files()).unwrap();
    assert_eq!(proposal.goals[0].value, exact("1.48"));
    assert_eq!(proposal.goals[0].gap, exact("0.02"));
    let open: Vec<_> = proposal
        .unmet
        .iter()
        .map(|line| (line.euro, line.reason))
        .collect();
    assert_eq!(open, [(euro("0.02"), UnmetReason::Rounding)]);
    let text = told(&model, &proposal, Language::Italian);
    assert!(text.contains("arrotondamento ai centesimi"), "{text}");
}

/// A reserve of a tenth, and of three tenths, of 90,000, 9,000 and 1,000: each zone keeps the same part, and nothing is moved.
#[test]
fn a_reserve_leaves_each_zone_the_same_part() {
    for (name, left) in [
        ("riserva-10", [8_100_000, 810_000, 90_000]),
        ("riserva-30", [6_300_000, 630_000, 70_000]),
    ] {
        let (model, proposal) = case(name);
        assert_eq!(paid(&proposal, 0), left, "{name}");
        assert!(proposal.pick.proved);
        let text = told(&model, &proposal, Language::Italian);
        assert!(
            text.contains("Ogni zona riceve la sua parte di ogni fondo."),
            "{text}"
        );
    }
}
