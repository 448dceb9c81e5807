//! A table as a page of a terminal: what was asked, what must be known to read the figures,
//! the figures, and who may read them.

use super::layout::bands;
use super::paint::Paint;
use super::wrap::wrap;
use crate::pipeline::table::Alone;

/// Lines of words are no longer than this, however wide the window.
const READABLE: usize = 100;

/// Everything, in lines no wider than the window.
pub(super) fn page(shown: &Alone, window: usize, paint: Paint) -> String {
    let words = window.min(READABLE);
    let mut parts: Vec<String> = Vec::new();
    for (nth, table) in shown.tables.iter().enumerate() {
        let asked = if nth == 0 { asked(shown, words) } else { String::new() };
        let caption = paragraph(&table.grid.caption, words, |line| paint.strong(line));
        let keys = table.grid.keys.iter();
        let keys = keys.map(|key| paragraph(key, words, |line| paint.faint(line)));
        parts.push(caption + &asked + &keys.collect::<String>());
        parts.extend(bands(table, window, paint));
    }
    let marks = shown.marks.iter();
    let marks = marks.map(|(short, sentence)| {
        paragraph(&format!("{short}: {sentence}"), words, |line| paint.warning(line))
    });
    parts.push(marks.collect());
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn asked(shown: &Alone, words: usize) -> String {
    let wording = shown.wording.iter().cloned();
    let sentences = wording.chain(shown.terms.iter().cloned());
    sentences.map(|sentence| paragraph(&sentence, words, str::to_owned)).collect()
}

fn paragraph(text: &str, columns: usize, paint: impl Fn(&str) -> String) -> String {
    wrap(text, columns).iter().map(|line| paint(line) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{crosstab, shown};
    use super::*;

    #[test]
    fn a_page_begins_with_what_was_asked_and_ends_with_who_may_read_it() {
        let page = page(&shown(crosstab()), 80, Paint(false));
        let paragraphs: Vec<&str> = page.split("\n\n").collect();
        insta::assert_snapshot!(paragraphs[0], @r"
        Pause adequate, by Phase and Role
        “Is the pause of two weeks enough?”
        One answer. Base: all who answered.
        ‡: fewer than 50 people in the column.
        ");
        assert_eq!(paragraphs.last(), Some(&"Private: For the analyst only.\n"));
    }

    #[test]
    fn words_are_no_wider_than_the_window() {
        for window in [30, 60, 200] {
            let page = page(&shown(crosstab()), window, Paint(false));
            assert!(page.lines().all(|line| super::super::wrap::width(line) <= window));
        }
    }
}
