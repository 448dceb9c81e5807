//! Where each row of the frame stands in its file, in a few bytes a row.

/// Where a record stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, as an index of the poll's data.
    pub file: usize,
    /// The row that a spreadsheet shows.
    pub row: u64,
    /// The line on which the record begins.
    pub line: u64,
    /// The byte at which its line begins.
    pub offset: u64,
}

/// Where every row stands: the offset of each, and what differs from one line a row.
#[derive(Clone, Debug, Default)]
pub struct Places {
    offsets: Vec<u64>,
    files: Vec<Start>,
    /// Records before which the count of rows or lines changes: records that are ragged or
    /// hold line breaks, and blank lines.
    bends: Vec<Bend>,
}

#[derive(Clone, Copy, Debug)]
struct Start {
    first: usize,
}

/// The row and line of a record; those after it follow one by one.
#[derive(Clone, Copy, Debug)]
struct Bend {
    record: usize,
    row: u64,
    line: u64,
}

impl Places {
    /// Begins a file.
    pub(super) fn begin_file(&mut self) {
        self.files.push(Start { first: self.offsets.len() });
    }

    /// Adds the next row of the frame.
    pub(super) fn push(&mut self, spot: Spot) {
        let record = self.offsets.len();
        self.offsets.push(spot.offset);
        let expected = self.bends.last().map(|bend| bend.at(record));
        let new_file = self.files.last().is_some_and(|start| start.first == record);
        if new_file || expected != Some((spot.row, spot.line)) {
            self.bends.push(Bend { record, row: spot.row, line: spot.line });
        }
    }

    /// Where the last row of a file stands, if it has one.
    #[must_use]
    pub fn last(&self, file: usize) -> Option<Spot> {
        let start = self.files.get(file)?.first;
        let end = self.files.get(file + 1).map_or(self.offsets.len(), |next| next.first);
        (end > start).then(|| self.spot(end - 1))
    }

    /// Where a row of the frame stands.
    #[must_use]
    pub fn spot(&self, row: usize) -> Spot {
        let file = self.files.partition_point(|start| start.first <= row).saturating_sub(1);
        let bend = self.bends.partition_point(|bend| bend.record <= row).saturating_sub(1);
        let (sheet, line) = self.bends.get(bend).map_or((0, 0), |bend| bend.at(row));
        let offset = self.offsets.get(row).copied().unwrap_or(0);
        Spot { file, row: sheet, line, offset }
    }
}

impl Bend {
    fn at(self, record: usize) -> (u64, u64) {
        let further = (record - self.record) as u64;
        (self.row + further, self.line + further)
    }
}

#[cfg(test)]
mod tests {
    use super::{Places, Spot};

    #[test]
    fn rows_and_lines_are_found_again() {
        let spots = [
            Spot { file: 0, row: 2, line: 2, offset: 10 },
            Spot { file: 0, row: 3, line: 3, offset: 20 },
            Spot { file: 0, row: 4, line: 6, offset: 50 },
            Spot { file: 0, row: 5, line: 7, offset: 60 },
            Spot { file: 1, row: 2, line: 2, offset: 10 },
            Spot { file: 1, row: 5, line: 5, offset: 30 },
        ];
        let mut places = Places::default();
        places.begin_file();
        spots[..4].iter().for_each(|s| places.push(*s));
        places.begin_file();
        spots[4..].iter().for_each(|s| places.push(*s));
        for (row, spot) in spots.iter().enumerate() {
            assert_eq!(places.spot(row), *spot);
        }
    }
}
