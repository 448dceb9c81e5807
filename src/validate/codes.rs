//! What can be wrong with an answer.

use crate::diagnostic::{Code, Severity};

const fn row(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Warning, title, explanation }
}

const fn note(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Note, title, explanation }
}

pub(super) static OPTION: Code = row(
    "V102",
    "a cell holds an answer that the question does not have",
    "Each cell of a list question must be one of its answers, spelled as in the schema, or one \
     of `missingValues`. The row is set aside: nothing is guessed.\n\n\
     Example: `Strongly agree ` with a space at the end, or `strongly agree`.\n\n\
     Remedy: if the spelling is another form of a known answer, allow it in the schema, \
     `fold = [\"space\", \"case\", \"quotes\"]`, or name it, \
     `{ label = \"Strongly agree\", aliases = [\"Agree strongly\"] }`. If it is an answer that was \
     forgotten, add it to `categories`.",
);

pub(super) static NUMBER: Code = row(
    "V103",
    "a cell does not hold a number",
    "Numbers are digits with a point for decimals; no thousands separators, units or words.\n\n\
     Example: `45 hours`, `1,200`, `n/a`.\n\n\
     Remedy: correct the export, or list a word that means no answer under `missingValues`.",
);

pub(super) static DATE: Code = row(
    "V104",
    "a cell does not hold a date of the declared form",
    "`dates` in `[source]` says how dates are written, such as `%d/%m/%Y`; without it they are \
     2024-01-31, with or without a time. A day that does not exist is no date.\n\n\
     Remedy: declare the form that the export uses.",
);

pub(super) static PATTERN: Code = row(
    "V105",
    "a text does not match its pattern",
    "`constraints.pattern` is a regular expression for the whole cell.\n\n\
     Remedy: correct the cell or the pattern.",
);

pub(super) static REQUIRED: Code = row(
    "V110",
    "a required answer is missing",
    "The question says `required = true`, the respondent was asked, and the cell is empty.\n\n\
     Remedy: take `required` out if people could skip the question.",
);

pub(super) static RANGE: Code = row(
    "V111",
    "a number is outside its limits",
    "`constraints.minimum` and `constraints.maximum` are the smallest and largest number that \
     can be right.\n\n\
     Example: 400 hours in a week.\n\n\
     Remedy: correct the cell or the limits.",
);

pub(super) static UNIQUE: Code = row(
    "V112",
    "a value occurs twice that may occur once only",
    "The `key` of the source names each respondent, so two rows with one key are one person \
     twice. `duplicates` says what to do: `reject` sets all of them aside, `first` and `last` \
     keep one.\n\n\
     Remedy: find out which answer counts, or choose `first` or `last`.",
);

pub(super) static ROUTING: Code = row(
    "V120",
    "a question is answered that was not asked",
    "`asked_if` says who was asked. An answer from somebody else means that the routing in the \
     schema, or the export, is not what was believed.\n\n\
     Remedy: correct `asked_if`, or have the export leave out answers that the platform \
     discarded.",
);

pub(super) static EXCLUSIVE: Code = row(
    "V130",
    "an answer is picked together with one that excludes it",
    "`exclusive` names answers such as `None of these` that cannot go with another.\n\n\
     Remedy: correct `exclusive`, or find out how the platform let it through.",
);

pub(super) static MAXIMUM: Code = row(
    "V131",
    "more answers are picked than the question allows",
    "`max` is the largest number of answers.\n\n\
     Remedy: correct `max`, or find out how the platform let it through.",
);

pub(super) static RANKS: Code = row(
    "V132",
    "the places of a ranking do not make one",
    "Each place, from 1 to `max`, may be given once, and each item has one place; no place means \
     not ranked.\n\n\
     Example: two items in first place.\n\n\
     Remedy: find out how the platform let it through.",
);

pub(super) static RAGGED: Code = row(
    "V150",
    "a row has too few or too many cells",
    "Each row must have as many cells as the header. A text with the delimiter in it that is \
     not in quotes gives one too many; a file cut short ends with one too few.\n\n\
     Remedy: export again, with text in quotes.",
);

