//! Those who asked are told what came of it: a letter, previewed, once.

use documents::mail::Mail;
use domain::language::Language;
use store::missing::ProposalRow;
use store::people::PersonRow;

use super::module_title;
use super::proposal::{load, logged, once};
use crate::access::Actor;
use crate::input::version_of;
use crate::mail::{Matter, Recipient, post};
use crate::questionnaire::{Around, recipient};
use crate::session::zone_of;
use crate::{App, Error, Refused, Result, history};

/// A letter as it would go out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its language.
    pub language: Language,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

fn letter(app: &App, row: &ProposalRow, language: Language) -> Mail {
    Mail::MissingOutcome {
        title: row.module.as_deref().map_or_else(
            || row.title.clone(),
            |module| module_title(module, language),
        ),
        taken_up: row.stage == "taken-up",
        reason: row.reason.clone(),
        link: format!("{}/agenda", app.config().base_url),
    }
}

fn decided(row: &ProposalRow) -> Result<()> {
    if row.stage == "proposed" {
        return Err(Refused::new("debrief-refused-undecided").into());
    }
    Ok(())
}

/// The letter that tells what came of a proposal, in each language, without anybody's name.
///
/// # Errors
/// [`Error::Refused`] while nothing is decided; [`Error::NotFound`]; what the policies say.
pub async fn preview(app: &App, actor: &Actor, id: &str) -> Result<Vec<Letter>> {
    let mut db = app.read().await?;
    let (row, season) = load(app, &mut db, actor, id).await?;
    decided(&row)?;
    let zone = zone_of(&mut db, &season).await?;
    let programme = store::programme::get(&mut db, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let letters = Language::ALL.into_iter().map(|language| {
        let to = Recipient {
            address: String::new(),
            name: String::new(),
            person: None,
            language,
        };
        let context = Around::of(&programme, &zone).context(app, &to);
        let written = letter(app, &row, language).render(&context);
        Letter {
            language,
            subject: written.subject,
            text: written.text,
        }
    });
    Ok(letters.collect())
}

/// Whom a letter reaches: those with an address, and those who must be told otherwise.
///
/// # Errors
/// [`Error::NotFound`], and what the policies say.
pub async fn askers_told(
    app: &App,
    actor: &Actor,
    id: &str,
) -> Result<(Vec<PersonRow>, Vec<PersonRow>)> {
    let mut db = app.read().await?;
    load(app, &mut db, actor, id).await?;
    let mut people = Vec::new();
    for asker in once(store::missing::askers(&mut db, id).await?) {
        people.extend(store::people::person(&mut db, &asker.person_id).await?);
    }
    Ok(people
        .into_iter()
        .partition(|person| person.email.is_some()))
}

/// Tells those who asked what came of it, each once for one decision; answers how many letters were written.
///
/// # Errors
/// [`Error::Refused`] while nothing is decided; [`Error::Stale`] when it was decided otherwise since the preview; [`Error::NotFound`]; what
/// the policies say.
pub async fn tell(app: &App, actor: &Actor, id: &str, version: &str) -> Result<usize> {
    let mut tx = app.write().await?;
    let (row, season) = load(app, &mut tx, actor, id).await?;
    decided(&row)?;
    if version_of(version)? != row.version {
        return Err(Error::Stale);
    }
    let zone = zone_of(&mut tx, &season).await?;
    let programme = store::programme::get(&mut tx, &season.programme_id)
        .await?
        .ok_or(Error::NotFound)?;
    let mut written = 0;
    for asker in once(store::missing::askers(&mut tx, id).await?) {
        let person = store::people::person(&mut tx, &asker.person_id)
            .await?
            .ok_or(Error::NotFound)?;
        let Some(to) = recipient(&person) else {
            continue;
        };
        let letter = letter(app, &row, to.language);
        let dedup = format!("proposal {} {} {}", row.id, row.stage, person.id);
        let matter = Matter {
            kind: letter.kind(),
            about: ("proposal", &row.id),
            dedup_key: Some(&dedup),
        };
        let context = Around::of(&programme, &zone).context(app, &to);
        if post(app, &mut tx, &to, matter, letter.render(&context)).await? {
            written += 1;
        }
    }
    let after = ProposalRow {
        told_at: Some(app.now().as_millisecond()),
        ..row.clone()
    };
    store::missing::update_proposal(&mut tx, &after).await?;
    let after = ProposalRow {
        version: row.version + 1,
        ..after
    };
    history::record(
        app,
        &mut tx,
        actor,
        "proposal.told",
        ("proposal", id),
        Some(&logged(&row)),
        Some(&logged(&after)),
    )
    .await?;
    tx.commit().await?;
    Ok(written)
}
