//! One table on its own, as a terminal shows it: the banners of a question stand side by
//! side, each under its name, with the letters of its columns.
//!
//! Takes what was released, arranges the grids of the page anew. Prints no figure in
//! another way than the page does.

use std::ops::Range;

use super::document::{Entry, Grid, Part};
use super::grid::{caption, grids};
use super::{marks, questions};
use crate::disclose::{Released, Table};
use crate::poll::tables::Test;
use crate::poll::{Poll, Profile};
use crate::stats::test::letter;
use crate::words::{Words, fill};

/// A question's tables, and what is said about them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    /// What must be said first: a short word and its sentence.
    pub marks: Vec<(&'static str, &'static str)>,
    /// The question as it was put, in quotation marks, if that is not its title.
    pub wording: Option<String>,
    /// How it could be answered and by whom.
    pub terms: Vec<String>,
    /// One table; one for each item of a battery by groups. What shorthand and marks mean
    /// stands with each, only what occurs.
    pub tables: Vec<Crosstab>,
}

/// A table whose columns are the total and the groups of all banners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crosstab {
    /// The figures.
    pub grid: Grid,
    /// What stands above some of the columns: the names of the banners, if there are several.
    pub spans: Vec<(String, Range<usize>)>,
    /// The letter of each column, empty where it is compared with no other.
    pub letters: Vec<String>,
}

/// Unweighted bases under which a column is marked, smallest first, for the analyst. Others
/// have no figures there, or read so beside each of them.
const LOW: [(f64, &str); 2] = [(50.0, "‡"), (100.0, "†")];

/// The tables of the one question that was released.
#[must_use]
pub fn alone(poll: &Poll, released: &Released) -> Alone {
    let words = poll.words;
    let Some(first) = released.tables().first() else { return Alone::default() };
    let Part::Asked { wording, terms, .. } = questions::asked(first, false, words) else {
        return Alone::default();
    };
    let intervals = released.intervals_on_charts();
    let tables = released.tables().iter().map(|table| crosstabs(table, intervals, words));
    let analyst = released.profile() == Profile::Analyst;
    let mut tables = tables.reduce(side_by_side).unwrap_or_default();
    for (at, table) in tables.iter_mut().enumerate() {
        table.grid.caption = whole_caption(released.tables(), at, words);
        if analyst {
            mark_low(released.tables(), at, &mut table.grid, words);
        }
        explain_letters(table, poll.tables.test, words);
    }
    let marks = marks(poll, released.profile(), words);
    let marks = marks.into_iter().map(|mark| (mark.short, mark.sentence)).collect();
    Alone { marks, wording, terms, tables }
}

/// The grids of a table, under the name of its banner.
fn crosstabs(table: &Table, intervals: bool, words: &Words) -> Vec<Crosstab> {
    let grids = grids(table, intervals, words).into_iter();
    let crosstab = |mut grid: Grid| {
        let spans = spans(table, &mut grid);
        let compared = table.banner.is_some();
        let letters = (0..grid.columns.len()).map(|at| match at.checked_sub(1) {
            Some(group) if compared => letter(group),
            _ => String::new(),
        });
        Crosstab { spans, letters: letters.collect(), grid }
    };
    grids.map(crosstab).collect()
}

/// What stands above the columns: the groups of the outer variables of a nested banner, each
/// said once, otherwise the banner's name.
fn spans(table: &Table, grid: &mut Grid) -> Vec<(String, Range<usize>)> {
    if table.spans.is_empty() {
        let groups = 1..grid.columns.len();
        return table.banner.iter().map(|b| (b.text.clone(), groups.clone())).collect();
    }
    for span in &table.spans {
        let before = format!("{}, ", span.text);
        for column in grid.columns.iter_mut().take(span.columns.end).skip(span.columns.start) {
            if let Some(inner) = column.text.strip_prefix(&before) {
                column.text = inner.to_owned();
            }
        }
    }
    table.spans.iter().map(|span| (span.text.clone(), span.columns.clone())).collect()
}