pub(super) static DESIGN: Code = Code {
    id: "V160",
    severity: Severity::Error,
    title: "a column of the design has a cell that cannot be used",
    explanation: "A weight or population size must be a number; a stratum or sampling unit must \
                  be named. One respondent without a weight makes every weighted figure \
                  doubtful, so the run stops.\n\n\
                  Remedy: complete the column, or take the respondents without one out of the \
                  file and say so in `[method] removed`.",
};

pub(super) static WEIGHT: Code = Code {
    id: "V161",
    severity: Severity::Error,
    title: "a weight is zero or negative",
    explanation: "A weight says how many members a respondent stands for, so it is above zero. A \
                  respondent who should not count must be taken out of the file, not weighted to \
                  nothing: bases and standard errors would be wrong.\n\n\
                  Remedy: correct the weights, or take the respondents out and say so in \
                  `[method] removed`.",
};

pub(super) static TOO_MANY: Code = Code {
    id: "V190",
    severity: Severity::Error,
    title: "too many rows are set aside",
    explanation: "`limits.fail_rows` in `[source]` is the share of rows above which nothing is \
                  published, 5 % if it is not given: figures from what is left would mislead.\n\n\
                  Remedy: mend the faults that are listed. Raise the limit only if you know \
                  that the rows are no answers.",
};

pub(super) static MANY: Code = row(
    "V191",
    "many rows are set aside",
    "`limits.warn_rows` in `[source]` is the share of rows above which the page says how many \
     were set aside, 0.5 % if it is not given.\n\n\
     Remedy: mend the faults that are listed.",
);

pub(super) static REPAIR: Code = Code {
    id: "V200",
    severity: Severity::Note,
    title: "a cell was mended, as the schema allows",
    explanation: "`aliases` and `fold` in the schema say which other spellings stand for an \
                  answer or a header. Each use is counted here and on the page, so that nothing \
                  is changed in silence.\n\n\
                  Remedy: none needed; take the alias out of the schema to have such rows set \
                  aside instead.",
};

pub(super) static CONDITION: Code = Code {
    id: "V192",
    severity: Severity::Error,
    title: "a condition cannot be applied",
    explanation: "A filter or `asked_if` compares a question with an answer that it does not \
                  have, or a list with `<`.\n\n\
                  Remedy: spell the answer as in `categories`.",
};

pub(super) static DATE_FORM: Code = Code {
    id: "V106",
    severity: Severity::Error,
    title: "it is not known whether the day or the month comes first",
    explanation: "A date such as 03/04/2024 is the third of April in Britain and the fourth of \
                  March in America. The schema does not say how dates are written, and nothing \
                  is guessed.\n\n\
                  Remedy: `dates = \"%d/%m/%Y\"` or `dates = \"%m/%d/%Y\"` in `[source]`. A number \
                  above 12 in some date tells which of them it is; the message says so.",
};

pub(super) static BLANK: Code = note(
    "V151",
    "a row holds nothing",
    "Every cell of the row is empty: it is nobody's answer. It is set aside and counted, and does \
     not count towards the limits of bad rows.\n\n\
     Remedy: none needed.",
);

pub(super) static PREVIEW: Code = note(
    "V170",
    "a row is a trial of the questionnaire",
    "The platform marks answers that somebody gave to try the questionnaire out. They are set \
     aside, and do not count towards the limits of bad rows.\n\n\
     Example: `Survey Preview` under `Status` in an export of Qualtrics.\n\n\
     Remedy: none needed.",
);

pub(super) static WITHDRAWN: Code = note(
    "V176",
    "people who withdrew, or should not have been asked, are left out",
    "`exclude` in the poll file names a file with the keys of people whose answers do not count. \
     Their rows are left out of everything, and are not kept with the rows that were set aside.\n\n\
     Remedy: none needed. Who withdraws may ask for deletion: then the rows have to leave the \
     data as well.",
);

pub(super) static WITHDRAWN_FILE: Code = Code {
    id: "V177",
    severity: Severity::Error,
    title: "the list of people to be left out cannot be used",
    explanation: "`exclude` names a CSV file: one column has the header of the key that `[source]` \
                  names in the schema, and a key in each row. Other columns may stand beside it.\n\n\
                  Example: `respondent_id` in the first line, `218400323` in the second.\n\n\
                  Remedy: write the header above the keys; it is not guessed, or the first person \
                  might be taken for it.",
};

