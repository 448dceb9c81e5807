//! What can go wrong in a batch: one poll fails, and the others are run.

use std::fs::{self, File};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use insta::assert_snapshot;
use serde_json::Value;

use super::batch::{BATCH, add, batch, counts, polls, summary};
use super::trial::{Trial, is_whole};

/// Breaks a poll so that it ends with an exit code.
fn break_it(trial: &Trial, id: &str, code: i32) {
    let file = |name: &str| format!("polls/{id}/{name}");
    match code {
        3 => trial.change(&file("replies.csv"), "id,email", "id,mail"),
        4 => {
            let step =
                "[[weighting]]\nmethod = \"rake\"\ntargets = \"targets.csv\"\n\n[tables]";
            trial.change(&file("poll.toml"), "[tables]", step);
            let sites = "[\"North\", \"South\", \"East\"]";
            trial.change(&file("schema.toml"), "[\"North\", \"South\"]", sites);
            let targets = "variable,category,share,source\nsite,North,40%,List\n\
                           site,East,10%,List\nsite,South,50%,List\n";
            trial.write(&file("targets.csv"), targets);
        }
        // Where its lock should be there is a folder.
        6 => fs::create_dir_all(trial.path(&format!("out/.{id}.lock"))).unwrap(),
        _ => {
            trial.write(&format!("out/.{id}.lock"), "");
            let lock = File::create(trial.path(&format!("out/.{id}.lock"))).unwrap();
            lock.lock().unwrap();
            // Held until the test ends.
            std::mem::forget(lock);
        }
    }
}

#[test]
fn a_poll_that_fails_does_not_stop_the_others_and_fails_again() {
    let trial = polls(&["lunch", "supper", "tea"]);
    break_it(&trial, "supper", 3);
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r"
    outcome    exit  poll    file                    why
    published  0     lunch   polls/lunch/poll.toml   the first time
    failed     3     supper  polls/supper/poll.toml  I015: a column is in the file that nothing names (replies.csv)
    published  0     tea     polls/tea/poll.toml     the first time
    2 published, 1 failed
    ");
    assert_snapshot!(end.stderr, @r#"
    error[I015]: nothing names the column `mail`
      --> polls/supper/replies.csv:1   row 1, column 2 `mail`
     because: the schema does not know `mail`
        help: add a question for it, list it under `source.personal`, or say `unknown_columns = "drop"`
    "#);
    assert!(is_whole(&trial.files("out/tea")) && trial.files("out/supper").is_empty());
    let again = batch(&trial, &["--quiet"]);
    assert_eq!(again.code, Some(3), "nobody forgets it");
    assert!(again.stdout.ends_with("1 failed, 2 up to date\n"), "{}", again.stdout);
}

#[test]
fn the_exit_code_is_that_of_the_worst_poll() {
    for (codes, worst) in
        [(&[75][..], 75), (&[75, 3], 3), (&[3, 4, 75], 4), (&[4, 6, 3], 6), (&[], 0)]
    {
        let ids = ["a", "b", "c", "d"];
        let trial = polls(&ids);
        codes.iter().zip(ids).for_each(|(code, id)| break_it(&trial, id, *code));
        let all = summary(&trial, &[]);
        assert_eq!(all["exit_code"], worst, "{codes:?}: {all:#}");
        let own: Vec<i64> = all["polls"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|p| p["exit_code"].as_i64())
            .collect();
        assert_eq!(own[..codes.len()], codes.iter().map(|c| i64::from(*c)).collect::<Vec<_>>());
        assert!(is_whole(&trial.files("out/d")));
        assert_eq!(
            batch(&trial, &["--fail-if-idle"]).code,
            Some(if worst == 0 { 7 } else { worst })
        );
    }
}

#[test]
fn polls_with_one_id_are_refused() {
    let trial = polls(&["a", "b"]);
    add(&trial, "again", "a");
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r"
    outcome    exit  poll  file                   why
    failed     3     a     polls/a/poll.toml      X041: `polls/again/poll.toml` has the id `a` too
    failed     3     a     polls/again/poll.toml  X041: `polls/a/poll.toml` has the id `a` too
    published  0     b     polls/b/poll.toml      the first time
    1 published, 2 failed
    ");
    assert_snapshot!(end.stderr, @r"
    error[X041]: `polls/again/poll.toml` has the id `a` too
      --> polls/a/poll.toml
        help: give one of them another `id`
    error[X041]: `polls/a/poll.toml` has the id `a` too
      --> polls/again/poll.toml
        help: give one of them another `id`
    ");
    assert!(trial.files("out/a").is_empty() && is_whole(&trial.files("out/b")));
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_in_a_circle_are_left_out() {
    use std::os::unix::fs::symlink;
    let trial = polls(&["a", "b"]);
    symlink("..", trial.path("polls/a/loop")).unwrap();
    symlink("../a", trial.path("polls/b/other")).unwrap();
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(0));
    assert!(end.stdout.ends_with("\n2 published\n"), "{}", end.stdout);
    assert_snapshot!(end.stderr, @r"
    warning[X043]: the link leads to a folder above it and is left out
      --> polls/a/loop
        help: take the link away
    ");
}

#[cfg(unix)]
#[test]
fn a_poll_file_that_is_gone_fails_alone() {
    let trial = polls(&["a"]);
    fs::create_dir(trial.path("polls/gone")).unwrap();
    std::os::unix::fs::symlink("nowhere", trial.path("polls/gone/poll.toml")).unwrap();
    let end = trial.end(&[&BATCH[..], &["none"]].concat());
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r"
    outcome    exit  poll  file                  why
    failed     3     -     none                  X042: the folder cannot be looked through
    published  0     a     polls/a/poll.toml     the first time
    failed     3     -     polls/gone/poll.toml  Q005: the file cannot be read
    1 published, 2 failed
    ");
    assert!(is_whole(&trial.files("out/a")));
}

#[test]
fn a_name_of_two_lines_is_shown_on_one() {
    let trial = polls(&["a"]);
    add(&trial, "two\nlines", "b");
    let end = batch(&trial, &[]);
    assert_eq!((end.code, end.stdout.lines().count()), (Some(0), 4), "{}", end.stdout);
    assert!(end.stdout.contains(r"polls/two\nlines/poll.toml"), "{}", end.stdout);
    trial.change("polls/two\nlines/poll.toml", "schema.toml", "no\\nschema.toml");
    let end = batch(&trial, &[]);
    assert_eq!(end.code, Some(3));
    assert_snapshot!(end.stdout, @r"
    outcome  exit  poll  file                        why
    failed   3     b     polls/two\nlines/poll.toml  Q005: the file cannot be read (no\nschema.toml)
    1 failed, 1 up to date
    ");
    assert_eq!(summary(&trial, &[])["polls"][1]["file"], "polls/two\nlines/poll.toml");
}

/// Does something while a file grows.
fn while_it_grows<T>(trial: &Trial, name: &str, work: impl FnOnce() -> T) -> T {
    let mut file = File::options().append(true).open(trial.path(name)).unwrap();
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                file.write_all(b"\n").unwrap();
                std::thread::yield_now();
            }
        });
        let done = work();
        ended.store(true, Ordering::Relaxed);
        done
    })
}

