//! What looks like data about a person: a column's header or a cell goes in, the kind of
//! data comes out.
//!
//! Knows how such data are written in the United Kingdom, and nothing of the schema. A
//! guess, made to warn and to keep a cell out of messages: not a proof that a file holds
//! nothing personal. Nothing here prints, keeps or gives back a cell.
//!
//! Not found in a cell, because too much else looks the same: dates of birth, membership
//! and teacher reference numbers, names without a title, streets, telephone numbers that
//! lost their first 0, and names of schools in capitals or small letters throughout
//! (unless a saint's). Each but the last is known by its header.

mod redact;
mod school;
mod untitled;

use core::net::{Ipv4Addr, Ipv6Addr}; // addresses alone: `core` opens none
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex, bytes};

use school::{SCHOOLS, school};

pub(super) use redact::redact;
pub use redact::{Redacted, Removed};

/// A kind of data about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// Where e-mail reaches the person.
    Email,
    /// Where a telephone does.
    Phone,
    /// A full postcode.
    Postcode,
    /// A postal address; by header only.
    Address,
    /// Of the respondent's machine, IPv4 or IPv6.
    Internet,
    /// Latitude and longitude.
    Coordinates,
    /// The number of the United Kingdom's National Insurance.
    NationalInsurance,
    /// A title and a name, or a column for names.
    PersonName,
    /// One school, which may employ few who answered.
    SchoolName,
    /// A union's or a register's number for the person; by header only.
    MemberNumber,
    /// By header only.
    BirthDate,
}

use Personal::{
    Address, BirthDate, Coordinates, Email, Internet, MemberNumber, NationalInsurance,
    PersonName, Phone, Postcode, SchoolName,
};

impl Personal {
    /// The kind in words, with its article, to be put into a message.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Email => "an e-mail address",
            Phone => "a telephone number",
            Postcode => "a postcode",
            Address => "a postal address",
            Internet => "an internet address",
            Coordinates => "the coordinates of a place",
            NationalInsurance => "a National Insurance number",
            PersonName => "a person's name",
            SchoolName => "the name of a school",
            MemberNumber => "a membership or register number",
            BirthDate => "a date of birth",
        }
    }
}

/// What a column asks for, judged by its header: a label (`Email`, `IPAddress`), or a
/// question that asks for nothing else (`What is the name of the school where you work?`).
///
/// Case, punctuation and the joints of names such as `RecipientEmail` do not count. A
/// question to be answered with yes or no is not a request.
#[must_use]
pub fn header(text: &str) -> Option<Personal> {
    let line = plain_words(text);
    let words: Vec<&str> = line.split_whitespace().skip_while(|word| counted(word)).collect();
    labelled(&words).or_else(|| requested(&line, &words))
}

/// What stands in a cell, alone or within a longer text; the surest if there are several.
///
/// A number of four parts is an internet address if each part is at most 255, one at least
/// has two digits, and no word such as `version` stands before it. A postcode must lie in a
/// postcode area that exists. A decimal pair must be a latitude with three decimals or more
/// and a longitude.
#[must_use]
pub fn cell(text: &str) -> Option<Personal> {
    if suspicious(text.as_bytes()) { found(text) } else { None }
}

/// Whether a cell is worth a closer look by [`cell`]: one pass over bytes, and `false` for
/// nearly all cells without personal data. Where it says `false`, `cell` finds nothing.
#[must_use]
pub fn suspicious(cell: &[u8]) -> bool {
    let telling = |b: &u8| matches!(b, b'@' | b'+' | b':' | b'0'..=b'9' | b'A'..=b'Z' | 0x80..);
    cell.iter().skip(1).any(telling) && SUSPICIOUS.as_ref().is_some_and(|p| p.is_match(cell))
}

