//! Own territories: made of communes, intercommunalities, départements and regions found by search.

use domain::id::TerritoryId;
use domain::input::{InputError, ShortText};
use domain::territory::{Area, Part, Query, TerritoryMap};
use domain::text::fold;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::territory::TerritoryRow;

use super::{gazetteer, outlines};
use crate::access::{Action, Actor, Resource, authorise};
use crate::input::{Fields, taken, version_of};
use crate::{App, Error, Refused, Result, history};

/// A territory as typed. `parts` are written `epci:200069672`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Edit {
    /// Name.
    pub name: String,
    /// Note for staff.
    pub note: String,
    /// What it is made of.
    pub parts: Vec<String>,
    /// The version that was edited; empty for a new territory.
    pub version: String,
}

/// A territory with what it is made of.
#[derive(Clone, Debug)]
pub struct OwnTerritory {
    /// As stored.
    pub row: TerritoryRow,
    /// Its parts. Those whose code no longer exists stay, and count for nothing.
    pub parts: Vec<Part>,
    /// The communes that they cover.
    pub area: Area,
}

/// A part that can be added to a territory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The part.
    pub part: Part,
    /// Its name.
    pub name: String,
    /// How many communes it has.
    pub communes: usize,
    /// Their inhabitants, as far as known.
    pub population: u64,
}

/// The state of a territory in the event log.
#[derive(Serialize)]
struct State<'a> {
    #[serde(flatten)]
    row: &'a TerritoryRow,
    parts: Vec<String>,
}

