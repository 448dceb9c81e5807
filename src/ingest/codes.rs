//! What can be wrong with a file.

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static UNREADABLE: Code = error(
    "I001",
    "a file cannot be read",
    "The file does not exist, or may not be read by this user. Paths in a poll file are relative \
     to the poll file.\n\n\
     Remedy: correct the path, or the file's permissions.",
);

pub(super) static NOT_CSV: Code = error(
    "I002",
    "a file is something other than a table of answers",
    "The first bytes say that it is a PDF, a web page, an old workbook (.xls), a data file of \
     another program or binary data, whatever its name is. CSV is read, also in gzip and zip, and \
     workbooks in .xlsx and .ods.\n\n\
     Example: a page saved from the browser and called `poll.csv`.\n\n\
     Remedy: export the answers as CSV or .xlsx.",
);

pub(super) static ENCODING: Code = error(
    "I003",
    "a file is not UTF-8 text",
    "Accented letters and curly quotes are stored in another encoding, so their letters cannot \
     be known for certain, and nothing is guessed. The message shows how words of the file read \
     in three usual encodings.\n\n\
     Example: `windows-1252: Zoë; macintosh: ZoÎ`, where the name is Zoë.\n\n\
     Remedy: say which is right, `encoding = \"windows-1252\"` in `[source]`, or export again as \
     UTF-8. In Excel: File, Save As, `CSV UTF-8 (comma delimited)`.",
);

pub(super) static EMPTY: Code = error(
    "I004",
    "a file has no answers",
    "There is a header row at most, or nothing at all.\n\n\
     Remedy: check that the export was complete, and that the filter on the platform lets \
     answers through.",
);

pub(super) static UNCLOSED: Code = error(
    "I005",
    "a quotation mark is never closed",
    "A cell that begins with a quotation mark goes on to the next one, across lines if need be. \
     One that is never closed swallows all rows that follow it, so the run stops.\n\n\
     Example: `12,\"She said,Yes` without a second mark.\n\n\
     Remedy: look at the row that the message names; close the mark, or double a mark that \
     belongs to the text.",
);

pub(super) static SEPARATOR: Code = error(
    "I006",
    "cells are parted by something else than declared",
    "With the delimiter that the schema declares the file has a single column, but its first row \
     has another mark that usually parts cells.\n\n\
     Example: `delimiter = \",\"` and a file that Excel saved with semicolons.\n\n\
     Remedy: correct `delimiter` in `[source]`, or take it out to have it detected.",
);

pub(super) static CLASH: Code = error(
    "I019",
    "two parts of the schema name the same column",
    "Each question, item of a grid and answer with a column of its own needs a column that no \
     other one has; otherwise one of them would be published with the figures of another.\n\n\
     Remedy: correct `column` in the schema.",
);

pub(super) static PERSONAL: Code = error(
    "I020",
    "a personal column would be published",
    "`personal` in `[source]` lists columns that may be checked but never shown. A question whose \
     answers are tabulated, or are groups of a banner, cannot be one of them.\n\n\
     Remedy: take the column out of `personal`, or make the question one of kind `text`.",
);

pub(super) static MISSING: Code = error(
    "I014",
    "a column that is needed is not in the file",
    "The schema, the design of the poll or an option names it. Headers are compared letter by letter; the \
     message names the closest one.\n\n\
     Remedy: rename the column, or give the header in the schema: `column = \"...\"`, or \
     `aliases = [\"...\"]` for a spelling that some deliveries have.",
);

pub(super) static UNKNOWN: Code = error(
    "I015",
    "a column is in the file that nothing names",
    "A column that the schema does not know might hold personal data or an answer that was \
     forgotten, so the run stops.\n\n\
     Remedy: add a question for it, list it under `personal`, or say \
     `unknown_columns = \"drop\"` in `[source]` to read past such columns.",
);

pub(super) static TWICE: Code = error(
    "I016",
    "two columns have the same header",
    "It cannot be known which of them is meant.\n\n\
     Remedy: rename one of them in the file.",
);

pub(super) static HEADERS: Code = error(
    "I017",
    "files of one delivery have different headers",
    "Several files under `data` are appended, so each must have the same columns in the same \
     order.\n\n\
     Remedy: export them with the same settings.",
);

pub(super) static LIST: Code = error(
    "I018",
    "a question has more answers than a column can hold",
    "A coded column holds up to 65,000 different answers.\n\n\
     Remedy: make the question one of kind `text`.",
);

pub(super) static DIALECT: Code = Code {
    id: "I021",
    severity: Severity::Note,
    title: "the platform of an export was recognised",
    explanation: "The schema does not name the platform, and the header rows have a mark that only \
                  one platform writes.\n\n\
                  Example: a third row of cells such as `{\"ImportId\":\"QID3\"}` is written by \
                  Qualtrics alone.\n\n\
                  Remedy: none needed. `dialect = \"qualtrics\"` in `[source]` settles it.",
};

