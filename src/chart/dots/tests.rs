//! Dots by groups: which tables have them, where they stand, what is said of them.

use super::super::scene::Mark;
use super::super::style::{BAND, DIFFERENT, REFERENCE, SAME};
use super::super::tests::{
    between, block, description, hidden, label, overlap, percent, scene, table, texts, with,
};
use super::super::{KINDS, Setting};
use super::*;
use crate::disclose::testing::{compared, figure};
use crate::disclose::{Bases, Figure, Form, Role, Row, Statistic, Status, Table, Verdict};
use crate::poll::testing::poll;

/// The chart of a table by groups, also where the page would have none.
pub(in super::super) fn any<'a>(subject: Subject<'a>) -> Option<Box<dyn Sketch + 'a>> {
    Some(Box::new(plot(subject)?))
}

const NUMBER: Form = Form::Number;
const SINGLE: Form = Form::Single { ordered: true };

/// A table by groups with one row of numbers; the first is that of all.
fn by_groups(
    name: &str,
    form: Form,
    statistic: Statistic,
    cells: Vec<(&str, Figure)>,
) -> Table {
    let (groups, cells): (Vec<&str>, Vec<Figure>) = cells.into_iter().unzip();
    let base = || percent(1864.0);
    let bases = Bases { unweighted: base(), weighted: base(), effective: base() };
    let text = if statistic == Statistic::Nps { "Net promoter score" } else { "Mean (hours)" };
    let row = Row {
        label: label(text),
        role: Role::Summary,
        statistic,
        content: crate::disclose::Content::Other,
        cells,
    };
    let mut block = block(None, vec![row]);
    block.bases = groups.iter().map(|_| bases.clone()).collect();
    Table {
        banner: Some(label("Role")),
        groups: groups.into_iter().map(label).collect(),
        ..table(name, form, vec![block])
    }
}

fn high(figure: Figure) -> Figure {
    compared(figure, Verdict::Higher, "")
}

fn hours() -> Table {
    let cells = vec![
        ("Total", between(51.0, 50.0, 52.0)),
        ("Teacher", between(50.0, 48.0, 52.0)),
        ("Head", high(between(55.0, 53.0, 57.0))),
        ("Supply teacher", hidden()),
        ("Other", figure(Some(37.0), None, Status::Unreliable)),
    ];
    by_groups("hours-role", NUMBER, Statistic::Mean, cells)
}

fn scores() -> Table {
    let cells = vec![
        ("Total", percent(-4.0)),
        ("Under 30", high(percent(21.0))),
        ("30 and over", percent(-12.0)),
    ];
    by_groups("recommend-age", SINGLE, Statistic::Nps, cells)
}

fn means(name: &str, values: &[f64]) -> Table {
    let mut cells = vec![("Total", percent(values[0]))];
    cells.extend(values.iter().map(|value| ("A group", percent(*value))));
    by_groups(name, NUMBER, Statistic::Mean, cells)
}

/// Usual and odd tables.
pub(in super::super) fn all() -> Vec<Table> {
    let long = "a very long label ".repeat(17);
    let awkward = vec![
        ("Total", between(1_234_567.8, 1_000_000.0, 1_500_000.0)),
        (long.as_str(), high(between(1_234_567.8, 1_000_000.0, 1_500_000.0))),
        ("wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww", percent(9.0)),
        ("<script>\u{202E}", figure(None, None, Status::NotAsked)),
        ("", figure(Some(1_234_567.8), None, Status::Unreliable)),
    ];
    let none = ["Total", "One", "Two"].map(|group| (group, hidden())).to_vec();
    vec![
        hours(),
        scores(),
        by_groups("awkward-dots", NUMBER, Statistic::Mean, awkward),
        by_groups("hidden-dots", NUMBER, Statistic::Mean, none.clone()),
        by_groups("hidden-scores", SINGLE, Statistic::Nps, none),
        by_groups("no-groups", NUMBER, Statistic::Mean, vec![("Total", percent(5.0))]),
        means("one-group", &[4.5]),
        means("fourteen", &[5.0, 1.0, 2.0, 3.0, 4.0, 6.0, 7.0, 8.0, 9.0, 4.0, 4.0, 3.0, 2.0]),
        means("equal", &[50.0; 4]),
        means("zero", &[0.0; 3]),
        means("below", &[-3.0, 4.0, 12.5]),
    ]
}

