//! The codebook as Markdown (GitHub's, with tables). All text is escaped.

use super::book::{Book, Entry, Fact, Run, Table, Text};

pub(super) fn page(book: &Book) -> String {
    let mut lines =
        vec![format!("# {}", escaped(&book.title)), String::new(), text(&book.lead)];
    heading(&mut lines, "Contents");
    for entry in &book.questions {
        let title = escaped(&entry.title);
        lines.push(format!("- [{title}](#q-{}) (`{}`)", entry.id, entry.id));
    }
    heading(&mut lines, "The file");
    facts(&mut lines, &book.file);
    tables(&mut lines, book.missing.as_slice());
    for entry in &book.questions {
        question(&mut lines, entry);
    }
    lines.join("\n") + "\n"
}

fn heading(lines: &mut Vec<String>, title: &str) {
    lines.extend([String::new(), format!("## {title}"), String::new()]);
}

fn question(lines: &mut Vec<String>, entry: &Entry) {
    // Renderers make anchors of headings in ways of their own, so that this one is ours.
    lines.extend([String::new(), format!("<a id=\"q-{}\"></a>", entry.id)]);
    heading(lines, &escaped(&entry.title));
    if let Some(words) = &entry.text {
        lines.extend([escaped(words), String::new()]);
    }
    if let Some(note) = &entry.note {
        lines.extend([format!("*{}*", escaped(note)), String::new()]);
    }
    lines.push(format!("- Key: `{}`", entry.id));
    facts(lines, &entry.facts);
    tables(lines, &entry.tables);
}

fn facts(lines: &mut Vec<String>, facts: &[Fact]) {
    lines.extend(facts.iter().map(|fact| format!("- {}: {}", fact.term, text(&fact.text))));
}

fn tables<'t>(lines: &mut Vec<String>, tables: impl IntoIterator<Item = &'t Table>) {
    for table in tables {
        lines.extend([String::new(), escaped(&table.caption), String::new()]);
        lines.push(row(table.head.iter().map(|head| (*head).to_owned())));
        lines.push(row(table.head.iter().map(|_| "---".to_owned())));
        for cells in &table.rows {
            // A bar ends a cell, even in a run of code.
            lines.push(row(cells.iter().map(|cell| text(cell).replace('|', "\\|"))));
        }
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn text(text: &Text) -> String {
    let runs = text.iter().map(|run| match run {
        Run::Words(words) => escaped(words),
        Run::Code(code) => fenced(code),
    });
    runs.collect()
}

/// A run of code: between more backticks than it holds in a row.
fn fenced(code: &str) -> String {
    let code = flat(code);
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let gap = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{gap}{code}{gap}{fence}")
}

/// Words on one line, without anything that Markdown takes for a mark.
fn escaped(words: &str) -> String {
    let mut text = String::new();
    for c in flat(words).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

fn flat(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
