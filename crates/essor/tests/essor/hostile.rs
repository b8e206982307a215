//! Whatever is sent, by whomever: a clear answer, never a failure of ours, and nothing changed by what is refused.
//!
//! Everybody walks the demonstration along its links, fills every form met with what nobody would type, and tries every address of the
//! program with identifiers that are none or somebody else's.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use application::access::{Actor, sign_in};
use serde_json::{Value, json};
use testkit::{Form, Page, TestApp, TestDatabase, Visitor};

use crate::server::done;

const FORM: &str = "application/x-www-form-urlencoded";
/// The day of the tests' clock.
const TODAY: &str = "2026-10-05";

/// What nobody would type.
fn nasty() -> Vec<Vec<u8>> {
    let texts = [
        "",
        " \t\r\n ",
        "nul\0nul",
        "<script>alert(1)</script>\"'>",
        "' OR 1=1; DROP TABLE person; --",
        "=cmd|' /C calc'!A0",
        "../../etc/passwd",
        "00000000-0000-0000-0000-000000000000",
        "-1",
        "999999999999999999999999",
        "1e309",
        "2026-02-30",
        "9999-12-31",
        "-0001-01-01",
        "25:61",
        "\u{202e}\u{200b}🌾 ١٢ e\u{301}",
        "a\r\nSet-Cookie: session=x",
        "x@y",
        "{{ 7 * 7 }} %s %n ${x}",
    ];
    let mut all: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    all.push(vec![0xff, 0xfe, 0xc3]);
    all.push("é".repeat(5_000).into_bytes());
    all.push(vec![b'9'; 100_000]);
    all.push(vec![b'a'; 1_000_000]);
    all
}

/// Identifiers in an address, escaped.
const IDENTIFIERS: [&str; 9] = [
    "x",
    "..%2F..%2Fetc%2Fpasswd",
    "%00",
    "%FF%FE",
    "-1",
    "99999999999999999999999999",
    "00000000-0000-0000-0000-000000000000",
    "%3Cscript%3E%27%22%3B--",
    "%F0%9F%8C%BE.pdf",
];

fn encoded<'a>(fields: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push(b'&');
        }
        for (part, text) in [(0, name.as_bytes()), (1, value)] {
            if part == 1 {
                body.push(b'=');
            }
            for byte in text {
                if byte.is_ascii_alphanumeric() {
                    body.push(*byte);
                } else {
                    body.extend_from_slice(format!("%{byte:02X}").as_bytes());
                }
            }
        }
    }
    body
}

/// Every address of the program, as the sources say it.
fn routes() -> BTreeSet<String> {
    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for after in text.split(".route(").skip(1) {
                let argument = after.trim_start().split([',', ')']).next().unwrap();
                // By its name where it has one.
                let written = match argument.strip_prefix('"') {
                    Some(written) => written,
                    None => text
                        .split(&format!("const {argument}: &str = \""))
                        .nth(1)
                        .unwrap_or_default(),
                };
                if written.starts_with('/') {
                    found.insert(written.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src"),
        &mut found,
    );
    found
}

/// The address of the program that answers at this path: the most exact one.
fn route_of<'a>(routes: &'a BTreeSet<String>, path: &str) -> Option<&'a str> {
    let path = path.split(['?', '#']).next().unwrap();
    let holds = |route: &&String| {
        let (mut wanted, mut given) = (route.split('/'), path.split('/'));
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return true,
                (Some(wanted), Some(given)) if wanted.starts_with('{') || wanted == given => {}
                _ => return false,
            }
        }
    };
    routes
        .iter()
        .filter(holds)
        .min_by_key(|route| route.matches('{').count())
        .map(String::as_str)
}

/// Somebody who means no good.
struct Intruder<'a> {
    role: &'static str,
    visitor: Visitor,
    test: &'a TestApp,
    /// Good for a form of any page.
    token: String,
    faults: BTreeMap<String, String>,
    requests: usize,
}

