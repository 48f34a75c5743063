//! Why a model cannot be written as a programme.

use thiserror::Error;

/// A model that is valid on paper but not as a programme of whole numbers.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BuildError {
    /// A coefficient or bound does not fit in 64 bits.
    #[error(
        "{what}: the figures are too far apart to be written as whole numbers; state shares and unit costs with fewer digits"
    )]
    Overflow {
        /// Which row or column.
        what: String,
    },
    /// Units of an action whose unit cost is zero.
    #[error(
        "rule `{rule}` counts units of `{action}`, whose unit cost in {year} is zero; give it a cost, or measure euro"
    )]
    ZeroUnitCost {
        /// The rule.
        rule: String,
        /// The action.
        action: String,
        /// The year.
        year: i32,
    },
    /// A band around the mean that counts units.
    #[error("rule `{rule}` puts a band around a mean of units; measure euro")]
    BandOfUnits {
        /// The rule.
        rule: String,
    },
    /// A pooled fund has no formula for the share of a zone.
    #[error(
        "rule `{rule}` asks for a share of what `{fund}` assigns to zone `{zone}`, but the fund is a pool without a formula; add a [[riparto]] or drop `zone` from for_each"
    )]
    NoFormula {
        /// The rule.
        rule: String,
        /// The fund.
        fund: String,
        /// The zone.
        zone: String,
    },
}

impl BuildError {
    pub(crate) fn overflow(what: impl Into<String>) -> Self {
        Self::Overflow { what: what.into() }
    }
}
