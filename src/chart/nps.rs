//! A net promoter question: eleven columns, in one shade each for detractors, passives and
//! promoters, and the score itself above them.
//!
//! Takes a table without groups whose answers are the numbers 0 to 10 and which has a net
//! promoter score; gives the part of the picture between subtitle and notes. Columns begin
//! at 0. Answers that stay last, such as "Don't know", are said in words below.

use super::describe::{is_hidden, told};
use super::dots::leading;
use super::font::Fonts;
use super::frame::Frame;
use super::reading::{Reading, Unit};
use super::scene::{Anchor, Area, Scene};
use super::style::{
    self, AXIS, Colour, HEAD, INK, NEUTRAL, NOTE, PADDING, Style, TITLE, VALUE, WHITE,
};
use super::text::clean;
use super::words::{self, description};
use super::{Sketch, Subject, Width, bars};
use crate::disclose::{Figure, Form, Row, Statistic};
use crate::words::{Words, fill};

/// How high the longest column is.
const HEIGHT: f64 = 170.0;
/// Above it: the score, then the number of the longest column.
const SCORE: f64 = 30.0;
const ABOVE: f64 = 26.0;
/// Between two columns, and between two classes besides.
const GAP: f64 = 4.0;
const BREAK: f64 = 8.0;

/// The classes: from which answer to which.
const CLASSES: [(usize, usize); 3] = [(0, 6), (7, 8), (9, 10)];

/// The columns of a question.
struct Promoters<'a> {
    subject: Subject<'a>,
    /// The score.
    score: Reading,
    label: String,
    /// The answers 0 to 10.
    answers: Vec<Reading>,
}

/// The chart of a question with a net promoter score.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let table = subject.table;
    if !matches!(table.form, Form::Single { .. }) || table.banner.is_some() {
        return None;
    }
    let rows = &table.blocks.first()?.rows;
    let net = rows.iter().find(|row| row.statistic == Statistic::Nps)?;
    let answer = |number: i32| {
        let of = |row: &&Row<Figure>| {
            row.statistic == Statistic::Percent && leading(&row.label.text) == Some(number)
        };
        Some(Reading::of(
            rows.iter().find(of)?.cells.first()?,
            subject.intervals,
            subject.poll.words,
        ))
    };
    let answers = (0..=10).map(answer).collect::<Option<Vec<Reading>>>()?;
    let score = Reading::in_unit(
        net.cells.first()?,
        subject.intervals,
        Unit::Points,
        subject.poll.words,
    );
    let label = clean(&net.label.text);
    Some(Box::new(Promoters { subject, score, label, answers }))
}

impl Sketch for Promoters<'_> {
    fn table(&self) -> &str {
        &self.subject.table.name
    }

    fn kind(&self) -> &'static str {
        self.subject.poll.words.chart_columns
    }

    fn frame(&self) -> Frame {
        words::frame(&self.subject)
    }

    fn body(&self, width: Width) -> Scene {
        self.draw(width)
    }

    fn describe(&self) -> String {
        let hidden = self.answers.iter().filter(|reading| is_hidden(reading)).count();
        let words = self.subject.poll.words;
        let mut said = vec![told(&self.label, &self.score, words) + "."];
        said.push(words.told_eleven.to_owned());
        let shown = self.answers.iter().enumerate().filter(|(_, r)| r.value.is_some());
        let most = shown.max_by(|(_, a), (_, b)| a.rank.total_cmp(&b.rank));
        said.extend(most.map(|(number, reading)| {
            let values = [("answer", &*number.to_string()), ("value", &reading.text)];
            fill(words.told_most, &values)
        }));
        said.extend(self.aside().map(|text| text + "."));
        description(said, hidden, words)
    }
}

/// The shade of an answer, and of words about it.
fn shade(answer: usize) -> (Colour, Colour) {
    let dark = |positive| style::side(positive, 1).first().map_or(INK, |pair| pair.0);
    match answer {
        0..=6 => (dark(false), dark(false)),
        7 | 8 => (NEUTRAL, INK),
        _ => (dark(true), dark(true)),
    }
}

/// Where columns stand.
struct Columns {
    /// The left edge of each.
    lefts: Vec<f64>,
    /// How wide each is.
    width: f64,
    /// Pixels for one per cent.
    unit: f64,
    /// The height of their feet.
    foot: f64,
}

