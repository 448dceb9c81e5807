//! `init`: look at an export, write a commented draft of its schema and poll file.
#![allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]

use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::arguments::{Global, Init};
use super::disk::Disk;
use super::progress::Progress;
use super::{codes, say};
use crate::diagnostic::{Failure, Finding, Findings, Kind, Place};
use crate::pipeline;

pub(super) fn run(init: &Init, global: &Global) -> Result<(), Kind> {
    let mut findings = Findings::default();
    let outcome = write(init, global, &mut findings);
    say::findings(&findings, global);
    let (schema, poll, undecided) = outcome.map_err(|failure| failure.kind)?;
    if !global.quiet {
        say::undecided(&undecided, &poll);
    }
    say::out(&format!("{}\n{}\n", schema.display(), poll.display()))
}

/// Writes both files; gives their paths and what is undecided.
fn write(
    init: &Init,
    global: &Global,
    findings: &mut Findings,
) -> Result<(PathBuf, PathBuf, Vec<String>), Failure> {
    let (schema, poll) = (init.dir.join("schema.toml"), init.dir.join("poll.toml"));
    for file in [&schema, &poll] {
        if file.exists() {
            let finding =
                Finding::new(&codes::EXISTS, "the file exists, and is not overwritten")
                    .at(Place::file(&file.to_string_lossy()))
                    .help("give another folder with `--dir DIR`, or move the file away");
            return Err(Failure::because(findings, Kind::Output, finding));
        }
    }
    let progress = Progress::new(global.quiet);
    let disk = Disk::beside(Path::new(""), &progress);
    let known = pipeline::Known {
        encoding: init.encoding.clone(),
        sheet: init.sheet.clone(),
        skip_rows: init.skip_rows,
        ..pipeline::Known::default()
    };
    let data = init.data.to_string_lossy();
    let beside = relative(&init.dir, &init.data);
    let draft = pipeline::init(&disk, &data, &known, &beside, findings);
    progress.end();
    let draft = draft?;
    let written = std::fs::create_dir_all(&init.dir)
        .and_then(|()| new_file(&schema, &draft.schema))
        .and_then(|()| new_file(&poll, &draft.poll));
    written.map_err(|error| {
        let finding = Finding::new(&codes::OUTPUT, "the draft cannot be written")
            .at(Place::file(&init.dir.to_string_lossy()))
            .because(error.to_string())
            .help("give another folder with `--dir DIR`");
        Failure::because(findings, Kind::Output, finding)
    })?;
    Ok((schema, poll, draft.undecided))
}

fn new_file(path: &Path, text: &str) -> io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}

/// A file's path as seen from a folder, with `/` between folders.
fn relative(folder: &Path, file: &Path) -> String {
    let whole = |path: &Path| {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        super::disk::plain(&path)
    };
    let (folder, file) = (whole(folder), whole(file));
    let shared = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let path: PathBuf = up.chain(file.components().skip(shared)).collect();
    path.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn data_are_named_as_seen_from_the_poll_file() {
        let from = |folder, file| relative(Path::new(folder), Path::new(file));
        assert_eq!(from(".", "data/poll.csv"), "data/poll.csv");
        assert_eq!(from("polls/one", "data/poll.csv"), "../../data/poll.csv");
        assert_eq!(from("polls", "polls/poll.csv"), "poll.csv");
    }
}
