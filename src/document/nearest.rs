//! "Did you mean": a word and the words that would do go in, the nearest comes out.
//!
//! Knows nothing of where the words come from. Never guesses when nothing is near.

/// How many characters a word may have that is compared.
const LONGEST: usize = 300;

/// The candidate nearest to a word, or none if none is near.
///
/// Near means: at most one slip in three characters, where a slip is a character that is
/// missing, added, wrong, or swapped with its neighbour (the distance of Damerau, 1964,
/// and Levenshtein, 1966). Case, spaces, `_` and `-` do not count. The first of equals
/// wins.
#[must_use]
pub fn nearest<'c>(
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let bare = plain(word);
    let near = candidates.into_iter().filter_map(|candidate| {
        let other = plain(candidate);
        let (one, two) = (bare.chars().count(), other.chars().count());
        let longer = one.max(two);
        // What differs too much in length is not near, and what is very long is no word.
        if one.abs_diff(two) * 3 > longer || longer > LONGEST {
            return None;
        }
        let slips = strsim::damerau_levenshtein(&bare, &other);
        (longer > 0 && slips * 3 <= longer).then_some((slips, candidate))
    });
    near.min_by_key(|(slips, _)| *slips).map(|(_, candidate)| candidate)
}

/// A word without what people overlook.
fn plain(word: &str) -> String {
    let seen = word.chars().filter(|c| !matches!(c, '_' | '-') && !c.is_whitespace());
    seen.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_word_is_found() {
        let keys = ["text", "title", "kind", "asked_if", "missingValues"];
        assert_eq!(nearest("titel", keys), Some("title"));
        assert_eq!(nearest("TITLE ", keys), Some("title"));
        assert_eq!(nearest("missing_values", keys), Some("missingValues"));
        assert_eq!(nearest("askedif", keys), Some("asked_if"));
        let labels = ["Strongly agree", "Agree"];
        assert_eq!(nearest("strongly  agre", labels), Some("Strongly agree"));
    }

    #[test]
    fn nothing_is_guessed() {
        assert_eq!(nearest("9", ["1", "2", "3"]), None);
        assert_eq!(nearest("rate", ["note"]), None, "two slips in four characters");
        assert_eq!(nearest("weight", ["title", "kind"]), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(nearest("", ["", "a"]), None);
    }
}
