//! Who is asked whether they want a level test, and how one begins.

use std::sync::LazyLock;

use domain::assessment::adaptive::{Demand, Prices, Rules, Step, next};
use domain::assessment::run::Occasion;
use domain::id::PersonId;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::assessment::RunRow;
use store::people::PersonRow;

use super::{Ground, Logged, PRICES, frozen, rules_of};
use crate::access::{Action, Actor, authorise, link};
use crate::people::{own_id, person_resource};
use crate::questionnaire::{self, Offered, offered};
use crate::{App, Error, Refused, Result, content, history};

/// What somebody is told of the level test: whether to take it, go on with it, or read its result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invitation {
    /// The occasion that a test would have now.
    pub occasion: Occasion,
    /// `new`, `open`, `done` or `declined`.
    pub stage: &'static str,
    /// The address of the run, within the site; none where there is none.
    pub link: Option<String>,
    /// The address of a result from the start of the path, to compare with.
    pub before: Option<String>,
    /// Whether a result counts for the path.
    pub applied: bool,
}

/// How staff begin a test for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Begin {
    /// `before` or `after`; empty: as their attendance says.
    pub occasion: String,
}

/// Names the state of the bank in this program.
static BANK_VERSION: LazyLock<String> =
    LazyLock::new(|| content::bank().content_version().to_string());

async fn has_attended(db: &mut Connection, person: &str, season: &str) -> Result<bool> {
    let attended = store::attendance::attended(db, season, Some(person)).await?;
    Ok(!attended.is_empty())
}

fn page(app: &App, run: &RunRow) -> Result<String> {
    let key = link::level_run_key(app, &run.id)?;
    let part = if run.stage == "done" { "/resultat" } else { "" };
    Ok(format!("/test/{}{part}?cle={key}", run.id))
}

async fn invitation(
    app: &App,
    db: &mut Connection,
    person: &str,
    season: &str,
    from_questionnaire: bool,
) -> Result<Invitation> {
    let occasion = Occasion::now(from_questionnaire, has_attended(db, person, season).await?);
    let runs = store::assessment::of_person(db, person, Some(season)).await?;
    let own: Vec<&RunRow> = runs
        .iter()
        .filter(|run| Occasion::of(&run.occasion).is_some_and(|known| known.stands_for(occasion)))
        .collect();
    let of = |stage: &str| own.iter().find(|run| run.stage == stage);
    let conclusive = own
        .iter()
        .find(|run| run.stage == "done" && run.conclusive == 1);
    let (stage, run) = match (of("open"), conclusive, of("declined")) {
        (Some(run), _, _) => ("open", Some(run)),
        (None, Some(run), _) => ("done", Some(run)),
        (None, None, Some(_)) => ("declined", None),
        (None, None, None) => ("new", None),
    };
    let before = runs.iter().find(|run| {
        !occasion.is_start()
            && run.stage == "done"
            && run.conclusive == 1
            && Occasion::of(&run.occasion).is_some_and(Occasion::is_start)
    });
    Ok(Invitation {
        occasion,
        stage,
        link: run.map(|run| page(app, run)).transpose()?,
        before: before.map(|run| page(app, run)).transpose()?,
        applied: runs.iter().any(|run| run.applied == 1),
    })
}

/// What the participant who is signed in is told; none between seasons.
///
/// # Errors
/// [`Error::SignInNeeded`] for anybody but a participant.
pub async fn own_invitation(app: &App, actor: &Actor) -> Result<Option<Invitation>> {
    let person = own_id(app, actor)?.to_string();
    let Some(offered) = offered(app).await? else {
        return Ok(None);
    };
    let mut db = app.read().await?;
    let season = offered.season.id;
    Ok(Some(
        invitation(app, &mut db, &person, &season, false).await?,
    ))
}

/// The person whom a completed response made known; nobody where they were known before, since a name and an address prove nothing.
async fn of_response(app: &App, id: &str, key: &str) -> Result<Option<(Offered, PersonRow)>> {
    let opened = questionnaire::open(app, id, key).await?;
    let response = opened.response;
    let (Some(_), Some(person), 0) = (
        response.completed_at,
        &response.person_id,
        response.unconfirmed,
    ) else {
        return Ok(None);
    };
    let mut db = app.read().await?;
    let person = store::people::person(&mut db, person)
        .await?
        .filter(|person| person.created_at >= response.started_at && person.erased_at.is_none());
    Ok(person.map(|person| (opened.offered, person)))
}

