//! One session: facts, roster, letters, notes, history.

use application::access::Action;
use application::session::{self, HistoryLine, Seated, SessionPage};
use application::trainer;
use axum::extract::Path;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::view::{Line, instant, lines};
use crate::listing::Choice;
use crate::shell::{Answer, Ctx, Page};

/// Somebody on the roster.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RosterRow {
    pub(super) enrolment: String,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) firm: String,
    pub(super) phone: String,
    pub(super) email: String,
    pub(super) needs: String,
    pub(super) stage: String,
    pub(super) tone: &'static str,
    pub(super) status: String,
}

/// A letter or call.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct LetterRow {
    pub(super) id: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) at: String,
    pub(super) state: String,
}

/// A note of a trainer.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct NoteRow {
    pub(super) by: String,
    pub(super) at: String,
    pub(super) body: String,
}

/// A line of the history.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct EventLine {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) what: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct ShowPage {
    pub(super) line: Line,
    pub(super) season: String,
    pub(super) season_slug: String,
    pub(super) note: String,
    pub(super) reason: String,
    pub(super) open: bool,
    pub(super) begun: bool,
    pub(super) gathering: bool,
    pub(super) roster: Vec<RosterRow>,
    pub(super) trainers: Vec<Choice>,
    pub(super) trainer_id: String,
    pub(super) others: Vec<Line>,
    pub(super) letters: Vec<LetterRow>,
    pub(super) notes: Vec<NoteRow>,
    pub(super) history: Vec<EventLine>,
    pub(super) full: bool,
}

impl Page for ShowPage {
    const TEMPLATE: &'static str = "session/show.html";
}

/// `GET /bureau/seances/{id}`: all about one session.
pub(super) async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = session::page(ctx.app(), ctx.actor(), &id).await?;
    let history = session::history_of_session(ctx.app(), ctx.actor(), &id).await?;
    let in_use = trainer::TrainerFilter {
        archived: Some(false),
        ..trainer::TrainerFilter::default()
    };
    let trainers = trainer::list(ctx.app(), ctx.actor(), &in_use).await?;
    let letters = if ctx.app().config().demonstration
        || ctx.app().policies().allow(
            ctx.actor(),
            Action::SeeMail,
            &application::access::Resource::everything(),
        )? {
        letters(&ctx, &page)
    } else {
        Vec::new()
    };
    let session = &page.session.session;
    let now = ctx.app().now().as_millisecond();
    ctx.page(&ShowPage {
        line: Line::of(&ctx, &page.session),
        season: page.season.name.clone(),
        season_slug: page.season.slug.clone(),
        note: session.public_note.clone(),
        reason: session.cancel_reason.clone(),
        open: page.session.is_ahead(),
        begun: session.starts_at <= now,
        gathering: session.stage == "gathering",
        full: session.placed + session.offered >= session.capacity,
        roster: page.roster.iter().map(|one| roster(&ctx, one)).collect(),
        trainers: trainers
            .into_iter()
            .map(|one| Choice::new(one.row.id, one.row.name))
            .collect(),
        trainer_id: session.trainer_id.clone().unwrap_or_default(),
        others: lines(&ctx, &page.others),
        letters,
        notes: page
            .notes
            .iter()
            .map(|note| NoteRow {
                by: note.author_name.clone(),
                at: local(&ctx, note.created_at, &page.zone),
                body: note.body.clone(),
            })
            .collect(),
        history: history
            .iter()
            .map(|one| event(&ctx, one, &page.zone))
            .collect(),
    })
}

fn local(ctx: &Ctx, at: i64, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(at).map_or_else(
        |_| String::new(),
        |at| instant(ctx.language(), zone.to_datetime(at)),
    )
}

fn roster(ctx: &Ctx, one: &Seated) -> RosterRow {
    let line = &one.line;
    let (tone, status) = match line.stage.as_str() {
        "placed" => ("ok", ctx.text("enrolment-stage-placed")),
        "offered" => {
            let until = one
                .until
                .map(|until| instant(ctx.language(), until))
                .unwrap_or_default();
            (
                "wait",
                ctx.text_with("enrolment-stage-offered", &[("until", until.into())]),
            )
        }
        _ => (
            "wait",
            ctx.text_with(
                "enrolment-stage-waiting",
                &[("rank", one.rank.unwrap_or_default().into())],
            ),
        ),
    };
    RosterRow {
        enrolment: line.enrolment_id.clone(),
        person: line.person_id.clone(),
        name: line.name.clone(),
        firm: line.organisation_name.clone().unwrap_or_default(),
        phone: line.phone.clone().unwrap_or_default(),
        email: line.email.clone().unwrap_or_default(),
        needs: line.needs.clone(),
        stage: line.stage.clone(),
        tone,
        status,
    }
}

fn letters(ctx: &Ctx, page: &SessionPage) -> Vec<LetterRow> {
    page.letters
        .iter()
        .map(|letter| LetterRow {
            id: letter.id.clone(),
            to: letter.recipient_name.clone(),
            subject: letter.subject.clone(),
            at: local(ctx, letter.created_at, &page.zone),
            state: ctx.text(&format!("mailbox-stage-{}", letter.stage)),
        })
        .collect()
}

fn event(ctx: &Ctx, line: &HistoryLine, zone: &TimeZone) -> EventLine {
    let key = format!("session-action-{}", line.action.replace('.', "-"));
    let mut what = documents::texts::Texts::embedded()
        .find(ctx.language(), &key)
        .unwrap_or_else(|| line.action.clone());
    if let Some(person) = &line.person {
        what = format!("{what} – {person}");
    }
    let changed: Vec<String> = line
        .changes
        .iter()
        .map(|(field, _, _)| {
            ctx.text(match field.as_str() {
                "module" => "session-module",
                "site_id" => "session-site",
                "room_id" => "session-room",
                "trainer_id" => "session-trainer",
                "starts_at" => "session-starts",
                "ends_at" => "session-ends",
                "least" => "session-least",
                "capacity" => "session-capacity",
                _ => "session-public-note",
            })
        })
        .collect();
    if !changed.is_empty() {
        what = format!("{what} ({})", changed.join(", "));
    }
    let by = match (line.actor_name.as_str(), line.actor_kind.as_str()) {
        ("", "visitor") => ctx.text("session-by-visitor"),
        ("", _) => ctx.text("session-by-system"),
        (name, _) => name.to_owned(),
    };
    EventLine {
        at: local(ctx, line.at, zone),
        by,
        what,
    }
}
