//! What kinds of findings there are; each room declares its own.

use super::Severity;

/// A kind of finding. The letter is the room that finds it, the number never changes.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Such as `V102`.
    pub id: &'static str,
    /// How much it usually matters.
    pub severity: Severity,
    /// A few words: what the kind is.
    pub title: &'static str,
    /// What it means and how to mend it, in Markdown, with an example.
    pub explanation: &'static str,
}