/// True of every cell in which one of [`DETECTORS`] finds something, and of few others. A
/// byte beyond ASCII may be part of a space, a dash or a capital.
static SUSPICIOUS: LazyLock<Option<bytes::Regex>> = LazyLock::new(|| {
    let gap = r"[\s\x80-\xFF]";
    let email = r"\S@\S";
    let internet = r"[0-9]\.[0-9]+\.[0-9]+\.[0-9]|::|(?:[0-9A-Fa-f]*:){7}";
    let coordinates = r"[0-9]\.[0-9]{3}.*,";
    let phone = r"(?:\+|(?:^|[^0-9])0)(?:[\s()\x80-\xFF-]*[0-9]){9}";
    let insurance = format!("[A-Za-z]{{2}}(?:(?:{gap}|-)*[0-9]){{6}}(?:{gap}|-)*[A-Da-d]");
    let outward = "[A-Za-z][0-9][0-9A-Za-z]?";
    let postcode = format!("{outward}{gap}*[0-9][A-Za-z]{{2}}(?:[^0-9A-Za-z]|$)");
    let titles = TITLES.replace(' ', "|");
    let person = format!(r"(?:{titles})(?:\.|{gap})+[A-Z\x80-\xFF]");
    let tails: Vec<&str> = SCHOOLS.split(' ').map(|word| &word[1..]).collect();
    let tails = tails.join("|");
    let school = format!(r"[A-Z\x80-\xFF]\S*[\s\x80-\xFF]\W*[A-Z](?i:{tails})|Y(?i:sgol)");
    let all = [email, internet, coordinates, phone, &insurance, &postcode, &person, &school];
    bytes::Regex::new(&format!("(?s-u){}", all.join("|"))).ok()
});

/// Ways to write one thing, and the way that is used below.
const SAME: &[(&str, &str)] = &[
    ("e mail", "email"),
    ("post code", "postcode"),
    ("postal code", "postcode"),
    ("postcode lottery", "lottery"),
    ("national insurance", "nino"),
    ("d o b", "dob"),
    ("do b", "dob"),
];

/// What is asked for by these words wherever they stand in a request.
const PHRASES: &[(Personal, &str)] = &[
    (Email, "email address"),
    (Internet, "ip address"),
    (Phone, "phone number, telephone number, mobile number, contact number"),
    (Postcode, "postcode"),
    (NationalInsurance, "nino number, ni number"),
    (BirthDate, "dob, date of birth, birth date"),
    (MemberNumber, "membership number, membership no, membership id, member number, member no"),
    (MemberNumber, "member id, teacher reference number, teacher number, payroll number, trn"),
    (SchoolName, "school name, name of school, name of the school, name of your school"),
    (SchoolName, "workplace name, name of your workplace"),
    (PersonName, "first name, last name, full name, family name, surname"),
];

/// What is asked for by these words if the header has no others but those of [`FILLERS`].
const LABELS: &[(Personal, &str)] = &[
    (Email, "email emails"),
    (Internet, "ip ipaddr"),
    (Phone, "phone telephone mobile tel"),
    (Postcode, "postcode"),
    (Coordinates, "latitude longitude lat lon lng"),
    (NationalInsurance, "nino"),
    (BirthDate, "birthday"),
    (Address, "address"),
    (PersonName, "name names surname forename forenames username"),
];

/// Words of labels and requests that change nothing of what is asked for.
const FILLERS: &str = "a an the your my our please enter give type provide write tell state \
    leave add us what is are s home private main best preferred contact other daytime evening \
    recipient respondent member participant user location no number numbers line optional \
    required if applicable you can we so that to be contacted reply for and or in at of below \
    here box full details information would like want teacher headteacher head pupil child \
    parent manager where work do first last given family middle maiden personal current \
    external data question q response student carer";

/// Words that make a name that of a place of work.
const INSTITUTIONS: &str =
    "school college academy nursery workplace employer setting trust establishment";

/// First words of questions that are answered with yes or no, or with a reason.
const CLOSED: &str = "are can could did do does had has have how is may might must shall \
    should was were will would why who";

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// The joints in `RecipientEmail` and `IPAddress`, and what is neither letter nor digit.
static JOINTS: Pattern =
    LazyLock::new(|| Regex::new(r"(\p{Ll})(\p{Lu})|(\p{Lu})(\p{Lu}\p{Ll})|[\W_]").ok());

/// A header as small words with one space between them and at both ends.
fn plain_words(text: &str) -> String {
    let apart = JOINTS.as_ref().map(|joints| joints.replace_all(text, "$1$3 $2$4"));
    let small = apart.unwrap_or_default().to_lowercase();
    let words: Vec<&str> = small.split_whitespace().collect();
    let line = format!(" {} ", words.join(" "));
    SAME.iter().fold(line, |line, (one, other)| {
        line.replace(&format!(" {one} "), &format!(" {other} "))
    })
}

