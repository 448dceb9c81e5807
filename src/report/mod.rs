//! The document: [`Released`] tables and [`Chart`]s go in, a [`Report`] comes out.
//!
//! A report is the page without a format: sections in order, each of plain data, and the
//! list of records behind it. Every fixed word of it is one of `words`. May know what was
//! released, the charts and the poll. Never sees a raw estimate, never computes a figure
//! that was not released, and writes no markup: `publish` does that.

mod about;
mod alone;
mod asked;
mod book;
mod codes;
mod document;
mod fragment;
mod grid;
mod headline;
mod makeup;
mod method;
mod print;
mod questions;
mod quotes;
mod record;
#[cfg(test)]
pub(crate) mod testing;
mod titles;
mod waves;
mod who;

use indexmap::IndexMap;

use crate::chart::{Chart, Logo};
use crate::diagnostic::Finding;
use crate::disclose::{Comparison, Quoted, Released};
use crate::poll::{Poll, Profile, ReportStatus, Threshold};
use crate::stats::rounding::half_away;
use crate::words::{Words, fill};

pub use alone::{Alone, Crosstab, alone};
pub use asked::{Asked, Grouped};
pub use book::{Above, Banner, BannerLine, Body, Book, Cell, Listed, Number, RowKind, Sheet};
pub use codes::CODES;
pub use document::{
    Column, Entry, Fact, Grid, Line, LineKind, Masthead, Part, Quotation, Run, Section,
    SectionKind, Sums, Text,
};
pub use fragment::{Fragment, Labels};
pub use makeup::{Described, DescribedGroup, DescribedRow, MadeOf};
pub use record::{Amount, Record};
pub use titles::{not_drawn, titles};

/// A whole report, ready to be written in any format.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The language of the fixed wording, such as `en-GB`.
    pub lang: &'static str,
    /// The window's title: the poll's title with its marks and its organisation.
    pub title: String,
    /// Whether search engines may list the page: public and final only.
    pub listed: bool,
    /// The link for keyboards, past everything above the sections.
    pub skip: &'static str,
    /// The top of the page.
    pub masthead: Masthead,
    /// All sections, in order.
    pub sections: Vec<Section>,
    /// The line at the foot of each sheet of paper, with the gaps `{page}` and `{pages}`.
    pub sheet: &'static str,
    /// Lines at the foot of the page; marks are repeated here.
    pub footer: Vec<String>,
    /// What identifies the poll in data files.
    pub identity: Identity,
    /// The questions that have figures.
    pub questions: Vec<Asked>,
    /// The variables by whose groups there are figures.
    pub banners: Vec<Grouped>,
    /// What the figures of each table are made of.
    pub tables: Vec<Described>,
    /// One record for each released figure, in the order of the tables.
    pub records: Vec<Record>,
    /// Every comparison of columns in full, for the analyst; otherwise none.
    pub comparisons: Vec<Comparison>,
    /// What members wrote, by question.
    pub quoted: Vec<Quoted>,
    /// The pictures that sections refer to by the name of their table.
    pub charts: Vec<Chart>,
    /// The organisation's logo.
    pub logo: Option<Logo>,
    /// Every chart on its own, for pages of others.
    pub fragments: Vec<Fragment>,
    /// The workbook.
    pub book: Book,
    /// The files that went in.
    pub inputs: Vec<InputFacts>,
}

/// What identifies a poll in data files, and how it was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Identity {
    /// The poll's id.
    pub poll: String,
    /// The poll's title.
    pub title: String,
    /// The wave, if it has one.
    pub wave: Option<String>,
    /// Whether the data are made up.
    pub synthetic: bool,
    /// Who may read it.
    pub profile: Profile,
    /// How far the report has got: `draft`, `embargoed`, `final`, `corrected`.
    pub status: &'static str,
    /// Respondents in the whole poll.
    pub respondents: u64,
    /// Rows read and rows counted, rounded as bases are.
    pub rows: (u64, u64),
    /// Whether figures are of weights.
    pub weighted: bool,
    /// Standard deviation of the weights over their mean, to two decimals; 0 without weights,
    /// none if it may not be told.
    pub weight_spread: Option<f64>,
    /// How the poll was done: key of the poll file, value as text. Only what is given.
    pub method: Vec<(&'static str, String)>,
    /// The thresholds by which figures are hidden, marked and rounded, by their keys in the
    /// poll file; 0 where nothing is hidden.
    pub thresholds: Vec<(&'static str, u64)>,
    /// Why some of them are not the usual ones, if the poll file says it.
    pub reason: Option<String>,
}

/// A file that went in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFacts {
    /// The path as the poll file writes it.
    pub path: String,
    /// SHA-256 in lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// What was made before the report is arranged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawn {
    /// The charts.
    pub charts: Vec<Chart>,
    /// Finished titles by the names of their tables, as [`titles()`] gives them.
    pub titles: IndexMap<String, String>,
    /// The organisation's logo.
    pub logo: Option<Logo>,
}