pub(super) static WITHDRAWN_UNKNOWN: Code = Code {
    id: "V178",
    severity: Severity::Warning,
    title: "no row has the key of somebody who is to be left out",
    explanation: "Keys are compared as texts without spaces around them. If the person replied, the \
                  key is written in another way in one of the two files, and their answers are \
                  counted.\n\n\
                  Remedy: compare both spellings, zeros before a number among them.",
};

pub(super) static SPEEDERS: Code = note(
    "V171",
    "people were quicker than anybody can read",
    "`[quality.speeders]` says how quick is too quick, in seconds or as a share of the median \
     time; `then` says what becomes of such rows: `note`, `set_aside` or `fail`.\n\n\
     Example: `when = \"30% of median\"`.\n\n\
     Remedy: look at their answers before you set them aside; people who were asked little are \
     quick too.",
);

pub(super) static STRAIGHT: Code = note(
    "V172",
    "people gave every item of a grid the same answer",
    "`[quality.straight_lining]` counts people who answered at least `when` items of a grid, all \
     of them alike.\n\n\
     Remedy: such answers can be meant; look whether the items point in different directions.",
);

pub(super) static ALIKE: Code = note(
    "V173",
    "rows say the same as another row",
    "`[quality.duplicates]` compares what people chose, not their keys or what they wrote: rows \
     with at least `when` answers, all the same as in an earlier row.\n\n\
     Remedy: find out whether the export holds them twice, or whether one person answered \
     several times.",
);

pub(super) static ATTENTION: Code = note(
    "V174",
    "people failed a question with a known right answer",
    "`[quality.attention]` names questions that were asked to see who reads, and the right answer \
     to each.\n\n\
     Example: `right = { check = \"Agree\" }` where the question says \"Please choose Agree\".\n\n\
     Remedy: `then = \"set_aside\"` leaves these people out.",
);

pub(super) static PARTIALS: Code = note(
    "V175",
    "people answered little of what they were asked",
    "`[quality.partials]` counts people who answered a smaller share than `when` of the questions \
     that they were asked.\n\n\
     Remedy: `then = \"set_aside\"` leaves them out; else their answers count where they gave some.",
);

pub(super) static NOTHING: Code = note(
    "V193",
    "empty cells can mean several things",
    "Not picked, skipped, not asked and not reached are four different things, and few exports \
     tell them apart. In a question with several columns an empty cell means not picked only \
     beside a pick. `asked_if` tells who was not asked, and a mark of the platform who broke \
     off.\n\n\
     Remedy: none needed; declare `asked_if` where not everybody was asked, so that bases are \
     right.",
);

pub(super) static PERSONAL: Code = note(
    "V194",
    "free text holds data about a person",
    "Cells were found that look like addresses, telephone numbers, names or the like. They are \
     counted and never shown.\n\n\
     Remedy: none needed for tables, which never hold free text. Read twice before you quote.",
);

pub(super) static WITHIN: Code = Code {
    id: "D028",
    severity: Severity::Warning,
    title: "a group lies in two groups, against `within`",
    explanation: "`within` says that all who gave one answer gave the same answer to another \
                  question too, as all of a region live in one nation. Some rows say otherwise. \
                  They are kept and counted.\n\n\
                  Example: a region of Wales in a row whose nation is England.\n\n\
                  Remedy: correct the answers, or take `within` out of the schema.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &OPTION,
    &NUMBER,
    &DATE,
    &PATTERN,
    &DATE_FORM,
    &REQUIRED,
    &RANGE,
    &UNIQUE,
    &ROUTING,
    &EXCLUSIVE,
    &MAXIMUM,
    &RANKS,
    &RAGGED,
    &BLANK,
    &DESIGN,
    &WEIGHT,
    &PREVIEW,
    &WITHDRAWN,
    &WITHDRAWN_FILE,
    &WITHDRAWN_UNKNOWN,
    &SPEEDERS,
    &STRAIGHT,
    &ALIKE,
    &ATTENTION,
    &PARTIALS,
    &TOO_MANY,
    &MANY,
    &CONDITION,
    &NOTHING,
    &PERSONAL,
    &REPAIR,
    &WITHIN,
];

/// Those after which a person must choose.
pub static CHOICES: &[&Code] = &[&DATE_FORM];
