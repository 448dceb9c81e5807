//! "In their own words": what a person approved of what members wrote, by question.
//!
//! May know what was released. Takes texts as they are: `publish` escapes them.

use super::document::{Part, Quotation, Section, SectionKind, plain};
use crate::disclose::{Quote, Quoted, Released};
use crate::words::{Words, fill};

/// The section; none if nobody is quoted.
pub(super) fn section(released: &Released, words: &Words) -> Option<Section> {
    let quoted = released.quoted();
    let long = (!quoted.is_empty()).then(|| Part::Paragraph(plain(words.quotes_long)))?;
    let parts = quoted.iter().flat_map(|quoted| parts(quoted, words));
    Some(Section {
        id: words.quotes_id.to_owned(),
        kind: SectionKind::Reference,
        title: words.quotes.to_owned(),
        parts: [long].into_iter().chain(parts).collect(),
    })
}

fn parts(quoted: &Quoted, words: &Words) -> impl Iterator<Item = Part> {
    let asked = (quoted.text != quoted.title).then(|| words.in_quotes(&quoted.text));
    let quotes = quoted.quotes.iter();
    let quotes = quotes.map(|q| Quotation { text: q.text.clone(), by: by(q, words) });
    let heading = Part::Heading(quoted.title.clone());
    let asked = asked.map(|asked| Part::Paragraph(plain(asked)));
    [heading].into_iter().chain(asked).chain([Part::Quotes(quotes.collect())])
}

/// Who a member is, as far as it may be told.
pub(super) fn by(quote: &Quote, words: &Words) -> String {
    match &quote.attribute {
        Some(group) => fill(words.quoted_group, &[("group", group)]),
        None => words.quoted_member.to_owned(),
    }
}
