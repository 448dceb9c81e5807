//! Text of the poll and the schema, made safe to print: characters that cannot be seen
//! but change what is read, or that XML forbids, are taken out. Knows only characters.

/// The text without controls (line feeds and tabs stay), zero-width characters and marks
/// that turn the direction of writing (Unicode 16.0, categories Cc and Cf).
pub(super) fn clean(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
        || matches!(c, '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_taken_out_and_words_stay() {
        assert_eq!(clean("No\u{202e}\u{200b}\u{7}\u{feff}"), "No");
        assert_eq!(clean("Dŵr – “tŷ”\n5\u{a0}%"), "Dŵr – “tŷ”\n5\u{a0}%");
    }
}
