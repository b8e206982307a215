//! Where one registration stands now: what the page after registering shows.

use jiff::Timestamp;

use crate::{App, Error, Result};

/// Where one registration stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Who is registered.
    pub name: String,
    /// Whether letters reach them.
    pub has_email: bool,
    /// `placed`, `waiting`, `offered`, `withdrawn`, `lapsed` or `cancelled`.
    pub stage: String,
    /// Place on the waiting list, from 1; 0 when not on it.
    pub rank: i64,
    /// Until when a seat is kept.
    pub offered_until: Option<Timestamp>,
}

/// Where a registration stands now, for whoever holds a sealed address that names it: the caller has opened the seal.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn standing(app: &App, enrolment: &str) -> Result<Standing> {
    let mut db = app.read().await?;
    let row = store::enrolment::get(&mut db, enrolment)
        .await?
        .ok_or(Error::NotFound)?;
    let person = store::people::person(&mut db, &row.person_id)
        .await?
        .ok_or(Error::NotFound)?;
    let rank = store::enrolment::of_person(&mut db, &person.id)
        .await?
        .into_iter()
        .find(|own| own.id == row.id)
        .map_or(0, |own| own.rank);
    Ok(Standing {
        name: person.name,
        has_email: person.email.is_some(),
        stage: row.stage,
        rank,
        offered_until: row
            .offered_until
            .and_then(|until| Timestamp::from_millisecond(until).ok()),
    })
}
