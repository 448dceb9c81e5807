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
//!
//! Where the poll file asks for it, bars are plain ones of 100%: all answers in the order of
//! the scale, then those that stay last. Such a bar ends before the first figure that is
//! hidden.

mod draw;
mod head;
mod layout;
mod read;

use super::frame::Frame;
use super::scene::Scene;
use super::{Sketch, Subject, Width, describe, words};
use crate::disclose::Form;
use crate::poll::charts::Kind;

pub(super) use head::key;
pub(super) use read::{Key, items, total_label};

/// The bars of a table without groups.
struct Battery<'a> {
    subject: Subject<'a>,
    /// Whether bars are plain ones of 100%, as the poll file may ask for.
    plain: bool,
}

/// The chart of several items on one scale.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let table = subject.table;
    let fits = matches!(table.form, Form::Battery { .. }) && table.banner.is_none();
    let own = subject.poll.charts.of(&table.name);
    let plain = own.is_some_and(|own| own.kind == Some(Kind::Stacked));
    fits.then(|| Box::new(Battery { subject, plain }) as Box<dyn Sketch>)
}

impl Sketch for Battery<'_> {
    fn table(&self) -> &str {
        &self.subject.table.name
    }

    fn kind(&self) -> &'static str {
        let words = self.subject.poll.words;
        if self.plain { words.chart_stacked } else { words.chart_battery }
    }

    fn frame(&self) -> Frame {
        words::frame(&self.subject)
    }

    fn body(&self, width: Width) -> Scene {
        draw::draw(&self.subject, self.plain, width)
    }

    fn describe(&self) -> String {
        describe::battery(&self.subject)
    }
}
