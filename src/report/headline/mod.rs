//! Key findings and titles: sentences of the poll file go in, with
//! `{question.answer|percent}` where a figure belongs; the same sentences come out with
//! released figures in their places.
//!
//! May know released tables and the poll. Never lets a number through that is not a
//! released figure, prints one that is hidden or of low reliability, or lets a word such
//! as "most" or "fewer than" stand that the figures of the sentence do not bear.

mod bear;
mod compare;
mod name;
mod style;

use std::ops::Range;

use super::codes::{BENT, ELSEWHERE, LOOSE_NUMBER, UNBOUND_FIGURE};
use super::document::{Part, Run, Section, SectionKind, Text};
use crate::diagnostic::Finding;
use crate::disclose::{LeftOut, Merged, Released, Status, Table};
use crate::poll::Poll;
use crate::poll::tables::Percent;
use crate::prose::{Amount, Token, numbers, tokens};
use crate::words::Words;

use name::{Cell, Name};

/// The section of key findings; none without headlines.
pub(super) fn section(
    poll: &Poll,
    released: &Released,
    words: &Words,
) -> Result<Option<Section>, Vec<Finding>> {
    let mut sentences = Vec::new();
    let mut findings = Vec::new();
    let scope = Scope::headline(released);
    for headline in &poll.headlines {
        match sentence(headline.get_ref(), &scope, words) {
            Ok(sentence) => sentences.push(sentence),
            Err(found) => {
                let place = poll.place(headline, "headline.text");
                findings.extend(found.into_iter().map(|f| f.at(place.clone())));
            }
        }
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    Ok((!sentences.is_empty()).then(|| Section {
        id: "findings".to_owned(),
        kind: SectionKind::Findings,
        title: words.findings.to_owned(),
        parts: vec![Part::Findings(sentences)],
    }))
}

/// What a sentence is, and the tables whose figures it may name: a figure has one name in
/// them.
pub(super) struct Scope<'a> {
    /// "a headline", for messages.
    pub(super) what: &'static str,
    /// The tables, those first whose figures are meant if others have them too.
    pub(super) tables: Vec<&'a Table>,
    /// Tables whose figures belong elsewhere.
    pub(super) others: &'a [Table],
    /// Tables of which no figure may be shown.
    pub(super) left_out: &'a [LeftOut],
}

impl<'a> Scope<'a> {
    /// All tables of the poll.
    fn headline(released: &'a Released) -> Self {
        let usual = released.tables().iter().filter(|table| is_usual(table)).collect();
        let left_out = released.left_out();
        Self { what: "a headline", tables: usual, others: &[], left_out }
    }
}

/// Whether figures are of all who answered, in per cent of their column. Tables of filters,
/// and those that are counted otherwise, have figures of another kind.
pub(super) fn is_usual(table: &Table) -> bool {
    table.filter.is_none() && table.percent == Percent::Column
}

/// A sentence and the question (anchor, title) of its first figure.
type Sentence = (Text, Option<(String, String)>);

/// A figure in a sentence, and which bytes of the sentence it takes: none if it is bound to
/// bear a word, but not printed.
struct Bound<'a> {
    cell: Cell<'a>,
    span: Range<usize>,
}

/// The sentence with its figures.
pub(super) fn sentence(
    source: &str,
    scope: &Scope<'_>,
    words: &Words,
) -> Result<Sentence, Vec<Finding>> {
    let mut text = Text::new();
    let mut plain = String::new();
    let mut bound = Vec::new();
    let mut findings = Vec::new();
    for piece in pieces(source) {
        match piece {
            Piece::Words(words) if words.contains(char::is_numeric) => {
                findings.push(loose_number(words, scope));
            }
            Piece::Words(words) => {
                text.push(Run::Plain(words.to_owned()));
                plain.push_str(words);
            }
            Piece::Gap(gap) => match bind(gap, scope, words) {
                Ok((figure, _)) if in_digits(&figure) && bent(&plain).is_some() => {
                    findings.push(bent_figure(bent(&plain).unwrap_or_default(), scope));
                }
                Ok((figure, cell)) => {
                    let figure = style::opening(&plain, figure);
                    let start = plain.len();
                    plain.push_str(&figure);
                    bound.push(Bound { cell, span: start..plain.len() });
                    text.extend((!figure.is_empty()).then_some(Run::Strong(figure)));
                }
                Err(finding) => findings.push(*finding),
            },
        }
    }
    if findings.is_empty() {
        findings = unborne(&plain, &bound, scope);
    }
    let question = bound.first().map(|bound| link(bound.cell.table));
    if findings.is_empty() { Ok((text, question)) } else { Err(findings) }
}

