//! Small groups of banners that are merged before anything is hidden, and what is said of it.

use super::super::codes;
use super::super::columns::Columns;
use super::Wanting;
use crate::diagnostic::Finding;
use crate::poll::tables::Banner;
use crate::prepare::Grouping;

impl Wanting<'_> {
    /// The groups of each question of a banner: those that are too small for these readers
    /// are merged where the questionnaire allows it. A nested banner has the same groups
    /// under each outer one, which are counted in the whole sample.
    pub(super) fn groupings(
        &self,
        questions: &[usize],
        counted: Option<&[bool]>,
    ) -> Vec<Grouping> {
        let (floor, words) = (self.poll.floor(), self.poll.words);
        let rows = self.sample.frame();
        let of = |question: &usize| {
            let question = &self.questionnaire.questions[*question];
            Grouping::merged(question, (rows, counted), floor, words)
        };
        questions.iter().map(of).collect()
    }

    /// Says which groups are merged; none if that leaves no two of them.
    pub(super) fn check_merged(
        &mut self,
        columns: &Columns,
        banner: &Banner,
        key: &str,
    ) -> Option<()> {
        let merged: Vec<String> =
            columns.merged().map(|(_, group)| format!("`{}`", group.label)).collect();
        if merged.is_empty() {
            return Some(());
        }
        let name = banner.typed.get_ref();
        let few = format!("fewer than {} people are in one of them", self.poll.floor());
        let place = self.poll.place(&banner.typed, key);
        let whole = columns.groups.len() < 2;
        let finding = if whole {
            Finding::new(&codes::MERGED_ALL, format!("the banner `{name}` is left out"))
                .because("all its groups are merged into one, which would repeat the total")
                .help("none is needed; or merge fewer answers in the schema")
        } else {
            Finding::new(&codes::MERGED, format!("groups of `{name}` are merged"))
                .because(format!("{few}: {}", merged.join(", ")))
                .help("none is needed; headlines name merged groups by their new ids")
        };
        self.findings.push(finding.at(place));
        (!whole).then_some(())
    }
}
