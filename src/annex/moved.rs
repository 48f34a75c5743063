//! What the plan moves from zone to zone beside the formulas (or last year), in a sentence.

use super::book::{Book, cents};
use crate::model::Pick;
use crate::report::number::{money, percent};
use crate::report::summary_pick::{SummaryMoved, SummaryShare};
use crate::report::words::{Text, summary as summary_words};
use crate::units::{Euro, Exact, parse_exact};

fn amount(text: &str) -> Euro {
    Euro::parse(text).unwrap_or_default()
}

fn zone_name(book: &Book<'_>, share: &SummaryShare) -> String {
    let zone = book.model.zones.iter().find(|zone| zone.id == share.zone);
    zone.map_or_else(|| share.zone.clone(), |zone| zone.name.clone())
}

/// What is told of the pick, where there was something to keep near to.
fn told<'b>(book: &Book<'b>) -> Option<&'b SummaryMoved> {
    let pick = book.source.summary.pick.as_ref()?;
    (!pick.funds.is_empty()).then_some(&pick.all)
}

/// All funds, and who gains and loses most.
pub(super) fn sentence(book: &Book<'_>) -> Option<String> {
    let all = told(book)?;
    let moved = amount(&all.distance);
    if moved == Euro::ZERO {
        return Some(format!("{}.", book.say(summary_words::MOVED_NOTHING)));
    }
    let share = all.share.as_deref().and_then(parse_exact);
    let share = share.unwrap_or_else(|| Exact::from_integer(0));
    let text = match book.model.pick {
        Pick::Riparto => summary_words::MOVED_RIPARTO,
        Pick::LastYear => summary_words::MOVED_LAST_YEAR,
    };
    let mut told = book.fill(
        text,
        &[
            ("moved", &money(book.language, cents(moved))),
            ("share", &percent(book.language, &share)),
        ],
    );
    let mut add = |text: Text, zone: Option<&SummaryShare>| {
        if let Some(zone) = zone
            && let Some(off) = parse_exact(zone.share.trim_start_matches('-'))
        {
            let values = [
                ("zone", &*zone_name(book, zone)),
                ("off", &*percent(book.language, &off)),
            ];
            told.push_str(&book.fill(text, &values));
        }
    };
    add(summary_words::MOVED_MOST, all.most.as_ref());
    add(summary_words::MOVED_LEAST, all.least.as_ref());
    told.push('.');
    Some(told)
}
