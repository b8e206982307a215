//! `essor database move`, `essor backup`, `essor restore`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use application::environment::{Clock as _, SystemClock, SystemRandomness, new_id};
use application::history::EventRow;
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
        must_exist(&command.from)?;
        copy(&command.from, &command.to, command.replace, None).await?;
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
        must_exist(&self.address.database)?;
        if self.out.exists() {
            bail!("{} exists already: choose another name", self.out.display());
        }
        let partial = with_suffix(&self.out, ".partial");
        remove_database(&partial)?;
        let copied = copy(
            &self.address.database,
            &partial.to_string_lossy(),
            false,
            None,
        )
        .await;
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
        must_be_sqlite(&self.file)?;
        let secret = secret(&self.address).await?;
        let result = copy(
            &self.file.to_string_lossy(),
            &self.address.database,
            self.replace,
            Some(&restored(&self.file)?),
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
        if secret.is_some() && secret != self::secret(&self.address).await? {
            eprintln!(
                "It comes from another installation: start the servers on this database again, so that links in its letters open."
            );
        }
        Ok(())
    }
}

/// What the log says of a restoration.
fn restored(file: &Path) -> anyhow::Result<EventRow> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    Ok(EventRow {
        seq: 0,
        id: new_id::<EventRow>(&SystemClock, &SystemRandomness).to_string(),
        at: SystemClock.now().as_millisecond(),
        actor_kind: "system".to_owned(),
        actor_id: None,
        actor_name: String::new(),
        action: "installation.restored".to_owned(),
        subject_kind: "installation".to_owned(),
        subject_id: String::new(),
        before_state: None,
        after_state: Some(serde_json::to_string(&serde_json::json!({ "file": name }))?),
    })
}

/// By which the links of an installation are sealed; nothing in a database that was never used.
async fn secret(address: &DatabaseAddress) -> anyhow::Result<Option<String>> {
    let database = address.open().await?;
    let secret = store::setting::get(&mut database.read().await?, "secret").await;
    database.close().await;
    Ok(secret?)
}

/// A SQLite file that is not there would be made, and be empty.
fn must_exist(address: &str) -> anyhow::Result<()> {
    match sqlite_path(address) {
        Some(path) if !path.exists() => bail!("{} does not exist", path.display()),
        _ => Ok(()),
    }
}

/// Anything else would be written to when it is opened.
fn must_be_sqlite(path: &Path) -> anyhow::Result<()> {
    if !path.is_file() {
        bail!("{} is not a file", path.display());
    }
    let mut begin = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    if read.is_err() || begin != *b"SQLite format 3\0" {
        bail!("{} is not a backup", path.display());
    }
    Ok(())
}

async fn copy(from: &str, to: &str, replace: bool, told: Option<&EventRow>) -> anyhow::Result<()> {
    let source = open(from).await?;
    let target = open(to).await?;
    let copied = transfer::copy(&source, &target, replace, told, |table, rows| {
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
