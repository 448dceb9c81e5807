//! The reports of all samples, published anew: their records, and their charts on the page
//! and in files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use crate::fonts::Fonts;
use crate::svg::Picture;

/// A record of `results.csv`, by the names of its columns.
pub(crate) type Record = BTreeMap<String, String>;

/// A published report.
pub(crate) struct Release {
    pub(crate) name: String,
    pub(crate) records: Vec<Record>,
    /// The charts of the page.
    pub(crate) page: Vec<Picture>,
    /// The files beside it.
    pub(crate) files: Vec<Picture>,
}

impl Release {
    fn read(folder: &Path, fonts: &Fonts) -> Self {
        let page = fs::read_to_string(folder.join("report.html")).unwrap();
        let mut files: Vec<PathBuf> = fs::read_dir(folder.join("charts"))
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default();
        files.retain(|path| path.extension().is_some_and(|kind| kind == "svg"));
        files.sort();
        let file = |path: &PathBuf| Picture::read(&fs::read_to_string(path).unwrap(), fonts);
        Self {
            name: folder.file_name().unwrap().to_string_lossy().into_owned(),
            records: records(&folder.join("results.csv")),
            page: charts(&page).into_iter().map(|svg| Picture::read(svg, fonts)).collect(),
            files: files.iter().map(file).collect(),
        }
    }

    /// Every picture, with words that say where it is.
    pub(crate) fn pictures<'a>(&'a self) -> impl Iterator<Item = (String, &'a Picture)> {
        let of = |kind: &'static str, pictures: &'a [Picture]| {
            pictures.iter().map(move |p| (format!("{}, {kind}, {}", self.name, p.name), p))
        };
        of("page", &self.page).chain(of("file", &self.files))
    }
}

/// Every report, made and read once.
pub(crate) fn all() -> &'static [Release] {
    static ALL: LazyLock<Vec<Release>> = LazyLock::new(read);
    &ALL
}

fn read() -> Vec<Release> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (reports, private) = (place.join("pictures"), place.join("pictures-private"));
    // What an earlier build released must not tell what this one hides.
    for folder in [&reports, &private].into_iter().filter(|folder| folder.exists()) {
        fs::remove_dir_all(folder).unwrap();
    }
    for poll in polls(&Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pollsmith"));
        command.arg("run").arg(&poll).arg("--out").arg(&reports);
        let end = command.arg("--private").arg(&private).output().unwrap();
        let said = String::from_utf8_lossy(&end.stderr);
        assert!(end.status.success(), "{}: {said}", poll.display());
    }
    let entries = fs::read_dir(reports).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("report.html").exists());
    folders.sort();
    let fonts = Fonts::load();
    folders.iter().map(|folder| Release::read(folder, &fonts)).collect()
}

/// The poll files below a folder.
fn polls(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let polls = files.into_iter().filter(|path| path.ends_with("poll.toml"));
    polls.chain(folders.iter().flat_map(|folder| self::polls(folder))).collect()
}

fn records(path: &Path) -> Vec<Record> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let named = |record: csv::StringRecord| {
        header.iter().zip(&record).map(|(n, f)| (n.to_owned(), f.to_owned())).collect()
    };
    reader.records().map(|record| named(record.unwrap())).collect()
}

/// The charts of a page as they stand in it.
fn charts(page: &str) -> Vec<&str> {
    let pieces = page.split("<svg ").skip(1);
    let starts = pieces.filter(|piece| piece.contains(" class=\"chart "));
    let whole = |piece: &str| {
        let start = piece.as_ptr() as usize - page.as_ptr() as usize - "<svg ".len();
        &page[start..][..page[start..].find("</svg>").unwrap() + "</svg>".len()]
    };
    starts.map(whole).collect()
}
