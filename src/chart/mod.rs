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
mod dots;
pub mod font;
mod frame;
mod layers;
mod logo;
mod measure;
mod nps;
mod paint;
mod panels;
mod png;
mod profile;
mod ranks;
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

use indexmap::IndexMap;

use crate::disclose::{Figure, Form, Released, Role, Row, Statistic, Table, Verdict};
use crate::parallel::in_parallel;
use crate::poll::Poll;
use crate::poll::charts::Groups;
use crate::words::fill;
pub use logo::{CODES, LARGEST_FILE, Logo};

use font::Fonts;
use frame::{Composed, Foot, Frame, Stamp};
use reading::Reading;
use scene::{Area, Scene};
use std::collections::BTreeSet;

pub use profile::NAME as PROFILE;

/// What charts are made of.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// What may be drawn.
    pub released: &'a Released,
    /// Its facts stand under every chart.
    pub poll: &'a Poll,
    /// Finished titles, by the names of tables; the others have the title of their table.
    pub titles: &'a IndexMap<String, String>,
    /// The organisation's logo, for the foot of files.
    pub logo: Option<&'a Logo>,
    /// How many threads to use; the pictures are the same with any number.
    pub threads: usize,
}

/// One chart in its two widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The name of the table that is drawn; names the files too.
    pub table: String,
    /// The title as it is read: a finding, or what the table is about.
    pub heading: String,
    /// The picture's name for screen readers: "Bar chart: ...".
    pub title: String,
    /// What the picture shows, in words, at most 300 characters.
    pub description: String,
    /// The question as it was put and how it could be answered.
    pub question: String,
    /// Who is counted, how they were weighted, what lines and shorthand mean: paragraphs.
    pub notes: Vec<String>,
    /// Which poll it is from.
    pub source: String,
    /// For screens and files.
    pub wide: Picture,
    /// For phones.
    pub narrow: Picture,
}

/// One drawing in its three forms.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Width of the drawing in the page, in CSS pixels; files have a margin besides.
    pub width: u32,
    /// Height of the drawing in the page, in CSS pixels; files have title and notes besides.
    pub height: u32,
    /// SVG with real text, to stand in a page: role, title, desc, unique ids; without title
    /// and notes, which are the page's own words, and without a margin.
    pub inline: String,
    /// The same for pages of others: ids that name the poll, no class, as wide as its place,
    /// and every text as long as in the page, whatever font it is set in.
    pub embedded: String,
    /// SVG with outlined text, a file of its own, with the title drawn.
    pub outlined: String,
    /// PNG of the outlined SVG, at twice the size.
    pub png: Vec<u8>,
    /// Letters that the bundled font lacks: the files show a box in their place.
    pub foreign: BTreeSet<char>,
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

/// What all charts of a report share.
#[derive(Clone, Copy)]
struct Setting<'a> {
    poll: &'a Poll,
    /// Finished titles.
    titles: &'a IndexMap<String, String>,
    /// Whether intervals may stand on charts.
    intervals: bool,
    /// The variables whose targets the weights meet, in words.
    weighted_by: &'a [String],
    fonts: &'a Fonts,
}

impl Setting<'_> {
    /// The finished title of a table, if it has one, or its own.
    fn title(&self, table: &str, own: &str) -> String {
        text::clean(self.titles.get(table).map_or(own, String::as_str))
    }
}

/// A table that may be drawn.
#[derive(Clone, Copy)]
struct Subject<'a> {
    table: &'a Table,
    poll: &'a Poll,
    intervals: bool,
    fonts: &'a Fonts,
    setting: Setting<'a>,
}

