//! Batteries: several items on one scale, as diverging bars.
//!
//! Takes a table with a block for each item, gives the part of the picture between
//! subtitle and notes. `read` turns rows into lengths, `layout` decides where things
//! stand, `head` and `draw` put them there.
//!
//! A table has labels but does not say which end of a scale is the good one, so a rule
//! does: scales are listed positive end first, as in "Strongly agree" to "Strongly
//! disagree". The first half of the answers grows to the right, the last half to the left;
//! the middle of an odd scale and the answers that stay last leave the axis and stand in a
//! panel of their own, so that each side's total begins on a common line. The total at the
//! right is the first net of the block, which by the same rule is that of the positive
//! side; it is called by its label.

mod draw;
mod head;
mod layout;
mod read;

pub(super) use draw::draw;
pub(super) use read::{items, total_label};
