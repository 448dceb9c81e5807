//! How far the work is: bars on a terminal, for work that takes longer than half a second;
//! elsewhere a line for each stage of long work.
//!
//! A run alone shows each of its stages; many runs at once are a [`Board`] with a line for
//! each poll. Nothing is shown to who wants quiet. Never shows a figure or an answer.

use std::cell::{Cell, RefCell};
use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::arguments::{Global, Log};
use super::say;

/// Work that is done without a bar.
const UNNOTICED: Duration = Duration::from_millis(500);

/// Work that is done without a line, where there is no terminal.
const SILENT: Duration = Duration::from_secs(5);

/// How often a bar moves that has nothing to count.
const TICK: Duration = Duration::from_millis(100);

/// What is on the terminal now, to be taken away if the program is stopped.
static SHOWN: Mutex<Option<MultiProgress>> = Mutex::new(None);

fn shown(bars: Option<MultiProgress>) -> Option<MultiProgress> {
    std::mem::replace(&mut SHOWN.lock().unwrap_or_else(PoisonError::into_inner), bars)
}

/// Takes whatever bars there are off the terminal, for good.
pub(super) fn clear() {
    if let Some(bars) = shown(None) {
        let _ = bars.clear();
        bars.set_draw_target(ProgressDrawTarget::hidden());
    }
}

/// The bars on the terminal, hidden for the first half second; none if there is no terminal.
#[derive(Clone)]
struct Bars {
    bars: MultiProgress,
    /// The bars appear unless this is gone by then.
    _wait: Arc<Sender<()>>,
}

impl Bars {
    fn new(quiet: bool) -> Option<Self> {
        if quiet || !stderr().is_terminal() {
            return None;
        }
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        shown(Some(bars.clone()));
        let (wait, gone) = mpsc::channel();
        let later = bars.clone();
        thread::spawn(move || {
            if gone.recv_timeout(UNNOTICED) == Err(RecvTimeoutError::Timeout) {
                later.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        Some(Self { bars, _wait: Arc::new(wait) })
    }

    /// A bar below the others; one without an end only shows that something moves.
    fn add(&self, end: Option<u64>, name: &str, message: &str) -> ProgressBar {
        let template = match end {
            Some(_) => "{prefix:24!} {msg:12} {wide_bar} {percent:>3} %",
            None => "{prefix:24!} {msg:12} {spinner} {elapsed}",
        };
        // Without a name the line begins with what is being done.
        let template =
            if name.is_empty() { &template["{prefix:24!} ".len()..] } else { template };
        let style = ProgressStyle::with_template(template);
        let bar = end.map_or_else(ProgressBar::new_spinner, ProgressBar::new);
        let bar = self
            .bars
            .add(bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner())));
        bar.set_prefix(name.to_owned());
        bar.set_message(message.to_owned());
        bar.enable_steady_tick(TICK);
        bar
    }
}

/// The bars of many runs: one for all of them, and one for each that is running.
///
/// In any thread `poll` gives the [`Progress`] of one run, which ends by being dropped.
pub(super) struct Board {
    bars: Option<Bars>,
    all: Option<ProgressBar>,
    lines: bool,
}

impl Board {
    /// For so many polls.
    pub(super) fn new(global: &Global, polls: usize) -> Self {
        let bars = Bars::new(!speaks(global));
        let all = bars.as_ref().map(|bars| bars.add(Some(polls as u64), "", "polls"));
        Self { bars, all, lines: speaks(global) }
    }

    /// The progress of one of them, which counts as done when it is dropped.
    pub(super) fn poll(&self, id: &str) -> Progress {
        let mut progress = Progress::with(self.bars.clone(), self.lines);
        id.clone_into(&mut progress.name);
        progress.all.clone_from(&self.all);
        progress
    }

    /// Takes the bars away.
    pub(super) fn end(self) {
        if self.bars.is_some() {
            clear();
        }
    }
}

/// Whether people want to know: a log has lines of its own, which bars would disturb.
fn speaks(global: &Global) -> bool {
    !global.quiet && global.log == Log::Text
}

/// Shows how far one run is.
pub(super) struct Progress {
    start: Instant,
    bars: Option<Bars>,
    /// Whether long work is told in lines.
    lines: bool,
    /// Of the poll, among others; empty if it is alone.
    name: String,
    /// The bar of all polls.
    all: Option<ProgressBar>,
    expected: Cell<u64>,
    stage: RefCell<Stage>,
}

/// What is being done.
#[derive(Default)]
struct Stage {
    name: String,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Of work that leaves no record: bars on a terminal, unless the user wants quiet.
    pub(super) fn new(quiet: bool) -> Self {
        Self::with(Bars::new(quiet), false)
    }

