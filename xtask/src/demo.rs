//! `cargo xtask demo`: Essor with its demonstration season, from nothing to a page in the browser.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf, absolute};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::{Map, Value};

use crate::process::{self, Running, run as run_command, tied, to_stderr};
use crate::{assets, project};

const ROLES: [&str; 5] = [
    "administrator",
    "coordinator",
    "trainer",
    "referent",
    "participant",
];

/// Where to serve and where to keep the data.
#[derive(Args)]
pub(crate) struct Options {
    /// Print the address and the accounts as one JSON object on standard output
    #[arg(long)]
    json: bool,
    /// Address and port to listen on (port 0: any free one)
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// An SQLite file, `sqlite:PATH` or `postgres://…` [default: essor.sqlite in the data directory]
    #[arg(long)]
    database: Option<String>,
    /// Where files and the demonstration accounts are kept [default: demo-data]
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// Forget what the demonstration holds and begin anew
    #[arg(long)]
    fresh: bool,
}

/// Build, fill on the first start, serve until Ctrl-C.
pub(crate) fn run(options: &Options) -> Result<()> {
    let listen = free_address(options.listen)?;
    let place = Place::of(options.database.as_deref(), options.data_dir.as_deref())?;
    fs::create_dir_all(&place.data_dir)
        .with_context(|| format!("cannot create {}", place.data_dir.display()))?;
    let essor = build("demo")?;
    let base = base_address(listen);
    let accounts = seed(&essor, &place, options.fresh)?;
    // The build may have taken minutes.
    free_address(listen)?;
    let mut server = serve(&essor, &place, listen, &["--demo", "--base-url", &base])?;
    wait_until_ready(&mut server, listen, Duration::from_secs(60))?;
    announce(options.json, &base, &accounts)?;
    let status = server.wait()?;
    if process::interrupted() || status.success() {
        return Ok(());
    }
    bail!("the server ended by itself: {status}")
}

/// The database and the directory of files that belong together.
pub(crate) struct Place {
    /// As `essor --database` wants it: `sqlite:PATH` or `postgres://…`.
    pub(crate) database: String,
    /// The directory of files and of the demonstration accounts.
    pub(crate) data_dir: PathBuf,
}

impl Place {
    fn of(database: Option<&str>, data_dir: Option<&Path>) -> Result<Self> {
        let usual = project::root().join("demo-data");
        let database = database.map(database_address).transpose()?;
        let data_dir = match (data_dir, &database) {
            (Some(folder), _) => absolute(folder)?,
            (None, None) => usual,
            // Another database has its own files: the usual ones stay with the usual database.
            (None, Some(database)) => {
                let mut hasher = DefaultHasher::new();
                database.hash(&mut hasher);
                usual.join(format!("{:016x}", hasher.finish()))
            }
        };
        let database = database
            .unwrap_or_else(|| format!("sqlite:{}", data_dir.join("essor.sqlite").display()));
        Ok(Self { database, data_dir })
    }
}

/// `sqlite:PATH`, a bare path or a PostgreSQL address, with the path made absolute.
fn database_address(given: &str) -> Result<String> {
    if given.starts_with("postgres://") || given.starts_with("postgresql://") {
        return Ok(given.to_owned());
    }
    let path = given.strip_prefix("sqlite:").unwrap_or(given);
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path.contains("://") {
        bail!(
            "`{given}` is neither an SQLite file (sqlite:PATH) nor a PostgreSQL address (postgres://…)"
        );
    }
    let path = absolute(path)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(format!("sqlite:{}", path.display()))
}

/// The address itself, with a real port when any was asked for; an error when it is taken.
fn free_address(listen: SocketAddr) -> Result<SocketAddr> {
    match TcpListener::bind(listen) {
        Ok(listener) => Ok(listener.local_addr()?),
        Err(error) => bail!(
            "cannot listen on {listen}: {error}. Is another program (or another demonstration) \
             using this port? Choose another with --listen 127.0.0.1:PORT"
        ),
    }
}

