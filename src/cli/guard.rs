//! What protects answers while the program runs: nothing of its memory is written to disk,
//! what it writes is its owner's alone, and a fault says where it is and nothing else.

use std::panic::{self, AssertUnwindSafe, Location, PanicHookInfo};
use std::sync::atomic::{AtomicBool, Ordering};

use super::arguments::Global;
use super::log::About;
use super::{codes, say};
use crate::diagnostic::{Finding, Kind, Place};

/// Shuts the process off: no core dump, no other process that looks into its memory, and
/// files for its owner alone unless something else is said.
pub(super) fn shut() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit, umask};
        let none = Rlimit { current: Some(0), maximum: Some(0) };
        // A system that refuses has nothing better to offer.
        let _ = setrlimit(Resource::Core, none);
        umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Does the work; a panic in it ends it as an internal fault. What a panic says may hold
/// an answer, so it is not printed.
pub(super) fn guarded(
    global: &Global,
    work: impl FnOnce() -> Result<(), Kind>,
) -> Result<(), Kind> {
    let (log, coloured) = (global.log, say::coloured(global));
    panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if !SAID.swap(true, Ordering::Relaxed) {
            let finding = fault(info.location());
            say::err(&say::message(&finding, &About::default(), log, coloured));
        }
    }));
    caught(work).unwrap_or(Err(Kind::Internal))
}

/// Whether a panic has been told of: that of a thread is followed by one of the thread that
/// waits for it.
static SAID: AtomicBool = AtomicBool::new(false);

/// Does work that others do not depend on; none if it panicked, which has been told of.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    let done = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    if done.is_none() {
        SAID.store(false, Ordering::Relaxed);
    }
    done
}

/// What is said of a panic: the place in the program's source.
fn fault(location: Option<&Location<'_>>) -> Finding {
    let finding = Finding::new(&codes::FAULT, "internal fault: the program is to blame");
    let finding = finding.help("report this place; what stood in the data is not part of it");
    let Some(location) = location else { return finding };
    // Paths of libraries begin with a folder of the machine that built the program.
    let parts: Vec<&str> = location.file().split(['/', '\\']).collect();
    let file = parts[parts.len().saturating_sub(4)..].join("/");
    let (line, character) =
        (Some(u64::from(location.line())), Some(u64::from(location.column())));
    finding.at(Place { line, character, ..Place::file(&file) })
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use super::*;
    use crate::diagnostic::full;

    #[test]
    fn a_fault_says_where_and_nothing_of_what() {
        let said = full(&fault(Some(Location::caller())));
        let (first, rest) = said.split_once("\n  --> src/cli/guard.rs:").unwrap();
        assert_eq!(first, "error[D049]: internal fault: the program is to blame");
        let (place, help) = rest.split_once('\n').unwrap();
        assert!(place.split(':').all(|number| number.parse::<u32>().is_ok()), "{place}");
        assert!(help.trim_start().starts_with("help: report this place"), "{help}");
        assert_eq!(fault(None).place, None);
    }
}
