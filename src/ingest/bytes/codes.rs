//! What can be wrong with a file before its cells are looked at: how it is encoded, how it
//! is packed, which sheet is meant.
//!
//! May know `diagnostic` only. A file that is no table at all, not UTF-8 or empty has the
//! codes of the room (`NOT_CSV`, `ENCODING`, `EMPTY`).

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(in crate::ingest) static UNDECLARED: Code = error(
    "I007",
    "the encoding of a file must be declared",
    "The bytes are no UTF-8, and no mark at the beginning says what they are. Several encodings \
     would give text, each a different one, so none is taken without being told.\n\n\
     Example: a file that was saved as `Unicode Text` and lost its byte order mark.\n\n\
     Remedy: declare it in the schema, as in `encoding = \"utf-16le\"` under `[source]`, or \
     export again as UTF-8.",
);

pub(in crate::ingest) static CLASH: Code = error(
    "I008",
    "a file has another encoding than declared",
    "The bytes show an encoding other than that of `encoding` in `[source]`: by the mark at the \
     beginning, by zero bytes at every second place, or because every accented letter is \
     written as UTF-8 writes it. Read as declared, all of them would be garbled.\n\n\
     Example: `encoding = \"windows-1252\"`, and a file that was exported as UTF-8 this time.\n\n\
     Remedy: correct `encoding`, or take it out if the file is UTF-8.",
);

pub(in crate::ingest) static UNDEFINED: Code = error(
    "I009",
    "a byte has no letter in the declared encoding",
    "The encoding that the schema declares gives no letter to this byte, so the file is in \
     another one, or it is damaged. Nothing is put in its place.\n\n\
     Example: the byte 0x81 in a file declared as windows-1252.\n\n\
     Remedy: correct `encoding` in `[source]`, or export again as UTF-8.",
);

pub(in crate::ingest) static MEMBERS: Code = error(
    "I010",
    "an archive holds several files",
    "A zip archive is read if one file is in it, apart from what macOS and Windows add \
     themselves. Which of several is meant is not known.\n\n\
     Example: `responses.csv` and `codebook.csv` in one archive.\n\n\
     Remedy: unpack the archive, and list the file that holds the answers under `data`.",
);

pub(in crate::ingest) static PACKED: Code = error(
    "I011",
    "an archive is packed in a way that is not read",
    "One file is read out of a gzip or zip archive, if it is text. An archive within an archive, \
     a workbook within an archive, and rare methods of packing are not.\n\n\
     Example: `export.xlsx` within `export.zip`.\n\n\
     Remedy: unpack the archive, and name the file in it.",
);

pub(in crate::ingest) static PASSWORD: Code = error(
    "I012",
    "a file is protected by a password",
    "Its content is encrypted. Passwords are not asked for.\n\n\
     Remedy: open it with the program that wrote it, and save it without a password.",
);

pub(in crate::ingest) static DAMAGED: Code = error(
    "I013",
    "a file is damaged or not complete",
    "An archive or a workbook ends too early, or its parts contradict each other. What could be \
     read of it may lack answers, so nothing is used.\n\n\
     Example: a download that was broken off.\n\n\
     Remedy: fetch the file again. If it is the same, open it with the program that wrote it, \
     and save it anew.",
);

pub(in crate::ingest) static BOMB: Code = error(
    "I040",
    "a file unpacks to far more than it can hold",
    "Archives that swell many hundredfold hold no answers; they fill memory and disk. A text is \
     read up to 64 GiB, a sheet of a workbook up to 1 GiB.\n\n\
     Remedy: ask where the file comes from. If it is genuine, unpack it, and name the file \
     in it.",
);

pub(in crate::ingest) static SHEETS: Code = error(
    "I041",
    "a workbook has several sheets",
    "More than one sheet that is not hidden has something in it. Which of them holds the answers \
     is not known.\n\n\
     Example: the sheets `Responses` and `Summary`.\n\n\
     Remedy: declare it in the schema: `sheet = \"Responses\"` under `[source]`.",
);

pub(in crate::ingest) static SHEET: Code = error(
    "I042",
    "a workbook lacks the declared sheet",
    "`sheet` in `[source]` names a sheet that the workbook does not have. Names are compared \
     letter by letter; the message names the closest one.\n\n\
     Remedy: correct `sheet`, or rename the sheet.",
);

/// Every code of this part of the room.
pub static CODES: &[&Code] = &[
    &UNDECLARED,
    &CLASH,
    &UNDEFINED,
    &MEMBERS,
    &PACKED,
    &PASSWORD,
    &DAMAGED,
    &BOMB,
    &SHEETS,
    &SHEET,
];

/// Those that ask for a choice: the file may be sound, but it can be read in several ways.
pub static CHOICES: &[&Code] = &[&UNDECLARED, &MEMBERS, &SHEETS];
