//! What can be wrong with what is asked for.

use crate::diagnostic::{Code, Severity};

pub(super) static BANNER: Code = Code {
    id: "E010",
    severity: Severity::Error,
    title: "a banner is not a question with one answer",
    explanation: "`banner` in `[tables]` names questions of kind `single` whose answers become \
                  the columns of the crosstabs.\n\n\
                  Remedy: name such a question by its key. Nested banners, \
                  `\"phase > role\"`, are not done by this version.",
};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

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
pub static CODES: &[&Code] = &[&BANNER, &FILTER, &NOTHING, &MANY, &TOTAL, &MODEL, &NO_EFFECT];

/// The name of the interval of means.
pub(super) const WALD: &str = "wald_t";
/// In place of the name of an interval: the weights were made to give this share.
pub(super) const SET: &str = "set by weighting";
/// The name of the interval of medians.
pub(super) const WOODRUFF: &str = "woodruff";
