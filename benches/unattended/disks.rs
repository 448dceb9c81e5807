//! Disks that are full, at many degrees, or read-only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PUBLISH, Trial, left_over, standing, title};

/// A small disk in memory, gone when this is dropped.
struct Disk(PathBuf);

impl Disk {
    /// None if it may not be made.
    fn mount(place: &Path) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"])
            .arg(place)
            .output();
        done.is_ok_and(|done| done.status.success()).then(|| Self(place.to_path_buf()))
    }

    /// Mounts it again, for reading or for writing.
    fn again(&self, mode: &str) {
        let option = format!("remount,{mode}");
        let done = Command::new("mount").args(["-o", &option]).arg(&self.0).status();
        assert!(done.unwrap().success());
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

/// Fills a folder until no byte goes in any more, then gives some back.
fn fill(folder: &Path, left: usize) {
    use std::io::Write as _;
    let path = folder.join("filler");
    let mut file = fs::File::create(&path).unwrap();
    let mut size = 0;
    while let Ok(written @ 1..) = file.write(&[0; 4_096]) {
        size += written as u64;
    }
    file.set_len(size.saturating_sub(left as u64)).unwrap();
}

pub(super) fn full_and_read_only() {
    for folder in ["out", "private"] {
        let trial = Trial::new();
        let Some(disk) = Disk::mount(&trial.path(folder)) else {
            println!("disks: not tried, a `tmpfs` cannot be mounted here");
            return;
        };
        full(&trial, folder);
        disk.again("ro");
        title(&trial, "Read-only");
        let before = standing(&trial);
        let end = trial.end(&PUBLISH);
        assert_eq!(end.code, Some(6), "{}", end.stderr);
        assert_eq!(standing(&trial), before);
        println!("  read-only: {}", end.stderr.lines().skip(2).collect::<Vec<_>>().join(" "));
        disk.again("rw");
        assert_eq!(trial.publish().code, Some(0));
        assert!(standing(&trial).contains("Read-only"));
    }
}

/// Runs with less and less room.
fn full(trial: &Trial, folder: &str) {
    title(trial, "Round 0");
    assert_eq!(trial.publish().code, Some(0));
    let (mut refused, mut done, mut said) = (0, 0, String::new());
    for round in 1..=40 {
        let before = standing(trial);
        title(trial, &format!("Round {round}"));
        fill(&trial.path(folder), round * round * 1_000);
        let end = trial.publish();
        match end.code {
            Some(0) => done += 1,
            Some(6) => {
                refused += 1;
                assert_eq!(standing(trial), before);
                assert_eq!(left_over(trial), 0);
                said = end.stderr.lines().skip(2).collect::<Vec<_>>().join(" ");
            }
            other => panic!("{other:?}: {}", end.stderr),
        }
        fs::remove_file(trial.path(folder).join("filler")).unwrap();
        standing(trial);
    }
    assert!(refused > 0);
    title(trial, "After");
    assert_eq!(trial.publish().code, Some(0));
    assert!(standing(trial).contains("After") && left_over(trial) == 0);
    println!(
        "disk of `{folder}` full: {refused} of 40 runs ended with 6 and left the release as it \
         was, {done} had room enough; with room again all is well\n  full: {said}"
    );
}