fn link(table: &Table) -> (String, String) {
    (format!("q-{}", table.question.id), table.question.title.clone())
}

/// Numbers in words that no figure stands for, and words that no figure bears.
fn unborne(sentence: &str, bound: &[Bound<'_>], scope: &Scope<'_>) -> Vec<Finding> {
    let tokens = tokens(sentence);
    let inside = |at: usize| {
        let start = tokens.get(at).map_or(0, |token| token.span.start);
        bound.iter().any(|bound| bound.span.contains(&start))
    };
    let loose = numbers(&tokens, &[]).said.into_iter().filter(|number| match number.amount {
        // "{...|number} in ten" makes a share of what is none.
        Amount::Share { .. } | Amount::Range(..) => !number.tokens.clone().all(inside),
        _ => !inside(number.tokens.start),
    });
    let mut findings: Vec<Finding> = loose
        .map(|number| loose_number(said(sentence, &tokens, &number.tokens), scope))
        .collect();
    findings.extend(bear::check(sentence, &tokens, bound, scope));
    findings
}

/// The words of some pieces of a sentence.
fn said<'t>(sentence: &'t str, tokens: &[Token], pieces: &Range<usize>) -> &'t str {
    let pieces = tokens.get(pieces.clone()).unwrap_or_default();
    let start = pieces.first().map_or(0, |token| token.span.start);
    let end = pieces.last().map_or(start, |token| token.span.end);
    sentence.get(start..end).unwrap_or_default()
}

/// What to do about a number that is bound to nothing.
const BIND: &str = "write `{question.answer|percent}` in its place (`|in ten` or `|fraction` \
                    for words), or leave it out";

/// Words that make another number of the one that follows them.
const BENDING: &[&str] = &[
    "more than",
    "less than",
    "fewer than",
    "higher than",
    "lower than",
    "over",
    "under",
    "above",
    "below",
    "nearly",
    "almost",
    "at least",
    "at most",
    "up to",
    "twice",
    "half",
    "double",
    "-",
    "\u{2212}",
];

/// Whether a figure is printed as a number: shares in words say "nearly" themselves.
fn in_digits(figure: &str) -> bool {
    figure.contains(|c: char| c.is_ascii_digit())
}

/// The words directly before a figure that make another number of it.
fn bent(before: &str) -> Option<&'static str> {
    let before = before.trim_end().to_lowercase();
    let ends = |words: &&&str| {
        before.strip_suffix(**words).is_some_and(|rest| {
            !rest.ends_with(char::is_alphanumeric) || !words.starts_with(char::is_alphabetic)
        })
    };
    BENDING.iter().find(ends).copied()
}

fn bent_figure(words: &str, scope: &Scope<'_>) -> Finding {
    let headline = format!("a word in {} makes another number of a figure", scope.what);
    Finding::new(&BENT, headline)
        .value(words)
        .because("a bound figure is the number itself, as it was released")
        .help(
            "leave the word out; `|in ten` and `|fraction` say \"nearly\" and \"more than\" \
             themselves, and two groups are given by both their figures",
        )
}

fn loose_number(words: &str, scope: &Scope<'_>) -> Finding {
    let headline = format!("a number in {} is not bound to a figure", scope.what);
    Finding::new(&LOOSE_NUMBER, headline)
        .value(words.trim())
        .because(format!("every number in {} must come from the results", scope.what))
        .help(BIND)
}

