//! Ground floor: the form of TOML files.
//!
//! Takes the text of a file and the struct that it should fill; gives the struct, and a
//! finding with line, character and remedy for **every** key, value or word that does not
//! fit. Also gives [`Spanned`], [`Lines`] and [`place`], so that other rooms can point into
//! the text, [`nearest()`] for "did you mean", and [`json_schema`] for editors. Knows
//! `diagnostic` only: what the keys mean is the business of the rooms that own the structs.
//! Never opens a file.

mod codes;
mod json;
mod lines;
mod nearest;
mod spanned;
mod syntax;
#[cfg(test)]
pub(crate) mod testing;
mod tree;
mod words;

use serde::de::DeserializeOwned;
use toml::de::{DeTable, DeValue, Deserializer, Error};

pub use codes::{CODES, SYNTAX, UNKNOWN_KEY, UNKNOWN_WORD, WRONG_TYPE};
pub use json::json_schema;
pub use lines::{Lines, place};
pub use nearest::nearest;
pub use spanned::Spanned;

use crate::diagnostic::{Finding, Findings, Place};

/// The file as it was, to say where things are in it while they are taken out.
struct Whole<'t> {
    file: &'t str,
    lines: Lines<'t>,
    tree: DeTable<'t>,
}

/// Reads a TOML text into a struct whose keys are all optional.
///
/// What does not fit is left out and recorded as an error in `findings`, in the order of
/// the text; a number, date or truth value where text is wanted is recorded and kept as
/// text. The caller stops after it has said what else is missing.
///
/// # Errors
/// `None` if the text is not TOML (`Q001`); nothing else is checked then, since one open
/// bracket changes the meaning of all that follows. `None` as well if a fault cannot be
/// tied to an entry of the file, which a struct of optional keys does not bring about.
pub fn parse<T: DeserializeOwned>(
    file: &str,
    text: &str,
    findings: &mut Findings,
) -> Option<T> {
    let lines = Lines::new(text);
    let (mut root, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let broken = syntax::findings(file, &lines, root.get_ref(), &errors);
        for finding in broken {
            findings.push(finding);
        }
        return None;
    }
    let whole = Whole { file, lines, tree: root.get_ref().clone() };
    let mut found = Vec::new();
    let parsed = fill(&mut root, |root, error| {
        found.push(set_aside(root.get_mut(), error, &whole)?);
        Some(())
    });
    found.sort_by_key(|(at, _)| *at);
    for (_, finding) in found {
        findings.push(finding);
    }
    if let Err(error) = &parsed {
        let finding = Finding::new(&WRONG_TYPE, error.message());
        findings.push(finding.at(Place::file(file)));
    }
    parsed.ok()
}

/// Fills the struct as often as it takes: serde stops at the first fault, so each fault
/// is set aside and the rest is tried again. Every round takes one fault out of the tree,
/// so there is an end to it.
fn fill<'i, T: DeserializeOwned>(
    root: &mut toml::Spanned<DeTable<'i>>,
    mut set_aside: impl FnMut(&mut toml::Spanned<DeTable<'i>>, &Error) -> Option<()>,
) -> Result<T, Error> {
    loop {
        match T::deserialize(Deserializer::from(root.clone())) {
            Ok(value) => return Ok(value),
            Err(error) => set_aside(root, &error).ok_or(error)?,
        }
    }
}

/// Takes the entry that an error is about out of the tree, or gives it the quotation
/// marks that it lacks. Gives its offset and the finding.
fn set_aside(
    root: &mut DeTable<'_>,
    error: &Error,
    whole: &Whole<'_>,
) -> Option<(usize, Finding)> {
    let (message, span) = (error.message(), error.span()?);
    let way = |tree: &DeTable<'_>| tree::find(tree, &span, &|value| fits(message, value));
    let seen = way(&whole.tree)?; // items keep the numbers that the reader counts
    let (_, parent) = seen.split_last()?;
    let (path, parent) = (tree::path(&seen), tree::path(parent));
    let way = way(root)?;
    let value = tree::entry(root, &way)?;
    let source = whole.lines.text(&value.span()).to_owned();
    let about = words::Entry {
        parent: &parent,
        path: &path,
        key: tree::key(&seen),
        value: value.get_ref(),
        source: &source,
    };
    let place = whole.lines.place(whole.file, span.clone(), &path);
    let finding = words::finding(message, &about).at(place);
    if words::lacks_quotes(message, value.get_ref()) {
        *value.get_mut() = DeValue::String(source.into());
    } else if !tree::remove(root, &way) {
        return None;
    }
    Some((span.start, finding))
}

/// Whether an error can be about a value. A list of tables and its first table begin at
/// the same heading, so the span alone does not tell them apart.
fn fits(message: &str, value: &DeValue<'_>) -> bool {
    if message.starts_with("invalid type: map") {
        return matches!(value, DeValue::Table(_) | DeValue::Datetime(_));
    }
    !message.starts_with("invalid type: sequence") || value.is_array()
}

#[cfg(test)]
mod tests;