impl Promoters<'_> {
    fn columns(&self, width: Width) -> Columns {
        let room = width.px() - 2.0 * PADDING - 10.0 * GAP - 2.0 * BREAK;
        let each = room / 11.0;
        let breaks =
            |answer: usize| CLASSES.iter().filter(|c| c.0 > 0 && c.0 <= answer).count();
        #[expect(clippy::cast_precision_loss, reason = "eleven columns")]
        let left = |answer: usize| {
            PADDING + answer as f64 * (each + GAP) + breaks(answer) as f64 * BREAK
        };
        let reach = self.answers.iter().map(Reading::reach).fold(0.0, f64::max).max(5.0);
        Columns {
            lefts: (0..=10).map(left).collect(),
            width: each,
            unit: HEIGHT / reach,
            foot: SCORE + ABOVE + HEIGHT,
        }
    }

    fn draw(&self, width: Width) -> Scene {
        let fonts = self.subject.fonts;
        let columns = self.columns(width);
        let mut scene = Scene::default();
        self.write_score(&mut scene, fonts);
        for (answer, reading) in self.answers.iter().enumerate() {
            let Some(left) = columns.lefts.get(answer) else { continue };
            column(&mut scene, (answer, reading), *left, &columns, width);
        }
        let bottom = columns.foot + 4.0 + NOTE.leading;
        let bottom =
            classes(&mut scene, &columns, bottom + 4.0, (fonts, self.subject.poll.words));
        let aside =
            self.aside().map(|text| fonts.wrap(&text, NOTE, width.px() - 2.0 * PADDING, 4));
        let aside = aside.unwrap_or_default();
        scene.lines((PADDING, bottom + 6.0), Anchor::Start, NOTE, &aside);
        let lines: f64 = aside.iter().map(|_| NOTE.leading).sum();
        scene.height = bottom + 6.0 + lines;
        scene
    }

    /// The score with its name, in large figures.
    fn write_score(&self, scene: &mut Scene, fonts: &Fonts) {
        let baseline = SCORE / 2.0 + TITLE.drop();
        scene.text((PADDING, baseline), Anchor::Start, VALUE, self.label.as_str());
        let x = PADDING + fonts.width(&self.label, VALUE) + 10.0;
        let (style, words) = match self.score.value {
            Some(_) => (TITLE, &self.score.text),
            None => (style::WORDS, &self.score.text),
        };
        scene.text((x, baseline), Anchor::Start, style, words.as_str());
        let x = x + fonts.width(words, style) + 8.0;
        scene.text((x, baseline), Anchor::Start, style::RANGE, self.score.range.as_str());
    }

    /// The answers that stay last, in words.
    fn aside(&self) -> Option<String> {
        let entries = bars::entries(&self.subject);
        let aside = entries.iter().filter(|entry| entry.aside);
        let said: Vec<String> = aside
            .map(|entry| told(&entry.label, &entry.reading, self.subject.poll.words))
            .collect();
        (!said.is_empty()).then(|| said.join("; "))
    }
}

/// A column with its number above and its answer below.
fn column(
    scene: &mut Scene,
    (answer, reading): (usize, &Reading),
    left: f64,
    columns: &Columns,
    width: Width,
) {
    let (fill, _) = shade(answer);
    let middle = left + columns.width / 2.0;
    let foot = columns.foot;
    let mut top = foot;
    if let Some(value) = reading.value {
        let height = value * columns.unit;
        let area = Area { left, top: foot - height, width: columns.width, height };
        scene.fill(area, fill);
        if fill == NEUTRAL {
            scene.outline(area, AXIS);
        }
        top = foot - reading.reach() * columns.unit;
    }
    if let Some((low, high)) = reading.interval {
        let ends = (foot - low * columns.unit, foot - high * columns.unit);
        whisker(scene, middle, ends, (1.5, WHITE));
        whisker(scene, middle, ends, (0.0, INK));
    }
    let style = number_style(width);
    scene.text((middle, top - 6.0), Anchor::Middle, style, reading.short());
    scene.line((left, foot), (left + columns.width, foot), AXIS, 1.0);
    let baseline = foot + 4.0 + NOTE.leading / 2.0 + NOTE.drop();
    scene.text((middle, baseline), Anchor::Middle, NOTE.in_colour(INK), answer.to_string());
}

/// The numbers of narrow columns are smaller.
fn number_style(width: Width) -> Style {
    match width {
        Width::Wide => VALUE,
        Width::Narrow => HEAD,
    }
}

/// An interval mark, upright.
fn whisker(
    scene: &mut Scene,
    x: f64,
    (low, high): (f64, f64),
    (casing, colour): (f64, Colour),
) {
    let (thick, cap) = (2.0 + 2.0 * casing, 4.0 + casing);
    scene.line((x, low), (x, high), colour, thick);
    for y in [low, high] {
        scene.line((x - cap, y), (x + cap, y), colour, thick);
    }
}

