//! What is covered, where the least, and what is not and why.

use super::layout::{Align, Grid, paragraph};
use super::{Layout, Section};
use crate::model::Model;
use crate::proposal::UnmetReason;
use crate::report::number::{count, money, percent};
use crate::report::totals::{Coverage, Totals, ZoneTotal, worst_zones};
use crate::report::words::{Text, summary as words};

/// How many of the worst-served zones are shown.
const WORST: usize = 5;

pub(super) fn coverage(model: &Model, totals: &Totals, layout: Layout) -> Vec<Section> {
    let language = layout.language;
    let say = |text: Text| text.say(language);
    let numbers = |coverage: &Coverage| {
        [
            money(language, coverage.need),
            money(language, coverage.covered),
            coverage
                .share()
                .map_or_else(|| "-".to_owned(), |part| percent(language, &part)),
        ]
    };
    let columns = [
        ("", Align::Left),
        (say(words::NEED), Align::Right),
        (say(words::COVERED), Align::Right),
        (say(words::SHARE), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for (name, coverage) in [
        (words::LEPS_NEEDS, &totals.leps),
        (words::ALL_NEEDS, &totals.coverage),
    ] {
        let [need, covered, part] = numbers(coverage);
        grid.row([say(name), &need, &covered, &part]);
    }
    let mut body = grid.text();
    if totals.unlimited != 0 {
        let euro = money(language, totals.unlimited);
        body.push_str(&paragraph(
            &words::UNLIMITED.fill(language, &[("euro", &euro)]),
            layout,
        ));
    }
    let mut sections = vec![Section {
        heading: say(words::COVERAGE).to_owned(),
        body,
    }];
    let worst = worst_zones(totals, WORST);
    let all = worst_zones(totals, usize::MAX);
    let shown = |zone: Option<&&ZoneTotal>| {
        let part = zone.and_then(|zone| zone.coverage.share());
        part.map(|part| percent(language, &part))
    };
    if let (true, Some(first), true) = (
        all.len() > WORST,
        shown(all.first()),
        shown(all.first()) == shown(all.last()),
    ) {
        // Five lines with one figure would say that some are served worse.
        let n = count(language, all.len());
        let values = [("zones", n.as_str()), ("share", &first)];
        sections.push(Section {
            heading: say(words::WORST).to_owned(),
            body: paragraph(&words::ALL_ALIKE.fill(language, &values), layout),
        });
    } else if !worst.is_empty() {
        let columns = [
            (say(words::ZONE), Align::Left),
            (say(words::NEED), Align::Right),
            (say(words::COVERED), Align::Right),
            (say(words::SHARE), Align::Right),
            (say(words::RECEIVED), Align::Right),
        ];
        let mut grid = Grid::new(layout, &columns);
        for zone in worst {
            let [need, covered, part] = numbers(&zone.coverage);
            grid.row([
                &model.zone(zone.zone).name,
                &need,
                &covered,
                &part,
                &money(language, zone.received),
            ]);
        }
        sections.push(Section {
            heading: say(words::WORST).to_owned(),
            body: grid.text(),
        });
    }
    sections
}

pub(super) fn unmet(totals: &Totals, layout: Layout) -> Section {
    let language = layout.language;
    let heading = words::UNMET.say(language).to_owned();
    if totals.unmet.is_empty() {
        let body = paragraph(words::UNMET_NONE.say(language), layout);
        return Section { heading, body };
    }
    let columns = [
        (words::REASON.say(language), Align::Left),
        (words::NEEDS.say(language), Align::Right),
        (words::OPEN.say(language), Align::Right),
    ];
    let mut grid = Grid::new(layout, &columns);
    for (reason, needs, euro) in &totals.unmet {
        grid.row([
            reason_word(*reason).say(language),
            &count(language, *needs),
            &money(language, *euro),
        ]);
    }
    Section {
        heading,
        body: grid.text(),
    }
}

fn reason_word(reason: UnmetReason) -> Text {
    match reason {
        UnmetReason::NotEligible => words::NOT_ELIGIBLE,
        UnmetReason::Exhausted => words::EXHAUSTED,
        UnmetReason::Rule => words::BY_RULE,
        UnmetReason::Outranked => words::OUTRANKED,
        UnmetReason::Deadline => words::DEADLINE,
        UnmetReason::Indivisible => words::INDIVISIBLE,
        UnmetReason::Rounding => words::OPEN_BY_ROUNDING,
    }
}
