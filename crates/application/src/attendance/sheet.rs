//! What the trainer has before them: their days, and the list of one session.

use std::collections::BTreeSet;

use domain::attendance::{Conflict, Ledger, Mark, Said, Standing};
use domain::id::PersonId;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use store::Connection;
use store::attendance::AsideRow;
use store::programme::SeasonRow;
use store::session::{SessionFilter, SessionNoteRow, SessionOverview};

use super::book::Book;
use super::{load, mark, sitting};
use crate::access::{Action, Actor};
use crate::session::season_of;
use crate::{App, Error, Result, content};

/// Days back in which a list that is still open is shown.
const OPEN_LISTS_DAYS: i64 = 60;

/// Somebody on the list.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetPerson {
    /// Who, with what the trainer should know.
    pub line: store::attendance::SheetLine,
    /// How they attended, once it is said.
    pub mark: Option<Mark>,
    /// Slugs of modules that would have been good to take before, and were not.
    pub missing: Vec<String>,
    /// Never came to any session before.
    pub first: bool,
    /// What two devices do not agree on.
    pub conflict: Option<Conflict>,
    /// What they say, in order; empty without a conflict.
    pub statements: Vec<Statement>,
    /// How and when they signed.
    pub signature: Option<domain::attendance::Signed>,
}

/// One of several things said of a person that do not agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What was said.
    pub said: Said,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// By whom; empty when nobody by name did.
    pub who: String,
    /// On which device; `None`: on the page.
    pub device: Option<String>,
    /// The mark that follows if it alone is right.
    pub mark: Option<Mark>,
}

/// The list of one session.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The session.
    pub session: SessionOverview,
    /// Its season.
    pub season: SeasonRow,
    /// Time zone in which its hours are told.
    pub zone: TimeZone,
    /// Who is expected or came, by name.
    pub people: Vec<SheetPerson>,
    /// Whom to call besides participants: the site, then the programme.
    pub phones: Vec<(String, String)>,
    /// Notes left at this session, oldest first.
    pub notes: Vec<SessionNoteRow>,
    /// Notes left at earlier sessions of the module in this season, newest first.
    pub earlier: Vec<SessionNoteRow>,
    /// What devices sent of this session and could not be applied.
    pub aside: Vec<AsideRow>,
    /// Whether people may be marked by now.
    pub open: bool,
    /// Whether the list may be closed by now.
    pub closable: bool,
}

impl Sheet {
    /// How many are without a mark.
    #[must_use]
    pub fn unmarked(&self) -> usize {
        let marks = self.people.iter().map(|person| person.mark);
        marks.filter(Option::is_none).count()
    }
}

/// A session with the time zone in which its hours are told.
pub type Dated = (SessionOverview, TimeZone);

/// A trainer's sessions, each kind in order of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Day {
    /// Over, with a list that is still open.
    pub unclosed: Vec<Dated>,
    /// Today's.
    pub today: Vec<Dated>,
    /// Later ones.
    pub coming: Vec<Dated>,
    /// Closed ones of the last weeks, newest first.
    pub closed: Vec<Dated>,
}

/// The list of a session, for its trainer and the desk.
///
/// # Errors
/// [`Error::NotFound`], also for other trainers' sessions, and what [`crate::access::authorise`] says.
pub async fn sheet(app: &App, actor: &Actor, session: &str) -> Result<Sheet> {
    let mut db = app.read().await?;
    let row = load(app, &mut db, actor, Action::SeeRoster, session).await?;
    let overview = store::session::overview(&mut db, session)
        .await?
        .ok_or(Error::NotFound)?;
    let (season, zone) = season_of(&mut db, &row.season_id).await?;
    let sitting = sitting(&row)?;
    let taken: BTreeSet<(String, String)> = store::attendance::taken_before(&mut db, session)
        .await?
        .into_iter()
        .collect();
    let before = content::catalogue()
        .module(&row.module)
        .map(|module| module.prerequisites.as_slice())
        .unwrap_or_default();
    let book = Book::open(&mut db, &row).await?;
    let standings = book.ledger.standings(&sitting);
    let mut people = Vec::new();
    for line in store::attendance::sheet(&mut db, session).await? {
        let mark = line
            .mark
            .as_deref()
            .map(|name| mark::read(name, line.minutes.unwrap_or_default(), sitting.length()))
            .transpose()?;
        let missing = before
            .iter()
            .filter(|module| !taken.contains(&(line.person_id.clone(), (*module).clone())))
            .cloned()
            .collect();
        let said = line.person_id.parse::<PersonId>().ok();
        let said = said.and_then(|person| standings.get(&person));
        let statements = match said.filter(|said| said.conflict.is_some()) {
            Some(said) => statements(&mut db, &book, said).await?,
            None => Vec::new(),
        };
        people.push(SheetPerson {
            conflict: said.and_then(|said| said.conflict),
            statements,
            signature: said.and_then(|said| said.signature.clone()),
            mark,
            missing,
            first: line.earlier == 0,
            line,
        });
    }
    let site = store::site::get(&mut db, &row.site_id).await?;
    let programme = store::programme::get(&mut db, &season.programme_id).await?;
    let phones = site
        .and_then(|site| Some((site.name, site.phone?)))
        .into_iter()
        .chain(programme.and_then(|programme| Some((programme.name, programme.contact_phone?))))
        .collect();
    let now = app.now();
    let over = matches!(row.stage.as_str(), "held" | "cancelled");
    Ok(Sheet {
        notes: store::session::notes(&mut db, session).await?,
        earlier: store::session::earlier_notes(&mut db, &season.id, &row.module, row.starts_at)
            .await?,
        aside: store::attendance::aside_of_session(&mut db, session).await?,
        open: row.stage != "cancelled" && now >= sitting.opens_at(),
        closable: !over && now >= sitting.starts_at,
        session: overview,
        season,
        zone,
        people,
        phones,
    })
}

