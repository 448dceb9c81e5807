//! Whole pictures: what must hold for every table, and the words and lengths of some.

use super::scene::{Area, Mark};
use super::style::Colour;
use super::*;
use crate::disclose::Status;
use crate::disclose::testing::{figure, released};
use crate::disclose::{Bases, Block, Label, Wording};
use crate::poll::testing::{poll, typed};
use crate::poll::{ReportStatus, Sampling};
use resvg::usvg::roxmltree::{Document, Node};
use std::collections::BTreeSet;

pub(super) fn label(text: &str) -> Label {
    Label { id: "id".to_owned(), text: text.to_owned() }
}

pub(super) fn row(text: &str, role: Role, figure: Figure) -> Row<Figure> {
    Row {
        label: label(text),
        role,
        statistic: Statistic::Percent,
        content: crate::disclose::Content::Other,
        cells: vec![figure],
    }
}

pub(super) fn percent(value: f64) -> Figure {
    figure(Some(value), None, Status::Shown)
}

pub(super) fn hidden() -> Figure {
    figure(None, None, Status::Confidential)
}

pub(super) fn between(value: f64, low: f64, high: f64) -> Figure {
    figure(Some(value), Some((low, high)), Status::Shown)
}

pub(super) fn block(item: Option<&str>, rows: Vec<Row<Figure>>) -> Block<Figure> {
    let base = || percent(1864.0);
    let bases = Bases { unweighted: base(), weighted: base(), effective: base() };
    Block { item: item.map(label), bases: vec![bases], rows }
}

pub(super) fn table(name: &str, form: Form, blocks: Vec<Block<Figure>>) -> Table {
    let question = Wording {
        id: name.to_owned(),
        title: "How adequate the pause was".to_owned(),
        text: "Was the pause adequate?".to_owned(),
        note: None,
        unit: None,
        base: "all members who replied".to_owned(),
    };
    Table {
        name: name.to_owned(),
        question,
        form,
        banner: None,
        groups: vec![label("Total")],
        title: "How adequate the pause was".to_owned(),
        own: false,
        spans: Vec::new(),
        overlapping: false,
        partial: false,
        merged: Vec::new(),
        percent: crate::poll::tables::Percent::Column,
        sort: crate::poll::tables::Sort::Questionnaire,
        blocks,
        sensitive: false,
        filter: None,
        makeup: crate::disclose::Makeup::default(),
    }
}

pub(super) const NOMINAL: Form = Form::Single { ordered: false };

pub(super) fn single(name: &str, answers: &[(&str, Role, Figure)]) -> Table {
    let rows = answers.iter().map(|(text, role, f)| row(text, *role, f.clone()));
    table(name, NOMINAL, vec![block(None, rows.collect())])
}

fn adequate() -> Table {
    single(
        "adequate",
        &[
            ("No", Role::Answer, percent(94.0)),
            ("Yes", Role::Answer, percent(3.0)),
            ("Don’t know", Role::Pinned, percent(3.0)),
            ("Any view", Role::Net, percent(97.0)),
        ],
    )
}

fn with_intervals() -> Table {
    single(
        "intervals",
        &[
            ("No", Role::Answer, between(55.0, 52.0, 58.0)),
            ("Yes", Role::Answer, between(39.0, 36.0, 42.0)),
            ("Don’t know", Role::Pinned, between(6.0, 5.0, 8.0)),
        ],
    )
}

const SCALE: [&str; 5] =
    ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"];

fn item(name: &str, shares: [f64; 6], total: Figure) -> Block<Figure> {
    let [answers @ .., unknown] = shares;
    let mut rows: Vec<_> = (SCALE.iter().zip(answers))
        .map(|(text, share)| row(text, Role::Answer, percent(share)))
        .collect();
    rows.push(row("Don’t know", Role::Pinned, percent(unknown)));
    rows.push(row("Total agree", Role::Net, total));
    rows.push(row("Total disagree", Role::Net, percent(answers[3] + answers[4])));
    block(Some(name), rows)
}

