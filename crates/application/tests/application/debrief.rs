//! The talk at the end of a path, what was missing, what people think: who may, what is kept, what is told.

use application::access::{Actor, Role};
use application::attendance::{Command, mark};
use application::debrief::missing::{self, Group};
use application::debrief::{self, Decision, Saved};
use application::people::{self, PersonInput};
use application::satisfaction::{self, Outcome};
use application::{Error, Refused};
use domain::debrief::{Due, Topic};
use domain::satisfaction::Results;
use store::people::PersonRow;
use testkit::both_engines;

use crate::attendance::trainer_of;
use crate::scene::{NOW, Scene, coordinator, staff};

const SEASON: &str = "printemps-2026";
const DAY: i64 = 86_400_000;

async fn from(scene: &Scene, name: &str, email: &str, commune: &str) -> PersonRow {
    let input = PersonInput {
        name: name.into(),
        email: email.into(),
        commune: commune.into(),
        ..PersonInput::default()
    };
    people::create_person(&scene.app, &coordinator(), &input)
        .await
        .unwrap()
}

async fn came(scene: &Scene, session: &str, person: &PersonRow) {
    scene.enrolled(session, person, "placed").await;
    let command = Command {
        person: person.id.clone(),
        mark: "present".into(),
        minutes: String::new(),
        version: "*".into(),
    };
    mark(&scene.app, &coordinator(), session, &command)
        .await
        .unwrap();
}

fn pairs(said: &[(&str, &str)]) -> Vec<(String, String)> {
    said.iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

async fn say(
    scene: &Scene,
    actor: &Actor,
    person: &PersonRow,
    said: &[(&str, &str)],
    version: i64,
    finishing: bool,
) -> Result<Saved, Error> {
    let raw = pairs(said);
    let at = (SEASON, person.id.as_str());
    debrief::save(&scene.app, actor, at, &raw, version, finishing).await
}

async fn talked(scene: &Scene, person: &PersonRow, said: &[(&str, &str)]) {
    let saved = say(scene, &coordinator(), person, said, 0, false).await;
    assert!(matches!(saved, Ok(Saved::Kept(_))));
}

fn participant(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

fn key<T>(answer: Result<T, Error>) -> &'static str {
    match answer {
        Err(Error::Refused(Refused { key, .. })) => key,
        Err(other) => panic!("not refused: {other:?}"),
        Ok(_) => panic!("not refused"),
    }
}

async fn letters(scene: &Scene, kind: &str) -> Vec<store::mail::MailRow> {
    let filter = store::mail::MailFilter {
        limit: 100,
        ..store::mail::MailFilter::default()
    };
    let mut db = scene.app.read().await.unwrap();
    let mut all = store::mail::list(&mut db, &filter).await.unwrap();
    all.retain(|letter| letter.kind == kind);
    all
}

async fn next_season(scene: &Scene) -> String {
    let mut tx = scene.app.write().await.unwrap();
    let season = store::programme::season(&mut tx, &scene.season)
        .await
        .unwrap()
        .unwrap();
    let next = store::programme::SeasonRow {
        id: scene.app.new_id::<domain::id::kind::Season>().to_string(),
        name: "Automne 2026".into(),
        slug: "automne-2026".into(),
        starts_on: "2026-09-01".into(),
        ends_on: "2026-12-31".into(),
        stage: "preparing".into(),
        ..season
    };
    store::programme::insert_season(&mut tx, &next)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    next.id
}

#[tokio::test]
async fn who_is_due_and_who_may_hold_the_talk() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let (one, two) = (scene.session(-7, 9).await, scene.session(7, 9).await);
        let anne = from(&scene, "Anne Petit", "anne@example.org", "62361").await;
        let luc = from(&scene, "Luc Roux", "", "62041").await;
        let zoe = from(&scene, "Zoé Blanc", "", "62361").await;
        came(&scene, &one, &anne).await;
        came(&scene, &one, &luc).await;
        scene.enrolled(&two, &luc, "placed").await;
        scene.enrolled(&two, &zoe, "placed").await;
        let trainer = trainer_of(&scene, &one, 1).await;
        let other = trainer_of(&scene, &two, 2).await;
        let names = async |actor: &Actor| {
            let page = debrief::list(&scene.app, actor, "").await.unwrap();
            page.people
                .iter()
                .map(|one| (one.line.name.clone(), one.due))
                .collect::<Vec<_>>()
        };
        let past = vec![("Anne Petit".to_owned(), Some(Due::LastSessionPast))];
        assert_eq!(names(&coordinator()).await, past);
        assert_eq!(names(&scene.referent()).await, past);
        assert_eq!(names(&trainer).await, past);
        assert_eq!(names(&other).await, []);
        // The season's end makes due who came, wherever they live; a referent still sees their own people only.
        let over = jiff::Timestamp::from_millisecond(NOW + 200 * DAY).unwrap();
        scene.clock.set(over);
        let page = debrief::list(&scene.app, &coordinator(), SEASON)
            .await
            .unwrap();
        let all: Vec<_> = page.people.iter().map(|one| one.due).collect();
        assert_eq!(all, [Some(Due::SeasonOver); 2]);
        let page = debrief::list(&scene.app, &scene.referent(), SEASON)
            .await
            .unwrap();
        assert_eq!(page.people.len(), 1);
        for (actor, person) in [
            (scene.referent(), &luc),
            (other.clone(), &anne),
            (trainer.clone(), &zoe),
        ] {
            let found = debrief::open(&scene.app, &actor, SEASON, &person.id).await;
            assert!(matches!(found, Err(Error::NotFound)), "{}", person.name);
            let saved = say(&scene, &actor, person, &[], 0, false).await;
            assert!(matches!(saved, Err(Error::NotFound)), "{}", person.name);
        }
        assert!(
            debrief::open(&scene.app, &trainer, SEASON, &anne.id)
                .await
                .is_ok()
        );
        for actor in [Actor::Visitor, participant(&anne), participant(&luc)] {
            let found = debrief::open(&scene.app, &actor, SEASON, &anne.id).await;
            assert!(matches!(found, Err(Error::SignInNeeded | Error::Forbidden)));
            let listed = debrief::list(&scene.app, &actor, SEASON).await;
            assert!(matches!(
                listed,
                Err(Error::SignInNeeded | Error::Forbidden)
            ));
        }
    })
    .await;
}

