//! The text of a header, tidied: tags and byte order marks out, entities decoded, runs of
//! spaces made one.
//!
//! For names only: what stands in a cell of answers never comes here.

/// Tags that stand between words, so that a space must stay where they stood.
const BREAKS: [&str; 9] = ["br", "p", "div", "li", "ul", "ol", "td", "tr", "hr"];

/// Entities that editors of questions write.
const ENTITIES: [(&str, &str); 16] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("lsquo", "\u{2018}"),
    ("rsquo", "\u{2019}"),
    ("ldquo", "\u{201C}"),
    ("rdquo", "\u{201D}"),
    ("ndash", "\u{2013}"),
    ("mdash", "\u{2014}"),
    ("hellip", "\u{2026}"),
    ("pound", "\u{A3}"),
    ("euro", "\u{20AC}"),
    ("eacute", "\u{E9}"),
];

/// The longest name of an entity, with what a number may take.
const LONGEST_ENTITY: usize = 8;

/// The header without spaces and byte order marks at its ends.
pub(super) fn trimmed(header: &str) -> &str {
    header.trim_matches(|c: char| c.is_whitespace() || invisible(c))
}

/// The header as a reader sees it on one line.
pub(super) fn clean(header: &str) -> String {
    let text = decoded(&without_tags(header));
    let text: String = text.chars().filter(|c| !invisible(*c)).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Byte order marks and spaces without width.
fn invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}')
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        let Some((name, after)) = tag(from) else {
            out.push('<');
            rest = &from[1..];
            continue;
        };
        if BREAKS.contains(&name.to_ascii_lowercase().as_str()) {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The name of the tag that `text` opens with, and what follows the tag. `< 18` and `<18`
/// are no tags.
fn tag(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('<')?;
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, tail) = inside.split_at(length);
    let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && tail.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    let (_, after) = tail.split_once('>').filter(|_| is_tag)?;
    Some((name, after))
}

fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let named = part.split_once(';').filter(|(name, _)| name.len() <= LONGEST_ENTITY);
        let meant = named.and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (meaning, rest) = meant.unwrap_or_else(|| ("&".to_owned(), part));
        out.push_str(&meaning);
        out.push_str(rest);
    }
    out
}

fn entity(name: &str) -> Option<String> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    let known = ENTITIES.iter().find(|(known, _)| *known == name);
    known.map(|(_, meaning)| (*meaning).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{clean, trimmed};

    #[test]
    fn tags_entities_and_doubled_spaces_go() {
        let said = [
            ("Pay:<br>Is it <strong>fair</strong>?", "Pay: Is it fair?"),
            ("Is\u{A0}it  fair\r\n or not", "Is it fair or not"),
            ("Pay &amp; leave, &#163;&nbsp;a week &#x2019;", "Pay & leave, £ a week \u{2019}"),
            ("\u{FEFF}a\u{200B}b", "ab"),
        ];
        for (header, expected) in said {
            assert_eq!(clean(header), expected);
        }
    }

    #[test]
    fn what_only_looks_like_a_tag_stays() {
        for header in ["< 18", "<18 or >60", "a < b", "AT&T; R&D", "<", "&", "<b", "x <a"] {
            assert_eq!(clean(header), header);
        }
    }

    #[test]
    fn byte_order_marks_go_from_the_ends() {
        assert_eq!(trimmed("\u{FEFF} id \u{FEFF}\n"), "id");
        assert_eq!(trimmed("\u{FEFF}"), "");
    }
}