/// Puts the groups of a banner beside those before them; the total stands there already.
fn side_by_side(mut before: Vec<Crosstab>, after: Vec<Crosstab>) -> Vec<Crosstab> {
    for (left, right) in before.iter_mut().zip(after) {
        let shift = left.grid.columns.len() - 1;
        left.grid.columns.extend(right.grid.columns.into_iter().skip(1));
        left.letters.extend(right.letters.into_iter().skip(1));
        let spans = right.spans.into_iter();
        left.spans.extend(spans.map(|(text, at)| (text, at.start + shift..at.end + shift)));
        for key in right.grid.keys {
            if !left.grid.keys.contains(&key) {
                left.grid.keys.push(key);
            }
        }
        let lines = right.grid.lines.into_iter().chain(right.grid.foot);
        let held = left.grid.lines.iter_mut().chain(&mut left.grid.foot);
        for (line, more) in held.zip(lines) {
            line.cells.extend(more.cells.into_iter().skip(1));
        }
    }
    before
}

/// What a table shows, with the names of all banners.
fn whole_caption(tables: &[Table], at: usize, words: &Words) -> String {
    let Some(first) = tables.first() else { return String::new() };
    let banners = tables.iter().filter_map(|table| table.banner.as_ref());
    let banners: Vec<String> = banners.map(|banner| banner.text.clone()).collect();
    let banners = (!banners.is_empty()).then(|| words.list(&banners));
    let item = first.blocks.get(at).and_then(|block| block.item.as_ref());
    let item = item.filter(|_| banners.is_some() || first.blocks.len() == 1);
    let title = match item {
        Some(item) => format!("{}: {}", first.title, item.text),
        None => first.title.clone(),
    };
    caption(first, &title, banners.as_deref(), words)
}

/// Marks the unweighted bases of small columns.
fn mark_low(tables: &[Table], at: usize, grid: &mut Grid, words: &Words) {
    let own = |(nth, table): (usize, &Table)| {
        let bases =
            table.blocks.get(at).map(|block| block.bases.as_slice()).unwrap_or_default();
        bases[bases.len().min(usize::from(nth > 0))..].to_vec()
    };
    let bases = tables.iter().enumerate().flat_map(own);
    let bases: Vec<_> = bases.map(|bases| bases.unweighted.value()).collect();
    let Some(line) = grid.foot.first_mut().filter(|line| line.cells.len() == bases.len())
    else {
        return;
    };
    let mark = |base: f64| LOW.iter().find(|(limit, _)| base < *limit);
    for (cell, base) in line.cells.iter_mut().zip(&bases) {
        if let Some((_, mark)) = base.and_then(mark) {
            *cell = Entry { letters: (*mark).to_owned(), ..std::mem::take(cell) };
        }
    }
    for (limit, mark) in LOW.iter().rev() {
        if line.cells.iter().any(|cell| cell.letters == *mark) {
            let n = limit.to_string();
            grid.keys.push(fill(words.key_low_base, &[("mark", mark), ("n", &n)]));
        }
    }
}

