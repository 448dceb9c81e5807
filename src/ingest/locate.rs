//! The exact place of a reported cell: its line and character, found again in the file.
//!
//! While a file is read only one offset a record is kept; the few cells that are shown to
//! a person are looked up afterwards.

use std::io::Read;

use super::Delivery;

/// How far a record is searched: no real record is longer.
const FAR: u64 = 1 << 20;

/// The line within the record (from 0) and the character within that line (from 1) at which
/// a cell's text begins. `offset` is where the record begins, `field` counts from 0.
#[must_use]
pub fn locate(
    delivery: &dyn Delivery,
    offset: u64,
    delimiter: u8,
    field: usize,
) -> Option<(u64, u64)> {
    let mut bytes = Vec::new();
    delivery.open(offset).ok()?.take(FAR).read_to_end(&mut bytes).ok()?;
    let blank = bytes.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
    Some(within(&bytes[blank..], delimiter, field))
}

fn within(record: &[u8], delimiter: u8, field: usize) -> (u64, u64) {
    let (mut seen, mut quoted, mut start, mut line, mut line_start) = (0, false, 0, 0, 0);
    for (at, byte) in record.iter().enumerate() {
        if seen == field {
            break;
        }
        match *byte {
            b'"' => quoted = !quoted,
            b'\n' => {
                line += 1;
                line_start = at + 1;
            }
            other if other == delimiter && !quoted => {
                seen += 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    let before = String::from_utf8_lossy(&record[line_start.min(start)..start]);
    (line, before.chars().count() as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_cell_is_found_behind_quotes_line_breaks_and_accents() {
        let record = "id,\"a, b\",\"caf\u{e9}\nline two\",last,x\n".as_bytes();
        assert_eq!(within(record, b',', 0), (0, 1));
        assert_eq!(within(record, b',', 1), (0, 4));
        assert_eq!(within(record, b',', 2), (0, 11));
        assert_eq!(within(record, b',', 3), (1, 11));
        assert_eq!(within(record, b',', 4), (1, 16));
    }
}
