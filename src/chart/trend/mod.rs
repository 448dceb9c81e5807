//! Lines over time: a question's shares in each wave, on true dates.
//!
//! Takes a released trend, gives the part of the picture between subtitle and notes. A line
//! has a gap where the question changed; what is hidden or of low reliability has no point.
//! Each line has a colour, a shape of its points, its name and last value beside its end, and
//! its first value before its beginning where that has room.

mod lines;
mod marker;
mod words;

use jiff::civil::Date;

use super::font::Fonts;
use super::frame::Frame;
use super::reading;
use super::scene::{Anchor, Scene};
use super::style::{
    AXIS, Colour, GRID, INK, LABEL, Look, NOTE, PADDING, RANGE, SECONDARY, TREND, VALUE, WHITE,
};
use super::text;
use super::{Setting, Sketch, Width};
use crate::disclose::{Status, Trend};
use crate::words::{Words, fill};
use lines::{Line, Point, lines};
use marker::marker;
use words::{describe, frame};

/// The lines of a question; none if there is nothing to draw.
struct Waves<'a> {
    trend: &'a Trend,
    setting: Setting<'a>,
    description: String,
}

/// The chart of a trend; none if it has no line.
pub(super) fn sketch<'a>(
    trend: &'a Trend,
    setting: Setting<'a>,
) -> Option<Box<dyn Sketch + 'a>> {
    let description = describe(trend, setting.poll.words)?;
    Some(Box::new(Waves { trend, setting, description }))
}

impl Sketch for Waves<'_> {
    fn table(&self) -> &str {
        &self.trend.heading.name
    }

    fn kind(&self) -> &'static str {
        self.setting.poll.words.chart_trend
    }

    fn frame(&self) -> Frame {
        frame(self.trend, &self.setting)
    }

    fn body(&self, width: Width) -> Scene {
        let Setting { poll, intervals, fonts, .. } = self.setting;
        draw(self.trend, intervals, width, &Writing { fonts, words: poll.words })
    }

    fn describe(&self) -> String {
        self.description.clone()
    }
}

/// How high the plot is: from 0 to 100 per cent.
const HEIGHT: f64 = 260.0;
/// Between the highest label and the top of the plot.
const TOP: f64 = 10.0;
/// How thick a line is.
const THICK: f64 = 2.5;
/// From the middle of a point to its edge.
const RADIUS: f64 = 5.0;
/// With more waves than this, intervals are bands.
const UPRIGHTS: usize = 3;
/// The widest column of names right of the plot.
const NAMES: f64 = 190.0;
/// From the last point to its value.
const LEAD: f64 = 20.0;
/// The least distance of two names, line by line.
const APART: f64 = 20.0;
/// From the first point to the value before it.
const BEFORE: f64 = 5.0;
/// The least distance of two values before the lines, from middle to middle.
const CLEAR: f64 = 15.0;

/// Where things stand.
struct Plot {
    left: f64,
    right: f64,
    /// How wide the values at the ends are.
    values: f64,
    /// The place of each wave.
    waves: Vec<f64>,
}

impl Plot {
    fn height(value: f64) -> f64 {
        TOP + HEIGHT * (1.0 - value / 100.0)
    }
}

/// How words are set, and in which language.
struct Writing<'a> {
    fonts: &'a Fonts,
    words: &'static Words,
}

impl Writing<'_> {
    /// A share as it is printed.
    fn percent(&self, point: Point) -> String {
        reading::percent(point.value, point.decimals, self.words)
    }
}

