//! Registering for a session without an account: the form, and what became of it.

use application::access::{Actor, limit, link};
use application::agenda::{self, Listed, Standing};
use application::content::{catalogue, vocabulary};
use application::enrolment::{self, Answer as Answered, Origin};
use application::people::{self, PersonInput};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use domain::catalogue::Audience;
use domain::enrolment::{Advice, Decision, Refusal};
use domain::id::EnrolmentId;
use domain::input::InputError;
use serde::{Deserialize, Serialize};

use super::view::{Card, Choice};
use crate::shell::{Answer, Client, Ctx, FieldErrors, Form, Page, Query, WebError};

/// What the seal of an answer's address is good for.
const PURPOSE: &str = "registered";
/// Hexadecimal digits of the seal that stand in the address: 128 bits.
const SEAL: usize = 32;
/// A longer address is none of ours.
const LONGEST: usize = 4_000;

/// What was typed. The second and third person are of the same firm.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    email: String,
    phone: String,
    commune: String,
    commune_code: String,
    organisation: String,
    profile: String,
    needs: String,
    #[serde(rename = "2.name")]
    name_2: String,
    #[serde(rename = "2.email")]
    email_2: String,
    #[serde(rename = "2.phone")]
    phone_2: String,
    #[serde(rename = "3.name")]
    name_3: String,
    #[serde(rename = "3.email")]
    email_3: String,
    #[serde(rename = "3.phone")]
    phone_3: String,
}

impl Typed {
    fn first(&self, language: &str) -> PersonInput {
        PersonInput {
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            // Chosen from the suggestions: its code, said as nobody can mistake it.
            commune: match people::commune_label(self.commune_code.trim()) {
                none if none.is_empty() => self.commune.clone(),
                chosen => chosen,
            },
            organisation: self.organisation.clone(),
            profiles: self.profiles(),
            language: language.to_owned(),
            needs: self.needs.clone(),
            ..PersonInput::default()
        }
    }

    fn profiles(&self) -> Vec<String> {
        Some(self.profile.clone())
            .filter(|profile| !profile.is_empty())
            .into_iter()
            .collect()
    }

    /// The others of the firm: of the same commune, firm and profile.
    fn others(&self, language: &str) -> Vec<PersonInput> {
        let first = self.first(language);
        [
            (&self.name_2, &self.email_2, &self.phone_2),
            (&self.name_3, &self.email_3, &self.phone_3),
        ]
        .into_iter()
        .filter(|(name, email, phone)| {
            ![name, email, phone]
                .iter()
                .all(|text| text.trim().is_empty())
        })
        .map(|(name, email, phone)| PersonInput {
            name: name.clone(),
            email: email.clone(),
            phone: phone.clone(),
            needs: String::new(),
            ..first.clone()
        })
        .collect()
    }
}

#[derive(Serialize)]
struct FormPage {
    card: Card,
    form: Typed,
    errors: FieldErrors,
    /// Of a reserved workshop: what one may be.
    profiles: Vec<Choice>,
    /// The name of a participant who is signed in.
    own: Option<String>,
    refusals: Vec<RefusalView>,
    before: Vec<Choice>,
    phone: Option<String>,
    email: Option<String>,
}

/// Why somebody was not registered.
#[derive(Serialize)]
struct RefusalView {
    name: String,
    key: &'static str,
    audiences: Vec<String>,
}

#[derive(Serialize)]
struct AnswerPage {
    card: Card,
    people: Vec<PersonAnswer>,
    before: Vec<Choice>,
    phone: Option<String>,
    own: bool,
}

#[derive(Serialize)]
struct PersonAnswer {
    name: String,
    /// `placed`, `waiting`, `offered`, `refused` or `over`.
    status: &'static str,
    rank: i64,
    /// Why there is no seat.
    wait_key: &'static str,
    ahead: u32,
    refusal: Option<RefusalView>,
    has_email: bool,
    withdraw: Option<String>,
}

impl Page for FormPage {
    const TEMPLATE: &'static str = "public/registration.html";
}

impl Page for AnswerPage {
    const TEMPLATE: &'static str = "public/registered.html";
}

/// What the address after registering carries, sealed: what became of each person.
#[derive(Serialize, Deserialize)]
struct Given {
    enrolment: Option<EnrolmentId>,
    decision: Decision,
    advice: Vec<Advice>,
}

