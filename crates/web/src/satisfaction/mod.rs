//! What people think, without who they are: the form behind a link, and the results from five answers on.

use std::collections::BTreeMap;

use application::satisfaction::{self, About, Outcome, RatedRow};
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::{get, post};
use documents::formats;
use documents::texts::Arg;
use domain::language::Language;
use domain::questionnaire::{AnswerError, Questionnaire};
use domain::satisfaction::{Figure, Results};
use domain::text::fold;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::State;
use crate::listing::{self, Cell, Head, Link, Listing};
use crate::questionnaire::{Asked, asked, wrong};
use crate::session::or_no_season;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query, WebError};

const LIST: &str = "/bureau/avis";

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/avis/{word}/{id}/{token}", get(open).post(answer))
        .route("/bureau/avis", get(list))
        .route("/bureau/avis/{word}/{id}", get(see))
        .route("/bureau/avis/{word}/{id}/demander", post(ask))
}

/// The form, or that it was answered.
#[derive(Debug, Default, Serialize)]
pub(crate) struct OpinionPage {
    title: String,
    intro: String,
    about: String,
    day: Option<Date>,
    questions: Vec<Asked>,
    errors: FieldErrors,
    action: String,
    /// `open`, `thanks` or `spent`.
    state: &'static str,
}

impl Page for OpinionPage {
    const TEMPLATE: &'static str = "satisfaction/answer.html";
}

fn when(about: &About) -> Option<DateTime> {
    let session = about.session.as_ref()?;
    let at = Timestamp::from_millisecond(session.starts_at).ok()?;
    Some(about.zone.to_datetime(at))
}

fn page(
    ctx: &Ctx,
    about: &About,
    token: &str,
    raw: &[(String, String)],
    faults: &BTreeMap<String, AnswerError>,
) -> OpinionPage {
    let mut errors = FieldErrors::default();
    let mut questions = Vec::new();
    for question in about.form.questions() {
        let fault = faults.get(&question.slug);
        if let Some(fault) = fault {
            errors.add(question.slug.clone(), wrong(ctx, question, fault));
        }
        let typed = raw
            .iter()
            .filter(|(name, _)| *name == question.slug)
            .map(|(_, value)| value.clone())
            .collect();
        questions.push(asked(ctx, question, typed, fault));
    }
    OpinionPage {
        title: about.form.title().get(ctx.language()).to_owned(),
        intro: about.form.intro().get(ctx.language()).to_owned(),
        about: about.title(ctx.language()),
        day: when(about).map(DateTime::date),
        questions,
        errors,
        action: format!(
            "/avis/{}/{}/{token}",
            satisfaction::word_of(about.kind),
            about.id
        ),
        state: "open",
    }
}

