//! Whether the house is in order: reads the sources and texts of the repository, gives
//! every line that breaks a rule. It runs nothing but `explain`.
//!
//! The rules are those of the map in `src/lib.rs`: who may name whom, what only one room
//! may touch, how long a function may be, and what must never stand in a text.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

/// Rooms that every room above them may name, lowest first, with what they name themselves.
const GROUND_FLOOR: [(&str, &[&str]); 9] = [
    ("diagnostic", &[]),
    ("parallel", &[]),
    ("stats", &[]),
    ("frame", &[]),
    ("document", &["diagnostic"]),
    ("words", &["stats"]),
    ("expression", &["document", "words"]),
    ("prose", &[]),
    ("attack", &[]),
];

/// The way of the data: each room, and the rooms before it that it may name. All of them
/// may also name the ground floor, and `questionnaire` and `poll` once these have been
/// passed. What a room needs from further back, the room before it gives on.
const WAY: [(&str, &[&str]); 17] = [
    ("questionnaire", &[]),
    ("poll", &[]),
    ("waves", &[]),
    ("ingest", &[]),
    ("draft", &["ingest"]),
    ("validate", &["ingest"]),
    ("prepare", &["ingest", "validate"]), // of `ingest` files without a schema
    ("verbatims", &["prepare"]),
    ("exchange", &["ingest", "prepare"]), // of `ingest` the platforms alone
    ("tally", &["prepare"]),
    ("estimate", &["waves", "prepare", "tally"]), // `prepare` for medians, which sums cannot give
    ("tabulate", &["estimate"]),
    ("disclose", &["verbatims", "tabulate"]),
    ("chart", &["disclose"]),
    ("report", &["disclose", "chart"]),
    ("publish", &["disclose", "chart", "report"]),
    ("claims", &[]), // a release is all that it sees, as text
    ("audit", &[]),  // likewise
];

/// What the command line may name, apart from each room's list of codes. `document` is for
/// the nearest known name.
const COMMAND_LINE: [&str; 3] = ["pipeline", "diagnostic", "document"];

const LONGEST_FUNCTION: usize = 80;
const LONGEST_FILE: usize = 500;
const MEDIAN_FUNCTION: usize = 8;
const LONG_FUNCTION: usize = 35; // the 90th percentile

/// A file of Rust, cut where its tests begin.
struct Source {
    /// From the top of the repository, with `/` between folders.
    path: String,
    /// Without the tests; none if the whole file is compiled for tests only.
    code: Vec<String>,
}

impl Source {
    fn read(path: &str) -> Self {
        let text = text(path);
        let mut code: Vec<String> = text.lines().map(str::to_owned).collect();
        let tests = code.iter().position(|line| line.starts_with("mod tests {"));
        if let Some(tests) = tests {
            assert_eq!(code[tests - 1], "#[cfg(test)]", "{path}:{tests}");
            code.truncate(tests - 1);
        }
        if path.ends_with("/tests.rs") || path.ends_with("/testing.rs") {
            code.clear();
        }
        Self { path: path.to_owned(), code }
    }

    /// The room, or the name of a file beside the rooms.
    fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
    }

    /// How many times `super` leads from here to the root of the crate.
    fn depth(&self) -> usize {
        let folders = self.path.matches('/').count();
        if self.path.ends_with("/mod.rs") { folders - 1 } else { folders }
    }

    /// Lines with their numbers, comments left out.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.code.iter().enumerate().map(|(index, line)| (index + 1, line));
        let code = lines.filter(|(_, line)| !line.trim_start().starts_with("//"));
        code.map(|(number, line)| (number, line.split(" // ").next().unwrap_or(line)))
    }

    /// First line, length and name of every function that has a body.
    fn functions(&self) -> Vec<(usize, usize, String)> {
        let start = Regex::new(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?fn (\w+)").unwrap();
        let found = self.code.iter().enumerate().filter_map(|(index, line)| {
            let parts = start.captures(line)?;
            Some((index + 1, body(&self.code[index..], &parts[1])?, parts[2].to_owned()))
        });
        found.collect()
    }
}

