//! The participant's own space: path, registrations, documents, details, and what is kept of them.

mod details;
mod registrations;

use application::access::{Actor, sign_in};
use application::certificate::Printed;
use application::{agenda, pathway, people, quiz};
use axum::Router;
use axum::http::header;
use axum::response::IntoResponse as _;
use axum::routing::{get, post};
use domain::certificate::Kind;
use domain::id::PersonId;
use jiff::civil::DateTime;
use serde::Serialize;

use crate::State;
use crate::assessment::Proposal;
use crate::pathway::{StepCard, cards, level, sheet};
use crate::public::Card;
use crate::satisfaction::OpinionLink;
use crate::shell::{Answer, Ctx, Flash, Form, Page, WebError};

/// The addresses of the participant's space. Certificates are with their own area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/mon-espace", get(overview))
        .route("/mon-espace/parcours.pdf", get(print))
        .route(
            "/mon-espace/inscriptions/{id}/retrait",
            get(registrations::ask_withdraw).post(registrations::withdraw),
        )
        .route(
            "/mon-espace/inscriptions/{id}/accepter",
            post(registrations::accept),
        )
        .route(
            "/mon-espace/inscriptions/{id}/refuser",
            post(registrations::decline),
        )
        .route(
            "/mon-espace/coordonnees",
            get(details::form).post(details::save),
        )
        .route("/mon-espace/donnees.json", get(export))
        .route("/mon-espace/effacement", get(ask_erase).post(erase))
        .route("/mon-espace/deconnexion-partout", post(out_everywhere))
}

#[derive(Serialize)]
struct Overview {
    name: String,
    coming: Vec<Registration>,
    past: Vec<Registration>,
    path: Option<PathShown>,
    test: Option<Proposal>,
    certificates: Vec<Certificate>,
    quizzes: Vec<QuizShown>,
    /// Whether there is a page of the talk at the end of the path.
    looked_back: bool,
    opinions: Vec<OpinionLink>,
    email: Option<String>,
    phone: Option<String>,
    commune: String,
    organisation: Option<String>,
    needs: String,
}

/// A registration of one's own.
#[derive(Serialize)]
pub(crate) struct Registration {
    pub(crate) id: String,
    pub(crate) card: Card,
    /// `placed`, `waiting`, `offered` or `cancelled`.
    pub(crate) stage: &'static str,
    pub(crate) rank: i64,
    /// Why one waits.
    pub(crate) wait_key: &'static str,
    pub(crate) until: Option<DateTime>,
}

#[derive(Serialize)]
struct PathShown {
    level: String,
    steps: Vec<StepCard>,
}

#[derive(Serialize)]
struct Certificate {
    id: String,
    season: String,
    minutes: i64,
    /// Certifies success, not attendance alone.
    success: bool,
    /// There is a copy for the employer.
    agent: bool,
    /// Minutes in all seasons of the programme when it was given.
    cumulative: i64,
}

/// A quiz of a session of one's own.
#[derive(Serialize)]
struct QuizShown {
    href: String,
    title: String,
    score: Option<String>,
    open: bool,
}

#[derive(Serialize)]
struct Erase {}

impl Page for Overview {
    const TEMPLATE: &'static str = "space/overview.html";
}

impl Page for Erase {
    const TEMPLATE: &'static str = "space/erase.html";
}

/// A form without fields: a button.
#[derive(Debug, serde::Deserialize)]
pub(crate) struct Pressed {}

/// The participant who is signed in.
pub(crate) fn participant(ctx: &Ctx) -> Result<PersonId, WebError> {
    match ctx.actor() {
        Actor::Participant { person, .. } => Ok(*person),
        Actor::Visitor => Err(WebError::sign_in()),
        _ => Err(WebError::forbidden().saying(ctx.text("space-not-staff"))),
    }
}

