//! Quizzes: made from GIFT, answered by those who took part and nobody else, on the screen or on paper, and what the group missed. The
//! preparation of a session.

use std::collections::BTreeMap;

use application::access::{Actor, link};
use application::people::MergeCommand;
use application::quiz::{
    self, Entered, EntryForm, HandIn, Import, Outcome, Saved, Sent, Settings, Who, Why,
};
use application::{Error, attendance, people, preparation};
use domain::assessment::gift::Reason;
use domain::language::Language;
use domain::quiz::{Draft, Unreadable};
use store::people::PersonRow;
use testkit::both_engines;

use crate::attendance::trainer_of;
use crate::scene::{NOW, Scene, coordinator};

const HOUR: i64 = 3_600_000;
const MODULE: &str = "courriel";
const GIFT: &str = "
Quel signe ? {=arobase ~dièse}

Que joindre ? {~%50%photo ~%50%devis ~%-100%chaise}

Combien ? {#12:1}
";

/// A session of a module that ended two hours ago, held by `paul`, with people who have a seat.
struct Group {
    scene: Scene,
    session: String,
    paul: Actor,
    anne: PersonRow,
    luc: PersonRow,
}

async fn group(db: testkit::TestDatabase) -> Group {
    let scene = Scene::new(db).await;
    let session = scene.session(0, 6).await;
    let paul = trainer_of(&scene, &session, 1).await;
    let mut tx = scene.app.write().await.unwrap();
    let mut row = store::session::get(&mut tx, &session)
        .await
        .unwrap()
        .unwrap();
    row.module = MODULE.into();
    row.starts_at = NOW - 4 * HOUR;
    row.ends_at = NOW - 2 * HOUR;
    store::session::update(&mut tx, &row).await.unwrap();
    tx.commit().await.unwrap();
    let anne = scene.person("Anne Petit", "anne@exemple.fr").await;
    let luc = scene.person("Luc Roux", "luc@exemple.fr").await;
    for person in [&anne, &luc] {
        scene.enrolled(&session, person, "placed").await;
    }
    Group {
        scene,
        session,
        paul,
        anne,
        luc,
    }
}

fn own(person: &PersonRow) -> Actor {
    Actor::Participant {
        person: person.id.parse().unwrap(),
        name: person.name.clone(),
    }
}

fn import(text: &str) -> Import {
    Import {
        title: "Le courriel".into(),
        module: MODULE.into(),
        text: text.into(),
        ..Import::default()
    }
}

impl Group {
    /// A quiz in use, made by `actor`.
    async fn quiz(&self, actor: &Actor, text: &str) -> String {
        let app = &self.scene.app;
        let made = quiz::create(app, actor, &import(text)).await.unwrap();
        let Outcome::Done { quiz, .. } = made else {
            panic!("{made:?}");
        };
        quiz::set_stage(app, actor, &quiz, "open", "1")
            .await
            .unwrap();
        quiz
    }

    async fn hand_in(
        &self,
        person: &PersonRow,
        quiz: &str,
        (revision, turn): (i64, i64),
        values: &[(&str, &[&str])],
    ) -> Result<HandIn, Error> {
        let sent = Sent {
            revision,
            turn,
            values: fields(values),
            anyway: false,
        };
        let actor = own(person);
        quiz::hand_in(
            &self.scene.app,
            Who::Signed(&actor),
            &self.session,
            quiz,
            &sent,
        )
        .await
    }

    async fn mark(&self, person: &PersonRow, mark: &str) {
        let command = attendance::Command {
            person: person.id.clone(),
            mark: mark.into(),
            minutes: String::new(),
            version: "*".into(),
        };
        attendance::mark(&self.scene.app, &coordinator(), &self.session, &command)
            .await
            .unwrap();
    }
}

fn fields(values: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    values
        .iter()
        .map(|(name, all)| {
            let all = all.iter().map(|one| (*one).to_owned()).collect();
            ((*name).to_owned(), all)
        })
        .collect()
}

const RIGHT: [(&str, &[&str]); 3] = [("q0", &["0"]), ("q1", &["0", "1"]), ("q2", &["12"])];
const WRONG: [(&str, &[&str]); 3] = [("q0", &["1"]), ("q1", &["0", "2"]), ("q2", &["12"])];

#[tokio::test]
async fn one_bad_question_stops_a_file_unless_the_good_ones_are_asked_for() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let bad = format!("{GIFT}\nÉcrivez un texte. {{}}\n\nPas fini {{=a\n");
        let refused = quiz::create(app, &group.paul, &import(&bad)).await.unwrap();
        let Outcome::Refused { good, faults } = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(good, 3);
        let told: Vec<_> = faults
            .iter()
            .map(|fault| (fault.line, &fault.why))
            .collect();
        assert_eq!(
            told,
            [
                (8, &Why::Gift(Reason::Essay)),
                (10, &Why::Gift(Reason::NoClosingBrace))
            ]
        );
        assert_eq!(quiz::list(app, &group.paul).await.unwrap().len(), 0);
        let kept = Import {
            keep: "oui".into(),
            ..import(&bad)
        };
        let done = quiz::create(app, &group.paul, &kept).await.unwrap();
        assert!(
            matches!(&done, Outcome::Done { taken: 3, left_out, .. } if left_out.len() == 2),
            "{done:?}"
        );
        for (wrong, field) in [
            (
                Import {
                    title: String::new(),
                    ..import(GIFT)
                },
                "title",
            ),
            (
                Import {
                    module: "inconnu".into(),
                    ..import(GIFT)
                },
                "module",
            ),
            (
                Import {
                    session: "1".into(),
                    ..import(GIFT)
                },
                "session",
            ),
            (import("  "), "text"),
        ] {
            let refused = quiz::create(app, &group.paul, &wrong).await;
            let Err(Error::Invalid(fields)) = refused else {
                panic!("{field}: {refused:?}");
            };
            assert_eq!(fields[0].field, field);
        }
        let nothing = quiz::create(app, &group.paul, &import("{}")).await.unwrap();
        assert!(matches!(nothing, Outcome::Refused { good: 0, .. }));
        let anybody = quiz::create(app, &own(&group.anne), &import(GIFT)).await;
        assert!(matches!(anybody, Err(Error::Forbidden)), "{anybody:?}");
    })
    .await;
}