#[tokio::test]
async fn a_talk_is_kept_as_one_goes_finished_changed_and_never_overwritten_unseen() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let one = scene.session(-7, 9).await;
        let anne = from(&scene, "Anne Petit", "anne@example.org", "62361").await;
        came(&scene, &one, &anne).await;
        let desk = coordinator();
        let draft = [
            ("difficultes", "distance"),
            ("use_recherche-web", "weekly"),
            ("lack_module", "securite"),
            ("lack_module_weight", "3"),
            ("lack_words", "La photo de produits"),
            ("lack_words_weight", "1"),
        ];
        let Ok(Saved::Kept(kept)) = say(&scene, &desk, &anne, &draft, 0, false).await else {
            panic!("a draft needs no answer");
        };
        assert_eq!((kept.version(), kept.talk.lacks.len()), (1, 2));
        // Sent twice by a double click: nothing happens. Something else on the old version: refused, nothing written.
        let again = say(&scene, &desk, &anne, &draft, 0, false).await;
        assert!(matches!(again, Ok(Saved::Kept(kept)) if kept.version() == 1));
        let stale = say(&scene, &desk, &anne, &[("suite", "Autre")], 0, false).await;
        assert!(matches!(stale, Err(Error::Stale)));
        let home = debrief::home(&scene.app, &desk, SEASON, &anne.id).await;
        assert_eq!(key(home), "debrief-refused-draft");
        // Finishing asks for what is required; what is wrong writes nothing.
        let Ok(Saved::Wrong(wrong)) = say(&scene, &desk, &anne, &draft, 1, true).await else {
            panic!("two answers are missing");
        };
        assert_eq!(
            wrong.1.errors.keys().collect::<Vec<_>>(),
            ["recommande", "recontact"]
        );
        let mut whole = draft.to_vec();
        whole.extend([
            ("recommande", "oui"),
            ("recontact", "6"),
            ("suite", "Refaire mes affiches avant Noël"),
        ]);
        let Ok(Saved::Kept(kept)) = say(&scene, &desk, &anne, &whole, 1, true).await else {
            panic!("everything is there");
        };
        assert_eq!(kept.row.as_ref().unwrap().stage, "finished");
        let home = debrief::home(&scene.app, &desk, SEASON, &anne.id)
            .await
            .unwrap();
        assert_eq!((home.sessions, home.minutes), (1, 120));
        assert_eq!(home.next, "Refaire mes affiches avant Noël");
        let own = debrief::own_home(&scene.app, &participant(&anne))
            .await
            .unwrap();
        assert_eq!(own, Some(home));
        // A letter for this state, once.
        assert!(
            debrief::send_home(&scene.app, &desk, SEASON, &anne.id)
                .await
                .unwrap()
        );
        assert!(
            !debrief::send_home(&scene.app, &desk, SEASON, &anne.id)
                .await
                .unwrap()
        );
        let sent = letters(&scene, "debrief-home").await;
        assert_eq!(sent.len(), 1);
        assert!(sent[0].text_body.contains("Refaire mes affiches"));
        // What was said does not go into the log.
        let events = store::event::list(
            &mut scene.app.read().await.unwrap(),
            &store::event::EventFilter {
                limit: 100,
                ..store::event::EventFilter::default()
            },
        )
        .await
        .unwrap();
        let log = format!("{events:?}");
        assert!(log.contains("debrief.finished") && !log.contains("affiches"));
    })
    .await;
}

