//! Regression models of weighted records.
//!
//! Takes a formula as R's users type it, columns of numbers and answers, and weights;
//! gives coefficients and average effects, each with the influence of every record
//! (R survey: `svyglm`). A variance comes from the influences and the design elsewhere.
//! A model that does not exist is a [`Refusal`] that names the remedy.
//!
//! ```text
//! Formula::parse → Model::new → Regression::new → fit → Model::effect
//!   (formula)       (matrix)        (glm)        (irls)    (effects)
//! ```
//!
//! A formula without a response gives a [`Model`] too: its columns are what weights are
//! calibrated on.

mod effects;
mod family;
pub mod formula;
mod glm;
mod irls;
mod least_squares;
mod matrix;
mod refusal;
mod response;
mod slope;
#[cfg(test)]
mod tests;
mod values;

pub use effects::{Contrast, Effect, Question, Ratio, exponential, ratio};
pub use family::{Family, Link};
pub use formula::{Formula, Problem};
pub use glm::{Fit, Regression};
pub use irls::Stop;
pub use matrix::{Choices, Model};
pub use refusal::Refusal;
pub use values::{Column, Columns};

/// What must stand with every figure of a model. Texts about them say "goes with", never
/// "leads to".
pub const ASSOCIATION: &str = "These figures say what goes with what among people alike in \
    the other variables of the model. They do not say what leads to what: people were not \
    put into groups by chance, and variables that are not in the model may explain the \
    differences.";
