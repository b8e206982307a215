//! The referent's own pages: who of the territory is where, and registering them.

use application::access::Role;
use application::enrolment::{self, Origin};
use application::pathway::{self, RelayedPerson, SessionOverview};
use application::people::{PersonInput, commune_label};
use documents::formats;
use documents::texts::Arg;
use domain::enrolment::Decision;
use domain::id::PersonId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::listing::{Asked, Cell, Choice, Field, FormPage, Head, Link, Listing};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, Flash, Form, Query, WebError};

const HOME: &str = "/referent";
const REGISTER: &str = "/referent/inscrire";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
}

fn title(ctx: &Ctx, slug: &str) -> String {
    application::content::catalogue().module(slug).map_or_else(
        || slug.to_owned(),
        |module| module.title.get(ctx.language()).to_owned(),
    )
}

fn when(ctx: &Ctx, at: i64, zone: &TimeZone) -> String {
    let local = Timestamp::from_millisecond(at)
        .map(|at| zone.to_datetime(at))
        .unwrap_or_default();
    let language = ctx.language();
    format!(
        "{}, {}",
        formats::date_without_year(language, local.date()),
        formats::time(language, local.time())
    )
}

/// `GET /referent`: the people of the territory, and what to do for them.
pub(super) async fn home(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let found = pathway::relayed(ctx.app(), ctx.actor()).await?;
    let (lead, rows) = match &found {
        Some((offered, people)) => {
            let number = i64::try_from(people.len()).unwrap_or(i64::MAX);
            let lead = ctx.text_with(
                "referent-home-lead",
                &[
                    ("number", Arg::Integer(number)),
                    ("season", Arg::from(offered.season.name.as_str())),
                ],
            );
            let shown = people
                .iter()
                .filter(|person| domain::text::contains_folded(&searched(person), &wanted.q))
                .map(|person| row(&ctx, person, &offered.zone));
            (lead, shown.collect())
        }
        None => (ctx.text("referent-home-no-season"), Vec::new()),
    };
    let listing = Listing {
        title: ctx.text("referent-home"),
        lead,
        path: HOME,
        actions: vec![
            Link::new(ctx.text("referent-enter"), "/referent/saisie"),
            Link::new(ctx.text("referent-register"), REGISTER),
            Link::new(ctx.text("referent-paper"), "/questionnaire/papier.pdf"),
        ],
        search_label: ctx.text("referent-search-people"),
        filters: Vec::new(),
        heads: vec![
            Head::text("name", ctx.text("referent-name")),
            Head::text("commune", ctx.text("referent-commune")),
            Head::text("level", ctx.text("referent-level")),
            Head::text("next", ctx.text("referent-next")),
            Head::number("seats", ctx.text("referent-seats")),
            Head::number("waiting", ctx.text("referent-waiting")),
            Head::text("organisation", ctx.text("referent-organisation")).exported_only(),
            Head::text("phone", ctx.text("referent-phone")),
        ],
        rows,
        empty: (
            ctx.text("referent-home-none"),
            ctx.text("referent-home-none-text"),
        ),
    };
    listing.answer(
        &ctx,
        &Asked {
            search: wanted.q,
            sort: wanted.tri,
            page: wanted.page,
            format: wanted.format,
        },
    )
}

fn searched(person: &RelayedPerson) -> String {
    let commune = person
        .commune_code
        .as_deref()
        .map(commune_label)
        .unwrap_or_default();
    format!(
        "{} {} {commune}",
        person.name,
        person.organisation_name.as_deref().unwrap_or_default()
    )
}

fn row(ctx: &Ctx, person: &RelayedPerson, zone: &TimeZone) -> Vec<Cell> {
    let level = match person.level {
        Some(level) => crate::pathway::level(ctx, u8::try_from(level).unwrap_or_default()),
        None => ctx.text("referent-no-path"),
    };
    let next = match (person.next_at, &person.next_module, &person.next_site) {
        (Some(at), Some(module), Some(site)) => {
            format!("{} : {}, {site}", when(ctx, at, zone), title(ctx, module))
        }
        _ => String::new(),
    };
    vec![
        Cell::link(&person.name, format!("/bureau/personnes/{}", person.id)),
        Cell::text(
            person
                .commune_code
                .as_deref()
                .map(commune_label)
                .unwrap_or_default(),
        ),
        Cell::text(level),
        Cell::text(next),
        Cell::number(person.seats),
        Cell::number(person.waiting),
        Cell::text(person.organisation_name.clone().unwrap_or_default()),
        Cell::text(crate::listing::phone(person.phone.as_deref())),
    ]
}

