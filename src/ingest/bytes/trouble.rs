//! What goes wrong while text is being read, carried within an [`io::Error`] through the
//! csv crate, and the [`Finding`] that it becomes.
//!
//! Never used for what the system says: a disk that fails keeps its own error.

use std::error::Error;
use std::fmt;
use std::io;

use super::super::codes::UNREADABLE;
use super::codes;
use super::encoding;
use crate::diagnostic::Finding;
use crate::questionnaire::Encoding;

/// Why the text ends here, though the file goes on or should do so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Trouble {
    /// A byte to which the encoding gives no letter. `offset` counts bytes of the file
    /// before decoding, or of its unpacked content; the mark at its beginning counts.
    Undefined {
        /// The declared encoding.
        encoding: Encoding,
        /// Where the byte stands, from 0.
        offset: u64,
        /// The byte; in UTF-16 the first of the character that is cut in two.
        byte: u8,
    },
    /// An archive ends too early.
    Cut,
    /// An archive or workbook contradicts itself; says in which way.
    Damaged(String),
    /// More comes out than an honest file can hold; says what was exceeded.
    Bomb(&'static str),
}

impl Trouble {
    /// The trouble that an error carries, if it is one of ours.
    pub(in crate::ingest) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }

    /// What to tell a person; the caller adds the place.
    pub(in crate::ingest) fn finding(&self) -> Finding {
        match self {
            Self::Undefined { encoding, byte, .. } => undefined(*encoding, *byte, self),
            Self::Cut => Finding::new(&codes::DAMAGED, "the file is not complete")
                .because(self.to_string())
                .help("fetch the file again"),
            Self::Damaged(_) => Finding::new(&codes::DAMAGED, "the file is damaged")
                .because(self.to_string())
                .help("fetch the file again, or save it anew with the program that wrote it"),
            Self::Bomb(_) => {
                Finding::new(&codes::BOMB, "the file unpacks to far more than it can hold")
                    .because(self.to_string())
                    .help("ask where the file comes from, or unpack it first")
            }
        }
    }
}

fn undefined(encoding: Encoding, byte: u8, trouble: &Trouble) -> Finding {
    let name = encoding.name();
    let headline = if encoding::is_utf16(encoding) {
        format!("a character of the {name} text is cut in two")
    } else {
        format!("the byte 0x{byte:02X} has no letter in {name}")
    };
    Finding::new(&codes::UNDEFINED, headline)
        .because(trouble.to_string())
        .help("correct `encoding` in `[source]`, or export again as UTF-8")
}

/// The finding for whatever ended the reading: one of ours, or what the system says.
pub(in crate::ingest) fn finding(error: &io::Error) -> Finding {
    Trouble::of(error).map_or_else(
        || {
            Finding::new(&UNREADABLE, "the file cannot be read")
                .because(error.to_string())
                .help("correct the path; paths in a poll file are relative to the poll file")
        },
        Trouble::finding,
    )
}

/// The same as a refusal.
#[allow(clippy::needless_pass_by_value, reason = "the form that `map_err` asks for")]
pub(super) fn refusal(error: io::Error) -> Box<Finding> {
    Box::new(finding(&error))
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined { encoding, offset, byte } => write!(
                f,
                "byte {offset} of the text is 0x{byte:02X}, which {} does not define there",
                encoding.name()
            ),
            Self::Cut => f.write_str("it ends before the content that is packed in it"),
            Self::Damaged(how) => f.write_str(how),
            Self::Bomb(what) => f.write_str(what),
        }
    }
}

impl Error for Trouble {}

impl From<Trouble> for io::Error {
    fn from(trouble: Trouble) -> Self {
        Self::new(io::ErrorKind::InvalidData, trouble)
    }
}

/// An error that says how a file contradicts itself.
pub(super) fn damaged(how: impl Into<String>) -> io::Error {
    Trouble::Damaged(how.into()).into()
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::{Encoding, Trouble, damaged, finding};

    #[test]
    fn a_trouble_survives_the_way_through_an_error() {
        let trouble =
            Trouble::Undefined { encoding: Encoding::Windows1252, offset: 7, byte: 0x81 };
        let error = io::Error::from(trouble.clone());
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert_eq!(Trouble::of(&error), Some(&trouble));
        let said = finding(&error);
        assert_eq!(
            (said.code.id, said.headline.as_str()),
            ("I009", "the byte 0x81 has no letter in windows-1252")
        );
        assert!(said.because.unwrap().starts_with("byte 7 "));
    }

    #[test]
    fn what_the_system_says_stays_what_it_is() {
        let error = io::Error::other("no disk");
        assert_eq!(Trouble::of(&error), None);
        let said = finding(&error);
        assert_eq!((said.code.id, said.because.as_deref()), ("I001", Some("no disk")));
        assert_eq!(finding(&damaged("bent")).because.as_deref(), Some("bent"));
    }
}
