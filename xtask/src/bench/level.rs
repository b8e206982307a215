//! The level test in a running server: what the next item costs, from the answer to the page.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::http::{Answer, Client};
use super::measure::{cpu, milliseconds};
use super::table::{Row, at_most};
use super::web::{Folder, Node, token};
use crate::demo::{self, Place};

/// Tests to take; each has some ten questions.
const TESTS: usize = 30;

/// Take tests in a server with the demonstration season, on SQLite, and say what one answer and the page of the next question
/// cost it: processor time of the whole process, user and system, divided by the answers.
pub(crate) fn next_item(essor: &Path) -> Result<Row> {
    let folder = Folder::new()?;
    let data_dir = folder.0.join("level");
    fs::create_dir_all(&data_dir)?;
    let database = format!("sqlite:{}", data_dir.join("essor.sqlite").display());
    let place = Place { database, data_dir };
    let accounts = demo::seed(essor, &place, false)?;
    let node = Node::start(essor, &place)?;
    // What is done once at the start, such as learning prices, is not part of an answer.
    settle(node.process.id())?;
    let mut desk = Desk::sign_in(Client::connect(node.address)?, &accounts)?;
    let mut tests = Vec::new();
    for person in desk.people(&token(&accounts)?)? {
        if tests.len() < TESTS {
            tests.extend(desk.begin(&person)?);
        }
    }
    let before = cpu(node.process.id())?;
    let mut answers = 0_u32;
    for test in tests {
        answers += desk.take(test)?;
    }
    let used = cpu(node.process.id())?.saturating_sub(before);
    if answers == 0 {
        bail!("nobody in the demonstration can begin a test");
    }
    Ok(at_most(
        &format!("next item, answer to page, server CPU ({answers} answers)"),
        milliseconds(used) / f64::from(answers),
        5.0,
        "ms",
        None,
    ))
}

/// Waits until a process has nothing to do.
fn settle(process: u32) -> Result<()> {
    for _ in 0..600 {
        let before = cpu(process)?;
        std::thread::sleep(Duration::from_millis(500));
        if cpu(process)?.saturating_sub(before) < Duration::from_millis(20) {
            return Ok(());
        }
    }
    bail!("the server does not come to rest")
}

/// A coordinator's browser.
struct Desk {
    client: Client,
    cookies: Vec<String>,
}

/// The page of a question.
struct Question {
    path: String,
    html: String,
}

impl Desk {
    fn sign_in(client: Client, accounts: &Map<String, Value>) -> Result<Self> {
        let mut desk = Self {
            client,
            cookies: Vec::new(),
        };
        let word = |name: &str| accounts.get("coordinator")?.get(name)?.as_str();
        let email = word("email").context("the coordinator's address")?;
        let password = word("password").context("the coordinator's password")?;
        let page = desk.get("/connexion")?;
        let csrf = field(&page, "csrf")?;
        let form = serde_json::json!({ "csrf": csrf, "email": email, "password": password });
        let answer = desk.post("/connexion", &form)?;
        if answer.status != 303 {
            bail!("the coordinator cannot sign in: {}", answer.status);
        }
        Ok(desk)
    }

    fn keep(&mut self, answer: &Answer) {
        for cookie in &answer.cookies {
            let name = cookie.split('=').next().unwrap_or_default();
            self.cookies
                .retain(|kept| kept.split('=').next() != Some(name));
            self.cookies.push(cookie.clone());
        }
    }

    fn get(&mut self, path: &str) -> Result<String> {
        let answer = self.client.get_as(path, &self.cookies.join("; "))?;
        if answer.status != 200 {
            bail!("GET {path} answered {}", answer.status);
        }
        self.keep(&answer);
        Ok(String::from_utf8_lossy(&answer.body).into_owned())
    }

    fn post(&mut self, path: &str, form: &Value) -> Result<Answer> {
        let pairs = form.as_object().into_iter().flatten();
        let body: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={}", encoded(value.as_str().unwrap_or_default())))
            .collect();
        let cookies = self.cookies.join("; ");
        let answer = self.client.post_as(path, &cookies, &body.join("&"))?;
        self.keep(&answer);
        Ok(answer)
    }

    /// Everybody, by id.
    fn people(&mut self, token: &str) -> Result<Vec<String>> {
        let answer = self.client.get_api("/api/v1/people?limit=200", token)?;
        let list = answer.json()?;
        let items = list.get("items").and_then(Value::as_array);
        Ok(items
            .into_iter()
            .flatten()
            .filter_map(|item| Some(item.get("id")?.as_str()?.to_owned()))
            .collect())
    }

    /// The first question of somebody's test; none where they have taken it.
    fn begin(&mut self, person: &str) -> Result<Option<Question>> {
        let page = self.get(&format!("/bureau/personnes/{person}"))?;
        let form = serde_json::json!({ "csrf": field(&page, "csrf")? });
        let answer = self.post(&format!("/bureau/personnes/{person}/test"), &form)?;
        match answer.location {
            Some(path) if path.starts_with("/test/") => {
                let html = self.get(&path)?;
                Ok(Some(Question { path, html }))
            }
            _ => Ok(None),
        }
    }

    /// Answers to the end, now this and now that; answers how many questions there were.
    fn take(&mut self, mut at: Question) -> Result<u32> {
        let mut answers = 0;
        while at.html.contains("name=\"item\"") {
            let choice = (answers % 2 + 1).to_string();
            let form = serde_json::json!({
                "csrf": field(&at.html, "csrf")?,
                "place": field(&at.html, "place")?,
                "item": field(&at.html, "item")?,
                "choice": choice,
            });
            let answer = self.post(&at.path, &form)?;
            let path = answer.location.context("an answer leads nowhere")?;
            let html = self.get(&path)?;
            at = Question { path, html };
            answers += 1;
        }
        Ok(answers)
    }
}

/// The value of a hidden field.
fn field(html: &str, name: &str) -> Result<String> {
    let found = html.split_once(&format!("name=\"{name}\" value=\""));
    let value = found.and_then(|(_, rest)| rest.split_once('"'));
    let (value, _) = value.with_context(|| format!("the page has no field {name}"))?;
    Ok(value.to_owned())
}

/// As forms are sent.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_sent_as_browsers_do() {
        let html = r#"<input type="hidden" name="csrf" value="a1"><input name="place" value="3">"#;
        assert_eq!(field(html, "place").unwrap(), "3");
        assert!(field(html, "item").is_err());
        assert_eq!(encoded("a b@c&d"), "a%20b%40c%26d");
    }
}