/// Draws the lines.
fn draw(trend: &Trend, intervals: bool, width: Width, writing: &Writing<'_>) -> Scene {
    let lines = lines(trend, intervals);
    let names = names(&lines, width, writing);
    let plot = plot(trend, (&lines, &names), width, writing);
    let mut scene = Scene { height: TOP + HEIGHT, ..Scene::default() };
    grid(&mut scene, &plot);
    rules(&mut scene, &plot, &lines, writing);
    for (line, look) in lines.iter().zip(TREND) {
        intervals_of(&mut scene, &plot, line, look.colour);
    }
    for (line, look) in lines.iter().zip(TREND) {
        strokes(&mut scene, &plot, line, look.colour);
    }
    for (line, look) in lines.iter().zip(TREND) {
        for (x, point) in plot.waves.iter().zip(&line.points) {
            let Some(point) = point else { continue };
            marker(&mut scene, look, (*x, Plot::height(point.value)), RADIUS);
        }
    }
    starts(&mut scene, &plot, &lines, writing);
    waves(&mut scene, trend, &plot, writing);
    ends(&mut scene, &plot, &lines, &names, width);
    scene
}

/// The words beside the end of each line.
struct Name {
    /// The value, or nothing.
    value: String,
    /// The name in lines; where it is narrow it stands in the key below.
    lines: Vec<String>,
}

impl Name {
    /// How high its lines are together.
    fn height(&self) -> f64 {
        self.lines.iter().map(|_| NOTE.leading).sum()
    }
}

fn names(lines: &[Line], width: Width, writing: &Writing<'_>) -> Vec<Name> {
    let of = |line: &Line| {
        let value = line.points.last().copied().flatten();
        let value = value.map(|point| writing.percent(point));
        let room = match width {
            Width::Wide => NAMES,
            Width::Narrow => width.px() - 2.0 * PADDING - 24.0,
        };
        let lines = writing.fonts.wrap(&line.label, NOTE, room, 2);
        Name { value: value.unwrap_or_default(), lines }
    };
    lines.iter().map(of).collect()
}

/// Where the first point of a line is, if it has one.
fn start(line: &Line) -> Option<Point> {
    line.points.first().copied().flatten()
}

fn plot(
    trend: &Trend,
    (lines, names): (&[Line], &[Name]),
    width: Width,
    writing: &Writing<'_>,
) -> Plot {
    let fonts = writing.fonts;
    let values = names.iter().map(|name| fonts.width(&name.value, VALUE)).fold(0.0, f64::max);
    let widest = names.iter().map(|name| fonts.widest(&name.lines, NOTE)).fold(0.0, f64::max);
    let beside = match width {
        Width::Wide => LEAD + values + 24.0 + widest,
        Width::Narrow => LEAD + values,
    };
    let left = PADDING + fonts.width("100%", NOTE) + 14.0;
    let right = width.px() - PADDING - beside - RADIUS;
    let shares = shares(trend);
    let starts =
        lines.iter().filter_map(start).map(|p| fonts.width(&writing.percent(p), VALUE));
    let first = left + 3.0 + starts.fold(0.0, f64::max) + BEFORE + RADIUS;
    let waves = shares.iter().map(|share| first + share * (right - first)).collect();
    Plot { left, right, values, waves }
}

/// How far each wave lies from the first to the last, by the middle of its fieldwork; equal
/// steps if the dates of one are not known.
fn shares(trend: &Trend) -> Vec<f64> {
    let waves = &trend.heading.waves;
    let last = waves.len().saturating_sub(1);
    let days: Option<Vec<f64>> =
        waves.iter().map(|wave| Some(middle(wave.fieldwork?))).collect();
    let span = days.as_ref().and_then(|days| Some((*days.first()?, *days.last()?)));
    match (days, span) {
        (Some(days), Some((from, to))) if to > from => {
            days.iter().map(|day| (day - from) / (to - from)).collect()
        }
        _ if last == 0 => vec![1.0; waves.len()],
        #[expect(clippy::cast_precision_loss, reason = "waves are few")]
        _ => (0..=last).map(|wave| wave as f64 / last as f64).collect(),
    }
}

/// The middle of fieldwork, in days.
fn middle((first, last): (Date, Date)) -> f64 {
    let day = |date: Date| {
        let since = date.since(jiff::civil::date(1970, 1, 1));
        since.map_or(0.0, |span| f64::from(span.get_days()))
    };
    f64::midpoint(day(first), day(last))
}

