//! The disk as `pipeline` sees it: files beside the poll file.

use std::cell::OnceCell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};

use super::inputs::Inputs;
use super::private;
use super::progress::Progress;
use crate::pipeline::{Delivery, Secret, World};

/// Files by the paths that a poll file writes, which are relative to its folder.
pub(super) struct Disk<'a> {
    folder: PathBuf,
    progress: &'a Progress,
    /// Is told of every file that is read, if anybody wants to know.
    inputs: Option<&'a Inputs>,
    /// Where private things are, if they are anywhere.
    private: Option<PathBuf>,
    /// The key of members' numbers: one for this run alone, unless it is given.
    secret: OnceCell<Secret>,
}

impl<'a> Disk<'a> {
    /// The files beside `poll`.
    pub(super) fn beside(poll: &Path, progress: &'a Progress) -> Self {
        let folder = poll.parent().unwrap_or(Path::new("")).to_path_buf();
        Self { folder, progress, inputs: None, private: None, secret: OnceCell::new() }
    }

    /// The same with a key of members' numbers that is kept.
    pub(super) fn with(self, secret: Secret) -> Self {
        Self { secret: OnceCell::from(secret), ..self }
    }

    /// The same, and what is read is told.
    pub(super) fn telling(self, inputs: &'a Inputs) -> Self {
        Self { inputs: Some(inputs), ..self }
    }

    /// The same with a private folder, where records of earlier releases may be.
    pub(super) fn remembering(self, private: &Path) -> Self {
        Self { private: Some(private.to_path_buf()), ..self }
    }

    fn path(&self, path: &str) -> PathBuf {
        plain(&self.folder.join(path))
    }
}

impl World for Disk<'_> {
    fn name(&self, path: &str) -> String {
        self.path(path).to_string_lossy().replace('\\', "/")
    }

    #[allow(clippy::disallowed_methods, reason = "this is the room that touches the disk")]
    fn text(&self, path: &str) -> io::Result<String> {
        let file = self.path(path);
        let Some(inputs) = self.inputs else { return std::fs::read_to_string(file) };
        inputs.meet(path, &file)?;
        let text = std::fs::read_to_string(file)?;
        inputs.read(path, text.as_bytes());
        Ok(text)
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        let file = self.path(path);
        self.progress.expect(file.metadata().map_or(0, |facts| facts.len()));
        let told = self.inputs.map(|inputs| (inputs, path.to_owned()));
        Box::new(OnDisk { name: self.name(path), file, told })
    }

    fn progress(&self, stage: &str, bytes: u64) {
        self.progress.tell(stage, bytes);
    }

    fn records(&self, poll: &str) -> io::Result<Vec<String>> {
        self.private.as_ref().map_or(Ok(Vec::new()), |own| private::records(&own.join(poll)))
    }

    fn secret(&self) -> io::Result<Secret> {
        if let Some(secret) = self.secret.get() {
            return Ok(secret.clone());
        }
        let made = private::random()?;
        Ok(self.secret.get_or_init(|| made).clone())
    }
}

/// A data file.
struct OnDisk<'a> {
    name: String,
    file: PathBuf,
    /// Who is told when it is read, and of what path.
    told: Option<(&'a Inputs, String)>,
}

impl Delivery for OnDisk<'_> {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        if let Some((inputs, path)) = &self.told {
            inputs.meet(path, &self.file)?;
        }
        let mut file = File::open(&self.file)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::other("it is a folder"));
        }
        if offset > 0 {
            file.seek(SeekFrom::Start(offset))?;
        }
        Ok(Box::new(file))
    }
}

/// A path without `.` and, where a name stands before it, without `..`.
pub(super) fn plain(path: &Path) -> PathBuf {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::plain;
    use std::path::Path;

    #[test]
    fn paths_are_shown_as_short_as_they_can_be() {
        let shown = |path| plain(Path::new(path)).to_string_lossy().into_owned();
        assert_eq!(shown("samples/a/../../schemas/b.toml"), "schemas/b.toml");
        assert_eq!(shown("./a/./b.csv"), "a/b.csv");
        assert_eq!(shown("../../b.csv"), "../../b.csv");
    }
}
