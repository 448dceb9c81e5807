//! Reads reference cases, whatever their authors call things, and asks the program.
//!
//! The design of a case goes through the program's own rooms as a poll file (`files`,
//! `design`); replicate weights and steps of weighting are put on top of it. What is
//! estimated is asked of the records (`Study`) and, where a run could publish it, of sums
//! as well (`Inquiry`, in `sums`): both must agree with the reference.
//!
//! ```text
//! case ─ keys          the form: names of keys, lists, nulls
//!  ├ data              columns, levels in R's order, conditions
//!  ├ design            poll file, fractions, unequal probabilities; replicates
//!  ├ weights           rake, poststratify, calibrate, trim; cells, calibration
//!  └ reading           what else it may mean; one choice for all figures of a case
//! ask ─ world          a case made ready
//!  ├ estimates         mean, total, ratio, proportion, quantile, ... as numbers; sums
//!  ├ contrasts, relations, hypotheses, models
//!  └ answer ─ row, words   names of rows and figures, and the comparison
//! ```

mod answer;
pub(crate) mod ask;
mod calibration;
pub(crate) mod case;
mod cells;
mod contrasts;
mod data;
mod design;
mod estimates;
mod files;
mod hypotheses;
mod keys;
mod models;
mod numbers;
pub(crate) mod reading;
mod relations;
mod replicates;
mod row;
mod sums;
mod weights;
mod words;
mod world;
