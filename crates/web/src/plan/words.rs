//! How plans look on all their pages.

use application::plan::{Broken, Figures, PlanView, PlannedView, Trial};
use application::session::Warning;
use domain::plan::Stage;
use jiff::civil::DateTime;
use serde::Serialize;

use crate::session::view::{instant, title};
use crate::shell::{Ctx, Flash};

/// Where a plan stands: shape and word.
pub(super) fn badge(ctx: &Ctx, stage: Stage) -> (&'static str, String) {
    let tone = match stage {
        Stage::Draft => "info",
        Stage::Running => "wait",
        Stage::Ready | Stage::Published => "ok",
        Stage::Failed => "bad",
        Stage::Undone => "full",
    };
    (tone, ctx.text(&format!("plan-stage-{}", stage.name())))
}

/// A figure with its words.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Figure {
    pub(super) label: String,
    pub(super) value: i64,
    /// What it is a part of, in words; may be empty.
    pub(super) of: String,
}

/// The figures of a plan in plain words.
pub(super) fn figures(ctx: &Ctx, figures: &Figures) -> Vec<Figure> {
    let figure = |key: &str, value: i64, of: Option<u32>| Figure {
        label: ctx.text(key),
        value,
        of: of.map_or_else(String::new, |of| {
            ctx.text_with("plan-figure-of", &[("n", of.into())])
        }),
    };
    vec![
        figure(
            "plan-figure-served",
            figures.served.into(),
            Some(figures.people),
        ),
        figure(
            "plan-figure-complete",
            figures.complete.into(),
            Some(figures.people),
        ),
        figure(
            "plan-figure-missing",
            figures.missing.into(),
            Some(figures.wanted),
        ),
        figure("plan-figure-opened", figures.opened.into(), None),
        figure("plan-figure-attendances", figures.attendances.into(), None),
        figure("plan-figure-person-km", figures.person_km, None),
        figure("plan-figure-trainer-km", figures.trainer_km, None),
    ]
}

/// What each term of the cost comes to: the key of its name, and the cost.
pub(super) fn terms(figures: &Figures) -> [(&'static str, i64); 8] {
    let terms = &figures.terms;
    [
        ("plan-term-missing-module", terms.missing_module),
        ("plan-term-incomplete-path", terms.incomplete_path),
        ("plan-term-person-km", terms.person_km),
        ("plan-term-trainer-km", terms.trainer_km),
        ("plan-term-session", terms.session),
        ("plan-term-underfill", terms.underfill),
        ("plan-term-level-spread", terms.level_spread),
        (
            "plan-term-change",
            terms.change + terms.trainer_change + terms.non_preferred,
        ),
    ]
}

/// A session of a plan as pages show it.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Line {
    pub(super) key: String,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) day: String,
    pub(super) starts: String,
    pub(super) ends: String,
    pub(super) when: String,
    pub(super) place: String,
    pub(super) trainer: String,
    pub(super) people: usize,
    pub(super) most: u32,
    pub(super) small: bool,
    pub(super) exists: bool,
    pub(super) locked: bool,
    pub(super) status: String,
    pub(super) tone: &'static str,
}

/// What, and where in one go.
pub(super) fn place(session: &PlannedView) -> String {
    if session.room_name.is_empty() {
        session.site_name.clone()
    } else {
        format!("{}, {}", session.site_name, session.room_name)
    }
}

/// Who gives it.
pub(super) fn trainer(ctx: &Ctx, session: &PlannedView) -> String {
    match (session.extra, session.trainer_name.as_str()) {
        (true, like) => ctx.text_with("plan-trainer-extra", &[("like", like.into())]),
        (false, "") => ctx.text("session-no-trainer"),
        (false, name) => name.to_owned(),
    }
}

