//! The README's own commands, run as they stand there.
//!
//! A block that opens with ```` ```console ```` holds commands, each after `$ `, and what
//! they write to stdout. A comment `# exits with 3` says how a command ends, otherwise it is
//! 0; a line `...` stands for any number of lines. A block that opens with a language and a
//! path, such as ```` ```toml walk/poll.toml ````, is written to that file first. Commands
//! of other programs are read past.

use std::fs;

use super::trial::Trial;

/// A fenced block: what stands behind the fence, and the lines within.
struct Block<'a> {
    info: &'a str,
    lines: Vec<&'a str>,
}

/// A command, its exit code, and the lines that it writes.
struct Typed<'a> {
    arguments: Vec<&'a str>,
    code: i32,
    shown: Vec<&'a str>,
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
    let (words, comment) = command.split_once(" #").unwrap_or((command, ""));
    let code = comment.split_once("exits with ").map_or(0, |(_, code)| code.parse().unwrap());
    Typed { arguments: words.split_whitespace().collect(), code, shown: Vec::new() }
}

/// The arguments of `pollsmith`, whichever way it is started; none for other programs.
fn ours<'a>(words: &[&'a str]) -> Option<Vec<&'a str>> {
    let cargo = ["cargo", "run", "--release", "--"];
    let rest = words.strip_prefix(&["pollsmith"]).or_else(|| words.strip_prefix(&cargo))?;
    Some(rest.to_vec())
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
fn the_commands_of_the_readme_do_what_it_says() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let trial = Trial::with_samples();
    let mut run = 0;
    for block in blocks(&text) {
        if let Some((_, path)) = block.info.split_once(' ') {
            trial.write(path, block.lines.join("\n") + "\n");
        }
        let commands = if block.info == "console" { typed(&block.lines) } else { Vec::new() };
        for command in commands {
            let Some(arguments) = ours(&command.arguments) else { continue };
            let end = trial.end(&arguments);
            assert_eq!(end.code, Some(command.code), "{arguments:?}: {}", end.stderr);
            let output: Vec<&str> = end.stdout.lines().collect();
            assert!(is_shown(&output, &command.shown), "{arguments:?} writes:\n{}", end.stdout);
            run += 1;
        }
    }
    assert!(run >= 3, "the README shows {run} commands");
}

#[test]
fn dots_stand_for_any_lines() {
    assert!(is_shown(&["a", "b", "c"], &["a", "...", "c"]));
    assert!(is_shown(&["a"], &["a", "..."]));
    assert!(!is_shown(&["a", "b"], &["a"]));
    assert!(!is_shown(&["a", "b"], &["...", "c"]));
}
