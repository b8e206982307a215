//! Paths to be shown: with the sessions as they are at this moment.

use domain::catalogue::Module;
use domain::id::PersonId;
use domain::pathway::{Outcome, Pathway, Proposal, Reason};
use jiff::tz::TimeZone;
use store::Connection;
use store::pathway::RelayedPerson;
use store::people::PersonRow;
use store::response::ResponseRow;
use store::session::{SessionOverview, listed};
use store::wish::WishRow;

use super::compute::Ground;
use crate::access::{Action, Actor, authorise, scope};
use crate::enrolment::{Answer, Origin};
use crate::people::person_resource;
use crate::questionnaire::{Offered, offered, open};
use crate::{App, Error, Result, content, enrolment};

/// A session that is proposed, with what there is to know of it.
#[derive(Clone, Debug)]
pub struct Meeting {
    /// When, how far, why.
    pub proposal: Proposal,
    /// The session.
    pub session: SessionOverview,
}

/// A step of a path.
#[derive(Clone, Debug)]
pub struct StepView {
    /// The module.
    pub module: &'static Module,
    /// Why it is there.
    pub reasons: Vec<Reason>,
    /// What it has come to.
    pub outcome: Outcome,
    /// Sessions with a free seat.
    pub proposals: Vec<Meeting>,
    /// Sessions that are full: one can wait there.
    pub waiting: Vec<Meeting>,
    /// The session in which the person has a seat.
    pub booked: Option<SessionOverview>,
    /// Whether the wish for it is kept.
    pub wished: bool,
    /// Modules that should come before and have no date.
    pub undated_before: Vec<&'static Module>,
}

/// A path with all there is to show of it.
pub struct PathView {
    /// The season that it belongs to.
    pub offered: Offered,
    /// The person; unknown to the holder of a response's key when they were known before.
    pub person: Option<PersonRow>,
    /// The response that it answers.
    pub response: ResponseRow,
    /// Level of practice, 0 to 3.
    pub level: u8,
    /// The level that the answers alone come to, where a level test counts in its place.
    pub level_told: Option<u8>,
    /// The modules, in order.
    pub steps: Vec<StepView>,
    /// What else the person wishes: open wishes in their own words.
    pub wishes: Vec<WishRow>,
}

impl PathView {
    /// Where its hours are told.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.offered.zone
    }

    /// The first session of every step with a free seat: together a plan that can be followed.
    #[must_use]
    pub fn plan(&self) -> Vec<&Meeting> {
        self.steps
            .iter()
            .filter_map(|step| step.proposals.first())
            .collect()
    }
}

/// The path of a person in the present season, by the answers they gave last; none when they gave none.
///
/// # Errors
/// What the policies say: the participant themself, and whoever may see them; [`Error::NotFound`].
pub async fn current(app: &App, actor: &Actor, person: PersonId) -> Result<Option<PathView>> {
    let mut db = app.read().await?;
    let person = store::people::person(&mut db, &person.to_string())
        .await?
        .ok_or(Error::NotFound)?;
    let resource = person_resource(&mut db, &person).await?;
    let action = if matches!(actor, Actor::Participant { .. }) {
        Action::ManageOwn
    } else {
        Action::SeePeople
    };
    match authorise(app, actor, action, &resource) {
        Err(Error::Forbidden) => return Err(Error::NotFound),
        other => other?,
    }
    let Some(offered) = offered(app).await? else {
        return Ok(None);
    };
    let season = offered.season.id.clone();
    match store::response::completed_by(&mut db, &person.id, &season).await? {
        Some(response) => Ok(Some(
            view(app, &mut db, offered, Some(person), response).await?,
        )),
        None => Ok(None),
    }
}

/// The path that a completed response came to, for the holder of its key; none while it is not complete.
///
/// Of somebody who was known before they answered, the holder of the key sees what the answers alone come to: seats and history are for the
/// person themself, who has a link of their own.
///
/// # Errors
/// [`Error::NotFound`] for another key.
pub async fn of_response(app: &App, id: &str, key: &str) -> Result<Option<PathView>> {
    let opened = open(app, id, key).await?;
    let (Some(_), Some(person)) = (opened.response.completed_at, &opened.response.person_id) else {
        return Ok(None);
    };
    let mut db = app.read().await?;
    let person = store::people::person(&mut db, person)
        .await?
        .filter(|person| {
            person.created_at >= opened.response.started_at && person.erased_at.is_none()
        });
    Ok(Some(
        view(app, &mut db, opened.offered, person, opened.response).await?,
    ))
}

