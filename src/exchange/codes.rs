//! What can be wrong with a foreign schema that is to be read.

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static SYNTAX: Code = error(
    "S001",
    "a file is not JSON",
    "A Table Schema is a JSON file. The message names the line and character at which it stops \
     being one.\n\n\
     Example: a comma behind the last entry of a list, or text in single quotation marks.\n\n\
     Remedy: mend the place; an editor that knows JSON marks it.",
);

pub(super) static SHAPE: Code = error(
    "S002",
    "a file is not a Table Schema",
    "A Table Schema is an object with a list `fields`, one entry for each column, each an object \
     with a `name`.\n\n\
     Example: a data package, which holds its schema under `resources[0].schema`.\n\n\
     Remedy: give the schema itself, or correct the property that the message names.",
);

pub(super) static TYPE: Code = error(
    "S003",
    "a field has a type that the standard does not know",
    "The types of Table Schema are string, number, integer, boolean, object, array, list, \
     datetime, date, time, year, yearmonth, duration, geopoint, geojson and any.\n\n\
     Example: `\"type\": \"text\"`; the standard says `string`.\n\n\
     Remedy: write the standard's name of the type.",
);

pub(super) static TWICE: Code = error(
    "S004",
    "two fields have the same name",
    "A field's name is the header of its column, so it cannot be known which column is meant.\n\n\
     Example: two columns headed `Other`.\n\n\
     Remedy: rename one of the columns, in the file and in the schema.",
);

pub(super) static TABLE: Code = error(
    "S005",
    "a file that describes a survey is not the table that was expected",
    "Instruments and keys are CSV files. A quotation mark may be left open, a column may be \
     missing, or the file may hold something else.\n\n\
     Example: `questions.csv` without a column `code`.\n\n\
     Remedy: export the file again, or add what the message names.",
);

pub(super) static LIST: Code = error(
    "S006",
    "a question names a list of answers that is not there",
    "An instrument keeps lists of answers in files of their own, and a question names one of \
     them.\n\n\
     Example: `answer_file` says `age`, and there is no `listAnswers/age.csv`.\n\n\
     Remedy: add the file, or correct the name in the row that the message names.",
);

pub(super) static FORMAT: Code = error(
    "S007",
    "a question has an unknown form",
    "The column `answer_format` of an instrument says how a question is answered: ONE CHOICE, \
     MULTIPLE CHOICES, LIKERT, RANKING, Y/N/NA, FREETEXT, FREENUMERIC or DATETIME, in any \
     case.\n\n\
     Example: `ONE CHOICES`.\n\n\
     Remedy: correct the word in the row that the message names.",
);

pub(super) static ORPHAN: Code = error(
    "S008",
    "an answer stands before any question",
    "In a key file each question has a row of its own, such as `\"Q2\",\"Pet\"`, and the rows of \
     its answers follow, such as `\"1\",\"Dogs\"`.\n\n\
     Example: a key file whose first rows were cut off.\n\n\
     Remedy: export the key again and leave it as it is.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[&SYNTAX, &SHAPE, &TYPE, &TWICE, &TABLE, &LIST, &FORMAT, &ORPHAN];
