//! Which answers of a list may be published as one group: what `merge_into` says, checked.
//!
//! Takes a list of answers, gives its [`Family`]s. Counts nobody: whether a group is small,
//! and so whether anything is merged at all, is found out where there are respondents.

use super::load::Loading;
use super::{Answer, codes, slug};
use crate::diagnostic::{Code, Finding, Place};
use crate::document;

/// Answers that may be one group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// The answers, as indexes of the list, in its order.
    pub members: Vec<usize>,
    /// The answer among them that the others join; none if they make a group of a new name.
    pub joined: Option<usize>,
    /// What `merge_into` says: the new name, or the answer as it was written first.
    pub name: String,
}

/// The families of a list, in the order of their first members. No answer is in two.
#[must_use]
pub fn families(answers: &[Answer]) -> Vec<Family> {
    let mut families: Vec<Family> = Vec::new();
    for (index, answer) in answers.iter().enumerate() {
        let Some(name) = &answer.merge_into else { continue };
        let joined = named(answers, name);
        let same = |f: &&mut Family| match joined {
            Some(_) => f.joined == joined,
            None => f.name == *name,
        };
        if let Some(family) = families.iter_mut().find(same) {
            family.members.push(index);
        } else {
            let members = joined.into_iter().chain([index]).collect();
            families.push(Family { members, joined, name: name.clone() });
        }
    }
    for family in &mut families {
        family.members.sort_unstable();
    }
    families.sort_by_key(|family| family.members.first().copied());
    families
}

/// The answer of that label or id.
fn named(answers: &[Answer], name: &str) -> Option<usize> {
    let labelled = answers.iter().position(|answer| answer.label == name);
    labelled.or_else(|| answers.iter().position(|answer| answer.id == name))
}

/// Notes what is wrong with `merge_into` in a list.
pub(super) fn check(
    answers: &[Answer],
    ordered: bool,
    place: &Place,
    loading: &mut Loading<'_>,
) {
    let mut say = |finding: Finding| loading.push(finding.at(place.clone()));
    let mut sound = true;
    for finding in (0..answers.len()).filter_map(|index| endless(answers, index)) {
        sound = false;
        say(finding);
    }
    if !sound {
        return;
    }
    for family in families(answers) {
        let wrong = [
            lone(&family, answers),
            unlike(&family, answers),
            taken(&family, answers),
            apart(&family, answers).filter(|_| ordered),
        ];
        wrong.into_iter().flatten().for_each(&mut say);
    }
}

/// Says that an answer is merged into one that is merged itself.
fn endless(answers: &[Answer], index: usize) -> Option<Finding> {
    let next = |index: usize| named(answers, answers[index].merge_into.as_ref()?);
    let first = next(index)?;
    let mut path = vec![index];
    let mut last = first;
    while let Some(further) = next(last).filter(|_| !path.contains(&last)) {
        path.push(last);
        last = further;
    }
    let label = |index: usize| answers[index].label.as_str();
    if path.contains(&last) {
        let headline = if last == index && first == index {
            format!("`{}` is merged into itself", label(index))
        } else {
            format!("merging goes round in a circle from `{}`", label(index))
        };
        let finding = Finding::new(&codes::CIRCLE, headline);
        return Some(finding.help("take `merge_into` out of the answer that stays"));
    }
    let own = answers[first].merge_into.as_ref()?;
    let end = answers[last].merge_into.as_deref().unwrap_or(label(last));
    let headline = format!("`{}` is merged into `{}`", label(index), label(first));
    let finding = Finding::new(&codes::CHAIN, headline);
    let because = format!("`{}` itself is merged into `{own}`", label(first));
    Some(finding.because(because).help(format!("write `merge_into = \"{end}\"` in both")))
}

