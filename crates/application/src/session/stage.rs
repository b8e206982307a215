//! Moving a session from one stage to the next within a transaction.

use domain::enrolment::{Changed, Refusal};
use domain::session::Reason;
use store::Connection;

use super::{Cancel, Done, Preview};
use crate::access::{Action, Actor};
use crate::enrolment::{Origin, Seats, refused};
use crate::input::Fields;
use crate::{App, Error, Refused, Result};

pub(super) async fn confirm(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
) -> Result<Done> {
    let seats = load(app, tx, actor, id).await?;
    let changed = seats.roster.confirm(app.now(), &seats.policy);
    finish(app, tx, actor, seats, changed).await
}

pub(super) async fn hold(app: &App, tx: &mut Connection, actor: &Actor, id: &str) -> Result<Done> {
    let seats = load(app, tx, actor, id).await?;
    if app.now() < seats.roster.starts_at() {
        return Err(Refused::new("session-refused-not-begun").into());
    }
    let changed = seats.roster.hold(app.now(), &seats.policy);
    finish(app, tx, actor, seats, changed).await
}

pub(super) async fn cancel(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    id: &str,
    cancel: &Cancel,
) -> Result<Done> {
    let mut seats = load(app, tx, actor, id).await?;
    let version = cancel.version.trim();
    if !version.is_empty() && version != seats.session.version.to_string() {
        return Err(Error::Stale);
    }
    let mut fields = Fields::default();
    let reason = fields.take("reason", Reason::parse(&cancel.reason));
    let reason = fields.finish(reason)?;
    seats.session.calendar_sequence += 1;
    seats.session.cancel_reason = reason.as_str().to_owned();
    store::session::update(tx, &seats.session).await?;
    seats.session.version += 1;
    let changed = seats.roster.cancel(reason, app.now(), &seats.policy);
    finish(app, tx, actor, seats, changed).await
}

async fn load(app: &App, tx: &mut Connection, actor: &Actor, id: &str) -> Result<Seats> {
    let seats = Seats::load(tx, id).await?;
    seats.authorise(app, actor, Action::ManageSessions)?;
    Ok(seats)
}

async fn finish(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    mut seats: Seats,
    changed: std::result::Result<Changed, Refusal>,
) -> Result<Done> {
    let changed = changed.map_err(|refusal| match refusal {
        Refusal::Closed { .. } => Refused::new("session-refused-over").into(),
        other => refused(&other),
    })?;
    seats
        .keep(app, tx, actor, &changed.changes, Origin::Coordinator)
        .await?;
    let letters = seats.tell(app, tx, None).await?;
    Ok(Done {
        sessions: vec![seats.session.id.clone()],
        preview: Preview {
            letters,
            ..Preview::default()
        },
    })
}
