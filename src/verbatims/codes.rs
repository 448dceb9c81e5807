//! What can be wrong with quotes and their approvals. No message shows a text.

use crate::diagnostic::{Code, Severity};

pub(super) static NOTHING_APPROVED: Code = Code {
    id: "D030",
    severity: Severity::Note,
    title: "a question is to be quoted, and nothing is approved",
    explanation: "What members wrote is printed only after a person has read and approved it, text \
                  by text. A run writes all texts, with what points at persons taken out as far as \
                  patterns find it, to `quotes-<question>.csv` in the poll's private folder. \
                  Patterns miss names that stand alone or in small letters, places, and stories that \
                  everybody at a school knows.\n\n\
                  Remedy: read them there, look for names that are left, and copy `hash` and `quote` of those that may be printed \
                  into the file that the poll file names, under the heads `hash,quote`.",
};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static QUESTION: Code = error(
    "D032",
    "a question cannot be quoted",
    "Quotes are of a question with `kind = \"text\"`, by its key in the schema. Columns that the \
     schema declares personal are never read, and so cannot be quoted.\n\n\
     Remedy: as the message says.",
);

pub(super) static ATTRIBUTE: Code = error(
    "D033",
    "an answer may not stand beside a quote",
    "Two or three facts about a person are often enough to know who it is. So beside a quote \
     stands the answer to at most one question, which has a list of answers of which each member \
     gave one, is not marked sensitive, and does not join several questions. Beside a quote from a \
     sensitive question stands nothing.\n\n\
     Remedy: name another question, or take `attribute` out.",
);

pub(super) static FILE: Code = error(
    "D034",
    "a file of approvals cannot be read",
    "The file of approvals is CSV with the heads `hash` and `quote`, and `note` for the reasons of \
     whoever approves. Each row is one text, copied from the candidates as it is; each hash stands \
     once. Other columns are refused: a copy of all candidates is no choice.\n\n\
     ```toml\nhash,quote,note\nq0123456789abcdef,\"Two weeks is not enough.\",read by two\n```\n\n\
     Remedy: as the message says.",
);

pub(super) static EDITED: Code = error(
    "D035",
    "an approved text was changed",
    "The hash of an approval is that of the very words that a member wrote, without what was taken \
     out. Words that were changed afterwards are nobody's: they are not printed. The message says \
     how long both texts are, and shows neither.\n\n\
     Remedy: copy `quote` from the candidates again. If the text cannot be printed as it is, take \
     the row out.",
);

pub(super) static VOID: Code = Code {
    id: "D036",
    severity: Severity::Warning,
    title: "an approval is void",
    explanation: "No text has the hash of an approval: whoever wrote it withdrew or is not counted \
                  any more, the data changed, or what is taken out of texts did. What was approved \
                  is not what would be printed, so nothing is.\n\n\
                  Remedy: look for the text in the candidates, and approve it again or take the row \
                  out.",
};

pub(super) static UNFIT: Code = error(
    "D037",
    "a text cannot be quoted",
    "A quote has at most 600 characters. A longer text is not cut: a person would not have \
     approved what is left. A hash that two texts have approves neither.\n\n\
     Remedy: take the row out.",
);

/// For the gate, which alone knows what a group may be told of.
pub static WITHOUT_ATTRIBUTE: Code = Code {
    id: "D038",
    severity: Severity::Note,
    title: "quotes are printed without the group of those who wrote them",
    explanation: "The group of a member stands beside a quote only if it has as many respondents as \
                  a column of a table needs, and if no figure of the group is hidden. Otherwise \
                  the quote would point into a group that is too small.\n\n\
                  Remedy: none is needed. A question with larger groups can be named as \
                  `attribute`.",
};

pub(super) static MORE: Code = Code {
    id: "D039",
    severity: Severity::Note,
    title: "more quotes are approved than are printed",
    explanation: "`most` says how many quotes of a question are printed, 10 if it is absent: the \
                  first of the file of approvals.\n\n\
                  Remedy: raise `most`, or order the file by what matters.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &NOTHING_APPROVED,
    &QUESTION,
    &ATTRIBUTE,
    &FILE,
    &EDITED,
    &VOID,
    &UNFIT,
    &WITHOUT_ATTRIBUTE,
    &MORE,
];
