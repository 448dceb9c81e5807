//! Sections and their parts as markup. Headings never skip a level: `h1` is the page's,
//! `h2` a section's, `h3` a part's.

use maud::{Markup, PreEscaped, html};

use super::sums;
use super::table::table;
use super::text::text;
use crate::chart::Chart;
use crate::publish::File;
use crate::report::{Fact, Part, Quotation, Section, SectionKind, Text};

/// A section; `others` are the files beside the page.
pub(super) fn section(section: &Section, charts: &[Chart], others: &[File]) -> Markup {
    let heading = format!("{}-h", section.id);
    let inside = html! {
        h2 id=(heading) { (section.title) }
        @for part in &section.parts { (self::part(part, charts, others)) }
    };
    let class = class(section.kind);
    if section.kind == SectionKind::Contents {
        return html! {
            nav id=(section.id) class=(class) aria-labelledby=(heading) { (inside) }
        };
    }
    // Without a name a section is no landmark: a page of thirty would have too many.
    html! { section id=(section.id) class=(class) { (inside) } }
}

fn class(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Findings => "findings",
        SectionKind::About => "about",
        SectionKind::Contents => "contents",
        SectionKind::Question => "question",
        SectionKind::Reference => "reference",
    }
}

fn part(part: &Part, charts: &[Chart], others: &[File]) -> Markup {
    match part {
        Part::Heading(words) => html! { h3 { (words) } },
        Part::Paragraph(words) => html! { p { (text(words)) } },
        Part::Findings(sentences) => findings(sentences),
        Part::Facts(facts) => self::facts(facts),
        Part::Contents(links) => contents(links),
        Part::Asked { topic, wording, terms } => {
            asked(topic.as_deref(), wording.as_deref(), terms)
        }
        Part::Figure(table) => figure(table, charts),
        Part::Table(grid) => table(grid),
        Part::Quotes(quotes) => self::quotes(quotes),
        Part::Sums(words) => sums::table(words, others),
    }
}

fn findings(sentences: &[(Text, Option<(String, String)>)]) -> Markup {
    html! {
        ul {
            @for (sentence, link) in sentences {
                li {
                    p { (text(sentence)) }
                    @if let Some((anchor, title)) = link {
                        p.see { a href={ "#" (anchor) } { (title) } }
                    }
                }
            }
        }
    }
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        dl {
            @for fact in facts {
                div {
                    dt { (text(&fact.term)) }
                    @for detail in &fact.details { dd { (text(detail)) } }
                }
            }
        }
    }
}

fn quotes(quotes: &[Quotation]) -> Markup {
    html! {
        @for quote in quotes {
            figure.quote {
                blockquote { p { (quote.text) } }
                figcaption { p { (quote.by) } }
            }
        }
    }
}

fn contents(links: &[(String, String)]) -> Markup {
    html! {
        ol {
            @for (anchor, title) in links { li { a href={ "#" (anchor) } { (title) } } }
        }
    }
}

fn asked(topic: Option<&str>, wording: Option<&str>, terms: &[String]) -> Markup {
    html! {
        @if let Some(topic) = topic { p.topic { (topic) } }
        @if let Some(wording) = wording { p.asked { (wording) } }
        @for sentence in terms { p.terms { (sentence) } }
    }
}

/// Both widths stand in the page; the style sheet shows one, so that screen readers meet
/// one. A table without its chart is left out.
fn figure(table: &str, charts: &[Chart]) -> Markup {
    let Some(chart) = charts.iter().find(|chart| chart.table == table) else {
        return Markup::default();
    };
    html! {
        figure id={ "fig-" (table) } {
            div.wide { (PreEscaped(&chart.wide.inline)) }
            div.narrow { (PreEscaped(&chart.narrow.inline)) }
            figcaption { @for note in &chart.notes { p { (note) } } }
        }
    }
}
