//! Rankings: for each item a bar of how often it was among the first, the part that put it
//! first in a darker shade, and its mean place as a number.
//!
//! Takes a table of a ranking without groups, gives the part of the picture between
//! subtitle and notes. Items stand in the order of the table. What is hidden has no length:
//! without the share of first choices a bar has no dark part, but the shorthand in its place.

use super::axis::{self, Scale, TICKS};
use super::battery::{Key, key};
use super::describe::{count, extremes, is_hidden};
use super::font::Fonts;
use super::frame::Frame;
use super::reading::{Reading, Unit};
use super::scene::{Anchor, Area, Scene};
use super::style::{self, HEAD, INK, LABEL, PADDING, RANGE, SEGMENT, VALUE, WHITE, WORDS};
use super::text::clean;
use super::words::{self, description};
use super::{LIMIT, Sketch, Subject, Width, bars};
use crate::disclose::{Block, Figure, Form, Role, Row, Statistic};
use crate::words::fill;

/// How thick a bar is.
const BAR_HEIGHT: f64 = 24.0;
/// The widest column of labels in the wide picture.
const LABEL_ROOM: f64 = 220.0;
/// The widest head over the mean places.
const HEAD_ROOM: f64 = 84.0;
/// From the end of a bar or interval to its number, and from there to its interval.
const GAP: f64 = 8.0;
const RANGE_GAP: f64 = 6.0;

/// The bars of a ranking.
struct Ranks<'a>(Subject<'a>);

/// The chart of things put in order.
pub(super) fn sketch<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    let table = subject.table;
    let fits = table.form == Form::Rank && table.banner.is_none();
    fits.then(|| Box::new(Ranks(subject)) as Box<dyn Sketch>)
}

impl Sketch for Ranks<'_> {
    fn table(&self) -> &str {
        &self.0.table.name
    }

    fn kind(&self) -> &'static str {
        self.0.poll.words.chart_ranks
    }

    fn frame(&self) -> Frame {
        words::frame(&self.0)
    }

    fn body(&self, width: Width) -> Scene {
        draw(&self.0, width)
    }

    fn describe(&self) -> String {
        describe(&self.0)
    }
}

/// One item.
struct Item {
    label: String,
    /// How many put it first.
    first: Option<Reading>,
    /// How many put it among the first few; none if there is no such row.
    top: Option<Reading>,
    /// Its mean place.
    place: Option<Reading>,
}

impl Item {
    /// The share that the whole bar shows.
    fn whole(&self) -> Option<&Reading> {
        self.top.as_ref().or(self.first.as_ref())
    }

    /// How far to the right it reaches.
    fn reach(&self) -> f64 {
        let first = self.first.as_ref().map_or(0.0, Reading::reach);
        self.whole().map_or(0.0, Reading::reach).max(first)
    }
}

/// The items in the order of the table.
fn items(subject: &Subject<'_>) -> Vec<Item> {
    let item = |block: &Block<Figure>| {
        let read = |row: &Row<Figure>, unit| {
            Some(Reading::in_unit(
                row.cells.first()?,
                subject.intervals,
                unit,
                subject.poll.words,
            ))
        };
        let share = |role| row(block, role).and_then(|row| read(row, Unit::Percent));
        Item {
            label: block.item.as_ref().map_or_else(String::new, |item| clean(&item.text)),
            first: share(Role::Answer),
            top: share(Role::Net),
            place: mean(block).and_then(|row| read(row, Unit::Plain)),
        }
    };
    subject.table.blocks.iter().take(LIMIT).map(item).collect()
}

/// The first row of a role, in per cent.
fn row(block: &Block<Figure>, role: Role) -> Option<&Row<Figure>> {
    let fits = |row: &&Row<Figure>| row.role == role && row.statistic == Statistic::Percent;
    block.rows.iter().find(fits)
}

fn mean(block: &Block<Figure>) -> Option<&Row<Figure>> {
    block.rows.iter().find(|row| row.statistic == Statistic::Mean)
}

/// The label of a row that every item has.
fn label_of<'a>(
    subject: &Subject<'a>,
    find: impl Fn(&'a Block<Figure>) -> Option<&'a Row<Figure>>,
) -> Option<String> {
    subject.table.blocks.iter().find_map(find).map(|row| clean(&row.label.text))
}

/// Where everything stands.
struct Layout {
    width: Width,
    scale: Scale,
    /// How wide a label may be.
    label_room: f64,
    /// The head of the mean places.
    head: Vec<String>,
    /// The shades of the first choice and of the rest.
    shades: [style::Pair; 2],
}

