//! Registering, moving and withdrawing people at the desk.

use std::collections::BTreeMap;

use application::enrolment::{self, Answer as Decided, Move, Origin};
use application::people::{self, PersonInput, PersonListRow};
use application::session;
use axum::extract::Path;
use domain::enrolment::Decision;
use domain::id::PersonId;
use serde::{Deserialize, Serialize};

use crate::listing::{Confirm, Link, phone};
use crate::session::view::{Back, Line, answered, in_words, lines};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

/// Lines for new people in the form.
const NEW_PEOPLE: usize = 4;

/// Somebody found.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct FoundLine {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) firm: String,
    pub(super) commune: String,
    pub(super) contact: String,
    pub(super) has_email: bool,
}

/// A line of the form for new people.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct NewLine {
    pub(super) number: usize,
    /// Before the names of its fields: nothing for the first, `2.`, `3.` …
    pub(super) prefix: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) email: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RegisterPage {
    pub(super) session: Line,
    pub(super) when: String,
    pub(super) q: String,
    pub(super) searched: bool,
    pub(super) found: Vec<FoundLine>,
    pub(super) people: Vec<NewLine>,
    pub(super) organisation: String,
    pub(super) commune: String,
    pub(super) errors: FieldErrors,
}

impl Page for RegisterPage {
    const TEMPLATE: &'static str = "enrolment/register.html";
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    personne: String,
}

fn new_lines(typed: &BTreeMap<String, String>) -> Vec<NewLine> {
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    (1..=NEW_PEOPLE)
        .map(|number| {
            let prefix = if number == 1 {
                String::new()
            } else {
                format!("{number}.")
            };
            NewLine {
                number,
                name: value(&format!("{prefix}name")),
                phone: value(&format!("{prefix}phone")),
                email: value(&format!("{prefix}email")),
                prefix,
            }
        })
        .collect()
}

fn found_line(one: PersonListRow) -> FoundLine {
    let contact = [one.phone.map(|kept| phone(Some(&kept))), one.email.clone()];
    FoundLine {
        has_email: one.email.is_some(),
        contact: contact
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · "),
        firm: one.organisation_name.unwrap_or_default(),
        commune: one
            .commune_code
            .as_deref()
            .map(people::commune_label)
            .unwrap_or_default(),
        name: one.name,
        id: one.id,
    }
}

async fn register_page(ctx: &Ctx, id: &str, wanted: &Wanted) -> application::Result<RegisterPage> {
    let page = session::page(ctx.app(), ctx.actor(), id).await?;
    let mut q = wanted.q.clone();
    if q.trim().is_empty() && !wanted.personne.is_empty() {
        let known = people::person_page(ctx.app(), ctx.actor(), &wanted.personne).await?;
        q = known.person.name;
    }
    let mut found = people::look_up(ctx.app(), ctx.actor(), &q).await?;
    // Whoever was chosen stands first among their namesakes.
    found.sort_by_key(|one| one.id != wanted.personne);
    Ok(RegisterPage {
        session: Line::of(ctx, &page.session),
        when: in_words(ctx, &page.session),
        searched: !q.trim().is_empty(),
        q,
        found: found.into_iter().map(found_line).collect(),
        people: new_lines(&BTreeMap::new()),
        ..RegisterPage::default()
    })
}

