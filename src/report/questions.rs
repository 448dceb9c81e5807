//! One section for each question: its wording, its topline and its crosstabs, each as a
//! picture (where there is one) and a table.
//!
//! May know released tables and the names of the charts. Never reorders: toplines come in
//! the order of the questionnaire, each followed by its crosstabs.

use super::Drawn;
use super::document::{Part, Section, SectionKind};
use super::grid::grids;
use super::titles::Titles;
use super::waves;
use crate::chart::Chart;
use crate::disclose::Form;
use crate::disclose::{Released, Table, Trend};
use crate::words::{Words, fill};

/// All questions, in the order in which they were released; tables have no numbers yet.
pub(super) fn sections(released: &Released, drawn: &Drawn, words: &Words) -> Vec<Section> {
    let (intervals, trends) = (released.intervals_on_charts(), released.trends());
    let Drawn { charts, titles, .. } = drawn;
    let page = Page { charts, titles, trends, intervals, words };
    let questions = released.tables().chunk_by(|a, b| a.question.id == b.question.id);
    questions.filter_map(|q| page.section(q)).collect()
}

struct Page<'a> {
    charts: &'a [Chart],
    titles: &'a Titles,
    trends: &'a [Trend],
    intervals: bool,
    words: &'a Words,
}

impl Page<'_> {
    fn section(&self, tables: &[Table]) -> Option<Section> {
        let first = tables.first()?;
        let own = |table: &Table| {
            let parts: Vec<Part> = self.table(table).collect();
            // Earlier waves stand beside the whole poll, before its groups.
            let topline = table.banner.is_none() && !table.own;
            parts.into_iter().chain(self.waves(table).into_iter().filter(move |_| topline))
        };
        let title = self.titles.get(&first.name);
        let parts = [asked(first, title.is_some(), self.words)].into_iter();
        Some(Section {
            id: format!("q-{}", first.question.id),
            kind: SectionKind::Question,
            title: title.unwrap_or(&first.question.title).clone(),
            parts: parts.chain(tables.iter().flat_map(own)).collect(),
        })
    }

    /// The question over several waves, if it has any.
    fn waves(&self, table: &Table) -> Vec<Part> {
        let mut trends = self.trends.iter();
        let own = trends.find(|trend| trend.heading.question.id == table.question.id);
        let parts = |trend: &Trend| {
            let title = self.titles.get(&trend.heading.name);
            waves::parts(trend, title, self.charts, self.intervals, self.words)
        };
        own.map(parts).unwrap_or_default()
    }

    /// A crosstab's heading, the picture if there is one, and the table.
    fn table(&self, table: &Table) -> impl Iterator<Item = Part> {
        let heading = match (&table.banner, table.own) {
            (None, false) => None,
            (None, true) => Some(table.title.clone()),
            (Some(banner), true) => Some(self.words.by(&table.title, &banner.text)),
            (Some(banner), false) => Some(fill(self.words.by, &[("banner", &banner.text)])),
        };
        // A finding in place of what the table is by, which its caption says too.
        let heading =
            heading.map(|usual| self.titles.get(&table.name).cloned().unwrap_or(usual));
        let heading = heading.map(Part::Heading);
        let drawn = self.charts.iter().any(|chart| chart.table == table.name);
        let figure = drawn.then(|| Part::Figure(table.name.clone()));
        let grids = grids(table, self.intervals, self.words);
        heading.into_iter().chain(figure).chain(grids.into_iter().map(Part::Table))
    }
}

/// The question as it was put, how it could be answered, and by whom; below a finding with
/// the question's short title, which then stands nowhere else.
pub(super) fn asked(table: &Table, finding: bool, words: &Words) -> Part {
    let how = match table.form {
        Form::Single { .. } => words.one_answer,
        Form::Battery { .. } => words.each_item,
        Form::Multi => words.several_answers,
        Form::Number => words.a_number,
        Form::Rank => words.in_order,
    };
    let base = fill(words.asked_of, &[("base", &table.question.base)]);
    let multi = matches!(table.form, Form::Multi).then(|| words.adds_up.to_owned());
    let terms = [format!("{how} {base}")].into_iter().chain(multi);
    let title = &table.question.title;
    Part::Asked {
        topic: finding.then(|| title.clone()),
        wording: Some(&table.question.text)
            .filter(|text| *text != title)
            .map(|text| words.in_quotes(text)),
        terms: terms.chain(table.question.note.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, released};
    use super::*;
    use crate::words::EN_GB;

    fn outline(section: &Section) -> Vec<String> {
        let name = |part: &Part| match part {
            Part::Heading(text) => format!("heading {text}"),
            Part::Asked { .. } => "asked".to_owned(),
            Part::Figure(table) => format!("figure {table}"),
            Part::Table(grid) => format!("table {}", grid.name),
            other => format!("{other:?}"),
        };
        section.parts.iter().map(name).collect()
    }

    #[test]
    fn a_question_is_its_wording_its_topline_and_its_crosstabs() {
        let sections = sections(&released(), &drawn(), &EN_GB);
        assert_eq!(sections[0].id, "q-adequate");
        assert_eq!(
            outline(&sections[0]),
            [
                "asked",
                "figure adequate",
                "table adequate",
                "heading By Phase",
                "table adequate-phase"
            ]
        );
    }

    #[test]
    fn a_wording_that_is_the_title_is_not_said_twice() {
        let wording = |text: &str| {
            let mut table = released().tables()[0].clone();
            table.question.text = text.to_owned();
            match asked(&table, false, &EN_GB) {
                Part::Asked { wording, .. } => wording,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(wording("Pause adequate"), None);
        assert_eq!(wording("Was it enough?").as_deref(), Some("“Was it enough?”"));
    }

    #[test]
    fn a_title_takes_the_place_of_a_heading_and_the_short_title_stands_below() {
        let mut drawn = drawn();
        let title = |text: &str| text.to_owned();
        drawn.titles.insert(title("adequate"), title("Few said yes"));
        drawn.titles.insert(title("adequate-phase"), title("Primary is like the rest"));
        let section = sections(&released(), &drawn, &EN_GB).remove(0);
        assert_eq!(
            (section.id.as_str(), section.title.as_str()),
            ("q-adequate", "Few said yes")
        );
        let Part::Asked { topic, .. } = &section.parts[0] else { panic!("not asked") };
        assert_eq!(topic.as_deref(), Some("Pause adequate"));
        assert_eq!(outline(&section)[3], "heading Primary is like the rest");
    }
}
