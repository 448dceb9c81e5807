//! Joint cells: the combinations of codes that occur among the records.
//!
//! Takes slices of codes, one code per record; gives each record the number of its cell
//! and each cell its codes. Cells are numbered by their first record, so the numbers do
//! not depend on anything but the data. Knows no targets and no weights.

use std::collections::BTreeMap;

use super::{Error, check_length};

/// The records sorted into joint cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    of: Vec<u32>,
    count: usize,
    /// The code of each cell, one slice for each factor.
    codes: Vec<Vec<u32>>,
}

impl Cells {
    /// The cells of several factors, each a code per record.
    ///
    /// # Errors
    ///
    /// [`Error::NoRecords`] when there is no factor or no record, [`Error::Length`] when
    /// the factors have different numbers of records.
    pub fn joint(factors: &[&[u32]]) -> Result<Self, Error> {
        let records = factors.first().map_or(0, |codes| codes.len());
        if records == 0 {
            return Err(Error::NoRecords);
        }
        let mut cells = Self { of: vec![0; records], count: 1, codes: Vec::new() };
        for codes in factors {
            check_length("codes", codes.len(), records)?;
            cells.split(codes);
        }
        Ok(cells)
    }

    /// The cell of each record.
    #[must_use]
    pub fn of(&self) -> &[u32] {
        &self.of
    }

    /// How many cells there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The code of each cell in a factor; empty if there is no such factor.
    #[must_use]
    pub fn codes(&self, factor: usize) -> &[u32] {
        self.codes.get(factor).map_or(&[], Vec::as_slice)
    }

    /// The sum over the records of each cell of a value per record.
    #[must_use]
    pub fn sums(&self, values: &[f64]) -> Vec<f64> {
        sums_by(&self.of, self.count, values.iter().copied())
    }

    /// Splits the cells by one more factor.
    fn split(&mut self, codes: &[u32]) {
        let mut numbers = Numbers::new(self.count, codes);
        let mut parents = Vec::new();
        for (cell, &code) in self.of.iter_mut().zip(codes) {
            let parent = *cell;
            let (number, is_new) = numbers.of(parent, code);
            if is_new {
                parents.push((parent, code));
            }
            *cell = number;
        }
        for known in &mut self.codes {
            *known = parents.iter().map(|&(parent, _)| at(known, parent)).collect();
        }
        self.codes.push(parents.iter().map(|&(_, code)| code).collect());
        self.count = parents.len();
    }
}

/// Sums of values by a code below `count` per value; other codes are left out.
pub(super) fn sums_by(
    codes: &[u32],
    count: usize,
    values: impl Iterator<Item = f64>,
) -> Vec<f64> {
    let mut sums = vec![0.0; count];
    for (&code, value) in codes.iter().zip(values) {
        if let Some(sum) = sums.get_mut(code as usize) {
            *sum += value;
        }
    }
    sums
}

/// The element of a code; the default if there is none.
pub(super) fn at<T: Copy + Default>(values: &[T], code: u32) -> T {
    values.get(code as usize).copied().unwrap_or_default()
}

/// The numbers given out so far to pairs of parent cell and code.
enum Numbers {
    /// By position, where all pairs that could occur fit in a table.
    Table { width: usize, numbers: Vec<u32>, next: u32 },
    /// By search, where they do not.
    Tree(BTreeMap<(u32, u32), u32>),
}

/// A pair that has no number yet.
const NONE: u32 = u32::MAX;

impl Numbers {
    fn new(parents: usize, codes: &[u32]) -> Self {
        /// A table this much longer than the file is not worth its memory.
        const SPARSE: usize = 4;
        const SMALL: usize = 1 << 16;
        let width = codes.iter().max().map_or(1, |&code| code as usize + 1);
        match parents.checked_mul(width).filter(|&size| size <= SPARSE * codes.len() + SMALL) {
            Some(size) => Self::Table { width, numbers: vec![NONE; size], next: 0 },
            None => Self::Tree(BTreeMap::new()),
        }
    }

    /// The number of a pair, and whether it was given out just now.
    #[inline]
    fn of(&mut self, parent: u32, code: u32) -> (u32, bool) {
        match self {
            Self::Table { width, numbers, next } => {
                let place = numbers.get_mut(parent as usize * *width + code as usize);
                match place {
                    Some(number) if *number == NONE => {
                        *number = *next;
                        *next += 1;
                        (*number, true)
                    }
                    Some(number) => (*number, false),
                    None => (NONE, false),
                }
            }
            Self::Tree(numbers) => {
                let next = u32::try_from(numbers.len()).unwrap_or(NONE);
                let number = *numbers.entry((parent, code)).or_insert(next);
                (number, number == next)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_numbered_by_their_first_record() {
        let cells = Cells::joint(&[&[1, 0, 1, 1], &[2, 2, 2, 0]]).expect("codes");
        assert_eq!(cells.of(), [0, 1, 0, 2]);
        assert_eq!(
            (cells.count(), cells.codes(0), cells.codes(1)),
            (3, &[1, 0, 1][..], &[2, 2, 0][..])
        );
        assert_eq!(cells.sums(&[1.0, 2.0, 4.0, 8.0]), [5.0, 2.0, 8.0]);
    }

    /// Codes too far apart for a table give the same cells as codes that are not.
    #[test]
    fn codes_far_apart_are_searched_for() {
        let near = Cells::joint(&[&[0, 1, 0, 2], &[0, 1, 0, 1]]).expect("codes");
        let far = Cells::joint(&[&[9, 4_000_000_000, 9, 7], &[0, u32::MAX, 0, u32::MAX]]);
        let far = far.expect("codes");
        assert_eq!((far.count, far.of), (near.count, near.of));
        assert_eq!(far.codes[0], [9, 4_000_000_000, 7]);
    }

    #[test]
    fn factors_have_the_same_records() {
        let uneven = Cells::joint(&[&[0, 1], &[0]]);
        assert_eq!(uneven, Err(Error::Length { what: "codes", found: 1, expected: 2 }));
        assert_eq!(Cells::joint(&[]), Err(Error::NoRecords));
    }
}
