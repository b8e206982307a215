//! Personal paths as pages show them, and the rules that make them.

mod rules;

use application::pathway::{Meeting, PathView, SessionOverview, StepView};
use application::people::commune_label;
use application::questionnaire::contact_of;
use axum::Router;
use axum::routing::get;
use documents::formats;
use documents::pdf::{HalfDay, PathMeeting, PathSheet, PathStep};
use documents::texts::Arg;
use domain::pathway::{Outcome, Why};
use domain::questionnaire::{Cell, Slot};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::State;
use crate::shell::Ctx;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/regles", get(rules::show).post(rules::change))
        .route(
            "/bureau/regles/recalculer",
            axum::routing::post(rules::recompute),
        )
}

/// A session on a card.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct MeetingCard {
    /// Id of the session.
    pub(crate) id: String,
    /// Local start.
    pub(crate) starts: String,
    /// Local end.
    pub(crate) ends: String,
    /// Site and commune.
    pub(crate) place: String,
    /// Free seats.
    pub(crate) seats_left: i64,
    /// What speaks for it: near, at a good time, after what comes before.
    pub(crate) why: Vec<String>,
}

/// A step of a path.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct StepCard {
    /// Slug of the module.
    pub(crate) module: String,
    /// Its title.
    pub(crate) title: String,
    /// Why it is there, in plain words.
    pub(crate) reasons: Vec<String>,
    /// `booked`, `proposed`, `full` or `absent`.
    pub(crate) outcome: &'static str,
    /// The seat.
    pub(crate) booked: Option<MeetingCard>,
    /// Sessions with a free seat.
    pub(crate) proposals: Vec<MeetingCard>,
    /// Full ones, in which one can wait.
    pub(crate) waiting: Vec<MeetingCard>,
    /// Whether the wish is kept.
    pub(crate) wished: bool,
    /// Why no session suits, in words.
    pub(crate) missed: String,
    /// Titles of modules that should come before and have no date.
    pub(crate) undated_before: Vec<String>,
}

/// The level of practice in kind words.
pub(crate) fn level(ctx: &Ctx, level: u8) -> String {
    ctx.text(match level {
        0 => "pathway-level-0",
        1 => "pathway-level-1",
        2 => "pathway-level-2",
        _ => "pathway-level-3",
    })
}

/// An instant where the programme is.
fn local(at: i64, zone: &TimeZone) -> DateTime {
    Timestamp::from_millisecond(at).map_or_else(|_| DateTime::default(), |at| zone.to_datetime(at))
}

fn place(session: &SessionOverview) -> String {
    let commune = commune_label(&session.commune_code);
    let commune = commune.split(" (").next().unwrap_or_default().to_owned();
    if session.site_name.contains(&commune) {
        session.site_name.clone()
    } else {
        format!("{}, {commune}", session.site_name)
    }
}

fn title(ctx: &Ctx, slug: &str) -> String {
    application::content::catalogue().module(slug).map_or_else(
        || slug.to_owned(),
        |module| module.title.get(ctx.language()).to_owned(),
    )
}

fn why(ctx: &Ctx, why: &Why) -> String {
    match why {
        Why::Near { km: 0 } => ctx.text("pathway-why-here"),
        Why::Near { km } => {
            let km = formats::distance(ctx.language(), f64::from(*km));
            ctx.text_with("pathway-why-near", &[("km", Arg::from(km.as_str()))])
        }
        Why::SuitsYourWeek { cell } => {
            let Ok(cell) = cell.parse::<Cell>() else {
                return String::new();
            };
            let day = formats::weekday(ctx.language(), cell.day);
            let day = ("day", Arg::from(day));
            ctx.text_with(
                match cell.slot {
                    Slot::Morning => "pathway-why-morning",
                    Slot::Afternoon => "pathway-why-afternoon",
                    Slot::Evening => "pathway-why-evening",
                },
                &[day],
            )
        }
        Why::After { module } => {
            let before = title(ctx, module);
            ctx.text_with(
                "pathway-why-after",
                &[("module", Arg::from(before.as_str()))],
            )
        }
    }
}

