//! What can be wrong with a design, with targets and frame, and with weights made from them.

use crate::diagnostic::{Code, Severity};

const fn code(
    severity: Severity,
    id: &'static str,
    title: &'static str,
    explanation: &'static str,
) -> Code {
    Code { id, severity, title, explanation }
}

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    code(Severity::Error, id, title, explanation)
}

pub(super) static WEIGHT: Code = error(
    "P001",
    "the weights are too large or too small to be added up",
    "The sum of the weights, or of their squares, is beyond what the computer can hold, so no \
     percentage could be computed.\n\n\
     Remedy: correct the weights; usual ones are near 1, or near the number of members that a \
     respondent stands for.",
);

pub(super) static NESTED: Code = error(
    "P010",
    "a sampling unit stands in two strata",
    "Each sampling unit is drawn within one stratum. Units of different strata may have the same \
     name only if the poll file says `nest = true`, or the command line `--nest`.\n\n\
     Remedy: correct the columns, or say `nest = true` in `[design]` if names repeat by design.",
);

pub(super) static SIZE: Code = error(
    "P011",
    "a population size does not fit the sample",
    "The finite population correction needs the number of sampling units in the population of \
     each stratum: one number for all rows of a stratum, and no smaller than the number that was \
     drawn. `pollsmith estimate` takes fractions that were drawn too, as R survey does, if all \
     numbers are at most 1.\n\n\
     Remedy: correct the column that `population` names, or take `population` out, which makes \
     intervals a little wider.",
);

pub(super) static SINGLE: Code = error(
    "P021",
    "a stratum has one sampling unit, so its variance is unknown",
    "Variance is measured between the units of a stratum; with one unit there is nothing to \
     compare. How to go on is a statistical choice, so none is made for you.\n\n\
     Remedy: join strata, or set `single_unit` in `[design]` to `adjust` (distance from the grand \
     mean: careful, recommended), `average` (mean of the other strata), `certainty` (no \
     contribution: the unit was certain to be drawn; understates otherwise) or `remove`. R users \
     know this as `survey.lonely.psu`.",
);

pub(super) static STAGES: Code = error(
    "P022",
    "population sizes and stages do not agree",
    "`population` names one column for each stage of `psu`, or one column if there is one \
     stage.\n\n\
     Remedy: give as many columns as stages.",
);

pub(super) static CELL: Code = error(
    "P030",
    "a cell of the design is empty",
    "Each record of a sample has a weight, a stratum and a sampling unit, if the sample has them. \
     One record without makes every figure doubtful, so nothing is estimated.\n\n\
     Remedy: complete the column, or take records out of the file that are no part of the \
     sample.",
);

pub(super) static UNUSABLE: Code = error(
    "P031",
    "a weight or population size is below zero, or all weights are zero",
    "A weight says how many of the population a record stands for. Zero leaves a record out of \
     every figure; less than zero has no meaning.\n\n\
     Remedy: correct the column.",
);

pub(super) static REPLICATES: Code = error(
    "P023",
    "replicate weights give no variance",
    "Replicate weights are columns of the data, one number from 0 on in every row, or are made \
     from strata and sampling units: `jk1` without strata, `jkn` with at least two units in each \
     stratum, `brr` and `fay` with two in each. The method decides by which factors the variance \
     is made.\n\n\
     Example: `replicates = { columns = \"rw*\", method = \"brr\" }`.\n\n\
     Remedy: correct `replicates` in `[design]`, or the columns.",
);

pub(super) static SHEET: Code = error(
    "W001",
    "a file beside the data has not the right form",
    "Targets have the columns `variable`, `category`, `share` or `count`, and `source`. A frame has \
     one column for each variable, called like its question, and `members`, `invited` or both. \
     A lookup has a column of keys and others of facts. All are CSV with one row of headers and \
     commas between cells.\n\n\
     Example: `phase,Primary,46%,\"Membership list, 8 January 2024\"`.\n\n\
     Remedy: correct the place that the message names.",
);

pub(super) static VARIABLE: Code = error(
    "W002",
    "a variable of targets or frame is not known",
    "Variables are questions of the schema with one answer of a list, named by their keys. A joint \
     variable is written with a colon: `phase:region`.\n\n\
     Remedy: correct the name.",
);

pub(super) static CATEGORY: Code = error(
    "W003",
    "a category of targets or frame is not known",
    "Categories are written like the answers of the question: by label, by what stands in the data, \
     or by id. Of a joint variable, answers are parted by a colon: `Primary:North`.\n\n\
     Remedy: correct the spelling, or add the answer to the schema.",
);

pub(super) static TWICE: Code = error(
    "W004",
    "a category stands twice",
    "Which of two targets is meant cannot be known.\n\n\
     Remedy: keep one of the lines.",
);

pub(super) static NUMBER: Code = error(
    "W005",
    "a target or a number of people is no number",
    "Shares are written 0.43, 43 or 43%, numbers of people in digits alone; none is under zero. \
     `none` in place of a target lets the category keep the share that it has before \
     weighting.\n\n\
     Remedy: correct the cell.",
);

