//! The page's one style element, with both fonts in it, and the policy that allows it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::chart::font::{REGULAR_WOFF2, SEMIBOLD_WOFF2};
use crate::publish::clean::clean;

/// The sheet without its fonts.
const SHEET: &str = include_str!("style.css");

/// The most letters of a title that stands at the head of a sheet of paper.
const RUNNING: usize = 110;

/// The whole sheet, with leading spaces taken out. On paper every sheet but the first has the
/// page's title, with its marks, at its head, and `numbers` with the gaps filled at its foot.
pub(super) fn sheet(title: &str, numbers: &str) -> String {
    let fonts = [face(400, REGULAR_WOFF2), face(600, SEMIBOLD_WOFF2)].concat();
    let rules = SHEET.lines().map(str::trim_start);
    let rules = rules.filter(|line| !line.is_empty() && !line.starts_with("/*"));
    rules.fold(fonts, |sheet, line| sheet + line + "\n") + &running(title, numbers)
}

/// The lines in the margins of paper.
fn running(title: &str, numbers: &str) -> String {
    let numbers = numbers.replace("{page}", "\0page\0").replace("{pages}", "\0pages\0");
    let pieces = numbers.split('\0').map(|piece| match piece {
        "page" | "pages" => format!("counter({piece})"),
        words => quoted(words),
    });
    let numbers: Vec<String> = pieces.filter(|piece| piece != "\"\"").collect();
    format!(
        "@media print{{@page{{@top-left{{content:{};font:600 8pt PollSans;\
         vertical-align:bottom;padding-bottom:4mm}}@bottom-right{{content:{};\
         font:8pt PollSans;vertical-align:top;padding-top:4mm}}}}\
         @page :first{{@top-left{{content:none}}}}}}\n",
        quoted(&short(title)),
        numbers.join(" ")
    )
}

/// A title of one line; its marks stand first.
fn short(title: &str) -> String {
    let mut kept: String = title.chars().take(RUNNING).collect();
    if kept.len() < title.len() {
        kept.push('…');
    }
    kept
}

/// Words as a string of CSS (CSS Syntax 3, section 4.3.5): all but letters, digits and spaces
/// is written by its number, so that nothing ends the string or the style element.
fn quoted(words: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || c == ' ';
    let character =
        |c: char| if safe(c) { c.to_string() } else { format!("\\{:x} ", u32::from(c)) };
    format!("\"{}\"", clean(words).chars().map(character).collect::<String>())
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
        let sheet = sheet("A poll", "{page}");
        assert_eq!(sheet.matches("url(data:font/woff2;base64,").count(), 2);
        assert_eq!(sheet.matches("url(").count(), 2);
        assert!(!sheet.contains("@import"));
    }
}
