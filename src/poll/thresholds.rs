//! `[disclosure]`: who may read the result, by which thresholds figures are hidden, and
//! which are hidden by hand.
//!
//! Takes what was typed, gives [`Disclosure`]. A threshold that hides more than the profile
//! usually does is taken as it is; one that hides less needs a reason and holds only in the
//! profile that the file names. Never hides a figure itself: that is the gate's work.

use schemars::JsonSchema;
use serde::Deserialize;

use super::protect::{self, Protected};
use super::typed::Profile;
use super::{codes, load::Loading};
use crate::diagnostic::Finding;
use crate::document::Spanned;

/// No poll needs more; a larger number is a slip of the keyboard.
const MOST: i64 = 1_000_000;

/// `[disclosure]` as it is typed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Typed {
    /// The readers.
    pub profile: Option<Profile>,
    /// The largest number of people that a figure must not stand for: 4 unless said.
    #[schemars(range(min = 2, max = 1_000_000))]
    pub small: Option<Spanned<i64>>,
    /// The same for sensitive questions: 9 in public and 4 for officers unless said.
    #[schemars(range(min = 2, max = 1_000_000))]
    pub small_sensitive: Option<Spanned<i64>>,
    /// The base under which a column shows nothing: 50 in public and 30 for officers unless
    /// said.
    #[schemars(range(min = 10, max = 1_000_000))]
    pub floor: Option<Spanned<i64>>,
    /// The base under which figures are marked as having low reliability: 100 unless said.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub unreliable: Option<Spanned<i64>>,
    /// The base under which an answer of all or of nobody is hidden on sensitive questions:
    /// 100 unless said.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub all_or_none: Option<Spanned<i64>>,
    /// The step to which bases are rounded: 10 in public and 5 for officers unless said.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub base_step: Option<Spanned<i64>>,
    /// Why a threshold hides less than usual; printed in the report.
    pub reason: Option<Spanned<String>>,
    /// For how many days findings, rows that were set aside and releases that were not for
    /// the public are kept in private: 30 unless said.
    #[schemars(range(min = 0, max = 3653))]
    pub retention_days: Option<Spanned<i64>>,
    /// How many earlier releases are kept in private for each group of readers: 10 unless
    /// said.
    #[schemars(range(min = 0, max = 1000))]
    pub releases: Option<Spanned<i64>>,
    /// Figures that are hidden whatever they are: `"question"`, `"question.answer"`,
    /// `"question@banner=group"`.
    pub protect: Vec<Spanned<String>>,
}

/// One of the numbers by which figures are hidden, marked or rounded. More is stricter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// The largest count that is too small to show.
    Small,
    /// The same for sensitive questions.
    SmallSensitive,
    /// Below this base a column shows nothing.
    Floor,
    /// Below this base figures are marked as having low reliability.
    Unreliable,
    /// Below this base all or none is hidden on a sensitive question.
    AllOrNone,
    /// Bases are rounded to multiples of this.
    BaseStep,
}

impl Threshold {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [
        Self::Small,
        Self::SmallSensitive,
        Self::Floor,
        Self::Unreliable,
        Self::AllOrNone,
        Self::BaseStep,
    ];

    /// The key in the poll file and in `results.json`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::SmallSensitive => "small_sensitive",
            Self::Floor => "floor",
            Self::Unreliable => "unreliable",
            Self::AllOrNone => "all_or_none",
            Self::BaseStep => "base_step",
        }
    }

    /// What a profile takes unless the poll file says otherwise; 0 where it hides nothing.
    #[must_use]
    pub fn usual(self, profile: Profile) -> u64 {
        let [public, officers, analyst] = match self {
            Self::Small => [4, 4, 0],
            Self::SmallSensitive => [9, 4, 0],
            Self::Floor => [50, 30, 0],
            Self::Unreliable => [100, 100, 100],
            Self::AllOrNone => [100, 100, 0],
            Self::BaseStep => [10, 5, 1],
        };
        match profile {
            Profile::Public => public,
            Profile::Officers => officers,
            Profile::Analyst => analyst,
        }
    }

    /// What no reason goes below.
    fn least(self) -> i64 {
        match self {
            Self::Small | Self::SmallSensitive => 2,
            Self::Floor => 10,
            Self::BaseStep => 1,
            Self::Unreliable | Self::AllOrNone => 0,
        }
    }

    fn typed(self, typed: &Typed) -> Option<&Spanned<i64>> {
        match self {
            Self::Small => &typed.small,
            Self::SmallSensitive => &typed.small_sensitive,
            Self::Floor => &typed.floor,
            Self::Unreliable => &typed.unreliable,
            Self::AllOrNone => &typed.all_or_none,
            Self::BaseStep => &typed.base_step,
        }
        .as_ref()
    }
}