    /// Of one run: bars on a terminal, lines elsewhere.
    pub(super) fn of_run(global: &Global) -> Self {
        Self::with(Bars::new(!speaks(global)), speaks(global))
    }

    fn with(bars: Option<Bars>, lines: bool) -> Self {
        let lines = lines && bars.is_none();
        let (start, stage) = (Instant::now(), RefCell::default());
        Self {
            start,
            bars,
            lines,
            name: String::new(),
            all: None,
            expected: Cell::new(0),
            stage,
        }
    }

    /// Adds to the bytes that will be read.
    pub(super) fn expect(&self, bytes: u64) {
        self.expected.set(self.expected.get() + bytes);
    }

    /// Is told what is being done, and how many bytes of it.
    pub(super) fn tell(&self, stage: &str, bytes: u64) {
        let mut held = self.stage.borrow_mut();
        if held.name != stage {
            self.begin(stage, bytes > 0, &mut held);
        }
        if let Some(bar) = held.bar.as_ref().filter(|_| bytes > 0) {
            bar.set_position(bytes);
        }
    }

    fn begin(&self, stage: &str, counts: bool, held: &mut Stage) {
        self.leave(held);
        stage.clone_into(&mut held.name);
        let end = counts.then(|| self.expected.get());
        held.bar = self.bars.as_ref().map(|bars| bars.add(end, &self.name, stage));
        if let Some(line) = self.line(stage, self.start.elapsed()) {
            say::err(&line);
        }
    }

    /// What a stage leaves behind: a run alone shows how long it took, many leave nothing.
    fn leave(&self, held: &mut Stage) {
        let Some(bar) = held.bar.take() else { return };
        if !self.name.is_empty() {
            return bar.finish_and_clear();
        }
        if let Ok(style) = ProgressStyle::with_template("{msg:12} {elapsed}") {
            bar.set_style(style);
        }
        bar.finish();
    }

    /// The line of a stage that begins after so long, where there is no terminal.
    fn line(&self, stage: &str, after: Duration) -> Option<String> {
        let of = if self.name.is_empty() { String::new() } else { format!("{}: ", self.name) };
        let is_long = self.lines && after >= SILENT;
        is_long.then(|| format!("{of}{stage}, {} s after the start\n", after.as_secs()))
    }

    /// Takes the bars away.
    pub(super) fn end(&self) {
        if let Some(bar) = self.stage.borrow_mut().bar.take() {
            bar.finish_and_clear();
        }
        if self.name.is_empty() && self.bars.is_some() {
            clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.end();
        if let Some(all) = &self.all {
            all.inc(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_for_long_work_without_a_terminal() {
        let line = |lines, name: &str, seconds| {
            let mut progress = Progress::with(None, lines);
            name.clone_into(&mut progress.name);
            progress.line("drawing", Duration::from_secs(seconds))
        };
        assert_eq!(line(true, "", 7).as_deref(), Some("drawing, 7 s after the start\n"));
        assert_eq!(line(true, "a", 7).as_deref(), Some("a: drawing, 7 s after the start\n"));
        assert_eq!((line(true, "", 4), line(false, "", 7)), (None, None));
    }

    #[test]
    fn each_stage_has_a_bar_and_each_poll_counts_once() {
        let bars = Bars {
            bars: MultiProgress::with_draw_target(ProgressDrawTarget::hidden()),
            _wait: Arc::new(mpsc::channel().0),
        };
        let all = Some(bars.add(Some(2), "", "polls"));
        let board = Board { bars: Some(bars), all: all.clone(), lines: false };
        let done = || all.as_ref().map(ProgressBar::position);
        let poll = board.poll("canteen");
        poll.expect(200);
        for (stage, bytes) in [("reading", 50), ("reading", 150), ("checking", 0)] {
            poll.tell(stage, bytes);
            let held = poll.stage.borrow();
            let bar = held.bar.as_ref().unwrap();
            assert_eq!((bar.message().as_str(), bar.position()), (stage, bytes));
            assert_eq!(bar.length(), (bytes > 0).then_some(200));
        }
        assert_eq!(done(), Some(0));
        drop(poll);
        assert_eq!(done(), Some(1));
        board.end();
    }
}
