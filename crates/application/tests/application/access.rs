//! Who may do what where, and who gets in: the table of rights, passwords, codes, links, limits.

use std::sync::Arc;

use application::access::account::{self, EditAccount, SCOPES};
use application::access::sign_in::{self, SignedIn};
use application::access::{Action, Actor, Binding, Resource, Role, Staff, limit, link};
use application::environment::SeededRandomness;
use application::people::{self, MergeCommand, PersonInput};
use application::{App, Config, Error};
use domain::id::{Id, TokenId};
use domain::language::Language;
use jiff::SignedDuration;
use store::people::PersonRow;
use testkit::{TestApp, app_on_both_engines};

use crate::scene::coordinator;

const PASSWORD: &str = "une phrase assez longue";

/// Everything of `ALL` that the letters stand for.
fn actions(set: &str) -> Vec<Action> {
    use Action::*;
    Action::ALL
        .into_iter()
        .filter(|action| match set {
            "all" => *action != ManageOwn,
            "desk" => !matches!(action, ManageOwn | ManageAccounts | ManageKeys),
            "train" => matches!(
                action,
                SeeRoster
                    | MarkAttendance
                    | SeeAssessmentSummary
                    | UseQuizzes
                    | ManageQuizzes
                    | HoldDebriefs
                    | SeeSatisfaction
                    | SeeMissing
            ),
            "use" => matches!(action, SeeAssessmentSummary | UseQuizzes | SeeMissing),
            "sums" => *action == SeeAssessmentSummary,
            "lack" => *action == SeeMissing,
            "relay" => matches!(
                action,
                SeePeople
                    | EnterQuestionnaire
                    | ManageEnrolments
                    | RequestEnrolment
                    | SeeAssessmentSummary
                    | HoldDebriefs
                    | SeeMissing
            ),
            "ask" => *action == RequestEnrolment,
            "own" => matches!(action, RequestEnrolment | ManageOwn),
            "-" => false,
            other => panic!("{other}"),
        })
        .collect()
}

fn id<K>(number: u8) -> Id<K> {
    Id::new(1, &[number; 10])
}

fn staff(role: Role, programme: Option<u8>, territory: Option<u8>, trainer: Option<u8>) -> Actor {
    Actor::Staff(Staff {
        account: id(0),
        name: "Test".into(),
        bindings: vec![Binding {
            role,
            programme: programme.map(id),
            territory: territory.map(id),
        }],
        trainer: trainer.map(id),
    })
}

fn actor(name: &str) -> Actor {
    match name {
        "visitor" => Actor::Visitor,
        "participant 1" => Actor::Participant {
            person: id(1),
            name: "Zoé".into(),
        },
        "administrator" => staff(Role::Administrator, None, None, None),
        "coordinator" => staff(Role::Coordinator, None, None, None),
        "coordinator of A" => staff(Role::Coordinator, Some(1), None, None),
        "trainer 1" => staff(Role::Trainer, None, None, Some(1)),
        "trainer nobody" => staff(Role::Trainer, None, None, None),
        "referent" => staff(Role::Referent, None, None, None),
        "referent of X" => staff(Role::Referent, None, Some(1), None),
        // Limits that the role does not know are not read as none.
        "administrator of A" => staff(Role::Administrator, Some(1), None, None),
        "coordinator of X" => staff(Role::Coordinator, None, Some(1), None),
        "referent of A" => staff(Role::Referent, Some(1), None, None),
        "no role" => Actor::Staff(Staff {
            account: id(0),
            name: "Test".into(),
            bindings: Vec::new(),
            trainer: Some(id(1)),
        }),
        other => panic!("{other}"),
    }
}

/// The columns of the table.
fn resources() -> [Resource; 7] {
    let session = |programme: u8, trainer: u8| Resource {
        programme: Some(id(programme)),
        trainer: Some(id(trainer)),
        ..Resource::default()
    };
    let person = |person: u8, territory: u8| Resource {
        person: Some(id(person)),
        territories: vec![id(territory)],
        ..Resource::default()
    };
    [
        Resource::everything(),
        Resource::of_programme(id(1)),
        Resource::of_programme(id(2)),
        session(1, 1),
        session(2, 2),
        person(1, 1),
        person(2, 2),
    ]
}

