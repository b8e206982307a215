//! `cargo xtask bench`: what the program costs, measured.

use clap::Subcommand;

mod adaptive;
mod figures;
mod http;
mod level;
mod load;
mod measure;
mod planner;
mod proofs;
mod sheet;
mod table;
mod web;

/// What to measure.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// The server: pages, enrolments, crowds, start, memory, weight of pages, certificates
    Web(web::Options),
    /// The adaptive level test: errors of estimates, exposure of items, time of a choice
    Adaptive(adaptive::Options),
    /// Badges: making, signing and checking them
    Proofs(proofs::Options),
    /// The planner: seasons of three sizes, replanning, tours of stands
    Planner(planner::Options),
    /// Photographs of attendance sheets: seconds, and boxes read wrongly
    Sheet,
}

/// Measure and print a table in Markdown on standard output.
pub(crate) fn run(command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Web(options) => web::run(options),
        Command::Proofs(options) => proofs::run(options),
        Command::Planner(options) => planner::run(options),
        Command::Adaptive(options) => adaptive::run(options),
        Command::Sheet => sheet::run(),
    }
}