pub(super) fn battery() -> Table {
    let items = vec![
        item("Pay comes first", [78.0, 15.0, 4.0, 1.0, 1.0, 1.0], percent(93.0)),
        item(
            "My workload can be managed in most weeks of the year, whatever happens",
            [4.0, 18.0, 9.0, 31.0, 37.0, 1.0],
            between(22.0, 19.0, 25.0),
        ),
        item("Inspection helps", [2.0, 11.0, 19.0, 30.0, 32.0, 6.0], percent(13.0)),
    ];
    table("battery", Form::Battery { first: 2, last: 2 }, items)
}

/// The same as plain bars.
fn stacked(table: Table) -> Table {
    Table { name: format!("stacked-{}", table.name), ..table }
}

fn battery_with_hidden() -> Table {
    let mut table = battery();
    table.name = "battery-hidden".to_owned();
    table.blocks[2].rows[4].cells[0] = hidden();
    table.blocks[1].rows.iter_mut().for_each(|row| row.cells[0] = hidden());
    table.blocks[0].rows[2].cells[0] = figure(None, None, Status::Low);
    table
}

/// A battery on a scale of so many answers, with two that stay last and no net.
fn scale_of(steps: u32) -> Table {
    let half = usize::try_from(steps / 2).unwrap();
    let mut rows: Vec<_> = (0..steps)
        .map(|i| row(&format!("Step {i}"), Role::Answer, percent(90.0 / f64::from(steps))))
        .collect();
    rows.push(row("Don’t know", Role::Pinned, percent(6.0)));
    rows.push(row("Prefer not to say", Role::Pinned, percent(4.0)));
    table(
        &format!("scale-{steps}"),
        Form::Battery { first: half, last: half },
        vec![block(Some("An item"), rows)],
    )
}

pub(super) fn multi() -> Table {
    let rows = vec![
        row("Pay", Role::Answer, percent(58.0)),
        row("Workload", Role::Answer, percent(71.0)),
        row("Harassment", Role::Answer, hidden()),
        row("Health", Role::Answer, figure(None, None, Status::Low)),
        row("None of these", Role::Pinned, percent(9.0)),
    ];
    table("reasons", Form::Multi, vec![block(None, rows)])
}

/// Labels that an analyst should not have typed.
fn awkward() -> Table {
    single(
        "awkward \"><x",
        &[
            (&"a very long label ".repeat(17), Role::Answer, percent(50.0)),
            (&"w".repeat(300), Role::Answer, percent(20.0)),
            ("<script>&\"' \u{202E}\u{0}\u{FFFF}", Role::Answer, percent(10.0)),
            ("😀 語 ڪ Привет", Role::Answer, percent(10.0)),
            ("", Role::Answer, figure(Some(71.0), None, Status::Unreliable)),
            ("Other", Role::Pinned, figure(None, None, Status::NotAsked)),
        ],
    )
}

/// Every table, usual and odd.
fn all() -> Vec<Table> {
    let many: Vec<_> = (0..40).map(|_| ("Answer", Role::Answer, percent(2.0))).collect();
    let none: Vec<_> = (0..5).map(|_| ("Answer", Role::Answer, hidden())).collect();
    let mut tables = vec![
        adequate(),
        with_intervals(),
        battery(),
        battery_with_hidden(),
        multi(),
        awkward(),
        single("one", &[("Yes", Role::Answer, percent(100.0))]),
        single("certain", &[("Yes", Role::Answer, between(100.0, 100.0, 100.0))]),
        single("many", &many),
        single("hidden", &none),
        single("no-rows", &[]),
        table("no-blocks", NOMINAL, Vec::new()),
        table("no-items", Form::Battery { first: 0, last: 0 }, Vec::new()),
    ];
    tables.extend((0..12).map(scale_of));
    tables.extend(super::panels::tests::all());
    tables.extend([battery(), battery_with_hidden(), scale_of(11)].map(stacked));
    tables.extend(dots::tests::all());
    tables.extend(ranks::tests::all());
    tables.extend(nps::tests::all());
    tables
}