pub(super) static PREAMBLE: Code = error(
    "I022",
    "the headers seem to stand further down",
    "The schema knows none of the headers in the first row, but several in a later one: lines \
     with a title or a date may stand above. Nothing is left out without being told to.\n\n\
     Example: `Members' poll` in row 1, nothing in row 2, headers in row 3.\n\n\
     Remedy: `skip_rows = 2` in `[source]`, with the number that the message names.",
);

pub(super) static SEEMS_PERSONAL: Code = Code {
    id: "I023",
    severity: Severity::Warning,
    title: "a question seems to be about a person",
    explanation: "The header of its column is one of those under which names, addresses, numbers \
                  of members or the like are kept.\n\n\
                  Example: a question of kind `single` in the column `Name of school`.\n\n\
                  Remedy: list the column under `personal` in `[source]` and take the question \
                  out. Where its answers are about nobody in particular, leave it as it is.",
};

pub(super) static HEADER_ROWS: Code = Code {
    id: "I024",
    severity: Severity::Note,
    title: "an export has another number of header rows than usual",
    explanation: "Platforms write one, two or three rows of headers, and people delete some of \
                  them. The first rows show how many there are.\n\n\
                  Remedy: none needed. `header_rows = 2` in `[source]` settles it.",
};

pub(super) static DELIMITER: Code = Code {
    id: "I030",
    severity: Severity::Note,
    title: "how a file was read",
    explanation: "Says what was found out about the file that the schema does not declare: what \
                  stands between cells, and which columns are read past.\n\n\
                  Remedy: none needed. `delimiter = \",\"` in `[source]` settles it.",
};

pub(super) static PACKED: Code = Code {
    id: "I032",
    severity: Severity::Note,
    title: "a file is not plain UTF-8 text",
    explanation: "It was packed, is a sheet of a workbook, or has its letters in another \
                  encoding, and was read all the same.\n\n\
                  Remedy: none needed.",
};

pub(super) static DROPPED: Code = Code {
    id: "I031",
    severity: Severity::Note,
    title: "columns that nothing names are read past",
    explanation: "The schema says `unknown_columns = \"drop\"`: columns that no question names \
                  are not kept.\n\n\
                  Remedy: none needed; add a question to use one of them.",
};

pub(super) static WIDTH: Code = error(
    "I050",
    "a row has too few or too many cells",
    "Without a schema there is no rule by which rows could be set aside, and a sample without \
     some of its records is another sample, so nothing is estimated. A text with the delimiter \
     in it that is not in quotes gives one cell too many; a line of totals below the records, or \
     a file cut short, gives too few.\n\n\
     Remedy: export again, with text in quotes; take lines that are no records out of the file.",
);

pub(super) static BLANK: Code = Code {
    id: "I051",
    severity: Severity::Note,
    title: "rows without any text are read past",
    explanation: "Spreadsheets keep rows whose cells have been emptied. They are no records.\n\n\
                  Remedy: none needed.",
};

pub(super) static WORDS: Code = Code {
    id: "I052",
    severity: Severity::Note,
    title: "words in a column of numbers count as missing",
    explanation: "`NA`, `N/A`, `.` and `NaN` are what programs write where a number is missing. In \
                  a column whose other cells are numbers they count as empty cells, and how many \
                  there are is said.\n\n\
                  Example: `NA`, as R writes it.\n\n\
                  Remedy: none needed. `--missing NA` settles it for all columns.",
};

pub(super) static LABEL: Code = Code {
    id: "I053",
    severity: Severity::Warning,
    title: "a word that often means nothing counts as an answer",
    explanation: "In a column of text, `NA` may be missing as R writes it, or an answer of its own. \
                  It counts as an answer until somebody says otherwise.\n\n\
                  Remedy: if it means that nothing is known, say `--missing NA`.",
};

pub(super) static NO_NUMBER: Code = error(
    "I054",
    "a column holds something else than numbers",
    "Weights, population sizes, means, totals and quantiles need numbers: digits, with a point \
     for decimals, perhaps a sign or an exponent. Marks between thousands, per cent signs and \
     units are not passed over, since what they mean is not certain.\n\n\
     Example: `1,234`, which is 1234 in London and 1.234 in Berlin.\n\n\
     Remedy: as the message says. `--decimal-comma` reads `3,5` as three and a half; \
     `--proportion` gives the shares of answers in words.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &UNREADABLE,
    &NOT_CSV,
    &ENCODING,
    &EMPTY,
    &UNCLOSED,
    &SEPARATOR,
    &CLASH,
    &PERSONAL,
    &MISSING,
    &UNKNOWN,
    &TWICE,
    &HEADERS,
    &LIST,
    &DIALECT,
    &PREAMBLE,
    &SEEMS_PERSONAL,
    &HEADER_ROWS,
    &DELIMITER,
    &DROPPED,
    &PACKED,
    &WIDTH,
    &BLANK,
    &WORDS,
    &LABEL,
    &NO_NUMBER,
];

/// Those after which a person must choose.
pub static CHOICES: &[&Code] = &[&ENCODING, &SEPARATOR, &PREAMBLE];
