//! What may be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::pipeline::Profile;

/// Turns the CSV export of a poll into a page, charts and data that can be published.
#[derive(Debug, Parser)]
#[command(name = "pollsmith", version, propagate_version = true)]
#[command(after_help = "Exit codes: 0 done, 2 usage, 3 input, 4 weighting, 5 disclosure, \
                        6 output, 75 locked by another run.")]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) global: Global,
}

/// Options of every command.
#[derive(Args, Debug)]
pub(super) struct Global {
    /// How messages are written to stderr
    #[arg(long, global = true, value_name = "FORM", default_value = "text")]
    pub(super) log: Log,
    /// Say nothing but errors
    #[arg(long, global = true)]
    pub(super) quiet: bool,
    /// How many threads to use; the output is the same with any number
    #[arg(
        long,
        global = true,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub(super) threads: usize,
    /// Whether messages are coloured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Log {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}

/// Whether messages are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Yes
    Always,
    /// No
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Publish a poll: page, charts, data files and checksums
    Run(Run),
    /// Say what is wrong with a poll's data, and publish nothing
    Check(Check),
    /// Say what a message means and how to mend it
    Explain {
        /// The code of the message, such as V102; without one, all codes are listed
        code: Option<String>,
    },
    /// Write the completions of a shell to stdout
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// Publish a poll.
#[derive(Args, Debug)]
pub(super) struct Run {
    /// The poll file
    pub(super) poll: PathBuf,
    /// The folder for what is public
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) out: PathBuf,
    /// The folder for what is not; the user's state folder if not given
    #[arg(long, value_name = "DIR")]
    pub(super) private: Option<PathBuf>,
    /// Who may read it, in place of what the poll file says
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<ProfileName>,
    /// Refuse to publish while a disclosure item of the poll is missing
    #[arg(long)]
    pub(super) strict_disclosure: bool,
}

/// Say what is wrong with a poll's data.
#[derive(Args, Debug)]
pub(super) struct Check {
    /// The poll file; with --schema, data files
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Check data files against this schema, without a poll file
    #[arg(long, value_name = "SCHEMA")]
    pub(super) schema: Option<PathBuf>,
    /// How findings are written to stdout
    #[arg(long, value_name = "FORM", default_value = "full")]
    pub(super) format: Format,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With place, reason and remedy
    Full,
    /// One line each
    Concise,
    /// One JSON object for all
    Json,
}

/// Who may read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProfileName {
    /// Anybody
    Public,
    /// Officers of the organisation
    Officers,
    /// The analyst alone
    Analyst,
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Public => Self::Public,
            ProfileName::Officers => Self::Officers,
            ProfileName::Analyst => Self::Analyst,
        }
    }
}
