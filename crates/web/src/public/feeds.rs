//! The agenda for calendars and news readers, with the same filters as the page.

use std::fmt::Write as _;

use application::agenda::{self, Filter, Listed, Standing, Wanted};
use atom_syndication::{Content, Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::http::header;
use axum::response::IntoResponse;
use documents::calendar::{self, Event};
use documents::formats;
use documents::texts::Arg;
use jiff::Timestamp;

use super::Public;
use super::agenda::query_of;
use crate::shell::{Answer, Ctx, Query, WebError};

/// `GET /agenda.ics`: the agenda as a calendar to subscribe to.
pub(super) async fn calendar(public: Public, query: Query<Filter>) -> Answer {
    public
        .answer(async move |ctx| calendar_of(ctx, query.value).await)
        .await
}

async fn calendar_of(ctx: Ctx, filter: Filter) -> Answer {
    let (sessions, wanted) = agenda::feed(ctx.app(), &filter).await?;
    let events = sessions
        .iter()
        .map(|listed| event(&ctx, listed))
        .collect::<Result<Vec<_>, _>>()?;
    let body = calendar::feed(&title(&ctx, &wanted), &events);
    Ok((
        [(header::CONTENT_TYPE, "text/calendar; charset=utf-8")],
        body,
    )
        .into_response())
}

/// `GET /seances/{id}.ics`: one session for one's own calendar.
pub(super) fn session_file(ctx: &Ctx, listed: &Listed) -> Answer {
    let body = calendar::file(calendar::Method::Publish, &event(ctx, listed)?);
    Ok((
        [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"seance.ics\"",
            ),
        ],
        body,
    )
        .into_response())
}

/// `GET /agenda.atom`: the agenda for news readers and other sites.
pub(super) async fn atom(public: Public, query: Query<Filter>) -> Answer {
    public
        .answer(async move |ctx| atom_of(ctx, query.value).await)
        .await
}

async fn atom_of(ctx: Ctx, filter: Filter) -> Answer {
    let (sessions, wanted) = agenda::feed(ctx.app(), &filter).await?;
    let base = ctx.state.settings.base.clone();
    let query = query_of(&filter);
    let updated = sessions
        .iter()
        .map(|listed| listed.row.stage_at)
        .max()
        .unwrap_or_else(|| ctx.app().now().as_millisecond());
    let feed = Feed {
        title: Text::plain(title(&ctx, &wanted)),
        id: format!("{base}/agenda.atom{query}"),
        updated: moment(updated)?,
        authors: vec![Person {
            name: ctx.identity().programme.clone(),
            ..Person::default()
        }],
        links: vec![
            link("self", format!("{base}/agenda.atom{query}")),
            link("alternate", format!("{base}/agenda{query}")),
        ],
        entries: sessions
            .iter()
            .map(|listed| entry(&ctx, listed))
            .collect::<Result<_, _>>()?,
        lang: Some(ctx.language().code().to_owned()),
        ..Feed::default()
    };
    let kind = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")];
    Ok((kind, feed.to_string()).into_response())
}

