//! The worksheet of quotes: the question, what a member wrote, and who.

use super::names::Names;
use super::{Above, Body, Cell, Listed, Sheet, Source};
use crate::disclose::Quote;
use crate::report::quotes::by;
use crate::words::fill;

/// The worksheet; none if nobody is quoted.
pub(super) fn sheet(source: &Source<'_>, names: &mut Names, contents: &str) -> Option<Sheet> {
    let words = source.words;
    let quoted = source.released.quoted();
    let rows: Vec<Vec<Cell>> = quoted
        .iter()
        .flat_map(|quoted| {
            let row =
                |quote: &Quote| [quoted.title.clone(), quote.text.clone(), by(quote, words)];
            quoted.quotes.iter().map(row).map(|row| row.map(Cell::Words).to_vec())
        })
        .collect();
    let count = (!rows.is_empty()).then(|| rows.len().to_string())?;
    let heads = [words.quotes_question, words.quotes_text, words.quotes_by];
    let size = [("rows", count.as_str()), ("columns", "3")];
    let said = [words.one_table, words.quotes_long].map(|text| Above::Words(text.to_owned()));
    let back = Above::Link(words.to_contents.to_owned(), contents.to_owned());
    Some(Sheet {
        name: names.sheet(words.sheet_quotes),
        section: Some(words.quotes_id.to_owned()),
        title: words.quotes.to_owned(),
        above: said.into_iter().chain(source.marked()).chain([back]).collect(),
        body: Body::Listed(Listed {
            name: names.table(words.quotes_id),
            description: fill(words.table_alt, &size),
            heads: heads.map(str::to_owned).to_vec(),
            rows,
        }),
    })
}
