//! Free text goes in, the same without what points at a person comes out: a word in square
//! brackets stands for each part that was taken out.
//!
//! May know what data about a person look like. An aid for the person who decides whether a
//! text may be quoted: some names, places and stories are left in. Errs towards
//! taking out too much. Nothing here prints a text, and none shows in a panic or a log.

use std::fmt::{self, Debug, Formatter};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{
    Detector, EMAIL, NO_NAMES, Pattern, TITLES, coordinates, earlier, first, internet_4,
    internet_6, is_one_of, national_insurance, person, phone, postcode, school,
    untitled::untitled,
};
use crate::diagnostic::without_invisible;
use crate::words::Words;

/// What somebody wrote, on one line, without what looks like data about a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text.
    pub text: String,
    /// What was taken out, each kind once.
    pub removed: Vec<Removed>,
}

impl Debug for Redacted {
    /// Without the text, which is nobody's to read in a log.
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Redacted").finish_non_exhaustive()
    }
}

/// What is taken out of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Removed {
    /// An e-mail address.
    Email,
    /// The address of a page or a site.
    Web,
    /// A name on a network, such as `@name`.
    Handle,
    /// The address of a machine.
    Internet,
    /// Latitude and longitude.
    Coordinates,
    /// A National Insurance number.
    Insurance,
    /// A telephone number.
    Phone,
    /// A school's number: URN, or that of the Department for Education.
    SchoolNumber,
    /// A long number, as members, teachers and accounts have.
    Number,
    /// A postcode.
    Postcode,
    /// A day, which may be that of somebody's birth, or a year of birth.
    Date,
    /// The name of a person.
    Name,
    /// The name of a school.
    School,
}

impl Removed {
    /// What stands in the place of it.
    #[must_use]
    pub fn word(self, words: &Words) -> &'static str {
        match self {
            Self::Email => words.redacted_email,
            Self::Web => words.redacted_web,
            Self::Handle => words.redacted_handle,
            Self::Internet => words.redacted_internet,
            Self::Coordinates => words.redacted_coordinates,
            Self::Insurance => words.redacted_insurance,
            Self::Phone => words.redacted_phone,
            Self::SchoolNumber => words.redacted_school_number,
            Self::Number => words.redacted_number,
            Self::Postcode => words.redacted_postcode,
            Self::Date => words.redacted_date,
            Self::Name => words.redacted_name,
            Self::School => words.redacted_school,
        }
    }
}

/// What is looked for, in this order: what may hold something else comes before it. Names
/// without a title come last, since a school's looks like one.
const ALL: &[(Removed, Detector)] = &[
    (Removed::Email, |text| first(&EMAIL, text, |_| true)),
    (Removed::Web, |text| first(&WEB, text, |_| true)),
    (Removed::Handle, |text| first(&HANDLE, text, |_| true)),
    (Removed::Internet, |text| first(&INTERNET, text, |found| address(&found[0]))),
    (Removed::Coordinates, coordinates),
    (Removed::Insurance, national_insurance),
    (Removed::Phone, phone),
    (Removed::SchoolNumber, |text| first(&SCHOOL_NUMBER, text, |_| true)),
    (Removed::Postcode, postcode),
    (Removed::Date, |text| first(&DATE, text, |_| true)),
    (Removed::Number, |text| first(&NUMBER, text, |_| true)),
    (Removed::Name, name),
    (Removed::School, school),
    (Removed::Name, untitled),
];

/// Takes out what looks like data about a person, controls and characters that cannot be
/// seen, and makes every run of spaces and line ends one space.
pub(in crate::ingest) fn redact(text: &str, words: &Words) -> Redacted {
    let seen = without_invisible(text).replace(char::is_control, " ");
    let mut text = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut removed = Vec::new();
    for (kind, detect) in ALL {
        if let Some(without) = take_out(&text, *detect, kind.word(words)) {
            text = without;
            removed.extend((!removed.contains(kind)).then_some(*kind));
        }
    }
    Redacted { text, removed }
}

/// The text with a word for each part that is found; none if nothing is.
fn take_out(text: &str, detect: Detector, word: &str) -> Option<String> {
    let mut range = Some(detect(text)?);
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(found) = range {
        let found = trimmed(rest, found);
        kept.push_str(&rest[..found.start]);
        kept.push_str(word);
        rest = &rest[found.end..];
        range = detect(rest);
    }
    Some(kept + rest)
}

/// What was found without the spaces and marks around it that the patterns look at.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let found = &text[range.clone()];
    let before = found.trim_start_matches(|c: char| !c.is_alphanumeric() && !"+@:".contains(c));
    let inner = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    // What has no letter and no digit is taken out whole.
    if inner.is_empty() {
        return range;
    }
    let start = range.end - before.len();
    start..start + inner.len()
}

