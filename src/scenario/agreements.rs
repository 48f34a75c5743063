//! Smallest shares of the parties of agreements (`agreements.csv`).

use std::collections::BTreeSet;

use super::cells::share_text;
use super::entries::Asked;
use super::state::State;
use crate::input::Problems;

const FILE: &str = "agreements.csv";

/// Codes of the agreements.
pub(super) fn ids(state: &State<'_>) -> BTreeSet<String> {
    let table = state.table(FILE);
    let ids = table.rows.iter().map(|row| table.cell(row, "agreement"));
    ids.map(str::to_owned).collect()
}

/// Changes the shares of the funds meant, in the agreements wanted.
pub(super) fn shares(
    asked: &Asked<'_>,
    wanted: &BTreeSet<String>,
    state: &mut State<'_>,
    problems: &mut Problems,
) -> Option<()> {
    for row in 0..state.table(FILE).rows.len() {
        let table = state.table(FILE);
        if !wanted.contains(table.at(row, "agreement")) {
            continue;
        }
        let mut pairs = Vec::new();
        let (mut selected, mut changed) = (false, false);
        for pair in table.at(row, "min_share").split_whitespace() {
            let parts = pair
                .rsplit_once(':')
                .filter(|(fund, _)| asked.choice.fund(fund));
            let old = parts.and_then(|(fund, share)| Some((fund, table.share_of(share)?)));
            let Some((fund, old)) = old else {
                pairs.push(pair.to_owned());
                continue;
            };
            let new = asked.operator.value.quantity(&old, "min_share");
            let new = problems.keep(asked.value_place(), new)?;
            selected = true;
            changed |= new != old;
            let text = share_text(&new, table, "min_share");
            pairs.push(format!(
                "{fund}:{}",
                problems.keep(asked.value_place(), text)?
            ));
        }
        if changed {
            state.put(FILE, row, "min_share", &pairs.join(" "));
        } else if selected {
            state.touched.count(false);
        }
    }
    Some(())
}
