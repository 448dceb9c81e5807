//! Two public releases of one wave, of which the second has an answer more, or one changed:
//! what `run` does that has the record of the first, and what `audit` finds where it had not.

use super::trial::{End, Trial};

/// A further question of the small poll. Three people in the South gave its last answer.
const DRINK: &str = "[question.drink]\nkind = \"single\"\ntitle = \"Drink\"\n\
                     categories = [\"Tea\", \"Coffee\", \"Other\"]\n\n[question.words]";

/// The answers of 1,000 people, 100 of them in the South: site, whether lunch is long enough,
/// drink.
fn people() -> Vec<[&'static str; 3]> {
    let person = |i: usize| {
        let (site, place, rare) = match i % 10 {
            0 => ("South", i / 10, 3),
            _ => ("North", i, 200),
        };
        let drink = if place < rare { "Other" } else { ["Tea", "Coffee"][place % 2] };
        [site, ["Agree", "Disagree", "Don't know"][i % 3], drink]
    };
    (0..1000).map(person).collect()
}

/// Writes the answers as the poll's data.
fn answer(trial: &Trial, people: &[[&str; 3]]) {
    let rows = people.iter().enumerate().map(|(i, [site, enough, drink])| {
        format!("{i},member{i}@example.org,{site},{enough},,,{drink}\n")
    });
    let head = "id,email,site,enough,minutes,words,drink\n".to_owned();
    trial.write("replies.csv", std::iter::once(head).chain(rows).collect::<String>());
}

/// The small poll without weights, its first release in `first`, with its record in `private`.
fn published() -> (Trial, Vec<[&'static str; 3]>) {
    let (trial, people) = (Trial::new(), people());
    trial.change("schema.toml", "[question.words]", DRINK);
    trial.change("poll.toml", "[design]\nweight = \"weight\"\n", "");
    answer(&trial, &people);
    assert_eq!(run(&trial, "first", "private").code, Some(0));
    (trial, people)
}

fn run(trial: &Trial, out: &str, private: &str) -> End {
    trial.end(&["run", "poll.toml", "--out", out, "--private", private])
}

/// Audits a second release against the first.
fn audit(trial: &Trial, out: &str) -> End {
    let release = format!("{out}/canteen");
    trial.end(&["audit", &release, "--against", "first/canteen"])
}

#[test]
fn one_answer_more_is_refused_and_found_where_it_was_not() {
    let (trial, mut people) = published();
    people.push(["North", "Agree", "Tea"]);
    answer(&trial, &people);
    let end = run(&trial, "second", "private");
    assert_eq!(end.code, Some(5), "{}", end.stderr);
    insta::assert_snapshot!(end.stderr, @r"
    error[D003]: 1001 respondents now, 1000 in an earlier release
     because: what changed between the two is what these few answered
        help: publish the same respondents as before, or wait until more have come
    ");
    assert!(trial.files("second").is_empty(), "nothing is published");
    assert_eq!(run(&trial, "second", "without").code, Some(0));
    let end = audit(&trial, "second");
    assert_eq!(end.code, Some(5), "{}", end.stdout);
    assert!(end.stdout.contains("error[A007]") && end.stdout.contains("1001 and 1000"));
}

#[test]
fn one_answer_changed_gives_nothing_away_that_was_hidden() {
    let (trial, mut people) = published();
    let changed =
        people.iter_mut().find(|[site, _, drink]| (*site, *drink) == ("South", "Coffee"));
    changed.unwrap()[2] = "Tea";
    answer(&trial, &people);
    // Without the record other figures are hidden than in the first release.
    assert_eq!(run(&trial, "second", "without").code, Some(0));
    let end = audit(&trial, "second");
    assert_eq!(end.code, Some(5), "{}", end.stdout);
    assert!(end.stdout.contains("A002  `drink.other@site=south`"), "{}", end.stdout);
    // With it what the first one shows is known.
    assert_eq!(run(&trial, "second", "private").code, Some(0));
    let end = audit(&trial, "second");
    assert_eq!(end.code, Some(0), "{}", end.stdout);
}

#[test]
fn a_correction_that_would_tell_of_one_person_is_refused_with_the_remedy() {
    let trial = Trial::new();
    assert_eq!(run(&trial, "first", "private").code, Some(0));
    // Nobody in the South agreed, and the first release says so.
    trial.change("replies.csv", "South,Disagree,35", "South,Agree,");
    let end = run(&trial, "second", "private");
    assert_eq!(end.code, Some(5), "{}", end.stderr);
    let said = [
        "error[D002]",
        "`enough-site`",
        "earlier releases of the wave",
        "delete their records",
    ];
    assert!(said.iter().all(|words| end.stderr.contains(words)), "{}", end.stderr);
    assert!(trial.files("second").is_empty(), "nothing is published");
}

#[test]
fn groups_between_which_somebody_moved_are_hidden() {
    let (trial, mut people) = published();
    people[150][0] = if people[150][0] == "North" { "South" } else { "North" };
    answer(&trial, &people);
    let end = run(&trial, "second", "private");
    assert_eq!(end.code, Some(0));
    assert!(end.stderr.contains("note[D004]"), "{}", end.stderr);
    let results = String::from_utf8(trial.files("second")["canteen/results.csv"].clone());
    let results = results.unwrap();
    assert!(results.contains(",drink,") && !results.contains(",site,"), "{results}");
    assert_eq!(audit(&trial, "second").code, Some(0));
}

#[test]
fn the_same_answers_again_give_the_same_release() {
    let (trial, _) = published();
    assert_eq!(run(&trial, "second", "private").code, Some(0));
    assert!(trial.files("second") == trial.files("first"));
    assert_eq!(audit(&trial, "second").code, Some(0));
}
