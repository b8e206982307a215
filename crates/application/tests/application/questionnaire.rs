//! The questionnaire, the path that follows from it, rules and wishes.

use application::access::{Actor, Role};
use application::pathway::{self, Preview};
use application::questionnaire::{self, Contact, Entry, EntryAnswer, Opened, Saved};
use application::wish::{self, Ask, Reply, Wanted};
use application::{App, Error};
use domain::language::Language;
use domain::questionnaire::AnswerError;
use testkit::{TestDatabase, both_engines};

use crate::scene::{Scene, coordinator, staff};

/// The answers of a beginner in Frévent who is free at any time.
const ANSWERS: [(&str, &str); 16] = [
    ("profil", "commercant"),
    ("secteur", ""),
    ("aisance_ordinateur", "0"),
    ("aisance_telephone", "1"),
    ("internet", "jamais"),
    ("materiel", "rien"),
    ("usages", "rien"),
    ("site", "non"),
    ("declarations", ""),
    ("envies", "debuter"),
    ("souhait", ""),
    ("disponibilites", "monday-morning"),
    ("commune", "Frévent"),
    ("distance", ""),
    ("besoins", ""),
    ("message", ""),
];

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// The usual answer to every question of a page; the first option where none is set above.
fn usual(opened: &Opened, page: &str) -> Vec<(String, String)> {
    let form = opened.offered.questionnaire;
    let mut raw = Vec::new();
    for question in form.asked_on(form.page(page).unwrap(), &opened.answers) {
        let set = ANSWERS.iter().find(|(slug, _)| *slug == question.slug);
        let value = match set {
            Some((_, value)) if question.option(value).is_some() || question.options.is_empty() => {
                (*value).to_owned()
            }
            _ => question
                .options
                .first()
                .map_or_else(String::new, |option| option.value.clone()),
        };
        raw.push((question.slug.clone(), value));
    }
    raw
}

async fn send(
    app: &App,
    opened: &Opened,
    page: &str,
    raw: &[(String, String)],
    version: i64,
) -> application::Result<Saved> {
    questionnaire::save_page(
        app,
        &opened.response.id,
        &opened.key,
        page,
        raw,
        version,
        false,
    )
    .await
}

async fn begin(app: &App) -> Opened {
    questionnaire::start(app, &Actor::Visitor, Language::Fr)
        .await
        .unwrap()
}

/// Answers every page in the usual way.
async fn answered(app: &App) -> Opened {
    let mut opened = begin(app).await;
    let pages: Vec<String> = opened
        .offered
        .questionnaire
        .pages()
        .iter()
        .map(|page| page.slug.clone())
        .collect();
    for page in pages {
        let raw = usual(&opened, &page);
        let version = opened.response.version;
        match send(app, &opened, &page, &raw, version).await.unwrap() {
            Saved::Kept(next) => opened = *next,
            Saved::Wrong(wrong) => panic!("{page}: {:?}", wrong.1.errors),
        }
    }
    opened
}

fn contact(opened: &Opened, name: &str, email: &str) -> Contact {
    Contact {
        name: name.into(),
        email: email.into(),
        version: opened.response.version.to_string(),
        ..Contact::default()
    }
}

async fn finished(app: &App, name: &str, email: &str) -> (Opened, domain::id::PersonId) {
    let opened = answered(app).await;
    let contact = contact(&opened, name, email);
    let done = questionnaire::finish(
        app,
        &Actor::Visitor,
        &opened.response.id,
        &opened.key,
        &contact,
    )
    .await
    .unwrap();
    assert!(done.now);
    (opened, done.person)
}

async fn wishes(app: &App, stage: &str) -> wish::WishPage {
    let wanted = Wanted {
        stage: stage.into(),
        ..Wanted::default()
    };
    wish::list(app, &coordinator(), &wanted).await.unwrap()
}

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    both_engines(|db: TestDatabase| async { test(Scene::new(db).await).await }).await;
}

