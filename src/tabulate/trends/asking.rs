//! One question over several waves: which of them asked it, and what changed in between.

use super::super::trend::{Heading, Outside, Trend};
use super::super::{Cell, Table};
use super::item::Item;
use super::{Earlier, Figures, Now, Raw, toplines};
use crate::estimate::panel::Panel;
use crate::estimate::{AskedThen, Break, Names, Published, Reason, Wave, differences};
use crate::poll::Benchmark;
use crate::questionnaire::Question;

/// One question of this wave.
pub(super) struct Asking<'a> {
    pub(super) now: &'a Now<'a>,
    pub(super) question: &'a Question,
    pub(super) table: &'a Table<Cell>,
}

/// A wave that asked the question.
pub(super) struct Column<'a> {
    pub(super) wave: &'a Wave,
    pub(super) asked: AskedThen,
    pub(super) seen: Seen<'a>,
}

/// Where a wave's figures are.
pub(super) enum Seen<'a> {
    Table {
        question: usize,
        asked: &'a Question,
        table: &'a Table<Cell>,
        names: &'a Names,
        panel: Option<&'a Panel<'a>>,
    },
    Printed {
        published: &'a Published,
        names: &'a Names,
    },
    Now,
}

impl Asking<'_> {
    /// The trend of the question; none if no other wave and no benchmark has it.
    pub(super) fn trend(&self, earlier: &[Earlier<'_>]) -> Option<Raw> {
        let (columns, breaks) = self.columns(earlier);
        let outside = self.outside();
        if columns.len() < 2 && outside.is_empty() {
            return None;
        }
        let heading = Heading {
            name: format!("{}-waves", self.question.id),
            question: self.table.question.clone(),
            form: self.table.form,
            sensitive: self.table.sensitive,
            waves: columns.iter().map(|column| column.wave.clone()).collect(),
            breaks,
            outside,
        };
        let blocks = self.table.blocks.iter().map(|block| {
            let item = Item { asking: self, columns: &columns, heading: &heading, block };
            item.times()
        });
        let blocks = blocks.collect();
        Some(Trend { heading, blocks })
    }

    /// The waves that asked it, oldest first, and what changed before each.
    fn columns<'c>(
        &'c self,
        earlier: &'c [Earlier<'c>],
    ) -> (Vec<Column<'c>>, Vec<(usize, Break)>) {
        let mut series = Series::default();
        for wave in earlier.iter().rev() {
            if let Some(column) = self.found(wave) {
                series.add(column);
            }
            // Also said of a wave that did not ask: it holds between those around it.
            series.said.extend(self.said(wave));
        }
        series.add(self.own());
        (series.columns, series.breaks)
    }

    /// Why somebody says that the next newer wave cannot be compared with this one.
    fn said(&self, wave: &Earlier<'_>) -> Vec<Break> {
        let own = wave.said.iter().filter(|(key, _)| *key == self.question.id);
        own.map(|(_, why)| Break::whole(Reason::Said(why.clone()))).collect()
    }

    fn own(&self) -> Column<'_> {
        let (question, base) = (self.question, &self.table.question.base);
        let asked = AskedThen::of(question, base, question, &Names::default());
        Column { wave: &self.now.wave, asked, seen: Seen::Now }
    }

    /// The question in an earlier wave.
    fn found<'c>(&self, earlier: &'c Earlier<'c>) -> Option<Column<'c>> {
        let (wave, names) = (&earlier.wave, &earlier.names);
        let (asked, seen) = match &earlier.figures {
            Figures::Published(published) => {
                let asked = AskedThen::printed(published, self.question, names)?;
                (asked, Seen::Printed { published, names })
            }
            Figures::Estimated { .. } => self.asked(earlier)?,
        };
        Some(Column { wave, asked, seen })
    }

    /// The question in an earlier questionnaire, and its topline.
    fn asked<'c>(&self, earlier: &'c Earlier<'c>) -> Option<(AskedThen, Seen<'c>)> {
        let Figures::Estimated { questionnaire, tables, panel } = &earlier.figures else {
            return None;
        };
        let (names, all) = (&earlier.names, &questionnaire.questions);
        let question = all.iter().position(|q| names.question(&q.id) == self.question.id)?;
        let asked = all.get(question)?;
        let mut toplines = toplines(tables).into_iter();
        let table = toplines.find(|table| table.question.id == asked.id)?;
        let then = AskedThen::of(asked, &table.question.base, self.question, names);
        let panel = panel.as_ref();
        Some((then, Seen::Table { question, asked, table, names, panel }))
    }

    /// The benchmarks of this question.
    pub(super) fn benchmarks(&self) -> impl Iterator<Item = &Benchmark> {
        let own = |benchmark: &&Benchmark| {
            let name = benchmark.figure.get_ref().split('.').next();
            name == Some(self.question.id.as_str())
        };
        self.now.poll.benchmarks.iter().filter(own)
    }

    /// Their columns: those of one label and one source stand together.
    fn outside(&self) -> Vec<Outside> {
        let mut columns: Vec<Outside> = Vec::new();
        for benchmark in self.benchmarks() {
            let Benchmark { label, source, base, .. } = benchmark.clone();
            let column = Outside { label, source, base };
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }
}

/// The waves so far, and what changed before each.
#[derive(Default)]
struct Series<'c> {
    columns: Vec<Column<'c>>,
    breaks: Vec<(usize, Break)>,
    /// What is said of the time since the last column.
    said: Vec<Break>,
}

impl<'c> Series<'c> {
    fn add(&mut self, column: Column<'c>) {
        let mut found = std::mem::take(&mut self.said);
        let place = self.columns.len();
        if let Some(before) = self.columns.last() {
            found.extend(differences(&before.asked, &column.asked));
            found.extend(reweighted(before.wave, column.wave));
            self.breaks.extend(found.into_iter().map(|found| (place, found)));
        }
        self.columns.push(column);
    }
}

/// Whether the variables of weighting differ, where those of both waves are known.
fn reweighted(before: &Wave, after: &Wave) -> Option<Break> {
    let (before, after) = (before.weighted_by.as_ref()?, after.weighted_by.as_ref()?);
    (before != after).then(|| Break::whole(Reason::Weighting))
}
