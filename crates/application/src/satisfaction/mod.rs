//! What people think, without who they are: a link that is good for one answer, and results from five answers on.
//!
//! A link is a seal of what it is about and of whom it was given to; it is found again by trying those who attended, and is not stored. A
//! used link is remembered by its hash alone. An answer is stored with neither of them, nor with when it came, nor is there an event in the
//! log: what is not written down cannot be put together later.

use documents::mail::Mail;
use domain::language::Language;
use domain::questionnaire::{AnswerError, Answers, Questionnaire};
use domain::satisfaction::{Results, results};
use jiff::tz::TimeZone;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use store::Connection;
use store::programme::{ProgrammeRow, SeasonRow};
pub use store::satisfaction::RatedRow;
use store::session::SessionRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::mail::{Matter, post};
use crate::people::own_id;
use crate::questionnaire::{Around, json, recipient};
use crate::session::season_of;
use crate::{App, Error, Refused, Result, content, history};

/// What is answered about: one session, or a whole season.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// `session` or `season`.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The season.
    pub season: SeasonRow,
    /// Where its hours are told.
    pub zone: TimeZone,
    /// The programme.
    pub programme: ProgrammeRow,
    /// The session, if it is about one.
    pub session: Option<SessionRow>,
    /// The questions.
    pub form: Form,
}

/// The questions of one content file.
#[derive(Clone, Copy, Debug)]
pub struct Form(&'static Questionnaire);

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.0.content_version() == other.0.content_version()
    }
}

impl std::ops::Deref for Form {
    type Target = Questionnaire;

    fn deref(&self) -> &Questionnaire {
        self.0
    }
}

impl About {
    fn subject(&self) -> (&str, &str) {
        (self.kind, &self.id)
    }

    /// What it is to the policies: a trainer sees the sessions they gave.
    fn resource(&self) -> Result<Resource> {
        let trainer = self
            .session
            .as_ref()
            .and_then(|row| row.trainer_id.as_ref());
        Ok(Resource {
            programme: Some(parse(&self.season.programme_id)?),
            trainer: trainer.map(|id| parse(id)).transpose()?,
            ..Resource::default()
        })
    }

    /// Slug of the session's module; empty for a season.
    #[must_use]
    pub fn module(&self) -> &str {
        self.session.as_ref().map_or("", |row| &row.module)
    }

    /// Title of the module, or name of the season.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        match &self.session {
            Some(session) => crate::debrief::module_title(&session.module, language),
            None => self.season.name.clone(),
        }
    }
}

/// The word that addresses use for a kind.
#[must_use]
pub fn word_of(kind: &str) -> &'static str {
    if kind == "session" {
        "seance"
    } else {
        "saison"
    }
}

