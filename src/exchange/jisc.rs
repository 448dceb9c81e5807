//! The key of a Jisc Online Surveys export: its CSV goes in, the text of our own schema
//! comes out, for the export with codes.
//!
//! A key has two columns. `"Q2","Pet"` is a question, `"1","Dogs"` behind it an answer of it
//! with its code; `"Q13_1","Red"` is an item of question 13, `"Q14_1_a","..."` an item of a
//! grid. What a key does not tell is said in comments: whether several answers could be
//! given, what an open question holds, and who was asked what.

use toml::{Table, Value};

use super::codes;
use super::draft::{Draft, Entry, question_key, unused};
use super::sheet::{Row, place, rows};
use crate::diagnostic::Finding;

const TOP: [&str; 3] = [
    "From the key of a Jisc Online Surveys export. It goes with the export that holds codes (`3`), \
     not with the one that holds labels (`Pay`).",
    "A key does not tell who was asked what: add `asked_if` where questions were routed past, so \
     that their bases are right.",
    "Nor does it tell whether several answers could be chosen. If so, each answer has a column \
     that holds 1 or 0: say `kind = \"multi\"`, `picked = [\"1\"]`, `not_picked = [\"0\"]`, and give \
     each answer its `column` instead of the question.",
];

/// The column that names each response.
const KEY: &str = "URN";

/// What stands under a question in the key.
struct Block<'k> {
    code: &'k str,
    title: &'k str,
    answers: Vec<Answer<'k>>,
    items: Vec<Item<'k>>,
}

/// An answer's code and label.
type Answer<'k> = (&'k str, &'k str);

struct Item<'k> {
    code: &'k str,
    label: &'k str,
    answers: Vec<Answer<'k>>,
}

/// Reads a key and writes it as a schema of ours. `file` is its name for messages.
///
/// # Errors
/// Everything that is wrong with the key, each with its line.
pub fn from_jisc_key(file: &str, text: &str) -> Result<String, Vec<Finding>> {
    let rows = rows(file, text, b',')?;
    let blocks = blocks(file, &rows)?;
    let mut draft = Draft {
        notes: TOP.map(str::to_owned).to_vec(),
        id: "questionnaire".to_owned(),
        ..Draft::default()
    };
    draft.source.insert("dialect".to_owned(), "jisc".into());
    draft.source.insert("dates".to_owned(), "%d/%m/%Y".into());
    let (keys, questions): (Vec<_>, Vec<_>) = blocks.iter().partition(|b| b.code == KEY);
    if !keys.is_empty() {
        let key = Table::from_iter([("column".to_owned(), Value::from(KEY))]);
        draft.source.insert("key".to_owned(), key.into());
    }
    for block in questions {
        let free = |key: &String| draft.questions.iter().all(|entry| entry.key != *key);
        let key = unused(&question_key(block.title), free);
        draft.questions.push(entry(key, block));
    }
    Ok(draft.text())
}

fn blocks<'k>(file: &str, rows: &'k [Row]) -> Result<Vec<Block<'k>>, Vec<Finding>> {
    let mut blocks: Vec<Block<'k>> = Vec::new();
    let mut findings = Vec::new();
    for row in rows {
        let (code, label) = (row.cell(0), row.cell(1));
        let number = !code.is_empty() && code.chars().all(|c| c.is_ascii_digit());
        match blocks.last_mut() {
            Some(block) if number => block.answer((code, label)),
            None if number => findings.push(orphan(file, row)),
            Some(block) if block.holds(code) => {
                block.items.push(Item { code, label, answers: Vec::new() });
            }
            _ => blocks.push(Block { code, title: label, answers: vec![], items: vec![] }),
        }
    }
    if blocks.is_empty() && findings.is_empty() {
        let finding = Finding::new(&codes::TABLE, "the key is empty").at(place(file, 1, ""));
        findings.push(finding.help("export the key again"));
    }
    if findings.is_empty() { Ok(blocks) } else { Err(findings) }
}

fn orphan(file: &str, row: &Row) -> Finding {
    Finding::new(&codes::ORPHAN, "an answer stands before any question")
        .at(place(file, row.line, ""))
        .value(row.cell(1))
        .help("export the key again and leave it as it is")
}

impl<'k> Block<'k> {
    /// Whether a code is that of an item: the question's, `_`, and more.
    fn holds(&self, code: &str) -> bool {
        code.strip_prefix(self.code).is_some_and(|rest| rest.starts_with('_'))
    }

    fn answer(&mut self, answer: Answer<'k>) {
        match self.items.last_mut() {
            Some(item) => item.answers.push(answer),
            None => self.answers.push(answer),
        }
    }

    /// Whether items were put in order: those of a ranking have a number only, and a place
    /// for each item.
    fn ranked(&self) -> bool {
        let numbered = |item: &Item<'_>| item.code.matches('_').count() == 1;
        self.items.iter().all(|item| numbered(item) && item.answers.len() == self.items.len())
    }
}