#[tokio::test]
async fn a_questionnaire_is_stopped_and_taken_up_where_it_was_left() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let opened = begin(app).await;
        let Saved::Kept(_) = send(app, &opened, "vous", &pairs(&[("profil", "artisan")]), 1)
            .await
            .unwrap()
        else {
            panic!("refused");
        };
        let again = questionnaire::open(app, &opened.response.id, &opened.key)
            .await
            .unwrap();
        assert_eq!(
            (again.response.page, again.answers.choices("profil")),
            (1, vec!["artisan"])
        );
        questionnaire::send_link(
            app,
            &opened.response.id,
            &opened.key,
            "marie@example.org",
            Language::Fr,
        )
        .await
        .unwrap();
        let letters = application::mail::list(
            app,
            &coordinator(),
            &store::mail::MailFilter {
                limit: 9,
                ..Default::default()
            },
        )
        .await
        .unwrap();
        assert!(
            letters[0].text_body.contains(&opened.key),
            "the letter has the link"
        );
        let wrong =
            questionnaire::send_link(app, &opened.response.id, &opened.key, "marie", Language::Fr)
                .await;
        assert!(matches!(wrong, Err(Error::Invalid(_))));
    })
    .await;
}

#[tokio::test]
async fn two_tabs_never_overwrite_each_other_unseen() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let opened = begin(app).await;
        send(app, &opened, "vous", &pairs(&[("profil", "artisan")]), 1)
            .await
            .unwrap();
        let late = send(app, &opened, "vous", &pairs(&[("profil", "elu")]), 1).await;
        assert!(matches!(late, Err(Error::Stale)));
        let kept = questionnaire::open(app, &opened.response.id, &opened.key)
            .await
            .unwrap();
        assert_eq!(kept.answers.choices("profil"), ["artisan"]);
    })
    .await;
}

#[tokio::test]
async fn hostile_answers_are_refused_and_nothing_is_lost() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let opened = begin(app).await;
        for value in [
            "inconnu",
            "<script>",
            "' OR 1=1 --",
            &"x".repeat(100_000),
            "\u{0}",
        ] {
            let Saved::Wrong(wrong) = send(app, &opened, "vous", &pairs(&[("profil", value)]), 1)
                .await
                .unwrap()
            else {
                panic!("{value:.20} was taken");
            };
            assert!(matches!(
                wrong.1.errors["profil"],
                AnswerError::UnknownOption { .. }
            ));
        }
        let opened = answered(app).await;
        let long = pairs(&[("envies", "debuter"), ("souhait", &"é".repeat(100_000))]);
        let Saved::Wrong(wrong) = send(app, &opened, "envies", &long, opened.response.version)
            .await
            .unwrap()
        else {
            panic!("too long, and taken");
        };
        assert!(wrong.1.errors.contains_key("souhait"));
        assert!(matches!(
            send(app, &opened, "nulle-part", &[], 1).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn the_key_of_one_response_opens_no_other() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let (mine, theirs) = (begin(app).await, begin(app).await);
        for key in [mine.key.as_str(), "", "0", &"f".repeat(32)] {
            let opened = questionnaire::open(app, &theirs.response.id, key).await;
            assert!(matches!(opened, Err(Error::NotFound)), "{key}");
            assert!(matches!(
                pathway::of_response(app, &theirs.response.id, key).await,
                Err(Error::NotFound)
            ));
        }
        let done = questionnaire::finish(
            app,
            &Actor::Visitor,
            &theirs.response.id,
            &mine.key,
            &contact(&theirs, "A B", "a@b.fr"),
        )
        .await;
        assert!(matches!(done, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn completing_makes_the_person_their_path_and_their_wishes_once() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let opened = answered(app).await;
        let unreachable = contact(&opened, "Marie Dupont", "");
        let done = questionnaire::finish(app, &Actor::Visitor, &opened.response.id, &opened.key, &unreachable).await;
        assert!(matches!(done, Err(Error::Invalid(ref wrong)) if wrong.iter().any(|wrong| wrong.field == "email")));

        let contact = contact(&opened, "Marie Dupont", "marie@example.org");
        let first = questionnaire::finish(app, &Actor::Visitor, &opened.response.id, &opened.key, &contact).await.unwrap();
        let second = questionnaire::finish(app, &Actor::Visitor, &opened.response.id, &opened.key, &contact).await.unwrap();
        assert_eq!((first.person, first.now, second.now), (second.person, true, false));

        let view = pathway::of_response(app, &opened.response.id, &opened.key).await.unwrap().unwrap();
        assert!(!view.steps.is_empty(), "a beginner has a path");
        assert!(view.steps.iter().all(|step| !step.reasons.is_empty() && step.wished), "every step has its reason; no session, so a wish");
        let open = wishes(app, "open").await;
        assert_eq!(open.total, i64::try_from(view.steps.len()).unwrap());
        assert!(open.by_module.iter().all(|demand| demand.people == 1));
        let late = send(app, &opened, "vous", &pairs(&[("profil", "elu")]), opened.response.version + 1).await;
        assert!(matches!(late, Err(Error::Refused(_))), "what is complete stays as it is");
    })
    .await;
}

#[tokio::test]
async fn a_future_founder_needs_no_organisation() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let (_, person) = finished(app, "Léa Petit", "lea@example.org").await;
        let row = store::people::person(&mut app.read().await.unwrap(), &person.to_string())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.organisation_id, row.commune_code.as_deref()),
            (None, Some("62361"))
        );
        let view = pathway::current(app, &coordinator(), person).await.unwrap();
        assert!(view.is_some());
        let stranger = Actor::Participant {
            person: app.new_id(),
            name: String::new(),
        };
        assert!(matches!(
            pathway::current(app, &stranger, person).await,
            Err(Error::NotFound)
        ));
    })
    .await;
}

