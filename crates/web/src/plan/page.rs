//! The page of a plan: how it stands, what it comes to, what holds it back, what can be done.

use std::collections::BTreeMap;

use application::plan::{self, Cause, Figures, Held, Moved, PlanView};
use axum::extract::Path;
use domain::plan::Stage;
use serde::{Deserialize, Serialize};

use super::LIST;
use super::words::{Figure, Line, answered, badge, figures, lines};
use crate::listing::{Confirm, Link};
use crate::session::view::title;
use crate::shell::{Answer, Ctx, Flash, Form, Page};

/// Sessions shown on the page; the others are on the list's own.
const MOST_SESSIONS: usize = 30;

/// How far a computation is: a part of the page that renews itself.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ProgressPart {
    pub(super) href: String,
    pub(super) running: bool,
    /// Thousandths of the time.
    pub(super) spent: u32,
    pub(super) objective: i64,
    pub(super) figures: Vec<Figure>,
    pub(super) stopping: bool,
}

/// The part alone, for the page to put in.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PartPage {
    pub(super) progress: ProgressPart,
}

impl Page for PartPage {
    const TEMPLATE: &'static str = "plan/progress.html";
}

/// A module and how many people do not get it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Lacking {
    pub(super) title: String,
    pub(super) people: usize,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ShowPage {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) season: String,
    pub(super) crumbs: Vec<Link>,
    pub(super) tone: &'static str,
    pub(super) status: String,
    pub(super) lead: String,
    pub(super) reason: String,
    pub(super) progress: ProgressPart,
    pub(super) figures: Vec<Figure>,
    pub(super) objective: i64,
    /// No plan costs less than this, if it is known.
    pub(super) bound: Option<i64>,
    pub(super) lacking: Vec<Lacking>,
    pub(super) obstacles: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) changed: Vec<String>,
    pub(super) sessions: Vec<Line>,
    pub(super) more: usize,
    pub(super) settings: Vec<(String, String)>,
    pub(super) is_repair: bool,
    pub(super) may_run: bool,
    pub(super) may_publish: bool,
    pub(super) may_delete: bool,
    pub(super) may_undo: bool,
    pub(super) may_compare: bool,
    pub(super) made: usize,
    pub(super) asked: usize,
    pub(super) answered: usize,
    pub(super) version: i64,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "plan/show.html";
}

fn part(ctx: &Ctx, id: &str, stage: Stage, come_to: &Figures, stopping: bool) -> ProgressPart {
    ProgressPart {
        href: format!("{LIST}/{id}"),
        running: stage == Stage::Running,
        spent: come_to.spent,
        objective: come_to.objective,
        // Ways are counted at the end only.
        figures: figures(ctx, come_to).into_iter().take(4).collect(),
        stopping,
    }
}

/// `GET /bureau/planification/{id}/avancement`: how far the computation is, for the page to put in.
pub(super) async fn progress(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let all = plan::compare(ctx.app(), ctx.actor(), std::slice::from_ref(&id)).await?;
    let Some(one) = all.into_iter().next() else {
        return Err(application::Error::NotFound.into());
    };
    let stopping = one.row.stop_asked == 1;
    let progress = part(&ctx, &id, one.stage, &one.figures, stopping);
    let mut answer = ctx.page(&PartPage { progress })?;
    if one.stage != Stage::Running {
        // The whole page has more to say now.
        answer.headers_mut().insert(
            axum::http::HeaderName::from_static("hx-refresh"),
            axum::http::HeaderValue::from_static("true"),
        );
    }
    Ok(answer)
}

