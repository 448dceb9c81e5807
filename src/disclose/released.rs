//! What may leave: tables of figures and the notes that go with them.

use super::{Answered, Comparison, Quoted, Table, Trend};
use crate::poll::Profile;

/// Everything that may be published about one poll.
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    pub(super) profile: Profile,
    pub(super) tables: Vec<Table>,
    pub(super) respondents: u64,
    pub(super) rows: (u64, u64),
    pub(super) weighted: bool,
    pub(super) effective: Option<u64>,
    pub(super) intervals: bool,
    pub(super) hidden: u64,
    pub(super) notes: Vec<Note>,
    pub(super) answered: Option<Answered>,
    pub(super) weighted_by: Vec<String>,
    pub(super) comparisons: Vec<Comparison>,
    pub(super) trends: Vec<Trend>,
    pub(super) quoted: Vec<Quoted>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) record: String,
}

/// A table by groups of which nothing may be shown, so that it is in no output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its name in files.
    pub name: String,
    /// The question's id.
    pub question: String,
    /// The banner's id.
    pub banner: String,
}

/// A sentence for the method section, with numbers already rounded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about, such as "Repairs".
    pub topic: &'static str,
    /// The sentence.
    pub text: String,
}

impl Released {
    /// Who may read it.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Toplines first, in the order of the questionnaire, each followed by its crosstabs.
    #[must_use]
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Respondents in the whole poll: exact in every profile.
    #[must_use]
    pub fn respondents(&self) -> u64 {
        self.respondents
    }

    /// What it tells and what is behind it, for the private folder: the next release of the
    /// same wave takes it into account.
    #[must_use]
    pub fn record(&self) -> &str {
        &self.record
    }

    /// The same with some of its tables only, under other names.
    #[must_use]
    pub fn only(mut self, name: impl Fn(&str) -> Option<String>) -> Self {
        self.tables.retain_mut(|table| {
            let new = name(&table.name);
            let kept = new.is_some();
            if let Some(new) = new {
                table.name = new;
            }
            kept
        });
        self
    }

    /// Rows read and rows counted, rounded as bases are.
    #[must_use]
    pub fn rows(&self) -> (u64, u64) {
        self.rows
    }

    /// Whether figures are of weights.
    #[must_use]
    pub fn weighted(&self) -> bool {
        self.weighted
    }

    /// What weighting leaves of the respondents (Kish), to the nearest ten; none without
    /// weights, or if it would give the size of a small group away.
    #[must_use]
    pub fn effective(&self) -> Option<u64> {
        self.effective
    }

    /// Whether charts and titles may show intervals.
    #[must_use]
    pub fn intervals_on_charts(&self) -> bool {
        self.intervals
    }

    /// How many figures are hidden to protect confidentiality.
    #[must_use]
    pub fn hidden(&self) -> u64 {
        self.hidden
    }

    /// Who answered, against those whom the poll stands for.
    #[must_use]
    pub fn answered(&self) -> Option<&Answered> {
        self.answered.as_ref()
    }

    /// The variables whose targets the weights meet, in words.
    #[must_use]
    pub fn weighted_by(&self) -> &[String] {
        &self.weighted_by
    }

    /// Every comparison of columns, in full: for the analyst only.
    #[must_use]
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Questions over several waves, in the order of the questionnaire.
    #[must_use]
    pub fn trends(&self) -> &[Trend] {
        &self.trends
    }

    /// What members wrote, by question: what a person approved, and nothing else.
    #[must_use]
    pub fn quoted(&self) -> &[Quoted] {
        &self.quoted
    }

    /// Tables by groups that are left out to protect respondents.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What was done to the data.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