/// `GET /mon-espace`: everything of one's own.
async fn overview(ctx: Ctx) -> Answer {
    let person = participant(&ctx)?;
    let (row, organisation) = people::own_record(ctx.app(), ctx.actor()).await?;
    let all: Vec<Registration> = agenda::own(ctx.app(), ctx.actor())
        .await?
        .iter()
        .map(|own| Registration::of(&ctx, own))
        .collect();
    let (past, coming) = all
        .into_iter()
        .partition(|registration| registration.card.standing == "over");
    let path = pathway::current(ctx.app(), ctx.actor(), person)
        .await?
        .map(|view| PathShown {
            level: level(&ctx, view.level),
            steps: cards(&ctx, &view),
        });
    let certificates = people::own_certificates(ctx.app(), ctx.actor())
        .await?
        .into_iter()
        .map(|certificate| {
            let printed: Option<Printed> = serde_json::from_str(&certificate.content).ok();
            let printed = printed.as_ref();
            Certificate {
                id: certificate.id,
                season: certificate.season_name,
                minutes: certificate.minutes,
                success: printed.is_some_and(|one| one.earned.kind == Kind::Success),
                agent: printed.is_some_and(|one| one.is_agent),
                cumulative: printed.map_or(0, |one| i64::from(one.cumulative.0)),
            }
        })
        .collect();
    let test = application::assessment::own_invitation(ctx.app(), ctx.actor())
        .await?
        .map(|invitation| Proposal::of(invitation, "/mon-espace/test".to_owned()));
    let quizzes = quiz::own(ctx.app(), ctx.actor())
        .await?
        .into_iter()
        .map(|one| QuizShown {
            href: format!("/mon-espace/seances/{}/quiz/{}", one.session, one.quiz),
            title: one.title,
            score: one.score.map(|score| crate::quiz::share(&ctx, score)),
            open: one.open,
        })
        .collect();
    ctx.page(&Overview {
        test,
        quizzes,
        commune: row
            .commune_code
            .as_deref()
            .map(people::commune_label)
            .unwrap_or_default(),
        organisation: organisation.map(|organisation| organisation.name),
        name: row.name,
        email: row.email,
        phone: row.phone,
        needs: row.needs,
        coming,
        past,
        path,
        certificates,
        looked_back: crate::debrief::has_own(&ctx).await?,
        opinions: crate::satisfaction::own(&ctx).await?,
    })
}

impl Registration {
    pub(crate) fn of(ctx: &Ctx, own: &agenda::Own) -> Self {
        let card = Card::of(&own.session, ctx.language());
        let stage = match own.enrolment.stage.as_str() {
            _ if card.standing == "cancelled" => "cancelled",
            "placed" => "placed",
            "offered" => "offered",
            "waiting" => "waiting",
            _ => "cancelled",
        };
        Self {
            id: own.enrolment.id.clone(),
            card,
            stage,
            rank: own.enrolment.rank,
            wait_key: if own.session.seats_left() > 0 && own.enrolment.rank > 1 {
                "public-registration-wait-others"
            } else {
                "public-registration-wait-full"
            },
            until: own.offered_until,
        }
    }
}

