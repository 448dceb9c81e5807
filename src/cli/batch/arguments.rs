//! What may be typed after `batch`.

use std::path::PathBuf;

use clap::Args;

use super::memory;
use crate::cli::arguments::{Release, TextOrJson};

/// Run every poll whose files have changed.
#[derive(Args, Debug)]
pub(in crate::cli) struct Batch {
    /// The folders in which, and below which, every `poll.toml` is run
    #[arg(value_name = "DIR", required = true)]
    pub(super) folders: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) release: Release,
    /// Run polls too whose files have not changed
    #[arg(long)]
    pub(super) force: bool,
    /// End with 7 if there was nothing new to publish
    #[arg(long)]
    pub(super) fail_if_idle: bool,
    /// How much memory polls may use that run at the same time, such as 4G or 600M
    #[arg(long, value_name = "SIZE", value_parser = memory::size)]
    pub(super) memory: Option<u64>,
    /// Take a file only if nobody has changed it for so long
    #[arg(long, value_name = "SECONDS", default_value_t = 2)]
    pub(super) settle: u64,
    /// Run by `sh -c` for each poll that failed, when all is done; it finds `POLLSMITH_POLL`,
    /// `POLLSMITH_FILE`, `POLLSMITH_EXIT_CODE` and `POLLSMITH_RECORD` in its environment
    #[arg(long, value_name = "COMMAND")]
    pub(super) on_failure: Option<String>,
    /// How the summary is written to stdout
    #[arg(long, value_name = "FORM", default_value = "text")]
    pub(super) format: TextOrJson,
}