/// Runs a test on what a chart of the table is made from.
pub(super) fn with<T>(
    table: &Table,
    intervals: bool,
    poll: &Poll,
    test: impl Fn(&dyn Sketch, &Fonts) -> T,
) -> T {
    with_subject(table, intervals, poll, |subject| {
        let usual = KINDS.iter().find_map(|kind| kind(*subject));
        let sketch = usual.or_else(|| dots::tests::any(*subject)).unwrap();
        test(sketch.as_ref(), subject.fonts)
    })
}

/// The same before it is known which kind of chart it is.
fn with_subject<T>(
    table: &Table,
    intervals: bool,
    poll: &Poll,
    test: impl Fn(&Subject<'_>) -> T,
) -> T {
    let fonts = Fonts::load().unwrap();
    let titles = IndexMap::new();
    let setting = Setting { poll, titles: &titles, intervals, weighted_by: &[], fonts: &fonts };
    test(&Subject { table, poll, intervals, fonts: &fonts, setting })
}

/// The usual poll; it asks for plain bars of tables of that name.
fn poll_of(table: &Table) -> Poll {
    let ask = |name: &str| format!("[[chart]]\ntable = \"{name}\"\nkind = \"stacked\"\n");
    let stacked = table.name.starts_with("stacked").then(|| typed(&ask(&table.name)).charts);
    Poll { charts: stacked.unwrap_or_default(), ..poll() }
}

/// A picture's scene and the part of it that a page shows.
pub(super) fn scene(table: &Table, width: Width) -> (Scene, Area) {
    with(table, true, &poll_of(table), |sketch, fonts| {
        let (frame, body) = (sketch.frame(), sketch.body(width));
        let composed = frame::compose(&frame, body, width, fonts, Foot::default());
        (composed.scene, composed.page)
    })
}

/// A picture without its PNG, which would take most of the time.
pub(super) fn draw_one(table: &Table, intervals: bool, width: Width) -> Picture {
    with(table, intervals, &poll_of(table), |sketch, fonts| {
        let words = ["pause-2024", sketch.kind(), &sketch.describe()];
        let (frame, foot) = (sketch.frame(), Foot::default());
        vectors(sketch, (&frame, width), words, fonts, foot).unwrap().0
    })
}

/// The wide drawing for the page.
pub(super) fn inline(table: &Table, intervals: bool) -> String {
    draw_one(table, intervals, Width::Wide).inline
}

pub(super) fn description(table: &Table, intervals: bool) -> String {
    with(table, intervals, &poll(), |sketch, _| sketch.describe())
}

/// The places of all texts.
pub(super) fn texts(scene: &Scene) -> Vec<(Area, &str)> {
    let fonts = Fonts::load().unwrap();
    (scene.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Text(text) => Some((text.area(&fonts), text.content.as_str())),
            _ => None,
        })
        .collect()
}

pub(super) fn overlap(one: Area, other: Area) -> bool {
    let across = one.left < other.left + other.width && other.left < one.left + one.width;
    let down = one.top < other.top + other.height && other.top < one.top + one.height;
    across && down
}

/// What the page's drawing says, line by line.
pub(super) fn words(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap();
    (document.descendants())
        .filter(|node| node.has_tag_name("text"))
        .map(|node| node.text().unwrap_or_default().to_owned())
        .collect()
}

/// The numbers of an attribute of all rectangles with a fill.
pub(super) fn lengths(svg: &str, fill: &str) -> Vec<f64> {
    let document = Document::parse(svg).unwrap();
    let has = |node: Node<'_, '_>| {
        node.ancestors().find_map(|node| node.attribute("fill")) == Some(fill)
    };
    (document.descendants())
        .filter(|node| node.has_tag_name("rect") && has(*node))
        .map(|node| node.attribute("width").unwrap().parse().unwrap())
        .collect()
}

