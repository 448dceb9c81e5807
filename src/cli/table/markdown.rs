//! A table as Markdown, as GitHub shows it. All text is escaped.

use crate::pipeline::table::{Alone, Crosstab, Entry, Line, LineKind};

pub(super) fn page(shown: &Alone) -> String {
    let mut parts = Vec::new();
    for (nth, table) in shown.tables.iter().enumerate() {
        parts.push(format!("### {}", escaped(&table.grid.caption)));
        if nth == 0 {
            parts.extend(shown.wording.iter().map(|wording| escaped(wording)));
            parts.push(sentences(&shown.terms));
        }
        parts.push(sentences(&table.grid.keys));
        parts.push(self::table(table));
    }
    let marks = shown.marks.iter();
    parts.extend(marks.map(|(short, sentence)| format!("> **{short}**: {sentence}")));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn sentences(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| escaped(sentence)).collect::<Vec<_>>().join(" ")
}

fn table(table: &Crosstab) -> String {
    let (grid, columns) = (&table.grid, 0..table.grid.columns.len());
    let heads = columns.clone().map(|at| escaped(&head(table, at)));
    let head = row([escaped(grid.corner)].into_iter().chain(heads));
    let rule = row(["---"].into_iter().chain(columns.map(|_| "---:")).map(str::to_owned));
    let lines = grid.lines.iter().chain(&grid.foot).map(line);
    [head, rule].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

/// A column's heading: there is one row of them, so that the banner stands in each if there
/// are several.
fn head(table: &Crosstab, at: usize) -> String {
    let span = table.spans.iter().find(|(_, columns)| columns.contains(&at));
    let span = span.filter(|_| table.spans.len() > 1);
    let banner = span.map_or_else(String::new, |(banner, _)| format!("{banner}: "));
    let letter = table.letters.get(at).filter(|letter| !letter.is_empty());
    let letter = letter.map_or_else(String::new, |letter| format!(" ({letter})"));
    format!("{banner}{}{letter}", table.grid.columns[at].text)
}

fn line(line: &Line) -> String {
    let strong = matches!(line.kind, LineKind::Net | LineKind::Summary);
    let shown = |text: String| if strong { format!("**{text}**") } else { text };
    let cells = line.cells.iter().map(|entry| escaped(&cell(entry)));
    row([escaped(&line.label)].into_iter().chain(cells).map(shown))
}

/// A figure, its interval, and what marks it.
fn cell(entry: &Entry) -> String {
    let range = entry.range.iter().map(|range| format!("({range})"));
    let verdict = entry.verdict.iter().map(|verdict| (*verdict).to_owned());
    let letters = Some(entry.letters.clone()).filter(|letters| !letters.is_empty());
    let parts = [entry.text.clone()].into_iter().chain(range).chain(verdict).chain(letters);
    parts.collect::<Vec<_>>().join(" ")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

/// Words on one line, without anything that Markdown takes for a mark.
fn escaped(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\n' | '\r' => shown.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '|' => {
                shown.extend(['\\', c]);
            }
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::testing::{crosstab, shown};
    use super::*;

    #[test]
    fn a_page_is_a_heading_a_table_and_what_must_be_known() {
        insta::assert_snapshot!(page(&shown(crosstab())), @r"
        ### Pause adequate, by Phase and Role

        “Is the pause of two weeks enough?”

        One answer. Base: all who answered.

        ‡: fewer than 50 people in the column.

        | Answer | Total | Phase: Nursery and primary (A) | Phase: Secondary (B) | Phase: Special or alternative provision (C) | Role: Classroom teacher (A) | Role: Middle leader (B) | Role: Headteacher or senior leader (C) | Role: Supply (D) |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | Yes | 11% | 12% B C | 13% | 14% | 15% ▼ lower | 16% | 17% ▲ higher A b | 18% |
        | Neither one nor the other, or both of them | 31% | 32% | 33% | 34% | 35% | 36% | 37% | 38% |
        | Don't know | 51% | 52% | 53% | 54% | 55% | 56% | 57% | 58% |
        | **Any answer of substance** | **71%** | **72%** | **73%** | **74%** | **75%** | **76%** | **77%** | **78%** |
        | Base (unweighted) | 301 | 302 | 303 | 304 | 305 | 306 | 307 | 308 ‡ |

        > **Private**: For the analyst only.
        ");
    }

    #[test]
    fn nothing_in_a_label_is_taken_for_a_mark() {
        assert_eq!(
            escaped("a|b *c* [d]\n<e> & `f`"),
            "a\\|b \\*c\\* \\[d\\] \\<e\\> \\& \\`f\\`"
        );
    }
}
