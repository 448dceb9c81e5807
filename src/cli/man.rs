//! `man`: manual pages, made from the command line itself.
//!
//! Takes the name of a command, gives its page in roff, the form that `man` reads. What no
//! option says (exit codes, files, environment) is added here. Pages hold no date, so that
//! they are the same whenever they are made.
#![allow(clippy::disallowed_methods, reason = "pages go to a folder that was asked for")]

use std::io;
use std::path::Path;

use clap::CommandFactory;
use clap_mangen::roff::{Roff, bold, roman};

use super::arguments::{Arguments, Man};
use super::say;
use crate::diagnostic::Kind;
use crate::document;

/// What each exit code says; the first column is what scripts rely on.
const EXIT_CODES: [(&str, &str); 9] = [
    ("0", "Done. Warnings may have been printed."),
    ("1", "A fault of the program."),
    ("2", "The command line is wrong."),
    ("3", "Something is wrong with the input: a poll file, a schema, data, a draft text."),
    ("4", "Weighting failed: targets cannot be met, or nobody is there to meet them."),
    (
        "5",
        "Nothing was published because people could be identified; or an audit found that they can.",
    ),
    ("6", "Output could not be written. The release that stood there still stands."),
    ("7", "There was nothing to do, and that was asked for: batch --fail-if-idle."),
    ("75", "Another run is publishing the poll. Try again later."),
];

/// Files that are read or written, with what they hold.
const FILES: [(&str, &str); 10] = [
    ("poll.toml", "What to do with one delivery of answers. Paths in it are relative to it."),
    (
        "schema.toml",
        "What was asked, and what the export looks like; used again for every wave.",
    ),
    (
        "reports/ID/",
        "The release that is current: page, charts, workbook, data, checksums. It is replaced in one step. --out names another folder in place of reports.",
    ),
    (
        "~/.local/state/pollsmith/",
        "What is private, for your eyes only; $XDG_STATE_HOME/pollsmith if that is set. --private names another folder, PRIVATE below.",
    ),
    ("PRIVATE/key", "The key with which members' numbers are hashed."),
    ("PRIVATE/ID/releases/HASH/", "Earlier releases."),
    (
        "PRIVATE/ID/disclosure/",
        "What earlier public releases have shown. Keep it as long as they are known to anybody: without it a later release cannot be protected against an earlier one.",
    ),
    (
        "PRIVATE/ID/findings.json, rows-set-aside.csv",
        "What was found in the data, and the rows that were not counted, as they were.",
    ),
    (
        "PRIVATE/ID/runs/",
        "A record of each run: when it was, how it ended, and the hash of every file that was read.",
    ),
    ("PRIVATE/ID/officers/, analyst/", "Releases that are not for publication."),
];

/// Variables of the environment that change what is done.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("XDG_STATE_HOME", "The folder above the private one, ~/.local/state if it is not set."),
    ("HOME", "Where the private folder is, if neither --private nor XDG_STATE_HOME says."),
    (
        "POLLSMITH_KEY_FILE",
        "The key with which members' numbers are hashed, in place of PRIVATE/key.",
    ),
    ("COLUMNS", "How wide a table in the terminal may be."),
];

pub(super) fn run(man: &Man) -> Result<(), Kind> {
    let all = commands();
    if let Some(folder) = &man.dir {
        return write(&all, folder).map_err(|error| {
            say::err(&format!("pollsmith: {}: {error}\n", folder.display()));
            Kind::Output
        });
    }
    say::out(&page(named(&all, &man.command)?))
}

/// The whole program, each command with its full name and the options of all.
fn commands() -> clap::Command {
    let mut all = Arguments::command().disable_help_subcommand(true);
    all.build();
    all
}

/// The command that is called so: none, `run`, `schema export`.
fn named<'a>(all: &'a clap::Command, names: &[String]) -> Result<&'a clap::Command, Kind> {
    let mut found = all;
    for name in names {
        let Some(next) = found.find_subcommand(name) else {
            let known = found.get_subcommands().map(clap::Command::get_name);
            let hint = document::nearest(name, known)
                .map_or_else(String::new, |near| format!("; did you mean {near}?"));
            say::err(&format!("pollsmith: there is no command {name}{hint}\n"));
            return Err(Kind::Usage);
        };
        found = next;
    }
    Ok(found)
}