/// What the poll file says of thresholds, and the figures that it hides by hand.
#[derive(Clone, Debug, Default)]
pub struct Disclosure {
    /// The profile that the file names.
    home: Profile,
    typed: Vec<(Threshold, u64)>,
    reason: Option<String>,
    /// Figures that are hidden by hand, whatever the profile but the analyst's.
    pub protect: Vec<Protected>,
}

/// A threshold that is not what it usually is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Which.
    pub threshold: Threshold,
    /// What it usually is.
    pub usual: u64,
    /// What it is here.
    pub value: u64,
}

impl Disclosure {
    /// The value in force for a profile. What hides less than usual holds only in the profile
    /// that the file names: the reason was given to its readers.
    #[must_use]
    pub fn threshold(&self, threshold: Threshold, profile: Profile) -> u64 {
        let value = self.own(threshold, profile);
        match threshold {
            // What is sensitive never has less cover than what is not.
            Threshold::SmallSensitive => value.max(self.own(Threshold::Small, profile)),
            _ => value,
        }
    }

    fn own(&self, threshold: Threshold, profile: Profile) -> u64 {
        let usual = threshold.usual(profile);
        let typed = self.typed.iter().find(|(typed, _)| *typed == threshold);
        let holds = |value: &u64| {
            profile != Profile::Analyst && (*value >= usual || profile == self.home)
        };
        typed.map(|(_, value)| *value).filter(holds).unwrap_or(usual)
    }

    /// The thresholds that are not what they usually are.
    #[must_use]
    pub fn changed(&self, profile: Profile) -> Vec<Changed> {
        let changed = |threshold: Threshold| {
            let (usual, value) = (threshold.usual(profile), self.threshold(threshold, profile));
            (usual != value).then_some(Changed { threshold, usual, value })
        };
        Threshold::ALL.into_iter().filter_map(changed).collect()
    }

    /// Why thresholds are not what they usually are, for the readers whom the file names.
    #[must_use]
    pub fn reason(&self, profile: Profile) -> Option<&str> {
        let told = profile == self.home && !self.changed(profile).is_empty();
        self.reason.as_deref().filter(|_| told)
    }
}

/// From what was typed to what it means.
pub(super) fn disclosure(typed: Typed, loading: &mut Loading<'_>) -> Disclosure {
    let home = typed.profile.unwrap_or_default();
    let reason = typed.reason.as_ref().map(|reason| reason.get_ref().trim().to_owned());
    let reason = reason.filter(|reason| !reason.is_empty());
    let mut values = Vec::new();
    for threshold in Threshold::ALL {
        let Some(value) = threshold.typed(&typed) else { continue };
        match wrong(threshold, *value.get_ref(), home, reason.is_some()) {
            Some(finding) => {
                let key = format!("disclosure.{}", threshold.name());
                loading.push(finding.at(loading.place(value.span(), &key)));
            }
            None => values.push((threshold, value.get_ref().unsigned_abs())),
        }
    }
    check_order(&typed, home, loading);
    let protect = protect::protect(typed.protect, loading);
    Disclosure { home, typed: values, reason, protect }
}

