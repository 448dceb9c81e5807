//! Who was asked, as the instrument puts it: `'YES' in train1 AND NOT 'Never' in paper2`
//! becomes an expression of ours. Knows the keys of the questions and their answers.

use super::super::draft::question_key;
use super::{Asked, Form};

/// The expression; none if the text is in another form, or names what is not there.
pub(super) fn expression(text: &str, asked: &[Asked<'_>]) -> Option<String> {
    let text = text.replace(['\u{2018}', '\u{2019}'], "'");
    let mut rest = text.trim();
    let mut parts: Vec<String> = Vec::new();
    loop {
        let (not, after) = match word(rest, "not") {
            Some(after) => (true, after),
            None => (false, rest),
        };
        let (label, after) = after.strip_prefix('\'')?.split_once('\'')?;
        let after = word(after.trim_start(), "in")?;
        let code = after.split_whitespace().next()?;
        let question = asked.iter().find(|question| question.code == code)?;
        let label = answer(question, label)?.replace('\'', "''");
        let sign = if not { "!=" } else { "=" };
        parts.push(format!("{} {sign} '{label}'", question_key(code)));
        rest = after[code.len()..].trim_start();
        if rest.is_empty() {
            return Some(parts.join(" "));
        }
        let joint = ["and", "or"].iter().find_map(|w| Some((w, word(rest, w)?)));
        let (joint, after) = joint?;
        parts.push((*joint).to_owned());
        rest = after;
    }
}

/// What follows a word, in either case.
fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    let whole = head.eq_ignore_ascii_case(word) && rest.starts_with(' ');
    whole.then(|| rest.trim_start())
}

/// The answer as its list spells it; none for rating questions, whose keys depend on the
/// block in which they stand.
fn answer(question: &Asked<'_>, label: &str) -> Option<String> {
    if question.form == Form::Rating {
        return None;
    }
    if question.form == Form::YesNo {
        let label = ["Yes", "No"].into_iter().find(|held| held.eq_ignore_ascii_case(label));
        return label.map(str::to_owned);
    }
    let labels = question.list.map(|list| list.labels.as_slice()).unwrap_or_default();
    labels.iter().find(|held| held.to_lowercase() == label.to_lowercase()).cloned()
}