#[tokio::test]
async fn what_was_missing_is_grouped_proposed_counted_and_told_once() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let one = scene.session(-7, 20).await;
        let desk = coordinator();
        let mut people = Vec::new();
        for number in 0..6 {
            let email = if number == 5 {
                String::new()
            } else {
                format!("p{number}@example.org")
            };
            let person = from(&scene, &format!("Personne {number}"), &email, "62361").await;
            came(&scene, &one, &person).await;
            people.push(person);
        }
        for (number, person) in people.iter().enumerate() {
            let words = if number % 2 == 0 {
                "La photo"
            } else {
                "Faire des photos"
            };
            let said = [("lack_module", "securite"), ("lack_words", words)];
            talked(&scene, person, &said[..if number < 2 { 2 } else { 1 }]).await;
        }
        // A wish for the same thing of somebody who said it in the talk already: still one person.
        let wish = application::wish::Ask {
            module: "securite".into(),
            person: people[0].id.clone(),
            ..application::wish::Ask::default()
        };
        application::wish::ask(&scene.app, &desk, &wish)
            .await
            .unwrap();
        let page = missing::list(&scene.app, &desk, "", "").await.unwrap();
        assert_eq!(page.lines[0].topic, Topic::Module("securite".into()));
        assert_eq!(page.lines[0].shown.total, Some(6));
        assert_eq!(page.lines.len(), 3);
        // A trainer sees no figure under five and nobody's words; a referent their own people.
        let trainer = trainer_of(&scene, &one, 1).await;
        let seen = missing::list(&scene.app, &trainer, "", "").await.unwrap();
        assert!(!seen.is_exact && !seen.may_manage);
        assert_eq!(seen.lines.len(), 1);
        assert_eq!(seen.lines[0].shown.total, Some(6));
        let refused = missing::grouping(&scene.app, &trainer, "").await;
        assert!(matches!(refused, Err(Error::Forbidden)));
        let seen = missing::list(&scene.app, &scene.referent(), "", "")
            .await
            .unwrap();
        assert!(seen.is_exact && seen.lines.len() == 3);
        let refused = debrief::propose(&scene.app, &scene.referent(), "", "module.securite").await;
        assert!(matches!(refused, Err(Error::Forbidden)));

        // Own words become one subject; taking out and putting back.
        let open = missing::grouping(&scene.app, &desk, "").await.unwrap().open;
        let group = Group {
            words: open.iter().map(|words| words.source.clone()).collect(),
            title: "La photo de produits".into(),
            ..Group::default()
        };
        let subject = missing::group(&scene.app, &desk, "", &group).await.unwrap();
        let words = async |id: &str| missing::subject(&scene.app, &desk, id).await.unwrap().words;
        assert_eq!(words(&subject).await.len(), 2);
        missing::take_out(&scene.app, &desk, &subject, &open[0].source)
            .await
            .unwrap();
        missing::take_out(&scene.app, &desk, &subject, &open[0].source)
            .await
            .unwrap();
        assert_eq!(words(&subject).await.len(), 1);
        let alone = Group {
            words: vec![open[0].source.clone()],
            title: "Photos".into(),
            ..Group::default()
        };
        let part = missing::group(&scene.app, &desk, "", &alone).await.unwrap();
        missing::merge(&scene.app, &desk, &part, &subject, "1")
            .await
            .unwrap();
        let stale = missing::merge(&scene.app, &desk, &part, "", "1").await;
        assert!(matches!(stale, Err(Error::Stale)));
        assert_eq!(words(&subject).await.len(), 2);
        let ring = missing::merge(&scene.app, &desk, &subject, &part, "1").await;
        assert_eq!(key(ring), "debrief-refused-merge");
        missing::merge(&scene.app, &desk, &part, "", "2")
            .await
            .unwrap();
        assert_eq!(words(&subject).await.len(), 1);

        // One click; a second changes nothing. Without a next season nobody is counted yet.
        let id = debrief::propose(&scene.app, &desk, "", "module.securite")
            .await
            .unwrap();
        assert_eq!(
            debrief::propose(&scene.app, &desk, "", "module.securite")
                .await
                .unwrap(),
            id
        );
        assert_eq!(
            key(debrief::report(&scene.app, &desk, &id).await),
            "debrief-refused-no-next"
        );
        let next = next_season(&scene).await;
        debrief::report(&scene.app, &desk, &id).await.unwrap();
        debrief::report(&scene.app, &desk, &id).await.unwrap();
        let demand = store::wish::by_module(&mut scene.app.read().await.unwrap(), &next)
            .await
            .unwrap();
        assert_eq!((demand[0].what.as_str(), demand[0].people), ("securite", 6));

        // Nothing is told before it is decided; declining needs a reason.
        assert_eq!(
            key(debrief::preview(&scene.app, &desk, &id).await),
            "debrief-refused-undecided"
        );
        let version = async || {
            debrief::proposal(&scene.app, &desk, &id)
                .await
                .unwrap()
                .row
                .version
                .to_string()
        };
        let declined = Decision {
            stage: "declined".into(),
            version: version().await,
            ..Decision::default()
        };
        let wrong = debrief::decide(&scene.app, &desk, &id, &declined).await;
        assert!(matches!(wrong, Err(Error::Invalid(fields)) if fields[0].field == "reason"));
        let taken = Decision {
            stage: "taken-up".into(),
            reason: "Deux dates en octobre.".into(),
            version: version().await,
            ..Decision::default()
        };
        let seen = version().await;
        debrief::decide(&scene.app, &desk, &id, &taken)
            .await
            .unwrap();
        let stale = debrief::tell(&scene.app, &desk, &id, &seen).await;
        assert!(matches!(stale, Err(Error::Stale)));
        let shown = debrief::preview(&scene.app, &desk, &id).await.unwrap();
        assert!(shown.len() == 2 && shown[0].text.contains("Deux dates en octobre."));
        let (reached, to_call) = debrief::askers_told(&scene.app, &desk, &id).await.unwrap();
        assert_eq!((reached.len(), to_call.len()), (5, 1));
        assert_eq!(
            debrief::tell(&scene.app, &desk, &id, &version().await)
                .await
                .unwrap(),
            5
        );
        assert_eq!(
            debrief::tell(&scene.app, &desk, &id, &version().await)
                .await
                .unwrap(),
            0
        );
        let told = letters(&scene, "missing-outcome").await;
        assert_eq!(told.len(), 5);
        for letter in told {
            for person in &people {
                let is_own = letter.person_id.as_deref() == Some(&person.id);
                assert_eq!(letter.text_body.contains(&person.name), is_own);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_talk_goes_with_its_person_through_merge_and_back_and_is_erased_with_them() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let one = scene.session(-7, 9).await;
        let desk = coordinator();
        let anne = from(&scene, "Anne Petit", "anne@example.org", "62361").await;
        let twin = from(&scene, "Anne Petit-Roux", "", "62361").await;
        came(&scene, &one, &twin).await;
        talked(
            &scene,
            &twin,
            &[
                ("lack_words", "Vendre mes fromages"),
                ("suite", "Appeler Luc"),
            ],
        )
        .await;
        let source = missing::grouping(&scene.app, &desk, "").await.unwrap().open[0]
            .source
            .clone();
        let id = debrief::propose(&scene.app, &desk, "", &source)
            .await
            .unwrap();
        let command = people::MergeCommand {
            kept: anne.id.clone(),
            gone: twin.id.clone(),
            kept_version: anne.version.to_string(),
            gone_version: twin.version.to_string(),
            take: Vec::new(),
        };
        people::merge_people(&scene.app, &desk, &command)
            .await
            .unwrap();
        assert!(
            debrief::open(&scene.app, &desk, SEASON, &anne.id)
                .await
                .unwrap()
                .row
                .is_some()
        );
        assert!(matches!(
            debrief::open(&scene.app, &desk, SEASON, &twin.id).await,
            Err(Error::NotFound)
        ));
        let asked = debrief::proposal(&scene.app, &desk, &id)
            .await
            .unwrap()
            .askers;
        assert_eq!(asked[0].person_id, anne.id);
        people::separate_people(&scene.app, &desk, &anne.id)
            .await
            .unwrap();
        assert!(
            debrief::open(&scene.app, &desk, SEASON, &twin.id)
                .await
                .unwrap()
                .row
                .is_some()
        );

        let own = participant(&twin);
        let data = people::export_person(&scene.app, &own, twin.id.parse().unwrap())
            .await
            .unwrap();
        let text = data.to_string();
        assert!(text.contains("Vendre mes fromages") && text.contains("Appeler Luc"));
        assert_eq!(data["proposals"].as_array().unwrap().len(), 1);
        people::erase_person(&scene.app, &own, twin.id.parse().unwrap())
            .await
            .unwrap();
        let mut db = scene.app.read().await.unwrap();
        let rows = store::debrief::of_person(&mut db, &twin.id).await.unwrap();
        assert_eq!(rows[0].answers, "{}");
        assert_eq!(
            store::debrief::lacks(&mut db, &rows[0].id).await.unwrap(),
            []
        );
        assert_eq!(store::missing::askers(&mut db, &id).await.unwrap(), []);
        drop(db);
        assert_eq!(
            missing::list(&scene.app, &desk, "", "")
                .await
                .unwrap()
                .lines,
            []
        );
    })
    .await;
}

