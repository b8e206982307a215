//! Seasons of a programme.

use domain::input::{InputError, Minutes, ShortText, parse_date, parse_whole};
use domain::programme::{LONGEST_OFFER_HOURS, SeasonDates, SeasonStage, numbered, slug_of};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::partner::PartnerRow;
use store::programme::{ProgrammeRow, SeasonRow};

use super::id_of;
use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, in_use, taken, version_of};
use crate::{App, Error, Refused, Result, history};

/// A season as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditSeason {
    /// Name.
    pub name: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// `preparing`, `open` or `closed`; empty: `preparing`.
    pub stage: String,
    /// What it is, for everybody.
    pub summary: String,
    /// Slug of the questionnaire; empty: that of Boutic.
    pub questionnaire: String,
    /// Slug of the pathway rules; empty: those of Boutic.
    pub pathway_rules: String,
    /// How long an offered seat is kept, in hours.
    pub offer_hours: String,
    /// Attended time from which a certificate is issued: `1 h 30`, `90 min`.
    pub certificate: String,
    /// The version that was edited; empty for a new season.
    pub version: String,
}

/// The questionnaire and rules of a season that names none.
const USUAL_CONTENT: &str = "boutic";

/// A season by its slug, with its programme and partners.
pub async fn season(
    app: &App,
    actor: &Actor,
    slug: &str,
) -> Result<(ProgrammeRow, SeasonRow, Vec<PartnerRow>)> {
    let mut db = app.read().await?;
    let (programme, season) = load_for(app, &mut db, actor, Action::SeeDesk, slug).await?;
    let partners = store::partner::of_season(&mut db, &season.id).await?;
    Ok((programme, season, partners))
}

