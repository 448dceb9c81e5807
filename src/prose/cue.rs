//! Words that only a figure can bear: "most", "nearly all", "more ... than", "fell".
//!
//! Finds them where they claim something of people or figures, and leaves them where they
//! are parts of other words: "most of the time", "the most common", "set up".

use std::ops::Range;

use super::stem::is_people;
use super::token::{Kind, Token};

/// What has to be true of the figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearing {
    /// More than half.
    Majority,
    /// Less than half.
    Minority,
    /// All but a few.
    NearlyAll,
    /// Only a few.
    HardlyAny,
    /// Everybody.
    All,
    /// Nobody.
    Nobody,
    /// More in one group, or of one answer, than in the other.
    More,
    /// Less in one than in the other.
    Less,
    /// More than before.
    Rise,
    /// Less than before.
    Fall,
    /// Twice as much.
    Double,
    /// Half as much.
    Halve,
    /// The most of all.
    Highest,
    /// The least of all.
    Lowest,
}

/// Such a word, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Which pieces of the text.
    pub tokens: Range<usize>,
    /// What it claims.
    pub bearing: Bearing,
}

/// What must follow a word to make it a claim.
#[derive(Clone, Copy)]
enum Followed {
    /// Anything may.
    Freely,
    /// People, within three words.
    ByPeople,
    /// A "than" within eight words, and no number after it.
    ByThan,
    /// A number, or "from", "by", "to", "since".
    ByNumber,
}

use Bearing::{
    All, Double, Fall, Halve, HardlyAny, Highest, Less, Lowest, Majority, Minority, More,
    NearlyAll, Nobody, Rise,
};
use Followed::{ByNumber, ByPeople, ByThan, Freely};

/// Words of a claim; the longest that stand in a place count.
const WORDS: &[(&[&str], Bearing, Followed)] = &[
    (&["majority"], Majority, Freely),
    (&["minority"], Minority, Freely),
    (&["most"], Majority, ByPeople),
    (&["nearly", "all"], NearlyAll, ByPeople),
    (&["almost", "all"], NearlyAll, ByPeople),
    (&["virtually", "all"], NearlyAll, ByPeople),
    (&["nearly", "every"], NearlyAll, ByPeople),
    (&["almost", "every"], NearlyAll, ByPeople),
    (&["nearly", "everyone"], NearlyAll, Freely),
    (&["almost", "everyone"], NearlyAll, Freely),
    (&["hardly", "any"], HardlyAny, ByPeople),
    (&["hardly", "anyone"], HardlyAny, Freely),
    (&["hardly", "anybody"], HardlyAny, Freely),
    (&["almost", "no"], HardlyAny, ByPeople),
    (&["virtually", "no"], HardlyAny, ByPeople),
    (&["almost", "nobody"], HardlyAny, Freely),
    (&["very", "few"], HardlyAny, ByPeople),
    (&["few"], HardlyAny, ByPeople),
    (&["all"], All, ByPeople),
    (&["every"], All, ByPeople),
    (&["everyone"], All, Freely),
    (&["everybody"], All, Freely),
    (&["nobody"], Nobody, Freely),
    (&["no", "one"], Nobody, Freely),
    (&["no"], Nobody, ByPeople),
    (&["none", "of"], Nobody, ByPeople),
    (&["twice", "as"], Double, Freely),
    (&["doubled"], Double, Freely),
    (&["doubling"], Double, Freely),
    (&["halved"], Halve, Freely),
    (&["more", "than", "any", "other"], Highest, Freely),
    (&["most", "common"], Highest, Freely),
    (&["most", "commonly"], Highest, Freely),
    (&["most", "popular"], Highest, Freely),
    (&["most", "often"], Highest, Freely),
    (&["most", "frequent"], Highest, Freely),
    (&["most", "frequently"], Highest, Freely),
    (&["most", "likely"], Highest, Freely),
    (&["least", "common"], Lowest, Freely),
    (&["least", "popular"], Lowest, Freely),
    (&["least", "likely"], Lowest, Freely),
    (&["highest"], Highest, Freely),
    (&["biggest"], Highest, Freely),
    (&["largest"], Highest, Freely),
    (&["lowest"], Lowest, Freely),
    (&["smallest"], Lowest, Freely),
    (&["more"], More, ByThan),
    (&["higher"], More, Freely),
    (&["greater"], More, ByThan),
    (&["less"], Less, ByThan),
    (&["fewer"], Less, ByThan),
    (&["lower"], Less, Freely),
    (&["rose"], Rise, Freely),
    (&["risen"], Rise, Freely),
    (&["rises"], Rise, ByNumber),
    (&["rising"], Rise, ByNumber),
    (&["grew"], Rise, Freely),
    (&["grown"], Rise, Freely),
    (&["increased"], Rise, Freely),
    (&["increase"], Rise, ByNumber),
    (&["climbed"], Rise, Freely),
    (&["jumped"], Rise, Freely),
    (&["surged"], Rise, Freely),
    (&["up"], Rise, ByNumber),
    (&["fell"], Fall, Freely),
    (&["fallen"], Fall, Freely),
    (&["falls"], Fall, ByNumber),
    (&["dropped"], Fall, Freely),
    (&["decreased"], Fall, Freely),
    (&["decrease"], Fall, ByNumber),
    (&["declined"], Fall, Freely),
    (&["plummeted"], Fall, Freely),
    (&["down"], Fall, ByNumber),
];