async fn view(
    app: &App,
    db: &mut Connection,
    offered: Offered,
    person: Option<PersonRow>,
    response: ResponseRow,
) -> Result<PathView> {
    let ground = Ground::load(app, db, &offered).await?;
    let path = ground.path(app, db, person.as_ref(), &response).await?;
    let is_tested = match &person {
        Some(person) => crate::assessment::tested(db, &person.id, &offered.season.id)
            .await?
            .is_some(),
        None => false,
    };
    let wishes = match &response.person_id {
        Some(id) => store::wish::of_person(db, id, &offered.season.id).await?,
        None => Vec::new(),
    };
    let open: Vec<WishRow> = wishes
        .into_iter()
        .filter(|wish| wish.stage == "open")
        .collect();
    let mut steps = steps(&ground, &path, &open);
    for step in &mut steps {
        if let Outcome::Booked { session } = &step.outcome {
            step.booked = store::session::overview(db, &session.to_string()).await?;
        }
    }
    drop(ground);
    Ok(PathView {
        level: path.level,
        level_told: is_tested.then_some(path.level_told),
        steps,
        wishes: open
            .into_iter()
            .filter(|wish| person.is_some() && wish.module.is_none())
            .collect(),
        offered,
        person,
        response,
    })
}

fn steps(ground: &Ground<'_>, path: &Pathway, wishes: &[WishRow]) -> Vec<StepView> {
    let meetings = |proposals: &[Proposal]| -> Vec<Meeting> {
        proposals
            .iter()
            .filter_map(|proposal| {
                let id = proposal.session.to_string();
                let session = ground.sessions.iter().find(|session| session.id == id)?;
                Some(Meeting {
                    proposal: proposal.clone(),
                    session: session.clone(),
                })
            })
            .collect()
    };
    path.steps
        .iter()
        .filter_map(|step| {
            Some(StepView {
                module: content::catalogue().module(&step.module)?,
                reasons: step.reasons.clone(),
                outcome: step.outcome.clone(),
                proposals: meetings(&step.proposals),
                waiting: meetings(&step.waiting),
                booked: None,
                wished: wishes
                    .iter()
                    .any(|wish| wish.module.as_ref() == Some(&step.module)),
                undated_before: step
                    .undated_before
                    .iter()
                    .filter_map(|slug| content::catalogue().module(slug))
                    .collect(),
            })
        })
        .collect()
}

/// Registers the one who answered in some of the sessions that their path proposes, one after the other; each has an answer of its own.
///
/// # Errors
/// [`Error::NotFound`] for another key. Sessions that the path does not propose are passed over.
pub async fn register_proposed(
    app: &App,
    actor: &Actor,
    id: &str,
    key: &str,
    sessions: &[String],
) -> Result<Vec<(SessionOverview, Result<Answer>)>> {
    let view = of_response(app, id, key).await?.ok_or(Error::NotFound)?;
    let person = view.response.person_id.as_deref().ok_or(Error::NotFound)?;
    let person: PersonId = enrolment::parse(person)?;
    let proposed = view
        .steps
        .iter()
        .flat_map(|step| step.proposals.iter().chain(&step.waiting));
    let wanted: Vec<&Meeting> = proposed
        .filter(|meeting| sessions.contains(&meeting.session.id))
        .collect();
    let mut answers = Vec::with_capacity(wanted.len());
    for meeting in wanted {
        let answer =
            enrolment::request(app, actor, &meeting.session.id, &[person], Origin::Web).await;
        let answer = answer.and_then(|answers| answers.into_iter().next().ok_or(Error::NotFound));
        answers.push((meeting.session.clone(), answer));
    }
    Ok(answers)
}

/// The people whom a referent relays, and how far they are in the present season, by name.
///
/// # Errors
/// What the policies say.
pub async fn relayed(app: &App, actor: &Actor) -> Result<Option<(Offered, Vec<RelayedPerson>)>> {
    let mut db = app.read().await?;
    let scope = scope(app, &mut db, actor, Action::SeePeople).await?;
    let Some(offered) = offered(app).await? else {
        return Ok(None);
    };
    let communes = scope
        .communes()
        .map(|codes| listed(codes.iter().map(String::as_str)));
    let now = app.now().as_millisecond();
    let people =
        store::pathway::relayed(&mut db, &offered.season.id, communes.as_deref(), now).await?;
    Ok(Some((offered, people)))
}

/// The sessions to come of a season that take registrations, by start.
///
/// # Errors
/// The store's.
pub async fn coming(app: &App, offered: &Offered) -> Result<Vec<SessionOverview>> {
    let mut db = app.read().await?;
    Ok(Ground::load(app, &mut db, offered).await?.sessions)
}