/// Whether a word is a question's number, such as `q12`.
fn counted(word: &str) -> bool {
    word.trim_start_matches('q').bytes().all(|b| b.is_ascii_digit())
}

/// A header that names one thing and says no more.
fn labelled(words: &[&str]) -> Option<Personal> {
    let place = |word: &str| is_one_of(INSTITUTIONS, word);
    let filler = |word: &str| counted(word) || place(word) || is_one_of(FILLERS, word);
    let label = |word: &str| LABELS.iter().any(|(_, known)| is_one_of(known, word));
    if !words.iter().all(|word| label(word) || filler(word)) || asks_to_act(words) {
        return None;
    }
    let named = |known: &str| words.iter().any(|word| is_one_of(known, word));
    let (what, _) = LABELS.iter().find(|(_, known)| named(known))?;
    let of_place = *what == PersonName && words.iter().any(|word| place(word));
    Some(if of_place { SchoolName } else { *what })
}

/// Whether a word that might be a label is a verb: `would you like us to e-mail you`, `what
/// would you like us to address`.
fn asks_to_act(words: &[&str]) -> bool {
    words.windows(2).any(|pair| {
        is_one_of("to we you us can", pair[0])
            && is_one_of("email phone telephone address name", pair[1])
    })
}

/// A request that holds one of the phrases, or is made of one run together.
fn requested(line: &str, words: &[&str]) -> Option<Personal> {
    if is_one_of(CLOSED, words.first()?) {
        return None;
    }
    let together = |phrase: &str| words.iter().any(|word| **word == phrase.replace(' ', ""));
    let holds = |phrase: &str| line.contains(&format!(" {phrase} ")) || together(phrase);
    PHRASES.iter().find(|(_, all)| all.split(", ").any(holds)).map(|(what, _)| *what)
}

/// Says where a text first holds one kind of data, if it does.
type Detector = fn(&str) -> Option<Range<usize>>;

/// What can be told from a cell, and by what; what is surest first.
const DETECTORS: &[(Personal, Detector)] = &[
    (Email, |text| first(&EMAIL, text, |_| true)),
    (NationalInsurance, national_insurance),
    (Internet, internet),
    (Coordinates, coordinates),
    (Phone, phone),
    (Postcode, postcode),
    (SchoolName, school),
    (PersonName, person),
];

fn found(text: &str) -> Option<Personal> {
    DETECTORS.iter().find(|(_, holds)| holds(text).is_some()).map(|(what, _)| *what)
}

/// Where a part of a text stands in it.
fn within(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

/// A pattern that is compiled once. A test compiles them all, so `None` is never met.
type Pattern = LazyLock<Option<Regex>>;

fn first(
    pattern: &Pattern,
    text: &str,
    holds: fn(&Captures<'_>) -> bool,
) -> Option<Range<usize>> {
    pattern.as_ref()?.captures_iter(text).find(|found| holds(found))?.get(0).map(|m| m.range())
}

static EMAIL: Pattern =
    LazyLock::new(|| Regex::new(r"\w[\w.+%'’-]*@(?:[\w-]+\.)+\p{L}{2,}").ok());

static NATIONAL_INSURANCE: Pattern = LazyLock::new(|| {
    let pair = r"([\s-]?)[0-9]{2}".repeat(3);
    Regex::new(&format!(r"\b([A-Za-z]{{2}}){pair}[\s-]?([A-Da-d])\b")).ok()
});

/// Two letters, six digits, A to D; the letters as HM Revenue and Customs gives them out
/// (National Insurance Manual, NIM39110).
fn national_insurance(text: &str) -> Option<Range<usize>> {
    first(&NATIONAL_INSURANCE, text, |found| {
        let prefix = found[1].to_ascii_uppercase();
        let letters = prefix.bytes().all(|b| !b"DFIQUV".contains(&b)) && !prefix.ends_with('O');
        let given = !is_one_of("BG GB KN NK NT TN ZZ", &prefix);
        // `at 10 20 30 a day`
        let word = !found[2].is_empty()
            && is_one_of("am an as at be by he me my re we", &found[1].to_ascii_lowercase());
        letters && given && !word
    })
}

fn internet(text: &str) -> Option<Range<usize>> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | ':' | '_')));
    let mut version = false;
    let mut parts =
        parts.map(|part| part.trim_end_matches('.')).filter(|part| !part.is_empty());
    let found = parts.find(|part| {
        let address = internet_6(part) || part.split(':').any(internet_4);
        let is_version = version;
        version = is_one_of("v version release build section", &part.to_lowercase());
        address && !is_version
    });
    found.map(|part| within(text, part))
}

