//! Trend tables as they are read: a column for each wave, then the change, then figures
//! from outside; a battery is a table for each item.

use super::super::document::{Column, Entry, Grid, Line, LineKind};
use super::super::grid::{explained, kind};
use super::super::print;
use crate::disclose::{Course, Figure, Role, Statistic, Status, Table, Times, Trend, Verdict};
use crate::words::{Words, fill};

/// Arranges a trend; captions have no number yet.
pub(super) fn grids(trend: &Trend, intervals: bool, words: &Words) -> Vec<Grid> {
    let maker = Maker { trend, intervals, words };
    trend.blocks.iter().enumerate().map(|(nth, block)| maker.grid(nth, block)).collect()
}

/// The names of a trend's tables.
pub(super) fn names(trend: &Trend) -> impl Iterator<Item = String> {
    trend.blocks.iter().enumerate().map(|(nth, block)| name(trend, nth, block))
}

/// That of the trend; of a battery's further items with their ids.
fn name(trend: &Trend, nth: usize, block: &Block) -> String {
    let name = &trend.heading.name;
    match &block.item {
        Some(item) if nth > 0 => format!("{name}-{}", item.id),
        _ => name.clone(),
    }
}

struct Maker<'a> {
    trend: &'a Trend,
    intervals: bool,
    words: &'a Words,
}

type Block = Times<Figure, Figure, Figure>;
type Row = Course<Figure, Figure>;

impl Maker<'_> {
    fn grid(&self, nth: usize, block: &Block) -> Grid {
        let (heading, words) = (&self.trend.heading, self.words);
        let item = block.item.as_ref();
        let title = item.map_or(&heading.question.title, |item| &item.text);
        let grid = Grid {
            name: name(self.trend, nth, block),
            caption: fill(words.waves_table, &[("title", title)]),
            keys: Vec::new(),
            corner: if block.rows.iter().all(|row| row.role == Role::Summary) {
                words.measure
            } else {
                words.answer
            },
            columns: self.columns(),
            lines: block.rows.iter().map(|row| self.line(row)).collect(),
            foot: vec![self.bases(block)],
        };
        Grid { keys: self.keys(block, explained(&grid, words)), ..grid }
    }

    fn columns(&self) -> Vec<Column> {
        let heading = &self.trend.heading;
        let column = |text: &str| Column { text: text.to_owned(), kind: LineKind::Plain };
        let mut columns: Vec<Column> =
            heading.waves.iter().map(|wave| column(&wave.label)).collect();
        columns.extend(heading.before().map(|before| Column {
            text: fill(self.words.waves_change, &[("wave", &before.label)]),
            kind: LineKind::Change,
        }));
        columns.extend(heading.outside.iter().map(|outside| column(&outside.label)));
        columns
    }

    fn line(&self, row: &Row) -> Line {
        let points = row.points.iter().map(|figure| self.point(figure, row.statistic));
        let change = self.trend.heading.before().map(|_| self.change(row));
        let outside = row.outside.iter().map(|value| self.outside(*value, row.statistic));
        let cells = points.chain(change).chain(outside).collect();
        Line { label: row.label.text.clone(), kind: kind(row.role), cells }
    }

    /// A benchmark as it was published, with the places that it has.
    fn outside(&self, value: Option<f64>, statistic: Statistic) -> Entry {
        let Some(value) = value else { return Entry::plain(self.words.waves_nothing) };
        let sign = if statistic.is_percentage() { "%" } else { "" };
        print::quoted(value, sign, self.words)
    }

    fn point(&self, figure: &Figure, statistic: Statistic) -> Entry {
        self.unless_absent(figure, |figure| {
            print::entry(figure, statistic, self.intervals, self.words)
        })
    }

    /// A change with its sign, its interval where it has one, and its verdict in words.
    fn change(&self, row: &Row) -> Entry {
        let words = self.words;
        self.unless_absent(&row.change, |figure| Entry {
            verdict: figure.verdict().map(|verdict| said(verdict, words)),
            compared: figure.verdict().map(|verdict| found(verdict, words)),
            ..print::changed(figure, words)
        })
    }

    /// Who answered in each wave.
    fn bases(&self, block: &Block) -> Line {
        let words = self.words;
        let base = |figure| self.unless_absent(figure, |f| print::counted(f, words));
        let mut cells: Vec<Entry> = block.bases.iter().map(base).collect();
        cells.resize(self.columns().len(), Entry::plain(words.waves_nothing));
        Line { label: words.base.to_owned(), kind: LineKind::Base, cells }
    }

    /// What is printed of a figure; a dash where the wave did not ask.
    fn unless_absent(&self, figure: &Figure, print: impl Fn(&Figure) -> Entry) -> Entry {
        let absent = figure.status() == Status::NotAsked;
        if absent { Entry::plain(self.words.waves_not_offered) } else { print(figure) }
    }

    /// What the marks in one table mean, after its shorthand; only what occurs.
    fn keys(&self, block: &Block, mut keys: Vec<String>) -> Vec<String> {
        let words = self.words;
        let figures = || {
            let rows = block.rows.iter();
            rows.flat_map(|row| row.points.iter().chain([&row.change])).chain(&block.bases)
        };
        let absent = |figure: &Figure| figure.status() == Status::NotAsked;
        let several = self.trend.heading.before().is_some();
        let verdict = |wanted: fn(Verdict) -> bool| {
            figures().any(|figure| figure.verdict().is_some_and(wanted))
        };
        let marked = verdict(|v| v != Verdict::Neither);
        keys.extend(
            (several && figures().any(absent)).then(|| words.key_not_offered.to_owned()),
        );
        keys.extend(marked.then(|| words.key_change.to_owned()));
        keys.extend(verdict(|v| v == Verdict::Neither).then(|| words.key_no_change.to_owned()));
        let apart = block.rows.iter().any(rounded_apart);
        keys.extend(apart.then(|| words.key_change_rounded.to_owned()));
        keys
    }
}

