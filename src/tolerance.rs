//! Every numerical tolerance, named, with its reason. Floats live in `solve` alone; nothing here decides an amount.
//!
//! What is said in million euro holds of plans that pay as much; of smaller ones it is in a smaller unit
//! (`solve::scaled::money_unit`), in proportion.

use crate::units::Exact;

/// Cents in the unit of the solvers, a million euro: amounts of a region are then between 1e-6 and 1e3.
pub const CENTS_PER_UNIT: f64 = 1e8;

/// How far HiGHS may break a row or a bound, in million euro: a tenth of a cent, below anything rounding can notice.
pub const PRIMAL_FEASIBILITY: f64 = 1e-9;

/// How wrong the sign of a reduced cost may be: with every column bounded by the money there is, it costs less than a cent.
pub const DUAL_FEASIBILITY: f64 = 1e-9;

/// The tolerances HiGHS ships with, for a programme on which it gives no answer with tighter ones.
pub const USUAL_FEASIBILITY: f64 = 1e-7;

/// How far from whole HiGHS may leave a whole number; it is rounded, and everything after is solved and proved on the rounded one.
pub const WHOLE: f64 = 1e-9;

/// How far from whole HiGHS leaves a number with the tolerances it ships with.
pub const USUAL_WHOLE: f64 = 1e-6;

/// How far a row in cents, its largest coefficient one, may be off where whole cents are looked for together: sums of whole numbers with
/// coefficients of up to nine digits are then told apart. What is found is checked in whole numbers.
pub const STEP_FEASIBILITY: f64 = 1e-9;

/// How much of a goal that has no cents (shares of a bound, levels) is left free when it is locked for the choice of whole numbers.
pub const WHOLE_LOCK: f64 = 1e-9;

/// The same where costs are far apart, relative: the last digits of a sum.
pub const LOCK_DIGITS: f64 = 1e-12;

/// A choice of whole numbers breaks no row by more cents than this with its numbers fixed: more than the solver's tenth of a cent, less
/// than the cent by which a project can be dearer than what there is.
pub const CHOICE_CENTS: f64 = 0.25;

/// How much of the largest parts of a sum of products its last digits may be off: a cent of a billion is a hundred times as much.
pub const SUM_DIGITS: f64 = 1e-13;

/// How far from a whole multiple of another (relative) a multiplier of a conflict may be to be tried as one; exact arithmetic decides.
pub const NEARLY_WHOLE: f64 = 1e-6;

/// A reduced cost or multiplier above this plus [`FACE_RELATIVE`] times the size of its terms is not noise: the column stays
/// at its bound, the row stays tight. A raw 1e-9 was seen to fix a column wrongly.
pub const FACE_ABSOLUTE: f64 = 1e-9;

/// Beside the largest cost, one, a smaller one than this is so near to [`FACE_ABSOLUTE`] that it is solved for once more by itself.
pub const UNEVEN: f64 = 1e-6;

/// Beside the largest cost, one, what multipliers leave of a smaller one is not solved for where it is below this: a thousand times
/// the last digit of a multiplier. At 1e-17 a column was fixed wrongly.
pub const REFINED: f64 = 1e-13;

/// See [`FACE_ABSOLUTE`].
pub const FACE_RELATIVE: f64 = 1e-11;

/// A vertex solver leaves a nonbasic column on its bound to the last digits; this much further away it is basic.
pub const AT_BOUND: f64 = 1e-10;

/// A goal solved again on its own face must give the same value up to this part of it; else the face is not trusted.
pub const FACE_CHECK: f64 = 1e-7;

/// A unit that has this much more than its level (million euro, and of what it has) can have more; less is the solver's own tolerance.
pub const LEVEL_ROOM: f64 = 1e-8;

/// Least part of the multipliers that settle further units of a level which its own must bear: below it they are digits of nothing.
pub const LEVEL_PART: f64 = 1e-6;

/// Largest goal multipliers tried in turn, relative to the sizes of the two goals: a column fixed by a reduced cost that is nearly
/// noise asks for a huge one, and letting it go may prove more. The smallest gap of those tried is kept.
pub const LARGEST_GOAL_MULTIPLIERS: [f64; 3] = [1e4, 1e7, 1e10];

/// A gap of less than this many cents in the costliest column is not improved upon.
pub const SMALL_GAP_CENTS: f64 = 100.0;

/// Gap at which the interior-point solver stops: it only guesses which bounds are active.
pub const INTERIOR_GAP: f64 = 1e-9;

/// A bound or row violated by more than this (million euro: a hundredth of a cent) changes the active set of the pick.
pub const PICK_PRIMAL: f64 = 1e-10;

/// A multiplier of the wrong sign by more than this (relative to the largest) changes the active set of the pick.
pub const PICK_DUAL: f64 = 1e-12;

/// Largest residual of the optimality system of the pick (million euro: a ten-thousandth of a cent) for the point to count as found.
pub const PICK_RESIDUAL: f64 = 1e-12;