#[tokio::test]
async fn who_was_known_before_is_shown_to_the_holder_of_the_key_by_answers_only() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        scene.person("Marie Dupont", "marie@example.org").await;
        let (opened, _) = finished(app, "Marie Dupont", "marie@example.org").await;
        // The clock stands still in tests: the record must be older than the response.
        let mut tx = app.write().await.unwrap();
        tx.execute("UPDATE person SET created_at = created_at - 1000", [])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let view = pathway::of_response(app, &opened.response.id, &opened.key)
            .await
            .unwrap()
            .unwrap();
        assert!(view.person.is_none() && view.wishes.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_wish_is_counted_once_answered_by_letter_and_closed() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let ask = Ask {
            module: "courriel".into(),
            name: "Paul Roux".into(),
            email: "paul@example.org".into(),
            ..Ask::default()
        };
        assert!(wish::ask(app, &Actor::Visitor, &ask).await.unwrap());
        assert!(!wish::ask(app, &Actor::Visitor, &ask).await.unwrap(), "once for a person and a module");
        let open = wishes(app, "open").await;
        assert_eq!((open.total, open.by_module[0].people), (1, 1));

        let id = open.lines[0].id.clone();
        let reply = |version: i64, answer: &str| Reply {
            answer: answer.into(),
            version: version.to_string(),
            ..Reply::default()
        };
        assert!(matches!(wish::answer(app, &coordinator(), &id, &reply(1, "")).await, Err(Error::Invalid(_))));
        assert!(matches!(wish::answer(app, &coordinator(), &id, &reply(9, "Bientôt")).await, Err(Error::Stale)));
        assert!(matches!(wish::answer(app, &staff(Role::Referent, None), &id, &reply(1, "x")).await, Err(Error::Forbidden)));
        assert!(wish::answer(app, &coordinator(), &id, &reply(1, "Une séance ouvre en mars.")).await.unwrap());
        assert_eq!(wishes(app, "answered").await.total, 1);
        wish::close(app, &coordinator(), &id, "2").await.unwrap();
        assert_eq!(wishes(app, "closed").await.total, 1);
        let nothing = Ask { module: "inconnu".into(), ..Ask::default() };
        assert!(matches!(wish::ask(app, &Actor::Visitor, &nothing).await, Err(Error::Invalid(wrong)) if wrong.len() >= 3));
    })
    .await;
}

