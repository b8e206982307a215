//! Registration of people by their details: known people are found again, new ones are made, firms included.

use store::Connection;

use super::{Answer, Origin, request_in};
use crate::access::Actor;
use crate::people::{PersonInput, find_or_create};
use crate::{App, Error, Result};

/// Registers people in a session, several of one firm in one go.
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
    let mut tx = app.write().await?;
    let answers = register_in(app, &mut tx, actor, session, people, origin).await?;
    tx.commit().await?;
    Ok(answers)
}

/// The same within a transaction that has more to do.
pub async fn register_in(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    session: &str,
    people: &[PersonInput],
    origin: Origin,
) -> Result<Vec<Answer>> {
    let mut found = Vec::with_capacity(people.len());
    let mut wrong = Vec::new();
    for (index, person) in people.iter().enumerate() {
        match find_or_create(app, tx, actor, origin.slug(), person).await {
            Ok(person) => found.push(super::parse(&person.person.id)?),
            Err(Error::Invalid(fields)) => wrong.extend(fields.into_iter().map(|mut field| {
                if index > 0 {
                    field.field = format!("{}.{}", index + 1, field.field);
                }
                field
            })),
            Err(other) => return Err(other),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    request_in(app, tx, actor, session, &found, origin).await
}