/// Says that a new name has one answer only.
fn lone(family: &Family, answers: &[Answer]) -> Option<Finding> {
    let [only] = family.members[..] else { return None };
    let headline = format!("`{}` is no answer here", family.name);
    let others = answers.iter().enumerate().filter(|(index, _)| *index != only);
    let labels = others.map(|(_, answer)| answer.label.as_str());
    let help = match document::nearest(&family.name, labels) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "name an answer, or give another answer the same `merge_into`".to_owned(),
    };
    let because = format!("`merge_into` of `{}`", answers[only].label);
    Some(Finding::new(&codes::LONE, headline).because(because).help(help))
}

fn unlike(family: &Family, answers: &[Answer]) -> Option<Finding> {
    let of = |substantive: bool| {
        let mut members = family.members.iter().map(|index| &answers[*index]);
        members.find(|answer| answer.substantive == substantive)
    };
    let (some, none) = (of(true)?, of(false)?);
    let headline = format!("`{}` is merged with `{}`", none.label, some.label);
    let finding = Finding::new(&codes::UNLIKE, headline);
    Some(finding.because(format!("`{}` is an answer without substance", none.label)))
        .map(|finding| finding.help("merge it with none that has substance"))
}

/// Says that a merged group could not be told from an answer.
fn taken(family: &Family, answers: &[Answer]) -> Option<Finding> {
    let ids: Vec<&str> =
        family.members.iter().map(|index| answers[*index].id.as_str()).collect();
    let name = slug(&family.name);
    let joins = |id: &str| {
        let parts: Vec<&str> = id.split("_and_").collect();
        parts.len() > 1 && parts.iter().all(|part| ids.contains(part))
    };
    if family.joined.is_none() && name.is_empty() {
        return Some(clash(&family.name, &codes::SAME_GROUP, "it has no letters"));
    }
    let other = answers.iter().find(|answer| match family.joined {
        Some(_) => joins(&answer.id),
        None => answer.id == name,
    })?;
    let because = format!("the answer `{}` has the id `{}`", other.label, other.id);
    Some(clash(&family.name, &codes::SAME_GROUP, &because))
}

fn clash(name: &str, code: &'static Code, because: &str) -> Finding {
    let headline = format!("a group cannot be called by `merge_into = \"{name}\"`");
    Finding::new(code, headline).because(because).help("give the group a new name")
}

/// Says that something stands between members.
fn apart(family: &Family, answers: &[Answer]) -> Option<Finding> {
    let gap = family.members.windows(2).find(|pair| pair[0] + 1 < pair[1])?;
    let label = |index: usize| answers[index].label.as_str();
    let headline = format!("`{}` is merged with `{}`", label(gap[0]), label(gap[1]));
    let because = format!("`{}` stands between them in an ordered list", label(gap[0] + 1));
    let finding = Finding::new(&codes::APART, headline).because(because);
    Some(finding.help("merge neighbours"))
}

#[cfg(test)]
mod tests {
    use super::super::load_alone;
    use super::*;
    use crate::diagnostic::Findings;

    /// The families of a list in words, and the codes and headlines of what is wrong.
    fn read(rest: &str) -> (Vec<String>, Vec<String>) {
        let mut findings = Findings::default();
        let text = format!("format = 1\n[question.age]\nkind = \"single\"\n{rest}\n");
        let questionnaire = load_alone("s.toml", &text, &mut findings);
        let say = |f: &Finding| format!("{} {}", f.code.id, f.headline);
        let said = findings.list().iter().map(say).collect();
        let Ok(questionnaire) = questionnaire else { return (Vec::new(), said) };
        let answers = &questionnaire.questions[0].answers;
        let label = |index: &usize| answers[*index].label.as_str();
        let told = families(answers).into_iter().map(|family| {
            let members: Vec<&str> = family.members.iter().map(label).collect();
            let name =
                family.joined.as_ref().map_or(family.name.clone(), |at| label(at).into());
            format!("{name}: {}", members.join("+"))
        });
        (told.collect(), said)
    }

