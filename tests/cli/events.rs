//! The log for programs: its events are those of `EVENTS.md`, and nobody is found in it.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use super::batch::{add, batch, polls};
use super::marks;
use super::trial::{REPLIES, Trial};

/// The lines of a log.
fn lines(log: &str) -> Vec<Value> {
    let read = |line: &str| {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    };
    log.lines().map(read).collect()
}

fn events(lines: &[Value]) -> Vec<&str> {
    lines.iter().map(|line| line["event"].as_str().unwrap()).collect()
}

/// `POLLSMITH_BLESS=1` writes the page anew.
#[test]
fn the_page_of_events_is_up_to_date() {
    let page = Trial::new().end(&["explain", "--events"]).stdout;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/EVENTS.md");
    if std::env::var_os("POLLSMITH_BLESS").is_some() {
        fs::write(file, &page).unwrap();
    }
    assert!(fs::read_to_string(file).unwrap() == page, "EVENTS.md is out of date");
}

#[test]
fn every_line_of_a_batch_has_its_keys_and_an_event_of_the_page() {
    let trial = polls(&["a", "c"]);
    assert_eq!(batch(&trial, &[]).code, Some(0));
    add(&trial, "b", "b");
    trial.change("polls/b/replies.csv", "5,member5", "5,,member5");
    trial.change("polls/c/poll.toml", "schema.toml", "none.toml");
    let log = batch(&trial, &["--log", "json", "--on-failure", "exit 1"]).stderr;
    let lines = lines(&log);
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/EVENTS.md")).unwrap();
    let mut runs = BTreeSet::new();
    for line in &lines {
        let event = line["event"].as_str().unwrap();
        assert!(page.contains(&format!("| `{event}` |")), "{event}");
        for key in ["ts", "level", "run", "poll", "wave", "file", "n", "ms", "exit_code", "why"]
        {
            assert!(line.get(key).is_some(), "{event} has no {key}");
        }
        runs.insert(line["run"].as_str().unwrap());
    }
    assert_eq!(runs.len(), 1, "all are of one run");
    let mut seen = events(&lines);
    assert_eq!((seen[0], seen[seen.len() - 1]), ("batch.started", "batch.ended"));
    seen.sort_unstable();
    seen.dedup();
    assert_snapshot!(seen.join(" "), @"batch.ended batch.started command.failed finding poll.current poll.failed poll.published poll.started");
    let ended = lines.last().unwrap();
    assert_eq!((&ended["n"], &ended["exit_code"]), (&1.into(), &3.into()));
    let quiet = batch(&trial, &["--log", "json", "--quiet"]).stderr;
    assert!(self::lines(&quiet).iter().all(|line| line["level"] == "error"), "{quiet}");
}

#[test]
fn a_run_tells_of_itself_too() {
    let trial = Trial::new();
    let end = trial.end(&["run", "poll.toml", "--log", "json"]);
    let lines = lines(&end.stderr);
    assert_eq!(events(&lines), ["poll.started", "poll.published"]);
    let published = &lines[1];
    assert_eq!((&published["poll"], &published["n"]), (&"canteen".into(), &REPLIES.into()));
    assert_eq!(published["wave"], "2024-01");
}

#[test]
fn nobody_is_found_in_what_a_batch_leaves() {
    let trial = polls(&["a"]);
    let mut text = "id,email,weight,site,enough,minutes,words\n".to_owned();
    for person in 1..=REPLIES {
        let (number, words) = (marks::number(person), marks::verbatim(person));
        let site = ["North", "South"][person % 2];
        writeln!(text, "{number},{number},1,{site},Agree,,\"{words}\"").unwrap();
    }
    // One row is torn, and its sender stands there twice.
    writeln!(text, "{},{}", marks::number(1), marks::verbatim(1)).unwrap();
    trial.write("polls/a/replies.csv", &text);
    for (end, code) in [(&text[..], 0), (&text[..text.len() / 2], 3)] {
        trial.write("polls/a/replies.csv", end);
        if code == 3 {
            trial.change("polls/a/replies.csv", "id,email", "id,mail");
        }
        for more in [&["--log", "json"][..], &["--format", "json", "--force"]] {
            let end = batch(&trial, more);
            assert_eq!(end.code, Some(code), "{}{}", end.stdout, end.stderr);
            for said in [&end.stdout, &end.stderr] {
                assert_eq!(marks::trace(said.as_bytes()), None, "{said}");
            }
        }
    }
    for folder in ["private/a/runs", "private/a/batch", "out"] {
        let files = trial.files(folder);
        assert!(!files.is_empty(), "{folder}");
        for (name, bytes) in files {
            assert_eq!(marks::trace(&bytes), None, "{folder}/{name}");
        }
    }
}
