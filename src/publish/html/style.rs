//! The page's one style element, with both fonts in it, and the policy that allows it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::chart::font::{REGULAR_WOFF2, SEMIBOLD_WOFF2};

/// The sheet without its fonts.
const SHEET: &str = include_str!("style.css");

/// The whole sheet, with leading spaces taken out.
pub(super) fn sheet() -> String {
    let fonts = [face(400, REGULAR_WOFF2), face(600, SEMIBOLD_WOFF2)].concat();
    let rules = SHEET.lines().map(str::trim_start);
    let rules = rules.filter(|line| !line.is_empty() && !line.starts_with("/*"));
    rules.fold(fonts, |sheet, line| sheet + line + "\n")
}

fn face(weight: u16, woff2: &[u8]) -> String {
    let font = STANDARD.encode(woff2);
    format!(
        "@font-face{{font-family:PollSans;font-weight:{weight};font-display:block;\
         src:url(data:font/woff2;base64,{font}) format(\"woff2\")}}\n"
    )
}

/// The content security policy: this sheet, fonts and pictures in the page, nothing else.
pub(super) fn policy(sheet: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(sheet));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; font-src data:; \
         base-uri 'none'; form-action 'none'"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_has_the_hash_of_the_sheet() {
        // FIPS 180-4, example "abc", in base 64.
        let policy = policy("abc");
        assert!(policy.contains("'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='"));
        assert!(policy.starts_with("default-src 'none';"));
    }

    #[test]
    fn the_sheet_has_both_fonts_and_asks_for_nothing() {
        let sheet = sheet();
        assert_eq!(sheet.matches("url(data:font/woff2;base64,").count(), 2);
        assert_eq!(sheet.matches("url(").count(), 2);
        assert!(!sheet.contains("@import"));
    }
}
