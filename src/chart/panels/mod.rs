//! Panels: one question by the groups of a banner, as small charts side by side.
//!
//! Takes a table whose percentages are of its columns, gives the part of the picture between
//! subtitle and notes. `read` finds what is drawn, `sheet` decides what is a row and what a
//! panel, `layout` where they stand, `draw` puts them there.
//!
//! All bars of a picture have one scale. A tick on each bar is the total, so that a group is
//! seen against all; a bar that differs from the other groups together, by the table's own
//! test, is dark and its value bold and followed by an arrow. A battery is drawn by its first
//! net, one row for each item. Groups of which nothing may be shown have no panel: the
//! words under the picture name them.

mod draw;
mod key;
mod layout;
mod read;
mod sheet;
#[cfg(test)]
pub(super) mod tests;
mod words;

use super::frame::Frame;
use super::scene::Scene;
use super::{Sketch, Subject, Width};
use read::Read;

/// The bars of a table with groups.
struct Panels<'a> {
    subject: Subject<'a>,
    read: Read,
}

/// The chart of a table with groups.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let read = read::read(&subject)?;
    let wanted = subject.is_wanted(read.differs());
    wanted.then(|| Box::new(Panels { subject, read }) as Box<dyn Sketch>)
}

impl Sketch for Panels<'_> {
    fn table(&self) -> &str {
        &self.subject.table.name
    }

    fn kind(&self) -> &'static str {
        self.subject.poll.words.chart_panels
    }

    fn frame(&self) -> Frame {
        words::frame(&self.subject, &self.read)
    }

    fn body(&self, width: Width) -> Scene {
        draw::draw(&self.read, width, (self.subject.fonts, self.subject.poll.words))
    }

    fn describe(&self) -> String {
        words::describe(&self.read, self.subject.poll.words)
    }
}