/// What the holder of a completed response's key is told; none where the test is to be begun from one's own space.
///
/// # Errors
/// [`Error::NotFound`] for another key.
pub async fn invitation_of_response(app: &App, id: &str, key: &str) -> Result<Option<Invitation>> {
    let Some((offered, person)) = of_response(app, id, key).await? else {
        return Ok(None);
    };
    let mut db = app.read().await?;
    let season = offered.season.id;
    Ok(Some(
        invitation(app, &mut db, &person.id, &season, true).await?,
    ))
}

/// Begins the test of the participant who is signed in, or goes on with the one that is open. Answers the address of its page.
///
/// # Errors
/// [`Error::SignInNeeded`]; [`Error::Refused`] between seasons, or when it was taken already.
pub async fn begin_own(app: &App, actor: &Actor) -> Result<String> {
    let person = own_id(app, actor)?;
    let offered = season_now(app).await?;
    begin(app, actor, &offered, &person.to_string(), None, false).await
}

/// The same for the holder of a completed response's key.
///
/// # Errors
/// [`Error::NotFound`] for another key, or where somebody was known before they answered.
pub async fn begin_from_response(app: &App, actor: &Actor, id: &str, key: &str) -> Result<String> {
    let (offered, person) = of_response(app, id, key).await?.ok_or(Error::NotFound)?;
    begin(app, actor, &offered, &person.id, None, true).await
}

/// The same for somebody who sits beside a member of staff.
///
/// # Errors
/// What the policies say; [`Error::Refused`].
pub async fn begin_for(
    app: &App,
    actor: &Actor,
    person: PersonId,
    command: &Begin,
) -> Result<String> {
    let person = person.to_string();
    {
        let mut db = app.read().await?;
        let row = store::people::person(&mut db, &person)
            .await?
            .ok_or(Error::NotFound)?;
        let resource = person_resource(&mut db, &row).await?;
        match authorise(app, actor, Action::EnterQuestionnaire, &resource) {
            Err(Error::Forbidden) => return Err(Error::NotFound),
            other => other?,
        }
        if row.erased_at.is_some() || row.merged_into.is_some() {
            return Err(Error::NotFound);
        }
    }
    let occasion = Occasion::of(command.occasion.trim());
    let offered = season_now(app).await?;
    begin(app, actor, &offered, &person, occasion, false).await
}

async fn season_now(app: &App) -> Result<Offered> {
    let offered = offered(app).await?;
    offered.ok_or_else(|| Refused::new("assessment-refused-no-season").into())
}

/// The runs of a person in a season that stand for a test on this occasion.
async fn standing_for(
    tx: &mut Connection,
    person: &str,
    season: &str,
    occasion: Occasion,
) -> Result<Vec<RunRow>> {
    let mut runs = store::assessment::of_person(tx, person, Some(season)).await?;
    runs.retain(|run| Occasion::of(&run.occasion).is_some_and(|known| known.stands_for(occasion)));
    Ok(runs)
}

async fn begin(
    app: &App,
    actor: &Actor,
    offered: &Offered,
    person: &str,
    occasion: Option<Occasion>,
    from_questionnaire: bool,
) -> Result<String> {
    let season = &offered.season.id;
    let mut tx = app.write().await?;
    tx.lock_name(&format!("level {person}")).await?;
    let occasion = match occasion {
        Some(occasion) => occasion,
        None => Occasion::now(
            from_questionnaire,
            has_attended(&mut tx, person, season).await?,
        ),
    };
    let runs = standing_for(&mut tx, person, season, occasion).await?;
    if let Some(run) = runs.iter().find(|run| run.stage == "open") {
        return page(app, run);
    }
    if runs
        .iter()
        .any(|run| run.stage == "done" && run.conclusive == 1)
    {
        return Err(Refused::new("assessment-refused-taken").into());
    }
    let mut run = blank(app, season, person, occasion)?;
    if !go_on(app, &mut tx, &mut run, &[]).await? {
        return Err(Error::Internal("the item bank is empty".to_owned()));
    }
    store::assessment::count_use(&mut tx, "").await?;
    store::assessment::insert(&mut tx, &run).await?;
    let logged = Logged::of(&run);
    history::record(
        app,
        &mut tx,
        actor,
        "assessment.begun",
        ("level-run", &run.id),
        None,
        Some(&logged),
    )
    .await?;
    tx.commit().await?;
    page(app, &run)
}

