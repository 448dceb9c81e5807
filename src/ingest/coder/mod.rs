//! Coders: each takes the cells of one column of the file, one by one, and holds their
//! codes. A new kind of column is one more implementation of [`Coder`].

mod choice;
mod joined;
mod plain;
mod spelling;
mod words;

use super::personal::{Personal, Redacted};

pub(super) use choice::Choice;
pub(super) use joined::Joined;
pub(super) use plain::{Dates, Numbers, Seconds, Units};
pub use spelling::{folded, needed};
pub(super) use words::Words;

/// The code of an option that was not picked.
pub const NOT_PICKED: u16 = 0;
/// The code of an option that was picked.
pub const PICKED: u16 = 1;

/// What is the matter with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trouble {
    /// The list of answers does not have it.
    Unlisted,
    /// It is not a number.
    NotNumber,
    /// It is not a date of the declared form.
    NotDate,
    /// It does not match the declared pattern.
    NotMatching,
    /// It is empty where the design needs a value.
    Blank,
    /// It is a weight of zero or less.
    NotPositive,
    /// The same item stands at another place of the ranking too.
    Twice,
}

/// Takes the cells of one column.
pub(super) trait Coder: Send {
    /// Codes a cell; a cell that cannot be coded is held as not valid and reported.
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble>;

    /// What the cells since the last call became.
    fn take(&mut self) -> Finished;

    /// Another one that codes alike.
    fn twin(&self) -> Box<dyn Coder>;
}

/// What some cells became.
#[derive(Default)]
pub(super) struct Finished {
    /// One for each column of the frame.
    pub(super) columns: Vec<Coded>,
    /// What was mended on the way.
    pub(super) mended: Vec<Mended>,
    /// What looks like data about a person: how many cells, and the first row.
    pub(super) seen: Vec<(Personal, u64, u32)>,
    /// What was written, where it is to be quoted: rows and texts.
    pub(super) texts: Option<Vec<(u32, Redacted)>>,
}

/// One column of the frame.
pub(super) enum Coded {
    /// Codes of labels; the last ones say why there is no answer.
    Labels { codes: Codes, labels: Vec<String> },
    /// Numbers, not-a-number where there is none.
    Numbers(Vec<f64>),
    /// Codes of labels that were learned from the file.
    Units { codes: Vec<u32>, labels: Vec<Box<[u8]>> },
}

/// Codes in as few bytes as their list needs.
#[derive(Clone)]
pub(super) enum Codes {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
}

impl Codes {
    fn for_list(length: usize) -> Self {
        if length < 256 { Self::Narrow(Vec::new()) } else { Self::Wide(Vec::new()) }
    }

    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a narrow list has fewer than 256 labels, so the code fits"
    )]
    fn push(&mut self, code: u16) {
        match self {
            Self::Narrow(codes) => codes.push(code as u8),
            Self::Wide(codes) => codes.push(code),
        }
    }

    /// The code of a row.
    pub(super) fn get(&self, row: usize) -> usize {
        match self {
            Self::Narrow(codes) => usize::from(codes[row]),
            Self::Wide(codes) => usize::from(codes[row]),
        }
    }

    /// Gives a row another code.
    pub(super) fn set(&mut self, row: usize, code: usize) {
        match self {
            Self::Narrow(codes) => codes[row] = u8::try_from(code).unwrap_or(u8::MAX),
            Self::Wide(codes) => codes[row] = u16::try_from(code).unwrap_or(u16::MAX),
        }
    }

    fn take(&mut self) -> Self {
        match self {
            Self::Narrow(codes) => Self::Narrow(std::mem::take(codes)),
            Self::Wide(codes) => Self::Wide(std::mem::take(codes)),
        }
    }
}

/// A cell text that was taken for something else, as the schema allows.
pub(super) struct Mended {
    pub(super) rule: String,
    /// What stood there; empty where it may not be shown.
    pub(super) from: String,
    pub(super) to: String,
    pub(super) count: u64,
    pub(super) first: u32,
}
