//! Scales that many questionnaires use, as data: opposite words, degrees, and lists of
//! steps. Knows no question; `order` puts answers in order with them.

/// Two opposite words that degrees are put before: "strongly agree", "not at all likely".
pub(super) struct Poles {
    /// The scale's name in a schema.
    pub(super) name: &'static str,
    pub(super) plus: &'static str,
    pub(super) minus: &'static [&'static str],
    /// The totals of either side.
    pub(super) nets: Option<(&'static str, &'static str)>,
}

const fn poles(
    name: &'static str,
    plus: &'static str,
    minus: &'static [&'static str],
    nets: Option<(&'static str, &'static str)>,
) -> Poles {
    Poles { name, plus, minus, nets }
}

/// Opposite words, each pair a scale.
pub(super) const POLES: [Poles; 17] = [
    poles("agree", "agree", &["disagree"], Some(("All agree", "All disagree"))),
    poles(
        "satisfied",
        "satisfied",
        &["dissatisfied", "unsatisfied"],
        Some(("All satisfied", "All dissatisfied")),
    ),
    poles("likely", "likely", &["unlikely"], Some(("All likely", "All unlikely"))),
    poles("important", "important", &["unimportant"], Some(("Important", "Not important"))),
    poles("positive", "positive", &["negative"], Some(("All positive", "All negative"))),
    poles("good", "good", &["poor", "bad"], Some(("All good", "All poor"))),
    poles("easy", "easy", &["difficult", "hard"], Some(("All easy", "All difficult"))),
    poles("support", "support", &["oppose"], Some(("All support", "All oppose"))),
    poles("favour", "favour", &["against"], Some(("All in favour", "All against"))),
    poles("confident", "confident", &["unconfident"], None),
    poles("safe", "safe", &["unsafe"], Some(("All safe", "All unsafe"))),
    poles("useful", "useful", &["useless"], None),
    poles("helpful", "helpful", &["unhelpful"], None),
    poles("manageable", "manageable", &["unmanageable"], Some(("Manageable", "Unmanageable"))),
    poles("better", "better", &["worse"], Some(("All better", "All worse"))),
    poles("increased", "increased", &["decreased"], Some(("Increased", "Decreased"))),
    poles("well", "well", &["badly"], Some(("All well", "All badly"))),
];

/// Words that strengthen or weaken, and how far they take an answer from the middle;
/// below zero they turn it round.
pub(super) const DEGREES: [(&str, i32); 42] = [
    ("extremely", 90),
    ("completely", 90),
    ("totally", 90),
    ("entirely", 90),
    ("fully", 90),
    ("all of the time", 90),
    ("strongly", 80),
    ("very", 80),
    ("much", 80),
    ("definitely", 80),
    ("a lot", 80),
    ("greatly", 80),
    ("", 70),
    ("generally", 65),
    ("mostly", 60),
    ("quite", 60),
    ("most of the time", 60),
    ("fairly", 50),
    ("moderately", 50),
    ("rather", 50),
    ("reasonably", 50),
    ("somewhat", 40),
    ("tend to", 40),
    ("partly", 40),
    ("some of the time", 40),
    ("slightly", 30),
    ("a little", 30),
    ("a bit", 30),
    ("mildly", 30),
    ("marginally", 30),
    ("only just", 20),
    ("barely", 20),
    ("not very", -30),
    ("not that", -30),
    ("not particularly", -35),
    ("not so", -40),
    ("not really", -40),
    ("not too", -40),
    ("not", -70),
    ("never", -80),
    ("not at all", -90),
    ("not all", -90),
];

/// Answers between the poles; each may be followed by more words.
pub(super) const MIDDLES: [&str; 9] = [
    "neither",
    "neutral",
    "about the same",
    "stayed the same",
    "no change",
    "the same",
    "no difference",
    "mixed",
    "average",
];

