//! What was missing becomes a proposed workshop, and those who asked are told what came of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::debrief::Topic;
use domain::input::{InputError, LongText};
use domain::language::Language;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::missing::{AskerRow, ProposalRow};
use store::programme::SeasonRow;
use store::wish::WishRow;

use super::missing::{all_missing, managed};
use super::module_title;
use super::subject::new_subject;
use crate::access::{Action, Actor, Resource, authorise};
use crate::enrolment::parse;
use crate::input::{Fields, version_of};
use crate::questionnaire::json;
use crate::{App, Error, Refused, Result, history, wish};

/// Longest answer to those who asked, in characters.
const LONGEST: usize = 600;

pub(super) async fn load(
    app: &App,
    db: &mut Connection,
    actor: &Actor,
    id: &str,
) -> Result<(ProposalRow, SeasonRow)> {
    let row = store::missing::proposal(db, id).await?;
    let season = match &row {
        Some(row) => store::programme::season(db, &row.season_id).await?,
        None => None,
    };
    let resource = match &season {
        Some(season) => Resource::of_programme(parse(&season.programme_id)?),
        None => Resource::everything(),
    };
    authorise(app, actor, Action::ManageMissing, &resource)?;
    Ok((row.ok_or(Error::NotFound)?, season.ok_or(Error::NotFound)?))
}

/// What the event log keeps of a proposal.
#[derive(Serialize)]
pub(super) struct Logged<'a> {
    title: &'a str,
    stage: &'a str,
    reason: &'a str,
    version: i64,
}

pub(super) fn logged(row: &ProposalRow) -> Logged<'_> {
    Logged {
        title: &row.title,
        stage: &row.stage,
        reason: &row.reason,
        version: row.version,
    }
}

/// The season that follows in the same programme, if there is one already.
async fn next_season(db: &mut Connection, season: &SeasonRow) -> Result<Option<SeasonRow>> {
    let all = store::programme::list_seasons(db, Some(&season.programme_id)).await?;
    Ok(all
        .into_iter()
        .filter(|next| next.starts_on > season.starts_on && next.id != season.id)
        .filter(|next| next.stage != "closed")
        .min_by(|a, b| (&a.starts_on, &a.slug).cmp(&(&b.starts_on, &b.slug))))
}

/// Makes a proposed workshop of what was missing: `topic` is `module.SLUG`, `subject.ID`, or the source of own words. For a module everybody
/// who missed it has a wish in the next season, if there is one. Proposing again adds those who asked since. Answers the proposal's id.
///
/// # Errors
/// [`Error::NotFound`] when nobody missed it; what the policies say.
pub async fn propose(app: &App, actor: &Actor, season: &str, topic: &str) -> Result<String> {
    let mut tx = app.write().await?;
    let season = managed(app, &mut tx, actor, season).await?;
    tx.lock_name(&format!("missing {}", season.id)).await?;
    let (missing, subjects) = all_missing(&mut tx, &season.id).await?;
    let one = missing
        .iter()
        .find(|one| slug_of(&one.topic) == topic)
        .ok_or(Error::NotFound)?;
    let (module, subject, title) = match &one.topic {
        Topic::Module(module) => (
            Some(module.clone()),
            None,
            module_title(module, Language::Fr),
        ),
        Topic::Subject(id) => {
            let title = subjects.iter().find(|subject| subject.id == *id);
            let title = title.map_or_else(String::new, |subject| subject.title.clone());
            (None, Some(id.clone()), title)
        }
        Topic::Words(source) => {
            let (id, title) = subject_of_words(app, &mut tx, actor, &season, source).await?;
            (None, Some(id), title)
        }
    };
    let known = store::missing::proposals(&mut tx, &season.id)
        .await?
        .into_iter()
        .find(|row| {
            row.stage != "declined" && (&row.module, &row.subject_id) == (&module, &subject)
        });
    let next = next_season(&mut tx, &season).await?;
    let row = ProposalRow {
        id: app.new_id::<ProposalRow>().to_string(),
        season_id: season.id.clone(),
        next_season_id: next.as_ref().map(|next| next.id.clone()),
        module,
        subject_id: subject,
        title,
        why: String::new(),
        communes: json(&one.communes)?,
        stage: "proposed".to_owned(),
        reason: String::new(),
        created_at: app.now().as_millisecond(),
        decided_at: None,
        told_at: None,
        version: 1,
    };
    let row = match known {
        Some(known) => {
            let again = ProposalRow {
                communes: row.communes,
                next_season_id: known.next_season_id.clone().or(row.next_season_id),
                ..known
            };
            store::missing::update_proposal(&mut tx, &again).await?;
            again
        }
        None => {
            store::missing::insert_proposal(&mut tx, &row).await?;
            history::record(
                app,
                &mut tx,
                actor,
                "proposal.made",
                ("proposal", &row.id),
                None,
                Some(&logged(&row)),
            )
            .await?;
            row
        }
    };
    for person in &one.people {
        store::missing::add_asker(&mut tx, &row.id, person).await?;
    }
    count_in(app, &mut tx, actor, &row).await?;
    tx.commit().await?;
    Ok(row.id)
}

