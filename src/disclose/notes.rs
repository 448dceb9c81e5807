//! What was done to the data, in sentences whose numbers may be printed.

mod weighting;

pub(super) use weighting::effective;

use super::Note;
use crate::diagnostic::without_invisible;
use crate::poll::{Poll, Profile};
use crate::stats::rounding;
use crate::tabulate::{Account, Repair};

/// The notes of the method section.
pub(super) fn notes(account: &Account, poll: &Poll, hidden: u64) -> Vec<Note> {
    let say = |count| words(count, poll.profile);
    let mut notes = vec![
        Note { topic: "Answers", text: answers(account, &say) },
        Note { topic: "Repairs", text: repairs(&account.repairs, &say) },
    ];
    notes.extend(weighting::steps(&account.weighting, poll, &say));
    if let Some(weights) = &account.weights {
        let made = !account.weighting.is_empty();
        let text = weighting::weights(weights, account.respondents, made);
        notes.push(Note { topic: "Weights", text });
    }
    if hidden > 0 {
        let figures = if hidden == 1 {
            "1 figure is".to_owned()
        } else {
            format!("{hidden} figures are")
        };
        let text = format!(
            "{figures} hidden to protect those who replied: few gave the answer, or their group is \
             small. Totals may not add up for that reason."
        );
        notes.push(Note { topic: "Hidden figures", text });
    }
    notes
}

/// A count as it may be printed: to the nearest ten, and never a small one.
fn words(count: u64, profile: Profile) -> String {
    let round = |step| rounding::to_step(count as f64, step).to_string();
    match profile {
        Profile::Analyst => count.to_string(),
        _ if count == 0 => "no".to_owned(),
        _ if count < 10 => "fewer than 10".to_owned(),
        Profile::Public => format!("about {}", round(10)),
        Profile::Officers => format!("about {}", round(5)),
    }
}

fn answers(account: &Account, say: &dyn Fn(u64) -> String) -> String {
    let kept = grouped(&account.respondents.to_string());
    match account.set_aside {
        0 => format!("{kept} replies were read and all of them are counted."),
        aside => format!(
            "{kept} replies are counted; {} were set aside by the rules of the questionnaire: an \
             answer broke one, or the rules on careful answers left them out.",
            say(aside)
        ),
    }
}

fn repairs(repairs: &[Repair], say: &dyn Fn(u64) -> String) -> String {
    let (headers, cells): (Vec<&Repair>, Vec<&Repair>) =
        repairs.iter().partition(|r| r.rule == "header alias");
    let mut parts = Vec::new();
    if !headers.is_empty() {
        parts.push(format!(
            "{} column headings differed in spelling from the questionnaire and were matched by name",
            headers.len()
        ));
    }
    for ((from, to), count) in added_up(&cells) {
        let from = match from {
            "" if to.is_empty() => continue,
            "" => "another spelling, or what people wrote themselves,".to_owned(),
            from if without_invisible(from) == to => {
                format!("“{to}” with characters that cannot be seen")
            }
            from => format!("“{from}”"),
        };
        parts.push(format!("{from} was read as “{to}” in {} answers", say(count)));
    }
    if parts.is_empty() {
        return "No answer was changed in any way.".to_owned();
    }
    format!("As the questionnaire’s schema allows: {}.", parts.join("; "))
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

/// A whole number's digits with commas between thousands.
pub(super) fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{grouped, words};
    use crate::poll::Profile;

    #[test]
    fn small_counts_are_never_printed() {
        assert_eq!(words(3, Profile::Public), "fewer than 10");
        assert_eq!(words(14, Profile::Public), "about 10");
        assert_eq!(words(14, Profile::Officers), "about 15");
        assert_eq!(words(14, Profile::Analyst), "14");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!(grouped("7"), "7");
        assert_eq!(grouped("4678"), "4,678");
        assert_eq!(grouped("1234567"), "1,234,567");
    }
}
