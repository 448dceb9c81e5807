//! Google Forms: one row of headers, a time stamp first; grids as `Question [Row]`. Several
//! answers stand in one cell, parted by `, ` (from the sheet) or `;` (downloaded from the
//! form), and options may hold commas.

use super::names::{borne_out, bracketed, cell, numbered, row};
use super::{Heading, Platform, Role, one_row};
use crate::questionnaire::Dialect;

pub(super) const PLATFORM: Platform = Platform {
    dialect: Dialect::GoogleForms,
    header_rows: 1,
    rows_shown: one_row,
    recognise,
    headings,
    marks: (&[], &[]),
    joined: Some(", "),
    complete: None,
    preview: None,
    dates: Some("%m/%d/%Y %H:%M:%S"),
    blank: "Google Forms leaves a cell empty for a question skipped and a question not shown \
            alike",
};

/// The first header, by the language of the form's owner.
const STAMPS: [&str; 13] = [
    "Timestamp",
    "Zeitstempel",
    "Horodateur",
    "Marca temporal",
    "Informazioni cronologiche",
    "Carimbo de data/hora",
    "Tijdstempel",
    "Tidstämpel",
    "Tidsstempel",
    "Aikaleima",
    "Sygnatura czasowa",
    "Časová značka",
    "Отметка времени",
];

/// Headers of the address that a form may collect, beyond the words known everywhere.
const ADDRESSES: [&str; 5] = [
    "E-Mail-Adresse",
    "Adresse e-mail",
    "Dirección de correo electrónico",
    "Indirizzo email",
    "Endereço de e-mail",
];

fn recognise(rows: &[Vec<String>]) -> Option<String> {
    let first = cell(rows, 0, 0);
    let stamped = STAMPS.contains(&first) && (1..rows.len()).any(|r| stamp(cell(rows, r, 0)));
    let asks = row(rows, 0).iter().skip(1).any(|header| header.contains(' '));
    (stamped && asks).then(|| {
        format!("its first column is `{first}`, with times as Google Forms writes them")
    })
}

/// Whether a cell is a time as a sheet, a form's download or a script writes it:
/// `1/13/2024 9:05:12`, `2024/01/13 9:05:12 am GMT`, `Sat Jan 13 2024 09:05:12 GMT+0000`.
fn stamp(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let clock = |word: &str| numbers(word, ':') == 3;
    match words.as_slice() {
        [date, time] => numbers(date, '/') == 3 && clock(time),
        [date, time, half, zone] => {
            numbers(date, '/') == 3
                && clock(time)
                && ["am", "pm"].contains(&half.to_lowercase().as_str())
                && !zone.is_empty()
        }
        [_, _, _, _, time, zone, ..] => clock(time) && zone.starts_with("GMT"),
        _ => false,
    }
}

/// How many numbers a mark separates; none if anything else is there.
fn numbers(text: &str, mark: char) -> usize {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if text.split(mark).all(number) { text.split(mark).count() } else { 0 }
}

fn headings(rows: &[Vec<String>]) -> Vec<Heading> {
    let headers = row(rows, 0);
    let grids = borne_out(&headers, |header| bracketed(header).into_iter().collect());
    let headings = headers.iter().zip(grids).enumerate().map(|(column, (header, grid))| {
        let mut heading = Heading::whole(header);
        if column == 0 && STAMPS.contains(header) {
            heading.role = Role::Ended;
        } else if ADDRESSES.contains(header) {
            heading.role = Role::Personal;
        }
        if let Some((question, part)) = grid {
            let grid = Heading::part(question, part);
            heading = Heading { names: heading.names, ..grid };
            heading.call_part(question, part);
        }
        heading
    });
    numbered(headings.collect())
}