pub(super) static SUM: Code = error(
    "W006",
    "targets do not add up",
    "The shares of one variable add up to 1 or to 100, within 0.1 per cent for rounding; they are \
     then scaled to exactly 1. Numbers of people of several variables describe the same people, so \
     they have the same total.\n\n\
     Remedy: correct the targets. If two sources count different people, write shares.",
);

pub(super) static SOURCE: Code = code(
    Severity::Warning,
    "W007",
    "targets have no source",
    "A reader must be told where the targets come from and of when they are (rules of the British \
     Polling Council and of AAPOR).\n\n\
     Remedy: fill the column `source`; for targets from the frame, add `frame_source` to \
     `[method]`.",
);

pub(super) static OUTSIDE: Code = error(
    "W008",
    "respondents are where the frame has nobody",
    "Every respondent was drawn from the frame, so each stands in one of its cells. A respondent \
     elsewhere means that frame and data are of different people or days, or that a cell is \
     missing.\n\n\
     Remedy: add the cell, or correct the answers.",
);

pub(super) static TOO_MANY: Code = error(
    "W009",
    "more people replied than could",
    "A cell of the frame has more respondents than were invited, or than there are members.\n\n\
     Remedy: correct the number, or look for people who answered twice.",
);

pub(super) static NOBODY: Code = error(
    "W010",
    "a target cannot be met, because nobody has the answer",
    "No weight can make people out of nobody; and a target of zero would leave respondents without \
     weight. Nothing is weighted rather than leave the category out.\n\n\
     Remedy: join the category with a neighbour in the schema and in the targets, or correct the \
     target.",
);

pub(super) static UNNAMED: Code = error(
    "W011",
    "respondents are in a category without a target",
    "A category of substance that the targets do not name is a choice that nobody has made. Answers \
     such as \"Prefer not to say\", and missing answers, keep their share without being named.\n\n\
     Remedy: add the category with its target, or with `none` to let it keep its share.",
);

pub(super) static CONVERGED: Code = error(
    "W012",
    "the targets cannot be met",
    "The weights that come nearest still miss a target by more than the tolerance. Usual causes are \
     bounds that are too tight, margins that contradict each other, and cells with few \
     respondents.\n\n\
     Remedy: widen `bounds`, join small categories, leave a margin out, or allow more rounds.",
);

pub(super) static BOUNDS: Code = code(
    Severity::Warning,
    "W013",
    "many weights stand at a bound",
    "Where many weights are at a bound, the bound and not the distance decides what they are. From \
     5 per cent on it is said; above `at_bounds` (a quarter, unless the step says) the run \
     stops.\n\n\
     Remedy: widen `bounds`, or join small categories so that they need less weight.",
);

pub(super) static BELOW: Code = error(
    "W014",
    "weights are not above zero",
    "`linear` without bounds can give weights of zero and below, and nobody stands for fewer than no \
     people.\n\n\
     Remedy: add `bounds = [0.1, 5.0]` to the step, or use `rake`.",
);

pub(super) static KEPT: Code = code(
    Severity::Note,
    "W015",
    "respondents keep their share",
    "Answers such as \"Prefer not to say\", missing answers, and categories with the target `none` \
     keep the share that they have before weighting. The targets are of the rest.\n\n\
     Remedy: none is needed if that is meant; else give these answers a target.",
);

pub(super) static CLASS: Code = error(
    "W016",
    "a class of non-response is too small",
    "Those who replied stand for those of their class who did not. A class with few respondents \
     gives them a large weight and makes results shaky.\n\n\
     Remedy: take a variable out of `by`, or join answers; `smallest_class` sets another limit.",
);

pub(super) static EFFICIENCY: Code = code(
    Severity::Warning,
    "W017",
    "weighting costs much precision",
    "The efficiency of weights is 100 (Σw)² / (n Σw²): the share of respondents that an equally \
     precise sample without weights would need (Kish). Under 80 per cent the sample differs notably \
     from its targets; under 70 the scheme should be thought over.\n\n\
     Remedy: use fewer or broader targets, or trim the weights.",
);

pub(super) static TRIM: Code = error(
    "W018",
    "weights cannot be trimmed to these limits",
    "What is cut off one weight is shared out to the others, so the mean weight stays. It has to lie \
     between the limits.\n\n\
     Remedy: give limits on either side of the mean weight.",
);

pub(super) static UNKNOWN: Code = error(
    "P040",
    "a derived variable is made from something that is not there",
    "A derived variable is made from questions, named by their keys, from items of grids and \
     answers of multiple responses, named as `question.item`, and from derived variables that \
     stand above it in the poll file.\n\n\
     Remedy: correct the name, or move the variable that it needs above it.",
);

pub(super) static UNFIT: Code = error(
    "P041",
    "a derived variable cannot be made from that",
    "`bands` are of numbers, `recode` and `combine` of answers of a list, `count` of answers, \
     `score` of answers that have scores and of numbers. Words that people wrote are not kept.\n\n\
     Remedy: do as the message says; one variable can be made from another in several steps.",
);