/// Writes the page of a command, and of all below it, under the names that `man` looks for.
fn write(command: &clap::Command, folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    std::fs::write(folder.join(format!("{}.1", full_name(command))), page(command))?;
    command.get_subcommands().try_for_each(|below| write(below, folder))
}

/// `pollsmith`, `pollsmith-run`, `pollsmith-schema-export`.
fn full_name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// A command's page.
fn page(command: &clap::Command) -> String {
    let version = concat!("pollsmith ", env!("CARGO_PKG_VERSION"));
    // What stands after the help is the list of exit codes, in short.
    let short = command.clone().after_help("");
    let man = clap_mangen::Man::new(short).source(version).manual("pollsmith");
    let mut bytes = Vec::new();
    let made = man
        .render_title(&mut bytes)
        .and_then(|()| man.render_name_section(&mut bytes))
        .and_then(|()| man.render_synopsis_section(&mut bytes))
        .and_then(|()| man.render_description_section(&mut bytes))
        .and_then(|()| man.render_options_section(&mut bytes));
    let made = if command.has_subcommands() {
        made.and_then(|()| man.render_subcommands_section(&mut bytes))
    } else {
        made
    };
    debug_assert!(made.is_ok(), "writing to memory does not fail");
    format!("{}{}", String::from_utf8_lossy(&bytes), sections(command).render())
}

/// What follows the options: the first page holds what is the same for every command.
fn sections(command: &clap::Command) -> Roff {
    let mut roff = Roff::new();
    list(&mut roff, "EXIT STATUS", &EXIT_CODES);
    if full_name(command) == "pollsmith" {
        list(&mut roff, "FILES", &FILES);
        list(&mut roff, "ENVIRONMENT", &ENVIRONMENT);
    } else {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("pollsmith"), roman("(1), for files and environment")]);
    }
    roff
}

/// A section of names, each with what is said of it.
fn list(roff: &mut Roff, heading: &str, entries: &[(&str, &str)]) {
    roff.control("SH", [heading]);
    for (name, said) in entries {
        roff.control("TP", []);
        roff.text([bold(*name)]);
        roff.text([roman(*said)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(command: &clap::Command) -> Vec<(String, String)> {
        let mut all = vec![(full_name(command).to_owned(), page(command))];
        all.extend(command.get_subcommands().flat_map(pages));
        all
    }

    #[test]
    fn every_command_has_a_page_with_name_options_and_exit_codes() {
        let pages = pages(&commands());
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        for name in ["pollsmith", "pollsmith-run", "pollsmith-schema-export"] {
            assert!(names.contains(&name), "{names:?}");
        }
        for (name, page) in &pages {
            for section in ["NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS"] {
                let heading = format!(".SH \"{section}\"");
                let found = page.contains(&heading) || page.contains(&heading.replace('"', ""));
                assert!(found, "{name} has no {section}:\n{page}");
            }
            assert_eq!(page.matches(".TH ").count(), 1, "{name}");
        }
    }

    #[test]
    fn the_first_page_names_every_command_and_where_files_are() {
        let all = commands();
        let page = page(&all);
        for command in all.get_subcommands() {
            let name = format!("pollsmith\\-{}(1)", command.get_name());
            assert!(page.contains(&name), "{name} is missing:\n{page}");
        }
        for section in ["FILES", "ENVIRONMENT"] {
            assert!(page.contains(&format!(".SH {section}")), "{page}");
        }
    }

    #[test]
    fn every_way_to_end_is_on_the_page() {
        use Kind::{Disclosure, Input, Internal, Locked, Output, Usage, Weighting};
        for kind in [Internal, Usage, Input, Weighting, Disclosure, Output, Locked] {
            let code = crate::cli::exit_code(kind).to_string();
            assert!(EXIT_CODES.iter().any(|(listed, _)| *listed == code), "{code}");
        }
    }

    #[test]
    fn a_command_is_found_by_its_words_and_a_slip_is_refused() {
        let all = commands();
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = named(&all, &words("schema export")).map(full_name);
        assert_eq!(found, Ok("pollsmith-schema-export"));
        assert_eq!(named(&all, &words("schema exprot")).map(full_name), Err(Kind::Usage));
        assert_eq!(named(&all, &[]).map(full_name), Ok("pollsmith"));
    }
}
