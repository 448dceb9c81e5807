//! What was found, written down beside this package and said.
//!
//! Takes a case and what it breaks, gives a folder with schema, data and an account. Their
//! names end in nothing that other tools read: a spoilt schema is no TOML.

use std::fs;
use std::path::{Path, PathBuf};

use crate::oracle::{Broken, Case};

/// The folder of what was found.
#[derive(Clone)]
pub(crate) struct Keep {
    folder: PathBuf,
}

impl Keep {
    /// In `found` beside this package.
    pub(crate) fn new() -> Self {
        Self { folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("found") }
    }

    /// Notes which case begins: the one to run again if the whole process dies.
    pub(crate) fn begins(&self, name: &str) {
        let noted = fs::write(self.folder.join("running.log"), name);
        if noted.is_err() && fs::create_dir_all(&self.folder).is_ok() {
            self.begins(name);
        }
    }

    /// Writes a find down, and says it.
    pub(crate) fn write(&self, name: &str, case: &Case, broken: &Broken) {
        let folder = self.folder.join(name);
        let said = format!("{}\n{}\n", broken.promise, broken.seen);
        let written = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(folder.join("schema.case"), &case.schema))
            .and_then(|()| fs::write(folder.join("data.case"), &case.data))
            .and_then(|()| fs::write(folder.join("said.log"), &said));
        let cut: String = said.chars().take(600).collect();
        eprintln!("\n{name} breaks: {cut}\n  in {}", folder.display());
        if let Err(error) = written {
            eprintln!("  which cannot be written: {error}");
        }
    }
}
