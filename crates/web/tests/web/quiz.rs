//! Quizzes in a browser without script: made from a file, answered, corrected, entered from paper; and the preparation of a session.

use application::access::{Actor, Role, link};
use axum::http::StatusCode;
use testkit::{Page, Visitor, staff};

use crate::attendance::{Scene, scene};

/// A form with a file, as a browser sends it.
async fn upload(visitor: &mut Visitor, page: &Page, fields: &[(&str, &str)], file: &[u8]) -> Page {
    let form = page.form("main form[enctype]");
    let csrf = form.value("csrf").unwrap().to_owned();
    let version = form.value("version").map(str::to_owned);
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        body.extend_from_slice(
            format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"csrf\"", csrf.as_bytes());
    if let Some(version) = version {
        part("name=\"version\"", version.as_bytes());
    }
    for (name, value) in fields {
        part(&format!("name=\"{name}\""), value.as_bytes());
    }
    if !file.is_empty() {
        part(
            "name=\"file\"; filename=\"../../quiz.gift\"\r\nContent-Type: text/plain",
            file,
        );
    }
    body.extend_from_slice(b"--b--\r\n");
    let sent = visitor
        .raw(
            "POST",
            form.action(),
            "multipart/form-data; boundary=b",
            body,
        )
        .await;
    match sent.headers.get("location") {
        Some(to) => {
            let to = to.to_str().unwrap().to_owned();
            visitor.get(&to).await
        }
        None => sent,
    }
}

const GIFT: &str = "Quel signe ? <script>alert(1)</script> {=arobase ~dièse#<b>Non</b>}

Que joindre ? {~%50%photo ~%50%devis ~%-100%chaise}

