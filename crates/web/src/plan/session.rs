//! One session of a plan: who comes, and every change by hand as a plain form, weighed before it is made.

use application::plan::{self, Change, PlanView, PlannedView};
use axum::extract::Path;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::words::{Line, TrialView, answered, half_day};
use crate::listing::{Choice, Link};
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query};

/// A change as forms send it; what is not of its kind is left empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    kind: String,
    slot: String,
    /// `site/room`.
    place: String,
    trainer: String,
    person: String,
    version: String,
    semaine: String,
}

impl Typed {
    fn change(&self, session: &PlannedView) -> Option<Change> {
        let key = session.key.clone();
        Some(match self.kind.as_str() {
            "move" => {
                let (site, room) = match self.place.split_once('/') {
                    Some((site, room)) => (site.to_owned(), room.to_owned()),
                    None => (session.site.clone(), session.room.clone()),
                };
                Change::Move {
                    key,
                    site,
                    room,
                    slot: self.slot.parse().unwrap_or(session.slot),
                }
            }
            "trainer" => Change::Trainer {
                key,
                trainer: self.trainer.clone(),
            },
            "close" => Change::Close { key },
            "add" => Change::Add {
                key,
                person: self.person.clone(),
            },
            "remove" => Change::Remove {
                key,
                person: self.person.clone(),
            },
            _ => return None,
        })
    }
}

/// Somebody who attends.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PersonLine {
    pub(super) id: String,
    pub(super) name: String,
    /// Has the seat already.
    pub(super) has: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SessionPage {
    pub(super) crumbs: Vec<Link>,
    pub(super) href: String,
    pub(super) line: Line,
    pub(super) people: Vec<PersonLine>,
    pub(super) may_adjust: bool,
    pub(super) existing: String,
    pub(super) slots: Vec<Choice>,
    pub(super) places: Vec<Choice>,
    pub(super) trainers: Vec<Choice>,
    pub(super) others: Vec<Choice>,
    pub(super) typed: Typed,
    pub(super) trial: Option<TrialView>,
    pub(super) version: i64,
}

impl Page for SessionPage {
    const TEMPLATE: &'static str = "plan/session.html";
}

/// `GET /bureau/planification/{id}/seances/{key}`: one session; with `kind=move` and the like, what that change would come to.
pub(super) async fn show(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
    query: Query<Typed>,
) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let typed = query.value;
    let session = find(&view, &key)?;
    let trial = match typed.change(session) {
        None => None,
        Some(change) => match plan::try_change(ctx.app(), ctx.actor(), &id, &change).await {
            Ok(trial) => Some(TrialView::of(&ctx, &trial)),
            Err(application::Error::Refused(refused)) => Some(TrialView {
                possible: false,
                sentences: vec![crate::shell::error::refusal(&refused, ctx.language())],
            }),
            Err(error) => return Err(error.into()),
        },
    };
    ctx.page(&page(&ctx, &view, session, typed, trial))
}

fn find<'a>(view: &'a PlanView, key: &str) -> application::Result<&'a PlannedView> {
    let mut all = view.sessions.iter();
    all.find(|one| one.key == key)
        .ok_or(application::Error::NotFound)
}

fn page(
    ctx: &Ctx,
    view: &PlanView,
    session: &PlannedView,
    typed: Typed,
    trial: Option<TrialView>,
) -> SessionPage {
    let row = &view.listed.row;
    let plan = format!("{LIST}/{}", row.id);
    let line = Line::of(ctx, &row.id, session);
    let typed = Typed {
        slot: or(typed.slot, session.slot.to_string()),
        place: or(typed.place, format!("{}/{}", session.site, session.room)),
        trainer: or(typed.trainer, session.trainer.clone()),
        ..typed
    };
    let slots = view
        .half_days
        .iter()
        .map(|(slot, at)| Choice::new(slot.to_string(), half_day(ctx, *at)));
    let trainers = view.choices_of_trainers.iter().map(|(id, name, extra)| {
        let label = if *extra {
            ctx.text_with("plan-trainer-extra", &[("like", name.as_str().into())])
        } else {
            name.clone()
        };
        Choice::new(id, label)
    });
    let others = view
        .people
        .iter()
        .filter(|one| one.missing.contains(&session.module))
        .map(|one| Choice::new(&one.id, &one.name));
    SessionPage {
        crumbs: vec![
            Link::new(&row.name, &plan),
            Link::new(
                ctx.text("plan-board"),
                format!("{plan}/calendrier?semaine={}", session.starts.date()),
            ),
        ],
        href: line.href.clone(),
        people: session
            .people
            .iter()
            .map(|one| PersonLine {
                id: one.id.clone(),
                name: one.name.clone(),
                has: one.has,
            })
            .collect(),
        may_adjust: view.listed.stage.may_adjust(),
        existing: session.existing.clone().unwrap_or_default(),
        slots: slots.collect(),
        places: view
            .places
            .iter()
            .map(|(value, label)| Choice::new(value, label))
            .collect(),
        trainers: trainers.collect(),
        others: others.collect(),
        typed,
        trial,
        version: row.version,
        line,
    }
}

fn or(typed: String, usual: String) -> String {
    if typed.is_empty() { usual } else { typed }
}

/// `POST /bureau/planification/{id}/seances/{key}/changer`: makes the change.
pub(super) async fn change(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let here = format!("{LIST}/{id}/seances/{key}");
    let board = match typed.semaine.parse::<Date>() {
        Ok(day) => Some(format!("{LIST}/{id}/calendrier?semaine={day}")),
        Err(_) => None,
    };
    let change = match find(&view, &key) {
        Ok(session) => typed.change(session),
        Err(error) => {
            return answered(&ctx, Err(error), &here);
        }
    };
    let Some(change) = change else {
        return Err(application::Error::NotFound.into());
    };
    match plan::change(ctx.app(), ctx.actor(), &id, &typed.version, &change).await {
        Ok(trial) => {
            let told = TrialView::of(&ctx, &trial);
            let mut flashes = vec![Flash::ok(ctx.text("plan-changed"))];
            flashes.extend(told.sentences.into_iter().map(Flash::info));
            let to = board.unwrap_or_else(|| match trial.key.as_str() {
                "" => format!("{LIST}/{id}/calendrier"),
                key => format!("{LIST}/{id}/seances/{key}"),
            });
            Ok(ctx.redirect_with(&to, &flashes))
        }
        Err(error) => answered(&ctx, Err(error), &board.unwrap_or(here)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Locked {
    locked: String,
}

/// `POST /bureau/planification/{id}/seances/{key}/verrou`: locks or unlocks it.
pub(super) async fn lock(
    ctx: Ctx,
    Path((id, key)): Path<(String, String)>,
    Form(sent): Form<Locked>,
) -> Answer {
    let locked = sent.locked == "oui";
    let outcome = plan::lock(ctx.app(), ctx.actor(), &id, &key, locked).await;
    let told = if locked {
        "plan-now-locked"
    } else {
        "plan-now-unlocked"
    };
    let flashes = outcome.map(|()| vec![Flash::ok(ctx.text(told))]);
    answered(&ctx, flashes, &format!("{LIST}/{id}/seances/{key}"))
}
