//! Ctrl-C and SIGTERM: what was begun is taken away, and the program says so and ends.
//!
//! Takes the folders that are being built; gives 130 or 143 as the exit code. Never stops
//! between two steps that belong together, and never touches what is published. Nobody can
//! act on SIGKILL: what is left then, the next run of the poll clears.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::arguments::Global;

/// What is being built. Whoever holds it cannot be stopped.
static BEGUN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn begun() -> MutexGuard<'static, Vec<PathBuf>> {
    BEGUN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Does what must not be stopped halfway, and whatever is written to a folder that is being
/// built: a step or two, never long work. Not to be nested.
pub(super) fn undisturbed<T>(step: impl FnOnce() -> T) -> T {
    let _held = begun();
    step()
}

/// A folder that is being built: gone when this is dropped or the program is stopped, unless
/// it has another name by then.
#[derive(Debug)]
pub(super) struct Begun(PathBuf);

impl Begun {
    /// Makes a folder whose name begins as given.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(super) fn folder(inside: &Path, prefix: &str) -> io::Result<Self> {
        let mut begun = begun();
        let path = tempfile::Builder::new().prefix(prefix).tempdir_in(inside)?.keep();
        begun.push(path.clone());
        Ok(Self(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut begun = begun();
        begun.retain(|path| *path != self.0);
        // Whatever cannot be taken away now, the next run clears.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(not(unix))]
pub(super) fn listen(_: &Global) {}

/// Listens for Ctrl-C and SIGTERM until the program ends. Where the system does not allow
/// that they end the program at once, and the next run clears what was begun.
#[cfg(unix)]
pub(super) fn listen(global: &Global) {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let (log, coloured) = (global.log, super::say::coloured(global));
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Held until the end, so that nothing is begun or published any more.
            let begun = begun();
            for path in begun.iter() {
                let _ = fs::remove_dir_all(path);
            }
            super::progress::clear();
            let finding = stopped(if signal == SIGINT { "Ctrl-C" } else { "SIGTERM" });
            let about = super::log::About::default();
            super::say::err(&super::say::message(&finding, &about, log, coloured));
            #[allow(clippy::exit, reason = "the work goes on in another thread")]
            std::process::exit(128 + signal);
        }
    });
}

#[cfg(unix)]
fn stopped(by: &str) -> crate::diagnostic::Finding {
    let headline = format!("stopped by {by}");
    crate::diagnostic::Finding::new(&super::codes::STOPPED, headline)
        .because("what had been begun is taken away; each published page is whole")
        .help("run it again")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_begun_goes_unless_it_has_become_something_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = |prefix| Begun::folder(place.path(), prefix).unwrap();
        let (given_up, done) = (folder(".a-"), folder(".b-"));
        let paths = [given_up.path().to_owned(), done.path().to_owned()];
        assert!(paths.iter().all(|path| path.is_dir() && begun().contains(path)));
        fs::write(given_up.path().join("half"), "half").unwrap();
        undisturbed(|| fs::rename(done.path(), place.path().join("done"))).unwrap();
        drop((given_up, done));
        assert!(paths.iter().all(|path| !path.exists() && !begun().contains(path)));
        assert!(place.path().join("done").is_dir());
    }
}
