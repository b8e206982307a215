//! The level test: begun, answered, left and taken up again, and what follows from its result.

use std::collections::BTreeSet;

use application::access::{Actor, Role, link};
use application::assessment::{self, Begin, Enough, Opened, Replied, Reply};
use application::questionnaire::{self, Contact, Entry, EntryAnswer};
use application::{App, Error, content, people};
use domain::assessment::adaptive::simulate::Draws;
use domain::id::PersonId;
use domain::language::Language;
use jiff::SignedDuration;
use store::people::PersonRow;
use testkit::{TestDatabase, both_engines};

use crate::scene::{Scene, coordinator, staff};

async fn on_both<F: Future<Output = ()>>(test: impl Fn(Scene) -> F) {
    both_engines(|db: TestDatabase| async { test(Scene::new(db).await).await }).await;
}

fn participant(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

/// Id and key of a run, from the address of its page.
fn parts(page: &str) -> (String, String) {
    let (run, key) = page
        .trim_start_matches("/test/")
        .split_once("?cle=")
        .unwrap();
    (run.trim_end_matches("/resultat").to_owned(), key.to_owned())
}

async fn begin(app: &App, person: &PersonRow) -> (String, String) {
    parts(
        &assessment::begin_own(app, &participant(person))
            .await
            .unwrap(),
    )
}

/// The right answer, or a wrong one, to the question at hand.
fn reply(opened: &Opened, right: bool) -> Reply {
    let shown = opened.shown.as_ref().unwrap();
    let best = shown.item.right().unwrap();
    let place = shown
        .order
        .iter()
        .position(|choice| (*choice == best) == right);
    Reply {
        place: shown.place.to_string(),
        item: shown.item.slug.clone(),
        choice: (place.unwrap() + 1).to_string(),
        ..Reply::default()
    }
}

async fn send(app: &App, run: &(String, String), reply: &Reply) -> application::Result<Replied> {
    assessment::answer(app, &Actor::Visitor, &run.0, &run.1, reply).await
}

async fn open(app: &App, run: &(String, String)) -> Opened {
    assessment::open(app, &run.0, &run.1).await.unwrap()
}

/// Answers to the end; each answer is right as `right` says of its place.
async fn finish(scene: &Scene, run: &(String, String), right: impl Fn(i64) -> bool) -> Vec<String> {
    let mut asked = Vec::new();
    loop {
        let opened = open(&scene.app, run).await;
        let Some(shown) = &opened.shown else {
            return asked;
        };
        asked.push(shown.item.slug.clone());
        scene.clock.advance(SignedDuration::from_secs(12));
        let reply = reply(&opened, right(shown.place));
        let replied = send(&scene.app, run, &reply).await.unwrap();
        assert!(matches!(replied, Replied::Next | Replied::Over));
    }
}

/// A completed questionnaire of a beginner.
async fn answered(scene: &Scene, person: &PersonRow) {
    let typed = [
        ("profil", "1"),
        ("aisance_ordinateur", "1"),
        ("aisance_telephone", "1"),
        ("internet", "1"),
        ("commune", "Frévent 62270"),
    ];
    let entry = Entry {
        contact: Contact {
            name: person.name.clone(),
            email: person.email.clone().unwrap_or_default(),
            ..Contact::default()
        },
        origin: "paper".into(),
        typed: typed
            .iter()
            .map(|(slug, typed)| ((*slug).to_owned(), (*typed).to_owned()))
            .collect(),
    };
    let answer = questionnaire::enter(&scene.app, &coordinator(), &entry, Language::Fr)
        .await
        .unwrap();
    let EntryAnswer::Kept(entered) = answer else {
        panic!("{answer:?}");
    };
    assert_eq!(entered.person, person.id, "the same person");
}

#[tokio::test]
async fn a_test_starts_easy_covers_all_areas_and_ends_on_a_result() {
    on_both(|scene| async move {
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(&scene.app, &anne).await;
        let first = open(&scene.app, &run).await;
        let item = &first.shown.as_ref().unwrap().item;
        assert!(
            item.parameters().probability(0.0) >= 0.7,
            "the first question is one that most people know"
        );
        let asked = finish(&scene, &run, |place| place % 3 != 0).await;
        assert!((8..=15).contains(&asked.len()), "{}", asked.len());
        let distinct: BTreeSet<&String> = asked.iter().collect();
        assert_eq!(distinct.len(), asked.len(), "nothing is asked twice");
        let view = assessment::result(&scene.app, &run.0, &run.1)
            .await
            .unwrap();
        assert!(view.ability.is_some() && view.opened.run.conclusive == 1);
        assert_eq!(view.areas.len(), 5);
        assert!(view.areas.iter().all(|area| area.asked > 0));
        assert_eq!(view.items.len(), asked.len());
        assert!(
            view.opened
                .answers
                .iter()
                .all(|answer| answer.millis == Some(12_000))
        );
        // Taken once, it is not begun again: its result is there.
        let again = assessment::begin_own(&scene.app, &participant(&anne)).await;
        assert!(matches!(again, Err(Error::Refused(_))), "{again:?}");
        let told = assessment::own_invitation(&scene.app, &participant(&anne))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(told.stage, "done");
        assert!(told.link.unwrap().contains("/resultat"));
    })
    .await;
}

#[tokio::test]
async fn an_answer_sent_twice_or_after_going_back_counts_once() {
    on_both(|scene| async move {
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(&scene.app, &anne).await;
        let first = open(&scene.app, &run).await;
        let right = reply(&first, true);
        assert_eq!(send(&scene.app, &run, &right).await.unwrap(), Replied::Next);
        assert_eq!(
            send(&scene.app, &run, &right).await.unwrap(),
            Replied::Again { differs: false }
        );
        let other = reply(&first, false);
        assert_eq!(
            send(&scene.app, &run, &other).await.unwrap(),
            Replied::Again { differs: true }
        );
        let after = open(&scene.app, &run).await;
        assert_eq!(after.answers.len(), 1);
        assert_eq!(after.answers[0].is_right, 1, "the first answer stays");
        // Two presses of one button at once.
        let next = reply(&after, false);
        let (one, two) = tokio::join!(send(&scene.app, &run, &next), send(&scene.app, &run, &next));
        let counted = [one.unwrap(), two.unwrap()];
        assert!(counted.contains(&Replied::Next), "{counted:?}");
        assert!(
            counted.contains(&Replied::Again { differs: false }),
            "{counted:?}"
        );
        assert_eq!(open(&scene.app, &run).await.answers.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_asked_there_is_not_taken() {
    on_both(|scene| async move {
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(&scene.app, &anne).await;
        let opened = open(&scene.app, &run).await;
        let good = reply(&opened, true);
        let other = content::bank()
            .items()
            .iter()
            .find(|item| item.slug != good.item)
            .unwrap();
        for (place, item) in [
            ("1", other.slug.as_str()),
            ("2", good.item.as_str()),
            ("0", good.item.as_str()),
            ("-1", good.item.as_str()),
            ("99999999999999999999", good.item.as_str()),
            ("1", "' OR 1=1 --"),
            ("", ""),
        ] {
            let tampered = Reply {
                place: place.into(),
                item: item.into(),
                ..good.clone()
            };
            let replied = send(&scene.app, &run, &tampered).await.unwrap();
            assert_eq!(replied, Replied::Foreign, "{place} {item}");
        }
        for choice in ["", "0", "7", "-1", "x", "1e9"] {
            let tampered = Reply {
                choice: choice.into(),
                ..good.clone()
            };
            let replied = send(&scene.app, &run, &tampered).await;
            assert!(
                matches!(replied, Err(Error::Invalid(_))),
                "{choice}: {replied:?}"
            );
        }
        assert!(open(&scene.app, &run).await.answers.is_empty());
        // Another's key opens nothing.
        let bea = scene.person("Béatrice Grand", "bea@exemple.fr").await;
        let hers = begin(&scene.app, &bea).await;
        for key in [hers.1.as_str(), "", "0"] {
            let replied = assessment::answer(&scene.app, &Actor::Visitor, &run.0, key, &good).await;
            assert!(matches!(replied, Err(Error::NotFound)));
            assert!(matches!(
                assessment::open(&scene.app, &run.0, key).await,
                Err(Error::NotFound)
            ));
        }
    })
    .await;
}

#[tokio::test]
async fn one_may_not_know_pass_leave_come_back_and_stop() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(app, &anne).await;
        for what in ["unknown", "passed"] {
            let opened = open(app, &run).await;
            let said = Reply {
                what: what.into(),
                choice: String::new(),
                ..reply(&opened, true)
            };
            assert_eq!(send(app, &run, &said).await.unwrap(), Replied::Next);
        }
        let (_, left) = assessment::leave(app, &run.0, &run.1).await.unwrap();
        assert!(left.contains(&format!("/test/{}?cle=", run.0)));
        let address = assessment::send_link(app, &run.0, &run.1).await.unwrap();
        assert_eq!(address, "anne@exemple.fr");
        scene.clock.advance(SignedDuration::from_hours(30));
        // Begun once more, it goes on where it was.
        assert_eq!(begin(app, &anne).await, run);
        let opened = open(app, &run).await;
        assert_eq!(opened.shown.as_ref().unwrap().place, 3);
        send(app, &run, &reply(&opened, true)).await.unwrap();
        let answers = open(app, &run).await.answers;
        assert_eq!(answers[2].millis, None, "a pause is no time of answering");
        assert_eq!(
            answers
                .iter()
                .map(|answer| answer.is_right)
                .collect::<Vec<_>>(),
            [0, 0, 1]
        );
        assessment::stop(app, &Actor::Visitor, &run.0, &run.1)
            .await
            .unwrap();
        assessment::stop(app, &Actor::Visitor, &run.0, &run.1)
            .await
            .unwrap();
        let view = assessment::result(app, &run.0, &run.1).await.unwrap();
        assert_eq!(view.opened.run.ending, "stopped");
        assert_eq!(view.opened.run.conclusive, 0, "three answers are too few");
        let refused = assessment::apply(app, &Actor::Visitor, &run.0, &run.1, true).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
        // Stopped too early, it can be taken anew, with other questions.
        let again = begin(app, &anne).await;
        assert_ne!(again.0, run.0);
        let first: BTreeSet<String> = answers.into_iter().map(|answer| answer.item).collect();
        let asked = finish(&scene, &again, |_| true).await;
        assert!(asked.iter().all(|item| !first.contains(item)));
    })
    .await;
}

#[tokio::test]
async fn whoever_declines_is_not_asked_again_and_may_still_begin() {
    on_both(|scene| async move {
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let actor = participant(&anne);
        for _ in 0..2 {
            assessment::decline_own(&scene.app, &actor).await.unwrap();
        }
        let told = assessment::own_invitation(&scene.app, &actor)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((told.stage, told.link), ("declined", None));
        begin(&scene.app, &anne).await;
        assert!(matches!(
            assessment::begin_own(&scene.app, &Actor::Visitor).await,
            Err(Error::SignInNeeded)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_result_counts_for_the_path_only_if_the_person_says_so() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let person: PersonId = anne.id.parse().unwrap();
        answered(&scene, &anne).await;
        let run = begin(app, &anne).await;
        finish(&scene, &run, |_| true).await;
        let path = async || {
            application::pathway::current(app, &participant(&anne), person)
                .await
                .unwrap()
                .unwrap()
        };
        let told = path().await;
        assert_eq!(told.level_told, None, "no test counts yet");
        let view = assessment::result(app, &run.0, &run.1).await.unwrap();
        assert_eq!(view.told, Some(told.level));
        assert!(view.practice > told.level, "all right: {}", view.practice);
        assert!(view.may_apply());
        assessment::apply(app, &participant(&anne), &run.0, &run.1, true)
            .await
            .unwrap();
        let tested = path().await;
        assert_eq!(
            (tested.level, tested.level_told),
            (view.practice, Some(told.level))
        );
        let kept = store::pathway::current(&mut app.read().await.unwrap(), &anne.id, &scene.season)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            kept.level,
            i64::from(view.practice),
            "the stored path follows"
        );
        assessment::apply(app, &participant(&anne), &run.0, &run.1, false)
            .await
            .unwrap();
        assert_eq!(path().await.level, told.level, "and can be taken back");
    })
    .await;
}

#[tokio::test]
async fn a_second_test_after_workshops_has_other_questions_and_is_compared() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(app, &anne).await;
        let before = finish(&scene, &run, |_| false).await;
        let session = scene.session(-3, 8).await;
        let seat = scene.enrolled(&session, &anne, "placed").await;
        assert!(!seat.is_empty());
        let command = application::attendance::Command {
            person: anne.id.clone(),
            mark: "present".into(),
            ..application::attendance::Command::default()
        };
        application::attendance::mark(app, &coordinator(), &session, &command)
            .await
            .unwrap();
        let told = assessment::own_invitation(app, &participant(&anne))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((told.stage, told.occasion.slug()), ("new", "after"));
        assert!(
            told.before.is_some(),
            "the first result is there to compare with"
        );
        let run = begin(app, &anne).await;
        let after = finish(&scene, &run, |_| true).await;
        assert!(
            after.iter().all(|item| !before.contains(item)),
            "nothing is asked twice"
        );
        let view = assessment::result(app, &run.0, &run.1).await.unwrap();
        let earlier = view.earlier.unwrap();
        assert_eq!(earlier.change, domain::assessment::run::Change::Up);
        let pages = assessment::of_person(app, &coordinator(), anne.id.parse().unwrap())
            .await
            .unwrap()
            .unwrap();
        assert_eq!(pages.len(), 2);
        assert_eq!(
            pages[0].change.unwrap().0,
            domain::assessment::run::Change::Up
        );
    })
    .await;
}