fn sketched(table: &Table) -> bool {
    let fonts = super::super::Fonts::load().expect("a font");
    let (poll, titles) = (poll(), indexmap::IndexMap::new());
    let setting = Setting {
        poll: &poll,
        titles: &titles,
        intervals: true,
        weighted_by: &[],
        fonts: &fonts,
    };
    let subject = Subject { table, poll: &poll, intervals: true, fonts: &fonts, setting };
    KINDS.iter().any(|kind| kind(subject).is_some())
}

/// The middles of the dots, from top to bottom.
fn dots(scene: &Scene) -> Vec<f64> {
    let middle = |mark: &Mark| match mark {
        Mark::Disc((x, _), _, colour) if [SAME, DIFFERENT].contains(colour) => Some(*x),
        _ => None,
    };
    scene.marks.iter().filter_map(middle).collect()
}

/// What stands at a place, by two labels of the scale.
fn decode(scene: &Scene, [low, high]: [(&str, f64); 2], x: f64) -> f64 {
    let place = |text: &str| {
        let found = texts(scene).into_iter().rfind(|(_, t)| *t == text);
        found.map(|(area, _)| area.left + area.width / 2.0).expect("a tick")
    };
    let (from, to) = (place(low.0), place(high.0));
    low.1 + (x - from) / (to - from) * (high.1 - low.1)
}

#[test]
fn dots_stand_at_the_released_values() {
    for width in [Width::Wide, Width::Narrow] {
        let (picture, _) = scene(&hours(), width);
        let ticks = [("46", 46.0), ("58", 58.0)];
        let values: Vec<f64> =
            dots(&picture).into_iter().map(|x| decode(&picture, ticks, x)).collect();
        assert_eq!(values.len(), 2, "what is hidden or unreliable has no dot");
        assert!(
            (values[0] - 50.0).abs() < 0.05 && (values[1] - 55.0).abs() < 0.05,
            "{values:?}"
        );
        let (picture, _) = scene(&scores(), width);
        let ticks = [("\u{2212}40", -40.0), ("+40", 40.0)];
        let values: Vec<f64> =
            dots(&picture).into_iter().map(|x| decode(&picture, ticks, x)).collect();
        assert!((values[0] - 21.0).abs() < 0.3 && (values[1] + 12.0).abs() < 0.3, "{values:?}");
    }
}

#[test]
fn all_together_are_a_rule_over_the_band_of_their_interval() {
    let (picture, _) = scene(&hours(), Width::Wide);
    let ticks = [("46", 46.0), ("58", 58.0)];
    let rules: Vec<f64> = (picture.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Line((x, _), _, REFERENCE, _) => Some(decode(&picture, ticks, *x)),
            _ => None,
        })
        .collect();
    assert!(rules.len() > 5 && rules.iter().all(|value| (value - 51.0).abs() < 0.05));
    let bands: Vec<f64> = (picture.marks.iter())
        .filter_map(|mark| match mark {
            Mark::Fill(area, BAND) => Some(area.left + area.width),
            _ => None,
        })
        .collect();
    assert_eq!(bands.len(), 1);
    assert!((decode(&picture, ticks, bands[0]) - 52.0).abs() < 0.05);
    let said: Vec<&str> = texts(&picture).into_iter().map(|(_, text)| text).collect();
    for words in ["All 51", "55", "▲", "(53 to 57)", "1,864", "Answers"] {
        assert!(said.contains(&words), "{words}: {said:?}");
    }
}