/// Four parts of one digit each are a ranking, a heading or a version.
fn internet_4(token: &str) -> bool {
    token.parse().is_ok_and(|found: Ipv4Addr| found.octets().iter().any(|part| *part > 9))
}

/// Only what is given out: global, link-local and private addresses.
fn internet_6(token: &str) -> bool {
    token.parse().is_ok_and(|found: Ipv6Addr| {
        let first = found.segments()[0];
        first >> 13 == 1 || first >> 9 == 0xFC00 >> 9 || first >> 6 == 0xFE80 >> 6
    })
}

static COORDINATES: Pattern = LazyLock::new(|| {
    let latitude = r"[-+−]?([0-9]{1,2}\.[0-9]{3,})\s*°?\s*[NSns]?";
    let longitude = r"[-+−]?([0-9]{1,3}\.[0-9]+)";
    Regex::new(&format!(r"(?:^|[^\w.]){latitude}\s*,\s*{longitude}")).ok()
});

/// Two numbers under 1 are proportions, and as a place out at sea.
fn coordinates(text: &str) -> Option<Range<usize>> {
    first(&COORDINATES, text, |found| {
        let number = |part: usize| found[part].parse().unwrap_or(f64::MAX);
        let (latitude, longitude) = (number(1), number(2));
        latitude <= 90.0 && longitude <= 180.0 && (latitude >= 1.0 || longitude >= 1.0)
    })
}

/// What may stand between the digits of a telephone number.
const GAP: &str = r"[\s()\u{2010}-\u{2015}-]";

static ABROAD: Pattern = LazyLock::new(|| {
    let digit = format!("(?:{GAP}{{0,3}}[0-9])");
    let zeros = format!(r"(?:^|[^\w.,/-])00(?:44|[1-9][0-9]{{0,2}}{GAP}){digit}{{7,13}}\b");
    Regex::new(&format!(r"(?:^|\W)\+[1-9]{digit}{{8,14}}\b|{zeros}")).ok()
});

static HOME: Pattern = LazyLock::new(|| {
    let groups = format!(r"0[1235789][0-9]+(?:{GAP}{{1,3}}[0-9]+)*\b");
    Regex::new(&format!(r"(?:^|[^\w.,/-]|[^0-9][.,/-])\(?({groups})")).ok()
});

/// With a country code; or British: groups of digits that begin with 0 and make 10 or 11
/// in all (Ofcom, National Telephone Numbering Plan). Groups have three digits or more,
/// after the first of a mobile number two, so that days and hours make none.
fn phone(text: &str) -> Option<Range<usize>> {
    let home = first(&HOME, text, |found| {
        let mobile = found[1].starts_with("07");
        let mut all = 0;
        let groups = found[1].split(|c: char| !c.is_ascii_digit()).map(str::len);
        groups.filter(|length| *length > 0).any(|length| {
            let least = if mobile && all >= 5 { 2 } else { 3 };
            all = if length < least { usize::MAX / 2 } else { all + length };
            all == 11 || (all == 10 && !mobile)
        })
    });
    earlier(first(&ABROAD, text, |_| true), home)
}

/// The one of two that begins first.
fn earlier(one: Option<Range<usize>>, other: Option<Range<usize>>) -> Option<Range<usize>> {
    one.into_iter().chain(other).min_by_key(|found| found.start)
}

static POSTCODE: Pattern = LazyLock::new(|| {
    let outward = r"([A-Za-z]{1,2})([0-9][0-9A-Za-z]?)";
    let inward = r"[0-9]([ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})";
    Regex::new(&format!(r"(?:^|[^\w.#/-]){outward}\s{{0,2}}{inward}\b")).ok()
});

/// The postcode areas (Royal Mail, Postcode Address File), those of islands and forces too.
const AREAS: &str = "AB AL B BA BB BD BF BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD \
    DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE \
    KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR \
    RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD \
    WF WN WR WS WV YO ZE";

