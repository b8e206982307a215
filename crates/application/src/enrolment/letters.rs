//! Who is told what after a change: the letters of registration, or a call to those without e-mail.

mod call;
mod facts;
mod invite;
mod remind;

use documents::mail::{Change, Mail};
use domain::id::EnrolmentId;
use serde::Serialize;
use store::Connection;
use store::enrolment::EnrolmentRow;
use store::people::PersonRow;
use store::session::{SessionOverview, SessionRow};

use super::parse;
use super::seats::{Moved, Seats, instant};
use crate::access::link;
use crate::mail::{Matter, Recipient};
use crate::{App, Result};
pub use call::{Call, people_to_phone, phoned};
use facts::Facts;
pub use invite::{Invited, invite, invited, take_up};
pub use remind::remind;

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
    /// The seat kept for you is no longer kept: the plan was taken back.
    TakenBack,
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
}

impl Letter {
    /// Every letter.
    pub const ALL: [Self; 10] = [
        Self::Placed,
        Self::Waiting,
        Self::SeatOffered,
        Self::OfferLapsed,
        Self::TakenBack,
        Self::Withdrawn,
        Self::Cancelled,
        Self::SessionChanged,
        Self::GroupConfirmed,
        Self::Reminder,
    ];

    /// Its short name; the name shown is at `enrolment-letter-<slug>`.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Waiting => "waiting",
            Self::SeatOffered => "seat-offered",
            Self::OfferLapsed => "offer-lapsed",
            Self::TakenBack => "taken-back",
            Self::Withdrawn => "withdrawn",
            Self::Cancelled => "cancelled",
            Self::SessionChanged => "session-changed",
            Self::GroupConfirmed => "group-confirmed",
            Self::Reminder => "reminder",
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

/// One thing to tell one person.
pub(super) struct News {
    /// The enrolment as it is now.
    row: EnrolmentRow,
    /// The stage it came from; empty when it is new.
    was: String,
    letter: Letter,
}

impl News {
    /// Says of seats given up that it was the desk that took them back.
    pub(super) fn taken_back(mut self) -> Self {
        if self.letter == Letter::Withdrawn {
            self.letter = Letter::TakenBack;
        }
        self
    }
}

/// What there is to tell, one thing a person, by arrival.
pub(super) fn news(rows: &[EnrolmentRow], moves: &[Moved], opened: bool, moved: bool) -> Vec<News> {
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
            let was = own.map_or(row.stage.as_str(), |own| {
                own.before.as_ref().map_or("", |before| &before.stage)
            });
            news.push(News {
                row: row.clone(),
                was: was.to_owned(),
                letter,
            });
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

/// Writes the letters into the outbox; for people without e-mail a call that the desk is to make.
pub(super) async fn write(
    app: &App,
    tx: &mut Connection,
    seats: &Seats,
    news: &[News],
    moved_from: Option<&SessionRow>,
) -> Result<Vec<ToTell>> {
    let mut told = Vec::with_capacity(news.len());
    if news.is_empty() {
        return Ok(told);
    }
    let facts = Facts::load(app, tx, &seats.session.id).await?;
    let changes = match moved_from {
        Some(before) => facts.changes(tx, before).await?,
        None => Vec::new(),
    };
    let others = if news.iter().any(|news| news.letter == Letter::Cancelled) {
        facts.others(tx, app.now()).await?
    } else {
        Vec::new()
    };
    for one in news {
        let Some(person) = store::people::person(tx, &one.row.person_id).await? else {
            continue;
        };
        if person.erased_at.is_some() || person.email.is_none() && !is_worth_a_call(one) {
            continue;
        }
        let letter = Draft {
            facts: &facts,
            seats,
            changes: &changes,
            others: &others,
        };
        let mail = letter.mail(app, one, &person)?;
        let key = format!(
            "{}:{}:{}.{}.{}",
            one.letter.slug(),
            one.row.id,
            one.row.version,
            facts.session.calendar_sequence,
            facts.session.starts_at
        );
        post(app, tx, &facts, &person, &mail, Some(&key)).await?;
        told.push(ToTell {
            person: person.id,
            name: person.name,
            email: person.email,
            phone: person.phone,
            letter: one.letter,
        });
    }
    Ok(told)
}

/// Whoever has just been on the telephone, or gave up the seat themself, knows.
fn is_worth_a_call(news: &News) -> bool {
    let by_phone = matches!(
        news.row.origin.as_str(),
        "phone" | "coordinator" | "referent"
    );
    news.letter != Letter::Withdrawn && !(news.was.is_empty() && by_phone)
}

/// What the letters of one change have in common.
struct Draft<'a> {
    facts: &'a Facts,
    seats: &'a Seats,
    changes: &'a [Change],
    others: &'a [SessionOverview],
}

impl Draft<'_> {
    /// One person's letter.
    fn mail(&self, app: &App, news: &News, person: &PersonRow) -> Result<Mail> {
        let id: EnrolmentId = parse(&news.row.id)?;
        let language = facts::language(person);
        let session = self.facts.session_facts(&news.row, language);
        let withdraw = link::enrolment(app, id, "retrait")?;
        let agenda = format!("{}/agenda", app.config().base_url);
        let placed = news.was == "placed";
        let roster = &self.seats.roster;
        Ok(match news.letter {
            Letter::Placed => Mail::EnrolmentPlaced {
                session,
                missing: roster.opening().map_or(0, |opening| opening.missing),
                withdraw,
            },
            Letter::Waiting => {
                let rank = roster.rank(id).unwrap_or(1);
                Mail::EnrolmentWaiting {
                    session,
                    rank,
                    why: roster.wait_reason(rank),
                    withdraw,
                }
            }
            Letter::SeatOffered => Mail::SeatOffered {
                session,
                until: instant(news.row.offered_until.unwrap_or_default())?,
                accept: link::enrolment(app, id, "accepter")?,
                decline: link::enrolment(app, id, "refuser")?,
                planned: news.was.is_empty() && news.row.origin == "plan",
            },
            Letter::OfferLapsed | Letter::TakenBack => Mail::OfferLapsed {
                session,
                agenda,
                taken_back: news.letter == Letter::TakenBack,
            },
            Letter::Withdrawn => Mail::Withdrawn {
                session,
                placed,
                agenda,
            },
            Letter::Cancelled => Mail::SessionCancelled {
                session,
                reason: Some(self.facts.session.cancel_reason.clone()),
                alternatives: self.facts.alternatives(self.others, language),
                placed,
                agenda,
            },
            Letter::SessionChanged => Mail::SessionChanged {
                session,
                changes: self.changes.to_vec(),
                placed,
                withdraw,
            },
            Letter::GroupConfirmed => Mail::GroupConfirmed { session, withdraw },
            Letter::Reminder => Mail::Reminder { session, withdraw },
        })
    }
}

/// Puts a letter into the outbox, or on the list of people to call; answers whether it is new.
async fn post(
    app: &App,
    tx: &mut Connection,
    facts: &Facts,
    person: &PersonRow,
    mail: &Mail,
    dedup_key: Option<&str>,
) -> Result<bool> {
    let to = Recipient {
        address: person.email.clone().unwrap_or_default(),
        name: person.name.clone(),
        person: Some(parse(&person.id)?),
        language: facts::language(person),
    };
    let matter = Matter {
        kind: mail.kind(),
        about: ("session", &facts.session.id),
        dedup_key,
    };
    crate::mail::post(
        app,
        tx,
        &to,
        matter,
        mail.render(&facts.context(app, person)),
    )
    .await
}