#[tokio::test]
async fn each_showing_of_an_item_is_counted_and_the_item_is_kept_as_shown() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(app, &anne).await;
        let asked = finish(&scene, &run, |_| true).await;
        let (tests, lines) = assessment::bank_lines(app, &coordinator()).await.unwrap();
        assert_eq!(tests, 1);
        for line in &lines {
            let times = i64::from(asked.contains(&line.item.slug));
            assert_eq!(line.shown, times, "{}", line.item.slug);
        }
        let page = assessment::item_page(app, &coordinator(), &asked[0]).await.unwrap();
        assert_eq!(page.chosen.iter().sum::<i64>(), 1);
        // The words change: what was shown stays readable, and the answers still count.
        let mut tx = app.write().await.unwrap();
        tx.execute(
            "UPDATE content_version SET version = 'gone', slug = 'parti' WHERE kind = 'assessment-item' AND slug = $1",
            [asked[0].as_str().into()],
        )
        .await
        .unwrap();
        tx.execute(
            "UPDATE level_answer SET item = 'parti', item_version = 'gone' WHERE item = $1",
            [asked[0].as_str().into()],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let view = assessment::result(app, &run.0, &run.1).await.unwrap();
        assert_eq!(view.items[0].item.slug, asked[0], "as it was kept");
        let counted: usize = view.areas.iter().map(|area| area.asked).sum();
        assert!(counted + 1 >= asked.len());
    })
    .await;
}