fn said(verdict: Verdict, words: &Words) -> &'static str {
    match verdict {
        Verdict::Higher => words.higher,
        Verdict::Lower => words.lower,
        Verdict::Neither => words.waves_no_change,
    }
}

/// The same without a symbol.
fn found(verdict: Verdict, words: &Words) -> &'static str {
    match verdict {
        Verdict::Higher => words.compared_higher,
        Verdict::Lower => words.compared_lower,
        Verdict::Neither => words.waves_no_change,
    }
}

/// Whether the printed change is not the difference of the printed figures.
fn rounded_apart(row: &Row) -> bool {
    let [.., before, after] = row.points.as_slice() else { return false };
    let values = (before.value(), after.value(), row.change.value());
    let (Some(before), Some(after), Some(change)) = values else { return false };
    let places = row.change.decimals();
    let unit = (0..places).fold(1.0, |unit, _| unit / 10.0);
    (after - before - change).abs() > unit / 2.0
}

/// The titles of questions that only this wave asked.
pub(super) fn without_trend<'a>(tables: &'a [Table], trends: &[Trend]) -> Vec<&'a str> {
    let topline = |table: &&Table| table.banner.is_none() && !table.own;
    let own = |table: &Table, trend: &Trend| trend.heading.question.id == table.question.id;
    let compared = |trend: &&Trend| trend.heading.before().is_some();
    let alone = |table: &&Table| !trends.iter().filter(compared).any(|t| own(table, t));
    let alone = tables.iter().filter(topline).filter(alone);
    alone.map(|table| table.question.title.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclose::testing::{change, figure, trend, wave};
    use crate::words::EN_GB;

    fn percent(value: f64) -> Figure {
        figure(Some(value), None, Status::Shown)
    }

    fn grid(points: [Figure; 2], change: Figure) -> Grid {
        let waves = vec![wave("A", 100), wave("B", 0)];
        let trend = trend(waves, vec![("Fine", Vec::from(points), change)]);
        grids(&trend, false, &EN_GB).remove(0)
    }

    fn texts(grid: &Grid) -> Vec<String> {
        let cell = |entry: &Entry| match entry.verdict {
            Some(verdict) => format!("{} {verdict}", entry.text),
            None => entry.text.clone(),
        };
        grid.lines[0].cells.iter().map(cell).collect()
    }

    #[test]
    fn a_change_has_its_sign_and_its_verdict_in_words() {
        let of = |value, verdict| {
            texts(&grid([percent(40.0), percent(45.0)], change(value, verdict)))
        };
        assert_eq!(of(5.0, Some(Verdict::Higher)), ["40%", "45%", "+5 ▲ higher"]);
        assert_eq!(of(-5.0, Some(Verdict::Lower))[2], "\u{2212}5 ▼ lower");
        assert_eq!(of(1.0, Some(Verdict::Neither))[2], "+1 no clear change");
        assert_eq!(print::change(&change(0.0, None), &EN_GB), "0");
        assert_eq!(of(0.0, None)[2], "0");
    }

    #[test]
    fn columns_are_the_waves_then_the_change_and_the_base_stands_below() {
        let grid = grid([percent(40.0), percent(45.0)], change(5.0, None));
        let columns: Vec<&str> = grid.columns.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(columns, ["A", "B", "Change since A"]);
        let base: Vec<&str> = grid.foot[0].cells.iter().map(|e| e.text.as_str()).collect();
        assert_eq!(base, ["4,500", "4,500", "\u{2013}"]);
    }

    #[test]
    fn a_note_says_where_rounding_makes_a_difference() {
        let said = |value| {
            let keys = grid([percent(40.0), percent(45.0)], change(value, None)).keys;
            keys.iter().any(|key| key == EN_GB.key_change_rounded)
        };
        assert!(said(4.0) && said(6.0) && !said(5.0));
    }

    #[test]
    fn an_answer_that_was_not_offered_is_a_dash_with_its_meaning() {
        let absent = || figure(None, None, Status::NotAsked);
        let grid = grid([absent(), percent(45.0)], absent());
        assert_eq!(texts(&grid), ["-", "45%", "-"]);
        assert_eq!(grid.keys, [EN_GB.key_not_offered]);
    }
}