#[test]
fn no_text_lies_over_another() {
    for table in all() {
        for width in [Width::Wide, Width::Narrow] {
            let (scene, _) = scene(&table, width);
            let texts = texts(&scene);
            for (i, (one, this)) in texts.iter().enumerate() {
                for (other, that) in &texts[i + 1..] {
                    assert!(!overlap(*one, *other), "{}: {this} / {that}", table.name);
                }
            }
        }
    }
}

#[test]
fn every_text_stands_within_the_picture() {
    for table in all() {
        for width in [Width::Wide, Width::Narrow] {
            let (scene, page) = scene(&table, width);
            for (area, text) in texts(&scene) {
                let right = area.left + area.width;
                let bottom = area.top + area.height;
                let inside = area.left >= page.left && right <= page.left + page.width;
                assert!(inside, "{} {width:?}: {text} {area:?}", table.name);
                assert!(area.top >= 0.0 && bottom <= scene.height, "{text}");
            }
        }
    }
}

#[test]
fn plotters_never_falls_back_on_pixels() {
    for table in all() {
        for width in [Width::Wide, Width::Narrow] {
            let (scene, page) = scene(&table, width);
            let recording = paint::record(&scene, page).unwrap();
            assert_eq!(recording.width, 16 * width.whole());
            assert_eq!(recording.pixels, 0);
            assert_eq!(recording.shapes.len(), scene.marks.len());
        }
    }
}

#[test]
fn drawings_are_sound_and_name_themselves() {
    let mut ids = BTreeSet::new();
    for table in all() {
        for width in [Width::Wide, Width::Narrow] {
            let picture = draw_one(&table, true, width);
            let document = Document::parse(&picture.inline).unwrap();
            let root = document.root_element();
            assert_eq!(root.attribute("role"), Some("img"));
            for id in root.attribute("aria-labelledby").unwrap().split(' ') {
                assert!(ids.insert(id.to_owned()), "{id} twice");
                let named = document.descendants().find(|n| n.attribute("id") == Some(id));
                assert!(!named.unwrap().text().unwrap().is_empty());
            }
            for node in document.descendants() {
                assert!(!node.has_attribute("style"));
                assert!(!node.attributes().any(|a| a.name().starts_with("on")));
            }
            Document::parse(&picture.outlined).unwrap();
            assert!(!picture.outlined.contains("<text"), "all outlined");
        }
    }
}

#[test]
fn title_question_and_source_stand_in_files_only() {
    let (scene, page) = scene(&adequate(), Width::Wide);
    let (area, title) = texts(&scene)[0];
    assert_eq!(title, "How adequate the pause was");
    assert!(area.top + area.height <= page.top);
    let picture = draw_one(&adequate(), false, Width::Wide);
    let told = words(&picture.inline);
    assert!(!told.contains(&title.to_owned()) && told.contains(&"100%".to_owned()));
    assert!(!told.iter().any(|text| text.starts_with("Question") || text.contains("Source")));
    let file = Document::parse(&picture.outlined).unwrap();
    let height: u32 = file.root_element().attribute("height").unwrap().parse().unwrap();
    assert!(height > picture.height);
}

#[test]
fn lengths_decode_to_the_released_values() {
    for width in [Width::Wide, Width::Narrow] {
        let svg = draw_one(&adequate(), false, width).inline;
        let bars = lengths(&svg, "#2073BC");
        let unit = bars[0] / 94.0;
        assert!((bars[1] / unit - 3.0).abs() < 0.05);
        assert!((lengths(&svg, "#8A9299")[0] / unit - 3.0).abs() < 0.05);

        let svg = draw_one(&battery(), false, width).inline;
        // The first of each is the swatch of the key; then by total, largest first.
        let unit = lengths(&svg, "#0F3A61")[1] / 78.0;
        assert!((lengths(&svg, "#0F3A61")[2] / unit - 4.0).abs() < 0.06);
        assert!((lengths(&svg, "#6E2203")[2] / unit - 37.0).abs() < 0.06);
        assert!((lengths(&svg, "#D5D9DD")[3] / unit - 19.0).abs() < 0.06);
    }
}

