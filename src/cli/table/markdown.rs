//! A table as Markdown, as GitHub shows it. All text is escaped.

use crate::pipeline::table::{Entry, Grid, Line, LineKind, Shown};

pub(super) fn page(shown: &Shown) -> String {
    let mut parts = vec![format!("### {}", escaped(&shown.title))];
    parts.extend(shown.wording.iter().map(|wording| format!("“{}”", escaped(wording))));
    parts.push(sentences(&shown.terms));
    for grid in &shown.grids {
        parts.extend([format!("**{}**", escaped(&grid.caption)), table(grid)]);
        parts.push(sentences(&grid.keys));
    }
    let marks = shown.marks.iter();
    parts.extend(marks.map(|(short, sentence)| format!("> **{short}**: {sentence}")));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

fn sentences(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| escaped(sentence)).collect::<Vec<_>>().join(" ")
}

fn table(grid: &Grid) -> String {
    let heads = grid.columns.iter().map(|column| escaped(&column.text));
    let head = row([escaped(grid.corner)].into_iter().chain(heads));
    let rule =
        row(["---"].into_iter().chain(grid.columns.iter().map(|_| "---:")).map(str::to_owned));
    let lines = grid.lines.iter().chain(&grid.foot).map(line);
    [head, rule].into_iter().chain(lines).collect::<Vec<_>>().join("\n")
}

fn line(line: &Line) -> String {
    let strong = matches!(line.kind, LineKind::Net | LineKind::Summary);
    let shown = |text: String| if strong { format!("**{text}**") } else { text };
    let cell = |entry: &Entry| {
        let range = entry.range.iter().map(|range| format!(" ({range})"));
        escaped(&(entry.text.clone() + &range.collect::<String>()))
    };
    let cells = line.cells.iter().map(cell);
    row([escaped(&line.label)].into_iter().chain(cells).map(shown))
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
