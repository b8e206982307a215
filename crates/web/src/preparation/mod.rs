//! The trainer's preparation of a session: its plan by the clock, papers, room, people and notes.

use application::people::commune_label;
use application::preparation::{
    self, Preparation, equipment, lines, part_name, part_text, shortage,
};
use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::State;
use crate::listing::Link;
use crate::shell::{Answer, Ctx, Page, WebError};

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/formateur/seances/{id}/preparation", get(show))
        .route("/formateur/seances/{id}/preparation.pdf", get(paper))
}

#[derive(Clone, Debug, Default, Serialize)]
struct StepView {
    from: Option<Time>,
    until: Option<Time>,
    minutes: i64,
    name: String,
    text: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct NeedView {
    name: String,
    tone: &'static str,
    state: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct PersonView {
    name: String,
    organisation: String,
    lines: Vec<String>,
}

#[derive(Clone, Debug, Default, Serialize)]
struct NoteView {
    author: String,
    day: Option<Date>,
    body: String,
}

/// The page.
#[derive(Clone, Debug, Default, Serialize)]
struct PreparationPage {
    id: String,
    title: String,
    day: Option<Date>,
    starts: Option<Time>,
    ends: Option<Time>,
    place: String,
    room: Option<String>,
    seats: Option<i64>,
    crumbs: Vec<Link>,
    steps: Vec<StepView>,
    papers: Vec<Link>,
    needs: Vec<NeedView>,
    short: Vec<String>,
    /// Whether something is missing for sure.
    lacks: bool,
    people: Vec<PersonView>,
    notes: Vec<NoteView>,
}

impl Page for PreparationPage {
    const TEMPLATE: &'static str = "preparation/page.html";
}

/// `GET /formateur/seances/{id}/preparation`: all that is to be known beforehand.
async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let all = preparation::preparation(ctx.app(), ctx.actor(), &id, ctx.language()).await?;
    ctx.page(&page(&ctx, &all)?)
}

/// `GET /formateur/seances/{id}/preparation.pdf`: the same to take along.
async fn paper(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let bytes = preparation::pdf(ctx.app(), ctx.actor(), &id, ctx.language()).await?;
    Ok(crate::attendance::pdf(&bytes, "preparation.pdf"))
}

fn page(ctx: &Ctx, all: &Preparation) -> Result<PreparationPage, WebError> {
    let language = ctx.language();
    let session = &all.sheet.session;
    let zone = &all.sheet.zone;
    let local = |milliseconds: i64| {
        Timestamp::from_millisecond(milliseconds)
            .map(|at| at.to_zoned(zone.clone()).datetime())
            .map_err(WebError::internal)
    };
    let (starts, ends) = (local(session.starts_at)?, local(session.ends_at)?);
    let place = [
        session.site_name.clone(),
        session.site_address.clone(),
        commune_label(&session.commune_code),
    ];
    Ok(PreparationPage {
        id: session.id.clone(),
        title: all
            .module
            .map_or(session.module.as_str(), |module| module.title.get(language))
            .to_owned(),
        day: Some(starts.date()),
        starts: Some(starts.time()),
        ends: Some(ends.time()),
        place: place
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        room: session.room_name.clone(),
        seats: all.seats,
        crumbs: vec![
            Link::new(ctx.text("attendance-days"), "/formateur"),
            Link::new(
                ctx.text("quiz-back-session"),
                format!("/formateur/seances/{}", session.id),
            ),
        ],
        steps: steps(ctx, all),
        papers: papers(ctx, all),
        needs: needs(ctx, all),
        short: all
            .short
            .iter()
            .map(|(slug, there)| shortage(slug, *there, all.sheet.people.len(), language))
            .collect(),
        lacks: all.needs.iter().any(|need| need.missing) || !all.short.is_empty(),
        people: all
            .sheet
            .people
            .iter()
            .map(|person| PersonView {
                name: person.line.name.clone(),
                organisation: person.line.organisation_name.clone().unwrap_or_default(),
                lines: lines(person, all.practice.get(&person.line.person_id), language),
            })
            .collect(),
        notes: all
            .sheet
            .earlier
            .iter()
            .map(|note| {
                Ok(NoteView {
                    author: note.author_name.clone(),
                    day: Some(local(note.created_at)?.date()),
                    body: note.body.clone(),
                })
            })
            .collect::<Result<_, WebError>>()?,
    })
}

/// The parts by the clock.
fn steps(ctx: &Ctx, all: &Preparation) -> Vec<StepView> {
    let clock = |at: Timestamp| at.to_zoned(all.sheet.zone.clone()).time();
    all.steps
        .iter()
        .map(|step| StepView {
            from: Some(clock(step.from)),
            until: Some(clock(step.until)),
            minutes: step.minutes(),
            name: part_name(step.part, ctx.language()),
            text: part_text(all, step.part, ctx.language()),
        })
        .collect()
}

/// What the room must have, and whether it has it.
fn needs(ctx: &Ctx, all: &Preparation) -> Vec<NeedView> {
    all.needs
        .iter()
        .map(|need| {
            let (tone, state) = match need.there {
                None => ("info", ctx.text("preparation-room-unknown")),
                Some(_) if need.missing => ("bad", ctx.text("preparation-room-missing")),
                Some(there) => (
                    "ok",
                    ctx.text_with("preparation-room-there", &[("count", there.into())]),
                ),
            };
            NeedView {
                name: equipment(&need.slug, ctx.language()),
                tone,
                state,
            }
        })
        .collect()
}

/// What to print.
fn papers(ctx: &Ctx, all: &Preparation) -> Vec<Link> {
    let session = &all.sheet.session.id;
    let here = format!("/formateur/seances/{session}");
    let mut papers = vec![
        Link::new(
            ctx.text("preparation-print"),
            format!("{here}/preparation.pdf"),
        ),
        Link::new(
            ctx.text("attendance-paper"),
            format!("{here}/emargement.pdf"),
        ),
    ];
    for (id, title) in &all.quizzes {
        let paper = format!("/bureau/quiz/{id}/papier.pdf?seance={session}");
        let named = |key: &str| ctx.text_with(key, &[("title", title.as_str().into())]);
        papers.push(Link::new(named("preparation-quiz"), paper.clone()));
        papers.push(Link::new(
            named("preparation-quiz-corrected"),
            format!("{paper}&corrige=oui"),
        ));
    }
    papers
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    use jiff::civil::{date, time};
    let full = PreparationPage {
        id: "1".into(),
        title: "Le courriel".into(),
        day: Some(date(2026, 10, 1)),
        starts: Some(time(14, 0, 0, 0)),
        ends: Some(time(16, 0, 0, 0)),
        place: "Cyber-centre, Frévent (62270)".into(),
        room: Some("Atelier".into()),
        seats: Some(4),
        crumbs: vec![Link::new("Mes séances", "/formateur")],
        steps: vec![StepView {
            from: Some(time(14, 0, 0, 0)),
            until: Some(time(14, 25, 0, 0)),
            minutes: 25,
            name: "Apport".into(),
            text: "Comment <b>voyage</b> un message.".into(),
        }],
        papers: vec![Link::new(
            "Feuille de présence",
            "/formateur/seances/1/emargement.pdf",
        )],
        needs: vec![
            NeedView {
                name: "Ordinateurs".into(),
                tone: "ok",
                state: "6 dans la salle".into(),
            },
            NeedView {
                name: "Imprimante".into(),
                tone: "bad",
                state: "Manque".into(),
            },
        ],
        short: vec!["Ordinateurs : 4 pour 6 personnes".into()],
        lacks: true,
        people: vec![PersonView {
            name: "Jeanne <Petit>".into(),
            organisation: "Boulangerie".into(),
            lines: vec!["Vient pour la première fois".into()],
        }],
        notes: vec![NoteView {
            author: "Paul".into(),
            day: Some(date(2026, 9, 1)),
            body: "Prévoir dix minutes de plus.".into(),
        }],
    };
    let bare = PreparationPage {
        title: "Le courriel".into(),
        day: Some(date(2026, 10, 1)),
        starts: Some(time(14, 0, 0, 0)),
        ends: Some(time(16, 0, 0, 0)),
        ..PreparationPage::default()
    };
    vec![Sample::of(full), Sample::of(bare)]
}
