//! A text in sentences: paragraphs, list items, headings and cells of tables, each with
//! what stands before it and says what it is about.
//!
//! Knows plain text and Markdown. Code blocks and comments of Markdown are read past.

use std::ops::Range;

use crate::prose::{Kind, Token};

/// A sentence, a heading or a cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentence {
    /// Its pieces.
    pub(super) tokens: Range<usize>,
    /// What belongs to it elsewhere: the first cell of the row, the head of the column.
    pub(super) beside: Vec<Range<usize>>,
    /// What it goes on from: the sentences before it, the heading.
    pub(super) before: Vec<Range<usize>>,
    /// Whether it is a cell of a table.
    pub(super) cell: bool,
    /// Whether it is of a list that the line above leads to.
    pub(super) listed: bool,
}

/// What a line of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Heading,
    Item,
    /// A line of a list without bullets.
    More,
    Row,
    /// The line of dashes under the head of a table, a line of code or a comment.
    Nothing,
    Words,
}

/// A sentence is cut off after so many pieces, so that a text without full stops is not
/// one sentence.
const LONGEST: usize = 200;

/// The sentences of a text.
pub(super) fn sentences(text: &str, tokens: &[Token]) -> Vec<Sentence> {
    let mut splitter = Splitter {
        text,
        tokens,
        found: Vec::new(),
        heading: None,
        intro: None,
        paragraph: Vec::new(),
        in_list: false,
        header: None,
    };
    let mut block: Option<(Line, Range<usize>)> = None;
    for (mut line, range) in lines(text, tokens) {
        let runs = block
            .as_ref()
            .is_some_and(|(kind, _)| matches!(kind, Line::Words | Line::Item | Line::More));
        let cut =
            block.as_ref().is_some_and(|(_, open)| stops_short(text, tokens, open, &range));
        let goes_on = line == Line::Words && runs && !cut;
        if line == Line::Words && runs && cut {
            line = Line::More;
        }
        match &mut block {
            Some((_, open)) if goes_on => open.end = range.end,
            _ => {
                if let Some((kind, done)) = block.replace((line, range)) {
                    splitter.add(kind, done);
                }
            }
        }
    }
    if let Some((kind, done)) = block {
        splitter.add(kind, done);
    }
    splitter.found
}

/// A line of fewer characters than this is not cut off by the edge of the page.
const SHORT: usize = 55;

/// Whether a line ends before the edge of the page and without a stop, and the next begins
/// anew: a list without bullets.
fn stops_short(text: &str, tokens: &[Token], open: &Range<usize>, next: &Range<usize>) -> bool {
    let last = open.end.checked_sub(1).and_then(|last| tokens.get(last));
    let (Some(last), Some(first)) = (last, tokens.get(next.start)) else { return false };
    let start = text.get(..last.span.end).and_then(|t| t.rfind('\n')).map_or(0, |at| at + 1);
    let short = last.span.end - start < SHORT;
    let stop = last.kind == Kind::Mark && !last.is("%");
    let letter = text.get(first.span.clone()).and_then(|t| t.chars().next());
    let anew = letter.is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let bullet = first.opens_line && first.kind == Kind::Mark;
    short && !stop && anew && !bullet
}

/// Each line: what it is, and its pieces.
fn lines(text: &str, tokens: &[Token]) -> Vec<(Line, Range<usize>)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut next = 0;
    let mut fence = false;
    let mut comment = false;
    for line in text.split_inclusive('\n') {
        start += line.len();
        let from = next;
        while tokens.get(next).is_some_and(|token| token.span.start < start) {
            next += 1;
        }
        let trimmed = line.trim();
        let fenced = trimmed.starts_with("```") || trimmed.starts_with("~~~");
        comment |= trimmed.starts_with("<!--");
        let kind = if fence || fenced || comment { Line::Nothing } else { kind(trimmed) };
        fence ^= fenced;
        comment &= !trimmed.contains("-->");
        found.push((kind, from..next));
    }
    found
}

