//! The talk at the end of a path and what people think, from a browser without script.

use application::access::{Actor, Role};
use application::attendance::{Command, mark};
use application::enrolment::{Origin, register};
use application::people::PersonInput;
use jiff::Timestamp;
use testkit::{Page, TestApp, Visitor, app_on_both_engines, staff};

use crate::public::{plain, season};

/// 21 October 2026, noon: the session in which they take part was yesterday.
const AFTER: i64 = 1_792_576_800_000;

struct Came {
    session: String,
    people: [String; 2],
}

/// Anne and Bertrand came to the session of 20 October.
async fn came(test: &TestApp) -> Came {
    let ids = season(test, "open").await;
    let mut people = Vec::new();
    for name in ["Anne", "Bertrand"] {
        let input = PersonInput {
            name: name.into(),
            email: format!("{}@exemple.example", name.to_lowercase()),
            commune: "62361".into(),
            ..PersonInput::default()
        };
        let answers = register(&test.app, &Actor::Visitor, &ids.mail, &[input], Origin::Web)
            .await
            .unwrap();
        people.push(answers[0].person.to_string());
    }
    test.clock.set(Timestamp::from_millisecond(AFTER).unwrap());
    for person in &people {
        let command = Command {
            person: person.clone(),
            mark: "present".into(),
            minutes: String::new(),
            version: "*".into(),
        };
        mark(&test.app, &Actor::System, &ids.mail, &command)
            .await
            .unwrap();
    }
    Came {
        session: ids.mail,
        people: <[String; 2]>::try_from(people).unwrap(),
    }
}

fn participant(id: &str, name: &str) -> Actor {
    Actor::Participant {
        person: id.parse().unwrap(),
        name: name.into(),
    }
}

async fn talk(desk: &mut Visitor, person: &str) -> Page {
    let list = desk.get("/bureau/bilans").await;
    assert_eq!(list.status, 200, "{}", list.text());
    let links = list.attributes("main td a", "href");
    let link = links.iter().find(|link| link.ends_with(person)).unwrap();
    desk.get(link).await
}

fn form(page: &Page, person: &str) -> testkit::Form {
    page.form(&format!("main form[action$=\"{person}\"]"))
}

