//! Items as they were shown: kept under their version, so that a run stays readable after the content has changed.

use domain::assessment::bank::Item;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::assessment::RunRow;
use store::content_version::ContentVersionRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::{App, Error, Result, content};

/// What a kept item is in the store.
const KIND: &str = "assessment-item";

/// An item with its picture, as kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) item: Item,
    /// The picture itself (SVG).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<String>,
}

/// An item as it is put to somebody.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Place in the run, from 1.
    pub place: i64,
    /// The item.
    pub item: Item,
    /// Places of its answers in the order in which they are shown.
    pub order: Vec<usize>,
}

impl Shown {
    /// The answer that stands at a place of the page, from 1.
    #[must_use]
    pub fn choice(&self, shown: usize) -> Option<usize> {
        self.order.get(shown.checked_sub(1)?).copied()
    }

    /// Where on the page, from 1, the answer is whose spot holds this point of the picture.
    #[must_use]
    pub fn at(&self, x: u32, y: u32) -> Option<usize> {
        let hit = |place: &usize| {
            let spot = self.item.choices.get(*place).and_then(|choice| choice.spot);
            spot.is_some_and(|[left, top, width, height]| {
                (left..=left.saturating_add(width)).contains(&x)
                    && (top..=top.saturating_add(height)).contains(&y)
            })
        };
        self.order.iter().position(hit).map(|place| place + 1)
    }
}

/// The order of an item's answers follows from the run and the place in it.
fn order(run: &RunRow, place: i64, item: &Item) -> Vec<usize> {
    item.order(run.seed.wrapping_add(place).cast_unsigned())
}

/// The item of a run at a place, as it was when shown.
pub(super) async fn shown(
    db: &mut Connection,
    run: &RunRow,
    place: i64,
    slug: &str,
    version: &str,
) -> Result<Shown> {
    let item = match content::bank().item(slug) {
        Some((_, item)) if item.version().as_str() == version => item.clone(),
        _ => {
            kept(db, slug, version)
                .await?
                .ok_or_else(|| Error::Internal(format!("item {slug} {version} is not kept")))?
                .item
        }
    };
    Ok(Shown {
        place,
        order: order(run, place, &item),
        item,
    })
}

/// An item as it was kept.
pub(super) async fn kept(db: &mut Connection, slug: &str, version: &str) -> Result<Option<Kept>> {
    let Some(row) = store::content_version::find(db, KIND, slug, version).await? else {
        return Ok(None);
    };
    Ok(Some(
        serde_json::from_str(&row.body).map_err(store::Error::from)?,
    ))
}

/// Keeps an item as it is now. Harmless when it is kept already.
pub(super) async fn keep(app: &App, tx: &mut Connection, item: &Item) -> Result<String> {
    let version = item.version().to_string();
    if store::content_version::find(tx, KIND, &item.slug, &version)
        .await?
        .is_some()
    {
        return Ok(version);
    }
    let file = item.picture.as_ref().map(|picture| &picture.file);
    let kept = Kept {
        item: item.clone(),
        picture: file.and_then(|file| content::embedded().pictures.get(file).cloned()),
    };
    let now = app.now().as_millisecond();
    let row = ContentVersionRow {
        id: app.new_id::<ContentVersionRow>().to_string(),
        kind: KIND.to_owned(),
        slug: item.slug.clone(),
        version: version.clone(),
        body: serde_json::to_string(&kept).map_err(store::Error::from)?,
        created_at: now,
        created_by: None,
        published_at: Some(now),
    };
    store::content_version::keep(tx, &row).await?;
    Ok(version)
}

/// The picture (SVG) of the question at a place of a run, for the holder of its key.
///
/// # Errors
/// [`Error::NotFound`] for another key, a place not reached yet, a question without picture.
pub async fn picture(app: &App, id: &str, key: &str, place: i64) -> Result<String> {
    let mut db = app.read().await?;
    let opened = super::load(app, &mut db, id, key).await?;
    let answered = opened
        .answers
        .iter()
        .find(|answer| answer.position == place);
    let (slug, version) = match (answered, &opened.run.item, &opened.run.item_version) {
        (Some(answer), _, _) => (answer.item.clone(), answer.item_version.clone()),
        (None, Some(item), Some(version)) if place == opened.run.answers + 1 => {
            (item.clone(), version.clone())
        }
        _ => return Err(Error::NotFound),
    };
    let kept = kept(&mut db, &slug, &version).await?;
    kept.and_then(|kept| kept.picture).ok_or(Error::NotFound)
}

/// The picture (SVG) of an item of the bank, for the desk.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub fn picture_of_item(app: &App, actor: &Actor, slug: &str) -> Result<&'static str> {
    authorise(app, actor, Action::SeeAssessments, &Resource::everything())?;
    let (_, item) = content::bank().item(slug).ok_or(Error::NotFound)?;
    let file = item.picture.as_ref().ok_or(Error::NotFound)?;
    let picture = content::embedded().pictures.get(&file.file);
    picture.map(String::as_str).ok_or(Error::NotFound)
}
