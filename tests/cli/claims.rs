//! `claims`: the sample's press release, as it is and spoilt.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{End, Trial};

const PRESS: &str = "samples/safeguarding-2024-01/press.md";
const RESULTS: &str = "out/safeguarding-2024-01/results.json";

/// The samples, with the release that the press release quotes.
fn released() -> Trial {
    let trial = Trial::with_samples();
    let poll = "samples/safeguarding-2024-01/poll.toml";
    let end = trial.end(&["run", poll, "--out", "out", "--private", "private"]);
    assert_eq!(end.code, Some(0), "{}", end.stderr);
    trial
}

fn claims(trial: &Trial, format: &str) -> End {
    trial.end(&["claims", PRESS, "--results", RESULTS, "--format", format])
}

#[test]
fn the_sample_is_borne_out_and_spoilt_it_is_not() {
    let trial = released();
    let end = claims(&trial, "concise");
    assert_eq!(end.code, Some(0), "{}", end.stdout);
    assert_snapshot!(end.stdout, @"samples/safeguarding-2024-01/press.md: warning[L014] the text quotes made-up data");
    assert_snapshot!(end.stderr, @"0 errors, 1 warning; 23 numbers borne out, 11 left out");
    matches_and_numbers_left_out_are_listed(&trial);
    for (from, to) in SPOILT {
        trial.change(PRESS, from, to);
    }
    let end = claims(&trial, "concise");
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r#"
    samples/safeguarding-2024-01/press.md:6:6: error[L005] "3% of teachers" is more than the figure can say
    samples/safeguarding-2024-01/press.md:7:53: error[L001] no figure of `adequate` is 93%
    samples/safeguarding-2024-01/press.md:9:33: error[L007] 4,768 is not the number of people in the results
    samples/safeguarding-2024-01/press.md:13:61: error[L006] two numbers have changed places
    samples/safeguarding-2024-01/press.md:13:93: error[L006] two numbers have changed places
    samples/safeguarding-2024-01/press.md:15:19: error[L011] "most common" is not borne out
    samples/safeguarding-2024-01/press.md:17:1: error[L005] a figure of some is given as one of all
    samples/safeguarding-2024-01/press.md:18:14: warning[L005] a figure of some is given as one of all
    samples/safeguarding-2024-01/press.md:20:1: error[L008] "Most" is not borne out
    samples/safeguarding-2024-01/press.md:20:15: error[L010] "up" is not borne out by an earlier wave
    samples/safeguarding-2024-01/press.md:20:113: error[L001] no figure is 53
    samples/safeguarding-2024-01/press.md:29:47: error[L001] no figure of `support` is 45
    samples/safeguarding-2024-01/press.md:35:97: error[L006] 94% is the figure of all, not of "London"
    samples/safeguarding-2024-01/press.md:36:11: error[L012] "margin of error" is said of a poll that is no random sample
    samples/safeguarding-2024-01/press.md: warning[L014] the text quotes made-up data
    "#);
}

fn matches_and_numbers_left_out_are_listed(trial: &Trial) {
    let json: Value = serde_json::from_str(&claims(trial, "json").stdout).unwrap();
    assert_eq!(json["outcome"], "borne_out");
    let first = &json["claims"][0];
    assert_eq!((&first["figure"], &first["said"]), (&"adequate.yes".into(), &"3%".into()));
    assert_eq!((&first["line"], &first["character"]), (&6.into(), &6.into()));
    let why = |entry: &Value| entry["why"].as_str().unwrap().to_owned();
    let left: Vec<String> = json["left_out"].as_array().unwrap().iter().map(why).collect();
    assert!(
        left.contains(&"a date".to_owned()) && left.contains(&"a telephone number".to_owned())
    );
    let shown = trial.end(&["claims", PRESS, "--results", RESULTS, "--show-matches"]);
    assert!(
        shown.stdout.contains("press.md:6:6: 3% is `adequate.yes`, 3% (2024-01, all)\n"),
        "{}",
        shown.stdout
    );
}

/// What is said, and what is made of it.
const SPOILT: [(&str, &str); 12] = [
    ("Only 3% of members who replied to a poll", "Only 3% of teachers, in a poll"),
    ("(94%) said that it was not", "(93%) said that it was not"),
    ("4,678 members who", "4,768 members who"),
    ("78% named longer", "58% named longer"),
    ("58% harm", "78% harm"),
    (
        "The most common of these was longer working hours (78%)",
        "The most common of these was strain on life at home (50%)",
    ),
    (
        "Of members whose school was inspected in the past 12 months, 68% described",
        "68% of members described",
    ),
    ("Four in ten (41%) called", "Most members, up from 38% last year, called"),
    ("50.8\nhours", "53\nhours"),
    ("| 54 |", "| 45 |"),
    ("are weighted by", "have a margin of error of two and are weighted by"),
    ("4,678 replied.", "4,678 replied. In London 94% said that it was not adequate."),
];

#[test]
fn what_cannot_be_read_is_refused_with_the_remedy() {
    let trial = Trial::new();
    trial.publish();
    let end = |text: &str, results: &str| trial.end(&["claims", text, "--results", results]);
    trial.write("draft.docx", b"PK\x03\x04");
    let word = end("draft.docx", "out/canteen/results.json");
    assert_eq!(word.code, Some(3));
    assert!(
        word.stdout.contains("error[L017]") && word.stdout.contains("plain text"),
        "{}",
        word.stdout
    );
    trial.write("draft.txt", [0xff, 0xfe, 0x00]);
    assert!(end("draft.txt", "out/canteen/results.json").stdout.contains("it is not UTF-8"));
    trial.write("draft.txt", "Half of those who replied said that lunch is not long enough.");
    assert!(end("draft.txt", "poll.toml").stdout.contains("error[L018]"));
    assert_eq!(end("draft.txt", "none.json").code, Some(3));
    assert_eq!(trial.end(&["claims", "draft.txt"]).code, Some(2));
    let fine = end("draft.txt", "out/canteen/results.json");
    assert_eq!(fine.code, Some(0), "{}", fine.stdout);
}
