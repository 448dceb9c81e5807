//! What became of all polls: a table for people, an object for programs. Says nothing of
//! what anybody answered.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::cli::attempt::{Ended, Outcome};
use crate::cli::log;
use crate::diagnostic::{Finding, json as finding_json, visible};

/// Outcomes in the order in which they are counted.
const NAMES: [&str; 5] = ["published", "failed", "locked", "waiting", "up to date"];

/// What there is to say.
pub(super) struct Summary<'a> {
    pub(super) ended: &'a [Ended],
    /// Links that were not followed.
    pub(super) notes: &'a [Finding],
    /// How long all took, in milliseconds.
    pub(super) ms: Option<u64>,
    pub(super) exit_code: u8,
}

impl Summary<'_> {
    /// A table of all polls but those in which nothing changed, and how many there are of
    /// each.
    pub(super) fn text(&self) -> String {
        let told = self.ended.iter().filter(|ended| ended.outcome != Outcome::Current);
        let mut rows: Vec<[String; 5]> = told.map(row).collect();
        if !rows.is_empty() {
            rows.insert(0, ["outcome", "exit", "poll", "file", "why"].map(str::to_owned));
        }
        let mut text = table(&rows);
        let counts = self.counts();
        let counts: Vec<String> =
            counts.iter().map(|(name, n)| format!("{n} {name}")).collect();
        let all = if counts.is_empty() {
            "no poll.toml was found".to_owned()
        } else {
            counts.join(", ")
        };
        let _ = writeln!(text, "{all}");
        text
    }

    /// Every poll, with the keys of the README.
    pub(super) fn json(&self) -> String {
        let polls: Vec<Value> = self.ended.iter().map(poll).collect();
        let counts = NAMES.map(|name| (name.replace(' ', "_"), json!(self.count(name))));
        let notes: Vec<Value> = self.notes.iter().map(finding_json).collect();
        let all = json!({
            "run": log::run(),
            "version": env!("CARGO_PKG_VERSION"),
            "exit_code": self.exit_code,
            "ms": self.ms,
            "counts": Value::Object(counts.into_iter().collect()),
            "polls": polls,
            "findings": notes,
        });
        format!("{all:#}\n")
    }

    fn count(&self, name: &str) -> usize {
        self.ended.iter().filter(|ended| ended.outcome.name() == name).count()
    }

    fn counts(&self) -> Vec<(&'static str, usize)> {
        let counts = NAMES.into_iter().map(|name| (name, self.count(name)));
        counts.filter(|(_, n)| *n > 0).collect()
    }
}

fn row(ended: &Ended) -> [String; 5] {
    let about = &ended.about;
    let shown = |text: &Option<String>| text.as_deref().map_or_else(|| "-".to_owned(), visible);
    [
        ended.outcome.name().to_owned(),
        ended.outcome.code().to_string(),
        shown(&about.poll),
        shown(&about.file),
        about.why.clone().unwrap_or_default(),
    ]
}

/// Rows in columns as wide as they need, but for the last one.
fn table(rows: &[[String; 5]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: [usize; 4] = [0, 1, 2, 3].map(width);
    let mut text = String::new();
    for row in rows {
        for (cell, width) in row.iter().zip(widths) {
            let _ = write!(text, "{cell}{}  ", " ".repeat(width - cell.width()));
        }
        let _ = writeln!(text, "{}", row[4]);
    }
    text
}

fn poll(ended: &Ended) -> Value {
    let about = &ended.about;
    // Whoever reads this may be in another folder.
    let path = |path: &Option<PathBuf>| {
        let whole = path.as_ref().and_then(|path| std::path::absolute(path).ok());
        whole.map(|path| path.to_string_lossy().into_owned())
    };
    let mut codes: Vec<&str> = ended.findings.list().iter().map(|f| f.code.id).collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "poll": about.poll,
        "wave": about.wave,
        "file": about.file,
        "outcome": ended.outcome.name().replace(' ', "_"),
        "exit_code": ended.outcome.code(),
        "why": about.why,
        "messages": codes,
        "page": path(&ended.page),
        "record": path(&ended.record),
        "ms": about.ms,
    })
}
