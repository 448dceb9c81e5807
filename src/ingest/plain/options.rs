//! What is said of a file, for a reader who has options of the command line instead of a
//! schema.

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Finding;
use crate::ingest::{codes, sniff};

/// The keys of a schema that are options too.
static KEY: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("`(encoding|sheet|skip_rows)(?: = \"?([^`\"]*)\"?)?`").ok());

/// A value alone, as in "or `"macintosh"`".
static VALUE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("`\"([^`\"]*)\"`").ok());

/// The finding with options in the place of keys; none if it says what goes without saying.
pub(super) fn told(mut finding: Finding) -> Option<Finding> {
    if finding.headline == sniff::detected(b',').headline {
        return None;
    }
    let settled = [&codes::DELIMITER, &codes::DIALECT, &codes::HEADER_ROWS];
    if settled.iter().any(|code| finding.code.id == code.id) {
        finding.help = None;
    }
    if finding.code.id == codes::DELIMITER.id {
        finding.because = Some("of the usual marks it splits the header best".to_owned());
    }
    if finding.code.id == codes::PREAMBLE.id {
        let because = "none of the columns that are asked for is in the first row";
        finding.because = Some(because.to_owned());
    }
    finding.help = finding.help.map(|help| with_options(&help));
    Some(finding)
}

fn with_options(help: &str) -> String {
    let option = |captures: &regex::Captures<'_>| {
        let name = captures[1].replace('_', "-");
        let value = captures.get(2).map_or("", |value| value.as_str());
        let quoted =
            if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() };
        format!("`{}`", format!("--{name} {quoted}").trim_end())
    };
    let help = help.replace("; paths in a poll file are relative to the poll file", "");
    let help = help.replace(", and list the file with the answers under `data`", "");
    let help = help.replace(", or correct the schema", ", or correct the names of the columns");
    let help = help.replace(" out of `[source]`", " out").replace(" in `[source]`", "");
    let help = KEY.as_ref().map_or(help.clone(), |key| key.replace_all(&help, option).into());
    VALUE.as_ref().map_or(help.clone(), |value| value.replace_all(&help, "`$1`").into())
}

#[cfg(test)]
mod tests {
    use super::with_options;

    #[test]
    fn keys_become_options() {
        let said = [
            (
                "say which is right with `encoding = \"windows-1252\"`, `\"macintosh\"` or \
                 `\"iso-8859-15\"` in `[source]`, or export again as UTF-8",
                "say which is right with `--encoding windows-1252`, `macintosh` or \
                 `iso-8859-15`, or export again as UTF-8",
            ),
            ("take `encoding` out of `[source]`; so", "take `--encoding` out; so"),
            (
                "choose one in `[source]`, as in `sheet = \"All replies\"`",
                "choose one, as in `--sheet \"All replies\"`",
            ),
            (
                "say `skip_rows = 2` in `[source]`, or correct the schema",
                "say `--skip-rows 2`, or correct the names of the columns",
            ),
        ];
        for (before, after) in said {
            assert_eq!(with_options(before), after);
        }
    }
}
