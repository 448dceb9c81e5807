//! Ground floor: English as it is written in headlines and press releases.
//!
//! Takes a text, gives its words with their places, the numbers in it (in digits and in
//! words, with the "nearly" or "more than" before them) and the words that only a figure
//! can bear, such as "most" and "fell". It knows nothing of polls or results, and never
//! judges whether what is said is true.

mod cue;
mod number;
mod stem;
mod token;

pub use cue::{Bearing, Cue, cues, follows_people};
pub use number::{Amount, Aside, Hedge, MONTHS, Number, Numbers, numbers};
pub use stem::{is_people, is_stop, stem};
pub use token::{Kind, Token, tokens};