#[tokio::test]
async fn a_seat_closes_the_wish_for_its_module() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let session = scene.session(10, 3).await;
        let person = scene.person("Paul Roux", "paul@example.org").await;
        let mut tx = app.write().await.unwrap();
        // The scene's module is none of the catalogue: what matters is that it is the session's.
        let wish = store::wish::WishRow {
            id: app.new_id::<domain::id::kind::Wish>().to_string(),
            season_id: scene.season.clone(),
            person_id: person.id.clone(),
            module: Some("recherche-web".into()),
            detail: String::new(),
            reason: "absent".into(),
            stage: "open".into(),
            created_at: 1,
            answered_at: None,
            answer: String::new(),
            session_id: None,
            version: 1,
        };
        store::wish::insert(&mut tx, &wish).await.unwrap();
        tx.commit().await.unwrap();
        application::enrolment::request(
            app,
            &coordinator(),
            &session,
            &[person.id.parse().unwrap()],
            application::enrolment::Origin::Phone,
        )
        .await
        .unwrap();
        let closed = wishes(app, "closed").await;
        assert_eq!(
            (closed.total, closed.lines[0].session_id.as_ref()),
            (1, Some(&session))
        );
    })
    .await;
}

#[tokio::test]
async fn a_preview_of_rules_changes_nothing_and_adopting_redraws_the_paths() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let (_, person) = finished(app, "Marie Dupont", "marie@example.org").await;
        let (season, rules, _) = pathway::rules_of_present(app, &coordinator())
            .await
            .unwrap()
            .unwrap();
        let seen = rules.rules().content_version().to_string();
        let other = rules.text.replace("most_steps = 12", "most_steps = 1");
        assert_ne!(other, rules.text);
        let before = pathway::current(app, &coordinator(), person)
            .await
            .unwrap()
            .unwrap()
            .steps
            .len();

        let Preview::Sound { changes, people } =
            pathway::preview_rules(app, &coordinator(), &season.slug, &other)
                .await
                .unwrap()
        else {
            panic!("faulty");
        };
        assert_eq!((changes.len(), people), (1, 1));
        assert!(!changes[0].diff.removed.is_empty());
        let now = pathway::rules_of_present(app, &coordinator())
            .await
            .unwrap()
            .unwrap()
            .1;
        assert_eq!(now.rules().content_version().as_str(), seen);
        assert_eq!(
            pathway::current(app, &coordinator(), person)
                .await
                .unwrap()
                .unwrap()
                .steps
                .len(),
            before
        );

        assert!(matches!(
            pathway::preview_rules(app, &coordinator(), &season.slug, "slug = 3")
                .await
                .unwrap(),
            Preview::Wrong(_)
        ));
        assert!(matches!(
            pathway::adopt_rules(app, &coordinator(), &season.slug, &other, "old").await,
            Err(Error::Stale)
        ));
        assert!(matches!(
            pathway::adopt_rules(app, &scene.referent(), &season.slug, &other, &seen).await,
            Err(Error::Forbidden)
        ));
        assert_eq!(
            pathway::adopt_rules(app, &coordinator(), &season.slug, &other, &seen)
                .await
                .unwrap(),
            1
        );
        let after = pathway::current(app, &coordinator(), person)
            .await
            .unwrap()
            .unwrap()
            .steps
            .len();
        assert!(after < before, "{after} < {before}");
    })
    .await;
}