/// Largest residual with which a point of the pick is still rounded and checked, though not called the nearest (ten cents).
pub const PICK_USABLE: f64 = 1e-7;

/// Weight with which columns that the pick leaves undecided are drawn to where they were; any positive number ends at the same totals.
pub const PICK_DRAW: f64 = 1e-5;

/// Regularisation of the factorised optimality system of the pick; refinement against the true system removes its effect.
pub const PICK_REGULARISATION: f64 = 1e-9;

/// Exact values of the pick that differ by less than this many cents are the same number: ties are then broken by code.
pub const SAME_CENTS: f64 = 1e-4;

/// A vertex of a network is whole cents up to the tolerance of the solver, a tenth of a cent: within this it is snapped.
pub const SNAP_CENTS: f64 = 0.1;

/// Least total violation, in million euro, above which no allocation exists: a hundredth of a cent; the claim is then proved exactly.
pub const INFEASIBLE: f64 = 1e-10;

/// How far the bound of an optimum (relative) and its rows (million euro) may be off before a scenario is solved again the cold way:
/// a hundredth of a euro in a million.
pub const CAREFUL: f64 = 1e-8;

/// Sum of the products of distances and multipliers, relative to the objective, at which a lane of the batched engine is done.
pub const BATCH_GAP: f64 = 1e-12;

/// Of an interior point, a value is on a bound only if it is nearer to it than this part of the way to the other one: where the
/// whole way is a cent, every point is near to both.
pub const INTERIOR_SIDE: f64 = 0.01;

/// Largest distance between a row and its value (million euro: a hundredth of a cent) at which a lane is done.
pub const BATCH_PRIMAL: f64 = 1e-10;

/// Largest residual of a reduced cost at which a lane is done; the largest cost is one.
pub const BATCH_DUAL: f64 = 1e-10;

/// How far a pivot may fall below what it was before its row counts as a sum of earlier ones.
pub const BATCH_DEPENDENT: f64 = 1e-13;

/// The pivot of a row that is a sum of earlier ones: its multiplier does not move.
pub const BATCH_DROPPED: f64 = 1e64;

/// What holds back a step in a direction that nothing else does; it vanishes with the step.
pub const BATCH_FREE: f64 = 1e-10;

/// Gap of a goal (million euro, or parts of a bound) above which a scenario is solved again the cold way.
pub const TRUSTED: f64 = 1e-6;

/// How much less of a goal (scaled; a hundredth of a cent) the pick may have than the interior point that solved it: that is below
/// the best already, so a pick that is below it gave something away.
pub const BATCH_KEPT: f64 = 1e-10;

/// The same relative to large values, as a multiple: the digits of a sum of amounts.
pub const BATCH_KEPT_DIGITS: f64 = 1e-3;

/// Objectives smaller than this (scaled) are solved to the same absolute gap.
pub const BATCH_SMALL: f64 = 1e-2;

/// Bounds of a column nearer to each other than this (million euro; a ten-thousandth of a cent) are one.
pub const BATCH_SAME: f64 = 1e-12;

/// What a row gives way per unit of its multiplier's step where a column of it is eliminated after it: nothing else may hold the row.
pub const BATCH_LATE: f64 = 1e-16;
/// Mean product of distances and multipliers at which the interior-point guess of the pick has done enough.
pub const INTERIOR_LAST_GAP: f64 = 1e-11;

/// How far inside its bounds a guess starts (million euro), and its products of distances and multipliers there.
pub const INTERIOR_INSIDE: f64 = 1.0;

/// See [`INTERIOR_INSIDE`].
pub const INTERIOR_START: f64 = 1e-2;

/// How far the rows of such a guess may be off (million euro): the face of the goals may itself be a cent short of having a plan.
pub const INTERIOR_OFF: f64 = 2e-8;

/// Weight of the cells beside the distance in the guess at all problems of the pick: what it costs the first is then a euro or so.
pub const PICK_BOTH: f64 = 1e-5;

/// Weight of the years that share money beside their sum in the same guess: less than the sum, more than the cells.
pub const PICK_YEARS: f64 = 1e-3;

/// A multiplier of the first problem of the pick above this part of the largest is no noise: what has it is held in the second.
pub const PICK_LOCK: f64 = 1e-5;

/// Part of its upper bound at which a column of such a guess starts: from nothing, the multipliers of a face without room grow to
/// 1e6, and their last digits are then worth more than the residual asked for (32 of 63 picks of `models/toscana` were not proved).
pub const INTERIOR_PART: f64 = 0.1;

/// Values of an indicator whose sum is this near to one, or in proportion to a hundred, are told as shares that miss it: those
/// published with two decimals miss it by less, and a sum further off is a count.
pub const NEAR_A_WHOLE: Exact = Exact::new_raw(1, 50);

/// Two zones are told as a near tie where rounding sets them apart by so many times what the formula does: less is what any
/// rounding does, and what remains of the difference is nothing an act would defend.
pub const ROUNDING_DECIDES: i64 = 100;
