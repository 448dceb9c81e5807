//! What became of the blocks, put together in the order of the file.

use indexmap::IndexMap;

use super::coder::{Coded, Codes, Finished, Mended, Trouble};
use super::keys::Keys;
use super::personal::{Personal, Redacted};
use super::work::{Done, Local};
use super::{Places, Ragged, Spot, Unread};

/// Different texts of a column that are kept one by one; further ones are counted together.
const ONE_BY_ONE: usize = 3;

/// By rule, text and meaning: how often, and the first row.
type MendedBy = IndexMap<(String, String, String), (u64, u32)>;

/// Everything that has been read so far.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) rows: u32,
    pub(super) places: Places,
    pub(super) ragged: Vec<Ragged>,
    pub(super) blank: Vec<Spot>,
    unread: IndexMap<(usize, Trouble), IndexMap<Option<String>, Vec<u32>>>,
    columns: Vec<Vec<Growing>>,
    /// For each slot: what was mended.
    mended: Vec<MendedBy>,
    /// For each slot: what looks like data about a person.
    seen: Vec<Vec<(Personal, u64, u32)>>,
    /// For each slot that is to be quoted: what was written.
    texts: IndexMap<usize, Vec<(u32, Redacted)>>,
    pub(super) keys: Keys,
}

/// Where the next block stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor {
    pub(super) file: usize,
    pub(super) row: u64,
    pub(super) line: u64,
}

impl Cursor {
    pub(super) fn spot(&self, at: Local) -> Spot {
        Spot {
            file: self.file,
            row: self.row + at.row,
            line: self.line + at.line,
            offset: at.offset,
        }
    }
}

/// A column of the frame on its way.
struct Growing {
    coded: Coded,
    /// For labels that are learned: their numbers.
    known: IndexMap<Box<[u8]>, u32>,
}

impl Gathered {
    /// Adds the next block; `width` is how many cells a record has.
    pub(super) fn add(&mut self, done: Done, cursor: &mut Cursor, width: usize) {
        let first = self.rows;
        for at in &done.places {
            self.places.push(cursor.spot(*at));
        }
        self.rows += u32::try_from(done.places.len()).unwrap_or(0);
        let ragged = done.ragged.iter().map(|(at, cells)| Ragged {
            spot: cursor.spot(*at),
            cells: *cells,
            expected: width,
        });
        self.ragged.extend(ragged);
        self.blank.extend(done.blank.iter().map(|at| cursor.spot(*at)));
        for (slot, row, trouble, value) in done.unread {
            self.unread(slot, first + row, trouble, value);
        }
        self.columns.resize_with(done.columns.len(), Vec::new);
        self.mended.resize_with(done.columns.len(), IndexMap::new);
        self.seen.resize_with(done.columns.len(), Vec::new);
        for (slot, finished) in done.columns.into_iter().enumerate() {
            self.slot(slot, finished, first);
        }
        self.keys.append(&done.keys);
        cursor.row += done.rows;
        cursor.line += done.lines;
    }

    fn slot(&mut self, slot: usize, finished: Finished, first: u32) {
        let columns = &mut self.columns[slot];
        for (index, coded) in finished.columns.into_iter().enumerate() {
            match columns.get_mut(index) {
                Some(column) => column.append(coded),
                None => columns.push(Growing::new(coded)),
            }
        }
        for Mended { rule, from, to, count, first: at } in finished.mended {
            let entry = self.mended[slot].entry((rule, from, to)).or_insert((0, first + at));
            entry.0 += count;
        }
        if let Some(texts) = finished.texts {
            let texts = texts.into_iter().map(|(row, text)| (first + row, text));
            self.texts.entry(slot).or_default().extend(texts);
        }
        for (kind, count, at) in finished.seen {
            match self.seen[slot].iter_mut().find(|(held, ..)| *held == kind) {
                Some((_, held, _)) => *held += count,
                None => self.seen[slot].push((kind, count, first + at)),
            }
        }
    }

