//! Lists as files: export of all, import with a preview.

use application::exchange::{self, Bad, List, Preview, Problem};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::routing::{get, post};
use documents::spreadsheet::import::{BadLine, ImportError};
use domain::language::Language;
use serde::{Deserialize, Serialize};

use crate::State;
use crate::people::download;
use crate::shell::error::refusal;
use crate::shell::form::sentence;
use crate::shell::{Answer, Ctx, Flash, Form, Page, Query, Upload, WebError, upload};

/// Bad lines told on one page; a file in another encoding may have thousands.
const MOST_BAD: usize = 1_000;

/// The addresses of this area.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/bureau/imports", get(overview))
        .route(
            "/bureau/imports/{list}",
            get(ask)
                .post(check)
                .layer(DefaultBodyLimit::max(upload::LIMIT)),
        )
        .route("/bureau/imports/{list}/confirmer", post(confirm))
        .route("/bureau/imports/{list}/modele", get(template))
        .route("/bureau/imports/{list}/export", get(export))
}

#[derive(Clone, Debug, Default, Serialize)]
struct ListLine {
    slug: &'static str,
    name: String,
    imported: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Overview {
    lists: Vec<ListLine>,
}

impl Page for Overview {
    const TEMPLATE: &'static str = "exchange/overview.html";
}

#[derive(Clone, Debug, Default, Serialize)]
struct ColumnLine {
    label: String,
    needed: bool,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Ask {
    slug: &'static str,
    name: String,
    columns: Vec<ColumnLine>,
    /// What is wrong with the file as a whole.
    error: String,
}

impl Page for Ask {
    const TEMPLATE: &'static str = "exchange/ask.html";
}

#[derive(Clone, Debug, Default, Serialize)]
struct BadRow {
    line: u64,
    column: String,
    value: String,
    sentence: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct KnownRow {
    line: u64,
    name: String,
}

#[derive(Clone, Debug, Default, Serialize)]
struct Checked {
    slug: &'static str,
    name: String,
    people: bool,
    file: String,
    lines: usize,
    new: usize,
    known_count: usize,
    known: Vec<KnownRow>,
    bad_count: usize,
    bad: Vec<BadRow>,
    unknown: Vec<String>,
    missing: Vec<String>,
    headers: Vec<String>,
    sample: Vec<Vec<String>>,
    draft: String,
}

impl Page for Checked {
    const TEMPLATE: &'static str = "exchange/checked.html";
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    format: String,
    saison: String,
}

fn list_of(slug: &str) -> Result<List, WebError> {
    List::parse(slug).ok_or_else(WebError::not_found)
}

/// Imports and exports are for those who may bring files in.
fn allowed(ctx: &Ctx) -> Result<(), WebError> {
    use application::access::{Action, Resource, authorise};
    Ok(authorise(
        ctx.app(),
        ctx.actor(),
        Action::Import,
        &Resource::everything(),
    )?)
}

/// `GET /bureau/imports`: every list, to take out or to fill.
async fn overview(ctx: Ctx) -> Answer {
    allowed(&ctx)?;
    let lists = List::ALL.into_iter().map(|list| ListLine {
        slug: list.slug(),
        name: ctx.text(list.key()),
        imported: list.can_be_imported(),
    });
    ctx.page(&Overview {
        lists: lists.collect(),
    })
}

fn ask_page(ctx: &Ctx, list: List, error: String) -> Ask {
    let read = exchange::fields(list).iter().filter(|field| field.is_read);
    Ask {
        slug: list.slug(),
        name: ctx.text(list.key()),
        columns: read
            .map(|field| ColumnLine {
                label: ctx.text(field.label),
                needed: field.is_needed,
            })
            .collect(),
        error,
    }
}

/// `GET /bureau/imports/{list}`: choose a file.
async fn ask(ctx: Ctx, Path(slug): Path<String>) -> Answer {
    allowed(&ctx)?;
    let list = list_of(&slug)?;
    if !list.can_be_imported() {
        return Err(WebError::conflict().saying(ctx.text("exchange-refused-list")));
    }
    ctx.page(&ask_page(&ctx, list, String::new()))
}

/// Nothing but the file and the token.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Nothing {}

/// `POST /bureau/imports/{list}`: tries the file out and shows what it would do.
async fn check(ctx: Ctx, Path(slug): Path<String>, upload: Upload<Nothing>) -> Answer {
    let list = list_of(&slug)?;
    let Some(file) = upload.files.first() else {
        allowed(&ctx)?;
        return ctx.invalid(&ask_page(&ctx, list, ctx.text("exchange-file-missing")));
    };
    match exchange::preview(ctx.app(), ctx.actor(), list, &file.name, &file.content).await? {
        Ok(preview) => {
            let page = checked(&ctx, &preview);
            if preview.draft.is_some() {
                ctx.page(&page)
            } else {
                ctx.invalid(&page)
            }
        }
        Err(error) => ctx.invalid(&ask_page(&ctx, list, whole_file(&error, ctx.language()))),
    }
}

fn whole_file(error: &ImportError, language: Language) -> String {
    error.explain(language)
}

fn bad_row(ctx: &Ctx, bad: &Bad) -> BadRow {
    let language = ctx.language();
    let sentence = match &bad.problem {
        Problem::Cell(error) => sentence(error, language),
        Problem::Form(fault) => BadLine {
            line: bad.line,
            fault: fault.clone(),
        }
        .explain(language),
        Problem::Refused(refused) => refusal(refused, language),
        Problem::Repeated { line } => {
            ctx.text_with("exchange-repeated", &[("line", line.to_string().into())])
        }
    };
    BadRow {
        line: bad.line,
        column: bad.column.map_or_else(String::new, |key| ctx.text(key)),
        value: bad.value.clone(),
        sentence,
    }
}

fn checked(ctx: &Ctx, preview: &Preview) -> Checked {
    let shown: Vec<_> = exchange::fields(preview.list)
        .iter()
        .filter(|field| {
            field.is_read
                && preview
                    .sample
                    .iter()
                    .any(|line| line.contains_key(field.key))
        })
        .collect();
    Checked {
        slug: preview.list.slug(),
        name: ctx.text(preview.list.key()),
        people: preview.list == List::People,
        file: preview.file.clone(),
        lines: preview.lines,
        new: preview.new,
        known_count: preview.known.len(),
        known: preview
            .known
            .iter()
            .take(MOST_BAD)
            .map(|known| KnownRow {
                line: known.line,
                name: known.name.clone(),
            })
            .collect(),
        bad_count: preview.bad.len(),
        bad: preview
            .bad
            .iter()
            .take(MOST_BAD)
            .map(|bad| bad_row(ctx, bad))
            .collect(),
        unknown: preview.unknown_headers.clone(),
        missing: preview.missing.iter().map(|key| ctx.text(key)).collect(),
        headers: shown.iter().map(|field| ctx.text(field.label)).collect(),
        sample: preview
            .sample
            .iter()
            .map(|line| {
                shown
                    .iter()
                    .map(|field| line.get(field.key).cloned().unwrap_or_default())
                    .collect()
            })
            .collect(),
        draft: preview.draft.clone().unwrap_or_default(),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Confirmation {
    draft: String,
}

/// `POST /bureau/imports/{list}/confirmer`: brings all lines in, or shows what stands against it by now.
async fn confirm(ctx: Ctx, Path(slug): Path<String>, Form(form): Form<Confirmation>) -> Answer {
    let list = list_of(&slug)?;
    let done = exchange::confirm(ctx.app(), ctx.actor(), list, &form.draft).await?;
    if !done.bad.is_empty() {
        return ctx.invalid(&checked(&ctx, &done));
    }
    let figures = [
        ("new", done.new.to_string().into()),
        ("known", done.known.len().to_string().into()),
    ];
    let to = match list {
        List::People
        | List::Organisations
        | List::Referents
        | List::Sites
        | List::Trainers
        | List::Sessions => {
            format!("/bureau/{}", list.slug())
        }
        _ => "/bureau/imports".to_owned(),
    };
    Ok(ctx.redirect_with(&to, &[Flash::ok(ctx.text_with("exchange-done", &figures))]))
}

/// `GET /bureau/imports/{list}/modele?format=`: the empty file to fill in.
async fn template(ctx: Ctx, Path(slug): Path<String>, wanted: Query<Wanted>) -> Answer {
    allowed(&ctx)?;
    let list = list_of(&slug)?;
    if !list.can_be_imported() {
        return Err(WebError::not_found());
    }
    let table = exchange::template(list, ctx.language());
    download::table(
        &ctx,
        &table,
        &format!("modele-{}", list.slug()),
        &wanted.value.format,
    )
}

/// `GET /bureau/imports/{list}/export?format=&saison=`: the whole list as a file.
async fn export(ctx: Ctx, Path(slug): Path<String>, wanted: Query<Wanted>) -> Answer {
    let list = list_of(&slug)?;
    let season = Some(wanted.value.saison.trim()).filter(|season| !season.is_empty());
    let table = exchange::export(ctx.app(), ctx.actor(), list, season, ctx.language()).await?;
    download::table(&ctx, &table, list.slug(), &wanted.value.format)
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<crate::shell::sample::Sample> {
    use crate::shell::sample::Sample;
    let line = |slug, imported| ListLine {
        slug,
        name: "Personnes".into(),
        imported,
    };
    let columns = vec![
        ColumnLine {
            label: "Nom".into(),
            needed: true,
        },
        ColumnLine {
            label: "Courriel".into(),
            needed: false,
        },
    ];
    let ask = Ask {
        slug: "personnes",
        name: "Personnes".into(),
        columns,
        error: String::new(),
    };
    let good = Checked {
        slug: "personnes",
        name: "Personnes".into(),
        people: true,
        file: "liste <b>.csv".into(),
        lines: 3,
        new: 2,
        known_count: 1,
        known: vec![KnownRow {
            line: 4,
            name: "Anne Petit".into(),
        }],
        headers: vec!["Nom".into()],
        sample: vec![vec!["Luc Roux".into()]],
        draft: "d".into(),
        ..Checked::default()
    };
    let bad = BadRow {
        line: 2,
        column: "Courriel".into(),
        value: "<script>".into(),
        sentence: "Cette adresse est incomplète.".into(),
    };
    vec![
        Sample::of(Overview {
            lists: vec![line("personnes", true), line("souhaits", false)],
        }),
        Sample::of(ask.clone()),
        Sample::of(Ask {
            error: "Ce fichier ne peut pas être lu.".into(),
            ..ask
        }),
        Sample::of(good.clone()),
        Sample::of(Checked {
            bad_count: 1,
            bad: vec![bad],
            unknown: vec!["Âge".into()],
            missing: vec!["Nom".into()],
            draft: String::new(),
            ..good
        }),
    ]
}
