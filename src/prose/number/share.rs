//! Shares in other words than per cent: "a third", "three quarters", "seven in ten".
//!
//! How far a figure may be off before the words are wrong: one point for a fraction and
//! for "one in four", two for tenths, half a point for twentieths and hundredths.

use super::{Amount, Value, spelled, value};
use crate::prose::token::Token;

const PARTS: [(&str, f64); 8] = [
    ("half", 2.0),
    ("third", 3.0),
    ("quarter", 4.0),
    ("fifth", 5.0),
    ("sixth", 6.0),
    ("eighth", 8.0),
    ("tenth", 10.0),
    ("seventh", 7.0),
];

/// What "half" may stand before or after without being a share.
const NO_HALF: &[&str] = &[
    "an", "term", "terms", "day", "days", "time", "way", "year", "yearly", "past", "hour",
    "hearted", "baked", "dozen", "century", "marathon", "price", "measures",
];
const NO_HALF_AFTER: &[&str] = &["first", "second", "latter", "other", "better"];

/// What makes "a third" or "a quarter" one of several things in a row.
const NO_PART: &[&str] = &[
    "party", "parties", "time", "term", "year", "way", "person", "country", "reading", "wave",
    "poll", "survey", "option", "place", "sector", "century", "past", "day", "week", "month",
    "reason", "point", "question",
];

/// "half", "a third", "two-thirds", "three quarters": where it ends, and its share.
pub(super) fn fraction(tokens: &[Token], at: usize) -> Option<(usize, Amount)> {
    let token = tokens.get(at)?;
    if token.is("half") {
        return half(tokens, at);
    }
    let (above, place) = match token.lower.as_str() {
        "a" => (1.0, at + 1),
        _ => spelled::value(tokens, at)?,
    };
    let word = tokens.get(place)?.lower.as_str();
    let (name, below) = PARTS.iter().find(|(name, _)| {
        word == *name || word.strip_suffix('s').is_some_and(|one| one == *name)
    })?;
    let plural = word != *name;
    let next = tokens.get(place + 1);
    let ordinal = next.is_some_and(|next| next.is_in(NO_PART));
    // "a fifth member" counts members; "a fifth of members" is a share.
    let rare = !plural && *below > 4.0 && !next.is_some_and(|next| next.is("of"));
    let of_hour = name == &"quarter" && hour(tokens, place + 1);
    // "a half" may be part of "two and a half".
    let many = tokens.get(at.wrapping_sub(1)).is_some_and(|t| t.is("and")) && *name == "half";
    let fits = above < *below && (plural == (above > 1.0));
    (fits && !ordinal && !rare && !of_hour && !many)
        .then_some((place + 1, share(above / below, 1.0)))
}

fn half(tokens: &[Token], at: usize) -> Option<(usize, Amount)> {
    let next = tokens.get(at + 1);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let earlier = at.checked_sub(2).and_then(|earlier| tokens.get(earlier));
    let other = next.is_some_and(|t| t.is_in(NO_HALF))
        || before.is_some_and(|t| t.is_in(NO_HALF_AFTER))
        || (before.is_some_and(|t| t.is("a")) && earlier.is_some_and(|t| t.is("and")));
    (!other).then_some((at + 1, share(0.5, 1.0)))
}

fn hour(tokens: &[Token], at: usize) -> bool {
    let words = ["of", "an", "hour"];
    words.iter().zip(at..).all(|(word, at)| tokens.get(at).is_some_and(|t| t.is(word)))
}

/// "seven in ten", "nine out of ten", "1 in 4", "one in every five".
pub(super) fn in_so_many(tokens: &[Token], above: Value) -> Option<(usize, Amount)> {
    let word = |at: usize, text: &str| tokens.get(at).is_some_and(|t| t.is(text));
    let mut at = above.end;
    if word(at, "in") {
        at += 1;
    } else if word(at, "out") && word(at + 1, "of") {
        at += 2;
    } else {
        return None;
    }
    if word(at, "every") {
        at += 1;
    }
    let below = value(tokens, at)?;
    let whole = above.decimals == 0 && below.decimals == 0;
    let fits =
        whole && above.number >= 1.0 && above.number < below.number && below.number <= 100.0;
    let tolerance = match below.number {
        ten if ten > 9.5 && ten < 10.5 => 2.0,
        many if many > 10.5 => 0.5,
        _ => 1.0,
    };
    fits.then(|| (below.end, share(above.number / below.number, tolerance)))
}

fn share(part: f64, tolerance: f64) -> Amount {
    Amount::Share { value: part * 100.0, tolerance }
}

#[cfg(test)]
mod tests {
    use super::super::numbers;
    use super::*;
    use crate::prose::token::tokens;

    fn share_of(text: &str) -> Option<f64> {
        numbers(&tokens(text), &[]).said.into_iter().find_map(|number| match number.amount {
            Amount::Share { value, .. } => Some((value * 10.0).round() / 10.0),
            _ => None,
        })
    }

    #[test]
    fn fractions_and_so_many_in_ten_are_shares() {
        for (text, percent) in [
            ("a third of members", 33.3),
            ("two-thirds said", 66.7),
            ("three quarters", 75.0),
            ("Half said", 50.0),
            ("a fifth of members", 20.0),
            ("one in four", 25.0),
            ("four in ten", 40.0),
            ("nine out of ten", 90.0),
            ("7 in every 10", 70.0),
        ] {
            assert_eq!(share_of(text), Some(percent), "{text}");
        }
    }

    #[test]
    fn things_in_a_row_and_lengths_of_time_are_none() {
        for text in [
            "a third party",
            "the third wave",
            "half an hour",
            "half-term",
            "the second half",
            "two and a half",
            "a quarter of an hour",
            "a fifth member",
            "one of them",
            "one in the eye",
            "4 in 2024",
        ] {
            assert_eq!(share_of(text), None, "{text}");
        }
    }
}
