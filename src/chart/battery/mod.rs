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

use super::frame::Frame;
use super::scene::Scene;
use super::{Sketch, Subject, Width, describe, words};
use crate::disclose::Form;

pub(super) use read::{items, total_label};

/// The diverging bars of a table without groups.
struct Battery<'a>(Subject<'a>);

/// The chart of several items on one scale.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let table = subject.table;
    let fits = matches!(table.form, Form::Battery { .. }) && table.banner.is_none();
    fits.then(|| Box::new(Battery(subject)) as Box<dyn Sketch>)
}

impl Sketch for Battery<'_> {
    fn table(&self) -> &str {
        &self.0.table.name
    }

    fn kind(&self) -> &'static str {
        self.0.poll.words.chart_battery
    }

    fn frame(&self) -> Frame {
        words::frame(&self.0)
    }

    fn body(&self, width: Width) -> Scene {
        draw::draw(&self.0, width)
    }

    fn describe(&self) -> String {
        describe::battery(&self.0)
    }
}
