//! `cargo xtask bench`: what the program costs, measured.

use clap::Subcommand;

mod http;
mod load;
mod measure;
mod table;
mod web;

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// The server: pages, enrolments, crowds, start, memory, weight of pages, certificates
    Web,
}

/// Measure and print a table in Markdown on standard output.
pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Web => web::run(),
    }
}