/// The areas filled with a colour, in the order in which they are drawn.
pub(super) fn fills(scene: &Scene, colour: Colour) -> Vec<Area> {
    let area = |mark: &Mark| match mark {
        Mark::Fill(area, fill) if *fill == colour => Some(*area),
        _ => None,
    };
    scene.marks.iter().filter_map(area).collect()
}

#[test]
fn the_scale_begins_at_the_bars() {
    let (scene, _) = scene(&adequate(), Width::Wide);
    let bar = fills(&scene, style::BAR)[0];
    let tick = |text: &str| {
        let (area, _) = *texts(&scene).iter().find(|(_, t)| *t == text).unwrap();
        area.left + area.width / 2.0
    };
    assert!((tick("0") - bar.left).abs() < 1.0);
    assert!((tick("100%") - bar.left - bar.width * 100.0 / 94.0).abs() < 1.0);
}

#[test]
fn interval_marks_end_where_the_interval_does() {
    let (scene, _) = scene(&with_intervals(), Width::Wide);
    let bar = fills(&scene, style::BAR)[0];
    let unit = bar.width / 55.0;
    let caps: Vec<f64> = (scene.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Line((x, _), (to, _), style::INK, _) if x.to_bits() == to.to_bits() => {
                Some((x - bar.left) / unit)
            }
            _ => None,
        })
        .collect();
    let expected = [52.0, 58.0, 36.0, 42.0, 5.0, 8.0];
    assert_eq!(caps.len(), expected.len());
    assert!(caps.iter().zip(expected).all(|(cap, end)| (cap - end).abs() < 1e-9));
}

#[test]
fn agreement_grows_to_the_right_of_the_axis_and_disagreement_to_the_left() {
    let (scene, _) = scene(&battery(), Width::Wide);
    // The first of each is the swatch of the key.
    let agree = &fills(&scene, style::side(true, 2)[1].0)[1..];
    let disagree = &fills(&scene, style::side(false, 2)[1].0)[1..];
    let axis = agree[0].left;
    assert_eq!((agree.len(), disagree.len()), (3, 3));
    assert!(agree.iter().all(|area| (area.left - axis).abs() < 1e-9));
    assert!(disagree.iter().all(|area| (area.left + area.width - axis).abs() < 1e-9));
    let neutral = &fills(&scene, style::NEUTRAL)[1..];
    let end = axis + 100.0 * agree[0].width / 15.0;
    assert!(neutral.iter().all(|area| area.left > end), "in a panel of its own");
}

#[test]
fn a_battery_has_its_negatives_at_the_left() {
    let svg = inline(&battery(), false);
    let words = words(&svg);
    let key: Vec<&str> = (words.iter().map(String::as_str))
        .skip_while(|text| *text != "Strongly disagree")
        .take(7)
        .collect();
    let expected = [
        "Strongly disagree",
        "Disagree",
        "Agree",
        "Strongly agree",
        "Neither agree nor disagree",
        "Don’t know",
        "Total agree",
    ];
    assert_eq!(key, expected);
    assert!(words.contains(&"93%".to_owned()));
}

#[test]
fn nothing_is_stacked_on_what_is_hidden() {
    let items = with_subject(&battery_with_hidden(), false, &poll(), battery::items);
    let first = |label: &str| items.iter().find(|item| item.label == label).unwrap();
    let svg = inline(&battery_with_hidden(), false);
    assert!(words(&svg).contains(&"[c]".to_owned()));
    assert_eq!(first("Inspection helps").total.as_ref().unwrap().text, "13%");
    // The key's swatch, and the one item of which the whole negative side is known.
    assert_eq!(lengths(&svg, "#DD7233").len(), 2);
}

