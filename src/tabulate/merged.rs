//! Small groups of a banner that are published as one: which they are, and how that is said.

use super::Label;
use crate::words::{Words, fill};

/// Small groups that stand together in one column, or under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The variable whose groups they are.
    pub banner: Label,
    /// All of them together.
    pub group: Label,
    /// Each of them.
    pub parts: Vec<Label>,
    /// Whether the name of all together is not made from theirs.
    pub renamed: bool,
}

impl Merged {
    /// A sentence that names merged groups, each once; none without any.
    pub fn said<'m>(all: impl Iterator<Item = &'m Self>, words: &Words) -> Option<String> {
        let mut names: Vec<String> = Vec::new();
        for name in all.map(|merged| merged.name(words)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| fill(words.merged, &[("list", &names.join("; "))]))
    }

    fn name(&self, words: &Words) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.text.as_str()).collect();
        let (group, parts) = (words.in_quotes(&self.group.text), words.list(&parts));
        let sentence = if self.renamed { words.merged_renamed } else { words.merged_joined };
        let values =
            [("group", group.as_str()), ("banner", &self.banner.text), ("parts", &parts)];
        fill(sentence, &values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::EN_GB;

    #[test]
    fn merged_groups_are_named_once() {
        let label = |text: &str| Label { id: text.to_owned(), text: text.to_owned() };
        let merged = |group: &str, renamed| Merged {
            banner: label("Age"),
            group: label(group),
            parts: ["55 to 64", "65 or over"].map(label).to_vec(),
            renamed,
        };
        let joined = merged("55 to 64 and 65 or over", false);
        let all = [joined.clone(), merged("Older", true), joined];
        let said = Merged::said(all.iter(), &EN_GB).unwrap();
        assert_eq!(
            said,
            "Groups that were merged because few people are in them: \u{201c}55 to 64 and 65 or \
             over\u{201d} (Age); \u{201c}Older\u{201d} (Age: 55 to 64 and 65 or over)."
        );
        assert_eq!(Merged::said([].iter(), &EN_GB), None);
    }
}