impl<'a> Intruder<'a> {
    async fn new(test: &'a TestApp, role: &'static str, actor: Actor) -> Self {
        let mut visitor = test.visitor_as(actor);
        let page = visitor.get("/mentions?lang=fr").await;
        let forms = page.forms();
        let token = forms
            .iter()
            .find_map(|form| form.value("csrf"))
            .map(str::to_owned);
        let token = match token {
            Some(token) => token,
            None => visitor
                .get("/connexion")
                .await
                .forms()
                .iter()
                .find_map(|form| form.value("csrf"))
                .unwrap()
                .to_owned(),
        };
        Self {
            role,
            visitor,
            test,
            token,
            faults: BTreeMap::new(),
            requests: 0,
        }
    }

    async fn events(&self) -> i64 {
        application::history::newest(&self.test.app).await.unwrap()
    }

    fn note(&mut self, what: &str, wrong: &str) {
        self.faults
            .entry(format!("{}: {what}: {wrong}", self.role))
            .or_default();
    }

    /// Sends it; no failure, and nothing written when it is refused.
    async fn send(&mut self, method: &str, path: &str, kind: &str, body: Vec<u8>) -> Page {
        let before = self.events().await;
        let shown: String = String::from_utf8_lossy(&body)
            .chars()
            .filter(|letter| *letter != '\0')
            .take(300)
            .collect();
        let page = self.visitor.raw(method, path, kind, body).await;
        self.requests += 1;
        let status = page.status.as_u16();
        if status >= 500 {
            self.note(
                &format!("{method} {}", path.chars().take(120).collect::<String>()),
                &format!("{status} for {shown}"),
            );
        }
        if status >= 400 && self.events().await != before {
            self.note(
                &format!("{method} {path}"),
                &format!("{status} but something was written for {shown}"),
            );
        }
        for (name, value) in &page.headers {
            if name == "set-cookie" && value.as_bytes().starts_with(b"session=x") {
                self.note(path, "a header was smuggled in");
            }
        }
        page
    }

    /// Fills a form badly: every field at once, and each field alone beside good ones. Answers the forms that came back.
    async fn misuse(&mut self, form: &Form, turn: usize) -> Vec<Form> {
        let nasty = nasty();
        let method = if form.is_posted() { "POST" } else { "GET" };
        let good: Vec<(String, Vec<u8>)> = form
            .fields()
            .iter()
            .map(|(name, value)| (name.clone(), value.as_bytes().to_vec()))
            .collect();
        let mut bodies = Vec::new();
        for round in 0..3 {
            let bad = good.iter().enumerate().map(|(place, (name, value))| {
                let value = if name == "csrf" {
                    value.clone()
                } else {
                    nasty[(turn + 6 * round + place) % nasty.len()].clone()
                };
                (name.clone(), value)
            });
            bodies.push(bad.collect::<Vec<_>>());
        }
        for (place, (name, _)) in good
            .iter()
            .enumerate()
            .filter(|(_, field)| field.0 != "csrf")
        {
            let mut one = good.clone();
            one[place].1 = nasty[(turn + 7 * place) % nasty.len()].clone();
            // Now and then twice the same name, where a form has it once.
            if place % 3 == 2 {
                one.push((name.clone(), b"encore".to_vec()));
            }
            bodies.push(one);
        }
        // Without the fields at all.
        bodies.push(
            good.iter()
                .filter(|field| field.0 == "csrf")
                .cloned()
                .collect(),
        );
        let mut found = Vec::new();
        for body in bodies {
            let body = encoded(
                body.iter()
                    .map(|(name, value)| (name.as_str(), value.as_slice())),
            );
            let page = if form.is_posted() {
                self.send(method, form.action(), FORM, body).await
            } else if body.len() < 60_000 {
                let path = form.action().split('?').next().unwrap().to_owned();
                let query = String::from_utf8(body).unwrap();
                self.send("GET", &format!("{path}?{query}"), "", Vec::new())
                    .await
            } else {
                continue;
            };
            found.extend(page.forms());
        }
        found
    }

