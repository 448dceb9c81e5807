//! What can be wrong with a schema beyond its shape.

use crate::diagnostic::{Code, Severity};

const fn code(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static FORMAT: Code = code(
    "Q010",
    "the file's form is not known",
    "The first line of a schema or poll file says which version of the form it is written in.\n\
     This program reads version 1.\n\n\
     Remedy: write `format = 1` at the top of the file.",
);

pub(super) static NEEDED: Code = code(
    "Q011",
    "something that is needed is missing",
    "A question needs a `kind`; a list question needs `categories` or a `scale`; a grid or \
     ranking needs `rows`.\n\n\
     Example: `[question.phase]` with `title = \"Phase\"` alone.\n\n\
     Remedy: add the key that the message names.",
);

pub(super) static NAME: Code = code(
    "Q012",
    "a name has characters that a name cannot have",
    "Question keys are lower case letters, digits and `_`, and begin with a letter, because \
     filters and headlines use them as words. An `id` is lower case letters, digits and `-`, \
     because it names a folder.\n\n\
     Remedy: rename it; the wording that readers see stands in `title` and `text`.",
);

pub(super) static SCALE: Code = code(
    "Q013",
    "a question names a scale that the schema does not have",
    "`scale = \"agree\"` takes its answers from `[scale.agree]`.\n\n\
     Remedy: correct the name, or add the scale.",
);

pub(super) static TWICE: Code = code(
    "Q014",
    "two answers have the same id, or the same text in the file",
    "An answer's id is its label in lower case, with every run of other characters turned to \
     `_`. Figures are named by it, so two alike cannot be told apart. Labels such as `> 60` and \
     `60` both give `60`.\n\n\
     Remedy: give one of them an id: `{ label = \"> 60\", id = \"over_60\" }`.",
);

pub(super) static ANSWER: Code = code(
    "Q015",
    "an answer is named that the question does not have",
    "`nets`, `scores`, `exclusive` and `pinned` name answers by their label, spelled as in \
     `categories`.\n\n\
     Remedy: correct the spelling; the message names the nearest answer.",
);

pub(super) static EXPRESSION: Code = code(
    "Q016",
    "a routing expression cannot be read",
    "`asked_if` says who was asked, in the language of filters: `cover = 'Yes' and years >= 5`, \
     `phase in ('Primary', 'Secondary')`, `reason is missing`, `not`, brackets.\n\n\
     Remedy: mend the expression at the place shown.",
);

pub(super) static UNKNOWN: Code = code(
    "Q017",
    "a question is named that the schema does not have",
    "`asked_if`, the rules of `[quality]`, and `[rename]`, `[recode]`, `drop` and `[breaks]` of a \
     later wave name questions by their keys.\n\n\
     Remedy: correct the key; the message names the nearest one.",
);

pub(super) static CYCLE: Code = code(
    "Q018",
    "routing goes round in a circle",
    "Whether a question was asked would depend on its own answer.\n\n\
     Example: `a` has `asked_if = \"b = 'Yes'\"` and `b` has `asked_if = \"a = 'Yes'\"`.\n\n\
     Remedy: take one of the conditions out.",
);

pub(super) static VALUE: Code = code(
    "Q019",
    "a setting has a value that it cannot have",
    "The message names the setting and lists the values that it can have.\n\n\
     Remedy: choose one of them.",
);

pub(super) static PATTERN: Code = code(
    "Q020",
    "a pattern is not a regular expression",
    "`constraints.pattern` is a regular expression that the whole cell must match, such as \
     `[0-9]{6}` for a six-digit number.\n\n\
     Remedy: mend it at the place shown. Literal quotes ('...') save doubling backslashes.",
);

pub(super) static KIND: Code = code(
    "Q021",
    "a key does not go with this kind of question",
    "`rows` belongs to `grid` and `rank`, `places` to `rank`; `delimiter` and `exclusive` to \
     `multi`; `other` to `single` and `multi`; `range` to `single` and `grid`; `unit` to `number`; \
     `categories` to `single`, `multi` and `grid`.\n\n\
     Remedy: take the key out, or correct `kind`.",
);

pub(super) static SCORES: Code = code(
    "Q022",
    "a score map misses an answer",
    "`scores` gives each answer of substance a number, and their mean is reported. An answer \
     without one would drop out of the mean in silence.\n\n\
     Example: `scores = { \"Agree\" = 1, \"Disagree\" = -1 }` on a scale that also has \
     \"Neither\".\n\n\
     Remedy: add the answer, or list it under `nonsubstantive`.",
);

pub(super) static EXTENDS: Code = code(
    "Q023",
    "a schema extends itself",
    "`extends` names the schema of an earlier wave, whose questions this one takes over. One that \
     leads back to itself has no beginning.\n\n\
     Example: `extends = \"2024-01.toml\"` within `2024-01.toml`.\n\n\
     Remedy: name the earlier wave's schema, or take `extends` out.",
);

pub(super) static CHAIN: Code = code(
    "D020",
    "an answer is merged into one that is merged itself",
    "`merge_into` names an answer that stays, or a new name. Where the answer that is named has \
     a `merge_into` of its own, it is not clear which of the three belong together when only \
     one of them is small.\n\n\
     Example: `65 or over` is merged into `55 to 64`, and that into `45 to 54`.\n\n\
     Remedy: name the answer at the end in each, or give all of them one new name. In an \
     ordered list answers are merged by steps, each with its neighbour, so that naming the end \
     does no harm.",
);

pub(super) static CIRCLE: Code = code(
    "D021",
    "answers are merged into each other",
    "`merge_into` leads from an answer back to itself, so that no answer is left into which the \
     others are merged.\n\n\
     Example: `North` is merged into `South`, and `South` into `North`.\n\n\
     Remedy: take `merge_into` out of one of them, or give all of them one new name.",
);

pub(super) static UNLIKE: Code = code(
    "D022",
    "an answer of substance is merged with one that is none",
    "Who said \"Prefer not to say\" belongs to none of the groups that others named, and a group \
     of both would say something of neither.\n\n\
     Remedy: merge answers under `nonsubstantive` among themselves only.",
);

pub(super) static SAME_GROUP: Code = code(
    "D023",
    "a merged group would be called as an answer is",
    "A merged group has the new name of `merge_into`, or the ids of its answers with `_and_` \
     between them. Where another answer has that id already, nobody could tell them apart.\n\n\
     Example: `Tea` is merged into `Coffee` in a list that has `Tea and coffee`.\n\n\
     Remedy: give `merge_into` another new name.",
);

pub(super) static APART: Code = Code {
    id: "D024",
    severity: Severity::Warning,
    title: "answers are merged that do not stand beside each other",
    explanation: "The list has an order (`categoriesOrdered`), and between the answers that are \
                  merged stands one that is not: the group would have a gap.\n\n\
                  Example: `18 to 24` is merged into `65 or over`.\n\n\
                  Remedy: merge an answer into its neighbour, or give those between the same \
                  `merge_into`.",
};

pub(super) static LONE: Code = code(
    "D025",
    "`merge_into` names no answer, and no other answer has that name",
    "`merge_into` is the label or id of another answer of the list, or a new name that several \
     answers share. A new name that one answer alone has merges nothing, and is mostly a slip.\n\n\
     Remedy: correct the spelling; or give the same name to another answer too.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &FORMAT,
    &NEEDED,
    &NAME,
    &SCALE,
    &TWICE,
    &ANSWER,
    &EXPRESSION,
    &UNKNOWN,
    &CYCLE,
    &VALUE,
    &PATTERN,
    &KIND,
    &SCORES,
    &EXTENDS,
    &CHAIN,
    &CIRCLE,
    &UNLIKE,
    &SAME_GROUP,
    &APART,
    &LONE,
];
