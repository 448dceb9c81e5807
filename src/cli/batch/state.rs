//! What each poll read when it was last published, kept in its private folder; from this
//! `batch` tells whether anything has changed. Hashes decide, never times.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::cli::arguments::Release;
use crate::cli::attempt::Ended;
use crate::cli::inputs::{self, Hashes};
use crate::cli::private;
use crate::cli::run::Places;
use crate::diagnostic::visible;
use crate::pipeline::{Profile, hex};

/// What is kept of polls that are run with the same options.
pub(super) struct State<'a> {
    private: &'a Path,
    /// The hash of the options, which names the files.
    options: String,
}

impl<'a> State<'a> {
    /// For polls whose releases go to these places.
    pub(super) fn of(places: &'a Places, release: &Release) -> Self {
        let out = std::path::absolute(&places.out).unwrap_or_else(|_| places.out.clone());
        let profile = release.profile.map(|profile| Profile::from(profile).name());
        let options = json!([out.to_string_lossy(), profile, release.strict_disclosure]);
        let options = hex(&Sha256::digest(options.to_string().as_bytes())[..8]);
        Self { private: &places.private, options }
    }

    /// The page of the release if nothing has changed since, otherwise why the poll must be
    /// run.
    pub(super) fn current(&self, poll: &Path, id: &str) -> Result<PathBuf, String> {
        let known = fs::read_to_string(self.file(id)).ok();
        let known = known.and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let known = known.and_then(|known| Known::read(&known)).ok_or("the first time")?;
        if known.version != env!("CARGO_PKG_VERSION") {
            return Err("another version of the program".to_owned());
        }
        let folder = poll.parent().unwrap_or(Path::new(""));
        let differs = |(path, then): (&String, &Option<String>)| {
            let now = inputs::hash(&folder.join(path));
            now.map_or(true, |now| now != *then).then(|| format!("`{}` changed", visible(path)))
        };
        if let Some(why) = known.inputs.iter().find_map(differs) {
            return Err(why);
        }
        let page = PathBuf::from(known.page);
        if page.exists() { Ok(page) } else { Err("the release is gone".to_owned()) }
    }

    /// Keeps what a run read that has published a poll.
    ///
    /// # Errors
    /// If it cannot be written: then the poll is run again the next time.
    pub(super) fn keep(&self, ended: &Ended) -> io::Result<()> {
        let (Some(id), Some(page)) = (&ended.about.poll, &ended.page) else { return Ok(()) };
        let page = std::path::absolute(page)?;
        let known = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "inputs": ended.hashes,
            "page": page.to_string_lossy(),
        });
        private::write(&self.file(id), format!("{known:#}\n").as_bytes())
    }

    fn file(&self, id: &str) -> PathBuf {
        self.private.join(id).join("batch").join(format!("{}.json", self.options))
    }
}

/// What is kept of a poll.
struct Known {
    version: String,
    inputs: Hashes,
    page: String,
}

impl Known {
    /// None if anything is not as it was written.
    fn read(known: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let hash = |(path, hash): (&String, &Value)| {
            let hash = if hash.is_null() { None } else { Some(text(hash)?) };
            Some((path.clone(), hash))
        };
        let inputs = known["inputs"].as_object()?.iter().map(hash).collect::<Option<_>>()?;
        Some(Self { version: text(&known["version"])?, inputs, page: text(&known["page"])? })
    }
}