#[test]
fn plain_bars_stand_in_the_order_of_the_scale_and_fill_the_width() {
    for width in [Width::Wide, Width::Narrow] {
        let (scene, _) = scene(&stacked(battery()), width);
        let colours = [
            style::side(true, 2)[0].0,
            style::side(true, 2)[1].0,
            style::NEUTRAL,
            style::side(false, 2)[1].0,
            style::side(false, 2)[0].0,
            style::ASIDE,
        ];
        // The first of each is the swatch of the key.
        let second = colours.map(|colour| fills(&scene, colour)[2]);
        let unit = second[0].width / 4.0;
        let shares = second.map(|area| (area.width / unit).round());
        assert_eq!(
            shares.map(f64::to_bits),
            [4.0, 18.0, 9.0, 31.0, 37.0, 1.0].map(f64::to_bits)
        );
        assert!(second.windows(2).all(|w| (w[0].left + w[0].width - w[1].left).abs() < 1e-9));
        let hundred = texts(&scene).iter().find(|(_, text)| *text == "100%").unwrap().0;
        let end = second[5].left + second[5].width;
        assert!((hundred.left + hundred.width / 2.0 - end).abs() < 1.5);
    }
    with(&stacked(battery()), false, &poll_of(&stacked(battery())), |sketch, _| {
        assert_eq!(sketch.kind(), "Stacked bar chart");
    });
}

#[test]
fn a_plain_bar_ends_before_what_is_hidden() {
    let (scene, _) = scene(&stacked(battery_with_hidden()), Width::Wide);
    assert!(texts(&scene).iter().any(|(_, text)| *text == "[c]"));
    // The key's swatch and the one item of which everything is known.
    assert_eq!(fills(&scene, style::ASIDE).len(), 2);
}

#[test]
fn what_is_hidden_has_no_bar_but_words() {
    let svg = inline(&multi(), false);
    assert_eq!(lengths(&svg, "#2073BC").len(), 2);
    let words = words(&svg);
    assert!(words.contains(&"[c] hidden to protect confidentiality".to_owned()));
    assert!(words.contains(&"[low] under 0.5%".to_owned()));
}

#[test]
fn shorthand_is_explained_if_it_occurs_in_the_chart() {
    let notes =
        |table: &Table| with(table, false, &poll(), |sketch, _| sketch.frame()).notes.join(" ");
    let said = notes(&multi());
    assert!(said.ends_with(
        "[c] hidden to protect confidentiality; [low] above zero but rounds to zero."
    ));
    let mut table = adequate();
    table.blocks[0].rows[3].cells[0] = hidden();
    assert!(!notes(&table).contains("[c]"), "the net is not drawn");
}

#[test]
fn intervals_are_drawn_only_where_they_may_be() {
    let told = |intervals| {
        let notes =
            with(&with_intervals(), intervals, &poll(), |sketch, _| sketch.frame()).notes;
        words(&inline(&with_intervals(), intervals)).join("\n") + &notes.join(" ")
    };
    let shown = told(true);
    assert!(shown.contains("(36 to 42)") && shown.contains("95% confidence intervals"));
    assert!(!told(false).contains("(36 to 42)") && !told(false).contains("confidence"));
    assert!(description(&with_intervals(), true).contains("(95% interval 52 to 58)"));
    assert!(!description(&with_intervals(), false).contains("interval"));
}

#[test]
fn every_copy_is_marked() {
    let poll = Poll { synthetic: true, status: ReportStatus::Embargoed, ..poll() };
    for width in [Width::Wide, Width::Narrow] {
        let (picture, frame) = with(&adequate(), false, &poll, |sketch, fonts| {
            let frame = sketch.frame();
            let (words, foot) = (["", "Bar chart", ""], Foot::default());
            (vectors(sketch, (&frame, width), words, fonts, foot).unwrap().0, frame)
        });
        let words = words(&picture.inline);
        assert!(words.contains(&"EMBARGOED".to_owned()));
        assert!(words.contains(&"Synthetic data".to_owned()));
        assert!(frame.source.contains("Synthetic data, not a real poll."));
    }
}

#[test]
fn the_notes_say_what_was_asked_of_whom() {
    let poll = poll();
    let frame = with(&adequate(), false, &poll, |sketch, _| sketch.frame());
    assert_eq!(frame.subtitle, "% of all members who replied");
    assert_eq!(frame.question, "Question: “Was the pause adequate?” One answer.");
    assert!(frame.notes[0].starts_with("Base: 1,864 members who replied (unweighted)."));
    assert!(frame.source.starts_with(&format!("Source: {}", poll.title)));
}

