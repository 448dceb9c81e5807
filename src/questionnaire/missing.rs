//! What stands for no answer, and why there is none.

use super::typed;
use crate::document::Spanned;

/// The reason of the empty cell unless the schema names another one.
const NO_ANSWER: &str = "No answer";

/// What stands for no answer, each with its reason in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Missing {
    /// Whole cells; the empty one is the first.
    pub texts: Vec<(String, String)>,
    /// Numbers from the first to the second, both included.
    pub ranges: Vec<(f64, f64, String)>,
}

impl Default for Missing {
    fn default() -> Self {
        Self { texts: vec![(String::new(), NO_ANSWER.to_owned())], ranges: Vec::new() }
    }
}

impl Missing {
    /// Those of a list in the schema.
    pub(super) fn new(typed: &[Spanned<typed::Missing>]) -> Self {
        let mut missing = Self::default();
        missing.add(typed);
        missing
    }

    /// Adds those of a further list, which go before the earlier ones.
    pub(super) fn add(&mut self, typed: &[Spanned<typed::Missing>]) {
        for entry in typed.iter().map(Spanned::get_ref) {
            let label = entry.label.clone().unwrap_or_else(|| NO_ANSWER.to_owned());
            if let Some((from, to)) = entry.range {
                self.ranges.push((from, to, label));
            } else if let Some(held) = self.texts.iter_mut().find(|(v, _)| *v == entry.value) {
                held.1 = label;
            } else {
                self.texts.push((entry.value.clone(), label));
            }
        }
    }

    /// The reasons in the order of their codes, which follow those of the answers.
    #[must_use]
    pub fn reasons(&self) -> Vec<&str> {
        let texts = self.texts.iter().map(|(_, label)| label.as_str());
        let ranges = self.ranges.iter().map(|(_, _, label)| label.as_str());
        let mut reasons: Vec<&str> = Vec::new();
        for label in texts.chain(ranges) {
            if !reasons.contains(&label) {
                reasons.push(label);
            }
        }
        reasons
    }

    /// The labels that follow a list of answers in its column: why there is no answer. The
    /// last three are "[Not reached]", "[Not asked]" and "[Not valid]".
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let declared =
            self.reasons().into_iter().chain(["Not reached", "Not asked", "Not valid"]);
        let mut labels: Vec<String> = Vec::new();
        for label in declared.map(|label| format!("[{label}]")) {
            // A missing code may be declared as "Not asked": it is the same reason.
            labels.retain(|held| *held != label);
            labels.push(label);
        }
        labels
    }

    /// The reason for which a cell holds no answer, as an index of [`Missing::reasons`];
    /// `number` is the cell as a number, if it is one.
    #[must_use]
    pub fn reason(&self, cell: &str, number: Option<f64>) -> Option<usize> {
        let text = self.texts.iter().find(|(value, _)| value == cell).map(|(_, label)| label);
        let within = |number: f64| {
            self.ranges.iter().find(|(from, to, _)| (*from..=*to).contains(&number))
        };
        let label = text.or_else(|| number.and_then(within).map(|(_, _, label)| label))?;
        self.reasons().iter().position(|reason| reason == label)
    }
}