/// Says what letters mean, where figures have any; otherwise columns have none either.
fn explain_letters(table: &mut Crosstab, test: Test, words: &Words) {
    let mut cells = table.grid.lines.iter().flat_map(|line| &line.cells);
    if cells.all(|cell| cell.letters.is_empty()) {
        table.letters.iter_mut().for_each(String::clear);
        return;
    }
    let [strong, weak] = test.alpha;
    let sentence = if strong < weak { words.key_letters } else { words.key_letters_one };
    let percent = |alpha: f64| words.number(alpha * 100.0, 0);
    table.grid.keys.push(fill(
        sentence,
        &[
            ("strong", &percent(strong)),
            ("weak", &percent(weak)),
            ("method", test.method.name()),
            ("adjust", test.adjust.name()),
        ],
    ));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll, released};
    use super::*;
    use crate::disclose::Label;
    use crate::disclose::testing::released as gate;
    use crate::words::EN_GB;

    /// A question by two banners, the second with other names.
    fn two_banners() -> Released {
        let phase = released().tables()[1].clone();
        let mut role = phase.clone();
        role.banner = Some(Label { id: "role".to_owned(), text: "Role".to_owned() });
        role.groups[1].text = "Teacher".to_owned();
        role.groups[2].text = "Head".to_owned();
        gate(vec![phase, role], false)
    }

    fn shown(released: &Released) -> Alone {
        alone(&poll(), released)
    }

    #[test]
    fn banners_stand_side_by_side_and_the_total_once() {
        let alone = shown(&two_banners());
        let [table] = &alone.tables[..] else { panic!("{} tables", alone.tables.len()) };
        let heads: Vec<&str> = table.grid.columns.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(heads, ["Total", "Primary", "Special", "Teacher", "Head"]);
        assert_eq!(table.spans, [("Phase".to_owned(), 1..3), ("Role".to_owned(), 3..5)]);
        assert_eq!(table.grid.caption, "Pause adequate, by Phase and Role");
        let lines = table.grid.lines.iter().chain(&table.grid.foot);
        assert!(lines.into_iter().all(|line| line.cells.len() == heads.len()));
    }

    #[test]
    fn figures_and_shorthand_are_those_of_the_page() {
        let alone = shown(&two_banners());
        let no = &alone.tables[0].grid.lines[1];
        let cells: Vec<&str> = no.cells.iter().map(|cell| cell.text.as_str()).collect();
        assert_eq!(cells, ["90%", "89% [u]", "[c]", "89% [u]", "[c]"]);
        let keys = &alone.tables[0].grid.keys;
        assert_eq!(keys[..], [EN_GB.key_c, EN_GB.key_u], "each once");
        assert_eq!(alone.marks[0].0, "Synthetic data");
    }

    #[test]
    fn columns_have_letters_only_where_figures_have() {
        let mut alone = shown(&two_banners());
        assert!(alone.tables[0].letters.iter().all(String::is_empty));
        let table = &mut alone.tables[0];
        table.grid.lines[0].cells[1].letters = "B".to_owned();
        table.letters[1] = "A".to_owned();
        explain_letters(table, Test::default(), &EN_GB);
        assert_eq!(table.letters[1], "A");
        let said = table.grid.keys.last().map(String::as_str);
        assert_eq!(
            said,
            Some(
                "Letters: the figure is higher than that of the column with the letter, \
                 capitals at 5%, lower case at 10% (method design, adjustment holm)."
            )
        );
    }

    #[test]
    fn a_battery_by_groups_has_a_table_for_each_item() {
        let mut battery = released().tables()[2].clone();
        battery.banner = released().tables()[1].banner.clone();
        let alone = shown(&gate(vec![battery], false));
        let captions: Vec<&str> =
            alone.tables.iter().map(|table| table.grid.caption.as_str()).collect();
        assert_eq!(
            captions,
            [
                "Effects of inspection: Adds to workload, by Phase",
                "Effects of inspection: Affects home life, by Phase"
            ]
        );
    }

    #[test]
    fn small_columns_are_marked_and_the_marks_are_explained() {
        let released = two_banners();
        let mut grid = shown(&released).tables.remove(0).grid;
        let mut tables = released.tables().to_vec();
        let few =
            |n| crate::disclose::testing::figure(Some(n), None, crate::disclose::Status::Shown);
        tables[0].blocks[0].bases[1].unweighted = few(99.0);
        tables[1].blocks[0].bases[1].unweighted = few(49.0);
        mark_low(&tables, 0, &mut grid, &EN_GB);
        let marks: Vec<&str> =
            grid.foot[0].cells.iter().map(|cell| cell.letters.as_str()).collect();
        assert_eq!(marks, ["", "†", "", "‡", ""]);
        assert_eq!(
            grid.keys[2..],
            [
                "†: fewer than 100 people in the column.",
                "‡: fewer than 50 people in the column."
            ]
        );
    }
}