fn entry(ctx: &Ctx, listed: &Listed) -> Result<Entry, WebError> {
    let language = ctx.language();
    let address = address(ctx, listed);
    let when = when(ctx, listed);
    let title = format!(
        "{} – {}, {}",
        listed.title(language),
        formats::date_without_year(language, listed.starts.date()),
        place(listed)
    );
    Ok(Entry {
        title: Text::plain(title),
        id: address.clone(),
        updated: moment(listed.row.stage_at)?,
        links: vec![link("alternate", address)],
        summary: Some(Text::plain(format!("{when}. {}", standing(ctx, listed)))),
        content: Some(Content {
            value: Some(description(ctx, listed)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    })
}

fn link(rel: &str, href: String) -> Link {
    Link {
        rel: rel.to_owned(),
        href,
        ..Link::default()
    }
}

fn moment(milliseconds: i64) -> Result<FixedDateTime, WebError> {
    let instant = Timestamp::from_millisecond(milliseconds).map_err(WebError::internal)?;
    instant
        .to_string()
        .parse()
        .map_err(|error| WebError::internal(format!("{instant}: {error}")))
}

/// The name of a feed: the programme's, and around which commune.
fn title(ctx: &Ctx, wanted: &Wanted) -> String {
    let programme = Arg::from(ctx.identity().programme.clone());
    match &wanted.near {
        Some(near) => ctx.text_with(
            "agenda-feed-near",
            &[
                ("programme", programme),
                ("commune", Arg::from(near.label.clone())),
            ],
        ),
        None => ctx.text_with("agenda-feed", &[("programme", programme)]),
    }
}

/// A session as calendars see it.
fn event(ctx: &Ctx, listed: &Listed) -> Result<Event, WebError> {
    let instant =
        |milliseconds| Timestamp::from_millisecond(milliseconds).map_err(WebError::internal);
    let row = &listed.row;
    Ok(Event {
        uid: format!("{}@{}", row.id, ctx.state.settings.host()),
        sequence: u32::try_from(row.calendar_sequence).unwrap_or_default(),
        stamp: instant(row.stage_at)?,
        start: instant(row.starts_at)?,
        end: instant(row.ends_at)?,
        summary: listed.title(ctx.language()).to_owned(),
        description: description(ctx, listed),
        location: location(listed),
        position: listed.position.map(|point| (point.lat, point.lon)),
        url: Some(address(ctx, listed)),
        organizer: None,
        attendee: None,
        standing: match (listed.standing, listed.opening) {
            (Standing::Cancelled, _) => calendar::Standing::Cancelled,
            (_, Some(_)) => calendar::Standing::Tentative,
            _ => calendar::Standing::Confirmed,
        },
    })
}

/// The public address of a session.
pub(super) fn address(ctx: &Ctx, listed: &Listed) -> String {
    format!("{}/seances/{}", ctx.state.settings.base, listed.row.id)
}

/// Site, street and commune on one line.
pub(super) fn location(listed: &Listed) -> String {
    let mut line = listed.row.site_name.clone();
    for part in [listed.row.site_address.as_str(), listed.commune_name()] {
        if !part.is_empty() {
            let _ = write!(line, ", {part}");
        }
    }
    line
}

/// Site and commune, the commune once.
fn place(listed: &Listed) -> String {
    let (site, commune) = (&listed.row.site_name, listed.commune_name());
    if commune.is_empty() || site.contains(commune) {
        site.clone()
    } else {
        format!("{site}, {commune}")
    }
}

fn when(ctx: &Ctx, listed: &Listed) -> String {
    format!(
        "{}, {}",
        formats::date(ctx.language(), listed.starts.date()),
        formats::time_range(ctx.language(), listed.starts.time(), listed.ends.time())
    )
}

/// How a session stands, in one sentence.
pub(super) fn standing(ctx: &Ctx, listed: &Listed) -> String {
    match listed.standing {
        Standing::Cancelled => ctx.text("agenda-cancelled"),
        Standing::Over => ctx.text("agenda-over"),
        Standing::Full { waiting } => {
            ctx.text_with("agenda-full", &[("waiting", i64::from(waiting).into())])
        }
        Standing::Free { left } => {
            let left = ctx.text_with("agenda-left", &[("n", i64::from(left).into())]);
            match listed.opening {
                Some(opening) => {
                    let numbers = [
                        ("least", i64::from(opening.least).into()),
                        ("missing", i64::from(opening.missing).into()),
                    ];
                    format!("{left}. {}", ctx.text_with("agenda-opens", &numbers))
                }
                None => left,
            }
        }
    }
}

/// What one can do afterwards, the public note, and how the session stands.
fn description(ctx: &Ctx, listed: &Listed) -> String {
    let language = ctx.language();
    let aims = listed
        .module
        .map(|module| module.aims.as_slice())
        .unwrap_or_default();
    let mut lines: Vec<String> = aims
        .iter()
        .map(|aim| format!("– {}", aim.get(language)))
        .collect();
    lines.push(format!("{}.", standing(ctx, listed)));
    if !listed.row.public_note.is_empty() {
        lines.push(listed.row.public_note.clone());
    }
    lines.push(address(ctx, listed));
    lines.join("\n")
}