/// The names of the classes, each under a line as wide as its columns. Gives the lower edge.
fn classes(
    scene: &mut Scene,
    columns: &Columns,
    top: f64,
    (fonts, words): (&Fonts, &Words),
) -> f64 {
    let mut bottom = top;
    let names = [words.chart_detractors, words.chart_passives, words.chart_promoters];
    for ((first, last), name) in CLASSES.into_iter().zip(names) {
        let edges = columns.lefts.get(first).zip(columns.lefts.get(last));
        let Some((left, right)) = edges else { continue };
        let right = right + columns.width;
        let (fill, ink) = shade(first);
        let bar = Area { left: *left, top, width: right - left, height: 4.0 };
        scene.fill(bar, if fill == NEUTRAL { AXIS } else { fill });
        let style = HEAD.in_colour(ink);
        let lines = fonts.wrap(name, style, right - left + GAP + BREAK - 2.0, 2);
        let middle = f64::midpoint(*left, right);
        scene.lines((middle, top + 7.0), Anchor::Middle, style, &lines);
        bottom = top + 7.0 + HEAD.leading * if lines.len() > 1 { 2.0 } else { 1.0 };
    }
    bottom
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::scene::Mark;
    use super::super::tests::{
        between, description, hidden, percent, row, scene, table, texts,
    };
    use super::*;
    use crate::disclose::testing::figure;
    use crate::disclose::{Role, Status, Table};

    fn question(name: &str, answers: Vec<Figure>, score: Figure) -> Table {
        let answer = |(number, figure)| row(&format!("{number}"), Role::Answer, figure);
        let mut rows: Vec<_> = answers.into_iter().enumerate().map(answer).collect();
        rows.push(row("Don’t know", Role::Pinned, percent(4.0)));
        let net = row("Net promoter score", Role::Summary, score);
        rows.push(Row { statistic: Statistic::Nps, ..net });
        let block = super::super::tests::block(None, rows);
        table(name, Form::Single { ordered: true }, vec![block])
    }

    fn recommend() -> Table {
        let shares = [17.0, 8.0, 11.0, 12.0, 10.0, 13.0, 9.0, 9.0, 6.0, 2.0, 3.0];
        question("recommend", shares.map(percent).to_vec(), percent(-75.0))
    }

    /// Usual and odd tables.
    pub(in super::super) fn all() -> Vec<Table> {
        let shares = || (0..11).map(|_| between(9.0, 7.0, 11.0)).collect();
        let mut odd: Vec<Figure> = (0..11).map(|_| hidden()).collect();
        odd[10] = percent(100.0);
        odd[3] = figure(None, None, Status::Low);
        vec![
            recommend(),
            question("nps-hidden", (0..11).map(|_| hidden()).collect(), hidden()),
            question("nps-odd", odd, percent(100.0)),
            question("nps-intervals", shares(), between(-45.0, -50.0, -40.0)),
        ]
    }

    /// The heights of the columns of a colour.
    fn heights(scene: &Scene, colour: Colour) -> Vec<f64> {
        let height = |mark: &Mark| match mark {
            Mark::Fill(area, fill) if *fill == colour && area.height > 4.5 => Some(area.height),
            _ => None,
        };
        scene.marks.iter().filter_map(height).collect()
    }

    #[test]
    fn columns_are_as_high_as_their_shares_in_three_shades() {
        for width in [Width::Wide, Width::Narrow] {
            let (picture, _) = scene(&recommend(), width);
            let [low, middle, high] =
                [0, 7, 9].map(|answer| heights(&picture, shade(answer).0));
            assert_eq!((low.len(), middle.len(), high.len()), (7, 2, 2));
            let unit = low[0] / 17.0;
            assert!(
                (low[6] / unit - 9.0).abs() < 1e-6 && (middle[1] / unit - 6.0).abs() < 1e-6
            );
            assert!((high[1] / unit - 3.0).abs() < 1e-6);
            let texts = texts(&picture);
            let said: Vec<&str> = texts.iter().map(|(_, text)| *text).collect();
            for words in ["\u{2212}75", "Detractors", "Passives", "Promoters", "Don’t know 4%"]
            {
                assert!(said.contains(&words), "{words}");
            }
        }
    }

    #[test]
    fn what_is_hidden_has_no_column() {
        let table = question("hidden", (0..11).map(|_| hidden()).collect(), hidden());
        let (picture, _) = scene(&table, Width::Wide);
        assert!([0, 7, 9].iter().all(|answer| heights(&picture, shade(*answer).0).is_empty()));
        assert_eq!(texts(&picture).iter().filter(|(_, text)| *text == "[c]").count(), 11);
    }

    #[test]
    fn a_score_without_its_eleven_answers_is_drawn_as_bars() {
        let mut table = recommend();
        table.blocks[0].rows.remove(4);
        let (picture, _) = scene(&table, Width::Wide);
        assert!(texts(&picture).iter().all(|(_, text)| *text != "Detractors"));
    }

    #[test]
    fn the_score_is_told_first() {
        assert_eq!(
            description(&recommend(), false),
            "Net promoter score \u{2212}75. 11 answers from 0 to 10 shown. Most gave 0: 17%. \
             Don’t know 4%. Full figures are in the table that follows."
        );
    }
}
