//! Numbers in words: "three", "sixty-two", "four thousand six hundred and seventy-eight".

use crate::prose::token::{Kind, Token};

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The number that begins here, and where it ends.
pub(super) fn value(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let mut whole = 0;
    let mut part = 0;
    let mut end = at;
    let mut place = at;
    while let Some(token) = tokens.get(place).filter(|token| token.kind == Kind::Word) {
        let word = token.lower.as_str();
        let teens = place_of(&SMALL, word);
        if let Some(small) = teens.filter(|small| accepts(part, *small)) {
            part += small;
        } else if let Some(tens) = place_of(&TENS, word).filter(|_| part.is_multiple_of(100)) {
            part += 10 * (tens + 2);
        } else if word == "hundred" && part < 100 {
            part = part.max(1) * 100;
        } else if word == "thousand" && whole == 0 {
            whole = part.max(1) * 1000;
            part = 0;
        } else if word == "and" && place > at && goes_on(tokens, place) {
            place += 1;
            continue;
        } else {
            break;
        }
        place += 1;
        end = place;
    }
    // A bare "hundred" is a number; an "and" that nothing follows is none of it.
    (end > at).then_some((f64::from(whole + part), end))
}

fn place_of(list: &[&str], word: &str) -> Option<u32> {
    u32::try_from(list.iter().position(|entry| *entry == word)?).ok()
}

/// Whether units may follow what has been read: "sixty" takes "two" but not "twelve".
fn accepts(part: u32, small: u32) -> bool {
    part.is_multiple_of(100)
        || (part.is_multiple_of(10) && part % 100 >= 20 && (1..10).contains(&small))
}

/// Whether an "and" stands within a number: "six hundred and seventy".
fn goes_on(tokens: &[Token], at: usize) -> bool {
    let hundreds = |t: &Token| t.is_in(&["hundred", "thousand"]);
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    let after = tokens.get(at + 1).map(|t| t.lower.as_str());
    let number = |w: &str| SMALL.contains(&w) || TENS.contains(&w);
    before.is_some_and(hundreds) && after.is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::token::tokens;

    fn read(text: &str) -> Option<(f64, usize)> {
        value(&tokens(text), 0)
    }

    #[test]
    fn words_add_up() {
        assert_eq!(read("three"), Some((3.0, 1)));
        assert_eq!(read("sixty-two members"), Some((62.0, 2)));
        assert_eq!(read("four thousand six hundred and seventy-eight"), Some((4678.0, 7)));
        assert_eq!(read("hundred"), Some((100.0, 1)));
        assert_eq!(read("members"), None);
    }

    #[test]
    fn two_numbers_in_a_row_are_two() {
        assert_eq!(read("two three"), Some((2.0, 1)));
        assert_eq!(read("two and three"), Some((2.0, 1)));
        assert_eq!(read("twelve sixty"), Some((12.0, 1)));
    }
}
