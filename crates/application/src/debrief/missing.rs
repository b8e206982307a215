//! What was missing: talks and open wishes together, own words put into subjects by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::debrief::{Missing, Shown, Topic, Voice, gather, protect, root};
use domain::id::TerritoryId;
use store::Connection;
use store::missing::{SubjectRow, VoiceRow};
use store::programme::SeasonRow;

use super::season_named;
pub use super::subject::{
    Group, GroupingPage, SubjectPage, group, grouping, merge, subject, take_out,
};
use crate::access::{Action, Actor, Resource, area_of, authorise};
use crate::enrolment::parse;
use crate::{App, Error, Result};

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
    /// The seasons of the programme to choose from, newest first: slug and name.
    pub seasons: Vec<(String, String)>,
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
pub(super) fn merged(subjects: &[SubjectRow]) -> BTreeMap<String, String> {
    subjects
        .iter()
        .filter_map(|subject| Some((subject.id.clone(), subject.merged_into.clone()?)))
        .collect()
}

/// The source of words as forms send it.
pub(super) fn source_of(row: &VoiceRow) -> String {
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
        seasons: super::seasons_of(&mut db, &season).await?,
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