/// Words that make "most" and "few" parts of something else when they stand before.
const OTHERWISE: &[&str] = &["the", "a", "at", "of", "for", "not", "his", "her", "their"];

/// Words between "most" and the people that it counts, which end the search.
const ENDS: &[&str] = &[
    "time",
    "said",
    "say",
    "says",
    "is",
    "are",
    "was",
    "were",
    "common",
    "commonly",
    "popular",
    "likely",
    "often",
    "important",
    "importantly",
    "recent",
    "recently",
    "and",
    "but",
    "that",
];

/// The claims of a text in words, in order.
#[must_use]
pub fn cues(tokens: &[Token]) -> Vec<Cue> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match cue(tokens, at) {
            Some(cue) => {
                at = cue.tokens.end;
                found.push(cue);
            }
            None => at += 1,
        }
    }
    found
}

fn cue(tokens: &[Token], at: usize) -> Option<Cue> {
    let stands = |words: &[&str]| {
        words.iter().zip(at..).all(|(word, at)| tokens.get(at).is_some_and(|t| t.is(word)))
    };
    let here = WORDS.iter().filter(|(words, _, _)| stands(words));
    let (words, bearing, followed) = here.max_by_key(|(words, _, _)| words.len())?;
    let end = at + words.len();
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let otherwise = matches!(followed, ByPeople) && before.is_some_and(|t| t.is_in(OTHERWISE));
    // "Higher education" and "lower sixth" compare nothing.
    // "No more likely" says that there is no difference.
    let denied = before.is_some_and(|t| t.is_in(&["no", "not"]));
    if denied && matches!(bearing, More | Less) {
        return None;
    }
    let school = tokens.get(end).is_some_and(|t| t.is_in(&["education", "sixth", "secondary"]));
    let claims = match followed {
        Freely if matches!(bearing, More | Less) => !school,
        Freely => true,
        // "No, 41% said so" and "All: 3%" are answers.
        ByPeople if matches!(bearing, All | Nobody) => follows_people(tokens, end),
        ByPeople => follows_people(tokens, past_aside(tokens, end)) || in_aside(tokens, end),
        ByThan => than(tokens, end),
        ByNumber => number(tokens, end),
    };
    (claims && !otherwise).then_some(Cue { tokens: at..end, bearing: *bearing })
}

/// Marks that part a word from what it counts: "Most (41%) members", "Few \u{2013} 3%".
const ASIDE: [&str; 8] = ["(", "[", ",", ":", "\u{2013}", "\u{2014}", "-", "\""];

/// Whether a mark and then a number follow: "Most, 41%, call it so".
fn in_aside(tokens: &[Token], at: usize) -> bool {
    let marks = || tokens.iter().skip(at).take_while(|t| t.is_in(&ASIDE));
    let inside = tokens.iter().skip(at + marks().count()).take(3);
    let mut inside = inside.take_while(|t| t.kind != Kind::Mark);
    marks().next().is_some()
        && inside.any(|t| t.kind == Kind::Digits || (is_number(t) && !t.is("a")))
}

/// The place behind marks that stand here, and behind a bracket that they open.
fn past_aside(tokens: &[Token], at: usize) -> usize {
    let after = |at: usize| tokens.get(at..).unwrap_or_default();
    if after(at).first().is_some_and(|t| t.is_in(&["(", "["])) {
        let closed = after(at).iter().take(12).position(|t| t.is_in(&[")", "]"]));
        return closed.map_or(at, |length| at + length + 1);
    }
    at + after(at).iter().take_while(|t| t.is_in(&ASIDE)).count()
}