    fn unread(&mut self, slot: usize, row: u32, trouble: Trouble, value: String) {
        let texts = self.unread.entry((slot, trouble)).or_default();
        let known = texts.len() < ONE_BY_ONE || texts.contains_key(&Some(value.clone()));
        texts.entry(known.then_some(value)).or_default().push(row);
    }

    /// The cells that could not be coded; `columns` gives the first column of each slot.
    pub(super) fn take_unread(&mut self, first_column: impl Fn(usize) -> u32) -> Vec<Unread> {
        let mut list = Vec::new();
        let mut unread = std::mem::take(&mut self.unread);
        unread.sort_by(|a, _, b, _| a.cmp(b));
        for ((slot, trouble), texts) in unread {
            let column = first_column(slot);
            list.extend(texts.into_iter().map(|(value, rows)| Unread {
                column,
                trouble,
                value,
                rows,
            }));
        }
        list
    }

    /// The finished columns of every slot, what was mended in them, and what looks like
    /// data about a person.
    pub(super) fn take_slots(&mut self) -> impl Iterator<Item = Slot> + use<> {
        let columns = std::mem::take(&mut self.columns).into_iter();
        let mended = std::mem::take(&mut self.mended).into_iter();
        let seen = std::mem::take(&mut self.seen).into_iter();
        let mut texts = std::mem::take(&mut self.texts);
        let slots = columns.zip(mended).zip(seen).enumerate();
        slots.map(move |(slot, ((columns, mended), seen))| Slot {
            columns: columns.into_iter().map(|column| column.coded).collect(),
            mended: mended
                .into_iter()
                .map(|((rule, from, to), (count, first))| Mended {
                    rule,
                    from,
                    to,
                    count,
                    first,
                })
                .collect(),
            seen,
            texts: texts.shift_remove(&slot),
        })
    }
}

/// What became of one column of the file.
pub(super) type Slot = Finished;

impl Growing {
    fn new(coded: Coded) -> Self {
        let known = match &coded {
            Coded::Units { labels, .. } => {
                let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                labels.iter().enumerate().map(|(n, label)| (label.clone(), number(n))).collect()
            }
            _ => IndexMap::new(),
        };
        Self { coded, known }
    }

    fn append(&mut self, further: Coded) {
        match (&mut self.coded, further) {
            (
                Coded::Labels { codes: Codes::Narrow(all), .. },
                Coded::Labels { codes: Codes::Narrow(codes), .. },
            ) => all.extend(codes),
            (
                Coded::Labels { codes: Codes::Wide(all), .. },
                Coded::Labels { codes: Codes::Wide(codes), .. },
            ) => all.extend(codes),
            (Coded::Numbers(all), Coded::Numbers(values)) => all.extend(values),
            (Coded::Units { codes: all, labels }, Coded::Units { codes, labels: further }) => {
                let number = |label: Box<[u8]>| {
                    let next = u32::try_from(labels.len()).unwrap_or(u32::MAX);
                    *self.known.entry(label).or_insert_with_key(|label| {
                        labels.push(label.clone());
                        next
                    })
                };
                let numbers: Vec<u32> = further.into_iter().map(number).collect();
                all.extend(codes.into_iter().map(|code| numbers[code as usize]));
            }
            // The blocks of a slot come from twins of one coder, so that they are alike.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Coded, Growing};

    #[test]
    fn learned_labels_are_numbered_in_the_order_of_the_file() {
        let units = |codes: &[u32], labels: &[&str]| Coded::Units {
            codes: codes.to_vec(),
            labels: labels.iter().map(|l| l.as_bytes().into()).collect(),
        };
        let mut column = Growing::new(units(&[0, 1, 0], &["b", "a"]));
        column.append(units(&[0, 1, 2], &["c", "a", "d"]));
        let Coded::Units { codes, labels } = column.coded else { panic!() };
        assert_eq!(codes, [0, 1, 0, 2, 1, 3]);
        assert_eq!(labels, ["b", "a", "c", "d"].map(|l| l.as_bytes().into()));
    }
}
