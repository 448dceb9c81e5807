//! The words in a header that show, on every platform, that a column names a person or a
//! respondent.
//!
//! A header counts only if nothing else is left of it once the words around a question are
//! gone: "What is your email address?" does, "How often do you check your email?" does not.

use super::Role;
use super::spelling::clean;

/// Words around the thing that is asked for.
const AROUND: [&str; 22] = [
    "a",
    "an",
    "current",
    "enter",
    "full",
    "give",
    "home",
    "is",
    "my",
    "of",
    "optional",
    "personal",
    "please",
    "preferred",
    "provide",
    "required",
    "the",
    "type",
    "us",
    "what",
    "work",
    "your",
];

/// What shows who a respondent is, or where that person works.
const PERSONAL: [&str; 62] = [
    "address",
    "date birth",
    "dob",
    "e mail",
    "e mail address",
    "email",
    "email address",
    "employee number",
    "family name",
    "first name",
    "firstname",
    "forename",
    "forenames",
    "ip",
    "ip address",
    "ipaddr",
    "ipaddress",
    "last name",
    "lastname",
    "latitude",
    "longitude",
    "member id",
    "member no",
    "member number",
    "membership id",
    "membership no",
    "membership number",
    "mobile",
    "mobile number",
    "mobile phone",
    "mobile phone number",
    "name",
    "name employer",
    "name school",
    "name workplace",
    "national insurance no",
    "national insurance number",
    "ni no",
    "ni number",
    "nino",
    "payroll number",
    "phone",
    "phone number",
    "post code",
    "postal address",
    "postal code",
    "postcode",
    "school name",
    "school postcode",
    "school urn",
    "staff number",
    "surname",
    "teacher reference number",
    "telephone",
    "telephone number",
    "trn",
    "union membership number",
    "username",
    "workplace name",
    "workplace postcode",
    "zip",
    "zip code",
];

/// What names a respondent and nothing more.
const KEYS: [&str; 11] = [
    "case id",
    "id",
    "participant id",
    "record id",
    "respondent id",
    "respondent number",
    "respondentid",
    "response id",
    "response number",
    "submission id",
    "unique response number",
];

/// What the header alone shows of the column, if it shows it unmistakably.
pub(super) fn role(header: &str) -> Option<Role> {
    let words = bare(header);
    let known = |list: &[&str]| list.contains(&words.as_str());
    if known(&PERSONAL) {
        Some(Role::Personal)
    } else if known(&KEYS) {
        Some(Role::Key)
    } else {
        None
    }
}

/// The words of the header in lower case, without those around the thing.
fn bare(header: &str) -> String {
    let mut spaced = String::new();
    let mut lower = false;
    for c in clean(header).chars() {
        if !c.is_alphanumeric() || (lower && c.is_uppercase()) {
            spaced.push(' ');
        }
        if c.is_alphanumeric() {
            spaced.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    let words = spaced.split_whitespace().filter(|word| !AROUND.contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether an option asks for words of the respondent's own, as "Other (please specify)"
/// does.
pub(super) fn asks_for_text(option: &str) -> bool {
    const ASKING: [&str; 7] =
        ["specify", "state", "explain", "describe", "details", "write in", "write-in"];
    let option = clean(option).to_lowercase();
    option.starts_with("other") && ASKING.iter().any(|word| option.contains(word))
}

#[cfg(test)]
mod tests {
    use super::{asks_for_text, role};
    use crate::ingest::platform::Role;

    #[test]
    fn a_header_that_asks_who_one_is_is_personal() {
        let headers = "E-mail|What is your email address?|Your name (optional)|first_name|\
            Name of your school|Postcode:|IPAddress|Date of birth|NI number|Membership no.|\
            Please give us your mobile phone number|membershipNumber|<b>Surname</b>";
        for header in headers.split('|') {
            assert_eq!(role(header), Some(Role::Personal), "{header}");
        }
        for header in ["RespondentID", "Response ID", "id", "Unique Response Number"] {
            assert_eq!(role(header), Some(Role::Key), "{header}");
        }
    }

    #[test]
    fn a_question_about_such_things_is_not() {
        let headers = "How often do you check your email?|Name one thing that would help|\
            School phase|Was your address asked for?|Member since|Phone or online?|\
            Identity|Work|Region||???";
        for header in headers.split('|') {
            assert_eq!(role(header), None, "{header}");
        }
    }

    #[test]
    fn an_option_may_ask_for_text() {
        for option in ["Other (please specify)", "Other, please state:", "Other - Write In"] {
            assert!(asks_for_text(option), "{option}");
        }
        for option in ["Other", "Another union (please specify)", "Others", ""] {
            assert!(!asks_for_text(option), "{option}");
        }
    }
}
