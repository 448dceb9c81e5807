//! A watch over the time that a case takes.
//!
//! Code that hangs cannot be stopped from outside it, so the watch ends the process, after
//! it has written the case down.

use std::process;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::keep::Keep;
use crate::oracle::{Broken, Case};

/// How long a case may take.
const LONGEST: Duration = Duration::from_secs(10);

/// The case that is running.
struct Running {
    since: Instant,
    name: String,
    case: Case,
}

/// Watches one case after the other.
#[derive(Clone, Default)]
pub(crate) struct Watch(Arc<Mutex<Option<Running>>>);

impl Watch {
    /// Begins to look, once a second.
    pub(crate) fn begin(keep: Keep) -> Self {
        let watch = Self::default();
        let seen = watch.clone();
        thread::spawn(move || {
            loop {
                thread::sleep(Duration::from_secs(1));
                seen.look(&keep);
            }
        });
        watch
    }

    /// Runs a case under watch.
    pub(crate) fn over<T>(&self, name: &str, case: &Case, work: impl FnOnce() -> T) -> T {
        let (since, name, case) = (Instant::now(), name.to_owned(), case.clone());
        self.set(Some(Running { since, name, case }));
        let result = work();
        self.set(None);
        result
    }

    fn set(&self, running: Option<Running>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = running;
    }

    fn look(&self, keep: &Keep) {
        let running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(running) = running.as_ref().filter(|r| r.since.elapsed() > LONGEST) else {
            return;
        };
        let promise = "a check takes less than 10 seconds".to_owned();
        let broken = Broken { promise, seen: "it was ended".to_owned() };
        keep.write(&running.name, &running.case, &broken);
        process::exit(1);
    }
}
