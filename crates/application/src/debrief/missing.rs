//! What was missing: talks and open wishes together, own words put into subjects by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::debrief::{Missing, Shown, Topic, Voice, gather, protect, root};
use domain::id::TerritoryId;
use domain::input::ShortText;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::missing::{SubjectRow, VoiceRow};
use store::programme::SeasonRow;

use super::season_named;
use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::enrolment::parse;
use crate::input::{Fields, version_of};
use crate::{App, Error, Refused, Result, history};

/// Own words that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// `debrief` or `wish`, a dot, and where they were said: what forms send.
    pub source: String,
    /// The words.
    pub text: String,
    /// Who said them.
    pub person: String,
    /// Their commune.
    pub commune: Option<String>,
}

/// One thing that was missing.
#[derive(Clone, Debug, PartialEq)]
pub struct MissingLine {
    /// What.
    pub topic: Topic,
    /// Title of the subject or the words; empty for a module.
    pub title: String,
    /// How many and from where: exact for those who may know the people, otherwise as far as nobody is recognised.
    pub shown: Shown,
    /// How much it matters in all.
    pub weight: u32,
}

/// What was missing in a season.
#[derive(Clone, Debug)]
pub struct MissingPage {
    /// The season.
    pub season: SeasonRow,
    /// Everything, most missed first.
    pub lines: Vec<MissingLine>,
    /// Whether the figures are exact.
    pub is_exact: bool,
    /// Whether `actor` may group and propose.
    pub may_manage: bool,
    /// The territories to choose from: id and name.
    pub territories: Vec<(String, String)>,
}

/// Whose voices somebody sees.
struct View {
    exact: bool,
    communes: Option<BTreeSet<String>>,
    territories: Vec<(String, String)>,
}

async fn view(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    season: &SeasonRow,
    territory: &str,
) -> Result<View> {
    let programme = Resource::of_programme(parse(&season.programme_id)?);
    authorise_any(app, actor, &programme)?;
    let all = store::territory::list(db, None).await?;
    let everything = app
        .policies()
        .allow(actor, Action::HoldDebriefs, &programme)?;
    let mut own = Vec::new();
    for row in all {
        let id: TerritoryId = parse(&row.id)?;
        let there = Resource {
            territories: vec![id],
            ..programme.clone()
        };
        if everything || app.policies().allow(actor, Action::HoldDebriefs, &there)? {
            own.push((id, row.name));
        }
    }
    // Somebody who may know nobody by name sees the whole only: two narrowed views would tell by subtraction what one does not.
    if own.is_empty() && !everything {
        return Ok(View {
            exact: false,
            communes: None,
            territories: Vec::new(),
        });
    }
    let chosen: Vec<&(TerritoryId, String)> = if territory.is_empty() {
        own.iter().collect()
    } else {
        let chosen: Vec<_> = own
            .iter()
            .filter(|(id, _)| id.to_string() == territory)
            .collect();
        if chosen.is_empty() {
            return Err(Error::NotFound);
        }
        chosen
    };
    let communes = if everything && territory.is_empty() {
        None
    } else {
        let mut communes = BTreeSet::new();
        for (id, _) in chosen {
            let area = area_of(db, Some(id)).await?;
            communes.extend(area.codes().iter().map(ToString::to_string));
        }
        Some(communes)
    };
    Ok(View {
        exact: true,
        communes,
        territories: own
            .into_iter()
            .map(|(id, name)| (id.to_string(), name))
            .collect(),
    })
}

/// Coordinators of the programme, referents of any territory, trainers.
fn authorise_any(app: &App, actor: &Actor, programme: &Resource) -> Result<()> {
    let territories = actor
        .staff()
        .map(|staff| staff.bindings.as_slice())
        .unwrap_or_default()
        .iter()
        .filter_map(|binding| binding.territory)
        .collect();
    let there = Resource {
        territories,
        ..programme.clone()
    };
    authorise(app, actor, Action::SeeMissing, &there)
}

/// Where every subject ended up.
fn merged(subjects: &[SubjectRow]) -> BTreeMap<String, String> {
    subjects
        .iter()
        .filter_map(|subject| Some((subject.id.clone(), subject.merged_into.clone()?)))
        .collect()
}

