//! Registration of people by their details: known people are found again, new ones are made, firms included.

use domain::id::PersonId;
use domain::input::InputError;
use store::Connection;

use super::{Answer, Origin, authorise_for_session, parse, request_in};
use crate::access::{Action, Actor, Role, scope};
use crate::people::{PersonInput, find_or_create};
use crate::{App, Error, FieldError, Result};

/// Most people in one request: one firm.
pub const MOST_PEOPLE: usize = 10;

/// Tries when the database asks for another: two requests that name the same people in another order.
const TRIES: usize = 3;

/// Registers people in a session, several of one firm in one go. Nothing is kept when everybody is refused.
///
/// On the web one needs an e-mail address or a telephone of the first person, so that they can be told; the others are reached through them.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field (of the second person and on, the field is preceded by `2.`, `3.` …), [`Error::NotFound`], and
/// what the policies say. A rule that says no is an answer, not an error.
pub async fn register(
    app: &App,
    actor: &Actor,
    session: &str,
    people: &[PersonInput],
    origin: Origin,
) -> Result<Vec<Answer>> {
    check(people, origin)?;
    with_patience(app, actor, session, None, people, origin).await
}

/// Registers a participant who is signed in, with others of their firm.
///
/// # Errors
/// As [`register`], the others being the second person and on; [`Error::SignInNeeded`] for anybody but a participant.
pub async fn register_own(
    app: &App,
    actor: &Actor,
    session: &str,
    others: &[PersonInput],
) -> Result<Vec<Answer>> {
    let Actor::Participant { person, .. } = actor else {
        return Err(Error::SignInNeeded);
    };
    check_number(others.len() + 1)?;
    with_patience(app, actor, session, Some(*person), others, Origin::Web).await
}

/// [`register`] within a transaction that has more to do.
pub async fn register_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    people: &[PersonInput],
    origin: Origin,
) -> Result<Vec<Answer>> {
    // Before anybody's record is made.
    let row = store::session::get(tx, session)
        .await?
        .ok_or(Error::NotFound)?;
    if actor.is(Role::Referent) {
        // Whether these people are of their territory is seen once their communes are read.
        scope(app, tx, actor, Action::RequestEnrolment).await?;
    } else {
        authorise_for_session(app, tx, actor, Action::RequestEnrolment, &row).await?;
    }
    let found = find(app, tx, actor, people, origin, 1).await?;
    request_in(app, tx, actor, session, &found, origin).await
}

/// Again when the database asks for it. `own` is the participant who registers themself before the others.
async fn with_patience(
    app: &App,
    actor: &Actor,
    session: &str,
    own: Option<PersonId>,
    people: &[PersonInput],
    origin: Origin,
) -> Result<Vec<Answer>> {
    let mut tries = 1;
    loop {
        match once(app, actor, session, own, people, origin).await {
            Err(Error::Store(store::Error::Transient(_))) if tries < TRIES => tries += 1,
            Ok(answers) => {
                app.settled().await?;
                return Ok(answers);
            }
            error => return error,
        }
    }
}

async fn once(
    app: &App,
    actor: &Actor,
    session: &str,
    own: Option<PersonId>,
    people: &[PersonInput],
    origin: Origin,
) -> Result<Vec<Answer>> {
    let _turn = app.turns().take(session).await;
    let mut tx = app.write().await?;
    let answers = match own {
        None => register_in(app, &mut tx, actor, session, people, origin).await?,
        Some(own) => {
            let mut all = vec![own];
            all.extend(find(app, &mut tx, actor, people, origin, 2).await?);
            request_in(app, &mut tx, actor, session, &all, origin).await?
        }
    };
    if answers.iter().any(|answer| answer.enrolment.is_some()) {
        tx.commit_ahead().await?;
    }
    Ok(answers)
}

/// The people's records; the first one is number `first` of the request.
async fn find(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    people: &[PersonInput],
    origin: Origin,
    first: usize,
) -> Result<Vec<PersonId>> {
    let mut found = Vec::with_capacity(people.len());
    let mut wrong = Vec::new();
    for (number, person) in (first..).zip(people) {
        match find_or_create(app, tx, actor, origin.slug(), person).await {
            Ok(person) => found.push(parse(&person.person.id)?),
            Err(Error::Invalid(fields)) => wrong.extend(fields.into_iter().map(|mut field| {
                if number > 1 {
                    field.field = format!("{number}.{}", field.field);
                }
                field
            })),
            Err(other) => return Err(other),
        }
    }
    if wrong.is_empty() {
        Ok(found)
    } else {
        Err(Error::Invalid(wrong))
    }
}

fn check(people: &[PersonInput], origin: Origin) -> Result<()> {
    check_number(people.len())?;
    let blank = |text: &str| text.trim().is_empty();
    match people.first() {
        Some(person) if origin == Origin::Web && blank(&person.email) && blank(&person.phone) => {
            let mut wrong = vec![FieldError::new("email", InputError::Empty)];
            if blank(&person.name) {
                wrong.insert(0, FieldError::new("name", InputError::Empty));
            }
            Err(Error::Invalid(wrong))
        }
        _ => Ok(()),
    }
}

fn check_number(people: usize) -> Result<()> {
    if (1..=MOST_PEOPLE).contains(&people) {
        return Ok(());
    }
    let max = i64::try_from(MOST_PEOPLE).unwrap_or(i64::MAX);
    Err(Error::field(
        "people",
        InputError::OutOfRange { min: 1, max },
    ))
}

/// The name of somebody who was just registered, for whoever registered them.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn name_of(app: &App, actor: &Actor, person: PersonId) -> Result<String> {
    crate::access::authorise(
        app,
        actor,
        Action::SeeDesk,
        &crate::access::Resource::everything(),
    )?;
    let mut db = app.read().await?;
    let person = store::people::person(&mut db, &person.to_string())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(person.name)
}
