//! What may be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::batch::Batch;
use super::estimate::Estimate;
use crate::pipeline::Profile;
use crate::pipeline::table::Percent;

/// Turns the CSV export of a poll into a page, charts and data that can be published.
#[derive(Debug, Parser)]
#[command(name = "pollsmith", version, propagate_version = true)]
#[command(after_help = "Exit codes: 0 done, 1 internal fault, 2 usage, 3 input, 4 weighting, \
                        5 disclosure, 6 output, 7 nothing new (`batch --fail-if-idle`), \
                        75 locked by another run.")]
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
    /// Whether messages are coloured; tables in the terminal are if it is `always`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

impl Global {
    /// How many threads to use: those given, or as many as the machine has.
    pub(super) fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            given => given,
        }
    }
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
    /// Make the previous release of a poll the current one again
    Rollback(Rollback),
    /// Run every poll below some folders whose files have changed since the last time
    Batch(Batch),
    /// Say what is wrong with a poll's data, and publish nothing
    Check(Check),
    /// Show one table of a poll in the terminal, and publish nothing
    Table(Table),
    /// Make the weights of a poll, and show what each step of weighting does
    Weigh(Weigh),
    /// Check a draft press release against the published figures of a poll
    Claims(Claims),
    /// Try to work out the hidden cells of a release from what it publishes
    Audit(Audit),
    /// Look at an export, and write a commented draft of its schema and poll file
    Init(Init),
    /// Estimate means, totals, shares, quantiles or ratios from any CSV, without a schema
    Estimate(Box<Estimate>),
    /// Turn schemas into other forms, and other forms into schemas
    Schema {
        /// What to do
        #[command(subcommand)]
        command: Schema,
    },
    /// Say what a message means and how to mend it
    Explain {
        /// The code of the message, such as V102; without one, all codes are listed
        code: Option<String>,
        /// Every message as one page of Markdown
        #[arg(long, conflicts_with = "code")]
        all: bool,
        /// Every event of `--log json` as one page of Markdown
        #[arg(long, conflicts_with_all = ["code", "all"])]
        events: bool,
    },
    /// Write the completions of a shell to stdout
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual page of a command to stdout, or of all commands to a folder
    Man(Man),
}

/// Publish a poll.
#[derive(Args, Debug)]
pub(super) struct Run {
    /// The poll file
    pub(super) poll: PathBuf,
    #[command(flatten)]
    pub(super) release: Release,
}

/// Where releases go, and who may read them.
#[derive(Args, Debug)]
pub(super) struct Release {
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

/// Make the previous release the current one.
#[derive(Args, Debug)]
pub(super) struct Rollback {
    /// The poll's `id`
    #[arg(value_parser = id)]
    pub(super) id: String,
    /// The folder for what is public
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub(super) out: PathBuf,
    /// The folder for what is not; the user's state folder if not given
    #[arg(long, value_name = "DIR")]
    pub(super) private: Option<PathBuf>,
    /// The readers whose release it is
    #[arg(long, value_name = "PROFILE", default_value = "public")]
    pub(super) profile: ProfileName,
}

/// What can be a poll's `id`, which names folders.
fn id(typed: &str) -> Result<String, &'static str> {
    let may = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let is_id = !typed.is_empty() && typed.bytes().all(may);
    is_id.then(|| typed.to_owned()).ok_or("a poll's `id` has small letters, digits and hyphens")
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

/// Show one table of a poll.
#[derive(Args, Debug)]
pub(super) struct Table {
    /// The poll file
    pub(super) poll: PathBuf,
    /// The question in the rows, or one item of it: `question.item`
    pub(super) rows: String,
    /// The questions whose groups are the columns, or nested ones: `'phase > role'`
    #[arg(long, value_name = "QUESTION", value_delimiter = ',')]
    pub(super) by: Vec<String>,
    /// A condition on who is counted, such as `phase = 'Primary'`
    #[arg(long = "where", value_name = "EXPR")]
    pub(super) filter: Option<String>,
    /// What percentages are of
    #[arg(long, value_name = "OF", default_value = "column")]
    pub(super) percent: PercentOf,
    /// Who may read it
    #[arg(long, value_name = "PROFILE", default_value = "analyst")]
    pub(super) profile: ProfileName,
    /// How the table is written to stdout
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TableForm,
}

/// What percentages are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PercentOf {
    /// Those in the column
    Column,
    /// Those who gave the answer
    Row,
    /// Everybody in the table
    Total,
}

