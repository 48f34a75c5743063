//! Money at risk: the worked example, and what would keep it.

use mappafondo::explain::Rescue;
use mappafondo::explain::risk::risks;
use mappafondo::solve::Options;
use mappafondo::units::Euro;

use super::{TWO, exact, ground, plan};

#[test]
fn me7_thirty_euro_of_pnrr_are_lost_and_a_year_more_keeps_them() {
    let ground = ground("micro/me07");
    let proposal = plan(&ground);
    let found = risks(&ground, &proposal, &Options::default(), TWO, &|| ()).unwrap();
    let pnrr = found
        .iter()
        .find(|risk| ground.model().fund(risk.fund).id == "pnrr")
        .unwrap();
    assert_eq!(pnrr.lost, Euro::from_cents(3_000));
    let of_need = pnrr
        .rescues
        .iter()
        .find(|rescued| matches!(rescued.rescue, Rescue::Need { .. }))
        .unwrap();
    assert_eq!(of_need.keeps, Euro::from_cents(3_000));
    let of_time = pnrr
        .rescues
        .iter()
        .find(|rescued| rescued.rescue == Rescue::Deadline);
    println!("{of_time:?} {:?}", pnrr.extra_year);
    assert!(pnrr.extra_year.iter().all(|gain| gain.change >= exact("0")));
}

#[test]
fn where_nothing_is_lost_nothing_is_at_risk() {
    let ground = ground("micro/me21");
    let proposal = plan(&ground);
    let found = risks(&ground, &proposal, &Options::default(), TWO, &|| ()).unwrap();
    assert!(found.is_empty(), "{found:?}");
}
