//! A poll in memory, run from three texts to its files: what tests of tables look at.
//!
//! Gives the values of `results.csv` and the tables of the page as text. Judges nothing.

use std::fmt::Write as _;
use std::io::{self, Cursor, Read};

use pollsmith::diagnostic::{Findings, concise};
use pollsmith::pipeline::{self, Delivery, Options, Secret, World};
use regex::Regex;

/// Three texts by their names.
struct Texts<'a>([(&'static str, &'a str); 3]);

struct Text<'a>(&'a str);

impl Delivery for Text<'_> {
    fn name(&self) -> &'static str {
        "data.csv"
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

/// What was published, and what was said.
pub(crate) struct Book {
    records: Vec<csv::StringRecord>,
    header: csv::StringRecord,
    page: String,
    /// Every finding, a line each.
    pub(crate) said: String,
}

/// The head of a poll file; `more` begins with what belongs to `[method]`.
pub(crate) fn poll(profile: &str, more: &str) -> String {
    format!(
        "format = 1\nid = \"made-up\"\ntitle = \"Made up\"\nschema = \"schema.toml\"\n\
         data = [\"data.csv\"]\n[method]\nsampling = \"nonprobability\"\n{more}\n\
         [disclosure]\nprofile = \"{profile}\"\n"
    )
}

/// Publishes, or says why nothing is published.
pub(crate) fn publish(schema: &str, poll: &str, data: &str) -> Result<Book, String> {
    let schema = format!("format = 1\nid = \"made-up\"\n{schema}");
    let world = Texts([("poll.toml", poll), ("schema.toml", &schema), ("data.csv", data)]);
    let mut findings = Findings::default();
    let run = pipeline::run(&world, "poll.toml", &Options::default(), &mut findings);
    let lines: Vec<String> = findings.list().iter().map(concise).collect();
    let said = lines.join("\n");
    let Ok(run) = run else { return Err(said) };
    let file = |name: &str| {
        let file = run.bundle.files.iter().find(|file| file.path == name);
        String::from_utf8(file.expect("it is published").bytes.clone()).expect("text")
    };
    let (results, page) = (file("results.csv"), file("report.html"));
    let mut reader = csv::Reader::from_reader(results.as_bytes());
    let header = reader.headers().expect("headers").clone();
    let records = reader.records().map(|record| record.expect("a record")).collect();
    Ok(Book { records, header, page, said })
}

impl Book {
    /// A field of the record of a figure.
    pub(crate) fn field(&self, (table, answer, group): (&str, &str, &str), name: &str) -> &str {
        let at = |name: &str| {
            self.header.iter().position(|header| header == name).expect("a column")
        };
        let (table_at, answer_at, group_at, item_at) =
            (at("table"), at("answer"), at("group"), at("item"));
        let (answer, item) = answer.split_once(" / ").map_or((answer, ""), |(i, a)| (a, i));
        let found: Vec<&csv::StringRecord> = self
            .records
            .iter()
            .filter(|r| r[table_at] == *table && r[answer_at] == *answer)
            .filter(|r| r[group_at] == *group && r[item_at] == *item)
            .collect();
        assert_eq!(found.len(), 1, "records of {table}, {item}, {answer}, {group}");
        &found[0][at(name)]
    }

    /// The value of a figure; `Item / Answer` in a battery.
    pub(crate) fn value(&self, table: &str, answer: &str, group: &str) -> f64 {
        let field = self.field((table, answer, group), "value");
        field.parse().unwrap_or_else(|_| panic!("{table}, {answer}, {group}: `{field}`"))
    }

    /// A table of the page: its heads, its rows and its foot, a line each.
    pub(crate) fn table(&self, name: &str) -> String {
        let table = self.markup(name);
        let row = Regex::new(r"(?s)<tr.*?</tr>").expect("a pattern");
        let cell = Regex::new(r"(?s)<t[hd][^>]*>(.*?)</t[hd]>").expect("a pattern");
        let mut text = String::new();
        for row in row.find_iter(table) {
            let cells = cell.captures_iter(row.as_str()).map(|cell| plain(&cell[1]));
            writeln!(text, "{}", cells.collect::<Vec<_>>().join(" | ")).expect("a string");
        }
        text
    }

    /// The caption of a table of the page, with what its marks mean.
    pub(crate) fn caption(&self, name: &str) -> String {
        let table = self.markup(name);
        let end = table.find("</caption>").expect("a caption");
        plain(&table[..end])
    }

    /// Whether the page has a table of that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.page.contains(&format!("<table id=\"table-{name}\""))
    }

    /// The whole page without its marks.
    pub(crate) fn words(&self) -> String {
        plain(&self.page)
    }

    fn markup(&self, name: &str) -> &str {
        let start = self.page.find(&format!("<table id=\"table-{name}\""));
        let start = start.unwrap_or_else(|| panic!("no table {name}"));
        let end = self.page[start..].find("</table>").expect("an end");
        &self.page[start..start + end]
    }
}

fn plain(markup: &str) -> String {
    let tag = Regex::new(r"(?s)<style.*?</style>|<[^>]*>").expect("a pattern");
    let text = tag.replace_all(markup, "").replace("&amp;", "&").replace("&lt;", "<");
    text.replace("&gt;", ">").replace("&quot;", "\"")
}

/// Lines of a file of answers: a header, then each row as often as it says.
pub(crate) fn rows(header: &str, rows: &[(&str, usize)]) -> String {
    let lines = rows.iter().flat_map(|(row, times)| std::iter::repeat_n(*row, *times));
    std::iter::once(header).chain(lines).fold(String::new(), |text, line| text + line + "\n")
}

/// Whether two numbers are the same but for rounding.
pub(crate) fn close(got: f64, want: f64) {
    let size = want.abs().max(1.0);
    assert!((got - want).abs() <= 1e-11 * size, "{got} is not {want}");
}