/// The address as a person's browser on this machine would write it.
fn base_address(listen: SocketAddr) -> String {
    if listen.ip().is_unspecified() {
        return format!("http://127.0.0.1:{}", listen.port());
    }
    format!("http://{listen}")
}

/// Build the assets and the program with a cargo profile; returns the program's path.
pub(crate) fn build(profile: &str) -> Result<PathBuf> {
    assets::build()?;
    eprintln!("xtask: building essor (profile {profile})");
    run_command(
        project::cargo()
            .args([
                "build",
                "--package",
                "essor",
                "--bin",
                "essor",
                "--profile",
                profile,
            ])
            .stdout(to_stderr()?),
    )?;
    project::essor(profile)
}

/// Make the demonstration data where it is not there yet; returns the accounts to sign in with.
pub(crate) fn seed(essor: &Path, place: &Place, fresh: bool) -> Result<Map<String, Value>> {
    eprintln!(
        "xtask: preparing the demonstration season in {}",
        place.data_dir.display()
    );
    let mut command = tied(essor, "TERM");
    command
        .args([
            "demo",
            "seed",
            "--json",
            "--database",
            &place.database,
            "--data-dir",
        ])
        .arg(&place.data_dir)
        .args(fresh.then_some("--fresh"));
    let printed = process::output(&mut command)?;
    let accounts: Map<String, Value> = serde_json::from_str(&printed)
        .context("`essor demo seed --json` did not print one JSON object")?;
    for role in ROLES {
        if !accounts.contains_key(role) {
            bail!("`essor demo seed --json` names no account for the role `{role}`");
        }
    }
    Ok(accounts)
}

/// Start `essor serve`.
pub(crate) fn serve(
    essor: &Path,
    place: &Place,
    listen: SocketAddr,
    more: &[&str],
) -> Result<Running> {
    let mut command = tied(essor, "TERM");
    command
        .args([
            "serve",
            "--listen",
            &listen.to_string(),
            "--database",
            &place.database,
        ])
        .arg("--data-dir")
        .arg(&place.data_dir)
        .args(more)
        .stdout(to_stderr()?);
    Running::start(&mut command)
}

/// Wait until `GET /sante` answers 200.
pub(crate) fn wait_until_ready(
    server: &mut Running,
    listen: SocketAddr,
    patience: Duration,
) -> Result<()> {
    let since = Instant::now();
    loop {
        if answers(listen).unwrap_or(false) {
            return Ok(());
        }
        if let Some(status) = server.ended()? {
            bail!("{} ended before it answered: {status}", server.name());
        }
        if process::interrupted() {
            bail!("stopped on request");
        }
        if since.elapsed() > patience {
            bail!(
                "{} did not answer within {} s",
                server.name(),
                patience.as_secs()
            );
        }
        thread::sleep(Duration::from_millis(5));
    }
}

