//! Sessions from a file.

use documents::spreadsheet::import::Row;
use domain::input::{InputError, parse_date_time};
use domain::language::Language;
use domain::text::fold;
use store::Connection;
use store::site::SiteRow;

use super::lines::Outcome;
use crate::access::Actor;
use crate::content::catalogue;
use crate::input::Fields;
use crate::{App, Result, session};

/// Takes a line through the desk's command for a new session; module, site, room and trainer go by name.
pub(super) async fn line(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    row: &Row,
) -> Result<Outcome> {
    let mut fields = Fields::default();
    let seasons = store::programme::list_seasons(tx, None).await?;
    let season = the_one(&seasons, row.text("season"), |season| {
        vec![season.slug.clone(), season.name.clone()]
    });
    let season = fields.take("season", season);
    let modules: Vec<_> = catalogue().modules().collect();
    let module = the_one(&modules, row.text("module"), |module| {
        let titles = Language::ALL
            .into_iter()
            .map(|language| module.title.get(language).to_owned());
        titles.chain([module.slug.clone()]).collect()
    });
    let module = fields.take("module", module);
    let sites = store::site::list(
        tx,
        &store::site::SiteFilter {
            archived: Some(false),
            ..store::site::SiteFilter::default()
        },
    )
    .await?;
    let site = fields.take(
        "site",
        the_one(&sites, row.text("site"), |site| {
            vec![site.name.clone(), site.slug.clone()]
        }),
    );
    let (room, trainer) = means(tx, &mut fields, row, site).await?;
    let (season, (module, site)) = fields.finish(season.zip(module.zip(site)))?;
    let (_, zone) = session::season_of(tx, &season.id).await?;
    if let Ok(starts) = parse_date_time(row.text("day"), row.text("starts"), &zone) {
        let known = store::exchange::same_session(
            tx,
            &season.id,
            &module.slug,
            &site.id,
            starts.as_millisecond(),
        )
        .await?;
        if let Some(id) = known {
            return Ok(Outcome::Known(id));
        }
    }
    let text = |key: &str| row.text(key).to_owned();
    let size = |key: &str, usual: u32| {
        if row.text(key).is_empty() {
            usual.to_string()
        } else {
            text(key)
        }
    };
    let edit = session::Edit {
        season: season.slug.clone(),
        module: module.slug.clone(),
        site: site.id.clone(),
        room,
        trainer,
        day: text("day"),
        starts: text("starts"),
        ends: text("ends"),
        least: size("least", module.group.least),
        capacity: size("capacity", module.group.best),
        public_note: text("public_note"),
        ..session::Edit::default()
    };
    Ok(Outcome::New(
        session::create_in(app, tx, actor, edit).await?,
    ))
}

/// The ids of room and trainer; empty where none is named.
async fn means(
    tx: &mut Connection,
    fields: &mut Fields,
    row: &Row,
    site: Option<&SiteRow>,
) -> Result<(String, String)> {
    let mut room = String::new();
    if let Some(site) = site
        && !row.text("room").is_empty()
    {
        let rooms = store::room::list(tx, Some(&site.id)).await?;
        let found = fields.take(
            "room",
            the_one(&rooms, row.text("room"), |room| vec![room.name.clone()]),
        );
        room = found.map_or_else(String::new, |room| room.id.clone());
    }
    let mut trainer = String::new();
    if !row.text("trainer").is_empty() {
        let trainers = store::trainer::list(
            tx,
            &store::trainer::TrainerFilter {
                archived: Some(false),
                ..store::trainer::TrainerFilter::default()
            },
        )
        .await?;
        let found = fields.take(
            "trainer",
            the_one(&trainers, row.text("trainer"), |trainer| {
                vec![trainer.name.clone()]
            }),
        );
        trainer = found.map_or_else(String::new, |trainer| trainer.id.clone());
    }
    Ok((room, trainer))
}

/// The one of `all` that goes by the name typed, once folded.
fn the_one<'a, T>(
    all: &'a [T],
    typed: &str,
    names: impl Fn(&T) -> Vec<String>,
) -> std::result::Result<&'a T, InputError> {
    let folded = fold(typed);
    if folded.is_empty() {
        return Err(InputError::Empty);
    }
    let mut meant = all
        .iter()
        .filter(|one| names(one).iter().any(|name| fold(name) == folded));
    match (meant.next(), meant.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(InputError::UnknownChoice),
    }
}
