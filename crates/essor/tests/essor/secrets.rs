//! The log, however talkative, holds nothing with which somebody could sign in.

use std::net::SocketAddr;

use application::access::{Actor, link};
use application::people::{self, PersonInput};
use application::{App, Config};
use store::Database;
use testkit::{MailSink, TestDatabase};

use crate::season::{EMAIL, PASSWORD, season};
use crate::server::{Answer, Server, request};

/// A browser: one visitor's cookies.
#[derive(Default)]
struct Browser(Vec<(String, String)>);

impl Browser {
    fn send(&mut self, address: SocketAddr, method: &str, path: &str, fields: &str) -> Answer {
        let cookies: Vec<_> = self
            .0
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let headers = [
            ("cookie", cookies.join("; ")),
            (
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
        ];
        let headers: Vec<_> = headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        let answer =
            request(address, method, path, &headers, fields.as_bytes()).expect("an answer");
        for name in ["visiteur", "session"] {
            if let Some(value) = answer.cookie(name).filter(|value| !value.is_empty()) {
                self.0.retain(|cookie| cookie.0 != name);
                self.0.push((name.to_owned(), value));
            }
        }
        answer
    }

    fn token(&mut self, address: SocketAddr) -> String {
        let page = self.send(address, "GET", "/connexion", "").body;
        let (_, rest) = page
            .split_once(r#"name="csrf" value=""#)
            .expect("a form with a token");
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Participants who sign in.
const PEOPLE: [&str; 2] = ["anne@exemple.example", "bruno@exemple.example"];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_to_sign_in_with_is_ever_in_the_log() {
    let database = TestDatabase::postgres().await;
    let address = database.address().to_owned();
    let season = season(&address, "Cyber-centre", &[(1, 2)]).await;
    let app = App::new(database.database(), Config::default())
        .await
        .unwrap();
    let mut links = Vec::new();
    for (name, email) in [("Anne Petit", PEOPLE[0]), ("Bruno Grand", PEOPLE[1])] {
        let input = PersonInput {
            name: name.into(),
            email: email.into(),
            ..PersonInput::default()
        };
        let person = people::create_person(&app, &Actor::System, &input)
            .await
            .unwrap();
        let link = link::personal(&app, &person).unwrap();
        links.push(link.split_once("/acces/").unwrap().1.to_owned());
    }
    let sink = MailSink::start().await;
    let smtp = sink.url();
    let mut server = Server::start(&address, &["--smtp", &smtp], "trace");
    let at = server.address();
    // Nobody's, but secret all the same.
    let mut secrets = vec![
        "une-phrase-toute-fausse".to_owned(),
        "faux-jeton-0123456789abcdef".to_owned(),
    ];

    let mut nadia = Browser::default();
    let form = nadia.token(at);
    let wrong = nadia.send(
        at,
        "POST",
        "/connexion",
        &format!("csrf={form}&email={EMAIL}&password=une-phrase-toute-fausse"),
    );
    assert_eq!(wrong.status, 422);
    let right = nadia.send(
        at,
        "POST",
        "/connexion",
        &format!("csrf={form}&email={EMAIL}&password={PASSWORD}"),
    );
    assert_eq!(right.status, 303, "{}", right.body);
    assert_eq!(nadia.send(at, "GET", "/bureau", "").status, 200);
    secrets.extend([PASSWORD.to_owned(), form]);

    for (person, email) in PEOPLE.iter().enumerate() {
        let mut browser = Browser::default();
        let form = browser.token(at);
        for way in ["code", "link"] {
            let sent = browser.send(
                at,
                "POST",
                "/connexion/courriel",
                &format!("csrf={form}&email={email}&way={way}"),
            );
            assert_eq!(sent.status, 200);
        }
        let code = code_of(&address, email).await;
        let wrong = browser.send(
            at,
            "POST",
            "/connexion/code",
            &format!("csrf={form}&email={email}&code=00{}", &code[..4]),
        );
        assert_eq!(wrong.status, 422);
        let right = browser.send(
            at,
            "POST",
            "/connexion/code",
            &format!("csrf={form}&email={email}&code={code}"),
        );
        assert_eq!(right.status, 303, "{}", right.body);
        let mut elsewhere = Browser::default();
        let right = elsewhere.send(at, "GET", &format!("/acces/{}", links[person]), "");
        assert_eq!(right.status, 303, "{}", right.body);
        let mut nowhere = Browser::default();
        let tampered = format!("{}0", links[person]);
        assert_eq!(
            nowhere
                .send(at, "GET", &format!("/acces/{tampered}"), "")
                .status,
            404
        );
        assert_eq!(
            nowhere
                .send(at, "GET", &format!("/acces/%2e%2e/{tampered}"), "")
                .status,
            404
        );
        assert_eq!(elsewhere.send(at, "GET", "/mon-espace", "").status, 200);
        secrets.push(links[person].clone());
        for browser in [&browser, &elsewhere] {
            secrets.extend(browser.0.iter().map(|cookie| cookie.1.clone()));
        }
        secrets.push(form);
    }
    secrets.extend(nadia.0.iter().map(|cookie| cookie.1.clone()));

    for (token, expected) in [
        (season.token.as_str(), 200),
        ("faux-jeton-0123456789abcdef", 401),
    ] {
        let bearer = format!("Bearer {token}");
        let answer = request(
            at,
            "GET",
            "/api/v1/people",
            &[("authorization", &bearer)],
            b"",
        )
        .unwrap();
        assert_eq!(answer.status, expected, "{}", answer.body);
    }
    secrets.push(season.token.clone());

    // The letters, which hold codes and links, leave as well.
    let letters = sink.wait_for(4).await;
    let codes: Vec<String> = letters
        .iter()
        .map(|letter| {
            letter
                .subject()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect::<String>()
        })
        .filter(|code| code.len() == 6)
        .collect();
    assert_eq!(codes.len(), 2);
    for letter in &letters {
        if let Some((_, rest)) = letter.text().split_once("/acces/") {
            secrets.push(rest.split_whitespace().next().unwrap().to_owned());
        }
    }
    let log = server.kill();
    assert!(
        log.contains("TRACE") && log.lines().count() > 200,
        "it was talkative"
    );
    assert!(secrets.len() >= 15 && secrets.iter().all(|secret| secret.len() >= 16));
    for secret in &secrets {
        let leak = log.lines().find(|line| line.contains(secret.as_str()));
        assert!(leak.is_none(), "{secret} is in the log: {leak:?}");
    }
    // Six digits can be there by chance; both codes cannot.
    let leaked = codes.iter().filter(|code| {
        log.lines()
            .any(|line| numbers(line).any(|number| number == code.as_str()))
    });
    assert!(leaked.count() < 2, "the codes {codes:?} are in the log");
    // Where there is no secret of one's own, there is that of the database's address.
    assert!(
        !log.contains("postgres://postgres@") && !log.contains("smtp://"),
        "addresses hold passwords"
    );
}

/// The numbers of a line, its time left out.
fn numbers(line: &str) -> impl Iterator<Item = &str> {
    let said = line
        .trim_start()
        .split_once(' ')
        .map_or("", |(_, said)| said);
    said.split(|letter: char| !letter.is_ascii_digit())
}

async fn code_of(address: &str, email: &str) -> String {
    let database = Database::open(address).await.unwrap();
    let mut db = database.read().await.unwrap();
    let subjects: Vec<(String,)> = db
        .fetch_all(
            "SELECT subject FROM mail WHERE kind = 'sign-in-code' AND recipient_address = $1",
            [email.into()],
        )
        .await
        .unwrap();
    drop(db);
    database.close().await;
    subjects[0].0.chars().take(6).collect()
}