impl<'a> State<'a> {
    fn new(row: &'a TerritoryRow, parts: &[Part]) -> Self {
        Self {
            row,
            parts: parts.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Own territories whose name contains `search`, by name.
pub async fn list(app: &App, actor: &Actor, search: &str) -> Result<Vec<OwnTerritory>> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    let folded = fold(search);
    let rows = store::territory::list(
        &mut db,
        Some(folded.as_str()).filter(|text| !text.is_empty()),
    )
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(with_parts(&mut db, row).await?);
    }
    Ok(all)
}

/// One territory.
pub async fn get(app: &App, actor: &Actor, id: &str) -> Result<OwnTerritory> {
    authorise(app, actor, Action::SeeDesk, &Resource::everything())?;
    let mut db = app.read().await?;
    load(&mut db, id).await
}

/// Makes a territory; answers its id.
pub async fn create(app: &App, actor: &Actor, command: &Edit) -> Result<String> {
    authorise(app, actor, Action::ManageProgramme, &Resource::everything())?;
    let (name, note, parts) = parse(command, false)?.0;
    let row = TerritoryRow {
        id: app.new_id::<domain::id::kind::Territory>().to_string(),
        folded: fold(&name),
        name,
        note,
        created_at: app.now().as_millisecond(),
        version: 1,
    };
    let mut tx = app.write().await?;
    free_name(&mut tx, &row).await?;
    store::territory::insert(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    store::territory::replace_parts(&mut tx, &row.id, &stored(&parts)).await?;
    let after = State::new(&row, &parts);
    let subject = ("territory", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "territory.created",
        subject,
        None,
        Some(&after),
    )
    .await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a territory.
pub async fn edit(app: &App, actor: &Actor, id: &str, command: &Edit) -> Result<()> {
    authorise(app, actor, Action::ManageProgramme, &Resource::everything())?;
    let ((name, note, parts), version) = parse(command, true)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    let row = TerritoryRow {
        folded: fold(&name),
        name,
        note,
        version,
        ..before.row.clone()
    };
    free_name(&mut tx, &row).await?;
    store::territory::update(&mut tx, &row)
        .await
        .map_err(taken("name"))?;
    store::territory::replace_parts(&mut tx, id, &stored(&parts)).await?;
    let after = TerritoryRow {
        version: row.version + 1,
        ..row
    };
    let (before, after) = (
        State::new(&before.row, &before.parts),
        State::new(&after, &parts),
    );
    history::record(
        app,
        &mut tx,
        actor,
        "territory.changed",
        ("territory", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a territory that no programme, referent or role rests on.
pub async fn delete(app: &App, actor: &Actor, id: &str, version: &str) -> Result<()> {
    authorise(app, actor, Action::ManageProgramme, &Resource::everything())?;
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let before = load(&mut tx, id).await?;
    if store::territory::uses(&mut tx, id).await? > 0 {
        return Err(Refused::new("territory-refused-in-use")
            .with("name", &before.row.name)
            .into());
    }
    store::territory::delete(&mut tx, id, version).await?;
    let state = State::new(&before.row, &before.parts);
    history::record(
        app,
        &mut tx,
        actor,
        "territory.deleted",
        ("territory", id),
        Some(&state),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// What could be meant by `text`: intercommunalities, départements, regions and communes, at most `limit` of each.
#[must_use]
pub fn suggest(text: &str, limit: usize) -> Vec<Suggestion> {
    let folded = fold(text);
    if folded.len() < 2 {
        return Vec::new();
    }
    let all = gazetteer();
    let meets = |name: &str, code: &str| fold(name).contains(&folded) || code == text.trim();
    let mut parts: Vec<Part> = Vec::new();
    let epcis = all
        .epcis()
        .iter()
        .filter(|epci| meets(&epci.name, epci.siren));
    parts.extend(
        epcis
            .take(limit)
            .map(|epci| Part::Epci(epci.siren.to_owned())),
    );
    let departements = all
        .departements()
        .iter()
        .filter(|one| meets(one.name, one.code));
    parts.extend(
        departements
            .take(limit)
            .map(|one| Part::Departement(one.code.to_owned())),
    );
    let regions = all.regions().iter().filter(|one| meets(one.name, one.code));
    parts.extend(
        regions
            .take(limit)
            .map(|one| Part::Region(one.code.to_owned())),
    );
    let hits = all.search(&Query {
        limit,
        ..Query::new(text)
    });
    parts.extend(
        hits.iter()
            .map(|hit| Part::Commune(hit.commune.code.to_owned())),
    );
    parts.into_iter().filter_map(described).collect()
}

/// A part with its name and figures; `None` for a code that nothing has.
#[must_use]
pub fn described(part: Part) -> Option<Suggestion> {
    let area = gazetteer().area([&part]).ok()?;
    let name = gazetteer().part_name(&part)?.to_owned();
    Some(Suggestion {
        part,
        name,
        communes: area.len(),
        population: area.population(),
    })
}

/// The map of an area, where outlines or centres are known.
#[must_use]
pub fn map(area: &Area) -> Option<TerritoryMap> {
    TerritoryMap::draw(area, gazetteer(), outlines())
}

async fn load(db: &mut Connection, id: &str) -> Result<OwnTerritory> {
    TerritoryId::parse(id).map_err(|_| Error::NotFound)?;
    let row = store::territory::get(db, id)
        .await?
        .ok_or(Error::NotFound)?;
    with_parts(db, row).await
}

async fn with_parts(db: &mut Connection, row: TerritoryRow) -> Result<OwnTerritory> {
    let rows = store::territory::parts(db, &row.id).await?;
    let parts: Vec<Part> = rows
        .iter()
        .filter_map(|part| format!("{}:{}", part.kind, part.code).parse().ok())
        .collect();
    let known = parts
        .iter()
        .filter_map(|part| gazetteer().area([part]).ok())
        .flat_map(|area| area.codes().to_vec())
        .filter_map(|code| gazetteer().commune(code));
    let area = Area::of(known);
    Ok(OwnTerritory { row, parts, area })
}

type Parsed = (String, String, Vec<Part>);

fn parse(command: &Edit, existing: bool) -> Result<(Parsed, i64)> {
    let mut fields = Fields::default();
    let name = fields.take("name", ShortText::<120>::parse(&command.name));
    let note = fields.note::<2000>("note", &command.note);
    let mut parts: Vec<Part> = Vec::new();
    for raw in command.parts.iter().filter(|raw| !raw.trim().is_empty()) {
        let part = raw
            .parse::<Part>()
            .ok()
            .filter(|part| gazetteer().area([part]).is_ok());
        match part {
            Some(part) => parts.push(part),
            None => fields.wrong("parts", InputError::UnknownChoice),
        }
    }
    parts.sort();
    parts.dedup();
    if parts.is_empty() {
        fields.wrong("parts", InputError::Empty);
    }
    let version = fields.version(&command.version, existing);
    let name = fields.finish(name)?;
    Ok(((name.into(), note, parts), version))
}

async fn free_name(db: &mut Connection, row: &TerritoryRow) -> Result<()> {
    match store::territory::by_folded(db, &row.folded).await? {
        Some(other) if other.id != row.id => Err(Error::field("name", InputError::AlreadyTaken)),
        _ => Ok(()),
    }
}

fn stored(parts: &[Part]) -> Vec<(String, String)> {
    parts
        .iter()
        .filter_map(|part| {
            let text = part.to_string();
            text.split_once(':')
                .map(|(kind, code)| (kind.to_owned(), code.to_owned()))
        })
        .collect()
}
