//! Certificates at the desk: who is entitled, giving them to one or to all, printing, withdrawing.

use application::Error;
use application::certificate::{self, Candidate};
use axum::extract::Path;
use domain::certificate::Kind;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::attendance::pdf;
use crate::listing::{Asked, Cell, Choice, Filter, Head, Listing};
use crate::shell::error::refusal;
use crate::shell::{Answer, Ctx, FieldErrors, Flash, Form, Page, Query};

const LIST: &str = "/bureau/attestations";

/// Rows on one page.
const PER_PAGE: usize = 50;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Wanted {
    q: String,
    tri: String,
    page: String,
    format: String,
    saison: String,
    etat: String,
}

/// The list of a season.
#[derive(Default, Serialize)]
struct ListPage {
    seasons: Vec<Choice>,
    season: String,
    season_name: String,
    search: String,
    state: String,
    states: Vec<Choice>,
    rows: Vec<RowView>,
    total: usize,
    /// How many could be given now.
    due: usize,
    given: usize,
    pages: PagesView,
    csv: String,
    xlsx: String,
    filtered: bool,
}

impl Page for ListPage {
    const TEMPLATE: &'static str = "certificate/list.html";
}

#[derive(Default, Serialize)]
struct PagesView {
    from: usize,
    to: usize,
    total: usize,
    previous: Option<String>,
    next: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    person: String,
    name: String,
    organisation: String,
    sessions: usize,
    minutes: u32,
    /// Minutes missing, when not entitled yet.
    missing: u32,
    /// `given`, `outdated`, `due` or `not-yet`.
    state: &'static str,
    certificate: Option<String>,
    code: String,
    issued_on: Option<Date>,
    /// Success is earned, by that share of the path.
    success: bool,
    share: u8,
    /// There is a copy for the employer.
    agent: bool,
}

const STATES: [&str; 4] = ["due", "outdated", "given", "not-yet"];

fn state(candidate: &Candidate) -> &'static str {
    match (&candidate.certificate, &candidate.missing) {
        (Some(_), _) if candidate.outdated => "outdated",
        (Some(_), _) => "given",
        (None, None) => "due",
        (None, Some(_)) => "not-yet",
    }
}

impl RowView {
    fn of(candidate: &Candidate) -> Self {
        let certificate = candidate.certificate.as_ref();
        let printed = certificate.and_then(certificate::printed_of);
        Self {
            person: candidate.bearer.person_id.clone(),
            name: candidate.bearer.name.clone(),
            organisation: candidate
                .bearer
                .organisation_name
                .clone()
                .unwrap_or_default(),
            sessions: candidate.sessions,
            minutes: candidate.minutes.0,
            missing: candidate.missing.map_or(0, |missing| missing.minutes.0),
            state: state(candidate),
            certificate: certificate.map(|row| row.id.clone()),
            code: certificate.map_or_else(String::new, |row| row.code.clone()),
            issued_on: printed.as_ref().map(|printed| printed.issued_on),
            success: candidate.earned.kind == Kind::Success,
            share: candidate.earned.share,
            agent: printed.is_some_and(|printed| printed.is_agent),
        }
    }
}

/// `GET /bureau/attestations`: who attended in a season, who is entitled, who has a certificate.
pub(super) async fn list(ctx: Ctx, query: Query<Wanted>) -> Answer {
    let wanted = query.value;
    let seasons = certificate::seasons(ctx.app(), ctx.actor()).await?;
    let Some(season) = seasons
        .iter()
        .find(|(slug, _)| *slug == wanted.saison)
        .or_else(|| seasons.first().filter(|_| wanted.saison.is_empty()))
    else {
        if seasons.is_empty() {
            return ctx.page(&ListPage::default());
        }
        return Err(Error::NotFound.into());
    };
    let (_, candidates) = certificate::candidates(ctx.app(), ctx.actor(), &season.0).await?;
    let folded = domain::text::fold(&wanted.q);
    let fits = |candidate: &&Candidate| {
        let names = [
            Some(candidate.bearer.name.as_str()),
            candidate.bearer.organisation_name.as_deref(),
            candidate.certificate.as_ref().map(|row| row.code.as_str()),
        ];
        let found = names
            .into_iter()
            .flatten()
            .any(|text| domain::text::fold(text).contains(&folded));
        found && (wanted.etat.is_empty() || state(candidate) == wanted.etat)
    };
    let shown: Vec<&Candidate> = candidates.iter().filter(fits).collect();
    if matches!(wanted.format.as_str(), "csv" | "xlsx") {
        return export(&ctx, &wanted, season, &shown);
    }
    ctx.page(&page(&ctx, &wanted, &seasons, season, &candidates, &shown))
}

