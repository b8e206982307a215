//! What is asked of the server while it is measured.

use std::net::SocketAddr;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::http::Client;
use super::measure::{cpu, milliseconds, percentile};

/// What many like requests cost.
pub(crate) struct Cost {
    /// Milliseconds of the server's processor a request.
    pub(crate) cpu: f64,
    /// Half of the answers came within so many milliseconds.
    pub(crate) p50: f64,
    /// 99 of 100 answers came within so many milliseconds.
    pub(crate) p99: f64,
    /// Bytes of the last body.
    pub(crate) bytes: usize,
}

/// Ask for `path` on eight connections, `requests` times in all.
pub(crate) fn page(server: u32, host: SocketAddr, path: &str, requests: usize) -> Result<Cost> {
    many(server, requests, 8, host, |client, _| {
        let answer = client.get(path)?;
        if answer.status != 200 {
            bail!("GET {path} answered {}", answer.status);
        }
        Ok(answer.body.len())
    })
}

/// Enrol `people` new people through the API, in turn in each of `sessions`, on one connection.
pub(crate) fn enrolments(
    server: u32,
    host: SocketAddr,
    token: &str,
    sessions: &[Session],
    people: usize,
) -> Result<Cost> {
    if sessions.is_empty() {
        bail!("there is no session to enrol in");
    }
    many(server, people, 1, host, |client, number| {
        let session = sessions.get(number % sessions.len()).context("a session")?;
        enrol(client, token, session, &format!("bench-{number}")).map(|_| 0)
    })
}

fn many(
    server: u32,
    requests: usize,
    connections: usize,
    host: SocketAddr,
    ask: impl Fn(&mut Client, usize) -> Result<usize> + Sync,
) -> Result<Cost> {
    let next = AtomicUsize::new(0);
    let before = cpu(server)?;
    let parts = thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|_| {
                scope.spawn(|| -> Result<(Vec<Duration>, usize)> {
                    let mut client = Client::connect(host)?;
                    let (mut durations, mut bytes) = (Vec::new(), 0);
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= requests {
                            return Ok((durations, bytes));
                        }
                        let since = Instant::now();
                        bytes = ask(&mut client, number)?;
                        durations.push(since.elapsed());
                    }
                })
            })
            .collect();
        threads.into_iter().map(joined).collect::<Result<Vec<_>>>()
    })?;
    let used = cpu(server)?.saturating_sub(before);
    let bytes = parts.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0);
    let mut all: Vec<Duration> = parts
        .into_iter()
        .flat_map(|(durations, _)| durations)
        .collect();
    let count = u32::try_from(all.len().max(1))?;
    Ok(Cost {
        cpu: milliseconds(used) / f64::from(count),
        p50: milliseconds(percentile(&mut all, 0.5)),
        p99: milliseconds(percentile(&mut all, 0.99)),
        bytes,
    })
}

fn joined<T>(thread: thread::ScopedJoinHandle<'_, Result<T>>) -> Result<T> {
    match thread.join() {
        Ok(result) => result,
        Err(_) => bail!("a part of the load generator broke down"),
    }
}

/// A session as the API lists it.
pub(crate) struct Session {
    /// Its identifier.
    pub(crate) id: String,
    /// Seats still free.
    pub(crate) seats_left: u64,
    /// People waiting.
    pub(crate) waiting: u64,
}

