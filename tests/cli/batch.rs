//! Many polls at once: which are run, and what is said of them. What can go wrong stands in
//! `batch_trouble.rs`.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{End, Trial, is_whole};

/// A batch of all polls below `polls`. The files are young, and nobody is writing them.
pub(crate) const BATCH: [&str; 8] =
    ["batch", "polls", "--out", "out", "--private", "private", "--settle", "0"];

/// A folder with small polls, each in a folder of the name of its id.
pub(crate) fn polls(ids: &[&str]) -> Trial {
    let trial = Trial::new();
    for id in ids {
        add(&trial, id, id);
    }
    trial
}

/// Adds a poll.
pub(crate) fn add(trial: &Trial, folder: &str, id: &str) {
    for (name, bytes) in trial.files("") {
        if ["poll.toml", "schema.toml", "replies.csv"].contains(&name.as_str()) {
            trial.write(&format!("polls/{folder}/{name}"), bytes);
        }
    }
    let own = format!("id = \"{id}\"");
    trial.change(&format!("polls/{folder}/poll.toml"), "id = \"canteen\"", &own);
}

/// Runs the batch, with more arguments.
pub(crate) fn batch(trial: &Trial, more: &[&str]) -> End {
    trial.end(&[&BATCH[..], more].concat())
}

/// The summary for programs.
pub(crate) fn summary(trial: &Trial, more: &[&str]) -> Value {
    let end = batch(trial, &[&["--format", "json"], more].concat());
    serde_json::from_str(&end.stdout).unwrap_or_else(|error| panic!("{error}: {}", end.stderr))
}

/// How many of each kind there are; kinds of which there is none are left out.
pub(crate) fn counts(summary: &Value) -> String {
    let counts = summary["counts"].as_object().unwrap().iter();
    let some = counts.filter(|(_, n)| **n != 0).map(|(name, n)| format!("{n} {name}"));
    some.collect::<Vec<_>>().join(", ")
}

/// Why each poll was run that was run.
fn reasons(summary: &Value) -> String {
    let polls = summary["polls"].as_array().unwrap().iter();
    let run = polls.filter(|poll| poll["outcome"] != "up_to_date");
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    run.map(|poll| format!("{}: {}", text(&poll["poll"]), text(&poll["why"])))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_poll_is_published_once() {
    let trial = polls(&["lunch", "tea"]);
    let end = batch(&trial, &[]);
    assert_eq!((end.code, end.stderr.as_str()), (Some(0), ""));
    assert_snapshot!(end.stdout, @r"
    outcome    exit  poll   file                   why
    published  0     lunch  polls/lunch/poll.toml  the first time
    published  0     tea    polls/tea/poll.toml    the first time
    2 published
    ");
    let first = trial.files("out");
    assert!(["lunch", "tea"].iter().all(|id| is_whole(&trial.files(&format!("out/{id}")))));
    let end = batch(&trial, &[]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(0), "2 up to date\n"));
    assert_eq!(batch(&trial, &["--fail-if-idle"]).code, Some(7));
    let quiet = batch(&trial, &["--quiet"]);
    assert_eq!((quiet.code, quiet.stdout + &quiet.stderr), (Some(0), String::new()));
    assert_eq!(reasons(&summary(&trial, &["--force"])), "lunch: --force\ntea: --force");
    assert!(trial.files("out") == first, "the same input gives the same bytes");
}

#[test]
fn a_batch_publishes_what_run_publishes() {
    let trial = polls(&["canteen"]);
    assert_eq!(batch(&trial, &[]).code, Some(0));
    let run = ["run", "polls/canteen/poll.toml", "--out", "by-run", "--private", "elsewhere"];
    assert_eq!(trial.end(&run).code, Some(0));
    let (batch, run) = (trial.files("out/canteen"), trial.files("by-run/canteen"));
    assert!(batch == run && is_whole(&run));
}

#[test]
fn a_poll_is_run_when_what_it_reads_has_changed() {
    let trial = polls(&["lunch", "tea"]);
    // Nobody approved anything yet: the file is looked for, and is not there.
    let quote = "\n[[quotes]]\nquestion = \"words\"\napproved = \"approved.csv\"\n\n[report]\n";
    trial.change("polls/tea/poll.toml", "\n[report]\n", quote);
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(0), "{}{}", end.stdout, end.stderr);
    let now = || reasons(&summary(&trial, &[]));
    assert_eq!(now(), "");
    trial.change("polls/lunch/replies.csv", "North,Agree", "North,Disagree");
    assert_eq!(now(), "lunch: `replies.csv` changed");
    trial.change("polls/lunch/schema.toml", "Minutes wanted", "Minutes");
    assert_eq!(now(), "lunch: `schema.toml` changed");
    trial.change("polls/tea/poll.toml", "Lunch at work", "Tea");
    assert_eq!(now(), "tea: `poll.toml` changed");
    trial.write("polls/tea/approved.csv", "sha256,text\n");
    let wrong = "tea: D034: a file of approvals cannot be read (approved.csv)";
    assert_eq!((now().as_str(), now().as_str()), (wrong, wrong), "it was not published");
    trial.remove("polls/tea/approved.csv");
    assert_eq!(now(), "", "all is as it was when it was published");
}

