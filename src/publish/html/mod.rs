//! `report.html`: one file without script, request or style attribute.
//!
//! Takes a report, gives the page. Its content security policy allows the one style
//! element, by its hash, and fonts and a logo that stand in the page; nothing else can load
//! or run.
//! All text is escaped; only the charts' own drawings are put in as they are.

mod section;
mod style;
mod sums;
mod table;
mod text;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::File;
use super::clean::clean;
use crate::chart::Logo;
use crate::report::{Masthead, Report};

/// The page; `others` are the files beside it, whose checksums it lists.
pub(super) fn file(report: &Report, others: &[File]) -> File {
    File::new("report.html", clean(&page(report, others).into_string()) + "\n")
}

fn page(report: &Report, others: &[File]) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(report.lang) {
            (head(report))
            body {
                a.skip href="#main" { (report.skip) }
                (masthead(&report.masthead, report.logo.as_ref()))
                main #main {
                    @for section in &report.sections {
                        (section::section(section, &report.charts, others))
                    }
                }
                footer { @for line in &report.footer { p { (line) } } }
            }
        }
    }
}

fn head(report: &Report) -> Markup {
    let style = style::sheet(&report.title, report.sheet);
    html! {
        head {
            meta charset="utf-8";
            meta http-equiv="Content-Security-Policy" content=(style::policy(&style));
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta name="referrer" content="no-referrer";
            @if !report.listed { meta name="robots" content="noindex"; }
            meta name="color-scheme" content="light dark";
            title { (report.title) }
            style { (PreEscaped(style)) }
        }
    }
}

/// How high the logo is at most, and how wide, in CSS pixels.
const LOGO: (f64, f64) = (56.0, 240.0);

/// Logo and name of the organisation.
fn from(name: Option<&str>, logo: Option<&Logo>) -> Markup {
    html! {
        @if name.is_some() || logo.is_some() {
            p.from {
                @if let Some(logo) = logo {
                    @let (width, height) = logo.fit(LOGO.0, LOGO.1);
                    img src=(logo.address()) alt=(if name == Some(logo.alt.as_str()) { "" } else { logo.alt.as_str() })
                        width=(width.round()) height=(height.round());
                }
                @if let Some(name) = name { span { (name) } }
            }
        }
    }
}