/// Somebody to register: known already, or by their details.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Registration {
    session: String,
    person: String,
    name: String,
    phone: String,
    email: String,
    commune: String,
}

async fn form(ctx: &Ctx, typed: &Registration) -> Result<FormPage, WebError> {
    let found = pathway::relayed(ctx.app(), ctx.actor()).await?;
    let Some((offered, people)) = found else {
        return Err(WebError::not_found().saying(ctx.text("referent-home-no-season")));
    };
    let sessions = pathway::coming(ctx.app(), &offered).await?;
    let session = |session: &SessionOverview| {
        let free = (session.capacity - session.placed - session.offered).max(0);
        let seats = ctx.text_with("pathway-seats-left", &[("seats", Arg::Integer(free))]);
        let label = format!(
            "{} : {}, {} ({seats})",
            when(ctx, session.starts_at, &offered.zone),
            title(ctx, &session.module),
            session.site_name
        );
        Choice::new(&session.id, label)
    };
    let people = people
        .iter()
        .map(|person| Choice::new(&person.id, searched(person)))
        .collect();
    let fields = vec![
        Field::select(
            "session",
            ctx.text("referent-session"),
            sessions.iter().map(session).collect(),
            &typed.session,
        )
        .required(),
        Field::select("person", ctx.text("referent-known"), people, &typed.person)
            .hint(ctx.text("referent-known-hint")),
        Field::line("text", "name", ctx.text("referent-name"), &typed.name),
        Field::line("tel", "phone", ctx.text("referent-phone"), &typed.phone),
        Field::line("email", "email", ctx.text("referent-email"), &typed.email),
        Field::line(
            "commune",
            "commune",
            ctx.text("referent-commune"),
            &typed.commune,
        )
        .hint(ctx.text("referent-new-hint")),
    ];
    let crumbs = vec![Link::new(ctx.text("referent-home"), HOME)];
    Ok(FormPage::new(
        ctx.text("referent-register"),
        crumbs,
        REGISTER.to_owned(),
        fields,
        "",
    ))
}

/// `GET /referent/inscrire`: a session and a person.
pub(super) async fn new(ctx: Ctx) -> Answer {
    ctx.page(&form(&ctx, &Registration::default()).await?)
}

/// `POST /referent/inscrire`: asks for the seat.
pub(super) async fn register(ctx: Ctx, Form(typed): Form<Registration>) -> Answer {
    let origin = if ctx.actor().is(Role::Referent) {
        Origin::Referent
    } else {
        Origin::Coordinator
    };
    if typed.session.is_empty() {
        let error = application::Error::field("session", domain::input::InputError::Empty);
        return form(&ctx, &typed).await?.again(&ctx, error, None);
    }
    let known: Option<PersonId> = typed.person.parse().ok();
    let asked = match known {
        Some(person) => {
            enrolment::request(ctx.app(), ctx.actor(), &typed.session, &[person], origin).await
        }
        None => {
            let input = PersonInput {
                name: typed.name.clone(),
                phone: typed.phone.clone(),
                email: typed.email.clone(),
                commune: typed.commune.clone(),
                ..PersonInput::default()
            };
            enrolment::register(ctx.app(), ctx.actor(), &typed.session, &[input], origin).await
        }
    };
    let answers = match asked {
        Ok(answers) => answers,
        // Nobody has a right to people of elsewhere: said at the field, not on a page of its own.
        Err(application::Error::Forbidden) => {
            let error =
                application::Error::field("commune", domain::input::InputError::UnknownChoice);
            return form(&ctx, &typed).await?.again(&ctx, error, None);
        }
        Err(error) => return form(&ctx, &typed).await?.again(&ctx, error, None),
    };
    let mut told = Vec::new();
    for answer in answers {
        told.push(match answer.decision {
            Decision::Placed => Flash::ok(ctx.text("referent-registered")),
            Decision::Waiting { rank, .. } => {
                let rank = Arg::Integer(i64::from(rank));
                Flash::wait(ctx.text_with("referent-registered-waiting", &[("rank", rank)]))
            }
            Decision::Refused { why } => match enrolment::refused(&why) {
                application::Error::Refused(why) => Flash::bad(refusal(&why, ctx.language())),
                other => return Err(other.into()),
            },
        });
    }
    Ok(ctx.redirect_with(HOME, &told))
}