#[test]
fn times_do_not_matter_and_a_lost_release_comes_back() {
    let trial = polls(&["tea"]);
    assert_eq!(batch(&trial, &[]).code, Some(0));
    for name in ["poll.toml", "schema.toml", "replies.csv"] {
        let same = trial.files("polls/tea")[name].clone();
        trial.remove(&format!("polls/tea/{name}"));
        trial.write(&format!("polls/tea/{name}"), same);
    }
    assert_eq!(reasons(&summary(&trial, &[])), "");
    std::fs::remove_dir_all(trial.path("out/tea")).unwrap();
    assert_eq!(reasons(&summary(&trial, &[])), "tea: the release is gone");
    assert!(is_whole(&trial.files("out/tea")));
}

#[test]
fn other_options_and_another_version_are_something_new() {
    let trial = polls(&["tea"]);
    assert_eq!(batch(&trial, &[]).code, Some(0));
    let officers = ["--profile", "officers"];
    assert_eq!(reasons(&summary(&trial, &officers)), "tea: the first time");
    assert_eq!(reasons(&summary(&trial, &officers)), "");
    assert_eq!(reasons(&summary(&trial, &[])), "", "neither forgets the other");
    let kept = trial.files("private/tea/batch").into_keys().collect::<Vec<_>>();
    assert_eq!(kept.len(), 2);
    for name in kept {
        let name = format!("private/tea/batch/{name}");
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        trial.change(&name, &version, "\"version\": \"0.0.1\"");
    }
    assert_eq!(reasons(&summary(&trial, &[])), "tea: another version of the program");
    trial.write("private/tea/batch/half.json", "{");
    assert_eq!(reasons(&summary(&trial, &[])), "", "what is kept of others does not matter");
}

#[test]
fn an_earlier_wave_that_changes_concerns_the_later_one() {
    let trial = polls(&["then", "now"]);
    let previous = "\n[[previous]]\npoll = \"../then/poll.toml\"\n[report]\n";
    trial.change("polls/now/poll.toml", "\n[report]\n", previous);
    for (from, to) in [("wave = \"2024-01\"", "wave = \"2024-06\""), ("01-13", "06-13")] {
        trial.change("polls/now/poll.toml", from, to);
    }
    trial.change("polls/now/poll.toml", "01-14", "06-14");
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(0), "{}{}", end.stdout, end.stderr);
    trial.change("polls/then/replies.csv", "North,Agree", "North,Disagree");
    assert_snapshot!(reasons(&summary(&trial, &[])), @r"
    now: `../then/replies.csv` changed
    then: `replies.csv` changed
    ");
}

