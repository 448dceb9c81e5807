//! The free text of the synthetic poll: remarks with commas, quotes, line breaks and Welsh in
//! them, and people who do not exist. Takes random numbers, gives cells.

use crate::people::Random;

const OPENINGS: [&str; 12] = [
    "",
    "",
    "",
    "",
    "Thank you for asking. ",
    "I have taught for many years, in four schools. ",
    "Where to begin… ",
    "To be fair, our inspectors were polite. ",
    "Two things.\n",
    "I am new to teaching. ",
    "My café-owner husband asks why I stay. ",
    "Sorry, this is long.\n\n",
];
const REMARKS: [&str; 22] = [
    "Two weeks is nothing like enough, and everyone knows it.",
    "The lead inspector said \"we have no time for context\", and that was that.",
    "Colleagues were in tears for days.\nNobody asked how they were.",
    "Mae’r pwysau ar staff yn ormod, ac nid oes neb yn gwrando.",
    "We need time to teach; the folders can wait.",
    "It’s the waiting that does the harm, not the visit itself.",
    "Roeddwn i’n falch o’r ysgol, ond nid o’r ffordd y cawsom ein trin.",
    "“Requires improvement” followed us home, to the shops, to the school gate.",
    "Training should be for everyone, yearly, and checked by somebody outside.",
    "I marked until 1 a.m., slept four hours, and taught five lessons.",
    "Our head has resigned. She was the best I have worked for.",
    "The pause was a pause for them, not for us.",
    "No comment",
    "Pupils noticed:\n- cover lessons\n- tired teachers\n- new displays, suddenly",
    "The report got our number of pupils wrong, twice.",
    "I would stay if the job were 45 hours, \"as advertised\".",
    "Supply staff are never asked, yet we see the most schools.",
    "Diolch am ofyn – mae’n hen bryd.",
    "Some inspectors are kind; the system is not.",
    "My naïve hope was that somebody would visit a lesson, not a spreadsheet.",
    "Special schools need inspectors who have worked in one.",
    "It costs £££ to prepare, and we have no glue sticks.",
];
/// `NAME` and `MAIL` stand for an invented person.
const CLOSINGS: [&str; 8] = [
    "",
    "",
    "",
    "",
    " Please do not print my name (NAME).",
    "\n\nNAME",
    " You may write to me: MAIL",
    " Ask NAME, who was there: MAIL.",
];
const FORENAMES: [&str; 12] = [
    "Alis",
    "Bronwen",
    "Callum",
    "Dafydd",
    "Esi",
    "Farida",
    "Gwenllian",
    "Harjit",
    "Imogen",
    "Joao",
    "Keziah",
    "Łucja",
];
const SURNAMES: [&str; 12] = [
    "Appleyarde",
    "Brackwater",
    "Cobbleton",
    "Dunfellow",
    "Eddlestow",
    "Fernhollow",
    "Gorsewick",
    "Hazelmoor",
    "Inkpenny",
    "Juniperley",
    "Kestrelby",
    "Larkwhistle",
];

/// What a member wrote: nothing for most.
pub(super) fn comment(random: &mut Random) -> String {
    if !random.chance(0.15) {
        return String::new();
    }
    let parts = [random.pick(&OPENINGS), random.pick(&REMARKS), random.pick(&CLOSINGS)];
    let (name, mail) = person(random);
    parts.concat().replace("NAME", &name).replace("MAIL", &mail)
}

/// The address of a member who may be asked more: nothing for most.
pub(super) fn address(random: &mut Random) -> String {
    if random.chance(0.06) { person(random).1 } else { String::new() }
}

/// A name and an address at a domain that is reserved for examples (RFC 2606).
fn person(random: &mut Random) -> (String, String) {
    let (first, last) = (random.pick(&FORENAMES), random.pick(&SURNAMES));
    let domain = random.pick(&["example.org", "example.com", "example.net"]);
    let mail = format!("{first}.{last}@{domain}").to_lowercase().replace('ł', "l");
    (format!("{first} {last}"), mail)
}
