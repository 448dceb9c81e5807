//! Pictures: [`Released`] tables go in, [`Chart`]s come out.
//!
//! A table becomes a scene of a few primitives; `paint` draws the scene with plotters into
//! a backend that records vectors; SVG and PNG are both made from that recording, so they
//! are the same picture. Only `paint` knows plotters. Never sees a raw estimate: lengths
//! are those of released, rounded values, because coordinates can be read back.

mod axis;
mod bars;
mod battery;
mod describe;
pub mod font;
mod frame;
mod logo;
mod measure;
mod paint;
mod png;
mod reading;
mod recording;
mod scene;
mod style;
mod svg;
#[cfg(test)]
mod tests;
mod text;
mod trend;
mod words;

use crate::disclose::{Figure, Released, Table, Trend};
use crate::disclose::{Form, Role, Row, Statistic};
use crate::poll::Poll;
pub use logo::{CODES, LARGEST_FILE, Logo};

use font::Fonts;
use frame::Frame;
use reading::Reading;
use scene::Scene;
use std::collections::BTreeSet;

/// One chart in its two widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The name of the table that is drawn; names the files too.
    pub table: String,
    /// The picture's name for screen readers: "Bar chart: ...".
    pub title: String,
    /// What the picture shows, in words, at most 300 characters.
    pub description: String,
    /// 720 px wide.
    pub wide: Picture,
    /// 360 px wide, for phones.
    pub narrow: Picture,
}

/// One drawing in its three forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height of the drawing in the page, in CSS pixels; files are higher by their title.
    pub height: u32,
    /// SVG with real text, to stand in the page: role, title, desc, unique ids.
    pub inline: String,
    /// SVG with outlined text, a file of its own, with the title drawn.
    pub outlined: String,
    /// PNG of the outlined SVG, at twice the size.
    pub png: Vec<u8>,
}

/// A chart that could not be made: a fault of the program, never of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The table that was to be drawn; empty if no chart could have been made.
    pub table: String,
    /// What failed, in a few words.
    pub what: &'static str,
}

/// The most rows in one chart; the table has the others.
const LIMIT: usize = 60;

/// The two widths of every chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    /// For screens and files.
    Wide,
    /// For phones: labels stand above their bars.
    Narrow,
}

impl Width {
    fn px(self) -> f64 {
        f64::from(self.whole())
    }

    fn whole(self) -> u32 {
        match self {
            Self::Wide => 720,
            Self::Narrow => 360,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Narrow => "narrow",
        }
    }
}

/// What a chart is made from.
struct Subject<'a> {
    table: &'a Table,
    poll: &'a Poll,
    /// Whether intervals may stand on charts.
    intervals: bool,
    fonts: &'a Fonts,
}

impl Subject<'_> {
    /// The figures of the total column that a chart draws or writes, read: answers, and in
    /// a battery the total at the right.
    fn readings(&self) -> impl Iterator<Item = Reading> {
        let nets = usize::from(matches!(self.table.form, Form::Battery { .. }));
        (self.table.blocks.iter())
            .flat_map(move |block| {
                let of = |net: bool| block.rows.iter().filter(move |row| is_drawn(row, net));
                of(false).chain(of(true).take(nets))
            })
            .filter_map(|row| row.cells.first())
            .map(|figure| Reading::of(figure, self.intervals))
    }

    /// The shorthand that occurs, each once.
    fn codes(&self) -> BTreeSet<&'static str> {
        self.readings().map(|reading| reading.code).filter(|c| !c.is_empty()).collect()
    }
}

/// Whether a row is a net, or else an answer, in per cent.
fn is_drawn(row: &Row<Figure>, net: bool) -> bool {
    let role = match row.role {
        Role::Net => net,
        Role::Answer | Role::Pinned => !net,
        Role::Summary => false,
    };
    role && row.statistic == Statistic::Percent
}