/// What forms call a topic.
#[must_use]
pub fn slug_of(topic: &Topic) -> String {
    match topic {
        Topic::Module(module) => format!("module.{module}"),
        Topic::Subject(id) => format!("subject.{id}"),
        Topic::Words(source) => source.clone(),
    }
}

/// One person's words become a subject of their own.
async fn subject_of_words(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    season: &SeasonRow,
    source: &str,
) -> Result<(String, String)> {
    let rows = store::missing::voices(tx, &season.id).await?;
    let row = rows
        .iter()
        .find(|row| format!("{}.{}", row.kind, row.source_id) == source)
        .ok_or(Error::NotFound)?;
    let title: String = row.detail.chars().take(100).collect();
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let subject = new_subject(app, tx, actor, &season.id, title.clone()).await?;
    store::missing::put_into(tx, (&row.kind, &row.source_id), &subject.id).await?;
    Ok((subject.id, title))
}

/// Counts those who asked for a module in the next season, each once.
async fn count_in(app: &App, tx: &mut Connection, actor: &Actor, row: &ProposalRow) -> Result<()> {
    let (Some(module), Some(next)) = (&row.module, &row.next_season_id) else {
        return Ok(());
    };
    for asker in store::missing::askers(tx, &row.id).await? {
        if asker.wish_id.is_some() {
            continue;
        }
        let wanted = WishRow {
            module: Some(module.clone()),
            reason: "asked".to_owned(),
            ..wish::blank(app, next, &asker.person_id)
        };
        wish::keep(app, tx, actor, wanted).await?;
        let kept = store::wish::of_person(tx, &asker.person_id, next).await?;
        if let Some(kept) = kept
            .iter()
            .find(|kept| kept.module.as_ref() == Some(module) && kept.stage != "closed")
        {
            store::missing::counted(tx, &row.id, &asker.asked_as, &kept.id).await?;
        }
    }
    Ok(())
}

