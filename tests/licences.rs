//! What others wrote and the program holds: `packaging/THIRD-PARTY.txt` is made from the
//! libraries that are linked and their licences, and compared with what is committed. With
//! `POLLSMITH_BLESS=1` it is written anew instead.
//!
//! Cargo names the libraries; it asks no network for what has been fetched before. Of several
//! licences to choose from, MIT is chosen. A text that several libraries share is printed once.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;
use serde_json::Value;

const FILE: &str = "packaging/THIRD-PARTY.txt";

const HEAD: &str = "\
Pollsmith is under the MIT licence or the Apache licence 2.0, as you wish. The program holds, in
compiled form, the libraries below, parts of the standard library of Rust (by the Rust Project
Developers, under the same two licences), and letters of a font. Their licences ask that these
notes go with it.

This file is made from the libraries themselves:
    POLLSMITH_BLESS=1 cargo test --release --test licences
";

/// Who wrote libraries that come without a licence file, and say `MIT` of themselves.
const TERMS: &str = "Permission is hereby granted, free of charge";

/// A library that is linked on 64-bit Linux, or writes code that is.
struct Library {
    /// `serde 1.0.0`
    name: String,
    /// `MIT OR Apache-2.0`
    licence: String,
    authors: String,
    folder: PathBuf,
}

/// A licence without its lines of copyright, and who has which.
#[derive(Default)]
struct Text {
    /// As it was laid out where it was met first.
    shown: String,
    holders: BTreeMap<String, Vec<String>>,
}

fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let command = command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Everything linked, by name; not what is needed only to build or to test.
fn libraries() -> Vec<Library> {
    let target = "x86_64-unknown-linux-gnu";
    let known = ["metadata", "--locked", "--format-version=1", "--filter-platform", target];
    let known: Value = serde_json::from_str(&cargo(&known)).unwrap();
    let linked = [
        "tree",
        "--locked",
        "--edges=normal",
        "--prefix=none",
        "--no-dedupe",
        "--target",
        target,
    ];
    let linked = cargo(&linked);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = known["packages"].as_array().unwrap().iter().filter_map(|package| {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        let line = format!("{name} v{version}");
        let is_linked = |l: &str| l == line || l.starts_with(&format!("{line} "));
        let authors = package["authors"].as_array().unwrap().iter().map(text);
        (name != "pollsmith" && linked.lines().any(is_linked)).then(|| Library {
            name: format!("{name} {version}"),
            licence: text(&package["license"]),
            authors: authors.collect::<Vec<_>>().join(", "),
            folder: Path::new(&text(&package["manifest_path"])).parent().unwrap().to_owned(),
        })
    });
    let mut packages: Vec<_> = packages.collect();
    packages.sort_by(|a, b| a.name.cmp(&b.name));
    packages
}

/// The licence files of a library: that of MIT alone where it may be chosen.
fn texts(library: &Library) -> Vec<String> {
    let named =
        Regex::new(r"(?i)^((un)?licen[cs]e|copying|copyright|notice)[^.]*(\.(md|txt))?$")
            .unwrap();
    let mut files: Vec<PathBuf> = Vec::new();
    let mut folders = vec![library.folder.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() && !["tests", "benches", "examples"].contains(&name) {
                folders.push(path);
            } else if path.is_file() && named.is_match(name) {
                files.push(path);
            }
        }
    }
    files.sort();
    let choice = !library.licence.contains("AND") && library.licence.contains("MIT");
    let of = |path: &&PathBuf| path.file_name().unwrap().to_str().unwrap().contains("MIT");
    let top = |path: &PathBuf| path.parent() == Some(&library.folder);
    if choice && files.iter().any(|path| of(&path)) {
        files.retain(|path| of(&path) || !top(path));
    }
    let read = |path: &PathBuf| fs::read_to_string(path).unwrap();
    files.iter().map(read).filter(|text| text.len() > 100).collect()
}

/// A licence's lines of copyright, and the rest.
fn parted(text: &str) -> (Vec<String>, String) {
    let holder = Regex::new(r"(?i)^\s*copyright\b.*(\d{4}|\(c\)|©)").unwrap();
    let title = Regex::new(r"(?i)^\s*(the )?mit license( \(mit\))?:?\s*$").unwrap();
    let (holders, rest): (Vec<&str>, Vec<&str>) =
        text.lines().partition(|line| holder.is_match(line));
    let holders = holders.iter().map(|line| line.trim().to_owned()).collect();
    let rest: Vec<&str> = rest.into_iter().filter(|line| !title.is_match(line)).collect();
    let rest = rest.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n");
    (holders, rest.trim_matches('\n').to_owned())
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page() -> String {
    let mut page = format!("{HEAD}\n\nLIBRARIES\n\n");
    let mut licences: BTreeMap<String, Text> = BTreeMap::new();
    let mut bare = Vec::new();
    for library in libraries() {
        let Library { name, licence, .. } = &library;
        writeln!(page, "{name}: {licence}").unwrap();
        let texts = texts(&library);
        if texts.is_empty() {
            assert!(
                licence.contains("MIT"),
                "{name} has no licence file: see what it asks for"
            );
            bare.push(library);
            continue;
        }
        for text in texts {
            let (holders, rest) = parted(&text);
            let known = licences.entry(words(&rest)).or_default();
            if known.shown.is_empty() {
                known.shown = rest;
            }
            known.holders.entry(name.clone()).or_default().extend(holders);
        }
    }
    let mit = licences.iter_mut().find(|(words, _)| words.starts_with(TERMS)).unwrap().1;
    for library in bare {
        let holder = format!("Copyright (c) {}", library.authors);
        mit.holders.insert(library.name, vec![holder]);
    }
    let font = fs::read_to_string("src/chart/font/OFL.txt").unwrap();
    write!(page, "\n\nFONT\n\nPollSans, a subset of Source Sans 3\n\n{}\n", font.trim())
        .unwrap();
    let mut licences: Vec<Text> = licences.into_values().collect();
    licences.sort_by_key(|text| (std::cmp::Reverse(text.holders.len()), text.shown.clone()));
    for text in licences {
        write!(page, "\n\n{}\n\nThe licence of\n\n", "-".repeat(72)).unwrap();
        for (name, lines) in &text.holders {
            writeln!(page, "{name}").unwrap();
            for line in lines {
                writeln!(page, "    {line}").unwrap();
            }
        }
        write!(page, "\n{}\n", text.shown).unwrap();
    }
    page
}

#[test]
fn the_licences_of_what_is_linked_are_those_that_go_with_the_program() {
    let (path, made) = (Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE), page());
    if std::env::var_os("POLLSMITH_BLESS").is_some() {
        return fs::write(path, made).unwrap();
    }
    let held = fs::read_to_string(path).unwrap_or_default();
    let stale = made.lines().zip(held.lines()).find(|(made, held)| made != held);
    assert!(made == held, "{FILE} is stale: POLLSMITH_BLESS=1 writes it anew: {stale:?}");
}