/// An item with its place.
struct Placed<'a> {
    item: &'a Item,
    lines: Vec<String>,
    /// The upper edge of the label's first line.
    label: f64,
    /// The middle of the bar.
    middle: f64,
}

/// Draws the items.
fn draw(subject: &Subject<'_>, width: Width) -> Scene {
    let items = items(subject);
    let fonts = subject.fonts;
    let layout = layout(subject, &items, width);
    let mut scene = head(subject, &layout);
    let (rows, bottom) = place(&items, scene.height, &layout, fonts);
    let spans = spans(&rows, (scene.height, bottom), width);
    let bottom = spans.last().map_or(bottom, |(_, bottom)| *bottom);
    layout.scale.draw(&mut scene, &spans);
    for row in &rows {
        let (x, anchor) = match width {
            Width::Wide => (layout.scale.zero - 12.0, Anchor::End),
            Width::Narrow => (PADDING, Anchor::Start),
        };
        scene.lines((x, row.label), anchor, LABEL, &row.lines);
        bar(&mut scene, row, &layout, fonts);
        mean_place(&mut scene, row, &layout);
    }
    let before = scene.marks.len();
    for row in &rows {
        number(&mut scene, row, &layout.scale, fonts);
    }
    scene.clear_behind(before, fonts);
    scene.height = bottom + TICKS;
    scene
}

fn layout(subject: &Subject<'_>, items: &[Item], width: Width) -> Layout {
    let fonts = subject.fonts;
    let head = label_of(subject, mean).unwrap_or_default();
    let head_room = match width {
        Width::Wide => HEAD_ROOM,
        Width::Narrow => width.px() - 2.0 * PADDING,
    };
    let head = if head.is_empty() { Vec::new() } else { fonts.wrap(&head, HEAD, head_room, 3) };
    let column = fonts.widest(&head, HEAD);
    let places = items.iter().filter_map(|item| item.place.as_ref());
    let place = places.map(|place| fonts.width(place.short(), VALUE)).fold(0.0, f64::max);
    let (label_room, right) = match width {
        Width::Wide => (LABEL_ROOM, width.px() - PADDING - column.max(place) - 14.0),
        Width::Narrow => (width.px() - 2.0 * PADDING - place - 12.0, width.px() - PADDING),
    };
    let labels = items.iter().map(|item| fonts.wrap(&item.label, LABEL, label_room, 3));
    let widest = labels.map(|lines| fonts.widest(&lines, LABEL)).fold(0.0, f64::max);
    let zero = match width {
        Width::Wide => (PADDING + widest + 12.0).ceil(),
        Width::Narrow => PADDING,
    };
    let numbers = items.iter().filter_map(Item::whole).map(|whole| number_width(whole, fonts));
    let margin = GAP + numbers.fold(34.0, f64::max);
    let (end, step) = axis::for_bars(items.iter().map(Item::reach).fold(0.0, f64::max));
    let scale = Scale { zero, unit: (right - margin - zero) / end, end, step };
    let shades = match style::side(true, 2).as_slice() {
        [dark, light] => [*dark, *light],
        _ => [(INK, WHITE), (style::BAR, WHITE)],
    };
    Layout { width, scale, label_room, head, shades }
}

fn number_width(reading: &Reading, fonts: &Fonts) -> f64 {
    if reading.value.is_none() {
        return 0.0;
    }
    let range = fonts.width(&reading.range, RANGE);
    let gap = if range > 0.0 { RANGE_GAP } else { 0.0 };
    fonts.width(&reading.text, VALUE) + gap + range
}

/// The key, and the head of the mean places.
fn head(subject: &Subject<'_>, layout: &Layout) -> Scene {
    let fonts = subject.fonts;
    let shade = |role, [dark, light]: [style::Pair; 2]| match role {
        Role::Net => light.0,
        _ => dark.0,
    };
    let entry = |role| {
        let label = label_of(subject, |block| row(block, role))?;
        Some(Key { fill: shade(role, layout.shades), label })
    };
    let keys: Vec<Key> = [Role::Answer, Role::Net].into_iter().filter_map(entry).collect();
    let room = layout.width.px() - 2.0 * PADDING;
    let beside = match layout.width {
        Width::Wide => room - HEAD_ROOM - 16.0,
        Width::Narrow => room,
    };
    let (mut scene, height) = key(&keys, beside, fonts);
    let lines: f64 = layout.head.iter().map(|_| HEAD.leading).sum();
    let (top, bottom) = match layout.width {
        Width::Wide => (0.0, height.max(lines)),
        Width::Narrow => (height + 4.0, height + 4.0 + lines),
    };
    let right = layout.width.px() - PADDING;
    scene.lines((right, top), Anchor::End, HEAD, &layout.head);
    scene.height = bottom + 6.0;
    scene
}

