//! The codebook as one page of HTML: no script, no request, no attribute of style. Every
//! table has a caption, a scope for each header, and scrolls by itself where it is wide.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::book::{Book, Entry, Fact, Run, Table, Text};

const SHEET: &str = include_str!("style.css");

/// Nothing may run or load; the one style element may.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub(in crate::exchange) fn page(book: &Book) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                title { (book.title) }
                style { (PreEscaped(SHEET)) }
            }
            body {
                a.skip href="#main" { "Skip to the questions" }
                header {
                    h1 { (book.title) }
                    p { (text(&book.lead)) }
                }
                (contents(book))
                main #main {
                    section aria-labelledby="file" {
                        h2 #file { "The file" }
                        (facts(&book.file))
                        @if let Some(missing) = &book.missing { (table("file", missing)) }
                    }
                    @for entry in &book.questions { (question(entry)) }
                }
            }
        }
    };
    page.into_string() + "\n"
}

fn contents(book: &Book) -> Markup {
    html! {
        nav aria-labelledby="contents" {
            h2 #contents { "Contents" }
            ol {
                @for entry in &book.questions {
                    li {
                        a href={ "#q-" (entry.id) } { (entry.title) } " " code { (entry.id) }
                    }
                }
            }
        }
    }
}

fn question(entry: &Entry) -> Markup {
    let anchor = format!("q-{}", entry.id);
    html! {
        section aria-labelledby=(anchor) {
            h2 id=(anchor) { (entry.title) " " code { (entry.id) } }
            @if let Some(words) = &entry.text { p.asked { (words) } }
            @if let Some(note) = &entry.note { p.note { (note) } }
            (facts(&entry.facts))
            @for part in &entry.tables { (table(&anchor, part)) }
        }
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl {
                @for fact in facts {
                    div { dt { (fact.term) } dd { (text(&fact.text)) } }
                }
            }
        }
    }
}

/// A table in the section with that heading, which is part of its name: two questions may
/// have the same title.
fn table(heading: &str, table: &Table) -> Markup {
    let caption = format!("t-{}", table.name);
    html! {
        div.scroll role="region" tabindex="0" aria-labelledby={ (heading) " " (caption) } {
            table {
                caption id=(caption) { (table.caption) }
                thead { tr { @for head in &table.head { th scope="col" { (head) } } } }
                tbody {
                    @for row in &table.rows {
                        tr {
                            @for (index, cell) in row.iter().enumerate() {
                                @if index == 0 { th scope="row" { (text(cell)) } }
                                @else { td { (text(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn text(text: &Text) -> Markup {
    html! {
        @for run in text {
            @match run {
                Run::Words(words) => { (words) }
                Run::Code(code) => { code { (code) } }
            }
        }
    }
}
