//! `cargo xtask bench web`: a release build with the demonstration season, on both engines.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::load::{self, Session};
use super::measure::resident;
use super::table::{Row, at_most, holds, markdown};
use crate::demo::{self, Place};
use crate::postgres::{Durability, Server};
use crate::process::{self, Running, to_stderr};
use crate::{assets, install, project};

/// The agenda as the issue measures it: fifty sessions on one page.
const AGENDA: &str = "/agenda";
const CROWD: usize = 200;
const SEATS: u64 = 12;

/// What to measure.
#[derive(Args)]
pub(crate) struct Options {
    /// Only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
}

/// A part of the measurements.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Pages, enrolments, a crowd, start, memory and weight on SQLite
    Sqlite,
    /// A crowd at two servers on one PostgreSQL
    Postgres,
    /// 500 certificates
    Certificates,
}

/// Measure and print the table; an error when a target is missed.
pub(crate) fn run(options: &Options) -> Result<()> {
    let wanted = |part| options.only.is_empty() || options.only.contains(&part);
    let folder = Folder::new()?;
    let mut rows = Vec::new();
    if wanted(Part::Sqlite) || wanted(Part::Postgres) {
        let essor = demo::build("release")?;
        if wanted(Part::Sqlite) {
            rows.extend(on_sqlite(&essor, &folder.0)?);
        }
        if wanted(Part::Postgres) {
            rows.extend(on_postgres(&essor, &folder.0)?);
        }
    }
    if wanted(Part::Certificates) {
        rows.push(certificates(&folder.0)?);
    }
    let mut out = std::io::stdout();
    std::io::Write::write_all(&mut out, markdown(&rows).as_bytes())?;
    let missed = rows.iter().filter(|row| row.met == Some(false)).count();
    if missed > 0 {
        bail!("{missed} targets are missed");
    }
    Ok(())
}

