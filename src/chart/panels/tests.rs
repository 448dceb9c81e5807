//! Panels of every shape, for the tests of all pictures; and what holds for panels alone.

use super::super::scene::{Mark, Scene};
use super::super::style::{ASIDE, Colour, DIFFERENT, REFERENCE, SAME};
use super::super::tests as charts;
use super::super::{KINDS, Setting, Subject, Width};
use super::layout::BAR_HEIGHT;
use crate::chart::font::Fonts;
use crate::disclose::testing::{figure, judged};
use crate::disclose::{Figure, Form, Role, Span, Status, Table, Verdict};
use crate::poll::Poll;
use crate::poll::charts::{Charts, Groups};
use crate::poll::testing::{poll, typed};
use charts::{between, hidden, label, percent};
use indexmap::IndexMap;

/// A table by groups: for each answer the total and then the groups.
fn by_groups(name: &str, answers: &[(&str, Role, Vec<Figure>)]) -> Table {
    let rows = answers.iter().map(|(text, role, cells)| {
        let row = charts::row(text, *role, percent(0.0));
        crate::disclose::Row { cells: cells.clone(), ..row }
    });
    let mut block = charts::block(None, rows.collect());
    let columns = answers.first().map_or(1, |(_, _, cells)| cells.len());
    block.bases = vec![block.bases[0].clone(); columns];
    let mut table = charts::table(name, charts::NOMINAL, vec![block]);
    table.banner = Some(label("Phase"));
    table.groups = (0..columns).map(|at| label(&format!("Group {at}"))).collect();
    table.groups[0] = label("Total");
    table
}

fn higher(value: f64) -> Figure {
    judged(percent(value), Verdict::Higher)
}

fn lower(value: f64) -> Figure {
    judged(percent(value), Verdict::Lower)
}

/// Three groups, of which two differ, and one is hidden.
fn phases() -> Table {
    let mut table = by_groups(
        "phases",
        &[
            ("No", Role::Answer, vec![percent(94.0), percent(94.0), percent(86.0), hidden()]),
            ("Yes", Role::Answer, vec![percent(3.0), lower(2.0), higher(11.0), hidden()]),
            ("Don’t know", Role::Pinned, vec![percent(3.0), percent(4.0), hidden(), hidden()]),
        ],
    );
    let names = ["Total", "Nursery and primary", "Sixth form", "Special"];
    table.groups = names.map(label).to_vec();
    table
}

/// So many groups with the first of them different.
fn of_groups(groups: usize, answers: usize) -> Table {
    let cells = || {
        let lows = (0_u8..).map(|at| 30.0 - f64::from(at));
        let rest = lows.take(groups - 1).map(|low| between(40.0, low, 50.0));
        [percent(50.0), judged(between(60.0, 51.0, 70.0), Verdict::Higher)]
            .into_iter()
            .chain(rest)
    };
    let rows: Vec<_> =
        (0..answers).map(|_| ("An answer", Role::Answer, cells().collect())).collect();
    by_groups(&format!("groups-{groups}-{answers}"), &rows)
}

/// Labels without end, and figures with every status.
fn awkward() -> Table {
    let unsure = || figure(Some(71.0), None, Status::Unreliable);
    let none = |status| figure(None, None, status);
    let cells = || {
        vec![
            percent(7.0),
            higher(100.0),
            percent(0.0),
            unsure(),
            none(Status::Low),
            percent(5.0),
        ]
    };
    let long = "a very long label ".repeat(17);
    let mut table = by_groups(
        "awkward-groups",
        &[(&long, Role::Answer, cells()), (&"w".repeat(300), Role::Pinned, cells())],
    );
    for group in &mut table.groups {
        group.text = long.clone();
    }
    table
}

fn nested() -> Table {
    let mut table = of_groups(4, 6);
    table.name = "nested".to_owned();
    table.spans = vec![
        Span { text: "Primary ".repeat(30), columns: 1..3 },
        Span { text: "Secondary".to_owned(), columns: 3..5 },
    ];
    table
}

