//! Random models whose goals leave room to those after them: tolerances, bounds, floors, worth that falls with coverage; and goals about
//! the years.

use super::random::Random;
use super::{Block, Draft, Kind};

/// The draft with other goals.
pub(crate) fn with_room(mut draft: Draft, seed: u64) -> Draft {
    let mut random = Random::new(seed ^ 0x60A1_5000);
    draft.blocks.retain(|block| block.kind != Kind::Goal);
    let mut kinds = [
        "leximin", "floor", "leps", "targets", "value", "steady", "open", "at_risk",
    ];
    random.shuffle(&mut kinds[..7]);
    let n = random.between(2, 8) as usize;
    // Whoever comes first, one of the two that leave room is there.
    if !kinds[..n]
        .iter()
        .any(|kind| matches!(*kind, "leximin" | "floor"))
    {
        kinds[0] = "leximin";
    }
    for kind in kinds.into_iter().take(n) {
        let mut text = format!("[[goal]]\nkind = \"{kind}\"");
        let mut add = |choices: &[&str]| text.push_str(*random.pick(choices));
        match kind {
            "leximin" => {
                add(&[
                    "",
                    "\nlevels = \"all\"",
                    "\ntolerance = \"1%\"",
                    "\ntolerance = \"7.5%\"",
                    "\ntolerance = \"1/3\"",
                ]);
                add(&[
                    "",
                    "\nbound = \"95%\"",
                    "\nbound = \"2/3\"",
                    "\nbound = \"20%\"",
                ]);
                add(&["", "\nper = \"year\""]);
            }
            "floor" => {
                add(&[
                    "\ncoverage = \"100%\"",
                    "\ncoverage = \"65%\"",
                    "\ncoverage = \"1/3\"",
                    "\ncoverage = \"5%\"",
                ]);
                add(&["", "\nper = \"year\""]);
            }
            "value" => add(&[
                "",
                "\nbands = [{ up_to = \"50%\", weight = 1 }, { up_to = \"80%\", weight = \"0.5\" }, { weight = \"0.2\" }]",
                "\nbands = [{ up_to = \"1/3\", weight = 2 }, { weight = 0 }]",
            ]),
            _ => {}
        }
        draft.blocks.push(Block {
            kind: Kind::Goal,
            id: String::new(),
            text,
        });
    }
    draft
}