impl From<PercentOf> for Percent {
    fn from(of: PercentOf) -> Self {
        match of {
            PercentOf::Column => Self::Column,
            PercentOf::Row => Self::Row,
            PercentOf::Total => Self::Total,
        }
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TableForm {
    /// For people, as wide as the window
    Text,
    /// One record for each figure, as in results.csv
    Csv,
    /// The same records, as in results.json
    Json,
    /// A table in Markdown
    Markdown,
}

/// Make the weights of a poll.
#[derive(Args, Debug)]
pub(super) struct Weigh {
    /// The poll file
    pub(super) poll: PathBuf,
    /// Write each respondent's key and weight to this file, which only you can read
    #[arg(long, value_name = "FILE")]
    pub(super) write: Option<PathBuf>,
    /// How the account is written to stdout
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TextOrJson,
}

/// Check a draft press release.
#[derive(Args, Debug)]
pub(super) struct Claims {
    /// The draft: plain text or Markdown
    pub(super) text: PathBuf,
    /// The `results.json` of the release that it quotes
    #[arg(long, value_name = "FILE")]
    pub(super) results: PathBuf,
    /// Say of each number which figure it was taken for
    #[arg(long)]
    pub(super) show_matches: bool,
    /// How findings are written to stdout
    #[arg(long, value_name = "FORM", default_value = "full")]
    pub(super) format: Format,
}

/// Try to work out the hidden cells of a release.
#[derive(Args, Debug)]
pub(super) struct Audit {
    /// The folder of a release, or its `results.json`
    pub(super) release: PathBuf,
    /// Another release of the same poll, which an attacker may have too
    #[arg(long, value_name = "RELEASE")]
    pub(super) against: Option<PathBuf>,
    /// How the account is written to stdout
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TextOrJson,
}

/// Look at an export.
#[derive(Args, Debug)]
pub(super) struct Init {
    /// The export: CSV, packed or not, or a workbook
    pub(super) data: PathBuf,
    /// The folder for `schema.toml` and `poll.toml`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) dir: PathBuf,
    /// How letters are stored, if not as UTF-8: windows-1252, macintosh, iso-8859-15
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
    /// The sheet of a workbook, if several hold something
    #[arg(long, value_name = "NAME")]
    pub(super) sheet: Option<String>,
    /// How many lines stand above the headers
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) skip_rows: usize,
}

/// Write manual pages.
#[derive(Args, Debug)]
pub(super) struct Man {
    /// The command, such as `run` or `schema export`; without one, the whole program
    pub(super) command: Vec<String>,
    /// Write every page to a file of this folder
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(super) dir: Option<PathBuf>,
}

/// What to do with a schema.
#[derive(Debug, Subcommand)]
pub(super) enum Schema {
    /// Write a schema as Table Schema (version 2) to stdout
    Export {
        /// The schema
        schema: PathBuf,
        /// The form
        #[arg(long, value_name = "FORM", default_value = "table-schema")]
        to: ExportForm,
        /// Write missing values with their labels, which few readers understand yet
        #[arg(long)]
        labelled: bool,
        /// A file of answers, so that fields have the names of its columns
        #[arg(long, value_name = "FILE")]
        data: Option<PathBuf>,
        /// Columns of the design, which the poll file names
        #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
        design: Vec<String>,
    },
    /// Write a schema made from another form to stdout
    Import {
        /// The file: a Table Schema, the questions of a `LimeSurvey` instrument, a Jisc key
        file: PathBuf,
        /// The form
        #[arg(long, value_name = "FORM", default_value = "table-schema")]
        from: ImportForm,
        /// The folder with the lists of answers of a `LimeSurvey` instrument
        #[arg(long, value_name = "DIR")]
        lists: Option<PathBuf>,
    },
    /// Write the JSON Schema of schemas, of poll files or of results to stdout
    #[command(name = "json-schema")]
    Json {
        /// Of which file
        #[arg(default_value = "schema")]
        of: JsonSchemaOf,
    },
    /// Write a schema as a page to read to stdout
    Codebook {
        /// The schema
        schema: PathBuf,
        /// The form
        #[arg(long, value_name = "FORM", default_value = "markdown")]
        format: CodebookForm,
    },
}

/// A form that schemas are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportForm {
    /// Table Schema, version 2, as JSON
    TableSchema,
}

/// A form that schemas are made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ImportForm {
    /// Table Schema, version 1 or 2, as JSON
    TableSchema,
    /// The questions of a `LimeSurvey` instrument, as CSV
    Limesurvey,
    /// The key of a Jisc Online Surveys export, as CSV
    Jisc,
}

/// Which file a JSON Schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum JsonSchemaOf {
    /// The schema of a questionnaire
    Schema,
    /// The poll file
    Poll,
    /// `results.json`, which a run publishes
    Results,
}

/// How a codebook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum CodebookForm {
    /// Markdown
    Markdown,
    /// A web page
    Html,
}

/// How an account is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TextOrJson {
    /// For people
    Text,
    /// One JSON object for all
    Json,
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
