//! TOML with comments, line by line, and what is undecided in it.

/// How wide lines are meant to be.
const WIDTH: usize = 92;

/// A TOML text that grows.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    undecided: Vec<String>,
}

impl Page {
    /// The text, and what is undecided in it.
    pub(super) fn finish(self) -> (String, Vec<String>) {
        (self.text, self.undecided)
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.line("");
    }

    /// `key = value`, with a remark behind it, or above it if that would be too wide.
    pub(super) fn set(&mut self, key: &str, value: &str, remark: &str) {
        let line = format!("{key} = {value}");
        if remark.is_empty() {
            return self.line(&line);
        }
        let beside = format!("{line}   # {}", one_line(remark));
        if beside.chars().count() <= WIDTH {
            return self.line(&beside);
        }
        self.comment(remark);
        self.line(&line);
    }

    /// A comment, over as many lines as it needs.
    pub(super) fn comment(&mut self, text: &str) {
        let mut line = "#".to_owned();
        for word in one_line(text).split(' ') {
            if line.chars().count() + word.chars().count() >= WIDTH && line.len() > 1 {
                self.line(&line);
                "#".clone_into(&mut line);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.line(&line);
    }

    /// What a person has to decide, at the place to decide it.
    pub(super) fn undecided(&mut self, topic: &str, text: &str) {
        self.comment(&format!("UNDECIDED: {text}"));
        self.undecided.push(format!("{topic}: {}", one_line(text)));
    }

    /// A list, on one line if it fits; each entry is TOML already.
    pub(super) fn list(&mut self, key: &str, entries: &[String], remark: &str) {
        let short = format!("[{}]", entries.join(", "));
        if key.len() + short.chars().count() + 3 <= WIDTH {
            return self.set(key, &short, remark);
        }
        if !remark.is_empty() {
            self.comment(remark);
        }
        self.line(&format!("{key} = ["));
        for entry in entries {
            self.line(&format!("  {entry},"));
        }
        self.line("]");
    }
}

/// Text without line breaks and control characters, which no comment may hold.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A text as a TOML string: literal where that saves backslashes.
pub(super) fn quoted(text: &str) -> String {
    let marks = text.contains(['"', '\\']);
    let plain = !text.contains('\'') && !text.chars().any(strange);
    if marks && plain {
        return format!("'{text}'");
    }
    let mut basic = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => basic.push_str("\\\""),
            '\\' => basic.push_str("\\\\"),
            '\n' => basic.push_str("\\n"),
            '\r' => basic.push_str("\\r"),
            '\t' => basic.push_str("\\t"),
            c if strange(c) => basic.push_str(&escaped(c)),
            c => basic.push(c),
        }
    }
    basic.push('"');
    basic
}

/// Whether a character must not stand in a TOML string, or would not be seen there.
fn strange(c: char) -> bool {
    c.is_control() || super::cells::invisible(c) || (c.is_whitespace() && c != ' ')
}

fn escaped(c: char) -> String {
    let code = u32::from(c);
    if code > 0xFFFF { format!("\\U{code:08X}") } else { format!("\\u{code:04X}") }
}

/// Texts as TOML strings.
pub(super) fn all_quoted<'t>(texts: impl IntoIterator<Item = &'t String>) -> Vec<String> {
    texts.into_iter().map(|text| quoted(text)).collect()
}

/// A whole number with commas between thousands.
pub(super) fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back_from_toml() {
        let texts =
            ["plain", "5'4\"", "say \"no\"", "a\\b", "a\nb\tc", "\u{feff}1", "it's", "\u{1}"];
        for text in texts {
            let line = format!("x = {}", quoted(text));
            let table: toml::Table = line.parse().unwrap();
            assert_eq!(table["x"].as_str(), Some(text), "{line}");
        }
        assert_eq!(quoted("say \"no\""), "'say \"no\"'");
        assert_eq!(quoted("\u{feff}1"), "\"\\uFEFF1\"");
    }

    #[test]
    fn a_comment_never_breaks_into_a_line_of_its_own() {
        let mut page = Page::default();
        page.comment("seen\r\nkind = \"text\"");
        page.set("a", "1", "b\nc");
        assert_eq!(page.finish().0, "# seen  kind = \"text\"\na = 1   # b c\n");
    }

    #[test]
    fn thousands_are_parted() {
        assert_eq!([7, 1040, 1_234_567].map(thousands), ["7", "1,040", "1,234,567"]);
    }
}
