//! `manifest.json`: what went in and what came out, so that a reader can prove which run
//! made a page. Keys are sorted. No clock, host, user or absolute path ever stands in it.

use super::File;
use super::json::text;
use super::sums::sha256;
use crate::report::Report;

/// The version of this form.
const SCHEMA_VERSION: u8 = 1;

pub(super) fn file(report: &Report, files: &[File]) -> File {
    let identity = &report.identity;
    let manifest = Manifest {
        files: files.iter().map(Entry::of).collect(),
        inputs: report
            .inputs
            .iter()
            .map(|i| Entry { bytes: i.bytes, path: &i.path, sha256: i.sha256.clone() })
            .collect(),
        poll: &identity.poll,
        profile: identity.profile.name(),
        rows: Rows { read: identity.rows.0, used: identity.rows.1 },
        schema_version: SCHEMA_VERSION,
        synthetic: identity.synthetic,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        wave: identity.wave.as_deref(),
    };
    File::new("manifest.json", text(&manifest))
}

/// Fields stand in the order of the alphabet, and so do the keys.
#[derive(serde::Serialize)]
struct Manifest<'a> {
    files: Vec<Entry<'a>>,
    inputs: Vec<Entry<'a>>,
    poll: &'a str,
    profile: &'static str,
    rows: Rows,
    schema_version: u8,
    synthetic: bool,
    tool: Tool,
    wave: Option<&'a str>,
}

/// How many rows the data had and how many count, rounded as the readers may know it.
#[derive(serde::Serialize)]
struct Rows {
    read: u64,
    used: u64,
}

#[derive(serde::Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(serde::Serialize)]
struct Entry<'a> {
    bytes: u64,
    path: &'a str,
    sha256: String,
}

impl<'a> Entry<'a> {
    fn of(file: &'a File) -> Self {
        let bytes = u64::try_from(file.bytes.len()).unwrap_or(u64::MAX);
        Self { bytes, path: &file.path, sha256: sha256(&file.bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing::report;

    #[test]
    fn the_manifest_names_what_went_in_and_what_came_out() {
        let made = file(&report(), &[File::new("report.html", "abc")]);
        let text = String::from_utf8(made.bytes).expect("text");
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            text,
            format!(
                r#"{{
  "files": [
    {{
      "bytes": 3,
      "path": "report.html",
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }}
  ],
  "inputs": [
    {{
      "bytes": 12,
      "path": "data.csv",
      "sha256": "{}"
    }}
  ],
  "poll": "pause-2024",
  "profile": "public",
  "rows": {{
    "read": 4720,
    "used": 4680
  }},
  "schema_version": 1,
  "synthetic": true,
  "tool": {{
    "name": "pollsmith",
    "version": "{version}"
  }},
  "wave": "January"
}}
"#,
                "ab".repeat(32)
            )
        );
    }
}