#[tokio::test]
async fn results_are_for_those_who_may_see_them_and_small_groups_for_nobody_else() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let run = begin(app, &anne).await;
        finish(&scene, &run, |_| true).await;
        let (season, _, lines) = assessment::list(app, &coordinator(), "").await.unwrap();
        assert_eq!((season.slug.as_str(), lines.len()), ("printemps-2026", 1));
        let whole = assessment::summary(app, &coordinator(), "").await.unwrap();
        assert!(whole.whole);
        assert_eq!(whole.start.total, Some(1));
        let referent = scene.referent();
        assert!(matches!(
            assessment::list(app, &referent, "").await,
            Err(Error::Forbidden)
        ));
        assert!(assessment::bank_lines(app, &referent).await.is_err());
        assert!(
            assessment::of_person(app, &referent, anne.id.parse().unwrap())
                .await
                .unwrap()
                .is_none()
        );
        let shown = assessment::summary(app, &referent, "").await.unwrap();
        assert!(!shown.whole);
        assert_eq!(shown.start.total, None, "one person is nobody");
        assert!(shown.start.counts.iter().all(|cell| cell.count().is_none()));
        assert!(shown.areas.iter().all(|area| area.start.is_none()));
        for nobody in [
            Actor::Visitor,
            participant(&anne),
            staff(Role::Trainer, None),
        ] {
            assert!(assessment::summary(app, &nobody, "").await.is_err());
            assert!(assessment::list(app, &nobody, "").await.is_err());
        }
        // A referent has the test taken by somebody of their territory only.
        let elsewhere =
            assessment::begin_for(app, &referent, anne.id.parse().unwrap(), &Begin::default())
                .await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "{elsewhere:?}");
    })
    .await;
}