fn page(
    ctx: &Ctx,
    wanted: &Wanted,
    seasons: &[(String, String)],
    season: &(String, String),
    all: &[Candidate],
    shown: &[&Candidate],
) -> ListPage {
    let count = |states: &[&str]| {
        let found = all.iter().filter(|one| states.contains(&state(one)));
        found.count()
    };
    let href = |changed: &[(&str, &str)]| {
        let mut pairs = vec![
            ("saison", season.0.as_str()),
            ("q", &wanted.q),
            ("etat", &wanted.etat),
        ];
        pairs.extend_from_slice(changed);
        pairs.retain(|(_, value)| !value.is_empty());
        let query = serde_html_form::to_string(&pairs).unwrap_or_default();
        format!("{LIST}?{query}")
    };
    let last = shown.len().div_ceil(PER_PAGE).max(1);
    let number = wanted
        .page
        .trim()
        .parse::<usize>()
        .unwrap_or(1)
        .clamp(1, last);
    let start = (number - 1) * PER_PAGE;
    let rows: Vec<_> = shown
        .iter()
        .skip(start)
        .take(PER_PAGE)
        .map(|one| RowView::of(one))
        .collect();
    let to = |page: usize| href(&[("page", &page.to_string())]);
    ListPage {
        seasons: seasons
            .iter()
            .map(|(slug, name)| Choice::new(slug, name))
            .collect(),
        season: season.0.clone(),
        season_name: season.1.clone(),
        search: wanted.q.clone(),
        state: wanted.etat.clone(),
        states: STATES
            .map(|one| Choice::new(one, ctx.text(&format!("certificate-state-{one}"))))
            .to_vec(),
        total: all.len(),
        due: count(&["due", "outdated"]),
        given: count(&["given", "outdated"]),
        pages: PagesView {
            from: if shown.is_empty() { 0 } else { start + 1 },
            to: start + rows.len(),
            total: shown.len(),
            previous: (number > 1).then(|| to(number - 1)),
            next: (number < last).then(|| to(number + 1)),
        },
        rows,
        csv: href(&[("format", "csv")]),
        xlsx: href(&[("format", "xlsx")]),
        filtered: !wanted.q.trim().is_empty() || !wanted.etat.is_empty(),
    }
}

