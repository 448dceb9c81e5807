//! One sentence and what it leads to: its questions, the groups that it names, its numbers
//! with the figures that bear them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::draft::Draft;
use super::matching::{Found, find};
use super::passage::Sentence;
use super::release::{Figure, Release, Relevance};
use crate::prose::{Amount, Cue, Kind, Number, Token, is_people};

/// From here on a sentence is about a question: one word that few other questions have.
pub(super) const NEAR: f64 = 0.2;

/// How much the words before a sentence count against its own.
const BEFORE: f64 = 0.4;

/// The same of the words by which it names a group.
const OF_GROUP: f64 = 0.3;

/// A group that is named.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The groups that have this name; more than one where two banners share a label.
    pub(super) groups: Vec<usize>,
    /// Where it is named.
    pub(super) tokens: Range<usize>,
}

/// A number and what was found for it.
pub(super) struct Claim<'a> {
    pub(super) number: &'a Number,
    pub(super) found: Found<'a>,
}

impl<'a> Claim<'a> {
    /// The figure that bears it.
    pub(super) fn figure(&self) -> Option<&'a Figure> {
        match self.found {
            Found::Figure(figure) => Some(figure),
            _ => None,
        }
    }

    /// The figure, if it is a percentage.
    pub(super) fn share(&self) -> Option<&'a Figure> {
        self.figure().filter(|figure| figure.is_share())
    }
}

/// A sentence as it is understood.
pub(super) struct Reading<'a> {
    pub(super) draft: &'a Draft<'a>,
    pub(super) release: &'a Release,
    pub(super) sentence: &'a Sentence,
    pub(super) relevance: Relevance,
    /// The same without what the sentence goes on from.
    pub(super) alone: Relevance,
    /// Groups named in the sentence, or beside a cell.
    pub(super) mentions: Vec<Mention>,
    /// Groups named in what the sentence goes on from.
    pub(super) earlier: Vec<Mention>,
    pub(super) claims: Vec<Claim<'a>>,
    /// Whether it has been said already that the figures are of those who replied.
    pub(super) told: bool,
    /// The percentages of the sentence before.
    pub(super) previous: Vec<f64>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        draft: &'a Draft<'a>,
        release: &'a Release,
        sentence: &'a Sentence,
        (told, previous): (bool, &[f64]),
    ) -> Self {
        let mentions = mentions(draft, release, &own(sentence));
        let words = |ranges: &[Range<usize>], factor| words(draft, ranges, &mentions, factor);
        let alone = words(&own(sentence), 1.0);
        let mut all = words(&sentence.before, BEFORE);
        all.extend(alone.clone());
        let relevance =
            |words| with_labels(release.index.relevance(words), draft, release, sentence);
        let mut reading = Self {
            draft,
            release,
            sentence,
            relevance: relevance(&all),
            // The corner of a table and the line above it are its cells' own words.
            alone: relevance(if sentence.cell { &all } else { &alone }),
            earlier: self::mentions(draft, release, &sentence.before),
            mentions,
            claims: Vec::new(),
            told,
            previous: previous.to_vec(),
        };
        let numbers = draft.numbers_of(sentence);
        let found: Vec<_> = numbers.iter().map(|number| find(&reading, number)).collect();
        let claims = numbers.iter().zip(found);
        reading.claims = claims.map(|(number, found)| Claim { number, found }).collect();
        reading
    }

    /// The pieces of the sentence.
    pub(super) fn tokens(&self) -> &'a [Token] {
        self.draft.tokens.get(self.sentence.tokens.clone()).unwrap_or_default()
    }

    /// A piece of the text by its place.
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.draft.tokens.get(at)
    }

    /// The claims in words of the sentence.
    pub(super) fn cues(&self) -> &'a [Cue] {
        self.draft.cues_of(self.sentence)
    }

    /// Whether a group is named in the sentence.
    pub(super) fn names(&self, group: usize) -> bool {
        self.mentions.iter().any(|mention| mention.groups.contains(&group))
    }

    /// Whether one of these words stands in the sentence.
    pub(super) fn has_any(&self, list: &[&str]) -> bool {
        self.tokens().iter().any(|token| token.is_in(list))
    }

    /// Whether these words follow each other in the sentence.
    pub(super) fn has(&self, phrase: &[&str]) -> bool {
        let tokens = self.tokens();
        tokens
            .windows(phrase.len().max(1))
            .any(|window| window.iter().zip(phrase).all(|(token, word)| token.is(word)))
    }

    /// The claim next to some pieces, at most so many pieces away, without the end of a
    /// clause between. What follows is looked at first.
    pub(super) fn next_to(&self, tokens: &Range<usize>, most: usize) -> Option<&Claim<'a>> {
        let clause = |from: usize, to: usize| {
            let between = self.draft.tokens.get(from..to).unwrap_or_default();
            !between.iter().any(|t| t.is_in(&[";", "while", "whereas", "but"]))
        };
        let after = self.claims.iter().find(|claim| {
            let start = claim.number.tokens.start;
            start >= tokens.end && start - tokens.end <= most && clause(tokens.end, start)
        });
        after.or_else(|| {
            self.claims.iter().rev().find(|claim| {
                let end = claim.number.tokens.end;
                end <= tokens.start && tokens.start - end <= most && clause(end, tokens.start)
            })
        })
    }

    /// The question that the sentence is about, if its words lead to one.
    pub(super) fn topic(&self) -> Option<usize> {
        self.topic_with(|_| true).map(|(block, _)| block)
    }

    /// Whether its own words lead to a question.
    pub(super) fn is_about_poll(&self) -> bool {
        self.alone.best(|_| true).is_some_and(|(_, score)| score >= NEAR)
    }

    /// Whether it says that its numbers are of another source.
    pub(super) fn cites_another(&self) -> bool {
        let tokens = self.tokens();
        let own =
            ["poll", "survey", "members", "respondents", "results", "our", "those", "union"];
        let names =
            |from: usize| !tokens.iter().skip(from).take(6).any(|token| token.is_in(&own));
        tokens.windows(2).enumerate().any(|(at, pair)| {
            let according = pair[0].is("according") && pair[1].is("to");
            let figures = pair[0].is_in(&["official", "government", "department"])
                && pair[1].is_in(&["figures", "statistics", "data"]);
            let source = pair[0].is("source") && pair[1].is(":");
            (according || figures || source) && names(at + 2)
        })
    }

    /// The percentages that its numbers stand for.
    pub(super) fn shares(&self) -> Vec<f64> {
        self.claims.iter().filter_map(|claim| claim.share()?.value).collect()
    }

    /// The question of some kind that the sentence is about, and how much its words have in
    /// common with it.
    pub(super) fn topic_with(&self, is: impl Fn(usize) -> bool) -> Option<(usize, f64)> {
        self.relevance.best(is).filter(|(_, score)| *score >= NEAR)
    }

    /// The figures of a block that the sentence could mean: of the groups that it names,
    /// or of everybody.
    pub(super) fn meant(&self, block: usize) -> Vec<&'a Figure> {
        let named = |figure: &&Figure| match figure.group {
            None => self.mentions.is_empty() && figure.wave.is_none(),
            Some(group) => self.names(group),
        };
        let found: Vec<_> = self.release.of_block(block).filter(named).collect();
        if found.is_empty() {
            return self.release.of_block(block).filter(|f| f.is_of_all()).collect();
        }
        found
    }

    /// How many words of the sentence stand in a figure's answer.
    pub(super) fn named(&self, figure: &Figure) -> usize {
        let beside =
            self.sentence.beside.iter().filter_map(|r| self.draft.tokens.get(r.clone()));
        let words = self.tokens().iter().chain(beside.flatten());
        words.filter(|token| self.release.index.is_answer(figure, &token.stem)).count()
    }

    /// The people that a number is of: the words from the end of the number to the noun,
    /// and where they end. `62% of primary school teachers` gives "primary school
    /// teachers".
    pub(super) fn people(&self, number: &Number) -> Option<Range<usize>> {
        let start = number.tokens.end;
        let of = self.token(start).is_some_and(|t| t.is("of"));
        let share = matches!(number.amount, Amount::Share { .. } | Amount::Plain(_));
        if !of && !share {
            return None;
        }
        let first = start + usize::from(of);
        for at in first..(first + 7).min(self.sentence.tokens.end) {
            let token = self.token(at).filter(|t| t.kind == Kind::Word)?;
            if token.is_in(&["who", "said", "say", "that", "and", "in", "is", "are", "were"]) {
                return None;
            }
            let more = self.token(at + 1).is_some_and(|t| is_people(&t.lower));
            if (is_people(&token.lower) || token.is("those")) && !more {
                return Some(first..at + 1);
            }
        }
        None
    }
}

