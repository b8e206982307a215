//! One answer after the other, until the test is over.

use domain::assessment::run::{Receipt, Standing, time_taken};
use domain::input::InputError;
use serde::{Deserialize, Serialize};
use store::Connection;
use store::assessment::{AnswerRow, RunRow};

use super::{Ground, Logged, Opened, begin, load, rules_of};
use crate::access::Actor;
use crate::{App, Error, Refused, Result, history};

/// An answer as the page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reply {
    /// Which question of the test, from 1.
    pub place: String,
    /// Slug of its item.
    pub item: String,
    /// `choice` (the usual), `unknown` or `passed`.
    pub what: String,
    /// Where on the page the chosen answer stands, from 1.
    pub choice: String,
    /// Where the picture was touched, in its own units.
    pub touched: Option<(u32, u32)>,
}

/// What became of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replied {
    /// It is kept, and the next question waits.
    Next,
    /// It is kept, and was the last.
    Over,
    /// That question was answered before; the first answer stays, and whether this one was another.
    Again {
        /// Whether another answer was sent this time.
        differs: bool,
    },
    /// It belongs to no question of this test there; nothing was written.
    Foreign,
}

/// Keeps an answer and chooses the next item. Sending one twice, or after going back, does nothing the second time.
///
/// # Errors
/// [`Error::NotFound`] for another key; [`Error::Invalid`] on `choice` when nothing was chosen, or none of the answers shown.
pub async fn answer(
    app: &App,
    actor: &Actor,
    id: &str,
    key: &str,
    reply: &Reply,
) -> Result<Replied> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("level run {id}")).await?;
    let opened = load(app, &mut tx, id, key).await?;
    let slugs: Vec<&str> = opened
        .answers
        .iter()
        .map(|answer| answer.item.as_str())
        .collect();
    let standing = Standing {
        answered: &slugs,
        at_hand: opened.shown.as_ref().map(|shown| shown.item.slug.as_str()),
    };
    let place = reply.place.trim().parse().unwrap_or_default();
    match standing.receive(place, reply.item.trim()) {
        Receipt::Take => take(app, tx, actor, opened, reply).await,
        Receipt::Again => Ok(Replied::Again {
            differs: differs(&mut tx, &opened, place, reply).await?,
        }),
        Receipt::Foreign if opened.run.stage != "open" => Ok(Replied::Over),
        Receipt::Foreign => Ok(Replied::Foreign),
    }
}

/// Whether somebody who went back now says something else than what is kept.
async fn differs(
    tx: &mut Connection,
    opened: &Opened,
    place: usize,
    reply: &Reply,
) -> Result<bool> {
    let Some(kept) = place
        .checked_sub(1)
        .and_then(|index| opened.answers.get(index))
    else {
        return Ok(false);
    };
    let shown = super::frozen::shown(
        tx,
        &opened.run,
        kept.position,
        &kept.item,
        &kept.item_version,
    )
    .await?;
    let (what, choice) = said(&shown, reply).unwrap_or(("", None));
    Ok(kept.reply != what || kept.choice != choice)
}

/// What was answered: the kind of reply, and the place of the answer in the item's file.
fn said(
    shown: &super::Shown,
    reply: &Reply,
) -> std::result::Result<(&'static str, Option<i64>), InputError> {
    match reply.what.trim() {
        "unknown" => return Ok(("unknown", None)),
        "passed" => return Ok(("passed", None)),
        _ => {}
    }
    // Touching the picture is the last thing that somebody did who did both.
    let touched = reply.touched.and_then(|(x, y)| shown.at(x, y));
    let typed = reply.choice.trim();
    let choice = match (touched, typed) {
        (Some(place), _) => shown.choice(place),
        (None, "") => return Err(InputError::Empty),
        (None, typed) => typed.parse().ok().and_then(|place| shown.choice(place)),
    };
    let choice = choice.ok_or(InputError::UnknownChoice)?;
    let choice = i64::try_from(choice).map_err(|_| InputError::UnknownChoice)?;
    Ok(("choice", Some(choice)))
}