/// The areas, all in London, where a letter may follow the digit of a district.
const LETTERED: &str = "E EC N NW SE SW W WC";

fn postcode(text: &str) -> Option<Range<usize>> {
    first(&POSTCODE, text, |found| {
        let (area, district) = (found[1].to_ascii_uppercase(), &found[2]);
        let lettered = district.ends_with(|c: char| c.is_ascii_alphabetic());
        let exists = is_one_of(if lettered { LETTERED } else { AREAS }, &area);
        let padded = district.len() > 1 && district.starts_with('0');
        // `S1 2nd term`, `E1 1hr`; `M1 8GB`, a computer
        let counts = is_one_of("st nd rd th hr yr", &found[3])
            || (area == "M" && is_one_of("GB TB gb tb Gb", &found[3]));
        exists && !padded && !counts
    })
}

const TITLES: &str = "Mr MR Mrs MRS Ms Miss Mx Dr Prof Professor Rev Revd Reverend Sir Dame";

/// Words that follow what looks like a title and are no names (`Ms Teams`).
const NO_NAMES: &str = "And Or Madam Teams Forms Office Excel Word Outlook Appointment \
    Appointments Of The My Out";

static PERSON: Pattern = LazyLock::new(|| {
    let title = format!(r"(?:{})\b\.?", TITLES.replace(' ', "|"));
    let name = r"(?:\p{Lu}(?:\.\s*|\s+))*(\p{Lu}[\p{L}'’-]+)";
    Regex::new(&format!(r"(?:^|[^\w-]){title}\s+{name}")).ok()
});

fn person(text: &str) -> Option<Range<usize>> {
    first(&PERSON, text, |found| {
        !is_one_of(TITLES, &found[1]) && !is_one_of(NO_NAMES, &found[1])
    })
}

#[cfg(test)]
mod tests {
    use super::{
        ABROAD, COORDINATES, EMAIL, HOME, JOINTS, NATIONAL_INSURANCE, PERSON, POSTCODE,
        Personal, SUSPICIOUS, cell, found, header, suspicious,
    };
    use Personal::{
        Address, BirthDate, Coordinates, Email, Internet, MemberNumber, NationalInsurance,
        PersonName, Phone, Postcode, SchoolName,
    };
    use proptest::prelude::*;

    #[test]
    fn every_pattern_compiles() {
        let patterns =
            [&ABROAD, &COORDINATES, &EMAIL, &HOME, &JOINTS, &NATIONAL_INSURANCE, &PERSON];
        assert!(patterns.iter().all(|pattern| pattern.is_some()));
        assert!(POSTCODE.is_some() && SUSPICIOUS.is_some());
    }

