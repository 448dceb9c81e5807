//! What an analyst would write for a case: data, schema and poll file as text.

use std::fmt::Write as _;

use pollsmith::prepare::Sample;
use toml::{Table, Value};

use super::data::{Column, Data};
use crate::rooms;

/// The three files while they are written.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    data: Data,
    design: Table,
    questions: Table,
}

impl Files {
    /// Begins with data, and a design as the poll file has it.
    pub(crate) fn new(data: Data, design: Table) -> Self {
        Self { data, design, questions: Table::new() }
    }

    pub(crate) fn data(&self) -> &Data {
        &self.data
    }

    /// Adds a question of kind `number` about numbers of one's own; gives its key.
    pub(crate) fn number(&mut self, numbers: &[f64]) -> String {
        let cell =
            |number: &f64| if number.is_nan() { String::new() } else { number.to_string() };
        let header = self.derive(numbers.iter().map(cell).collect());
        self.question(&header, "number", Table::new())
    }

    /// Adds a question with one answer of a list, of which each record has a place; gives
    /// its key.
    pub(crate) fn list(&mut self, codes: &[Option<usize>], labels: &[String]) -> String {
        let cell =
            |code: &Option<usize>| code.map_or(String::new(), |code| labels[code].clone());
        let header = self.derive(codes.iter().map(cell).collect());
        let category = |(place, label): (usize, &String)| {
            let id = Value::from(format!("answer_{place}"));
            Value::Table(Table::from_iter([
                ("label".to_owned(), Value::from(label.clone())),
                ("id".to_owned(), id),
            ]))
        };
        let categories = labels.iter().enumerate().map(category).collect();
        let more = Table::from_iter([("categories".to_owned(), Value::Array(categories))]);
        self.question(&header, "single", more)
    }

    /// What the rooms of the program make of the files.
    pub(crate) fn sample(&self) -> Result<Sample, String> {
        let schema = [
            "format = 1\nid = \"reference\"\n[source]\nunknown_columns = \"keep\"\n",
            &section("question", &self.questions),
        ]
        .concat();
        let poll = format!(
            "format = 1\nid = \"reference\"\ntitle = \"A case\"\nschema = \"schema.toml\"\n\
             data = [\"data.csv\"]\n{}",
            section("design", &self.design)
        );
        rooms::sample(&schema, &poll, &self.text())
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let columns = &self.data.columns;
        line(&mut text, columns.iter().map(|column| column.header.as_str()));
        for row in 0..self.data.rows {
            line(&mut text, columns.iter().map(|column| column.cells[row].as_str()));
        }
        text
    }

    /// Adds a column that the data file does not have; gives its header.
    fn derive(&mut self, cells: Vec<String>) -> String {
        let header = format!("column {} of the case", self.data.columns.len());
        self.data.columns.push(Column::new(&header, cells));
        header
    }

    /// The key is unlike any header, so that the design cannot mean it.
    fn question(&mut self, header: &str, kind: &str, more: Table) -> String {
        let key = format!("question_{}_of_the_case", self.questions.len());
        let mut question = more;
        question.insert("kind".to_owned(), Value::from(kind));
        question.insert("column".to_owned(), Value::from(header));
        self.questions.insert(key.clone(), Value::Table(question));
        key
    }
}

/// A table as it stands in a TOML file.
fn section(name: &str, table: &Table) -> String {
    Table::from_iter([(name.to_owned(), Value::Table(table.clone()))]).to_string()
}

/// One line of CSV; every cell is quoted.
fn line<'c>(text: &mut String, cells: impl Iterator<Item = &'c str>) {
    for (field, cell) in cells.enumerate() {
        let comma = if field > 0 { "," } else { "" };
        let _ = write!(text, "{comma}\"{}\"", cell.replace('"', "\"\""));
    }
    text.push('\n');
}
