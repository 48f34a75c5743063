//! The pick of each lane: what it shares with the others is the pattern of its factor.

use super::super::pick::{PickShared, Picked};
use super::goals::{Refused, Running};

/// The pick of each lane that is still under way, proved, or why it has none.
pub(super) fn pick(lanes: &mut [Running<'_, '_>], shared: &PickShared) -> Vec<Option<Picked>> {
    let one = |running: &mut Running<'_, '_>| {
        if running.refused.is_some() {
            return None;
        }
        let picked = running.pick_alone(shared);
        if picked.is_none() {
            running.refused = Some(Refused::Pick);
        }
        picked
    };
    lanes.iter_mut().map(one).collect()
}