    /// A list of answers, each with what it is merged into.
    fn list(answers: &[(&str, &str)]) -> String {
        let table = |(label, into): &(&str, &str)| match *into {
            "" => format!("\"{label}\""),
            into => format!("{{ label = \"{label}\", merge_into = \"{into}\" }}"),
        };
        let answers: Vec<String> = answers.iter().map(table).collect();
        format!("categories = [{}]", answers.join(", "))
    }

    #[test]
    fn answers_join_one_that_stays_or_share_a_new_name() {
        let text =
            list(&[("A", "Ends"), ("B", "C c"), ("C c", ""), ("D", "c_c"), ("E", "Ends")]);
        let (families, said) = read(&text);
        assert_eq!(families, ["Ends: A+E", "C c: B+C c+D"]);
        assert_eq!(said, [""; 0]);
    }

    #[test]
    fn chains_and_circles_are_refused() {
        let said = |answers: &[(&str, &str)]| read(&list(answers)).1;
        assert_eq!(said(&[("A", "B"), ("B", "C"), ("C", "")]), ["D020 `A` is merged into `B`"]);
        assert_eq!(
            said(&[("A", "B"), ("B", "New"), ("C", "New")]),
            ["D020 `A` is merged into `B`"]
        );
        assert_eq!(
            said(&[("A", "B"), ("B", "A"), ("C", "C")]),
            [
                "D021 merging goes round in a circle from `A`",
                "D021 merging goes round in a circle from `B`",
                "D021 `C` is merged into itself",
            ]
        );
    }

    #[test]
    fn a_name_that_one_answer_has_is_a_slip() {
        let (_, said) = read(&list(&[("Young", ""), ("Old", "Yuong")]));
        assert_eq!(said, ["D025 `Yuong` is no answer here"]);
    }

    #[test]
    fn what_has_no_substance_is_merged_with_its_like_only() {
        let others = "nonsubstantive = [{ label = \"X\", merge_into = \"A\" }, \
                      { label = \"Y\", merge_into = \"Z\" }, \"Z\"]";
        let (_, said) = read(&format!("{}\n{others}", list(&[("A", ""), ("B", "")])));
        assert_eq!(said, ["D022 `X` is merged with `A`"]);
    }

    #[test]
    fn a_merged_group_can_be_told_from_every_answer() {
        let (_, said) =
            read(&list(&[("Tea", "Coffee"), ("Coffee", ""), ("Tea and coffee", "")]));
        assert_eq!(said, ["D023 a group cannot be called by `merge_into = \"Coffee\"`"]);
        let (_, said) = read(&list(&[("A", "Both!"), ("B", "Both!"), ("Both", "")]));
        assert_eq!(said, ["D023 a group cannot be called by `merge_into = \"Both!\"`"]);
    }

    #[test]
    fn ordered_answers_are_merged_with_neighbours() {
        let apart = list(&[("18", "65"), ("40", ""), ("65", "")]);
        let ordered = format!("{apart}\ncategoriesOrdered = true");
        assert_eq!(read(&ordered).1, ["D024 `18` is merged with `65`"]);
        assert_eq!(read(&apart).1, [""; 0]);
        let through = list(&[("18", "65"), ("40", "65"), ("65", "")]);
        assert_eq!(read(&format!("{through}\ncategoriesOrdered = true")).1, [""; 0]);
    }

    #[test]
    fn an_item_is_not_merged() {
        let items = "rows = [{ label = \"Pay\", merge_into = \"Time\" }, \"Time\"]\n";
        let text = format!("{}\n{items}", list(&[("A", ""), ("B", "")]));
        let mut findings = Findings::default();
        let text = format!("format = 1\n[question.q]\nkind = \"grid\"\n{text}");
        assert!(load_alone("s.toml", &text, &mut findings).is_err());
        assert_eq!(findings.list()[0].headline, "`merge_into` does not go with an item");
    }
}
