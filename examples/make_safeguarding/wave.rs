//! What differs from wave to wave: how many replied and when, questions that only one wave
//! has, and the shares of answers. Plain lists, in per cent of the weighted replies.

use crate::asked::{DONT_KNOW, Share};

/// One wave.
pub(super) struct Wave {
    /// Begins the random numbers.
    pub seed: u64,
    /// How many members replied.
    pub replies: usize,
    /// The year and month of fieldwork, and its first day.
    pub month: &'static str,
    pub day: u32,
    /// The first id is above this number.
    pub first_id: u32,
    /// The question on the pause, if it was asked.
    pub adequate: Option<&'static [Share]>,
    /// For each item of the grid: from "Strongly agree" to "Strongly disagree", then "Don't
    /// know".
    pub views: [[f64; 6]; 6],
    pub effects: &'static [Share],
    pub workload: &'static [Share],
    pub stress_text: &'static str,
    pub stress: &'static [Share],
}

impl Wave {
    /// A time of fieldwork, in seconds since its first midnight, as ISO 8601 writes it.
    pub(super) fn clock(&self, seconds: u32) -> String {
        let (day, rest) = (self.day + seconds / 86_400, seconds % 86_400);
        let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
        format!("{}-{day:02}T{hour:02}:{minute:02}:{second:02}", self.month)
    }
}

/// The wave of January 2024. Nobody disagrees strongly with the fourth item: an empty answer
/// must stay in its place.
pub(super) static JANUARY: Wave = Wave {
    seed: 20_240_113,
    replies: 4678,
    month: "2024-01",
    day: 13,
    first_id: 218_400_317,
    adequate: Some(&[("Yes", 3.1), ("No", 93.7), (DONT_KNOW, 3.2)]),
    views: [
        [1.2, 3.9, 5.6, 28.4, 59.7, 1.2],
        [2.1, 10.7, 13.3, 37.5, 34.3, 2.1],
        [2.3, 13.8, 18.2, 37.3, 26.4, 2.0],
        [63.2, 28.1, 5.5, 1.9, 0.0, 1.3],
        [1.4, 6.2, 14.9, 38.6, 32.8, 6.1],
        [55.4, 27.3, 9.8, 3.4, 1.2, 2.9],
    ],
    effects: &[
        ("Longer working hours", 78.1),
        ("Work done for inspectors rather than pupils", 72.2),
        ("Harm to my mental health", 57.3),
        ("Strain on my life at home", 50.2),
        ("None of these", 9.1),
    ],
    workload: &[
        ("Manageable all of the time", 1.2),
        ("Manageable most of the time", 20.9),
        ("Only just manageable", 37.1),
        ("Unmanageable most of the time", 29.8),
        ("Unmanageable all of the time", 11.0),
    ],
    stress_text: "For how much of your working time do you feel stressed?",
    stress: &[
        ("Under 20%", 4.6),
        ("20% to 39%", 10.3),
        ("40% to 59%", 19.4),
        ("60% to 79%", 29.2),
        ("80% or more", 36.5),
    ],
};

/// The wave of November 2023: before the pause, one effect fewer to tick, an answer and a
/// question worded in another way.
pub(super) static AUTUMN: Wave = Wave {
    seed: 20_231_104,
    replies: 3912,
    month: "2023-11",
    day: 4,
    first_id: 197_120_048,
    adequate: None,
    views: [
        [1.5, 5.2, 7.0, 30.6, 54.4, 1.3],
        [2.4, 12.6, 14.2, 37.1, 31.5, 2.2],
        [2.5, 14.5, 18.9, 36.8, 25.2, 2.1],
        [55.8, 31.2, 8.1, 3.2, 0.3, 1.4],
        [1.5, 6.6, 15.3, 38.4, 31.9, 6.3],
        [47.9, 29.8, 12.6, 4.6, 1.9, 3.2],
    ],
    effects: &[
        ("Longer working hours", 80.4),
        ("Work done for inspectors rather than pupils", 72.9),
        ("Harm to my mental health", 52.1),
        ("None of these", 9.6),
    ],
    workload: &[
        ("Manageable all of the time", 1.3),
        ("Manageable most of the time", 18.4),
        ("Just about manageable", 35.8),
        ("Unmanageable most of the time", 31.9),
        ("Unmanageable all of the time", 12.6),
    ],
    stress_text: "How much of the time do you feel stressed?",
    stress: &[
        ("Under 20%", 5.1),
        ("20% to 39%", 11.6),
        ("40% to 59%", 21.3),
        ("60% to 79%", 29.7),
        ("80% or more", 32.3),
    ],
};