/// Who may do what where. `-` nothing; the other words are explained by [`actions`].
const TABLE: &str = "
                    | installation | A     | B     | session of A by 1 | session of B by 2 | person 1 in X | person 2 in Y
 administrator      | all          | all   | all   | all               | all               | all           | all
 coordinator        | desk         | desk  | desk  | desk              | desk              | desk          | desk
 coordinator of A   | desk         | desk  | -     | desk              | -                 | desk          | desk
 trainer 1          | use          | use   | use   | train             | use               | use           | use
 trainer nobody     | lack         | lack  | lack  | lack              | lack              | lack          | lack
 referent           | relay        | relay | relay | relay             | relay             | relay         | relay
 referent of X      | sums         | sums  | sums  | sums              | sums              | relay         | sums
 participant 1      | ask          | ask   | ask   | ask               | ask               | own           | ask
 visitor            | ask          | ask   | ask   | ask               | ask               | ask           | ask
 no role            | -            | -     | -     | -                 | -                 | -             | -
 administrator of A | -            | -     | -     | -                 | -                 | -             | -
 coordinator of X   | -            | -     | -     | -                 | -                 | -             | -
 referent of A      | -            | -     | -     | -                 | -                 | -             | -
";

/// What a token of each scope adds, held by an administrator; every other action is refused.
const SCOPE_TABLE: [(&str, &[Action]); 8] = [
    ("sessions:read", &[Action::SeeDesk]),
    ("sessions:write", &[Action::SeeDesk, Action::ManageSessions]),
    ("enrolments:read", &[Action::SeeRoster]),
    (
        "enrolments:write",
        &[
            Action::SeeRoster,
            Action::ManageEnrolments,
            Action::RequestEnrolment,
        ],
    ),
    ("people:read", &[Action::SeePeople]),
    ("people:write", &[Action::SeePeople, Action::ManagePeople]),
    ("attendance:read", &[Action::SeeRoster]),
    (
        "attendance:write",
        &[Action::SeeRoster, Action::MarkAttendance],
    ),
];

#[tokio::test]
async fn the_policies_are_exactly_the_table_of_rights() {
    let test = TestApp::new().await;
    let resources = resources();
    for line in TABLE.lines().filter(|line| !line.is_empty()).skip(1) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let who = actor(cells[0]);
        assert_eq!(cells.len(), resources.len() + 1, "{line}");
        for (cell, resource) in cells[1..].iter().zip(&resources) {
            let allowed = actions(cell);
            for action in Action::ALL {
                assert_eq!(
                    test.app.policies().allow(&who, action, resource).unwrap(),
                    allowed.contains(&action),
                    "{} {} {resource:?}",
                    cells[0],
                    action.slug()
                );
            }
        }
    }
}

fn program(holder: &Actor, scopes: &[&str]) -> Actor {
    Actor::Api {
        staff: holder.staff().unwrap().clone(),
        token: TokenId::new(1, &[9; 10]),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    }
}

#[tokio::test]
async fn a_token_does_what_its_scopes_say_and_no_more_than_its_holder_may() {
    let test = TestApp::new().await;
    let may = |who: &Actor, action, resource: &Resource| {
        test.app.policies().allow(who, action, resource).unwrap()
    };
    assert_eq!(SCOPE_TABLE.map(|(scope, _)| scope), SCOPES);
    let administrator = actor("administrator");
    for (scope, allowed) in SCOPE_TABLE {
        for action in Action::ALL {
            let token = program(&administrator, &[scope]);
            assert_eq!(
                may(&token, action, &Resource::everything()),
                allowed.contains(&action),
                "{scope} {}",
                action.slug()
            );
        }
    }
    for (name, resource) in ["trainer 1", "referent of X", "coordinator of A", "no role"]
        .iter()
        .flat_map(|name| resources().map(|resource| (*name, resource)))
    {
        for action in Action::ALL {
            let holder = actor(name);
            assert!(
                !may(&program(&holder, &SCOPES), action, &resource)
                    || may(&holder, action, &resource),
                "{name} {}",
                action.slug()
            );
            assert!(!may(&program(&holder, &[]), action, &resource));
        }
    }
}

async fn account(app: &App, email: &str, role: &str) -> String {
    let command = EditAccount {
        name: "Claire Delattre".into(),
        email: email.into(),
        language: "fr".into(),
        password: PASSWORD.into(),
        roles: vec![role.into()],
        ..EditAccount::default()
    };
    account::create(app, &Actor::System, &command)
        .await
        .unwrap()
        .to_string()
}

