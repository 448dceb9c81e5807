//! `completions`: the completions of a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::arguments::Arguments;
use super::say;
use crate::diagnostic::Kind;

pub(super) fn run(shell: Shell) -> Result<(), Kind> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "pollsmith", &mut bytes);
    say::out(&String::from_utf8_lossy(&bytes))
}
