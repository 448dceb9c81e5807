//! The worksheets before the tables: cover, contents and notes.
//!
//! May know the page's sections on the poll and on how to read it. Says nothing that the
//! page does not say.

use super::{Above, Body, Cell, Listed, Sheet, Source, said};
use crate::report::document::{Fact, Part, Section};
use crate::report::made_with;
use crate::report::print;
use crate::words::fill;

/// What the poll is and how it was done.
pub(super) fn cover(source: &Source<'_>, name: String, contents: &str) -> Sheet {
    let (poll, words) = (source.poll, source.words);
    let published = poll.published.map(|day| {
        let day = said(&vec![print::date(day, words)]);
        format!("{} {day}", words.published)
    });
    let plain = poll.organisation.clone().into_iter().chain(published).map(Above::Words);
    let told = [Some(source.about), source.section(words.method_id)].into_iter().flatten();
    let made = [
        Above::Heading(words.book_made.to_owned()),
        Above::Words(words.book_long.to_owned()),
        Above::Words(made_with(poll, words)),
    ];
    let above = source
        .marked()
        .chain(plain)
        .chain([Above::Link(words.contents.to_owned(), contents.to_owned())])
        .chain(told.flat_map(facts))
        .chain(made)
        .collect();
    Sheet { name, section: None, title: poll.title.clone(), above, body: Body::Empty }
}

/// A section's facts below its heading, a cell each.
fn facts(section: &Section) -> Vec<Above> {
    let heading = Above::Heading(section.title.clone());
    let facts = all_facts(section).flat_map(|fact| {
        let mut details = fact.details.iter().map(said);
        let first = details.next().map(|first| format!("{}: {first}", said(&fact.term)));
        first.into_iter().chain(details).map(Above::Words)
    });
    [heading].into_iter().chain(facts).collect()
}

fn all_facts(section: &Section) -> impl Iterator<Item = &Fact> {
    section.parts.iter().flat_map(|part| match part {
        Part::Facts(facts) => facts.as_slice(),
        _ => &[],
    })
}

fn details(fact: &Fact) -> String {
    fact.details.iter().map(said).collect::<Vec<_>>().join(" ")
}

/// A link to every table.
pub(super) fn contents<'s>(
    source: &Source<'_>,
    name: String,
    tables: impl Iterator<Item = &'s Sheet>,
) -> Sheet {
    let words = source.words;
    let rows = tables.map(|sheet| {
        let title = Cell::Words(sheet.title.clone());
        vec![Cell::Link(sheet.name.clone(), sheet.name.clone()), title]
    });
    let rows: Vec<_> = rows.collect();
    let table = Listed {
        name: "contents".to_owned(),
        description: words.contents_alt.to_owned(),
        heads: vec![words.sheet_head.to_owned(), words.sheet_title.to_owned()],
        rows,
    };
    let above = [Above::Words(words.one_table.to_owned())].into_iter().chain(source.marked());
    Sheet {
        name,
        section: None,
        title: words.contents.to_owned(),
        above: above.collect(),
        body: if table.rows.is_empty() { Body::Empty } else { Body::Listed(table) },
    }
}

/// Numbered notes, and the worksheet where they stand.
pub(super) struct Notes {
    /// The worksheet's name.
    pub(super) sheet: String,
    /// What each is about, and its sentences; the first is note 1.
    notes: Vec<(String, String)>,
}

impl Notes {
    /// All that the page says on how to read it, on whom it is about, how they were chosen,
    /// and what is hidden.
    pub(super) fn new(source: &Source<'_>, sheet: String) -> Self {
        let words = source.words;
        let reading = source.section(words.reading_id).into_iter().flat_map(all_facts);
        let reading = reading.filter(|fact| said(&fact.term) != words.shorthand);
        let method = source.section(words.method_id).into_iter().flat_map(all_facts);
        let who = [words.population, words.chosen, words.protection];
        let who = all_facts(source.about)
            .chain(method)
            .filter(|fact| who.contains(&said(&fact.term).as_str()));
        let notes = reading.chain(who).map(|fact| (said(&fact.term), details(fact)));
        Self { sheet, notes: notes.collect() }
    }

    /// The marker of a note, such as ` [note 2]`; nothing if there is no such note.
    pub(super) fn marker(&self, about: &str, source: &Source<'_>) -> String {
        let place = self.notes.iter().position(|(term, _)| term == about);
        place.map_or_else(String::new, |place| {
            fill(source.words.note_marker, &[("n", &(place + 1).to_string())])
        })
    }

    /// The worksheet.
    pub(super) fn sheet(self, source: &Source<'_>, contents: &str) -> Sheet {
        let words = source.words;
        let reading = source.section(words.reading_id).into_iter().flat_map(all_facts);
        let shorthand = reading.filter(|fact| said(&fact.term) == words.shorthand);
        let keys =
            shorthand.flat_map(|fact| &fact.details).map(|text| Above::Words(said(text)));
        let above = [Above::Words(words.one_table.to_owned())].into_iter();
        let above = above.chain(source.marked()).chain(keys);
        let back = Above::Link(words.to_contents.to_owned(), contents.to_owned());
        let row = |(number, (about, text)): (usize, (String, String))| {
            let name = fill(words.note_name, &[("n", &number.to_string())]);
            [name, about, text].map(Cell::Words).to_vec()
        };
        let heads = [words.note_head, words.note_about, words.note_text];
        let table = Listed {
            name: "notes".to_owned(),
            description: words.notes_alt.to_owned(),
            heads: heads.map(str::to_owned).to_vec(),
            rows: (1..).zip(self.notes).map(row).collect(),
        };
        Sheet {
            name: self.sheet,
            section: None,
            title: words.sheet_notes.to_owned(),
            above: above.chain([back]).collect(),
            body: Body::Listed(table),
        }
    }
}