/// What is wrong with a value, if anything is.
fn wrong(threshold: Threshold, value: i64, home: Profile, reason: bool) -> Option<Finding> {
    let (name, least) = (threshold.name(), threshold.least());
    if !(0..=MOST).contains(&value) {
        let headline = format!("`{name}` is {value}, which is no threshold");
        let help = format!("write a whole number from {least} to {MOST}, or take the key out");
        return Some(Finding::new(&codes::NO_THRESHOLD, headline).help(help));
    }
    if value < least {
        let headline = format!("`{name}` is {value}, and never less than {least}");
        return Some(
            Finding::new(&codes::TOO_LOW, headline)
                .because(why_never(threshold))
                .help(format!("write `{name} = {least}` or more, or take the key out")),
        );
    }
    let usual = threshold.usual(home);
    if reason || value.unsigned_abs() >= usual {
        return None;
    }
    let headline =
        format!("`{name}` is {value}, less than the usual {usual}, without a reason");
    Some(
        Finding::new(&codes::LAXER, headline)
            .because(format!("it would show more in profile `{}`", home.name()))
            .help(format!(
                "add `reason = \"...\"` to `[disclosure]`, which is printed in the report, or \
                 write `{name} = {usual}` or more"
            )),
    )
}

fn why_never(threshold: Threshold) -> &'static str {
    match threshold {
        Threshold::Small | Threshold::SmallSensitive => {
            "a figure of one person or two tells what they answered, whatever the reason"
        }
        Threshold::Floor => "in a group of fewer than 10 people colleagues know each other",
        _ => "bases are whole numbers",
    }
}

