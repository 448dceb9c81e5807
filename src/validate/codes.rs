//! What can be wrong with an answer.

use crate::diagnostic::{Code, Severity};

const fn row(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Warning, title, explanation }
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
    "Each place, from 1 to `max`, may be given once; no place means not ranked.\n\n\
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

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &OPTION, &NUMBER, &DATE, &PATTERN, &REQUIRED, &RANGE, &UNIQUE, &ROUTING, &EXCLUSIVE,
    &MAXIMUM, &RANKS, &RAGGED, &DESIGN, &WEIGHT, &TOO_MANY, &MANY, &CONDITION, &REPAIR,
];
