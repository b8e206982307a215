//! Who is told what after a change: the letters of registration, or a call to those without e-mail.

use serde::Serialize;
use store::Connection;
use store::enrolment::EnrolmentRow;
use store::session::SessionRow;

use super::seats::{Moved, Seats};
use crate::{App, Result};

/// The letters about a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Letter {
    /// A seat is yours.
    Placed,
    /// You are on the waiting list.
    Waiting,
    /// A seat is kept for you until you answer.
    SeatOffered,
    /// The seat went to the next.
    OfferLapsed,
    /// You gave up your seat.
    Withdrawn,
    /// The session does not take place.
    Cancelled,
    /// Another time or place.
    SessionChanged,
    /// Enough people: it takes place.
    GroupConfirmed,
    /// It is soon.
    Reminder,
    /// A seat can be had by one click.
    Invitation,
}

impl Letter {
    /// Every letter.
    pub const ALL: [Self; 10] = [
        Self::Placed,
        Self::Waiting,
        Self::SeatOffered,
        Self::OfferLapsed,
        Self::Withdrawn,
        Self::Cancelled,
        Self::SessionChanged,
        Self::GroupConfirmed,
        Self::Reminder,
        Self::Invitation,
    ];

    /// Its name in the outbox; the name shown is at `enrolment-letter-<slug>`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Waiting => "waiting",
            Self::SeatOffered => "seat-offered",
            Self::OfferLapsed => "offer-lapsed",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::SessionChanged => "session-changed",
            Self::GroupConfirmed => "group-confirmed",
            Self::Reminder => "reminder",
            Self::Invitation => "invitation",
        }
    }
}

/// Somebody who is told something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ToTell {
    /// The person.
    pub person: String,
    /// Their name.
    pub name: String,
    /// To which address; without one somebody calls.
    pub email: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// What they are told.
    pub letter: Letter,
}

/// What there is to tell, one thing a person, by arrival.
pub(super) fn news(
    rows: &[EnrolmentRow],
    moves: &[Moved],
    opened: bool,
    moved: bool,
) -> Vec<(EnrolmentRow, Letter)> {
    let mut news = Vec::new();
    for row in rows {
        let own = moves.iter().find(|own| own.id == row.id);
        let letter = own.and_then(|own| of_move(own.before.as_ref(), row));
        let active = matches!(row.stage.as_str(), "placed" | "waiting" | "offered");
        // A letter about one's own seat tells the session's present time and place as well.
        let letter = letter
            .or_else(|| (moved && active).then_some(Letter::SessionChanged))
            .or_else(|| (opened && row.stage == "placed").then_some(Letter::GroupConfirmed));
        if let Some(letter) = letter {
            news.push((row.clone(), letter));
        }
    }
    news
}

/// What one's own move from `before` to `after` is worth telling.
fn of_move(before: Option<&EnrolmentRow>, after: &EnrolmentRow) -> Option<Letter> {
    let was = before.map_or("", |row| row.stage.as_str());
    let until = before.and_then(|row| row.offered_until);
    match (was, after.stage.as_str()) {
        ("offered", "offered") if until == after.offered_until => None,
        (was, now) if was == now && now != "offered" => None,
        (_, "placed") => Some(Letter::Placed),
        (_, "waiting") => Some(Letter::Waiting),
        (_, "offered") => Some(Letter::SeatOffered),
        (_, "lapsed") => Some(Letter::OfferLapsed),
        (_, "withdrawn") => Some(Letter::Withdrawn),
        (_, "cancelled") => Some(Letter::Cancelled),
        _ => None,
    }
}

/// Writes the letters into the outbox.
pub(super) async fn write(
    _app: &App,
    tx: &mut Connection,
    _seats: &Seats,
    news: &[(EnrolmentRow, Letter)],
    _moved_from: Option<&SessionRow>,
) -> Result<Vec<ToTell>> {
    let mut told = Vec::with_capacity(news.len());
    for (row, letter) in news {
        let Some(person) = store::people::person(tx, &row.person_id).await? else {
            continue;
        };
        told.push(ToTell {
            person: person.id,
            name: person.name,
            email: person.email,
            phone: person.phone,
            letter: *letter,
        });
    }
    Ok(told)
}