/// A kind of chart.
struct Kind {
    /// What it is called.
    name: &'static str,
    /// Whether it draws tables of a form.
    fits: fn(Form) -> bool,
    /// Draws what stands between subtitle and notes.
    draw: fn(&Subject<'_>, Width) -> Scene,
    /// Says it in words.
    describe: fn(&Subject<'_>) -> String,
}

/// Every kind of chart; a table is drawn by the first that fits.
const KINDS: [Kind; 2] = [
    Kind {
        name: "Bar chart",
        fits: |form| matches!(form, Form::Single { .. } | Form::Multi),
        draw: bars::draw,
        describe: describe::bars,
    },
    Kind {
        name: "Diverging bar chart",
        fits: |form| matches!(form, Form::Battery { .. }),
        draw: battery::draw,
        describe: describe::battery,
    },
];

/// Draws every table without a banner for which there is a kind of chart, in the order of
/// the tables.
///
/// # Errors
/// A fault of the program: a damaged font, or a picture that cannot be written.
pub fn draw(released: &Released, poll: &Poll) -> Result<Vec<Chart>, Fault> {
    let damaged = Fault { table: String::new(), what: "the bundled font is damaged" };
    let fonts = Fonts::load().ok_or(damaged)?;
    let intervals = released.intervals_on_charts();
    let mut charts = Vec::new();
    for table in released.tables().iter().filter(|table| table.banner.is_none()) {
        let subject = Subject { table, poll, intervals, fonts: &fonts };
        if let Some(kind) = KINDS.iter().find(|kind| (kind.fits)(table.form)) {
            charts.push(chart(kind, &subject)?);
        }
    }
    for trend in released.trends() {
        charts.extend(trend_chart(trend, (poll, intervals), &fonts).transpose()?);
    }
    Ok(charts)
}

fn chart(kind: &Kind, subject: &Subject<'_>) -> Result<Chart, Fault> {
    let table = subject.table.name.clone();
    let title = format!("{}: {}", kind.name, text::clean(&subject.table.title));
    let description = (kind.describe)(subject);
    let picture = |width| {
        picture(kind, subject, width, (&title, &description))
            .map_err(|what| Fault { table: table.clone(), what })
    };
    let (wide, narrow) = (picture(Width::Wide)?, picture(Width::Narrow)?);
    Ok(Chart { table, title, description, wide, narrow })
}

fn picture(
    kind: &Kind,
    subject: &Subject<'_>,
    width: Width,
    words: (&str, &str),
) -> Result<Picture, &'static str> {
    let vectors = vectors(kind, subject, width, words)?;
    let png = png::render(&vectors.outlined).ok_or("the PNG could not be written")?;
    Ok(Picture { png, ..vectors })
}

/// The picture without its PNG.
fn vectors(
    kind: &Kind,
    subject: &Subject<'_>,
    width: Width,
    (title, description): (&str, &str),
) -> Result<Picture, &'static str> {
    let drawing = Drawing {
        id: id(&subject.table.name, width),
        frame: words::frame(subject),
        body: (kind.draw)(subject, width),
        width,
    };
    drawing.vectors((title, description), subject.fonts)
}

/// A picture before it is written.
struct Drawing {
    /// Unique in the page.
    id: String,
    frame: Frame,
    /// What stands between subtitle and notes.
    body: Scene,
    width: Width,
}

impl Drawing {
    /// The picture without its PNG.
    fn vectors(
        self,
        (title, description): (&str, &str),
        fonts: &Fonts,
    ) -> Result<Picture, &'static str> {
        let width = self.width;
        let (scene, heading) = frame::compose(&self.frame, self.body, width, fonts);
        let recording = paint::record(&scene, width.whole(), heading)
            .ok_or("plotters drew something else than vectors")?;
        let names = svg::Names { id: &self.id, class: width.name(), title, description };
        Ok(Picture {
            width: width.whole(),
            height: recording.page_height(),
            inline: svg::inline(&recording, &names),
            outlined: svg::outlined(&recording, &names, fonts),
            png: Vec::new(),
        })
    }
}

/// The chart of a trend; none if it has no line.
fn trend_chart(
    trend: &Trend,
    (poll, intervals): (&Poll, bool),
    fonts: &Fonts,
) -> Option<Result<Chart, Fault>> {
    let description = trend::describe(trend)?;
    let table = trend.heading.name.clone();
    let title = format!("Line chart: {}, by wave", text::clean(&trend.heading.question.title));
    let picture = |width| {
        let drawing = Drawing {
            id: id(&table, width),
            frame: trend::frame(trend, poll, intervals),
            body: trend::draw(trend, intervals, width, fonts),
            width,
        };
        let fault = |what| Fault { table: table.clone(), what };
        let vectors = drawing.vectors((&title, &description), fonts).map_err(fault)?;
        let png = png::render(&vectors.outlined).ok_or("the PNG could not be written");
        Ok(Picture { png: png.map_err(fault)?, ..vectors })
    };
    let both = picture(Width::Wide).and_then(|wide| Ok((wide, picture(Width::Narrow)?)));
    Some(both.map(|(wide, narrow)| Chart {
        table: table.clone(),
        title: title.clone(),
        description,
        wide,
        narrow,
    }))
}

/// An id that no other picture of the page has, without characters that would end it.
fn id(table: &str, width: Width) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let table: String = table.chars().map(keep).collect();
    format!("chart-{table}-{}", width.name())
}