fn entry(key: String, block: &Block<'_>) -> Entry {
    let mut notes = Vec::new();
    let mut table = Table::new();
    let kind = kind(block, &mut notes);
    table.insert("kind".to_owned(), kind.into());
    table.insert("title".to_owned(), block.title.into());
    if block.items.is_empty() {
        table.insert("column".to_owned(), block.code.into());
    } else {
        let rows = block.items.iter().map(item).collect();
        table.insert("rows".to_owned(), Value::Array(rows));
    }
    let grid = block.items.first().map(|item| &item.answers).filter(|_| kind == "grid");
    let list = grid.unwrap_or(&block.answers);
    if !list.is_empty() {
        table.insert("categories".to_owned(), categories(list).into());
    }
    Entry { key, notes, table }
}

fn kind(block: &Block<'_>, notes: &mut Vec<String>) -> &'static str {
    if !block.items.is_empty() && block.ranked() {
        return "rank";
    }
    if let [first, rest @ ..] = block.items.as_slice() {
        if first.answers.is_empty() || rest.iter().any(|item| item.answers != first.answers) {
            notes.push(
                "The items do not have one list of answers: correct the list.".to_owned(),
            );
        }
        return "grid";
    }
    if block.answers.is_empty() {
        notes.push("Open: say `number` or `date` if it holds one.".to_owned());
        return "text";
    }
    let (code, count) = (block.code, block.answers.len());
    if count > 1 {
        notes.push(format!("Several answers? Then in columns `{code}_1` to `{code}_{count}`."));
    }
    "single"
}

fn item(item: &Item<'_>) -> Value {
    let entries = [("label", item.label), ("column", item.code)];
    Table::from_iter(entries.map(|(key, value)| (key.to_owned(), Value::from(value)))).into()
}

fn categories(answers: &[Answer<'_>]) -> Vec<Value> {
    let category = |(code, label): &Answer<'_>| {
        let entries = [("value", *code), ("label", *label)];
        Table::from_iter(entries.map(|(k, v)| (k.to_owned(), Value::from(v)))).into()
    };
    answers.iter().map(category).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::loaded;
    use super::from_jisc_key;

    const KEY: &str = "\"URN\",\"Unique Response Number\"\r\n\"Q1\",\"Role\"\r\n\"1\",\"Teacher\"\r\n\
        \"2\",\"Leader\"\r\n\"Q2\",\"Hours\"\r\n\"Q3\",\"First\"\r\n\"Q3_1\",\"Pay\"\r\n\"1\",\"Best\"\r\n\
        \"2\",\"Next\"\r\n\"Q3_2\",\"Time\"\r\n\"1\",\"Best\"\r\n\"2\",\"Next\"\r\n\"Q4\",\"Views\"\r\n\
        \"Q4_1_a\",\"I am heard\"\r\n\"1\",\"Yes\"\r\n\"2\",\"No\"\r\n\"Q4_2_a\",\"I am paid\"\r\n\
        \"1\",\"Yes\"\r\n\"2\",\"No\"\r\n\"Q5\",\"Role\"\r\n\"1\",\"A\"\r\n\"2\",\"B\"\r\n";

    #[test]
    fn a_key_becomes_a_schema() {
        let text = from_jisc_key("key.csv", KEY).expect("readable");
        let start = text.find("[source]").expect("a table");
        insta::assert_snapshot!(text[start..], @r#"
        [source]
        dialect = "jisc"
        dates = "%d/%m/%Y"
        key = { column = "URN" }

        # Several answers? Then in columns `Q1_1` to `Q1_2`.
        [question.role]
        kind = "single"
        title = "Role"
        column = "Q1"
        categories = [{ value = "1", label = "Teacher" }, { value = "2", label = "Leader" }]

        # Open: say `number` or `date` if it holds one.
        [question.hours]
        kind = "text"
        title = "Hours"
        column = "Q2"

        [question.first]
        kind = "rank"
        title = "First"
        rows = [{ label = "Pay", column = "Q3_1" }, { label = "Time", column = "Q3_2" }]

        [question.views]
        kind = "grid"
        title = "Views"
        rows = [{ label = "I am heard", column = "Q4_1_a" }, { label = "I am paid", column = "Q4_2_a" }]
        categories = [{ value = "1", label = "Yes" }, { value = "2", label = "No" }]

        # Several answers? Then in columns `Q5_1` to `Q5_2`.
        [question.role_2]
        kind = "single"
        title = "Role"
        column = "Q5"
        categories = [{ value = "1", label = "A" }, { value = "2", label = "B" }]
        "#);
        loaded(&text);
    }

    #[test]
    fn an_answer_without_a_question_is_refused_with_its_line() {
        let findings = from_jisc_key("key.csv", "\n\"1\",\"Dogs\"\n").expect_err("a finding");
        assert_eq!(findings[0].code.id, "S008");
        assert_eq!(findings[0].place.as_ref().and_then(|p| p.line), Some(2));
        assert_eq!(from_jisc_key("key.csv", "").expect_err("empty")[0].code.id, "S005");
    }
}
