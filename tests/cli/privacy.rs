//! Who may read what the program writes, how long it stays, and what a log says.
#![cfg(unix)]

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use serde_json::Value;

use super::trial::{PUBLISH, Trial};

/// The permissions of everything below a folder, links not followed.
fn modes(folder: &Path, found: &mut Vec<(String, u32)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let facts = fs::symlink_metadata(&path).unwrap();
        found.push((path.display().to_string(), facts.permissions().mode() & 0o777));
        if facts.is_dir() {
            modes(&path, found);
        }
    }
}

fn mode(trial: &Trial, name: &str) -> u32 {
    fs::metadata(trial.path(name)).unwrap().permissions().mode() & 0o777
}

fn set(trial: &Trial, name: &str, mode: u32) {
    fs::set_permissions(trial.path(name), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_is_private_is_its_owners_and_what_is_public_is_everybodys() {
    let trial = Trial::new();
    for title in ["one", "two"] {
        trial.change("poll.toml", "title = ", &format!("title = \"{title}\"\n# "));
        for profile in ["public", "officers", "analyst"] {
            let end = trial.end(&[&PUBLISH[..], &["--profile", profile]].concat());
            assert_eq!(end.code, Some(0), "{}", end.stderr);
        }
    }
    let mut private = Vec::new();
    modes(&trial.path("private"), &mut private);
    assert!(private.len() > 50, "three groups of readers and their earlier releases");
    for (name, mode) in private {
        assert_eq!(mode & 0o077, 0, "{name}");
    }
    assert_eq!(mode(&trial, "private"), 0o700);
    assert_eq!(mode(&trial, "private/key"), 0o600);
    assert_eq!(trial.files("private")["key"].len(), 32);
    let mut public = vec![("out".to_owned(), mode(&trial, "out"))];
    modes(&trial.path("out/canteen"), &mut public);
    assert!(public.iter().all(|(_, mode)| mode & 0o044 == 0o044), "{public:?}");
}

#[test]
fn a_private_folder_that_others_may_enter_is_said() {
    let trial = Trial::new();
    trial.publish();
    let key = trial.files("private")["key"].clone();
    for (name, wide, right) in [("private", 0o755, 0o700), ("private/key", 0o644, 0o600)] {
        set(&trial, name, wide);
        let end = trial.publish();
        assert_eq!(end.code, Some(0));
        insta::allow_duplicates! {
            insta::assert_snapshot!(end.stderr.lines().take(3).collect::<Vec<_>>().join("\n"), @r"
            warning[D040]: others may enter the private folder
              --> private
                help: `chmod 700 private` and `chmod 600 private/key`
            ");
        }
        set(&trial, name, right);
        assert!(!trial.publish().stderr.contains("D040"));
    }
    assert!(trial.files("private")["key"] == key, "the key stays");
}

#[test]
fn no_way_leads_from_what_is_public_to_what_is_private() {
    let trial = Trial::new();
    fs::create_dir(trial.path("out")).unwrap();
    symlink("out", trial.path("link")).unwrap();
    for private in ["out/private", "link", "link/private", "out/../out"] {
        let end = trial.end(&["run", "poll.toml", "--out", "out", "--private", private]);
        assert_eq!(end.code, Some(2), "{private}: {}", end.stderr);
        assert!(end.stderr.starts_with("error[X002]"), "{}", end.stderr);
    }
    fs::create_dir(trial.path("private")).unwrap();
    symlink("../out", trial.path("private/canteen")).unwrap();
    assert_eq!(trial.publish().code, Some(2), "the poll's own folder is a link");
    assert!(trial.files("out").is_empty(), "{:?}", trial.files("out").keys());
}

#[test]
fn a_key_that_is_no_key_stops_the_run() {
    let trial = Trial::new();
    trial.write("short", [1; 31]);
    for name in ["short", "none"] {
        let mut command = trial.command(&PUBLISH);
        let output = command.env("POLLSMITH_KEY_FILE", trial.path(name)).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stderr.starts_with(b"error[D041]"));
    }
    assert!(trial.files("out").is_empty());
}

#[test]
fn what_a_run_leaves_in_private_goes_when_its_time_is_over() {
    let trial = Trial::new();
    trial.change("replies.csv", "North,Disagree", "West,Disagree");
    trial.publish();
    let own = || trial.files("private/canteen").into_keys().collect::<Vec<_>>();
    let kept = ["findings.json", "rows-set-aside.csv", "run.json"];
    assert!(kept.iter().all(|name| own().iter().any(|held| held == name)), "{:?}", own());
    let record: Value =
        serde_json::from_slice(&trial.files("private/canteen")["run.json"]).unwrap();
    let (ended, until) = (record["ended"].as_str(), record["keep_until"].as_str());
    assert!(ended.unwrap() < until.unwrap(), "{record}");
    // Another poll whose time was over long ago.
    trial.write("private/old/run.json", "{\"keep_until\": \"2001-01-01T00:00:00Z\"}");
    trial.write("private/old/rows-set-aside.csv", "");
    trial.write("private/old/quotes-words.csv", "");
    trial.write("private/old/disclosure/0011223344556677.json", "{}");
    let records = || own().into_iter().filter(|name| name.starts_with("disclosure/")).count();
    let before = records();
    trial.change("poll.toml", "profile = ", "retention_days = 0\nprofile = ");
    trial.publish();
    assert!(!own().iter().any(|name| kept.contains(&name.as_str())), "{:?}", own());
    // Without them the next release could give away few who came or went.
    assert_eq!((before, records()), (1, 1));
    let left = trial.files("private/old").into_keys().collect::<Vec<_>>();
    assert_eq!(left, ["disclosure/0011223344556677.json"]);
}

#[test]
fn what_could_be_quoted_goes_when_its_time_is_over_or_nobody_asks_for_it() {
    let trial = Trial::new();
    trial.change(
        "replies.csv",
        "2,member2@example.org,1.5,North,Disagree,40,",
        "2,member2@example.org,1.5,North,Disagree,40,It is loud",
    );
    let poll = fs::read_to_string(trial.path("poll.toml")).unwrap();
    let entry = "\n[[quotes]]\nquestion = \"words\"\napproved = \"approved.csv\"\n";
    let quotes = |entry: &str, days: u32| {
        let own = format!("retention_days = {days}\nprofile = ");
        trial.write("poll.toml", poll.replace("profile = ", &own) + entry);
        let end = trial.publish();
        assert_eq!(end.code, Some(0), "{}", end.stderr);
        trial.files("private/canteen").contains_key("quotes-words.csv")
    };
    assert_eq!([quotes(entry, 30), quotes("", 30)], [true, false], "nobody asks");
    assert_eq!([quotes(entry, 30), quotes(entry, 0)], [true, false], "it is over");
}

#[test]
fn earlier_releases_are_kept_in_the_number_that_is_said() {
    let trial = Trial::new();
    trial.change("poll.toml", "profile = ", "releases = 2\nprofile = ");
    for title in ["one", "two", "three", "four", "five"] {
        trial.change("poll.toml", "title = ", &format!("title = \"{title}\"\n# "));
        assert_eq!(trial.publish().code, Some(0));
    }
    let releases = fs::read_dir(trial.path("private/canteen/releases")).unwrap();
    assert_eq!(releases.count(), 2);
}

#[test]
fn a_log_says_the_rule_and_the_place_and_no_small_number() {
    let trial = Trial::new();
    trial.change("replies.csv", "North,Disagree", "West,Disagree");
    let end = trial.end(&[&PUBLISH[..], &["--log", "json"]].concat());
    let lines = end.stderr.lines().map(|line| serde_json::from_str(line).unwrap());
    let mut lines: Vec<Value> = lines.collect();
    let found = lines.iter_mut().find(|line| line["code"] == "V102").unwrap();
    for of_this_run in ["run", "ts"] {
        assert!(found[of_this_run].is_string());
        found[of_this_run] = Value::Null;
    }
    insta::assert_snapshot!(found, @r#"{"because":null,"character":27,"code":"V102","column":"site","count":"under 5","event":"finding","exit_code":null,"field":4,"file":"replies.csv","headline":"a cell holds an answer that the question does not have","help":"pollsmith explain V102","level":"info","line":3,"ms":null,"n":null,"poll":"canteen","row":3,"run":null,"severity":"note","ts":null,"value":null,"wave":"2024-01","why":null}"#);
    assert!(!end.stderr.contains("West"));
    let end = trial.publish();
    let summary = end.stderr.lines().last();
    assert_eq!(summary, Some("published: 199 rows counted, under 5 set aside, 0 repairs"));
}

#[cfg(target_os = "linux")]
#[test]
fn no_core_is_dumped() {
    let trial = Trial::new();
    let fifo = trial.path("poll.toml");
    fs::remove_file(&fifo).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
    assert!(made.success());
    // The program waits for the poll file, and its limits can be read meanwhile.
    let mut child = trial.command(&["check", "poll.toml"]).spawn().unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let core = || {
        let text = fs::read_to_string(&limits).unwrap_or_default();
        let line =
            text.lines().find(|line| line.starts_with("Max core file size")).map(str::to_owned);
        line.is_some_and(|line| line.split_whitespace().skip(4).take(2).eq(["0", "0"]))
    };
    let closed = (0..2_000_000).any(|_| core());
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(closed, "{}", fs::read_to_string("/proc/self/limits").unwrap());
}