#[tokio::test]
async fn trainers_change_their_own_quizzes_and_copy_those_of_others() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let other = group.scene.session(0, 4).await;
        let zoe = trainer_of(&group.scene, &other, 2).await;
        let made = quiz::create(app, &group.paul, &import(GIFT)).await.unwrap();
        let Outcome::Done { quiz: id, .. } = made else {
            panic!("{made:?}");
        };
        // What is not in use yet is nobody else's.
        let hidden = quiz::open(app, &zoe, &id).await;
        assert!(matches!(hidden, Err(Error::NotFound)), "{hidden:?}");
        quiz::set_stage(app, &group.paul, &id, "open", "1")
            .await
            .unwrap();
        assert!(!quiz::open(app, &zoe, &id).await.unwrap().mine);
        let settings = Settings {
            title: "À moi".into(),
            version: "2".into(),
            ..Settings::default()
        };
        assert!(matches!(
            quiz::set(app, &zoe, &id, &settings).await,
            Err(Error::Forbidden)
        ));
        assert!(matches!(
            quiz::set_stage(app, &zoe, &id, "archived", "2").await,
            Err(Error::Forbidden)
        ));
        let copy = quiz::copy(app, &zoe, &id, "securite").await.unwrap();
        let copied = quiz::open(app, &zoe, &copy).await.unwrap();
        assert!(copied.mine);
        assert_eq!(copied.row.stage, "draft");
        assert_eq!(
            copied.questions,
            quiz::open(app, &group.paul, &id).await.unwrap().questions
        );
        // The desk changes every quiz; what it makes is every trainer's to use.
        assert!(quiz::open(app, &coordinator(), &copy).await.unwrap().mine);
        let (name, text) = quiz::export(app, &coordinator(), &id).await.unwrap();
        assert_eq!(name, "le-courriel.gift");
        assert_eq!(quiz::read(&text).0, copied.questions);
        // A session of somebody else cannot be given a quiz.
        let foreign = Import {
            session: other,
            ..import(GIFT)
        };
        let refused = quiz::create(app, &group.paul, &foreign).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn who_took_part_answers_once_and_nobody_else_sees_anything() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&coordinator(), GIFT).await;
        let anne = own(&group.anne);
        assert_eq!(quiz::own(app, &anne).await.unwrap().len(), 1);
        let taking = quiz::take(app, Who::Signed(&anne), &group.session, None)
            .await
            .unwrap();
        assert_eq!(
            (taking.quiz.id.as_str(), taking.turn, taking.open),
            (quiz.as_str(), 1, true)
        );
        let missing = group
            .hand_in(&group.anne, &quiz, (1, 1), &RIGHT[..1])
            .await
            .unwrap();
        assert_eq!(
            missing,
            HandIn::Incomplete(vec![(1, Unreadable::Missing), (2, Unreadable::Missing)])
        );
        assert_eq!(
            group
                .hand_in(&group.anne, &quiz, (1, 1), &RIGHT)
                .await
                .unwrap(),
            HandIn::Done(1)
        );
        // The button pressed twice.
        assert_eq!(
            group
                .hand_in(&group.anne, &quiz, (1, 1), &RIGHT)
                .await
                .unwrap(),
            HandIn::Done(1)
        );
        // Other answers under the same try, or a second try that was not allowed.
        for turn in [1, 2] {
            let refused = group.hand_in(&group.anne, &quiz, (1, turn), &WRONG).await;
            assert!(
                matches!(&refused, Err(Error::Refused(why)) if why.key == "quiz-refused-answered"),
                "{refused:?}"
            );
        }
        let own_quizzes = quiz::own(app, &anne).await.unwrap();
        assert_eq!(
            (own_quizzes[0].score, own_quizzes[0].open),
            (Some(1000), false)
        );

        let stranger = group.scene.person("Ève Noir", "eve@exemple.fr").await;
        for (who, why) in [(&stranger, "is not enrolled"), (&group.luc, "was absent")] {
            if why == "was absent" {
                group.mark(who, "absent").await;
            }
            let actor = own(who);
            let none = quiz::take(app, Who::Signed(&actor), &group.session, Some(&quiz)).await;
            assert!(matches!(none, Err(Error::NotFound)), "{why}");
            let none = group.hand_in(who, &quiz, (1, 1), &RIGHT).await;
            assert!(matches!(none, Err(Error::NotFound)), "{why}");
            assert_eq!(quiz::own(app, &actor).await.unwrap(), []);
        }
        let visitor = quiz::take(app, Who::Signed(&Actor::Visitor), &group.session, None).await;
        assert!(matches!(visitor, Err(Error::SignInNeeded)), "{visitor:?}");
    })
    .await;
}

