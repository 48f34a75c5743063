//! Decommitment (n+3): by each deadline, what is paid so far and what was lost so far cover what was committed by the year n.

use crate::lp::builder::Builder;
use crate::lp::error::BuildError;
use crate::lp::program::{Column, ColumnKey, Family, Origin, Place, Row};
use crate::units::{Euro, Year};

pub(crate) fn add(builder: &mut Builder<'_>) -> Result<(), BuildError> {
    for position in 0..builder.model.claims.len() {
        let claim = &builder.model.claims[position];
        let mut losses: Vec<usize> = Vec::new();
        for &year in &builder.model.years {
            let committed = claim
                .commitments
                .iter()
                .filter(|(of, _)| **of + Year::from(claim.after) <= year)
                .map(|(_, euro)| *euro);
            let fund = &builder.model.fund(claim.fund).id;
            let overflow = || BuildError::overflow(format!("commitments of `{fund}`"));
            let due = Euro::checked_sum(committed)
                .and_then(|due| due.checked_sub(claim.prefinancing))
                .and_then(|due| due.checked_sub(claim.claimed))
                .ok_or_else(overflow)?;
            if due <= Euro::ZERO {
                continue;
            }
            let place = Place {
                fund: Some(claim.fund),
                year: Some(year),
                ..Place::default()
            };
            let codes = place.codes(builder.model);
            losses.push(builder.program.add_column(Column {
                name: format!("loss({codes})"),
                key: ColumnKey::Loss {
                    claim: position,
                    year,
                },
                place,
                lower: 0,
                upper: due.cents(),
            }));
            let paid = builder.pays.iter().filter(|(_, fund, demand)| {
                *fund == claim.fund && builder.model.demands[*demand].year <= year
            });
            let mut cells: Vec<(usize, i64)> = paid.map(|&(column, _, _)| (column, 1)).collect();
            cells.extend(losses.iter().map(|&column| (column, 1)));
            builder.program.add_row(Row {
                name: format!("claim({codes})"),
                family: Family::Claim,
                origin: Origin::Claim(position),
                place,
                lower: Some(due.cents()),
                upper: None,
                play: 0,
                cells,
            });
        }
    }
    Ok(())
}