async fn person(app: &App, name: &str, email: &str) -> PersonRow {
    let input = PersonInput {
        name: name.into(),
        email: email.into(),
        ..PersonInput::default()
    };
    people::create_person(app, &coordinator(), &input)
        .await
        .unwrap()
}

async fn enter(app: &App, email: &str, password: &str) -> Result<SignedIn, Error> {
    sign_in::with_password(app, email, password, "203.0.113.9", "Firefox").await
}

async fn is_in(app: &App, token: &str) -> bool {
    sign_in::holder(app, token).await.unwrap().is_some()
}

fn refused(outcome: Result<SignedIn, Error>) -> &'static str {
    match outcome {
        Err(Error::Refused(refused)) => refused.key,
        other => panic!("{other:?}"),
    }
}

/// The code of the newest letter.
async fn code(app: &App) -> String {
    let mut db = app.read().await.unwrap();
    let filter = store::mail::MailFilter {
        limit: 1,
        ..Default::default()
    };
    let letter = store::mail::list(&mut db, &filter).await.unwrap().remove(0);
    letter.subject.chars().take(6).collect()
}

/// The last part of an address.
fn tail(address: &str) -> String {
    address.rsplit_once("/acces/").unwrap().1.to_owned()
}

#[tokio::test]
async fn staff_enter_with_their_password_and_learn_nothing_else() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        let id = account(app, "Claire@Essor.example", "coordinator").await;
        let signed_in = enter(app, " claire@essor.EXAMPLE ", PASSWORD)
            .await
            .unwrap();
        let holder = sign_in::holder(app, &signed_in.token)
            .await
            .unwrap()
            .unwrap();
        assert!(holder.is(Role::Coordinator));
        // Wrong, unknown and closed cannot be told apart.
        let wrong = refused(enter(app, "claire@essor.example", "une autre phrase").await);
        assert_eq!(
            wrong,
            refused(enter(app, "nobody@essor.example", PASSWORD).await)
        );
        account(app, "admin@essor.example", "administrator").await;
        let one = account::get(app, &Actor::System, &id).await.unwrap();
        let closed = EditAccount {
            name: one.row.name.clone(),
            email: one.row.email.clone(),
            language: "fr".into(),
            roles: vec!["coordinator".into()],
            disabled: "oui".into(),
            version: one.row.version.to_string(),
            ..EditAccount::default()
        };
        account::edit(app, &Actor::System, &id, &closed)
            .await
            .unwrap();
        assert!(!is_in(app, &signed_in.token).await, "closing signs out");
        assert_eq!(
            wrong,
            refused(enter(app, "claire@essor.example", PASSWORD).await)
        );
        // Who was quicker wins.
        let again = account::edit(app, &Actor::System, &id, &closed).await;
        assert!(matches!(again, Err(Error::Stale)), "{again:?}");
    })
    .await;
}

#[tokio::test]
async fn a_sign_in_ends_after_its_time_and_when_it_is_ended() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        account(app, "claire@essor.example", "coordinator").await;
        let one = enter(app, "claire@essor.example", PASSWORD).await.unwrap();
        test.clock
            .advance(SignedDuration::from_hours(12) - SignedDuration::from_secs(1));
        assert!(is_in(app, &one.token).await);
        let browsers = sign_in::browsers(app, &one.actor, &one.token)
            .await
            .unwrap();
        assert!(browsers[0].this_one && browsers[0].seen_at > browsers[0].since);
        test.clock.advance(SignedDuration::from_secs(1));
        assert!(!is_in(app, &one.token).await);
        let (one, other) = (
            enter(app, "claire@essor.example", PASSWORD).await.unwrap(),
            enter(app, "claire@essor.example", PASSWORD).await.unwrap(),
        );
        let browsers = sign_in::browsers(app, &one.actor, &one.token)
            .await
            .unwrap();
        let there = browsers.iter().find(|browser| !browser.this_one).unwrap();
        let stranger = coordinator();
        let not_theirs = sign_in::out_there(app, &stranger, &there.name).await;
        assert!(matches!(not_theirs, Err(Error::NotFound)));
        sign_in::out_there(app, &one.actor, &there.name)
            .await
            .unwrap();
        assert!(is_in(app, &one.token).await && !is_in(app, &other.token).await);
        account::change_own_password(app, &one.actor, PASSWORD, "une tout autre phrase")
            .await
            .unwrap();
        assert!(!is_in(app, &one.token).await, "a new password signs out");
        assert!(
            enter(app, "claire@essor.example", "une tout autre phrase")
                .await
                .is_ok()
        );
        assert!(!is_in(app, "").await && !is_in(app, "x").await);
    })
    .await;
}

