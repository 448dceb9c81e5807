//! What the synthetic poll asks, and how the answers are to be shared out: plain lists, in per
//! cent of the weighted replies unless a comment says otherwise. What differs from wave to wave
//! stands in `wave`. Knows nothing else.

/// The share of members who leave out any one question.
pub(super) const SKIPPED: f64 = 0.02;
/// The answer that says nothing: drawn without regard to any trait, always last in a list.
pub(super) const DONT_KNOW: &str = "Don't know";

/// An answer and its share in per cent.
pub(super) type Share = (&'static str, f64);

/// A group of members: its name, its share of the membership, and how readily it replies.
pub(super) type Stratum = (&'static str, f64, f64);

pub(super) const REGIONS: [Stratum; 9] = [
    ("North East", 5.0, 1.25),
    ("North West", 14.0, 1.1),
    ("Yorkshire and The Humber", 10.0, 1.3),
    ("East Midlands", 9.0, 0.95),
    ("West Midlands", 11.0, 0.9),
    ("East of England", 11.0, 0.85),
    ("London", 16.0, 0.68),
    ("South East", 15.0, 0.9),
    ("South West", 9.0, 1.45),
];
pub(super) const PHASES: [Stratum; 4] = [
    ("Nursery and primary", 47.0, 1.0),
    ("Secondary", 43.0, 0.8),
    ("Special or alternative provision", 6.5, 1.3),
    ("Sixth form", 3.5, 0.7),
];
pub(super) const SEXES: [Stratum; 3] =
    [("Female", 74.0, 1.1), ("Male", 24.0, 0.75), ("Prefer not to say", 2.0, 1.0)];

/// Exact numbers of respondents; supply teachers are few, so that a group sits close to the
/// limits of what may be printed.
pub(super) const ROLES: [Share; 4] = [
    ("Classroom teacher", 2894.0),
    ("Middle leader", 1202.0),
    ("Headteacher or senior leader", 518.0),
    ("Supply teacher", 64.0),
];
/// Exact numbers of respondents; 17 is too few to print.
pub(super) const SCHOOL_TYPES: [Share; 3] = [
    ("Local authority maintained school", 2069.0),
    ("Academy or free school", 2592.0),
    ("Other state-funded school", 17.0),
];
pub(super) const EXPERIENCE: [Share; 5] = [
    ("Under 2 years", 9.0),
    ("2 to 5 years", 19.0),
    ("6 to 10 years", 23.0),
    ("11 to 20 years", 31.0),
    ("Over 20 years", 18.0),
];
pub(super) const AGES: [Share; 5] = [
    ("Under 30", 16.0),
    ("30 to 39", 29.0),
    ("40 to 49", 29.0),
    ("50 to 59", 20.0),
    ("60 and over", 6.0),
];

pub(super) const INSPECTED: [Share; 3] = [("No", 61.6), ("Yes", 35.3), (DONT_KNOW, 3.1)];
pub(super) const VISIT: [Share; 5] = [
    ("Very positive", 3.6),
    ("Fairly positive", 11.2),
    ("Neither positive nor negative", 16.8),
    ("Fairly negative", 38.3),
    ("Very negative", 30.1),
];
pub(super) const RECOMMEND: [Share; 11] = [
    ("0", 17.4),
    ("1", 7.9),
    ("2", 10.6),
    ("3", 12.1),
    ("4", 10.0),
    ("5", 13.5),
    ("6", 8.8),
    ("7", 9.1),
    ("8", 6.3),
    ("9", 2.2),
    ("10", 2.1),
];
pub(super) const PLANS: [Share; 5] = [
    ("Teaching in a school", 65.2),
    ("In education, but not teaching", 9.4),
    ("Working outside education", 9.1),
    ("Retired", 4.6),
    (DONT_KNOW, 11.7),
];

/// An item of the agreement grid: its header, and whether critical members agree.
pub(super) type Item = (&'static str, bool);

pub(super) const SCALE: [&str; 6] = [
    "Strongly agree",
    "Agree",
    "Neither agree nor disagree",
    "Disagree",
    "Strongly disagree",
    DONT_KNOW,
];
pub(super) const ITEMS: [Item; 6] = [
    (
        "How far do you agree or disagree? A judgement in one or two words gives a fair picture of a school",
        false,
    ),
    (
        "How far do you agree or disagree? Inspectors take account of the pupils whom a school serves",
        false,
    ),
    ("How far do you agree or disagree? Inspection helps my school to get better", false),
    (
        "How far do you agree or disagree? The way schools are inspected harms the mental health of staff",
        true,
    ),
    (
        "How far do you agree or disagree? A different team would have come to the same findings",
        false,
    ),
    (
        "How far do you agree or disagree? Inspection should be replaced by another way of holding schools to account",
        true,
    ),
];

/// The headers begin with this question, and end with an option.
pub(super) const EFFECTS_TEXT: &str =
    "What has inspection meant for you in the past three years? Tick all that apply";
pub(super) const SUPPORT: [Share; 6] = [
    ("Confidential support, such as counselling or a helpline", 54.3),
    ("Paid time to recover, for leaders and teachers", 47.6),
    ("A named person, outside the inspectorate, to take complaints to", 43.8),
    ("The right to pause an inspection, whoever asks for it", 66.4),
    ("Training for governors and trustees", 21.7),
    ("None of these", 4.4),
];

/// The headers begin with this question, and end with an item.
pub(super) const PRIORITIES_TEXT: &str =
    "What should the union put first? Number your top three, 1 being the most urgent";
/// Each with how much it draws members, on the scale of the noise.
pub(super) const PRIORITIES: [(&str, f64); 7] = [
    ("Pay", 0.9),
    ("Workload", 1.1),
    ("Inspection", 0.8),
    ("Funding of schools", 0.6),
    ("Pupil behaviour", 0.2),
    ("Support for pupils with special needs", 0.5),
    ("Curriculum and assessment", -0.7),
];
