//! `SHA256SUMS`: what `sha256sum -c` reads, over every file but itself, sorted by path.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::File;

pub(super) fn file(files: &[File]) -> File {
    File::new("SHA256SUMS", lines(files.iter().collect()))
}

/// A line for each file, sorted by path.
pub(super) fn lines(mut files: Vec<&File>) -> String {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let line = |file: &File| format!("{}  {}\n", sha256(&file.bytes), file.path);
    files.into_iter().map(line).collect()
}

/// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_standard_one() {
        // FIPS 180-4, example "abc".
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn lines_are_sorted_and_have_two_spaces() {
        let sums = file(&[File::new("b", "abc"), File::new("a/c", "abc")]);
        let text = String::from_utf8(sums.bytes).expect("text");
        let paths: Vec<_> = text.lines().map(|line| line.split_once("  ")).collect();
        assert_eq!(paths[0].map(|p| p.1), Some("a/c"));
        assert_eq!(paths[1].map(|p| p.1), Some("b"));
    }
}
