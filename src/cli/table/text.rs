//! A table as a page of a terminal: what was asked, the figures, what must be known to read
//! them, and who may.

use super::layout::bands;
use super::paint::Paint;
use super::wrap::wrap;
use crate::pipeline::table::{Grid, Shown};

/// Lines of words are no longer than this, however wide the window.
const READABLE: usize = 100;

/// Everything, in lines no wider than the window.
pub(super) fn page(shown: &Shown, window: usize, paint: Paint) -> String {
    let words = window.min(READABLE);
    let mut parts = vec![head(shown, words, paint)];
    parts.extend(shown.grids.iter().map(|grid| table(grid, window, words, paint)));
    let marks = shown.marks.iter();
    let marks = marks.map(|(short, sentence)| {
        paragraph(&format!("{short}: {sentence}"), words, |line| paint.warning(line))
    });
    parts.push(marks.collect());
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn head(shown: &Shown, words: usize, paint: Paint) -> String {
    let mut head = paragraph(&shown.title, words, |line| paint.strong(line));
    if let Some(wording) = &shown.wording {
        head += &paragraph(&format!("“{wording}”"), words, str::to_owned);
    }
    head.extend(shown.terms.iter().map(|term| paragraph(term, words, str::to_owned)));
    head
}

fn table(grid: &Grid, window: usize, words: usize, paint: Paint) -> String {
    let caption = paragraph(&grid.caption, words, |line| paint.strong(line));
    let keys = grid.keys.iter().map(|key| paragraph(key, words, |line| paint.faint(line)));
    let keys: String = keys.collect();
    format!("{caption}\n{}{keys}", bands(grid, window, paint).join("\n"))
}

fn paragraph(text: &str, columns: usize, paint: impl Fn(&str) -> String) -> String {
    wrap(text, columns).iter().map(|line| paint(line) + "\n").collect()
}