#[tokio::test]
async fn a_code_is_good_once_for_a_quarter_of_an_hour_and_five_tries() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        person(app, "Zoé Lefèvre", "zoe@essor.example").await;
        let send = || sign_in::send_code(app, "Zoe@Essor.example", Language::Fr);
        let enter = |code: String| async move {
            sign_in::with_code(app, "zoe@essor.example", &code, "").await
        };
        send().await.unwrap();
        let first = code(app).await;
        assert!(first.bytes().all(|byte| byte.is_ascii_digit()), "{first}");
        let signed_in = enter(format!(" {} {} ", &first[..3], &first[3..]))
            .await
            .unwrap();
        assert!(is_in(app, &signed_in.token).await);
        assert_eq!(
            refused(enter(first.clone()).await),
            "access-refused-code",
            "used"
        );
        // Five wrong tries make it void.
        send().await.unwrap();
        let second = code(app).await;
        let wrong = if second == "000000" {
            "000001"
        } else {
            "000000"
        };
        for _ in 0..5 {
            refused(enter(wrong.into()).await);
        }
        refused(enter(second).await);
        // A newer one makes the older void; time does too.
        test.clock.advance(SignedDuration::from_hours(1));
        send().await.unwrap();
        let old = code(app).await;
        test.clock.advance(SignedDuration::from_secs(1));
        send().await.unwrap();
        let new = code(app).await;
        if old != new {
            refused(enter(old).await);
        }
        test.clock.advance(SignedDuration::from_mins(15));
        refused(enter(new).await);
        // For somebody else's address it is worth nothing.
        person(app, "Luc Petit", "luc@essor.example").await;
        send().await.unwrap();
        let hers = code(app).await;
        refused(sign_in::with_code(app, "luc@essor.example", &hers, "").await);
        assert!(enter(hers).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn asking_for_a_code_tells_nobody_who_takes_part() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        person(app, "Zoé Lefèvre", "zoe@essor.example").await;
        for email in ["zoe@essor.example", "nobody@essor.example"] {
            for _ in 0..5 {
                sign_in::send_code(app, email, Language::Fr).await.unwrap();
            }
            let sixth = sign_in::send_link(app, email, Language::Fr).await;
            assert!(matches!(sixth, Err(Error::TooMany { retry_after }) if retry_after > 0));
        }
        let mut db = app.read().await.unwrap();
        let filter = store::mail::MailFilter {
            limit: 99,
            ..Default::default()
        };
        let letters = store::mail::list(&mut db, &filter).await.unwrap();
        assert!(
            letters
                .iter()
                .all(|letter| letter.recipient_address == "zoe@essor.example")
        );
        assert_eq!(letters.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_personal_link_is_void_when_it_should_be() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        let zoe = person(app, "Zoé Lefèvre", "zoe@essor.example").await;
        let good = tail(&link::personal(app, &zoe).unwrap());
        let follow = |link: String| async move { sign_in::with_link(app, &link, "").await };
        let signed_in = follow(good.clone()).await.unwrap();
        // Changed anywhere, it is no link of ours.
        for at in (0..good.len()).step_by(7) {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
            let tampered = String::from_utf8(bytes).unwrap();
            assert!(matches!(follow(tampered).await, Err(Error::NotFound)));
        }
        for nonsense in ["", ".", "..", "a.b.c.d", "é.1.1.0"] {
            assert!(matches!(
                follow(nonsense.into()).await,
                Err(Error::NotFound)
            ));
        }
        sign_in::out_everywhere(app, &signed_in.actor)
            .await
            .unwrap();
        assert!(!is_in(app, &signed_in.token).await);
        assert!(
            matches!(follow(good.clone()).await, Err(Error::NotFound)),
            "signed out everywhere"
        );
        let mut db = app.read().await.unwrap();
        let zoe = store::people::person(&mut db, &zoe.id)
            .await
            .unwrap()
            .unwrap();
        drop(db);
        let next = tail(&link::personal(app, &zoe).unwrap());
        // Merged into another record: what was good goes on and opens that one, what was void stays void.
        let kept = person(app, "Zoé Lefebvre", "z@essor.example").await;
        let command = MergeCommand {
            kept: kept.id.clone(),
            gone: zoe.id.clone(),
            kept_version: kept.version.to_string(),
            gone_version: zoe.version.to_string(),
            take: Vec::new(),
        };
        people::merge_people(app, &coordinator(), &command)
            .await
            .unwrap();
        let merged = follow(next.clone()).await.unwrap();
        assert_eq!(merged.actor.id(), Some(kept.id.clone()));
        assert!(
            matches!(follow(good).await, Err(Error::NotFound)),
            "void before the merge"
        );
        sign_in::out_everywhere(app, &merged.actor).await.unwrap();
        assert!(
            matches!(follow(next).await, Err(Error::NotFound)),
            "void after it"
        );
        // Time and erasure.
        let luc = person(app, "Luc Petit", "luc@essor.example").await;
        let his = tail(&link::personal(app, &luc).unwrap());
        test.clock.advance(SignedDuration::from_hours(24 * 181));
        assert!(matches!(follow(his).await, Err(Error::NotFound)), "too old");
        let his = tail(&link::personal(app, &luc).unwrap());
        let id = luc.id.parse().unwrap();
        people::erase_person(app, &coordinator(), id).await.unwrap();
        assert!(matches!(follow(his).await, Err(Error::NotFound)), "erased");
    })
    .await;
}

