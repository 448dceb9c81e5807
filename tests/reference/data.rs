//! The data file of a case: columns of numbers and of answers, and conditions on them.

use std::path::Path;

use pollsmith::expression::{self, Codes, Columns, Expression};
use serde_json::Value;

use super::keys::{self, Keys};

/// The records, column by column.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    pub(crate) columns: Vec<Column>,
    /// How many records there are.
    pub(crate) rows: usize,
}

/// One column.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) header: String,
    /// Empty where the answer is missing.
    pub(crate) cells: Vec<String>,
    /// The numbers, if all cells that are not empty hold one.
    pub(crate) numbers: Option<Vec<f64>>,
    /// The distinct cells that are not empty, in the order of their numbers or letters.
    pub(crate) labels: Vec<String>,
    /// The place of each cell among the labels; their number if it is empty.
    pub(crate) codes: Vec<u16>,
}

/// Records that belong together, with the words for it.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) labels: Vec<String>,
    pub(crate) members: Vec<bool>,
}

impl Column {
    pub(crate) fn new(header: &str, cells: Vec<String>) -> Self {
        let given = || cells.iter().filter(|cell| !cell.is_empty());
        let is_number = given().count() > 0 && given().all(|cell| cell.parse::<f64>().is_ok());
        let number = |cell: &String| cell.parse().unwrap_or(f64::NAN);
        let mut labels: Vec<String> = given().cloned().collect();
        if is_number {
            labels.sort_by(|a, b| number(a).total_cmp(&number(b)));
        } else {
            labels.sort_by_key(|label| in_the_order_of_r(label));
        }
        labels.dedup();
        let code = |cell: &String| {
            let place = labels.iter().position(|label| label == cell);
            u16::try_from(place.unwrap_or(labels.len())).unwrap_or(u16::MAX)
        };
        Self {
            header: header.to_owned(),
            numbers: is_number.then(|| cells.iter().map(number).collect()),
            codes: cells.iter().map(code).collect(),
            labels,
            cells,
        }
    }

    /// Whether a record has the answer at a place of the list.
    pub(crate) fn is(&self, record: usize, place: usize) -> bool {
        usize::from(self.codes[record]) == place
    }

    /// Whether a record has any answer.
    pub(crate) fn is_answered(&self, record: usize) -> bool {
        usize::from(self.codes[record]) < self.labels.len()
    }

    /// The place of an answer; `2` and `2.0` are the same.
    pub(crate) fn place(&self, label: &str) -> Result<usize, String> {
        let same = |own: &String| own == label || (number(own) - number(label)).abs() == 0.0;
        let found = self.labels.iter().position(|own| own == label);
        found
            .or_else(|| self.labels.iter().position(same))
            .ok_or_else(|| format!("no record has the answer `{label}` in `{}`", self.header))
    }
}

fn number(text: &str) -> f64 {
    text.trim().parse().unwrap_or(f64::NAN)
}

/// Letters before their case, as in the languages in which R is used; in the order of the
/// bytes where they are the same.
fn in_the_order_of_r(label: &str) -> (String, String) {
    (label.to_lowercase(), label.to_owned())
}

impl Data {
    /// Reads a data file; `NA` is missing like nothing.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let words = |error: csv::Error| format!("{}: {error}", path.display());
        let mut reader = csv::Reader::from_path(path).map_err(words)?;
        let headers = reader.headers().map_err(words)?.clone();
        let records: Vec<_> = reader.records().collect::<Result<_, _>>().map_err(words)?;
        let column = |(field, header): (usize, &str)| {
            let cell = |record: &csv::StringRecord| match &record[field] {
                "NA" => String::new(),
                text => text.to_owned(),
            };
            Column::new(header, records.iter().map(cell).collect())
        };
        let columns = headers.iter().enumerate().map(column).collect();
        Ok(Self { columns, rows: records.len() })
    }

    pub(crate) fn column(&self, header: &str) -> Result<&Column, String> {
        let found = self.columns.iter().find(|column| column.header == header);
        found.ok_or_else(|| format!("the data have no column `{header}`"))
    }

    /// The numbers of a column; not a number where they are missing.
    pub(crate) fn numbers(&self, header: &str) -> Result<&[f64], String> {
        let numbers = self.column(header)?.numbers.as_deref();
        numbers.ok_or_else(|| format!("the column `{header}` does not hold numbers"))
    }

    /// The records of each combination of answers that occurs among some of them; all of
    /// these as one group if there are no columns.
    pub(crate) fn groups(&self, by: &[String], among: &[bool]) -> Result<Vec<Group>, String> {
        let mut groups = vec![Group { labels: Vec::new(), members: among.to_vec() }];
        for header in by {
            let column = self.column(header)?;
            let of = |group: &Group| -> Vec<Group> {
                (0..column.labels.len()).map(|place| group.narrowed(column, place)).collect()
            };
            groups = groups.iter().flat_map(of).collect();
        }
        groups.retain(|group| group.members.contains(&true));
        Ok(groups)
    }

    /// Which records meet a condition: in words, or an object with a column and answers.
    pub(crate) fn domain(&self, condition: Option<&Value>) -> Result<Vec<bool>, String> {
        match condition {
            None => Ok(vec![true; self.rows]),
            Some(Value::String(text)) => self.filtered(text),
            Some(object) => self.among(object),
        }
    }

    fn filtered(&self, condition: &str) -> Result<Vec<bool>, String> {
        let own = as_own(condition);
        let filter = |text: &str| Expression::parse(text)?.filter(self.rows, self);
        let found = filter(&own).or_else(|problem| match filter(&without_quotes(&own)) {
            Ok(found) => Ok(found),
            Err(_) => Err(problem),
        });
        found.map_err(|problem| format!("the domain `{condition}`: {}", problem.message))
    }

    fn among(&self, object: &Value) -> Result<Vec<bool>, String> {
        let keys = Keys::of(object)?;
        let (header, wanted) = match keys.text(&["var", "variable", "column"])? {
            Some(header) => {
                (header, keys.texts(&["equals", "in", "levels", "value", "values"])?)
            }
            None => match keys.only() {
                Some((header, value)) => (header.to_owned(), keys::texts(value)?),
                None => return Err(format!("the domain {object} is not understood")),
            },
        };
        keys.finish()?;
        let column = self.column(&header)?;
        let places: Vec<usize> =
            wanted.iter().map(|label| column.place(label)).collect::<Result<_, _>>()?;
        let inside = |record| places.iter().any(|place| column.is(record, *place));
        Ok((0..self.rows).map(inside).collect())
    }
}

