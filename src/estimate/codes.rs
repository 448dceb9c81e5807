//! What can be wrong with what is asked for.

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static BANNER: Code = error(
    "E010",
    "a banner is not a question with a list of answers",
    "`banner` in `[tables]`, and `by` in a table of one's own, name questions whose answers \
     become columns: of kind `single`, or `multi`, whose columns overlap. Questions with one \
     answer may be nested: `\"phase > role\"`.\n\n\
     Remedy: as the message says.",
);

pub(super) static DEEP: Code = Code {
    id: "E011",
    severity: Severity::Warning,
    title: "a nested banner is left out",
    explanation: "Groups of groups are small, and small groups point at people. The public \
                  profile has one variable at a time, officers have two; the analyst has any.\n\n\
                  Remedy: none is needed; for the nested table run with another profile.",
};

pub(super) static ROWS: Code = error(
    "E012",
    "a table's rows are no question that can be counted",
    "`rows` names a question by its key, or one item of it: `views.harms`. Dates and words are \
     not counted.\n\n\
     Remedy: correct the name.",
);

pub(super) static EMPTY: Code = error(
    "E013",
    "a table's condition leaves nobody",
    "No respondent fulfils the condition of `where`. Where an answer is missing it is not known \
     whether they do, and they are left out too.\n\n\
     Remedy: correct the condition.",
);

pub(super) static CONDITION: Code = error(
    "E014",
    "a table's condition does not fit the questions",
    "`where` compares questions with labels in quotation marks, or with numbers: \
     `phase = 'Primary' and years >= 5`, `region in ('North', 'East')`, `age is missing`, `not`, \
     brackets.\n\n\
     Remedy: as the message says.",
);

pub(super) static PERCENT: Code = error(
    "E015",
    "a table cannot be counted in that way",
    "`percent` says what percentages are of: those in the `column`, those who gave the answer \
     (`row`), everybody in the table (`total`), all answers given (`mentions`, where several are \
     allowed); `count` gives weighted numbers of respondents, for officers and the analyst. \
     `base = \"routed\"` is for shares of people, `exclude_dk` for questions with one answer.\n\n\
     Remedy: as the message says.",
);

pub(super) static ONE_GROUP: Code = Code {
    id: "E016",
    severity: Severity::Warning,
    title: "a banner has respondents in one group only",
    explanation: "All who answered the banner gave the same answer, or only those are counted \
                  who did. The table is made, but its one column repeats the total, and nothing \
                  is compared.\n\n\
                  Remedy: take the banner out of the table; if groups should be there, look at \
                  the condition, at the coding of the answers, and at rows set aside.",
};

pub(super) static SAME_NAME: Code = error(
    "E017",
    "two tables have the same name",
    "The name of a table names its pictures, its links and its rows in the data files. Tables \
     of all questions are called after the question and the banner: `adequate`, \
     `adequate-phase`, `adequate-phase-role`; an item of a battery by groups is called after \
     the item too. A table of one's own by several banners has its name and theirs.\n\n\
     Remedy: give the table of one's own another `name`.",
);

pub(super) static MERGED: Code = Code {
    id: "D026",
    severity: Severity::Note,
    title: "small groups are merged",
    explanation: "A group under the smallest base that may be shown would be hidden as a whole. \
                  Where the schema says `merge_into` for its answer, it is put together with \
                  another instead, before anything is hidden. Weighting keeps the answers as \
                  they are, and so does the question's own table.\n\n\
                  Remedy: none is needed. A headline names the merged group: \
                  `{adequate.yes@age=55_to_64_and_65_or_over|percent}`.",
};

pub(super) static MERGED_ALL: Code = Code {
    id: "D027",
    severity: Severity::Warning,
    title: "a banner is left out, because all its groups are merged into one",
    explanation: "Groups are so small that `merge_into` in the schema leaves one group, whose \
                  figures would be those of the total.\n\n\
                  Remedy: none is needed; or let fewer answers be merged, or run for officers.",
};

pub(super) static FILTER: Code = error(
    "E050",
    "a condition does not fit the columns",
    "`--where` compares columns of the file with numbers, or with labels in quotation marks: \
     `age >= 30 and phase = 'Primary'`, `region in ('North', 'East')`, `age is missing`, `not`, \
     brackets. A column whose cells are all numbers is compared with numbers, any other with the \
     labels that occur in it.\n\n\
     Remedy: as the message says.",
);

pub(super) static NOTHING: Code = error(
    "E051",
    "a condition leaves no record",
    "No record fulfils the condition after `--where`. Of a record where a value is missing it is \
     not known whether it does, and it is left out too.\n\n\
     Remedy: correct the condition.",
);

pub(super) static MANY: Code = error(
    "E052",
    "a column has too many different values",
    "`--by` makes a group of each value, `--proportion` a figure. A column with thousands of \
     values, such as a key or an amount of money, is hardly meant.\n\n\
     Remedy: name another column; put values into bands first.",
);

pub(super) static TOTAL: Code = Code {
    id: "E053",
    severity: Severity::Warning,
    title: "totals without weights",
    explanation: "A total of the population needs to know how many of it each record stands for. \
                  Without weights the total is that of the records of the file.\n\n\
                  Remedy: name the column of the weights: `--weight`.",
};

pub(super) static MODEL: Code = error(
    "E054",
    "a model does not exist",
    "A regression model needs a response that differs between records, terms of which none \
     follows from the others, more complete records than coefficients, and, for answers, \
     explanations that do not tell the answers apart without error. A term of a formula is a \
     column of the file, or made of some: `left ~ years + phase`, `hours ~ I(years^2)`, \
     `left ~ factor(band) * phase`.\n\n\
     Remedy: as the message says.",
);

pub(super) static NO_EFFECT: Code = Code {
    id: "E055",
    severity: Severity::Note,
    title: "a variable of a model has no average effect",
    explanation: "An average effect changes one variable and leaves all others as they are. A \
                  variable that stands in the formula in several forms, or in a function without \
                  slope, cannot be changed alone. Its coefficients are not touched by that.\n\n\
                  Remedy: none is needed; or write the formula so that each column stands in \
                  one variable.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &BANNER,
    &DEEP,
    &ROWS,
    &EMPTY,
    &CONDITION,
    &PERCENT,
    &ONE_GROUP,
    &SAME_NAME,
    &MERGED,
    &MERGED_ALL,
    &FILTER,
    &NOTHING,
    &MANY,
    &TOTAL,
    &MODEL,
    &NO_EFFECT,
];

/// The name of the interval of means.
pub(super) const WALD: &str = "wald_t";
/// In place of the name of an interval: the weights were made to give this share.
pub(super) const SET: &str = "set by weighting";
/// The name of the interval of medians.
pub(super) const WOODRUFF: &str = "woodruff";
