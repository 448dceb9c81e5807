//! Tables as they are read: a released table goes in, [`Grid`]s of text come out.
//!
//! A topline has one column of figures; a battery's topline has a row for each item and a
//! column for each answer; a crosstab has a column for each group. A battery by groups is
//! a grid for each item: rows in groups are hard to read by ear and to keep on one sheet.
//! Never leaves a cell empty: what is not shown has its shorthand.

use super::document::{Column, Entry, Grid, Line, LineKind};
use super::print;
use crate::disclose::{Bases, Block, Form, Merged, Role, Row, Statistic};
use crate::disclose::{Figure, Status, Table};
use crate::poll::tables::Percent;
use crate::words::{Words, fill};

/// Arranges a table; intervals stand in it only if they may be shown. Captions have no
/// number yet: [`number`] gives it.
pub(super) fn grids(table: &Table, intervals: bool, words: &Words) -> Vec<Grid> {
    let maker = Maker { table, intervals, words };
    let mut grids = match (&table.banner, table.form) {
        (None, Form::Battery { .. } | Form::Rank) => vec![maker.battery()],
        (None, _) => table.blocks.iter().map(|block| maker.topline(block)).collect(),
        (Some(_), _) => table.blocks.iter().map(|block| maker.crosstab(block)).collect(),
    };
    for grid in &mut grids {
        grid.keys = maker.keys(grid);
    }
    grids
}

/// Numbers the captions of all tables of a report, from 1.
pub(super) fn number<'a>(grids: impl Iterator<Item = &'a mut Grid>, words: &Words) {
    for (n, grid) in (1_u64..).zip(grids) {
        let values = [("n", n.to_string()), ("caption", std::mem::take(&mut grid.caption))];
        let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
        grid.caption = fill(words.table_number, &values);
    }
}

