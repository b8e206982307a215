//! Two records become one: first a preview of what wins and what moves, then the merge, all of it in one transaction.

use serde::{Deserialize, Serialize};
use store::Connection;
use store::people::{ClashRow, MovedRow, OrganisationRow, PersonRow, SettledRow};

use super::find::json;
use super::{organisations, profiles_of, records};
use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Refused, Result, enrolment, history};

/// What to merge. `take` lists the fields in which the record that goes wins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct MergeCommand {
    /// The record that stays.
    pub kept: String,
    /// The record that goes.
    pub gone: String,
    /// Version of the record that stays, as previewed.
    pub kept_version: String,
    /// Version of the record that goes, as previewed.
    pub gone_version: String,
    /// Fields (see [`MergeField::field`]) whose value comes from the record that goes.
    pub take: Vec<String>,
}

/// One field of two records side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MergeField {
    /// Its name.
    pub field: &'static str,
    /// Value of the record that stays.
    pub kept: String,
    /// Value of the record that goes.
    pub gone: String,
    /// Whether the value of the record that goes is proposed: it is, where the other has none.
    pub gone_wins: bool,
}

/// A session in which both are active, and which of the two enrolments remains.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergeClash {
    /// The two enrolments.
    pub clash: ClashRow,
    /// The enrolment that remains.
    pub remains: String,
    /// The enrolment that ends.
    pub ends: String,
}

/// What a merge would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergePreview<T> {
    /// The record that stays.
    pub kept: T,
    /// The record that goes.
    pub gone: T,
    /// Fields side by side.
    pub fields: Vec<MergeField>,
    /// What moves: kind and how many.
    pub moves: Vec<(String, usize)>,
    /// Sessions in which both are active.
    pub clashes: Vec<MergeClash>,
}

/// Both records as they were or became, what moved and what was settled: enough to take the merge back.
#[derive(Serialize, Deserialize)]
pub(super) struct MergeState<T> {
    pub(super) kept: T,
    pub(super) gone: T,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) moved: Vec<MovedRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) settled: Option<SettledRow>,
}

impl<T> MergeState<T> {
    /// The two records after a merge or its undoing.
    pub(super) fn after(kept: T, gone: T) -> Self {
        Self {
            kept,
            gone,
            moved: Vec::new(),
            settled: None,
        }
    }
}

/// The better of two enrolments of one person: a seat before an offer before a rank, then the earlier arrival.
fn settle(clash: ClashRow) -> MergeClash {
    let worth = |stage: &str| match stage {
        "placed" => 0,
        "offered" => 1,
        _ => 2,
    };
    let kept = (worth(&clash.kept_stage), clash.kept_arrival);
    let gone = (worth(&clash.gone_stage), clash.gone_arrival);
    let (remains, ends) = if kept <= gone {
        (&clash.kept_id, &clash.gone_id)
    } else {
        (&clash.gone_id, &clash.kept_id)
    };
    MergeClash {
        remains: remains.clone(),
        ends: ends.clone(),
        clash,
    }
}

const PERSON_FIELDS: [&str; 9] = [
    "name",
    "email",
    "phone",
    "commune",
    "organisation",
    "sector",
    "language",
    "needs",
    "note",
];
const ORGANISATION_FIELDS: [&str; 8] = [
    "name",
    "kind",
    "registration",
    "sector",
    "commune",
    "email",
    "phone",
    "note",
];

fn person_field(person: &PersonRow, field: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match field {
        "name" => person.name.clone(),
        "email" => text(&person.email),
        "phone" => text(&person.phone),
        "commune" => text(&person.commune_code),
        "organisation" => text(&person.organisation_id),
        "sector" => text(&person.sector),
        "language" => person.language.clone(),
        "needs" => person.needs.clone(),
        _ => person.note.clone(),
    }
}

fn organisation_field(organisation: &OrganisationRow, field: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    match field {
        "name" => organisation.name.clone(),
        "kind" => organisation.kind.clone(),
        "registration" => text(&organisation.registration),
        "sector" => text(&organisation.sector),
        "commune" => text(&organisation.commune_code),
        "email" => text(&organisation.email),
        "phone" => text(&organisation.phone),
        _ => organisation.note.clone(),
    }
}