/// A battery crossed with a banner.
fn items() -> Table {
    let mut table = charts::battery();
    table.name = "items".to_owned();
    table.banner = Some(label("Phase"));
    table.groups = ["Total", "Primary", "Secondary"].map(label).to_vec();
    for block in &mut table.blocks {
        block.bases = vec![block.bases[0].clone(); 3];
        for row in &mut block.rows {
            let total = row.cells[0].clone();
            row.cells = vec![total, higher(30.0), lower(10.0)];
        }
    }
    table
}

/// Panels of every shape.
pub(in super::super) fn all() -> Vec<Table> {
    let mut tables = vec![phases(), awkward(), nested(), items(), of_groups(2, 70)];
    tables.extend((2..=14).flat_map(|groups| [of_groups(groups, 2), of_groups(groups, 15)]));
    for (table, name) in [(nested(), "nested-flat"), (awkward(), "awkward-multi")] {
        let blocks = table.blocks.clone();
        tables.push(Table { name: name.to_owned(), form: Form::Multi, blocks, ..table });
    }
    tables
}

/// Where the thick lines of a colour begin, and how long they are.
fn bars(scene: &Scene, colour: Colour) -> Vec<(f64, f64)> {
    let bar = |mark: &Mark| match mark {
        Mark::Line((x, _), (to, _), of, width) if *of == colour && *width >= BAR_HEIGHT => {
            Some((*x, to - x))
        }
        _ => None,
    };
    scene.marks.iter().filter_map(bar).collect()
}

/// Where the upright lines of the total stand.
fn ticks(scene: &Scene) -> Vec<f64> {
    let tick = |mark: &Mark| match mark {
        Mark::Line((x, y), (_, to), REFERENCE, _) if to - y > 16.0 => Some(*x),
        _ => None,
    };
    scene.marks.iter().filter_map(tick).collect()
}

#[test]
fn lengths_decode_to_the_released_values() {
    for width in [Width::Wide, Width::Narrow] {
        let (scene, _) = charts::scene(&phases(), width);
        let (same, different) = (bars(&scene, SAME), bars(&scene, DIFFERENT));
        let unit = same[0].1 / 94.0;
        let shares = |bars: &[(f64, f64)]| {
            bars.iter().map(|(_, length)| (length / unit).round()).collect::<Vec<_>>()
        };
        assert_eq!(shares(&different), [2.0, 11.0]);
        assert!(shares(&same) == [94.0, 86.0], "{width:?}");
        assert_eq!(shares(&bars(&scene, ASIDE)), [4.0]);
        let ticks: Vec<f64> =
            ticks(&scene).iter().map(|x| ((x - same[0].0) / unit).round()).collect();
        assert_eq!(ticks.iter().filter(|at| **at == 94.0).count(), 2);
        assert_eq!(ticks.len(), 5, "no tick where there is no bar");
    }
}

#[test]
fn what_differs_has_an_arrow_and_the_key_says_why() {
    let (scene, _) = charts::scene(&phases(), Width::Wide);
    let texts = charts::texts(&scene);
    let has = |wanted: &str| texts.iter().any(|(_, text)| *text == wanted);
    assert!(has("11% ▲") && has("2% ▼") && has("94%") && has("[c]"));
    assert!(has("▲ higher, ▼ lower than all other groups together"));
    let mut overlapping = phases();
    overlapping.overlapping = true;
    let (scene, _) = charts::scene(&overlapping, Width::Wide);
    let key = "▲ higher, ▼ lower than those who are not in the group";
    assert!(charts::texts(&scene).iter().any(|(_, text)| *text == key));
}

/// The heads of panels: those that stand over the first bars.
fn says(table: &Table, wanted: &str) -> bool {
    let (scene, _) = charts::scene(table, Width::Wide);
    charts::texts(&scene).iter().any(|(_, text)| *text == wanted)
}

#[test]
fn few_groups_are_panels_and_many_are_rows() {
    assert!(says(&of_groups(3, 15), "1,864 answers"));
    assert!(!says(&of_groups(14, 15), "1,864 answers"));
    assert!(says(&of_groups(14, 15), "answers"));
}

#[test]
fn a_group_of_which_nothing_may_be_shown_is_named_below() {
    let frame = charts::with(&phases(), false, &poll(), |sketch, _| sketch.frame());
    assert_eq!(frame.title, "How adequate the pause was, by Phase");
    assert_eq!(frame.notes[1], "Not drawn: Special [c].");
    assert_eq!(frame.notes[2], "[c] hidden to protect confidentiality.");
    assert!(!says(&phases(), "Special"));
}

