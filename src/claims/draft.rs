//! The text that is checked: its pieces, sentences, numbers and claims in words, and the
//! places of all of them.

use std::ops::Range;

use super::passage::{Sentence, sentences};
use super::release::Release;
use crate::diagnostic::{Code, Finding, Place};
use crate::document::Lines;
use crate::prose::{Amount, Aside, Cue, Number, Token, cues, numbers, tokens};

/// A text, taken apart once.
pub(super) struct Draft<'t> {
    file: &'t str,
    lines: Lines<'t>,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    numbers: Vec<Number>,
    pub(super) aside: Vec<(Range<usize>, Aside)>,
    cues: Vec<Cue>,
    /// For each piece, whether it stands in quotation marks.
    quoted: Vec<bool>,
}

impl<'t> Draft<'t> {
    pub(super) fn new(file: &'t str, text: &'t str, release: &Release) -> Self {
        let tokens = tokens(text);
        let mut found = numbers(&tokens, &release.units);
        found.said.retain(|number| !repeats_label(&tokens, number, release));
        let sentences = sentences(text, &tokens);
        with_signs(&mut found.said, &sentences, &tokens);
        Self {
            file,
            lines: Lines::new(text),
            sentences,
            numbers: found.said,
            aside: found.aside,
            cues: cues(&tokens),
            quoted: quoted(text, &tokens),
            tokens,
        }
    }

    /// The numbers of a sentence.
    pub(super) fn numbers_of(&self, sentence: &Sentence) -> &[Number] {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let from = self.numbers.partition_point(|number| number.tokens.start < start);
        let to = self.numbers.partition_point(|number| number.tokens.start < end);
        self.numbers.get(from..to).unwrap_or_default()
    }

    /// The claims in words of a sentence.
    pub(super) fn cues_of(&self, sentence: &Sentence) -> &[Cue] {
        let (start, end) = (sentence.tokens.start, sentence.tokens.end);
        let from = self.cues.partition_point(|cue| cue.tokens.start < start);
        let to = self.cues.partition_point(|cue| cue.tokens.start < end);
        self.cues.get(from..to).unwrap_or_default()
    }

    /// Whether a piece stands in quotation marks.
    pub(super) fn is_quoted(&self, at: usize) -> bool {
        self.quoted.get(at).copied().unwrap_or(false)
    }

    /// The bytes that some pieces take.
    fn span(&self, tokens: &Range<usize>) -> Range<usize> {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.span.start);
        let last = tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(start, |token| token.span.end).max(start)
    }

    /// The words of some pieces, as far as their line goes.
    pub(super) fn words(&self, tokens: &Range<usize>) -> &'t str {
        self.lines.text(&self.span(tokens))
    }

    /// Where some pieces begin.
    pub(super) fn place(&self, tokens: &Range<usize>) -> Place {
        self.lines.place(self.file, self.span(tokens), "")
    }

    /// A finding on some pieces, which it quotes.
    pub(super) fn finding(
        &self,
        code: &'static Code,
        tokens: &Range<usize>,
        headline: impl Into<String>,
    ) -> Finding {
        Finding::new(code, headline).at(self.place(tokens)).value(self.words(tokens))
    }

    /// The name of the file.
    pub(super) fn file(&self) -> &str {
        self.file
    }

    /// Whether a word or words stand anywhere in the text, in lower case.
    pub(super) fn has_any(&self, list: &[&str]) -> bool {
        self.tokens.iter().any(|token| token.is_in(list))
    }
}

/// Whether a number is part of an answer's label that the text repeats, such as "60% to
/// 79%" or "2 to 5 years".
fn repeats_label(tokens: &[Token], number: &Number, release: &Release) -> bool {
    release.labels.iter().any(|label| {
        let first = number.tokens.start.saturating_sub(label.words.len() - 1);
        (first..=number.tokens.start).any(|at| label.is_at(tokens, at))
    })
}

/// In a table of percentages bare numbers are percentages: the sign stands in the head of
/// the column, in the first cell of the row or above the table.
fn with_signs(numbers: &mut [Number], sentences: &[Sentence], tokens: &[Token]) {
    let has = |ranges: &[Range<usize>], words: &[&str]| {
        let inside = ranges.iter().filter_map(|range| tokens.get(range.clone())).flatten();
        inside.into_iter().any(|token| token.is_in(words))
    };
    let bases = ["base", "bases", "n", "respondents", "replies", "unweighted"];
    for sentence in sentences.iter().filter(|sentence| sentence.cell) {
        let signed = [&sentence.beside, &sentence.before]
            .into_iter()
            .any(|ranges| has(ranges, &["%", "percentage", "percentages", "cent"]));
        if !signed || has(&sentence.beside, &bases) {
            continue;
        }
        let inside = |n: &&mut Number| sentence.tokens.contains(&n.tokens.start);
        for number in numbers.iter_mut().filter(inside) {
            if let Amount::Plain(value) = number.amount {
                number.amount = Amount::Percent(value);
            }
        }
    }
}

/// Which pieces stand in double quotation marks. A mark that is not closed ends with its
/// paragraph.
fn quoted(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut open = false;
    let mut end = 0;
    let mut found = Vec::with_capacity(tokens.len());
    for token in tokens {
        let gap = text.get(end..token.span.start).unwrap_or_default();
        end = token.span.end;
        if gap.matches('\n').count() > 1 {
            open = false;
        }
        match token.lower.as_str() {
            "\u{201c}" => open = true,
            "\u{201d}" => open = false,
            "\"" => open = !open,
            _ => {}
        }
        found.push(open);
    }
    found
}