#[tokio::test]
async fn a_quiz_opens_when_the_evaluation_begins_and_belongs_to_its_session() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&coordinator(), GIFT).await;
        let anne = own(&group.anne);
        // 120 minutes: 25 of input, 65 of practice, then the evaluation.
        let at = |minutes: i64| {
            jiff::Timestamp::from_millisecond(NOW - 4 * HOUR + minutes * 60_000).unwrap()
        };
        group.scene.clock.set(at(89));
        let early = quiz::take(app, Who::Signed(&anne), &group.session, None).await;
        assert!(
            matches!(&early, Err(Error::Refused(why)) if why.key == "quiz-refused-early"),
            "{early:?}"
        );
        assert!(
            group
                .hand_in(&group.anne, &quiz, (1, 1), &RIGHT)
                .await
                .is_err()
        );
        group.scene.clock.set(at(90));
        assert!(
            quiz::take(app, Who::Signed(&anne), &group.session, None)
                .await
                .is_ok()
        );

        // Another session's quiz: of another module, or made for that one alone.
        let other = group.scene.session(1, 4).await;
        let mut tx = app.write().await.unwrap();
        let mut row = store::session::get(&mut tx, &other).await.unwrap().unwrap();
        row.module = MODULE.into();
        store::session::update(&mut tx, &row).await.unwrap();
        tx.commit().await.unwrap();
        let theirs = Import {
            session: other,
            ..import("Autre ? {T}")
        };
        let Outcome::Done { quiz: foreign, .. } =
            quiz::create(app, &coordinator(), &theirs).await.unwrap()
        else {
            panic!("made");
        };
        quiz::set_stage(app, &coordinator(), &foreign, "open", "1")
            .await
            .unwrap();
        for values in [&RIGHT[..], &[("q0", &["true"][..])][..]] {
            let refused = group.hand_in(&group.anne, &foreign, (1, 1), values).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        let fitting = (
            group.session.as_str(),
            foreign.as_str(),
            group.anne.id.as_str(),
        );
        let refused = quiz::entry(app, &coordinator(), fitting, None, Language::Fr).await;
        assert!(matches!(refused, Err(Error::NotFound)));

        // The trainer's own comes before the desk's.
        let nearer = group.quiz(&group.paul, "Le mien ? {T}").await;
        let taking = quiz::take(app, Who::Signed(&anne), &group.session, None)
            .await
            .unwrap();
        assert_eq!(taking.quiz.id, nearer);
        assert_eq!(taking.others, []);
    })
    .await;
}

