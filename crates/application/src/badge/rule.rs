//! What a programme asks for before it certifies success, and for how long its badges hold.

use domain::certificate::{Basis, ShareRule, USUAL_SHARE};
use domain::input::{InputError, parse_whole};
use serde::{Deserialize, Serialize};
use store::badge::RuleRow;
use store::programme::ProgrammeRow;

use crate::access::{Action, Actor, Resource, authorise};
use crate::input::Fields;
use crate::programme::id_of;
use crate::{App, Error, Result, history};

/// Longest that a badge can be said to hold, in months: twenty years.
const LONGEST_MONTHS: i64 = 240;

/// What a programme asks for, as typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EditRule {
    /// `path` or `session`.
    pub basis: String,
    /// Percent, 1 to 100.
    pub share: String,
    /// Months for which a badge holds; empty or 0: for good.
    pub badge_months: String,
    /// The version that was edited; 0 when nothing was said before.
    pub version: String,
}

/// What a programme asks for where it said nothing.
fn usual(programme: &str) -> RuleRow {
    RuleRow {
        programme_id: programme.to_owned(),
        basis: Basis::default().slug().to_owned(),
        share: i64::from(USUAL_SHARE),
        badge_months: 0,
        version: 0,
    }
}

/// What a programme asks for, and for how many months its badges hold.
pub(crate) async fn asked(db: &mut store::Connection, programme: &str) -> Result<(ShareRule, i64)> {
    let row = store::badge::rule(db, programme)
        .await?
        .unwrap_or_else(|| usual(programme));
    let rule = ShareRule {
        basis: Basis::parse(&row.basis).unwrap_or_default(),
        share: u8::try_from(row.share).unwrap_or(USUAL_SHARE),
    };
    Ok((rule, row.badge_months))
}

async fn load(
    app: &App,
    db: &mut store::Connection,
    actor: &Actor,
    slug: &str,
    action: Action,
) -> Result<(ProgrammeRow, RuleRow)> {
    let Some(programme) = store::programme::by_slug(db, slug).await? else {
        authorise(app, actor, action, &Resource::everything())?;
        return Err(Error::NotFound);
    };
    let resource = Resource::of_programme(id_of(&programme.id)?);
    authorise(app, actor, action, &resource)?;
    let rule = store::badge::rule(db, &programme.id).await?;
    let rule = rule.unwrap_or_else(|| usual(&programme.id));
    Ok((programme, rule))
}

/// What a programme (by slug) asks for.
///
/// # Errors
/// [`Error::NotFound`], and what [`authorise`] says.
pub async fn rule(app: &App, actor: &Actor, slug: &str) -> Result<(ProgrammeRow, RuleRow)> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, slug, Action::SeeDesk).await
}

/// Says what a programme asks for. Certificates given before stay as they are.
///
/// # Errors
/// [`Error::Invalid`] (fields `basis`, `share`, `badge_months`), [`Error::Stale`], [`Error::NotFound`], and what [`authorise`] says.
pub async fn set_rule(app: &App, actor: &Actor, slug: &str, command: &EditRule) -> Result<()> {
    let mut tx = app.write().await?;
    let (programme, before) = load(app, &mut tx, actor, slug, Action::ManageProgramme).await?;
    let mut fields = Fields::default();
    let basis = fields.take(
        "basis",
        Basis::parse(command.basis.trim()).ok_or(InputError::UnknownChoice),
    );
    let share = fields.take("share", parse_whole(&command.share, 1, 100));
    let months = fields.take_optional("badge_months", &command.badge_months, |raw| {
        parse_whole(raw, 0, LONGEST_MONTHS)
    });
    let version = fields.version(&command.version, true);
    let (basis, share): (Basis, i64) = fields.finish(basis.zip(share))?;
    let row = RuleRow {
        programme_id: programme.id.clone(),
        basis: basis.slug().to_owned(),
        share,
        badge_months: months.unwrap_or_default(),
        version,
    };
    store::badge::put_rule(&mut tx, &row).await?;
    let after = RuleRow {
        version: row.version + 1,
        ..row
    };
    let subject = ("programme", programme.id.as_str());
    history::record(
        app,
        &mut tx,
        actor,
        "badge.rule-changed",
        subject,
        Some(&before),
        Some(&after),
    )
    .await?;
    Ok(tx.commit().await?)
}