/// Makes a season of a programme; answers its slug.
pub async fn create_season(
    app: &App,
    actor: &Actor,
    programme: &str,
    command: &EditSeason,
) -> Result<String> {
    let mut tx = app.write().await?;
    let programme = super::load(app, &mut tx, actor, programme).await?;
    let mut row = parse(command, None)?;
    row.id = app.new_id::<domain::id::kind::Season>().to_string();
    row.programme_id = programme.id;
    row.created_at = app.now().as_millisecond();
    row.version = 1;
    row.slug = free_slug(&mut tx, &row.name).await?;
    store::programme::insert_season(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    let subject = ("season", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "season.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    tx.commit().await?;
    Ok(row.slug)
}

/// Changes a season. Refused when sessions would lie outside its dates.
pub async fn edit_season(app: &App, actor: &Actor, slug: &str, command: &EditSeason) -> Result<()> {
    let mut tx = app.write().await?;
    let (programme, before) = load(app, &mut tx, actor, slug).await?;
    let row = parse(command, Some(&before))?;
    keep_sessions_inside(&mut tx, &programme, &row).await?;
    store::programme::update_season(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    let after = SeasonRow {
        version: row.version + 1,
        ..row
    };
    let subject = ("season", before.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "season.changed",
        subject,
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a season to which nothing but partners belongs.
pub async fn delete_season(app: &App, actor: &Actor, slug: &str, version: &str) -> Result<()> {
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let (_, before) = load(app, &mut tx, actor, slug).await?;
    let refused = Refused::new("programme-refused-season-in-use").with("name", &before.name);
    store::programme::delete_season(&mut tx, &before.id, version)
        .await
        .map_err(in_use(refused))?;
    let subject = ("season", before.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "season.deleted",
        subject,
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// The season to change, once it is known that the actor may.
pub(super) async fn load(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    slug: &str,
) -> Result<(ProgrammeRow, SeasonRow)> {
    load_for(app, db, actor, Action::ManageProgramme, slug).await
}

async fn load_for(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    action: Action,
    slug: &str,
) -> Result<(ProgrammeRow, SeasonRow)> {
    let Some(season) = store::programme::season_by_slug(db, slug).await? else {
        authorise(app, actor, action, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    authorise(
        app,
        actor,
        action,
        &Resource::of_programme(id_of(&season.programme_id)?),
    )?;
    let programme = store::programme::get(db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((programme, season))
}

async fn keep_sessions_inside(
    db: &mut Connection,
    programme: &ProgrammeRow,
    row: &SeasonRow,
) -> Result<()> {
    let span = store::programme::session_span(db, &row.id).await?;
    let (Some(first), Some(last)) = (span.first, span.last) else {
        return Ok(());
    };
    let zone =
        TimeZone::get(&programme.time_zone).map_err(|error| Error::Internal(error.to_string()))?;
    let day = |at: i64| {
        Timestamp::from_millisecond(at)
            .map(|at| at.to_zoned(zone.clone()).date().to_string())
            .map_err(|error| Error::Internal(error.to_string()))
    };
    let (first, last) = (day(first)?, day(last)?);
    if first < row.starts_on || last > row.ends_on {
        let refused = Refused::new("programme-refused-sessions-outside");
        return Err(refused.with("first", first).with("last", last).into());
    }
    Ok(())
}

async fn free_slug(db: &mut Connection, name: &str) -> Result<String> {
    let slug = slug_of(name);
    for n in 1..1000 {
        let tried = numbered(&slug, n);
        if store::programme::season_by_slug(db, &tried)
            .await?
            .is_none()
        {
            return Ok(tried);
        }
    }
    Err(Error::field("name", InputError::AlreadyTaken))
}

/// The slug of a content file, `boutic` when none is given.
fn content(fields: &mut Fields, field: &str, raw: &str) -> String {
    let raw = raw.trim();
    if raw.is_empty() {
        return USUAL_CONTENT.to_owned();
    }
    let plain = raw.len() <= 60
        && raw
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain {
        fields.wrong(field, InputError::UnknownChoice);
    }
    raw.to_owned()
}

fn parse(command: &EditSeason, before: Option<&SeasonRow>) -> Result<SeasonRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<120>::parse(&command.name));
    let starts_on = fields.take("starts_on", parse_date(&command.starts_on));
    let ends_on = fields.take("ends_on", parse_date(&command.ends_on));
    let dates = starts_on
        .zip(ends_on)
        .and_then(|(from, to)| fields.take("ends_on", SeasonDates::new(from, to)));
    let stage = match command.stage.trim() {
        "" => Ok(SeasonStage::Preparing),
        stage => SeasonStage::parse(stage).ok_or(InputError::UnknownChoice),
    };
    let stage = fields.take("stage", stage);
    let summary = fields.note::<4000>("summary", &command.summary);
    let questionnaire = content(&mut fields, "questionnaire", &command.questionnaire);
    let pathway_rules = content(&mut fields, "pathway_rules", &command.pathway_rules);
    let hours = fields.take(
        "offer_hours",
        parse_whole(&command.offer_hours, 1, LONGEST_OFFER_HOURS),
    );
    // From a quarter of an hour to a hundred hours.
    let certificate = fields.take(
        "certificate",
        Minutes::parse(&command.certificate, 15, 6000),
    );
    let version = fields.version(&command.version, before.is_some());
    let all = name.zip(dates).zip(stage).zip(hours).zip(certificate);
    let ((((name, dates), stage), offer_hours), certificate) = fields.finish(all)?;
    Ok(SeasonRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        programme_id: before.map_or_else(String::new, |row| row.programme_id.clone()),
        name: name.into(),
        slug: before.map_or_else(String::new, |row| row.slug.clone()),
        starts_on: dates.starts_on().to_string(),
        ends_on: dates.ends_on().to_string(),
        stage: stage.slug().to_owned(),
        summary,
        questionnaire,
        pathway_rules,
        offer_hours,
        certificate_minutes: i64::from(certificate.0),
        created_at: before.map_or(0, |row| row.created_at),
        version,
    })
}
