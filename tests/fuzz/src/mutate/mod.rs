//! Sound inputs made unsound, in one of two ways: what a file holds, or what a schema says.
//!
//! Takes the corpus and the numbers of a case, gives the case.

mod bytes;
mod schema;

pub(crate) use bytes::bytes;
pub(crate) use schema::schema;

use crate::random::Random;

/// A piece of a sequence: where it begins, and where it ends, at most `longest` further on.
fn piece(length: usize, longest: usize, random: &mut Random) -> (usize, usize) {
    let from = random.below(length + 1);
    let longest = longest.min(length - from);
    (from, from + random.below(longest + 1))
}

/// Where lines begin, and the end of the text.
fn lines(text: &[u8]) -> Vec<usize> {
    let ends = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let mut starts: Vec<usize> = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
    if starts.last() != Some(&text.len()) {
        starts.push(text.len());
    }
    starts
}

/// One line of a text, with its end; nothing of an empty text.
fn line(text: &[u8], random: &mut Random) -> (usize, usize) {
    let starts = lines(text);
    let at = random.below(starts.len().saturating_sub(1));
    (starts[at], starts.get(at + 1).copied().unwrap_or(starts[at]))
}
