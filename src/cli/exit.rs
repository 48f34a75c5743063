//! Exit codes. People's scripts hang on them: they never change.

/// All well, warnings too.
pub(crate) const OK: u8 = 0;
/// Wrong usage, or a folder that is locked or not ours.
pub(crate) const USAGE: u8 = 2;
/// Invalid input.
pub(crate) const INVALID: u8 = 3;
/// No plan possible: infeasible or unbounded.
pub(crate) const INFEASIBLE: u8 = 4;
/// Some scenarios have no plan.
pub(crate) const SOME_FAILED: u8 = 5;
/// Verification failed.
pub(crate) const UNVERIFIED: u8 = 6;
/// A limit was reached.
pub(crate) const LIMIT: u8 = 7;
/// The solver failed, or a fault of ours.
pub(crate) const INTERNAL: u8 = 70;
/// Input or output.
pub(crate) const IO: u8 = 74;
/// Interrupted.
pub(crate) const INTERRUPTED: u8 = 130;
