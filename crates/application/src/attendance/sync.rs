//! What a device sends once it has network again. A delivery is signed by the device's key and numbered; one that is forged, sent again, too late,
//! from a device that was turned off or of a session that the device was never given is refused as a whole. Of one that is taken, nothing is lost:
//! what cannot be applied is set aside for the trainer to see.

mod newcomers;

use std::collections::{BTreeMap, BTreeSet};

use domain::attendance::{Entry, Operation, Said};
use domain::id::{DeviceId, PersonId};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::Deserialize;
use serde_json::Value;
use store::Connection;
use store::attendance::{AsideRow, DeviceRow};
use store::session::{SessionNoteRow, SessionRow};

use super::book::{Book, Saying};
use super::device::{Prepared, key_of, lists};
use super::mark::seat_at_door;
use crate::access::{Action, Actor, sign_in, token_hash};
use crate::enrolment::{authorise_for_session, parse};
use crate::{App, Error, Refused, Result};

/// What a device signs begins with this, so that the signature is good for nothing else.
pub const SIGNED_FOR: &str = "essor attendance 1\n";
/// Most operations of one delivery.
const MOST: usize = 500;

/// A delivery, as signed.
#[derive(Deserialize)]
struct Batch {
    device: String,
    /// One more than that of the device's last delivery.
    number: i64,
    /// What the device's clock showed when it was signed, UTC milliseconds.
    clock: i64,
    operations: Vec<Value>,
}

/// An operation that could not be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its id, as far as it has one.
    pub id: String,
    /// `malformed`, `id-reused`, `unknown-person`, `cancelled`, `not-yours`, `too-early` or `invalid`.
    pub reason: &'static str,
}

/// What became of a delivery, and the device's lists as they now are.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Ids of the operations that are kept for good.
    pub taken: Vec<String>,
    /// Those that were set aside, kept for good as well.
    pub aside: Vec<Aside>,
    /// The device with its lists; none once the day is over.
    pub prepared: Prepared,
}

/// An operation as it came, and as it was read.
struct Sent {
    raw: Value,
    operation: Operation,
}

/// Everything that applying a delivery needs.
struct Delivery<'a> {
    app: &'a App,
    actor: Actor,
    device: DeviceRow,
    device_id: DeviceId,
    offset: i64,
    taken: Vec<String>,
    aside: Vec<(Value, &'static str)>,
    /// Whom the device means by ids of its own making, within a session.
    newcomers: BTreeMap<(String, PersonId), PersonId>,
}

/// Takes a delivery.
///
/// # Errors
/// [`Error::Refused`], and then nothing of it is kept: the device is not known, the signature does not hold, the device was turned off, its time is
/// over, the delivery was there before, or it is of a session that the device was never given.
pub async fn deliver(app: &App, device: &str, signature: &str, body: &[u8]) -> Result<Delivered> {
    let (device, actor) = signed(app, device, signature, body).await?;
    let batch: Batch =
        serde_json::from_slice(body).map_err(|_| refused("attendance-device-unreadable"))?;
    if batch.device != device.id || batch.operations.len() > MOST {
        return Err(refused("attendance-device-unreadable"));
    }
    let mut tx = app.write().await?;
    let now = app.now().as_millisecond();
    let offset = now.saturating_sub(batch.clock);
    if !store::attendance::met(&mut tx, &device.id, batch.number, offset, now).await? {
        return Err(refused("attendance-device-replayed"));
    }
    let given = store::attendance::sessions_of_device(&mut tx, &device.id).await?;
    let mut delivery = Delivery {
        app,
        actor,
        device_id: parse(&device.id)?,
        device,
        offset,
        taken: Vec::new(),
        aside: Vec::new(),
        newcomers: BTreeMap::new(),
    };
    let by_session = delivery.sort(batch.operations, &given)?;
    let mut sessions = delivery.sessions(&mut tx, by_session).await?;
    for (row, sent) in &mut sessions {
        delivery.meet(&mut tx, row, sent).await?;
    }
    delivery.lock(&mut tx, &sessions).await?;
    for (row, sent) in sessions {
        delivery.apply(&mut tx, &row, sent).await?;
    }
    delivery.keep_aside(&mut tx, &given).await?;
    tx.commit().await?;
    let lists = lists(app, &delivery.actor, &delivery.device).await?;
    Ok(Delivered {
        taken: delivery.taken,
        aside: delivery
            .aside
            .iter()
            .map(|(raw, reason)| Aside {
                id: text(raw, "id").to_owned(),
                reason,
            })
            .collect(),
        prepared: Prepared {
            device: delivery.device,
            lists,
        },
    })
}

fn refused(key: &'static str) -> Error {
    Refused::new(key).into()
}

fn text<'a>(raw: &'a Value, field: &str) -> &'a str {
    raw.get(field).and_then(Value::as_str).unwrap_or_default()
}

