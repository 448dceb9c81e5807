//! Small groups are merged before anything is hidden: an answer that few gave stands with
//! others in one column.
//!
//! Takes a question, how many gave each answer and the smallest base that may be shown; gives
//! the groups of the question as they are published. Weighting keeps the answers as they
//! are: merging is for readers only.

use polars::prelude::DataFrame;

use crate::frame::{self, Codes};
use crate::ingest::PICKED;
use crate::questionnaire::{Answer, Family, Measure, Question, families, slug};
use crate::words::Words;

/// The groups that the answers of a question make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grouping {
    /// In the order of their first answers.
    pub groups: Vec<Group>,
    /// For each answer its group.
    pub of: Vec<usize>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The answer's id; of several, their ids with `_and_` between, or the new name's.
    pub id: String,
    /// In words.
    pub label: String,
    /// The answers, as indexes of the question's, in their order.
    pub answers: Vec<usize>,
    /// Whether the schema gives it a name of its own.
    pub renamed: bool,
}

impl Group {
    /// Whether it is more than one answer.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.answers.len() > 1
    }
}

impl Grouping {
    /// The groups of a question whose answers stay apart.
    #[must_use]
    pub fn apart(question: &Question) -> Self {
        let groups = question.answers.iter().enumerate();
        let groups = groups.map(|(index, answer)| single(index, answer)).collect();
        Self { groups, of: (0..question.answers.len()).collect() }
    }

    /// The groups of a question, of which those with a base under `floor` are merged as
    /// `merge_into` allows. `counted` says who is counted; everybody if none.
    #[must_use]
    pub fn merged(
        question: &Question,
        (rows, counted): (&DataFrame, Option<&[bool]>),
        floor: u64,
        words: &Words,
    ) -> Self {
        let families = families(&question.answers);
        if families.is_empty() || floor == 0 {
            return Self::apart(question);
        }
        let heads = Heads::of(question, rows, counted);
        let mut grouping = Self::apart(question);
        for family in &families {
            for answers in parts(family, question.ordered, &heads, floor) {
                grouping.join(group(&answers, family, question, words));
            }
        }
        grouping
    }

    /// Whether any of its groups is more than one answer.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.groups.iter().any(Group::is_merged)
    }

    /// Puts a group in the place of its answers.
    fn join(&mut self, group: Group) {
        if !group.is_merged() {
            return;
        }
        let member = |held: &Group| held.answers.iter().any(|a| group.answers.contains(a));
        let place = self.groups.iter().position(member).unwrap_or(self.groups.len());
        self.groups.retain(|held| !member(held));
        self.groups.insert(place, group);
        for (at, group) in self.groups.iter().enumerate() {
            for answer in &group.answers {
                self.of[*answer] = at;
            }
        }
    }
}

fn single(index: usize, answer: &Answer) -> Group {
    Group {
        id: answer.id.clone(),
        label: answer.label.clone(),
        answers: vec![index],
        renamed: false,
    }
}

/// How many people gave answers.
enum Heads<'a> {
    /// One answer each: how many gave each.
    One(Vec<u64>),
    /// Several answers each: whether each is picked, and who is counted.
    Several(Vec<Codes<'a>>, Option<&'a [bool]>),
}

impl<'a> Heads<'a> {
    fn of(question: &Question, rows: &'a DataFrame, counted: Option<&'a [bool]>) -> Self {
        if question.measure() == Measure::Flags {
            let flag = |answer| frame::codes(rows, &question.flag(answer));
            let flags = (0..question.answers.len()).map_while(flag).collect();
            return Self::Several(flags, counted);
        }
        let mut counts = vec![0; question.answers.len()];
        if let Some(codes) = frame::codes(rows, &question.id) {
            for row in (0..codes.len()).filter(|row| is_counted(counted, *row)) {
                counts.get_mut(codes.get(row)).into_iter().for_each(|count| *count += 1);
            }
        }
        Self::One(counts)
    }

