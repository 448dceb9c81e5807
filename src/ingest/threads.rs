//! Blocks coded on several threads, and handed over in the order of the file.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

use super::blocks::{Block, Blocks};
use super::work::{Done, Worker};

/// Codes every block and gives what became of it to `each`, in the order of the file, until
/// that says to stop.
///
/// # Errors
/// Whatever the stream says.
pub(super) fn code_all<R: Read>(
    blocks: &mut Blocks<R>,
    mut worker: Worker,
    threads: usize,
    each: &mut dyn FnMut(Done) -> bool,
) -> io::Result<()> {
    let Some(first) = blocks.next()? else { return Ok(()) };
    let second = if threads > 1 { blocks.next()? } else { None };
    if !each(worker.code(&first)) {
        return Ok(());
    }
    let Some(second) = second else {
        while let Some(block) = blocks.next()? {
            if !each(worker.code(&block)) {
                break;
            }
        }
        return Ok(());
    };
    let (work, queue) = channel::<(usize, Block)>();
    let (done, results) = channel::<(usize, Done)>();
    let queue = Mutex::new(queue);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (mut worker, done, queue) = (worker.twin(), done.clone(), &queue);
            scope.spawn(move || labour(&mut worker, queue, &done));
        }
        drop(done);
        let pool = Pool { work, results, ahead: 2 * threads };
        pool.run(blocks, second, each)
    })
}

/// What each thread does until there is nothing more to do.
fn labour(
    worker: &mut Worker,
    queue: &Mutex<Receiver<(usize, Block)>>,
    done: &Sender<(usize, Done)>,
) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((number, block)) = next else { return };
        if done.send((number, worker.code(&block))).is_err() {
            return;
        }
    }
}

struct Pool {
    work: Sender<(usize, Block)>,
    results: Receiver<(usize, Done)>,
    /// How many blocks may be on their way at once.
    ahead: usize,
}

impl Pool {
    fn run<R: Read>(
        self,
        blocks: &mut Blocks<R>,
        second: Block,
        each: &mut dyn FnMut(Done) -> bool,
    ) -> io::Result<()> {
        let mut waiting: BTreeMap<usize, Done> = BTreeMap::new();
        let (mut sent, mut given) = (0, 0);
        let mut next = Some(second);
        loop {
            while let Some(block) = next.take_if(|_| sent - given < self.ahead) {
                let _ = self.work.send((sent, block));
                sent += 1;
                next = blocks.next()?;
            }
            if given == sent {
                return Ok(());
            }
            let Ok((number, done)) = self.results.recv() else { return Ok(()) };
            waiting.insert(number, done);
            while let Some(done) = waiting.remove(&given) {
                given += 1;
                if !each(done) {
                    return Ok(());
                }
            }
        }
    }
}