/// `GET /bureau/planification/{id}`: the plan.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let stage = view.listed.stage;
    let is_open = stage.may_publish() && view.frame.disruption.is_none();
    let held = if is_open && view.listed.figures.missing > 0 {
        plan::obstacles(ctx.app(), ctx.actor(), &id).await?
    } else {
        Vec::new()
    };
    let changed = if stage.may_publish() {
        plan::changes(ctx.app(), ctx.actor(), &id).await?
    } else {
        Vec::new()
    };
    let mut page = page(&ctx, &view, &changed);
    page.obstacles = held.iter().map(|one| obstacle(&ctx, one)).collect();
    ctx.page(&page)
}

fn page(ctx: &Ctx, view: &PlanView, changed: &[Moved]) -> ShowPage {
    let row = &view.listed.row;
    let stage = view.listed.stage;
    let (tone, status) = badge(ctx, stage);
    let is_repair = view.frame.disruption.is_some();
    let all = lines(ctx, view);
    let is_computed = !matches!(stage, Stage::Draft | Stage::Running);
    let lead = if is_repair && stage == Stage::Published {
        "plan-lead-applied".to_owned()
    } else if is_repair && stage == Stage::Ready {
        "plan-lead-repair".to_owned()
    } else {
        format!("plan-lead-{}", stage.name())
    };
    ShowPage {
        id: row.id.clone(),
        name: row.name.clone(),
        href: format!("{LIST}/{}", row.id),
        season: view.listed.season.name.clone(),
        crumbs: vec![Link::new(ctx.text("plan-list"), LIST)],
        tone,
        status,
        lead: ctx.text(&lead),
        reason: if row.reason.is_empty() {
            String::new()
        } else {
            ctx.text(&row.reason)
        },
        progress: part(
            ctx,
            &row.id,
            stage,
            &view.listed.figures,
            row.stop_asked == 1,
        ),
        figures: if is_computed {
            figures(ctx, &view.listed.figures)
        } else {
            Vec::new()
        },
        objective: view.listed.figures.objective,
        bound: view.listed.figures.bound.filter(|bound| *bound > 0),
        lacking: if is_computed && !is_repair {
            lacking(ctx, view)
        } else {
            Vec::new()
        },
        obstacles: Vec::new(),
        notes: notes(ctx, view),
        changed: changed_in_words(ctx, changed),
        more: all.len().saturating_sub(MOST_SESSIONS),
        sessions: if is_computed {
            all.into_iter().take(MOST_SESSIONS).collect()
        } else {
            Vec::new()
        },
        settings: settings(ctx, view),
        is_repair,
        may_run: stage.may_run(),
        may_publish: stage.may_publish() && changed.is_empty(),
        may_delete: stage.may_delete(),
        may_undo: stage == Stage::Published && !is_repair,
        may_compare: is_computed && !is_repair,
        made: view.made.len(),
        asked: view.asked.0,
        answered: view.asked.1,
        version: row.version,
    }
}

/// How many people do not get which module, most first.
fn lacking(ctx: &Ctx, view: &PlanView) -> Vec<Lacking> {
    let mut by_module: BTreeMap<&str, usize> = BTreeMap::new();
    for module in view.people.iter().flat_map(|one| &one.missing) {
        *by_module.entry(module).or_default() += 1;
    }
    let mut lacking: Vec<Lacking> = by_module
        .into_iter()
        .map(|(module, people)| Lacking {
            title: title(module, ctx.language()),
            people,
        })
        .collect();
    lacking.sort_by(|a, b| (b.people, &a.title).cmp(&(a.people, &b.title)));
    lacking
}

/// One thing that holds the plan back, as sentences: who lacks what where, why, and what one more of it would bring.
fn obstacle(ctx: &Ctx, held: &Held) -> String {
    let module = title(&held.module, ctx.language());
    let n = held.people;
    let who = match &held.site {
        Some(site) => ctx.text_with(
            "plan-held-near",
            &[
                ("n", n.into()),
                ("module", module.as_str().into()),
                ("site", site.as_str().into()),
            ],
        ),
        None => ctx.text_with(
            "plan-held",
            &[("n", n.into()), ("module", module.as_str().into())],
        ),
    };
    let mut sentence = format!("{who} {}", cause(ctx, held));
    if held.served > 0 {
        sentence.push(' ');
        sentence.push_str(&ctx.text_with("plan-held-served", &[("n", held.served.into())]));
    }
    sentence
}