impl Subject<'_> {
    /// The figures of the total column that a chart draws or writes, read: answers, and in
    /// a battery or a ranking the first net.
    fn readings(&self) -> impl Iterator<Item = Reading> {
        let with_net = matches!(self.table.form, Form::Battery { .. } | Form::Rank);
        let nets = usize::from(with_net);
        (self.table.blocks.iter())
            .flat_map(move |block| {
                let of = |net: bool| block.rows.iter().filter(move |row| is_drawn(row, net));
                of(false).chain(of(true).take(nets))
            })
            .filter_map(|row| self.reading(row))
    }

    /// The total of a row, read.
    fn reading(&self, row: &Row<Figure>) -> Option<Reading> {
        Some(Reading::of(row.cells.first()?, self.intervals, self.poll.words))
    }

    /// Whether the poll file wants a chart of groups: it says so of this table, or of all.
    fn is_wanted(&self, differs: bool) -> bool {
        let charts = &self.poll.charts;
        let own = charts.of(&self.table.name).and_then(|own| own.draw);
        own.unwrap_or(match charts.groups {
            Groups::Main | Groups::Different => differs,
            Groups::All => true,
            Groups::None => false,
        })
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

/// One chart before it is drawn: a kind of chart, and what it draws.
trait Sketch: Sync {
    /// The name of its table: no other chart has it.
    fn table(&self) -> &str;
    /// What such a chart is called: "Bar chart", in the language of the report.
    fn kind(&self) -> &'static str;
    /// What stands around it.
    fn frame(&self) -> Frame;
    /// What stands between subtitle and notes.
    fn body(&self, width: Width) -> Scene;
    /// What it shows, in words.
    fn describe(&self) -> String;
}

/// A chart of a table, if it is of a form that this kind draws.
type Kind = for<'a> fn(Subject<'a>) -> Option<Box<dyn Sketch + 'a>>;

/// Every kind of chart of a table; a table is drawn by the first that fits.
const KINDS: [Kind; 6] =
    [nps::sketch, bars::sketch, battery::sketch, ranks::sketch, dots::sketch, panels::sketch];

/// Draws every table and trend for which there is a kind of chart, in the order of the
/// tables, and who answered.
///
/// # Errors
/// A fault of the program: a damaged font, or a picture that cannot be written.
pub fn draw(wanted: &Wanted<'_>) -> Result<Vec<Chart>, Fault> {
    let damaged = Fault { table: String::new(), what: "the bundled font is damaged" };
    let fonts = Fonts::load().ok_or(damaged)?;
    let sketches = sketches(wanted, &fonts);
    let name = wanted.poll.organisation.as_deref().unwrap_or_default();
    let foot = Foot { name, logo: wanted.logo };
    in_parallel(&sketches, wanted.threads, |sketch| {
        chart(sketch.as_ref(), wanted.poll, &fonts, foot)
    })
    .into_iter()
    .collect()
}

/// What is to be drawn.
fn sketches<'a>(wanted: &Wanted<'a>, fonts: &'a Fonts) -> Vec<Box<dyn Sketch + 'a>> {
    let Wanted { released, poll, titles, .. } = *wanted;
    let intervals = released.intervals_on_charts();
    let weighted_by = released.weighted_by();
    let setting = Setting { poll, titles, intervals, weighted_by, fonts };
    let subject = |table: &'a Table| Subject { table, poll, intervals, fonts, setting };
    let said = |name: &str| poll.charts.of(name).and_then(|own| own.draw);
    let drawn = |name: &str| said(name) != Some(false);
    let main = main(released.tables());
    let chosen = |table: &&Table| {
        let passed = poll.charts.groups == Groups::Main && !main.contains(table.name.as_str());
        drawn(&table.name) && (!passed || said(&table.name) == Some(true))
    };
    let tables = released.tables().iter().filter(chosen).map(subject);
    let tables = tables.filter_map(|subject| KINDS.iter().find_map(|kind| kind(subject)));
    let trends = released.trends().iter().filter(|trend| drawn(&trend.heading.name));
    let trends = trends.filter_map(|trend| trend::sketch(trend, setting));
    let who = profile::sketch(released, setting).filter(|_| drawn(PROFILE));
    tables.chain(trends).chain(who).collect()
}

