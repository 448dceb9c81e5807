//! Coders: each takes the cells of one column of the file, one by one, and holds their
//! codes. A new kind of column is one more implementation of [`Coder`].

mod choice;
mod joined;
mod plain;

use crate::questionnaire::Source;

pub(super) use choice::Choice;
pub(super) use joined::Joined;
pub(super) use plain::{Dates, Numbers, Units, Words};

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
}

/// Takes the cells of one column.
pub(super) trait Coder {
    /// Codes a cell; a cell that cannot be coded is held as not valid and reported.
    fn push(&mut self, cell: &[u8]) -> Result<(), Trouble>;

    /// The finished columns, and what was mended on the way.
    fn finish(self: Box<Self>) -> Finished;
}

/// What a coder leaves.
pub(super) struct Finished {
    pub(super) columns: Vec<Coded>,
    pub(super) mended: Vec<Mended>,
}

/// One column of the frame.
pub(super) enum Coded {
    /// Codes of labels; the last ones say why there is no answer.
    Labels { codes: Codes, labels: Vec<String> },
    /// Numbers, not-a-number where there is none.
    Numbers(Vec<f64>),
    /// Codes of labels that were learned from the file.
    Units { codes: Vec<u32>, labels: Vec<String> },
}

/// Codes in as few bytes as their list needs.
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
}

/// A cell text that was taken for something else, as the schema allows.
pub(super) struct Mended {
    pub(super) rule: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) count: u64,
    pub(super) first: u32,
}

/// The labels that follow a list of answers: why there is none.
fn reasons(source: &Source) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (_, label) in &source.missing {
        let label = format!("[{label}]");
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.push("[Not asked]".to_owned());
    labels.push("[Not valid]".to_owned());
    labels
}
