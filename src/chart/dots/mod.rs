//! Net scores and means by groups, as dots on one scale.
//!
//! Takes a table with a banner whose answers are numbers, gives the part of the picture
//! between subtitle and notes. Each group is a row; all together are a dashed rule through
//! the rows. `read` finds what is drawn, `span` the scale, `layout` decides where things
//! stand, `draw` puts them there.
//!
//! Which tables: numbers (their mean), questions with a net promoter score, and questions
//! with so many numbered answers that their mean says more than a bar for each. The dot is
//! no length, so only a scale whose ends are fixed has to begin at its end.

mod draw;
mod layout;
mod read;
mod span;
#[cfg(test)]
pub(super) mod tests;
mod words;

use super::frame::Frame;
use super::scene::Scene;
use super::{Sketch, Subject, Width};
pub(super) use read::leading;
use read::{Entry, Measured, measured};

/// The dots of a table by groups.
struct Dots<'a> {
    subject: Subject<'a>,
    measured: Measured,
}

/// The fewest dots that can be held against each other.
const FEWEST: usize = 2;

/// The chart of a number or a net score by groups, where a group differs from the rest and
/// at least two can be drawn.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let plot = plot(subject)?;
    let drawn = |entry: &&Entry| entry.reading.value.is_some();
    let entries = &plot.measured.entries;
    let fits = entries.iter().filter(drawn).count() >= FEWEST
        && subject.is_wanted(entries.iter().any(Entry::is_different));
    fits.then(|| Box::new(plot) as Box<dyn Sketch>)
}

/// The chart, whether it has much to show or not.
fn plot(subject: Subject<'_>) -> Option<Dots<'_>> {
    let measured = measured(&subject)?;
    Some(Dots { subject, measured })
}

impl Sketch for Dots<'_> {
    fn table(&self) -> &str {
        &self.subject.table.name
    }

    fn kind(&self) -> &'static str {
        self.subject.poll.words.chart_dots
    }

    fn frame(&self) -> Frame {
        words::frame(&self.subject, &self.measured)
    }

    fn body(&self, width: Width) -> Scene {
        draw::draw(&self.measured, width, (self.subject.fonts, self.subject.poll.words))
    }

    fn describe(&self) -> String {
        words::describe(&self.measured, self.subject.poll.words)
    }
}
