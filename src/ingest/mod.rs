//! Bytes go in, [`Responses`] come out: a polars frame of coded columns, and each row's
//! place in its file.
//!
//! May know the ground floor, the questionnaire and the poll. The csv crate reads; each
//! cell is coded against its question's list while it is read, so no text is held longer
//! than its record. Nothing is judged here: cells that cannot be coded are listed for
//! `validate`. Never opens a file itself ([`Delivery`] does that for it).

mod blocks;
mod bytes;
mod coder;
mod codes;
mod dictionary;
mod finder;
mod frame;
mod gather;
mod hashed;
mod head;
mod keys;
mod layout;
mod locate;
mod look;
mod number;
pub mod personal;
mod places;
mod plain;
mod plan;
pub mod platform;
mod quotes;
mod read;
mod refusal;
mod sniff;
mod texts;
mod threads;
mod work;

use std::io::{self, Read};

use polars::prelude::DataFrame;

use crate::questionnaire::{Dialect, Questionnaire, Variable};

pub use bytes::{CHOICES as BYTES_CHOICES, CODES as BYTES_CODES, Form};
pub use coder::{NOT_PICKED, PICKED, Trouble, folded, needed};
pub use codes::{CHOICES, CODES};
pub use hashed::hex;
pub use keys::{Keys, Mark, Secret, Unlisted, listed};
pub use locate::{Records, locate};
pub use look::{Look, look};
pub use personal::{Personal, Redacted, Removed};
pub use places::{Places, Spot};
pub use plain::{Asked, Needed, Odd, Plain, PlainColumn, plain};
pub use platform::Platform;
pub use read::{Manner, read};
pub use texts::Texts;

/// One file that can be read more than once.
pub trait Delivery {
    /// Its name, for messages.
    fn name(&self) -> &str;

    /// Its bytes from `offset` on.
    ///
    /// # Errors
    /// Whatever the system says.
    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>>;
}

/// Everything that was read.
#[derive(Debug)]
pub struct Responses {
    /// What was asked.
    pub questionnaire: Questionnaire,
    /// One column for each variable, flag and column of the design; one row for each
    /// record whose width is right.
    pub frame: DataFrame,
    /// The columns of the frame, in the same order.
    pub columns: Vec<Column>,
    /// Cells that could not be coded, by row, then column.
    pub unread: Vec<Unread>,
    /// Records that have too few or too many cells, which the frame does not hold.
    pub ragged: Vec<Ragged>,
    /// Records without any text, which the frame does not hold either.
    pub blank: Vec<Spot>,
    /// What was mended because the schema allows it.
    pub repairs: Vec<Repair>,
    /// The files.
    pub files: Vec<FileFacts>,
    /// Where each row stands.
    pub places: Places,
    /// Who sent each row, as marks without names; none if the schema names no key.
    pub keys: Option<Keys>,
    /// The column of the key, as a number from 0.
    pub key_field: Option<usize>,
    /// What in columns that are not declared personal looks like data about a person.
    pub personal: Vec<SeenPersonal>,
    /// What was written in answer to each question that is to be quoted; none of a question
    /// whose column is personal.
    pub texts: Vec<Texts>,
}

/// Where a column of the frame comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The column's name in the frame.
    pub name: String,
    /// The column's header in the file.
    pub header: String,
    /// The column's number in the file, from 1.
    pub field: u64,
    /// Whether its values may never be shown.
    pub personal: bool,
    /// What it is for.
    pub use_: Use,
}

/// What a column of the frame is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Use {
    /// A variable of one column.
    Variable(Variable),
    /// One answer of a multiple response.
    Flag(Variable, usize),
    /// A number of the design: weight or population size.
    Measure,
    /// A label of the design: stratum or sampling unit.
    Unit,
    /// What somebody wrote instead of an answer: the frame takes it for the open answer.
    Written(Variable),
    /// The item at one place of a ranking, from 0; the frame has a column for each item
    /// in its stead.
    Place(Variable, usize),
    /// How many seconds somebody took.
    Duration,
    /// When somebody began, in seconds.
    Started,
    /// When somebody ended, in seconds.
    Ended,
    /// Whether somebody reached the end of the questionnaire.
    Complete,
    /// Whether the row is a trial of the questionnaire.
    Preview,
}

/// Cells of a column that could not be coded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The column, as an index of [`Responses::columns`].
    pub column: u32,
    /// What is the matter.
    pub trouble: Trouble,
    /// What stands in these cells, empty where it may not be shown; none for all further
    /// texts of the column.
    pub value: Option<String>,
    /// The rows of the frame.
    pub rows: Vec<u32>,
}

/// Cells of a column that look like data about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenPersonal {
    /// The column, as an index of [`Responses::columns`].
    pub column: u32,
    /// What they look like.
    pub kind: Personal,
    /// How many.
    pub count: u64,
    /// The first row of the frame.
    pub row: u32,
}

/// A record with too few or too many cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ragged {
    /// Where it stands.
    pub spot: Spot,
    /// How many cells it has.
    pub cells: usize,
    /// How many the header has.
    pub expected: usize,
}

/// Something that was mended because the schema allows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The rule that allows it, such as `alias` or `fold space`.
    pub rule: String,
    /// The column's header.
    pub column: String,
    /// What stood there.
    pub from: String,
    /// What it was taken for.
    pub to: String,
    /// How many cells.
    pub count: u64,
    /// The first row, as a spreadsheet shows it.
    pub first_row: u64,
}

/// What is known of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// Its name.
    pub path: String,
    /// How its text is encoded.
    pub encoding: &'static str,
    /// What stands between cells.
    pub delimiter: u8,
    /// Rows of headers.
    pub header_rows: usize,
    /// What its columns are called.
    pub headers: Vec<String>,
    /// The platform that made the export.
    pub dialect: Dialect,
    /// How its bytes become text.
    pub form: Form,
    /// Records read.
    pub rows_read: u64,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl FileFacts {
    /// The platform that made the export.
    #[must_use]
    pub fn platform(&self) -> &'static Platform {
        platform::platform(self.dialect)
    }
}