fn masthead(masthead: &Masthead, logo: Option<&Logo>) -> Markup {
    html! {
        header {
            @for (short, sentence) in &masthead.marks {
                p.mark { strong { (short) "." } " " (sentence) }
            }
            (from(masthead.organisation.as_deref(), logo))
            h1 { (masthead.title) }
            @if let Some(day) = &masthead.published { p.when { (text::text(day)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::poll::{Poll, Profile, ReportStatus};
    use crate::report::testing::{poll, report, report_of, report_with_quotes};

    fn html(report: &Report) -> String {
        String::from_utf8(file(report, &[]).bytes).expect("text")
    }

    /// Whatever stands between two marks, for each pair.
    fn between<'a>(text: &'a str, open: &str, close: &str) -> Vec<&'a str> {
        text.split(open).skip(1).filter_map(|rest| rest.split(close).next()).collect()
    }

    #[test]
    fn words_of_the_poll_are_escaped() {
        let page = html(&report());
        assert!(page.contains("<h1>Inspection &amp; safeguarding</h1>"));
        assert!(page.contains("said the pause was &lt;adequate&gt;"));
    }

    #[test]
    fn quotes_are_escaped_and_say_who_as_far_as_it_may_be_told() {
        let page = html(&report_with_quotes());
        let section = between(&page, "<section id=\"quotes\"", "</section>")[0];
        let quotes = between(section, "<blockquote>", "</figcaption>");
        assert_eq!(
            quotes,
            [
                "<p>&lt;/p&gt;&lt;script&gt;a()&lt;/script&gt; ]]&gt; &amp; =1</p></blockquote>\
                 <figcaption><p>&lt;Primary&gt;, member who replied</p>",
                "<p>=2+2</p></blockquote><figcaption><p>Member who replied</p>",
            ]
        );
        assert!(page.contains("href=\"#quotes\""));
        assert!(!html(&report()).contains("blockquote>"));
    }

    #[test]
    fn marks_that_turn_the_direction_of_writing_do_not_reach_the_page() {
        let poll = Poll { title: "A\u{202e}B".to_owned(), ..poll() };
        assert!(html(&report_of(&poll).expect("a report")).contains("<h1>AB</h1>"));
    }

    #[test]
    fn nothing_can_run_or_load() {
        let page = html(&report());
        for forbidden in
            ["<script", "<link", "<iframe", "<img", " style=", "javascript:", " onload"]
        {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert_eq!(page.matches("<style>").count(), 1);
    }

    #[test]
    fn the_policy_has_the_hash_of_the_style_that_stands_in_the_page() {
        let page = html(&report());
        let style = between(&page, "<style>", "</style>")[0];
        let policy = style::policy(style);
        assert!(page.contains(&format!("content=\"{policy}\"")));
    }

    #[test]
    fn the_logo_stands_in_the_page_with_its_words_beside_the_name() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\">\
                   <rect width=\"30\" height=\"9\"/></svg>";
        let mut report = report();
        report.logo = Logo::read("a.svg", svg.as_bytes(), "A & B", &mut Findings::default());
        let page = html(&report);
        let header = between(&page, "<header>", "</header>")[0];
        let from = between(header, "<p class=\"from\">", "</p>")[0];
        assert!(from.starts_with("<img src=\"data:image/svg+xml;base64,"), "{from}");
        assert!(from.contains(" alt=\"A &amp; B\" width=\"112\" height=\"56\">"), "{from}");
        assert!(from.ends_with("<span>Example Education Union</span>"), "{from}");
        assert_eq!(page.matches("<img").count(), 1);
    }

    #[test]
    fn ids_are_unique_and_every_anchor_has_its_target() {
        let page = html(&report());
        let ids = between(&page, " id=\"", "\"");
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len());
        for target in between(&page, "href=\"#", "\"") {
            assert!(ids.contains(&target), "{target}");
        }
    }

    #[test]
    fn made_up_data_are_marked_in_title_head_and_foot() {
        let page = html(&report());
        assert!(between(&page, "<title>", "</title>")[0].starts_with("Synthetic data: "));
        assert!(between(&page, "<header>", "</header>")[0].contains("Synthetic data"));
        assert!(between(&page, "<footer>", "</footer>")[0].contains("made up"));
        let real = Poll { synthetic: false, ..poll() };
        assert!(!html(&report_of(&real).expect("a report")).contains("Synthetic"));
    }

    #[test]
    fn only_a_final_public_page_is_listed_and_any_other_is_marked() {
        assert!(!html(&report()).contains("noindex"));
        let draft = Poll { status: ReportStatus::Draft, ..poll() };
        let page = html(&report_of(&draft).expect("a report"));
        assert!(page.contains("noindex") && page.contains("<strong>Draft.</strong>"));
        let mut private = report();
        private.listed = private.identity.profile == Profile::Analyst;
        assert!(html(&private).contains("noindex"));
    }

    #[test]
    fn every_sheet_of_paper_says_what_the_page_says_at_its_top() {
        let style = html(&report());
        let style = between(&style, "<style>", "</style>")[0];
        assert!(style.contains("content:\"Synthetic data\\3a  Inspection \\26  safeguarding"));
        assert!(style.contains("\"Page \" counter(page) \" of \" counter(pages)"));
        let hostile = Poll { title: "</style>\u{202e}\"}".to_owned(), ..poll() };
        let page = html(&report_of(&hostile).expect("a report"));
        assert_eq!(page.matches("</style>").count(), 1);
        let style = between(&page, "<style>", "</style>")[0];
        assert!(page.contains(&format!("content=\"{}\"", style::policy(style))));
    }

    #[test]
    fn the_fixed_part_is_at_most_80_kilobytes() {
        let mut empty = report();
        empty.sections.retain(|s| s.kind != crate::report::SectionKind::Question);
        assert!(html(&empty).len() <= 80 * 1024);
    }
}
