//! `essor`: the one program. Command line, configuration, wiring, background worker.

mod account;
mod badge;
mod configuration;
mod database;
mod demo;
mod plan;
mod serve;
mod worker;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs a territory's digital-training programmes.
#[derive(Parser)]
#[command(name = "essor", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web pages and the API, and send the letters.
    Serve(serve::Serve),
    /// The demonstration.
    #[command(subcommand)]
    Demo(demo::Demo),
    /// Make accounts of staff.
    #[command(subcommand)]
    Account(account::Account),
    /// The keys with which programmes sign their badges.
    #[command(subcommand)]
    Badge(badge::Badge),
    /// Move a whole database to another engine or place.
    #[command(subcommand)]
    Database(database::Database),
    /// Write a copy of everything into one file, while the server runs.
    Backup(database::Backup),
    /// Put back everything from such a file, while the server runs.
    Restore(database::Restore),
    /// The planner on files: seasons and circulation of stands.
    #[command(subcommand)]
    Plan(plan::Plan),
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("ESSOR_LOG")
                .unwrap_or_else(|_| "info,sqlx=warn".into()),
        )
        .init();
    match Cli::parse().command {
        Command::Serve(serve) => serve.run().await,
        Command::Demo(command) => command.run().await,
        Command::Account(command) => command.run().await,
        Command::Badge(command) => command.run().await,
        Command::Database(command) => command.run().await,
        Command::Backup(backup) => backup.run().await,
        Command::Restore(restore) => restore.run().await,
        Command::Plan(command) => return Ok(command.run().await),
    }?;
    Ok(ExitCode::SUCCESS)
}
