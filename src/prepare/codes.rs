//! What can be wrong with a design.

use crate::diagnostic::{Code, Severity};

const fn error(id: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { id, severity: Severity::Error, title, explanation }
}

pub(super) static WEIGHT: Code = error(
    "P001",
    "the weights are too large to be added up",
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

/// Every code of this room.
pub static CODES: &[&Code] =
    &[&WEIGHT, &NESTED, &SIZE, &SINGLE, &STAGES, &REPLICATES, &CELL, &UNUSABLE];
