//! What can be wrong with earlier waves.

use crate::diagnostic::{Code, Severity};

const fn code(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

const fn note(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Note, title, explanation }
}

pub(super) static NOTHING_SHARED: Code = code(
    "T001",
    "an earlier wave has no question of this one",
    "A wave is compared question by question, and a question is the same if it has the same key \
     in both schemas, or if `rename` says which it was.\n\n\
     Remedy: give `rename = { earlier_key = \"key\" }` in `[[previous]]`, let the later schema \
     `extends` the earlier one, or take the entry out.",
);

pub(super) static SAME_FILE: Code = code(
    "T002",
    "a wave would be compared with itself",
    "The file is this poll file, or stands twice in the list of earlier waves.\n\n\
     Remedy: correct the path.",
);

pub(super) static LABELS: Code = code(
    "T003",
    "two waves have one name",
    "The columns of a trend table are named by their waves: by `label` in `[[previous]]`, else \
     by `wave` of the earlier poll file, else by its id.\n\n\
     Remedy: give each a `label` of its own.",
);

pub(super) static PUBLISHED: Code = code(
    "T004",
    "the published figures of an earlier wave cannot be used",
    "A wave whose answers were deleted comes in as the `results.json` that was published. It \
     must be one that this program wrote, in a form that this version reads, and for readers \
     who may see at least as little as those of this report: figures that were not protected \
     would leave by a side door.\n\n\
     Remedy: name the `results.json` of the public release.",
);

pub(super) static UNKNOWN: Code = code(
    "T005",
    "what changed between waves names something that there is not",
    "`rename` names questions of the earlier wave and of this one, `recode` a question of this \
     wave with labels of both, `breaks` a question of this wave.\n\n\
     Remedy: correct the name; the message says which is nearest.",
);

pub(super) static FIGURE: Code = code(
    "T006",
    "a benchmark stands beside a figure that there is not",
    "`figure` names a row of the poll's own tables: `question.answer`, or with an item \
     `question.item.answer`; nets, `mean` and `median` are rows too.\n\n\
     Remedy: correct the name; the message says which is nearest.",
);

pub(super) static ORDER: Code = code(
    "T007",
    "earlier waves are not listed newest first",
    "Waves are compared in their order, so the list has to be the order of fieldwork: the \
     newest wave first, and none later than this one.\n\n\
     Remedy: put the `[[previous]]` entries in order, or correct `field_start` and \
     `field_end`.",
);

pub(super) static MADE_UP: Code = code(
    "T008",
    "real answers would be compared with made-up ones",
    "One of the polls is marked `synthetic = true` and the other is not.\n\n\
     Remedy: correct `synthetic`, or take the wave out.",
);

pub(super) static LINK: Code = code(
    "T009",
    "two waves cannot be linked",
    "`linked_by` names the schema's key column, a question or a sampling unit that has the same \
     value for the same person or unit in both waves. Variances then come from the stacked \
     sample, in which everything that one person or unit answered belongs together. That needs \
     sampling units or single respondents, not replicate weights.\n\n\
     Remedy: correct the name, or take `linked_by` out: the waves are then treated as \
     independent samples, and the report says so.",
);

pub(super) static BROKEN: Code = note(
    "T010",
    "a question changed between waves",
    "Its wording, its answers, its base or the variables of weighting changed, or the schema or \
     poll file says that it cannot be compared. Its changes are marked `[b]` and not tested.\n\n\
     Remedy: none is needed. Where only a label was reworded, say so by `recode`.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &NOTHING_SHARED,
    &SAME_FILE,
    &LABELS,
    &PUBLISHED,
    &UNKNOWN,
    &FIGURE,
    &ORDER,
    &MADE_UP,
    &LINK,
    &BROKEN,
];