    /// Follows the links from `starts`, one page of every kind, and misuses every form met.
    async fn walk(&mut self, routes: &BTreeSet<String>, starts: &[&str]) -> BTreeSet<String> {
        let mut pages: VecDeque<String> = starts.iter().map(|start| (*start).to_owned()).collect();
        let (mut seen, mut forms_seen) = (BTreeSet::new(), BTreeSet::new());
        let mut forms: Vec<Form> = Vec::new();
        while let Some(path) = pages.pop_front() {
            let Some(route) = route_of(routes, &path) else {
                continue;
            };
            let is_file =
                path.contains(".pdf") || path.contains("format=") || path.contains(".zip");
            if is_file || !seen.insert(route.to_owned()) {
                continue;
            }
            let page = self.send("GET", &path, "", Vec::new()).await;
            if !page
                .headers
                .get("content-type")
                .is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
            {
                continue;
            }
            pages.extend(page.attributes("a[href^='/']", "href"));
            forms.extend(page.forms());
        }
        // What takes away comes last, so that there is something left to misuse.
        let takes_away = |form: &Form| {
            [
                "supprimer",
                "effac",
                "annuler",
                "deconnexion",
                "retir",
                "reunir",
                "cloture",
            ]
            .iter()
            .any(|word| form.action().contains(word))
        };
        forms.sort_by_key(takes_away);
        let mut queue = VecDeque::from(forms);
        let mut turn = 0;
        while let Some(form) = queue.pop_front() {
            let Some(route) = route_of(routes, form.action()) else {
                continue;
            };
            let names: BTreeSet<_> = form.fields().iter().map(|field| field.0.clone()).collect();
            if leaves(form.action())
                || !forms_seen.insert((route.to_owned(), form.is_posted(), names))
                || forms_seen.len() > 250
            {
                continue;
            }
            turn += 1;
            queue.extend(self.misuse(&form, turn).await);
        }
        forms_seen.into_iter().map(|form| form.0).collect()
    }

    /// Tries every address with identifiers that are none, or somebody else's.
    async fn knock(&mut self, routes: &BTreeSet<String>, others: &Others, thorough: bool) {
        let form = encoded([("csrf", self.token.clone().as_bytes())]);
        for (number, route) in routes.iter().filter(|route| !leaves(route)).enumerate() {
            let has_identifier = route.contains('{');
            let mut identifiers: Vec<&str> = match (has_identifier, thorough) {
                (false, _) => vec![""],
                (true, true) => (0..3)
                    .map(|turn| IDENTIFIERS[(number + 4 * turn) % IDENTIFIERS.len()])
                    .collect(),
                (true, false) => vec![IDENTIFIERS[number % IDENTIFIERS.len()]],
            };
            // Somebody else's, and one of another kind.
            if has_identifier {
                let own = others
                    .iter()
                    .position(|(word, _)| route.contains(word))
                    .unwrap_or(number % others.len());
                identifiers.push(&others[own].1);
                identifiers.push(&others[(own + 1) % others.len()].1);
            }
            for (turn, identifier) in identifiers.into_iter().enumerate() {
                let path: Vec<&str> = route
                    .split('/')
                    .map(|part| {
                        if part.starts_with('{') {
                            identifier
                        } else {
                            part
                        }
                    })
                    .collect();
                let path = path.join("/");
                self.send("GET", &path, "", Vec::new()).await;
                self.send("POST", &path, FORM, form.clone()).await;
                if turn == 0 && thorough {
                    self.send("POST", &path, FORM, b"csrf=%FF&%FF=%00&&&=".to_vec())
                        .await;
                    self.send("POST", &path, FORM, vec![0xff; 64]).await;
                    self.send("POST", &path, "application/json", b"{\"a\":".to_vec())
                        .await;
                    self.send(
                        "POST",
                        &path,
                        "multipart/form-data; boundary=x",
                        b"--x\r\nContent-Disp".to_vec(),
                    )
                    .await;
                    self.send("POST", &path, "multipart/form-data", Vec::new())
                        .await;
                    self.send("POST", &path, FORM, vec![b'a'; 1_000_000]).await;
                    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
                        self.send(method, &path, "", Vec::new()).await;
                    }
                }
            }
        }
    }
}

