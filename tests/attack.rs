//! Whether hidden cells stay hidden from somebody with all published figures and a solver.
//!
//! Made-up polls are published; an attacker that shares no code with the gate turns every
//! figure into an inequality and asks how many people a hidden cell may hold. No cell of one
//! to four people (one to nine for a sensitive question in public) may be recovered, and the
//! whole numbers that fit must span at least five (ten), or the whole of a group that is
//! smaller.
//!
//! With a gate that hides small cells and small columns only, these fail: both attacks on
//! polls made up by chance, the one by whole numbers, `one_hidden_in_a_row`,
//! `a_nation_less_its_regions`, `a_net_less_its_parts`, `all_but_those_of_a_condition` and
//! `one_person_known`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "attack/attacker.rs"]
mod attacker;
#[path = "attack/fixtures.rs"]
mod fixtures;
#[path = "attack/polls.rs"]
mod polls;
#[path = "attack/run.rs"]
mod run;

use attacker::{Found, Known, aims};
use polls::Person;
use run::Record;

/// A made-up poll as it is published.
fn publish(people: &[Person], profile: &str) -> Vec<Record> {
    let replies = polls::replies(people);
    run::publish(&polls::schema(), &polls::poll(profile), &replies).unwrap()
}

/// Attacks every question of a release; gives how many cells were attacked, and those that
/// were too narrow.
fn attack(
    people: &[Person],
    records: &[Record],
    profile: &str,
    whole: bool,
) -> (usize, Vec<Found>) {
    let step = if profile == "public" { 10.0 } else { 5.0 };
    let (mut attacked, mut narrow) = (0, Vec::new());
    // Five whole numbers are as many as a range of real numbers holds that is five wide,
    // wherever it begins.
    let spare = if whole { 1.0 } else { 0.0 };
    for aim in aims() {
        let small = if aim.question == "pay" && profile == "public" { 9.0 } else { 4.0 };
        let found = Known::of(aim, records, people, step).attack(records, small, whole);
        attacked += found.len();
        narrow.extend(found.into_iter().filter(|found| found.is_narrow(spare)));
    }
    (attacked, narrow)
}

/// How many answered, a seed, and how rare the rare are.
type Made = (usize, u64, f64);

const POLLS: [Made; 6] = [
    (150, 1, 1.0),
    (400, 2, 1.0),
    (900, 3, 1.3),
    (1500, 4, 1.6),
    (4000, 5, 2.0),
    (12000, 6, 2.0),
];

fn nobody_is_found(profile: &str) {
    for (n, seed, skew) in POLLS {
        let people = polls::people(n, seed, skew);
        let records = publish(&people, profile);
        let (attacked, narrow) = attack(&people, &records, profile, false);
        assert!(attacked > 5, "{profile}, {n} people: {attacked} cells of few are hidden");
        assert!(narrow.is_empty(), "{profile}, {n} people, {attacked} attacked: {narrow:#?}");
    }
}

#[test]
fn the_public_finds_nobody() {
    nobody_is_found("public");
}

#[test]
fn officers_find_nobody() {
    nobody_is_found("officers");
}

/// People cannot be divided: what fits them is less than what fits fractions of them.
#[test]
fn nobody_is_found_by_whole_numbers_either() {
    let polls = [("officers", 70), ("officers", 110), ("officers", 150), ("public", 150)];
    for ((profile, n), seed) in polls.into_iter().zip(20..) {
        let people = polls::people(n, seed, 0.6);
        let texts = (polls::schema(), polls::small_poll(profile), polls::replies(&people));
        let records = run::publish(&texts.0, &texts.1, &texts.2).unwrap();
        let (attacked, narrow) = attack(&people, &records, profile, true);
        assert!(attacked > 2, "{profile}, {n} people: {attacked} cells of few are hidden");
        assert!(narrow.is_empty(), "{profile}, {n} people, {attacked} attacked: {narrow:#?}");
    }
}