/// How many lines the function takes that begins at the first of `lines`, which rustfmt
/// has laid out; none if it is only declared.
fn body(lines: &[String], indent: &str) -> Option<usize> {
    let end = format!("{indent}}}");
    let opens = lines.iter().position(|line| line.ends_with('{') || line.ends_with('}'))?;
    if lines[..=opens].iter().any(|line| line.ends_with(';')) {
        return None;
    }
    if lines[opens].ends_with('}') {
        return Some(opens + 1);
    }
    lines.iter().position(|line| *line == end).map(|last| last + 1)
}

fn top() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The files below a folder whose names end as given, sorted; nothing that is built or
/// fetched.
fn files(folder: &str, endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    walk(&top().join(folder), &mut found);
    let mut names: Vec<String> =
        found.iter().map(|path| path.strip_prefix(top()).unwrap()).map(slashed).collect();
    names.retain(|name| endings.iter().any(|ending| name.ends_with(ending)));
    names.sort();
    names
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        match path.file_name().unwrap().to_str().unwrap() {
            "target" | "node_modules" | "reports" | ".git" => {}
            _ if path.is_dir() => walk(&path, found),
            _ => found.push(path),
        }
    }
}

fn slashed(path: &Path) -> String {
    path.to_str().unwrap().replace('\\', "/")
}

fn sources() -> Vec<Source> {
    files("src", &[".rs"]).iter().map(|path| Source::read(path)).collect()
}

/// Every line of code where the pattern's first group names something not allowed there.
fn offenders(pattern: &str, allowed: impl Fn(&Source, &str) -> bool) -> Vec<String> {
    let pattern = Regex::new(pattern).unwrap();
    let mut found = Vec::new();
    for source in sources() {
        for (number, line) in source.lines() {
            let mut names = pattern.captures_iter(line).map(|groups| groups[1].to_owned());
            if names.any(|name| !allowed(&source, &name)) {
                found.push(format!("{}:{number}: {}", source.path, line.trim()));
            }
        }
    }
    found
}

fn none(rule: &str, offenders: &[String]) {
    assert!(offenders.is_empty(), "{rule}:\n{}\n", offenders.join("\n"));
}

/// What a room may name of the others.
fn allowed(room: &str) -> Vec<&'static str> {
    if let Some((_, below)) = GROUND_FLOOR.iter().find(|(name, _)| *name == room) {
        return below.to_vec();
    }
    let Some(place) = WAY.iter().position(|(name, _)| *name == room) else {
        return match room {
            "pipeline" => GROUND_FLOOR.iter().chain(&WAY).map(|(name, _)| *name).collect(),
            "cli" => COMMAND_LINE.to_vec(),
            _ => vec!["cli"],
        };
    };
    let ground = GROUND_FLOOR.iter().map(|(name, _)| *name);
    let asked = WAY[..place.min(2)].iter().map(|(name, _)| *name);
    ground.chain(asked).chain(WAY[place].1.iter().copied()).collect()
}

#[test]
fn rooms_name_only_the_rooms_before_them() {
    let broken =
        offenders(r"\b(?:crate|pollsmith)::(\w+(?:::(?:BYTES_)?CODES)?)", |source, name| {
            let room = source.room();
            let codes = room == "cli" && name.ends_with("CODES");
            codes || name == room || allowed(room).contains(&name.split("::").next().unwrap())
        });
    none("a room names one that it may not see", &broken);
    let broken = offenders(r"\b((?:super::)+)", |source, supers| {
        supers.matches("super").count() < source.depth()
    });
    none("other rooms are named by `crate::`, not by `super::`", &broken);
    none("one `use` for each room", &offenders(r"(crate::\{)", |_, _| false));
}

