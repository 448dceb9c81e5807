//! Runs that are killed, or that meet another run: a reader always finds one whole release.

use std::fs::{self, File};
use std::path::Path;
use std::process::Stdio;

use super::trial::{PUBLISH, Trial, is_whole};

/// The folder in which the next release is being built, if there is one.
fn building(out: &Path) -> Option<std::path::PathBuf> {
    let entries = fs::read_dir(out).ok()?.filter_map(Result::ok);
    let mut entries = entries.map(|entry| entry.path());
    entries.find(|path| path.to_str().is_some_and(|path| path.contains(".canteen.building-")))
}

/// How many files of the next release are there.
fn written(out: &Path) -> Option<usize> {
    let folder = building(out)?;
    let count = |folder: &Path| fs::read_dir(folder).map_or(0, Iterator::count);
    Some(count(&folder) + count(&folder.join("charts")))
}

/// Publishes the poll and kills the program at the first moment of which `now` is true, or
/// lets it end if there is none.
fn publish_and_kill(trial: &Trial, now: impl Fn() -> bool) {
    let mut command = trial.command(&PUBLISH);
    let mut run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while run.try_wait().unwrap().is_none() {
        if now() {
            run.kill().unwrap();
            break;
        }
    }
    run.wait().unwrap();
}

#[test]
fn a_run_that_is_killed_leaves_a_whole_release_and_the_next_run_mends_the_rest() {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    let out = trial.path("out");
    let mut half_built = 0;
    for round in 0..12 {
        let title = format!("title = \"Round {round}\"");
        trial.change("poll.toml", "title = ", &format!("{title}\n# "));
        publish_and_kill(&trial, || match round {
            0 => true,
            round => written(&out).is_some_and(|count| count >= round - 1),
        });
        assert!(is_whole(&trial.files("out/canteen")), "after round {round}");
        half_built += usize::from(building(&out).is_some());
        assert_eq!(trial.publish().code, Some(0), "after round {round}");
        assert!(is_whole(&trial.files("out/canteen")), "after round {round}");
        let page =
            String::from_utf8(trial.files("out/canteen")["report.html"].clone()).unwrap();
        assert!(page.contains(&format!("Round {round}")));
        assert_eq!(building(&out), None);
    }
    assert!(half_built > 0, "no round was killed while it wrote");
}

#[test]
fn a_first_run_that_is_killed_publishes_nothing() {
    let trial = Trial::new();
    let out = trial.path("out");
    publish_and_kill(&trial, || building(&out).is_some());
    let release = trial.files("out/canteen");
    assert!(release.is_empty() || is_whole(&release));
    assert_eq!(trial.publish().code, Some(0));
    assert!(is_whole(&trial.files("out/canteen")));
}

#[test]
fn what_a_killed_run_left_behind_is_cleared() {
    let trial = Trial::new();
    trial.write("out/.canteen.building-x/charts/half.svg", "<svg");
    assert_eq!(trial.publish().code, Some(0));
    let hidden = trial.files("out").into_keys().filter(|name| name.starts_with(".canteen.b"));
    assert_eq!(hidden.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_second_run_of_a_poll_ends_with_seventy_five() {
    let trial = Trial::new();
    assert_eq!(trial.publish().code, Some(0));
    let before = trial.files("out");
    trial.change("poll.toml", "Lunch at work", "Lunch");
    let lock = File::create(trial.path("out/.canteen.lock")).unwrap();
    lock.lock().unwrap();
    let end = trial.publish();
    assert_eq!((end.code, end.stdout.as_str()), (Some(75), ""));
    insta::assert_snapshot!(end.stderr, @r"
    error[X075]: another run publishes `canteen`
        help: try again when it has ended
    ");
    assert!(trial.files("out") == before, "what was published has changed");
    drop(lock);
    assert_eq!(trial.publish().code, Some(0));
}
