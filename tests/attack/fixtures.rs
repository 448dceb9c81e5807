//! Known leaks, each as a small poll: in every one a cell of few could be worked out if it
//! alone were hidden.

use super::attacker::{Known, aims};
use super::polls::Person;
use super::{attack, publish};

/// Somebody in "Primary", "North", a teacher, who gave no answers.
const SOMEBODY: Person = Person {
    phase: 0,
    region: 0,
    role: 0,
    view: None,
    pay: None,
    uses: [false; 4],
    lesson: None,
};

/// People by phase, region and view, and how many.
fn crowd(counts: &[(usize, usize, usize, usize)]) -> Vec<Person> {
    let alike = |(phase, region, view, n): &(usize, usize, usize, usize)| {
        let person = Person { phase: *phase, region: *region, view: Some(*view), ..SOMEBODY };
        std::iter::repeat_n(person, *n)
    };
    counts.iter().flat_map(alike).collect()
}

/// Views of people in one phase and region: "Strongly agree" to "Strongly disagree".
fn place(phase: usize, region: usize, views: [usize; 5]) -> Vec<(usize, usize, usize, usize)> {
    views.into_iter().enumerate().map(|(view, n)| (phase, region, view, n)).collect()
}

/// Every cell of few keeps at least five whole numbers apart, in both profiles, and those of
/// the table that are named are hidden.
fn keeps(people: &[Person], hidden: &[(&str, &str, &str)]) {
    for profile in ["public", "officers"] {
        let records = publish(people, profile);
        for (table, answer, group) in hidden {
            let cell = records.iter().find(|record| {
                (record.table.as_str(), record.answer.as_str(), record.group.as_str())
                    == (*table, *answer, *group)
            });
            assert_eq!(cell.unwrap().status, "[c]", "{profile}: {table}, {answer}, {group}");
        }
        let (attacked, narrow) = attack(people, &records, profile, false);
        assert!(attacked >= hidden.len(), "{profile}: {attacked} attacked");
        assert!(narrow.is_empty(), "{profile}: {narrow:#?}");
        let shown = records.iter().filter(|r| r.question == "view" && r.value.is_some());
        assert!(shown.count() > 3, "{profile}: nothing is left to read");
    }
}

/// 60 + 60 + 60 less what is shown in the row and in the column.
#[test]
fn one_hidden_in_a_row() {
    let people = [
        place(0, 0, [60, 80, 40, 20, 20]),
        place(1, 1, [60, 80, 40, 20, 20]),
        place(2, 2, [60, 80, 40, 20, 3]),
    ];
    keeps(&crowd(&people.concat()), &[("view-phase", "Strongly disagree", "Special")]);
}

/// Two rows and two columns of few: each could be swapped for the other, but not far.
#[test]
fn corners_of_two_by_two() {
    let people = [
        place(0, 0, [15, 25, 12, 10, 8]),
        place(1, 1, [15, 25, 16, 1, 2]),
        place(2, 2, [20, 20, 16, 1, 1]),
    ];
    let cells =
        ["Secondary", "Special"].map(|group| ("view-phase", "Strongly disagree", group));
    keeps(&crowd(&people.concat()), &cells);
}

/// "Isles" is "Coast" and "Outer": the nation less one region is the other.
#[test]
fn a_nation_less_its_regions() {
    let people = [
        place(0, 0, [60, 80, 40, 20, 20]),
        place(1, 4, [60, 80, 40, 20, 20]),
        place(2, 5, [60, 80, 40, 20, 2]),
    ];
    keeps(&crowd(&people.concat()), &[("view-region", "Strongly disagree", "Outer")]);
}

/// "All disagree" is 23, "Disagree" 20: the rest is three.
#[test]
fn a_net_less_its_parts() {
    let people = [place(0, 0, [40, 50, 30, 27, 3])];
    keeps(&crowd(&people.concat()), &[("view", "Strongly disagree", "Total")]);
}

/// All less the two columns that are shown is the third, which is too small to show.
#[test]
fn the_base_of_all_less_others() {
    let people = [
        place(0, 0, [15, 25, 10, 6, 6]),
        place(1, 1, [15, 25, 10, 6, 6]),
        place(2, 2, [6, 5, 4, 3, 2]),
    ];
    let cells =
        ["Disagree", "Strongly disagree"].map(|answer| ("view-phase", answer, "Special"));
    keeps(&crowd(&people.concat()), &cells);
}

/// The table of all less the table without "Outer" is "Outer", where few gave some answers.
#[test]
fn all_but_those_of_a_condition() {
    let people = [
        place(0, 0, [60, 80, 40, 20, 20]),
        place(1, 1, [60, 80, 40, 20, 20]),
        place(2, 5, [30, 20, 15, 4, 2]),
    ];
    keeps(&crowd(&people.concat()), &[("view-region", "Strongly disagree", "Outer")]);
}

/// Somebody who knows one person in a cell of one does not learn that there is no other.
#[test]
fn one_person_known() {
    let people = crowd(
        &[
            place(0, 0, [60, 80, 40, 20, 20]),
            place(1, 1, [60, 80, 40, 20, 20]),
            place(2, 2, [60, 80, 40, 20, 1]),
        ]
        .concat(),
    );
    let records = publish(&people, "public");
    let view = aims().into_iter().find(|aim| aim.question == "view").unwrap();
    let mut known = Known::of(view, &records, &people, 10.0);
    let single = ("view-phase", "Strongly disagree", "Special");
    known.meet(&records, single);
    let found = known.attack(&records, 4.0, false);
    let cell =
        found.iter().find(|found| found.cell == "view-phase, Strongly disagree, Special");
    let cell = cell.unwrap();
    assert!(cell.width() >= 4.0, "one to five at least: {cell:?}");
}