/// What a headline is made of.
enum Piece<'a> {
    Words(&'a str),
    /// What stands between `{` and `}`, or after a `{` that is not closed.
    Gap(&'a str),
}

fn pieces(source: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('{') {
        // A gap that is not closed keeps its bracket, so that it names no figure.
        let (gap, tail) = after.split_once('}').unwrap_or((&rest[before.len()..], ""));
        pieces.extend([Piece::Words(before), Piece::Gap(gap)]);
        rest = tail;
    }
    pieces.push(Piece::Words(rest));
    pieces.retain(|piece| !matches!(piece, Piece::Words("")));
    pieces
}

/// The words for a figure, and where it stands.
fn bind<'a>(
    gap: &str,
    scope: &Scope<'a>,
    words: &Words,
) -> Result<(String, Cell<'a>), Box<Finding>> {
    let unbound = |what: &str| {
        Finding::new(&UNBOUND_FIGURE, what.replace("{what}", scope.what)).value(gap)
    };
    let name = name::parse(gap).ok_or_else(|| {
        unbound("a figure's name cannot be read")
            .help("write it as `{question.answer|percent}`")
    })?;
    let cell = name::find(&name, &scope.tables)
        .ok_or_else(|| why_not(&name, scope, &unbound).value(gap))?;
    if cell.figure.status() != Status::Shown {
        let code = cell.figure.status().code();
        return Err(Box::new(
            unbound("{what} names a figure that cannot be printed")
                .because(format!("the figure is marked `{code}`"))
                .help("take another figure, or take the sentence out"),
        ));
    }
    let text = style::styled(&cell, name.style, words).map_err(|f| Box::new(f.value(gap)))?;
    Ok((text, cell))
}

/// Why no figure of the sentence's tables has a name, and what to write instead.
fn why_not(name: &Name<'_>, scope: &Scope<'_>, unbound: &dyn Fn(&str) -> Finding) -> Finding {
    let others: Vec<&Table> = scope.others.iter().collect();
    if let Some(cell) = name::find(name, &others) {
        return elsewhere(&cell, scope);
    }
    if let Some((cell, group)) = name::merged(name, &scope.tables) {
        return merged(unbound("{what} names a group that is merged"), &cell, group);
    }
    if let Some(table) = scope.left_out.iter().find(|table| name.is_of(table)) {
        return left_out(unbound("{what} names a figure of a table that is left out"), table);
    }
    name::nearest(unbound("{what} names a figure that there is not"), name, &scope.tables)
}

/// Says that a table protects respondents by its absence, and how to show more of it.
fn left_out(finding: Finding, table: &LeftOut) -> Finding {
    let because = format!("to protect respondents nothing is shown of `{}`", table.name);
    finding.because(because).help(
        "take the sentence out, or merge small groups (`merge_into` in the schema) or take a \
         banner out, so that the table can be shown",
    )
}

/// Names the merged group in place of a part of it.
fn merged(finding: Finding, cell: &Cell<'_>, group: &Merged) -> Finding {
    let because = format!("few are in it, so that it is part of \"{}\"", group.group.text);
    let help = format!("say it of the whole group, with `{{{}|percent}}`", cell.name());
    finding.because(because).help(help)
}

fn elsewhere(cell: &Cell<'_>, scope: &Scope<'_>) -> Finding {
    let headline = format!("{} names a figure of another table", scope.what);
    let question = &cell.table.question.title;
    Finding::new(&ELSEWHERE, headline)
        .because(format!(
            "`{}` is not among the figures below it, but of \"{question}\"",
            cell.name()
        ))
        .help("take a figure of the table itself; `[[headline]]` may name every figure")
}

#[cfg(test)]
mod tests {
    use super::super::testing::{poll_with_headline, released};
    use super::*;
    use crate::diagnostic::full;
    use crate::disclose::testing::without;
    use crate::words::EN_GB;