/// Whether the distance of waves is that of their dates.
fn is_dated(trend: &Trend) -> bool {
    trend.heading.waves.iter().all(|wave| wave.fieldwork.is_some())
}

fn grid(scene: &mut Scene, plot: &Plot) {
    for value in [0.0, 20.0, 40.0, 60.0, 80.0, 100.0] {
        let y = Plot::height(value).floor() + 0.5;
        let colour = if value > 0.0 { GRID } else { AXIS };
        scene.line((plot.left, y), (plot.right + RADIUS, y), colour, 1.0);
        tick(scene, (plot.left - 8.0, y + NOTE.drop()), value);
    }
}

/// The label of a grid line; the highest carries the unit.
fn tick(scene: &mut Scene, at: (f64, f64), value: f64) {
    let unit = if value > 99.0 { "%" } else { "" };
    scene.text(at, Anchor::End, NOTE, format!("{value}{unit}"));
}

/// A dashed rule, and words, where the question changed for every line.
fn rules(scene: &mut Scene, plot: &Plot, lines: &[Line], writing: &Writing<'_>) {
    for (wave, pair) in plot.waves.windows(2).enumerate() {
        let broken = |line: &Line| line.breaks.get(wave + 1).copied().unwrap_or_default();
        if !lines.is_empty() && lines.iter().all(broken) {
            rule(scene, f64::midpoint(pair[0], pair[1]).floor() + 0.5, writing);
        }
    }
}

fn rule(scene: &mut Scene, x: f64, writing: &Writing<'_>) {
    let mut y = TOP + 20.0;
    while y < TOP + HEIGHT {
        scene.line((x, y), (x, (y + 4.0).min(TOP + HEIGHT)), SECONDARY, 1.0);
        y += 8.0;
    }
    let before = scene.marks.len();
    let words = fill(writing.words.chart_broken, &[("code", Status::Broken.code())]);
    scene.text((x, TOP + 14.0), Anchor::Middle, NOTE, words);
    scene.clear_behind(before, writing.fonts);
}

/// The intervals, behind all lines: a band where there are many waves, else an upright at
/// each.
fn intervals_of(scene: &mut Scene, plot: &Plot, line: &Line, colour: Colour) {
    if plot.waves.len() > UPRIGHTS {
        for stretch in stretches(plot, line) {
            band(scene, &stretch, colour.mixed(WHITE, 0.85));
        }
        return;
    }
    for (x, point) in plot.waves.iter().zip(&line.points) {
        if let Some((low, high)) = point.and_then(|point| point.interval) {
            whisker(scene, *x, (Plot::height(low), Plot::height(high)), colour);
        }
    }
}

/// Where a line runs without a gap: the place of each wave with the ends of its interval.
fn stretches(plot: &Plot, line: &Line) -> Vec<Vec<(f64, f64, f64)>> {
    let mut all: Vec<Vec<_>> = vec![Vec::new()];
    for ((x, point), broken) in plot.waves.iter().zip(&line.points).zip(&line.breaks) {
        if *broken {
            all.push(Vec::new());
        }
        let interval = point.and_then(|point| point.interval);
        if let (Some((low, high)), Some(last)) = (interval, all.last_mut()) {
            last.push((*x, Plot::height(low), Plot::height(high)));
        }
    }
    all
}

fn band(scene: &mut Scene, stretch: &[(f64, f64, f64)], colour: Colour) {
    let upper = stretch.iter().map(|&(x, _, high)| (x, high));
    let lower = stretch.iter().rev().map(|&(x, low, _)| (x, low));
    if stretch.len() > 1 {
        scene.polygon(upper.chain(lower).collect(), colour);
    }
}

fn whisker(scene: &mut Scene, x: f64, (low, high): (f64, f64), colour: Colour) {
    scene.line((x, low), (x, high), colour, 1.5);
    for y in [low, high] {
        scene.line((x - 4.0, y), (x + 4.0, y), colour, 1.5);
    }
}