#[test]
fn a_hidden_total_has_no_rule_and_hidden_groups_leave_no_trace() {
    for table in all().iter().filter(|table| table.name.starts_with("hidden")) {
        let (picture, _) = scene(table, Width::Wide);
        let traced = |mark: &Mark| {
            matches!(mark, Mark::Disc(..) | Mark::Line(_, _, REFERENCE, _) | Mark::Polygon(..))
        };
        assert!(!picture.marks.iter().any(traced), "{}", table.name);
    }
    // The same picture, whatever was hidden: the scale does not tell.
    let with = |value| means("a", &[5.0, 4.0, value]).blocks[0].rows[0].cells.clone();
    let mut one = means("a", &[5.0, 4.0, 5.5]);
    one.blocks[0].rows[0].cells = with(90.0);
    one.blocks[0].rows[0].cells[3] = hidden();
    let (picture, _) = scene(&one, Width::Wide);
    assert!(texts(&picture).iter().all(|(_, text)| !text.starts_with('9')));
}

#[test]
fn a_chart_needs_groups_that_differ() {
    assert!(sketched(&hours()) && sketched(&scores()));
    assert!(!sketched(&means("alike", &[4.0, 5.0])));
    let mut single = hours();
    single.blocks[0].rows[0].cells[1] = hidden();
    assert!(!sketched(&single), "one dot alone");
    let mut topline = hours();
    topline.banner = None;
    assert!(!sketched(&topline));
}

#[test]
fn many_numbered_answers_are_drawn_by_their_mean_on_their_whole_scale() {
    let scale = |steps: i32| {
        let mut table = means("satisfaction", &[6.5, 7.0]);
        table.form = SINGLE;
        let name = |step: i32| match step {
            0 => "0 - Not at all".to_owned(),
            step => step.to_string(),
        };
        let mean = table.blocks[0].rows.remove(0);
        let cells = vec![percent(5.0); 3];
        let answer = |step| Row {
            label: label(&name(step)),
            role: Role::Answer,
            statistic: Statistic::Percent,
            content: crate::disclose::Content::Other,
            cells: cells.clone(),
        };
        table.blocks[0].rows = (0..steps).map(answer).chain([mean]).collect();
        table
    };
    let (picture, _) = scene(&scale(11), Width::Wide);
    let said: Vec<&str> = texts(&picture).into_iter().map(|(_, text)| text).collect();
    assert!(said.contains(&"0") && said.contains(&"10") && said.contains(&"0 - Not at all"));
    let x = dots(&picture)[1];
    assert!((decode(&picture, [("0", 0.0), ("10", 10.0)], x) - 7.0).abs() < 0.05);
    let mut few = scale(7);
    few.blocks[0].rows[7].cells[1] = high(percent(5.0));
    assert!(!sketched(&few), "seven answers are drawn one by one");
}

#[test]
fn a_number_is_one_that_stands_alone() {
    for (text, number) in [("10", 10), ("10 - Completely", 10), ("-2", -2), ("1 (None)", 1)] {
        assert_eq!(leading(text), Some(number), "{text}");
    }
    for text in ["", "Under 30", "30 to 39", "20% to 39%", "1.5", "80 or more"] {
        assert_eq!(leading(text), None, "{text}");
    }
}

#[test]
fn dots_are_told_in_words() {
    assert_eq!(
        description(&hours(), false),
        "2 groups shown. Mean (hours): all 51. Highest: Head 55. Lowest: Teacher 50. \
         1 hidden. Full figures are in the table that follows."
    );
    let frame = with(&hours(), true, &poll(), |sketch, _| sketch.frame());
    assert_eq!(frame.title, "How adequate the pause was, by Role");
    assert_eq!(frame.subtitle, "Mean (hours) of all members who replied");
    let notes = frame.notes.join(" ");
    for words in [
        "95% confidence intervals",
        "▲",
        "The scale begins at 46, not at 0.",
        "[c] hidden",
        "[u]",
    ] {
        assert!(notes.contains(words), "{words}: {notes}");
    }
}

#[test]
fn the_ends_of_a_net_score_are_named() {
    let (picture, _) = scene(&scores(), Width::Narrow);
    let texts = texts(&picture);
    let end = |text: &str| texts.iter().find(|(_, t)| *t == text).expect("an end").0;
    assert!(!overlap(end("← More detractors"), end("More promoters →")));
}