fn side_by_side<T>(
    names: &[&'static str],
    kept: &T,
    gone: &T,
    value: fn(&T, &str) -> String,
) -> Vec<MergeField> {
    names
        .iter()
        .map(|field| {
            let (kept, gone) = (value(kept, field), value(gone, field));
            MergeField {
                field,
                gone_wins: kept.is_empty() && !gone.is_empty(),
                kept,
                gone,
            }
        })
        .collect()
}

async fn pair_of_people(
    db: &mut Connection,
    kept: &str,
    gone: &str,
) -> Result<(PersonRow, PersonRow)> {
    if kept == gone {
        return Err(Refused::new("people-refused-same-record").into());
    }
    Ok((
        records::living(db, kept).await?,
        records::living(db, gone).await?,
    ))
}

async fn pair_of_organisations(
    db: &mut Connection,
    kept: &str,
    gone: &str,
) -> Result<(OrganisationRow, OrganisationRow)> {
    if kept == gone {
        return Err(Refused::new("people-refused-same-record").into());
    }
    Ok((
        organisations::living(db, kept).await?,
        organisations::living(db, gone).await?,
    ))
}

/// What merging `gone` into `kept` would do.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Refused`] for one record twice, or one that was merged or erased.
pub async fn preview_people(
    app: &App,
    actor: &Actor,
    kept: &str,
    gone: &str,
) -> Result<MergePreview<PersonRow>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let (kept, gone) = pair_of_people(&mut db, kept, gone).await?;
    let clashes = store::people::active_clashes(&mut db, &kept.id, &gone.id).await?;
    let mut moves: Vec<(String, usize)> = Vec::new();
    for row in store::people::moved_by_merge(&mut db, &gone.id).await? {
        match moves.last_mut() {
            Some((kind, count)) if *kind == row.kind => *count += 1,
            _ => moves.push((row.kind, 1)),
        }
    }
    Ok(MergePreview {
        fields: side_by_side(&PERSON_FIELDS, &kept, &gone, person_field),
        moves,
        clashes: clashes.into_iter().map(settle).collect(),
        kept,
        gone,
    })
}

/// What merging the organisation `gone` into `kept` would do.
///
/// # Errors
/// As [`preview_people`].
pub async fn preview_organisations(
    app: &App,
    actor: &Actor,
    kept: &str,
    gone: &str,
) -> Result<MergePreview<OrganisationRow>> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut db = app.read().await?;
    let (kept, gone) = pair_of_organisations(&mut db, kept, gone).await?;
    let people = store::people::people_of_organisation_count(&mut db, &gone.id).await?;
    let people = usize::try_from(people).unwrap_or_default();
    Ok(MergePreview {
        fields: side_by_side(&ORGANISATION_FIELDS, &kept, &gone, organisation_field),
        moves: if people == 0 {
            Vec::new()
        } else {
            vec![("person".to_owned(), people)]
        },
        clashes: Vec::new(),
        kept,
        gone,
    })
}

