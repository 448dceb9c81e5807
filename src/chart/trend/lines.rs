//! Which rows of a trend are drawn, and what is drawn of them.

use super::super::text;
use crate::disclose::{Course, Figure, Form, Role, Status, Times, Trend};

/// The most lines in one chart; the table has the others.
pub(super) const LINES: usize = 6;

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

/// The lines of a trend: of a battery the first net of each item; else nets, or answers if
/// there are none. Without a point there is no line.
pub(super) fn lines(trend: &Trend) -> Vec<Line> {
    let battery = matches!(trend.heading.form, Form::Battery { .. });
    let mut lines = Vec::new();
    for block in &trend.blocks {
        let item = block.item.as_ref();
        for row in shown(block).take(if battery { 1 } else { LINES }) {
            let label = match item {
                Some(item) if battery => &item.text,
                _ => &row.label.text,
            };
            let id = item.map(|item| item.id.as_str());
            let waves = 0..row.points.len();
            lines.push(Line {
                label: text::clean(label),
                points: row.points.iter().map(point).collect(),
                breaks: waves
                    .map(|wave| trend.heading.breaks_before(wave, id, &row.label.id))
                    .collect(),
                change: row.change.clone(),
            });
        }
    }
    lines.retain(|line| line.points.iter().flatten().count() > 0);
    lines.truncate(LINES);
    lines
}

/// Nets in per cent; answers of substance if there are none.
pub(super) fn shown(
    block: &Times<Figure, Figure, Figure>,
) -> impl Iterator<Item = &Course<Figure, Figure>> {
    let of = |role: Role| {
        let fits = move |row: &&Course<Figure, Figure>| {
            row.role == role && row.statistic.is_percentage()
        };
        block.rows.iter().filter(fits)
    };
    let nets = of(Role::Net).count() > 0;
    of(if nets { Role::Net } else { Role::Answer })
}

fn point(figure: &Figure) -> Option<Point> {
    let shown = matches!(figure.status(), Status::Shown | Status::Broken);
    let value = figure.value().filter(|value| shown && (0.0..=100.0).contains(value))?;
    let inside = |(low, high): &(f64, f64)| *low >= 0.0 && *high <= 100.0;
    let interval = figure.interval().filter(inside);
    Some(Point { value, decimals: figure.decimals(), interval })
}
