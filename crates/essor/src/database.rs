//! `essor database move`, `essor backup`, `essor restore`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use store::transfer;

use crate::configuration::{DatabaseAddress, open, without_password};

#[derive(Subcommand)]
pub(crate) enum Database {
    /// Copy everything from one database into another that is empty.
    Move(Move),
}

#[derive(Args)]
pub(crate) struct Move {
    /// Where the data are: `sqlite:PATH` or `postgres://…`.
    #[arg(long)]
    from: String,
    /// Where they go.
    #[arg(long)]
    to: String,
    /// Empty the target first, if it holds anything.
    #[arg(long)]
    replace: bool,
}

#[derive(Args)]
pub(crate) struct Backup {
    #[command(flatten)]
    address: DatabaseAddress,
    /// The file to write; it must not exist yet.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Args)]
pub(crate) struct Restore {
    #[command(flatten)]
    address: DatabaseAddress,
    /// The file that a backup wrote.
    file: PathBuf,
    /// Replace what the database holds now.
    #[arg(long)]
    replace: bool,
}

impl Database {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let Self::Move(command) = self;
        if let Some(path) = sqlite_path(&command.from)
            && !path.exists()
        {
            bail!("{} does not exist", path.display());
        }
        copy(&command.from, &command.to, command.replace).await?;
        eprintln!(
            "Everything is now in {} as well.",
            without_password(&command.to)
        );
        Ok(())
    }
}

impl Backup {
    /// The copy is one SQLite file whatever the engine, and appears under its name only once it is whole.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        if self.out.exists() {
            bail!("{} exists already: choose another name", self.out.display());
        }
        let partial = with_suffix(&self.out, ".partial");
        remove_database(&partial)?;
        let copied = copy(&self.address.database, &partial.to_string_lossy(), false).await;
        if let Err(error) = copied {
            remove_database(&partial)?;
            return Err(error);
        }
        std::fs::File::open(&partial)?.sync_all()?;
        std::fs::rename(&partial, &self.out)
            .with_context(|| format!("cannot write {}", self.out.display()))?;
        eprintln!("Backup written to {}.", self.out.display());
        Ok(())
    }
}

impl Restore {
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        if !self.file.is_file() {
            bail!("{} is not a file", self.file.display());
        }
        let result = copy(
            &self.file.to_string_lossy(),
            &self.address.database,
            self.replace,
        )
        .await;
        if let Err(error) = &result
            && matches!(error.downcast_ref(), Some(store::Error::NotEmpty))
        {
            bail!(
                "the database holds data already; say --replace to put the backup in their place"
            );
        }
        result?;
        eprintln!("Everything from {} is back.", self.file.display());
        Ok(())
    }
}

async fn copy(from: &str, to: &str, replace: bool) -> anyhow::Result<()> {
    let source = open(from).await?;
    let target = open(to).await?;
    let copied = transfer::copy(&source, &target, replace, |table, rows| {
        eprintln!("{rows:>9}  {table}");
    })
    .await;
    source.close().await;
    target.close().await;
    Ok(copied?)
}

fn sqlite_path(address: &str) -> Option<PathBuf> {
    let path = address
        .strip_prefix("sqlite:")
        .map(|path| path.strip_prefix("//").unwrap_or(path));
    path.or_else(|| (!address.contains("://")).then_some(address))
        .map(PathBuf::from)
}

/// Removes a SQLite file and what stands beside it.
fn remove_database(path: &Path) -> anyhow::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        match std::fs::remove_file(with_suffix(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