#[tokio::test]
async fn a_test_moves_with_its_person_and_goes_with_their_data() {
    on_both(|scene| async move {
        let app = &scene.app;
        let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
        let double = scene.person("Anne Petite", "anne.petite@exemple.fr").await;
        let run = begin(app, &double).await;
        finish(&scene, &run, |_| true).await;
        let owner = async || {
            let mut db = app.read().await.unwrap();
            store::assessment::get(&mut db, &run.0)
                .await
                .unwrap()
                .unwrap()
                .person_id
        };
        let preview = people::preview_people(app, &coordinator(), &anne.id, &double.id)
            .await
            .unwrap();
        let command = people::MergeCommand {
            kept: anne.id.clone(),
            gone: double.id.clone(),
            kept_version: preview.kept.version.to_string(),
            gone_version: preview.gone.version.to_string(),
            ..people::MergeCommand::default()
        };
        people::merge_people(app, &coordinator(), &command)
            .await
            .unwrap();
        assert_eq!(owner().await, anne.id, "it moves with the merge");
        people::separate_people(app, &coordinator(), &anne.id)
            .await
            .unwrap();
        assert_eq!(owner().await, double.id, "and back");
        let own = people::export_person(app, &participant(&double), double.id.parse().unwrap())
            .await
            .unwrap();
        let tests = own["level_tests"].as_array().unwrap();
        assert_eq!(tests.len(), 1);
        assert!(tests[0]["answers"].as_array().unwrap().len() >= 8);
        people::erase_person(app, &coordinator(), double.id.parse().unwrap())
            .await
            .unwrap();
        assert!(matches!(
            assessment::open(app, &run.0, &run.1).await,
            Err(Error::NotFound)
        ));
        let mut db = app.read().await.unwrap();
        let answers = store::assessment::answers(&mut db, &run.0).await.unwrap();
        assert!(answers.len() >= 8, "right and wrong count for the items");
        assert!(
            answers
                .iter()
                .all(|answer| answer.choice.is_none() && answer.millis.is_none())
        );
        let (_, _, lines) = assessment::list(app, &coordinator(), "").await.unwrap();
        assert!(lines.is_empty(), "nobody's test is in no list");
    })
    .await;
}