#[test]
fn threads_and_memory_change_nothing_of_what_is_published() {
    let trial = polls(&["a", "b", "c", "d", "e"]);
    assert_eq!(batch(&trial, &["--threads", "1"]).code, Some(0));
    let first = trial.files("out");
    for more in [["--threads", "4"], ["--memory", "1K"], ["--memory", "600M"]] {
        let summary = summary(&trial, &[&["--force"][..], &more].concat());
        assert_eq!(counts(&summary), "5 published", "{more:?}");
        assert!(trial.files("out") == first, "{more:?}");
    }
    assert_eq!(batch(&trial, &["--memory", "much"]).code, Some(2));
}

#[test]
fn the_summary_for_programs_names_every_poll() {
    let trial = polls(&["lunch", "tea"]);
    batch(&trial, &[]);
    trial.change("polls/tea/poll.toml", "schema.toml", "none.toml");
    let mut all = summary(&trial, &[]);
    let here = trial.path("").canonicalize().unwrap().to_string_lossy().into_owned();
    assert!(all["run"].take().is_string() && all["ms"].take().is_u64());
    for poll in all["polls"].as_array_mut().unwrap() {
        poll["ms"].take();
        for key in ["page", "record"] {
            let short = poll[key].as_str().map(|path| path.replace(&here, ""));
            poll[key] = short
                .map_or(Value::Null, |path| path.split('-').next().unwrap_or_default().into());
        }
    }
    assert_snapshot!(format!("{all:#}"), @r#"
    {
      "counts": {
        "failed": 1,
        "locked": 0,
        "published": 0,
        "up_to_date": 1,
        "waiting": 0
      },
      "exit_code": 3,
      "findings": [],
      "ms": null,
      "polls": [
        {
          "exit_code": 0,
          "file": "polls/lunch/poll.toml",
          "messages": [],
          "ms": null,
          "outcome": "up_to_date",
          "page": "/out/lunch/report.html",
          "poll": "lunch",
          "record": null,
          "wave": "2024-01",
          "why": null
        },
        {
          "exit_code": 3,
          "file": "polls/tea/poll.toml",
          "messages": [
            "Q005"
          ],
          "ms": null,
          "outcome": "failed",
          "page": null,
          "poll": "tea",
          "record": "/private/tea/runs/000002",
          "wave": "2024-01",
          "why": "Q005: the file cannot be read (none.toml)"
        }
      ],
      "run": null,
      "version": "0.1.0"
    }
    "#);
}

#[test]
fn a_run_leaves_a_record_in_private() {
    let trial = polls(&["tea"]);
    assert_eq!(batch(&trial, &[]).code, Some(0));
    trial.change("polls/tea/poll.toml", "schema.toml", "none.toml");
    assert_eq!(
        trial.end(&["run", "polls/tea/poll.toml", "--private", "private"]).code,
        Some(3)
    );
    let records: Vec<Value> = trial
        .files("private/tea/runs")
        .values()
        .map(|bytes| serde_json::from_slice(bytes).unwrap())
        .collect();
    let [published, failed] = records.as_slice() else { panic!("{records:?}") };
    let keys: Vec<&str> = published.as_object().unwrap().keys().map(String::as_str).collect();
    assert_snapshot!(keys.join(" "), @"began ended exit_code file host inputs messages ms outcome poll release run version wave why");
    assert_eq!(
        (&published["outcome"], &failed["outcome"]),
        (&"published".into(), &"failed".into())
    );
    assert_eq!((&failed["exit_code"], &failed["poll"]), (&3.into(), &"tea".into()));
    assert_eq!(failed["inputs"]["none.toml"], Value::Null);
    let inputs: Vec<&String> = published["inputs"].as_object().unwrap().keys().collect();
    assert_eq!(inputs, ["poll.toml", "replies.csv", "schema.toml"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(trial.path("private/tea/runs")).unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o700);
    }
}