/// Arranges a report.
///
/// # Errors
/// All headlines that name a figure which cannot be printed (`R001`) or hold a number
/// that is bound to none (`R002`).
pub fn assemble(
    poll: &Poll,
    released: &Released,
    drawn: Drawn,
    inputs: Vec<InputFacts>,
) -> Result<Report, Vec<Finding>> {
    let words = poll.words;
    let marks = marks(poll, released.profile(), words);
    let findings = headline::section(poll, released, words)?;
    let about = about::section(poll, released, words);
    let mut rest: Vec<_> = questions::sections(released, &drawn, words)
        .into_iter()
        .chain(quotes::section(released, words))
        .chain(who::section(released, &drawn.charts, words))
        .chain(waves::section(poll, released, words))
        .chain(method::sections(poll, released, &inputs, words))
        .collect();
    let fragments = fragment::fragments(poll, released, &drawn.charts, (&rest, &marks));
    number(&mut rest, words);
    let title = window_title(poll, &marks);
    let from = book::Source {
        poll,
        released,
        marks: &marks,
        title: &title,
        about: &about,
        rest: &rest,
        words,
    };
    let book = book::book(&from)?;
    book::link(&mut rest, &book, words);
    let contents = contents(&rest, words);
    let sections = findings.into_iter().chain([about, contents]).chain(rest).collect();
    Ok(Report {
        lang: words.lang,
        title,
        listed: released.profile() == Profile::Public && poll.status == ReportStatus::Final,
        skip: words.skip,
        masthead: masthead(poll, &marks, words),
        sections,
        sheet: words.sheet_of,
        footer: footer(poll, &marks, words),
        identity: identity(poll, released),
        questions: asked::questions(released.tables()),
        banners: asked::banners(released.tables()),
        tables: makeup::tables(poll, released.tables()),
        records: record::all(poll, released),
        comparisons: released.comparisons().to_vec(),
        quoted: released.quoted().to_vec(),
        charts: drawn.charts,
        logo: drawn.logo,
        fragments,
        book,
        inputs,
    })
}

/// Numbers all tables, in the order of the page.
fn number(sections: &mut [Section], words: &Words) {
    let parts = sections.iter_mut().flat_map(|section| &mut section.parts);
    let grids = parts.filter_map(|part| match part {
        Part::Table(grid) => Some(grid),
        _ => None,
    });
    grid::number(grids, words);
}

/// What must be said before anything else: a short word and its sentence.
struct Mark {
    short: &'static str,
    sentence: &'static str,
}

fn marks(poll: &Poll, profile: Profile, words: &Words) -> Vec<Mark> {
    let synthetic = poll.synthetic.then_some((words.synthetic, words.synthetic_long));
    let profile = match profile {
        Profile::Public => None,
        Profile::Officers => Some((words.officers, words.officers_long)),
        Profile::Analyst => Some((words.analyst, words.analyst_long)),
    };
    let status = match poll.status {
        ReportStatus::Final => None,
        ReportStatus::Draft => Some((words.draft, words.draft_long)),
        ReportStatus::Embargoed => Some((words.embargoed, words.embargoed_long)),
        ReportStatus::Corrected => Some((words.corrected, words.corrected_long)),
    };
    [synthetic, profile, status]
        .into_iter()
        .flatten()
        .map(|(short, sentence)| Mark { short, sentence })
        .collect()
}

fn window_title(poll: &Poll, marks: &[Mark]) -> String {
    let marks: String = marks.iter().flat_map(|mark| [mark.short, ": "]).collect();
    let wave = poll.wave.as_ref().map_or_else(String::new, |wave| format!(", {wave}"));
    let organisation = poll.organisation.as_ref();
    let organisation = organisation.map_or_else(String::new, |name| format!(" – {name}"));
    format!("{marks}{}{wave}{organisation}", poll.title)
}

fn masthead(poll: &Poll, marks: &[Mark], words: &Words) -> Masthead {
    Masthead {
        marks: marks.iter().map(|mark| (mark.short, mark.sentence)).collect(),
        organisation: poll.organisation.clone(),
        title: poll.title.clone(),
        published: poll.published.map(|date| {
            vec![Run::Plain(format!("{} ", words.published)), print::date(date, words)]
        }),
    }
}