fn strokes(scene: &mut Scene, plot: &Plot, line: &Line, colour: Colour) {
    let mut before: Option<(f64, f64)> = None;
    for ((x, point), broken) in plot.waves.iter().zip(&line.points).zip(&line.breaks) {
        before = before.filter(|_| !broken);
        let Some(point) = point else { continue };
        let here = (*x, Plot::height(point.value));
        if let Some(from) = before {
            scene.line(from, here, colour, THICK);
        }
        before = Some(here);
    }
}

/// The names of the waves under the plot, and how many answered. The newest wave always has
/// its name, others where there is room.
fn waves(scene: &mut Scene, trend: &Trend, plot: &Plot, writing: &Writing<'_>) {
    let fonts = writing.fonts;
    let mut free = f64::INFINITY;
    for (place, x) in plot.waves.iter().enumerate().rev() {
        scene.line((*x, TOP + HEIGHT), (*x, TOP + HEIGHT + 5.0), AXIS, 1.0);
        let [label, count] = under(trend, place, writing.words);
        let half = fonts.width(&label, NOTE).max(fonts.width(&count, RANGE)) / 2.0;
        if x + half + 6.0 <= free {
            free = x - half;
            let top = TOP + HEIGHT + 8.0;
            scene.lines((*x, top), Anchor::Middle, NOTE.in_colour(INK), &[label]);
            scene.lines((*x, top + NOTE.leading), Anchor::Middle, RANGE, &[count]);
        }
    }
    scene.height = TOP + HEIGHT + 8.0 + NOTE.leading + RANGE.leading + 4.0;
}

/// What stands under a wave.
fn under(trend: &Trend, place: usize, words: &Words) -> [String; 2] {
    let wave = trend.heading.waves.get(place);
    let label = wave.map(|wave| text::shorten(&text::clean(&wave.label), 24));
    let base = trend.blocks.first().and_then(|block| block.bases.get(place)?.value());
    let count = base.map(|n| fill(words.chart_answers, &[("n", &words.number(n, 0))]));
    [label.unwrap_or_default(), count.unwrap_or_default()]
}

/// The value of the first wave before the beginning of each line; not where that of a line
/// before it is in the way.
fn starts(scene: &mut Scene, plot: &Plot, lines: &[Line], writing: &Writing<'_>) {
    let Some(first) = plot.waves.first() else { return };
    let before = scene.marks.len();
    let mut taken: Vec<f64> = Vec::new();
    for (line, look) in lines.iter().zip(TREND) {
        let Some(point) = start(line) else { continue };
        let y = Plot::height(point.value);
        if taken.iter().any(|other| (other - y).abs() < CLEAR) {
            continue;
        }
        taken.push(y);
        let (x, style) = (first - RADIUS - BEFORE, VALUE.in_colour(look.text));
        scene.text((x, y + style.drop()), Anchor::End, style, writing.percent(point));
    }
    scene.clear_behind(before, writing.fonts);
}

/// Value, point and name beside the end of each line, led there if they had to move; where
/// it is narrow, names stand in a key.
fn ends(scene: &mut Scene, plot: &Plot, lines: &[Line], names: &[Name], width: Width) {
    let at = |line: &Line| line.points.iter().flatten().last().map(|p| Plot::height(p.value));
    let wanted: Vec<f64> = lines.iter().map(|line| at(line).unwrap_or(TOP + HEIGHT)).collect();
    let places = apart(&wanted, names, width);
    for (((name, y), end), look) in names.iter().zip(&places).zip(&wanted).zip(TREND) {
        value(scene, plot, (name, look), (*end, *y));
        if width == Width::Wide {
            beside(scene, plot, (name, look), *y);
        }
    }
    if width == Width::Narrow {
        key(scene, names);
    }
}

/// The value at `y`, with a line to it from the end of the line of the chart.
fn value(scene: &mut Scene, plot: &Plot, (name, look): (&Name, Look), (end, y): (f64, f64)) {
    let x = plot.right + RADIUS + LEAD;
    if (y - end).abs() > 5.0 && !name.value.is_empty() {
        scene.line((plot.right + RADIUS + 3.0, end), (x - 3.0, y), AXIS, 1.0);
    }
    let style = VALUE.in_colour(look.text);
    scene.text((x, y + style.drop()), Anchor::Start, style, &name.value);
}

