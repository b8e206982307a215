//! Partners of a season, in the order in which they are shown.

use domain::id::PartnerId;
use domain::input::{InputError, OrganisationName, ShortText};
use domain::programme::PartnerKind;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::partner::PartnerRow;

use super::season::load as season_for;
use crate::access::Actor;
use crate::input::{Fields, version_of};
use crate::{App, Error, Result, history};

/// A partner as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditPartner {
    /// Name.
    pub name: String,
    /// `funder`, `host`, `chamber`, `sponsor` or `other`.
    pub kind: String,
    /// Its website.
    pub url: String,
    /// What it brings, in words.
    pub contribution: String,
    /// The version that was edited; empty for a new partner.
    pub version: String,
}

/// Where to move a partner in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place towards the beginning.
    Up,
    /// One place towards the end.
    Down,
}

/// One partner of a season.
pub async fn partner_of(app: &App, actor: &Actor, season: &str, id: &str) -> Result<PartnerRow> {
    let mut db = app.read().await?;
    let (_, season) = season_for(app, &mut db, actor, season).await?;
    load(&mut db, &season.id, id).await
}

/// Adds a partner at the end of a season's list; answers the id.
pub async fn add_partner(
    app: &App,
    actor: &Actor,
    season: &str,
    command: &EditPartner,
) -> Result<String> {
    let mut tx = app.write().await?;
    let (_, season) = season_for(app, &mut tx, actor, season).await?;
    let mut row = parse(command, None)?;
    let last = store::partner::of_season(&mut tx, &season.id)
        .await?
        .last()
        .map_or(0, |last| last.position);
    row.id = app.new_id::<domain::id::kind::Partner>().to_string();
    row.season_id = season.id;
    row.position = last + 1;
    row.version = 1;
    store::partner::insert(&mut tx, &row).await?;
    let subject = ("partner", row.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "partner.created",
        subject,
        None,
        Some(&row),
    )
    .await?;
    tx.commit().await?;
    Ok(row.id)
}

/// Changes a partner.
pub async fn edit_partner(
    app: &App,
    actor: &Actor,
    season: &str,
    id: &str,
    command: &EditPartner,
) -> Result<()> {
    let mut tx = app.write().await?;
    let (_, season) = season_for(app, &mut tx, actor, season).await?;
    let before = load(&mut tx, &season.id, id).await?;
    let row = parse(command, Some(&before))?;
    store::partner::update(&mut tx, &row).await?;
    let after = PartnerRow {
        version: row.version + 1,
        ..row
    };
    history::record(
        app,
        &mut tx,
        actor,
        "partner.changed",
        ("partner", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Moves a partner one place in the list; at either end nothing happens.
pub async fn move_partner(
    app: &App,
    actor: &Actor,
    season: &str,
    id: &str,
    to: Move,
) -> Result<()> {
    let mut tx = app.write().await?;
    let (_, season) = season_for(app, &mut tx, actor, season).await?;
    let before = load(&mut tx, &season.id, id).await?;
    let mut ids: Vec<String> = store::partner::of_season(&mut tx, &season.id)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let at = ids
        .iter()
        .position(|other| other == id)
        .ok_or(Error::NotFound)?;
    let other = match to {
        Move::Up => at.checked_sub(1),
        Move::Down => Some(at + 1).filter(|place| *place < ids.len()),
    };
    let Some(other) = other else {
        return Ok(());
    };
    ids.swap(at, other);
    let mut position = 0;
    for id in &ids {
        position += 1;
        store::partner::place(&mut tx, id, position).await?;
    }
    let after = load(&mut tx, &season.id, id).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "partner.moved",
        ("partner", id),
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}

/// Removes a partner.
pub async fn delete_partner(
    app: &App,
    actor: &Actor,
    season: &str,
    id: &str,
    version: &str,
) -> Result<()> {
    let version = version_of(version)?;
    let mut tx = app.write().await?;
    let (_, season) = season_for(app, &mut tx, actor, season).await?;
    let before = load(&mut tx, &season.id, id).await?;
    store::partner::delete(&mut tx, id, version).await?;
    history::record(
        app,
        &mut tx,
        actor,
        "partner.deleted",
        ("partner", id),
        Some(&before),
        None,
    )
    .await?;
    Ok(tx.commit().await?)
}

async fn load(db: &mut Connection, season: &str, id: &str) -> Result<PartnerRow> {
    PartnerId::parse(id).map_err(|_| Error::NotFound)?;
    let partner = store::partner::get(db, id).await?;
    partner
        .filter(|partner| partner.season_id == season)
        .ok_or(Error::NotFound)
}

/// The address of a website: `https://` is added where it was left out; nothing but the web is taken.
fn parse_url(raw: &str) -> std::result::Result<String, InputError> {
    let text = String::from(ShortText::<300>::parse(raw)?);
    let lower = text.to_ascii_lowercase();
    let address = if lower.starts_with("https://") || lower.starts_with("http://") {
        text
    } else if text.contains(':') {
        return Err(InputError::NotAWebAddress);
    } else {
        format!("https://{text}")
    };
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with('.')
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | ':'));
    if plain && !address.contains([' ', '"', '<', '>', '\\']) {
        Ok(address)
    } else {
        Err(InputError::NotAWebAddress)
    }
}

fn parse(command: &EditPartner, before: Option<&PartnerRow>) -> Result<PartnerRow> {
    let mut fields = Fields::default();
    let name = fields.take("name", OrganisationName::parse(&command.name));
    let kind = fields.take(
        "kind",
        PartnerKind::parse(command.kind.trim()).ok_or(InputError::UnknownChoice),
    );
    let url = fields.take_optional("url", &command.url, parse_url);
    let contribution = fields.note::<600>("contribution", &command.contribution);
    let version = fields.version(&command.version, before.is_some());
    let (name, kind) = fields.finish(name.zip(kind))?;
    Ok(PartnerRow {
        id: before.map_or_else(String::new, |row| row.id.clone()),
        season_id: before.map_or_else(String::new, |row| row.season_id.clone()),
        name: name.into(),
        kind: kind.slug().to_owned(),
        url,
        contribution,
        position: before.map_or(0, |row| row.position),
        version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        assert_eq!(
            parse_url("www.ternoiscom.fr").as_deref(),
            Ok("https://www.ternoiscom.fr")
        );
        assert_eq!(
            parse_url("http://a.example/x?y").as_deref(),
            Ok("http://a.example/x?y")
        );
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "ternois",
            "https://",
            "https://a b.fr",
            "ftp://a.fr",
            "//evil",
        ] {
            assert_eq!(parse_url(bad), Err(InputError::NotAWebAddress), "{bad}");
        }
    }
}