#[tokio::test]
async fn a_talk_is_begun_taken_up_finished_and_taken_home() {
    app_on_both_engines(|test| async move {
        let came = came(&test).await;
        let anne = &came.people[0];
        let mut desk = test.staff(Role::Coordinator);
        let page = talk(&mut desk, anne).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains("Le courriel") || page.text().contains("courriel"));
        let hostile = "<script>alert(1)</script> \"'&";
        let first = form(&page, anne)
            .fill("suite", hostile)
            .fill("use_courriel", "gave-up")
            .fill("why_courriel", "Pas de réseau")
            .clear("lack_words")
            .tick("lack_words", "Vendre mes <b>fromages</b>");
        let kept = desk.submit(&first).await;
        assert_eq!(kept.status, 200, "{}", kept.text());
        assert!(!kept.text().contains("<script>alert"));
        assert_eq!(form(&kept, anne).value("suite"), Some(hostile));
        assert_eq!(form(&kept, anne).value("use_courriel"), Some("gave-up"));
        // The same again, as after a double click; something else from the old page: both states, nothing lost.
        let again = desk.submit(&first).await;
        assert_eq!(again.status, 200);
        let other = desk
            .submit(&first.clone().fill("suite", "Autre chose"))
            .await;
        assert_eq!(other.status, 409);
        assert_eq!(form(&other, anne).value("suite"), Some("Autre chose"));
        assert!(other.text().contains("&lt;script&gt;alert(1)"));
        // Too early for the page to take home, and for finishing.
        let paper = desk
            .get(&format!("/bureau/bilans/automne/{anne}/bilan.pdf"))
            .await;
        assert_eq!(paper.status, 409);
        let early = desk
            .submit(&form(&kept, anne).fill("suite_", "finir"))
            .await;
        assert_eq!(early.status, 422);
        for question in ["recommande", "recontact"] {
            assert!(
                early.text().contains(&format!("id=\"{question}-error\"")),
                "{question}"
            );
        }
        assert_eq!(form(&early, anne).value("suite"), Some(hostile));
        let finished = desk
            .submit(
                &form(&early, anne)
                    .fill("recommande", "oui")
                    .fill("recontact", "6")
                    .fill("suite_", "finir"),
            )
            .await;
        assert_eq!(finished.status, 200, "{}", finished.text());
        let paper = desk
            .get(&format!("/bureau/bilans/automne/{anne}/bilan.pdf"))
            .await;
        assert!(paper.body.starts_with(b"%PDF"));
        let sent = desk
            .submit(&finished.form("main form[action$=envoyer]"))
            .await;
        assert_eq!(sent.all("main .note.ok").len(), 1);
        let twice = desk.submit(&sent.form("main form[action$=envoyer]")).await;
        assert_eq!(twice.all("main .note.wait").len(), 1);
        // Exported as listed, with the name of whoever held it.
        let list = desk.get("/bureau/bilans?etat=finished&format=csv").await;
        assert!(list.text().contains("Anne") && !list.text().contains("Bertrand"));

        let mut own = test.visitor_as(participant(anne, "Anne"));
        let space = own.get("/mon-espace").await;
        assert!(
            space
                .attributes("main a", "href")
                .contains(&"/mon-espace/bilan".to_owned())
        );
        let home = own.get("/mon-espace/bilan").await;
        assert!(home.text().contains("&lt;script&gt;alert(1)"));
        assert!(
            own.get("/mon-espace/bilan.pdf")
                .await
                .body
                .starts_with(b"%PDF")
        );
        let mut other = test.visitor_as(participant(&came.people[1], "Bertrand"));
        assert_eq!(other.get("/mon-espace/bilan").await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn nobody_reaches_a_talk_that_is_not_theirs_to_hold() {
    app_on_both_engines(|test| async move {
        let came = came(&test).await;
        let anne = &came.people[0];
        let address = format!("/bureau/bilans/automne/{anne}");
        let mut visitor = test.visitor();
        assert!(visitor.get(&address).await.path.starts_with("/connexion"));
        let mut own = test.visitor_as(participant(anne, "Anne"));
        assert_eq!(own.get(&address).await.status, 403);
        // A trainer who never had her.
        let mut trainer = test.staff(Role::Trainer);
        assert_eq!(trainer.get(&address).await.status, 404);
        let mut desk = test.staff(Role::Coordinator);
        for wrong in [
            format!("/bureau/bilans/printemps/{anne}"),
            "/bureau/bilans/automne/0".to_owned(),
            "/bureau/bilans/automne/%00".to_owned(),
            format!("/bureau/bilans/automne/{}", came.session),
            "/bureau/manques/module.inconnu".to_owned(),
            "/bureau/manques/sujets/1".to_owned(),
            "/bureau/propositions/1".to_owned(),
            "/bureau/avis/lieu/1".to_owned(),
        ] {
            assert_eq!(desk.get(&wrong).await.status, 404, "{wrong}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_missing_becomes_a_proposal_in_one_click_and_is_told_after_a_preview() {
    app_on_both_engines(|test| async move {
        let came = came(&test).await;
        let mut desk = test.staff(Role::Coordinator);
        for (person, words) in came.people.iter().zip(["La photo", "Mes photos"]) {
            let page = talk(&mut desk, person).await;
            let said = form(&page, person)
                .clear("lack_module")
                .tick("lack_module", "securite")
                .clear("lack_words")
                .tick("lack_words", words);
            assert_eq!(desk.submit(&said).await.status, 200);
        }
        let list = desk.get("/bureau/manques").await;
        assert_eq!(list.all("main tbody tr").len(), 3, "{}", list.text());
        let group = desk.get("/bureau/manques/regrouper").await;
        let mut both = group.form("main form");
        let sources = group.attributes("main input[name=words]", "value");
        let empty = desk.submit(&both.clone().fill("title", "Photo")).await;
        assert_eq!(empty.status, 422);
        for source in &sources {
            both = both.tick("words", source);
        }
        let subject = desk
            .submit(&both.fill("title", "La photo <de> produits"))
            .await;
        assert_eq!(subject.status, 200, "{}", subject.text());
        assert_eq!(subject.all("main tbody tr").len(), 2);
        let missing = desk.get("/bureau/manques/module.securite").await;
        let propose = missing.form("main form[action$=proposer]");
        let proposal = desk.submit(&propose).await;
        assert!(proposal.path.starts_with("/bureau/propositions/"));
        let again = desk.submit(&propose).await;
        assert_eq!(
            again.path, proposal.path,
            "a double click makes one proposal"
        );
        let decide = desk.get(&format!("{}/decider", proposal.path)).await;
        let decide = decide.form("main form").fill("stage", "declined");
        let bare = desk.submit(&decide).await;
        assert_eq!(bare.status, 422);
        let decided = desk
            .submit(&decide.clone().fill("reason", "Trop peu de <monde>."))
            .await;
        assert_eq!(decided.status, 200, "{}", decided.text());
        let stale = desk
            .submit(&decide.fill("reason", "Une autre raison."))
            .await;
        assert_eq!(stale.status, 409);
        assert!(stale.text().contains("Trop peu de &lt;monde&gt;"));
        let preview = desk.get(&format!("{}/annoncer", proposal.path)).await;
        assert!(preview.text().contains("Trop peu de &lt;monde&gt;"));
        assert!(!preview.text().contains("Anne") && !preview.text().contains("Bertrand"));
        let send = preview.form("main form[action$=annoncer]");
        let told = desk.submit(&send).await;
        assert!(plain(&told.one("main .note.ok")).contains('2'));
        assert_eq!(
            desk.submit(&send).await.status,
            409,
            "what was sent is not sent again"
        );
        // A trainer sees no proposal and no button.
        let mut trainer = test.staff(Role::Trainer);
        assert_eq!(trainer.get(&proposal.path).await.status, 403);
        let seen = trainer.get("/bureau/manques").await;
        assert_eq!(seen.status, 200);
        assert!(
            !seen.text().contains("Frévent"),
            "two people are not told by commune"
        );
        let refused = trainer.get("/bureau/manques/regrouper").await;
        assert_eq!(refused.status, 403);
    })
    .await;
}

#[tokio::test]
async fn an_opinion_is_given_once_without_script_and_stays_closed_under_five() {
    app_on_both_engines(|test| async move {
        let came = came(&test).await;
        let mut anne = test.visitor_as(participant(&came.people[0], "Anne"));
        let space = anne.get("/mon-espace").await;
        let links = space.attributes("main a[href^=\"/avis/\"]", "href");
        assert_eq!(links.len(), 1);
        // From a letter on another computer: nobody is signed in.
        let mut visitor = test.visitor();
        let page = visitor.get(&links[0]).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(!page.text().contains("Anne"));
        let bare = visitor.submit(&page.form("main form")).await;
        assert_eq!(bare.status, 422);
        let mut whole = bare
            .form("main form")
            .fill("mot", "<img src=x onerror=alert(1)>");
        for question in ["utile", "rythme", "clair", "pratique", "lieu"] {
            whole = whole.fill(question, "4");
        }
        let thanks = visitor.submit(&whole).await;
        assert_eq!(thanks.status, 200);
        assert!(thanks.one("main .note.ok").contains("Merci"));
        assert_eq!(visitor.submit(&whole).await.status, 409);
        assert!(
            anne.get("/mon-espace")
                .await
                .attributes("main a[href^=\"/avis/\"]", "href")
                .is_empty()
        );
        let forged = format!("{}0", &links[0][..links[0].len() - 1]);
        if forged != links[0] {
            assert_eq!(visitor.get(&forged).await.status, 404);
        }
        let mut desk = test.visitor_as(staff(Role::Coordinator));
        let results = desk
            .get(&format!("/bureau/avis/seance/{}", came.session))
            .await;
        assert_eq!(results.status, 200);
        assert!(
            !results.text().contains("onerror"),
            "one answer is nobody’s business"
        );
        let asked = desk
            .submit(&results.form("main form[action$=demander]"))
            .await;
        assert!(plain(&asked.one("main .note.ok")).contains('2'));
        let export = desk.get("/bureau/avis?format=csv").await;
        assert!(export.text().contains("Moins de 5"));
        let mut referent = test.staff(Role::Referent);
        assert_eq!(referent.get("/bureau/avis").await.status, 403);
    })
    .await;
}
