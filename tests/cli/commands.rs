//! What each command writes, and that it is the same wherever it is written.

use insta::assert_snapshot;
use serde_json::Value;

use super::trial::{PUBLISH, REPLIES, Trial, is_whole};

const CHECK: [&str; 4] = ["check", "poll.toml", "--format", "json"];

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn keys(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A poll of which one row is set aside and one cell is repaired.
fn with_findings() -> Trial {
    let trial = Trial::new();
    trial.change("schema.toml", "scale = \"agree\"", "scale = \"agree\"\nfold = [\"case\"]");
    trial.change("replies.csv", "Disagree", "DISAGREE");
    trial.change(
        "replies.csv",
        "5,member5@example.org,1.5,South",
        "5,member5@example.org,1.5,West",
    );
    trial
}

#[test]
fn a_run_writes_one_line_to_stdout_and_a_whole_release() {
    let trial = Trial::new();
    let end = trial.publish();
    assert_eq!((end.code, end.stdout.as_str()), (Some(0), "out/canteen/report.html\n"));
    assert_snapshot!(end.stderr, @"published: 200 rows counted, 0 set aside, 0 repairs");
    let release = trial.files("out/canteen");
    assert!(is_whole(&release));
    let names: Vec<&str> = release.keys().map(String::as_str).collect();
    assert_snapshot!(names.join("\n"), @r"
    SHA256SUMS
    charts/enough-narrow.png
    charts/enough-narrow.svg
    charts/enough.csv
    charts/enough.html
    charts/enough.png
    charts/enough.svg
    manifest.json
    report.html
    results.csv
    results.json
    tables.xlsx
    ");
}

#[test]
fn profiles_that_are_not_public_go_to_the_private_folder() {
    let trial = Trial::new();
    for profile in ["officers", "analyst"] {
        let end = trial.end(&[&PUBLISH[..], &["--profile", profile]].concat());
        assert_eq!(end.stdout, format!("private/canteen/{profile}/report.html\n"));
        assert!(is_whole(&trial.files(&format!("private/canteen/{profile}"))));
    }
    assert_eq!(trial.files("out").len(), 0);
}

#[test]
fn records_are_written_for_the_analyst_alone() {
    let trial = Trial::new();
    for profile in ["public", "officers", "analyst"] {
        trial.end(&[&PUBLISH[..], &["--profile", profile]].concat());
    }
    let (out, private) = (trial.files("out"), trial.files("private"));
    let names = ["codebook.html", "codebook.json", "comparisons.csv", "data.csv"];
    let held = out.keys().chain(private.keys());
    let held: Vec<&String> =
        held.filter(|path| names.iter().any(|name| path.ends_with(name))).collect();
    assert_eq!(held, names.map(|name| format!("canteen/analyst/{name}")).each_ref());
    let text = |name: &str| {
        String::from_utf8(private[&format!("canteen/analyst/{name}")].clone()).unwrap()
    };
    let data = text("data.csv");
    assert_eq!(data.lines().count(), 1 + REPLIES);
    assert_eq!(data.lines().next(), Some("weight,site,enough,minutes"));
    assert!(names.iter().all(|name| !text(name).contains("example.org")));
    assert!(names.iter().all(|n| text("report.html").contains(&format!("href=\"{n}\""))));
    let page = String::from_utf8(out["canteen/report.html"].clone()).unwrap();
    assert!(names.iter().all(|name| !page.contains(name)));
}

#[test]
fn a_release_that_is_replaced_goes_to_the_private_folder() {
    let trial = Trial::new();
    trial.publish();
    let first = trial.files("out/canteen");
    trial.change("poll.toml", "Lunch at work", "Lunch");
    trial.publish();
    let kept = trial.files("private/canteen/releases");
    let kept = kept.into_iter().map(|(name, file)| match name.split_once('/') {
        Some((_, name)) => (name.to_owned(), file),
        None => (name, file),
    });
    assert!(first == kept.collect());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let trial = Trial::with_samples();
    let publish = |out: &str, threads: &str, zone: &str, language: &str| {
        let poll = "samples/safeguarding-2024-01/poll.toml";
        let arguments = ["run", poll, "--out", out, "--private", "private"];
        let mut command = trial.command(&arguments);
        command.args(["--threads", threads]).env("TZ", zone).env("LANG", language);
        assert!(command.env("LC_ALL", language).output().unwrap().status.success());
        trial.files(&format!("{out}/safeguarding-2024-01"))
    };
    let first = publish("a", "1", "UTC", "C");
    assert!(is_whole(&first));
    assert!(first == publish("a", "1", "UTC", "C"), "a second run differs");
    assert!(first == publish("b", "2", "UTC", "C"), "two threads differ from one");
    assert!(
        first == publish("c", "7", "Pacific/Chatham", "cy_GB.UTF-8"),
        "another place differs"
    );
}

#[test]
fn check_writes_json_of_the_agreed_form() {
    let trial = with_findings();
    let end = trial.end(&CHECK);
    assert_eq!((end.code, end.stderr.as_str()), (Some(0), ""));
    let all = json(&end.stdout);
    assert_eq!(keys(&all), ["files", "findings", "outcome", "repairs"]);
    assert_eq!(all["outcome"], "rows_set_aside");
    assert_snapshot!(format!("{:#}", all["files"]), @r#"
    [
      {
        "delimiter": ",",
        "encoding": "UTF-8",
        "header_rows": 1,
        "path": "replies.csv",
        "rows_kept": 199,
        "rows_read": 200,
        "rows_set_aside": 1
      }
    ]
    "#);
    assert_snapshot!(format!("{:#}", all["repairs"]), @r#"
    [
      {
        "column": "enough",
        "count": 1,
        "first_row": 2,
        "rule": "fold case"
      }
    ]
    "#);
    let found = all["findings"].as_array().unwrap();
    assert_snapshot!(format!("{:#}", found.iter().find(|f| f["code"] == "V102").unwrap()), @r#"
    {
      "because": "its answers are `North`, `South`; declared at schema.toml:17",
      "character": 27,
      "code": "V102",
      "column": "site",
      "count": 1,
      "field": 4,
      "file": "replies.csv",
      "headline": "`site` holds a text that is none of its answers",
      "help": "add it to `categories`, or list it under `source.missingValues` if it means no answer",
      "line": 6,
      "row": 6,
      "severity": "note",
      "value": "West"
    }
    "#);
    let every = keys(&found[0]);
    assert!(found.iter().all(|finding| keys(finding) == every));
}

#[test]
fn the_outcome_of_a_check_says_what_happened() {
    let outcome = |trial: &Trial| {
        let end = trial.end(&CHECK);
        (json(&end.stdout)["outcome"].as_str().unwrap().to_owned(), end.code)
    };
    let accepted = Trial::new();
    assert_eq!(outcome(&accepted), ("accepted".to_owned(), Some(0)));
    let mended = Trial::new();
    mended.change("schema.toml", "scale = \"agree\"", "scale = \"agree\"\nfold = [\"case\"]");
    mended.change("replies.csv", "Disagree", "DISAGREE");
    assert_eq!(outcome(&mended), ("accepted_with_repairs".to_owned(), Some(0)));
    assert_eq!(outcome(&with_findings()), ("rows_set_aside".to_owned(), Some(0)));
    let rejected = Trial::new();
    rejected.remove("replies.csv");
    assert_eq!(outcome(&rejected), ("rejected".to_owned(), Some(3)));
}

#[test]
fn check_writes_its_findings_to_stdout_in_every_form() {
    let trial = with_findings();
    let end = trial.end(&["check", "poll.toml", "--format", "concise"]);
    assert_snapshot!(end.stdout, @r"
    replies.csv:6:27: note[V102] `site` holds a text that is none of its answers
    replies.csv: note[V200] 1 cell is read as `Disagree`
    ");
    assert_snapshot!(end.stderr, @"rows set aside: 200 rows read, 199 kept, 1 set aside, 1 repairs");
    let full = trial.end(&["check", "poll.toml"]).stdout;
    assert_eq!(full.matches("\n  --> ").count(), end.stdout.lines().count());
    assert_eq!(trial.files("out").len(), 0);
}

#[test]
fn check_needs_no_poll_file() {
    let trial = Trial::new();
    trial.change("schema.toml", "\"reject\"\npersonal", "\"drop\"\npersonal");
    trial.remove("poll.toml");
    let end = trial.end(&["check", "--schema", "schema.toml", "replies.csv"]);
    assert_eq!(
        (end.code, end.stderr.as_str()),
        (Some(0), "accepted: 200 rows read, 200 kept, 0 set aside, 0 repairs\n")
    );
}

#[test]
fn messages_can_be_lines_of_json() {
    let trial = with_findings();
    let end = trial.end(&[&PUBLISH[..], &["--log", "json"]].concat());
    assert_eq!(end.stdout, "out/canteen/report.html\n");
    let codes: Vec<Value> = end.stderr.lines().map(|line| json(line)["code"].take()).collect();
    assert!(codes.contains(&Value::from("V102")), "{}", end.stderr);
    let quiet = trial.end(&[&PUBLISH[..], &["--quiet"]].concat());
    assert_eq!((quiet.code, quiet.stderr.as_str()), (Some(0), ""));
}

#[test]
fn findings_and_rows_set_aside_are_kept_in_private() {
    let trial = with_findings();
    trial.publish();
    let private = trial.files("private/canteen");
    let rows = String::from_utf8(private["rows-set-aside.csv"].clone()).unwrap();
    assert_snapshot!(rows, @r"
    file,row,line,rules,id,email,weight,site,enough,minutes,words
    replies.csv,6,6,V102,5,member5@example.org,1.5,West,Disagree,55,
    ");
    let findings = json(std::str::from_utf8(&private["findings.json"]).unwrap());
    assert!(findings["findings"].as_array().unwrap().iter().any(|f| f["code"] == "V102"));
}

#[cfg(unix)]
#[test]
fn the_private_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let trial = Trial::new();
    assert_eq!(trial.end(&["run", "poll.toml"]).stdout, "reports/canteen/report.html\n");
    for folder in ["state/pollsmith", "state/pollsmith/canteen"] {
        let mode = std::fs::metadata(trial.path(folder)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{folder}");
    }
}

#[test]
fn a_message_is_explained() {
    let trial = Trial::new();
    let end = trial.end(&["explain", "v102"]);
    assert_eq!(end.code, Some(0));
    assert!(end.stdout.starts_with("V102: "), "{}", end.stdout);
    assert!(end.stdout.contains("\nRemedy: "), "{}", end.stdout);
    assert!(end.stdout.lines().all(|line| line.chars().count() <= 80), "{}", end.stdout);
    let end = trial.end(&["explain", "V1O2"]);
    assert_eq!((end.code, end.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(end.stderr, @"pollsmith: there is no message V1O2; did you mean V102?");
}

/// `POLLSMITH_BLESS=1` writes the page anew.
#[test]
fn the_page_of_messages_is_up_to_date() {
    let trial = Trial::new();
    let page = trial.end(&["explain", "--all"]).stdout;
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/MESSAGES.md");
    if std::env::var_os("POLLSMITH_BLESS").is_some() {
        std::fs::write(file, &page).unwrap();
    }
    assert!(std::fs::read_to_string(file).unwrap() == page, "MESSAGES.md is out of date");
}

#[test]
fn every_shell_has_completions() {
    let trial = Trial::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let end = trial.end(&["completions", shell]);
        assert_eq!(end.code, Some(0));
        assert!(end.stdout.contains("strict-disclosure"), "{shell}");
        assert!(end.stdout.contains("pollsmith"), "{shell}");
    }
}

#[test]
fn colour_is_asked_for() {
    let trial = with_findings();
    let coloured = |when: &str| {
        trial.end(&[&PUBLISH[..], &["--color", when]].concat()).stderr.contains('\u{1b}')
    };
    assert_eq!([coloured("always"), coloured("never"), coloured("auto")], [true, false, false]);
}