/// What an address speaks of: `word` is `seance` or `saison`.
async fn about(db: &mut Connection, word: &str, id: &str) -> Result<About> {
    let (kind, session, season) = match word {
        "seance" => {
            let session = store::session::get(db, id).await?.ok_or(Error::NotFound)?;
            let season = session.season_id.clone();
            ("session", Some(session), season)
        }
        "saison" => ("season", None, id.to_owned()),
        _ => return Err(Error::NotFound),
    };
    let (season, zone) = season_of(db, &season).await?;
    let programme = store::programme::get(db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let form = content::embedded()
        .satisfaction(kind)
        .ok_or_else(|| Error::Internal(format!("no questions about a {kind}")))?;
    Ok(About {
        kind,
        id: id.to_owned(),
        season,
        zone,
        programme,
        session,
        form: Form(form),
    })
}

/// The token of somebody's link.
fn token(app: &App, about: &About, person: &str) -> Result<String> {
    let mut seal = app.seal(
        "satisfaction",
        &format!("{}.{}.{person}", about.kind, about.id),
    )?;
    seal.truncate(32);
    Ok(seal)
}

fn hash(token: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// Whether somebody who attended was given this token; who it was is forgotten at once.
async fn holds(app: &App, db: &mut Connection, about: &About, given: &str) -> Result<bool> {
    use subtle::ConstantTimeEq as _;
    let mut holds = false;
    for person in store::satisfaction::attendees(db, about.subject()).await? {
        let right = token(app, about, &person)?;
        holds |= bool::from(right.as_bytes().ct_eq(given.as_bytes()));
    }
    Ok(holds)
}

/// What is to be answered under a link, and whether that was done already.
///
/// # Errors
/// [`Error::NotFound`] for a link that nobody was given.
pub async fn open(app: &App, word: &str, id: &str, token: &str) -> Result<(About, bool)> {
    let mut db = app.read().await?;
    let about = about(&mut db, word, id).await?;
    if !holds(app, &mut db, &about, token).await? {
        return Err(Error::NotFound);
    }
    let spent = store::satisfaction::is_spent(&mut db, &hash(token)).await?;
    Ok((about, spent))
}

/// What came of a form that was sent.
#[derive(Debug)]
pub enum Outcome {
    /// It is kept.
    Kept,
    /// It had been answered before.
    Spent,
    /// Something cannot be taken, by slug of question.
    Wrong(Box<About>, BTreeMap<String, AnswerError>),
}

/// Keeps an answer, once for a link.
///
/// # Errors
/// As [`open`].
pub async fn answer(
    app: &App,
    (word, id, token): (&str, &str, &str),
    raw: &[(String, String)],
) -> Result<Outcome> {
    let mut tx = app.write().await?;
    let about = about(&mut tx, word, id).await?;
    if !holds(app, &mut tx, &about, token).await? {
        return Err(Error::NotFound);
    }
    let mut answers = Answers::default();
    let mut wrong = BTreeMap::new();
    for page in about.form.pages() {
        let read = about.form.read_page(page, raw, &answers, &|_| Vec::new());
        answers = read.answers;
        wrong.extend(read.errors);
    }
    if store::satisfaction::is_spent(&mut tx, &hash(token)).await? {
        return Ok(Outcome::Spent);
    }
    if !wrong.is_empty() {
        return Ok(Outcome::Wrong(Box::new(about), wrong));
    }
    if !store::satisfaction::spend(&mut tx, &hash(token), about.subject()).await? {
        return Ok(Outcome::Spent);
    }
    let random = data_encoding::HEXLOWER.encode(&app.random::<16>());
    let version = about.form.content_version().to_string();
    store::satisfaction::insert(
        &mut tx,
        &random,
        about.subject(),
        &version,
        &json(&answers)?,
    )
    .await?;
    tx.commit().await?;
    Ok(Outcome::Kept)
}

/// Something that a participant can say what they think of.
#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// What.
    pub about: About,
    /// Address of the page, without the server.
    pub path: String,
}

fn path(about: &About, token: &str) -> String {
    format!("/avis/{}/{}/{token}", word_of(about.kind), about.id)
}

/// What the participant who is signed in attended in the last three months and has not said anything about.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own(app: &App, actor: &Actor) -> Result<Vec<Invitation>> {
    let person = own_id(app, actor)?.to_string();
    let mut db = app.read().await?;
    let now = app.now().as_millisecond();
    let since = now - 92 * 86_400_000;
    let mut seasons: Vec<String> = Vec::new();
    let mut invitations = Vec::new();
    for row in store::people::person_enrolments(&mut db, &person).await? {
        if row.minutes.unwrap_or_default() <= 0 || row.ends_at > now || row.ends_at < since {
            continue;
        }
        let one = about(&mut db, "seance", &row.session_id).await?;
        if !seasons.contains(&one.season.id) {
            seasons.push(one.season.id.clone());
        }
        invitations.extend(invitation(app, &mut db, one, &person).await?);
    }
    for season in seasons {
        let one = about(&mut db, "saison", &season).await?;
        if is_over(app, &one) {
            invitations.extend(invitation(app, &mut db, one, &person).await?);
        }
    }
    Ok(invitations)
}

async fn invitation(
    app: &App,
    db: &mut Connection,
    about: About,
    person: &str,
) -> Result<Option<Invitation>> {
    let token = token(app, &about, person)?;
    if store::satisfaction::is_spent(db, &hash(&token)).await? {
        return Ok(None);
    }
    Ok(Some(Invitation {
        path: path(&about, &token),
        about,
    }))
}

/// Whether the session is past, or the last day of the season.
fn is_over(app: &App, about: &About) -> bool {
    match &about.session {
        Some(session) => session.ends_at <= app.now().as_millisecond(),
        None => {
            let today = about.zone.to_datetime(app.now()).date();
            about
                .season
                .ends_on
                .parse::<jiff::civil::Date>()
                .is_ok_and(|last| last < today)
        }
    }
}

/// What the event log keeps of asking.
#[derive(Serialize)]
struct Asked {
    letters: usize,
}

/// Asks those who attended what they think, by letter, each once; answers how many letters are new. Asked are all who attended and have
/// an address, whether or not they answered: a letter that left those out would say who did.
///
/// # Errors
/// [`Error::Refused`] before the end; [`Error::NotFound`]; what the policies say.
pub async fn ask(app: &App, actor: &Actor, word: &str, id: &str) -> Result<usize> {
    let mut tx = app.write().await?;
    let about = allowed(app, &mut tx, actor, word, id).await?;
    if !is_over(app, &about) {
        return Err(Refused::new("satisfaction-refused-early").into());
    }
    let mut letters = 0;
    for person in store::satisfaction::attendees(&mut tx, about.subject()).await? {
        let row = store::people::person(&mut tx, &person)
            .await?
            .ok_or(Error::NotFound)?;
        let Some(to) = recipient(&row) else { continue };
        let address = path(&about, &token(app, &about, &person)?);
        let letter = Mail::Satisfaction {
            title: about.title(to.language),
            link: format!("{}{address}", app.config().base_url),
        };
        let dedup = format!("satisfaction {} {} {person}", about.kind, about.id);
        let matter = Matter {
            kind: letter.kind(),
            about: about.subject(),
            dedup_key: Some(&dedup),
        };
        let context = Around::of(&about.programme, &about.zone).context(app, &to);
        if post(app, &mut tx, &to, matter, letter.render(&context)).await? {
            letters += 1;
        }
    }
    if letters > 0 {
        history::record(
            app,
            &mut tx,
            actor,
            "satisfaction.asked",
            about.subject(),
            None,
            Some(&Asked { letters }),
        )
        .await?;
    }
    tx.commit().await?;
    Ok(letters)
}