static WEB: Pattern = LazyLock::new(|| {
    let ends = "uk|com|org|net|co|info|io|school|wales|scot|cymru|london|edu|eu|me|tv|app";
    Regex::new(&format!(
        r"(?i)\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b(?:[\p{{L}}0-9-]+\.)+(?:{ends})\b(?:[/?#]\S*)?"
    ))
    .ok()
});

static HANDLE: Pattern = LazyLock::new(|| Regex::new(r"(?:^|[^\w@./])@\w[\w.]+").ok());

static INTERNET: Pattern = LazyLock::new(|| Regex::new(r"[0-9A-Fa-f:.]*[0-9A-Fa-f]").ok());

/// Unlike a cell that is only warned of, a version of a program is taken for an address.
fn address(text: &str) -> bool {
    internet_6(text) || text.split(':').any(internet_4)
}

/// The URN has six digits, of which the first is 1; the other number is that of the local
/// authority (three digits) and of the school there (four).
static SCHOOL_NUMBER: Pattern = LazyLock::new(|| {
    let named = r"(?i)\b(?:urn|ukprn|dfe|dfes|laestab|estab|establishment|school)\b\W{0,3}(?:(?:number|no|code|is|of)\b\W{0,3}){0,3}[0-9]{3,4}[ /-]?[0-9]{2,4}\b";
    let bare = r"\b[1-9][0-9]{2}/[0-9]{4}\b|(?:^|[^\w£$€.,/-])1[0-9]{5}\b";
    Regex::new(&format!("{named}|{bare}")).ok()
});

static NUMBER: Pattern = LazyLock::new(|| {
    let parts = r"[0-9]{2,4}(?:[ /-][0-9]{2,4}){2,}\b|[0-9]{2}/[0-9]{5}\b";
    Regex::new(&format!(r"(?:^|[^\w£$€.,])(?:[A-Za-z]{{0,3}}[0-9]{{6,}}\b|{parts})")).ok()
});

static DATE: Pattern = LazyLock::new(|| {
    let month = r"(?i:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
    let (day, year) = (r"[0-3]?[0-9](?:st|nd|rd|th)?", r"(?:19|20)[0-9]{2}");
    let forms = [
        r"\b[0-3]?[0-9]([./-])[01]?[0-9][./-](?:19|20)?[0-9]{2}\b".to_owned(),
        format!(r"\b{year}[./-][01]?[0-9][./-][0-3]?[0-9]\b"),
        format!(r"\b{day}\s+(?:of\s+)?{month},?\s+{year}\b"),
        format!(r"\b{month}\s+{day},?\s+{year}\b"),
        format!(r"(?i)\b(?:born|dob|birthday|date of birth)\b(?:\W+\w+){{0,4}}?\W+{year}\b"),
        format!(
            r"(?i)\b(?:born|dob|birthday|date of birth)\b(?:\W+\w+){{0,3}}?\W+{day}\s+{month}\b"
        ),
    ];
    Regex::new(&forms.join("|")).ok()
});

/// A title, or several, and a name of up to three words. A title in small letters needs no
/// capital after it.
static NAME: Pattern = LazyLock::new(|| {
    let titles = TITLES.replace(' ', "|");
    let initials = r"(?:\p{Lu}(?:\.\s*|\s+))*";
    let more = r"(?:\s+\p{Lu}[\p{L}'’-]+){0,2}";
    let title = format!(r"(?:(?:{titles})\b\.?\s+(?:(?:and|&)\s+)?)+");
    let named = format!(r"{title}{initials}(\p{{Lu}}[\p{{L}}'’-]+){more}");
    let small = format!(r"(?i:mr|mrs|ms|mx|dr|prof)\b\.?\s+(\p{{L}}[\p{{L}}'’-]+){more}");
    Regex::new(&format!(r"(?:^|[^\w-])(?:{named}|{small})")).ok()
});

fn name(text: &str) -> Option<Range<usize>> {
    let named = first(&NAME, text, |found| {
        let name = found.get(1).or_else(|| found.get(2)).map_or("", |name| name.as_str());
        let small = name.to_lowercase();
        !NO_NAMES.split_whitespace().any(|word| word.to_lowercase() == small)
            && !is_one_of("a is was has said", &small)
    });
    earlier(named, person(text))
}

#[cfg(test)]
mod tests {
    use super::super::{cell, tests::PERSONAL};
    use super::{ALL, DATE, HANDLE, INTERNET, NAME, NUMBER, SCHOOL_NUMBER, WEB, redact};
    use crate::words::EN_GB;

    fn redacted(text: &str) -> String {
        redact(text, &EN_GB).text
    }