#[tokio::test]
async fn a_calibration_needs_enough_and_finds_difficulties_again() {
    // The estimation itself does not know engines; one is enough for its time.
    let scene = Scene::new(TestDatabase::sqlite().await).await;
    let app = &scene.app;
    let refused = assessment::calibration(app, Enough::default())
        .await
        .unwrap();
    let too_little = refused.unwrap_err();
    assert_eq!((too_little.tests, too_little.wanted), (0, 100));
    let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
    let template = {
        let run = begin(app, &anne).await;
        let mut db = app.read().await.unwrap();
        store::assessment::get(&mut db, &run.0)
            .await
            .unwrap()
            .unwrap()
    };
    // Everybody answers the same ten items, of which one is far more difficult than supposed.
    let items: Vec<_> = content::bank().items().iter().take(10).collect();
    let mut draws = Draws::new(5);
    let mut tx = app.write().await.unwrap();
    for number in 0..300 {
        let run = store::assessment::RunRow {
            id: format!("run-{number}"),
            ..template.clone()
        };
        store::assessment::insert(&mut tx, &run).await.unwrap();
        let ability = draws.normal();
        for (place, item) in (1..).zip(&items) {
            let mut parameters = item.parameters();
            if place == 4 {
                parameters.difficulty += 2.5;
            }
            let answer = store::assessment::AnswerRow {
                run_id: run.id.clone(),
                position: place,
                item: item.slug.clone(),
                item_version: "1".into(),
                reply: "choice".into(),
                choice: Some(0),
                is_right: i64::from(draws.uniform() < parameters.probability(ability)),
                millis: None,
                answered_at: 0,
            };
            store::assessment::insert_answer(&mut tx, &answer)
                .await
                .unwrap();
        }
    }
    tx.commit().await.unwrap();
    let report = assessment::calibration(app, Enough::default())
        .await
        .unwrap()
        .unwrap();
    assert_eq!((report.tests, report.answers, report.gone), (300, 3000, 0));
    assert_eq!(report.items.len(), 10);
    let moved: Vec<f64> = report
        .items
        .iter()
        .map(|item| item.after.unwrap().parameters.difficulty - item.before.difficulty)
        .collect();
    let others: f64 = moved
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != 3)
        .map(|(_, moved)| moved / 9.0)
        .sum();
    assert!(moved[3] - others > 1.2, "{moved:?}");
    assert_eq!(report.proposed().len(), 10);
}

#[tokio::test]
async fn a_link_of_a_run_is_good_for_nothing_else() {
    let scene = Scene::new(TestDatabase::sqlite().await).await;
    let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
    let run = begin(&scene.app, &anne).await;
    assert!(link::level_run_holds(&scene.app, &run.0, &run.1));
    assert!(!link::response_holds(&scene.app, &run.0, &run.1));
    assert!(!link::enrolment_holds(&scene.app, &run.0, &run.1));
}
