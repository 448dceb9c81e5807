//! A world in memory, for the hallway of the program.
//!
//! Takes a schema and files, gives them back by name. It never touches the disk.

use std::io::{self, Read};

use pollsmith::ingest::Delivery;
use pollsmith::pipeline::{Secret, World};

/// What there is: a schema and the files of one delivery.
pub(crate) struct InMemory<'a> {
    pub(crate) schema: &'a [u8],
    pub(crate) files: Vec<&'a [u8]>,
}

/// The schema's path.
pub(crate) const SCHEMA: &str = "schema.toml";

impl InMemory<'_> {
    /// The paths of the files.
    pub(crate) fn paths(&self) -> Vec<String> {
        (1..=self.files.len()).map(|number| format!("data{number}.csv")).collect()
    }

    fn file(&self, path: &str) -> Option<&[u8]> {
        let at = self.paths().iter().position(|name| name == path)?;
        self.files.get(at).copied()
    }
}

struct File<'a> {
    name: String,
    bytes: Option<&'a [u8]>,
}

impl Delivery for File<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let bytes = self.bytes.ok_or(io::ErrorKind::NotFound)?;
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        Ok(Box::new(bytes.get(offset..).unwrap_or_default()))
    }
}

impl World for InMemory<'_> {
    fn name(&self, path: &str) -> String {
        path.to_owned()
    }

    fn text(&self, path: &str) -> io::Result<String> {
        let bytes = if path == SCHEMA { Some(self.schema) } else { self.file(path) };
        let bytes = bytes.ok_or(io::ErrorKind::NotFound)?;
        String::from_utf8(bytes.to_vec()).map_err(io::Error::other)
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        Box::new(File { name: path.to_owned(), bytes: self.file(path) })
    }

    fn progress(&self, _: &str, _: u64) {}

    fn secret(&self) -> io::Result<Secret> {
        Ok(Secret::new([7; 32]))
    }
}