    pub(super) const PERSONAL: &[(Personal, &[&str])] = &[
        (
            Email,
            &[
                "a.teacher@example.org",
                "write to A.Teacher+poll@mail.example.co.uk, please",
                "<o'neill_99@example.school>",
                "mailto:head@example-school.sch.uk.",
                "jörg@schüle.example",
                "x@y.museum",
            ],
        ),
        (
            Phone,
            &[
                "07700 900123",
                "07700900123",
                "07700 900 123",
                "07700 90 01 23",
                "07700-900-123",
                "ring me on 07700 900123",
                "Tel:01632 960001",
                "(01632) 960 001",
                "01632960001",
                "020 7946 0018",
                "(020)79460018",
                "0121 496 0999 or 0161 496 0000",
                "07700\u{a0}900\u{2011}123",
                "+44 7700 900123",
                "+44 (0)20 7946 0018",
                "+44(0)7700900123",
                "0044 7700 900123",
                "00447700900123",
                "+1 (202) 555-0143",
                "+353 1 555 0100",
                "0033 1 99 00 12 34",
                "school 01632 960001 2024",
                "016977 2345",
            ],
        ),
        (
            Postcode,
            &[
                "SW1A 1AA",
                "sw1a1aa",
                "Sw1a1aa",
                "M1 1AE",
                "m11ae",
                "B33 8TH",
                "CR2 6XH",
                "DN55 1PT",
                "EC1A 1BB",
                "W1A 0AX",
                "N1C 4AG",
                "LL57 2DG",
                "ZE1 0AA",
                "BT1 5GS",
                "near LS1\u{a0}4DY, Leeds",
                "(bs1  5tr)",
                "s1 1st term S1 2HE",
            ],
        ),
        (
            Internet,
            &[
                "203.0.113.7",
                "from 198.51.100.24.",
                "192.168.0.1:8080",
                "IP:203.0.113.7",
                "http://203.0.113.7/page",
                "2001:db8::1",
                "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
                "[fe80::1]",
                "::ffff:203.0.113.7",
            ],
        ),
        (
            Coordinates,
            &[
                "51.5074, -0.1278",
                "53.4808,-2.2426",
                "53.481, -2.24",
                "(55.9533,-3.1883)",
                "at 51.5074° N, 0.1278° W",
                "lat=52.2053,0.1218",
                "-33.8688, 151.2093",
            ],
        ),
        (
            NationalInsurance,
            &[
                "AB123456C",
                "ab123456c",
                "AB 12 34 56 C",
                "ab 12 34 56 c",
                "my number is JG-10-37-59-A.",
                "CE123456 D",
            ],
        ),
        (
            PersonName,
            &[
                "Mr Smith",
                "Mrs. O'Brien shouted",
                "I told Ms Patel",
                "Miss Évans",
                "Dr A. B. Jones",
                "Dr J Jones",
                "Prof Ó Briain",
                "MR SMITH",
                "Mr and Mrs Khan",
                "Sir Michael",
                "our head,Mr\u{a0}Taylor",
            ],
        ),
        (
            SchoolName,
            &[
                "St Mary's Primary School",
                "St. Mary’s CE Primary School",
                "ST MARY'S PRIMARY SCHOOL",
                "ST MARY'S PRIMARY SCHOOL LEEDS",
                "I teach at Willow Brook Primary School in Leeds",
                "Oakfield Academy",
                "the Oasis Academy Brislington",
                "Bury High School",
                "Our Lady of Lourdes Catholic Primary School",
                "Stratford-upon-Avon Grammar School",
                "Willow Brook Primary",
                "Holy Trinity Church of England School",
                "Little Acorns Nursery",
                "Riverside College",
                "Harrow School. Then I moved",
                "Hill Top Infants",
                "Ysgol Bro Teifi",
                "Ysgol Gynradd Aberteifi",
                "Ysgol Gyfun Gŵyr",
                "Willow Brook Primary School's head",
                "Kettering/Corby Academy",
            ],
        ),
    ];

    /// Answers as they stand in polls, and what else looks a little like data about people.
    const HARMLESS: &[&str] = &[
        "",
        "5-14",
        "2024-01-13",
        "13/01/2024",
        "01-02-2024 08:30",
        "2024-01-13T07:00:02",
        "2024-01-13 07:00:02",
        "£50,000 to £99,999",
        "1,000",
        "1,000,000.50",
        "A1 2BC",
        "Primary school",
        "Primary School",
        "Academy",
        "Academy or free school",
        "Local authority maintained school",
        "Local Authority Maintained School",
        "Nursery/Primary School",
        "All-through School",
        "Roman Catholic School",
        "Sixth Form College",
        "Chartered College of Teaching",
        "Oak National Academy",
        "Improve School Funding",
        "Ofsted School inspections",
        "Scrap School Uniform Rules",
        "Leeds and School",
        "I moved to Leeds. School was hard",
        "I HATE SCHOOL",
        "My Daughter's School",
        "The School was inspected",
        "I love my School",
        "Every School",
        "Head of Primary",
        "I LEFT MY PRIMARY SCHOOL",
        "Ysgol gynradd",
        "Ysgol Uwchradd",
        "1 (None at all)",
        "08:00:00",
        "09:00 - 10:30",
        "12.5%",
        "80% or more",
        "10 to 15 hours",
        "123456",
        "302/2001",
        "3022001",
        "3436139758",
        "0 1 2 3 4 5 6 7 8 9 10",
        "0.123456789012",
        "weight 0.0123456789",
        "1.4586",
        "0.123, 0.456",
        "12.345,67",
        "91.000, 5.0",
        "v1.22.3.4",
        "version 10.0.19.4",
        "Section 10.1.2.3 of the handbook",
        "1.3.2.4",
        "Chrome 96.0.4664.110",
        "1.22.3.4.5",
        "256.1.1.1",
        "Yes :: no",
        "Work/School",
        "e-MRS Fall Meeting",
        "aa:bb:cc:dd:ee:ff",
        "@teachers",
        "2 @ £3.50",
        "half of us@work",
        "S1 2nd term",
        "E1 1hr",
        "M1 8GB of memory",
        "KS2 and KS3",
        "Y7 1AB",
        "Q1 1AA",
        "SW1A",
        "AB12 3CD",
        "XB-M1 1AE",
        "W10A 1AA",
        "M1A 1AB",
        "M01 1AB",
        "at 10 20 30 a day",
        "BG123456A",
        "DA123456A",
        "AO123456A",
        "AB123456E",
        "QQ123456C",
        "Mr",
        "Mr/Mrs/Miss",
        "Mr Mrs Ms",
        "Ms Teams",
        "I miss Teaching",
        "MISS TEACHING",
        "Miss lunch",
        "Mrs A said so",
        "Dr",
        "C++ 12345678",
        "0900-1030 and 1100-1230",
        "0830-0930 10 minutes late",
        "0123 12 345678",
        "6'3\"",
        "20/30 pupils, 1:1 lessons",
        "We were told on 13 January that 1,250 pupils in 45 schools (3.6%) would move.",
    ];