/// The sentence and what belongs to it.
fn own(sentence: &Sentence) -> Vec<Range<usize>> {
    std::iter::once(sentence.tokens.clone()).chain(sentence.beside.iter().cloned()).collect()
}

/// The words of parts of a text, and how much each counts: as stems, and as they are
/// written behind a `=`. Names of groups say little of what was asked.
fn words(
    draft: &Draft<'_>,
    ranges: &[Range<usize>],
    mentions: &[Mention],
    factor: f64,
) -> BTreeMap<String, f64> {
    let mut found = BTreeMap::new();
    for (at, token) in ranges
        .iter()
        .flat_map(|r| r.clone().zip(draft.tokens.get(r.clone()).into_iter().flatten()))
    {
        let group = mentions.iter().any(|mention| mention.tokens.contains(&at));
        let counts = if group { factor * OF_GROUP } else { factor };
        if token.kind == Kind::Word {
            found.insert(token.stem.clone(), counts);
            found.insert(format!("={}", token.lower), counts);
        }
    }
    found
}

/// Adds the answers whose whole labels the sentence repeats.
fn with_labels(
    mut relevance: Relevance,
    draft: &Draft<'_>,
    release: &Release,
    sentence: &Sentence,
) -> Relevance {
    for range in own(sentence) {
        let tokens = draft.tokens.get(range).unwrap_or_default();
        for label in release.labels.iter().filter(|label| label.stands_in(tokens)) {
            relevance.add(&label.places);
        }
    }
    relevance
}

/// The groups that are named in parts of a text.
fn mentions(draft: &Draft<'_>, release: &Release, ranges: &[Range<usize>]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for range in ranges {
        let tokens = draft.tokens.get(range.clone()).unwrap_or_default();
        let mut at = 0;
        while at < tokens.len() {
            match mention(release, tokens, at) {
                Some((groups, length)) => {
                    let start = range.start + at;
                    found.push(Mention { groups, tokens: start..start + length });
                    at += length;
                }
                None => at += 1,
            }
        }
    }
    found
}

/// The groups with the longest name at a place.
fn mention(release: &Release, tokens: &[Token], at: usize) -> Option<(Vec<usize>, usize)> {
    let lengths = release.groups.iter().map(|group| group.named(tokens, at));
    let lengths: Vec<Option<usize>> = lengths.collect();
    let longest = lengths.iter().flatten().max().copied()?;
    let groups = lengths.iter().enumerate().filter(|(_, length)| **length == Some(longest));
    Some((groups.map(|(place, _)| place).collect(), longest))
}