fn closed(ctx: &Ctx, about: &About, state: &'static str) -> OpinionPage {
    OpinionPage {
        title: about.form.title().get(ctx.language()).to_owned(),
        about: about.title(ctx.language()),
        day: when(about).map(DateTime::date),
        state,
        ..OpinionPage::default()
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    merci: String,
}

/// `GET /avis/{word}/{id}/{token}`: the questions, once.
async fn open(
    ctx: Ctx,
    Path((word, id, token)): Path<(String, String, String)>,
    query: Query<Said>,
) -> Answer {
    let (about, spent) = satisfaction::open(ctx.app(), &word, &id, &token).await?;
    if spent {
        let state = if query.value.merci.is_empty() {
            "spent"
        } else {
            "thanks"
        };
        return ctx.page(&closed(&ctx, &about, state));
    }
    ctx.page(&page(&ctx, &about, &token, &[], &BTreeMap::new()))
}

/// `POST /avis/{word}/{id}/{token}`: keeps the answer without whose it is.
async fn answer(
    ctx: Ctx,
    Path((word, id, token)): Path<(String, String, String)>,
    Form(raw): Form<Vec<(String, String)>>,
) -> Answer {
    let outcome = satisfaction::answer(ctx.app(), (&word, &id, &token), &raw).await?;
    match outcome {
        Outcome::Kept => Ok(ctx.redirect(&format!("/avis/{word}/{id}/{token}?merci=oui"))),
        Outcome::Spent => {
            let (about, _) = satisfaction::open(ctx.app(), &word, &id, &token).await?;
            ctx.page_with(StatusCode::CONFLICT, &closed(&ctx, &about, "spent"))
        }
        Outcome::Wrong(about, faults) => ctx.invalid(&page(&ctx, &about, &token, &raw, &faults)),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
}

/// `GET /bureau/avis`: the sessions, with what people think of each from five answers on.
async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let sent = query.value;
    match satisfaction::overview(ctx.app(), ctx.actor(), &sent.saison).await {
        Ok(found) => listed(&ctx, sent, &found),
        Err(error) if sent.saison.is_empty() => or_no_season(&ctx, Err(error.into())),
        Err(error) => Err(error.into()),
    }
}

fn listed(ctx: &Ctx, sent: Wanted, found: &satisfaction::Overview) -> Answer {
    let search = fold(&sent.q.chars().take(100).collect::<String>());
    let mut heads = vec![
        Head::text("module", ctx.text("satisfaction-session")),
        Head::text("day", ctx.text("satisfaction-day")),
        Head::text("site", ctx.text("satisfaction-site")),
        Head::text("trainer", ctx.text("satisfaction-trainer")),
        Head::number("attended", ctx.text("satisfaction-attended")),
        Head::number("answered", ctx.text("satisfaction-answered")),
        Head::text("mean", ctx.text("satisfaction-mean")),
    ];
    let scales: Vec<_> = found
        .form
        .questions()
        .filter(|question| question.kind == domain::questionnaire::QuestionKind::Scale)
        .collect();
    for (question, key) in scales.iter().zip(["q1", "q2", "q3", "q4", "q5"]) {
        heads.push(Head::text(key, question.label.get(ctx.language())).exported_only());
    }
    let rows = found
        .sessions
        .iter()
        .filter(|(row, _)| {
            let trainer = row.trainer_name.as_deref().unwrap_or_default();
            fold(&format!("{} {} {trainer}", title(ctx, row), row.site_name)).contains(&search)
        })
        .map(|(row, results)| line(ctx, found, row, results, &scales))
        .collect();
    let mut actions = Vec::new();
    if found.whole.is_some() {
        actions.push(Link::new(
            ctx.text("satisfaction-season"),
            format!("{LIST}/saison/{}", found.season.id),
        ));
    }
    let listing = Listing {
        title: ctx.text("satisfaction-list"),
        lead: ctx.text_with(
            "satisfaction-list-lead",
            &[("season", Arg::from(found.season.name.as_str()))],
        ),
        path: LIST,
        actions,
        search_label: ctx.text("satisfaction-search"),
        filters: Vec::new(),
        heads,
        rows,
        empty: (
            ctx.text("satisfaction-none"),
            ctx.text("satisfaction-none-text"),
        ),
    };
    listing.answer(
        ctx,
        &listing::Asked {
            search: sent.q,
            sort: sent.tri,
            page: sent.page,
            format: sent.format,
        },
    )
}

fn title(ctx: &Ctx, row: &RatedRow) -> String {
    application::debrief::module_title(&row.module, ctx.language())
}

fn line(
    ctx: &Ctx,
    found: &satisfaction::Overview,
    row: &RatedRow,
    results: &Results,
    scales: &[&domain::questionnaire::Question],
) -> Vec<Cell> {
    let day = Timestamp::from_millisecond(row.starts_at).map_or_else(
        |_| String::new(),
        |at| found.zone.to_datetime(at).date().to_string(),
    );
    let mut cells = vec![
        Cell::link(title(ctx, row), format!("{LIST}/seance/{}", row.session_id)),
        Cell::text(day.clone()).sorted_by(&day),
        Cell::text(&row.site_name),
        Cell::text(row.trainer_name.clone().unwrap_or_default()),
        Cell::number(row.attended),
        Cell::number(row.answered),
    ];
    let figures: &[Figure] = match results {
        Results::Open { figures, .. } => figures,
        Results::TooFew(_) => &[],
    };
    cells.push(match mean(figures) {
        Some(mean) => Cell::text(decimal(ctx.language(), mean)).sorted_by(&format!("{mean:08.4}")),
        None => Cell::text(ctx.text("satisfaction-few")).sorted_by(""),
    });
    for question in scales.iter().take(5) {
        let figure = figures.iter().find(|one| one.question == question.slug);
        let mean = figure.map(|one| decimal(ctx.language(), one.mean));
        cells.push(Cell::text(mean.unwrap_or_default()));
    }
    cells
}

fn mean(figures: &[Figure]) -> Option<f64> {
    let count = u32::try_from(figures.len())
        .ok()
        .filter(|count| *count > 0)?;
    Some(figures.iter().map(|one| one.mean).sum::<f64>() / f64::from(count))
}

fn decimal(language: Language, number: f64) -> String {
    formats::decimal(language, number)
}

/// A step of a scale and how many chose it.
#[derive(Debug, Default, Serialize)]
struct StepView {
    label: String,
    people: usize,
}

/// What people said to one question.
#[derive(Debug, Default, Serialize)]
struct FigureView {
    label: String,
    mean: String,
    steps: Vec<StepView>,
}

/// The results.
#[derive(Debug, Default, Serialize)]
pub(crate) struct ResultsPage {
    title: String,
    day: Option<Date>,
    crumbs: Vec<Link>,
    attended: usize,
    answered: usize,
    open: bool,
    figures: Vec<FigureView>,
    comments: Vec<String>,
    action: String,
}

impl Page for ResultsPage {
    const TEMPLATE: &'static str = "satisfaction/results.html";
}

fn figures(ctx: &Ctx, form: &Questionnaire, figures: &[Figure]) -> Vec<FigureView> {
    figures
        .iter()
        .filter_map(|figure| {
            let question = form.question(&figure.question)?;
            Some(FigureView {
                label: question.label.get(ctx.language()).to_owned(),
                mean: decimal(ctx.language(), figure.mean),
                steps: question
                    .options
                    .iter()
                    .map(|option| StepView {
                        label: option.label.get(ctx.language()).to_owned(),
                        people: option
                            .value
                            .parse()
                            .ok()
                            .and_then(|step: i64| figure.steps.get(&step).copied())
                            .unwrap_or_default(),
                    })
                    .collect(),
            })
        })
        .collect()
}

/// `GET /bureau/avis/{word}/{id}`: what people think of one session or of the season.
async fn see(ctx: Ctx, Path((word, id)): Path<(String, String)>) -> Answer {
    let (about, results, attended) = satisfaction::see(ctx.app(), ctx.actor(), &word, &id).await?;
    let mut page = ResultsPage {
        title: about.title(ctx.language()),
        day: when(&about).map(DateTime::date),
        crumbs: vec![Link::new(ctx.text("satisfaction-list"), LIST)],
        attended,
        action: format!("{LIST}/{word}/{id}/demander"),
        ..ResultsPage::default()
    };
    match results {
        Results::TooFew(people) => page.answered = people,
        Results::Open {
            people,
            figures: found,
            comments,
        } => {
            page.answered = people;
            page.open = true;
            page.figures = figures(&ctx, &about.form, &found);
            page.comments = comments;
        }
    }
    ctx.page(&page)
}

/// A form without fields: a button.
#[derive(Debug, Deserialize)]
struct Pressed {}

/// `POST /bureau/avis/{word}/{id}/demander`: asks those who attended, by letter, each once.
async fn ask(
    ctx: Ctx,
    Path((word, id)): Path<(String, String)>,
    Form(Pressed {}): Form<Pressed>,
) -> Answer {
    let letters = satisfaction::ask(ctx.app(), ctx.actor(), &word, &id).await?;
    let letters = i64::try_from(letters).unwrap_or(i64::MAX);
    let told = ctx.text_with("satisfaction-asked", &[("letters", Arg::Integer(letters))]);
    Ok(ctx.redirect_with(&format!("{LIST}/{word}/{id}"), &[Flash::ok(told)]))
}

/// A link on the participant's own page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OpinionLink {
    pub(crate) title: String,
    pub(crate) day: Option<Date>,
    pub(crate) href: String,
}

