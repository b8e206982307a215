//! Lists and pages of people.

use domain::id::PersonId;
use store::Connection;
use store::assessment::{AnswerRow, RunRow};
use store::attendance::OperationToldRow;
use store::debrief::{DebriefRow, LackRow};
use store::event::EventRow;
use store::missing::AskedRow;
use store::people::{
    OrganisationRow, PeopleFilter, PersonCertificateRow, PersonEnrolmentRow, PersonLetterRow,
    PersonListRow, PersonPathwayRow, PersonResponseRow, PersonRow, PersonWishRow,
};
use store::quiz::PersonQuizRow;

use crate::access::{Action, Actor, Resource, authorise, scope, territories_of};
use crate::{App, Error, Result};

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PeoplePage<T> {
    /// How many there are in all.
    pub total: i64,
    /// Those of this page.
    pub rows: Vec<T>,
}

/// All about one person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPage {
    /// The record.
    pub person: PersonRow,
    /// The organisation.
    pub organisation: Option<OrganisationRow>,
    /// Enrolments, latest session first.
    pub enrolments: Vec<PersonEnrolmentRow>,
    /// What was said of their attendance, in order.
    pub operations: Vec<OperationToldRow>,
    /// Certificates, newest first.
    pub certificates: Vec<PersonCertificateRow>,
    /// Letters, newest first.
    pub letters: Vec<PersonLetterRow>,
    /// Questionnaires, newest first.
    pub responses: Vec<PersonResponseRow>,
    /// Steps of paths, newest path first.
    pub pathways: Vec<PersonPathwayRow>,
    /// Wishes, newest first.
    pub wishes: Vec<PersonWishRow>,
    /// Level tests, newest first, each with its answers.
    pub level_tests: Vec<(RunRow, Vec<AnswerRow>)>,
    /// Quizzes answered, newest first.
    pub quizzes: Vec<PersonQuizRow>,
    /// Talks at the end of paths with what was missing, newest first.
    pub debriefs: Vec<(DebriefRow, Vec<LackRow>)>,
    /// Proposed workshops for which they asked, newest first.
    pub asked: Vec<AskedRow>,
    /// What happened, newest first.
    pub events: Vec<EventRow>,
}

/// An organisation with its people.
#[derive(Clone, Debug, PartialEq)]
pub struct OrganisationPage {
    /// The record.
    pub organisation: OrganisationRow,
    /// Its people, by name, as far as one may see them.
    pub people: Vec<PersonRow>,
    /// What happened to it, newest first.
    pub events: Vec<EventRow>,
}

/// What a person is to the policies: themself, in the own territories of their commune.
pub async fn person_resource(db: &mut Connection, person: &PersonRow) -> Result<Resource> {
    Ok(Resource {
        person: PersonId::parse(&person.id).ok(),
        territories: territories_of(db, person.commune_code.as_deref()).await?,
        ..Resource::default()
    })
}

/// One page of the people that `actor` may see and that match, and how many match in all.
pub async fn search_people(
    app: &App,
    actor: &Actor,
    filter: PeopleFilter,
) -> Result<PeoplePage<PersonListRow>> {
    let mut db = app.read().await?;
    let scope = scope(app, &mut db, actor, Action::SeePeople).await?;
    let filter = PeopleFilter {
        communes: scope.communes(),
        ..filter
    };
    Ok(PeoplePage {
        total: store::people::count_people(&mut db, &filter).await?,
        rows: store::people::search_people(&mut db, &filter).await?,
    })
}

/// The few people that best match what is typed while somebody calls: by name, telephone, e-mail or firm.
pub async fn look_up(app: &App, actor: &Actor, query: &str) -> Result<Vec<PersonListRow>> {
    if query.trim().is_empty() {
        return Ok(Vec::new());
    }
    let filter = PeopleFilter {
        query: query.to_owned(),
        limit: 12,
        ..PeopleFilter::default()
    };
    Ok(search_people(app, actor, filter).await?.rows)
}

/// All about one person.
///
/// # Errors
/// [`Error::NotFound`], also for whoever may not see them.
pub async fn person_page(app: &App, actor: &Actor, id: &str) -> Result<PersonPage> {
    let mut db = app.read().await?;
    let (person, resource) = super::records::resource_of(&mut db, id).await?;
    match authorise(app, actor, Action::SeePeople, &resource) {
        // Whether a person exists is nobody else's business.
        Err(Error::Forbidden) => return Err(Error::NotFound),
        other => other?,
    }
    read_all(app, &mut db, person).await
}

/// Everything kept about a person, but what would let a reader sign in as them.
pub(super) async fn read_all(
    app: &App,
    db: &mut Connection,
    person: PersonRow,
) -> Result<PersonPage> {
    let organisation = match &person.organisation_id {
        Some(id) => store::people::organisation(db, id).await?,
        None => None,
    };
    let id = person.id.clone();
    let mut letters = store::people::person_letters(db, &id).await?;
    letters.retain(|letter| !crate::mail::is_secret(app, &letter.kind));
    let mut debriefs = Vec::new();
    for row in store::debrief::of_person(db, &id).await? {
        let lacks = store::debrief::lacks(db, &row.id).await?;
        debriefs.push((row, lacks));
    }
    Ok(PersonPage {
        organisation,
        enrolments: store::people::person_enrolments(db, &id).await?,
        operations: store::attendance::operations_of_person(db, &id).await?,
        certificates: store::people::person_certificates(db, &id).await?,
        letters,
        responses: store::people::person_responses(db, &id).await?,
        pathways: store::people::person_pathways(db, &id).await?,
        wishes: store::people::person_wishes(db, &id).await?,
        level_tests: level_tests(db, &id).await?,
        quizzes: store::quiz::of_person(db, &id).await?,
        debriefs,
        asked: store::missing::asked_by(db, &id).await?,
        events: store::people::person_events(db, &id, 500).await?,
        person,
    })
}

async fn level_tests(db: &mut Connection, person: &str) -> Result<Vec<(RunRow, Vec<AnswerRow>)>> {
    let runs = store::assessment::of_person(db, person, None).await?;
    let answers = store::assessment::answers_of(db, person).await?;
    Ok(runs
        .into_iter()
        .map(|run| {
            let own = answers.iter().filter(|answer| answer.run_id == run.id);
            let own = own.cloned().collect();
            (run, own)
        })
        .collect())
}
