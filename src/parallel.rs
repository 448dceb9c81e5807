//! Independent pieces of work on several threads.
//!
//! Knows nothing of the work. The number of threads changes no result.

/// Does work that is independent on several threads; results are in the order of the work,
/// and each is computed by one thread alone, so that the number of threads changes nothing.
pub fn in_parallel<W: Sync, R: Send>(
    work: &[W],
    threads: usize,
    each: impl Fn(&W) -> R + Sync,
) -> Vec<R> {
    let threads = threads.clamp(1, work.len().max(1));
    let run = |first: usize| -> Vec<(usize, R)> {
        (first..work.len()).step_by(threads).map(|i| (i, each(&work[i]))).collect()
    };
    let run = &run;
    let mut done = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|t| scope.spawn(move || run(t))).collect();
        let mut done = run(0);
        for other in others {
            match other.join() {
                Ok(list) => done.extend(list),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_work_at_any_number_of_threads() {
        let work: Vec<u32> = (0..11).collect();
        for threads in [0, 1, 2, 3, 40] {
            let done = in_parallel(&work, threads, |n| n * n);
            assert!(done.iter().zip(&work).all(|(square, n)| *square == n * n), "{threads}");
            assert_eq!(done.len(), work.len());
        }
    }
}
