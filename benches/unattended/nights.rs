//! Hundreds of nights in a row: ten polls, two of which change each time, by `batch`.

use std::fs;
use std::process::Stdio;

use super::{Trial, is_whole};

const NIGHTS: usize = 300;
const POLLS: usize = 10;
/// How many earlier releases each poll says that it keeps.
const KEPT: usize = 3;

/// What one night took.
struct Night {
    /// Most memory, in KiB.
    memory: u64,
    /// Most open files.
    files: usize,
    /// What both folders hold, in bytes.
    disk: u64,
}

pub(super) fn in_a_row() {
    let trial = Trial::new();
    let parts = ["poll.toml", "schema.toml", "replies.csv"];
    let parts = parts.map(|name| (name, fs::read_to_string(trial.path(name)).unwrap()));
    for poll in 0..POLLS {
        for (name, text) in &parts {
            trial.write(&format!("polls/{poll}/{name}"), text);
        }
        let file = format!("polls/{poll}/poll.toml");
        trial.change(&file, "id = \"canteen\"", &format!("id = \"canteen-{poll}\""));
        trial.change(&file, "profile = ", &format!("releases = {KEPT}\nprofile = "));
    }
    let mut nights = Vec::new();
    for night in 0..NIGHTS {
        for changed in [night % POLLS, (night * 3 + 1) % POLLS] {
            let file = format!("polls/{changed}/poll.toml");
            trial.write(&file, retitled(&trial, &file, night));
        }
        nights.push(one(&trial));
        if night % 50 == 49 {
            say(&nights[night - 9..], night + 1);
        }
    }
    for poll in 0..POLLS {
        assert!(is_whole(&trial.files(&format!("out/canteen-{poll}"))));
        let kept = trial.path(&format!("private/canteen-{poll}/releases"));
        let kept = fs::read_dir(kept).unwrap().count();
        assert!(kept <= KEPT, "poll {poll} keeps {kept}");
    }
}

/// The poll file with the number of the night as its title.
fn retitled(trial: &Trial, file: &str, night: usize) -> String {
    let text = fs::read_to_string(trial.path(file)).unwrap();
    let line = |line: &str| match line.strip_prefix("title = ") {
        Some(_) => format!("title = \"Night {night}\"\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

/// Runs all polls once and watches the process.
fn one(trial: &Trial) -> Night {
    let arguments = ["batch", "polls", "--out", "out", "--private", "private", "--settle", "0"];
    let mut command = trial.command(&arguments);
    let mut run = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let process = format!("/proc/{}", run.id());
    let mut night = Night { memory: 0, files: 0, disk: 0 };
    let status = loop {
        night.memory = night.memory.max(peak(&process));
        let open = fs::read_dir(format!("{process}/fd")).map_or(0, Iterator::count);
        night.files = night.files.max(open);
        if let Some(status) = run.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    };
    assert!(status.success(), "{status}");
    let held = ["out", "private"].map(|folder| trial.files(folder));
    night.disk = held.iter().flat_map(|files| files.values()).map(|b| b.len() as u64).sum();
    night
}

/// The most memory that a process had so far, in KiB.
fn peak(process: &str) -> u64 {
    let status = fs::read_to_string(format!("{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.unwrap_or(0)
}

fn say(last: &[Night], nights: usize) {
    let most = |of: fn(&Night) -> u64| last.iter().map(of).max().unwrap_or(0);
    println!(
        "after {nights} nights, of the last ten: at most {} MiB, {} open files, {} KiB on disk",
        most(|night| night.memory) / 1_024,
        most(|night| night.files as u64),
        most(|night| night.disk) / 1_024,
    );
}
