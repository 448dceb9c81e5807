//! How much memory a run may need, guessed from the size of its files.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// What a run of a small poll uses: tables, fonts, pictures and pages, in bytes.
const BASE: u64 = 256 << 20;

/// For each byte of answers. Measured: half a byte for answers in words, which become a byte
/// a cell; more where cells are short or hold numbers.
const PLAIN: u64 = 2;

/// For each byte of answers in a packed file.
const PACKED: u64 = 20;

/// Ends of the names of packed files.
const ENDS: [&str; 3] = ["gz", "zip", "xlsx"];

/// The guess for files of answers, by their paths from a folder; a file that is not there
/// needs nothing.
pub(super) fn needed(folder: &Path, data: &[String]) -> u64 {
    let files = data.iter().map(|path| {
        let bytes = fs::metadata(folder.join(path)).map_or(0, |facts| facts.len());
        let end = Path::new(path).extension().map(OsStr::to_ascii_lowercase);
        let packed = end.is_some_and(|end| ENDS.iter().any(|packed| end == *packed));
        bytes.saturating_mul(if packed { PACKED } else { PLAIN })
    });
    files.fold(BASE, u64::saturating_add)
}

/// A number of bytes, as `4G`, `600M`, `900K` (powers of 1024) or without a letter.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let (number, shift) = match text.char_indices().next_back() {
        Some((at, 'k' | 'K')) => (&text[..at], 10),
        Some((at, 'm' | 'M')) => (&text[..at], 20),
        Some((at, 'g' | 'G')) => (&text[..at], 30),
        _ => (text, 0),
    };
    let bytes = number.parse::<u64>().ok().and_then(|n| n.checked_mul(1 << shift));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(|| "give a size such as 4G or 600M".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let read = ["4G", "600m", "1K", "12"].map(|text| size(text).unwrap());
        assert_eq!(read, [4 << 30, 600 << 20, 1024, 12]);
        assert!(
            ["", "G", "-1G", "1.5G", "4GB", "0", "99999999999G"]
                .iter()
                .all(|t| size(t).is_err())
        );
    }

    #[test]
    fn packed_files_count_for_more_and_missing_ones_for_nothing() {
        let place = tempfile::tempdir().unwrap();
        for name in ["a.csv", "b.csv.gz"] {
            fs::File::create(place.path().join(name)).unwrap().set_len(100).unwrap();
        }
        let data = ["a.csv", "b.csv.gz", "none.csv"].map(str::to_owned);
        assert_eq!(needed(place.path(), &data) - BASE, 100 * PLAIN + 100 * PACKED);
    }
}
