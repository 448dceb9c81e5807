//! What can go wrong in the hallway itself: files that cannot be read, drafts, drawing.

use super::{estimate, known};
use crate::diagnostic::{Code, Severity};

pub(super) static UNREADABLE: Code = Code {
    id: "Q005",
    severity: Severity::Error,
    title: "a poll file or schema cannot be read",
    explanation: "The file does not exist, may not be read by this user, or is not UTF-8 text. \
                  Paths in a poll file are relative to the poll file.\n\n\
                  Remedy: correct the path, or save the file as UTF-8.",
};

pub(super) static UNDECIDED: Code = Code {
    id: "Q006",
    severity: Severity::Warning,
    title: "a draft has points that nobody has decided",
    explanation: "`pollsmith init` marks with `# UNDECIDED` what cannot be read off an export: the \
                  order of answers, whether numbers are codes, how people were chosen. Figures \
                  can be wrong until somebody has.\n\n\
                  Remedy: look at each mark, decide, and take it out.",
};

pub(super) static NO_STEPS: Code = Code {
    id: "Q007",
    severity: Severity::Error,
    title: "the poll file does not say how to weight",
    explanation: "`pollsmith weigh` shows what the `[[weighting]]` steps of a poll file do. A weight \
                  that came with the data is named by `weight` in `[design]` and is used as it \
                  is.\n\n\
                  Remedy: add a `[[weighting]]` step with its `method` and `targets`.",
};

pub(super) static DRAWING: Code = Code {
    id: "C001",
    severity: Severity::Error,
    title: "a chart cannot be drawn",
    explanation: "This is a fault of the program, not of the poll.\n\n\
                  Remedy: report it with the message and, if possible, the schema.",
};

pub(super) static FOREIGN: Code = Code {
    id: "C002",
    severity: Severity::Warning,
    title: "letters that the charts' font lacks",
    explanation: "The font of the charts has the letters of European languages that are written in \
                  Latin. SVG and PNG files show a box in the place of any other letter, such as \
                  Arabic or an emoji; the page leaves its charts' letters to the browser, which \
                  finds them in another font.\n\n\
                  Remedy: give the answer or title a `label` or `title` in Latin letters.",
};

pub(super) static ROWS: Code = Code {
    id: "X011",
    severity: Severity::Error,
    title: "no question that has a table",
    explanation: "The rows of `pollsmith table` are a question of the schema by its key, or one item of \
                  a grid: `question.item`. Dates and free text have no table.\n\n\
                  Remedy: name a question as it is called in the schema; `pollsmith schema codebook` \
                  lists them.",
};

pub(super) static BANNER: Code = Code {
    id: "X012",
    severity: Severity::Error,
    title: "no question whose answers can be columns",
    explanation: "`--by` names questions with a list of answers by their keys, such as `phase`, or \
                  nested ones: `'phase > role'`. Grids, numbers and free text have no groups.\n\n\
                  Remedy: name such a question; put a number into bands first.",
};

pub(super) static SHARES: Code = Code {
    id: "X013",
    severity: Severity::Error,
    title: "shares across columns need columns",
    explanation: "`--percent row` shares out those who gave an answer among the columns, `--percent \
                  total` everybody in the table.\n\n\
                  Remedy: add `--by`, or leave `--percent` out.",
};

pub(super) static NOBODY: Code = Code {
    id: "X014",
    severity: Severity::Error,
    title: "nobody fulfils the condition",
    explanation: "No respondent fulfils the condition of `--where`. Where an answer is missing it is not \
                  known whether they do, and they are left out too.\n\n\
                  Remedy: correct the condition.",
};

pub(super) static NOTHING_LEFT: Code = Code {
    id: "X016",
    severity: Severity::Error,
    title: "of this table nothing can be shown to these readers",
    explanation: "Too few are in the groups, or what is hidden could be worked out from whatever else \
                  is shown. A table for others than the analyst is protected together with all \
                  tables of the poll file, since its readers may have those too (exit code 5).\n\n\
                  Remedy: ask for larger groups or no condition, or use `--profile analyst` for \
                  yourself.",
};

pub(super) static NOT_FOR_THESE: Code = Code {
    id: "X015",
    severity: Severity::Error,
    title: "these readers have no such table",
    explanation: "Nested banners are left out for the public, and deeper ones for officers.\n\n\
                  Remedy: name one variable in each `--by`, or leave `--profile` out: the analyst has \
                  every table.",
};

pub(super) static SECRET: Code = Code {
    id: "D042",
    severity: Severity::Error,
    title: "members' numbers cannot be hashed",
    explanation: "Members' numbers are hashed as they are read, with a key of random bytes. The \
                  system gave none, so nothing was read.\n\n\
                  Remedy: run it again; if it stays so, ask who looks after the system.",
};

/// Every code of the hallway itself.
pub static CODES: &[&Code] = &[
    &UNREADABLE,
    &UNDECIDED,
    &NO_STEPS,
    &DRAWING,
    &FOREIGN,
    &known::ENCODING,
    &estimate::CONDITION,
    &estimate::FORMULA,
    &ROWS,
    &BANNER,
    &SHARES,
    &NOBODY,
    &NOT_FOR_THESE,
    &NOTHING_LEFT,
    &SECRET,
];
