//! Who sent each row: the cells of the key column go in, keyed hashes come out.
//!
//! A member's number is hashed as soon as its cell is read, and no other room ever holds it:
//! two rows of one person have the same [`Mark`], and nobody who lacks the [`Secret`] can
//! try out numbers until a mark fits. May know nothing but bytes. Never shows either.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key of the hashes: 32 random bytes.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The key with these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// What hashes with this key.
    #[must_use]
    pub fn marker(&self) -> Marker {
        // HMAC fills a key with zeros to the length of a block (RFC 2104, section 2).
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        Marker(Hmac::new(&block.into()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Turns member's numbers into marks.
#[derive(Clone)]
pub struct Marker(Hmac<Sha256>);

impl Marker {
    /// The mark of a cell, spaces around it left out; none if nothing is left.
    #[must_use]
    pub fn mark(&self, cell: &[u8]) -> Option<Mark> {
        let cell = std::str::from_utf8(cell).map_or(cell, |text| text.trim().as_bytes());
        if cell.is_empty() {
            return None;
        }
        let mut hash = self.0.clone();
        hash.update(cell);
        let bytes: [u8; 32] = hash.finalize().into_bytes().into();
        let mut half = [0; 16];
        half.copy_from_slice(&bytes[..16]);
        Some(Mark(u128::from_be_bytes(half)))
    }
}

/// A person without a name: the first half of the number's HMAC-SHA-256. Two of a hundred
/// million numbers have the same mark with a chance below 1 in 10^22.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u128);

impl Mark {
    /// The mark as a label of a sampling unit.
    #[must_use]
    pub fn label(self) -> String {
        format!("{:032x}", self.0)
    }
}

impl fmt::Debug for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mark")
    }
}

/// The mark of each row; none where the cell is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys(Vec<Option<Mark>>);

impl Keys {
    /// Adds the next row's mark.
    pub(super) fn push(&mut self, mark: Option<Mark>) {
        self.0.push(mark);
    }

    /// Adds the marks of further rows.
    pub(super) fn append(&mut self, further: &Self) {
        self.0.extend_from_slice(&further.0);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The mark of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Mark> {
        self.0.get(row).copied().flatten()
    }

    /// The mark of each row.
    pub fn iter(&self) -> impl Iterator<Item = Option<Mark>> {
        self.0.iter().copied()
    }

    /// Without some rows, which are given in order.
    #[must_use]
    pub fn without(&self, rows: &[u32]) -> Self {
        let mut out = rows.iter().map(|row| *row as usize).peekable();
        let kept = self.0.iter().enumerate();
        kept.filter(|(row, _)| out.next_if_eq(row).is_none()).map(|(_, mark)| *mark).collect()
    }

    /// The rows that have a mark, in the order of their marks, those of one person in their
    /// own order.
    #[must_use]
    pub fn sorted(&self) -> Vec<u32> {
        let rows = (0..self.len()).filter(|row| self.get(*row).is_some());
        let mut rows: Vec<u32> = rows.map_while(|row| u32::try_from(row).ok()).collect();
        rows.sort_by_key(|row| self.get(*row as usize));
        rows
    }
}

impl FromIterator<Option<Mark>> for Keys {
    fn from_iter<I: IntoIterator<Item = Option<Mark>>>(marks: I) -> Self {
        Self(marks.into_iter().collect())
    }
}

/// What is wrong with a list of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// No column has the header of the key.
    NoColumn,
    /// It is no table in CSV.
    NoTable,
    /// A row has no key; its line.
    NoKey(u64),
}

/// The keys that a file lists below the header of the key, each with its line.
///
/// # Errors
/// What is wrong with the file; never what stands in it.
pub fn listed(text: &str, header: &str, secret: &Secret) -> Result<Vec<(Mark, u64)>, Unlisted> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let named = |names: &csv::StringRecord| names.iter().position(|name| name == header);
    let field = reader.headers().ok().and_then(named).ok_or(Unlisted::NoColumn)?;
    let (marker, mut list) = (secret.marker(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|_| Unlisted::NoTable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let mark = marker.mark(record.get(field).unwrap_or_default().as_bytes());
        list.push((mark.ok_or(Unlisted::NoKey(line))?, line));
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: Secret = Secret::new([7; 32]);

    fn keys(cells: &[&str]) -> Keys {
        cells.iter().map(|cell| SECRET.marker().mark(cell.as_bytes())).collect()
    }

    #[test]
    fn a_mark_is_the_hash_that_rfc_4231_gives() {
        // Test case 1: a key of 20 bytes 0x0b, which zeros fill up to 32 alike.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let mark = Secret::new(key).marker().mark(b"Hi There").unwrap();
        assert_eq!(mark.label(), "b0344c61d8db38535ca8afceaf0bf12b");
    }

    #[test]
    fn a_person_has_one_mark_for_each_key() {
        let marker = SECRET.marker();
        assert_eq!(marker.mark(b"4711"), marker.mark(" 4711\u{a0}".as_bytes()));
        assert_ne!(marker.mark(b"4711"), marker.mark(b"4712"));
        assert_ne!(marker.mark(b"4711"), Secret::new([8; 32]).marker().mark(b"4711"));
        assert_eq!(marker.mark(b" \t"), None);
        assert_eq!(format!("{SECRET:?} {:?}", marker.mark(b"4711")), "Secret Some(Mark)");
    }

    #[test]
    fn keys_are_sorted_and_left_out() {
        let mut all = keys(&["b", "", "a"]);
        all.append(&keys(&["b", "c"]));
        let sorted = all.sorted();
        assert_eq!(sorted.len(), 4, "the row without a key is not among them");
        let place = |row: u32| sorted.iter().position(|at| *at == row).unwrap();
        assert_eq!(place(0) + 1, place(3), "rows of one person stand together, in order");
        assert_eq!(all.without(&[0, 2, 4]), keys(&["", "b"]));
    }

    #[test]
    fn a_list_of_keys_is_read_or_refused_without_a_word_of_it() {
        let list = |text| listed(text, "id", &SECRET);
        let mark = |cell: &[u8]| SECRET.marker().mark(cell).unwrap();
        let text = "\u{feff}why,id\nleft, 12 \nleft,13\n";
        assert_eq!(list(text).unwrap(), [(mark(b"12"), 2), (mark(b"13"), 3)]);
        assert_eq!(list("why\nleft\n"), Err(Unlisted::NoColumn));
        assert_eq!(list("why,id\nleft,1\nleft\n"), Err(Unlisted::NoKey(3)));
    }
}