/// What the shorthand and the marks in the grids of a table mean; only what occurs.
pub(super) fn keys(table: &Table, words: &Words) -> Vec<String> {
    let mut keys = Vec::new();
    for key in grids(table, false, words).into_iter().flat_map(|grid| grid.keys) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What the shorthand in a grid means, in the order of explanation.
pub(super) fn explained(grid: &Grid, words: &Words) -> Vec<String> {
    let cells = || grid.lines.iter().chain(&grid.foot).flat_map(|line| &line.cells);
    let used = |code: &str| cells().any(|cell| cell.text.contains(code));
    let used = codes(words).into_iter().filter(|(status, _)| used(status.code()));
    used.map(|(_, sentence)| sentence.to_owned()).collect()
}

/// Every shorthand and what it means, in the order of explanation.
pub(super) fn codes(words: &Words) -> [(Status, &'static str); 6] {
    [
        (Status::Confidential, words.key_c),
        (Status::Unreliable, words.key_u),
        (Status::Low, words.key_low),
        (Status::NotAsked, words.key_z),
        (Status::NotAvailable, words.key_x),
        (Status::Broken, words.key_b),
    ]
}

/// What a table shows: a title, the banner, what percentages are of, who is counted.
pub(super) fn caption(
    table: &Table,
    title: &str,
    banner: Option<&str>,
    words: &Words,
) -> String {
    let caption = match banner {
        None => title.to_owned(),
        Some(banner) => words.by(title, banner),
    };
    qualified(caption, table, words)
}

struct Maker<'a> {
    table: &'a Table,
    intervals: bool,
    words: &'a Words,
}

impl Maker<'_> {
    /// What the shorthand and the marks in a grid mean.
    fn keys(&self, grid: &Grid) -> Vec<String> {
        let (table, words) = (self.table, self.words);
        let mut keys = explained(grid, words);
        let marked =
            grid.lines.iter().flat_map(|line| &line.cells).any(|c| c.verdict.is_some());
        let verdict =
            if table.overlapping { words.key_verdict_overlap } else { words.key_verdict };
        let told = [
            (marked, verdict),
            (table.overlapping, words.key_overlap),
            (table.partial, words.key_partial),
        ];
        keys.extend(told.iter().filter(|(holds, _)| *holds).map(|(_, key)| (*key).to_owned()));
        keys.extend(Merged::said(table.merged.iter(), words));
        keys
    }

    /// A grid without rows; `item` names it where a battery is taken apart.
    fn empty(&self, item: Option<&Block<Figure>>, columns: Vec<Column>) -> Grid {
        let table = self.table;
        let item = item.and_then(|block| block.item.as_ref());
        let first = table.blocks.first().and_then(|block| block.item.as_ref());
        let name = match item {
            Some(item) if Some(item) != first => format!("{}-{}", table.name, item.id),
            _ => table.name.clone(),
        };
        Grid {
            name,
            caption: caption(
                table,
                item.map_or(&table.title, |item| &item.text),
                table.banner.as_ref().map(|banner| banner.text.as_str()),
                self.words,
            ),
            keys: Vec::new(),
            corner: self.corner(),
            columns,
            lines: Vec::new(),
            foot: Vec::new(),
        }
    }

    fn corner(&self) -> &'static str {
        match (&self.table.banner, self.table.form) {
            (None, Form::Battery { .. } | Form::Rank) => self.words.item,
            (_, Form::Number) => self.words.measure,
            _ => self.words.answer,
        }
    }

    /// One column of figures; intervals, where shown, stand in a second one.
    fn topline(&self, block: &Block<Figure>) -> Grid {
        let shares = block.rows.iter().all(|row| row.statistic.is_percentage());
        let heading = if shares { self.words.percent } else { self.words.result };
        let mut columns = vec![column(heading, LineKind::Plain)];
        let mut lines = self.lines(block);
        let mut foot = self.bases(block);
        if self.intervals {
            columns.push(column(self.words.interval, LineKind::Interval));
            lines.iter_mut().chain(&mut foot).for_each(interval_apart);
        }
        Grid { lines, foot, ..self.empty(None, columns) }
    }

    /// A column for each group, the total first.
    fn crosstab(&self, block: &Block<Figure>) -> Grid {
        let groups = self.table.groups.iter();
        let columns = groups.map(|group| column(&group.text, LineKind::Plain)).collect();
        let (lines, foot) = (self.lines(block), self.bases(block));
        Grid { lines, foot, ..self.empty(Some(block), columns) }
    }

    /// A row for each item; columns are answers and nets, then the base.
    fn battery(&self) -> Grid {
        let rows = self.table.blocks.first().map_or(&[][..], |block| &block.rows);
        let answers = rows.iter().map(|row| column(&row.label.text, kind(row.role)));
        let columns = answers.chain([column(self.words.base, LineKind::Base)]).collect();
        let lines = self.table.blocks.iter().map(|block| self.item(block, rows)).collect();
        Grid { lines, ..self.empty(None, columns) }
    }

    /// An item's row. An answer that it lacks is not available.
    fn item(&self, block: &Block<Figure>, answers: &[Row<Figure>]) -> Line {
        let cells = answers.iter().map(|wanted| {
            let row = block.rows.iter().find(|row| row.label.id == wanted.label.id);
            self.cell(row.and_then(|row| Some((row.cells.first()?, row.statistic))))
        });
        let base = block.bases.first().map(|bases| &bases.unweighted);
        let base = base.map(|figure| print::counted(figure, self.words));
        Line {
            label: block.item.as_ref().map_or_else(String::new, |item| item.text.clone()),
            kind: LineKind::Plain,
            cells: cells.chain(base).collect(),
        }
    }

    fn lines(&self, block: &Block<Figure>) -> Vec<Line> {
        block.rows.iter().map(|row| self.line(row)).collect()
    }

    fn cell(&self, found: Option<(&Figure, Statistic)>) -> Entry {
        match found {
            Some((figure, statistic)) => {
                print::entry(figure, statistic, self.intervals, self.words)
            }
            None => Entry::plain(Status::NotAvailable.code()),
        }
    }

    fn line(&self, row: &Row<Figure>) -> Line {
        let cells = row.cells.iter().map(|cell| self.cell(Some((cell, row.statistic))));
        Line { label: row.label.text.clone(), kind: kind(row.role), cells: cells.collect() }
    }

    /// The unweighted base always; the others where the profile lets any of them be seen.
    fn bases(&self, block: &Block<Figure>) -> Vec<Line> {
        let line = |label: &str, pick: fn(&Bases<Figure>) -> &Figure| Line {
            label: label.to_owned(),
            kind: LineKind::Base,
            cells: (block.bases.iter())
                .map(|bases| print::counted(pick(bases), self.words))
                .collect(),
        };
        let seen = |pick: fn(&Bases<Figure>) -> &Figure| {
            block.bases.iter().any(|bases| pick(bases).value().is_some())
        };
        let mut lines = vec![line(self.words.base, |bases| &bases.unweighted)];
        if seen(|bases| &bases.weighted) {
            lines.push(line(self.words.base_weighted, |bases| &bases.weighted));
        }
        if seen(|bases| &bases.effective) {
            lines.push(line(self.words.base_effective, |bases| &bases.effective));
        }
        lines
    }
}

/// What a table shows, with what its percentages are of and who is left out.
pub(super) fn qualified(caption: String, table: &Table, words: &Words) -> String {
    let caption = match table.percent {
        Percent::Column => caption,
        Percent::Row => fill(words.table_row, &[("caption", &caption)]),
        Percent::Total => fill(words.table_whole, &[("caption", &caption)]),
        Percent::Mentions => fill(words.table_mentions, &[("caption", &caption)]),
        Percent::Count => fill(words.table_count, &[("caption", &caption)]),
    };
    match &table.filter {
        None => caption,
        Some(filter) => fill(words.table_filter, &[("caption", &caption), ("filter", filter)]),
    }
}

fn column(text: &str, kind: LineKind) -> Column {
    Column { text: text.to_owned(), kind }
}