#[test]
fn the_table_of_rooms_is_complete_and_has_no_circle() {
    let order: Vec<&str> = GROUND_FLOOR.iter().chain(&WAY).map(|(name, _)| *name).collect();
    for (place, room) in order.iter().enumerate() {
        let later: Vec<_> =
            allowed(room).into_iter().filter(|name| !order[..place].contains(name)).collect();
        assert_eq!(later, Vec::<&str>::new(), "{room} may name what comes after it");
    }
    let map = text("src/lib.rs");
    for source in sources() {
        let room = source.room();
        let known = order.contains(&room) || ["pipeline", "cli", "lib", "main"].contains(&room);
        assert!(known, "{} is in no room of the table", source.path);
        let mapped = map.contains(&format!("[`{room}`]")) || ["lib", "main"].contains(&room);
        assert!(mapped, "the map in src/lib.rs lacks `{room}`");
    }
}

#[test]
fn only_the_command_line_touches_the_world() {
    let broken = offenders(r"\bstd::(fs|env|time|process|net)\b", |source, name| {
        source.room() == "cli" || (source.room() == "main" && name == "process")
    });
    none("disk, environment, clock and processes belong to `cli`", &broken);
    let broken = offenders(r"\b(stdin|stdout|stderr|e?print(?:ln)?!)", |source, _| {
        source.room() == "cli"
    });
    none("the terminal belongs to `cli`", &broken);
}

#[test]
fn libraries_stay_in_their_rooms() {
    let broken =
        offenders(r"\b(plotters\w*)::", |source, _| source.path.starts_with("src/chart/paint"));
    none("only `chart/paint` knows plotters", &broken);
    let broken = offenders(r"\b(polars)::", |source, _| {
        ["frame", "ingest", "validate", "prepare"].contains(&source.room())
    });
    none(
        "polars is the frame from `ingest` to `prepare`; after that, sums and slices",
        &broken,
    );
}

#[test]
fn each_dependency_says_which_rooms_use_it() {
    let manifest = text("Cargo.toml");
    let (_, after) = manifest.split_once("[dependencies]\n").unwrap();
    let sources = sources();
    let mut broken = Vec::new();
    for line in after.split("\n\n").next().unwrap().lines() {
        let (dependency, comment) = line.split_once('#').unwrap_or_else(|| panic!("{line}"));
        let name = dependency.split(' ').next().unwrap().replace('-', "_");
        let rooms = comment.split([':', ';']).next().unwrap().trim().replace("/paint", "");
        let mut said: Vec<&str> = rooms.split(", ").collect();
        let naming = Regex::new(&format!(r"(?:^|[^\w:.]){name}(?:::|!|;)")).unwrap();
        let uses = |s: &&Source| s.lines().any(|(_, line)| naming.is_match(line));
        let mut real: Vec<&str> = sources.iter().filter(uses).map(Source::room).collect();
        real.sort_unstable();
        real.dedup();
        said.sort_unstable();
        if said != real {
            broken.push(format!("`{name}` is used by {real:?}, not by {said:?}"));
        }
    }
    none("a comment in Cargo.toml is wrong", &broken);
}

#[test]
fn every_file_says_what_it_is() {
    let mut broken = files("src", &[".rs"]);
    broken.extend(["tests", "examples", "benches"].iter().flat_map(|f| files(f, &[".rs"])));
    broken.retain(|path| !text(path).starts_with("//! "));
    none("a file opens with a `//!` comment", &broken);
}

#[test]
fn functions_and_files_are_short() {
    let sources = sources();
    let mut lengths = Vec::new();
    let mut broken = Vec::new();
    for source in &sources {
        if source.code.len() > LONGEST_FILE && !is_message_file(&source.path) {
            broken.push(format!("{}:1: {} lines", source.path, source.code.len()));
        }
        for (line, length, name) in source.functions() {
            if length > LONGEST_FUNCTION {
                broken.push(format!("{}:{line}: {name} has {length} lines", source.path));
            }
            lengths.push(length);
        }
    }
    none("a function has at most 80 lines, a file 500 without its tests", &broken);
    lengths.sort_unstable();
    let (median, long) = (lengths[lengths.len() / 2], lengths[lengths.len() * 9 / 10]);
    assert!(median <= MEDIAN_FUNCTION, "the median function has {median} lines");
    assert!(long <= LONG_FUNCTION, "one function in ten has more than {long} lines");
}

/// Whether a file is the list of one language's sentences, which is as long as it is.
fn is_message_file(path: &str) -> bool {
    let file = path.strip_prefix("src/words/");
    file.is_some_and(|file| !["mod.rs", "print.rs"].contains(&file))
}

