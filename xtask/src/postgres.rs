//! A PostgreSQL server of our own, thrown away afterwards.
//!
//! It listens on a Unix socket in a temporary directory only, so that it meets no other server and
//! nobody else can reach it. It does not wait for the disk: nothing in it outlives the run.

use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use rustix::process::Signal;

use crate::install;
use crate::process::{self, Running};

/// A running server; dropping it stops it and removes its files.
pub(crate) struct Server {
    process: Running,
    folder: Folder,
    owner: Option<Owner>,
    programs: PathBuf,
}

/// Whether the server may lose its data when the machine stops.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// For tests: never waits for the disk.
    Careless,
    /// For measurements: as a real installation.
    Real,
}

/// The user who runs the server, since PostgreSQL refuses to be run by root.
struct Owner {
    name: &'static str,
    uid: u32,
    gid: u32,
}

/// A directory removed with its contents on drop.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

impl Server {
    /// Create a cluster in a temporary directory and start it.
    pub(crate) fn start(durability: Durability) -> Result<Self> {
        let programs = install::postgresql()?;
        let owner = owner()?;
        // Short, because the path of a Unix socket has at most 107 bytes.
        let folder = Folder(PathBuf::from(format!(
            "/tmp/essor-pg-{}",
            std::process::id()
        )));
        fs::create_dir(&folder.0)
            .with_context(|| format!("cannot create {}", folder.0.display()))?;
        fs::set_permissions(&folder.0, fs::Permissions::from_mode(0o700))?;
        if let Some(owner) = &owner {
            chown(&folder.0, Some(owner.uid), Some(owner.gid))?;
        }
        let data = folder.0.join("data");
        let mut initdb = as_owner(owner.as_ref(), &programs.join("initdb"), None);
        initdb
            .current_dir("/")
            .args([
                "--auth=trust",
                "--username=postgres",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
            ])
            .args(["--no-sync", "--no-instructions", "--pgdata"])
            .arg(&data);
        process::output(&mut initdb).context("cannot create the PostgreSQL cluster")?;
        let log = fs::File::create(folder.0.join("log"))?;
        let mut postgres = as_owner(owner.as_ref(), &programs.join("postgres"), Some("INT"));
        postgres
            .current_dir("/")
            .arg("-D")
            .arg(&data)
            .args(settings(durability, &folder.0))
            .stdout(Stdio::null())
            .stderr(log);
        // SIGINT is PostgreSQL's fast stop: it does not wait for clients to leave.
        let process = Running::start(&mut postgres)?.stopped_by(Signal::INT);
        let mut server = Self {
            process,
            folder,
            owner,
            programs,
        };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let since = Instant::now();
        loop {
            if let Some(status) = self.process.ended()? {
                let log = fs::read_to_string(self.folder.0.join("log")).unwrap_or_default();
                bail!("PostgreSQL did not start ({status}):\n{log}");
            }
            if self.psql("postgres", "SELECT 1").is_ok() {
                return Ok(());
            }
            if process::interrupted() || since.elapsed() > Duration::from_secs(30) {
                bail!("PostgreSQL did not answer within 30 seconds");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// The address of a database on this server.
    pub(crate) fn url(&self, database: &str) -> String {
        let folder = self.folder.0.display();
        format!("postgres://postgres@localhost/{database}?host={folder}")
    }

    /// Run one statement and return its answer as plain text.
    pub(crate) fn psql(&self, database: &str, statement: &str) -> Result<String> {
        let mut psql = as_owner(self.owner.as_ref(), &self.programs.join("psql"), None);
        psql.current_dir("/")
            .args([
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--username=postgres",
            ])
            .arg("--host")
            .arg(&self.folder.0)
            .args(["--dbname", database, "--command", statement]);
        Ok(process::output(&mut psql)?.trim().to_owned())
    }

    fn wait(&mut self) -> Result<()> {
        self.process.wait()?;
        Ok(())
    }
}

fn settings(durability: Durability, socket: &Path) -> Vec<String> {
    let mut settings = vec![
        "listen_addresses=".to_owned(),
        format!("unix_socket_directories={}", socket.display()),
        "max_connections=400".to_owned(),
        "timezone=UTC".to_owned(),
        // Said by the server rather than found out by a hanging test.
        "lock_timeout=30s".to_owned(),
    ];
    if durability == Durability::Careless {
        for setting in [
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ] {
            settings.push(setting.to_owned());
        }
        settings.push("autovacuum=off".to_owned());
    }
    settings
        .into_iter()
        .flat_map(|setting| ["-c".to_owned(), setting])
        .collect()
}

/// `program` run by the server's owner; with a signal, ended by it when xtask dies.
fn as_owner(owner: Option<&Owner>, program: &Path, signal: Option<&str>) -> Command {
    let Some(owner) = owner else {
        return signal.map_or_else(
            || Command::new(program),
            |signal| process::tied(program, signal),
        );
    };
    let mut command = Command::new(process::find("setpriv").unwrap_or_else(|| "setpriv".into()));
    command
        .arg(format!("--reuid={}", owner.uid))
        .arg(format!("--regid={}", owner.gid))
        .arg("--clear-groups");
    if let Some(signal) = signal {
        command.args(["--pdeathsig", signal]);
    }
    command
        .arg("--")
        .arg(program)
        .env("HOME", "/")
        .env("USER", owner.name);
    command
}

fn owner() -> Result<Option<Owner>> {
    if !rustix::process::geteuid().is_root() {
        return Ok(None);
    }
    for name in ["postgres", "nobody"] {
        let id = |what: &str| -> Option<u32> {
            let answer = process::output(Command::new("id").args([what, name])).ok()?;
            answer.trim().parse().ok()
        };
        if let (Some(uid), Some(gid)) = (id("-u"), id("-g")) {
            return Ok(Some(Owner { name, uid, gid }));
        }
    }
    bail!("PostgreSQL refuses to be run by root, and there is no user `postgres` or `nobody`")
}

/// `cargo xtask postgres`: a server for tests run by hand.
pub(crate) fn serve() -> Result<()> {
    let mut server = Server::start(Durability::Careless)?;
    eprintln!("PostgreSQL is ready until Ctrl-C. In another terminal:");
    eprintln!(
        "export ESSOR_TEST_POSTGRES_URL='{}'",
        server.url("postgres")
    );
    server.wait()
}
