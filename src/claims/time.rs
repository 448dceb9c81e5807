//! Whether a sentence speaks of an earlier wave: "last year", "in November", "than in 2023".
//! Takes a reading, gives yes or no. Knows waves by their names only.

use super::reading::Reading;
use super::release::Figure;
use crate::prose::{Bearing, MONTHS, Number, Token, tokens};

/// Words in a row that look back to an earlier poll.
const BACK: [&[&str]; 17] = [
    &["last", "year"],
    &["last", "month"],
    &["last", "term"],
    &["last", "autumn"],
    &["last", "spring"],
    &["last", "time"],
    &["a", "year", "ago"],
    &["a", "year", "earlier"],
    &["year", "on", "year"],
    &["previous", "poll"],
    &["previous", "survey"],
    &["previous", "wave"],
    &["previous", "year"],
    &["last", "poll"],
    &["last", "survey"],
    &["earlier", "wave"],
    &["than", "before"],
];

impl Reading<'_> {
    /// Whether the sentence compares with an earlier time.
    pub(super) fn looks_back(&self) -> bool {
        let dated = self.tokens().windows(2).any(|pair| {
            let year = pair[1].lower.len() == 4 && pair[1].lower.starts_with("20");
            pair[0].is_in(&["in", "since", "from"]) && (year || pair[1].is_in(&MONTHS))
        });
        let compares = self.has_any(&["than", "compared", "from", "since"]);
        BACK.iter().any(|phrase| self.has(phrase)) || (dated && compares)
    }

    /// Whether a number of the sentence can be of a figure's wave. That of an earlier one
    /// has to be said: by its name, by words that look back, or by "up from" a number.
    pub(super) fn is_of_time(&self, figure: &Figure, number: &Number) -> bool {
        let Some(wave) = &figure.wave else { return true };
        let start = number.tokens.start;
        let before = self.draft.tokens.get(start.saturating_sub(3)..start).unwrap_or_default();
        let moves = |bearing| matches!(bearing, Bearing::Rise | Bearing::Fall);
        let from = before.iter().any(|t| t.is("from"))
            && self.cues().iter().any(|cue| moves(cue.bearing));
        let back = BACK.iter().any(|phrase| self.has(phrase));
        from || back || names_wave(self.tokens(), wave)
    }
}

/// Whether a text has the name of a wave, or the month of one that is named by it:
/// "in November" of `2023-11`.
fn names_wave(text: &[Token], wave: &str) -> bool {
    let name = tokens(wave);
    let whole = !name.is_empty()
        && text
            .windows(name.len())
            .any(|w| w.iter().zip(&name).all(|(a, b)| a.lower == b.lower));
    let mut parts = wave.split('-');
    let (year, month) = (parts.next().unwrap_or_default(), parts.next());
    let month = month.and_then(|month| month.parse::<usize>().ok()?.checked_sub(1));
    let month = month.and_then(|month| MONTHS.get(month));
    let dated = |pair: &[Token]| {
        let leads = pair[0].is_in(&["in", "since", "of", "from"]);
        leads && pair.iter().any(|t| month.is_some_and(|month| t.is(month)))
            || leads && month.is_some() && pair.iter().any(|t| t.is(year))
    };
    whole || text.windows(2).any(dated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_named_by_their_names_and_months() {
        let named = |text: &str, wave| names_wave(&tokens(text), wave);
        assert!(named("41% in November", "2023-11") && named("since 2023", "2023-11"));
        assert!(named("at the Spring 2023 wave", "Spring 2023"));
        assert!(!named("41% in January", "2023-11") && !named("41% may say so", "2023-05"));
    }
}