#[tokio::test]
async fn who_guesses_from_elsewhere_locks_nobody_out_and_is_bounded_all_the_same() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        account(app, "claire@essor.example", "coordinator").await;
        let from = async |client: &str, password: &str| {
            sign_in::with_password(app, "claire@essor.example", password, client, "Firefox").await
        };
        for _ in 0..10 {
            refused(from("198.51.100.7", "faux").await);
        }
        let guesser = from("198.51.100.7", PASSWORD).await;
        assert!(matches!(guesser, Err(Error::TooMany { .. })), "{guesser:?}");
        from("203.0.113.9", PASSWORD).await.unwrap();

        // From many addresses at once: the account has its own bound, and its own window.
        for _ in 0..100 {
            let account = "claire@essor.example";
            let counted = limit::count(app, limit::PASSWORD_ACCOUNT, account).await;
            if counted.is_err() {
                break;
            }
        }
        let late = from("192.0.2.1", PASSWORD).await;
        assert!(matches!(late, Err(Error::TooMany { .. })), "{late:?}");
        test.clock.advance(SignedDuration::from_hours(1));
        from("192.0.2.1", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn limits_hold_over_two_nodes_on_one_database() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let one = &test.app;
        let other = App::with_environment(
            test.database.database(),
            Config::default(),
            Arc::clone(&test.clock) as _,
            Arc::new(SeededRandomness::new(2)),
        )
        .await
        .unwrap();
        account(one, "claire@essor.example", "coordinator").await;
        for _ in 0..5 {
            refused(enter(one, "claire@essor.example", "faux").await);
            refused(enter(&other, "claire@essor.example", "faux").await);
        }
        for node in [one.as_ref(), &other] {
            let late = enter(node, "claire@essor.example", PASSWORD).await;
            assert!(matches!(late, Err(Error::TooMany { .. })), "{late:?}");
        }
        test.clock.advance(SignedDuration::from_mins(15));
        // A right try clears the account; a sign-in of one node is good on the other.
        for _ in 0..3 {
            for _ in 0..8 {
                refused(enter(one, "claire@essor.example", "faux").await);
            }
            let signed_in = enter(&other, "claire@essor.example", PASSWORD)
                .await
                .unwrap();
            assert!(is_in(one, &signed_in.token).await);
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_remains_whatever_happens() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        let ids = [
            account(app, "a@essor.example", "administrator").await,
            account(app, "b@essor.example", "administrator").await,
        ];
        let step_down = |id: String, disabled: &'static str| async move {
            let one = account::get(app, &Actor::System, &id).await.unwrap();
            let command = EditAccount {
                name: one.row.name.clone(),
                email: one.row.email.clone(),
                language: "fr".into(),
                roles: vec![
                    if disabled.is_empty() {
                        "coordinator"
                    } else {
                        "administrator"
                    }
                    .into(),
                ],
                disabled: disabled.into(),
                version: one.row.version.to_string(),
                ..EditAccount::default()
            };
            account::edit(app, &Actor::System, &id, &command).await
        };
        // Both at once: one of them is told.
        let [a, b] = ids.clone();
        let (first, second) = tokio::join!(step_down(a, ""), step_down(b, "oui"));
        assert_ne!(first.is_ok(), second.is_ok(), "{first:?} {second:?}");
        let mut db = app.read().await.unwrap();
        assert_eq!(
            store::access::holders(&mut db, "administrator")
                .await
                .unwrap(),
            1
        );
    })
    .await;
}