#[test]
fn a_file_that_grows_is_left_for_the_next_time() {
    let trial = polls(&["a", "b"]);
    let whole = trial.files("polls/a")["replies.csv"].clone();
    for settle in ["0", "1"] {
        let arguments = [&BATCH[..6], &["--settle", settle]].concat();
        let end = while_it_grows(&trial, "polls/a/replies.csv", || trial.end(&arguments));
        assert_eq!((end.code, end.stderr.as_str()), (Some(0), ""), "{}", end.stdout);
        let lines: Vec<&str> = end.stdout.lines().collect();
        assert!(lines[1].starts_with("waiting"), "{}", end.stdout);
        assert!(lines[1].ends_with("`replies.csv` is still growing"), "{}", end.stdout);
        assert!(lines[lines.len() - 1].contains("1 waiting"), "{}", end.stdout);
    }
    assert!(trial.files("out/a").is_empty() && is_whole(&trial.files("out/b")));
    trial.write("polls/a/replies.csv", whole);
    assert_eq!(counts(&summary(&trial, &[])), "1 published, 1 up_to_date");
}

#[test]
fn a_run_publishes_nothing_of_a_file_that_changes() {
    let trial = Trial::new();
    let end = while_it_grows(&trial, "replies.csv", || trial.publish());
    assert_eq!((end.code, end.stdout.as_str()), (Some(3), ""));
    assert!(end.stderr.contains("changed while it was read"), "{}", end.stderr);
    assert!(trial.files("out").keys().all(|name| name.starts_with('.')));
}

#[test]
fn a_thousand_polls_are_a_thousand_lines() {
    let trial = polls(&["whole"]);
    for number in 0..1_000 {
        trial.write(&format!("polls/{number:04}/poll.toml"), "format = 1\n");
    }
    let end = batch(&trial, &[]);
    assert_eq!((end.code, end.stdout.lines().count()), (Some(3), 1_003));
    assert!(end.stdout.ends_with("1 published, 1000 failed\n"));
    assert!(is_whole(&trial.files("out/whole")));
}

#[cfg(unix)]
#[test]
fn a_command_is_told_of_each_poll_that_failed() {
    let trial = polls(&["a", "b", "c"]);
    break_it(&trial, "b", 3);
    let told = "echo \"$POLLSMITH_POLL $POLLSMITH_EXIT_CODE $POLLSMITH_FILE\" >> told; \
                cat \"$POLLSMITH_RECORD\" > record; echo out";
    let end = batch(&trial, &["--on-failure", told, "--format", "json"]);
    assert_eq!(end.code, Some(3));
    assert!(serde_json::from_str::<Value>(&end.stdout).is_ok(), "{}", end.stdout);
    let text = |name: &str| fs::read_to_string(trial.path(name)).unwrap();
    assert_eq!(text("told"), "b 3 polls/b/poll.toml\n");
    let record: Value = serde_json::from_str(&text("record")).unwrap();
    assert_eq!((&record["poll"], &record["exit_code"]), (&"b".into(), &3.into()));
    let end = batch(&trial, &["--on-failure", "exit 9"]);
    assert_eq!(end.code, Some(3), "the exit code stays");
    assert!(end.stderr.contains("warning[X045]"), "{}", end.stderr);
    assert_eq!(batch(&polls(&["a"]), &["--on-failure", "exit 9"]).stderr, "");
}