/// A directory for the data of the measurements, removed in the end.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    /// On the disk, since a temporary file system in memory would flatter every write.
    pub(super) fn new() -> Result<Self> {
        let path = project::target_dir()?.join(format!("bench-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A server under measurement.
pub(super) struct Node {
    pub(super) process: Running,
    pub(super) address: SocketAddr,
    ready: Duration,
}

impl Node {
    pub(super) fn start(essor: &Path, place: &Place) -> Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let base = format!("http://{address}");
        let since = Instant::now();
        let mut process = demo::serve(essor, place, address, &["--demo", "--base-url", &base])?;
        demo::wait_until_ready(&mut process, address, Duration::from_secs(60))?;
        Ok(Self {
            process,
            address,
            ready: since.elapsed(),
        })
    }
}

fn on_sqlite(essor: &Path, folder: &Path) -> Result<Vec<Row>> {
    let data_dir = folder.join("sqlite");
    fs::create_dir_all(&data_dir)?;
    let database = format!("sqlite:{}", data_dir.join("essor.sqlite").display());
    let place = Place { database, data_dir };
    let token = token(&demo::seed(essor, &place, false)?)?;
    let node = Node::start(essor, &place)?;
    let (process, address) = (node.process.id(), node.address);
    let mut rows = vec![at_most(
        "ready to answer",
        node.ready.as_secs_f64(),
        0.5,
        "s",
        Some(6.0),
    )];

    eprintln!("xtask: measuring the agenda");
    load::page(process, address, AGENDA, 200)?;
    let agenda = load::page(process, address, AGENDA, 5000)?;
    rows.push(at_most(
        "agenda: server CPU a request",
        agenda.cpu,
        1.0,
        "ms",
        Some(226.0),
    ));
    rows.push(at_most(
        "agenda: p99 at 8 connections",
        agenda.p99,
        20.0,
        "ms",
        None,
    ));
    rows.push(Row {
        what: "agenda: p50, and compressed page".to_owned(),
        measured: format!("{:.2} ms, {:.1} kB", agenda.p50, kilobytes(agenda.bytes)),
        target: String::new(),
        met: None,
        elsewhere: String::new(),
    });

    eprintln!("xtask: measuring the crowd");
    let sessions = load::sessions(address, &token)?;
    rows.extend(crowd("SQLite", &[address], &token, &sessions)?);

    eprintln!("xtask: measuring enrolments");
    let chosen = widest(&sessions)?;
    let others: Vec<Session> = sessions
        .into_iter()
        .filter(|session| session.id != chosen)
        .collect();
    let others = load::open_to_all(address, &token, others)?;
    let enrolments = load::enrolments(process, address, &token, &others, 500)?;
    rows.push(at_most(
        "enrolment through the API: server CPU",
        enrolments.cpu,
        3.0,
        "ms",
        Some(300.0),
    ));

    let megabytes = kilobytes(usize::try_from(resident(process)?)?) / 1000.0;
    rows.push(at_most(
        "memory after all this",
        megabytes,
        80.0,
        "MB",
        Some(1000.0),
    ));
    rows.extend(weights(address)?);
    Ok(rows)
}

fn on_postgres(essor: &Path, folder: &Path) -> Result<Vec<Row>> {
    eprintln!("xtask: measuring the crowd on PostgreSQL with two servers");
    let server = Server::start(Durability::Real)?;
    server.psql("postgres", "CREATE DATABASE bench")?;
    let data_dir = folder.join("postgres");
    fs::create_dir_all(&data_dir)?;
    let place = Place {
        database: server.url("bench"),
        data_dir,
    };
    let token = token(&demo::seed(essor, &place, false)?)?;
    let nodes = [Node::start(essor, &place)?, Node::start(essor, &place)?];
    let addresses = nodes.each_ref().map(|node| node.address);
    let sessions = load::sessions(addresses[0], &token)?;
    crowd("PostgreSQL, two servers", &addresses, &token, &sessions)
}

/// The session that has the crowd's number of seats free, else the one that has most.
fn widest(sessions: &[Session]) -> Result<String> {
    let exact = sessions.iter().find(|session| session.seats_left == SEATS);
    let widest = exact.or_else(|| sessions.iter().max_by_key(|session| session.seats_left));
    Ok(widest.context("the API lists no session")?.id.clone())
}

fn crowd(
    engine: &str,
    hosts: &[SocketAddr],
    token: &str,
    sessions: &[Session],
) -> Result<Vec<Row>> {
    let id = widest(sessions)?;
    let session = sessions
        .iter()
        .find(|session| session.id == id)
        .context("the session")?;
    let seats = usize::try_from(session.seats_left)?;
    let crowd = load::crowd(hosts, token, session, CROWD)?;
    let name = format!("{CROWD} people at once for {seats} seats ({engine})");
    let right = crowd.placed == seats && crowd.waiting == CROWD - seats;
    Ok(vec![
        holds(
            &name,
            format!("{} placed, {} ranked", crowd.placed, crowd.waiting),
            &format!("{seats} placed, {} ranked", CROWD - seats),
            right,
        ),
        at_most(
            &format!("{name}: all answered"),
            crowd.took.as_secs_f64(),
            1.0,
            "s",
            Some(6.5),
        ),
    ])
}

fn weights(address: SocketAddr) -> Result<Vec<Row>> {
    eprintln!("xtask: weighing pages");
    let chromium = install::chromium()?;
    let folder = project::root().join("tests/browser");
    assets::packages(&folder)?;
    let printed = process::output(
        Command::new("node")
            .current_dir(&folder)
            .args(["weigh.mjs", &format!("http://{address}"), "/", AGENDA])
            .env("ESSOR_CHROMIUM", chromium),
    )?;
    let pages: Vec<Value> = serde_json::from_str(&printed).context("weigh.mjs printed no JSON")?;
    let figure = |index: usize, name: &str| {
        let figure = pages.get(index).and_then(|page| page.get(name)?.as_f64());
        figure.with_context(|| format!("weigh.mjs says no {name}"))
    };
    Ok(vec![
        at_most(
            "first visit: requests",
            figure(0, "requests")?,
            6.0,
            "requests",
            Some(10.0),
        ),
        at_most(
            "first visit: over the wire",
            figure(0, "bytes")? / 1000.0,
            45.0,
            "kB",
            Some(1300.0),
        ),
        at_most(
            "next page (agenda): over the wire",
            figure(1, "bytes")? / 1000.0,
            10.0,
            "kB",
            None,
        ),
    ])
}

/// The documents' own sample program makes a season's certificates and tells how long it took.
fn certificates(folder: &Path) -> Result<Row> {
    eprintln!("xtask: measuring 500 certificates");
    let build = [
        "build",
        "--quiet",
        "--release",
        "--package",
        "documents",
        "--example",
        "samples",
    ];
    process::run(project::cargo().args(build).stdout(to_stderr()?))?;
    let samples = project::target_dir()?.join("release/examples/samples");
    let printed = process::output(Command::new(samples).arg(folder))?;
    let line = printed
        .lines()
        .find(|line| line.starts_with("500 certificates in one file"));
    let line = line.context("the samples say nothing of 500 certificates")?;
    let seconds = line.rsplit(' ').next().and_then(seconds);
    let seconds = seconds.with_context(|| format!("no duration at the end of: {line}"))?;
    Ok(at_most(
        "500 certificates in one file",
        seconds,
        10.0,
        "s",
        None,
    ))
}

/// A duration as Rust prints it: `2.34s` or `812.50ms`.
fn seconds(text: &str) -> Option<f64> {
    match text.strip_suffix("ms") {
        Some(milliseconds) => Some(milliseconds.parse::<f64>().ok()? / 1000.0),
        None => text.strip_suffix('s')?.parse().ok(),
    }
}

pub(super) fn token(accounts: &Map<String, Value>) -> Result<String> {
    let token = |role: &str| Some(accounts.get(role)?.get("api_token")?.as_str()?.to_owned());
    token("coordinator")
        .or_else(|| token("administrator"))
        .context("the demonstration names no API token")
}

#[expect(clippy::cast_precision_loss, reason = "a size to be shown")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_rust_prints_them() {
        assert_eq!(seconds("2.50s"), Some(2.5));
        assert_eq!(seconds("812.50ms"), Some(0.8125));
        assert_eq!(seconds("soon"), None);
    }
}