    #[test]
    fn personal_data_are_found_in_cells() {
        let mut wrong = Vec::new();
        for (kind, texts) in PERSONAL {
            for text in *texts {
                let within = format!("Too much work. {text} and more");
                wrong.extend(
                    [cell(text), cell(&within)]
                        .into_iter()
                        .filter(|c| *c != Some(*kind))
                        .map(|c| (text, c)),
                );
            }
        }
        assert_eq!(wrong, []);
    }

    #[test]
    fn ordinary_answers_are_not_personal() {
        let wrong: Vec<_> =
            HARMLESS.iter().filter_map(|text| Some((text, found(text)?))).collect();
        assert_eq!(wrong, []);
    }

    #[test]
    fn few_ordinary_answers_need_a_closer_look() {
        for text in [
            "Strongly agree",
            "I love my school and the Academy",
            "2024-01-13 07:00:02",
            "£50,000 to £99,999",
            "Miss it? No. Mr?",
            "2 @ £3.50",
            "Yes: 08:00:00; v1.22.3",
            "More time – less paper; 10 to 15 hours, 45% of it unpaid (see above).",
        ] {
            assert!(!suspicious(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn bytes_that_are_not_text_do_no_harm() {
        assert!(!suspicious(&[0xFF, 0x00, 0xC2]));
        assert!(suspicious(b"\xFF 07700 900123"));
    }

    /// Pieces that make new personal data, or spoil them, where they meet.
    const PIECES: &[&str] = &[
        "St", "Mr", "É", "Dr", "Hill", "School", "PRIMARY", "academy", "Ysgol", "07", "00",
        "+44", "(0)", "1AA", "SW1", "ab", "12", "c", "1.", "22.", "::", "fe80", "51.123", "@",
        "a.bc", "‘", "’s",
    ];

    const JOINS: &[&str] =
        &["", " ", "  ", "\u{a0}", "-", "\u{2013}", "\n", "/", ".", ", ", "(", "\u{3000}"];

    fn piece() -> impl Strategy<Value = &'static str> {
        let personal: Vec<&str> =
            PERSONAL.iter().flat_map(|(_, texts)| *texts).copied().collect();
        prop_oneof![
            prop::sample::select(personal),
            prop::sample::select(HARMLESS),
            prop::sample::select(PIECES),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..<_>::default() })]

        /// Otherwise `cell` would miss what its detectors find.
        #[test]
        fn what_is_found_is_suspicious(
            pieces in prop::collection::vec(piece(), 1..6),
            join in prop::sample::select(JOINS),
        ) {
            let text = pieces.join(join);
            prop_assert!(found(&text).is_none() || suspicious(text.as_bytes()), "{}", text);
        }
    }

    const REQUESTS: &[(Personal, &[&str])] = &[
        (
            Email,
            &[
                "Email",
                "E-mail",
                "E-mail address",
                "Email Address:",
                "RecipientEmail",
                "email_address",
                "EMAIL",
                "emailaddress",
                "What is your e-mail?",
                "Q12. Your school e-mail address",
                "If you would like to be contacted, please leave your email",
                "Contact information - Email",
            ],
        ),
        (Internet, &["IPAddress", "IP Address", "ip", "ipaddr", "IP address (optional)"]),
        (
            Phone,
            &[
                "Phone",
                "Mobile",
                "Telephone",
                "Mobile phone number",
                "Tel. no.",
                "PhoneNumber",
                "Daytime telephone",
                "Best contact number",
            ],
        ),
        (
            Postcode,
            &[
                "Postcode",
                "Post code",
                "PostCode",
                "ZIP/Postal Code",
                "What is the postcode of your school?",
                "Which postcode is your school in?",
            ],
        ),
        (
            Coordinates,
            &["LocationLatitude", "LocationLongitude", "latitude", "Longitude", "lat"],
        ),
        (
            NationalInsurance,
            &["NI number", "National Insurance", "National Insurance number", "NI Number:"],
        ),
        (BirthDate, &["Date of birth", "DOB", "DoB", "D.O.B.", "What is your date of birth?"]),
        (
            Address,
            &["Address", "Home address", "Address line 1", "School address", "Address 2"],
        ),
        (
            MemberNumber,
            &[
                "Membership number",
                "Member number",
                "Your union membership number",
                "MemberID",
                "membership_no",
                "Teacher reference number",
                "TRN",
            ],
        ),
        (
            SchoolName,
            &[
                "School name",
                "SchoolName",
                "Name of school",
                "Name of your school",
                "Name of your workplace",
                "Workplace name",
                "What is the name of the school where you work?",
                "Please give the name of your school or college",
                "Name of school/workplace",
            ],
        ),
        (
            PersonName,
            &[
                "Name",
                "First name",
                "FirstName",
                "firstname",
                "RecipientLastName",
                "Last Name",
                "Surname",
                "Full name",
                "Your name",
                "What is your name?",
                "Name of your headteacher",
                "Forename(s)",
            ],
        ),
    ];

    #[test]
    fn headers_that_ask_for_personal_data_are_known() {
        for (kind, texts) in REQUESTS {
            for text in *texts {
                assert_eq!(header(text), Some(*kind), "{text}");
            }
        }
    }

    #[test]
    fn headers_that_ask_for_answers_are_not_personal() {
        for text in [
            "",
            "Q1",
            "1",
            "School",
            "Your school",
            "name of the policy you prefer",
            "Which address in this speech persuaded you most?",
            "What should the union address first?",
            "What would you like us to address?",
            "Does your school address bullying?",
            "How many e-mails do you answer in an evening?",
            "Do you answer e-mail at home?",
            "Would you like us to email you?",
            "Do parents have your e-mail address?",
            "Q5. Do parents have your e-mail address?",
            "Should pupils' mobile phones be banned?",
            "Do you use your phone at work?",
            "Mobile phone policy",
            "Is provision a postcode lottery?",
            "Your views on the postcode lottery",
            "How much latitude do you have in planning lessons?",
            "Should National Insurance rise?",
            "What do you think of the rise in National Insurance?",
            "Year of birth",
            "Age",
            "Number of members in your group",
            "Membership type",
            "How long have you been a member?",
            "Would you put your name to an open letter?",
            "Can we publish your name?",
            "Job title",
            "Headteacher",
            "Local authority",
            "Region",
            "Type of school",
            "What type of school do you work in?",
            "In which phase do you teach?",
            "Response ID",
            "Respondent ID",
            "StartDate",
            "Duration (in seconds)",
            "UserLanguage",
            "Filename",
            "Nickname for the inspection framework",
            "First",
            "Last inspection",
            "Tell us about your school",
            "NI",
            "Ship",
            "Telling the truth about phones",
            "Emailing parents out of hours is a problem",
            "weight",
        ] {
            assert_eq!(header(text), None, "{text}");
        }
    }

    #[test]
    fn every_kind_has_words_of_its_own() {
        let kinds = [
            Email,
            Phone,
            Postcode,
            Address,
            Internet,
            Coordinates,
            NationalInsurance,
            PersonName,
            SchoolName,
            MemberNumber,
            BirthDate,
        ];
        let mut words: Vec<_> = kinds.map(Personal::words).to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), kinds.len());
    }
}