pub(super) fn kind(role: Role) -> LineKind {
    match role {
        Role::Answer => LineKind::Plain,
        Role::Pinned => LineKind::Pinned,
        Role::Net => LineKind::Net,
        Role::Summary => LineKind::Summary,
    }
}

/// What stands in the column of intervals beside a figure that has none.
pub(super) const NO_INTERVAL: &str = "–";

/// Moves each interval of a line into a cell of its own.
fn interval_apart(line: &mut Line) {
    let apart = line.cells.iter_mut().flat_map(|cell| {
        let text = cell.range.take().unwrap_or_else(|| NO_INTERVAL.to_owned());
        let range = Entry { ends: cell.ends.take(), ..Entry::plain(text) };
        [std::mem::take(cell), range]
    });
    line.cells = apart.collect();
}

#[cfg(test)]
mod tests {
    use super::super::testing::released;
    use super::*;
    use crate::words::EN_GB;

    /// A table's first grid as text.
    fn text(name: &str, intervals: bool) -> String {
        let released = released();
        let table = released.tables().iter().find(|t| t.name == name).expect("a table");
        let grid = grids(table, intervals, &EN_GB).remove(0);
        let cell = |entry: &Entry| match &entry.range {
            Some(range) => format!("{} ({range})", entry.text),
            None => entry.text.clone(),
        };
        let line = |line: &Line| {
            let cells: Vec<_> = line.cells.iter().map(cell).collect();
            format!("{} | {}\n", line.label, cells.join(" | "))
        };
        let columns: Vec<_> = grid.columns.iter().map(|c| c.text.as_str()).collect();
        let mut text = format!("{} | {}\n", grid.corner, columns.join(" | "));
        text.extend(grid.lines.iter().chain(&grid.foot).map(line));
        text
    }

    #[test]
    fn a_topline_has_one_column_and_its_bases() {
        insta::assert_snapshot!(text("adequate", false), @"
        Answer | Per cent
        Yes | 3%
        No | 90%
        Don't know | 7%
        Base (unweighted) | 4,678
        Effective base | 2,339
        ");
    }

    #[test]
    fn intervals_of_a_topline_have_a_column_of_their_own() {
        insta::assert_snapshot!(text("adequate", true), @"
        Answer | Per cent | 95% confidence interval
        Yes | 3% | 0 to 6
        No | 90% | 87 to 93
        Don't know | 7% | 4 to 10
        Base (unweighted) | 4,678 | –
        Effective base | 2,339 | –
        ");
    }

    #[test]
    fn a_crosstab_has_a_column_for_each_group_and_hides_nothing_silently() {
        insta::assert_snapshot!(text("adequate-phase", false), @"
        Answer | Total | Primary | Special
        Yes | 3% | 4% | [c]
        No | 90% | 89% [u] | [c]
        Don't know | 7% | 7% | [c]
        Base (unweighted) | 4,678 | 2,100 | [c]
        Effective base | 2,339 | 1,050 | [c]
        ");
    }

    #[test]
    fn a_battery_has_a_row_for_each_item_and_its_base_last() {
        insta::assert_snapshot!(text("inspection", false), @"
        Item | Strongly agree | Tend to agree | Total agree | Base (unweighted)
        Adds to workload | 50% | 28% | 78% | 4,620
        Affects home life | 30% | 20% | 50% | 4,510
        ");
    }

    #[test]
    fn a_battery_by_groups_is_a_table_for_each_item_with_its_base() {
        let released = released();
        let mut table = released.tables()[2].clone();
        table.banner = released.tables()[1].banner.clone();
        let mut grids = grids(&table, false, &EN_GB);
        number(grids.iter_mut(), &EN_GB);
        let names: Vec<_> = grids.iter().map(|grid| grid.name.as_str()).collect();
        assert_eq!(names, ["inspection", "inspection-home"]);
        assert_eq!(grids[1].caption, "Table 2: Affects home life, by Phase");
        assert_eq!(grids[1].foot[0].cells[0].text, "4,510");
    }

    #[test]
    fn an_answer_that_an_item_lacks_is_not_available() {
        let mut table = released().tables()[2].clone();
        table.blocks[1].rows.remove(0);
        let grid = grids(&table, false, &EN_GB).remove(0);
        assert_eq!(grid.lines[1].cells[0].text, "[x]");
    }

    #[test]
    fn only_shorthand_that_occurs_is_explained() {
        let released = released();
        assert_eq!(keys(&released.tables()[0], &EN_GB), Vec::<String>::new());
        assert_eq!(keys(&released.tables()[1], &EN_GB), [EN_GB.key_c, EN_GB.key_u]);
    }

    #[test]
    fn a_number_is_a_result_not_a_percentage() {
        insta::assert_snapshot!(text("hours", false), @"
        Measure | Result
        Mean | 52
        Median | 50
        Base (unweighted) | 4,600
        Effective base | 2,300
        ");
    }
}
