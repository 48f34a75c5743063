//! Names in a column, told when they are unknown.

use crate::input::{Problems, Selector};
use crate::problem::{Nearest, ReferenceProblem, Shown, Thing};

/// Tells the names of a selector that are not among the known ones.
pub(super) fn known(
    selector: &Selector,
    thing: Thing,
    known: &[&str],
    home: &str,
    problems: &mut Problems,
) -> Option<()> {
    let mut good = Some(());
    for name in &selector.0 {
        if !known.contains(&name.value.as_str()) {
            good = None;
            let unknown = ReferenceProblem::Unknown {
                thing,
                id: Shown::new(&name.value),
                nearest: Nearest::of(&name.value, known.iter().copied()),
                home: Shown::new(home),
            };
            problems.push(name.place.clone(), unknown);
        }
    }
    good
}