    fn read(headline: &str) -> Result<String, Vec<(&'static str, String)>> {
        let poll = poll_with_headline(headline);
        let section = section(&poll, &released(), &EN_GB).map_err(|findings| {
            let told = |f: Finding| (f.code.id, f.because.unwrap_or_default());
            findings.into_iter().map(told).collect::<Vec<_>>()
        })?;
        let Some(Part::Findings(sentences)) = section.expect("a section").parts.pop() else {
            panic!("no findings")
        };
        let text = sentences[0].0.iter().map(|run| match run {
            Run::Plain(text) => text.clone(),
            Run::Strong(text) => format!("*{text}*"),
            other => panic!("{other:?}"),
        });
        Ok(text.collect())
    }

    #[test]
    fn figures_take_their_places() {
        let text = read("Only {adequate.yes|percent} said yes").expect("bound");
        assert_eq!(text, "Only *3%* said yes");
    }

    #[test]
    fn groups_items_nets_and_means_have_names() {
        let bound = |name: &str| read(name).expect("bound");
        assert_eq!(bound("{adequate.yes@phase=primary|percent}"), "*4%*");
        assert_eq!(bound("{inspection.workload.total_agree|number}"), "*78*");
        assert_eq!(bound("{inspection.home.total_agree|number}"), "*50*");
        assert_eq!(bound("{adequate.yes|points}"), "*3 points*");
        assert_eq!(bound("{hours.mean|mean}"), "*52*");
    }

    #[test]
    fn a_headline_links_to_its_question() {
        let poll = poll_with_headline("Only {adequate.yes|percent} said yes");
        let section = section(&poll, &released(), &EN_GB).expect("bound");
        let Some(Part::Findings(list)) = section.expect("a section").parts.pop() else {
            panic!("no findings")
        };
        let (anchor, title) = list[0].1.clone().expect("a link");
        assert_eq!((anchor.as_str(), title.as_str()), ("q-adequate", "Pause adequate"));
    }

    #[test]
    fn a_wrong_name_is_told_the_nearest_one() {
        let found = read("{adequate.yse|percent} said yes").expect_err("unbound");
        assert_eq!(found, [("R001", "the closest figure is `adequate.yes`".to_owned())]);
    }

    #[test]
    fn a_hidden_figure_may_not_stand_in_a_headline() {
        let found = read("{adequate.yes@phase=special|percent}").expect_err("hidden");
        assert_eq!(found, [("R001", "the figure is marked `[c]`".to_owned())]);
    }

