//! A schema of ours that is being written: tables of TOML values go in, the text of the
//! schema comes out, with lists of answers that several questions share written once and an
//! id for every answer that needs one.
//!
//! Knows which keys a question may have; never what foreign format they came from.

mod ids;
mod layout;
mod share;

use toml::{Table, Value};

/// A schema that is being written.
#[derive(Default)]
pub(super) struct Draft {
    /// What is said at the top.
    pub(super) notes: Vec<String>,
    /// Names the questionnaire.
    pub(super) id: String,
    /// The table `[source]`.
    pub(super) source: Table,
    /// The table `[quality]`.
    pub(super) quality: Table,
    /// In the order of the questionnaire.
    pub(super) questions: Vec<Entry>,
}

/// One question that is being written.
pub(super) struct Entry {
    /// Its key.
    pub(super) key: String,
    /// What has no counterpart here, and what somebody has to decide.
    pub(super) notes: Vec<String>,
    /// Its table.
    pub(super) table: Table,
}

impl Draft {
    /// The text of the schema.
    pub(super) fn text(mut self) -> String {
        for entry in &mut self.questions {
            ids::give(&mut entry.table);
        }
        let scales = share::share(&mut self.questions);
        let mut lines = Vec::new();
        layout::comment(&mut lines, &self.notes);
        layout::entry(&mut lines, "format", &Value::Integer(1));
        layout::entry(&mut lines, "id", &Value::String(self.id));
        layout::section(&mut lines, "source", &[], &self.source);
        layout::section(&mut lines, "quality", &[], &self.quality);
        for (name, scale) in &scales {
            layout::section(&mut lines, &format!("scale.{}", layout::key(name)), &[], scale);
        }
        for entry in &self.questions {
            let heading = format!("question.{}", layout::key(&entry.key));
            layout::section(&mut lines, &heading, &entry.notes, &entry.table);
        }
        lines.join("\n") + "\n"
    }
}

/// The name itself, or with the first number behind it that makes it free.
pub(super) fn unused(name: &str, free: impl Fn(&String) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{name}_{number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(free).unwrap_or_default()
}

/// A key for a question, made of a header or a label: lower case Latin letters and digits,
/// every run of other characters one `_`, a letter first.
pub(super) fn question_key(name: &str) -> String {
    let mut key = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            key.push(c);
        } else if !key.is_empty() && !key.ends_with('_') {
            key.push('_');
        }
    }
    let key: String = key.chars().take(48).collect();
    let key = key.trim_end_matches('_');
    match key.chars().next() {
        Some(first) if first.is_ascii_lowercase() => key.to_owned(),
        Some(_) => format!("q_{key}"),
        None => "question".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Entry, question_key};
    use toml::{Table, Value};

    fn table(text: &str) -> Table {
        text.parse().expect("a table")
    }

    fn entry(key: &str, text: &str) -> Entry {
        Entry { key: key.to_owned(), notes: Vec::new(), table: table(text) }
    }

    #[test]
    fn lists_that_questions_share_are_written_once() {
        let list =
            "kind = \"single\"\ncategories = [\"Yes\", \"No\"]\nnonsubstantive = [\"?\"]";
        let own = "kind = \"single\"\ncategories = [\"Yes\", \"No\"]";
        let questions = vec![entry("a", list), entry("b", list), entry("c", own)];
        let draft = Draft { id: "x".to_owned(), questions, ..Draft::default() };
        insta::assert_snapshot!(draft.text(), @r#"
        format = 1
        id = "x"

        [scale.yes_no]
        categories = ["Yes", "No"]
        nonsubstantive = [{ label = "?", id = "answer" }]

        [question.a]
        kind = "single"
        scale = "yes_no"

        [question.b]
        kind = "single"
        scale = "yes_no"

        [question.c]
        kind = "single"
        categories = ["Yes", "No"]
        "#);
    }

    #[test]
    fn whatever_a_text_holds_it_can_be_read_again() {
        let odd = "a \"quoted\" 'word' \\ é \u{7f}\n# [x]\r";
        let mut table = Table::new();
        table.insert("title".to_owned(), Value::String(odd.to_owned()));
        table.insert("aliases".to_owned(), Value::Array(vec![Value::String(odd.into()); 9]));
        let mut nets = Table::new();
        nets.insert("a.b \"c\"".to_owned(), Value::Array(vec![Value::String(odd.into()); 9]));
        table.insert("nets".to_owned(), Value::Table(nets));
        let notes = vec![odd.to_owned()];
        let questions = vec![Entry { key: "a".to_owned(), notes, table: table.clone() }];
        let text = Draft { id: odd.to_owned(), questions, ..Draft::default() }.text();
        let read: Table = text.parse().expect("TOML");
        assert_eq!(read["id"].as_str(), Some(odd));
        assert_eq!(read["question"]["a"], Value::Table(table));
    }

    #[test]
    fn any_name_gives_a_key() {
        assert_eq!(question_key("How often?"), "how_often");
        assert_eq!(question_key("1. Pet"), "q_1_pet");
        assert_eq!(question_key("¿?"), "question");
        assert_eq!(question_key("Wŷr"), "w_r");
    }
}
