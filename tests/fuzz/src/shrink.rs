//! A case made smaller while it breaks the same promise.
//!
//! Takes out ever smaller pieces, as in delta debugging (Zeller and Hildebrandt 2002,
//! "Simplifying and isolating failure-inducing input"), first of the data, then of the
//! schema, as long as there is time.

use std::time::{Duration, Instant};

use crate::oracle::{self, Broken, Case};

/// How long it may take.
const LONGEST: Duration = Duration::from_secs(20);

/// The smallest case that was found, and what it breaks.
pub(crate) fn shrink(case: Case, broken: Broken) -> (Case, Broken) {
    let mut best = Best { case, broken, end: Instant::now() + LONGEST };
    best.take_out(|case| &mut case.data);
    best.take_out(|case| &mut case.schema);
    (best.case, best.broken)
}

struct Best {
    case: Case,
    broken: Broken,
    end: Instant,
}

impl Best {
    fn take_out(&mut self, part: impl Fn(&mut Case) -> &mut Vec<u8>) {
        let mut piece = part(&mut self.case).len().div_ceil(2);
        while piece > 0 {
            let mut at = 0;
            while at < part(&mut self.case).len() {
                if Instant::now() > self.end {
                    return;
                }
                let mut smaller = self.case.clone();
                let bytes = part(&mut smaller);
                bytes.drain(at..(at + piece).min(bytes.len()));
                if !self.better(smaller) {
                    at += piece;
                }
            }
            piece = if piece == 1 { 0 } else { piece.div_ceil(2) };
        }
    }

    fn better(&mut self, smaller: Case) -> bool {
        let broken = oracle::promises(&smaller).err();
        let same = broken.filter(|broken| broken.promise == self.broken.promise);
        let Some(broken) = same else { return false };
        (self.case, self.broken) = (smaller, broken);
        true
    }
}