#[test]
fn intervals_of_people_who_chose_themselves_carry_a_caveat() {
    let said = |sampling| {
        let poll = Poll { sampling, ..poll() };
        let frame = with(&with_intervals(), true, &poll, |sketch, _| sketch.frame());
        frame.notes.join(" ").contains("not for who chose to answer")
    };
    assert!(said(Sampling::Nonprobability) && said(Sampling::Census));
    assert!(!said(Sampling::Probability));
}

#[test]
fn charts_are_told_in_words() {
    assert_eq!(
        description(&adequate(), true),
        "3 answers shown. Highest: No 94%. Lowest: Yes 3%. Don’t know 3%. \
         Full figures are in the table that follows."
    );
    assert_eq!(
        description(&battery(), true),
        "3 items shown. Total agree: highest Pay comes first 93%, lowest Inspection \
         helps 13%. Full figures are in the table that follows."
    );
    assert_eq!(
        description(&single("one", &[("Yes", Role::Answer, percent(100.0))]), true),
        "1 answer shown. Highest: Yes 100%. Full figures are in the table that follows."
    );
    assert!(description(&multi(), true).contains(" 1 hidden."));
    for table in all() {
        assert!(description(&table, true).chars().count() <= 300);
    }
}

#[test]
fn what_was_typed_does_no_harm() {
    let svg = inline(&awkward(), false);
    assert!(!svg.contains("<script") && !svg.contains('\u{202E}'));
    assert!(words(&svg).contains(&"😀 語 ڪ Привет".to_owned()));
    assert!(svg.contains("id=\"chart-awkward----x-wide-title\""));
}

fn drawn(tables: Vec<Table>) -> Vec<Chart> {
    let titles = IndexMap::new();
    let (poll, released) = (poll(), released(tables, true));
    draw(&Wanted { released: &released, poll: &poll, titles: &titles, logo: None, threads: 2 })
        .unwrap()
}

#[test]
fn tables_without_groups_that_differ_and_numbers_have_no_chart() {
    let mut crosstab = adequate();
    crosstab.banner = Some(label("Phase"));
    let number = table("hours", Form::Number, Vec::new());
    assert_eq!(drawn(vec![crosstab, number]), Vec::new());
}

#[test]
fn the_same_table_is_the_same_bytes() {
    let charts = || drawn(vec![adequate()]);
    let (one, other) = (charts(), charts());
    assert_eq!(one, other);
    assert_eq!(one[0].title, "Bar chart: How adequate the pause was");
    assert!(one[0].narrow.png.starts_with(b"\x89PNG"));
}

#[test]
fn a_chart_of_too_many_rows_says_so() {
    let rows = vec![("A", Role::Answer, percent(1.0)); LIMIT + 1];
    let long = single("long", &rows);
    let said = with(&long, false, &poll(), |sketch, _| sketch.frame()).notes.join(" ");
    assert!(said.contains("The first 60 are drawn; the table has all."));
}

#[test]
fn of_each_question_the_groups_are_drawn_that_differ_most() {
    use crate::disclose::testing::judged;
    let by = |banner: &str, verdicts: [Verdict; 2]| {
        let cell = |verdict| judged(percent(40.0), verdict);
        let mut table = adequate();
        table.name = format!("adequate-{banner}");
        table.banner = Some(label(banner));
        table.blocks[0].rows[0].cells.extend(verdicts.map(cell));
        table
    };
    let (none, some) = (Verdict::Neither, Verdict::Higher);
    let mut own = by("own", [none, none]);
    own.own = true;
    let tables = [
        adequate(),
        by("age", [none, some]),
        by("role", [some, some]),
        by("phase", [some, some]),
        own,
    ];
    let drawn: Vec<&str> = main(&tables).into_iter().collect();
    assert_eq!(drawn, ["adequate", "adequate-own", "adequate-role"]);
}