fn card(ctx: &Ctx, zone: &TimeZone, session: &SessionOverview, reasons: &[Why]) -> MeetingCard {
    MeetingCard {
        id: session.id.clone(),
        starts: local(session.starts_at, zone).to_string(),
        ends: local(session.ends_at, zone).to_string(),
        place: place(session),
        seats_left: (session.capacity - session.placed - session.offered).max(0),
        why: reasons
            .iter()
            .map(|reason| why(ctx, reason))
            .filter(|text| !text.is_empty())
            .collect(),
    }
}

fn missed(ctx: &Ctx, step: &StepView) -> String {
    let Outcome::Absent { missed } = &step.outcome else {
        return String::new();
    };
    ctx.text(if missed.too_far > 0 && missed.wrong_time == 0 {
        "pathway-missed-far"
    } else if missed.wrong_time > 0 && missed.too_far == 0 {
        "pathway-missed-time"
    } else if missed.wrong_time + missed.too_far + missed.clashing > 0 {
        "pathway-missed-several"
    } else {
        "pathway-missed-none"
    })
}

/// The steps of a path, to be shown by `pathway/steps.html`.
pub(crate) fn cards(ctx: &Ctx, view: &PathView) -> Vec<StepCard> {
    let zone = view.zone();
    let meetings = |meetings: &[Meeting]| -> Vec<MeetingCard> {
        meetings
            .iter()
            .map(|meeting| card(ctx, zone, &meeting.session, &meeting.proposal.why))
            .collect()
    };
    view.steps
        .iter()
        .map(|step| StepCard {
            module: step.module.slug.clone(),
            title: step.module.title.get(ctx.language()).to_owned(),
            reasons: step
                .reasons
                .iter()
                .map(|reason| reason.text.get(ctx.language()).to_owned())
                .collect(),
            outcome: match &step.outcome {
                Outcome::Booked { .. } => "booked",
                Outcome::Proposed => "proposed",
                Outcome::Full => "full",
                Outcome::Absent { .. } => "absent",
            },
            booked: step
                .booked
                .as_ref()
                .map(|session| card(ctx, zone, session, &[])),
            proposals: meetings(&step.proposals),
            waiting: meetings(&step.waiting),
            wished: step.wished,
            missed: missed(ctx, step),
            undated_before: step
                .undated_before
                .iter()
                .map(|module| module.title.get(ctx.language()).to_owned())
                .collect(),
        })
        .collect()
}

/// The path on paper.
pub(crate) fn sheet(ctx: &Ctx, view: &PathView) -> PathSheet {
    let programme = &view.offered.programme;
    let today = view.zone().to_datetime(ctx.app().now()).date();
    PathSheet {
        language: ctx.language(),
        programme: programme.name.clone(),
        person: view
            .person
            .as_ref()
            .map_or_else(String::new, |person| person.name.clone()),
        introduction: ctx.text("pathway-sheet-intro"),
        level: Some(level(ctx, view.level)),
        steps: view
            .steps
            .iter()
            .zip(cards(ctx, view))
            .map(|(step, card)| on_paper(ctx, view, step, &card))
            .collect(),
        contact: contact_of(programme),
        link: Some(format!("{}/mon-espace", ctx.app().config().base_url)),
        made: today,
    }
}

fn on_paper(ctx: &Ctx, view: &PathView, step: &StepView, card: &StepCard) -> PathStep {
    let meeting = |session: &SessionOverview| {
        let (starts, ends) = (
            local(session.starts_at, view.zone()),
            local(session.ends_at, view.zone()),
        );
        PathMeeting {
            when: HalfDay {
                date: starts.date(),
                start: starts.time(),
                end: ends.time(),
            },
            place: place(session),
        }
    };
    let sessions = step
        .booked
        .iter()
        .chain(step.proposals.iter().map(|meeting| &meeting.session));
    let note = match card.outcome {
        "booked" => Some(ctx.text("pathway-booked")),
        "full" => Some(ctx.text("pathway-full-wish")),
        "absent" => Some(ctx.text("pathway-absent-wish")),
        _ => None,
    };
    PathStep {
        title: card.title.clone(),
        reason: card.reasons.join(" "),
        meetings: sessions.map(meeting).collect(),
        note,
    }
}

#[cfg(test)]
pub(crate) mod samples;