async fn take(
    app: &App,
    mut tx: store::Transaction,
    actor: &Actor,
    opened: Opened,
    reply: &Reply,
) -> Result<Replied> {
    let Opened {
        mut run,
        mut answers,
        shown: Some(shown),
        ..
    } = opened
    else {
        return Ok(Replied::Over);
    };
    let (what, choice) = said(&shown, reply).map_err(|error| Error::field("choice", error))?;
    let right = shown
        .item
        .right()
        .and_then(|right| i64::try_from(right).ok());
    let now = app.now().as_millisecond();
    let row = AnswerRow {
        run_id: run.id.clone(),
        position: shown.place,
        item: shown.item.slug,
        item_version: run.item_version.clone().unwrap_or_default(),
        reply: what.to_owned(),
        choice,
        is_right: i64::from(choice.is_some() && choice == right),
        millis: run.shown_at.and_then(|shown| time_taken(shown, now)),
        answered_at: now,
    };
    store::assessment::insert_answer(&mut tx, &row).await?;
    answers.push(row);
    run.answers += 1;
    run.updated_at = now;
    let goes_on = begin::go_on(app, &mut tx, &mut run, &answers).await?;
    if !goes_on {
        let ending = if usize::try_from(run.answers).is_ok_and(|count| count >= opened.most) {
            "length"
        } else {
            "sure"
        };
        end(app, &mut tx, actor, &mut run, &answers, ending).await?;
    }
    store::assessment::update(&mut tx, &run).await?;
    tx.commit().await?;
    Ok(if goes_on {
        Replied::Next
    } else {
        Replied::Over
    })
}

/// Works out the result of a run and closes it. The caller writes it.
async fn end(
    app: &App,
    tx: &mut Connection,
    actor: &Actor,
    run: &mut RunRow,
    answers: &[AnswerRow],
    ending: &str,
) -> Result<()> {
    let ground = Ground::of(tx, answers).await?;
    let outcome = ground.outcome(&rules_of(run)?, &ground.answered(answers));
    run.stage = "done".to_owned();
    run.ending = ending.to_owned();
    run.item = None;
    run.item_version = None;
    run.shown_at = None;
    run.finished_at = Some(app.now().as_millisecond());
    if outcome.answers > 0 {
        let level = domain::assessment::adaptive::Level::of(outcome.ability.mean);
        run.ability = Some(outcome.ability.mean);
        run.error = Some(outcome.ability.error);
        run.level = Some(level.map_or(0, |level| i64::from(level.number())));
        run.conclusive = i64::from(outcome.enough);
    }
    let logged = Logged::of(run);
    history::record(
        app,
        tx,
        actor,
        "assessment.finished",
        ("level-run", &run.id),
        None,
        Some(&logged),
    )
    .await
}

/// Ends a test where it is; what was answered gives a result as far as it goes. Ending twice does nothing the second time.
///
/// # Errors
/// [`Error::NotFound`] for another key.
pub async fn stop(app: &App, actor: &Actor, id: &str, key: &str) -> Result<()> {
    let mut tx = app.write().await?;
    tx.lock_name(&format!("level run {id}")).await?;
    let Opened {
        mut run, answers, ..
    } = load(app, &mut tx, id, key).await?;
    if run.stage != "open" {
        return Ok(());
    }
    end(app, &mut tx, actor, &mut run, &answers, "stopped").await?;
    run.updated_at = app.now().as_millisecond();
    store::assessment::update(&mut tx, &run).await?;
    Ok(tx.commit().await?)
}

/// The address under which an open test is taken up again.
///
/// # Errors
/// [`Error::NotFound`] for another key; [`Error::Refused`] once it is over.
pub async fn leave(app: &App, id: &str, key: &str) -> Result<(Opened, String)> {
    let opened = super::open(app, id, key).await?;
    if opened.run.stage != "open" {
        return Err(Refused::new("assessment-refused-over").into());
    }
    let link = crate::access::link::level_run(app, id)?;
    Ok((opened, link))
}