/// The list as a file, by way of the lists of the desk.
fn export(ctx: &Ctx, wanted: &Wanted, season: &(String, String), shown: &[&Candidate]) -> Answer {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let listing = Listing {
        title: format!("{} {}", ctx.text("certificate-list"), season.1),
        lead: String::new(),
        path: LIST,
        actions: Vec::new(),
        search_label: String::new(),
        filters: Vec::<Filter>::new(),
        heads: vec![
            Head::text("name", ctx.text("certificate-name")),
            Head::text("organisation", ctx.text("certificate-organisation")),
            Head::number("sessions", ctx.text("certificate-sessions")),
            Head::number("minutes", ctx.text("certificate-minutes")),
            Head::text("state", ctx.text("certificate-state")),
            Head::number("share", ctx.text("certificate-share")),
            Head::text("code", ctx.text("certificate-code")),
            Head::text("issued", ctx.text("certificate-issued-on")),
        ],
        rows: shown
            .iter()
            .map(|one| {
                let row = RowView::of(one);
                vec![
                    Cell::text(row.name),
                    Cell::text(row.organisation),
                    Cell::number(count(row.sessions)),
                    Cell::number(i64::from(row.minutes)),
                    Cell::text(ctx.text(&format!("certificate-state-{}", row.state))),
                    Cell::number(i64::from(row.share)),
                    Cell::text(row.code),
                    Cell::text(row.issued_on.map(|day| day.to_string()).unwrap_or_default()),
                ]
            })
            .collect(),
        empty: (String::new(), String::new()),
    };
    let asked = Asked {
        sort: wanted.tri.clone(),
        format: wanted.format.clone(),
        ..Asked::default()
    };
    listing.answer(ctx, &asked)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Give {
    saison: String,
    person: String,
}

fn back(season: &str) -> String {
    let query = serde_html_form::to_string([("saison", season)]).unwrap_or_default();
    format!("{LIST}?{query}")
}

/// `POST …/donner`: to one person.
pub(super) async fn issue(ctx: Ctx, Form(typed): Form<Give>) -> Answer {
    let flash = match certificate::issue(ctx.app(), ctx.actor(), &typed.saison, &typed.person).await
    {
        Ok(row) => {
            Flash::ok(ctx.text_with("certificate-given", &[("code", row.code.as_str().into())]))
        }
        Err(Error::Refused(refused)) => Flash::bad(refusal(&refused, ctx.language())),
        Err(other) => return Err(other.into()),
    };
    Ok(ctx.redirect_with(&back(&typed.saison), &[flash]))
}

/// `POST …/donner-toutes`: to everybody who is entitled.
pub(super) async fn issue_all(ctx: Ctx, Form(typed): Form<Give>) -> Answer {
    let issued = certificate::issue_all(ctx.app(), ctx.actor(), &typed.saison).await?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let text = ctx.text_with(
        "certificate-given-all",
        &[
            ("count", count(issued.given.len()).into()),
            ("unchanged", count(issued.unchanged).into()),
            ("later", count(issued.not_yet).into()),
        ],
    );
    Ok(ctx.redirect_with(&back(&typed.saison), &[Flash::ok(text)]))
}

/// `GET …/saison/{slug}.pdf`: all that hold, in one file to print.
pub(super) async fn batch(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let season = file.strip_suffix(".pdf").ok_or(Error::NotFound)?;
    match certificate::pdf_of_season(ctx.app(), ctx.actor(), season).await {
        Ok(bytes) => Ok(pdf(&bytes, "attestations.pdf")),
        Err(Error::Refused(refused)) => {
            let flash = Flash::bad(refusal(&refused, ctx.language()));
            Ok(ctx.redirect_with(&back(season), &[flash]))
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET …/{id}.pdf`: one, or the copy for the employer.
pub(super) async fn one(ctx: Ctx, Path(file): Path<String>) -> Answer {
    let (id, copy) = super::wanted(&file)?;
    let bytes = certificate::pdf(ctx.app(), ctx.actor(), id, copy).await?;
    Ok(pdf(&bytes, super::file_name(copy)))
}

/// Asks why, before a certificate is withdrawn.
#[derive(Default, Serialize)]
struct RevokePage {
    id: String,
    code: String,
    name: String,
    season: String,
    back: String,
    revoked: bool,
    reason: String,
    errors: FieldErrors,
}

impl Page for RevokePage {
    const TEMPLATE: &'static str = "certificate/revoke.html";
}

async fn revoke_page(ctx: &Ctx, id: &str) -> application::Result<RevokePage> {
    let (season, row) = certificate::get(ctx.app(), ctx.actor(), id).await?;
    Ok(RevokePage {
        name: certificate::printed_of(&row).map_or_else(String::new, |printed| printed.name),
        id: row.id,
        code: row.code,
        back: back(&season.slug),
        season: season.name,
        revoked: row.revoked_at.is_some(),
        ..RevokePage::default()
    })
}

/// `GET …/{id}/retirer`: the question.
pub(super) async fn ask_revoke(ctx: Ctx, Path(id): Path<String>) -> Answer {
    ctx.page(&revoke_page(&ctx, &id).await?)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Reason {
    reason: String,
}

/// `POST …/{id}/retirer`: withdraws it.
pub(super) async fn revoke(ctx: Ctx, Path(id): Path<String>, Form(typed): Form<Reason>) -> Answer {
    let page = revoke_page(&ctx, &id).await?;
    let flash = match certificate::revoke(ctx.app(), ctx.actor(), &id, &typed.reason).await {
        Ok(()) => Flash::ok(ctx.text_with(
            "certificate-revoked",
            &[("code", page.code.as_str().into())],
        )),
        Err(Error::Refused(refused)) => Flash::bad(refusal(&refused, ctx.language())),
        Err(error) => {
            let errors = FieldErrors::of(error, ctx.language())?;
            return ctx.invalid(&RevokePage {
                reason: typed.reason,
                errors,
                ..page
            });
        }
    };
    Ok(ctx.redirect_with(&page.back, &[flash]))
}

#[cfg(test)]
pub(super) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let row = |state: &'static str| RowView {
        person: format!("p-{state}"),
        name: "Jeanne <b>Petit</b>".into(),
        organisation: "Boulangerie".into(),
        sessions: 2,
        minutes: 225,
        missing: if state == "not-yet" { 30 } else { 0 },
        state,
        certificate: matches!(state, "given" | "outdated").then(|| state.to_owned()),
        code: "ESS-012V-A0Y5-D".into(),
        issued_on: Some(jiff::civil::date(2026, 10, 5)),
        success: state == "given",
        share: 91,
        agent: state == "given",
    };
    let list = |rows: Vec<RowView>, filtered| ListPage {
        seasons: vec![Choice::new("automne", "Automne")],
        season: "automne".into(),
        season_name: "Automne".into(),
        states: STATES.map(|one| Choice::new(one, one)).to_vec(),
        total: rows.len(),
        due: 1,
        given: 2,
        pages: PagesView {
            from: 1,
            to: rows.len(),
            total: rows.len(),
            next: Some(format!("{LIST}?page=2")),
            previous: None,
        },
        rows,
        filtered,
        ..ListPage::default()
    };
    let mut errors = FieldErrors::default();
    errors.add("reason", "Dites pourquoi.");
    vec![
        Sample::of(ListPage::default()),
        Sample::of(list(STATES.map(row).into(), false)),
        Sample::of(list(Vec::new(), true)),
        Sample::of(list(Vec::new(), false)),
        Sample::of(RevokePage {
            errors,
            ..RevokePage::default()
        }),
        Sample::of(RevokePage {
            revoked: true,
            ..RevokePage::default()
        }),
    ]
}