/// Why, in words.
fn cause(ctx: &Ctx, held: &Held) -> String {
    match &held.cause {
        Cause::Never => ctx.text("plan-cause-never"),
        Cause::Before { module } => ctx.text_with(
            "plan-cause-before",
            &[("module", title(module, ctx.language()).as_str().into())],
        ),
        Cause::Trainer { skilled: 0 } => ctx.text("plan-cause-no-trainer"),
        Cause::Trainer { .. } => at(ctx, held, "plan-cause-trainer"),
        Cause::Seats { .. } => at(ctx, held, "plan-cause-seats"),
        Cause::Room => at(ctx, held, "plan-cause-room"),
        Cause::Opening => at(ctx, held, "plan-cause-opening"),
        Cause::Distance { beyond } => {
            ctx.text_with("plan-cause-distance", &[("km", (*beyond).into())])
        }
        Cause::Hours => at(ctx, held, "plan-cause-hours"),
        Cause::Weeks => ctx.text("plan-cause-weeks"),
        Cause::Sessions { most } => ctx.text_with("plan-cause-sessions", &[("n", (*most).into())]),
        Cause::TooFew { together } => {
            ctx.text_with("plan-cause-too-few", &[("n", (*together).into())])
        }
        Cause::Several => ctx.text("plan-cause-several"),
    }
}

/// A cause with its half-day: `(mardi, soirée)`; nothing where it concerns none.
fn at(ctx: &Ctx, held: &Held, key: &str) -> String {
    let part = held
        .slots
        .as_ref()
        .map(|kind| ctx.text(&format!("plan-part-{kind}")));
    let day = held.weekday.and_then(|day| {
        let day = usize::try_from(day).ok()?;
        let day = domain::questionnaire::DAYS.get(day)?;
        Some(documents::formats::weekday(ctx.language(), *day).to_owned())
    });
    let when: Vec<String> = day.into_iter().chain(part).collect();
    let when = if when.is_empty() {
        String::new()
    } else {
        format!(" ({})", when.join(", "))
    };
    ctx.text_with(key, &[("when", when.as_str().into())])
}

/// What of the season the plan could not take in as it is.
fn notes(ctx: &Ctx, view: &PlanView) -> Vec<String> {
    let mut notes = Vec::new();
    let existing = view.frame.existing.len();
    if existing > 0 && view.frame.disruption.is_none() {
        notes.push(ctx.text_with("plan-note-existing", &[("n", existing.into())]));
    }
    if view.frame.outside_seats > 0 {
        notes.push(ctx.text_with(
            "plan-note-outside",
            &[("n", view.frame.outside_seats.into())],
        ));
    }
    let extra = view.frame.like.len();
    if extra > 0 {
        notes.push(ctx.text_with("plan-note-extra", &[("n", extra.into())]));
    }
    notes
}

