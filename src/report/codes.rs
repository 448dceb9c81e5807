//! What can be wrong with a report's own sentences.

use crate::diagnostic::{Code, Severity};

pub(super) static UNBOUND_FIGURE: Code = Code {
    id: "R001",
    severity: Severity::Error,
    title: "a headline names a figure that cannot be printed",
    explanation: "A figure in a headline is written `{question.answer|percent}`; for a \
        group `{question.answer@banner=group|percent}`; for an item of a grid \
        `{question.item.answer|percent}`. After the bar stands how it is printed: \
        `percent`, `points`, `mean` or `number`. A figure that is hidden, or marked as \
        having low reliability, may not stand in a headline.\n\n\
        Example: `{adequate.yse|percent}` where the answer's id is `yes`.\n\n\
        Remedy: take the id that the message names, or another figure.",
};

pub(super) static LOOSE_NUMBER: Code = Code {
    id: "R002",
    severity: Severity::Error,
    title: "a number in a headline is not bound to a figure",
    explanation: "Every number in a headline must come from the results, so that a \
        sentence cannot say what the figures do not. Write the figure's name in place of \
        the number.\n\n\
        Example: `3% said yes` where `{adequate.yes|percent} said yes` is meant.\n\n\
        Remedy: bind the number, or leave it out.",
};

pub(super) static TABLE_TOO_LARGE: Code = Code {
    id: "R020",
    severity: Severity::Error,
    title: "a table does not fit on a worksheet",
    explanation: "A worksheet has at most 16,384 columns and 1,048,576 rows. A table that \
        needs more would be cut, so nothing is published.\n\n\
        Example: a banner with one group for each of 20,000 schools.\n\n\
        Remedy: take the question out of the banner, or join its groups.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[&UNBOUND_FIGURE, &LOOSE_NUMBER, &TABLE_TOO_LARGE];
