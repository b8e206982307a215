//! The mailbox: letters that went out, wait, failed, or are to be told by telephone. In the demonstration it is open to everybody, because
//! nothing leaves it.

#[cfg(test)]
pub(crate) mod samples;

use application::mail::{self, MailFilter, MailRow};
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::listing::Choice;
use crate::session::view::{Back, answered, instant};
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query, WebError};

/// Letters on one page.
const PER_PAGE: i64 = 50;

/// The stages of a letter, for the filter.
const STAGES: [&str; 5] = ["queued", "sent", "failed", "call", "called"];

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/courrier", get(list))
        .route("/bureau/courrier/{id}", get(show))
        .route("/bureau/courrier/{id}/agenda.ics", get(calendar))
        .route("/bureau/courrier/{id}/renvoyer", post(retry))
        .route("/courrier", get(list))
        .route("/courrier/{id}", get(show))
        .route("/courrier/{id}/agenda.ics", get(calendar))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    etat: String,
    page: String,
}

/// A letter in the list.
#[derive(Debug, Clone, Default, Serialize)]
struct LetterLine {
    id: String,
    to: String,
    address: String,
    subject: String,
    at: String,
    tone: &'static str,
    state: String,
}

#[derive(Debug, Clone, Default, Serialize)]
struct ListPage {
    layout: &'static str,
    path: &'static str,
    lead: String,
    q: String,
    stage: String,
    stages: Vec<Choice>,
    letters: Vec<LetterLine>,
    filtered: bool,
    total: i64,
    from: i64,
    to: i64,
    previous: Option<String>,
    next: Option<String>,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "mailbox/list.html";
}

/// A line of a letter; links stand alone on theirs.
#[derive(Debug, Clone, Default, Serialize)]
struct TextLine {
    text: String,
    href: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
struct LetterPage {
    layout: &'static str,
    path: &'static str,
    line: LetterLine,
    text: Vec<TextLine>,
    html: String,
    calendar: String,
    method: String,
    session: Option<String>,
    error: String,
    can_retry: bool,
}

impl Page for LetterPage {
    const TEMPLATE: &'static str = "mailbox/show.html";
}

/// Under which of its two addresses the mailbox was opened: the desk's, or the demonstration's, which is open to all.
fn place(ctx: &Ctx) -> Result<(&'static str, &'static str), WebError> {
    if ctx.path().starts_with("/bureau/") {
        // The desk's own address asks for the right even in the demonstration.
        let everything = application::access::Resource::everything();
        let action = application::access::Action::SeeMail;
        application::access::authorise(ctx.app(), ctx.actor(), action, &everything)?;
        return Ok(("shell/desk.html", "/bureau/courrier"));
    }
    if ctx.app().config().demonstration {
        Ok(("shell/public.html", "/courrier"))
    } else {
        Err(WebError::not_found())
    }
}

fn line(ctx: &Ctx, row: &MailRow) -> LetterLine {
    let at = Timestamp::from_millisecond(row.created_at).unwrap_or_default();
    LetterLine {
        id: row.id.clone(),
        to: row.recipient_name.clone(),
        address: row.recipient_address.clone(),
        subject: row.subject.clone(),
        at: instant(ctx.language(), ctx.zone().to_datetime(at)),
        tone: match row.stage.as_str() {
            "sent" | "called" => "ok",
            "failed" | "dropped" => "bad",
            _ => "wait",
        },
        state: ctx.text(&format!("mailbox-stage-{}", row.stage)),
    }
}

/// `GET /bureau/courrier` and `/courrier`: letters, newest first.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let (layout, path) = place(&ctx)?;
    let wanted = query.value;
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let filter = MailFilter {
        stage: some(&wanted.etat).filter(|stage| STAGES.contains(&stage.as_str())),
        search: some(&wanted.q),
        ..MailFilter::default()
    };
    let total = mail::count(ctx.app(), ctx.actor(), &filter).await?;
    let last = (total + PER_PAGE - 1) / PER_PAGE;
    let number = wanted
        .page
        .trim()
        .parse::<i64>()
        .unwrap_or(1)
        .clamp(1, last.max(1));
    let offset = (number - 1) * PER_PAGE;
    let paged = MailFilter {
        offset,
        limit: PER_PAGE,
        ..filter.clone()
    };
    let rows = mail::list(ctx.app(), ctx.actor(), &paged).await?;
    let to_page = |number: i64| {
        let number = number.to_string();
        let pairs = [
            ("q", wanted.q.as_str()),
            ("etat", wanted.etat.as_str()),
            ("page", number.as_str()),
        ];
        let query = serde_html_form::to_string(pairs).unwrap_or_default();
        format!("{path}?{query}")
    };
    let letters: Vec<LetterLine> = rows.iter().map(|row| line(&ctx, row)).collect();
    let shown = i64::try_from(letters.len()).unwrap_or_default();
    ctx.page(&ListPage {
        layout,
        path,
        lead: ctx.text(if ctx.app().config().demonstration {
            "mailbox-lead-demonstration"
        } else {
            "mailbox-lead"
        }),
        stages: STAGES
            .map(|stage| Choice::new(stage, ctx.text(&format!("mailbox-stage-{stage}"))))
            .to_vec(),
        filtered: filter.stage.is_some() || filter.search.is_some(),
        stage: filter.stage.unwrap_or_default(),
        previous: (number > 1).then(|| to_page(number - 1)),
        next: (number < last).then(|| to_page(number + 1)),
        q: wanted.q.clone(),
        letters,
        total,
        from: if total == 0 { 0 } else { offset + 1 },
        to: offset + shown,
    })
}

/// `GET /bureau/courrier/{id}` and `/courrier/{id}`: one letter.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (layout, path) = place(&ctx)?;
    let row = mail::get(ctx.app(), ctx.actor(), &id).await?;
    let at_desk = layout == "shell/desk.html";
    let about = row
        .subject_id
        .clone()
        .filter(|_| at_desk && row.subject_kind.as_deref() == Some("session"));
    ctx.page(&LetterPage {
        layout,
        path,
        line: line(&ctx, &row),
        session: about.map(|id| format!("/bureau/seances/{id}")),
        can_retry: at_desk && row.stage == "failed",
        text: text_lines(&row.text_body, &ctx.app().config().base_url),
        html: row.html_body,
        calendar: row.calendar_body.unwrap_or_default(),
        method: row.calendar_method.unwrap_or_default(),
        error: row.last_error,
    })
}

/// The lines of a letter; only addresses of this site become links.
fn text_lines(text: &str, base: &str) -> Vec<TextLine> {
    text.lines()
        .map(|line| TextLine {
            text: line.to_owned(),
            href: line
                .trim()
                .strip_prefix(base)
                .filter(|rest| rest.starts_with('/') && !rest.starts_with("//"))
                .map(str::to_owned),
        })
        .collect()
}

/// `GET …/{id}/agenda.ics`: the calendar file of a letter.
async fn calendar(ctx: Ctx, Path(id): Path<String>) -> Answer {
    place(&ctx)?;
    let row = mail::get(ctx.app(), ctx.actor(), &id).await?;
    let body = row.calendar_body.ok_or_else(WebError::not_found)?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"agenda.ics\"",
        ),
    ];
    Ok((headers, body).into_response())
}

/// `POST /bureau/courrier/{id}/renvoyer`: once more.
async fn retry(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    let done = mail::retry(ctx.app(), ctx.actor(), &id).await;
    let flashes = done.map(|()| vec![Flash::ok(ctx.text("mailbox-retried"))]);
    let here = format!("/bureau/courrier/{id}");
    answered(&ctx, flashes, sent.or(&here))
}
