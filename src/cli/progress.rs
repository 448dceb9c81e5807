//! A bar on a terminal, for work that takes longer than half a second.

use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Work that is done without a bar.
const UNNOTICED: Duration = Duration::from_millis(500);

/// Shows how far the work is.
pub(super) struct Progress {
    start: Instant,
    shown: bool,
    expected: Cell<u64>,
    bar: RefCell<Option<ProgressBar>>,
}

impl Progress {
    /// On a terminal, unless the user wants quiet.
    pub(super) fn new(quiet: bool) -> Self {
        Self {
            start: Instant::now(),
            shown: !quiet && stderr().is_terminal(),
            expected: Cell::new(0),
            bar: RefCell::new(None),
        }
    }

    /// Adds to the bytes that will be read.
    pub(super) fn expect(&self, bytes: u64) {
        self.expected.set(self.expected.get() + bytes);
    }

    /// Is told what is being done, and how many bytes of it.
    pub(super) fn tell(&self, stage: &str, bytes: u64) {
        if !self.shown || self.start.elapsed() < UNNOTICED {
            return;
        }
        let mut held = self.bar.borrow_mut();
        let bar = held.get_or_insert_with(|| {
            let bar = ProgressBar::new(self.expected.get());
            let style = ProgressStyle::with_template("{msg:12} {wide_bar} {percent:>3} %");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_message(stage.to_owned());
        bar.set_position(if bytes == 0 { self.expected.get() } else { bytes });
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}
