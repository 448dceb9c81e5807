//! What may be said about disclosure control.

use crate::diagnostic::{Code, Severity};

pub(super) static LEFT_OUT: Code = Code {
    id: "D001",
    severity: Severity::Note,
    title: "tables by groups are left out",
    explanation: "Of these tables nothing could be shown by groups: too few are in each, or what is \
                  hidden could be worked out from whatever else was shown. They are in no output, \
                  and the method section names them.\n\n\
                  Remedy: none needed. To show more, merge small groups (`merge_into` in the \
                  schema), take a coarser banner, or take banners away: each of them tells more \
                  about the same people.",
};

pub(super) static REFUSED: Code = Code {
    id: "D002",
    severity: Severity::Error,
    title: "hidden figures could be worked out, and nothing is published",
    explanation: "After every crosstab that does not settle was left out, a number of few people \
                  could still be worked out from the totals, or from them and an earlier release of \
                  the same wave, or could not be shown to be safe. \
                  Nothing is published (exit code 5).\n\n\
                  Remedy: take the banner or question that the message names out, merge its \
                  answers, or publish for fewer readers (`profile = \"officers\"`). If an earlier \
                  release is why, and nobody has seen it, delete its record in the folder \
                  `disclosure` of the poll's private folder.",
};

pub(super) static DIFFERS: Code = Code {
    id: "D003",
    severity: Severity::Error,
    title: "this release and an earlier one differ by few respondents",
    explanation: "The number of respondents is printed as it is. Where a few came or went since an \
                  earlier release of the same wave, the two releases together tell what these few \
                  answered: each figure that changed is theirs. Nothing is published (exit code \
                  5).\n\n\
                  Example: 4,678 respondents in the first release, 4,679 in this one.\n\n\
                  Remedy: publish the same respondents as before (`exclude` leaves keys out), or \
                  wait until more have come. If the earlier release was never shown to anybody, \
                  take its record out of the folder `disclosure` of the poll's private folder.",
};

pub(super) static CHANGED: Code = Code {
    id: "D004",
    severity: Severity::Note,
    title: "groups are hidden because few came or went since an earlier release",
    explanation: "An earlier release of the same wave shows figures of these groups with a few \
                  respondents more or less. Both together would tell what these few answered, so \
                  that the groups are hidden now.\n\n\
                  Remedy: none needed; with more new respondents they are shown again.",
};

pub(super) static UNREAD: Code = Code {
    id: "D005",
    severity: Severity::Error,
    title: "the record of an earlier release cannot be read",
    explanation: "What an earlier release of the same wave showed is kept in the private folder, in \
                  the poll's folder `disclosure`, so that a later one does not give away with it \
                  what both hide. One of these files was changed or cut short. Nothing is \
                  published (exit code 5).\n\n\
                  Remedy: restore the file. If its release was never shown to anybody, take it \
                  out.",
};

/// Every code of this room.
pub static CODES: &[&Code] = &[&LEFT_OUT, &REFUSED, &DIFFERS, &CHANGED, &UNREAD];