/// Whether people are meant by what begins here: "members", "of those who", "said".
#[must_use]
pub fn follows_people(tokens: &[Token], at: usize) -> bool {
    let words = tokens.iter().skip(at).take(4).take_while(|t| t.kind == Kind::Word);
    for (place, word) in words.enumerate() {
        if is_people(&word.lower) || word.is_in(&["those", "them", "us"]) {
            return true;
        }
        let says = [
            "said",
            "say",
            "agree",
            "agreed",
            "disagree",
            "think",
            "thought",
            "want",
            "wanted",
            "believe",
            "feel",
            "felt",
            "reported",
            "support",
            "oppose",
            "called",
            "call",
            "describe",
            "described",
            "find",
            "found",
            "name",
            "named",
            "told",
        ];
        if place == 0 && word.is_in(&says) {
            return true;
        }
        if word.is_in(ENDS) {
            return false;
        }
    }
    false
}

fn than(tokens: &[Token], at: usize) -> bool {
    let near = tokens.iter().enumerate().skip(at).take(14);
    let mut inside = near.take_while(|(_, t)| !t.is_in(&[".", ";", "!", "?"]));
    let Some((place, _)) = inside.find(|(_, token)| token.is("than")) else { return false };
    // "more than 60%" only says how the number is meant.
    let next = tokens.get(place + 1);
    let direct = place == at;
    !(direct && next.is_some_and(|t| t.kind == Kind::Digits || is_number(t)))
}

fn number(tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at) else { return false };
    let leads = next.is_in(&["from", "by", "on", "since", "of", "to"]);
    let digits = |t: &Token| t.kind == Kind::Digits || (is_number(t) && !t.is("a"));
    digits(next) || (leads && tokens.get(at + 1).is_some_and(|t| t.kind != Kind::Mark))
}

fn is_number(token: &Token) -> bool {
    let words = [
        "half", "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "sixty", "seventy",
        "eighty", "ninety", "\u{a3}", "$", "ever",
    ];
    token.is_in(&words)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn read(text: &str) -> Vec<Bearing> {
        cues(&tokens(text)).into_iter().map(|cue| cue.bearing).collect()
    }

    #[test]
    fn most_and_few_claim_something_of_people() {
        assert_eq!(read("Most members said no"), [Majority]);
        assert_eq!(read("most primary school teachers"), [Majority]);
        assert_eq!(read("Most of those who replied"), [Majority]);
        assert_eq!(read("Most said no"), [Majority]);
        assert_eq!(read("very few members"), [HardlyAny]);
        assert_eq!(read("nearly all members"), [NearlyAll]);
        assert_eq!(read("a majority said"), [Majority]);
        assert_eq!(read("Most call it so"), [Majority]);
    }

    #[test]
    fn marks_do_not_hide_a_claim() {
        for text in [
            "Most (41%) members who replied call it so",
            "Most, 41%, call it so",
            "Most \u{2013} four in ten \u{2013} call it so",
            "Most (of the union's) members call it so",
            "Majority: 41% call it so",
        ] {
            assert_eq!(read(text), [Majority], "{text}");
        }
        assert_eq!(read("Few \u{2013} 41% \u{2013} call it so"), [HardlyAny]);
        assert_eq!(read("Nearly all, 41%, call it so"), [NearlyAll]);
        assert_eq!(read("Yes, 3%. No, 94%. All: 97%."), []);
    }

    #[test]
    fn parts_of_other_words_claim_nothing() {
        for text in [
            "most of the time",
            "the most experienced teachers",
            "a few members",
            "at most",
            "set up a group",
            "down the road",
            "more than 60% said",
            "more than half",
            "more work for everyone else",
            "of all members",
            "more money",
        ] {
            let found: Vec<_> = read(text).into_iter().filter(|b| *b != All).collect();
            assert_eq!(found, [], "{text}");
        }
    }

    #[test]
    fn comparisons_changes_and_superlatives() {
        assert_eq!(read("More primary than secondary teachers"), [More]);
        assert_eq!(read("fewer than last year"), [Less]);
        assert_eq!(read("It rose to 41%"), [Rise]);
        assert_eq!(read("up 5 points, down from 40%"), [Rise, Fall]);
        assert_eq!(read("the most common answer"), [Highest]);
        assert_eq!(read("named more than any other"), [Highest]);
        assert_eq!(read("has doubled"), [Double]);
    }
}
