//! How cells look: one plain font, bold for heads, nothing by colour.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatUnderline};

use crate::report::Number;

/// The looks of cells, by what they are.
pub(super) struct Formats {
    /// The font of everything.
    pub(super) plain: Format,
    /// The title of a worksheet.
    pub(super) title: Format,
    /// A heading between sentences.
    pub(super) heading: Format,
    /// Words that may take several lines.
    pub(super) words: Format,
    /// The cells of a column of numbers.
    pub(super) number: Format,
    /// The cells of a column of words that stands beside one of numbers.
    pub(super) word: Format,
    /// A link to another worksheet.
    pub(super) link: Format,
    /// The head of the first column.
    pub(super) head: Format,
    /// The head of another column of words.
    pub(super) word_head: Format,
    /// The head of a column of numbers.
    pub(super) number_head: Format,
    /// The title of a banner, across its columns.
    pub(super) span: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let plain = Format::new().set_font_name("Arial").set_font_size(12);
        let top = plain.clone().set_align(FormatAlign::Top);
        let number = top.clone().set_align(FormatAlign::Right);
        let words = top.clone().set_text_wrap();
        let word = words.clone().set_align(FormatAlign::Left).set_indent(1);
        Self {
            title: plain.clone().set_font_size(16).set_bold(),
            heading: words.clone().set_bold(),
            span: plain
                .clone()
                .set_align(FormatAlign::CenterAcross)
                .set_border_bottom(FormatBorder::Thin)
                .set_bold(),
            word_head: word.clone().set_bold(),
            word,
            link: top.clone().set_underline(FormatUnderline::Single),
            head: words.clone().set_bold(),
            number_head: number.clone().set_text_wrap().set_bold(),
            number,
            words,
            plain,
        }
    }
}

/// A number format (ECMA-376 part 1, 18.8.31): for positive numbers and zero; for negative
/// ones. Shows places, thousands and a true minus sign, and what stands around the number.
pub(super) fn code(number: &Number) -> String {
    let places = "0".repeat(usize::from(number.decimals));
    let dot = if places.is_empty() { "" } else { "." };
    let digits = format!("#,##0{dot}{places}{}", quoted(&number.after));
    format!("{}{digits};{}{digits}", quoted(&number.before), quoted("\u{2212}"))
}

/// Letters that stand for themselves.
fn quoted(text: &str) -> String {
    let letters = text.replace('"', "");
    if letters.is_empty() { letters } else { format!("\"{letters}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(before: &str, decimals: u8, after: &str) -> Number {
        Number { value: 1.0, decimals, before: before.to_owned(), after: after.to_owned() }
    }

    #[test]
    fn a_format_shows_what_the_page_prints() {
        assert_eq!(code(&number("", 0, "")), "#,##0;\"−\"#,##0");
        assert_eq!(code(&number("", 1, " [u]")), "#,##0.0\" [u]\";\"−\"#,##0.0\" [u]\"");
        assert_eq!(code(&number("+", 0, "%")), "\"+\"#,##0\"%\";\"−\"#,##0\"%\"");
    }

    #[test]
    fn letters_cannot_leave_their_quotation_marks() {
        assert_eq!(quoted("a\"b"), "\"ab\"");
    }
}
