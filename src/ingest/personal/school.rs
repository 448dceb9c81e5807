//! Names of schools in a text: words go in, where a name stands comes out.
//!
//! Knows the words that say what a school is like, and not which it is. May know nothing
//! else of `personal` but how words are compared. Never gives a word back.

use std::ops::Range;

use super::{is_one_of, within};

/// Words that end a school's name.
pub(super) const SCHOOLS: &str = "school academy college primary nursery infants juniors";

/// Words that say what a school is like, not which it is, who works there, or what is wanted.
pub(super) const KINDS: &str = "a academy aided all alternative and another any art arts assistant \
    authority best better boarding boys british catholic chair children christian church city \
    class close cofe community comprehensive controlled converter council covid cross daughter \
    day department deputy dfe director early education england english entry estyn executive \
    faith fe federated fee first form former foundation free friend fund funded further girls \
    good governor governors grammar great head headteacher high higher hindu home hospital \
    improve inadequate increase independent infant infants integrated international irish \
    islamic jewish junior juniors language large last lead leader leaders led local london \
    lower mainly mainstream maintained maths medium middle mixed montessori more most mostly \
    multi music muslim new next non northern nursery of ofsted old one only other outstanding \
    parent parents paying phase post prep preparatory previous primary principal private \
    provision public pupil pupils reduce referral research residential roman rural science \
    scottish secondary selective semh sen send senior single site sixth small some son special \
    specialist split sponsor sponsored sports spring staff stage standalone state steiner stop \
    student students studio summer sunday supply support teacher teachers teaching technical \
    technology the three through training trust two university upper urban vice village \
    virtual voluntary wales welsh whole year";

/// Words before which no name of a school goes on.
const CUTS: &str = "after at each every for from her his in its leave my national no off our \
    that their this to what when which with without your by khan royal";

/// Small words within names of schools.
const LINKS: &str = "of the and & upon on le";

/// How many words with a capital may follow the word for a school and belong to its name
/// (`Oasis Academy Brislington`).
const FOLLOWING: usize = 3;

/// A school's name: words with a capital, one of which says which school it is, and a word
/// for a school; or `Ysgol` and a name.
pub(super) fn school(text: &str) -> Option<Range<usize>> {
    text.split('/').find_map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        let name = (0..words.len()).find_map(|at| named_school(&words, at))?;
        let (first, last) = (words.get(name.start)?, words.get(name.end - 1)?);
        Some(within(text, first).start..within(text, last).end)
    })
}

/// The words of the name of which the one at a place is the word for a school.
fn named_school(words: &[&str], at: usize) -> Option<Range<usize>> {
    let (before, after) = (&words[at.saturating_sub(8)..at], &words[at + 1..]);
    let after = if stops(words[at]) { &[] } else { after };
    let kind = bare(words[at]).to_lowercase();
    let start = if !capital(words[at]) {
        None
    } else if is_one_of(SCHOOLS, &kind) {
        which_school(before, &kind, after.first().copied()).map(|run| at - run)
    } else {
        (kind == "ysgol" && after.iter().take(2).any(|word| welsh_name(word))).then_some(at)
    };
    let more = (at..words.len() - 1).take(FOLLOWING);
    let more = more.take_while(|word| !stops(words[*word]) && capital(words[word + 1]));
    Some(start?..at + 1 + more.count())
}

/// How many words before a school's kind name it; none if the one after makes the kind part
/// of something else (`Improve School Funding`, `College of Teaching`).
fn which_school(before: &[&str], kind: &str, after: Option<&str>) -> Option<usize> {
    let belongs = |word: &&&str| {
        let small = bare(word).to_lowercase();
        let linked = capital(word) || is_one_of(LINKS, word);
        linked && !stops(word) && !is_one_of(CUTS, &small)
    };
    let adjacent = before.last().is_some_and(|word| capital(word));
    let run = || before.iter().rev().take_while(belongs);
    let names = run().filter(|word| specific(word)).count();
    let sure = kind == "academy" || names > 1 || run().any(|word| saint(word));
    let goes_on = after.is_some_and(capital);
    let within = after.is_some_and(|word| is_one_of("of for", word));
    let sure_enough = adjacent && names > 0 && !within && (sure || !goes_on);
    // A small word before the name is no part of it.
    let first = run().zip(1..).filter(|(word, _)| capital(word)).map(|(_, place)| place).last();
    first.filter(|_| sure_enough)
}

/// A word without punctuation around it and without `'s`.
pub(super) fn bare(word: &str) -> &str {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.strip_suffix("'s").or_else(|| inner.strip_suffix("’s")).unwrap_or(inner)
}

fn capital(word: &str) -> bool {
    bare(word).starts_with(char::is_uppercase)
}

/// Whether a sentence or clause ends after a word.
pub(super) fn stops(word: &str) -> bool {
    word.ends_with(['.', ',', ';', ':', '!', '?', ')']) && !saint(word)
}

fn saint(word: &str) -> bool {
    is_one_of("St St. ST ST. Saint", word)
}

/// Whether a word with a capital may tell one school from others.
fn specific(word: &str) -> bool {
    let name = bare(word);
    let small = name.to_lowercase();
    let known = |part| is_one_of(KINDS, part) || is_one_of(LINKS, part) || part.len() < 2;
    capital(word)
        && (saint(word)
            || (name.len() > 2
                && name.chars().any(char::is_lowercase)
                && !small.split('-').all(known)))
}

fn welsh_name(word: &str) -> bool {
    let kinds = "gynradd uwchradd gyfun arbennig feithrin ganol fabanod babanod iau annibynnol \
        gymraeg gatholig fonedd breswyl";
    capital(word) && bare(word).len() > 2 && !is_one_of(kinds, &bare(word).to_lowercase())
}