fn checked_version(command: &str, row: i64) -> Result<()> {
    if command.trim().parse() == Ok(row) {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

/// Merges two people: every enrolment, attendance, questionnaire, path, wish, certificate and letter of `gone` becomes `kept`'s, each
/// exactly once; where both were active in one session the better of the two remains and the other ends.
///
/// # Errors
/// [`Error::Stale`] when either changed since the preview; otherwise as [`preview_people`].
pub async fn merge_people(app: &App, actor: &Actor, command: &MergeCommand) -> Result<PersonRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let (first, second) = (
        command.kept.as_str().min(&command.gone),
        command.kept.as_str().max(&command.gone),
    );
    tx.lock(store::Lock::Person, first).await?;
    tx.lock(store::Lock::Person, second).await?;
    let (kept, gone) = pair_of_people(&mut tx, &command.kept, &command.gone).await?;
    checked_version(&command.kept_version, kept.version)?;
    checked_version(&command.gone_version, gone.version)?;
    let at = app.now().as_millisecond();
    let mut clashes = store::people::active_clashes(&mut tx, &kept.id, &gone.id).await?;
    // Sessions are locked in order of id, as everywhere.
    clashes.sort_by(|one, other| one.session_id.cmp(&other.session_id));
    let mut ended = Vec::new();
    for clash in clashes {
        let ends = settle(clash).ends;
        if !enrolment::withdraw_in(app, &mut tx, actor, &ends).await? {
            // The session is over: nobody waits for the seat any longer.
            store::people::close_enrolment(&mut tx, &ends, at).await?;
        }
        ended.push(ends);
    }
    let moved = store::people::moved_by_merge(&mut tx, &gone.id).await?;
    let settled = SettledRow {
        enrolments: ended,
        ..store::people::merge_person(&mut tx, &kept.id, &gone.id, gone.version, at).await?
    };
    let mut after = merged_person(&kept, &gone, &command.take)?;
    after.version = store::people::update_person(&mut tx, &after).await?;
    if after.email != kept.email {
        store::people::void_links(&mut tx, &kept.id).await?;
        after.link_epoch += 1;
    }
    let gone_after = PersonRow {
        merged_into: Some(kept.id.clone()),
        version: gone.version + 1,
        ..gone.clone()
    };
    history::record(
        app,
        &mut tx,
        actor,
        "people.merged",
        ("person", &after.id),
        Some(&MergeState {
            kept,
            gone,
            moved,
            settled: Some(settled),
        }),
        Some(&MergeState::after(after.clone(), gone_after)),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

fn merged_person(kept: &PersonRow, gone: &PersonRow, take: &[String]) -> Result<PersonRow> {
    let takes = |field: &str| take.iter().any(|taken| taken == field);
    let choose = |field: &str, kept: &Option<String>, gone: &Option<String>| {
        if takes(field) {
            gone.clone()
        } else {
            kept.clone()
        }
    };
    let choose_text = |field: &str, kept: &str, gone: &str| {
        if takes(field) {
            gone.to_owned()
        } else {
            kept.to_owned()
        }
    };
    let mut profiles = profiles_of(&kept.audience);
    for profile in profiles_of(&gone.audience) {
        if !profiles.contains(&profile) {
            profiles.push(profile);
        }
    }
    Ok(PersonRow {
        name: choose_text("name", &kept.name, &gone.name),
        folded: choose_text("name", &kept.folded, &gone.folded),
        email: choose("email", &kept.email, &gone.email),
        phone: choose("phone", &kept.phone, &gone.phone),
        commune_code: choose("commune", &kept.commune_code, &gone.commune_code),
        organisation_id: choose("organisation", &kept.organisation_id, &gone.organisation_id),
        sector: choose("sector", &kept.sector, &gone.sector),
        audience: json(&profiles)?,
        language: choose_text("language", &kept.language, &gone.language),
        needs: choose_text("needs", &kept.needs, &gone.needs),
        note: choose_text("note", &kept.note, &gone.note),
        ..kept.clone()
    })
}

/// Merges two organisations: the people of `gone` become `kept`'s.
///
/// # Errors
/// As [`merge_people`].
pub async fn merge_organisations(
    app: &App,
    actor: &Actor,
    command: &MergeCommand,
) -> Result<OrganisationRow> {
    authorise(app, actor, Action::ManagePeople, &Resource::everything())?;
    let mut tx = app.write().await?;
    let (kept, gone) = pair_of_organisations(&mut tx, &command.kept, &command.gone).await?;
    checked_version(&command.kept_version, kept.version)?;
    checked_version(&command.gone_version, gone.version)?;
    let people = store::people::people_of_organisation(&mut tx, &gone.id).await?;
    let moved = people
        .into_iter()
        .map(|person| MovedRow {
            kind: "person".to_owned(),
            id: person.id,
        })
        .collect();
    let settled = SettledRow {
        merged: store::people::merge_organisation(&mut tx, &kept.id, &gone.id, gone.version)
            .await?,
        ..SettledRow::default()
    };
    let mut after = merged_organisation(&kept, &gone, &command.take);
    after.version = store::people::update_organisation(&mut tx, &after).await?;
    let gone_after = OrganisationRow {
        merged_into: Some(kept.id.clone()),
        version: gone.version + 1,
        ..gone.clone()
    };
    history::record(
        app,
        &mut tx,
        actor,
        "organisation.merged",
        ("organisation", &after.id),
        Some(&MergeState {
            kept,
            gone,
            moved,
            settled: Some(settled),
        }),
        Some(&MergeState::after(after.clone(), gone_after)),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

fn merged_organisation(
    kept: &OrganisationRow,
    gone: &OrganisationRow,
    take: &[String],
) -> OrganisationRow {
    let takes = |field: &str| take.iter().any(|taken| taken == field);
    let choose = |field: &str, kept: &Option<String>, gone: &Option<String>| {
        if takes(field) {
            gone.clone()
        } else {
            kept.clone()
        }
    };
    let choose_text = |field: &str, kept: &str, gone: &str| {
        if takes(field) {
            gone.to_owned()
        } else {
            kept.to_owned()
        }
    };
    OrganisationRow {
        name: choose_text("name", &kept.name, &gone.name),
        folded: choose_text("name", &kept.folded, &gone.folded),
        kind: choose_text("kind", &kept.kind, &gone.kind),
        registration: choose("registration", &kept.registration, &gone.registration),
        sector: choose("sector", &kept.sector, &gone.sector),
        commune_code: choose("commune", &kept.commune_code, &gone.commune_code),
        email: choose("email", &kept.email, &gone.email),
        phone: choose("phone", &kept.phone, &gone.phone),
        note: choose_text("note", &kept.note, &gone.note),
        ..kept.clone()
    }
}
