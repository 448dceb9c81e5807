//! What was done to the data, in sentences whose numbers may be printed.

mod hidden;
mod weighting;

use super::{Merged, Note, Table};
use crate::diagnostic::without_invisible;
use crate::poll::{Poll, Profile, Threshold};
use crate::tabulate::{Account, Repair};
use crate::words::{Words, fill};

/// The notes of the method section, by how many figures are hidden and which effective
/// sample may be told.
pub(super) fn notes(
    account: &Account,
    poll: &Poll,
    (hidden, effective): (u64, Option<u64>),
) -> Vec<Note> {
    let words = poll.words;
    let say = |count| say(count, poll.profile, words);
    let mut notes = vec![
        Note { topic: words.note_answers, text: answers(account, &say, words) },
        Note { topic: words.note_repairs, text: repairs(&account.repairs, &say, words) },
    ];
    notes.extend(weighting::steps(&account.weighting, poll, &say));
    if let Some(weights) = &account.weights {
        let made = !account.weighting.is_empty();
        let weights = (weights, account.respondents);
        let text = weighting::weights(weights, made, effective, poll);
        notes.push(Note { topic: words.note_weights, text });
    }
    notes.extend(hidden::notes(poll, hidden));
    notes
}

/// Which small groups were merged before anything was hidden.
pub(super) fn merged(tables: &[Table], words: &Words) -> Option<Note> {
    let text = Merged::said(tables.iter().flat_map(|table| &table.merged), words)?;
    Some(Note { topic: words.note_merged, text })
}

/// Which tables by groups are left out.
pub(super) fn left_out(tables: &[Table], words: &Words) -> Option<Note> {
    let name = |table: &Table| match &table.banner {
        Some(banner) => words.by(&table.title, &banner.text),
        None => table.title.clone(),
    };
    let names: Vec<String> = tables.iter().map(name).collect();
    let text = fill(words.left_out, &[("tables", &names.join("; "))]);
    (!names.is_empty()).then_some(Note { topic: words.note_left_out, text })
}

/// Rows read and rows counted, each rounded as bases are: their difference is the number of
/// rows that were set aside, which can be small.
pub(super) fn rows(account: &Account, poll: &Poll) -> (u64, u64) {
    let step = poll.threshold(Threshold::BaseStep);
    let round = |count: u64| (count + step / 2) / step * step;
    (round(account.respondents + account.set_aside), round(account.respondents))
}

/// A count as it may be printed: to the nearest ten, and never a small one.
fn say(count: u64, profile: Profile, words: &Words) -> String {
    let about = |step: u64| {
        let rounded = words.count((count + step / 2) / step * step);
        fill(words.count_about, &[("n", &rounded)])
    };
    match profile {
        Profile::Analyst => count.to_string(),
        _ if count == 0 => words.count_none.to_owned(),
        _ if count < 10 => words.count_few.to_owned(),
        Profile::Public => about(10),
        Profile::Officers => about(5),
    }
}

fn answers(account: &Account, say: &dyn Fn(u64) -> String, words: &Words) -> String {
    let kept = words.count(account.respondents);
    match account.set_aside {
        0 => fill(words.answers_all, &[("n", &kept)]),
        aside => fill(words.answers_aside, &[("n", &kept), ("aside", &say(aside))]),
    }
}

fn repairs(repairs: &[Repair], say: &dyn Fn(u64) -> String, words: &Words) -> String {
    let (headers, cells): (Vec<&Repair>, Vec<&Repair>) =
        repairs.iter().partition(|r| r.rule == "header alias");
    let mut parts = Vec::new();
    if !headers.is_empty() {
        parts.push(fill(words.repairs_headings, &[("n", &headers.len().to_string())]));
    }
    for ((from, to), count) in added_up(&cells) {
        let from = match from {
            "" if to.is_empty() => continue,
            "" => words.repaired_spelling.to_owned(),
            from if without_invisible(from) == to => {
                fill(words.repaired_invisible, &[("text", &words.in_quotes(to))])
            }
            from => words.in_quotes(from),
        };
        let (to, count) = (words.in_quotes(to), say(count));
        parts.push(fill(words.repaired, &[("from", &from), ("to", &to), ("n", &count)]));
    }
    if parts.is_empty() {
        return words.repairs_none.to_owned();
    }
    fill(words.repairs, &[("list", &parts.join("; "))])
}

/// Repairs of the same text to the same answer, whatever the column, added up.
fn added_up<'r>(repairs: &[&'r Repair]) -> Vec<((&'r str, &'r str), u64)> {
    let mut sums: Vec<((&str, &str), u64)> = Vec::new();
    for repair in repairs {
        let key = (repair.from.as_str(), repair.to.as_str());
        match sums.iter_mut().find(|(held, _)| *held == key) {
            Some((_, count)) => *count += repair.count,
            None => sums.push((key, repair.count)),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::say;
    use crate::poll::Profile;
    use crate::words::EN_GB;

    #[test]
    fn small_counts_are_never_printed() {
        assert_eq!(say(3, Profile::Public, &EN_GB), "fewer than 10");
        assert_eq!(say(14, Profile::Public, &EN_GB), "about 10");
        assert_eq!(say(14, Profile::Officers, &EN_GB), "about 15");
        assert_eq!(say(1187, Profile::Public, &EN_GB), "about 1,190");
        assert_eq!(say(14, Profile::Analyst, &EN_GB), "14");
    }
}