#[tokio::test]
async fn a_referent_enters_sheets_of_their_territory_by_numbers() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let mut entry = Entry {
            contact: Contact { name: "Jean Lefebvre".into(), phone: "03 21 03 04 05".into(), ..Contact::default() },
            origin: "paper".into(),
            ..Entry::default()
        };
        for (slug, typed) in [("profil", "1 2"), ("aisance_ordinateur", "1"), ("disponibilites", "1-3"), ("commune", "Frévent")] {
            entry.typed.insert(slug.into(), typed.into());
        }
        let kept = questionnaire::enter(app, &scene.referent(), &entry, Language::Fr).await.unwrap();
        assert!(matches!(kept, EntryAnswer::Kept(ref entered) if entered.name == "Jean Lefebvre"), "{kept:?}");
        let (_, people) = pathway::relayed(app, &scene.referent()).await.unwrap().unwrap();
        assert_eq!(people.len(), 1);
        assert_eq!(people[0].level, Some(0));

        entry.typed.insert("commune".into(), "Lille".into());
        assert!(matches!(questionnaire::enter(app, &scene.referent(), &entry, Language::Fr).await, Err(Error::Refused(_))));
        entry.typed.insert("profil".into(), "x".into());
        entry.typed.remove("commune");
        let wrong = questionnaire::enter(app, &scene.referent(), &entry, Language::Fr).await.unwrap();
        assert!(matches!(wrong, EntryAnswer::Wrong { ref answers, .. } if answers.contains_key("profil") && answers.contains_key("commune")), "{wrong:?}");
        assert!(matches!(questionnaire::enter(app, &Actor::Visitor, &entry, Language::Fr).await, Err(Error::SignInNeeded)));
    })
    .await;
}

#[tokio::test]
async fn nobody_replaces_the_path_of_another_without_the_link_from_their_mailbox() {
    on_both(|scene| async move {
        let scene = &scene;
        let app = &scene.app;
        let current = async |person: &domain::id::PersonId| {
            let mut db = app.read().await.unwrap();
            let path = store::pathway::current(&mut db, &person.to_string(), &scene.season)
                .await
                .unwrap();
            path.unwrap().response_id
        };
        let (first, marie) = finished(app, "Marie Dupont", "marie@example.org").await;
        scene.clock.advance(jiff::SignedDuration::from_mins(5));
        let counted = wishes(app, "").await.lines.len();
        let opened = answered(app).await;
        let typed = contact(&opened, "MARIE DUPONT", "Marie@Example.org");
        let (id, key) = (&opened.response.id, &opened.key);
        let done = questionnaire::finish(app, &Actor::Visitor, id, key, &typed)
            .await
            .unwrap();
        assert!(done.unconfirmed && done.person == marie);
        assert_eq!(current(&marie).await, first.response.id, "hers stays");
        assert_eq!(
            wishes(app, "").await.lines.len(),
            counted,
            "no wish is kept"
        );
        assert!(
            application::pathway::of_response(app, id, key)
                .await
                .unwrap()
                .is_some(),
            "who answered sees what it comes to"
        );

        let wrong = questionnaire::confirm(app, &Actor::Visitor, id, key).await;
        assert!(
            matches!(wrong, Err(Error::NotFound)),
            "the key of the answers confirms nothing"
        );
        let letters = application::mail::list(
            app,
            &coordinator(),
            &store::mail::MailFilter {
                limit: 1,
                ..Default::default()
            },
        )
        .await
        .unwrap();
        assert_eq!(letters[0].kind, "pathway-confirm");
        assert_eq!(letters[0].recipient_address, "marie@example.org");
        let link = letters[0]
            .text_body
            .split_whitespace()
            .find(|word| word.contains("/confirmer?cle="))
            .unwrap();
        let proof = link.rsplit_once('=').unwrap().1;
        for _ in 0..2 {
            questionnaire::confirm(app, &Actor::Visitor, id, proof)
                .await
                .unwrap();
        }
        assert_eq!(&current(&marie).await, id);

        // The participant themself needs no letter.
        scene.clock.advance(jiff::SignedDuration::from_mins(5));
        let own = Actor::Participant {
            person: marie,
            name: "Marie Dupont".into(),
        };
        let opened = answered(app).await;
        let typed = contact(&opened, "Marie Dupont", "marie@example.org");
        let done = questionnaire::finish(app, &own, &opened.response.id, &opened.key, &typed)
            .await
            .unwrap();
        assert!(!done.unconfirmed);
        assert_eq!(current(&marie).await, opened.response.id);
    })
    .await;
}