    /// How many gave any of some answers.
    fn count(&self, answers: &[usize]) -> u64 {
        match self {
            Self::One(counts) => answers.iter().filter_map(|answer| counts.get(*answer)).sum(),
            Self::Several(flags, counted) => {
                let flags = || answers.iter().filter_map(|answer| flags.get(*answer));
                let rows = 0..flags().map(Codes::len).max().unwrap_or(0);
                let picked = |row: usize| flags().any(|f| f.get(row) == usize::from(PICKED));
                rows.filter(|row| is_counted(*counted, *row) && picked(*row)).count() as u64
            }
        }
    }
}

fn is_counted(counted: Option<&[bool]>, row: usize) -> bool {
    counted.is_none_or(|counted| counted.get(row) == Some(&true))
}

/// The groups that a family makes, each in the order of the list.
fn parts(family: &Family, ordered: bool, heads: &Heads<'_>, floor: u64) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = family.members.iter().map(|m| vec![*m]).collect();
    let size = |part: &Vec<usize>| heads.count(part);
    loop {
        let small = (0..parts.len()).filter(|at| size(&parts[*at]) < floor);
        let Some(small) = small.min_by_key(|at| size(&parts[*at])) else { break };
        if parts.len() == 1 {
            break;
        }
        let Some(joined) = family.joined else { return vec![family.members.clone()] };
        let end = parts.iter().position(|part| part.contains(&joined)).unwrap_or(small);
        let with = partner((small, end), ordered, &parts, size);
        let mut taken = parts.remove(small.max(with));
        let kept = &mut parts[small.min(with)];
        kept.append(&mut taken);
        kept.sort_unstable();
    }
    parts
}

/// The part that a small one is merged with. In an ordered list it is the next one on the
/// way to the answer that stays; else that answer's own. What holds that answer itself takes
/// the smaller neighbour, or the smallest of all. There are two parts at least.
fn partner(
    (small, end): (usize, usize),
    ordered: bool,
    parts: &[Vec<usize>],
    size: impl Fn(&Vec<usize>) -> u64,
) -> usize {
    if small != end {
        let next = if small < end { small + 1 } else { small - 1 };
        return if ordered { next } else { end };
    }
    let beside = |at: &usize| *at != small && (!ordered || at.abs_diff(small) == 1);
    let others = (0..parts.len()).filter(beside);
    others.min_by_key(|at| size(&parts[*at])).unwrap_or(small)
}