fn contents(rest: &[Section], words: &Words) -> Section {
    let links = rest.iter().map(|s| (s.id.clone(), s.title.clone())).collect();
    Section {
        id: "contents".to_owned(),
        kind: SectionKind::Contents,
        title: words.contents.to_owned(),
        parts: vec![Part::Contents(links)],
    }
}

fn footer(poll: &Poll, marks: &[Mark], words: &Words) -> Vec<String> {
    let made = made_with(poll, words);
    let attribution = poll.method.attribution.clone();
    marks.iter().map(|mark| mark.sentence.to_owned()).chain(attribution).chain([made]).collect()
}

fn made_with(poll: &Poll, words: &Words) -> String {
    let version = env!("CARGO_PKG_VERSION");
    fill(words.made_with, &[("version", version), ("id", &poll.id)])
}

fn identity(poll: &Poll, released: &Released) -> Identity {
    Identity {
        poll: poll.id.clone(),
        title: poll.title.clone(),
        wave: poll.wave.clone(),
        synthetic: poll.synthetic,
        profile: released.profile(),
        status: status(poll.status),
        respondents: released.respondents(),
        rows: released.rows(),
        weighted: released.weighted(),
        weight_spread: weight_spread(released),
        method: about::keys(poll),
        thresholds: Threshold::ALL.map(|t| (t.name(), poll.threshold(t))).to_vec(),
        reason: poll.disclosure.reason(poll.profile).map(str::to_owned),
    }
}

/// From Kish's effective base, n/(1 + v²) with v the standard deviation over the mean (Kish 1965,
/// section 11.7).
fn weight_spread(released: &Released) -> Option<f64> {
    if !released.weighted() {
        return Some(0.0);
    }
    let effective = released.effective().filter(|effective| *effective > 0)?;
    let squared = released.respondents() as f64 / effective as f64 - 1.0;
    Some(half_away(squared.max(0.0).sqrt(), 2))
}

/// The word of the poll file.
fn status(status: ReportStatus) -> &'static str {
    match status {
        ReportStatus::Draft => "draft",
        ReportStatus::Embargoed => "embargoed",
        ReportStatus::Final => "final",
        ReportStatus::Corrected => "corrected",
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{poll, poll_with_headline, report, report_of};
    use super::*;
    use crate::words::EN_GB;

    fn sections(report: &Report) -> Vec<&str> {
        report.sections.iter().map(|section| section.id.as_str()).collect()
    }

    #[test]
    fn sections_stand_in_their_order_and_contents_lists_those_after_it() {
        let report = report();
        let rest = ["q-adequate", "q-inspection", "q-hours", "reading", "method", "files"];
        assert_eq!(sections(&report)[..3], ["findings", "about", "contents"]);
        assert_eq!(sections(&report)[3..], rest);
        let Part::Contents(links) = &report.sections[2].parts[0] else { panic!("no contents") };
        assert!(links.iter().map(|(anchor, _)| anchor.as_str()).eq(rest));
    }

    #[test]
    fn without_headlines_there_are_no_key_findings() {
        let report = report_of(&poll()).expect("a report");
        assert_eq!(sections(&report)[0], "about");
    }

    #[test]
    fn a_headline_that_is_not_bound_stops_the_report() {
        let findings = report_of(&poll_with_headline("3% agreed")).expect_err("loose");
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn all_but_final_and_public_is_marked_and_kept_from_search_engines() {
        let page = |status| {
            let poll = Poll { status, synthetic: false, ..poll() };
            report_of(&poll).expect("a report")
        };
        assert!(page(ReportStatus::Final).masthead.marks.is_empty());
        for status in [ReportStatus::Draft, ReportStatus::Embargoed, ReportStatus::Corrected] {
            let page = page(status);
            assert_eq!(page.masthead.marks.len(), 1);
            assert!(!page.listed);
            let (short, sentence) = page.masthead.marks[0];
            assert!(page.title.starts_with(short));
            assert!(page.footer.iter().any(|line| line == sentence));
        }
    }

    #[test]
    fn profiles_that_hide_less_are_marked() {
        let shorts = |profile| -> Vec<_> {
            let poll = Poll { synthetic: false, ..poll() };
            marks(&poll, profile, &EN_GB).iter().map(|mark| mark.short).collect()
        };
        assert_eq!(shorts(Profile::Public), Vec::<&str>::new());
        assert_eq!(shorts(Profile::Officers), ["Restricted"]);
        assert_eq!(shorts(Profile::Analyst), ["Private"]);
    }
}