/// Rooms whose texts reach an output of a poll, besides the message files.
const OUTPUTS: [&str; 5] = ["tabulate", "disclose", "chart", "report", "publish"];

/// English that is no fixed wording of an output: where it stands, what the text holds (any
/// text, if nothing), and why it may. Messages are known by what they are made with.
const NO_WORDING: [(&str, &str, &str); 19] = [
    (
        "tabulate/trends/item.rs",
        "the answers were deleted",
        "kept with a change, never printed",
    ),
    ("tabulate/trends/item.rs", "the question changed", "kept with a change, never printed"),
    ("disclose/notes.rs", "header alias", "the name of a rule"),
    ("chart/font/", "PollSans", "names of files"),
    ("chart/svg.rs", "", "markup; what is read is the chart's"),
    ("chart/mod.rs", "font is damaged", "a fault of the program"),
    ("chart/mod.rs", "could not be written", "a fault of the program"),
    ("chart/mod.rs", "else than vectors", "a fault of the program"),
    ("report/headline/", "", "messages on the terminal; headlines are read as English"),
    ("report/titles.rs", "[[chart]]", "what a message is about"),
    ("chart/logo", "", "what is wrong with a logo, for the terminal"),
    ("publish/schema.rs", "", "the form of results.json, which is the same for every poll"),
    (
        "publish/makeup/schema.rs",
        "",
        "the form of results.json, which is the same for every poll",
    ),
    ("publish/html/style.rs", "font", "rules of the style sheet"),
    ("publish/html/mod.rs", "Content-Security-Policy", "a name of HTML"),
    ("publish/html/mod.rs", "device-width", "a value of HTML"),
    ("publish/html/mod.rs", "light dark", "a value of HTML"),
    ("publish/html/table.rs", "scroll fits", "names of the style sheet"),
    ("publish/workbook/format.rs", "Arial", "a font"),
];

/// Every text in quotation marks with its line; none that is part of a message for the
/// terminal, or says why a lint is silent.
fn literals(source: &Source) -> Vec<(usize, String)> {
    if source.path.ends_with("/codes.rs") {
        return Vec::new();
    }
    let mut code = String::new();
    let mut starts = Vec::new();
    for (number, line) in source.lines() {
        starts.push((code.len(), number));
        code.push_str(&line.replace("'\"'", "' '"));
        code.push('\n');
    }
    let text = Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
    let messages =
        r"Finding::new|\.because\(|\.help\(|let (headline|because|help)\b|reason = $";
    let messages = Regex::new(messages).unwrap();
    let line = |at| starts[starts.partition_point(|(start, _)| *start <= at) - 1].1;
    let found = text.captures_iter(&code).filter_map(|found| {
        let at = found.get(0).unwrap().start();
        let statement = code[..at].rfind([';', '{', '}']).map_or(0, |end| end + 1);
        let message = messages.is_match(&code[statement..at]);
        (!message).then(|| (line(at), found[1].to_owned()))
    });
    found.collect()
}