fn kind(line: &str) -> Line {
    let item = ["- ", "* ", "+ ", "\u{2022} ", "\u{2022}"].iter().any(|b| line.starts_with(b));
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..3).contains(&digits)
        && [". ", ") "]
            .iter()
            .any(|end| line.get(digits..).is_some_and(|l| l.starts_with(end)));
    let rule = line.chars().all(|c| matches!(c, '-' | '=' | '|' | ':' | ' ' | '+' | '*' | '_'));
    match line {
        "" => Line::Blank,
        _ if rule => Line::Nothing,
        _ if line.starts_with('#') => Line::Heading,
        _ if line.starts_with('|') || line.matches('|').count() > 1 || line.contains('\t') => {
            Line::Row
        }
        _ if item || numbered => Line::Item,
        _ => Line::Words,
    }
}

struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    found: Vec<Sentence>,
    heading: Option<Range<usize>>,
    /// The last sentence before a list or a table.
    intro: Option<Range<usize>>,
    paragraph: Vec<Range<usize>>,
    /// Whether the paragraph is a list: each item goes on from the one before.
    in_list: bool,
    /// The cells of the head of a table.
    header: Option<Vec<Range<usize>>>,
}

impl Splitter<'_> {
    fn add(&mut self, line: Line, range: Range<usize>) {
        if !matches!(line, Line::Row | Line::Nothing) {
            self.header = None;
        }
        match line {
            Line::Blank | Line::Nothing => {}
            Line::Heading => {
                self.heading = None;
                self.intro = None;
                self.split(range.clone(), false);
                self.heading = Some(range);
            }
            Line::Row => self.row(range),
            Line::Item => self.split(range, true),
            Line::More => self.cut(range, false),
            Line::Words => {
                self.split(range, false);
                self.intro = self.paragraph.last().cloned();
            }
        }
    }

    /// Cuts a paragraph, or an item of a list, into sentences.
    fn split(&mut self, range: Range<usize>, listed: bool) {
        if !listed || !self.in_list {
            self.paragraph.clear();
        }
        self.in_list = listed;
        self.cut(range, listed);
    }

    fn cut(&mut self, range: Range<usize>, listed: bool) {
        let mut start = range.start;
        for at in range.clone() {
            let ends = at + 1 >= range.end || at - start >= LONGEST || self.ends(at);
            if ends {
                self.push(start..at + 1, listed);
                start = at + 1;
            }
        }
    }

    fn push(&mut self, tokens: Range<usize>, listed: bool) {
        let last = self.paragraph.len().saturating_sub(2);
        let mut before: Vec<_> = self.paragraph.iter().skip(last).cloned().collect();
        let intro = self.intro.clone().filter(|intro| listed && self.leads(intro));
        let listed = intro.is_some();
        before.extend(intro);
        before.extend(self.heading.clone());
        self.paragraph.push(tokens.clone());
        self.found.push(Sentence { tokens, before, listed, ..Sentence::default() });
    }

    /// Whether a sentence leads to the list after it: "They want:".
    fn leads(&self, intro: &Range<usize>) -> bool {
        let last = intro.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        last.is_some_and(|token| token.is(":"))
    }

    /// Whether a sentence ends with this piece: a full stop, quotation marks after it, and
    /// a space before something that begins a sentence.
    fn ends(&self, at: usize) -> bool {
        let closing = ["\"", "\u{201d}", "\u{2019}", "'", ")", "]"];
        let stops = [".", "!", "?", "\u{2026}"];
        let Some(token) = self.tokens.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let stop = token.is_in(&stops)
            || (token.is_in(&closing) && before.is_some_and(|t| t.is_in(&stops)));
        let Some(next) = self.tokens.get(at + 1).filter(|_| stop) else { return false };
        let gap = self.text.get(token.span.end..next.span.start).unwrap_or_default();
        let first = self.text.get(next.span.clone()).and_then(|t| t.chars().next());
        let begins =
            first.is_some_and(|c| !c.is_lowercase() && !closing.contains(&next.lower.as_str()));
        let short = ["mr", "mrs", "ms", "dr", "st", "prof", "vs", "e.g", "i.e", "no", "approx"];
        let abbreviated = token.is(".") && before.is_some_and(|t| t.is_in(&short));
        gap.contains(char::is_whitespace) && begins && !abbreviated
    }

    fn row(&mut self, range: Range<usize>) {
        let cells = self.cells(range);
        let Some(header) = self.header.clone() else {
            self.header = Some(cells);
            return;
        };
        let first = cells.first().cloned();
        for (column, cell) in cells.into_iter().enumerate() {
            let beside = if column == 0 { None } else { first.clone() };
            let head = header.get(column).cloned();
            // The corner of a table often says what it is about.
            let corner = header.first().cloned().filter(|_| column > 0);
            let before =
                corner.into_iter().chain(self.intro.clone()).chain(self.heading.clone());
            let before = before.collect();
            let beside = beside.into_iter().chain(head).collect();
            self.found.push(Sentence {
                tokens: cell,
                beside,
                before,
                cell: true,
                listed: true,
            });
        }
    }

    /// The cells of a row: what stands between bars, or between tabulators.
    fn cells(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let mut cells = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            let Some(token) = self.tokens.get(at) else { break };
            if token.kind == Kind::Mark && token.is("|") {
                cells.push(start..at);
                start = at + 1;
            } else if at > start && self.tabulated(at) {
                cells.push(start..at);
                start = at;
            }
        }
        cells.push(start..range.end);
        // A row that begins and ends with a bar has nothing before and after.
        if cells.last().is_some_and(Range::is_empty) {
            cells.pop();
        }
        if cells.first().is_some_and(Range::is_empty) {
            cells.remove(0);
        }
        cells
    }

    fn tabulated(&self, at: usize) -> bool {
        let ends = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let (Some(before), Some(here)) = (ends, self.tokens.get(at)) else { return false };
        self.text.get(before.span.end..here.span.start).is_some_and(|gap| gap.contains('\t'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::tokens;

    fn read(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let words = |range: &Range<usize>| match (tokens.get(range.start), range.is_empty()) {
            (Some(first), false) => {
                let end = tokens[range.end - 1].span.end;
                text[first.span.start..end].to_owned()
            }
            _ => String::new(),
        };
        let all = sentences(text, &tokens);
        let shown = all.iter().map(|s| {
            let beside: Vec<_> = s.beside.iter().map(words).collect();
            let beside = if beside.is_empty() {
                String::new()
            } else {
                format!(" <{}>", beside.join("; "))
            };
            format!("{}{beside}", words(&s.tokens))
        });
        shown.collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        let found = read("One is 3.8% up. Two \u{201c}no.\u{201d} Three, e.g. this.\n\nFour");
        assert_eq!(
            found,
            ["One is 3.8% up.", "Two \u{201c}no.\u{201d}", "Three, e.g. this.", "Four"]
        );
        assert_eq!(read("A line\nthat goes on. B"), ["A line\nthat goes on.", "B"]);
    }

    #[test]
    fn lists_headings_and_code() {
        let found =
            read("# Head\nWords:\n\n- one\n- two\n  more\n```\n62%\n```\n<!-- 3% -->\nEnd");
        assert_eq!(found, ["# Head", "Words:", "- one", "- two\n  more", "End"]);
    }

    #[test]
    fn a_cell_knows_its_row_and_column() {
        let found = read("| Answer | All |\n|---|---|\n| Yes | 3% |");
        assert_eq!(found, ["Yes <Answer>", "3% <Yes; All>"]);
    }

    #[test]
    fn what_stands_before_is_known() {
        let text = "Intro here:\n\n* one";
        let tokens = tokens(text);
        let found = sentences(text, &tokens);
        assert_eq!(found[1].before, std::slice::from_ref(&found[0].tokens));
    }
}