Le cadenas suffit. {F#Non.}

Le signe @ se dit {=arobase}

Combien ? {#12:1}

Associez. {=Répondre -> à un =Répondre à tous -> à tous}

[html]<img src=x onerror=alert(2)>Un texte&nbsp;!
";

/// A quiz of the sessions' module, offered.
async fn offered(scene: &Scene) -> (Visitor, String) {
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    let new = paul.get("/bureau/quiz/nouveau").await;
    let fields = [("title", "Le <i>courriel</i>"), ("module", scene.module)];
    let page = upload(&mut paul, &new, &fields, GIFT.as_bytes()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(page.path.starts_with("/bureau/quiz/"), "{}", page.path);
    let page = paul.submit(&page.form("dl + .actions form")).await;
    assert_eq!(page.one("h1 + p .badge"), "Proposé");
    let id = page.path.rsplit('/').next().unwrap().to_owned();
    (paul, id)
}

#[tokio::test]
async fn a_trainer_makes_a_quiz_from_a_file_that_says_what_is_wrong_with_it() {
    let scene = scene().await;
    let mut paul = scene.app.visitor_as(scene.trainer.clone());
    let new = paul.get("/bureau/quiz/nouveau").await;
    let fields = [("title", "Courriel"), ("module", scene.module)];
    // Written by an old program: Windows' letters, and a question without answers.
    let old = b"Bien \xe9crit ? {T}\r\n\r\nEssai {}\r\n";
    let page = upload(&mut paul, &new, &fields, old).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page.all("#questions-a-revoir tbody td")[..2],
        ["3", "Essai"]
    );
    assert!(page.one("textarea[name=text]").contains("Bien écrit"));
    let form = page.form("main form[enctype]");
    assert_eq!(
        form.value("title"),
        Some("Courriel"),
        "what was typed is kept"
    );
    let kept = [fields[0], fields[1], ("keep", "oui")];
    let page = upload(&mut paul, &new, &kept, old).await;
    assert_eq!(page.all("article.sheet").len(), 1);
    assert!(page.text().contains("ligne 3"), "{}", page.text());

    for huge in [vec![b'a'; 600_000], b"PK\x03\x04\x00\x00".to_vec()] {
        let page = upload(&mut paul, &new, &fields, &huge).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.one(".error").is_empty());
    }
    let page = upload(&mut paul, &new, &fields, &vec![b'a'; 11 << 20]).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    // A quiz that comes with the program.
    let ready = paul.get("/bureau/quiz/nouveau?pret=courriel").await;
    let form = ready.form("main form[enctype]");
    assert_eq!(form.value("module"), Some("courriel"));
    assert!(form.value("text").unwrap().contains("arobase"));
    for visitor in [
        &mut scene.app.visitor(),
        &mut scene.app.staff(Role::Referent),
    ] {
        let page = visitor.get("/bureau/quiz").await;
        assert!(page.path != "/bureau/quiz" || page.status == StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn hostile_questions_are_shown_as_they_are_written_and_never_run() {
    let scene = scene().await;
    let (mut paul, id) = offered(&scene).await;
    let here = format!("/bureau/quiz/{id}");
    for path in [
        here.clone(),
        format!("{here}/apercu"),
        format!("{here}/resultats"),
    ] {
        let page = paul.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(
            page.all("main script, main img, h1 i, main b:not([class]) b")
                .is_empty(),
            "{path}"
        );
        assert!(!page.text().contains("onerror"), "{path}");
    }
    let page = paul.get(&format!("{here}/apercu")).await;
    assert!(
        page.text().contains("&lt;script&gt;alert(1)"),
        "{}",
        page.text()
    );
    let tried = paul
        .submit(&page.form("main form").fill("q0", "1").fill("anyway", "oui"))
        .await;
    assert!(
        tried.text().contains("&lt;b&gt;Non&lt;"),
        "{}",
        tried.text()
    );
    let gift = paul.get(&format!("{here}/export.gift")).await;
    assert!(
        gift.headers["content-type"]
            .to_str()
            .unwrap()
            .starts_with("text/plain")
    );
    for pdf in ["papier.pdf", "papier.pdf?corrige=oui"] {
        assert!(
            paul.get(&format!("{here}/{pdf}"))
                .await
                .body
                .starts_with(b"%PDF-")
        );
    }
    // The form of every question, and of every kind.
    for place in 0..7 {
        let page = paul.get(&format!("{here}/questions/{place}")).await;
        let saved = paul.submit(&page.form("main form")).await;
        assert!(
            saved.path.starts_with(&format!("{here}#")),
            "{place}: {}",
            saved.text()
        );
    }
    for kind in [
        "single",
        "multiple",
        "truth",
        "words",
        "number",
        "matching",
        "description",
    ] {
        let page = paul
            .get(&format!("{here}/questions/nouvelle?genre={kind}"))
            .await;
        let wrong = paul.submit(&page.form("main form").fill("text", "")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
    }
    // A page that somebody else's change has overtaken.
    let old = paul
        .get(&format!("{here}/questions/2"))
        .await
        .form("main form");
    paul.submit(&old.clone().fill("text", "Premier.")).await;
    let stale = paul.submit(&old.fill("text", "Second.")).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Premier.") && stale.text().contains("Second."));
    let kept = paul.submit(&stale.form("main form")).await;
    assert!(kept.text().contains("Second."), "{}", kept.text());
}

#[tokio::test]
async fn a_participant_answers_sees_the_correction_and_the_trainer_what_was_missed() {
    let scene = scene().await;
    let (mut paul, id) = offered(&scene).await;
    let [anne, luc] = &scene.people;
    let person = |id: &str| Actor::Participant {
        person: id.parse().unwrap(),
        name: "Anne".into(),
    };
    let mut visitor = scene.app.visitor_as(person(anne));
    let address = format!("/mon-espace/seances/{}/quiz/{id}", scene.session);
    let early = visitor.get(&address).await;
    assert_eq!(
        early.status,
        StatusCode::CONFLICT,
        "the evaluation has not begun"
    );
    let later = jiff::Timestamp::from_millisecond(scene.ends - 60_000).unwrap();
    scene.app.clock.set(later);
    let space = visitor.get("/mon-espace").await;
    assert_eq!(
        space.attributes("#quiz + ul a", "href"),
        std::slice::from_ref(&address)
    );
    let page = visitor.get(&address).await;
    let form = page
        .form("main form")
        .fill("q0", "0")
        .tick("q1", "0")
        .fill("q2", "false")
        .fill("q3", "ARROBASE")
        .fill("q4", "douze")
        .fill("q5-0", "1");
    let again = visitor.submit(&form).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        again.all(".error").len(),
        2,
        "a number, and half of the pairs"
    );
    let form = again.form("main form");
    assert_eq!(form.value("q3"), Some("ARROBASE"), "answers are kept");
    let form = form.fill("q4", "12").fill("q5-1", "1");
    let sheet = visitor.submit(&form).await;
    assert_eq!(sheet.path, address);
    assert_eq!(sheet.all("article h3 .badge").len(), 6);
    assert!(
        sheet.text().contains("3 réponses justes sur 6"),
        "{}",
        sheet.text()
    );
    // The back button, and the same sheet once more.
    let twice = visitor.submit(&form).await;
    assert_eq!(twice.path, address);
    let results = paul
        .get(&format!("/formateur/seances/{}/quiz", scene.session))
        .await;
    assert!(
        results.text().contains("Une personne a répondu"),
        "{}",
        results.text()
    );
    assert!(results.all("tbody tr .badge")[0].contains("Manquée par beaucoup"));
    let csv = paul
        .get(&format!(
            "/formateur/seances/{}/quiz?format=csv",
            scene.session
        ))
        .await;
    assert_eq!(csv.text().lines().count(), 7, "{}", csv.text());

    // Luc's through the link, and nobody else's.
    let link = link::quiz(
        &scene.app.app,
        scene.session.parse().unwrap(),
        luc.parse().unwrap(),
    );
    let link = link.unwrap();
    let path = link.split_once("/quiz/").unwrap().1;
    let mut anybody = scene.app.visitor();
    let page = anybody.get(&format!("/quiz/{path}")).await;
    let done = anybody
        .submit(&page.form("main form").fill("q0", "1").fill("anyway", "oui"))
        .await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(done.text().contains("Aucune réponse"), "{}", done.text());
    assert!(!done.text().contains("Anne"));
    let wrong = format!("/quiz/{path}0");
    assert_eq!(anybody.get(&wrong).await.status, StatusCode::NOT_FOUND);
    let other = format!("/mon-espace/seances/{}/quiz/{id}", scene.other);
    assert_eq!(visitor.get(&other).await.status, StatusCode::NOT_FOUND);
    assert_ne!(anybody.get(&address).await.path, address, "sign in first");
    let mut paul_there = scene.app.visitor_as(scene.trainer.clone());
    assert_eq!(paul_there.get(&address).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn paper_is_entered_with_the_keyboard_from_one_person_to_the_next() {
    let scene = scene().await;
    let (mut paul, id) = offered(&scene).await;
    let [anne, luc] = &scene.people;
    let here = format!("/formateur/seances/{}/quiz", scene.session);
    let list = paul.get(&here).await;
    let entries = list.attributes("a[href*='/saisie/']", "href");
    assert_eq!(
        entries,
        [anne, luc].map(|one| format!("{here}/{id}/saisie/{one}"))
    );
    let page = paul.get(&entries[0]).await;
    let typed = |form: testkit::Form, all: [&str; 6]| {
        all.iter()
            .fold(form.clear("typed"), |form, one| form.tick("typed", one))
    };
    let wrong = typed(
        page.form("main form"),
        ["Z", "", "V", "arobase", "12", "AB"],
    );
    let wrong = paul.submit(&wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.all(".field.wrong").len(), 1);
    let right = typed(
        wrong.form("main form"),
        ["A", "", "V", "arobase", "12", "AB"],
    );
    let next = paul.submit(&right).await;
    assert_eq!(next.path, entries[1], "on to the next person");
    let again = paul.get(&entries[0]).await.form("main form");
    assert_eq!(again.value("version"), Some("1"));
    paul.submit(&typed(again.clone(), ["B", "", "V", "arobase", "12", "AB"]))
        .await;
    let stale = paul
        .submit(&typed(again, ["A", "", "F", "arobase", "12", "AB"]))
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert_eq!(stale.form("main form").value("version"), Some("2"));
    let foreign = format!("/formateur/seances/{}/quiz/{id}/saisie/{anne}", scene.other);
    assert_eq!(paul.get(&foreign).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_preparation_tells_the_hours_the_room_and_the_people() {
    let scene = scene().await;
    let (mut paul, id) = offered(&scene).await;
    let days = paul.get("/formateur").await;
    let here = format!("/formateur/seances/{}/preparation", scene.session);
    assert!(days.attributes("a", "href").contains(&here));
    let page = paul.get(&here).await;
    assert_eq!(page.all("tbody tr").len(), 4);
    assert!(page.text().contains("Grands caractères"), "{}", page.text());
    assert!(
        page.all(".badge")
            .iter()
            .any(|badge| badge.contains("Salle à choisir"))
    );
    let papers = page.attributes("main ul a", "href");
    assert!(papers.contains(&format!(
        "/bureau/quiz/{id}/papier.pdf?seance={}&corrige=oui",
        scene.session
    )));
    for paper in papers.iter().filter(|paper| paper.contains(".pdf")) {
        assert!(paul.get(paper).await.body.starts_with(b"%PDF-"), "{paper}");
    }
    let foreign = format!("/formateur/seances/{}/preparation", scene.other);
    assert_eq!(paul.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let mut desk = scene.app.visitor_as(staff(Role::Coordinator));
    assert_eq!(desk.get(&foreign).await.status, StatusCode::OK);
    for path in [
        "/bureau/quiz",
        "/bureau/quiz/resultats",
        "/bureau/quiz?format=xlsx",
    ] {
        assert_eq!(desk.get(path).await.status, StatusCode::OK, "{path}");
    }
    let link = format!("/bureau/quiz/{id}");
    let copy = desk.get(&format!("{link}/copier")).await;
    let copied = desk
        .submit(&copy.form("main form").fill("module", "securite"))
        .await;
    assert_ne!(copied.path, link);
    let settings = desk.get(&format!("{link}/modifier")).await;
    let saved = desk
        .submit(
            &settings
                .form("main form")
                .fill("title", "Autre")
                .fill("again", "oui"),
        )
        .await;
    assert!(saved.one("h1").contains("Autre"), "{}", saved.one("h1"));
}