/// `GET /seances/{id}/inscription`: the form.
pub(super) async fn form(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let listed = agenda::session(ctx.app(), &id).await?;
    if !is_open(&listed) {
        return Ok(ctx.redirect(&format!("/seances/{id}")));
    }
    let page = FormPage::of(&ctx, &listed, Typed::default());
    ctx.page(&page)
}

/// `POST /seances/{id}/inscription`: registers, or shows the form again with what was typed and why.
pub(super) async fn send(
    ctx: Ctx,
    Path(id): Path<String>,
    Client(client): Client,
    Form(typed): Form<Typed>,
) -> Answer {
    let listed = agenda::session(ctx.app(), &id).await?;
    let mut page = FormPage::of(&ctx, &listed, typed);
    let answers = match register(&ctx, &listed, &page, &client).await {
        Ok(answers) => answers,
        Err(error) => {
            page.errors = FieldErrors::of(error, ctx.language())?;
            return ctx.invalid(&page);
        }
    };
    if answers.iter().all(|answer| answer.enrolment.is_none()) {
        page.refused(&ctx, &answers);
        return ctx.page_with(StatusCode::CONFLICT, &page);
    }
    let given: Vec<Given> = answers
        .into_iter()
        .map(|answer| Given {
            enrolment: answer.enrolment,
            decision: answer.decision,
            advice: answer.advice,
        })
        .collect();
    let sealed = seal(&ctx, &id, &given)?;
    Ok(ctx.redirect(&format!("/seances/{id}/inscription/reponse?r={sealed}")))
}

async fn register(
    ctx: &Ctx,
    listed: &Listed,
    page: &FormPage,
    client: &str,
) -> application::Result<Vec<Answered>> {
    limit::count(ctx.app(), limit::ANONYMOUS, client).await?;
    let typed = &page.form;
    let others = typed.others(ctx.language().code());
    if let own @ Actor::Participant { .. } = ctx.actor() {
        return enrolment::register_own(ctx.app(), own, &listed.row.id, &others).await;
    }
    if !page.profiles.is_empty() && typed.profile.is_empty() {
        return Err(application::Error::field("profile", InputError::Empty));
    }
    let mut all = vec![typed.first(ctx.language().code())];
    all.extend(others);
    // Staff who use the public form ask as anybody does.
    enrolment::register(
        ctx.app(),
        &Actor::Visitor,
        &listed.row.id,
        &all,
        Origin::Web,
    )
    .await
}

/// Whether registrations are taken at all.
fn is_open(listed: &Listed) -> bool {
    matches!(
        listed.standing,
        Standing::Free { .. } | Standing::Full { .. }
    )
}

impl FormPage {
    fn of(ctx: &Ctx, listed: &Listed, form: Typed) -> Self {
        let language = ctx.language();
        let own = match ctx.actor() {
            Actor::Participant { name, .. } => Some(name.clone()),
            _ => None,
        };
        Self {
            card: Card::of(listed, language),
            profiles: if own.is_some() {
                Vec::new()
            } else {
                profiles(ctx, listed)
            },
            own,
            form,
            errors: FieldErrors::default(),
            refusals: Vec::new(),
            before: before(ctx, listed),
            phone: listed.row.contact_phone.clone(),
            email: listed.row.contact_email.clone(),
        }
    }

    fn refused(&mut self, ctx: &Ctx, answers: &[Answered]) {
        let names = self
            .own
            .iter()
            .cloned()
            .chain(self.own.is_none().then(|| self.form.name.clone()))
            .chain(
                self.form
                    .others(ctx.language().code())
                    .into_iter()
                    .map(|person| person.name),
            );
        let mut said = Vec::new();
        for (answer, name) in answers.iter().zip(names) {
            if let Decision::Refused { why } = &answer.decision {
                said.push(RefusalView::of(ctx, why, name));
            }
        }
        self.refusals = said;
    }
}

/// What one may be to come to a reserved workshop; empty when everybody may.
fn profiles(ctx: &Ctx, listed: &Listed) -> Vec<Choice> {
    let Some(audience) = listed
        .module
        .map(|module| module.audience)
        .filter(|audience| *audience != Audience::Everyone)
    else {
        return Vec::new();
    };
    vocabulary()
        .profiles
        .iter()
        .filter(|profile| profile.audiences.contains(&audience))
        .map(|profile| Choice::new(&profile.slug, profile.label.get(ctx.language())))
        .collect()
}

