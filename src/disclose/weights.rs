//! What may be told of the weights: an account of them goes in, what cannot give the size of a
//! small group away comes out.
//!
//! Targets are public. A group of g respondents among n whose target is the share t has weights
//! of t·n/g on average, so the largest or smallest weight gives g. So does the effective
//! sample: with one other group it is 1/(t²/g + (1-t)²/(n-g)). The smallest and the largest
//! weight are therefore the analyst's alone, and the effective sample is told only where no
//! group is small.

use super::rules::Rules;
use super::{Figure, Status, Table};
use crate::stats::rounding;
use crate::tabulate::Account;

/// The effective sample (Kish 1965, section 11.2), to the nearest ten and never above the
/// number of respondents; none without weights, or if it may not be told.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded number of people, at most as many as there are"
)]
pub(super) fn effective(account: &Account, rules: &Rules) -> Option<u64> {
    let weights = account.weights.as_ref().filter(|_| !are_telling(account, rules))?;
    Some((rounding::to_step(weights.effective, 10) as u64).min(account.respondents))
}

/// Takes the effective bases out of tables if they may not be told.
pub(super) fn cover(tables: &mut [Table], account: &Account, rules: &Rules) {
    if are_telling(account, rules) {
        let blocks = tables.iter_mut().flat_map(|table| &mut table.blocks);
        for bases in blocks.flat_map(|block| &mut block.bases) {
            bases.effective = Figure::hidden(Status::NotAvailable);
        }
    }
}

/// Whether a group that was weighted is small. Twice as many as must be hidden are taken for
/// few, so that the silence itself leaves enough sizes open.
fn are_telling(account: &Account, rules: &Rules) -> bool {
    let margins = account.weighting.iter().flat_map(|step| &step.margins);
    let mut groups = margins.flat_map(|margin| &margin.groups);
    let few = 2 * rules.small.max(rules.small_sensitive);
    groups.any(|group| group.respondents <= few)
}

#[cfg(test)]
mod tests {
    use super::super::rules::rules;
    use super::super::tests::{gated, table};
    use super::*;
    use crate::disclose::notes::notes;
    use crate::poll::weighting::Method;
    use crate::poll::{Poll, Profile, testing};
    use crate::prepare::{GroupReport, MarginReport, StepReport};
    use crate::stats::calibrate::Quality;
    use crate::tabulate::{Book, Weights};

    const RESPONDENTS: u64 = 300;
    /// The share of everybody that is in the small group, as any office of statistics says.
    const SHARE: f64 = 0.05;

    /// Weights that were made to meet the shares of a group of so many, and of the others.
    fn account(group: u64) -> Account {
        let others = RESPONDENTS - group;
        let weight = |share: f64, people: u64| share * RESPONDENTS as f64 / people as f64;
        let (own, rest) = (weight(SHARE, group), weight(1.0 - SHARE, others));
        let reported = |respondents| GroupReport {
            label: "A group".to_owned(),
            target: Some(SHARE),
            respondents,
            unweighted: 0.0,
            before: 0.0,
            after: SHARE,
        };
        let margin = MarginReport {
            variable: "grade".to_owned(),
            title: "Grade".to_owned(),
            source: None,
            groups: vec![reported(group), reported(others)],
        };
        let weights: Vec<f64> =
            (0..RESPONDENTS).map(|person| if person < group { own } else { rest }).collect();
        let quality = Quality::of(&weights).unwrap();
        let effective = quality.effective_base;
        let step = StepReport {
            method: Method::Poststratify,
            margins: vec![margin],
            rounds: 1,
            worst: Some(0.0),
            bounds: None,
            trimmed: None,
            weights: quality,
        };
        Account {
            respondents: RESPONDENTS,
            weights: Some(Weights {
                smallest: own.min(rest),
                largest: own.max(rest),
                effective,
            }),
            weighting: vec![step],
            ..Account::default()
        }
    }

    fn poll(profile: Profile) -> Poll {
        Poll { profile, ..testing::poll() }
    }

    fn told(profile: Profile, group: u64) -> Option<u64> {
        effective(&account(group), &rules(&poll(profile)))
    }

    /// What the method section says.
    fn said(profile: Profile, group: u64) -> String {
        let (account, poll) = (account(group), poll(profile));
        let effective = effective(&account, &rules(&poll));
        let notes = notes(&account, &poll, (0, effective));
        notes.into_iter().map(|note| note.text + " ").collect()
    }

    #[test]
    fn a_weight_gives_the_size_of_a_group_and_is_told_the_analyst_only() {
        // The attack: share times respondents over the printed weight.
        let text = said(Profile::Analyst, 3);
        let (_, largest) = text.split_once(" to ").unwrap();
        let largest: f64 = largest.split_once(':').unwrap().0.parse().unwrap();
        assert!((SHARE * RESPONDENTS as f64 / largest - 3.0).abs() < 0.01, "{text}");
        for (profile, group) in
            [(Profile::Public, 3), (Profile::Officers, 3), (Profile::Public, 150)]
        {
            let text = said(profile, group);
            assert!(!text.contains("smallest") && !text.contains("run from"), "{text}");
        }
    }

    #[test]
    fn the_effective_sample_gives_the_size_of_a_small_group_and_is_not_told_then() {
        // The attack: with which sizes of a group that is hidden, so under 50, the effective
        // sample would be as it is printed.
        let printed = |group| {
            let effective = account(group).weights.unwrap().effective;
            rounding::to_step(effective, 10).to_string()
        };
        let sizes = |group| (1..50).filter(|size| printed(*size) == printed(group)).count();
        assert_eq!([1, 2, 3].map(sizes), [1; 3]);
        for group in [1, 2, 3, 4] {
            assert_eq!(told(Profile::Public, group), None);
            assert_eq!(told(Profile::Officers, group), None);
            assert!(said(Profile::Public, group).contains("is not given"));
        }
        assert_eq!(told(Profile::Public, 18), None, "silence is not of the smallest only");
        assert_eq!(told(Profile::Public, 19), Some(300));
        assert_eq!(told(Profile::Analyst, 2), Some(230));
    }

    #[test]
    fn effective_bases_go_with_the_effective_sample() {
        let shown = |group| {
            let book = Book { tables: vec![table(&[100, 200], false)], ..Book::default() };
            let mut tables = gated(&book);
            cover(&mut tables, &account(group), &rules(&poll(Profile::Public)));
            tables[0].blocks[0].bases[0].effective.status()
        };
        assert_eq!([3, 60].map(shown), [Status::NotAvailable, Status::Shown]);
    }
}
