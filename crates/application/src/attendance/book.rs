//! The operations of one session, as they are added to, and the marks that follow from them.

use domain::attendance::{Entry, Inserted, Ledger, Mark, Operation, Said, Sitting, Standing};
use domain::id::PersonId;
use store::Connection;
use store::attendance::{AttendanceRow, OperationRow};
use store::session::SessionRow;

use super::mark::Logged;
use super::sitting;
use crate::access::Actor;
use crate::enrolment::{instant, parse};
use crate::{App, Error, Result, history};

/// What was said in a session so far.
pub(super) struct Book {
    pub(super) sitting: Sitting,
    pub(super) ledger: Ledger,
    session: String,
    next: i64,
}

/// An operation on its way into a book.
pub(super) struct Saying<'a> {
    pub(super) entry: Entry,
    /// How the device called the person.
    pub(super) subject: Option<&'a str>,
    /// Account that said it.
    pub(super) account: Option<String>,
}

impl Book {
    /// Everything said in a session; to add to it, the caller has locked the session.
    pub(super) async fn open(db: &mut Connection, session: &SessionRow) -> Result<Self> {
        let rows = store::attendance::operations(db, &session.id).await?;
        let mut ledger = Ledger::default();
        for entry in rows.iter().filter_map(read) {
            ledger.insert(entry);
        }
        Ok(Self {
            sitting: sitting(session)?,
            ledger,
            session: session.id.clone(),
            next: rows.last().map_or(1, |row| row.number + 1),
        })
    }

    /// What it comes to for one person.
    pub(super) fn standing(&self, person: PersonId) -> Standing {
        self.ledger.standing(person, &self.sitting)
    }

    /// Writes down something said on a page: it takes the place of everything that held.
    pub(super) async fn say(
        &mut self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        person: PersonId,
        mark: Mark,
    ) -> Result<()> {
        let operation = Operation {
            id: app.new_id(),
            session: self.sitting.session,
            person: Some(person),
            counter: self.ledger.next_counter(),
            clock: app.now(),
            replaces: self.standing(person).holding.into_iter().collect(),
            said: Said::Marked { mark },
        };
        let entry = Entry {
            operation,
            device: None,
            offset: 0,
        };
        let saying = Saying {
            entry,
            subject: None,
            account: actor.id(),
        };
        self.write(app, tx, saying).await
    }

    /// Writes down an operation that is not there yet.
    pub(super) async fn write(
        &mut self,
        app: &App,
        tx: &mut Connection,
        saying: Saying<'_>,
    ) -> Result<()> {
        let operation = &saying.entry.operation;
        let json = |error| Error::Store(store::Error::from(error));
        let row = OperationRow {
            id: operation.id.to_string(),
            session_id: self.session.clone(),
            number: self.next,
            person_id: operation.person.map(|person| person.to_string()),
            subject_id: saying.subject.map(str::to_owned),
            device_id: saying.entry.device.map(|device| device.to_string()),
            account_id: saying.account,
            body: serde_json::to_string(&operation.said).map_err(json)?,
            replaces: serde_json::to_string(&operation.replaces).map_err(json)?,
            counter: i64::try_from(operation.counter).unwrap_or(i64::MAX),
            clock_at: operation.clock.as_millisecond(),
            clock_offset: saying.entry.offset,
            received_at: app.now().as_millisecond(),
        };
        store::attendance::insert_operation(tx, &row).await?;
        self.next += 1;
        if self.ledger.insert(saying.entry) != Inserted::New {
            return Err(Error::Internal("an operation is written twice".into()));
        }
        Ok(())
    }

    /// Makes the mark of a person what was said comes to; `enrolment`: the seat they have.
    pub(super) async fn settle(
        &self,
        app: &App,
        tx: &mut Connection,
        actor: &Actor,
        person: PersonId,
        enrolment: Option<&str>,
    ) -> Result<()> {
        let id = person.to_string();
        let before = store::attendance::get(tx, &self.session, &id).await?;
        let after = self.standing(person).mark.map(|mark| AttendanceRow {
            session_id: self.session.clone(),
            person_id: id.clone(),
            mark: mark.name().to_owned(),
            minutes: i64::from(mark.attended(self.sitting.length()).0),
            marked_at: app.now().as_millisecond(),
            marked_by: actor.id(),
            version: before.as_ref().map_or(1, |row| row.version + 1),
        });
        match (&before, &after) {
            (None, None) => return Ok(()),
            (Some(before), Some(after))
                if before.mark == after.mark && before.minutes == after.minutes =>
            {
                return Ok(());
            }
            (_, Some(after)) => store::attendance::put(tx, after).await?,
            (Some(_), None) => store::attendance::remove(tx, &self.session, &id).await?,
        }
        let action = if before.is_some() {
            "attendance.corrected"
        } else {
            "attendance.marked"
        };
        let subject = enrolment.map_or(("session", self.session.as_str()), |id| ("enrolment", id));
        let was = before.as_ref().map(Logged::of);
        let is = after.as_ref().map(Logged::of);
        history::record(app, tx, actor, action, subject, was.as_ref(), is.as_ref()).await
    }
}

/// An operation as stored; none once an erasure has emptied it.
pub(super) fn read(row: &OperationRow) -> Option<Entry> {
    Some(Entry {
        operation: Operation {
            id: row.id.parse().ok()?,
            session: row.session_id.parse().ok()?,
            person: row.person_id.as_deref().and_then(|id| parse(id).ok()),
            counter: u64::try_from(row.counter).ok()?,
            clock: instant(row.clock_at).ok()?,
            replaces: serde_json::from_str(&row.replaces).ok()?,
            said: serde_json::from_str(&row.body).ok()?,
        },
        device: row.device_id.as_deref().and_then(|id| id.parse().ok()),
        offset: row.clock_offset,
    })
}
