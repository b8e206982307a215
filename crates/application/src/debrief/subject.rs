//! Own words put into subjects by hand, and taken out again.

use std::collections::BTreeSet;

use domain::debrief::root;
use domain::input::ShortText;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::missing::{SubjectRow, VoiceRow};
use store::programme::SeasonRow;

use super::missing::{Words, managed, merged, source_of};
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::input::{Fields, version_of};
use crate::{App, Error, Refused, Result, history};

/// What the page for grouping shows.
#[derive(Clone, Debug)]
pub struct GroupingPage {
    /// The season.
    pub season: SeasonRow,
    /// Words that belong to no subject yet.
    pub open: Vec<Words>,
    /// The subjects that stand by themselves, by name.
    pub subjects: Vec<SubjectRow>,
}

fn words(row: &VoiceRow) -> Words {
    Words {
        source: source_of(row),
        text: row.detail.clone(),
        person: row.person_id.clone(),
        commune: row.commune_code.clone(),
    }
}

/// The words that belong to no subject, and the subjects there are.
///
/// # Errors
/// As [`super::missing::list`], for those who may manage.
pub async fn grouping(app: &App, actor: &Actor, season: &str) -> Result<GroupingPage> {
    let mut db = app.read().await?;
    let season = managed(app, &mut db, actor, season).await?;
    let mut subjects = store::missing::subjects(&mut db, &season.id).await?;
    subjects.retain(|subject| subject.merged_into.is_none());
    let rows = store::missing::voices(&mut db, &season.id).await?;
    Ok(GroupingPage {
        open: rows
            .iter()
            .filter(|row| row.module.is_none() && row.subject_id.is_none())
            .map(words)
            .collect(),
        subjects,
        season,
    })
}

/// Words to be put into a subject.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Group {
    /// Sources of the words, as [`Words::source`] gives them.
    pub words: Vec<String>,
    /// The subject; empty for a new one.
    pub subject: String,
    /// Name of the new one.
    pub title: String,
}

/// Puts words into a subject that is there or a new one; answers its id.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`Group`]; what [`grouping`] says.
pub async fn group(app: &App, actor: &Actor, season: &str, group: &Group) -> Result<String> {
    let mut tx = app.write().await?;
    let season = managed(app, &mut tx, actor, season).await?;
    tx.lock_name(&format!("missing {}", season.id)).await?;
    let rows = store::missing::voices(&mut tx, &season.id).await?;
    let mut fields = Fields::default();
    let sources: BTreeSet<&String> = group.words.iter().collect();
    let chosen: Vec<&VoiceRow> = rows
        .iter()
        .filter(|row| row.module.is_none() && sources.contains(&source_of(row)))
        .collect();
    if chosen.is_empty() {
        fields.wrong("words", domain::input::InputError::Empty);
    }
    let known = match group.subject.trim() {
        "" => None,
        id => {
            let found = store::missing::subject(&mut tx, id)
                .await?
                .filter(|row| row.season_id == season.id && row.merged_into.is_none());
            if found.is_none() {
                fields.wrong("subject", domain::input::InputError::UnknownChoice);
            }
            found
        }
    };
    let title = if group.subject.trim().is_empty() {
        fields
            .take("title", ShortText::<100>::parse(&group.title))
            .map(|name| name.as_str().to_owned())
    } else {
        Some(String::new())
    };
    let title = fields.finish(title)?;
    let subject = match known {
        Some(subject) => subject,
        None => new_subject(app, &mut tx, actor, &season.id, title).await?,
    };
    for row in chosen {
        store::missing::put_into(&mut tx, (&row.kind, &row.source_id), &subject.id).await?;
        note(app, &mut tx, actor, "subject.grouped", &subject.id, row).await?;
    }
    tx.commit().await?;
    Ok(subject.id)
}

pub(super) async fn new_subject(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    season: &str,
    title: String,
) -> Result<SubjectRow> {
    let row = SubjectRow {
        id: app.new_id::<SubjectRow>().to_string(),
        season_id: season.to_owned(),
        title,
        merged_into: None,
        created_at: app.now().as_millisecond(),
        version: 1,
    };
    store::missing::insert_subject(tx, &row).await?;
    history::record(
        app,
        tx,
        actor,
        "subject.made",
        ("subject", &row.id),
        None,
        Some(&row),
    )
    .await?;
    Ok(row)
}

/// What the event log keeps of words put into a subject or out of it.
#[derive(Serialize)]
struct Grouped<'a> {
    person: &'a str,
    source: &'a str,
}