/// The device that really signed this, with whoever prepared it.
async fn signed(
    app: &App,
    device: &str,
    signature: &str,
    body: &[u8],
) -> Result<(DeviceRow, Actor)> {
    let mut db = app.read().await?;
    let row = match DeviceId::parse(device) {
        Ok(id) => store::attendance::device(&mut db, &id.to_string()).await?,
        Err(_) => None,
    };
    let row = row.ok_or_else(|| refused("attendance-device-unknown"))?;
    let holds = || {
        let key = key_of(&row.public_key)?;
        let signature = data_encoding::BASE64URL_NOPAD
            .decode(signature.as_bytes())
            .ok()?;
        let message = [SIGNED_FOR.as_bytes(), body].concat();
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
            .verify(&message, &signature)
            .ok()
    };
    holds().ok_or_else(|| refused("attendance-device-forged"))?;
    if row.revoked_at.is_some() {
        return Err(refused("attendance-device-revoked"));
    }
    if app.now().as_millisecond() >= row.send_until {
        return Err(refused("attendance-device-expired"));
    }
    let staff = sign_in::staff(&mut db, &row.account_id).await?;
    let staff = staff.ok_or_else(|| refused("attendance-device-revoked"))?;
    Ok((row, Actor::Staff(staff)))
}

impl Delivery<'_> {
    /// The operations that can be read, by session; one of a session that the device was never given spoils the whole.
    fn sort(
        &mut self,
        operations: Vec<Value>,
        given: &[(String, i64)],
    ) -> Result<BTreeMap<String, Vec<Sent>>> {
        let given: BTreeSet<&str> = given.iter().map(|(id, _)| id.as_str()).collect();
        let mut by_session: BTreeMap<String, Vec<Sent>> = BTreeMap::new();
        for raw in operations {
            let session = text(&raw, "session").to_ascii_lowercase();
            if !session.is_empty() && !given.contains(session.as_str()) {
                return Err(refused("attendance-device-foreign"));
            }
            match serde_json::from_value::<Operation>(raw.clone()) {
                Ok(operation) if operation.check().is_ok() => {
                    by_session
                        .entry(session)
                        .or_default()
                        .push(Sent { raw, operation });
                }
                _ => self.aside.push((raw, "malformed")),
            }
        }
        for sent in by_session.values_mut() {
            sent.sort_by_key(|sent| (sent.operation.counter, sent.operation.id));
        }
        Ok(by_session)
    }

    /// The sessions, in order of id, whose attendance may still be said.
    async fn sessions(
        &mut self,
        tx: &mut Connection,
        by_session: BTreeMap<String, Vec<Sent>>,
    ) -> Result<Vec<(SessionRow, Vec<Sent>)>> {
        let mut sessions = Vec::new();
        for (id, sent) in by_session {
            let row = store::session::get(tx, &id).await?.ok_or(Error::NotFound)?;
            let allowed =
                authorise_for_session(self.app, tx, &self.actor, Action::MarkAttendance, &row)
                    .await;
            let reason = match allowed {
                Err(Error::Forbidden | Error::NotFound) => Some("not-yours"),
                Err(error) => return Err(error),
                Ok(()) if row.stage == "cancelled" => Some("cancelled"),
                Ok(()) => None,
            };
            match reason {
                Some(reason) => self
                    .aside
                    .extend(sent.into_iter().map(|sent| (sent.raw, reason))),
                None => sessions.push((row, sent)),
            }
        }
        Ok(sessions)
    }

    /// People before sessions, each in order of id.
    async fn lock(&self, tx: &mut Connection, sessions: &[(SessionRow, Vec<Sent>)]) -> Result<()> {
        let mut people: BTreeSet<PersonId> = self.newcomers.values().copied().collect();
        for (_, sent) in sessions {
            people.extend(sent.iter().filter_map(|one| one.operation.person));
        }
        for person in people {
            tx.lock(store::Lock::Person, person).await?;
        }
        for (session, _) in sessions {
            tx.lock(store::Lock::Session, session.id.as_str()).await?;
        }
        Ok(())
    }

    /// Writes down what can be, and makes the marks what it all comes to.
    async fn apply(
        &mut self,
        tx: &mut Connection,
        session: &SessionRow,
        sent: Vec<Sent>,
    ) -> Result<()> {
        let mut book = Book::open(tx, session).await?;
        let mut listed: BTreeSet<PersonId> = BTreeSet::new();
        for line in store::attendance::sheet(tx, &session.id).await? {
            listed.insert(parse(&line.person_id)?);
        }
        listed.extend(
            book.ledger
                .entries()
                .filter_map(|entry| entry.operation.person),
        );
        let mut touched = BTreeSet::new();
        for one in sent {
            let id = one.operation.id;
            if let Some(known) = store::attendance::operation(tx, &id.to_string()).await? {
                if is_same(&known, &one.operation, &self.device.id) {
                    self.taken.push(id.to_string());
                } else {
                    self.aside.push((one.raw, "id-reused"));
                }
                continue;
            }
            let subject = one.operation.person;
            let person = match subject {
                Some(subject) => {
                    let person = self.who(tx, &session.id, subject).await?;
                    let is_new = matches!(one.operation.said, Said::Added { .. });
                    match person.filter(|person| is_new || listed.contains(person)) {
                        Some(person) => Some(person),
                        None => {
                            self.aside.push((one.raw, "unknown-person"));
                            continue;
                        }
                    }
                }
                None => None,
            };
            let entry = self.entry(one.operation, person);
            // A clock that was changed during the day must not cost a mark: one of the two readings is enough.
            let at = entry.at().max(entry.operation.clock);
            if person.is_some() && at < book.sitting.opens_at() {
                self.aside.push((one.raw, "too-early"));
                continue;
            }
            self.follow(tx, session, &entry).await?;
            let named = subject.map(|subject| subject.to_string());
            let saying = Saying {
                subject: named.as_deref(),
                account: self.actor.id(),
                entry,
            };
            book.write(self.app, tx, saying).await?;
            self.taken.push(id.to_string());
            touched.extend(person);
            listed.extend(person);
        }
        let seats = store::attendance::sheet(tx, &session.id).await?;
        for person in touched {
            let id = person.to_string();
            let seat = seats.iter().find(|line| line.person_id == id);
            let enrolment = seat.and_then(|line| line.enrolment_id.as_deref());
            book.settle(self.app, tx, &self.actor, person, enrolment)
                .await?;
        }
        Ok(())
    }

    /// The operation with whom it is really of, and its clock put right: nothing was said after now.
    fn entry(&self, mut operation: Operation, person: Option<PersonId>) -> Entry {
        operation.person = person;
        let most = self
            .app
            .now()
            .as_millisecond()
            .saturating_sub(operation.clock.as_millisecond());
        Entry {
            operation,
            device: Some(self.device_id),
            offset: self.offset.min(most),
        }
    }

    /// What an operation brings with it besides the mark: a seat, a note.
    async fn follow(&self, tx: &mut Connection, session: &SessionRow, entry: &Entry) -> Result<()> {
        match (&entry.operation.said, entry.operation.person) {
            (Said::Added { .. }, Some(person)) => {
                seat_at_door(self.app, tx, &self.actor, &session.id, person).await
            }
            (Said::Noted { text }, _) => {
                let note = SessionNoteRow {
                    id: entry.operation.id.to_string(),
                    session_id: session.id.clone(),
                    author_id: self.actor.id(),
                    author_name: self.actor.name().to_owned(),
                    body: text.trim().to_owned(),
                    created_at: entry.at().as_millisecond(),
                };
                Ok(store::session::add_note(tx, &note).await?)
            }
            _ => Ok(()),
        }
    }

    /// Whom a device means: somebody it has met, or a record as it is now.
    async fn who(
        &self,
        tx: &mut Connection,
        session: &str,
        subject: PersonId,
    ) -> Result<Option<PersonId>> {
        if let Some(person) = self.newcomers.get(&(session.to_owned(), subject)) {
            return Ok(Some(*person));
        }
        let text = subject.to_string();
        let known = match store::attendance::person_of_subject(tx, session, &text).await? {
            Some(person) => person,
            None => text,
        };
        let Some(row) = store::people::person(tx, &known).await? else {
            return Ok(None);
        };
        if row.erased_at.is_some() {
            return Ok(None);
        }
        Ok(Some(parse(row.merged_into.as_deref().unwrap_or(&row.id))?))
    }

    /// Keeps what could not be applied, as it came.
    async fn keep_aside(&self, tx: &mut Connection, given: &[(String, i64)]) -> Result<()> {
        for (raw, reason) in &self.aside {
            let body = raw.to_string();
            let session = text(raw, "session").to_ascii_lowercase();
            let person = text(raw, "person").to_owned();
            let row = AsideRow {
                id: token_hash(&format!("{} {body}", self.device.id)),
                device_id: self.device.id.clone(),
                session_id: given
                    .iter()
                    .any(|(id, _)| *id == session)
                    .then_some(session),
                person_id: (!person.is_empty()).then_some(person),
                account_id: self.device.account_id.clone(),
                body,
                reason: (*reason).to_owned(),
                received_at: self.app.now().as_millisecond(),
                settled_at: None,
            };
            store::attendance::set_aside(tx, &row).await?;
        }
        Ok(())
    }
}

/// Whether an operation is the one that is kept under its id.
fn is_same(known: &store::attendance::OperationRow, sent: &Operation, device: &str) -> bool {
    let said = serde_json::from_str::<Said>(&known.body);
    known.device_id.as_deref() == Some(device)
        && known.session_id == sent.session.to_string()
        && known.subject_id == sent.person.map(|person| person.to_string())
        && i64::try_from(sent.counter) == Ok(known.counter)
        && (said.is_ok_and(|said| said == sent.said) || known.body.contains("\"kind\":\"erased\""))
}
