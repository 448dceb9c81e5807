//! Ids for answers and items whose labels give none, or the same one: `C`, `C#` and `C++`.

use indexmap::IndexSet;
use toml::{Table, Value};

use super::unused;
use crate::questionnaire::slug;

/// Gives ids where the labels of a question's answers or items do not do.
pub(super) fn give(table: &mut Table) {
    for keys in [["categories", "nonsubstantive"].as_slice(), &["rows"]] {
        let mut taken: IndexSet<String> = IndexSet::new();
        for key in keys {
            let list = table.get_mut(*key).and_then(Value::as_array_mut);
            for answer in list.into_iter().flatten() {
                give_one(answer, &mut taken);
            }
        }
    }
}

fn give_one(answer: &mut Value, taken: &mut IndexSet<String>) {
    let own = answer.get("id").and_then(Value::as_str).map(str::to_owned);
    let label = answer.get("label").or_else(|| answer.get("value")).unwrap_or(answer);
    let Some(label) = label.as_str().map(str::to_owned) else { return };
    let usual = own.clone().unwrap_or_else(|| slug(&label));
    let stem = if usual.is_empty() { "answer" } else { &usual };
    let id = unused(stem, |id| !taken.contains(id));
    if own.is_none() && id != usual {
        let mut entries = match answer.as_table() {
            Some(entries) => entries.clone(),
            None => Table::from_iter([("label".to_owned(), Value::from(label))]),
        };
        entries.insert("id".to_owned(), Value::from(id.as_str()));
        *answer = Value::Table(entries);
    }
    taken.insert(id);
}

#[cfg(test)]
mod tests {
    use super::give;
    use toml::Table;

    #[test]
    fn answers_that_would_have_one_id_get_their_own() {
        let text = "categories = [\"C\", { label = \"C#\", value = \"2\" }, \"+\"]\n\
                    nonsubstantive = [\"c\", { label = \"C++\", id = \"c_plus_plus\" }]\n\
                    rows = [\"C\"]";
        let mut table: Table = text.parse().expect("a table");
        give(&mut table);
        insta::assert_snapshot!(table, @r#"
        categories = ["C", { label = "C#", value = "2", id = "c_2" }, { label = "+", id = "answer" }]
        rows = ["C"]

        [[nonsubstantive]]
        label = "c"
        id = "c_3"

        [[nonsubstantive]]
        label = "C++"
        id = "c_plus_plus"
        "#);
    }
}