/// `GET /mon-espace/parcours.pdf`: one's path on paper.
async fn print(ctx: Ctx) -> Answer {
    let person = participant(&ctx)?;
    let view = pathway::current(ctx.app(), ctx.actor(), person)
        .await?
        .ok_or_else(WebError::not_found)?;
    let sheet = sheet(&ctx, &view);
    let bytes = tokio::task::spawn_blocking(move || sheet.pdf())
        .await
        .map_err(WebError::internal)?
        .map_err(WebError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (
            header::CONTENT_DISPOSITION,
            "inline; filename=\"parcours.pdf\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /mon-espace/donnees.json`: everything kept of oneself, to take away.
async fn export(ctx: Ctx) -> Answer {
    let person = participant(&ctx)?;
    let data = people::export_person(ctx.app(), ctx.actor(), person).await?;
    let text = serde_json::to_string_pretty(&data).map_err(WebError::internal)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"mes-donnees.json\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// `GET /mon-espace/effacement`: what erasing does, before it is done.
async fn ask_erase(ctx: Ctx) -> Answer {
    participant(&ctx)?;
    ctx.page(&Erase {})
}

/// `POST /mon-espace/effacement`: erases, for good.
async fn erase(ctx: Ctx, Form(Pressed {}): Form<Pressed>) -> Answer {
    let person = participant(&ctx)?;
    people::erase_person(ctx.app(), ctx.actor(), person).await?;
    let mut response = ctx.redirect_with("/", &[Flash::ok(ctx.text("space-erased"))]);
    ctx.end_session(&mut response);
    Ok(response)
}

/// `POST /mon-espace/deconnexion-partout`: ends every sign-in and makes every link sent so far void.
async fn out_everywhere(ctx: Ctx, Form(Pressed {}): Form<Pressed>) -> Answer {
    participant(&ctx)?;
    sign_in::out_everywhere(ctx.app(), ctx.actor()).await?;
    let mut response = ctx.redirect_with("/", &[Flash::ok(ctx.text("space-out"))]);
    ctx.end_session(&mut response);
    Ok(response)
}

/// Samples of the participant's pages.
#[cfg(test)]
#[expect(clippy::too_many_lines, reason = "each look of the page, in full")]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::public::sample_card;
    use crate::shell::sample::Sample;
    let registration = |stage: &'static str, standing: &'static str| Registration {
        id: "1".to_owned(),
        card: sample_card(standing),
        stage,
        rank: 2,
        wait_key: "public-registration-wait-others",
        until: Some(jiff::civil::date(2026, 10, 1).at(12, 0, 0, 0)),
    };
    let mut samples = vec![
        Sample::of(Overview {
            name: "Zoé <Petit>".to_owned(),
            coming: vec![
                registration("placed", "free"),
                registration("waiting", "full"),
                registration("offered", "full"),
                registration("cancelled", "cancelled"),
            ],
            past: vec![registration("placed", "over")],
            path: Some(PathShown {
                level: "Vous débutez".to_owned(),
                steps: vec![StepCard {
                    module: "courriel".to_owned(),
                    title: "Le courriel".to_owned(),
                    reasons: vec!["Parce que <vous> l’avez dit".to_owned()],
                    outcome: "absent",
                    ..StepCard::default()
                }],
            }),
            test: Some(Proposal {
                stage: "new",
                after: true,
                href: "/mon-espace/test".to_owned(),
                before: Some("/test/1/resultat?cle=2".to_owned()),
                applied: true,
            }),
            certificates: vec![Certificate {
                id: "1".to_owned(),
                season: "Automne 2026".to_owned(),
                minutes: 360,
                success: true,
                agent: true,
                cumulative: 720,
            }],
            quizzes: vec![
                QuizShown {
                    href: "/mon-espace/seances/1/quiz/1".to_owned(),
                    title: "Le <courriel>".to_owned(),
                    score: None,
                    open: true,
                },
                QuizShown {
                    href: "/mon-espace/seances/2/quiz/1".to_owned(),
                    title: "Sécurité".to_owned(),
                    score: Some("83 %".to_owned()),
                    open: false,
                },
            ],
            looked_back: true,
            opinions: vec![
                OpinionLink {
                    title: "Le <courriel>".to_owned(),
                    day: Some(jiff::civil::date(2026, 10, 1)),
                    href: "/avis/seance/1/abc".to_owned(),
                },
                OpinionLink {
                    title: "Automne".to_owned(),
                    day: None,
                    href: "/avis/saison/1/abc".to_owned(),
                },
            ],
            email: Some("zoe@exemple.fr".to_owned()),
            phone: Some("+33321000000".to_owned()),
            commune: "Frévent (62270)".to_owned(),
            organisation: Some("Boulangerie".to_owned()),
            needs: "Grand écran".to_owned(),
        }),
        Sample::of(Overview {
            name: "Zoé".to_owned(),
            coming: Vec::new(),
            past: Vec::new(),
            path: None,
            test: Some(Proposal {
                stage: "declined",
                ..Proposal::default()
            }),
            certificates: Vec::new(),
            quizzes: Vec::new(),
            looked_back: false,
            opinions: Vec::new(),
            email: None,
            phone: None,
            commune: String::new(),
            organisation: None,
            needs: String::new(),
        }),
        Sample::of(Erase {}),
    ];
    samples.extend(registrations::samples());
    samples.extend(details::samples());
    samples
}
