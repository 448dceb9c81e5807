//! Whether hidden cells stay hidden from somebody with all published figures and a solver.
//!
//! Made-up polls are published; an attacker that shares no code with the gate turns every
//! figure into an inequality and asks how many people a hidden cell may hold. No cell of one
//! to four people (one to nine for a sensitive question in public) may be recovered, and the
//! whole numbers that fit must span at least five (ten).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "attack/attacker.rs"]
mod attacker;
#[path = "attack/polls.rs"]
mod polls;
#[path = "attack/run.rs"]
mod run;

use attacker::{Found, Known, aims};

/// Publishes a made-up poll and attacks it; gives how many cells were attacked, and those
/// that were too narrow.
fn attack(people: &[polls::Person], profile: &str, whole: bool) -> (usize, Vec<Found>) {
    let texts = (polls::schema(), polls::poll(profile), polls::replies(people));
    let records = run::publish(&texts.0, &texts.1, &texts.2).unwrap();
    let step = if profile == "public" { 10.0 } else { 5.0 };
    let (mut attacked, mut narrow) = (0, Vec::new());
    for aim in aims() {
        let small = if aim.question == "pay" && profile == "public" { 9.0 } else { 4.0 };
        let found = Known::of(aim, &records, people, step).attack(&records, small, whole);
        attacked += found.len();
        narrow.extend(found.into_iter().filter(|found| found.width() <= small));
    }
    (attacked, narrow)
}

fn no_cell_is_too_narrow(profile: &str, polls: &[(usize, u64, f64)]) {
    let mut said = String::new();
    for (n, seed, skew) in polls {
        let (attacked, narrow) = attack(&polls::people(*n, *seed, *skew), profile, false);
        let exact = narrow.iter().filter(|found| found.width() < 1.0).count();
        println!(
            "{profile} {n} {skew}: {attacked} attacked, {} narrow, {exact} exact",
            narrow.len()
        );
        for found in narrow {
            said += &format!("{profile}, {n} people: {found:?}\n");
        }
    }
    assert!(said.is_empty(), "{said}");
}

/// How many answered, a seed, and how rare the rare are.
const POLLS: [(usize, u64, f64); 6] = [
    (150, 1, 1.0),
    (400, 2, 1.0),
    (900, 3, 1.3),
    (1500, 4, 1.6),
    (4000, 5, 2.0),
    (12000, 6, 2.0),
];

#[test]
fn the_public_finds_nobody() {
    no_cell_is_too_narrow("public", &POLLS);
}

#[test]
fn officers_find_nobody() {
    no_cell_is_too_narrow("officers", &POLLS);
}
