//! What stands before a number and changes what it claims: "nearly", "more than".
//!
//! The rules, in points of per cent: "nearly" is up to 5 below; "just under" and "just
//! over" up to 3; "about" 3 either way; "more than" and "under" anything beyond; "at
//! least" and "up to" the number itself or beyond. Other figures are measured by the same
//! rules as parts of the number.

use crate::prose::token::Token;

/// How a number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hedge {
    /// As it stands.
    #[default]
    Exact,
    /// "nearly", "almost".
    Nearly,
    /// "just under".
    JustUnder,
    /// "under", "less than".
    Under,
    /// "up to", "no more than".
    AtMost,
    /// "just over".
    JustOver,
    /// "more than", "over".
    Over,
    /// "at least".
    AtLeast,
    /// "about", "around", "roughly".
    About,
}

/// Up to how many points below the number "nearly" may be said.
const NEARLY: f64 = 5.0;
/// The same of "just under" and "just over".
const JUST: f64 = 3.0;
/// How far off either way "about" may be.
const ABOUT: f64 = 3.0;

impl Hedge {
    /// Whether a figure bears a number with this hedge. `tolerance` is how far off it may
    /// be without any; `scale` turns points into the unit of the number (1 for per cent).
    #[must_use]
    pub fn allows(self, said: f64, figure: f64, tolerance: f64, scale: f64) -> bool {
        // Released figures are rounded, so that a tie is a tie.
        let slack = 1e-9;
        let above = figure - said;
        let within = |most: f64| above.abs() <= most + slack;
        match self {
            Self::Exact => within(tolerance),
            Self::Nearly => above < -slack && above >= -NEARLY * scale - slack,
            Self::JustUnder => above < -slack && above >= -JUST * scale - slack,
            Self::Under => above < -slack,
            Self::AtMost => above <= slack,
            Self::JustOver => above > slack && above <= JUST * scale + slack,
            Self::Over => above > slack,
            Self::AtLeast => above >= -slack,
            Self::About => within(tolerance.max(ABOUT * scale)),
        }
    }
}

/// Words before a number, the longest first.
const WORDS: &[(&[&str], Hedge)] = &[
    (&["no", "more", "than"], Hedge::AtMost),
    (&["no", "fewer", "than"], Hedge::AtLeast),
    (&["no", "less", "than"], Hedge::AtLeast),
    (&["in", "excess", "of"], Hedge::Over),
    (&["not", "quite"], Hedge::Nearly),
    (&["just", "under"], Hedge::JustUnder),
    (&["just", "below"], Hedge::JustUnder),
    (&["just", "over"], Hedge::JustOver),
    (&["just", "above"], Hedge::JustOver),
    (&["slightly", "over"], Hedge::JustOver),
    (&["slightly", "under"], Hedge::JustUnder),
    (&["a", "little", "over"], Hedge::JustOver),
    (&["more", "than"], Hedge::Over),
    (&["less", "than"], Hedge::Under),
    (&["fewer", "than"], Hedge::Under),
    (&["at", "least"], Hedge::AtLeast),
    (&["at", "most"], Hedge::AtMost),
    (&["up", "to"], Hedge::AtMost),
    (&["close", "to"], Hedge::About),
    (&["some"], Hedge::About),
    (&["nearly"], Hedge::Nearly),
    (&["almost"], Hedge::Nearly),
    (&["approaching"], Hedge::Nearly),
    (&["under"], Hedge::Under),
    (&["below"], Hedge::Under),
    (&["over"], Hedge::Over),
    (&["above"], Hedge::Over),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["approximately"], Hedge::About),
    (&["circa"], Hedge::About),
];

/// The hedge before the number that begins at a place.
pub(super) fn before(tokens: &[Token], at: usize) -> Hedge {
    let found = WORDS.iter().find(|(words, _)| {
        let Some(start) = at.checked_sub(words.len()) else { return false };
        let before = tokens.get(start..at).unwrap_or_default();
        before.iter().zip(*words).all(|(token, word)| token.is(word))
    });
    found.map_or(Hedge::Exact, |(_, hedge)| *hedge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::token::tokens;

    fn read(text: &str) -> Hedge {
        let tokens = tokens(text);
        before(&tokens, tokens.len() - 1)
    }

    #[test]
    fn the_longest_words_win() {
        assert_eq!(read("no more than 40"), Hedge::AtMost);
        assert_eq!(read("just over 40"), Hedge::JustOver);
        assert_eq!(read("said that 40"), Hedge::Exact);
        assert_eq!(read("40"), Hedge::Exact);
    }

    #[test]
    fn a_figure_bears_what_its_hedge_allows() {
        let allows = |hedge: Hedge, figure| hedge.allows(50.0, figure, 1.0, 1.0);
        assert!(allows(Hedge::Exact, 51.0) && !allows(Hedge::Exact, 52.0));
        assert!(allows(Hedge::Nearly, 45.0) && !allows(Hedge::Nearly, 44.0));
        assert!(!allows(Hedge::Nearly, 50.0) && !allows(Hedge::Over, 50.0));
        assert!(allows(Hedge::Over, 94.0) && allows(Hedge::About, 53.0));
        assert!(allows(Hedge::AtLeast, 50.0) && allows(Hedge::AtMost, 50.0));
    }
}
