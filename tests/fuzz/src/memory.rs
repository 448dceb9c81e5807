//! How much memory the process took, as Linux counts it; elsewhere nothing is known.
//!
//! A counting allocator would need `unsafe`. What the system holds for the process is
//! coarser: memory that was freed and kept for later use is not counted again, so that a
//! case can use some without being seen. It never accuses one that did not.

use std::fs;

/// The peak while `work` runs, above what was held before, in bytes; with its result.
pub(crate) fn peak<T>(work: impl FnOnce() -> T) -> (T, Option<u64>) {
    // Writing 5 makes the present size the peak (proc_pid_clear_refs(5)).
    let reset = fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = status("VmRSS:");
    let result = work();
    let peak = status("VmHWM:").filter(|_| reset);
    (result, peak.zip(before).map(|(peak, before)| peak.saturating_sub(before)))
}

/// A line of /proc/self/status that counts kB, in bytes.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    let number = line.split_whitespace().next()?;
    Some(number.parse::<u64>().ok()? << 10)
}