#[tokio::test]
async fn a_letters_link_opens_one_persons_quiz_of_one_session() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        group.quiz(&coordinator(), GIFT).await;
        assert_eq!(quiz::tell(app).await.unwrap(), 0, "the list is not closed");
        group.mark(&group.anne, "present").await;
        attendance::hold(app, &coordinator(), &group.session, "absent")
            .await
            .unwrap();
        assert_eq!(quiz::tell(app).await.unwrap(), 1, "Luc was absent");
        assert_eq!(quiz::tell(app).await.unwrap(), 0, "nobody is told twice");
        let mut db = app.read().await.unwrap();
        let letters = store::people::person_letters(&mut db, &group.anne.id)
            .await
            .unwrap();
        drop(db);
        let letter = letters
            .iter()
            .find(|letter| letter.kind == "quiz-ready")
            .unwrap();
        let address = link::quiz(
            app,
            group.session.parse().unwrap(),
            group.anne.id.parse().unwrap(),
        )
        .unwrap();
        assert!(letter.text_body.contains(&address), "{}", letter.text_body);
        let key = address.split_once("cle=").unwrap().1;
        let who = |person: &'static str, key: &'static str| Who::Keyed { person, key };
        let leak = |text: &str| -> &'static str { text.to_owned().leak() };
        let (anne, luc, key) = (leak(&group.anne.id), leak(&group.luc.id), leak(key));
        assert!(
            quiz::take(app, who(anne, key), &group.session, None)
                .await
                .is_ok()
        );
        for (person, key) in [(luc, key), (anne, "00"), (anne, ""), ("x", key)] {
            let refused = quiz::take(app, who(person, key), &group.session, None).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
        let other = group.scene.session(-1, 4).await;
        let refused = quiz::take(app, who(anne, key), &other, None).await;
        assert!(matches!(refused, Err(Error::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn answers_stay_with_the_questions_they_were_given_to() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&group.paul, GIFT).await;
        group
            .hand_in(&group.anne, &quiz, (1, 1), &WRONG)
            .await
            .unwrap();
        let open = quiz::open(app, &group.paul, &quiz).await.unwrap();
        let mut draft = quiz::draft(&open.questions, 0).unwrap();
        draft.text = "Quel caractère ?".into();
        let version = open.row.version.to_string();
        let saved = quiz::save_question(app, &group.paul, &quiz, Some(0), &draft, &version).await;
        assert_eq!(saved.unwrap(), Saved::Done(0));
        // A second page that still shows the version before.
        let stale = quiz::save_question(app, &group.paul, &quiz, Some(0), &draft, &version).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        assert!(matches!(
            quiz::remove_question(app, &group.paul, &quiz, 1, &version).await,
            Err(Error::Stale)
        ));
        let again = Import {
            text: GIFT.into(),
            version,
            ..Import::default()
        };
        assert!(matches!(
            quiz::replace(app, &group.paul, &quiz, &again).await,
            Err(Error::Stale)
        ));
        // Luc's page shows the former state: his answers belong to it.
        group
            .hand_in(&group.luc, &quiz, (1, 1), &RIGHT)
            .await
            .unwrap();
        let actor = own(&group.anne);
        let taking = quiz::take(app, Who::Signed(&actor), &group.session, Some(&quiz))
            .await
            .unwrap();
        let (sheet, questions, _) = taking.last.unwrap();
        assert_eq!(
            (sheet.revision, questions[0].text.text.as_str()),
            (1, "Quel signe ?")
        );
        assert_eq!(taking.questions[0].text.text, "Quel caractère ?");
        // Both sheets are counted with the questions that they answer; what did not change is counted once.
        let results = quiz::of_session(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        let (all, people) = &results.quizzes[0];
        let told: Vec<_> = all
            .questions
            .iter()
            .map(|one| (one.text.as_str(), one.people, one.missed))
            .collect();
        assert_eq!(
            told,
            [
                ("Quel caractère ?", 0, 0),
                ("Que joindre ?", 2, 1),
                ("Combien ?", 2, 0),
                ("Quel signe ?", 2, 1),
            ]
        );
        assert_eq!(all.questions[3].wrong[0].said, "dièse");
        assert_eq!(
            people
                .iter()
                .map(|one| one.sheets.len())
                .collect::<Vec<_>>(),
            [1, 1]
        );
        // An empty quiz cannot be offered, and the last question cannot be taken from one that is.
        let alone = group.quiz(&group.paul, "Seule ? {T}").await;
        let refused = quiz::remove_question(app, &group.paul, &alone, 0, "2").await;
        assert!(
            matches!(&refused, Err(Error::Refused(why)) if why.key == "quiz-refused-empty"),
            "{refused:?}"
        );
        let empty = Draft::new("single");
        let wrong = quiz::save_question(app, &group.paul, &alone, None, &empty, "2");
        assert_eq!(
            wrong.await.unwrap(),
            Saved::Wrong(Why::Gift(Reason::NoText))
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_try_is_kept_where_it_is_allowed_and_the_first_one_counts() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&coordinator(), GIFT).await;
        let settings = Settings {
            title: "Le courriel".into(),
            again: "oui".into(),
            version: "2".into(),
            ..Settings::default()
        };
        quiz::set(app, &coordinator(), &quiz, &settings)
            .await
            .unwrap();
        group
            .hand_in(&group.anne, &quiz, (1, 1), &WRONG)
            .await
            .unwrap();
        assert_eq!(
            group
                .hand_in(&group.anne, &quiz, (1, 2), &RIGHT)
                .await
                .unwrap(),
            HandIn::Done(2)
        );
        let (results, sessions) = quiz::of_quiz(app, &coordinator(), &quiz, Language::Fr)
            .await
            .unwrap();
        assert_eq!((results.answered, results.mean), (1, Some(333)));
        assert_eq!((sessions.len(), sessions[0].people), (1, 1));
        assert_eq!(
            quiz::by_module(app, &coordinator()).await.unwrap(),
            sessions
        );
        // To another trainer the session does not exist, nor do its answers.
        let other = group.scene.session(0, 4).await;
        let zoe = trainer_of(&group.scene, &other, 2).await;
        let (results, sessions) = quiz::of_quiz(app, &zoe, &quiz, Language::Fr).await.unwrap();
        assert_eq!((results.answered, sessions.len()), (0, 0));
        let refused = quiz::of_session(app, &zoe, &group.session, Language::Fr).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        // Archived: nothing to answer any more, and every answer is still there.
        quiz::set_stage(app, &coordinator(), &quiz, "archived", "3")
            .await
            .unwrap();
        let actor = own(&group.anne);
        assert_eq!(quiz::own(app, &actor).await.unwrap()[0].score, Some(1000));
        let luc = own(&group.luc);
        assert_eq!(quiz::own(app, &luc).await.unwrap(), []);
        let results = quiz::of_session(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        assert_eq!(results.quizzes[0].1[0].sheets.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn paper_is_entered_by_letters_corrected_and_never_over_what_was_answered_on_the_screen() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&coordinator(), GIFT).await;
        let of = |person: &PersonRow| {
            let leak = |text: &str| -> &'static str { text.to_owned().leak() };
            (leak(&group.session), leak(&quiz), leak(&person.id))
        };
        let entry = quiz::entry(app, &group.paul, of(&group.anne), None, Language::Fr)
            .await
            .unwrap();
        let letter_of = |place: usize| {
            let domain::quiz::Asked::One(choices) = &entry.put[0].asked else {
                panic!("one");
            };
            let index = choices.iter().position(|one| one.place == place).unwrap();
            domain::quiz::letter(index).to_string()
        };
        let form = |first: String, version: &str| EntryForm {
            revision: "1".into(),
            typed: vec![first, String::new(), "12".into()],
            version: version.into(),
        };
        let wrong = quiz::enter(app, &group.paul, of(&group.anne), &form("Z".into(), "")).await;
        assert_eq!(
            wrong.unwrap(),
            Entered::Wrong(vec![(0, Unreadable::NotOffered)])
        );
        let first = form(letter_of(1), "");
        let done = quiz::enter(app, &group.paul, of(&group.anne), &first)
            .await
            .unwrap();
        assert_eq!(done, Entered::Done(Some(group.luc.id.clone())));
        // Sent twice, and sent by another device that saw no sheet.
        assert!(
            quiz::enter(app, &group.paul, of(&group.anne), &first)
                .await
                .is_ok()
        );
        let stale = quiz::enter(app, &group.paul, of(&group.anne), &form(letter_of(0), "")).await;
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
        quiz::enter(app, &group.paul, of(&group.anne), &form(letter_of(0), "1"))
            .await
            .unwrap();
        let entry = quiz::entry(app, &group.paul, of(&group.anne), None, Language::Fr)
            .await
            .unwrap();
        assert_eq!(
            (entry.version, entry.typed[0].as_str()),
            (Some(2), letter_of(0).as_str())
        );

        group
            .hand_in(&group.luc, &quiz, (1, 1), &WRONG)
            .await
            .unwrap();
        let refused = quiz::enter(app, &group.paul, of(&group.luc), &first).await;
        assert!(
            matches!(&refused, Err(Error::Refused(why)) if why.key == "quiz-refused-on-screen"),
            "{refused:?}"
        );
        // Who entered on paper has answered: the screen shows the correction.
        let refused = group.hand_in(&group.anne, &quiz, (1, 2), &RIGHT).await;
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        let results = quiz::of_session(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        let (all, people) = &results.quizzes[0];
        assert_eq!(people[0].sheets[0].score, 667);
        let missed: Vec<_> = all
            .questions
            .iter()
            .map(|one| (one.missed, one.left_out))
            .collect();
        assert_eq!(missed, [(1, 0), (2, 1), (0, 0)]);
        let stranger = group.scene.person("Ève Noir", "eve@exemple.fr").await;
        let none = quiz::enter(app, &group.paul, of(&stranger), &first).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        let other = group.scene.session(0, 4).await;
        let zoe = trainer_of(&group.scene, &other, 2).await;
        let none = quiz::enter(app, &zoe, of(&group.anne), &first).await;
        assert!(matches!(none, Err(Error::NotFound)), "{none:?}");
        let paper = quiz::paper(
            app,
            &group.paul,
            &quiz,
            Some(&group.session),
            true,
            Language::Fr,
        );
        assert!(paper.await.unwrap().starts_with(b"%PDF-"));
    })
    .await;
}

#[tokio::test]
async fn answers_move_with_a_merge_come_back_with_it_leave_with_an_export_and_go_with_an_erasure() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group
            .quiz(&coordinator(), "Votre prénom ? {=Marie}\n")
            .await;
        let named = [("q0", &["Gwendoline"][..])];
        group
            .hand_in(&group.anne, &quiz, (1, 1), &named)
            .await
            .unwrap();
        group
            .hand_in(&group.luc, &quiz, (1, 1), &[("q0", &["Marie"][..])])
            .await
            .unwrap();
        let command = MergeCommand {
            kept: group.anne.id.clone(),
            gone: group.luc.id.clone(),
            kept_version: group.anne.version.to_string(),
            gone_version: group.luc.version.to_string(),
            take: Vec::new(),
        };
        let preview = people::preview_people(app, &coordinator(), &group.anne.id, &group.luc.id)
            .await
            .unwrap();
        assert!(
            preview.moves.contains(&("quiz".to_owned(), 1)),
            "{:?}",
            preview.moves
        );
        people::merge_people(app, &coordinator(), &command)
            .await
            .unwrap();
        let session = group.session.as_str();
        let sheets = |person: String| async move {
            let mut db = app.read().await.unwrap();
            store::quiz::answers_of(&mut db, session, &person)
                .await
                .unwrap()
        };
        let merged = sheets(group.anne.id.clone()).await;
        assert_eq!(
            merged.iter().map(|one| one.turn).collect::<Vec<_>>(),
            [1, 2]
        );
        let actor = own(&group.anne);
        let export = people::export_person(app, &actor, group.anne.id.parse().unwrap())
            .await
            .unwrap();
        assert_eq!(export["quizzes"].as_array().unwrap().len(), 2);
        assert!(export["quizzes"].to_string().contains("Gwendoline"));
        people::separate_people(app, &coordinator(), &group.anne.id)
            .await
            .unwrap();
        assert_eq!(sheets(group.anne.id.clone()).await.len(), 1);
        assert_eq!(sheets(group.luc.id.clone()).await.len(), 1);

        people::erase_person(app, &actor, group.anne.id.parse().unwrap())
            .await
            .unwrap();
        let erased = sheets(group.anne.id.clone()).await;
        assert_eq!((erased[0].answers.as_str(), erased[0].score), ("[]", 0));
        let results = quiz::of_session(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        assert_eq!(
            results.quizzes[0].0.answered, 1,
            "only Luc is counted by name and answer"
        );
        let mut db = app.read().await.unwrap();
        let events = store::event::list(
            &mut db,
            &store::event::EventFilter {
                action_prefix: Some("quiz.".into()),
                limit: 100,
                ..Default::default()
            },
        )
        .await
        .unwrap();
        assert!(events.iter().all(|event| {
            let state = event.after_state.as_deref().unwrap_or_default();
            !state.contains(&group.anne.id)
        }));
    })
    .await;
}

#[tokio::test]
async fn a_trainer_prepares_their_own_session_and_sees_what_is_missing() {
    both_engines(|db| async {
        let group = group(db).await;
        let app = &group.scene.app;
        let quiz = group.quiz(&coordinator(), GIFT).await;
        let bare = preparation::preparation(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        assert!(
            bare.needs
                .iter()
                .all(|need| need.there.is_none() && !need.missing)
        );
        let mut tx = app.write().await.unwrap();
        let room = store::room::RoomRow {
            id: app.new_id::<domain::id::kind::Room>().to_string(),
            site_id: group.scene.site.clone(),
            name: "Salle du haut".into(),
            capacity: 1,
            equipment: r#"{"ordinateurs": 1}"#.into(),
            archived_at: None,
            version: 1,
        };
        store::room::insert(&mut tx, &room).await.unwrap();
        let mut row = store::session::get(&mut tx, &group.session)
            .await
            .unwrap()
            .unwrap();
        row.room_id = Some(room.id);
        store::session::update(&mut tx, &row).await.unwrap();
        let mut anne = group.anne.clone();
        anne.needs = "Grands caractères".into();
        store::people::update_person(&mut tx, &anne).await.unwrap();
        tx.commit().await.unwrap();
        let all = preparation::preparation(app, &group.paul, &group.session, Language::Fr)
            .await
            .unwrap();
        let minutes: Vec<_> = all
            .steps
            .iter()
            .map(domain::preparation::Step::minutes)
            .collect();
        assert_eq!(minutes, [25, 65, 15, 15]);
        let missing: Vec<_> = all
            .needs
            .iter()
            .filter(|need| need.missing)
            .map(|need| need.slug.as_str())
            .collect();
        assert_eq!(missing, ["internet"]);
        assert_eq!(
            all.short,
            [("ordinateurs".to_owned(), 1), (String::new(), 1)],
            "one computer and one seat for two people"
        );
        assert_eq!(all.quizzes, [(quiz, "Le courriel".to_owned())]);
        let lines = preparation::lines(&all.sheet.people[0], None, Language::Fr);
        assert!(lines[0].contains("Grands caractères"), "{lines:?}");
        let pdf = preparation::pdf(app, &group.paul, &group.session, Language::Fr).await;
        assert!(pdf.unwrap().starts_with(b"%PDF-"));
        let other = group.scene.session(0, 4).await;
        let zoe = trainer_of(&group.scene, &other, 2).await;
        for refused in [
            preparation::pdf(app, &zoe, &group.session, Language::Fr).await,
            preparation::pdf(app, &own(&group.anne), &group.session, Language::Fr).await,
        ] {
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        }
    })
    .await;
}
