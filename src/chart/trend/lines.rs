//! Which rows of a trend are drawn, and what is drawn of them.

use super::super::text;
use crate::disclose::{Course, Figure, Form, Role, Status, Times, Trend};

type Block = Times<Figure, Figure, Figure>;
type Row = Course<Figure, Figure>;

/// The most lines in one chart; the table has the others.
pub(super) const LINES: usize = 6;

/// A wave of fewer answers is in the table, but has no point (practice of the British Social
/// Attitudes survey).
pub(super) const LEAST: f64 = 100.0;

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// The answer or the item.
    pub(super) label: String,
    /// What is drawn at each wave; none if it may not be, or does not exist.
    pub(super) points: Vec<Option<Point>>,
    /// Whether the question changed just before a wave.
    pub(super) breaks: Vec<bool>,
    /// The change from the wave before.
    pub(super) change: Figure,
}

/// A share at one wave.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// Per cent, 0 to 100.
    pub(super) value: f64,
    /// Decimal places.
    pub(super) decimals: u8,
    /// Its interval, if that may be drawn.
    pub(super) interval: Option<(f64, f64)>,
}

/// The lines of a trend: where each line is an item, the first net of each; else nets, or
/// answers if there are none. Without a point there is no line. Points have intervals only if those may
/// stand on charts.
pub(super) fn lines(trend: &Trend, intervals: bool) -> Vec<Line> {
    let most = if by_item(trend) { 1 } else { LINES };
    let of = |block| shown(block).take(most).map(move |row| line(trend, block, row, intervals));
    let mut lines: Vec<Line> = trend.blocks.iter().flat_map(of).collect();
    lines.retain(|line| line.points.iter().flatten().count() > 0);
    lines.truncate(LINES);
    lines
}

/// Whether each line is an item.
pub(super) fn by_item(trend: &Trend) -> bool {
    matches!(trend.heading.form, Form::Battery { .. } | Form::Rank)
}

fn line(trend: &Trend, block: &Block, row: &Row, intervals: bool) -> Line {
    let item = block.item.as_ref().map(|item| item.id.as_str());
    let broken = |wave| trend.heading.breaks_before(wave, item, &row.label.id);
    let enough = |base: &Figure| base.value().is_some_and(|n| n >= LEAST);
    let points = row.points.iter().zip(&block.bases);
    let points: Vec<Option<Point>> = points
        .map(|(figure, base)| point(figure, intervals).filter(|_| enough(base)))
        .collect();
    let breaks = (0..points.len()).map(broken).collect();
    Line { label: name(trend, block, row), points, breaks, change: row.change.clone() }
}

/// The item, where each line is one; else the answer.
fn name(trend: &Trend, block: &Block, row: &Row) -> String {
    let item = block.item.as_ref().filter(|_| by_item(trend));
    text::clean(item.map_or(&row.label.text, |item| &item.text))
}

/// Nets in per cent; answers of substance if there are none.
pub(super) fn shown(block: &Block) -> impl Iterator<Item = &Row> {
    let of = |role: Role| {
        let fits = move |row: &&Row| row.role == role && row.statistic.is_percentage();
        block.rows.iter().filter(fits)
    };
    let nets = of(Role::Net).count() > 0;
    of(if nets { Role::Net } else { Role::Answer })
}

fn point(figure: &Figure, intervals: bool) -> Option<Point> {
    let shown = matches!(figure.status(), Status::Shown | Status::Broken);
    let value = figure.value().filter(|value| shown && (0.0..=100.0).contains(value))?;
    let inside = |(low, high): &(f64, f64)| *low >= 0.0 && *high <= 100.0;
    let interval = figure.interval().filter(inside).filter(|_| intervals);
    Some(Point { value, decimals: figure.decimals(), interval })
}
