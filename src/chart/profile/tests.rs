//! The profile of who answered: where marks stand, what is hidden, what is said.

use super::super::frame::Foot;
use super::super::scene::Mark;
use super::super::style::{DIFFERENT, REFERENCE};
use super::super::tests::{hidden, overlap, percent, texts};
use super::super::{Fonts, frame};
use super::draw::draw;
use super::*;
use crate::disclose::testing::{answered_by, released};
use crate::disclose::{AnsweredBy, AnsweredGroup, Figure, Note};
use crate::poll::testing::poll;
use crate::words::EN_GB;

fn group(label: &str, [population, unweighted, weighted]: [Figure; 3]) -> AnsweredGroup {
    AnsweredGroup { label: label.to_owned(), population, unweighted, weighted, rate: None }
}

fn variable(title: &str, groups: Vec<AnsweredGroup>) -> AnsweredBy {
    let source = Some("The membership list of 8 January 2024".to_owned());
    AnsweredBy { name: title.to_lowercase(), title: title.to_owned(), source, groups }
}

fn answered(variables: Vec<AnsweredBy>) -> Answered {
    Answered { framed: true, invited: Some(61_240), variables }
}

fn usual() -> Answered {
    let groups = vec![
        group("London", [percent(16.0), percent(11.0), percent(16.0)]),
        group("Elsewhere", [percent(80.0), percent(85.0), percent(81.0)]),
        group("Abroad", [percent(4.0), hidden(), hidden()]),
    ];
    answered(vec![variable("Region", groups)])
}

/// Usual and odd ones.
fn all() -> Vec<Answered> {
    let long = "a very long label ".repeat(17);
    let share = || [percent(5.0), percent(5.0), percent(5.0)];
    let many = |title: &str, most| {
        variable(title, (0..most).map(|n| group(&format!("Group {n}"), share())).collect())
    };
    let odd = vec![
        group(&long, [percent(100.0), percent(0.0), percent(100.0)]),
        group(&"w".repeat(300), [hidden(), hidden(), hidden()]),
        group("", [hidden(), percent(100.0), percent(99.0)]),
    ];
    vec![
        usual(),
        answered(vec![variable(&long, odd), many("Age", 1)]),
        answered((0..9).map(|n| many(&format!("Variable {n}"), 14)).collect()),
        answered(vec![variable("All", vec![group("One", share().map(|_| hidden()))])]),
    ]
}

fn sketched<T>(answered: Answered, test: impl Fn(&dyn Sketch, &Fonts) -> T) -> T {
    let notes = vec![
        Note { topic: "Weights", text: "Effective sample: about 4,270.".to_owned() },
        Note { topic: "Repairs", text: "None.".to_owned() },
    ];
    let released = answered_by(released(Vec::new(), false), answered, notes);
    let (poll, titles) = (poll(), indexmap::IndexMap::new());
    let fonts = Fonts::load().expect("a font");
    let setting = Setting {
        poll: &poll,
        titles: &titles,
        intervals: true,
        weighted_by: &[],
        fonts: &fonts,
    };
    test(sketch(&released, setting).expect("a chart").as_ref(), &fonts)
}

#[test]
fn no_text_lies_over_another_or_leaves_the_picture() {
    for answered in all() {
        for width in [Width::Wide, Width::Narrow] {
            let scene = sketched(answered.clone(), |sketch, fonts| {
                frame::compose(
                    &sketch.frame(),
                    sketch.body(width),
                    width,
                    fonts,
                    Foot::default(),
                )
                .scene
            });
            let texts = texts(&scene);
            for (i, (one, this)) in texts.iter().enumerate() {
                let inside = one.left >= 0.0
                    && one.left + one.width <= width.px()
                    && one.top + one.height <= scene.height;
                assert!(inside, "{this} {one:?}");
                for (other, that) in &texts[i + 1..] {
                    assert!(!overlap(*one, *other), "{width:?}: {this} / {that}");
                }
            }
        }
    }
}

#[test]
fn marks_stand_at_the_released_shares_and_hidden_ones_nowhere() {
    let fonts = Fonts::load().expect("a font");
    for width in [Width::Wide, Width::Narrow] {
        let scene = draw(&shown(&usual(), &EN_GB), width, &fonts);
        let texts = texts(&scene);
        let place = |text: &str| {
            let (area, _) = texts.iter().rfind(|(_, t)| *t == text).expect("a tick");
            area.left + area.width / 2.0
        };
        // The label of 80 carries the unit, and stands at the same place as a number would.
        let unit = (place("60") - place("0")) / 60.0;
        let value = |x: f64| (x - place("0")) / unit;
        // The first of each is the symbol of its head.
        let ticks: Vec<f64> = (scene.marks.iter())
            .filter_map(|mark| match mark {
                Mark::Fill(area, REFERENCE) => Some(value(area.left + area.width / 2.0)),
                _ => None,
            })
            .skip(1)
            .collect();
        let near = |found: &[f64], expected: &[f64]| {
            found.len() == expected.len()
                && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.4)
        };
        assert!(near(&ticks, &[16.0, 80.0, 4.0]), "{ticks:?}");
        let discs: Vec<f64> = (scene.marks.iter())
            .filter_map(|mark| match mark {
                Mark::Disc((x, _), _, DIFFERENT) => Some(value(*x)),
                _ => None,
            })
            .skip(2)
            .collect();
        assert!(near(&discs, &[11.0, 16.0, 85.0, 81.0]), "{discs:?}");
    }
}

#[test]
fn the_notes_say_what_the_groups_are_held_against() {
    let frame = sketched(usual(), |sketch, _| sketch.frame());
    assert_eq!(frame.title, "Who answered");
    assert_eq!(
        frame.notes,
        [
            "4,678 of 61,240 invited replied.",
            "List: The membership list of 8 January 2024.",
            "Effective sample: about 4,270.",
            "[c] hidden to protect confidentiality.",
        ]
    );
    let many = all().remove(2);
    let said = sketched(many, |sketch, _| sketch.frame()).notes.join(" ");
    assert!(said.contains("The first 60 groups are drawn; the tables have all."), "{said}");
}

#[test]
fn the_profile_is_told_in_words() {
    assert_eq!(
        sketched(usual(), |sketch, _| sketch.describe()),
        "3 groups shown, by Region. Before weighting furthest apart: London, list 16%, replied \
         11%. After weighting furthest apart: Elsewhere, list 80%, weighted 81%. 2 hidden. \
         Full figures are in the table that follows."
    );
    for answered in all() {
        let said = sketched(answered, |sketch, _| sketch.describe());
        assert!(said.chars().count() <= 300, "{said}");
    }
}

#[test]
fn nothing_known_is_no_chart() {
    let (poll, titles) = (poll(), indexmap::IndexMap::new());
    let fonts = Fonts::load().expect("a font");
    let setting = Setting {
        poll: &poll,
        titles: &titles,
        intervals: true,
        weighted_by: &[],
        fonts: &fonts,
    };
    assert!(sketch(&released(Vec::new(), false), setting).is_none());
    let none = answered_by(released(Vec::new(), false), answered(Vec::new()), Vec::new());
    assert!(sketch(&none, setting).is_none());
}
