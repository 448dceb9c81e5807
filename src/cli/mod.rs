//! The command line: arguments go in, an exit code comes out.
//!
//! The only room that touches disk, terminal, environment and clock. Data go to stdout,
//! all else to stderr. One file for each command; the work is done in `pipeline`.

mod arguments;
mod attempt;
mod audit;
mod batch;
mod check;
mod claims;
mod codes;
mod completions;
mod disk;
mod estimate;
mod explain;
mod guard;
mod init;
mod inputs;
mod log;
mod man;
mod places;
mod private;
mod progress;
mod release;
mod rollback;
mod run;
mod say;
mod schema;
mod stop;
mod table;
mod weigh;

use clap::Parser;

use crate::diagnostic::Kind;
use arguments::{Arguments, Command, Global};

/// Runs the program with the arguments of the process; gives its exit code.
#[must_use]
pub fn main() -> u8 {
    guard::shut();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let Arguments { command, global } = arguments;
    stop::listen(&global);
    guard::guarded(&global, || done(command, &global)).map_or_else(exit_code, |()| 0)
}

fn done(command: Command, global: &Global) -> Result<(), Kind> {
    match command {
        Command::Run(run) => run::run(&run, global),
        Command::Rollback(rollback) => rollback::run(&rollback, global),
        Command::Batch(batch) => batch::run(&batch, global),
        Command::Check(check) => check::run(&check, global),
        Command::Table(table) => table::run(&table, global),
        Command::Claims(claims) => claims::run(&claims, global),
        Command::Audit(audit) => audit::run(&audit, global),
        Command::Weigh(weigh) => weigh::run(&weigh, global),
        Command::Init(init) => init::run(&init, global),
        Command::Estimate(estimate) => estimate::run(&estimate, global),
        Command::Schema { command } => schema::run(&command, global),
        Command::Explain { all: true, .. } => explain::all(),
        Command::Explain { events: true, .. } => explain::events(),
        Command::Explain { code, .. } => explain::run(code.as_deref()),
        Command::Completions { shell } => completions::run(shell),
        Command::Man(man) => man::run(&man),
    }
}

/// The exit code of each kind of end; scripts rely on these.
fn exit_code(kind: Kind) -> u8 {
    match kind {
        Kind::Internal => 1,
        Kind::Usage => 2,
        Kind::Input => 3,
        Kind::Weighting => 4,
        Kind::Disclosure => 5,
        Kind::Output => 6,
        Kind::Idle => 7,
        Kind::Locked => 75,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent_and_every_option_has_help() {
        let mut command = super::Arguments::command();
        command.build();
        command.clone().debug_assert();
        let mut bare = Vec::new();
        for sub in command.get_subcommands().filter(|c| c.get_name() != "help") {
            assert!(sub.get_about().is_some(), "{} has no help", sub.get_name());
            let without = sub.get_arguments().filter(|a| a.get_help().is_none());
            bare.extend(without.map(|a| format!("{} {}", sub.get_name(), a.get_id())));
        }
        assert_eq!(bare, Vec::<String>::new());
    }
}