/// `GET /bureau/seances/{id}/inscrire`: finds the person who calls, or takes down their details.
pub(super) async fn ask_register(ctx: Ctx, Path(id): Path<String>, query: Query<Wanted>) -> Answer {
    ctx.page(&register_page(&ctx, &id, &query.value).await?)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Known {
    person: String,
}

impl Known {
    fn id(&self) -> Result<PersonId, WebError> {
        PersonId::parse(&self.person).map_err(|_| WebError::not_found())
    }
}

/// `POST /bureau/seances/{id}/inscrire/connue`: registers somebody who is known.
pub(super) async fn register_known(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(sent): Form<Known>,
) -> Answer {
    let person = sent.id()?;
    let origin = Origin::Phone;
    let decided = enrolment::request(ctx.app(), ctx.actor(), &id, &[person], origin).await;
    let flashes = match decided {
        Ok(decided) => Ok(told(&ctx, &decided).await?),
        Err(error) => Err(error),
    };
    answered(&ctx, flashes, &format!("/bureau/seances/{id}"))
}

/// `POST /bureau/seances/{id}/inscrire`: registers people with their details, several of one firm at once.
pub(super) async fn register_new(
    ctx: Ctx,
    Path(id): Path<String>,
    Form(typed): Form<BTreeMap<String, String>>,
) -> Answer {
    let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
    let people: Vec<PersonInput> = new_lines(&typed)
        .into_iter()
        .filter(|line| {
            line.number == 1
                || ![&line.name, &line.phone, &line.email]
                    .into_iter()
                    .all(|text| text.trim().is_empty())
        })
        .map(|line| PersonInput {
            name: line.name,
            phone: line.phone,
            email: line.email,
            organisation: value("organisation"),
            commune: value("commune"),
            ..PersonInput::default()
        })
        .collect();
    let decided = enrolment::register(ctx.app(), ctx.actor(), &id, &people, Origin::Phone).await;
    match decided {
        Ok(decided) => {
            let flashes = told(&ctx, &decided).await?;
            Ok(ctx.redirect_with(&format!("/bureau/seances/{id}"), &flashes))
        }
        Err(error @ application::Error::Invalid(_)) => {
            let mut page = register_page(&ctx, &id, &Wanted::default()).await?;
            page.people = new_lines(&typed);
            page.organisation = value("organisation");
            page.commune = value("commune");
            page.errors = FieldErrors::of(error, ctx.language())?;
            ctx.invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// One sentence for each person.
async fn told(ctx: &Ctx, decided: &[Decided]) -> application::Result<Vec<Flash>> {
    let mut flashes = Vec::with_capacity(decided.len());
    for one in decided {
        let name = enrolment::name_of(ctx.app(), ctx.actor(), one.person).await?;
        flashes.push(match &one.decision {
            Decision::Placed => {
                Flash::ok(ctx.text_with("enrolment-done-placed", &[("name", name.into())]))
            }
            Decision::Waiting { rank, why } => {
                let (figure, number) = why.figure();
                let why = ctx.text_with(why.key(), &[(figure, number.into())]);
                Flash::wait(ctx.text_with(
                    "enrolment-done-waiting",
                    &[
                        ("name", name.into()),
                        ("rank", (*rank).into()),
                        ("why", why.into()),
                    ],
                ))
            }
            Decision::Refused { why } => {
                let why = match enrolment::refused(why) {
                    application::Error::Refused(refused) => refusal(&refused, ctx.language()),
                    other => return Err(other),
                };
                Flash::bad(ctx.text_with(
                    "enrolment-done-refused",
                    &[("name", name.into()), ("why", why.into())],
                ))
            }
        });
    }
    Ok(flashes)
}

/// `POST /bureau/seances/{id}/placer`: gives a seat past those who wait.
pub(super) async fn place(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Known>) -> Answer {
    let person = sent.id()?;
    let done = enrolment::place_by_hand(ctx.app(), ctx.actor(), &id, person).await;
    let flashes = done.map(|()| vec![Flash::ok(ctx.text("enrolment-done-by-hand"))]);
    answered(&ctx, flashes, &format!("/bureau/seances/{id}"))
}

/// `POST /bureau/seances/{id}/inviter`: sends a link that takes a seat.
pub(super) async fn invite(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Known>) -> Answer {
    let person = sent.id()?;
    let done = enrolment::invite(ctx.app(), ctx.actor(), &id, person).await;
    let flashes = done.map(|()| vec![Flash::ok(ctx.text("enrolment-done-invited"))]);
    answered(&ctx, flashes, &format!("/bureau/seances/{id}"))
}

/// The session of an enrolment and the name of who is registered.
async fn seat(ctx: &Ctx, id: &str) -> Result<(session::SessionPage, String), WebError> {
    let of = session::session_of_enrolment(ctx.app(), id).await?;
    let page = session::page(ctx.app(), ctx.actor(), &of).await?;
    let found = page.roster.iter().find(|one| one.line.enrolment_id == id);
    let name = found
        .map(|one| one.line.name.clone())
        .ok_or_else(WebError::not_found)?;
    Ok((page, name))
}

/// `GET /bureau/inscriptions/{id}/retirer`: is it really meant?
pub(super) async fn ask_withdraw(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (page, name) = seat(&ctx, &id).await?;
    ctx.page(&Confirm {
        title: ctx.text_with(
            "enrolment-withdraw-question",
            &[("name", name.as_str().into())],
        ),
        text: ctx.text("enrolment-withdraw-text"),
        yes: ctx.text("enrolment-withdraw"),
        action: format!("/bureau/inscriptions/{id}/retirer"),
        back: Link::new(
            in_words(&ctx, &page.session),
            format!("/bureau/seances/{}", page.session.session.id),
        ),
        version: page.session.session.version,
    })
}

async fn act(ctx: &Ctx, id: &str, what: Move, key: &str, sent: &Back) -> Answer {
    let of = session::session_of_enrolment(ctx.app(), id).await?;
    let done = enrolment::act(ctx.app(), ctx.actor(), id, what).await;
    let flashes = done.map(|()| vec![Flash::ok(ctx.text(key))]);
    let usual = format!("/bureau/seances/{of}");
    answered(ctx, flashes, sent.or(&usual))
}

/// `POST /bureau/inscriptions/{id}/retirer`: gives up the seat or the wait for somebody.
pub(super) async fn withdraw(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    act(&ctx, &id, Move::Withdraw, "enrolment-done-withdrawn", &sent).await
}

/// `POST /bureau/inscriptions/{id}/accepter`: somebody said yes on the telephone.
pub(super) async fn accept(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    act(&ctx, &id, Move::Accept, "enrolment-done-accepted", &sent).await
}

/// `POST /bureau/inscriptions/{id}/refuser`: somebody said no on the telephone.
pub(super) async fn decline(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<Back>) -> Answer {
    act(&ctx, &id, Move::Decline, "enrolment-done-declined", &sent).await
}

#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct MovePage {
    pub(super) enrolment: String,
    pub(super) name: String,
    pub(super) from: Line,
    pub(super) when: String,
    pub(super) others: Vec<Line>,
}

impl Page for MovePage {
    const TEMPLATE: &'static str = "enrolment/move.html";
}

/// `GET /bureau/inscriptions/{id}/deplacer`: the other dates.
pub(super) async fn ask_transfer(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (page, name) = seat(&ctx, &id).await?;
    ctx.page(&MovePage {
        enrolment: id,
        name,
        from: Line::of(&ctx, &page.session),
        when: in_words(&ctx, &page.session),
        others: lines(&ctx, &page.others),
    })
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct To {
    to: String,
    back: String,
}

/// `POST /bureau/inscriptions/{id}/deplacer`: moves somebody to another date.
pub(super) async fn transfer(ctx: Ctx, Path(id): Path<String>, Form(sent): Form<To>) -> Answer {
    let moved = enrolment::transfer(ctx.app(), ctx.actor(), &id, &sent.to).await;
    let flashes = moved.map(|decision| {
        vec![match decision {
            Decision::Waiting { rank, .. } => {
                Flash::wait(ctx.text_with("enrolment-done-moved-waiting", &[("rank", rank.into())]))
            }
            _ => Flash::ok(ctx.text("enrolment-done-moved")),
        }]
    });
    let usual = format!("/bureau/seances/{}", sent.to);
    let back = Back { back: sent.back };
    answered(&ctx, flashes, back.or(&usual))
}
