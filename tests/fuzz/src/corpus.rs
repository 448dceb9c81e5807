//! What is mutated: the exports, samples and schemas of the repository.
//!
//! Gives pairs of a schema and the beginning of a file that it reads without an error.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// How much of a file is taken: more is slower and finds no more.
const MOST: usize = 24 << 10;

/// A schema with data that it reads.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) schema: String,
    pub(crate) data: Vec<u8>,
}

/// Samples and the schemas that read them.
const SAMPLES: [(&str, &str); 4] = [
    ("schemas/flying-etiquette.toml", "samples/flying-etiquette-2014/responses.csv"),
    ("schemas/safeguarding.toml", "samples/safeguarding-2024-01/responses.csv"),
    ("schemas/rse-de-2017.toml", "samples/rse-de-2017/responses.csv"),
    ("schemas/api-schools.toml", "samples/api-schools/apistrat.csv"),
];

/// The top of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every pair, in order of its name, the exports first. A sample that is not there is left
/// out.
///
/// # Errors
/// Whatever the system says of the exports.
pub(crate) fn pairs() -> io::Result<Vec<Pair>> {
    let top = repository();
    let exports = top.join("tests/exports");
    let mut names: Vec<PathBuf> = fs::read_dir(&exports)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    names.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    names.sort();
    let mut pairs = Vec::new();
    for path in names {
        pairs.push(pair(&path, &path.with_extension("csv"))?);
    }
    let samples = SAMPLES.iter().map(|(schema, data)| (top.join(schema), top.join(data)));
    pairs.extend(samples.filter_map(|(schema, data)| pair(&schema, &data).ok()));
    Ok(pairs)
}

fn pair(schema: &Path, data: &Path) -> io::Result<Pair> {
    let name = schema.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = fs::read(data)?;
    if bytes.len() > MOST {
        let end = bytes[..MOST].iter().rposition(|byte| *byte == b'\n').unwrap_or(MOST);
        bytes.truncate(end + 1);
    }
    Ok(Pair { name, schema: fs::read_to_string(schema)?, data: bytes })
}
