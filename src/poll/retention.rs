//! How long private records are kept: from `[disclosure]`, or what is usual.

use super::{codes, load::Loading};
use crate::diagnostic::Finding;
use crate::document::Spanned;

/// Ten years; a larger number is a slip of the keyboard.
const MOST_DAYS: i64 = 3_653;
const MOST_RELEASES: i64 = 1_000;

/// How long what a run leaves in private is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Days for which findings, rows that were set aside, the record of the run, and earlier
    /// releases that were not for the public are kept; 0 keeps none of them at all.
    pub days: u32,
    /// How many earlier releases are kept for each group of readers.
    pub releases: usize,
}

impl Default for Retention {
    fn default() -> Self {
        Self { days: 30, releases: 10 }
    }
}

/// From what was typed to what it means.
pub(super) fn retention(
    days: Option<&Spanned<i64>>,
    releases: Option<&Spanned<i64>>,
    loading: &mut Loading<'_>,
) -> Retention {
    let usual = Retention::default();
    let days = whole(days, ("retention_days", MOST_DAYS), loading);
    let releases = whole(releases, ("releases", MOST_RELEASES), loading);
    Retention {
        days: days.and_then(|days| u32::try_from(days).ok()).unwrap_or(usual.days),
        releases: releases.and_then(|n| usize::try_from(n).ok()).unwrap_or(usual.releases),
    }
}

/// A number that can be right, or a finding.
fn whole(
    typed: Option<&Spanned<i64>>,
    (name, most): (&str, i64),
    loading: &mut Loading<'_>,
) -> Option<i64> {
    let typed = typed?;
    let value = *typed.get_ref();
    if (0..=most).contains(&value) {
        return Some(value);
    }
    let finding = Finding::new(&codes::RETENTION, format!("`{name}` is {value}"))
        .at(loading.place(typed.span(), &format!("disclosure.{name}")))
        .because("records are kept for a number of days, releases in a number")
        .help(format!("write a whole number from 0 to {most}, or take the key out"));
    loading.push(finding);
    None
}

#[cfg(test)]
mod tests {
    use super::Retention;
    use crate::poll::testing::{said, typed};

    #[test]
    fn records_are_kept_as_the_poll_file_says() {
        let usual = Retention { days: 30, releases: 10 };
        assert_eq!(typed("").retention, usual);
        let own = "[disclosure]\nretention_days = 0\nreleases = 2\n";
        assert_eq!(typed(own).retention, Retention { days: 0, releases: 2 });
    }

    #[test]
    fn a_number_that_cannot_be_right_is_refused() {
        let said = said("[disclosure]\nretention_days = -1\nreleases = 100000\n");
        insta::assert_snapshot!(said, @r"
        poll.toml:9:18: error[D043] `retention_days` is -1
        poll.toml:10:12: error[D043] `releases` is 100000
        ");
    }
}
