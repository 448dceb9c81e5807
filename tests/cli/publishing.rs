//! How a release comes to stand where readers find it, and how it is taken back: one run at
//! a time, folders that cannot be written, runs that are stopped, earlier releases.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use insta::assert_snapshot;
use rustix::process::{Pid, Signal, getuid, kill_process};

use super::trial::{End, PUBLISH, Trial, is_whole};

const ROLLBACK: [&str; 6] = ["rollback", "canteen", "--out", "out", "--private", "private"];

/// Publishes the poll under a title.
fn publish(trial: &Trial, title: &str) {
    trial.change("poll.toml", "title = ", &format!("title = \"{title}\"\n# "));
    let end = trial.publish();
    assert_eq!(end.code, Some(0), "{}", end.stderr);
}

/// Whether the current release is whole, has this title, and nothing lies beside it.
fn stands(trial: &Trial, title: &str) -> bool {
    let release = trial.files("out/canteen");
    let page = String::from_utf8(release["report.html"].clone()).unwrap();
    is_whole(&release) && page.contains(title) && left_over(trial).is_empty()
}

/// What begins with a dot in both folders, but for locks.
fn left_over(trial: &Trial) -> Vec<String> {
    let files = ["out", "private"].map(|folder| trial.files(folder));
    let names = files.into_iter().flat_map(BTreeMap::into_keys);
    let is_lock = |part: &str| part.strip_suffix(".lock").is_some();
    let hidden = |part: &str| part.starts_with('.') && !is_lock(part);
    names.filter(|name| name.split('/').any(hidden)).collect()
}

