//! The gate: [`tabulate::Table`](crate::tabulate::Table)s of raw estimates go in,
//! [`Released`] comes out, rounded and with small cells hidden by the profile's rules.
//!
//! May know tables, the questionnaire and the poll. Never lets a number past that the
//! profile does not allow: `Released` and `Figure` have private fields and are made here
//! only, and `chart`, `report` and `publish` accept nothing else.

mod by_hand;
mod codes;
mod figure;
mod gate;
mod linked;
mod notes;
mod protect;
mod quotes;
mod record;
mod release;
mod released;
mod rules;
mod sort;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
mod trend;
mod weights;
mod who;

pub use crate::tabulate::{
    Bases, Block, Break, Comparison, Content, Course, Form, Heading, Label, Makeup, Merged,
    Outside, Reason, Role, Row, Side, Span, Statistic, Times, Verdict, Wave, Wording,
};
pub use codes::CODES;
pub use figure::{Detail, Figure, Half, Status};
pub use quotes::{Quote, Quoted, with_quotes};
pub use release::release;
pub use released::{LeftOut, Note, Released};
pub use rules::{MEAN_DECIMALS, PERCENT_DECIMALS};
pub use who::{Answered, AnsweredBy, AnsweredGroup};

/// A trend whose every number may be published.
pub type Trend = crate::tabulate::Trend<Figure, Figure, Figure>;

/// A table whose every number may be published.
pub type Table = crate::tabulate::Table<Figure>;
