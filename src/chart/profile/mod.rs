//! Who answered, against those whom the poll stands for: a row for each group, block by
//! block of variables.
//!
//! Takes what was released of who answered, which is no table; gives the part of the picture
//! between subtitle and notes. An upright tick is the population, a ring those who replied, a
//! disc the same after weighting; a thin line joins what lies outermost. What is hidden has
//! no mark, and the line does not reach to where it would be.

mod draw;
mod layout;
mod read;
#[cfg(test)]
mod tests;
mod words;

use super::frame::Frame;
use super::scene::Scene;
use super::{Setting, Sketch, Width};
use crate::disclose::{Answered, Released};
use read::{Shown, shown};

/// The name of the chart; no table has it.
pub const NAME: &str = "who-answered";

/// The profile of those who answered.
struct Profile<'a> {
    released: &'a Released,
    answered: &'a Answered,
    setting: Setting<'a>,
    shown: Shown,
}

/// The chart of who answered; none if it is not known whom the poll stands for, or if a
/// table has its name.
pub(super) fn sketch<'a>(
    released: &'a Released,
    setting: Setting<'a>,
) -> Option<Box<dyn Sketch + 'a>> {
    let answered = released.answered()?;
    let shown = shown(answered, setting.poll.words);
    let taken = released.tables().iter().any(|table| table.name == NAME);
    let fits = !taken && !shown.blocks.is_empty();
    fits.then(|| Box::new(Profile { released, answered, setting, shown }) as Box<dyn Sketch>)
}

impl Sketch for Profile<'_> {
    fn table(&self) -> &str {
        NAME
    }

    fn kind(&self) -> &'static str {
        self.setting.poll.words.chart_dots
    }

    fn frame(&self) -> Frame {
        words::frame(self.released, self.answered, &self.setting, &self.shown)
    }

    fn body(&self, width: Width) -> Scene {
        draw::draw(&self.shown, width, self.setting.fonts)
    }

    fn describe(&self) -> String {
        words::describe(&self.shown, self.setting.poll.words)
    }
}