async fn allowed(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    word: &str,
    id: &str,
) -> Result<About> {
    let about = match about(db, word, id).await {
        Ok(about) => about,
        Err(error) => {
            authorise(app, actor, Action::SeeSatisfaction, &Resource::everything())?;
            return Err(error);
        }
    };
    match authorise(app, actor, Action::SeeSatisfaction, &about.resource()?) {
        // Which sessions there are and who gave them is public; what people think of them is not.
        Err(Error::Forbidden) => Err(Error::NotFound),
        other => other.map(|()| about),
    }
}

/// What people think of one session or season, and how many attended.
///
/// # Errors
/// [`Error::NotFound`], also for whoever may not see it; [`Error::SignInNeeded`].
pub async fn see(
    app: &App,
    actor: &Actor,
    word: &str,
    id: &str,
) -> Result<(About, Results, usize)> {
    let mut db = app.read().await?;
    let about = allowed(app, &mut db, actor, word, id).await?;
    let attended = store::satisfaction::attendees(&mut db, about.subject())
        .await?
        .len();
    let results = read(&mut db, &about.form, about.subject()).await?;
    Ok((about, results, attended))
}

async fn read(db: &mut Connection, form: &Questionnaire, subject: (&str, &str)) -> Result<Results> {
    let answers = store::satisfaction::answers(db, subject)
        .await?
        .iter()
        .map(|text| serde_json::from_str(text).map_err(store::Error::from))
        .collect::<std::result::Result<Vec<Answers>, _>>()?;
    Ok(results(form, &answers))
}

/// The sessions of a season and what people think of each.
#[derive(Clone, Debug)]
pub struct Overview {
    /// The season.
    pub season: SeasonRow,
    /// Where its hours are told.
    pub zone: TimeZone,
    /// What people think of the season as a whole; for those who may see it.
    pub whole: Option<Results>,
    /// Each session that was attended, newest first.
    pub sessions: Vec<(RatedRow, Results)>,
    /// The questions about a session.
    pub form: Form,
}

/// What people think of the sessions of the present season, or of the one of that slug: all for coordinators, their own for trainers.
///
/// # Errors
/// [`Error::NotFound`] without a season, and what the policies say.
pub async fn overview(app: &App, actor: &Actor, season: &str) -> Result<Overview> {
    let mut db = app.read().await?;
    let today = app.now().to_zoned(TimeZone::UTC).date().to_string();
    let season = if season.is_empty() {
        store::programme::current_season(&mut db, &today).await?
    } else {
        store::programme::season_by_slug(&mut db, season).await?
    };
    let own = actor.staff().and_then(|staff| staff.trainer);
    let programme = match &season {
        Some(season) => Some(parse(&season.programme_id)?),
        None => None,
    };
    let whole = Resource {
        programme,
        ..Resource::default()
    };
    let sees_all = app
        .policies()
        .allow(actor, Action::SeeSatisfaction, &whole)?;
    if !sees_all {
        let mine = Resource {
            trainer: own,
            ..whole
        };
        authorise(app, actor, Action::SeeSatisfaction, &mine)?;
    }
    let season = season.ok_or(Error::NotFound)?;
    let (_, zone) = season_of(&mut db, &season.id).await?;
    let trainer = own.filter(|_| !sees_all).map(|id| id.to_string());
    let now = app.now().as_millisecond();
    let form = content::embedded()
        .satisfaction("session")
        .ok_or_else(|| Error::Internal("no questions about a session".to_owned()))?;
    let mut sessions = Vec::new();
    for row in store::satisfaction::rated(&mut db, &season.id, trainer.as_deref(), now).await? {
        let results = if row.answered == 0 {
            Results::TooFew(0)
        } else {
            read(&mut db, form, ("session", &row.session_id)).await?
        };
        sessions.push((row, results));
    }
    let whole = match content::embedded().satisfaction("season") {
        Some(form) if sees_all => Some(read(&mut db, form, ("season", &season.id)).await?),
        _ => None,
    };
    Ok(Overview {
        season,
        zone,
        whole,
        sessions,
        form: Form(form),
    })
}
