//! The texts of the key column, packed: one piece of memory for all of them.

/// The key of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    /// Adds the next row's key.
    pub(super) fn push(&mut self, key: &[u8]) {
        self.bytes.extend_from_slice(key);
        self.ends.push(self.bytes.len());
    }

    /// Adds the keys of further rows.
    pub(super) fn append(&mut self, further: &Self) {
        let before = self.bytes.len();
        self.bytes.extend_from_slice(&further.bytes);
        self.ends.extend(further.ends.iter().map(|end| before + end));
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The key of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> &[u8] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.bytes[start..self.ends[row]]
    }

    /// Without some rows, which are given in order.
    #[must_use]
    pub fn without(&self, rows: &[u32]) -> Self {
        let mut kept = Self::default();
        let mut out = rows.iter().map(|row| *row as usize).peekable();
        for row in 0..self.len() {
            if out.next_if_eq(&row).is_none() {
                kept.push(self.get(row));
            }
        }
        kept
    }

    /// The rows in the order of their keys, rows of the same key in their own order.
    #[must_use]
    pub fn sorted(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = (0..self.len()).map_while(|r| u32::try_from(r).ok()).collect();
        rows.sort_by(|a, b| self.get(*a as usize).cmp(self.get(*b as usize)));
        rows
    }
}

impl<K: AsRef<str>> FromIterator<K> for Keys {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut packed = Self::default();
        keys.into_iter().for_each(|key| packed.push(key.as_ref().as_bytes()));
        packed
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn keys_come_back_and_can_be_sorted() {
        let mut keys: Keys = ["b", "", "a"].iter().collect();
        keys.append(&["b", "c"].iter().collect());
        assert_eq!(
            (0..5).map(|r| keys.get(r)).collect::<Vec<_>>(),
            [b"b", &b""[..], b"a", b"b", b"c"]
        );
        assert_eq!(keys.sorted(), [1, 2, 0, 3, 4]);
        assert_eq!(keys.without(&[0, 2, 4]), ["", "b"].iter().collect());
    }
}
