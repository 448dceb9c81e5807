//! A folder with a small poll or the samples in it, and the program run there as a user
//! would type it. It never judges what comes out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

const SCHEMA: &str = r#"format = 1
id = "canteen"

[source]
header_rows = 1
delimiter = ","
missingValues = [{ value = "", label = "No answer" }]
key = { column = "id", duplicates = "reject" }
unknown_columns = "reject"
personal = ["email"]
limits = { warn_rows = "1%", fail_rows = "5%" }

[scale.agree]
categories = ["Agree", "Disagree"]
nonsubstantive = ["Don't know"]

[question.site]
kind = "single"
title = "Site"
categories = ["North", "South"]
report = false

[question.enough]
kind = "single"
title = "Lunch is long enough"
scale = "agree"

[question.minutes]
kind = "number"
title = "Minutes wanted"
asked_if = "enough = 'Disagree'"
constraints = { minimum = 0, maximum = 120 }

[question.words]
kind = "text"
title = "In your own words"
report = false
"#;

const POLL: &str = r#"format = 1
id = "canteen"
title = "Lunch at work"
schema = "schema.toml"
data = ["replies.csv"]
wave = "2024-01"
synthetic = true

[method]
sponsor = "Example Union"
population = "Staff of an invented factory"
sampling = "nonprobability"
mode = "Online"
field_start = 2024-01-13
field_end = 2024-01-14

[design]
weight = "weight"

[tables]
banner = ["site"]

[disclosure]
profile = "public"

[report]
lang = "en-GB"
status = "final"
"#;

/// Replies in the small poll.
pub(crate) const REPLIES: usize = 200;

/// How the program ended.
pub(crate) struct End {
    /// The exit code; none if it was killed.
    pub(crate) code: Option<i32>,
    /// What it wrote to stdout.
    pub(crate) stdout: String,
    /// What it wrote to stderr.
    pub(crate) stderr: String,
}

/// A folder of its own, gone when the test ends.
pub(crate) struct Trial {
    folder: TempDir,
}

impl Trial {
    /// With `poll.toml`, `schema.toml` and `replies.csv` of a small poll.
    pub(crate) fn new() -> Self {
        let trial = Self { folder: tempfile::tempdir().unwrap() };
        trial.write("schema.toml", SCHEMA);
        trial.write("poll.toml", POLL);
        trial.write("replies.csv", replies());
        trial
    }

    /// With the samples and schemas of the repository.
    pub(crate) fn with_samples() -> Self {
        let trial = Self { folder: tempfile::tempdir().unwrap() };
        for folder in ["samples", "schemas"] {
            let from = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            for (name, bytes) in files(&from) {
                trial.write(&format!("{folder}/{name}"), bytes);
            }
        }
        trial
    }

    /// Where a file of the folder is.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Takes a file away.
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    /// Replaces a text that occurs in a file, where it occurs first.
    pub(crate) fn change(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{name} has no `{from}`");
        self.write(name, text.replacen(from, to, 1));
    }

    /// Every file below a folder, by its path from there; none if the folder is not there.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files(&self.path(folder))
    }

    /// The program, to be run in the folder with a home of its own.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("XDG_STATE_HOME", self.path("state")).env("HOME", self.path("home"));
        command
    }

    /// Runs the program to its end.
    pub(crate) fn end(&self, arguments: &[&str]) -> End {
        End::from(self.command(arguments).output().unwrap())
    }

    /// Publishes the small poll to `out` and `private`.
    pub(crate) fn publish(&self) -> End {
        self.end(&PUBLISH)
    }
}

/// How the small poll is published.
pub(crate) const PUBLISH: [&str; 6] =
    ["run", "poll.toml", "--out", "out", "--private", "private"];

impl From<Output> for End {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The data file of the small poll: a quarter agree, half disagree, a quarter do not know.
fn replies() -> String {
    let mut text = "id,email,weight,site,enough,minutes,words\n".to_owned();
    for i in 1..=REPLIES {
        let site = ["North", "South"][i % 2];
        let enough = ["Agree", "Disagree", "Disagree", "Don't know"][i % 4];
        let asked = enough == "Disagree";
        let minutes = if asked { (30 + i % 7 * 5).to_string() } else { String::new() };
        let weight = ["0.5", "1", "1.5"][i % 3];
        writeln!(text, "{i},member{i}@example.org,{weight},{site},{enough},{minutes},")
            .unwrap();
    }
    text
}

/// Whether every file of a release is as its `SHA256SUMS` says, and nothing else is there.
pub(crate) fn is_whole(release: &BTreeMap<String, Vec<u8>>) -> bool {
    let found = release.iter().filter(|(name, _)| *name != "SHA256SUMS");
    let lines = found.map(|(name, bytes)| format!("{}  {name}\n", hash(bytes)));
    let sums = lines.collect::<String>().into_bytes();
    release.get("SHA256SUMS") == Some(&sums)
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    gather(folder, "", &mut found);
    found
}

fn gather(folder: &Path, above: &str, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let name = format!("{above}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            gather(&path, &format!("{name}/"), found);
        } else if let Ok(bytes) = fs::read(&path) {
            found.insert(name, bytes);
        }
    }
}