/// The point and the name after the value.
fn beside(scene: &mut Scene, plot: &Plot, (name, look): (&Name, Look), y: f64) {
    let x = plot.right + RADIUS + LEAD + plot.values + 12.0;
    marker(scene, look, (x, y), RADIUS - 0.5);
    let at = (x + 12.0, y - name.height() / 2.0);
    scene.lines(at, Anchor::Start, NOTE.in_colour(INK), &name.lines);
}

/// Moves places apart until no two names touch, and keeps them beside the plot.
fn apart(wanted: &[f64], names: &[Name], width: Width) -> Vec<f64> {
    let room = |name: &Name| match width {
        Width::Wide => APART.max(name.height() + 2.0),
        Width::Narrow => APART,
    };
    let rooms: Vec<f64> = names.iter().map(room).collect();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    let mut places = wanted.to_vec();
    for _ in 0..200 {
        push(&mut places, &order, &rooms);
    }
    places
}

/// Pushes neighbours half of what they lack apart.
fn push(places: &mut [f64], order: &[usize], rooms: &[f64]) {
    for pair in order.windows(2) {
        let (upper, lower) = (pair[0], pair[1]);
        let least = f64::midpoint(rooms[upper], rooms[lower]);
        let short = (least - (places[lower] - places[upper])).max(0.0);
        places[upper] -= short / 2.0;
        places[lower] += short / 2.0;
    }
    for place in places {
        *place = place.clamp(TOP, TOP + HEIGHT);
    }
}

/// Points and names under each other.
fn key(scene: &mut Scene, names: &[Name]) {
    let mut top = scene.height + 2.0;
    for (name, look) in names.iter().zip(TREND) {
        marker(scene, look, (PADDING + RADIUS, top + LABEL.leading / 2.0), RADIUS);
        scene.lines(
            (PADDING + 18.0, top + 1.0),
            Anchor::Start,
            NOTE.in_colour(INK),
            &name.lines,
        );
        top += name.height() + 4.0;
    }
    scene.height = top;
}

#[cfg(test)]
mod tests {
    use super::super::scene::Mark;
    use super::super::style::TREND;
    use super::*;
    use crate::disclose::testing::{change, figure, trend, wave};
    use crate::disclose::{Break, Figure, Form, Reason, Times};
    use crate::poll::testing::poll;
    use crate::words::EN_GB;

    fn percent(value: f64) -> Figure {
        figure(Some(value), None, Status::Shown)
    }

    /// Three waves, the first 300 and the second 100 days before the last.
    fn three(points: [Figure; 3]) -> Trend {
        let waves = vec![wave("A", 300), wave("B", 100), wave("C", 0)];
        trend(waves, vec![("Too much", Vec::from(points), change(5.0, None))])
    }

