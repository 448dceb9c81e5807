//! What an old Office file is, which holds workbooks, letters and slides alike, as well as
//! new workbooks that are locked.
//!
//! Takes the bytes of the container ([MS-CFB]); gives the finding that refuses it. Tells
//! the kinds apart by the names of the streams, which are written in UTF-16.

use std::io::{self, Read};

use memchr::memmem;

use super::super::Delivery;
use super::super::codes::NOT_CSV;
use super::codes;
use super::foreign::{EXPORT, SAVE_AS};
use crate::diagnostic::Finding;

/// How far the names are looked for.
const FAR: u64 = 64 << 20;

/// Names of streams, in the order in which they decide: what it is, and the remedy.
const STREAMS: [(&str, &str, &str); 4] = [
    ("Workbook", "an old Excel workbook", SAVE_AS),
    ("Book", "an old Excel workbook", SAVE_AS),
    ("WordDocument", "a Word document", EXPORT),
    ("PowerPoint Document", "a PowerPoint presentation", EXPORT),
];

/// Why the file is refused.
pub(super) fn refuse(delivery: &dyn Delivery) -> io::Result<Finding> {
    let mut bytes = Vec::new();
    delivery.open(0)?.take(FAR).read_to_end(&mut bytes)?;
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(&bytes, &[&wide, [0, 0].as_slice()].concat()).is_some()
    };
    if holds("EncryptedPackage") {
        return Ok(Finding::new(&codes::PASSWORD, "the file is locked by a password")
            .because("it is an Office file whose content is encrypted")
            .help("open it in Excel, take the password off (File, Info), and save it again"));
    }
    let found = STREAMS.iter().find(|(name, ..)| holds(name));
    let (_, what, remedy) = found.unwrap_or(&("", "an old Office file", SAVE_AS));
    Ok(Finding::new(&NOT_CSV, format!("the file is {what}, not a CSV"))
        .because("its first bytes say so, whatever its name is")
        .help(*remedy))
}
