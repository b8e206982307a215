//! Erasure: what says who somebody is goes for good, what counts stays.

use domain::id::PersonId;
use store::people::PersonRow;

use super::records::living;
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Result, enrolment, history};

/// Erases a person: name, addresses, notes, questionnaires, letters' texts and the history's states go; seats, hours, commune and sector
/// stay for the counts. Seats in coming sessions are given back first. By the person or by the desk; it cannot be taken back.
///
/// # Errors
/// [`crate::Error::NotFound`]; [`crate::Error::Refused`] when it was done already or the record was merged into another.
pub async fn erase_person(app: &App, actor: &Actor, person: PersonId) -> Result<()> {
    if matches!(actor, Actor::Participant { .. }) {
        authorise(app, actor, Action::ManageOwn, &Resource::of_person(person))?;
    } else {
        authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    }
    let mut tx = app.write().await?;
    tx.lock(store::Lock::Person, person).await?;
    let row = living(&mut tx, &person.to_string()).await?;
    let mut seats = store::people::person_enrolments(&mut tx, &row.id).await?;
    // Sessions are locked in order of id, as everywhere.
    seats.sort_by(|one, other| one.session_id.cmp(&other.session_id));
    for seat in seats {
        if ["placed", "waiting", "offered"].contains(&seat.stage.as_str()) {
            enrolment::withdraw_in(app, &mut tx, actor, &seat.id).await?;
        }
    }
    store::people::erase_person(&mut tx, &row, app.now().as_millisecond()).await?;
    // Who erased their own data must not remain by name in the event that says so.
    let own = matches!(actor, Actor::Participant { .. });
    let nobody = Actor::Participant {
        person,
        name: String::new(),
    };
    let author = if own { &nobody } else { actor };
    history::record::<PersonRow>(
        app,
        &mut tx,
        author,
        "people.erased",
        ("person", &row.id),
        None,
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
