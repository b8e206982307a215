//! Repairs: a trainer is absent, a site closes, a session cannot take place. Every change is told before it is made.

use std::collections::HashMap;

use application::plan::{self, AskRepair, Fate, PlanView, Repair};
use application::session::{self, Listed, SessionFilter};
use axum::extract::Path;
use serde::Deserialize;

use super::LIST;
use super::publish::{PublishPage, around, letters};
use super::words::{half_day, place, trainer};
use crate::listing::{Choice, Field, FormPage, Link};
use crate::session::view::in_words;
use crate::shell::{Answer, Ctx, Flash, Form, Query};

/// The form as sent: `what` is `kind/id`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    season: String,
    what: String,
    from: String,
    until: String,
    reason: String,
    version: String,
}

impl Typed {
    fn ask(&self) -> AskRepair {
        let (kind, id) = self.what.split_once('/').unwrap_or_default();
        AskRepair {
            season: self.season.clone(),
            kind: kind.to_owned(),
            id: id.to_owned(),
            from: self.from.clone(),
            until: self.until.clone(),
        }
    }
}

async fn page(ctx: &Ctx, typed: &Typed) -> application::Result<FormPage> {
    let (_, known) = plan::form(ctx.app(), ctx.actor(), &typed.season, None).await?;
    let seasons: Vec<Choice> = known
        .seasons
        .iter()
        .map(|(slug, name)| Choice::new(slug, name))
        .collect();
    let mut what: Vec<Choice> = Vec::new();
    for (key, kind, named) in [
        ("plan-repair-trainer", "trainer", &known.trainers),
        ("plan-repair-site", "site", &known.sites),
    ] {
        what.extend(named.iter().map(|(id, name)| {
            let label = ctx.text_with(key, &[("name", name.as_str().into())]);
            Choice::new(format!("{kind}/{id}"), label)
        }));
    }
    for one in upcoming(ctx).await? {
        let name = in_words(ctx, &one);
        let label = ctx.text_with("plan-repair-session", &[("name", name.as_str().into())]);
        what.push(Choice::new(format!("session/{}", one.session.id), label));
    }
    let fields = vec![
        Field::select("season", ctx.text("session-season"), seasons, &typed.season).required(),
        Field::select("what", ctx.text("plan-repair-what"), what, &typed.what).required(),
        Field::line("date", "from", ctx.text("plan-repair-from"), &typed.from)
            .hint(ctx.text("plan-repair-from-hint")),
        Field::line("date", "until", ctx.text("plan-repair-until"), &typed.until),
    ];
    Ok(FormPage::new(
        ctx.text("plan-repair-new"),
        vec![Link::new(ctx.text("plan-list"), LIST)],
        format!("{LIST}/remplacement"),
        fields,
        "",
    )
    .lead(ctx.text("plan-repair-lead")))
}

async fn upcoming(ctx: &Ctx) -> application::Result<Vec<Listed>> {
    let filter = SessionFilter {
        from: Some(ctx.app().now().as_millisecond()),
        ..SessionFilter::default()
    };
    let all = session::list(ctx.app(), ctx.actor(), &filter).await?;
    Ok(all.into_iter().filter(Listed::is_ahead).collect())
}

/// `GET /bureau/planification/remplacement`: what is missing, and when.
pub(super) async fn new(ctx: Ctx, query: Query<Typed>) -> Answer {
    let mut typed = query.value;
    if typed.season.is_empty() {
        typed.season = session::current_season(ctx.app(), ctx.actor()).await?.slug;
    }
    ctx.page(&page(&ctx, &typed).await?)
}

/// `POST /bureau/planification/remplacement`: makes the repair and starts computing it.
pub(super) async fn create(ctx: Ctx, Form(typed): Form<Typed>) -> Answer {
    match plan::create_repair(ctx.app(), ctx.actor(), &typed.ask()).await {
        Ok(id) => super::form::started(&ctx, &id).await,
        Err(error) => page(&ctx, &typed).await?.again(&ctx, to_what(error), None),
    }
}

/// What is missing is one field in the form.
fn to_what(error: application::Error) -> application::Error {
    match error {
        application::Error::Invalid(mut wrong) => {
            for one in &mut wrong {
                if one.field == "id" {
                    "what".clone_into(&mut one.field);
                }
            }
            application::Error::Invalid(wrong)
        }
        other => other,
    }
}