/// A list of steps, each in its usual wordings.
pub(super) struct Steps {
    /// The scale's name in a schema.
    pub(super) name: &'static str,
    pub(super) steps: &'static [&'static [&'static str]],
}

/// Lists of steps. An answer has to be one of the wordings, word for word.
pub(super) const STEPS: [Steps; 6] = [
    Steps { name: "how_often", steps: HOW_OFTEN },
    Steps { name: "quality", steps: QUALITY },
    Steps { name: "extent", steps: EXTENT },
    Steps { name: "chance", steps: CHANCE },
    Steps { name: "yes_no", steps: YES_NO },
    Steps { name: "times", steps: TIMES },
];

const HOW_OFTEN: &[&[&str]] = &[
    &["always", "all of the time", "all the time"],
    &["almost always", "nearly always"],
    &["several times a day", "many times a day", "more than once a day"],
    &["every day", "daily", "once a day", "at least once a day"],
    &["very often", "very frequently"],
    &["most of the time", "mostly"],
    &["usually", "generally"],
    &["most days", "almost every day", "nearly every day"],
    &["often", "frequently", "regularly"],
    &["a few times per week", "a few times a week", "several times a week", "2-3 times a week"],
    &["once a week", "weekly", "at least once a week", "about once a week"],
    &["a few times per month", "a few times a month", "several times a month", "fortnightly"],
    &["about half the time", "half of the time", "half the time"],
    &["sometimes", "some of the time"],
    &["once a month", "monthly", "at least once a month", "once a month or less"],
    &["every few months", "quarterly", "termly", "once a term", "every term"],
    &["a few times per year", "a few times a year", "several times a year"],
    &["occasionally", "now and then", "from time to time"],
    &["once in a while"],
    &["once a year", "yearly", "annually", "once a year or less"],
    &["less often", "less frequently"],
    &["rarely", "seldom"],
    &["very rarely", "hardly ever", "almost never", "a little of the time"],
    &["never", "none of the time", "not at all"],
];

const QUALITY: &[&[&str]] = &[
    &["outstanding"],
    &["excellent"],
    &["very good"],
    &["good"],
    &["fair", "satisfactory", "average", "acceptable", "ok", "okay", "requires improvement"],
    &["poor", "bad"],
    &["very poor", "very bad", "inadequate"],
    &["terrible", "awful", "extremely poor"],
];

const EXTENT: &[&[&str]] = &[
    &["a great deal", "to a very great extent", "completely"],
    &["a lot", "to a great extent", "to a large extent", "very much"],
    &[
        "quite a lot",
        "a fair amount",
        "a moderate amount",
        "to a moderate extent",
        "moderately",
    ],
    &["some", "to some extent", "somewhat"],
    &["a little", "a bit", "to a small extent", "slightly", "not much", "not very much"],
    &["not at all", "none at all", "none", "nothing", "no impact"],
];

const CHANCE: &[&[&str]] = &[
    &["certain", "certainly"],
    &["definitely", "definitely yes", "definitely will"],
    &["very probably", "very likely"],
    &["probably", "probably yes", "probably will"],
    &["possibly", "maybe", "perhaps", "might or might not"],
    &["probably not", "probably no", "probably will not"],
    &["very probably not", "very unlikely"],
    &["definitely not", "definitely no", "definitely will not"],
    &["certainly not"],
];

const YES_NO: &[&[&str]] = &[
    &["yes, definitely", "yes, completely", "yes, fully", "yes, always"],
    &["yes"],
    &["yes, partly", "yes, to some extent", "yes, somewhat", "yes, sometimes", "partly"],
    &["maybe", "perhaps", "sometimes"],
    &["no, not really"],
    &["no"],
    &["no, not at all", "no, never"],
];

const TIMES: &[&[&str]] = &[
    &["never", "not at all", "none"],
    &["once", "one time", "one"],
    &["twice", "two times", "two"],
    &["three times", "thrice", "three"],
    &["four times", "four"],
    &["five times", "five"],
    &["six times", "six"],
    &["more than five times", "more than five", "more often"],
];

/// Words of qualifications, lowest first; an answer counts by the longest that it holds.
pub(super) const EDUCATION: [&[&str]; 11] = [
    &["no qualification", "no formal"],
    &["primary school", "elementary"],
    &["less than high school", "some high school"],
    &["gcse", "gsce", "o level", "o-level"],
    &["high school", "a level", "a-level", "secondary-school", "secondary school"],
    &["vocational", "apprenticeship", "nvq", "btec", "foundation degree", "hnd"],
    &["some college", "some university"],
    &["associate"],
    &["undergraduate", "bachelor", "first degree", "four year degree"],
    &["master", "postgraduate", "graduate degree", "pgce", "higher degree"],
    &["doctorate", "phd", "doctoral"],
];

/// Answers that are shown, but are none on the matter.
pub(super) const NO_OPINION: [&str; 28] = [
    "don't know",
    "dont know",
    "do not know",
    "i don't know",
    "don't know / not sure",
    "don't know/not sure",
    "not sure",
    "i'm not sure",
    "unsure",
    "not sure / don't know",
    "not sure/don't know",
    "can't say",
    "cannot say",
    "can't remember",
    "don't remember",
    "no opinion",
    "prefer not to say",
    "prefer not to answer",
    "i prefer not to say",
    "i would prefer not to say",
    "rather not say",
    "i'd rather not say",
    "refused",
    "not applicable",
    "n/a",
    "not relevant",
    "does not apply",
    "not applicable to me",
];

/// Answers of a tick list that cannot go with another one.
pub(super) const NOTHING: [&str; 9] = [
    "none",
    "none of these",
    "none of the above",
    "none of them",
    "nothing",
    "no, none",
    "none of the options",
    "i have not done any of these",
    "no one",
];

/// Words that make up bands of numbers: an answer of nothing else is nobody's own words.
pub(super) const BANDS: [&str; 54] = [
    "to", "and", "or", "more", "less", "than", "fewer", "under", "over", "above", "below",
    "up", "at", "least", "most", "between", "from", "of", "a", "per", "week", "weeks", "day",
    "days", "hour", "hours", "hrs", "minute", "minutes", "month", "months", "year", "years",
    "yrs", "old", "older", "younger", "aged", "age", "plus", "ft", "cm", "kg", "miles", "km",
    "pupils", "staff", "people", "students", "times", "time", "per cent", "percent", "no",
];
