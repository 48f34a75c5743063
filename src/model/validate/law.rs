//! Where a rule comes from and how strong it is.

use super::zones::check_order;
use crate::input::{At, Id, LawEntry, ModelFile, Problems, StrengthWord};
use crate::model::{Law, Strength};
use crate::problem::{Place, Shown};

/// A law as written to a law.
pub(super) fn law(entry: &LawEntry, problems: &mut Problems) -> Law {
    let (from, to) = (entry.from.as_ref(), entry.to.as_ref());
    let (from, to) = (
        from.map(|year| year.with(year.value.0)),
        to.map(|year| year.with(year.value.0)),
    );
    check_order(from.as_ref(), to.as_ref(), problems);
    Law {
        act: entry.act.0.clone(),
        article: entry.article.as_ref().map(|text| text.0.clone()),
        from: from.map(|year| year.value),
        to: to.map(|year| year.value),
        url: entry.url.as_ref().map(|text| text.0.clone()),
    }
}

/// A law that may be left out; its years are checked with the [`unnamed`] ones.
pub(super) fn optional_law(entry: Option<&LawEntry>) -> Law {
    entry.map_or_else(Law::default, |entry| law(entry, &mut Problems::default()))
}

/// The strength of a word.
pub(super) fn strength(word: StrengthWord) -> Strength {
    match word {
        StrengthWord::Law => Strength::Law,
        StrengthWord::Plan => Strength::Plan,
        StrengthWord::Target => Strength::Target,
        StrengthWord::Wish => Strength::Wish,
    }
}

/// The laws of what has no id of its own, each with the fund or action it speaks of.
pub(super) fn unnamed(file: &ModelFile, problems: &mut Problems) -> Vec<(Shown, Law, Place)> {
    let riparto = file
        .riparto
        .iter()
        .flatten()
        .map(|entry| (&entry.fund, &entry.law));
    let income = file
        .income
        .iter()
        .flatten()
        .map(|entry| (&entry.fund, &entry.law));
    let cuts = file
        .priority_cut
        .iter()
        .flatten()
        .map(|entry| (&entry.fund, &entry.law));
    let gates = file
        .gate
        .iter()
        .flatten()
        .map(|entry| (&entry.fund, &entry.law));
    let rates = file
        .flat_rate
        .iter()
        .flatten()
        .map(|entry| (&entry.action, &entry.law));
    let claims = file
        .claim
        .iter()
        .flatten()
        .map(|entry| (&entry.fund, &entry.law));
    let all = riparto
        .chain(income)
        .chain(cuts)
        .chain(gates)
        .chain(rates)
        .chain(claims);
    let mut read = |(of, entry): (&At<Id>, &Option<LawEntry>)| {
        let found = law(entry.as_ref()?, problems);
        Some((Shown::new(&of.value.0), found, of.place.clone()))
    };
    all.filter_map(&mut read).collect()
}