/// The folders of the earlier releases.
fn kept(trial: &Trial) -> Vec<PathBuf> {
    let entries = fs::read_dir(trial.path("private/canteen/releases")).into_iter().flatten();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// A run that goes on while the test does.
fn start(trial: &Trial) -> Child {
    let mut command = trial.command(&PUBLISH);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(run: &Child, signal: Signal) {
    kill_process(Pid::from_child(run), signal).unwrap();
}

fn end(run: Child) -> End {
    End::from(run.wait_with_output().unwrap())
}

/// Waits until something is so or the run has ended; whether it is so.
fn meets(run: &mut Child, is_so: impl Fn() -> bool) -> bool {
    while run.try_wait().unwrap().is_none() {
        if is_so() {
            return true;
        }
    }
    false
}

fn is_building(out: &Path) -> bool {
    let names = fs::read_dir(out).into_iter().flatten();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.into_iter().any(|name| name.starts_with(".canteen.building-"))
}

#[test]
fn of_two_runs_at_once_one_publishes_and_the_other_ends_with_seventy_five() {
    let trial = Trial::new();
    publish(&trial, "One");
    trial.change("poll.toml", "title = ", "title = \"Two\"\n# ");
    let mut first = start(&trial);
    assert!(meets(&mut first, || is_building(&trial.path("out"))));
    send(&first, Signal::STOP);
    let second = trial.publish();
    let rollback = trial.end(&ROLLBACK);
    send(&first, Signal::CONT);
    assert_eq!((second.code, second.stdout.as_str()), (Some(75), ""));
    assert_snapshot!(second.stderr, @r"
    error[X075]: another run publishes `canteen`
        help: try again when it has ended
    ");
    assert_eq!(rollback.code, Some(75));
    assert_eq!(end(first).code, Some(0));
    assert!(stands(&trial, "Two"));
}

#[test]
fn runs_with_other_private_folders_are_kept_apart_by_the_place() {
    let trial = Trial::new();
    publish(&trial, "One");
    trial.change("poll.toml", "title = ", "title = \"Two\"\n# ");
    let mut first = start(&trial);
    assert!(meets(&mut first, || is_building(&trial.path("out"))));
    send(&first, Signal::STOP);
    let other = trial.end(&["run", "poll.toml", "--out", "out", "--private", "other"]);
    send(&first, Signal::CONT);
    assert_eq!(other.code, Some(75), "{}", other.stderr);
    assert_eq!(end(first).code, Some(0));
    assert!(stands(&trial, "Two"));
}

#[test]
fn a_run_that_is_stopped_takes_away_what_it_began() {
    for (signal, code, by) in [(Signal::TERM, 143, "SIGTERM"), (Signal::INT, 130, "Ctrl-C")] {
        let trial = Trial::new();
        publish(&trial, "Round 0");
        let stopped = (1..40).find_map(|round| {
            let title = format!("title = \"Round {round}\"\n# ");
            trial.change("poll.toml", "title = ", &title);
            let mut run = start(&trial);
            if meets(&mut run, || is_building(&trial.path("out"))) {
                send(&run, signal);
            }
            let end = end(run);
            let release = trial.files("out/canteen");
            assert!(is_whole(&release) && left_over(&trial).is_empty(), "round {round}");
            (end.code != Some(0)).then_some(end)
        });
        let stopped = stopped.expect("every run was quicker than the signal");
        assert_eq!((stopped.code, stopped.stdout.as_str()), (Some(code), ""));
        assert_eq!(
            stopped.stderr.lines().next(),
            Some(&*format!("error[X035]: stopped by {by}"))
        );
        publish(&trial, "After");
        assert!(stands(&trial, "After"));
    }
}

#[test]
fn who_waits_for_data_can_be_stopped_too() {
    let trial = Trial::new();
    let pipe = trial.path("replies.csv");
    fs::remove_file(&pipe).unwrap();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut command = trial.command(&["check", "poll.toml"]);
    let run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // It opens once the program reads.
    let _nothing = fs::File::options().write(true).open(&pipe).unwrap();
    send(&run, Signal::TERM);
    let end = end(run);
    assert_eq!(end.code, Some(143));
    assert_snapshot!(end.stderr, @r"
    error[X035]: stopped by SIGTERM
     because: what had been begun is taken away; each published page is whole
        help: run it again
    ");
}

#[test]
fn what_a_run_left_that_was_killed_while_it_published_is_cleared() {
    let trial = Trial::new();
    publish(&trial, "One");
    trial.change("poll.toml", "title = ", "title = \"Two\"\n# ");
    let mut run = start(&trial);
    assert!(meets(&mut run, || is_building(&trial.path("out"))));
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(is_whole(&trial.files("out/canteen")));
    for name in ["out/.canteen.building-x/a", "private/canteen/.writing-x"] {
        trial.write(name, "half");
    }
    trial.write("private/canteen/disclosure/.writing-x", "half");
    trial.write("private/canteen/releases/.keeping-x/a", "half");
    publish(&trial, "Three");
    assert!(stands(&trial, "Three"));
}

/// The program, run by somebody who is not above permissions.
fn as_a_user(trial: &Trial, arguments: &[&str]) -> End {
    const NOBODY: u32 = 65_534;
    let mut command = trial.command(arguments);
    let top = trial.path("");
    if getuid().is_root() {
        own(&top, NOBODY);
        command.uid(NOBODY).gid(NOBODY);
    }
    End::from(command.output().unwrap())
}

fn own(path: &Path, user: u32) {
    chown(path, Some(user), Some(user)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            own(&entry.unwrap().path(), user);
        }
    }
}

#[test]
fn folders_that_may_not_be_written_leave_the_release_as_it_is() {
    let trial = Trial::new();
    publish(&trial, "One");
    trial.change("poll.toml", "title = ", "title = \"Two\"\n# ");
    let mode = |name: &str, mode| {
        fs::set_permissions(trial.path(name), Permissions::from_mode(mode)).unwrap();
    };
    for (folder, usual) in [("out", 0o755), ("private/canteen", 0o700)] {
        mode(folder, 0o500);
        let end = as_a_user(&trial, &PUBLISH);
        mode(folder, usual);
        assert_eq!((end.code, end.stdout.as_str()), (Some(6), ""), "{}", end.stderr);
        let said = format!(
            "error[X010]: the output cannot be written\n  --> {folder}\n \
             because: Permission denied (os error 13)\n    help: correct the folder's \
             permissions, or give others with `--out` and `--private`\n"
        );
        assert!(end.stderr.starts_with(&said), "{}", end.stderr);
        assert!(stands(&trial, "One"), "{folder}");
    }
    assert_eq!(as_a_user(&trial, &PUBLISH).code, Some(0));
    assert!(stands(&trial, "Two"));
}

#[test]
fn a_folder_that_is_no_release_is_left_alone() {
    let trial = Trial::new();
    trial.write("out/canteen/minutes.txt", "of a meeting");
    let end = trial.publish();
    assert_eq!((end.code, end.stdout.as_str()), (Some(6), ""));
    assert_snapshot!(end.stderr, @r"
    error[X010]: the output cannot be written
      --> out
     because: `out/canteen` is there and is no release: it has no SHA256SUMS
        help: move that folder away, and run it again
    ");
    assert_eq!(trial.files("out/canteen")["minutes.txt"], b"of a meeting");
    assert!(left_over(&trial).is_empty());
}

#[test]
fn a_release_that_somebody_changed_is_replaced_and_not_kept() {
    let trial = Trial::new();
    publish(&trial, "One");
    trial.write("out/canteen/report.html", "changed");
    trial.change("poll.toml", "title = ", "title = \"Two\"\n# ");
    let end = trial.publish();
    assert_eq!(end.code, Some(0));
    assert_snapshot!(end.stderr.lines().take(4).collect::<Vec<_>>().join("\n"), @r"
    warning[X034]: the release that was replaced had been changed
      --> out/canteen
     because: not as it had been published: `report.html`
        help: it is not kept among the earlier releases; change the poll, not its release
    ");
    assert!(stands(&trial, "Two") && kept(&trial).is_empty());
}

#[test]
fn rollbacks_go_back_one_by_one_until_there_is_nothing() {
    let trial = Trial::new();
    for title in ["One", "Two", "Three"] {
        publish(&trial, title);
    }
    let told = trial.files("private/canteen/disclosure");
    for title in ["Two", "One"] {
        let end = trial.end(&ROLLBACK);
        assert_eq!((end.code, end.stdout.as_str()), (Some(0), "out/canteen/report.html\n"));
        let said = end.stderr.strip_prefix("rolled back: `canteen` is now the release ");
        let (release, rest) = said.unwrap().split_once(", ").unwrap();
        assert_eq!((release.len(), rest), (16, "wave 2024-01\n"));
        assert!(stands(&trial, title), "{title}");
    }
    let end = trial.end(&ROLLBACK);
    assert_eq!((end.code, end.stdout.as_str()), (Some(3), ""));
    assert_snapshot!(end.stderr, @r"
    error[X032]: `canteen` has no earlier release to go back to
     because: no release before the current one is kept
        help: give the folders with which it was published: `--out DIR`, `--private DIR`
    ");
    assert!(stands(&trial, "One"));
    assert!(trial.files("private/canteen/disclosure") == told, "what was told stays told");
    publish(&trial, "Four");
    assert_eq!(trial.end(&ROLLBACK).code, Some(0));
    assert!(stands(&trial, "One"), "not what was taken back");
    for name in kept(&trial) {
        assert_eq!(fs::metadata(&name).unwrap().mode() & 0o077, 0, "{}", name.display());
    }
    assert_eq!(
        fs::metadata(trial.path("out/canteen/report.html")).unwrap().mode() & 0o44,
        0o44
    );
}

#[test]
fn releases_for_other_readers_are_rolled_back_in_private() {
    let trial = Trial::new();
    let officers = ["--profile", "officers"];
    for title in ["One", "Two"] {
        trial.change("poll.toml", "title = ", &format!("title = \"{title}\"\n# "));
        assert_eq!(trial.end(&[&PUBLISH[..], &officers].concat()).code, Some(0));
    }
    assert_eq!(trial.end(&ROLLBACK).code, Some(3), "nothing was public");
    let end = trial.end(&[&ROLLBACK[..], &officers].concat());
    assert_eq!(end.stdout, "private/canteen/officers/report.html\n");
    let release = trial.files("private/canteen/officers");
    let page = String::from_utf8(release["report.html"].clone()).unwrap();
    assert!(is_whole(&release) && page.contains("One"));
    assert!(trial.files("out").keys().all(|name| name == ".canteen.lock"));
}

#[test]
fn an_earlier_release_that_was_changed_is_refused() {
    let trial = Trial::new();
    for title in ["One", "Two"] {
        publish(&trial, title);
    }
    let place = kept(&trial).remove(0);
    fs::write(place.join("results.csv"), "poll,wave\n").unwrap();
    let end = trial.end(&ROLLBACK);
    assert_eq!((end.code, end.stdout.as_str()), (Some(3), ""));
    let said = end.stderr.replace(place.file_name().unwrap().to_str().unwrap(), "HASH");
    assert_snapshot!(said, @r"
    error[X033]: the earlier release has been changed
      --> private/canteen/releases/HASH
     because: not as it was published: `results.csv`
        help: restore it from a copy, or take it away to go back to the release before it
    ");
    assert!(stands(&trial, "Two"));
}

#[test]
fn there_is_nothing_to_go_back_to_where_nothing_was_published() {
    let trial = Trial::new();
    let end = trial.end(&ROLLBACK);
    assert_eq!(end.code, Some(3));
    assert!(end.stderr.contains("the private folder knows no poll of that `id`"));
    assert!(!trial.path("private").exists() && !trial.path("out").exists());
    let wrong = trial.end(&["rollback", "../canteen"]);
    assert_eq!(wrong.code, Some(2), "an `id` names no path");
}