    fn writing(fonts: &Fonts) -> Writing<'_> {
        Writing { fonts, words: &EN_GB }
    }

    fn scene(trend: &Trend) -> Scene {
        draw(trend, true, Width::Wide, &writing(&Fonts::load().expect("a font")))
    }

    /// The strokes of the first line.
    fn strokes(scene: &Scene) -> Vec<((f64, f64), (f64, f64))> {
        let of = |mark: &Mark| match mark {
            Mark::Line(from, to, colour, _) if *colour == TREND[0].colour => Some((*from, *to)),
            _ => None,
        };
        scene.marks.iter().filter_map(of).collect()
    }

    #[test]
    fn waves_stand_at_the_distance_of_their_dates() {
        let scene = scene(&three([percent(40.0), percent(50.0), percent(60.0)]));
        let lines = strokes(&scene);
        assert_eq!(lines.len(), 2);
        let (first, second) = (lines[0].1.0 - lines[0].0.0, lines[1].1.0 - lines[1].0.0);
        assert!((first - 2.0 * second).abs() < 1e-6, "{first} {second}");
        // Ten points are 26 px of 260.
        assert!((lines[0].0.1 - lines[0].1.1 - 26.0).abs() < 1e-9);
    }

    #[test]
    fn a_break_is_a_gap_and_a_hidden_point_is_none() {
        let mut broken = three([percent(40.0), percent(50.0), percent(60.0)]);
        broken.heading.breaks.push((2, Break::whole(Reason::Wording)));
        let scene_of = scene(&broken);
        assert_eq!(strokes(&scene_of).len(), 1);
        let words =
            |mark: &Mark| matches!(mark, Mark::Text(t) if t.content == "Question changed [b]");
        assert!(scene_of.marks.iter().any(words));
        let weak = figure(Some(50.0), None, Status::Unreliable);
        let scene_of = scene(&three([percent(40.0), weak, percent(60.0)]));
        assert_eq!(strokes(&scene_of).len(), 1, "from the first wave to the last");
    }

    #[test]
    fn intervals_are_drawn_only_where_they_may_be() {
        let wide = || figure(Some(50.0), Some((45.0, 55.0)), Status::Shown);
        let trend = three([wide(), wide(), wide()]);
        let fonts = Fonts::load().expect("a font");
        let strokes =
            |intervals| strokes(&draw(&trend, intervals, Width::Wide, &writing(&fonts))).len();
        // An upright and two caps at each of three points.
        assert_eq!(strokes(true), strokes(false) + 9);
    }

    #[test]
    fn many_waves_have_a_band_that_stops_at_a_break() {
        let wide = || figure(Some(50.0), Some((45.0, 55.0)), Status::Shown);
        let waves = ["A", "B", "C", "D", "E"].iter().zip([400, 300, 200, 100, 0]);
        let waves = waves.map(|(name, days)| wave(name, days)).collect();
        let points = (0..5).map(|_| wide()).collect();
        let mut trend = trend(waves, vec![("Too much", points, change(0.0, None))]);
        let bands = |trend: &Trend| -> Vec<usize> {
            let corners = |mark: &Mark| match mark {
                Mark::Polygon(corners, _) => Some(corners.len()),
                _ => None,
            };
            scene(trend).marks.iter().filter_map(corners).collect()
        };
        assert_eq!(bands(&trend), [10]);
        trend.heading.breaks = vec![(3, Break::whole(Reason::Wording))];
        assert_eq!(bands(&trend), [6, 4]);
    }

    #[test]
    fn a_wave_of_few_answers_has_no_point() {
        let mut trend = three([percent(40.0), percent(50.0), percent(60.0)]);
        trend.blocks[0].bases[0] = figure(Some(90.0), None, Status::Shown);
        assert_eq!(strokes(&scene(&trend)).len(), 1);
    }

    /// The texts of a chart that are percentages.
    fn values(trend: &Trend, width: Width) -> Vec<String> {
        let of = |mark: &Mark| match mark {
            Mark::Text(text) if text.style.weight == VALUE.weight => Some(text.content.clone()),
            _ => None,
        };
        let scene = draw(trend, false, width, &writing(&Fonts::load().expect("a font")));
        scene.marks.iter().filter_map(of).collect()
    }

    #[test]
    fn a_line_begins_and_ends_with_its_value_unless_another_is_in_the_way() {
        let one = three([percent(40.0), percent(50.0), percent(60.0)]);
        assert_eq!(values(&one, Width::Wide), ["40%", "60%"]);
        assert_eq!(values(&one, Width::Narrow), ["40%", "60%"]);
        let waves = || vec![wave("A", 100), wave("B", 0)];
        let row = |from| ("Fine", vec![percent(from), percent(80.0)], change(1.0, None));
        // Five points are 13 px, six nearly 16.
        let near = trend(waves(), vec![row(40.0), row(45.0)]);
        assert_eq!(values(&near, Width::Wide), ["40%", "80%", "80%"]);
        let apart = trend(waves(), vec![row(40.0), row(46.0)]);
        assert_eq!(values(&apart, Width::Wide), ["40%", "46%", "80%", "80%"]);
    }

    #[test]
    fn a_value_before_a_line_stands_clear_of_the_axis_and_the_point() {
        let trend = three([percent(100.0), percent(50.0), percent(60.0)]);
        let fonts = Fonts::load().expect("a font");
        for width in [Width::Wide, Width::Narrow] {
            let scene = draw(&trend, false, width, &writing(&fonts));
            let text = |mark: &Mark| match mark {
                Mark::Text(text) if text.content == "100%" => Some(text.area(&fonts)),
                _ => None,
            };
            let areas: Vec<_> = scene.marks.iter().filter_map(text).collect();
            let [axis, value] = areas.as_slice() else { panic!("{areas:?}") };
            assert!(value.left - 3.0 > axis.left + axis.width, "{areas:?}");
            let (from, _) = strokes(&scene)[0];
            assert!(value.left + value.width + RADIUS < from.0, "{areas:?}");
        }
    }

    #[test]
    fn lines_of_a_ranking_are_named_by_their_items() {
        let of = |form| {
            let row = |from| ("In the first 3", vec![percent(from); 2], change(0.0, None));
            let mut trend = trend(vec![wave("A", 100), wave("B", 0)], vec![row(30.0)]);
            trend.heading.form = form;
            let block = trend.blocks[0].clone();
            let item = |id: &str| crate::disclose::Label {
                id: id.to_lowercase(),
                text: id.to_owned(),
            };
            trend.blocks = ["Pay", "Leave"]
                .map(|id| Times { item: Some(item(id)), ..block.clone() })
                .to_vec();
            lines(&trend, false).into_iter().map(|line| line.label).collect::<Vec<_>>()
        };
        assert_eq!(of(Form::Rank), ["Pay", "Leave"]);
        assert_eq!(of(Form::Single { ordered: true }), ["In the first 3"; 2]);
    }

    #[test]
    fn names_do_not_touch() {
        let name = || Name { value: "5%".to_owned(), lines: vec!["A".to_owned(); 2] };
        let names = [name(), name(), name()];
        let mut places = apart(&[100.0, 100.0, 102.0], &names, Width::Wide);
        places.sort_by(f64::total_cmp);
        assert!(places[1] - places[0] > 33.0 && places[2] - places[1] > 33.0, "{places:?}");
    }

    #[test]
    fn the_chart_is_said_in_words() {
        let waves = vec![wave("A", 100), wave("B", 0)];
        let lower = Some(crate::disclose::Verdict::Lower);
        let rows = vec![
            ("Fine", vec![percent(30.0), percent(31.0)], change(1.0, None)),
            ("Too much", vec![percent(62.0), percent(57.0)], change(-5.0, lower)),
        ];
        let trend = trend(waves, rows);
        assert_eq!(
            describe(&trend, &EN_GB).expect("words"),
            "2 lines from A to B. Too much 62% to 57%, lower than the wave before. \
             Fine 30% to 31%. Full figures are in the table that follows."
        );
        let (poll, fonts) = (poll(), Fonts::load().expect("a font"));
        let titles = indexmap::IndexMap::new();
        let setting = Setting {
            poll: &poll,
            titles: &titles,
            intervals: false,
            weighted_by: &[],
            fonts: &fonts,
        };
        let notes = frame(&trend, &setting).notes;
        assert_eq!(notes[0], "Waves: A: 6 October 2023; B: 14 January 2024.");
    }

    #[test]
    fn without_a_line_or_a_second_wave_there_is_no_chart() {
        let hidden = || figure(None, None, Status::Confidential);
        assert_eq!(describe(&three([hidden(), hidden(), hidden()]), &EN_GB), None);
        let one = trend(vec![wave("A", 0)], vec![("Fine", vec![percent(5.0)], hidden())]);
        assert_eq!(describe(&one, &EN_GB), None);
    }
}