/// Workshops that come before.
fn before(ctx: &Ctx, listed: &Listed) -> Vec<Choice> {
    let slugs = listed
        .module
        .map(|module| module.prerequisites.as_slice())
        .unwrap_or_default();
    titles(ctx, slugs)
}

fn titles(ctx: &Ctx, slugs: &[String]) -> Vec<Choice> {
    slugs
        .iter()
        .filter_map(|slug| catalogue().module(slug))
        .map(|module| Choice::new(&module.slug, module.title.get(ctx.language())))
        .collect()
}

impl RefusalView {
    fn of(ctx: &Ctx, why: &Refusal, name: String) -> Self {
        let (key, audiences) = match why {
            Refusal::AlreadyEnrolled { .. } => ("public-registration-refused-known", Vec::new()),
            Refusal::ReservedTo { audiences } => (
                "public-registration-refused-reserved",
                audiences
                    .iter()
                    .filter_map(|slug| Audience::from_slug(slug))
                    .filter_map(|audience| vocabulary().audience(audience))
                    .map(|term| term.label.get(ctx.language()).to_owned())
                    .collect(),
            ),
            // Which session it is stays with the person: whoever types a name need not know.
            Refusal::Clash { .. } => ("public-registration-refused-clash", Vec::new()),
            Refusal::Closed { .. } => ("public-registration-refused-closed", Vec::new()),
            _ => ("public-registration-refused-other", Vec::new()),
        };
        Self {
            name,
            key,
            audiences,
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Sealed {
    r: String,
}

/// `GET /seances/{id}/inscription/reponse`: what became of a registration, as it stands now.
pub(super) async fn answer(ctx: Ctx, Path(id): Path<String>, query: Query<Sealed>) -> Answer {
    let given = open(&ctx, &id, &query.value.r).ok_or_else(WebError::not_found)?;
    let listed = agenda::session(ctx.app(), &id).await?;
    let mut advised: Vec<String> = Vec::new();
    let mut people = Vec::new();
    for given in given {
        for Advice::TakeFirst { modules } in &given.advice {
            advised.extend(
                modules
                    .iter()
                    .filter(|slug| !advised.contains(slug))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        people.push(person_answer(&ctx, given).await?);
    }
    let page = AnswerPage {
        card: Card::of(&listed, ctx.language()),
        people,
        before: titles(&ctx, &advised),
        phone: listed.row.contact_phone.clone(),
        own: matches!(ctx.actor(), Actor::Participant { .. }),
    };
    let mut response: Response = ctx.page(&page)?.into_response();
    // The address opens what the page tells: it must not go along to other sites or into shared caches.
    response.headers_mut().insert(
        axum::http::header::REFERRER_POLICY,
        axum::http::HeaderValue::from_static("no-referrer"),
    );
    response.headers_mut().insert(
        axum::http::header::CACHE_CONTROL,
        axum::http::HeaderValue::from_static("no-store"),
    );
    Ok(response)
}

async fn person_answer(ctx: &Ctx, given: Given) -> Result<PersonAnswer, WebError> {
    let Some(id) = given.enrolment else {
        let refusal = match &given.decision {
            Decision::Refused { why } => Some(RefusalView::of(ctx, why, String::new())),
            _ => None,
        };
        return Ok(PersonAnswer {
            name: String::new(),
            status: "refused",
            rank: 0,
            wait_key: "",
            ahead: 0,
            refusal,
            has_email: false,
            withdraw: None,
        });
    };
    let now = enrolment::standing(ctx.app(), &id.to_string()).await?;
    let (wait_key, ahead) = match &given.decision {
        Decision::Waiting {
            why: domain::enrolment::WaitReason::OthersFirst { ahead },
            ..
        } => ("public-registration-wait-others", *ahead),
        _ => ("public-registration-wait-full", 0),
    };
    let status = match now.stage.as_str() {
        "placed" => "placed",
        "waiting" => "waiting",
        "offered" => "offered",
        _ => "over",
    };
    Ok(PersonAnswer {
        name: now.name,
        status,
        rank: now.rank,
        wait_key,
        ahead,
        refusal: None,
        has_email: now.has_email,
        withdraw: (status != "over")
            .then(|| link::enrolment(ctx.app(), id, "retrait"))
            .transpose()?,
    })
}

/// What became of the request, for the address of the next page.
fn seal(ctx: &Ctx, session: &str, given: &[Given]) -> Result<String, WebError> {
    let json = serde_json::to_vec(given).map_err(WebError::internal)?;
    let text = data_encoding::BASE64URL_NOPAD.encode(&json);
    let mut seal = ctx.app().seal(PURPOSE, &format!("{session} {text}"))?;
    seal.truncate(SEAL);
    Ok(format!("{text}.{seal}"))
}

/// What an address carries, if we sealed it for this session.
fn open(ctx: &Ctx, session: &str, sealed: &str) -> Option<Vec<Given>> {
    let (text, seal) = sealed
        .rsplit_once('.')
        .filter(|_| sealed.len() <= LONGEST)?;
    let mut right = ctx.app().seal(PURPOSE, &format!("{session} {text}")).ok()?;
    right.truncate(SEAL);
    // Both are made of a secret of this installation: the time of the comparison tells nothing worth knowing, but costs nothing to hide.
    let differs = right
        .bytes()
        .zip(seal.bytes())
        .fold(right.len() ^ seal.len(), |differs, (one, other)| {
            differs | usize::from(one ^ other)
        });
    if differs != 0 {
        return None;
    }
    let json = data_encoding::BASE64URL_NOPAD
        .decode(text.as_bytes())
        .ok()?;
    serde_json::from_slice(&json).ok()
}

#[cfg(test)]
#[expect(clippy::too_many_lines, reason = "one sample after the other")]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use super::view::samples::card;
    use crate::shell::form::sentence;
    use crate::shell::sample::Sample;
    let form = |own: Option<&str>, filled: bool| {
        let mut errors = FieldErrors::default();
        if filled {
            let empty = sentence(&InputError::Empty, domain::language::Language::Fr);
            errors.add("email", empty.clone());
            errors.add("profile", empty.clone());
            errors.add("2.name", empty);
        }
        FormPage {
            card: card(if filled { "full" } else { "free" }),
            form: Typed {
                name: "<b>Zoé</b>".to_owned(),
                phone_2: "03".to_owned(),
                ..Typed::default()
            },
            errors,
            profiles: if filled || own.is_none() {
                vec![Choice::new("agriculteur", "Agriculteur")]
            } else {
                Vec::new()
            },
            own: own.map(str::to_owned),
            refusals: if filled {
                [
                    "public-registration-refused-known",
                    "public-registration-refused-reserved",
                    "public-registration-refused-clash",
                    "public-registration-refused-closed",
                    "public-registration-refused-other",
                ]
                .map(|key| RefusalView {
                    name: "Zoé".to_owned(),
                    key,
                    audiences: vec!["Agriculteurs".to_owned()],
                })
                .into()
            } else {
                Vec::new()
            },
            before: vec![Choice::new("courriel", "Le courriel")],
            phone: filled.then(|| "+33321000000".to_owned()),
            email: None,
        }
    };
    let person = |status: &'static str, wait_key: &'static str| PersonAnswer {
        name: "Zoé".to_owned(),
        status,
        rank: 2,
        wait_key,
        ahead: 1,
        refusal: (status == "refused").then(|| RefusalView {
            name: String::new(),
            key: "public-registration-refused-known",
            audiences: Vec::new(),
        }),
        has_email: status == "placed",
        withdraw: Some("/inscriptions/1/retrait?cle=2".to_owned()),
    };
    vec![
        Sample::of(form(None, false)),
        Sample::of(form(None, true)),
        Sample::of(form(Some("Zoé"), false)),
        Sample::of(AnswerPage {
            card: card("free"),
            people: vec![
                person("placed", "public-registration-wait-full"),
                person("waiting", "public-registration-wait-full"),
                person("waiting", "public-registration-wait-others"),
                person("offered", "public-registration-wait-full"),
                person("over", "public-registration-wait-full"),
                person("refused", "public-registration-wait-full"),
            ],
            before: vec![Choice::new("courriel", "Le courriel")],
            phone: Some("+33321000000".to_owned()),
            own: false,
        }),
        Sample::of(AnswerPage {
            card: card("full"),
            people: vec![person("placed", "public-registration-wait-full")],
            before: Vec::new(),
            phone: None,
            own: true,
        }),
    ]
}
