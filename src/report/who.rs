//! "Who answered": respondents beside those whom the poll stands for, a picture of all and
//! a table for each variable.
//!
//! May know what was released. Takes figures as the gate left them.

use super::document::{Column, Entry, Grid, Line, LineKind, Part, Section, SectionKind, plain};
use super::grid::explained;
use super::print;
use crate::chart::{Chart, PROFILE};
use crate::disclose::{Answered, AnsweredBy, AnsweredGroup, Figure, Released, Statistic};
use crate::words::{Words, fill};

/// The section; none if it is not known whom the poll stands for.
pub(super) fn section(released: &Released, charts: &[Chart], words: &Words) -> Option<Section> {
    let answered = released.answered()?;
    let long = if answered.framed { words.who_framed } else { words.who_aimed };
    let mut parts = vec![Part::Paragraph(plain(long))];
    let drawn = charts.iter().any(|chart| chart.table == PROFILE);
    parts.extend(drawn.then(|| Part::Figure(PROFILE.to_owned())));
    parts.extend(answered.variables.iter().map(|v| Part::Table(grid(answered, v, words))));
    parts.extend(sources(answered, words).into_iter().map(|s| Part::Paragraph(plain(s))));
    Some(Section {
        id: "who".to_owned(),
        kind: SectionKind::Reference,
        title: words.who.to_owned(),
        parts,
    })
}

/// What the shorthand in its tables means.
pub(super) fn keys(released: &Released, words: &Words) -> Vec<String> {
    let answered = released.answered().into_iter();
    let grids = answered.flat_map(|a| a.variables.iter().map(|v| grid(a, v, words)));
    grids.flat_map(|grid| grid.keys).collect()
}

fn grid(answered: &Answered, variable: &AnsweredBy, words: &Words) -> Grid {
    let rates = variable.groups.iter().any(|group| group.rate.is_some());
    let population = if answered.framed { words.who_members } else { words.who_target };
    let headings = [population, words.who_unweighted, words.who_weighted];
    let rate = rates.then_some(words.who_rate);
    let column = |text: &str| Column { text: text.to_owned(), kind: LineKind::Plain };
    let grid = Grid {
        name: format!("who-answered-{}", variable.name),
        caption: fill(words.table_by, &[("title", words.who), ("banner", &variable.title)]),
        keys: Vec::new(),
        corner: words.who_group,
        columns: headings.into_iter().chain(rate).map(column).collect(),
        lines: variable.groups.iter().map(|group| line(group, rates, words)).collect(),
        foot: Vec::new(),
    };
    Grid { keys: explained(&grid, words), ..grid }
}

fn figures(group: &AnsweredGroup) -> [Option<&Figure>; 4] {
    let AnsweredGroup { population, unweighted, weighted, rate, .. } = group;
    [Some(population), Some(unweighted), Some(weighted), rate.as_ref()]
}

fn line(group: &AnsweredGroup, rates: bool, words: &Words) -> Line {
    let cells = figures(group).into_iter().take(if rates { 4 } else { 3 });
    let cell = |figure: Option<&Figure>| match figure {
        Some(figure) => print::entry(figure, Statistic::Percent, false, words),
        None => Entry::plain(crate::disclose::Status::NotAvailable.code()),
    };
    Line { label: group.label.clone(), kind: LineKind::Plain, cells: cells.map(cell).collect() }
}

/// Each source once.
fn sources(answered: &Answered, words: &Words) -> Vec<String> {
    let mut known: Vec<&str> = Vec::new();
    for source in answered.variables.iter().filter_map(|v| v.source.as_deref()) {
        if !known.contains(&source) {
            known.push(source);
        }
    }
    let sentence = |source: &str| fill(words.who_source, &[("source", source)]);
    known.into_iter().map(sentence).collect()
}