#[tokio::test]
async fn a_role_is_held_only_where_the_role_knows_limits() {
    let test = TestApp::new().await;
    let place = id::<()>(1);
    for role in [
        format!("administrator@programme:{place}"),
        format!("coordinator@territory:{place}"),
        format!("referent@programme:{place}"),
        format!("trainer@territory:{place}"),
        format!("coordinator@programme:{place}"), // No such programme.
        "coordinator@programme:".into(),
        "owner".into(),
    ] {
        let command = EditAccount {
            name: "Claire Delattre".into(),
            email: "claire@essor.example".into(),
            language: "fr".into(),
            password: PASSWORD.into(),
            roles: vec![role.clone()],
            ..EditAccount::default()
        };
        match account::create(&test.app, &Actor::System, &command).await {
            Err(Error::Invalid(wrong)) => assert_eq!(wrong[0].field, "roles", "{role}"),
            other => panic!("{role}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_signs_in_is_in_no_event_list_or_export() {
    app_on_both_engines(|test| async move {
        let test = &test; // All of it: the database goes with it.
        let app = &test.app;
        let id = account(app, "claire@essor.example", "administrator").await;
        let signed_in = enter(app, "claire@essor.example", PASSWORD).await.unwrap();
        let token = account::create_token(app, &signed_in.actor, &id, "Site", &[SCOPES[0].into()])
            .await
            .unwrap();
        assert!(sign_in::with_token(app, &token).await.unwrap().is_some());
        let new = "une tout autre phrase";
        account::change_own_password(app, &signed_in.actor, PASSWORD, new)
            .await
            .unwrap();
        let zoe = person(app, "Zoé Lefèvre", "zoe@essor.example").await;
        sign_in::send_code(app, "zoe@essor.example", Language::Fr)
            .await
            .unwrap();
        let code = code(app).await;
        sign_in::send_link(app, "zoe@essor.example", Language::Fr)
            .await
            .unwrap();
        let filter = store::mail::MailFilter {
            limit: 99,
            ..Default::default()
        };
        let letters = application::mail::list(app, &coordinator(), &filter)
            .await
            .unwrap();
        assert_eq!(letters.len(), 2);
        let one = application::mail::get(app, &coordinator(), &letters[0].id)
            .await
            .unwrap();
        let page = people::person_page(app, &coordinator(), &zoe.id)
            .await
            .unwrap();
        let export = people::export_person(app, &coordinator(), zoe.id.parse().unwrap())
            .await
            .unwrap();
        let mut db = app.read().await.unwrap();
        let events = store::event::list(
            &mut db,
            &store::event::EventFilter {
                limit: 999,
                ..Default::default()
            },
        )
        .await
        .unwrap();
        assert!(events.len() >= 4);
        let told = format!("{letters:?} {one:?} {export} {events:?} {:?}", page.letters);
        let kept = store::access::account(&mut db, &id).await.unwrap().unwrap();
        for secret in [
            PASSWORD,
            new,
            &token,
            &signed_in.token,
            "/acces/",
            "$argon2",
            &format!("{code} :"),
        ] {
            assert!(!told.contains(secret), "{secret}");
        }
        let hash = kept.password_hash.unwrap();
        assert!(hash.starts_with("$argon2id$") && !hash.contains(new));
        // The token is kept as a hash only, and is over once revoked.
        let tokens = store::access::tokens_of(&mut db, &id).await.unwrap();
        assert!(!format!("{tokens:?}").contains(&token));
        drop(db);
        account::revoke_token(app, &signed_in.actor, &id, &tokens[0].id)
            .await
            .unwrap();
        assert!(sign_in::with_token(app, &token).await.unwrap().is_none());
    })
    .await;
}
