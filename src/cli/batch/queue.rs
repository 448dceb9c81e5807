//! Several pieces of work at once, as many as threads and memory allow.
//!
//! Knows nothing of the work, and measures nothing: what a piece needs is said beforehand.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The stack of a thread, in bytes; that of a main thread on Linux.
const STACK: usize = 8 << 20;

/// What is being done.
#[derive(Default)]
struct Turn {
    /// The next piece.
    next: usize,
    /// How many are being done.
    running: usize,
    /// What they need.
    used: u64,
}

/// Does each piece once, in order and on at most `workers` threads, and gives the results in
/// the same order. A piece waits for those before it, and until there is memory enough for
/// it; one that needs more than there is, is done alone. The work must not panic.
pub(super) fn each<W: Sync, R: Send>(
    work: &[W],
    workers: usize,
    (memory, need): (Option<u64>, impl Fn(&W) -> u64 + Sync),
    one: impl Fn(&W) -> R + Sync,
) -> Vec<R> {
    let (turn, freed) = (Mutex::new(Turn::default()), Condvar::new());
    let worker = || {
        let mut done = Vec::new();
        while let Some((index, needed)) = take(&turn, &freed, memory, work, &need) {
            done.push((index, one(&work[index])));
            let mut turn = held(&turn);
            turn.running -= 1;
            turn.used -= needed;
            freed.notify_all();
        }
        done
    };
    let mut done = Vec::new();
    thread::scope(|scope| {
        let start =
            |_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok();
        let threads: Vec<_> = (0..workers.min(work.len())).filter_map(start).collect();
        if threads.is_empty() {
            // The system has no thread to give.
            done.extend(worker());
        }
        done.extend(threads.into_iter().filter_map(|thread| thread.join().ok()).flatten());
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The next piece and what it needs, once there is room for it; none if all are taken.
fn take<W>(
    turn: &Mutex<Turn>,
    freed: &Condvar,
    memory: Option<u64>,
    work: &[W],
    need: &impl Fn(&W) -> u64,
) -> Option<(usize, u64)> {
    let mut turn = held(turn);
    loop {
        let index = turn.next;
        let needed = need(work.get(index)?);
        let used = turn.used.saturating_add(needed);
        if turn.running == 0 || memory.is_none_or(|memory| used <= memory) {
            turn.next += 1;
            turn.running += 1;
            turn.used = used;
            return Some((index, needed));
        }
        turn = freed.wait(turn).unwrap_or_else(PoisonError::into_inner);
    }
}

fn held(turn: &Mutex<Turn>) -> MutexGuard<'_, Turn> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let work: Vec<u64> = (0..40).collect();
        for workers in [0, 1, 3, 90] {
            for memory in [None, Some(0), Some(5), Some(1_000)] {
                let done = each(&work, workers, (memory, |need: &u64| *need), |n| n * n);
                assert!(done.iter().zip(&work).all(|(square, n)| *square == n * n));
                assert_eq!(done.len(), work.len());
            }
        }
    }

    #[test]
    fn no_more_is_done_at_once_than_memory_allows() {
        let held_now = Mutex::new((0, 0));
        let work = [3, 3, 3, 3, 9, 3, 3, 1, 1, 1, 1, 1, 1];
        each(&work, 8, (Some(6), |need: &u64| *need), |need| {
            let mut now = held_now.lock().unwrap();
            now.0 += need;
            now.1 = now.1.max(now.0);
            drop(now);
            thread::yield_now();
            held_now.lock().unwrap().0 -= need;
        });
        let most = held_now.into_inner().unwrap().1;
        assert!(most <= 9, "{most}");
    }

    #[test]
    fn as_many_are_done_at_once_as_there_are_workers() {
        // Nobody passes before all four are here.
        let here = Barrier::new(4);
        let done = each(&[1_u64; 8], 4, (Some(4), |need: &u64| *need), |_| {
            here.wait();
        });
        assert_eq!(done.len(), 8);
    }
}
