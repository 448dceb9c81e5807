//! Batteries: several items on one scale, as diverging bars.
//!
//! Takes a table with a block for each item, gives the part of the picture between
//! subtitle and notes. `read` turns rows into lengths, `layout` decides where things
//! stand, `head` and `draw` put them there.
//!
//! The table's form says which answers belong to either end of the scale. Those of the
//! first end grow to the right, those of the other to the left; what is between them and
//! the answers that stay last leave the axis and stand in a panel of their own, so that
//! each side's total begins on a common line. The total at the right is the first net of
//! the block, that of the first end; it is called by its label.

mod draw;
mod head;
mod layout;
mod read;

pub(super) use draw::draw;
pub(super) use read::{items, total_label};
