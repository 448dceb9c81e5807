//! What is hidden and rounded, and by which thresholds, in sentences for the method section.
//!
//! Never says which figure is hidden for which reason, nor how many for each: that would tell
//! which are small.

use super::super::Note;
use super::super::rules::{Rules, rules};
use crate::poll::{Changed, Poll, Profile, Threshold};
use crate::words::{Words, fill};

/// One note for each sentence or two.
pub(super) fn notes(poll: &Poll, hidden: u64) -> Vec<Note> {
    let words = poll.words;
    let note = |text: String| Note { topic: words.protection, text };
    if poll.profile == Profile::Analyst {
        return vec![note(words.protection_none.to_owned())];
    }
    let rules = rules(poll);
    let by_hand = !poll.protected().is_empty();
    [hidden_figures(hidden, words), words.hidden_why.to_owned(), limits(&rules, words)]
        .into_iter()
        .chain(by_hand.then(|| words.hidden_by_hand.to_owned()))
        .chain(changed(poll))
        .chain([marked(&rules, words), rounded(&rules, words)])
        .map(note)
        .collect()
}

fn hidden_figures(hidden: u64, words: &Words) -> String {
    match hidden {
        0 => words.hidden_none.to_owned(),
        1 => words.hidden_one.to_owned(),
        _ => fill(words.hidden_many, &[("n", &words.count(hidden))]),
    }
}

/// What few and small mean.
fn limits(rules: &Rules, words: &Words) -> String {
    let [small, sensitive, all] =
        [rules.small, rules.small_sensitive, rules.all_or_none].map(|n| words.count(n));
    let [floor, local] = [rules.floor, rules.local].map(|n| words.count(n));
    let few = if small == sensitive {
        fill(words.hidden_few, &[("small", &small)])
    } else {
        fill(words.hidden_few_sensitive, &[("small", &small), ("sensitive", &sensitive)])
    };
    let groups = fill(words.hidden_groups, &[("floor", &floor), ("local", &local)]);
    // Smaller groups have no figures anyway.
    let all = (rules.all_or_none > rules.floor)
        .then(|| fill(words.hidden_all_or_none, &[("n", &all)]))
        .unwrap_or_default();
    few + &groups + &all
}

/// Thresholds that are not the usual ones, and why.
fn changed(poll: &Poll) -> Option<String> {
    let words = poll.words;
    let changed = poll.disclosure.changed(poll.profile);
    let list: Vec<String> = changed.iter().map(|changed| one_changed(changed, words)).collect();
    let reason = poll.disclosure.reason(poll.profile);
    let reason = reason.map(|reason| fill(words.hidden_reason, &[("reason", reason)]));
    let list = list.join(words.list_semicolon);
    (!changed.is_empty())
        .then(|| fill(words.hidden_changed, &[("list", &list)]) + &reason.unwrap_or_default())
}

fn one_changed(changed: &Changed, words: &Words) -> String {
    let sentence = match changed.threshold {
        Threshold::Small => words.changed_small,
        Threshold::SmallSensitive => words.changed_small_sensitive,
        Threshold::Floor => words.changed_floor,
        Threshold::Unreliable => words.changed_unreliable,
        Threshold::AllOrNone => words.changed_all_or_none,
        Threshold::BaseStep => words.changed_base_step,
    };
    let [value, usual] = [changed.value, changed.usual].map(|n| words.count(n));
    fill(sentence, &[("value", &value), ("usual", &usual)])
}

fn marked(rules: &Rules, words: &Words) -> String {
    let points = words.number(rules.widest, 0);
    fill(words.marked_unreliable, &[("n", &words.count(rules.unreliable)), ("points", &points)])
}

fn rounded(rules: &Rules, words: &Words) -> String {
    let Some(rounding) = rules.rounding else { return String::new() };
    let bases = if rounding.base == 1 {
        words.rounded_exact.to_owned()
    } else {
        fill(words.rounded, &[("step", &words.count(rounding.base.into()))])
    };
    let weighted = match rounding.weighted {
        None => words.rounded_no_numbers.to_owned(),
        Some(step) => fill(words.rounded_numbers, &[("step", &words.count(step.into()))]),
    };
    bases + &weighted
}

#[cfg(test)]
mod tests {
    use super::notes;
    use crate::poll::{Poll, testing};

    fn said(poll: &Poll, hidden: u64) -> String {
        let notes = notes(poll, hidden);
        assert!(notes.iter().all(|note| note.topic == "Confidentiality"));
        notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>().join("\n")
    }

    fn typed(lines: &str) -> Poll {
        testing::typed(&format!("[disclosure]\n{lines}"))
    }

    #[test]
    fn the_public_reads_what_is_hidden_why_and_how_numbers_are_rounded() {
        insta::assert_snapshot!(said(&typed(""), 1234), @r"
        1,234 figures are hidden and marked [c], so that nobody who replied can be recognised. Totals may not add up for that reason.
        A figure is hidden where few people gave the answer or few did not, where the group is small, or where a hidden figure could be worked out from it: from a total, another group or an earlier report. For which of these reasons a figure is hidden is not said, since that would give some of them away.
        Few means 1 to 4 people, or 1 to 9 where a question or a group is about something sensitive. A small group is one of fewer than 50 people (fewer than 100 in a place smaller than a region), or one in which very few replies carry most of the weight; none of its figures is shown. Where something sensitive is asked, answers that everybody or nobody gave are hidden in groups of fewer than 100 people.
        Figures of fewer than 100 people, and percentages whose 95% interval is wider than 20 points, are marked [u] for low reliability; they are neither drawn nor used in the findings.
        Percentages are rounded to whole numbers, means and medians to one decimal place, bases to the nearest 10. The number of people in the whole poll is exact. Weighted numbers of people are not given.
        ");
    }

    #[test]
    fn officers_read_their_own_thresholds() {
        let said = said(&typed("profile = \"officers\""), 1);
        assert!(said.starts_with("1 figure is hidden"), "{said}");
        assert!(said.contains("fewer than 30 people"), "{said}");
        assert!(said.contains("bases to the nearest 5"), "{said}");
        assert!(said.contains("Weighted numbers of people are rounded to the nearest 10"));
        assert!(!said.contains("sensitive answers"), "the same for all questions: {said}");
    }

    #[test]
    fn changed_thresholds_are_told_with_their_reason() {
        let lines = "small = 3\nfloor = 80\nreason = \"All {n} members agreed.\"\n";
        let said = said(&typed(lines), 0);
        assert!(said.starts_with("No figure is hidden"), "{said}");
        assert!(said.contains("at most 3 people, not 4;"), "{said}");
        assert!(said.contains("fewer than 80 people, not 50."), "{said}");
        assert!(said.contains("All {n} members agreed."), "{said}");
        assert!(!said.contains("by decision"), "{said}");
    }

    #[test]
    fn figures_hidden_by_hand_are_told_but_not_which() {
        let said = said(&typed("protect = [\"pay.secret\"]"), 3);
        assert!(said.contains("by decision") && !said.contains("secret"), "{said}");
    }

    #[test]
    fn the_analyst_reads_that_nothing_is_hidden() {
        let said = said(&typed("profile = \"analyst\"\nfloor = 80\nprotect = [\"q\"]"), 0);
        assert_eq!(said, "Nothing is hidden, and nothing is rounded.");
    }
}