fn answers(listen: SocketAddr) -> Result<bool> {
    let mut address = listen;
    if address.ip().is_unspecified() {
        address.set_ip([127, 0, 0, 1].into());
    }
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    write!(
        stream,
        "GET /sante HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(answer.starts_with(b"HTTP/1.1 200"))
}

/// One object: `base`, and how to sign in there as each role.
fn announcement(base: &str, accounts: &Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    all.insert("base".to_owned(), base.into());
    for role in ROLES {
        let mut account = accounts.get(role).cloned().unwrap_or_default();
        if let Some(link) = account.get("link").and_then(Value::as_str) {
            let link = here(base, link);
            if let Some(account) = account.as_object_mut() {
                account.insert("link".to_owned(), link.into());
            }
        }
        all.insert(role.to_owned(), account);
    }
    all
}

fn announce(json: bool, base: &str, accounts: &Map<String, Value>) -> Result<()> {
    let all = announcement(base, accounts);
    if json {
        let mut out = std::io::stdout();
        writeln!(out, "{}", Value::Object(all))?;
        out.flush()?;
        return Ok(());
    }
    eprintln!("\nEssor is at {base} until Ctrl-C. To sign in ({base}/connexion):");
    for role in ROLES {
        let text = |what: &str| {
            let account = all.get(role)?;
            account.get(what)?.as_str().map(str::to_owned)
        };
        let way = match (text("link"), text("email"), text("password")) {
            (Some(link), ..) => link,
            (None, Some(email), Some(password)) => format!("{email}   password: {password}"),
            _ => continue,
        };
        eprintln!("  {role:<14} {way}");
        if let Some(token) = text("api_token") {
            eprintln!("  {:<14} API token: {token}", "");
        }
    }
    Ok(())
}

/// A link made at another start, at the address of this one.
fn here(base: &str, link: &str) -> String {
    let path = match link.split_once("://") {
        Some((_, rest)) => rest
            .find('/')
            .map_or("/", |at| rest.get(at..).unwrap_or("/")),
        None => link,
    };
    format!("{base}/{}", path.trim_start_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_announced_is_one_object_with_the_address_and_every_role() {
        let given = serde_json::json!({
            "administrator": {"email": "a@e", "password": "p", "api_token": "t"},
            "coordinator": {"email": "c@e", "password": "p", "api_token": "t"},
            "trainer": {"email": "t@e", "password": "p", "api_token": "t"},
            "referent": {"email": "r@e", "password": "p", "api_token": "t"},
            "participant": {"email": "p@e", "link": "http://127.0.0.1:8080/acces/x", "api_token": null},
        });
        let accounts = given.as_object().unwrap();
        let all = announcement("http://127.0.0.1:9000", accounts);
        assert_eq!(all.len(), 1 + ROLES.len());
        assert_eq!(all["base"], "http://127.0.0.1:9000");
        assert_eq!(all["participant"]["link"], "http://127.0.0.1:9000/acces/x");
        for role in ROLES {
            assert_eq!(all[role]["email"], given[role]["email"]);
            assert_eq!(all[role]["password"], given[role]["password"]);
            assert_eq!(all[role]["api_token"], given[role]["api_token"]);
        }
        let printed = Value::Object(all).to_string();
        assert!(!printed.contains('\n'), "one line, one object");
    }

    #[test]
    fn a_link_follows_the_address_of_this_start() {
        let base = "http://127.0.0.1:9000";
        assert_eq!(
            here(base, "http://localhost:8080/moi/abc?x=1"),
            "http://127.0.0.1:9000/moi/abc?x=1"
        );
        assert_eq!(here(base, "/moi/abc"), "http://127.0.0.1:9000/moi/abc");
    }

    #[test]
    fn a_database_is_a_file_or_a_postgresql_address() {
        let folder = std::env::temp_dir();
        let file = folder.join("x.sqlite").display().to_string();
        assert_eq!(database_address(&file).unwrap(), format!("sqlite:{file}"));
        assert_eq!(
            database_address(&format!("sqlite:{file}")).unwrap(),
            format!("sqlite:{file}")
        );
        assert_eq!(
            database_address(&format!("sqlite://{file}")).unwrap(),
            format!("sqlite:{file}")
        );
        assert_eq!(
            database_address("postgres://h/d").unwrap(),
            "postgres://h/d"
        );
        assert!(database_address("mysql://h/d").is_err());
    }

    #[test]
    fn every_interface_is_shown_as_this_machine() {
        assert_eq!(
            base_address("0.0.0.0:81".parse().unwrap()),
            "http://127.0.0.1:81"
        );
    }

    #[test]
    fn a_taken_port_is_a_clear_error() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = free_address(taken.local_addr().unwrap())
            .unwrap_err()
            .to_string();
        assert!(error.contains("--listen"), "{error}");
    }
}
