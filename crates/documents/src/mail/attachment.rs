//! The calendar file of a letter.

use super::{CalendarPart, Context, Mail};
use crate::calendar::{self, Event, Method, Standing};

/// The calendar file that goes with a letter: whoever has a seat has an entry, which is entered,
/// changed or taken away. Letters to those who wait or are invited carry none.
pub(super) fn calendar(mail: &Mail, context: &Context) -> Option<CalendarPart> {
    let (method, standing, session) = match mail {
        Mail::EnrolmentPlaced {
            session,
            missing: 0,
            ..
        }
        | Mail::GroupConfirmed { session, .. }
        | Mail::SessionChanged {
            session,
            placed: true,
            ..
        } => (Method::Request, Standing::Confirmed, session),
        Mail::EnrolmentPlaced { session, .. } => (Method::Request, Standing::Tentative, session),
        Mail::SessionCancelled {
            session,
            placed: true,
            ..
        }
        | Mail::Withdrawn {
            session,
            placed: true,
            ..
        } => (Method::Cancel, Standing::Cancelled, session),
        _ => return None,
    };
    let mut location = session.place.clone();
    if let Some(room) = &session.room {
        location = format!("{location}, {room}");
    }
    let event = Event {
        uid: session.uid.clone(),
        sequence: session.sequence,
        stamp: context.now,
        start: session.start,
        end: session.end,
        summary: session.module.clone(),
        description: [
            session.bring.as_deref(),
            Some(&session.link),
            Some(&context.contact),
        ]
        .into_iter()
        .flatten()
        .filter(|line| !line.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n"),
        location,
        position: session.position,
        url: Some(session.link.clone()),
        organizer: Some(context.sender.clone()),
        attendee: Some(context.recipient.clone()),
        standing,
    };
    let body = String::from_utf8_lossy(&calendar::file(method, &event)).into_owned();
    Some(CalendarPart { method, body })
}
