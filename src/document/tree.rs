//! The tree of a TOML text, in which every key and value knows its span: finds the entry
//! that stands at a span, says what it is, takes it out.
//!
//! Knows nothing of findings or of what the file means.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// One step from a table or list to what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Item(usize),
}

/// The way to the outermost entry whose key or value has the given span and is of a
/// wanted kind. `None` if there is none.
pub(super) fn find(
    table: &DeTable<'_>,
    span: &Range<usize>,
    wanted: &dyn Fn(&DeValue<'_>) -> bool,
) -> Option<Vec<Step>> {
    table.iter().find_map(|(key, value)| {
        let here = key.span() == *span || value.span() == *span;
        let step = Step::Key(key.get_ref().to_string());
        if here && wanted(value.get_ref()) {
            return Some(vec![step]);
        }
        below(value.get_ref(), span, wanted).map(|rest| prepend(step, rest))
    })
}

/// The same among the items of a list or the entries of a table.
fn below(
    value: &DeValue<'_>,
    span: &Range<usize>,
    wanted: &dyn Fn(&DeValue<'_>) -> bool,
) -> Option<Vec<Step>> {
    match value {
        DeValue::Table(table) => find(table, span, wanted),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(number, item)| {
            let step = Step::Item(number);
            if item.span() == *span && wanted(item.get_ref()) {
                return Some(vec![step]);
            }
            below(item.get_ref(), span, wanted).map(|rest| prepend(step, rest))
        }),
        _ => None,
    }
}

fn prepend(step: Step, rest: Vec<Step>) -> Vec<Step> {
    std::iter::once(step).chain(rest).collect()
}

/// The entry at the end of a way, to be changed in place.
pub(super) fn entry<'t, 'i>(
    table: &'t mut DeTable<'i>,
    way: &[Step],
) -> Option<&'t mut Spanned<DeValue<'i>>> {
    let (first, rest) = way.split_first()?;
    let Step::Key(key) = first else { return None };
    rest.iter().try_fold(table.get_mut(key.as_str())?, |value, step| {
        match (step, value.get_mut()) {
            (Step::Key(key), DeValue::Table(table)) => table.get_mut(key.as_str()),
            (Step::Item(number), DeValue::Array(items)) => items.get_mut(*number),
            _ => None,
        }
    })
}

/// Takes the entry at the end of a way out of the tree. Says whether there was one.
pub(super) fn remove(table: &mut DeTable<'_>, way: &[Step]) -> bool {
    if let [Step::Key(key)] = way {
        return table.remove(key.as_str()).is_some();
    }
    let Some((last, parent)) = way.split_last() else { return false };
    match (last, entry(table, parent).map(Spanned::get_mut)) {
        (Step::Key(key), Some(DeValue::Table(table))) => table.remove(key.as_str()).is_some(),
        (Step::Item(number), Some(DeValue::Array(items))) => remove_item(items, *number),
        _ => false,
    }
}

fn remove_item(items: &mut DeArray<'_>, number: usize) -> bool {
    let before = items.len();
    let all = std::mem::replace(items, DeArray::new());
    let kept = all.into_iter().enumerate().filter(|(at, _)| *at != number);
    *items = kept.map(|(_, item)| item).collect();
    items.len() < before
}

/// A way as it is written in TOML, with items of lists counted from 1:
/// `question.workload.categories[2]`.
pub(super) fn path(way: &[Step]) -> String {
    way.iter().fold(String::new(), |path, step| match step {
        Step::Item(number) => format!("{path}[{}]", number + 1),
        Step::Key(key) if path.is_empty() => written(key),
        Step::Key(key) => format!("{path}.{}", written(key)),
    })
}

/// The key at the end of a way; empty for an item of a list.
pub(super) fn key(way: &[Step]) -> &str {
    match way.last() {
        Some(Step::Key(key)) => key,
        _ => "",
    }
}

/// A key, in quotation marks if TOML wants them.
fn written(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { format!("\"{key}\"") }
}

/// What a value is, in words: "the number 3".
pub(super) fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "text".to_owned(),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(word) => format!("`{word}`"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a = 1\n[b.\"c d\"]\nlist = [1, { x = 2 }]\n[[e]]\nf = 3\n";

    /// The path of what stands at the first occurrence of a piece of the text.
    fn found(piece: &str) -> Option<String> {
        let start = TEXT.find(piece)?;
        let table = DeTable::parse(TEXT).unwrap().into_inner();
        find(&table, &(start..start + piece.len()), &|_| true).map(|way| path(&way))
    }

    #[test]
    fn entries_are_found_by_span() {
        assert_eq!(found("a").as_deref(), Some("a"));
        assert_eq!(found("list").as_deref(), Some("b.\"c d\".list"));
        assert_eq!(found("{ x = 2 }").as_deref(), Some("b.\"c d\".list[2]"));
        assert_eq!(found("x").as_deref(), Some("b.\"c d\".list[2].x"));
        assert_eq!(found("f").as_deref(), Some("e[1].f"));
        assert_eq!(found("ist"), None);
    }

    #[test]
    fn entries_are_taken_out() {
        let mut table = DeTable::parse(TEXT).unwrap().into_inner();
        let list = |step| {
            ["b", "c d", "list"]
                .map(|k| Step::Key(k.to_owned()))
                .into_iter()
                .chain([step])
                .collect::<Vec<_>>()
        };
        let first = list(Step::Item(0));
        assert_eq!(described(entry(&mut table, &first).unwrap().get_ref()), "the number 1");
        assert!(remove(&mut table, &first));
        assert_eq!(described(entry(&mut table, &first).unwrap().get_ref()), "a table");
        assert!(!remove(&mut table, &list(Step::Item(1))), "there is one item left");
        assert!(remove(&mut table, &[Step::Key("b".to_owned())]));
        assert!(entry(&mut table, &first).is_none());
    }
}