    #[test]
    fn a_figure_of_a_table_that_is_left_out_is_told_why() {
        let released = without(released(), "adequate-phase");
        let said = |figure: &str| {
            let poll = poll_with_headline(figure);
            let found = section(&poll, &released, &EN_GB).expect_err("left out");
            full(&found[0])
        };
        insta::assert_snapshot!(said("{adequate.yes@phase=primary|percent}"), @r"
        error[R001]: a headline names a figure of a table that is left out
          --> poll.toml:1:1   `headline.text`
           | adequate.yes@phase=primary|percent
           | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
         because: to protect respondents nothing is shown of `adequate-phase`
            help: take the sentence out, or merge small groups (`merge_into` in the schema) or take a banner out, so that the table can be shown
        ");
        assert!(said("{adequate.yes@role=head|percent}").contains("that there is not"));
        assert!(said("{adequat.yes@phase=primary|percent}").contains("that there is not"));
    }

    #[test]
    fn a_mean_is_not_a_percentage() {
        let found = read("{hours.mean|percent}").expect_err("wrong style");
        assert_eq!(found, [("R001", "the figure is of the kind `mean`".to_owned())]);
    }

    #[test]
    fn a_name_that_is_not_closed_or_lacks_its_style_cannot_be_read() {
        assert_eq!(read("Only {adequate.yes").expect_err("open")[0].0, "R001");
        assert_eq!(read("Only {adequate.yes}").expect_err("bare")[0].0, "R001");
    }

    #[test]
    fn a_number_in_words_is_refused_too() {
        for text in [
            "Three per cent of members ({adequate.yes|percent}) said yes",
            "A third of members, not {adequate.yes|percent}, said yes",
            "Nine in ten ({adequate.no|percent}) said no",
            "{adequate.yes|number} in ten said yes",
            "Half ({inspection.home.total_agree|percent}) agreed",
        ] {
            let found = read(text).expect_err(text);
            assert_eq!(found[0].0, "R002", "{text}");
        }
    }

    #[test]
    fn shares_can_be_said_in_words() {
        let bound = |text: &str| read(text).expect("bound");
        assert_eq!(bound("{adequate.no|in ten} said no"), "*Nine in ten* said no");
        assert_eq!(bound("Nearly {inspection.home.total_agree|fraction}"), "Nearly *half*");
        let none = read("{adequate.yes|in ten} said yes").expect_err("three per cent");
        assert_eq!(none, [("R011", "`adequate.yes` is 3%".to_owned())]);
    }

    #[test]
    fn words_need_figures_that_bear_them() {
        let refused = |text: &str| read(text).expect_err(text)[0].0;
        for (text, code) in [
            ("Most members said no", "R003"),
            ("More than {adequate.no|percent} of members said no", "R015"),
            ("{adequate.yes|percent} said yes, fewer than {adequate.no|percent}", "R015"),
            ("Nearly {adequate.no|percent} said no", "R015"),
            ("A change of -{adequate.no|percent}", "R015"),
            ("No was said by {adequate.no|percent", "R001"),
            ("Most members said yes{adequate.no|silent}", "R004"),
            ("Most members said yes ({adequate.yes|percent})", "R004"),
            ("Most ({adequate.yes|percent}) members said yes", "R004"),
            ("Most, {adequate.yes|percent}, call it so", "R004"),
            ("Majority: {adequate.yes|percent} said yes", "R004"),
            ("Few \u{2013} {adequate.no|percent} \u{2013} said no", "R005"),
            // The interval, 47 to 53, holds 50.
            ("Most members agreed ({inspection.home.total_agree|percent})", "R004"),
            ("A minority agreed ({inspection.home.total_agree|percent})", "R004"),
            ("Nearly all members said no ({adequate.no|percent})", "R005"),
            ("Very few members said no ({adequate.no|percent})", "R005"),
            ("More primary than secondary members said yes ({adequate.yes|percent})", "R006"),
            ("{adequate.yes|percent} said yes, up from last year", "R008"),
            ("The most common answer was yes ({adequate.yes|percent})", "R010"),
        ] {
            assert_eq!(refused(text), code, "{text}");
        }
    }

    #[test]
    fn words_that_figures_bear_may_stand() {
        for text in [
            "Most members said no{adequate.no|silent}",
            "A minority of {adequate.yes|percent} said yes",
            "Very few members ({adequate.yes|percent}) said yes",
            "The most common answer was no ({adequate.no|percent})",
            "{adequate.no|percent} were stressed most of the time",
        ] {
            assert!(read(text).is_ok(), "{text}: {:?}", read(text));
        }
        let silent = read("Most members said no{adequate.no|silent}");
        assert_eq!(silent.expect("bound"), "Most members said no");
    }

    #[test]
    fn a_small_number_that_is_no_result_may_stand() {
        let text = read("{adequate.yes|percent} said the two-week pause was adequate");
        assert_eq!(text.expect("bound"), "*3%* said the two-week pause was adequate");
    }

    #[test]
    fn a_loose_number_is_refused_and_all_faults_are_told() {
        let found = read("3% or {adequate.yse|percent}").expect_err("two faults");
        assert_eq!(found.iter().map(|f| f.0).collect::<Vec<_>>(), ["R002", "R001"]);
    }

    #[test]
    fn the_place_is_the_poll_file_and_the_number_of_the_headline() {
        let poll = poll_with_headline("3%");
        let found = section(&poll, &released(), &EN_GB).expect_err("loose");
        let place = found[0].place.clone().expect("a place");
        assert_eq!((place.file, place.column.as_deref()), (poll.file, Some("headline.text")));
    }
}