/// The names of toplines, of tables of one's own, and of each question's table by groups in
/// which most figures were found to differ from the rest; the first of equals.
fn main(tables: &[Table]) -> BTreeSet<&str> {
    let by_groups = |table: &Table| table.banner.is_some() && !table.own;
    let differing = |table: &&Table| {
        let rows = table.blocks.iter().flat_map(|block| &block.rows);
        let cells = rows.flat_map(|row| row.cells.iter().skip(1));
        let found = |figure: &&Figure| {
            matches!(figure.verdict(), Some(Verdict::Higher | Verdict::Lower))
        };
        cells.filter(found).count()
    };
    let questions = tables.chunk_by(|a, b| a.question.id == b.question.id);
    let most = questions.filter_map(|question| {
        question.iter().rev().filter(|table| by_groups(table)).max_by_key(differing)
    });
    let others = tables.iter().filter(|table| !by_groups(table));
    others.chain(most).map(|table| table.name.as_str()).collect()
}

fn chart(
    sketch: &dyn Sketch,
    poll: &Poll,
    fonts: &Fonts,
    foot: Foot<'_>,
) -> Result<Chart, Fault> {
    let (frame, description) = (sketch.frame(), sketch.describe());
    let title = [("kind", sketch.kind()), ("title", &frame.title)];
    let mut title = fill(poll.words.chart_name, &title);
    for status in frame.marks.iter().filter_map(Stamp::status) {
        title = format!("{title} ({status})");
    }
    let picture = |width| {
        let words = [poll.id.as_str(), &title, &description];
        let (vectors, logo) = vectors(sketch, (&frame, width), words, fonts, foot)?;
        let stuck = logo.zip(foot.logo).and_then(|(area, logo)| png::stuck(logo, area));
        let png = png::render(&vectors.outlined, stuck.as_ref());
        let png = png.ok_or("the PNG could not be written")?;
        Ok(Picture { png, ..vectors })
    };
    let fault = |what| Fault { table: sketch.table().to_owned(), what };
    let wide = picture(Width::Wide).map_err(fault)?;
    let narrow = picture(Width::Narrow).map_err(fault)?;
    let Frame { title: heading, question, notes, source, .. } = frame;
    let table = sketch.table().to_owned();
    Ok(Chart { table, heading, title, description, question, notes, source, wide, narrow })
}

/// The picture without its PNG, and where its logo stands.
fn vectors(
    sketch: &dyn Sketch,
    (frame, width): (&Frame, Width),
    [poll, title, description]: [&str; 3],
    fonts: &Fonts,
    foot: Foot<'_>,
) -> Result<(Picture, Option<Area>), &'static str> {
    let Composed { scene, page, logo } =
        frame::compose(frame, sketch.body(width), width, fonts, foot);
    let recording =
        paint::record(&scene, page).ok_or("plotters drew something else than vectors")?;
    let id = id(sketch.table(), width);
    let names = svg::Names { id: &id, class: width.name(), title, description };
    let elsewhere = format!("pollsmith-{poll}-{id}");
    let (width, height) = recording.page_size();
    let picture = Picture {
        width,
        height,
        inline: svg::inline(&recording, &names, fonts),
        embedded: svg::embedded(&recording, &svg::Names { id: &elsewhere, ..names }, fonts),
        outlined: svg::outlined(&recording, &names, fonts, foot.logo.zip(logo)),
        png: Vec::new(),
        foreign: foreign(&recording, fonts),
    };
    Ok((picture, logo))
}

/// The letters of a picture that the font lacks.
fn foreign(recording: &recording::Recording, fonts: &Fonts) -> BTreeSet<char> {
    let texts = recording.shapes.iter().filter_map(recording::Shape::text);
    let lacks = |text: &recording::Text, c: char| fonts.glyph(c, text.weight) == 0;
    texts.flat_map(|text| text.content.chars().filter(|c| lacks(text, *c))).collect()
}

/// An id that no other picture of the page has, without characters that would end it.
fn id(table: &str, width: Width) -> String {
    let keep = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' };
    let table: String = table.chars().map(keep).collect();
    format!("chart-{table}-{}", width.name())
}