async fn note(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    action: &str,
    subject: &str,
    row: &VoiceRow,
) -> Result<()> {
    let grouped = Grouped {
        person: &row.person_id,
        source: &row.source_id,
    };
    history::record(
        app,
        tx,
        actor,
        action,
        ("subject", subject),
        None,
        Some(&grouped),
    )
    .await
}

/// One subject.
#[derive(Clone, Debug)]
pub struct SubjectPage {
    /// The subject.
    pub subject: SubjectRow,
    /// Its season.
    pub season: SeasonRow,
    /// The words put into it, directly or with another subject.
    pub words: Vec<Words>,
    /// Subjects that were put into it.
    pub parts: Vec<SubjectRow>,
    /// Other subjects of the season that stand by themselves.
    pub others: Vec<SubjectRow>,
}

async fn load(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    id: &str,
) -> Result<(SubjectRow, SeasonRow)> {
    let subject = store::missing::subject(db, id).await?;
    let season = match &subject {
        Some(subject) => store::programme::season(db, &subject.season_id).await?,
        None => None,
    };
    let resource = match &season {
        Some(season) => Resource::of_programme(parse(&season.programme_id)?),
        None => Resource::everything(),
    };
    authorise(app, actor, Action::ManageMissing, &resource)?;
    Ok((
        subject.ok_or(Error::NotFound)?,
        season.ok_or(Error::NotFound)?,
    ))
}

/// One subject with its words.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn subject(app: &App, actor: &Actor, id: &str) -> Result<SubjectPage> {
    let mut db = app.read().await?;
    let (subject, season) = load(app, &mut db, actor, id).await?;
    let all = store::missing::subjects(&mut db, &season.id).await?;
    let merged = merged(&all);
    let rows = store::missing::voices(&mut db, &season.id).await?;
    let (parts, others) = all
        .into_iter()
        .filter(|row| row.id != subject.id)
        .partition::<Vec<_>, _>(|row| row.merged_into.as_deref() == Some(&subject.id));
    Ok(SubjectPage {
        words: rows
            .iter()
            .filter(|row| row.module.is_none())
            .filter(|row| {
                row.subject_id
                    .as_deref()
                    .is_some_and(|own| root(own, &merged) == subject.id)
            })
            .map(words)
            .collect(),
        parts,
        others: others
            .into_iter()
            .filter(|row| row.merged_into.is_none())
            .collect(),
        subject,
        season,
    })
}

/// Takes words out of the subject they are in; harmless when they are in none any more.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn take_out(app: &App, actor: &Actor, subject: &str, source: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let (subject, season) = load(app, &mut tx, actor, subject).await?;
    let rows = store::missing::voices(&mut tx, &season.id).await?;
    let Some(row) = rows.iter().find(|row| source_of(row) == source) else {
        return Err(Error::NotFound);
    };
    if store::missing::take_out(&mut tx, (&row.kind, &row.source_id)).await? {
        note(app, &mut tx, actor, "subject.taken-out", &subject.id, row).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Puts a subject into another of its season; `into` empty: takes it out again. `version` is the one that was seen.
///
/// # Errors
/// [`Error::Stale`]; [`Error::Refused`] when both are one or the other does not stand by itself; [`Error::NotFound`]; what the policies say.
pub async fn merge(app: &App, actor: &Actor, id: &str, into: &str, version: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let (_, season) = load(app, &mut tx, actor, id).await?;
    // Two who put subjects into one another at once must not make a ring.
    tx.lock_name(&format!("missing {}", season.id)).await?;
    let before = store::missing::subject(&mut tx, id)
        .await?
        .ok_or(Error::NotFound)?;
    if version_of(version)? != before.version {
        return Err(Error::Stale);
    }
    let merged_into = match into.trim() {
        "" => None,
        into => {
            let target = store::missing::subject(&mut tx, into)
                .await?
                .filter(|target| {
                    target.season_id == season.id
                        && target.id != before.id
                        && target.merged_into.is_none()
                })
                .ok_or_else(|| Refused::new("debrief-refused-merge"))?;
            Some(target.id)
        }
    };
    let action = if merged_into.is_some() {
        "subject.merged"
    } else {
        "subject.split"
    };
    let after = SubjectRow {
        merged_into,
        ..before.clone()
    };
    store::missing::update_subject(&mut tx, &after).await?;
    let after = SubjectRow {
        version: before.version + 1,
        ..after
    };
    history::record(
        app,
        &mut tx,
        actor,
        action,
        ("subject", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
