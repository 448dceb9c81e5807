//! Groups of banners, and how a text names them: "primary teachers", "in London", "women".

use crate::prose::{Kind, Token, is_people, tokens};

/// A group of a banner.
#[derive(Clone, Debug)]
pub(in crate::claims) struct Group {
    pub(in crate::claims) banner: String,
    pub(in crate::claims) id: String,
    pub(in crate::claims) label: String,
    /// Words in a row, as stems, any of which names the group.
    pub(in crate::claims) names: Vec<Vec<String>>,
}

/// Words that a text uses for a label.
const ALSO: [(&str, &[&str]); 3] = [
    ("female", &["women", "woman"]),
    ("male", &["men"]),
    ("headteacher", &["headteachers", "heads"]),
];

/// What follows or leads a group that is named by a common adjective.
const PLACES: [&str; 9] = [
    "school",
    "schools",
    "sector",
    "phase",
    "education",
    "provision",
    "settings",
    "colleagues",
    "and",
];

impl Group {
    pub(super) fn new(banner: &str, id: &str, label: &str) -> Self {
        let lower = label.to_lowercase().replace(" or ", " / ").replace(" and ", " / ");
        let mut parts: Vec<String> = lower.split(['/', ',']).map(str::to_owned).collect();
        parts.extend([label.to_lowercase(), id.replace('_', " ")]);
        let more = ALSO.iter().filter(|(word, _)| parts.iter().any(|p| p.trim() == *word));
        let more: Vec<String> =
            more.flat_map(|(_, words)| words.iter().map(|word| (*word).to_owned())).collect();
        parts.extend(more);
        let mut names: Vec<Vec<String>> = parts.iter().map(|part| stems(part)).collect();
        names.retain(|name| says_enough(name));
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.dedup();
        Self { banner: banner.to_owned(), id: id.to_owned(), label: label.to_owned(), names }
    }

    /// How many pieces name this group at a place of a text.
    pub(in crate::claims) fn named(&self, tokens: &[Token], at: usize) -> Option<usize> {
        let found = self.names.iter().find(|name| {
            name.iter()
                .zip(at..)
                .all(|(stem, at)| tokens.get(at).is_some_and(|t| t.stem == *stem))
        })?;
        let alone = found.len() == 1 && !is_people(&tokens.get(at)?.lower);
        (!alone || is_place(tokens, at, &self.label)).then_some(found.len())
    }
}

fn stems(text: &str) -> Vec<String> {
    let words = tokens(text);
    words.into_iter().filter(|t| t.kind != Kind::Mark).map(|t| t.stem).collect()
}

/// "Other", "Yes" and "No" name nothing, nor does "teacher".
fn says_enough(name: &[String]) -> bool {
    let vague = ["yes", "no", "other", "none", "teach", "teacher", "school", "all", "total"];
    match name {
        [] => false,
        [only] => only.chars().count() > 2 && !vague.contains(&only.as_str()),
        [first, ..] => first != "other",
    }
}

/// Whether a single word means the group: a name with a capital, or with people or a
/// school beside it.
fn is_place(tokens: &[Token], at: usize, label: &str) -> bool {
    let Some(word) = tokens.get(at) else { return false };
    let name = label
        .split_whitespace()
        .any(|part| part.to_lowercase() == word.lower && part.starts_with(char::is_uppercase))
        && label.split_whitespace().count() == 1;
    let after = tokens.iter().skip(at + 1).take(4).take_while(|t| t.kind == Kind::Word);
    let people = after.into_iter().any(|t| is_people(&t.lower) || t.is_in(&PLACES));
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let leads = before.is_some_and(|t| t.is_in(&["in", "among", "amongst", "across", "for"]));
    let alone = tokens.len() == 1 || (before.is_none() && name);
    people || leads || alone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(label: &str, text: &str) -> bool {
        let group = Group::new("phase", &label.to_lowercase().replace(' ', "_"), label);
        let tokens = tokens(text);
        (0..tokens.len()).any(|at| group.named(&tokens, at).is_some())
    }

    #[test]
    fn parts_of_a_label_name_the_group() {
        assert!(named("Nursery and primary", "65% of primary teachers"));
        assert!(named("Special or alternative provision", "in special schools"));
        assert!(named("Headteacher or senior leader", "senior leaders said"));
        assert!(named("Headteacher or senior leader", "40% of headteachers"));
        assert!(named("London", "in London"));
        assert!(named("North East", "the North East"));
        assert!(named("Female", "74% of women"));
        assert!(named("2 to 5 years", "those with 2 to 5 years"));
    }

    #[test]
    fn common_words_name_no_group() {
        assert!(!named("Nursery and primary", "the primary reason"));
        assert!(!named("Special or alternative provision", "pupils with special needs"));
        assert!(!named("Other state-funded school", "other things"));
        assert!(!named("Yes", "yes"));
    }
}