/// The source of words as forms send it.
fn source_of(row: &VoiceRow) -> String {
    format!("{}.{}", row.kind, row.source_id)
}

fn topic_of(row: &VoiceRow, merged: &BTreeMap<String, String>) -> Topic {
    match (&row.module, &row.subject_id) {
        (Some(module), _) => Topic::Module(module.clone()),
        (None, Some(subject)) => Topic::Subject(root(subject, merged).to_owned()),
        (None, None) => Topic::Words(source_of(row)),
    }
}

fn voices(rows: &[VoiceRow], merged: &BTreeMap<String, String>) -> Vec<Voice> {
    rows.iter()
        .map(|row| Voice {
            person: row.person_id.clone(),
            commune: row.commune_code.clone().unwrap_or_default(),
            topic: topic_of(row, merged),
            weight: u8::try_from(row.weight).unwrap_or(2),
        })
        .collect()
}

/// Everything missed in a season, by what it is: for proposing.
pub(super) async fn all_missing(
    db: &mut Connection,
    season: &str,
) -> Result<(Vec<Missing>, Vec<SubjectRow>)> {
    let rows = store::missing::voices(db, season).await?;
    let subjects = store::missing::subjects(db, season).await?;
    Ok((gather(&voices(&rows, &merged(&subjects))), subjects))
}

/// What was missing in a season (by slug; empty: the present one) and a territory (by id; empty: all that one sees).
///
/// # Errors
/// [`Error::NotFound`] without a season, and what the policies say.
pub async fn list(app: &App, actor: &Actor, season: &str, territory: &str) -> Result<MissingPage> {
    let mut db = app.read().await?;
    let Some((season, _)) = season_named(app, &mut db, season).await? else {
        authorise_any(app, actor, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    let view = view(app, &mut db, actor, &season, territory).await?;
    let programme = Resource::of_programme(parse(&season.programme_id)?);
    let subjects = store::missing::subjects(&mut db, &season.id).await?;
    let mut rows = store::missing::voices(&mut db, &season.id).await?;
    if let Some(communes) = &view.communes {
        rows.retain(|row| {
            row.commune_code
                .as_ref()
                .is_some_and(|code| communes.contains(code))
        });
    }
    if !view.exact {
        // One person's own words may say who they are.
        rows.retain(|row| row.module.is_some() || row.subject_id.is_some());
    }
    let lines = gather(&voices(&rows, &merged(&subjects)))
        .into_iter()
        .map(|one| line(one, &rows, &subjects, view.exact))
        .collect();
    Ok(MissingPage {
        lines,
        is_exact: view.exact,
        may_manage: app
            .policies()
            .allow(actor, Action::ManageMissing, &programme)?,
        territories: view.territories,
        season,
    })
}

fn line(one: Missing, rows: &[VoiceRow], subjects: &[SubjectRow], exact: bool) -> MissingLine {
    let title = match &one.topic {
        Topic::Module(_) => String::new(),
        Topic::Subject(id) => subjects
            .iter()
            .find(|subject| subject.id == *id)
            .map_or_else(String::new, |subject| subject.title.clone()),
        Topic::Words(source) => rows
            .iter()
            .find(|row| source_of(row) == *source)
            .map_or_else(String::new, |row| row.detail.clone()),
    };
    let shown = if exact {
        let mut communes: Vec<(String, usize)> = one.communes.into_iter().collect();
        communes.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
        Shown {
            total: Some(one.people.len()),
            communes,
            elsewhere: 0,
        }
    } else {
        protect(&one.communes)
    };
    MissingLine {
        weight: if shown.total.is_some() { one.weight } else { 0 },
        topic: one.topic,
        title,
        shown,
    }
}

/// The season for whoever may group and propose in it.
pub(super) async fn managed(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    season: &str,
) -> Result<SeasonRow> {
    let found = season_named(app, db, season).await?;
    let resource = match &found {
        Some((season, _)) => Resource::of_programme(parse(&season.programme_id)?),
        None => Resource::everything(),
    };
    authorise(app, actor, Action::ManageMissing, &resource)?;
    Ok(found.ok_or(Error::NotFound)?.0)
}

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
/// As [`list`], for those who may manage.
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
