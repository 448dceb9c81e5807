//! Pages whose commands are run as they stand there: the README and the cookbook.
//!
//! A block that opens with ```` ```console ```` holds commands, each after `$ `, and what
//! they write to stdout. A comment `# exits with 3` says how a command ends, otherwise it is
//! 0; a line `...` stands for any number of lines. A block that opens with a language and a
//! path, such as ```` ```toml walk/poll.toml ````, is written to that file first; with `+`
//! between the two it is added to the end. Commands are ours or `grep`; others are read past.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::process::Command;

use super::trial::{End, Trial};

/// A fenced block: what stands behind the fence, and the lines within.
struct Block<'a> {
    info: &'a str,
    lines: Vec<&'a str>,
}

/// A command, its exit code, and the lines that it writes.
struct Typed<'a> {
    words: Vec<String>,
    code: i32,
    shown: Vec<&'a str>,
}

/// The text of a page of the repository.
pub(crate) fn page(name: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap()
}

/// Writes the files of a text and runs its commands, in order; gives how many were run.
pub(crate) fn follow(text: &str, trial: &Trial) -> usize {
    let mut run = 0;
    for block in blocks(text) {
        if let Some((_, path)) = block.info.split_once(' ') {
            put(path, &(block.lines.join("\n") + "\n"), trial);
        }
        let commands = if block.info == "console" { typed(&block.lines) } else { Vec::new() };
        for command in commands {
            let Some(end) = end(&command.words, trial) else { continue };
            let words = &command.words;
            assert_eq!(end.code, Some(command.code), "{words:?}: {}", end.stderr);
            let output: Vec<&str> = end.stdout.lines().collect();
            assert!(is_shown(&output, &command.shown), "{words:?} writes:\n{}", end.stdout);
            run += 1;
        }
    }
    run
}

fn put(path: &str, text: &str, trial: &Trial) {
    let Some(path) = path.strip_prefix("+ ") else {
        return trial.write(path, text);
    };
    let mut file = OpenOptions::new().append(true).open(trial.path(path)).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let within = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block { info, lines: within });
        }
    }
    blocks
}

fn typed<'a>(lines: &[&'a str]) -> Vec<Typed<'a>> {
    let mut all = Vec::new();
    for line in lines {
        match (line.strip_prefix("$ "), all.last_mut()) {
            (Some(command), _) => all.push(parse(command)),
            (None, Some(Typed { shown, .. })) => shown.push(*line),
            (None, None) => panic!("`{line}` stands before the first command"),
        }
    }
    all
}

fn parse(command: &str) -> Typed<'_> {
    let (command, comment) = command.split_once(" #").unwrap_or((command, ""));
    let code = comment.split_once("exits with ").map_or(0, |(_, code)| code.parse().unwrap());
    Typed { words: words(command), code, shown: Vec::new() }
}

/// The words of a command, as a shell parts them: what is in quotation marks is one.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in command.split(['"', '\'']).enumerate() {
        if place % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// How a command ends, whichever way our program is started; none for other programs.
fn end(words: &[String], trial: &Trial) -> Option<End> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let cargo = ["cargo", "run", "--release", "--"];
    if let Some(ours) = words.strip_prefix(&["pollsmith"]).or(words.strip_prefix(&cargo)) {
        return Some(trial.end(ours));
    }
    let pattern = words.strip_prefix(&["grep"])?;
    Some(
        Command::new("grep").args(pattern).current_dir(trial.path("")).output().unwrap().into(),
    )
}

/// Whether the output is what is shown, in which `...` stands for any lines.
fn is_shown(output: &[&str], shown: &[&str]) -> bool {
    match shown.split_first() {
        None => output.is_empty(),
        Some((&"...", rest)) => (0..=output.len()).any(|skip| is_shown(&output[skip..], rest)),
        Some((line, rest)) => output
            .split_first()
            .is_some_and(|(first, more)| first == line && is_shown(more, rest)),
    }
}

#[test]
fn dots_stand_for_any_lines() {
    assert!(is_shown(&["a", "b", "c"], &["a", "...", "c"]));
    assert!(is_shown(&["a"], &["a", "..."]));
    assert!(!is_shown(&["a", "b"], &["a"]));
    assert!(!is_shown(&["a", "b"], &["...", "c"]));
}

#[test]
fn what_is_in_quotation_marks_is_one_word() {
    assert_eq!(words("a --by \"b c\" 'd'"), ["a", "--by", "b c", "d"]);
}