#[tokio::test]
async fn what_people_think_is_asked_once_answered_once_and_leads_back_to_nobody() {
    both_engines(|db| async {
        let scene = Scene::new(db).await;
        let one = scene.session(-7, 20).await;
        let two = scene.session(-6, 20).await;
        let mut people = Vec::new();
        for number in 0..5 {
            let person = from(
                &scene,
                &format!("Personne {number}"),
                &format!("p{number}@example.org"),
                "62361",
            )
            .await;
            came(&scene, &one, &person).await;
            people.push(person);
        }
        let trainer = trainer_of(&scene, &one, 1).await;
        let other = trainer_of(&scene, &two, 2).await;
        assert!(matches!(
            satisfaction::ask(&scene.app, &other, "seance", &one).await,
            Err(Error::NotFound)
        ));
        assert_eq!(
            satisfaction::ask(&scene.app, &trainer, "seance", &one)
                .await
                .unwrap(),
            5
        );
        assert_eq!(
            satisfaction::ask(&scene.app, &trainer, "seance", &one)
                .await
                .unwrap(),
            0
        );
        let early = scene.session(7, 9).await;
        let refused = satisfaction::ask(&scene.app, &coordinator(), "seance", &early).await;
        assert_eq!(key(refused), "satisfaction-refused-early");

        let mut paths = Vec::new();
        for person in &people {
            let own = satisfaction::own(&scene.app, &participant(person))
                .await
                .unwrap();
            assert_eq!(own.len(), 1);
            paths.push(own[0].path.clone());
        }
        let body = letters(&scene, "satisfaction").await;
        assert!(
            paths
                .iter()
                .all(|path| body.iter().any(|letter| letter.text_body.contains(path)))
        );
        let said = |word: &'static str| {
            pairs(&[
                ("utile", "5"),
                ("rythme", "4"),
                ("clair", "5"),
                ("pratique", "3"),
                ("lieu", "4"),
                ("mot", word),
            ])
        };
        for (number, path) in paths.iter().enumerate() {
            let token = path.rsplit('/').next().unwrap();
            let at = ("seance", one.as_str(), token);
            let wrong = satisfaction::answer(&scene.app, at, &pairs(&[("utile", "9")])).await;
            assert!(matches!(wrong, Ok(Outcome::Wrong(..))));
            let word = ["Bien", "", "Zut", "", "À refaire"][number];
            let kept = satisfaction::answer(&scene.app, at, &said(word)).await;
            assert!(matches!(kept, Ok(Outcome::Kept)));
            let again = satisfaction::answer(&scene.app, at, &said("encore")).await;
            assert!(matches!(again, Ok(Outcome::Spent)));
            let foreign = ("seance", two.as_str(), token);
            assert!(matches!(
                satisfaction::answer(&scene.app, foreign, &said("")).await,
                Err(Error::NotFound)
            ));
            let (_, results, attended) = satisfaction::see(&scene.app, &trainer, "seance", &one)
                .await
                .unwrap();
            assert_eq!(attended, 5);
            match results {
                Results::TooFew(people) => assert!(number < 4 && people == number + 1),
                Results::Open {
                    people,
                    figures,
                    comments,
                } => {
                    assert_eq!((number, people, figures.len()), (4, 5, 5));
                    assert_eq!(comments, ["À refaire", "Bien", "Zut"]);
                }
            }
        }
        assert!(
            satisfaction::own(&scene.app, &participant(&people[0]))
                .await
                .unwrap()
                .is_empty()
        );
        assert!(matches!(
            satisfaction::see(&scene.app, &other, "seance", &one).await,
            Err(Error::NotFound)
        ));
        let overview = satisfaction::overview(&scene.app, &other, "")
            .await
            .unwrap();
        assert!(overview.sessions.is_empty() && overview.whole.is_none());
        assert!(matches!(
            satisfaction::overview(&scene.app, &scene.referent(), "").await,
            Err(Error::Forbidden)
        ));
        for actor in [Actor::Visitor, staff(Role::Trainer, None)] {
            assert!(
                satisfaction::see(&scene.app, &actor, "seance", &one)
                    .await
                    .is_err()
            );
        }
        // Nothing stored with an answer names a person, a link or an instant, and the log does not speak of answering.
        let mut db = scene.app.read().await.unwrap();
        let columns = store::transfer::columns(&mut db, "satisfaction_answer")
            .await
            .unwrap();
        assert_eq!(
            columns,
            [
                "id",
                "subject_kind",
                "subject_id",
                "content_version",
                "answers"
            ]
        );
        let filter = store::event::EventFilter {
            limit: 1000,
            ..store::event::EventFilter::default()
        };
        let events = store::event::list(&mut db, &filter).await.unwrap();
        let about: Vec<_> = events
            .iter()
            .filter(|event| event.action.starts_with("satisfaction"))
            .collect();
        assert_eq!(about.len(), 1, "only that people were asked");
    })
    .await;
}