/// Puts the items under each other; gives them and the plot's lower edge.
fn place<'a>(
    items: &'a [Item],
    mut top: f64,
    layout: &Layout,
    fonts: &Fonts,
) -> (Vec<Placed<'a>>, f64) {
    let mut rows = Vec::new();
    for item in items {
        let lines = fonts.wrap(&item.label, LABEL, layout.label_room, 3);
        let block: f64 = lines.iter().map(|_| LABEL.leading).sum();
        let (pitch, label, middle) = match layout.width {
            Width::Wide => {
                let pitch = (block + 10.0).max(36.0);
                (pitch, (pitch - block) / 2.0, pitch / 2.0)
            }
            Width::Narrow => (block + BAR_HEIGHT + 18.0, 0.0, block + 5.0 + BAR_HEIGHT / 2.0),
        };
        rows.push(Placed { item, lines, label: top + label, middle: top + middle });
        top += pitch;
    }
    (rows, top + 2.0)
}

/// Where grid lines run: all the way down, or beside each bar.
fn spans(rows: &[Placed<'_>], plot: (f64, f64), width: Width) -> Vec<(f64, f64)> {
    let half = BAR_HEIGHT / 2.0 + 4.0;
    match width {
        Width::Wide => vec![plot],
        Width::Narrow => {
            rows.iter().map(|row| (row.middle - half, row.middle + half)).collect()
        }
    }
}

/// The bar of an item: all of it light, the first choices dark over its beginning.
fn bar(scene: &mut Scene, row: &Placed<'_>, layout: &Layout, fonts: &Fonts) {
    let (scale, [dark, light]) = (&layout.scale, layout.shades);
    let top = row.middle - BAR_HEIGHT / 2.0;
    let area = |value: f64| Area {
        left: scale.zero,
        top,
        width: value * scale.unit,
        height: BAR_HEIGHT,
    };
    let whole = row.item.top.as_ref().and_then(|reading| reading.value);
    if let Some(value) = whole {
        scene.fill(area(value), light.0);
    }
    let Some(first) = &row.item.first else { return };
    let Some(value) = first.value else {
        // A bar without its dark part has to say that this part is not known.
        if whole.is_some_and(|whole| whole * scale.unit > fonts.width(first.code, SEGMENT)) {
            let at = (scale.zero + 4.0, row.middle + SEGMENT.drop());
            scene.text(at, Anchor::Start, SEGMENT, first.code);
        }
        return;
    };
    scene.fill(area(value), dark.0);
    if whole.is_some_and(|whole| whole > value) {
        let x = scale.at(value);
        scene.line((x, top), (x, top + BAR_HEIGHT), WHITE, 1.0);
    }
    let room = value * scale.unit;
    if row.item.top.is_some() && room >= fonts.width(&first.text, SEGMENT) + 8.0 {
        let at = (scale.zero + room / 2.0, row.middle + SEGMENT.drop());
        let style = SEGMENT.in_colour(dark.1);
        scene.text(at, Anchor::Middle, style, first.text.as_str());
    }
    if let Some((low, high)) = row.item.whole().and_then(|reading| reading.interval) {
        let ends = (scale.at(low), scale.at(high));
        bars::whisker(scene, ends, row.middle, (1.5, WHITE, 8.0));
        bars::whisker(scene, ends, row.middle, (0.0, INK, 8.0));
    }
}

/// The number right of the bar, or the words in its place.
fn number(scene: &mut Scene, row: &Placed<'_>, scale: &Scale, fonts: &Fonts) {
    let Some(whole) = row.item.whole() else { return };
    let x = scale.at(row.item.reach()) + GAP;
    if whole.value.is_none() {
        let room = scale.at(scale.end) + 40.0 - x;
        let fits = fonts.width(&whole.text, WORDS) <= room;
        let words = if fits { whole.text.as_str() } else { whole.code };
        scene.text((x, row.middle + WORDS.drop()), Anchor::Start, WORDS, words);
        return;
    }
    let baseline = row.middle + VALUE.drop();
    scene.text((x, baseline), Anchor::Start, VALUE, whole.text.as_str());
    let after = x + fonts.width(&whole.text, VALUE) + RANGE_GAP;
    scene.text((after, baseline), Anchor::Start, RANGE, whole.range.as_str());
}

/// The mean place: in its column, or after the label.
fn mean_place(scene: &mut Scene, row: &Placed<'_>, layout: &Layout) {
    let Some(place) = &row.item.place else { return };
    let middle = match layout.width {
        Width::Wide => row.middle,
        Width::Narrow => row.label + VALUE.leading / 2.0,
    };
    let at = (layout.width.px() - PADDING, middle + VALUE.drop());
    scene.text(at, Anchor::End, VALUE, place.short());
}

/// One of an item's shares.
type Share = fn(&Item) -> Option<&Reading>;

/// The ranking in words: the item that most put first, and the one that fewest did.
fn describe(subject: &Subject<'_>) -> String {
    let items = items(subject);
    let words = subject.poll.words;
    let hidden = subject.readings().filter(is_hidden).count();
    let mut said = vec![count(items.len(), words.told_item, words.told_items)];
    let kinds: [(Role, Share); 2] =
        [(Role::Answer, |item| item.first.as_ref()), (Role::Net, |item| item.top.as_ref())];
    for (role, of) in kinds {
        let label = label_of(subject, |block| row(block, role));
        let known: Vec<_> =
            items.iter().filter_map(|item| Some((item.label.as_str(), of(item)?))).collect();
        if let (Some(label), (Some(most), least)) = (label, extremes(&known, words)) {
            let sentence = least.as_ref().map_or(words.told_rank, |_| words.told_ranks);
            let least = least.unwrap_or_default();
            let values = [("label", label.as_str()), ("most", &most), ("least", &least)];
            said.push(fill(sentence, &values));
        }
    }
    description(said, hidden, words)
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::tests::{
        between, block, description, hidden, inline, lengths, percent, row as line, table,
        words,
    };
    use super::*;
    use crate::disclose::Table;

    fn item(name: &str, [first, top, place]: [Figure; 3]) -> Block<Figure> {
        let mean = line("Mean place, where ranked", Role::Summary, place);
        let rows = vec![
            line("First choice", Role::Answer, first),
            line("In the first 3", Role::Net, top),
            Row { statistic: Statistic::Mean, ..mean },
        ];
        block(Some(name), rows)
    }

    fn priorities() -> Table {
        let items = vec![
            item("Pay", [percent(30.0), percent(57.0), percent(2.0)]),
            item("Workload", [percent(20.0), between(55.0, 52.0, 58.0), percent(1.8)]),
            item("Buildings", [percent(1.0), percent(7.0), hidden()]),
        ];
        table("priorities", Form::Rank, items)
    }

    fn partly_hidden() -> Table {
        let items = vec![
            item("Pay", [hidden(), percent(57.0), percent(2.0)]),
            item("Workload", [percent(20.0), hidden(), percent(1.8)]),
            item(&"a very long label ".repeat(17), [hidden(), hidden(), hidden()]),
        ];
        table("ranks-hidden", Form::Rank, items)
    }

    /// Usual and odd tables.
    pub(in super::super) fn all() -> Vec<Table> {
        let mut only_first = priorities();
        only_first.name = "ranks-first".to_owned();
        only_first.blocks.iter_mut().for_each(|block| block.rows.truncate(1));
        vec![priorities(), partly_hidden(), only_first, table("no-ranks", Form::Rank, vec![])]
    }

    #[test]
    fn first_choices_are_the_dark_part_of_the_first_few() {
        let svg = inline(&priorities(), false);
        // The first of each is the swatch of the key.
        let (dark, light) = (lengths(&svg, "#0F3A61"), lengths(&svg, "#4590D2"));
        let unit = dark[1] / 30.0;
        for (length, value) in dark[1..].iter().zip([30.0, 20.0, 1.0]) {
            assert!((length / unit - value).abs() < 0.05, "{value}");
        }
        for (length, value) in light[1..].iter().zip([57.0, 55.0, 7.0]) {
            assert!((length / unit - value).abs() < 0.05, "{value}");
        }
        let said = words(&svg);
        assert!(["30%", "57%", "2", "[c]"].iter().all(|w| said.contains(&(*w).to_owned())));
    }

    #[test]
    fn what_is_hidden_has_no_part_in_a_bar() {
        let svg = inline(&partly_hidden(), false);
        assert_eq!((lengths(&svg, "#0F3A61").len(), lengths(&svg, "#4590D2").len()), (2, 2));
        let said = words(&svg);
        assert!(said.contains(&"[c] hidden to protect confidentiality".to_owned()));
    }

    #[test]
    fn a_ranking_is_told_in_words() {
        assert_eq!(
            description(&priorities(), false),
            "3 items shown. First choice: most often Pay 30%, least often Buildings 1%. \
             In the first 3: most often Pay 57%, least often Buildings 7%. \
             Full figures are in the table that follows."
        );
    }
}