/// Sensitive questions have at least as much cover as others.
fn check_order(typed: &Typed, home: Profile, loading: &mut Loading<'_>) {
    let Some(sensitive) = &typed.small_sensitive else { return };
    let usual = i64::try_from(Threshold::Small.usual(home)).unwrap_or(MOST);
    let small = typed.small.as_ref().map_or(usual, |small| *small.get_ref());
    let value = *sensitive.get_ref();
    if value >= small || value < Threshold::SmallSensitive.least() {
        return;
    }
    let headline = format!("`small_sensitive` is {value}, less than `small`, which is {small}");
    loading.push(
        Finding::new(&codes::NO_THRESHOLD, headline)
            .at(loading.place(sensitive.span(), "disclosure.small_sensitive"))
            .because("sensitive questions would be protected less than others")
            .help(format!("write `small_sensitive = {small}` or more")),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::{said, typed};
    use super::*;

    /// What is said of a `[disclosure]` with these lines.
    fn told(lines: &str) -> String {
        said(&format!("[disclosure]\n{lines}"))
    }

    /// The values in force for a profile.
    fn values(lines: &str, profile: Profile) -> [u64; 6] {
        let poll = typed(&format!("[disclosure]\n{lines}"));
        Threshold::ALL.map(|threshold| poll.disclosure.threshold(threshold, profile))
    }

    #[test]
    fn without_a_word_thresholds_are_those_of_the_profile() {
        assert_eq!(values("", Profile::Public), [4, 9, 50, 100, 100, 10]);
        assert_eq!(values("", Profile::Officers), [4, 4, 30, 100, 100, 5]);
        assert_eq!(values("", Profile::Analyst), [0, 0, 0, 100, 0, 1]);
    }

    #[test]
    fn what_hides_more_is_taken_as_it_is_in_every_profile_but_the_analysts() {
        let lines = "small = 6\nsmall_sensitive = 12\nfloor = 75\nunreliable = 150\n\
                     all_or_none = 200\nbase_step = 25\n";
        assert_eq!(told(lines), "");
        let expected = [6, 12, 75, 150, 200, 25];
        assert_eq!(values(lines, Profile::Public), expected);
        assert_eq!(values(lines, Profile::Officers), expected);
        assert_eq!(values(lines, Profile::Analyst), [0, 0, 0, 100, 0, 1]);
    }

    #[test]
    fn what_hides_less_needs_a_reason() {
        let lines = "small = 3\nsmall_sensitive = 8\nfloor = 40\nunreliable = 90\n\
                     all_or_none = 60\nbase_step = 5\n";
        insta::assert_snapshot!(told(lines), @r"
        poll.toml:9:9: error[D010] `small` is 3, less than the usual 4, without a reason
        poll.toml:10:19: error[D010] `small_sensitive` is 8, less than the usual 9, without a reason
        poll.toml:11:9: error[D010] `floor` is 40, less than the usual 50, without a reason
        poll.toml:12:14: error[D010] `unreliable` is 90, less than the usual 100, without a reason
        poll.toml:13:15: error[D010] `all_or_none` is 60, less than the usual 100, without a reason
        poll.toml:14:13: error[D010] `base_step` is 5, less than the usual 10, without a reason
        ");
        assert!(
            told(&format!("{lines}reason = \"  \"\n")).contains("D010"),
            "spaces say nothing"
        );
        let lines = format!("{lines}reason = \"All agreed.\"\n");
        assert_eq!(told(&lines), "");
        assert_eq!(values(&lines, Profile::Public), [3, 8, 40, 90, 60, 5]);
    }

    #[test]
    fn a_reason_holds_for_the_readers_whom_the_file_names() {
        let lines = "profile = \"officers\"\nsmall = 3\nfloor = 20\nbase_step = 8\n\
                     reason = \"Officers know the schools.\"\n";
        assert_eq!(values(lines, Profile::Officers), [3, 4, 20, 100, 100, 8]);
        assert_eq!(values(lines, Profile::Public), [4, 9, 50, 100, 100, 10]);
        let disclosure = typed(&format!("[disclosure]\n{lines}")).disclosure;
        assert_eq!(disclosure.reason(Profile::Officers), Some("Officers know the schools."));
        assert_eq!(disclosure.reason(Profile::Public), None);
        let changed = disclosure.changed(Profile::Officers);
        let floor = Changed { threshold: Threshold::Floor, usual: 30, value: 20 };
        assert_eq!((changed.len(), changed[1]), (3, floor));
    }

    #[test]
    fn no_reason_goes_below_the_end() {
        let reason = "reason = \"All agreed.\"\n";
        assert_eq!(told(&format!("small = 2\nsmall_sensitive = 2\nfloor = 10\n{reason}")), "");
        insta::assert_snapshot!(
            told(&format!("small = 1\nsmall_sensitive = 0\nfloor = 9\nbase_step = 0\n{reason}")),
            @r"
        poll.toml:9:9: error[D011] `small` is 1, and never less than 2
        poll.toml:10:19: error[D011] `small_sensitive` is 0, and never less than 2
        poll.toml:11:9: error[D011] `floor` is 9, and never less than 10
        poll.toml:12:13: error[D011] `base_step` is 0, and never less than 1
        ");
        // Nor does the analyst's file hold what would be wrong in a report.
        assert!(told("profile = \"analyst\"\nsmall = 1\n").contains("D011"));
        assert_eq!(told("profile = \"analyst\"\nsmall = 3\n"), "");
    }

    #[test]
    fn nonsense_and_unknown_keys_are_refused() {
        insta::assert_snapshot!(
            told("small = -1\nfloor = 2000000\nunreliable = 99.5\nbase_setp = 10\n"),
            @r"
        poll.toml:11:14: error[Q003] `disclosure.unreliable`: expected a whole number, found the number 99.5
        poll.toml:12:1: error[Q002] `base_setp` is not a key of `disclosure`
        poll.toml:9:9: error[D012] `small` is -1, which is no threshold
        poll.toml:10:9: error[D012] `floor` is 2000000, which is no threshold
        ");
    }

    #[test]
    fn what_is_sensitive_never_has_less_cover() {
        let lines = "small = 12\nsmall_sensitive = 10\n";
        let headline = "`small_sensitive` is 10, less than `small`, which is 12";
        assert!(told(lines).ends_with(headline), "{}", told(lines));
        assert_eq!(values("small = 12\n", Profile::Public)[..2], [12, 12]);
    }
}
