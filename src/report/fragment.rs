//! Charts on their own, for pages of others: each with its heading, its marks, all that must
//! be read with it, its tables and the records that it draws.
//!
//! Takes released tables, charts and the sections of the page. Never says less of a chart
//! than the page does: what is pasted elsewhere is read alone.

use super::Mark;
use super::document::{Grid, Part, Section};
use super::record::{self, Record};
use crate::chart::Chart;
use crate::disclose::{Released, Trend};
use crate::poll::Poll;
use crate::words::Words;

/// A chart that stands on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Fragment {
    /// The chart's name, which is that of its table.
    pub name: String,
    /// The heading: a finding, or what the table is about.
    pub heading: String,
    /// What must be said first, such as that the data are made up: a short word and its
    /// sentence.
    pub marks: Vec<(&'static str, &'static str)>,
    /// The question, who is counted, what the marks mean, the source: paragraphs.
    pub notes: Vec<String>,
    /// Its tables, whose captions have no numbers: those are the page's.
    pub grids: Vec<Grid>,
    /// What it draws; none where its figures have no records.
    pub records: Vec<Record>,
    /// The fixed words around it.
    pub labels: Labels,
}

/// The fixed words of every fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Labels {
    /// For who pastes it; `{hash}` stands for the hash of its style sheet.
    pub comment: &'static str,
    /// What opens the tables.
    pub figures: &'static str,
    /// The link to the data file.
    pub data: &'static str,
}

/// A fragment for each chart; tables must not have their numbers yet.
pub(super) fn fragments(
    poll: &Poll,
    released: &Released,
    charts: &[Chart],
    (sections, marks): (&[Section], &[Mark]),
) -> Vec<Fragment> {
    let words = poll.words;
    let labels = Labels {
        comment: words.embed_comment,
        figures: words.embed_figures,
        data: words.embed_data,
    };
    let marks: Vec<_> = marks.iter().map(|mark| (mark.short, mark.sentence)).collect();
    let fragment = |chart: &Chart| Fragment {
        name: chart.table.clone(),
        heading: chart.heading.clone(),
        marks: marks.clone(),
        notes: notes(chart),
        grids: grids(&chart.table, sections),
        records: records(&chart.table, poll, released),
        labels,
    };
    charts.iter().map(fragment).collect()
}

fn notes(chart: &Chart) -> Vec<String> {
    let all = [&chart.question].into_iter().chain(&chart.notes).chain([&chart.source]);
    all.filter(|note| !note.is_empty()).cloned().collect()
}

/// The tables that follow the picture in the page.
fn grids(name: &str, sections: &[Section]) -> Vec<Grid> {
    let parts = sections.iter().flat_map(|section| &section.parts);
    let after = parts.skip_while(|part| !matches!(part, Part::Figure(table) if table == name));
    after
        .skip(1)
        .map_while(|part| match part {
            Part::Table(grid) => Some(grid.clone()),
            _ => None,
        })
        .collect()
}

/// The records of a table with its total, or those of a question in all waves.
fn records(name: &str, poll: &Poll, released: &Released) -> Vec<Record> {
    let table = released.tables().iter().find(|table| table.name == name);
    let trend = released.trends().iter().find(|trend| trend.heading.name == name);
    let mut records: Vec<Record> = match (table, trend) {
        (Some(table), _) => record::of_table(table, &[], poll.words).collect(),
        (None, Some(trend)) => over_time(trend, released, poll.words),
        (None, None) => Vec::new(),
    };
    if poll.synthetic {
        record::mark(&mut records, poll.words);
    }
    records
}

/// Earlier waves and changes, then this wave's figures, which the topline has.
fn over_time(trend: &Trend, released: &Released, words: &Words) -> Vec<Record> {
    let question = &trend.heading.question.id;
    let topline = released
        .tables()
        .iter()
        .find(|table| table.banner.is_none() && !table.own && &table.question.id == question);
    let in_trend = |now: &Record| {
        trend.blocks.iter().any(|block| {
            let item = block.item.as_ref().map(|item| &item.text);
            item == now.item.as_ref() && block.rows.iter().any(|r| r.label.text == now.answer)
        })
    };
    let mut records = record::of_trend(trend, words);
    let now: Vec<Record> = (topline.into_iter())
        .flat_map(|table| record::of_table(table, &[], words))
        .filter(|now| in_trend(now))
        .collect();
    records.extend(now);
    records
}

#[cfg(test)]
mod tests {
    use super::super::testing::{drawn, poll, released, report, with_waves};
    use super::*;

    #[test]
    fn every_chart_has_its_words_tables_and_records() {
        let report = report();
        let names: Vec<&str> = report.fragments.iter().map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["adequate", "inspection"]);
        let first = &report.fragments[0];
        assert_eq!(first.marks[0].0, "Synthetic data");
        assert_eq!(first.notes.len(), 3);
        let captions: Vec<&str> = first.grids.iter().map(|g| g.caption.as_str()).collect();
        assert_eq!(captions, ["Pause adequate"], "without a number");
        let answers: Vec<&str> = first.records.iter().map(|r| r.answer.as_str()).collect();
        assert_eq!(answers, ["Yes", "No", "Don't know"]);
    }

    #[test]
    fn a_crosstab_keeps_the_total_that_it_shows() {
        let records = records("adequate-phase", &poll(), &released());
        assert!(records.iter().any(|record| record.group == "Total"));
        assert!(records.iter().any(|record| record.group == "Special"));
    }

    #[test]
    fn a_trend_has_the_figures_of_this_wave_too() {
        let records = records("adequate-waves", &poll(), &with_waves(released()));
        let waves: Vec<_> = (records.iter())
            .filter(|record| record.answer == "Yes")
            .map(|record| (record.wave.as_deref(), record.statistic))
            .collect();
        let earlier = Some("2023-11");
        assert_eq!(waves, [(earlier, "percent"), (None, "change"), (None, "percent")]);
    }

    #[test]
    fn a_chart_without_a_table_has_none() {
        assert!(grids("elsewhere", &[]).is_empty());
        assert!(records(&drawn().charts[0].heading, &poll(), &released()).len() == 3);
    }
}