fn blank(app: &App, season: &str, person: &str, occasion: Occasion) -> Result<RunRow> {
    let now = app.now().as_millisecond();
    Ok(RunRow {
        id: app.new_id::<domain::id::kind::LevelRun>().to_string(),
        season_id: season.to_owned(),
        person_id: person.to_owned(),
        occasion: occasion.slug().to_owned(),
        bank: BANK_VERSION.clone(),
        rules: questionnaire::json(&Rules::default())?,
        seed: i64::from_le_bytes(app.random()),
        stage: "open".to_owned(),
        ending: String::new(),
        item: None,
        item_version: None,
        shown_at: None,
        answers: 0,
        ability: None,
        error: None,
        level: None,
        conclusive: 0,
        applied: 0,
        started_at: now,
        updated_at: now,
        finished_at: None,
        version: 1,
    })
}

/// Chooses the next item, keeps it as it is now and counts its showing. Answers whether there is one: otherwise the test is over.
pub(super) async fn go_on(
    app: &App,
    tx: &mut Connection,
    run: &mut RunRow,
    answers: &[store::assessment::AnswerRow],
) -> Result<bool> {
    let rules = rules_of(run)?;
    let ground = Ground::of(tx, answers).await?;
    let before = store::assessment::seen_before(tx, &run.person_id, &run.id).await?;
    let mut used = ground.used(&store::assessment::uses(tx).await?);
    if !answers.is_empty() {
        // This one was counted when it began.
        used.tests = used.tests.saturating_sub(1);
    }
    let none = Prices::default();
    let demand = Demand {
        prices: PRICES.get().unwrap_or(&none),
        used: &used,
        before: &ground.places(&before),
    };
    let answered = ground.answered(answers);
    let seed = run.seed.cast_unsigned();
    let item = match next(&ground.pool, &rules, &answered, demand, seed) {
        Step::Ask(place) => ground.bank.items().get(place),
        Step::Done => None,
    };
    let Some(item) = item else {
        return Ok(false);
    };
    run.item_version = Some(frozen::keep(app, tx, item).await?);
    run.item = Some(item.slug.clone());
    run.shown_at = Some(app.now().as_millisecond());
    store::assessment::count_use(tx, &item.slug).await?;
    Ok(true)
}

/// The participant who is signed in does not want the test: they are not asked again.
///
/// # Errors
/// [`Error::SignInNeeded`]; [`Error::Refused`] between seasons.
pub async fn decline_own(app: &App, actor: &Actor) -> Result<()> {
    let person = own_id(app, actor)?;
    let offered = season_now(app).await?;
    decline(app, actor, &offered, &person.to_string(), false).await
}

/// The same for the holder of a completed response's key.
///
/// # Errors
/// [`Error::NotFound`] for another key, or where somebody was known before they answered.
pub async fn decline_from_response(app: &App, actor: &Actor, id: &str, key: &str) -> Result<()> {
    let (offered, person) = of_response(app, id, key).await?.ok_or(Error::NotFound)?;
    decline(app, actor, &offered, &person.id, true).await
}

async fn decline(
    app: &App,
    actor: &Actor,
    offered: &Offered,
    person: &str,
    from_questionnaire: bool,
) -> Result<()> {
    let season = &offered.season.id;
    let mut tx = app.write().await?;
    tx.lock_name(&format!("level {person}")).await?;
    let attended = has_attended(&mut tx, person, season).await?;
    let occasion = Occasion::now(from_questionnaire, attended);
    if !standing_for(&mut tx, person, season, occasion)
        .await?
        .is_empty()
    {
        return Ok(());
    }
    let run = RunRow {
        stage: "declined".to_owned(),
        finished_at: Some(app.now().as_millisecond()),
        ..blank(app, season, person, occasion)?
    };
    store::assessment::insert(&mut tx, &run).await?;
    let logged = Logged::of(&run);
    history::record(
        app,
        &mut tx,
        actor,
        "assessment.declined",
        ("level-run", &run.id),
        None,
        Some(&logged),
    )
    .await?;
    Ok(tx.commit().await?)
}
