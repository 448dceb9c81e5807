//! Differences in spelling that a schema may declare to be overlooked.

use crate::diagnostic::without_invisible;
use crate::questionnaire::Fold;

/// A text without the differences that may be overlooked.
#[must_use]
pub fn folded(text: &str, fold: &[Fold]) -> String {
    let mut text = text.to_owned();
    // In one order, whatever that of the schema: a mark may hide a space.
    for rule in Fold::ALL.iter().filter(|rule| fold.contains(rule)) {
        text = match rule {
            Fold::Case => text.to_lowercase(),
            Fold::Space => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Fold::Quotes => text.chars().map(straight).collect(),
            Fold::Invisible => without_invisible(&text).into_owned(),
        };
    }
    text
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201B}' | '`' | '\u{00B4}' => '\'',
        '\u{201C}' | '\u{201D}' | '\u{201F}' => '"',
        other => other,
    }
}

/// The repair's name in findings: what of `fold` it took.
pub(super) fn rule(fold: &[Fold]) -> String {
    let keys: Vec<&str> = fold.iter().map(|fold| fold.key()).collect();
    format!("fold {}", keys.join(", "))
}

/// The differences that matter between two texts which are alike once all are overlooked;
/// none if they stay different.
#[must_use]
pub fn needed(text: &str, known: &str, fold: &[Fold]) -> Vec<Fold> {
    let mut needed = fold.to_vec();
    for rule in fold {
        let fewer: Vec<Fold> = needed.iter().copied().filter(|f| f != rule).collect();
        if folded(text, &fewer) == folded(known, &fewer) {
            needed = fewer;
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use super::{folded, needed, rule};
    use crate::questionnaire::Fold;

    const ALL: [Fold; 4] = [Fold::Invisible, Fold::Case, Fold::Space, Fold::Quotes];

    #[test]
    fn what_is_declared_is_overlooked_and_nothing_else() {
        assert_eq!(folded(" Don\u{2019}t  KNOW\u{A0}", &ALL), "don't know");
        assert_eq!(folded("\u{FEFF}1 (None)", &[Fold::Invisible]), "1 (None)");
        assert_eq!(folded("\u{FEFF}1 (None)", &[Fold::Case]), "\u{FEFF}1 (none)");
    }

    #[test]
    fn a_repair_is_named_by_what_it_took() {
        assert_eq!(rule(&needed("Agree ", "Agree", &ALL)), "fold space");
        assert_eq!(rule(&needed("agree ", "Agree", &ALL)), "fold case, space");
    }
}