impl Line {
    pub(super) fn of(ctx: &Ctx, plan: &str, session: &PlannedView) -> Self {
        let small = session.existing.is_none() && session.people.len() < session.least as usize;
        let (tone, key) = if session.existing.is_some() {
            ("info", "plan-session-exists")
        } else if session.locked {
            ("full", "plan-session-locked")
        } else if small {
            ("wait", "plan-session-small")
        } else {
            ("ok", "plan-session-new")
        };
        Self {
            key: session.key.clone(),
            href: format!("/bureau/planification/{plan}/seances/{}", session.key),
            title: title(&session.module, ctx.language()),
            day: session.starts.date().to_string(),
            starts: session.starts.to_string(),
            ends: session.ends.to_string(),
            when: instant(ctx.language(), session.starts),
            place: place(session),
            trainer: trainer(ctx, session),
            people: session.people.len(),
            most: session.most,
            small,
            exists: session.existing.is_some(),
            locked: session.locked,
            status: ctx.text(key),
            tone,
        }
    }
}

/// Every session of a plan.
pub(super) fn lines(ctx: &Ctx, view: &PlanView) -> Vec<Line> {
    view.sessions
        .iter()
        .map(|session| Line::of(ctx, &view.listed.row.id, session))
        .collect()
}

/// What a change would come to, in sentences.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct TrialView {
    /// It can be done.
    pub(super) possible: bool,
    /// What speaks against it, or what it costs.
    pub(super) sentences: Vec<String>,
}

impl TrialView {
    pub(super) fn of(ctx: &Ctx, trial: &Trial) -> Self {
        let mut sentences: Vec<String> = trial.broken.iter().map(|one| broken(ctx, one)).collect();
        sentences.dedup();
        if trial.broken.is_empty() {
            let (before, after) = (&trial.before, &trial.after);
            if !trial.leaving.is_empty() {
                sentences.push(ctx.text_with(
                    "plan-trial-leaving",
                    &[
                        ("n", trial.leaving.len().into()),
                        ("names", trial.leaving.join(", ").as_str().into()),
                    ],
                ));
            }
            let cost = after.objective - before.objective;
            sentences.push(match cost {
                0 => ctx.text("plan-trial-same"),
                1.. => ctx.text_with("plan-trial-worse", &[("n", cost.into())]),
                _ => ctx.text_with("plan-trial-better", &[("n", (-cost).into())]),
            });
            let km = after.person_km + after.trainer_km - before.person_km - before.trainer_km;
            if km != 0 {
                sentences
                    .push(ctx.text_with("plan-trial-km", &[("n", signed(km).as_str().into())]));
            }
        }
        Self {
            possible: trial.broken.is_empty(),
            sentences,
        }
    }
}

fn signed(number: i64) -> String {
    if number > 0 {
        format!("+{number}")
    } else {
        format!("−{}", number.unsigned_abs())
    }
}

fn broken(ctx: &Ctx, broken: &Broken) -> String {
    let values = if broken.name.is_empty() {
        Vec::new()
    } else {
        vec![("name", broken.name.as_str().into())]
    };
    ctx.text_with(broken.key, &values)
}

/// What of a session does not quite fit, in short.
pub(super) fn warning(ctx: &Ctx, warning: &Warning) -> Option<String> {
    match warning {
        Warning::SiteClosed | Warning::OutsideSeason | Warning::Past => {
            Some(ctx.text(warning.key()))
        }
        Warning::RoomLacks { equipment } => {
            let terms = &application::content::vocabulary().equipment;
            let labels: Vec<&str> = equipment
                .iter()
                .map(|slug| {
                    let term = terms.iter().find(|term| term.slug == *slug);
                    term.map_or(slug.as_str(), |term| term.label.get(ctx.language()))
                })
                .collect();
            Some(ctx.text_with(
                warning.key(),
                &[("missing", labels.join(", ").as_str().into())],
            ))
        }
        // The plan knows trainers, rooms and groups better than a single session does.
        _ => None,
    }
}

/// Back to `to` with what came of it; a rule that says no, or a plan changed meanwhile, is a sentence on the page.
pub(super) fn answered(
    ctx: &Ctx,
    outcome: application::Result<Vec<Flash>>,
    to: &str,
) -> crate::shell::Answer {
    match outcome {
        Err(application::Error::Stale) => {
            Ok(ctx.redirect_with(to, &[Flash::bad(ctx.text("plan-stale"))]))
        }
        other => crate::session::view::answered(ctx, other, to),
    }
}

/// A half-day, in words.
pub(super) fn half_day(ctx: &Ctx, at: DateTime) -> String {
    instant(ctx.language(), at)
}
