//! `explain`: what a message means and how to mend it.

use std::fmt::Write as _;

use super::{codes, log, say};
use crate::diagnostic::{Code, Kind};
use crate::document;

pub(super) fn run(code: Option<&str>) -> Result<(), Kind> {
    let all = codes::all();
    let Some(wanted) = code else {
        let lines = all.iter().map(|code| format!("{}  {}\n", code.id, code.title));
        return say::out(&lines.collect::<String>());
    };
    let wanted = wanted.to_uppercase();
    if let Some(code) = all.iter().find(|code| code.id == wanted) {
        return say::out(&page(code));
    }
    let hint = document::nearest(&wanted, all.iter().map(|code| code.id))
        .map_or_else(String::new, |near| format!("; did you mean {near}?"));
    say::err(&format!("pollsmith: there is no message {wanted}{hint}\n"));
    Err(Kind::Usage)
}

/// Every message on one page, in Markdown.
pub(super) fn all() -> Result<(), Kind> {
    let mut page = "# Messages\n\nWhat each message of `pollsmith` means and how to mend it. The \
                    letter says where it comes from: Q schema and poll file, I reading, V checking, S schemas of other programs, P and E design and \
                    estimates, W weighting, R headlines, C charts, L claims of a text, A audit of a release, X the program itself.\n"
        .to_owned();
    for code in codes::all() {
        let (id, title, severity) = (code.id, code.title, code.severity.word());
        let _ = write!(page, "\n## {id}: {title}\n\n*{severity}*\n");
        for paragraph in code.explanation.split("\n\n") {
            let shown = if paragraph.starts_with("```") {
                paragraph.to_owned()
            } else {
                say::wrapped(paragraph, 96)
            };
            let _ = write!(page, "\n{shown}\n");
        }
    }
    say::out(&page)
}

/// Every event of the log on one page, in Markdown.
pub(super) fn events() -> Result<(), Kind> {
    say::out(&log::page())
}

fn page(code: &Code) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{}: {} ({})\n", code.id, code.title, code.severity.word());
    for paragraph in code.explanation.split("\n\n") {
        let shown = match paragraph.strip_prefix("```toml\n") {
            Some(code) => code.trim_end_matches("```").trim_end().to_owned(),
            None => say::wrapped(paragraph, 78),
        };
        let _ = writeln!(page, "{shown}\n");
    }
    page
}