/// All sessions that the API lists.
pub(crate) fn sessions(host: SocketAddr, token: &str) -> Result<Vec<Session>> {
    let mut client = Client::connect(host)?;
    let mut path = "/api/v1/sessions".to_owned();
    let mut sessions = Vec::new();
    loop {
        let answer = client.get_api(&path, token)?;
        if answer.status != 200 {
            bail!(
                "GET {path} answered {}: {}",
                answer.status,
                String::from_utf8_lossy(&answer.body)
            );
        }
        let page = answer.json()?;
        for item in page
            .get("items")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let number = |name: &str| item.get(name).and_then(Value::as_u64).unwrap_or(0);
            sessions.push(Session {
                id: item
                    .get("id")
                    .and_then(Value::as_str)
                    .context("a session without id")?
                    .to_owned(),
                seats_left: number("seats_left"),
                waiting: number("waiting"),
            });
        }
        match page.get("next").and_then(Value::as_str) {
            Some(next) if next.starts_with('/') => next.clone_into(&mut path),
            Some(next) => path = format!("/api/v1/sessions?cursor={next}"),
            None => return Ok(sessions),
        }
    }
}

/// What the server decided: `None` placed, `Some(rank)` waiting.
fn enrol(client: &mut Client, token: &str, session: &Session, who: &str) -> Result<Option<u64>> {
    let body = json!({ "person": {
        "name": format!("Personne {who}"),
        "email": format!("{who}@example.org"),
        "phone": null,
        "commune": null,
        "organisation": null,
    }});
    let path = format!("/api/v1/sessions/{}/enrolments", session.id);
    let answer = client.post_api(&path, token, who, &body.to_string())?;
    if answer.status != 201 {
        bail!(
            "{path} answered {}: {}",
            answer.status,
            String::from_utf8_lossy(&answer.body)
        );
    }
    let answer = answer.json()?;
    match answer.get("status").and_then(Value::as_str) {
        Some("placed") => Ok(None),
        Some("waiting") => Ok(Some(
            answer
                .get("rank")
                .and_then(Value::as_u64)
                .context("no rank")?,
        )),
        other => bail!("an enrolment is neither placed nor waiting: {other:?}"),
    }
}

/// Those of `sessions` in which anyone can be enrolled: not the past ones, nor those of an audience.
pub(crate) fn open_to_all(
    host: SocketAddr,
    token: &str,
    sessions: Vec<Session>,
) -> Result<Vec<Session>> {
    let mut client = Client::connect(host)?;
    Ok(sessions
        .into_iter()
        .enumerate()
        .filter(|(number, session)| {
            enrol(&mut client, token, session, &format!("first-{number}")).is_ok()
        })
        .map(|(_, session)| session)
        .collect())
}

/// What became of a crowd.
pub(crate) struct Crowd {
    /// People who got a seat.
    pub(crate) placed: usize,
    /// People who got a rank.
    pub(crate) waiting: usize,
    /// From the first request to the last answer.
    pub(crate) took: Duration,
}

/// `people` at once for the seats of one session, spread over `hosts`, each on a connection of their
/// own. An error when anyone gets no answer, or the ranks are not 1, 2, 3, …
pub(crate) fn crowd(
    hosts: &[SocketAddr],
    token: &str,
    session: &Session,
    people: usize,
) -> Result<Crowd> {
    let ready = Barrier::new(people + 1);
    let (took, decisions) = thread::scope(|scope| {
        let threads: Vec<_> = hosts
            .iter()
            .cycle()
            .take(people)
            .enumerate()
            .map(|(number, host)| {
                let ready = &ready;
                scope.spawn(move || {
                    let client = Client::connect(*host);
                    ready.wait();
                    enrol(&mut client?, token, session, &format!("crowd-{number}"))
                })
            })
            .collect();
        ready.wait();
        let since = Instant::now();
        let decisions = threads.into_iter().map(joined).collect::<Result<Vec<_>>>();
        decisions.map(|decisions| (since.elapsed(), decisions))
    })?;
    let mut ranks: Vec<u64> = decisions.iter().flatten().copied().collect();
    ranks.sort_unstable();
    if !ranks
        .iter()
        .copied()
        .eq((session.waiting + 1..).take(ranks.len()))
    {
        bail!("the ranks given are not contiguous: {ranks:?}");
    }
    Ok(Crowd {
        placed: decisions.len() - ranks.len(),
        waiting: ranks.len(),
        took,
    })
}