/// What the participant can say what they think of.
pub(crate) async fn own(ctx: &Ctx) -> Result<Vec<OpinionLink>, WebError> {
    let invitations = satisfaction::own(ctx.app(), ctx.actor()).await?;
    Ok(invitations
        .into_iter()
        .map(|one| OpinionLink {
            title: one.about.title(ctx.language()),
            day: when(&one.about).map(DateTime::date),
            href: one.path,
        })
        .collect())
}

/// Each look of the pages of this area.
#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::listing::Choice;
    use crate::shell::sample::Sample;
    let question = |slug: &str, kind| Asked {
        slug: slug.into(),
        kind,
        label: "L’atelier <b>vous</b> sera utile.".into(),
        help: "Sans nom.".into(),
        required: true,
        options: vec![Choice::new("1", "Pas du tout"), Choice::new("2", "Un peu")],
        values: vec!["2".into()],
        value: "2".into(),
    };
    let form = || OpinionPage {
        title: "Votre avis".into(),
        intro: "Deux minutes.".into(),
        about: "Le courriel".into(),
        day: Some(jiff::civil::date(2026, 10, 20)),
        questions: vec![question("utile", "radios"), question("mot", "text")],
        action: "/avis/seance/1/abc".into(),
        state: "open",
        ..OpinionPage::default()
    };
    let mut wrong = form();
    wrong.errors.add("utile", "Choisissez une réponse.");
    wrong.errors.add("mot", "C’est trop long.");
    let results = ResultsPage {
        title: "Le courriel".into(),
        day: Some(jiff::civil::date(2026, 10, 20)),
        crumbs: vec![Link::new("Avis", LIST)],
        attended: 8,
        answered: 6,
        open: true,
        figures: vec![FigureView {
            label: "Utile ?".into(),
            mean: "4,2".into(),
            steps: vec![StepView {
                label: "Assez".into(),
                people: 3,
            }],
        }],
        comments: vec!["<script>Merci</script>".into()],
        action: "/bureau/avis/seance/1/demander".into(),
    };
    let few = ResultsPage {
        title: "Automne".into(),
        crumbs: vec![Link::new("Avis", LIST)],
        attended: 8,
        answered: 2,
        action: "/bureau/avis/saison/1/demander".into(),
        ..ResultsPage::default()
    };
    let silent = ResultsPage {
        open: true,
        comments: Vec::new(),
        figures: Vec::new(),
        ..ResultsPage::default()
    };
    vec![
        Sample::of(form()),
        Sample::of(wrong),
        Sample::of(OpinionPage {
            state: "thanks",
            ..form()
        }),
        Sample::of(OpinionPage {
            state: "spent",
            day: None,
            ..form()
        }),
        Sample::of(results),
        Sample::of(few),
        Sample::of(ResultsPage {
            title: "Nu".into(),
            crumbs: vec![Link::new("Avis", LIST)],
            action: "/bureau/avis/saison/1/demander".into(),
            ..silent
        }),
    ]
}
