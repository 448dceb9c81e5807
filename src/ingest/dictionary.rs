//! A table from a cell's bytes to a small number, made for lists of answers.
//!
//! Most cells of a poll repeat one of a few labels, so a cell is looked up by its first
//! eight bytes, last eight bytes and length, compared as integers; only labels of more
//! than 16 bytes are compared in full.

/// A table from byte strings to the order in which they were first given.
#[derive(Clone, Debug)]
pub(super) struct Dictionary {
    keys: Vec<Key>,
    words: Vec<Box<[u8]>>,
    /// Indexes into `words` plus one; 0 is an empty slot. The length is a power of two.
    slots: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Key {
    first: u64,
    last: u64,
    length: usize,
}

impl Key {
    fn of(word: &[u8]) -> Self {
        let length = word.len();
        let (first, last) = match (word.first_chunk::<8>(), word.last_chunk::<8>()) {
            (Some(first), Some(last)) => {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            }
            _ => (word.iter().fold(0, |sum, b| sum << 8 | u64::from(*b)), 0),
        };
        Self { first, last, length }
    }

    /// Fibonacci hashing (Knuth 1973, section 6.4) of the three parts.
    #[expect(clippy::cast_possible_truncation, reason = "the mask keeps the lowest bits only")]
    fn slot(self, mask: usize) -> usize {
        const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (self.first ^ self.last.rotate_left(29)).wrapping_add(self.length as u64);
        let hash = mixed.wrapping_mul(GOLDEN);
        (hash ^ hash >> 32) as usize & mask
    }
}

impl Dictionary {
    /// An empty table.
    pub(super) fn new() -> Self {
        Self { keys: Vec::new(), words: Vec::new(), slots: vec![0; 64] }
    }

    /// The word's number, if it is held.
    #[inline]
    pub(super) fn get(&self, word: &[u8]) -> Option<usize> {
        let key = Key::of(word);
        let mask = self.slots.len() - 1;
        let mut slot = key.slot(mask);
        loop {
            let held = self.slots[slot] as usize;
            if held == 0 {
                return None;
            }
            let same = self.keys[held - 1] == key;
            if same && (key.length <= 16 || *self.words[held - 1] == *word) {
                return Some(held - 1);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Adds a word that is not held yet; gives its number. A held word keeps its number.
    pub(super) fn add(&mut self, word: &[u8]) -> usize {
        if let Some(held) = self.get(word) {
            return held;
        }
        self.keys.push(Key::of(word));
        self.words.push(word.into());
        if self.words.len() * 4 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 2];
            (0..self.words.len()).for_each(|index| self.place(index));
        } else {
            self.place(self.words.len() - 1);
        }
        self.words.len() - 1
    }

    fn place(&mut self, index: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = self.keys[index].slot(mask);
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = u32::try_from(index + 1).unwrap_or(u32::MAX);
    }

    /// As [`Dictionary::words`], without the table.
    pub(super) fn into_words(self) -> Vec<Box<[u8]>> {
        self.words
    }

    /// The words, in the order in which they were added.
    pub(super) fn words(&self) -> &[Box<[u8]>] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::Dictionary;

    #[test]
    fn every_word_is_found_again_and_no_other() {
        let mut dictionary = Dictionary::new();
        let words: Vec<String> = (0..5000)
            .map(|i| format!("{}answer number {i} of a long list", "x".repeat(i % 30)))
            .chain((0..300).map(|i| i.to_string()))
            .chain([String::new(), "\0".to_owned(), "\0\0".to_owned()])
            .collect();
        for (index, word) in words.iter().enumerate() {
            assert_eq!(dictionary.add(word.as_bytes()), index);
        }
        for (index, word) in words.iter().enumerate() {
            assert_eq!(dictionary.get(word.as_bytes()), Some(index));
            assert_eq!(dictionary.add(word.as_bytes()), index);
        }
        assert_eq!(dictionary.get(b"answer number 7 of a long lost"), None);
        assert_eq!(dictionary.words().len(), words.len());
    }

    #[test]
    fn long_words_that_differ_in_the_middle_are_different() {
        let mut dictionary = Dictionary::new();
        dictionary.add(b"12345678 middle one 12345678");
        assert_eq!(dictionary.get(b"12345678 middle two 12345678"), None);
    }
}