impl Group {
    fn narrowed(&self, column: &Column, place: usize) -> Self {
        let members = self.members.iter().enumerate();
        Self {
            labels: [&self.labels[..], &[column.labels[place].clone()]].concat(),
            members: members
                .map(|(record, inside)| *inside && column.is(record, place))
                .collect(),
        }
    }
}

/// A condition of R as the program's language has it; what stands in quotes stays.
fn as_own(condition: &str) -> String {
    const SIGNS: [(&str, &str); 7] = [
        ("==", "="),
        ("&&", " and "),
        ("||", " or "),
        ("&", " and "),
        ("|", " or "),
        ("%in% c(", "in ("),
        ("%in%c(", "in ("),
    ];
    let mut own = String::new();
    let mut rest = condition;
    while let Some(first) = rest.chars().next() {
        if let Some((text, after)) = quoted(rest) {
            own.push_str(text);
            rest = after;
        } else if let Some((missing, after)) = missing(rest) {
            own.push_str(&missing);
            rest = after;
        } else if let Some((sign, word)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))
        {
            own.push_str(word);
            rest = &rest[sign.len()..];
        } else {
            match first {
                '`' => {}
                '!' if !rest.starts_with("!=") => own.push_str("not "),
                other => own.push(other),
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    own
}

/// A text in quotation marks at the beginning, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let end = text[1..].find(mark)? + 2;
    Some(text.split_at(end))
}

/// R's `is.na(x)` or `!is.na(x)` at the beginning, in own words, and what follows.
fn missing(text: &str) -> Option<(String, &str)> {
    let (inner, words) = match text.strip_prefix("!is.na(") {
        Some(inner) => (inner, "is not missing"),
        None => (text.strip_prefix("is.na(")?, "is missing"),
    };
    let (name, after) = inner.split_once(')')?;
    Some((format!("{} {words}", name.trim().trim_matches('`')), after))
}

/// Numbers in quotation marks as bare ones.
fn without_quotes(condition: &str) -> String {
    let mut bare = String::new();
    let mut rest = condition;
    while let Some(first) = rest.chars().next() {
        let (text, after) = quoted(rest).unwrap_or_else(|| rest.split_at(first.len_utf8()));
        let inner = text.trim_matches(['\'', '"']);
        bare.push_str(if inner.parse::<f64>().is_ok() { inner } else { text });
        rest = after;
    }
    bare
}

/// The data file as a filter sees it.
impl Columns for Data {
    fn column(&self, name: &str) -> Option<expression::Column<'_>> {
        let column = Data::column(self, name).ok()?;
        Some(match &column.numbers {
            Some(numbers) => expression::Column::Number(numbers),
            None => expression::Column::Category {
                codes: Codes::Word(&column.codes),
                labels: &column.labels,
                first_reason: column.labels.len(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_r_in_own_words() {
        let own =
            |condition| as_own(condition).split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(own("!is.na(a) & b != 'x & y'"), "a is not missing and b != 'x & y'");
        assert_eq!(own("!(a == 'x') || `b` %in% c('y')"), "not (a = 'x') or b in ('y')");
        assert_eq!(without_quotes("a = '2' or b = 'x'"), "a = 2 or b = 'x'");
    }
}