async fn apply_page(ctx: &Ctx, id: &str, reason: &str) -> application::Result<PublishPage> {
    let view = plan::get(ctx.app(), ctx.actor(), id).await?;
    let repair = plan::repair(ctx.app(), ctx.actor(), id).await?;
    let needs_reason = repair
        .fates
        .iter()
        .any(|(_, fate)| *fate == Fate::Cancelled);
    let page = around(ctx, id, "plan-apply-title", "plan-apply-lead").await?;
    Ok(PublishPage {
        action: format!("{LIST}/{id}/appliquer"),
        yes: ctx.text("plan-apply"),
        danger: needs_reason,
        changes: changes(ctx, &view, &repair).await?,
        reason: needs_reason.then(|| reason.to_owned()),
        ..page
    })
}

/// Each change in a sentence: sessions first, then person by person with the reason.
async fn changes(ctx: &Ctx, view: &PlanView, repair: &Repair) -> application::Result<Vec<String>> {
    let existing: HashMap<String, String> = upcoming(ctx)
        .await?
        .into_iter()
        .map(|one| (one.session.id.clone(), in_words(ctx, &one)))
        .collect();
    let named = |id: &String| existing.get(id).cloned().unwrap_or_default();
    let planned = |key: &String| {
        let found = view.sessions.iter().find(|one| one.key == *key);
        found.map_or_else(String::new, |one| {
            format!("{}, {}", half_day(ctx, one.starts), place(one))
        })
    };
    let mut sentences = Vec::new();
    for (id, fate) in &repair.fates {
        let session = named(id);
        let (key, to) = match fate {
            Fate::Cancelled => ("plan-fate-cancelled", String::new()),
            Fate::Trainer { trainer } => (
                "plan-fate-trainer",
                view.names
                    .trainers
                    .get(trainer)
                    .cloned()
                    .unwrap_or_default(),
            ),
            Fate::Moved { to } => ("plan-fate-moved", planned(to)),
        };
        let mut values = vec![("session", session.as_str().into())];
        if !to.is_empty() {
            values.push(("to", to.as_str().into()));
        }
        sentences.push(ctx.text_with(key, &values));
    }
    for key in &repair.opened {
        let found = view.sessions.iter().find(|one| one.key == *key);
        let who = found.map_or_else(String::new, |one| trainer(ctx, one));
        let to = planned(key);
        sentences.push(ctx.text_with(
            "plan-fate-opened",
            &[("to", to.as_str().into()), ("trainer", who.as_str().into())],
        ));
    }
    for seat in &repair.seats {
        let (name, session) = (view.names.person(&seat.person), named(&seat.session));
        let why = ctx.text(seat.why);
        let mut values = vec![
            ("name", name.as_str().into()),
            ("session", session.as_str().into()),
            ("why", why.as_str().into()),
        ];
        let to = seat.to.as_ref().map(planned);
        if let Some(to) = &to {
            values.push(("to", to.as_str().into()));
        }
        let key = if to.is_some() {
            "plan-seat-moved"
        } else {
            "plan-seat-lost"
        };
        sentences.push(ctx.text_with(key, &values));
    }
    Ok(sentences)
}

/// `GET /bureau/planification/{id}/appliquer`: every change with its reason, and who would get which letter.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<String>, query: Query<Typed>) -> Answer {
    let reason = if query.value.reason.trim().is_empty() {
        ctx.text("plan-apply-usual-reason")
    } else {
        query.value.reason
    };
    let mut page = apply_page(&ctx, &id, &reason).await?;
    match plan::preview_repair(ctx.app(), ctx.actor(), &id, &reason).await {
        Ok(told) => {
            page.letters = letters(&ctx, &told);
            ctx.page(&page)
        }
        Err(error) => page.again(&ctx, error),
    }
}

/// `POST /bureau/planification/{id}/appliquer`: carries it out.
pub(super) async fn apply(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Typed>) -> Answer {
    match plan::apply(ctx.app(), ctx.actor(), &id, &sent.version, &sent.reason).await {
        Ok(told) => {
            let said = ctx.text_with("plan-applied", &[("n", told.len().into())]);
            Ok(ctx.redirect_with(&format!("{LIST}/{id}"), &[Flash::ok(said)]))
        }
        Err(error) => apply_page(&ctx, &id, &sent.reason)
            .await?
            .again(&ctx, error),
    }
}