    #[test]
    fn every_pattern_compiles_and_has_a_word_of_its_own() {
        let patterns = [&DATE, &HANDLE, &INTERNET, &NAME, &NUMBER, &SCHOOL_NUMBER, &WEB];
        assert!(patterns.iter().all(|pattern| pattern.is_some()));
        let mut words: Vec<_> = ALL.iter().map(|(kind, _)| kind.word(&EN_GB)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), ALL.len() - 1, "names are looked for twice");
        assert!(words.iter().all(|word| word.starts_with('[') && word.ends_with(']')));
    }

    #[test]
    fn what_points_at_a_person_is_taken_out_and_the_rest_stays() {
        let mut wrong = Vec::new();
        for (text, expected) in [
            ("Write to a.b+c@mail.example.org, please.", "Write to [e-mail], please."),
            ("See https://example.org/a?b=1 (long).", "See [web address] (long)."),
            ("It is on www.example.org.", "It is on [web address]."),
            ("Look at example.sch.uk/staff today", "Look at [web address] today"),
            ("Ask @head_teacher, she knows", "Ask [handle], she knows"),
            ("From 203.0.113.7 and fe80::1 too", "From [IP address] and [IP address] too"),
            ("At 51.5074, -0.1278 exactly", "At [coordinates] exactly"),
            ("Mine is AB 12 34 56 C.", "Mine is [National Insurance number]."),
            ("Ring 07700 900123 or +44 20 7946 0018!", "Ring [phone] or [phone]!"),
            ("Our URN is 123456.", "Our [school number]."),
            (
                "We are 302/2001, or DfE number 302 2001",
                "We are [school number], or [school number]",
            ),
            ("School 141234 closed", "[school number] closed"),
            ("Member 3436139, TRN 12/34567", "Member [number], TRN [number]"),
            ("I live in SW1A 1AA now", "I live in [postcode] now"),
            ("She was born on 3/4/1968.", "She was [date]."),
            ("On 3rd of April 1968 and April 3, 1968", "On [date] and [date]"),
            ("I was born in 1968, you see", "I was [date], you see"),
            ("2024-01-13: inspected", "[date]: inspected"),
            ("Mrs Jane O'Brien shouted.", "[name] shouted."),
            ("Ask Prof. Sir J. R. Smith. He knows", "Ask [name]. He knows"),
            ("Mr and Mrs Khan left", "[name] left"),
            ("mrs smith was kind", "[name] was kind"),
            ("My head Jane Smith told Mr Khan", "My head [name] told [name]"),
            ("Ann Lee left Oak Hill Primary School", "[name] left [school]"),
            ("I teach at Willow Brook Primary School in Leeds", "I teach at [school] in Leeds"),
            ("the Oasis Academy Brislington, sadly", "the [school], sadly"),
            ("St. Mary’s CE Primary School. We", "[school]. We"),
            ("Ysgol Bro Teifi yw hi", "[school] yw hi"),
            ("Riverside College and Bury High School", "[school] and [school]"),
        ] {
            wrong.extend(Some(redacted(text)).filter(|found| found != expected));
        }
        assert_eq!(wrong, [""; 0]);
    }

    #[test]
    fn ordinary_sentences_stay_as_they_are() {
        for text in [
            "Two weeks is nothing like enough, and everyone knows it.",
            "I marked until 1 a.m., slept four hours, and taught five lessons.",
            "It costs £££ to prepare 1,250 reports; 45 hours, \"as advertised\".",
            "We lost £120,000 and £150000 in 2023.",
            "“Requires improvement” followed us home, to the school gate.",
            "My primary school was inspected in March 2023, 80% of us agree.",
            "Ms Teams all day; I miss teaching.",
            "2 @ £3.50, 20/30 pupils, 1:1 lessons, 12.5% and KS2/KS3",
        ] {
            assert_eq!(redacted(text), text);
        }
    }

    #[test]
    fn all_that_is_warned_of_in_cells_is_taken_out() {
        let mut left = Vec::new();
        for text in PERSONAL.iter().flat_map(|(_, texts)| *texts) {
            for text in [(*text).to_owned(), format!("Too much. {text} and more")] {
                let without = redacted(&text);
                left.extend(cell(&without).map(|kind| (kind, without)));
            }
        }
        assert_eq!(left, []);
    }

    #[test]
    fn what_cannot_be_seen_hides_nothing_and_a_text_is_one_line() {
        assert_eq!(redacted(" One\r\n\n two\u{7}\tthree\u{202e} "), "One two three");
        assert_eq!(redacted("a.b\u{200b}@exam\u{2060}ple.org"), "[e-mail]");
    }

    #[test]
    fn a_text_never_shows_in_a_panic() {
        let shown = format!("{:?}", redact("Inkpenny", &EN_GB));
        assert!(!shown.contains("Inkpenny"));
    }
}