#[test]
fn fixed_wording_stands_in_the_message_files() {
    // Two words in a row, or one with a capital.
    let english = Regex::new(r"[A-Za-z’]{2,}[,:;]? [a-z]{2,}|\b[A-Z][a-z]{2,}").unwrap();
    let mut broken = Vec::new();
    let mut needed = [false; NO_WORDING.len()];
    for source in sources().iter().filter(|source| OUTPUTS.contains(&source.room())) {
        for (line, text) in literals(source) {
            let may = NO_WORDING.iter().position(|(path, part, _)| {
                source.path["src/".len()..].starts_with(path) && text.contains(part)
            });
            match may {
                _ if !english.is_match(&text) => {}
                Some(place) => needed[place] = true,
                None => broken.push(format!("{}:{line}: {text:?}", source.path)),
            }
        }
    }
    none("fixed wording of an output stands in src/words, for every language", &broken);
    let idle = NO_WORDING.iter().zip(needed).filter(|(_, needed)| !needed);
    let idle: Vec<_> = idle.map(|((path, part, _), _)| format!("{path}: {part}")).collect();
    none("an exception that nothing needs", &idle);
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let broken =
        offenders(r#"(\.unwrap\(\)|\.expect\("|\bpanic!|\bunimplemented!)"#, |_, _| false);
    none("an input that is wrong is a finding, not a panic", &broken);
}

#[test]
fn texts_hold_nothing_of_the_place_where_they_were_written() {
    let rules = [
        ("an absolute path", r"(^|[^\w./~])/(work|root|home|tmp)\b"),
        ("a registry's host", r"crates\.io|npmjs\.|pypi\.|deb\.debian"),
        ("work left over", r"\b(TO[D]O|FIX[M]E|XX[X])\b"),
        ("a conflict", r"^(<{7}|>{7}) "),
    ]
    .map(|(what, pattern)| (what, Regex::new(pattern).unwrap()));
    let mut broken = Vec::new();
    let kinds = [".rs", ".md", ".toml", ".json", ".mjs", ".css", ".py", ".R", ".ci/run"];
    for path in files("", &kinds) {
        for (index, line) in text(&path).lines().enumerate() {
            let found = rules.iter().filter(|(_, pattern)| pattern.is_match(line));
            broken
                .extend(found.map(|(what, _)| format!("{path}:{}: {what}: {line}", index + 1)));
        }
    }
    none("a text does not belong in the repository", &broken);
}

#[test]
fn every_code_stands_once_and_is_explained() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let code = Regex::new(r#"^\s*(?:id: )?"([A-Z]\d{3})",$"#).unwrap();
    for source in sources() {
        for (number, line) in source.lines() {
            if let Some(found) = code.captures(line) {
                let place = format!("{}:{number}", source.path);
                places.entry(found[1].to_owned()).or_default().push(place);
            }
        }
    }
    let twice = places.iter().filter(|(_, places)| places.len() > 1);
    let twice: Vec<_> = twice.map(|(id, at)| format!("{}: {id}", at.join(", "))).collect();
    none("a code means one thing", &twice);
    let program =
        Command::new(env!("CARGO_BIN_EXE_pollsmith")).arg("explain").output().unwrap();
    let list = String::from_utf8(program.stdout).unwrap();
    let listed: Vec<&str> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    let declared: Vec<&str> = places.keys().map(String::as_str).collect();
    assert_eq!(listed, declared, "`explain` lists what the sources declare");
}

#[test]
fn what_a_reader_looks_for_is_there() {
    let needed =
        ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE-MIT", "LICENSE-APACHE"];
    for path in needed {
        assert!(text(path).len() > 200, "{path} is empty");
    }
    assert!(text("CHANGELOG.md").contains(env!("CARGO_PKG_VERSION")), "CHANGELOG.md");
    let path =
        Regex::new(r"`((?:src|tests|samples|schemas|benches|examples)/[\w./-]+)`").unwrap();
    let mut broken = Vec::new();
    for page in ["README.md", "CONTRIBUTING.md"] {
        for (index, line) in text(page).lines().enumerate() {
            let paths = path.captures_iter(line).map(|groups| groups[1].to_owned());
            let gone = paths.filter(|path| !top().join(path).exists());
            broken.extend(gone.map(|path| format!("{page}:{}: {path}", index + 1)));
        }
    }
    none("a page names a file that is not there", &broken);
}

#[test]
fn every_sample_says_where_it_is_from_and_every_schema_has_a_sample() {
    let folders = fs::read_dir(top().join("samples")).unwrap();
    let folders =
        folders.map(|entry| slashed(entry.unwrap().path().strip_prefix(top()).unwrap()));
    let bare = folders.filter(|folder| !top().join(folder).join("SOURCE.md").exists());
    none("a sample has no SOURCE.md", &bare.collect::<Vec<_>>());
    let polls: String =
        files("samples", &["poll.toml"]).iter().map(|path| text(path)).collect();
    let mut unused = files("schemas", &[".toml"]);
    unused.retain(|path| !polls.contains(&format!("{path}\"")));
    none("no sample uses the schema", &unused);
}