/// What does not agree of a person, each with who said it and where.
async fn statements(
    db: &mut Connection,
    book: &Book,
    standing: &Standing,
) -> Result<Vec<Statement>> {
    let mut statements = Vec::new();
    for id in &standing.contested {
        let Some(entry) = book.ledger.get(*id) else {
            continue;
        };
        let row = store::attendance::operation(db, &id.to_string()).await?;
        let account = row.and_then(|row| row.account_id);
        let who = match account {
            Some(account) => store::access::account(db, &account).await?,
            None => None,
        };
        let device = match entry.device {
            Some(device) => store::attendance::device(db, &device.to_string()).await?,
            None => None,
        };
        // What else holds, without the others of those that do not agree.
        let mut alone = Ledger::default();
        for other in &standing.holding {
            if (other == id || !standing.contested.contains(other))
                && let Some(entry) = book.ledger.get(*other)
            {
                alone.insert(entry.clone());
            }
        }
        statements.push(Statement {
            said: entry.operation.said.clone(),
            at: entry.at(),
            who: who.map_or_else(String::new, |account| account.name),
            device: device.map(|device| device.name),
            mark: entry
                .operation
                .person
                .and_then(|person| alone.standing(person, &book.sitting).mark),
        });
    }
    Ok(statements)
}

/// The signed-in trainer's sessions: today's, coming ones, and those whose list is still open. Nothing for staff who are no trainers.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but staff.
pub async fn my_sessions(app: &App, actor: &Actor) -> Result<Day> {
    let staff = actor.staff().ok_or(Error::SignInNeeded)?;
    let Some(trainer) = &staff.trainer else {
        return Ok(Day::default());
    };
    let now = app.now();
    let since = now
        .checked_sub(SignedDuration::from_hours(24 * OPEN_LISTS_DAYS))
        .unwrap_or(now);
    let mut db = app.read().await?;
    let all = store::session::list(
        &mut db,
        &SessionFilter {
            trainer_id: Some(trainer.to_string()),
            from: Some(since.as_millisecond()),
            ..SessionFilter::default()
        },
    )
    .await?;
    let mut day = Day::default();
    let mut zones: Vec<(String, TimeZone)> = Vec::new();
    for session in all {
        let zone = match zones
            .iter()
            .find(|(season, _)| *season == session.season_id)
        {
            Some((_, zone)) => zone.clone(),
            None => {
                let (_, zone) = season_of(&mut db, &session.season_id).await?;
                zones.push((session.season_id.clone(), zone.clone()));
                zone
            }
        };
        let midnight = now.to_zoned(zone.clone()).start_of_day();
        let (today, tomorrow) = midnight
            .and_then(|day| Ok((day.timestamp(), day.tomorrow()?.timestamp())))
            .unwrap_or((now, now));
        let starts = session.starts_at;
        let dated = (session, zone);
        if starts >= tomorrow.as_millisecond() {
            day.coming.push(dated);
        } else if starts >= today.as_millisecond() {
            day.today.push(dated);
        } else if dated.0.stage == "held" {
            day.closed.insert(0, dated);
        } else if dated.0.stage != "cancelled" {
            day.unclosed.push(dated);
        }
    }
    Ok(day)
}