/// What of the season changed, a line for each thing; people in one line.
pub(super) fn changed_in_words(ctx: &Ctx, changed: &[Moved]) -> Vec<String> {
    let mut words = Vec::new();
    for kind in ["site", "trainer", "session", "person"] {
        let of_kind: Vec<&Moved> = changed.iter().filter(|one| one.kind == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        let mut names: Vec<&str> = of_kind
            .iter()
            .map(|one| one.name.as_str())
            .filter(|name| !name.is_empty())
            .take(5)
            .collect();
        if of_kind.len() > names.len() {
            names.push("…");
        }
        words.push(ctx.text_with(
            &format!("plan-changed-{kind}"),
            &[
                ("n", of_kind.len().into()),
                ("names", names.join(", ").as_str().into()),
            ],
        ));
    }
    words
}

/// The settings in words: those that differ from the usual, and the days.
fn settings(ctx: &Ctx, view: &PlanView) -> Vec<(String, String)> {
    let scenario = &view.scenario;
    let day = |day| documents::formats::date(ctx.language(), day);
    let mut lines = vec![
        (ctx.text("plan-from"), day(scenario.from)),
        (ctx.text("plan-until"), day(scenario.until)),
    ];
    if !scenario.without_sites.is_empty() {
        let known = |id: &String| view.all_sites.get(id).cloned().unwrap_or_default();
        let names: Vec<String> = scenario.without_sites.iter().map(known).collect();
        lines.push((ctx.text("plan-without-sites"), names.join(", ")));
    }
    if scenario.extra > 0 {
        let like = scenario.extra_like.as_ref();
        let like = like.and_then(|id| view.names.trainers.get(id)).cloned();
        lines.push((
            ctx.text("plan-extra"),
            format!("{} ({})", scenario.extra, like.unwrap_or_default()),
        ));
    }
    if let Some(most) = scenario.most_sessions {
        lines.push((ctx.text("plan-most-sessions"), most.to_string()));
    }
    for (key, importance) in [
        ("plan-near", scenario.near),
        ("plan-trainer-ways", scenario.trainer_ways),
        ("plan-few-sessions", scenario.few_sessions),
        ("plan-filled", scenario.filled),
        ("plan-same-level", scenario.same_level),
    ] {
        if importance != plan::Importance::Usual {
            let degree = ctx.text(&format!("plan-importance-{}", importance.slug()));
            lines.push((ctx.text(key), degree));
        }
    }
    lines
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Nothing {
    version: String,
}

/// `POST /bureau/planification/{id}/calculer`: starts computing.
pub(super) async fn compute(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    let outcome = plan::start(&ctx.state.app, ctx.actor(), &id).await;
    answered(&ctx, outcome.map(|()| Vec::new()), &format!("{LIST}/{id}"))
}

/// `POST /bureau/planification/{id}/arreter`: stops computing, with the best plan so far.
pub(super) async fn stop(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    let outcome = plan::stop(ctx.app(), ctx.actor(), &id).await;
    let flashes = outcome.map(|()| vec![Flash::info(ctx.text("plan-stopping"))]);
    answered(&ctx, flashes, &format!("{LIST}/{id}"))
}

/// `POST /bureau/planification/{id}/actualiser`: the same plan with the season's data of today.
pub(super) async fn renew(ctx: Ctx, Path(id): Path<String>, Form(_): Form<Nothing>) -> Answer {
    match plan::renew(ctx.app(), ctx.actor(), &id).await {
        Ok(new) => super::form::started(&ctx, &new).await,
        Err(error) => answered(&ctx, Err(error), &format!("{LIST}/{id}")),
    }
}

/// `GET /bureau/planification/{id}/supprimer`: really?
pub(super) async fn ask_delete(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let view = plan::get(ctx.app(), ctx.actor(), &id).await?;
    let row = view.listed.row;
    ctx.page(&Confirm {
        title: ctx.text_with("plan-delete-title", &[("name", row.name.as_str().into())]),
        text: ctx.text("plan-delete-text"),
        yes: ctx.text("plan-delete"),
        action: format!("{LIST}/{id}/supprimer"),
        back: Link::new(row.name.clone(), format!("{LIST}/{id}")),
        version: row.version,
    })
}

/// `POST /bureau/planification/{id}/supprimer`: throws it away.
pub(super) async fn delete(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Nothing>) -> Answer {
    match plan::delete(ctx.app(), ctx.actor(), &id, &sent.version).await {
        Ok(()) => Ok(ctx.redirect_with(LIST, &[Flash::ok(ctx.text("plan-deleted"))])),
        Err(error) => answered(&ctx, Err(error), &format!("{LIST}/{id}")),
    }
}