/// The group of some answers of a family.
fn group(answers: &[usize], family: &Family, question: &Question, words: &Words) -> Group {
    let all = || answers.iter().map(|answer| &question.answers[*answer]);
    let renamed = family.joined.is_none();
    let (id, label) = if renamed {
        (slug(&family.name), family.name.clone())
    } else {
        let ids: Vec<&str> = all().map(|answer| answer.id.as_str()).collect();
        let labels: Vec<String> = all().map(|answer| answer.label.clone()).collect();
        (ids.join("_and_"), words.list(&labels))
    };
    Group { id, label, answers: answers.to_vec(), renamed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Findings;
    use crate::questionnaire::{Questionnaire, load_alone};
    use crate::words::EN_GB;

    fn schema(kind: &str, rest: &str) -> Questionnaire {
        let text = format!("format = 1\n[question.age]\nkind = \"{kind}\"\n{rest}\n");
        load_alone("s.toml", &text, &mut Findings::default()).unwrap()
    }

    /// The ids of the groups of a question with one answer, of so many people each.
    fn merged(rest: &str, counts: &[usize], floor: u64) -> Vec<String> {
        let questionnaire = schema("single", rest);
        let question = &questionnaire.questions[0];
        let labels: Vec<String> = question.answers.iter().map(|a| a.label.clone()).collect();
        let codes = counts.iter().zip(0..).flat_map(|(n, code)| vec![code; *n]).collect();
        let column = frame::labels("age", codes, &labels).unwrap();
        let rows = DataFrame::new(counts.iter().sum(), vec![column]).unwrap();
        let made = Grouping::merged(question, (&rows, None), floor, &EN_GB);
        for (answer, group) in made.of.iter().enumerate() {
            assert!(made.groups[*group].answers.contains(&answer));
        }
        made.groups.into_iter().map(|group| group.id).collect()
    }

    const AGES: &str = "categories = [\"a\", { label = \"b\", \
        merge_into = \"a\" }, { label = \"c\", merge_into = \"a\" }, { label = \"d\", \
        merge_into = \"a\" }, \"e\"]";

    #[test]
    fn ordered_answers_join_their_neighbours_until_there_are_enough() {
        let ages = format!("{AGES}\ncategoriesOrdered = true");
        let ids = |counts: [usize; 5]| merged(&ages, &counts, 5).join(" ");
        assert_eq!(ids([9, 9, 9, 9, 1]), "a b c d e", "`e` may be merged with nothing");
        assert_eq!(ids([9, 9, 3, 2, 9]), "a b c_and_d e", "the smallest is merged first");
        assert_eq!(ids([9, 9, 1, 2, 9]), "a b_and_c_and_d e", "until there are enough");
        assert_eq!(ids([2, 3, 9, 9, 9]), "a_and_b c d e", "what is named may be small itself");
        assert_eq!(ids([4, 9, 9, 4, 9]), "a_and_b c_and_d e");
        assert_eq!(ids([1, 1, 1, 1, 9]), "a_and_b_and_c_and_d e", "nothing is left to merge");
    }

    #[test]
    fn without_an_order_small_answers_join_the_one_that_they_name() {
        assert_eq!(merged(AGES, &[9, 9, 3, 2, 9], 5).join(" "), "a_and_c_and_d b e");
        assert_eq!(merged(AGES, &[9, 9, 9, 2, 9], 5).join(" "), "a_and_d b c e");
        assert_eq!(merged(AGES, &[2, 9, 8, 9, 9], 5).join(" "), "a_and_c b d e");
    }

    #[test]
    fn answers_of_one_new_name_are_merged_all_at_once() {
        let list = "categories = [\"a\", { label = \"b\", merge_into = \"The rest\" }, \"c\", \
                    { label = \"d\", merge_into = \"The rest\" }]";
        assert_eq!(merged(list, &[9, 9, 9, 1], 5).join(" "), "a the_rest c");
        assert_eq!(merged(list, &[1, 9, 1, 9], 5).join(" "), "a b c d");
        assert_eq!(merged(list, &[9, 1, 9, 1], 0).join(" "), "a b c d", "for the analyst");
    }

    #[test]
    fn of_several_answers_people_are_counted_once() {
        let list = "categories = [{ label = \"a\", merge_into = \"b\" }, \"b\", { label = \"c\", \
                    merge_into = \"b\" }]";
        let questionnaire = schema("multi", list);
        let question = &questionnaire.questions[0];
        let labels = ["Not picked", "Picked"].map(str::to_owned);
        let flag = |answer, picked: [u32; 4]| {
            frame::labels(&question.flag(answer), picked.to_vec(), &labels).unwrap()
        };
        let flags = [flag(0, [1, 1, 0, 0]), flag(1, [1, 1, 0, 0]), flag(2, [0, 1, 1, 1])];
        let rows = DataFrame::new(4, flags.to_vec()).unwrap();
        let groups = |counted: Option<&[bool]>| {
            let made = Grouping::merged(question, (&rows, counted), 3, &EN_GB);
            made.groups.into_iter().map(|group| group.label).collect::<Vec<_>>()
        };
        assert_eq!(groups(None), ["a, b and c"], "a and b are two people, not four");
        assert_eq!(groups(Some(&[false; 4])), ["a, b and c"]);
        assert_eq!(groups(Some(&[true, true, true, true])), ["a, b and c"]);
    }
}