/// Counts those who asked in the season that follows, once there is one.
///
/// # Errors
/// [`Error::Refused`] while there is no next season; [`Error::NotFound`]; what the policies say.
pub async fn report(app: &App, actor: &Actor, id: &str) -> Result<()> {
    let mut tx = app.write().await?;
    let (row, season) = load(app, &mut tx, actor, id).await?;
    if row.next_season_id.is_none() {
        let next = next_season(&mut tx, &season)
            .await?
            .ok_or_else(|| Refused::new("debrief-refused-no-next"))?;
        let after = ProposalRow {
            next_season_id: Some(next.id),
            ..row.clone()
        };
        store::missing::update_proposal(&mut tx, &after).await?;
        count_in(app, &mut tx, actor, &after).await?;
    } else {
        count_in(app, &mut tx, actor, &row).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// A proposal with those who asked.
#[derive(Clone, Debug)]
pub struct ProposalPage {
    /// As stored.
    pub row: ProposalRow,
    /// The season in which it was missing.
    pub season: SeasonRow,
    /// The season for which it is proposed.
    pub next: Option<SeasonRow>,
    /// Whether a season follows.
    pub has_next: bool,
    /// Those who asked.
    pub askers: Vec<AskerRow>,
    /// How many people from which commune, most first.
    pub communes: Vec<(String, usize)>,
}

fn communes_of(row: &ProposalRow) -> Result<Vec<(String, usize)>> {
    let communes: BTreeMap<String, usize> =
        serde_json::from_str(&row.communes).map_err(store::Error::from)?;
    let mut communes: Vec<(String, usize)> = communes.into_iter().collect();
    communes.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    Ok(communes)
}

/// One proposal.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn proposal(app: &App, actor: &Actor, id: &str) -> Result<ProposalPage> {
    let mut db = app.read().await?;
    let (row, season) = load(app, &mut db, actor, id).await?;
    let next = match &row.next_season_id {
        Some(next) => store::programme::season(&mut db, next).await?,
        None => None,
    };
    let has_next = next.is_some() || next_season(&mut db, &season).await?.is_some();
    Ok(ProposalPage {
        askers: once(store::missing::askers(&mut db, id).await?),
        communes: communes_of(&row)?,
        row,
        season,
        next,
        has_next,
    })
}

/// Two records that became one asked once.
pub(super) fn once(askers: Vec<AskerRow>) -> Vec<AskerRow> {
    let mut seen = BTreeSet::new();
    askers
        .into_iter()
        .filter(|asker| seen.insert(asker.person_id.clone()))
        .collect()
}

/// The proposals of a season with how many asked, newest first.
///
/// # Errors
/// [`Error::NotFound`] without a season, and what the policies say.
pub async fn proposals(
    app: &App,
    actor: &Actor,
    season: &str,
) -> Result<(SeasonRow, Vec<(ProposalRow, usize)>)> {
    let mut db = app.read().await?;
    let season = managed(app, &mut db, actor, season).await?;
    let rows = store::missing::proposals(&mut db, &season.id)
        .await?
        .into_iter()
        .map(|row| {
            let people = communes_of(&row)?.iter().map(|(_, people)| people).sum();
            Ok((row, people))
        })
        .collect::<Result<_>>()?;
    Ok((season, rows))
}

/// What becomes of a proposal.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Decision {
    /// `proposed`, `taken-up` or `declined`.
    pub stage: String,
    /// Why it is proposed, for the desk.
    pub why: String,
    /// What is said to those who asked; needed for what is not taken up.
    pub reason: String,
    /// The version that was seen.
    pub version: String,
}

/// Decides about a proposal.
///
/// # Errors
/// [`Error::Invalid`] with the fields of [`Decision`]; [`Error::Stale`]; [`Error::NotFound`]; what the policies say.
pub async fn decide(app: &App, actor: &Actor, id: &str, decision: &Decision) -> Result<()> {
    let mut tx = app.write().await?;
    let (before, _) = load(app, &mut tx, actor, id).await?;
    let mut fields = Fields::default();
    if !["proposed", "taken-up", "declined"].contains(&decision.stage.as_str()) {
        fields.wrong("stage", InputError::UnknownChoice);
    }
    let why = fields.note::<LONGEST>("why", &decision.why);
    let reason = if decision.stage == "declined" {
        fields
            .take("reason", LongText::<LONGEST>::parse(&decision.reason))
            .map(String::from)
    } else {
        Some(fields.note::<LONGEST>("reason", &decision.reason))
    };
    let reason = fields.finish(reason)?;
    if version_of(&decision.version)? != before.version {
        return Err(Error::Stale);
    }
    let after = ProposalRow {
        stage: decision.stage.clone(),
        why,
        reason,
        decided_at: (decision.stage != "proposed").then(|| app.now().as_millisecond()),
        ..before.clone()
    };
    store::missing::update_proposal(&mut tx, &after).await?;
    let after = ProposalRow {
        version: before.version + 1,
        ..after
    };
    history::record(
        app,
        &mut tx,
        actor,
        "proposal.decided",
        ("proposal", id),
        Some(&logged(&before)),
        Some(&logged(&after)),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}