pub(super) static TAKEN: Code = error(
    "P042",
    "a derived variable is called like a question",
    "Tables, banners and figures are found by these names, so each stands for one variable. A \
     question is never changed.\n\n\
     Remedy: give the derived variable another name.",
);

pub(super) static NO_ANSWER: Code = error(
    "P043",
    "a derived variable names an answer that is not there",
    "Answers are named by their labels, spelled as in `categories` of the question. In a `recode` \
     of a question with one answer, each of them becomes one new answer.\n\n\
     Remedy: correct the label.",
);

pub(super) static REST: Code = error(
    "P044",
    "a recode leaves answers out",
    "What becomes of each answer of substance is said, so that nobody gets lost in a grouping. \
     Answers such as \"Don't know\" stay as they are unless they are named.\n\n\
     Remedy: name the answers, or add `rest = \"Other\"` to make one answer of them, or \
     `keep = true` to leave them as they are.",
);

pub(super) static OUTSIDE_BANDS: Code = error(
    "P045",
    "numbers are outside all bands",
    "Bands cover all answers, or somebody would drop out of every table without a word.\n\n\
     Remedy: widen the first or last band; `inf` leaves the last open. If such numbers cannot be \
     meant, `outside = \"missing\"` counts them as no answer.",
);

pub(super) static LIST: Code = error(
    "P046",
    "the answers of a derived variable make no list",
    "Each answer has a label and an id of its own, made from the label, by which figures are \
     named; at least one answer is of substance.\n\n\
     Remedy: write labels that differ in their letters or digits.",
);

pub(super) static SCORE: Code = error(
    "P047",
    "a score cannot be made, because answers have no number",
    "A mean needs a number for each answer of substance, and the same number for the same answer. \
     To be reversed, an item needs a smallest and a largest number.\n\n\
     Remedy: complete `scores` of the question or of its scale.",
);

pub(super) static CONDITION: Code = error(
    "P048",
    "the condition of a derived variable does not fit the questionnaire",
    "A condition compares answers of a list with labels, and numbers with numbers.\n\n\
     Remedy: correct the place that the message names.",
);

pub(super) static NOBODY_HAS: Code = code(
    Severity::Warning,
    "P049",
    "nobody has an answer to a derived variable",
    "The variable could be made, but every row is without an answer, so its tables are empty.\n\n\
     Remedy: look whether it is made from the right variables.",
);

pub(super) static LOOKUP: Code = error(
    "P050",
    "a lookup does not fit its file",
    "The file of a lookup is CSV with one row of headers: one column holds the keys, each row has \
     one, and other columns hold the facts.\n\n\
     Remedy: correct the header in the poll file, or the file.",
);

pub(super) static KEY_TWICE: Code = error(
    "P051",
    "a key stands twice in a lookup file",
    "Which of two rows is meant cannot be known.\n\n\
     Remedy: keep one row for each key.",
);

pub(super) static UNMATCHED: Code = code(
    Severity::Warning,
    "P052",
    "a lookup file lacks keys",
    "Respondents whose key is not in the file have no answer to the variables that come from it, \
     for the reason \"Not in the file\". Keys are compared as texts without spaces around them: \
     `012345` and `12345` differ, and a spreadsheet takes such zeros away without a word.\n\n\
     Remedy: complete the file, or write its keys as the data do.",
);

pub(super) static NO_MATCH: Code = error(
    "P053",
    "a lookup file has none of the keys",
    "No respondent's key is in the file, so it is likely to be the wrong file or the wrong column, \
     or its keys are written in another way.\n\n\
     Remedy: look at `from`, `key` and the file.",
);

pub(super) static FACT: Code = error(
    "P054",
    "a cell of a lookup file cannot be used",
    "With `kind = \"number\"` each cell of the column is a number or empty; with `categories` it is \
     one of them or empty; without either, the column has the names of at most 1,000 groups.\n\n\
     Remedy: correct the cell, or the poll file.",
);

/// Every code of this room.
pub static CODES: &[&Code] = &[
    &WEIGHT,
    &NESTED,
    &SIZE,
    &SINGLE,
    &STAGES,
    &REPLICATES,
    &CELL,
    &UNUSABLE,
    &SHEET,
    &VARIABLE,
    &CATEGORY,
    &TWICE,
    &NUMBER,
    &SUM,
    &SOURCE,
    &OUTSIDE,
    &TOO_MANY,
    &NOBODY,
    &UNNAMED,
    &CONVERGED,
    &BOUNDS,
    &BELOW,
    &KEPT,
    &CLASS,
    &EFFICIENCY,
    &TRIM,
    &UNKNOWN,
    &UNFIT,
    &TAKEN,
    &NO_ANSWER,
    &REST,
    &OUTSIDE_BANDS,
    &LIST,
    &SCORE,
    &CONDITION,
    &NOBODY_HAS,
    &LOOKUP,
    &KEY_TWICE,
    &UNMATCHED,
    &NO_MATCH,
    &FACT,
];