/// Afterwards one is nobody any more.
fn leaves(path: &str) -> bool {
    path.contains("deconnexion") || path.ends_with("/effacement") || path.starts_with("/acces")
}

/// A word of addresses, and an identifier of what it speaks of.
type Others = Vec<(&'static str, String)>;

/// One row of each table that addresses speak of.
async fn others(test: &TestApp) -> Others {
    let mut db = test.app.read().await.unwrap();
    let statements = [
        (
            "seances/",
            "SELECT MIN(id) FROM session WHERE stage = 'confirmed'",
        ),
        (
            "inscriptions/",
            "SELECT MIN(id) FROM enrolment WHERE stage = 'placed'",
        ),
        ("personnes/", "SELECT MIN(id) FROM person"),
        ("comptes/", "SELECT MIN(id) FROM account"),
        ("lieux/", "SELECT MIN(id) FROM site"),
        ("souhaits/", "SELECT MIN(id) FROM wish"),
        ("courrier/", "SELECT MIN(id) FROM mail"),
        ("attestations/", "SELECT MIN(id) FROM certificate"),
        ("questionnaire/", "SELECT MIN(id) FROM response"),
        ("organisations/", "SELECT MIN(id) FROM organisation"),
        ("formateurs/", "SELECT MIN(id) FROM trainer"),
        ("referents/", "SELECT MIN(id) FROM referent"),
        ("prestataires/", "SELECT MIN(id) FROM provider"),
        ("territoires/", "SELECT MIN(id) FROM territory"),
        ("programmes/", "SELECT MIN(slug) FROM programme"),
        ("saison", "SELECT MIN(slug) FROM season"),
    ];
    let mut others = Others::new();
    for (word, statement) in statements {
        let rows: Vec<(Option<String>,)> = db.fetch_all(statement, []).await.unwrap();
        others.extend(rows.into_iter().filter_map(|row| Some((word, row.0?))));
    }
    others
}

/// The demonstration in a database of one's own: made once for a build of the program, and copied.
async fn demonstration() -> (TestApp, Value) {
    let built = std::fs::metadata(env!("CARGO_BIN_EXE_essor"))
        .unwrap()
        .modified()
        .unwrap();
    let built = built
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_millis();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let made = folder.join(format!("demonstration-{built}"));
    if !made.exists() {
        // Several tests may be here at once: each makes its own, the first to finish stays.
        let making = tempfile::tempdir_in(folder).unwrap();
        let data = making.path().to_str().unwrap();
        let database = format!("sqlite:{data}/essor.sqlite");
        done(&[
            "demo",
            "seed",
            "--json",
            "--today",
            TODAY,
            "--database",
            &database,
            "--data-dir",
            data,
        ]);
        if std::fs::rename(making.path(), &made).is_err() {
            assert!(made.exists());
        }
    }
    let source = made.join("essor.sqlite").display().to_string();
    let source = store::Database::open(&source).await.unwrap();
    let database = TestDatabase::sqlite().await;
    store::transfer::copy(&source, &database, true, None, |_, _| {})
        .await
        .unwrap();
    source.close().await;
    let accounts = std::fs::read_to_string(made.join("demo-credentials.json")).unwrap();
    (
        TestApp::on(database).await,
        serde_json::from_str(&accounts).unwrap(),
    )
}

async fn actor(test: &TestApp, account: &Value) -> Actor {
    if let Some(link) = account["link"].as_str() {
        let link = link.split("/acces/").nth(1).unwrap();
        return sign_in::with_link(&test.app, link, "").await.unwrap().actor;
    }
    let (email, password) = (
        account["email"].as_str().unwrap(),
        account["password"].as_str().unwrap(),
    );
    sign_in::with_password(&test.app, email, password, "", "")
        .await
        .unwrap()
        .actor
}

fn nothing_wrong(faults: BTreeMap<String, String>) {
    let faults: Vec<_> = faults.into_keys().collect();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

/// As `role`: the walk along the links, then every address.
async fn intrude(role: &'static str, starts: &[&str], at_least: usize) {
    let (test, accounts) = demonstration().await;
    let who = if role == "visitor" {
        Actor::Visitor
    } else {
        actor(&test, &accounts[role]).await
    };
    let routes = routes();
    assert!(
        routes.len() > 140,
        "the addresses are found: {}",
        routes.len()
    );
    let others = others(&test).await;
    let mut intruder = Intruder::new(&test, role, who).await;
    let forms = intruder.walk(&routes, starts).await;
    let thorough = matches!(role, "administrator" | "visitor");
    intruder.knock(&routes, &others, thorough).await;
    assert!(
        forms.len() >= at_least,
        "{role} met these forms only: {forms:#?}"
    );
    nothing_wrong(intruder.faults);
}

#[tokio::test]
async fn a_visitor_breaks_nothing() {
    intrude(
        "visitor",
        &[
            "/",
            "/souhaits",
            "/questionnaire",
            "/connexion",
            "/connexion/code",
            "/attestations",
        ],
        8,
    )
    .await;
}

#[tokio::test]
async fn a_participant_breaks_nothing() {
    intrude("participant", &["/mon-espace", "/agenda"], 8).await;
}

#[tokio::test]
async fn a_trainer_breaks_nothing() {
    intrude("trainer", &["/formateur", "/bureau/compte"], 6).await;
}

#[tokio::test]
async fn a_referent_breaks_nothing() {
    intrude(
        "referent",
        &["/referent", "/bureau/saisie", "/bureau/personnes"],
        6,
    )
    .await;
}

#[tokio::test]
async fn an_administrator_breaks_nothing() {
    intrude(
        "administrator",
        &["/bureau", "/bureau/comptes", "/bureau/compte", "/formateur"],
        60,
    )
    .await;
}

/// Values of every kind that JSON has.
fn nasty_json() -> Vec<Value> {
    let mut all: Vec<Value> = nasty()
        .into_iter()
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .filter(|text| text.len() < 200_000)
        .map(Value::from)
        .collect();
    all.extend([
        json!(null),
        json!(true),
        json!(-1),
        json!(1e300),
        json!(u64::MAX),
        json!([]),
        json!([[["a"]]]),
        json!({"a": {}}),
    ]);
    all
}

/// `body` with each of its values in turn replaced by each of the nasty ones, or left out.
fn spoilt(body: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    if let Value::Object(fields) = body {
        for (name, value) in fields {
            let mut without = body.clone();
            without.as_object_mut().unwrap().remove(name);
            all.push(without);
            for bad in nasty_json().into_iter().chain(spoilt(value)) {
                let mut with = body.clone();
                with[name] = bad;
                all.push(with);
            }
        }
    }
    all
}

#[tokio::test]
async fn a_program_breaks_nothing() {
    let (test, accounts) = demonstration().await;
    let others = others(&test).await;
    let session = others[0].1.clone();
    let token = accounts["coordinator"]["api_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let mut intruder = Intruder::new(&test, "api", Actor::Visitor).await;
    intruder.visitor = test
        .visitor()
        .with_header("authorization", &format!("Bearer {token}"));
    let person = json!({
        "name": "Zoe Bel", "email": "zoe@exemple.example", "phone": "0321000000", "commune": "62767",
        "organisation": "Ferme", "profiles": ["agriculteur"],
    });
    let enrolment = json!({ "person": person.clone() });
    let mark = json!({ "person": others[2].1, "mark": "late", "minutes": 5, "version": 0 });
    let calls = [
        (
            "POST",
            format!("/api/v1/sessions/{session}/enrolments"),
            enrolment,
        ),
        ("POST", "/api/v1/people".to_owned(), person),
        (
            "PUT",
            format!("/api/v1/sessions/{session}/attendance"),
            mark,
        ),
    ];
    for (method, path, body) in &calls {
        for body in spoilt(body) {
            intruder
                .send(
                    method,
                    path,
                    "application/json",
                    body.to_string().into_bytes(),
                )
                .await;
        }
        for body in [
            &b""[..],
            b"{",
            b"null",
            b"[]",
            b"\"\"",
            b"\xff\xfe",
            b"{\"person\":1,\"person\":2}",
            &[b'['; 100_000],
        ] {
            let page = intruder
                .send(method, path, "application/json", body.to_vec())
                .await;
            assert!(
                (400..500).contains(&page.status.as_u16()),
                "{path}: {}",
                page.status
            );
            let problem = page.json();
            assert!(
                problem["title"].is_string() && problem["detail"].is_string(),
                "{problem}"
            );
        }
        for kind in [
            "",
            "text/plain",
            FORM,
            "application/json; charset=\"",
            "multipart/form-data; boundary=x",
        ] {
            intruder
                .send(method, path, kind, body.to_string().into_bytes())
                .await;
        }
        let page = intruder
            .send(method, path, "application/json", vec![b' '; 1_000_000])
            .await;
        assert_eq!(page.status.as_u16(), 413, "{path}");
        for identifier in IDENTIFIERS {
            let path = path.replace(&session, identifier);
            intruder
                .send(
                    method,
                    &path,
                    "application/json",
                    body.to_string().into_bytes(),
                )
                .await;
        }
    }
    for list in [
        "/api/v1/sessions",
        "/api/v1/people",
        "/communes/suggestions",
        "/agenda.ics",
        "/agenda.atom",
        "/agenda",
    ] {
        for name in [
            "from", "until", "module", "site", "status", "free", "cursor", "limit", "q", "jour",
            "commune", "km", "page", "tri", "%FF",
        ] {
            let values = nasty().into_iter().filter(|value| value.len() < 20_000);
            for value in values.skip(name.len() % 4).step_by(4) {
                let value = encoded([("x", value.as_slice())]);
                let query = format!("{name}={}", String::from_utf8(value[2..].to_vec()).unwrap());
                intruder
                    .send("GET", &format!("{list}?{query}"), "", Vec::new())
                    .await;
            }
        }
    }
    for bearer in [
        "",
        "Bearer",
        "Bearer ",
        "Basic eDp4",
        "Bearer \u{e9}",
        &format!("Bearer {}", "a".repeat(10_000)),
    ] {
        let mut visitor = test.visitor().with_header("authorization", bearer);
        let page = visitor.raw("GET", "/api/v1/people", "", Vec::new()).await;
        assert_eq!(
            page.status.as_u16(),
            401,
            "{}",
            bearer.chars().take(20).collect::<String>()
        );
    }
    for key in ["", " ", "\u{e9}", &"k".repeat(201)] {
        let mut visitor = test
            .visitor()
            .with_header("authorization", &format!("Bearer {token}"))
            .with_header("idempotency-key", key);
        let page = visitor
            .raw(
                "POST",
                &calls[0].1,
                "application/json",
                calls[0].2.to_string().into_bytes(),
            )
            .await;
        assert_eq!(page.status.as_u16(), 400, "a key of {} letters", key.len());
    }
    assert!(intruder.requests > 300);
    nothing_wrong(intruder.faults);
}

/// A form with one file.
fn upload(token: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let mut body = format!(
        "--grenze\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--grenze\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--grenze--\r\n");
    body
}

#[tokio::test]
async fn a_file_breaks_nothing() {
    let (test, accounts) = demonstration().await;
    let who = actor(&test, &accounts["administrator"]).await;
    let mut intruder = Intruder::new(&test, "administrator", who).await;
    let overview = intruder.visitor.get("/bureau/imports").await;
    let lists: BTreeSet<String> = overview
        .attributes("main a[href^='/bureau/imports/']", "href")
        .into_iter()
        .filter(|href| href.matches('/').count() == 3)
        .map(|href| href.split('?').next().unwrap().to_owned())
        .collect();
    assert!(!lists.is_empty());
    let token = intruder.token.clone();
    let kind = "multipart/form-data; boundary=grenze";
    for list in &lists {
        let model = intruder
            .visitor
            .get(&format!("{list}/modele?format=csv"))
            .await
            .body;
        let head = String::from_utf8_lossy(&model)
            .lines()
            .next()
            .unwrap_or_default()
            .trim_start_matches('\u{feff}')
            .to_owned();
        let columns = head.split(';').count();
        let mut files: Vec<(&str, Vec<u8>)> = vec![
            ("vide.csv", Vec::new()),
            ("../../etc/passwd", b"root:x:0:0".to_vec()),
            ("tableau.xlsx", b"PK\x03\x04 not a workbook".to_vec()),
            ("tableau.xlsx", vec![0xff; 4096]),
            ("liste.csv", vec![0; 4096]),
            ("liste.csv", b"\xff\xfe\xc3\x28;\x80\n\xff;\xff\n".to_vec()),
            ("liste.csv", b"\"un guillemet jamais ferm\xe9;\n".to_vec()),
            ("liste.csv", vec![b';'; 200_000]),
            ("liste.csv", vec![b'\n'; 200_000]),
            ("liste.csv", vec![b'a'; 11 * 1024 * 1024]),
            ("liste", head.clone().into_bytes()),
            (
                "liste.csv",
                format!("{head}\n{head}\n;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n").into_bytes(),
            ),
        ];
        for value in nasty().iter().filter(|value| value.len() < 200_000) {
            let mut file = format!("{head}\n").into_bytes();
            for column in 0..columns {
                if column > 0 {
                    file.push(b';');
                }
                file.push(b'"');
                file.extend(value.iter().flat_map(|byte| {
                    if *byte == b'"' {
                        vec![b'"', b'"']
                    } else {
                        vec![*byte]
                    }
                }));
                file.push(b'"');
            }
            file.push(b'\n');
            files.push(("liste.csv", file));
        }
        for (name, content) in files {
            let page = intruder
                .send("POST", list, kind, upload(&token, name, &content))
                .await;
            for form in page
                .forms()
                .iter()
                .filter(|form| form.action().ends_with("/confirmer"))
            {
                let fields = form
                    .fields()
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_bytes()));
                intruder
                    .send("POST", form.action(), FORM, encoded(fields))
                    .await;
            }
        }
        for body in [
            &b""[..],
            b"--grenze",
            b"--grenze--\r\n",
            b"--grenze\r\n\r\n\r\n--grenze--",
            b"--autre\r\n\r\nx\r\n--autre--",
        ] {
            intruder.send("POST", list, kind, body.to_vec()).await;
        }
        let broken = upload(&token, "liste.csv", b"a;b");
        intruder
            .send("POST", list, kind, broken[..broken.len() - 20].to_vec())
            .await;
        intruder
            .send("POST", list, kind, upload("faux", "liste.csv", b"a;b"))
            .await;
        intruder
            .send(
                "POST",
                list,
                kind,
                upload(&token, "a\0b\u{202e}.csv", b"a;b"),
            )
            .await;
        let many =
            "--grenze\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n".repeat(300);
        intruder
            .send(
                "POST",
                list,
                kind,
                format!("{many}--grenze--\r\n").into_bytes(),
            )
            .await;
    }
    assert!(intruder.requests > 100, "{}", intruder.requests);
    nothing_wrong(intruder.faults);
}