#[test]
fn of_many_bars_only_the_answers_are_drawn_in_which_a_group_differs() {
    let cells = |first: Figure| vec![percent(50.0), first, percent(40.0), percent(40.0)];
    let mut rows = vec![("An answer", Role::Answer, cells(percent(50.0))); 17];
    rows[3].2 = cells(higher(60.0));
    let (scene, _) = charts::scene(&by_groups("alike", &rows), Width::Wide);
    assert_eq!((bars(&scene, DIFFERENT).len(), bars(&scene, SAME).len()), (1, 2));
    let notes =
        charts::with(&by_groups("alike", &rows), false, &poll(), |s, _| s.frame()).notes;
    assert!(
        notes[1]
            .ends_with("Only answers in which a group differs are drawn; the table has all.")
    );
    rows.truncate(16);
    let (scene, _) = charts::scene(&by_groups("alike", &rows), Width::Wide);
    assert_eq!(bars(&scene, SAME).len(), 47);
}

#[test]
fn a_battery_is_drawn_by_its_first_net() {
    let (scene, _) = charts::scene(&items(), Width::Wide);
    assert_eq!(bars(&scene, DIFFERENT).len(), 6);
    let frame = charts::with(&items(), false, &poll(), |sketch, _| sketch.frame());
    assert_eq!(frame.subtitle, "Total agree, % of all members who replied");
}

/// Whether a table is drawn under these choices.
fn is_drawn(table: &Table, charts: Charts) -> bool {
    let poll = Poll { charts, ..poll() };
    let (fonts, titles) = (Fonts::load().unwrap(), IndexMap::new());
    let setting = Setting {
        poll: &poll,
        titles: &titles,
        intervals: false,
        weighted_by: &[],
        fonts: &fonts,
    };
    let subject = Subject { table, poll: &poll, intervals: false, fonts: &fonts, setting };
    KINDS.iter().any(|kind| kind(subject).is_some())
}

#[test]
fn the_poll_file_says_which_are_drawn() {
    let groups = |groups| Charts { groups, ..Charts::default() };
    let mut alike = phases();
    for row in &mut alike.blocks[0].rows {
        row.cells = vec![percent(3.0); 4];
    }
    assert!(is_drawn(&phases(), groups(Groups::Different)));
    assert!(!is_drawn(&alike, groups(Groups::Different)));
    assert!(is_drawn(&alike, groups(Groups::All)));
    assert!(!is_drawn(&phases(), groups(Groups::None)));
    let own =
        typed("[charts]\ngroups = \"none\"\n[[chart]]\ntable = \"phases\"\ndraw = true\n");
    assert!(is_drawn(&phases(), own.charts));
}

#[test]
fn there_is_no_picture_without_two_groups_to_compare() {
    let every = || Charts { groups: Groups::All, ..Charts::default() };
    let mut table = phases();
    for row in &mut table.blocks[0].rows {
        row.cells[2] = hidden();
    }
    assert!(!is_drawn(&table, every()));
    for row in &mut table.blocks[0].rows {
        row.cells = vec![hidden(); 4];
    }
    assert!(!is_drawn(&table, every()));
}

#[test]
fn differences_are_told_first() {
    assert_eq!(
        charts::description(&phases(), false),
        "2 groups. Yes: Sixth form 11%, higher than the rest; Nursery and primary 2%, lower. \
         Highest: No, Nursery and primary 94%. Lowest: Yes, Nursery and primary 2%. 1 hidden. \
         Full figures are in the table that follows."
    );
    for table in all() {
        assert!(charts::description(&table, true).chars().count() <= 300, "{}", table.name);
    }
}

#[test]
fn both_pictures_of_panels_take_little_of_the_page() {
    let bytes = |table: &Table| {
        let of = |width| charts::draw_one(table, false, width).inline.len();
        of(Width::Wide) + of(Width::Narrow)
    };
    assert!(bytes(&of_groups(9, 6)) < 12_000);
    assert!(bytes(&of_groups(3, 9)) < 8_000);
}
