//! The command of `--on-failure`: told of each poll that failed, when all is done.
//!
//! It is run by the system's shell, as somebody would type it. It may only come from the
//! command line: a poll file from elsewhere must not run anything. What it writes to stdout
//! goes to stderr, where the summary is not.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::arguments::{Global, Log};
use crate::cli::attempt::Ended;
use crate::cli::log::{self, About, Event};
use crate::cli::{codes, say};
use crate::diagnostic::{Finding, Findings};

/// Runs the command for a poll, and waits for it. That it fails is told of, and changes no
/// exit code.
pub(super) fn run(command: &str, ended: &Ended, global: &Global) {
    let mut shell = shell(command);
    shell.env("POLLSMITH_POLL", ended.about.poll.as_deref().unwrap_or_default());
    shell.env("POLLSMITH_FILE", ended.about.file.as_deref().unwrap_or_default());
    shell.env("POLLSMITH_EXIT_CODE", ended.outcome.code().to_string());
    shell.env("POLLSMITH_RECORD", ended.record.as_deref().unwrap_or(Path::new("")));
    let done = shell.stdin(Stdio::null()).stdout(Stdio::from(io::stderr())).status();
    let because = match done {
        Ok(status) if status.success() => None,
        Ok(status) => Some(status.to_string()),
        Err(error) => Some(error.to_string()),
    };
    let about = About { ms: None, why: because.clone(), ..ended.about.clone() };
    let Some(because) = because else {
        return log::tell(Event::CommandDone, &about, global);
    };
    if global.log == Log::Text {
        let finding = Finding::new(&codes::COMMAND, "the command of `--on-failure` failed");
        let mut findings = Findings::default();
        findings.push(finding.because(because));
        say::findings(&findings, global);
    }
    log::tell(Event::CommandFailed, &about, global);
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}
