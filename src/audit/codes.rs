//! What an audit may say.

use crate::diagnostic::{Code, Severity};

const fn code(
    id: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
) -> Code {
    Code { id, severity, title, explanation }
}

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    code(id, Severity::Error, title, explanation)
}

pub(super) static RECOVERED: Code = error(
    "A001",
    "a hidden cell can be recovered",
    "The published figures leave one whole number of people to a cell that is hidden, so hiding it \
     protects nobody. The range comes from linear programming over everything that is printed: \
     percentages and bases with their rounding, totals of answers, means, verdicts, changes, \
     nested groups, other tables of the same question.\n\n\
     Example: all groups of a row but one are printed, and so is the row's total.\n\n\
     Remedy: publish again with this version, whose gate hides what gives a cell away; or merge \
     the small group with another, or drop the breakdown.",
);

pub(super) static NARROW: Code = error(
    "A002",
    "a hidden cell can be narrowed down",
    "The published figures leave a hidden cell fewer whole numbers than its threshold asks for (from \
     the smallest to the largest, one more than the largest small count: 5 in profile `public`), and \
     a small count is among them. A range without any small count is harmless: nobody in \
     particular is found by it.\n\n\
     Example: a hidden cell must hold between 2 and 4 people.\n\n\
     Remedy: as for A001.",
);

pub(super) static NO_RESULTS: Code = error(
    "A003",
    "the release cannot be read",
    "`audit` takes the folder of a release or its `results.json`, of format 1, and nothing else: \
     it may not know more than a reader does.\n\n\
     Remedy: `pollsmith audit reports/POLL`.",
);

pub(super) static NO_TABLES: Code = error(
    "A004",
    "the release does not say what its figures are made of",
    "An attacker knows the questionnaire: which answers make a total, which groups lie within \
     which. The audit reads that from `disclosure`, `rounding` and `tables` of `results.json`, which older \
     versions did not write.\n\n\
     Remedy: publish the poll again with this version, then audit it.",
);

pub(super) static SLACK: Code = code(
    "A005",
    Severity::Note,
    "the figures of a question are no plain counts",
    "Percentages of a weighted poll are shares of weights, while bases are numbers of people. The \
     attack reads both as counts, and lets each base differ by half more than the smallest share at \
     which the figures do not contradict each other (with the smallest itself a single solution \
     would fit, which need not be the true one), and at least by the spread of the weights.\n\n\
     Remedy: none is needed. The larger the share, the less the ranges say of people.",
);

pub(super) static UNREAD: Code = code(
    "A006",
    Severity::Warning,
    "the figures of a question contradict each other",
    "No counts fit what is printed, even if bases are wrong by any factor, or the solver found no \
     answer. Hidden cells of the question were not attacked, and nothing is known of them.\n\n\
     Remedy: look whether the release was changed by hand; otherwise report it with the release.",
);

pub(super) static FEW: Code = error(
    "A007",
    "few people are the difference between two releases",
    "The releases differ by so few respondents that every change between them is those people's \
     answers.\n\n\
     Example: 4,678 respondents in one release, 4,677 in the other.\n\n\
     Remedy: do not publish the second release; collect more answers first, or publish the first \
     one again.",
);

pub(super) static OTHER: Code = error(
    "A008",
    "the two releases are of different polls",
    "`--against` takes another release of the same poll and wave: people who answered twice, in two \
     waves, cannot be told apart by what is published.\n\n\
     Remedy: give an earlier release of this poll.",
);

pub(super) static APART: Code = code(
    "A009",
    Severity::Warning,
    "the two releases cannot be attacked together",
    "They have the same number of respondents, but figures of a question that cannot both be true \
     of the same people: answers or weights were corrected in between. Each release is attacked \
     on its own.\n\n\
     Remedy: none is needed; look at what was corrected if that is a surprise.",
);

pub(super) static STRAY: Code = code(
    "A010",
    Severity::Warning,
    "hidden figures stand in no table",
    "`tables` of `results.json` does not describe the tables of some hidden figures, or not what \
     they are made of, so they were not attacked.\n\n\
     Remedy: publish the poll again with this version.",
);

/// Every code of the room.
pub static CODES: &[&Code] = &[
    &RECOVERED,
    &NARROW,
    &NO_RESULTS,
    &NO_TABLES,
    &SLACK,
    &UNREAD,
    &FEW,
    &OTHER,
    &APART,
    &STRAY,
];
