//! A poll in memory, run from its texts to `results.csv`: all that the attacker is given.

use std::io::{self, Cursor, Read};

use pollsmith::diagnostic::{Findings, concise};
use pollsmith::pipeline::{self, Delivery, Options, Secret, World};

/// Three texts by their names.
struct Texts<'a>([(&'static str, &'a str); 3]);

struct Text<'a>(&'a str);

impl Delivery for Text<'_> {
    fn name(&self) -> &'static str {
        "replies.csv"
    }

    fn open(&self, offset: u64) -> io::Result<Box<dyn Read + '_>> {
        let mut bytes = Cursor::new(self.0.as_bytes());
        bytes.set_position(offset);
        Ok(Box::new(bytes))
    }
}

impl World for Texts<'_> {
    fn name(&self, path: &str) -> String {
        path.to_owned()
    }

    fn text(&self, path: &str) -> io::Result<String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| (*text).to_owned()).ok_or(io::ErrorKind::NotFound.into())
    }

    fn delivery(&self, path: &str) -> Box<dyn Delivery + '_> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        Box::new(Text(found.map_or("", |(_, text)| text)))
    }

    fn progress(&self, _stage: &str, _bytes: u64) {}

    fn secret(&self) -> io::Result<Secret> {
        Ok(Secret::new([7; 32]))
    }
}

/// A published figure: some columns of a record of `results.csv`.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) table: String,
    pub(crate) question: String,
    pub(crate) answer: String,
    pub(crate) banner: String,
    pub(crate) group: String,
    pub(crate) statistic: String,
    pub(crate) value: Option<f64>,
    pub(crate) status: String,
    pub(crate) base: Option<f64>,
}

/// Publishes; gives every figure, or what was said instead.
pub(crate) fn publish(schema: &str, poll: &str, replies: &str) -> Result<Vec<Record>, String> {
    let world = Texts([("poll.toml", poll), ("schema.toml", schema), ("replies.csv", replies)]);
    let mut findings = Findings::default();
    let run = pipeline::run(&world, "poll.toml", &Options::default(), &mut findings);
    let said = || findings.list().iter().map(concise).collect::<Vec<_>>().join("\n");
    let run = run.map_err(|error| format!("{error:?}: {}", said()))?;
    let results = run.bundle.files.iter().find(|file| file.path == "results.csv").unwrap();
    let mut reader = csv::Reader::from_reader(&results.bytes[..]);
    let header = reader.headers().unwrap().clone();
    let record = |record: csv::StringRecord| {
        let field = |name: &str| {
            record[header.iter().position(|column| column == name).unwrap()].to_owned()
        };
        Record {
            table: field("table"),
            question: field("question"),
            answer: field("answer"),
            banner: field("banner"),
            group: field("group"),
            statistic: field("statistic"),
            value: field("value").parse().ok(),
            status: field("status"),
            base: field("base").parse().ok(),
        }
    };
    Ok(reader.records().map(|fields| record(fields.unwrap())).collect())
}
